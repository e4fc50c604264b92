package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strconv"
	"time"

	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// Plans: what a change would do, doing exactly that, and taking it back.

// CampaignPlan plans changes of campaigns.
func (r queryResolver) CampaignPlan(ctx context.Context, advertiser ads.Ref, in model.CampaignPlanInput) (*model.UpdatePlan, error) {
	p := planRequest{advertiser: advertiser, level: ads.LevelCampaign, policy: in.ErrorPolicy, field: "campaigns", max: in.MaxAffected, report: in.Report}
	if in.Campaigns != nil {
		p.patches = campaignPatches(advertiser, in.Campaigns)
	}
	if c := in.Change; c != nil {
		p.change = &planChange{
			patch:  ads.Patch{Status: given(c.Status), Budget: given((*int64)(c.BudgetMicros)), StartAt: optional(c.StartAt), EndAt: optional(c.EndAt)},
			budget: c.BudgetPercent,
		}
	}
	if in.Matching != nil {
		p.hasIDs = in.Matching.Ids != nil
		var err error
		args := listArgs[model.CampaignFilter, model.CampaignOrder]{first: 1, filter: in.Matching, report: in.Report}
		if p.matching, err = planCampaigns(ads.LevelAdvertiser, args, r.registry.Current(ctx)); err != nil {
			return nil, err
		}
	}
	return r.plan(ctx, p)
}

// AdGroupPlan plans changes of ad groups.
func (r queryResolver) AdGroupPlan(ctx context.Context, advertiser ads.Ref, in model.AdGroupPlanInput) (*model.UpdatePlan, error) {
	p := planRequest{advertiser: advertiser, level: ads.LevelAdGroup, policy: in.ErrorPolicy, field: "adGroups", max: in.MaxAffected, report: in.Report}
	if in.AdGroups != nil {
		p.patches = adGroupPatches(advertiser, in.AdGroups)
	}
	if c := in.Change; c != nil {
		p.change = &planChange{
			patch: ads.Patch{
				Status: given(c.Status), Budget: given((*int64)(c.BudgetMicros)), Bid: given((*int64)(c.BidMicros)), StartAt: optional(c.StartAt), EndAt: optional(c.EndAt),
			},
			budget: c.BudgetPercent, bid: c.BidPercent,
		}
	}
	if in.Matching != nil {
		p.hasIDs = in.Matching.Ids != nil
		var err error
		args := listArgs[model.AdGroupFilter, model.AdGroupOrder]{first: 1, filter: in.Matching, report: in.Report}
		if p.matching, err = planAdGroups(ads.LevelAdvertiser, args, r.registry.Current(ctx)); err != nil {
			return nil, err
		}
	}
	return r.plan(ctx, p)
}

// AdPlan plans changes of ads.
func (r queryResolver) AdPlan(ctx context.Context, advertiser ads.Ref, in model.AdPlanInput) (*model.UpdatePlan, error) {
	p := planRequest{advertiser: advertiser, level: ads.LevelAd, policy: in.ErrorPolicy, field: "ads", max: in.MaxAffected, report: in.Report}
	if in.Ads != nil {
		p.patches = adPatches(advertiser, in.Ads)
	}
	if c := in.Change; c != nil {
		p.change = &planChange{patch: ads.Patch{Status: given(c.Status)}}
	}
	if in.Matching != nil {
		p.hasIDs = in.Matching.Ids != nil
		var err error
		args := listArgs[model.AdFilter, model.AdOrder]{first: 1, filter: in.Matching, report: in.Report}
		if p.matching, err = planAds(ads.LevelAdvertiser, args, r.registry.Current(ctx)); err != nil {
			return nil, err
		}
	}
	return r.plan(ctx, p)
}

// planRequest is a plan as it was asked for.
type planRequest struct {
	advertiser ads.Ref
	level      ads.Level
	policy     model.ErrorPolicy
	field      string // of the changes of their own
	patches    []ads.Patch
	matching   *listPlan
	hasIDs     bool // in matching
	report     *model.ReportInput
	change     *planChange
	max        int
}

// planChange is one change of many.
type planChange struct {
	patch       ads.Patch
	budget, bid *float64 // percent
}

// check finds what is wrong with a request whatever the rows are.
func (p *planRequest) check() error {
	switch {
	case (p.patches != nil) == (p.matching != nil), (p.matching != nil) != (p.change != nil):
		return fault.New(fault.Invalid, "Give either %s, or matching with change.", p.field)
	case p.patches != nil:
		return checkItems(len(p.patches), p.field)
	case p.max < 1 || p.max > store.MaxPatches:
		return fault.New(fault.Invalid, "maxAffected is 1 to %d, not %d.", store.MaxPatches, p.max).In("maxAffected")
	}
	for _, of := range [...]struct {
		field   string
		percent *float64
		micros  bool
	}{{"budgetPercent", p.change.budget, p.change.patch.Budget.IsSet}, {"bidPercent", p.change.bid, p.change.patch.Bid.IsSet}} {
		switch {
		case of.percent == nil:
		case of.micros:
			return fault.New(fault.Invalid, "Give an amount or %s, not both.", of.field).In(of.field)
		case math.IsNaN(*of.percent) || *of.percent <= -100 || *of.percent > 10_000:
			return fault.New(fault.Invalid, "%s is more than -100 and at most 10,000.", of.field).In(of.field)
		}
	}
	return nil
}

// of returns the patch that a change is for settings.
func (c *planChange) of(s ads.Settings, currency string) ads.Patch {
	p := c.patch
	p.ID, p.Version = s.ID, s.Version
	scaled := func(micros *int64, percent *float64) ads.Optional[int64] {
		if micros == nil {
			return set(new(int64)) // the rules say why there is none
		}
		amount, ok := ads.Scale(*micros, *percent, currency)
		if !ok {
			amount = math.MaxInt64 // too much
		}
		return set(&amount)
	}
	if c.budget != nil {
		p.Budget = scaled(s.BudgetMicros, c.budget)
	}
	if c.bid != nil {
		p.Bid = scaled(s.BidMicros, c.bid)
	}
	return p
}

// plan returns what a change would do.
func (r queryResolver) plan(ctx context.Context, p planRequest) (*model.UpdatePlan, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	a, err := editable(ctx, p.advertiser)
	if err != nil {
		return nil, err
	}
	var ids []int64
	if p.matching != nil {
		if ids, err = r.matching(ctx, a, p); err != nil {
			return nil, err
		}
	} else {
		for _, patch := range p.patches {
			ids = append(ids, patch.ID)
		}
	}
	stored, err := r.Store.Settings(ctx, a, p.level, ids)
	if err != nil {
		return nil, err
	}
	if p.matching != nil {
		for _, id := range ids {
			s, ok := stored[id]
			if !ok { // it went away between two statements
				s = ads.Settings{ID: id}
			}
			p.patches = append(p.patches, p.change.of(s, a.Currency))
		}
	}
	checked, err := r.Store.CheckPatches(ctx, a, p.level, p.patches, stored)
	if err != nil {
		return nil, err
	}
	return planOf(a, p, checked, r.Store.Now())
}

// matching returns the ids of the rows that a plan's filter keeps, newest first.
func (r queryResolver) matching(ctx context.Context, a *ads.Advertiser, p planRequest) ([]int64, error) {
	most := p.max
	if p.hasIDs {
		most = store.MaxPatches
	}
	l := *p.matching.list
	l.First, l.Page, l.Count, l.Columns = most, true, true, 0
	l.Sums, l.Current, l.Prior = false, 0, 0
	p.matching.list = &l
	found, err := now(ctx, r.list(ctx, a, a.ID, p.matching))
	if err != nil {
		return nil, err
	}
	if found.Count > most {
		return nil, fault.New(fault.TooLarge, "%d match, more than the %d that maxAffected allows. Look at them, then ask for as many, at most %d.", found.Count, most, store.MaxPatches).In("maxAffected")
	}
	ids := make([]int64, len(found.Edges))
	for i := range found.Edges {
		ids[i] = found.Edges[i].ID()
	}
	return ids, nil
}

// planOf shows what patches would make of settings.
func planOf(a *ads.Advertiser, p planRequest, checked []store.Checked, now time.Time) (*model.UpdatePlan, error) {
	plan := &model.UpdatePlan{ExpiresAt: now.Add(planLife).UTC().Truncate(time.Second), Items: make([]model.PlannedItem, len(checked))}
	var patches []ads.Patch
	daily, lifetime := budgets{currency: a.Currency}, budgets{currency: a.Currency}
	for i, c := range checked {
		item := model.PlannedItem{
			ID: ads.Ref{Level: p.level, Advertiser: a.ID, ID: max(p.patches[i].ID, 0)}, Name: c.Before.Name, Version: c.Before.Version,
			Warnings: []model.PlanWarning{}, UserErrors: make([]model.UserError, len(c.Problems)),
		}
		for j, problem := range c.Problems {
			var err error
			if item.UserErrors[j], err = userError([]string{}, problem); err != nil {
				return nil, err
			}
		}
		if c.Problems != nil {
			plan.Blocked++
			c.After = c.Before
		} else {
			d := ads.DiffOf(c.Before, c.After, a.Currency)
			item.Difference = difference(d)
			warnings := c.Before.Warnings(d)
			others := store.Others(c.Before, c.After, a.Currency)
			if !store.Differ(c.Before, c.After) {
				warnings = append(warnings, ads.Nothing())
			}
			for _, o := range others {
				item.Difference.Others = append(item.Difference.Others, model.ValueStep{Field: o.Field, Old: o.Old, New: o.New})
			}
			for _, w := range warnings {
				params, err := paramsOf(w.Params)
				if err != nil {
					return nil, err
				}
				item.Warnings = append(item.Warnings, model.PlanWarning{Code: w.Code, Message: w.Message, Params: params})
			}
			if store.Differ(c.Before, c.After) {
				plan.Changing++
				patches = append(patches, p.patches[i])
			}
		}
		switch c.Before.BudgetType {
		case ads.BudgetDaily:
			daily.add(c)
		case ads.BudgetLifetime:
			lifetime.add(c)
		default:
		}
		plan.Items[i] = item
	}
	plan.DailyBudget, plan.LifetimeBudget = daily.step(), lifetime.step()
	if len(patches) > 0 && (plan.Blocked == 0 || p.policy == model.ErrorPolicySkipFailed) {
		packed, err := (&token{Advertiser: a.ID, Level: p.level, Ends: plan.ExpiresAt, Patches: patches}).pack()
		if err != nil {
			return nil, err
		}
		plan.Token = &packed
	}
	return plan, nil
}

// budgets adds up budgets before and after.
type budgets struct {
	currency string
	old, new int64
	n        int
}

func (b *budgets) add(c store.Checked) {
	if c.Before.BudgetMicros != nil && c.After.BudgetMicros != nil {
		b.n++
		b.old += *c.Before.BudgetMicros
		b.new += *c.After.BudgetMicros
	}
}

func (b *budgets) step() *model.MoneyStep {
	if b.n == 0 {
		return nil
	}
	return moneyStep(&ads.Step[*ads.Money]{Old: &ads.Money{Micros: ads.Micros(b.old), Currency: b.currency}, New: &ads.Money{Micros: ads.Micros(b.new), Currency: b.currency}})
}

func difference(d ads.Diff) *model.Difference {
	shown := &model.Difference{Others: []model.ValueStep{}, Budget: moneyStep(d.Budget), Bid: moneyStep(d.Bid), StartAt: instantStep(d.StartAt), EndAt: instantStep(d.EndAt)}
	if d.Name != nil {
		shown.Name = &model.TextStep{Old: d.Name.Old, New: d.Name.New}
	}
	if d.Status != nil {
		shown.Status = &model.StatusStep{Old: d.Status.Old, New: d.Status.New}
	}
	return shown
}

func moneyStep(s *ads.Step[*ads.Money]) *model.MoneyStep {
	if s == nil {
		return nil
	}
	return &model.MoneyStep{Old: s.Old, New: s.New, Percent: ads.Percent(s)}
}

func instantStep(s *ads.Step[*time.Time]) *model.InstantStep {
	if s == nil {
		return nil
	}
	return &model.InstantStep{Old: utc(s.Old), New: utc(s.New)}
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	return new(t.UTC())
}

// ApplyPlan does what was planned.
func (r mutationResolver) ApplyPlan(ctx context.Context, in model.ApplyPlanInput) (*model.ApplyPlanPayload, error) {
	return r.apply(ctx, in.AdvertiserID, in.Token, false)
}

// UndoChanges takes back what a change did.
func (r mutationResolver) UndoChanges(ctx context.Context, in model.UndoChangesInput) (*model.ApplyPlanPayload, error) {
	return r.apply(ctx, in.AdvertiserID, in.Token, true)
}

// apply does what a token says, once.
func (r mutationResolver) apply(ctx context.Context, advertiser ads.Ref, packed string, isUndo bool) (*model.ApplyPlanPayload, error) {
	a, err := editable(ctx, advertiser)
	if err != nil {
		return nil, err
	}
	t, ok := unpack(packed, r.Store.Now())
	if !ok || t.IsUndo != isUndo || t.Advertiser != a.ID {
		return nil, fault.New(fault.Invalid, "This is no token of this account for this purpose. Plans and changes give them.").In("token")
	}
	sum := sha256.Sum256([]byte(packed))
	payload := &model.ApplyPlanPayload{Nodes: []model.Node{}, UserErrors: []model.UserError{}}
	request := store.Request{Advertiser: a, Key: "token:" + hex.EncodeToString(sum[:16]), Hash: hex.EncodeToString(sum[:]), RequestID: observe.RequestID(ctx)}
	outcome, err := r.Store.Update(ctx, store.Update{Request: request, Level: t.Level, Patches: t.Patches, IsPlan: true, Ends: t.Ends})
	if err != nil {
		return nil, err
	}
	payload.IsReplay = outcome.IsReplay
	if outcome.IsLate {
		payload.UserErrors = []model.UserError{{Code: ads.ProblemPlanStale, Path: []string{"token"}, Message: "It is too late: the token ended at " + t.Ends.Format(time.RFC3339) + "."}}
		return payload, nil
	}
	if payload.UndoToken, err = undoToken(a, t.Level, outcome.Undo, r.Store.Now()); err != nil {
		return nil, err
	}
	for _, p := range outcome.Problems {
		one, err := userError([]string{"token", strconv.Itoa(p.Index)}, p.Problem)
		if err != nil {
			return nil, err
		}
		payload.UserErrors = append(payload.UserErrors, one)
	}
	if len(outcome.Problems) > 0 {
		return payload, nil
	}
	ids := make([]int64, len(t.Patches))
	for i, p := range t.Patches {
		ids[i] = p.ID
	}
	wanted := columns(t.Level, r.registry.Current(ctx).Below("nodes")...)
	plan := &subjectPlan{campaign: wanted, adGroup: wanted, ad: wanted}
	payload.Nodes, err = readBack(ctx, a, ids, wanted, func(ctx context.Context, a *ads.Advertiser, id int64, _ store.Columns) setwise.Thunk[model.Node] {
		return subject(ctx, a, ads.Subject{Level: t.Level, ID: id}, plan)
	})
	return payload, err
}

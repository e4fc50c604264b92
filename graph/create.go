package graph

import (
	"context"
	"strings"

	"adsgraph/graph/model"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Making campaigns, ad groups and ads: new ones, copies, and drafts published.

// CreateCampaigns makes campaigns.
func (r mutationResolver) CreateCampaigns(ctx context.Context, in model.CreateCampaignsInput) (*model.CreateCampaignsPayload, error) {
	items := make([]store.Planting, len(in.Campaigns))
	for i, c := range in.Campaigns {
		items[i] = store.Planting{New: newCampaign(in.AdvertiserID, c)}
	}
	nodes, o, err := create(ctx, r.Resolver, creation{in.AdvertiserID, ads.LevelCampaign, in.ErrorPolicy, in.IdempotencyKey, "campaigns"}, items, campaignOf)
	if err != nil {
		return nil, err
	}
	return &model.CreateCampaignsPayload{Campaigns: nodes, UserErrors: o.userErrors, IsReplay: o.isReplay}, nil
}

// CreateAdGroups makes ad groups in campaigns.
func (r mutationResolver) CreateAdGroups(ctx context.Context, in model.CreateAdGroupsInput) (*model.CreateAdGroupsPayload, error) {
	items := make([]store.Planting, len(in.AdGroups))
	for i, g := range in.AdGroups {
		items[i] = store.Planting{Parent: ownID(in.AdvertiserID, ads.LevelCampaign, g.CampaignID, i), New: newAdGroup(in.AdvertiserID, g.AdGroup, g.Status)}
	}
	nodes, o, err := create(ctx, r.Resolver, creation{in.AdvertiserID, ads.LevelAdGroup, in.ErrorPolicy, in.IdempotencyKey, "adGroups"}, items, adGroupOf)
	if err != nil {
		return nil, err
	}
	return &model.CreateAdGroupsPayload{AdGroups: nodes, UserErrors: o.userErrors, IsReplay: o.isReplay}, nil
}

// CreateAds makes ads in ad groups.
func (r mutationResolver) CreateAds(ctx context.Context, in model.CreateAdsInput) (*model.CreateAdsPayload, error) {
	items := make([]store.Planting, len(in.Ads))
	for i, d := range in.Ads {
		items[i] = store.Planting{Parent: ownID(in.AdvertiserID, ads.LevelAdGroup, d.AdGroupID, i), New: newAd(in.AdvertiserID, d.Ad, d.Status)}
	}
	nodes, o, err := create(ctx, r.Resolver, creation{in.AdvertiserID, ads.LevelAd, in.ErrorPolicy, in.IdempotencyKey, "ads"}, items, adOf)
	if err != nil {
		return nil, err
	}
	return &model.CreateAdsPayload{Ads: nodes, UserErrors: o.userErrors, IsReplay: o.isReplay}, nil
}

// DuplicateCampaigns makes drafts like campaigns.
func (r mutationResolver) DuplicateCampaigns(ctx context.Context, in model.DuplicateInput) (*model.CreateCampaignsPayload, error) {
	nodes, o, err := duplicate(ctx, r.Resolver, ads.LevelCampaign, in, "campaigns", campaignOf)
	if err != nil {
		return nil, err
	}
	return &model.CreateCampaignsPayload{Campaigns: nodes, UserErrors: o.userErrors, IsReplay: o.isReplay}, nil
}

// DuplicateAdGroups makes drafts like ad groups.
func (r mutationResolver) DuplicateAdGroups(ctx context.Context, in model.DuplicateInput) (*model.CreateAdGroupsPayload, error) {
	nodes, o, err := duplicate(ctx, r.Resolver, ads.LevelAdGroup, in, "adGroups", adGroupOf)
	if err != nil {
		return nil, err
	}
	return &model.CreateAdGroupsPayload{AdGroups: nodes, UserErrors: o.userErrors, IsReplay: o.isReplay}, nil
}

// DuplicateAds makes drafts like ads.
func (r mutationResolver) DuplicateAds(ctx context.Context, in model.DuplicateInput) (*model.CreateAdsPayload, error) {
	nodes, o, err := duplicate(ctx, r.Resolver, ads.LevelAd, in, "ads", adOf)
	if err != nil {
		return nil, err
	}
	return &model.CreateAdsPayload{Ads: nodes, UserErrors: o.userErrors, IsReplay: o.isReplay}, nil
}

// creation is what making things of a level was asked for with.
type creation struct {
	advertiser ads.Ref
	level      ads.Level
	policy     model.ErrorPolicy
	key        string
	field      string // of the nodes in the payload
}

func create[T any](ctx context.Context, r *Resolver, c creation, items []store.Planting, read readNode[T]) ([]T, *updated, error) {
	if err := checkItems(len(items), c.field); err != nil {
		return nil, nil, err
	}
	begun, err := begin(ctx, c.advertiser, ads.EditCampaigns, &c.key, []any{"create", c.level, c.policy, items})
	if err != nil {
		return nil, nil, err
	}
	made, err := r.Store.Create(ctx, store.Creation{Request: begun, Level: c.level, Items: items, SkipFailed: c.policy == model.ErrorPolicySkipFailed})
	if err != nil {
		return nil, nil, err
	}
	if c.level != ads.LevelCampaign { // what is wrong is within a field of the item
		inside := map[ads.Level]string{ads.LevelAdGroup: "adGroup", ads.LevelAd: "ad"}[c.level]
		for i, p := range made.Problems {
			switch p.Field {
			case "campaignId", "adGroupId", "status":
			default:
				made.Problems[i].Field = strings.Trim(inside+"."+p.Field, ".")
			}
		}
	}
	return showMade(ctx, r, begun.Advertiser, c.level, made, c.field, c.field, read)
}

func duplicate[T any](ctx context.Context, r *Resolver, level ads.Level, in model.DuplicateInput, field string, read readNode[T]) ([]T, *updated, error) {
	if err := checkItems(len(in.Items), "items"); err != nil {
		return nil, nil, err
	}
	items := make([]store.Original, len(in.Items))
	for i, item := range in.Items {
		items[i] = store.Original{ID: ownID(in.AdvertiserID, level, item.ID, i), Name: item.Name}
	}
	begun, err := begin(ctx, in.AdvertiserID, ads.EditCampaigns, &in.IdempotencyKey, []any{"duplicate", level, in.ErrorPolicy, items})
	if err != nil {
		return nil, nil, err
	}
	made, err := r.Store.Duplicate(ctx, store.Duplication{Request: begun, Level: level, Items: items, SkipFailed: in.ErrorPolicy == model.ErrorPolicySkipFailed})
	if err != nil {
		return nil, nil, err
	}
	return showMade(ctx, r, begun.Advertiser, level, made, "items", field, read)
}

// showMade reads what was made, and shows what was wrong with the items of the input.
func showMade[T any](ctx context.Context, r *Resolver, a *ads.Advertiser, level ads.Level, made *store.Made, items, field string, read readNode[T]) ([]T, *updated, error) {
	nodes, err := readBack(ctx, a, made.IDs, columns(level, r.registry.Current(ctx).Below(field)...), read)
	if err != nil {
		return nil, nil, err
	}
	o := &updated{isReplay: made.IsReplay}
	o.userErrors, err = userErrors(items, made.Problems)
	return nodes, o, err
}

// PublishCampaigns makes drafts into what delivers.
func (r mutationResolver) PublishCampaigns(ctx context.Context, in model.PublishCampaignsInput) (*model.PublishCampaignsPayload, error) {
	const field = "campaigns"
	if err := checkItems(len(in.Campaigns), field); err != nil {
		return nil, err
	}
	if in.Status != ads.StatusActive && in.Status != ads.StatusPaused {
		return nil, fault.New(fault.Invalid, "What is published becomes ACTIVE or PAUSED, not %s.", in.Status).In("status")
	}
	items := make([]store.Publish, len(in.Campaigns))
	for i, c := range in.Campaigns {
		items[i] = store.Publish{ID: ownID(in.AdvertiserID, ads.LevelCampaign, c.ID, i), Version: c.Version}
	}
	begun, err := begin(ctx, in.AdvertiserID, ads.EditCampaigns, &in.IdempotencyKey, []any{"publish", in.Status, in.ErrorPolicy, items})
	if err != nil {
		return nil, err
	}
	p, err := r.Store.Publish(ctx, store.Publication{Request: begun, Items: items, Status: in.Status, SkipFailed: in.ErrorPolicy == model.ErrorPolicySkipFailed})
	if err != nil {
		return nil, err
	}
	payload := &model.PublishCampaignsPayload{IsReplay: p.IsReplay, Nodes: []model.PublishedNode{}}
	ids := make([]int64, len(items))
	for _, n := range p.Nodes {
		ids[n.Item] = items[n.Item].ID
		node := model.PublishedNode{
			ID: ads.Ref{Level: n.Level, Advertiser: begun.Advertiser.ID, ID: n.ID}, Level: n.Level, Name: n.Name, IsPublished: n.IsPublished,
			UserErrors: make([]model.UserError, len(n.Problems)),
		}
		for i, problem := range n.Problems {
			if node.UserErrors[i], err = userError([]string{}, problem); err != nil {
				return nil, err
			}
		}
		payload.Nodes = append(payload.Nodes, node)
	}
	if payload.Campaigns, err = readBack(ctx, begun.Advertiser, ids, columns(ads.LevelCampaign, r.registry.Current(ctx).Below(field)...), campaignOf); err != nil {
		return nil, err
	}
	payload.UserErrors, err = userErrors(field, p.Problems)
	return payload, err
}

// CampaignCheck returns what is wrong with a new campaign.
func (r queryResolver) CampaignCheck(ctx context.Context, advertiser ads.Ref, campaign model.NewCampaign) ([]model.UserError, error) {
	a, err := editable(ctx, advertiser)
	if err != nil {
		return nil, err
	}
	problems, err := r.Store.CheckNew(ctx, a, newCampaign(advertiser, campaign))
	if err != nil {
		return nil, err
	}
	list := make([]model.UserError, len(problems))
	for i, p := range problems {
		p.Field = strings.Trim(p.Within+"."+p.Field, ".")
		if list[i], err = userError([]string{}, p.Problem); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Namesakes counts what has a name.
func (r queryResolver) Namesakes(ctx context.Context, advertiser ads.Ref, level ads.Level, name string) (*int, error) {
	switch level {
	case ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd:
	default:
		return nil, fault.New(fault.Invalid, "Names are looked for among campaigns, ad groups and ads, not at the level %s.", level).In("level")
	}
	if err := checkText("name", name); err != nil {
		return nil, err
	}
	a, err := editable(ctx, advertiser)
	if err != nil {
		return nil, err
	}
	n, err := r.Store.Namesakes(ctx, a, level, name)
	if err != nil {
		return nil, err
	}
	return &n, nil
}

// ObjectiveOptions returns what each objective leaves to choose.
func (queryResolver) ObjectiveOptions(context.Context) ([]ads.ObjectiveOptions, error) {
	return ads.Options(), nil
}

// TargetingOptions returns what ad groups can be aimed at.
func (queryResolver) TargetingOptions(context.Context) (*model.TargetingOptions, error) {
	choices := func(by metrics.Dimension, values []string) []model.TargetingChoice {
		list := make([]model.TargetingChoice, len(values))
		for i, v := range values {
			list[i] = model.TargetingChoice{Value: v, Label: by.Label(v)}
		}
		return list
	}
	return &model.TargetingOptions{
		Locations: choices(metrics.ByCountry, ads.Locations()), AgeBuckets: choices(metrics.ByAge, ads.AgeBuckets()),
		Genders: choices(metrics.ByGender, ads.Genders()), Interests: choices(metrics.ByInterest, ads.Interests()), Devices: choices(metrics.ByDevice, ads.Devices()),
	}, nil
}

// bidFloors returns the lowest bids in an advertiser's currency.
func bidFloors(a *ads.Advertiser) []model.BidFloor {
	var list []model.BidFloor
	for _, event := range [...]ads.BillableEvent{ads.BillClick, ads.BillImpression} {
		for _, format := range ads.FloorFormats() {
			floor := ads.FloorOf(a.Currency, event, format)
			if format != "" && floor == ads.FloorOf(a.Currency, event, "") {
				continue
			}
			one := model.BidFloor{BillableEvent: event, Amount: ads.Money{Micros: ads.Micros(floor), Currency: a.Currency}}
			if format != "" {
				one.CreativeType = &format
			}
			list = append(list, one)
		}
	}
	return list
}

func newCampaign(advertiser ads.Ref, in model.NewCampaign) ads.New {
	n := ads.New{Patch: ads.Patch{
		Name: set(&in.Name), Status: set(&in.Status), Objective: set(&in.Objective), BudgetType: given(in.BudgetType), Budget: given((*int64)(in.BudgetMicros)),
		StartAt: given(in.StartAt), EndAt: given(in.EndAt),
	}}
	for _, g := range in.AdGroups {
		n.Below = append(n.Below, newAdGroup(advertiser, g, statusBelow(in.Status)))
	}
	return n
}

func newAdGroup(advertiser ads.Ref, in model.NewAdGroup, status ads.EntityStatus) ads.New {
	n := ads.New{Patch: ads.Patch{
		Name: set(&in.Name), Status: set(&status), BudgetType: set(&in.BudgetType), Budget: given((*int64)(in.BudgetMicros)),
		BidStrategy: set(&in.BidStrategy), Bid: given((*int64)(in.BidMicros)), BillableEvent: given(in.BillableEvent), Pacing: set(&in.Pacing), Placement: set(&in.Placement),
		Targeting: given(targetingOf(in.Targeting)), StartAt: given(in.StartAt), EndAt: given(in.EndAt),
	}}
	for _, d := range in.Ads {
		n.Below = append(n.Below, newAd(advertiser, d, statusBelow(status)))
	}
	return n
}

func newAd(advertiser ads.Ref, in model.NewAd, status ads.EntityStatus) ads.New {
	return ads.New{Patch: ads.Patch{
		Name: given(in.Name), Status: set(&status), PinID: set(new(ownID(advertiser, ads.LevelPin, in.PinID, 0))), DestinationURL: given(in.DestinationURL),
	}}
}

// statusBelow is the status of what is new below something new.
func statusBelow(status ads.EntityStatus) ads.EntityStatus {
	if status == ads.StatusPaused {
		return ads.StatusActive // the pause above is enough
	}
	return status
}

func set[T any](value *T) ads.Optional[T] { return ads.Optional[T]{IsSet: true, Value: value} }

// given is a value that may be left out, for which null is the same.
func given[T any](value *T) ads.Optional[T] {
	return ads.Optional[T]{IsSet: value != nil, Value: value}
}

// BidFloors is bidFloors for gqlgen's executor.
func (advertiserResolver) BidFloors(_ context.Context, a *ads.Advertiser) ([]model.BidFloor, error) {
	return bidFloors(a), nil
}

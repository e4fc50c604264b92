package graph

import (
	"context"
	"math"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// listArgs is the arguments of a connection, with the inputs of its level.
type listArgs[F, O any] struct {
	first   int
	after   *string
	filter  *F
	orderBy *O
	report  *model.ReportInput
}

// decodeList reads a connection's arguments, given the names of its inputs.
func decodeList[F, O any](a *setwise.Args, filter, order string) listArgs[F, O] {
	return listArgs[F, O]{
		first:   setwise.Arg(a, "first", graphql.UnmarshalInt),
		after:   setwise.Opt(a, "after", graphql.UnmarshalString),
		filter:  setwise.Input[F](a, "filter", filter),
		orderBy: setwise.Input[O](a, "orderBy", order),
		report:  setwise.Input[model.ReportInput](a, "report", "ReportInput"),
	}
}

// listPlan is what a connection asks for, whoever its parent is.
type listPlan struct {
	list   *store.List
	report *reportPlan // nil without numbers
	refs   ownRefs     // must be of the parent's advertiser
}

// ownRefs is ids in a filter, which must be of the advertiser that is filtered.
type ownRefs []ads.Ref

// ids is plain for a bounded number of references. Nil is no condition.
func (o *ownRefs) ids(argument string, level ads.Level, refs []ads.Ref) ([]int64, error) {
	if refs == nil {
		return nil, nil // no condition
	}
	if len(refs) > maxIDs {
		return nil, fault.New(fault.TooLarge, "%s takes at most %d ids, not %d.", argument, maxIDs, len(refs)).In(argument)
	}
	return o.plain(argument, level, refs)
}

// these keeps the rows that references name, as many as a write may have. Nil is no
// condition.
func (o *ownRefs) these(f *store.Filter, level ads.Level, refs []ads.Ref) error {
	const argument = "ids"
	if len(refs) > store.MaxPatches {
		return fault.New(fault.TooLarge, "%s takes at most %d ids, not %d.", argument, store.MaxPatches, len(refs)).In(argument)
	}
	if refs == nil {
		return nil
	}
	ids, err := o.plain(argument, level, refs)
	store.AnyOf(f, "ID", ids)
	return err
}

// plain returns the plain ids of references, which must be of one level, and keeps
// the references.
func (o *ownRefs) plain(argument string, level ads.Level, refs []ads.Ref) ([]int64, error) {
	ids := make([]int64, len(refs))
	for i, ref := range refs {
		if ref.Level != level {
			return nil, fault.New(fault.Invalid, "%s takes ids of one kind; %q is of another.", argument, ref).In(argument)
		}
		ids[i] = ref.ID
	}
	*o = append(*o, refs...)
	return ids, nil
}

// check fails if a reference is not of an advertiser.
func (o ownRefs) check(a *ads.Advertiser) error {
	for _, ref := range o {
		if ref.Advertiser != a.ID {
			return fault.New(fault.NotFound, "The filter names %q, which this advertiser does not have.", ref).In("filter")
		}
	}
	return nil
}

// maxIDs is the most ids that one argument takes.
const maxIDs = 200

// planCampaigns, planAdGroups, planAds and planPins turn a connection's arguments and
// selection into a plan. under is the level of the parents.
func planCampaigns(under ads.Level, args listArgs[model.CampaignFilter, model.CampaignOrder], sel setwise.Selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelCampaign, Under: under, First: args.first}
	var refs ownRefs
	if f := args.filter; f != nil {
		l.Filter = store.Filter{Status: f.Status, Delivery: f.Delivery, Objective: f.Objective}
		if err := refs.these(&l.Filter, ads.LevelCampaign, f.Ids); err != nil {
			return nil, err
		}
		labels, err := refs.ids("labelIds", ads.LevelLabel, f.LabelIds)
		if err != nil {
			return nil, err
		}
		store.AnyOf(&l.Filter, "LABEL", labels)
		if err := commonFilter(&l.Filter, f.NameContains, f.Metrics); err != nil {
			return nil, err
		}
	}
	if o := args.orderBy; o != nil {
		if err := setOrder(&l.Order, (*string)(o.Field), o.Metric, o.Of, o.Direction); err != nil {
			return nil, err
		}
	}
	return planList(l, args.after, args.report, sel, refs...)
}

func planAdGroups(under ads.Level, args listArgs[model.AdGroupFilter, model.AdGroupOrder], sel setwise.Selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelAdGroup, Under: under, First: args.first}
	var refs ownRefs
	if f := args.filter; f != nil {
		l.Filter = store.Filter{Status: f.Status, Delivery: f.Delivery}
		err := refs.these(&l.Filter, ads.LevelAdGroup, f.Ids)
		if err != nil {
			return nil, err
		}
		if l.Filter.CampaignIDs, err = refs.ids("campaignIds", ads.LevelCampaign, f.CampaignIds); err != nil {
			return nil, err
		}
		audiences, err := refs.ids("audienceIds", ads.LevelAudience, f.AudienceIds)
		if err != nil {
			return nil, err
		}
		store.AnyOf(&l.Filter, "AUDIENCE", audiences)
		if err := commonFilter(&l.Filter, f.NameContains, f.Metrics); err != nil {
			return nil, err
		}
	}
	if o := args.orderBy; o != nil {
		if err := setOrder(&l.Order, (*string)(o.Field), o.Metric, o.Of, o.Direction); err != nil {
			return nil, err
		}
	}
	return planList(l, args.after, args.report, sel, refs...)
}

func planAds(under ads.Level, args listArgs[model.AdFilter, model.AdOrder], sel setwise.Selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelAd, Under: under, First: args.first}
	var refs ownRefs
	if f := args.filter; f != nil {
		l.Filter = store.Filter{Status: f.Status, Delivery: f.Delivery, Review: f.Review, CreativeType: f.CreativeType}
		err := refs.these(&l.Filter, ads.LevelAd, f.Ids)
		if err != nil {
			return nil, err
		}
		if l.Filter.CampaignIDs, err = refs.ids("campaignIds", ads.LevelCampaign, f.CampaignIds); err != nil {
			return nil, err
		}
		if l.Filter.AdGroupIDs, err = refs.ids("adGroupIds", ads.LevelAdGroup, f.AdGroupIds); err != nil {
			return nil, err
		}
		if err := commonFilter(&l.Filter, f.NameContains, f.Metrics); err != nil {
			return nil, err
		}
	}
	if o := args.orderBy; o != nil {
		if err := setOrder(&l.Order, (*string)(o.Field), o.Metric, o.Of, o.Direction); err != nil {
			return nil, err
		}
	}
	return planList(l, args.after, args.report, sel, refs...)
}

func planPins(under ads.Level, args listArgs[model.PinFilter, model.PinOrder], sel setwise.Selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelPin, Under: under, First: args.first}
	if f := args.filter; f != nil {
		l.Filter = store.Filter{CreativeType: f.CreativeType}
		store.AnyOf(&l.Filter, "AD_STATUS", f.AdStatus)
		if err := commonFilter(&l.Filter, f.TitleContains, f.Metrics); err != nil {
			return nil, err
		}
	}
	if o := args.orderBy; o != nil {
		if err := setOrder(&l.Order, (*string)(o.Field), o.Metric, o.Of, o.Direction); err != nil {
			return nil, err
		}
	}
	return planList(l, args.after, args.report, sel)
}

// planList completes a plan with what is selected below the connection.
func planList(l *store.List, after *string, report *model.ReportInput, sel setwise.Selected, refs ...ads.Ref) (*listPlan, error) {
	if l.Order == (store.Order{}) {
		l.Order = store.Order{Field: "ID", Descending: true}
	}
	if after != nil {
		l.After = *after
	}
	p := &listPlan{list: l, refs: refs}
	l.Columns = columns(l.Level, sel.Below("edges", "node")...)
	l.Page = len(sel.Below("edges"))+len(sel.Below("pageInfo")) > 0
	l.Next = len(sel.Below("pageInfo", "hasNextPage")) > 0
	l.Count, l.Sums = len(sel.Below("totalCount")) > 0, len(sel.Below("totals")) > 0
	if err := l.Check(report != nil, report != nil && report.CompareTo != nil); err != nil {
		return nil, err
	}
	if report != nil {
		p.report = planReport(*report, sel.Below("edges", "metrics"), sel.Below("totals"))
		l.Current, l.Prior = p.report.current, p.report.prior
	}
	return p, nil
}

// names returns the names of the fields selected under any of the given ones.
func names(under []setwise.Selected) []string {
	var list []string
	for _, s := range under {
		for _, f := range s.Fields() {
			list = append(list, f.Name())
		}
	}
	return list
}

// columns returns the columns that are needed of entities for what is selected
// under any of the given fields. What a related object needs is named with a
// dot: pin.title.
func columns(level ads.Level, under ...setwise.Selected) (set store.Columns) {
	for _, s := range under {
		set |= setwise.Derive(s, level, func(s setwise.Selected) store.Columns {
			var list []string
			for _, f := range s.Fields() {
				list = append(list, f.Name())
				for _, below := range f.Fields() {
					list = append(list, f.Name()+"."+below.Name())
				}
			}
			return store.ColumnsOf(level, list)
		})
	}
	return set
}

// list starts reading a connection of one parent.
func (r *Resolver) list(ctx context.Context, a *ads.Advertiser, parent int64, p *listPlan) setwise.Thunk[*model.Connection] {
	wait := r.lists(ctx, 1, p, func(int) (*ads.Advertiser, int64) { return a, parent })
	return func() (*model.Connection, error) { return wait(0) }
}

// lists starts reading connections of n parents, each of which has an advertiser
// and an id.
func (r *Resolver) lists(ctx context.Context, n int, p *listPlan, parent func(i int) (*ads.Advertiser, int64)) func(i int) (*model.Connection, error) {
	level := &loader.Level{Keys: make([]store.ListKey, 0, n)}
	errs := make([]error, n)
	places := make([]int, n)
	var of *ads.Advertiser // that of the window, which most parents share
	var window metrics.Window
	var err error
	for i := range n {
		a, id := parent(i)
		if a != of {
			if of, err = a, p.refs.check(a); err == nil && p.report != nil {
				window, err = p.report.window(a, r.Store.Now())
			}
		}
		if errs[i] = err; err == nil {
			places[i] = len(level.Keys)
			level.Keys = append(level.Keys, store.ListKey{Advertiser: a, Parent: id, Window: window, List: p.list})
		}
	}
	made := make([]model.Connection, n)
	if planned := plannedList(ctx); planned != nil && len(level.Keys) > 0 { // an export reads it
		*planned = level.Keys[0]
		return func(i int) (*model.Connection, error) { return &made[i], errs[i] }
	}
	if len(level.Keys) == 0 {
		return func(i int) (*model.Connection, error) { return nil, errs[i] }
	}
	wait := loader.From(ctx).Lists.Load(ctx, level)
	var read loader.Listings
	return func(i int) (*model.Connection, error) {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if read.Listings == nil {
			if read, err = wait(); err != nil {
				return nil, err
			}
		}
		if err := read.Errors[places[i]]; err != nil {
			return nil, err
		}
		fillConnection(&made[i], read.Listings[places[i]], p.list.After != "")
		return &made[i], nil
	}
}

// fillConnection makes a connection of a listing.
func fillConnection(c *model.Connection, l *store.Listing, continued bool) {
	*c = model.Connection{Edges: l.Rows, Count: l.Count, Totals: l.Totals, HasNext: l.HasNext, Continued: continued, Of: l.Key}
}

// planFacets sees which facets of a connection are selected.
func planFacets(_ *setwise.Args, sel setwise.Selected) (store.Facets, error) {
	var fields store.Facets
	for _, name := range names([]setwise.Selected{sel}) {
		switch name {
		case "status":
			fields |= store.FacetStatus
		case "objective":
			fields |= store.FacetObjective
		case "review":
			fields |= store.FacetReview
		case "creativeType":
			fields |= store.FacetCreativeType
		}
	}
	return fields, nil
}

// facets starts counting the rows of a connection's list by their values.
func facets(ctx context.Context, c *model.Connection, fields store.Facets) setwise.Thunk[*model.Facets] {
	if fields == 0 {
		return done(&model.Facets{})
	}
	return then(setwise.Thunk[map[store.Facets][]store.Facet](loader.From(ctx).Facets.Load(ctx, store.FacetsKey{Of: c.Of, Fields: fields})),
		func(counts map[store.Facets][]store.Facet) *model.Facets {
			return &model.Facets{
				Status: counts[store.FacetStatus], Objective: counts[store.FacetObjective],
				Review: counts[store.FacetReview], CreativeType: counts[store.FacetCreativeType],
			}
		})
}

// planAccounts turns the arguments and selection of Viewer.advertisers into a
// plan.
func planAccounts(first int, after, search *string, orderBy *model.AdvertiserOrder, report *model.ReportInput, sel setwise.Selected) (*accountsPlan, error) {
	p := &accountsPlan{list: store.AdvertiserList{First: first}}
	l := &p.list
	if search != nil {
		l.Search = *search
		if err := checkText("search", l.Search); err != nil {
			return nil, err
		}
	}
	l.Order = store.Order{Field: "NAME"}
	if orderBy != nil {
		if err := setOrder(&l.Order, (*string)(orderBy.Field), orderBy.Metric, orderBy.Of, orderBy.Direction); err != nil {
			return nil, err
		}
	}
	if after != nil {
		l.After = *after
	}
	l.Page = len(sel.Below("edges"))+len(sel.Below("pageInfo")) > 0
	l.Count = len(sel.Below("totalCount")) > 0
	if err := l.Check(report != nil, report != nil && report.CompareTo != nil); err != nil {
		return nil, err
	}
	if report != nil {
		p.report = planReport(*report, sel.Below("edges", "metrics"), nil)
		l.Current, l.Prior = p.report.current, p.report.prior
	}
	return p, nil
}

// accountsPlan is what Viewer.advertisers asks for.
type accountsPlan struct {
	list   store.AdvertiserList
	report *reportPlan
}

// accounts starts reading the viewer's advertisers.
func (r *Resolver) accounts(ctx context.Context, v *model.Viewer, p *accountsPlan) setwise.Thunk[*model.Connection] {
	l := p.list
	l.User, l.Now = v.UserID, r.Store.Now()
	if p.report != nil {
		var err error
		if l.Windows, err = p.report.windows(l.Now); err != nil {
			return failed[*model.Connection](err)
		}
	}
	return then(setwise.Thunk[*store.Listing](loader.From(ctx).Accounts.Load(ctx, &l)), func(read *store.Listing) *model.Connection {
		c := &model.Connection{}
		fillConnection(c, read, l.After != "")
		return c
	})
}

// failed is the thunk of a read that cannot start.
func failed[V any](err error) setwise.Thunk[V] {
	return func() (v V, _ error) { return v, err }
}

// maxThresholds is the most thresholds of one filter.
const maxThresholds = 20

// commonFilter sets the conditions that every level has.
func commonFilter(f *store.Filter, nameContains *string, thresholds []model.MetricThreshold) error {
	if nameContains != nil {
		if err := checkText("nameContains", *nameContains); err != nil {
			return err
		}
		f.NameContains = *nameContains
	}
	if len(thresholds) > maxThresholds {
		return fault.New(fault.TooLarge, "A filter takes at most %d thresholds, not %d.", maxThresholds, len(thresholds)).In("metrics")
	}
	type bounds struct{ least, most float64 }
	of := map[metrics.Name]bounds{}
	for _, t := range thresholds {
		if t.Min == nil && t.Max == nil {
			return fault.New(fault.Invalid, "A threshold on %s needs min, max or both.", t.Metric).In("metrics")
		}
		b, again := of[t.Metric]
		if !again {
			b = bounds{math.Inf(-1), math.Inf(1)}
		}
		if t.Min != nil {
			b.least = max(b.least, *t.Min)
		}
		if t.Max != nil {
			b.most = min(b.most, *t.Max)
		}
		if of[t.Metric] = b; b.least > b.most {
			return fault.New(fault.Invalid, "The thresholds on %s ask for at least %g and at most %g: nothing can match.", t.Metric, b.least, b.most).In("metrics")
		}
		f.Metrics = append(f.Metrics, metrics.Threshold{Metric: t.Metric, Min: t.Min, Max: t.Max})
	}
	return nil
}

package graph

import (
	"context"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// The change history: lists of it, and markers that put it beside the numbers.

const (
	maxChangedFields = 50 // of one filter
	markerChanges    = 5  // shown of one marker
)

type changeArgs = listArgs[model.ChangeFilter, struct{}]

func planChanges(args changeArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelChange, Under: ads.LevelAdvertiser, First: args.first}
	var refs ownRefs
	if f := args.filter; f != nil {
		if err := refs.changed(f.EntityIds); err != nil {
			return nil, err
		}
		if len(f.Field) > maxChangedFields {
			return nil, fault.New(fault.TooLarge, "field takes at most %d names, not %d.", maxChangedFields, len(f.Field)).In("field")
		}
		for _, name := range f.Field {
			if err := checkText("field", name); err != nil {
				return nil, err
			}
		}
		if f.From != nil && f.To != nil && *f.To < *f.From {
			return nil, fault.New(fault.Invalid, "The filter ends on %s, before it starts on %s.", *f.To, *f.From).In("filter")
		}
		store.AnyOf(&l.Filter, "LEVEL", f.Level)
		store.OfEntities(&l.Filter, f.EntityIds)
		store.AnyOf(&l.Filter, "FIELD", f.Field)
		store.AnyOf(&l.Filter, "SOURCE", f.Source)
		if f.From != nil {
			store.Is(&l.Filter, "SINCE", new(store.DayStart(*f.From)))
		}
		if f.To != nil {
			store.Is(&l.Filter, "BEFORE", new(store.DayStart(f.To.Add(1))))
		}
	}
	return planList(l, args.after, nil, sel, refs...)
}

// changed keeps references to campaigns, ad groups and ads.
func (o *ownRefs) changed(refs []ads.Ref) error {
	const argument = "entityIds"
	if len(refs) > maxIDs {
		return fault.New(fault.TooLarge, "%s takes at most %d ids, not %d.", argument, maxIDs, len(refs)).In(argument)
	}
	for _, ref := range refs {
		switch ref.Level {
		case ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd:
		default:
			return fault.New(fault.Invalid, "%s takes ids of campaigns, ad groups and ads; %q is of another kind.", argument, ref).In(argument)
		}
	}
	*o = append(*o, refs...)
	return nil
}

// changesOf is the field of an entity that lists the changes of it alone.
func changesOf[T any](r *Resolver, level ads.Level, owner func(*T) (*ads.Advertiser, int64)) *setwise.Field {
	return connectionField(r, "changes", owner, func(a *args, sel selected) (*listPlan, error) {
		in := decodeList[struct{}, struct{}](a, "", "")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planChangesOf(level, in.first, in.after, sel)
	})
}

func planChangesOf(level ads.Level, first int, after *string, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelChange, Under: level, First: first}
	store.AnyOf(&l.Filter, "LEVEL", []ads.Level{level})
	return planList(l, after, nil, sel)
}

func aboutChange(c *ads.Change) (*ads.Advertiser, ads.Subject) { return c.Advertiser, c.Subject() }

// markersPlan is markers asked for, whatever report they are of.
type markersPlan struct {
	granularity metrics.Granularity
	each        int // changes wanted of one marker
	columns     store.Columns
}

func planMarkers(g metrics.Granularity, sel selected) (*markersPlan, error) {
	if g == metrics.Hourly {
		return nil, fault.New(fault.Unsupported, "Markers stand at days: granularity %s is none of DAY, WEEK and MONTH.", g).In("granularity")
	}
	p := &markersPlan{granularity: g}
	if below := sel.Below("changes"); len(below) > 0 {
		p.each, p.columns = markerChanges, columns(ads.LevelChange, below...)
	}
	return p, nil
}

// markers starts reading what was changed in the steps of a report.
func markers(ctx context.Context, report *metrics.Report, p *markersPlan) setwise.Thunk[[]ads.ChangeMarker] {
	if report.List != nil {
		return failed[[]ads.ChangeMarker](fault.New(fault.Unsupported, "Markers are of one entity, not of the totals of a list. Ask for them in the metrics of the rows, or of the entity above them."))
	}
	switch report.Level {
	case ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd:
	default:
		return failed[[]ads.ChangeMarker](fault.New(fault.Unsupported, "The history is of advertisers, campaigns, ad groups and ads: other reports have no markers."))
	}
	return setwise.Thunk[[]ads.ChangeMarker](loader.From(ctx).Markers.Load(ctx, store.MarkersKey{
		Advertiser: report.Advertiser, Level: report.Level, ID: report.ID, Range: report.Window.Range,
		Granularity: p.granularity, Each: p.each, Columns: p.columns,
	}))
}

// The resolvers.

type changeResolver struct{ *Resolver }

// Change returns the resolvers of Change.
func (r *Resolver) Change() generated.ChangeResolver { return changeResolver{r} }

// ChangeEdge returns the resolvers of ChangeEdge.
func (r *Resolver) ChangeEdge() generated.ChangeEdgeResolver { return edgeResolver[*ads.Change]{} }

func (r changeResolver) Entity(ctx context.Context, c *ads.Change) (model.Node, error) {
	return now(ctx, subject(ctx, c.Advertiser, c.Subject(), planSubject(r.registry.Current(ctx))))
}

func (r advertiserResolver) Changes(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.ChangeFilter) (*model.Connection, error) {
	p, err := planChanges(changeArgs{first: first, after: after, filter: filter}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

func (r campaignResolver) Changes(ctx context.Context, c *ads.Campaign, first int, after *string) (*model.Connection, error) {
	p, err := planChangesOf(ads.LevelCampaign, first, after, r.registry.Current(ctx))
	return r.listNow(ctx, c.Advertiser, c.ID, p, err)
}

func (r adGroupResolver) Changes(ctx context.Context, g *ads.AdGroup, first int, after *string) (*model.Connection, error) {
	p, err := planChangesOf(ads.LevelAdGroup, first, after, r.registry.Current(ctx))
	return r.listNow(ctx, g.Advertiser, g.ID, p, err)
}

func (r reportResolver) Markers(ctx context.Context, report *metrics.Report, g metrics.Granularity) ([]ads.ChangeMarker, error) {
	p, err := planMarkers(g, r.registry.Current(ctx))
	if err != nil {
		return nil, err
	}
	return now(ctx, markers(ctx, report, p))
}

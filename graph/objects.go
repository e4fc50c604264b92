package graph

import (
	"context"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/loader"
	"adsgraph/internal/store"
)

// The objects beside the hierarchy: for each kind the field that lists it, the
// plan of the list, and the resolvers that gqlgen's executor needs. Keywords,
// which have numbers, are in keywords.go.

// objectOf starts reading an object by its id.
func objectOf[T any](ctx context.Context, a *ads.Advertiser, kind ads.Level, id int64, columns store.Columns) setwise.Thunk[T] {
	key := loader.ObjectKey{Kind: kind, EntityKey: store.EntityKey{Advertiser: a, ID: id, Columns: columns}}
	return then(setwise.Thunk[any](loader.From(ctx).Object.Load(ctx, key)), func(object any) T { return object.(T) })
}

// objects is the field of an advertiser that lists a kind of object, given the
// names of its inputs.
func objects[F, O any](r *Resolver, name, filter, order string, plan func(listArgs[F, O], selected) (*listPlan, error)) *setwise.Field {
	return connectionField(r, name, func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }, func(a *args, sel selected) (*listPlan, error) {
		in := decodeList[F, O](a, filter, order)
		if a.Err() != nil {
			return nil, a.Err()
		}
		return plan(in, sel)
	})
}

// planObjects completes the plan of a list of objects.
func planObjects(l *store.List, after *string, field string, direction model.Direction, sel selected) (*listPlan, error) {
	l.Under = ads.LevelAdvertiser
	if field != "" {
		l.Order = store.Order{Field: field, Descending: direction == model.DirectionDesc}
	}
	return planList(l, after, nil, sel)
}

// whereContains adds the condition that a field holds a text, if one is given.
func whereContains(f *store.Filter, field, argument string, text *string) error {
	if text == nil {
		return nil
	}
	if err := checkText(argument, *text); err != nil {
		return err
	}
	store.Is(f, field, text)
	return nil
}

// Audiences.

type audienceArgs = listArgs[model.AudienceFilter, model.AudienceOrder]

func planAudiences(args audienceArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelAudience, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "TYPE", f.Type)
		store.AnyOf(&l.Filter, "STATUS", f.Status)
		if err := whereContains(&l.Filter, "NAME", "nameContains", f.NameContains); err != nil {
			return nil, err
		}
	}
	var o model.AudienceOrder
	if args.orderBy != nil {
		o = *args.orderBy
	}
	return planObjects(l, args.after, string(o.Field), o.Direction, sel)
}

func (r advertiserResolver) Audiences(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.AudienceFilter, orderBy *model.AudienceOrder) (*model.Connection, error) {
	p, err := planAudiences(audienceArgs{first, after, filter, orderBy, nil}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

// audienceColumns returns the columns needed of the audiences of ad groups.
func audienceColumns(sel selected) store.Columns {
	return columns(ads.LevelAudience, sel.Below("audience")...)
}

func adGroupAudiences(ctx context.Context, g *ads.AdGroup, columns store.Columns) setwise.Thunk[[]ads.AdGroupAudience] {
	return setwise.Thunk[[]ads.AdGroupAudience](loader.From(ctx).Audiences.Load(ctx, store.LinkKey{Advertiser: g.Advertiser, ID: g.ID, Columns: columns}))
}

func (r adGroupResolver) Audiences(ctx context.Context, g *ads.AdGroup) ([]ads.AdGroupAudience, error) {
	return now(ctx, adGroupAudiences(ctx, g, audienceColumns(r.registry.Current(ctx))))
}

// Labels.

type labelArgs = listArgs[model.LabelFilter, model.LabelOrder]

func planLabels(args labelArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelLabel, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "TYPE", f.Type)
		if err := whereContains(&l.Filter, "VALUE", "valueContains", f.ValueContains); err != nil {
			return nil, err
		}
	}
	var o model.LabelOrder
	if args.orderBy != nil {
		o = *args.orderBy
	}
	return planObjects(l, args.after, string(o.Field), o.Direction, sel)
}

func (r advertiserResolver) Labels(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.LabelFilter, orderBy *model.LabelOrder) (*model.Connection, error) {
	p, err := planLabels(labelArgs{first, after, filter, orderBy, nil}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

func campaignLabels(ctx context.Context, c *ads.Campaign, columns store.Columns) setwise.Thunk[[]ads.Label] {
	return setwise.Thunk[[]ads.Label](loader.From(ctx).Labels.Load(ctx, store.LinkKey{Advertiser: c.Advertiser, ID: c.ID, Columns: columns}))
}

func (r campaignResolver) Labels(ctx context.Context, c *ads.Campaign) ([]ads.Label, error) {
	return now(ctx, campaignLabels(ctx, c, columns(ads.LevelLabel, r.registry.Current(ctx))))
}

// The resolvers of the edges.

// AudienceEdge returns the resolvers of AudienceEdge.
func (r *Resolver) AudienceEdge() generated.AudienceEdgeResolver {
	return edgeResolver[*ads.Audience]{}
}

// LabelEdge returns the resolvers of LabelEdge.
func (r *Resolver) LabelEdge() generated.LabelEdgeResolver { return edgeResolver[*ads.Label]{} }

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
// plan of the list, and the resolvers that gqlgen's executor needs.

// objectOf starts reading an object by its id.
func objectOf[T any](ctx context.Context, a *ads.Advertiser, kind ads.Level, id int64, columns store.Columns) setwise.Thunk[T] {
	key := loader.ObjectKey{Kind: kind, EntityKey: store.EntityKey{Advertiser: a, ID: id, Columns: columns}}
	return then(setwise.Thunk[any](loader.From(ctx).Object.Load(ctx, key)), func(object any) T { return object.(T) })
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

func audiences(r *Resolver) *setwise.Field {
	return connectionField(r, "audiences", func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }, func(a *args, sel *selected) (*listPlan, error) {
		in := decodeList[model.AudienceFilter, model.AudienceOrder](a, "AudienceFilter", "AudienceOrder")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planAudiences(in, sel)
	})
}

func planAudiences(args listArgs[model.AudienceFilter, model.AudienceOrder], sel *setwise.Selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelAudience, Under: ads.LevelAdvertiser, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "TYPE", f.Type)
		store.AnyOf(&l.Filter, "STATUS", f.Status)
		if err := whereContains(&l.Filter, "NAME", "nameContains", f.NameContains); err != nil {
			return nil, err
		}
	}
	if o := args.orderBy; o != nil {
		l.Order = store.Order{Field: string(o.Field), Descending: o.Direction == model.DirectionDesc}
	}
	return planList(l, args.after, nil, sel)
}

func (r advertiserResolver) Audiences(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.AudienceFilter, orderBy *model.AudienceOrder) (*model.Connection, error) {
	p, err := planAudiences(listArgs[model.AudienceFilter, model.AudienceOrder]{first, after, filter, orderBy, nil}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

type audienceEdgeResolver struct{}

// AudienceEdge returns the resolvers of AudienceEdge.
func (r *Resolver) AudienceEdge() generated.AudienceEdgeResolver { return audienceEdgeResolver{} }

func (audienceEdgeResolver) Node(_ context.Context, e *store.Row) (*ads.Audience, error) {
	return e.Entity.(*ads.Audience), nil
}

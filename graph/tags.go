package graph

import (
	"context"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/store"
)

type tagArgs = listArgs[model.ConversionTagFilter, model.ConversionTagOrder]

func planConversionTags(args tagArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelConversionTag, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "STATUS", f.Status)
	}
	var o model.ConversionTagOrder
	if args.orderBy != nil {
		o = *args.orderBy
	}
	return planObjects(l, args.after, string(o.Field), o.Direction, sel)
}

func (r advertiserResolver) ConversionTags(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.ConversionTagFilter, orderBy *model.ConversionTagOrder) (*model.Connection, error) {
	p, err := planConversionTags(tagArgs{first, after, filter, orderBy, nil}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

func checkTagDays(days int) error {
	if days < 1 || days > ads.MaxTagDays {
		return fault.New(fault.Invalid, "Events are told for 1 to %d days, not %d.", ads.MaxTagDays, days).In("days")
	}
	return nil
}

// tagEvents starts reading the events of a conversion tag.
func tagEvents(ctx context.Context, o *ads.ConversionTag, days int) setwise.Thunk[[]ads.TagEvents] {
	return setwise.Thunk[[]ads.TagEvents](loader.From(ctx).TagEvents.Load(ctx, store.TagEventsKey{Advertiser: o.Advertiser, ID: o.ID, Days: days}))
}

// appendShare appends a fraction, null if there is none.
func appendShare(b []byte, share *float64) []byte {
	if share == nil {
		return append(b, "null"...)
	}
	return setwise.AppendFloat(b, *share)
}

type (
	conversionTagResolver struct{}
)

// ConversionTag returns the resolvers of ConversionTag.
func (r *Resolver) ConversionTag() generated.ConversionTagResolver { return conversionTagResolver{} }

// ConversionTagEdge returns the resolvers of ConversionTagEdge.
func (r *Resolver) ConversionTagEdge() generated.ConversionTagEdgeResolver {
	return edgeResolver[*ads.ConversionTag]{}
}

func (conversionTagResolver) Events(ctx context.Context, o *ads.ConversionTag, days int) ([]ads.TagEvents, error) {
	if err := checkTagDays(days); err != nil {
		return nil, err
	}
	return now(ctx, tagEvents(ctx, o, days))
}

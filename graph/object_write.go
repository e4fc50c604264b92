package graph

import (
	"context"

	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// What the changes of objects beside the hierarchy share.

// requestFor is what a write without a key begins with: the advertiser, in which
// the viewer must have a capability.
func requestFor(ctx context.Context, advertiser ads.Ref, c ads.Capability) (store.Request, error) {
	a, err := permitted(ctx, advertiser, c)
	return store.Request{Advertiser: a, RequestID: observe.RequestID(ctx)}, err
}

// ownIDs are ownID of a list.
func ownIDs(advertiser ads.Ref, level ads.Level, refs []ads.Ref) []int64 {
	ids := make([]int64, len(refs))
	for i, ref := range refs {
		ids[i] = ownID(advertiser, level, ref, i)
	}
	// What belongs to others has the same id wherever it stands twice, so that the
	// mistake is told as one.
	first := make(map[ads.Ref]int64, len(refs))
	for i, ref := range refs {
		if id, ok := first[ref]; ok {
			ids[i] = id
		}
		first[ref] = ids[i]
	}
	return ids
}

// readObjects reads objects back that were written, as they are then: field holds
// them in the payload.
func readObjects[T any](ctx context.Context, r *Resolver, a *ads.Advertiser, kind ads.Level, ids []int64, field string) ([]T, error) {
	wanted := columns(kind, r.registry.Current(ctx).Below(field)...)
	return readBack(ctx, a, ids, wanted, func(ctx context.Context, a *ads.Advertiser, id int64, c store.Columns) setwise.Thunk[T] {
		return objectOf[T](ctx, a, kind, id, c)
	})
}

// allOrNone shows what became of objects that were written all or none. path is
// that of the items in the input.
func allOrNone[T any](ctx context.Context, r *Resolver, a *ads.Advertiser, kind ads.Level, w *store.Written, path, field string) ([]T, []model.UserError, error) {
	nodes, err := readObjects[T](ctx, r, a, kind, w.IDs, field)
	if err != nil {
		return nil, nil, err
	}
	errs, err := userErrors(path, w.Problems)
	return nodes, errs, err
}

// one shows what became of a single object.
func one[T any](ctx context.Context, r *Resolver, a *ads.Advertiser, kind ads.Level, id int64, problems []ads.Problem, field string) (node T, errs []model.UserError, err error) {
	nodes, err := readObjects[T](ctx, r, a, kind, []int64{id}, field)
	if err != nil {
		return node, nil, err
	}
	errs, err = ofInput(problems)
	return nodes[0], errs, err
}

// ofInput shows problems whose fields are paths from the input on.
func ofInput(problems []ads.Problem) ([]model.UserError, error) {
	shown := make([]model.UserError, len(problems))
	for i, p := range problems {
		var err error
		if shown[i], err = userError([]string{}, p); err != nil {
			return nil, err
		}
	}
	return shown, nil
}

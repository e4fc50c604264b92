package loader

import (
	"context"
	"slices"
	"sync"

	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// Access decides once which of the advertisers that the root fields of a query
// name its viewer may see, and with which roles. Without it each root field
// would decide for itself, and they might differ while somebody loses a role.
type Access struct {
	store *store.Store
	user  int64
	ids   []int64

	once  sync.Once
	found map[int64]*ads.Advertiser
	err   error
}

// NewAccess returns the undecided access of a user to the given advertisers.
func NewAccess(s *store.Store, user int64, advertisers []int64) *Access {
	return &Access{store: s, user: user, ids: advertisers}
}

// advertisers returns those of the given advertisers that the user may see. The
// statement is one for the whole operation; only for an advertiser that no root
// field named would there be another.
func (x *Access) advertisers(ctx context.Context, ids []int64) (map[int64]*ads.Advertiser, error) {
	for _, id := range ids {
		if !slices.Contains(x.ids, id) {
			return x.store.Advertisers(ctx, x.user, ids)
		}
	}
	x.once.Do(func() { x.found, x.err = x.store.Advertisers(ctx, x.user, x.ids) })
	return x.found, x.err
}

package store

import (
	"context"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// EntityKey names one campaign, ad group, ad or pin and the columns wanted of it.
type EntityKey struct {
	Advertiser *ads.Advertiser
	ID         int64
	Columns    Columns
}

// Entities returns the entities of a level by their keys, nil for those that
// do not exist. All keys of one call share one statement; it reads the columns
// that any of them wants.
func (s *Store) Entities(ctx context.Context, name ads.Level, keys []EntityKey) ([]any, error) {
	lv := levels[name]
	var columns Columns
	for _, k := range keys {
		columns |= k.Columns
	}
	groups := groupIDs(keys, func(k EntityKey) (*ads.Advertiser, int64) { return k.Advertiser, k.ID })
	b := &builder{}
	for i, g := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		t := b.tenant(g.group, s.now())
		b.add("SELECT ", strconv.Itoa(i), ", ", lv.alias, ".id")
		lv.each(columns, func(c int) { b.add(", ", t.fill(lv.selects[c])) })
		b.add("\nFROM ", lv.table, " AS ", lv.alias)
		b.add(t.fill(lv.join(columns)))
		b.add("\nWHERE ", lv.alias, ".advertiser_id = ", t.id, " AND ", lv.alias, ".id = ANY(", b.arg(pq.Array(g.ids)), ")", lv.visibleTo(t))
	}
	var (
		group int
		id    int64
	)
	places, take := lv.scan(columns)
	dest := append([]any{&group, &id}, places...)
	found := make([]any, len(keys))
	err := s.each(ctx, b.statement(lv.title+"ByID"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		entity := take(groups[group].group, id)
		for _, i := range groups[group].index[id] {
			found[i] = entity
		}
		return nil
	})
	if planning(ctx) {
		for i, k := range keys {
			found[i] = sampleOf(take(k.Advertiser, k.ID))[0]
		}
	}
	return found, err
}

// Root returns one campaign, ad group or ad together with its advertiser, if a
// user is a member of it; NOT_FOUND otherwise, FORBIDDEN if the user's roles do
// not show such entities. It decides access and reads in one statement.
func (s *Store) Root(ctx context.Context, viewer int64, ref ads.Ref, columns Columns) (any, error) {
	lv := levels[ref.Level]
	b := &builder{}
	a := &ads.Advertiser{ViewerID: viewer}
	t := b.tenant(a, s.now())
	b.args[0], b.fence = ref.Advertiser, fence{viewer: viewer}
	t.disabledParam = "(a.status = '" + string(ads.AdvertiserDisabled) + "')"
	places, take := lv.scan(columns)
	b.add("SELECT ", advertiserColumns)
	lv.each(columns, func(c int) { b.add(", ", t.fill(lv.selects[c])) })
	user := b.arg(viewer)
	b.add("\nFROM advertiser AS a\n  JOIN (SELECT b.advertiser_id, array_agg(b.role) AS roles FROM member AS b WHERE b.advertiser_id = ", t.id, " AND b.user_id = ", user,
		" GROUP BY b.advertiser_id) AS mb ON mb.advertiser_id = a.id", advertiserJoins, "\n  JOIN ", lv.table, " AS ", lv.alias, " ON ", lv.alias, ".advertiser_id = ", t.id,
		" AND ", lv.alias, ".id = ", b.arg(ref.ID), t.fill(lv.join(columns)), "\nWHERE a.id = ", t.id, lv.visibleTo(t))
	var found any
	err := s.each(ctx, b.statement(lv.title+"ByID"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(append(advertiserDest(a), places...)...); err != nil {
			return err
		}
		if err := complete(a, viewer); err != nil {
			return err
		}
		found = take(a, ref.ID)
		return a.Require(ref.Level.Capability())
	})
	if planning(ctx) {
		found = sampleOf(take(sampleAdvertiser(ref.Advertiser, viewer), ref.ID))[0]
	}
	if err == nil && found == nil {
		err = fault.Missing(lv.noun)
	}
	return found, err
}

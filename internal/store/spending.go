package store

import (
	"context"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// SpendingKey names a campaign or an ad group.
type SpendingKey struct {
	Advertiser *ads.Advertiser
	Level      ads.Level
	ID         int64
}

// Spendings returns what entities of one level spent today and since their
// start, in one statement.
func (s *Store) Spendings(ctx context.Context, keys []SpendingKey) ([]ads.Spending, error) {
	lv := levels[keys[0].Level]
	groups := groupIDs(keys, func(k SpendingKey) (*ads.Advertiser, int64) { return k.Advertiser, k.ID })
	b := &builder{}
	for i, e := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		id := b.advertiser(e.group)
		b.add("SELECT ", strconv.Itoa(i), ", k.id, coalesce(y.spend_micros, 0), coalesce(t.spend_micros, 0)\nFROM unnest(", b.arg(pq.Array(e.ids)), "::bigint[]) AS k (id)",
			"\nLEFT JOIN ", lv.dayTable, " AS y ON y.advertiser_id = ", id, " AND y.", lv.idColumn, " = k.id AND y.day = ", b.arg(string(ads.DayOf(s.now(), e.group.Zone))), "::date",
			"\nLEFT JOIN ", lv.table, "_lifetime AS t ON t.advertiser_id = ", id, " AND t.", lv.idColumn, " = k.id")
	}
	results := make([]ads.Spending, len(keys))
	err := s.each(ctx, b.statement(lv.title+"Spending"), func(rows *sqlx.Rows) error {
		var (
			number   int
			id       int64
			spending ads.Spending
		)
		if err := rows.Scan(&number, &id, &spending.TodayMicros, &spending.LifetimeMicros); err != nil {
			return err
		}
		for _, i := range groups[number].index[id] {
			results[i] = spending
		}
		return nil
	})
	return results, err
}

package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// Hours returns the hours in which entities of one level delivered, in no
// particular order. Of a key's window it reads the range alone. All keys share
// one statement and its measures, which are those that hours have.
//
// Hours are not part of data versions: they are always the newest, also beside
// days of an earlier version.
func (s *Store) Hours(ctx context.Context, keys []SeriesKey) ([][]metrics.Hour, metrics.Set, error) {
	_, idColumn, title := dayTable(keys[0].Level)
	var measures metrics.Set
	for _, k := range keys {
		measures |= k.Measures
	}
	type group struct {
		advertiser *ads.Advertiser
		days       metrics.Range
	}
	groups := groupIDs(keys, func(k SeriesKey) (group, int64) { return group{k.Advertiser, k.Window.Range}, k.ID })
	b := &builder{}
	for i, e := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		h := b.hours(e.group.advertiser, e.group.days, measures)
		from, id := h.from(keys[0].Level, idColumn)
		h.sums(strconv.Itoa(i), id)
		b.add("\nFROM ", from, "\nWHERE y.advertiser_id = ", h.id, " AND ", id, " = ANY(", b.arg(pq.Array(e.ids)), ") AND ", h.within(), "\nGROUP BY ", id, ", y.hour")
	}
	results := make([][]metrics.Hour, len(keys))
	err := s.eachHour(ctx, b.statement(title+"Hours"), measures, func(number int, id int64, hour metrics.Hour) {
		for _, i := range groups[number].index[id] {
			results[i] = append(results[i], hour)
		}
	})
	return results, measures, err
}

// SetHours returns the sums of all rows of each of several lists, hour by hour.
// The keys must share the List and the measures; they share one statement. Which
// rows there are is decided at the data version of a key; their hours are the
// newest.
func (s *Store) SetHours(ctx context.Context, keys []SetSeriesKey) ([][]metrics.Hour, error) {
	measures := keys[0].Measures
	set := setOf(keys)
	b := &builder{}
	for i, br := range set.branches {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		b.add("(")
		q := set.shape.query(b, br, i, s.now())
		h := hours{b: b, id: q.tenant.id, advertiser: br.advertiser, days: br.window.Range, measures: measures}
		if q.totalsFromAdvertiser() {
			h.sums(q.number, "y.advertiser_id")
			b.add("\nFROM ad_hour AS y\nWHERE y.advertiser_id = ", h.id, " AND ", h.within(), "\nGROUP BY y.advertiser_id, y.hour)")
			continue
		}
		q.compose() // m and f
		from, id := h.from(q.level.name, q.level.idColumn)
		h.sums(q.number, "f.parent")
		b.add("\nFROM ", from, "\nJOIN f ON f.id = ", id, "\nWHERE y.advertiser_id = ", h.id, " AND ", h.within(), "\nGROUP BY f.parent, y.hour)")
	}
	results := make([][]metrics.Hour, len(keys))
	err := s.eachHour(ctx, b.statement(set.shape.level.title+"SetHours"), measures, func(number int, parent int64, hour metrics.Hour) {
		i := set.branches[number].index[parent]
		results[i] = append(results[i], hour)
	})
	return results, err
}

// hours composes what statements over ad_hour AS y have in common.
type hours struct {
	b          *builder
	id         string // the advertiser's, as an argument
	advertiser *ads.Advertiser
	days       metrics.Range
	measures   metrics.Set
}

func (b *builder) hours(a *ads.Advertiser, days metrics.Range, measures metrics.Set) hours {
	return hours{b: b, id: b.advertiser(a), advertiser: a, days: days, measures: measures}
}

// from returns what the hours of a level's entities are read from, and the
// column of the entities. Those between the advertiser and the ad are found by
// their ads, whose hours lie together.
func (h hours) from(level ads.Level, idColumn string) (from, id string) {
	if level == ads.LevelAdvertiser || level == ads.LevelAd {
		return "ad_hour AS y", "y." + idColumn
	}
	return "ad AS x\nJOIN ad_hour AS y ON y.advertiser_id = " + h.id + " AND y.ad_id = x.id AND x.advertiser_id = " + h.id, "x." + idColumn
}

// sums selects the sums of measures by the hour, after the branch's number and
// an id.
func (h hours) sums(number, id string) {
	h.b.add("SELECT ", number, ", ", id, ", extract(epoch FROM y.hour)::bigint")
	for _, base := range h.measures.Bases() {
		h.b.add(", sum(y.", metrics.DayColumns[base], ")::bigint")
	}
}

// within is the condition that an hour starts on one of the days.
func (h hours) within() string {
	zone := h.advertiser.Zone
	return "y.hour >= " + h.b.arg(h.days.From.Start(zone).UTC()) + "::timestamptz AND y.hour < " + h.b.arg(h.days.To.Add(1).Start(zone).UTC()) + "::timestamptz"
}

// eachHour runs a statement whose rows are those of hours.sums.
func (s *Store) eachHour(ctx context.Context, q statement, measures metrics.Set, take func(number int, id int64, hour metrics.Hour)) error {
	var (
		number int
		id, at int64
	)
	cells := make([]int64, len(measures.Bases()))
	dest := []any{&number, &id, &at}
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	pool := []int64{}
	return s.each(ctx, q, func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		start := len(pool)
		pool = append(pool, cells...)
		take(number, id, metrics.Hour{At: at, Sums: pool[start:len(pool):len(pool)]})
		return nil
	})
}

// hourColumns names the measures that ad_hour has: all but those that
// attribution credits.
func hourColumns() []string {
	var columns []string
	for base, column := range metrics.DayColumns {
		if !metrics.Attributed.Has(metrics.Base(base)) {
			columns = append(columns, column)
		}
	}
	return columns
}

// removeHours removes the hours of days that are about to be replaced, and those
// of days before the ones kept.
func removeHours(ctx context.Context, tx *sqlx.Tx, advertiser int64, days metrics.Range, now time.Time) error {
	const timeZone = `-- name: TimeZone
SELECT a.time_zone FROM advertiser AS a WHERE a.id = $1`
	const remove = `-- name: RemoveHours
DELETE FROM ad_hour WHERE advertiser_id = $1 AND (hour >= $2 AND hour < $3 OR hour < $4)`
	var name string
	if err := tx.GetContext(ctx, &name, timeZone, advertiser); err != nil {
		return fmt.Errorf("TimeZone: %w", err)
	}
	zone, err := loadZone(name)
	if err != nil {
		return fmt.Errorf("time zone of advertiser %d: %w", advertiser, err)
	}
	kept := ads.DayOf(now, zone).Add(1 - metrics.HourlyRetentionDays)
	return run(ctx, tx, remove, advertiser, days.From.Start(zone), days.To.Add(1).Start(zone), kept.Start(zone))
}

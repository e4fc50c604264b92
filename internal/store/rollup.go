package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/metrics"
)

// measureColumns names the measures of the day tables, in their order.
func measureColumns() []string { return metrics.DayColumns[:] }

// rollUp is one level of the day tables, summed from the level below.
type rollUp struct {
	from, into string
	key        []string // of a row, without the day; the last is the entity
	// joined brings the entity in, if rows of from do not name it. shared is the
	// condition that another row of from may be of the same entity and day.
	joined, shared string
}

// rollUps returns the levels from the bottom up, the order to fill them in, and
// then the pins, which ads of any campaign may show.
func rollUps() []rollUp {
	return []rollUp{
		{from: "ad_day", into: "ad_group_day", key: []string{"advertiser_id", "campaign_id", "ad_group_id"}},
		{from: "ad_group_day", into: "campaign_day", key: []string{"advertiser_id", "campaign_id"}},
		{from: "campaign_day", into: "advertiser_day", key: []string{"advertiser_id"}},
		{
			from: "ad_day", into: "pin_day", key: []string{"advertiser_id", "pin_id"},
			joined: "(SELECT y.*, x.pin_id FROM ad_day AS y JOIN ad AS x ON x.advertiser_id = y.advertiser_id AND x.id = y.ad_id) AS shown",
			shared: "EXISTS (SELECT FROM ad AS o WHERE o.advertiser_id = shown.advertiser_id AND o.pin_id = shown.pin_id AND o.id <> shown.ad_id)",
		},
	}
}

// lifetime is a table of spend since the start, summed from a day table.
type lifetime struct{ from, into, entity string }

func lifetimes() []lifetime {
	return []lifetime{
		{from: "ad_group_day", into: "ad_group_lifetime", entity: "ad_group_id"},
		{from: "campaign_day", into: "campaign_lifetime", entity: "campaign_id"},
	}
}

// breakdownColumns names the measures of breakdown_day, in their order.
func breakdownColumns() []string {
	var columns []string
	for _, b := range metrics.DeliveredByViewer.Bases() {
		columns = append(columns, metrics.DayColumns[b])
	}
	return columns
}

// sumBreakdowns returns the SELECT that works an advertiser's breakdowns out of
// those of its ad groups.
func sumBreakdowns(where string) string {
	return "SELECT advertiser_id, dimension, value, day, " + sumsOf(breakdownColumns()) +
		"\nFROM breakdown_day\nWHERE level = 'AD_GROUP'" + where + "\nGROUP BY advertiser_id, dimension, day, value"
}

// rollUpBreakdowns fills the advertisers' breakdowns.
func rollUpBreakdowns(ctx context.Context, tx *sqlx.Tx, where string, args ...any) error {
	columns := strings.Join(breakdownColumns(), ", ")
	insert := "-- name: RollUpBreakdowns\nINSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, " + columns + ")\n" +
		"SELECT advertiser_id, 'ADVERTISER', advertiser_id, dimension, value, day, " + columns + "\nFROM (" + sumBreakdowns(where) + ") AS s"
	if _, err := tx.ExecContext(ctx, insert, args...); err != nil {
		return fmt.Errorf("roll up breakdown_day: %w", err)
	}
	return nil
}

// sumsOf returns the sums of columns as a SELECT list, cast back to bigint
// because PostgreSQL sums bigint as numeric.
func sumsOf(columns []string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = fmt.Sprintf("sum(%[1]s)::bigint AS %[1]s", c)
	}
	return strings.Join(list, ", ")
}

// sum returns the SELECT that works the level out of the level below.
func (r rollUp) sum(where string) string {
	key, from := strings.Join(r.key, ", "), r.from
	if r.joined != "" {
		from = r.joined
	}
	return fmt.Sprintf("SELECT %s, day, %s\nFROM %s%s\nGROUP BY %s, day", key, sumsOf(measureColumns()), from, where, key)
}

// insert returns the statement that fills the level from the level below. Rows
// go in by entity and day, so that the days of an entity lie together.
func (r rollUp) insert(where string) string {
	entity := r.key[len(r.key)-1]
	return fmt.Sprintf("-- name: RollUp\nINSERT INTO %s (%s, day, %s)\n%s\nORDER BY advertiser_id, %s, day",
		r.into, strings.Join(r.key, ", "), strings.Join(measureColumns(), ", "), r.sum(where), entity)
}

// fill fills the level for rows of from that a condition picks, of advertisers that
// another one picks, with arguments for both. Most pins are shown by one ad, and
// then its rows are the pin's: to copy them takes a third of the time of sorting and
// summing them.
func (r rollUp) fill(ctx context.Context, tx *sqlx.Tx, where, whose string, advertisers, all []any) error {
	inserts := []string{r.insert(where)}
	if r.shared != "" {
		columns := strings.Join(r.key, ", ") + ", day, " + strings.Join(measureColumns(), ", ")
		inserts = []string{"-- name: RollUpAlone\nINSERT INTO " + r.into + " (" + columns + ")\nSELECT " + columns + "\nFROM " + r.joined + where + "\n  AND NOT " + r.shared}
		var some bool
		text := "-- name: SharedPins\nSELECT EXISTS (SELECT FROM ad WHERE " + whose + " GROUP BY advertiser_id, pin_id HAVING count(*) > 1)"
		if err := tx.GetContext(ctx, &some, text, advertisers...); err != nil {
			return fmt.Errorf("look for pins of several ads: %w", err)
		}
		if some {
			inserts = append(inserts, r.insert(where+"\n  AND "+r.shared))
		}
	}
	for _, insert := range inserts {
		if _, err := tx.ExecContext(ctx, insert, all...); err != nil {
			return fmt.Errorf("roll up into %s: %w", r.into, err)
		}
	}
	return nil
}

// sum returns the SELECT of spend and days per entity. The days are those with
// a row, whether money was spent or not.
func (l lifetime) sum(where string) string {
	return fmt.Sprintf(`SELECT advertiser_id, %[1]s, sum(spend_micros)::bigint AS spend_micros, min(day) AS first_day, max(day) AS last_day
FROM %[2]s%[3]s
GROUP BY advertiser_id, %[1]s`, l.entity, l.from, where)
}

func (l lifetime) insert(where string) string {
	return fmt.Sprintf("-- name: RollUpLifetime\nINSERT INTO %s (advertiser_id, %s, spend_micros, first_day, last_day)\n%s\nORDER BY advertiser_id, %s",
		l.into, l.entity, l.sum(where), l.entity)
}

// RollUp works out the levels above the ad anew, for the days from..to
// (2006-01-02, inclusive) of one advertiser, its breakdowns of those days, and
// the spend since the start of its campaigns and ad groups. Call it in the
// transaction that changed ad_day or the ad groups' breakdown_day; two at a time for one advertiser must not overlap.
func RollUp(ctx context.Context, tx *sqlx.Tx, advertiserID int64, from, to string) error {
	return rollUpWhere(ctx, tx, "advertiser_id = $1", "day BETWEEN $2 AND $3", []any{advertiserID}, from, to)
}

// rollUpDays is RollUp for days of an advertiser that need not follow each other.
func rollUpDays(ctx context.Context, tx *sqlx.Tx, advertiserID int64, days []string) error {
	return rollUpWhere(ctx, tx, "advertiser_id = $1", "day = ANY ($2::date[])", []any{advertiserID}, pq.Array(days))
}

// rollUpWhere works levels out anew for the days that a condition picks of the
// advertisers that another one picks. What the second takes follows what the first
// takes.
func rollUpWhere(ctx context.Context, tx *sqlx.Tx, whose, when string, advertisers []any, daysOf ...any) error {
	if err := rollUpLevels(ctx, tx, rollUps(), whose, when, advertisers, daysOf...); err != nil {
		return err
	}
	return rollUpRest(ctx, tx, whose, when, advertisers, daysOf...)
}

// rollUpLevels is the part of rollUpWhere that works out these levels, each from the
// one below.
func rollUpLevels(ctx context.Context, tx *sqlx.Tx, levels []rollUp, whose, when string, advertisers []any, daysOf ...any) error {
	all := append(slices.Clone(advertisers), daysOf...)
	days := "\nWHERE " + whose + "\n  AND " + when
	for _, r := range levels {
		remove := "-- name: RollUpRemove\nDELETE FROM " + r.into + days
		if _, err := tx.ExecContext(ctx, remove, all...); err != nil {
			return fmt.Errorf("empty %s: %w", r.into, err)
		}
		if err := r.fill(ctx, tx, days, whose, advertisers, all); err != nil {
			return err
		}
	}
	return nil
}

// rollUpRest is the part of rollUpWhere that works out what has no level: breakdowns,
// and spend since the start.
func rollUpRest(ctx context.Context, tx *sqlx.Tx, whose, when string, advertisers []any, daysOf ...any) error {
	all := append(slices.Clone(advertisers), daysOf...)
	days := "\nWHERE " + whose + "\n  AND " + when
	removeBreakdowns := "-- name: RollUpRemove\nDELETE FROM breakdown_day" + days + " AND level = 'ADVERTISER'"
	if _, err := tx.ExecContext(ctx, removeBreakdowns, all...); err != nil {
		return fmt.Errorf("empty breakdown_day: %w", err)
	}
	if err := rollUpBreakdowns(ctx, tx, " AND "+whose+" AND "+when, all...); err != nil {
		return err
	}
	for _, l := range lifetimes() {
		if _, err := tx.ExecContext(ctx, "-- name: RollUpRemove\nDELETE FROM "+l.into+"\nWHERE "+whose, advertisers...); err != nil {
			return fmt.Errorf("empty %s: %w", l.into, err)
		}
		if _, err := tx.ExecContext(ctx, l.insert("\nWHERE "+whose), advertisers...); err != nil {
			return fmt.Errorf("roll up into %s: %w", l.into, err)
		}
	}
	return nil
}

// RollUpAll fills the levels above the ad, which must be empty, for all
// advertisers. It is meant for a fresh load.
func RollUpAll(ctx context.Context, tx *sqlx.Tx) error {
	if err := prepareForSums(ctx, tx); err != nil {
		return err
	}
	for _, r := range rollUps() {
		if err := r.fill(ctx, tx, "\nWHERE true", "true", nil, nil); err != nil {
			return err
		}
	}
	for _, l := range lifetimes() {
		if _, err := tx.ExecContext(ctx, l.insert("")); err != nil {
			return fmt.Errorf("roll up into %s: %w", l.into, err)
		}
	}
	return rollUpBreakdowns(ctx, tx, "")
}

// prepareForSums makes the planner sort and sum month by month, until the end
// of the transaction. A hash table keeps some 2 kB per row of 27 sums and
// spills, which takes twice as long; sorted rows need one group at a time and
// come out in order, and the rows of one month fit into memory.
func prepareForSums(ctx context.Context, tx *sqlx.Tx) error {
	const settings = `-- name: PrepareForSums
SELECT set_config('work_mem', '64MB', true), set_config('enable_hashagg', 'off', true),
       set_config('enable_partitionwise_aggregate', 'on', true), set_config('jit', 'off', true)`
	if _, err := tx.ExecContext(ctx, settings); err != nil {
		return fmt.Errorf("prepare for sums: %w", err)
	}
	return nil
}

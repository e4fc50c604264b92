package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/metrics"
)

// Check is a comparison that found no difference.
type Check struct {
	// Name says what agrees, as a sentence without its full stop.
	Name string
	// Rows is how many rows were compared.
	Rows int64
}

// DifferenceError is the first disagreement that Verify met.
type DifferenceError struct {
	Check string
	// Table holds what is wrong; Row says where, as "advertiser 3, campaign
	// 17, day 2026-01-31".
	Table, Row string
	// Column is empty when the whole row is missing or superfluous.
	Column          string
	Expected, Found string
}

// Error tells the difference in words.
func (d *DifferenceError) Error() string {
	where := strings.Join(strings.Fields(strings.Join([]string{d.Table, d.Column}, " ")), ".")
	if d.Row != "" {
		where += " of " + d.Row
	}
	return fmt.Sprintf("%s is %s, expected %s, as %s", where, d.Found, d.Expected, d.Check)
}

// Verify compares what is stored twice: roll-ups with what they sum, conversion
// columns with the conversions they count, facts with the entities they name,
// and partitions with the months they must cover. It passes each check that
// holds to report and stops with a *DifferenceError at the first that does not. All
// checks see one snapshot, so it may run beside writers.
func Verify(ctx context.Context, db *sqlx.DB, report func(Check)) error {
	return verify(ctx, db, nil, report)
}

// verify is Verify for some advertisers only, nil for all.
func verify(ctx context.Context, db *sqlx.DB, only []int64, report func(Check)) error {
	tx, err := db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	if err := prepareForSums(ctx, tx); err != nil {
		return err
	}
	check, err := verifyPartitions(ctx, tx)
	if err != nil {
		return err
	}
	report(check)
	for _, c := range comparisons() {
		check, err := c.of(only).run(ctx, tx)
		if err != nil {
			return err
		}
		report(check)
	}
	return nil
}

// comparison is two SELECTs with the same columns that should answer the same.
type comparison struct {
	name            string
	table           string // the one to blame
	expected, found string
	key             []string // identifies a row; the day, if any, is last
	columns         []string // to agree in
	subset          bool     // expected may have more rows
}

// comparisons returns the checks, from the facts upwards: an error low down
// would show again further up.
func comparisons() []comparison {
	checks := []comparison{
		parents("ad_day"),
		parents("ad_hour", "pin_id"),
		parents("ad_conversion"),
		conversionColumns(),
		hourlyDays(),
	}
	for _, r := range rollUps() {
		columns := append([]string{}, measureColumns()...)
		key := []string{"advertiser_id"}
		if entity := r.key[len(r.key)-1]; entity != "advertiser_id" {
			key = append(key, entity)
			columns = append(columns, r.key[1:len(r.key)-1]...)
		}
		key = append(key, "day")
		checks = append(checks, comparison{
			name:     r.into + " sums " + r.from,
			table:    r.into,
			expected: r.sum(""),
			found:    selectFrom(r.into, key, columns),
			key:      key,
			columns:  columns,
		})
	}
	for _, l := range lifetimes() {
		key, columns := []string{"advertiser_id", l.entity}, []string{"spend_micros", "first_day", "last_day"}
		checks = append(checks, comparison{
			name:     l.into + " sums " + l.from,
			table:    l.into,
			expected: l.sum(""),
			found:    selectFrom(l.into, key, columns),
			key:      key,
			columns:  columns,
		})
	}
	key := []string{"advertiser_id", "dimension", "value", "day"}
	return append(checks, comparison{
		name:     "breakdown_day of advertisers sums that of their ad groups",
		table:    "breakdown_day",
		expected: sumBreakdowns(""),
		found:    selectFrom("breakdown_day", key, breakdownColumns()) + "\nWHERE level = 'ADVERTISER'",
		key:      key,
		columns:  breakdownColumns(),
	})
}

func selectFrom(table string, key, columns []string) string {
	return fmt.Sprintf("SELECT %s, %s\nFROM %s", strings.Join(key, ", "), strings.Join(columns, ", "), table)
}

// parents compares the ids in a fact table, which has no foreign keys, with
// the hierarchy. Others are columns of ads that the table has as well.
func parents(table string, others ...string) comparison {
	key, columns := []string{"advertiser_id", "ad_id"}, append([]string{"ad_group_id", "campaign_id"}, others...)
	list := strings.Join(columns, ", ")
	return comparison{
		name:     table + " names ads and their parents",
		table:    table,
		expected: "SELECT advertiser_id, id AS ad_id, " + list + "\nFROM ad",
		found:    "SELECT DISTINCT advertiser_id, ad_id, " + list + "\nFROM " + table,
		key:      key,
		columns:  columns,
		subset:   true,
	}
}

// conversionColumns compares the conversion columns of ad_day with what the
// default attribution credits by the day of the ad action.
func conversionColumns() comparison {
	a := metrics.DefaultAttribution()
	key := []string{"advertiser_id", "ad_id", "day"}
	columns := []string{"conversions", "page_visits", "signups", "add_to_carts", "checkouts", "checkout_value_micros"}
	some := "greatest(" + strings.Join(columns, ", ") + ") > 0"
	count := func(what, event string) string {
		return fmt.Sprintf("coalesce(sum(%s) FILTER (WHERE event = '%s'), 0)::bigint", what, event)
	}
	return comparison{
		name:  "ad_day counts the credited rows of ad_conversion",
		table: "ad_day",
		expected: fmt.Sprintf(`SELECT advertiser_id, ad_id, action_day AS day, sum(conversions)::bigint AS conversions,
       %s AS page_visits, %s AS signups, %s AS add_to_carts,
       %s AS checkouts, %s AS checkout_value_micros
FROM ad_conversion
WHERE lag_days <= CASE credited_action WHEN 'CLICK' THEN %d WHEN 'ENGAGEMENT' THEN %d ELSE %d END
GROUP BY advertiser_id, ad_id, action_day`,
			count("conversions", "PAGE_VISIT"), count("conversions", "SIGNUP"), count("conversions", "ADD_TO_CART"),
			count("conversions", "CHECKOUT"), count("value_micros", "CHECKOUT"),
			a.ClickWindowDays, a.EngagementWindowDays, a.ViewWindowDays),
		found:   selectFrom("ad_day", key, columns) + "\nWHERE " + some,
		key:     key,
		columns: columns,
	}
}

// of returns the comparison of the rows of some advertisers, nil for all.
func (c comparison) of(only []int64) comparison {
	if only == nil {
		return c
	}
	ids := make([]string, len(only))
	for i, id := range only {
		ids[i] = strconv.FormatInt(id, 10)
	}
	for _, query := range [...]*string{&c.expected, &c.found} {
		*query = "SELECT o.*\nFROM (" + *query + ") AS o\nWHERE o.advertiser_id IN (" + strings.Join(ids, ", ") + ")"
	}
	return c
}

// statement returns the query for the first row that differs, as text: the
// key, the expected columns, the found columns.
func (c comparison) statement() string {
	list := func(alias string, columns []string, cast string) string {
		named := make([]string, len(columns))
		for i, column := range columns {
			named[i] = alias + column + cast
		}
		return strings.Join(named, ", ")
	}
	join := "FULL"
	if c.subset {
		join = "RIGHT"
	}
	return fmt.Sprintf(`-- name: VerifyCompare
SELECT %s, %s, %s
FROM (%s) AS e
%s JOIN (%s) AS f USING (%s)
WHERE (%s) IS DISTINCT FROM (%s)
ORDER BY %s
LIMIT 1`,
		list("", c.key, "::text"), list("e.", c.columns, "::text"), list("f.", c.columns, "::text"),
		c.expected, join, c.found, strings.Join(c.key, ", "),
		list("e.", c.columns, ""), list("f.", c.columns, ""),
		strings.Join(c.key, ", "))
}

func (c comparison) run(ctx context.Context, tx *sqlx.Tx) (Check, error) {
	values := make([]sql.NullString, len(c.key)+2*len(c.columns))
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	err := tx.QueryRowContext(ctx, c.statement()).Scan(targets...)
	if err == nil {
		return Check{}, c.difference(values)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return Check{}, fmt.Errorf("check that %s: %w", c.name, err)
	}
	check := Check{Name: c.name}
	count := "-- name: VerifyCount\nSELECT count(*)\nFROM (" + c.found + ") AS f"
	if err := tx.GetContext(ctx, &check.Rows, count); err != nil {
		return Check{}, fmt.Errorf("count what was compared: %w", err)
	}
	return check, nil
}

// difference puts a row of statement into words.
func (c comparison) difference(values []sql.NullString) *DifferenceError {
	d := &DifferenceError{Check: c.name, Table: c.table}
	where := make([]string, len(c.key))
	for i, column := range c.key {
		where[i] = strings.ReplaceAll(strings.TrimSuffix(column, "_id"), "_", " ") + " " + values[i].String
	}
	d.Row = strings.Join(where, ", ")
	expected, found := values[len(c.key):len(c.key)+len(c.columns)], values[len(c.key)+len(c.columns):]
	switch {
	case !expected[0].Valid:
		d.Expected, d.Found = "no row", "there"
	case !found[0].Valid:
		d.Expected, d.Found = "a row", "missing"
	default:
		for i, column := range c.columns {
			if expected[i] != found[i] {
				d.Column, d.Expected, d.Found = column, expected[i].String, found[i].String
				break
			}
		}
	}
	return d
}

const partitionBounds = `-- name: VerifyPartitions
SELECT parent.relname AS fact_table,
       substring(pg_get_expr(part.relpartbound, part.oid) FROM $$FROM \('([^']+)'\)$$) AS first_day,
       substring(pg_get_expr(part.relpartbound, part.oid) FROM $$TO \('([^']+)'\)$$)   AS next_day
FROM pg_inherits AS i
JOIN pg_class AS parent ON parent.oid = i.inhparent
JOIN pg_class AS part ON part.oid = i.inhrelid
WHERE parent.oid = ANY ($1::regclass[])
  AND pg_get_expr(part.relpartbound, part.oid) <> 'DEFAULT'
ORDER BY fact_table, first_day`

// newestData asks for a day that no clock has reached where the newest data
// comes from; the facts of tomorrow need a partition, too.
const newestData = `-- name: VerifyNewestData
SELECT to_char(coalesce(max(data_as_of), now()) + interval '2 days', 'YYYY-MM-DD')
FROM freshness`

// verifyPartitions looks for gaps between the monthly partitions of each fact
// table, for months that only one of them has, and for tomorrow's month.
func verifyPartitions(ctx context.Context, tx *sqlx.Tx) (Check, error) {
	const name = "every month has its partitions"
	var bounds []struct {
		Table    string `db:"fact_table"`
		FirstDay string `db:"first_day"`
		NextDay  string `db:"next_day"`
	}
	tables := partitionedTables()
	if err := tx.SelectContext(ctx, &bounds, partitionBounds, pq.Array(tables)); err != nil {
		return Check{}, fmt.Errorf("read the partitions: %w", err)
	}
	var newest string
	if err := tx.GetContext(ctx, &newest, newestData); err != nil {
		return Check{}, fmt.Errorf("read how far the data goes: %w", err)
	}
	starts, ends := map[string]string{}, map[string]string{} // by table
	for _, b := range bounds {
		if end, found := ends[b.Table]; found && end != b.FirstDay {
			return Check{}, &DifferenceError{Check: name, Table: b.Table, Column: "partitions", Expected: "one from " + end, Found: "none"}
		}
		if starts[b.Table] == "" {
			starts[b.Table] = b.FirstDay
		}
		ends[b.Table] = b.NextDay
	}
	first := starts[tables[0]]
	for _, table := range tables {
		switch {
		case starts[table] != first:
			return Check{}, &DifferenceError{Check: name, Table: table, Column: "partitions", Expected: "one from " + first, Found: "none before " + starts[table]}
		case ends[table] <= newest:
			return Check{}, &DifferenceError{Check: name, Table: table, Column: "partitions", Expected: "one for " + newest, Found: "none from " + ends[table]}
		}
	}
	return Check{Name: name, Rows: int64(len(bounds))}, nil
}

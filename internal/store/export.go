package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// Export asks for every row of a list, in the order of the list. What the list
// says of pages and of which parts are wanted means nothing here.
type Export struct {
	Of ListKey
	// Steps asks for a row per entity and step of the range, instead of one per
	// entity: those steps on which a measure of Current is not 0. "" is none.
	Steps metrics.Granularity
	// EmptySteps asks for all other steps too.
	EmptySteps bool
	// Ancestors asks for the names of the campaign and the ad group that a row
	// lies below.
	Ancestors bool
}

// ExportRow is one row of an export. It is the caller's until the next one is
// read.
type ExportRow struct {
	Advertiser *ads.Advertiser
	ID         int64
	// Entity is a *ads.Campaign, *ads.AdGroup or *ads.Ad.
	Entity any
	// Campaign and AdGroup are the names of ancestors, "" unless asked for.
	Campaign, AdGroup string
	// Step is the first day of the row's step, "" without steps.
	Step ads.Day
	// Total and Previous are the numbers of the range, or of the step, and of the
	// earlier range.
	Total, Previous metrics.Values
}

// Export reads a list as a whole in one statement, and so at one instant. It
// calls start with the number of entities and their sums, then row for each row
// while they arrive: none is kept. An error of either ends the statement at
// once and is returned as it is. Without an error every row was handed over.
func (s *Store) Export(ctx context.Context, e *Export, start func(entities int, total, previous metrics.Values) error, row func(*ExportRow) error) error {
	q := s.exportQuery(e)
	q.compose()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	r, entities := q.reading(), 0
	err := s.eachOfMany(ctx, q.statement(q.level.title+"Export"), func(rows *sqlx.Rows) error {
		err := rows.Scan(r.dest...)
		if err != nil {
			return err
		}
		switch {
		case r.part == 0:
			r.started, entities = true, r.count
			failed = start(entities, clone(r.current), clone(r.prior))
		case !r.started:
			return fmt.Errorf("a row came before the totals")
		default:
			r.rows++
			failed = row(r.next())
		}
		if failed != nil {
			cancel() // closing the result would read the rest of it first
		}
		return failed
	})
	switch {
	case failed != nil:
		return failed
	case err != nil:
		return err
	}
	if want, known := q.expected(entities); known && r.rows != want {
		return fmt.Errorf("%sExport: %d rows, want %d", q.level.title, r.rows, want)
	}
	return nil
}

// forMany is the settings of a statement that reads far more rows than a page.
// PostgreSQL may take a few thousand rows for a handful, after a load or behind
// several conditions, and then goes through them once for each other row; hash
// joins are never far from the best. How long it may run is for the context.
const forMany = `-- name: ExportSettings
SELECT set_config('enable_nestloop', 'off', true), set_config('statement_timeout', '0', true)`

// eachOfMany runs a statement once, as each does, with settings for many rows.
func (s *Store) eachOfMany(ctx context.Context, q statement, scan func(*sqlx.Rows) error) (err error) {
	start, rows := time.Now(), 0 //nolint:forbidigo // a duration
	defer func() { report(ctx, "", q, rows, start, err) }()
	if err := enter(ctx); err != nil {
		return wrap(ctx, q, err)
	}
	defer leave(ctx)
	ctx = context.WithValue(ctx, fenceKey{}, q.fence)
	tx, err := s.db.BeginTxx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return wrap(ctx, q, err)
	}
	defer func() { _ = tx.Rollback() }() // there is nothing to commit
	settings := statement{text: forMany}
	_, err = tx.ExecContext(ctx, settings.text)
	report(ctx, "", settings, 1, start, err)
	if err != nil {
		return wrap(ctx, settings, err)
	}
	result, err := tx.QueryxContext(ctx, q.text, q.args...)
	if err != nil {
		return wrap(ctx, q, err)
	}
	if rows, err = scanAll(result, scan); err != nil {
		return wrap(ctx, q, err)
	}
	return nil
}

// exportQuery is what composing the statement of an export needs.
type exportQuery struct {
	*listQuery
	export *Export
	// stepOf is, for each day of the range, the offset of the first day of its
	// step; steps is the different ones.
	stepOf, steps []int64
}

func (s *Store) exportQuery(e *Export) *exportQuery {
	branches := branchesOf([]ListKey{e.Of}, func(int) (Position, bool) { return Position{}, true })
	l := e.Of.List
	lv := levels[l.Level]
	q := &exportQuery{export: e, listQuery: shapeOf(l, lv, l.ordering(lv), branches).query(&builder{}, branches[0], 0, s.now())}
	if e.Steps != "" {
		w := e.Of.Window
		buckets, ofDay := w.Buckets(e.Steps, metrics.NewFrame(0, ""), ads.Freshness{}, time.UTC)
		for _, b := range buckets {
			q.steps = append(q.steps, int64(b.Start.Sub(w.From)))
		}
		for _, i := range ofDay {
			q.stepOf = append(q.stepOf, q.steps[i])
		}
	}
	return q
}

// expected returns how many rows so many entities must give, if that is known
// beforehand.
func (q *exportQuery) expected(entities int) (rows int, known bool) {
	switch {
	case q.export.Steps == "":
		return entities, true
	case q.export.EmptySteps:
		return entities * len(q.steps), true
	}
	return 0, false
}

// compose adds the statement: m and f as in a list, one row with the sums of f
// (part 0), and the rows (part 1).
func (q *exportQuery) compose() {
	// A page looks up the numbers of its few rows; here they are summed once for
	// all.
	current, prior := q.setMeasures()
	current |= q.list.Current
	prior |= q.list.Prior
	q.add("WITH ")
	q.measure(current, prior)
	q.set(current, prior, false)
	q.add("SELECT 0 AS part, 0::bigint AS id, count(*) AS n")
	q.cells(q.list.Current, q.list.Prior, func(name string, base metrics.Base) string {
		if base == metrics.People { // people do not add up
			return strconv.Itoa(metrics.Unknown) + "::bigint"
		}
		return "coalesce(sum(f." + name + "), 0)::bigint"
	})
	q.add(", 0 AS step, '' AS campaign, '' AS ad_group")
	q.level.each(q.list.Columns, func(i int) { q.add(", ", q.tenant.fill(q.level.blanks[i])) })
	q.add("\nFROM f\nUNION ALL\n(SELECT 1, p.id, 0::bigint")
	order := q.order.by("p.")
	from, where := "\nFROM f AS p", ""
	if q.export.Steps == "" {
		q.cells(q.list.Current, q.list.Prior, func(name string, _ metrics.Base) string { return "p." + name })
		q.add(", 0")
	} else {
		var step string
		from, where, step = q.stepRows()
		q.add(", ", step)
		order += ", " + step
	}
	campaign, adGroup, beside := "''", "''", q.list.Columns
	if q.export.Ancestors && q.list.Level != ads.LevelCampaign { // they come with what delivery is derived from
		campaign, beside = "c.name", beside|DeliveryOnly
		if q.list.Level == ads.LevelAd {
			adGroup = "g.name"
		}
	}
	q.add(", ", campaign, ", ", adGroup)
	q.level.each(q.list.Columns, func(i int) { q.add(", ", q.tenant.fill(q.level.selects[i])) })
	q.add(from)
	if beside != 0 {
		a := q.level.alias
		q.add("\n  JOIN ", q.level.table, " AS ", a, " ON ", a, ".advertiser_id = ", q.tenant.id, " AND ", a, ".id = p.id", q.tenant.fill(q.level.join(beside)))
	}
	q.add(where, "\nORDER BY ", order, ")")
}

// stepRows selects the numbers of steps, and returns what they come from, which
// of them are wanted, and the step as an expression.
func (q *exportQuery) stepRows() (from, where, step string) {
	measures := q.list.Current &^ metrics.Of(metrics.People) // nobody counts people by day
	q.cells(q.list.Current, 0, func(name string, base metrics.Base) string {
		if base == metrics.People {
			return strconv.Itoa(metrics.Unknown) + "::bigint"
		}
		return "coalesce(k." + name + ", 0)"
	})
	sums := "(\n  SELECT y." + q.level.idColumn + " AS id, (" + q.arg(pq.Array(q.stepOf)) + "::int[])[y.day - " + q.days.from() + " + 1] AS step" + q.days.sums(measures, 0) +
		"\n  FROM " + q.days.source(q.tenant, q.level.dayTable, q.level.idColumn, measures) + " AS y\n  WHERE y.advertiser_id = " + q.tenant.id + " AND " + q.days.within(false) + q.scope() +
		"\n  GROUP BY 1, 2\n) AS k ON k.id = p.id"
	if q.export.EmptySteps {
		return "\nFROM f AS p\nCROSS JOIN unnest(" + q.arg(pq.Array(q.steps)) + "::int[]) AS s (step)\nLEFT JOIN " + sums + " AND k.step = s.step", "", "s.step"
	}
	some := []string{"false"}
	for _, base := range measures.Bases() {
		some = append(some, "k."+cell("c", base)+" <> 0")
	}
	return "\nFROM f AS p\nJOIN " + sums, "\nWHERE " + strings.Join(some, " OR "), "k.step"
}

// clone returns values of their own.
func clone(v metrics.Values) metrics.Values {
	v.Sums = slices.Clone(v.Sums)
	return v
}

// exportReading is where the rows of an export are read into.
type exportReading struct {
	dest           []any
	part, count    int
	current, prior metrics.Values
	started        bool
	rows           int // handed over so far
	next           func() *ExportRow
}

func (q *exportQuery) reading() *exportReading {
	r := &exportReading{current: q.branch.current.Zero(), prior: q.branch.prior.Zero()}
	row := &ExportRow{Advertiser: q.branch.advertiser, Total: r.current, Previous: r.prior}
	var step int
	r.dest = []any{&r.part, &row.ID, &r.count}
	for _, sums := range [][]int64{r.current.Sums, r.prior.Sums} {
		for i := range sums {
			r.dest = append(r.dest, &sums[i])
		}
	}
	r.dest = append(r.dest, &step, &row.Campaign, &row.AdGroup)
	columns, take := q.level.scan(q.list.Columns)
	r.dest = append(r.dest, columns...)
	var days []ads.Day
	if q.export.Steps != "" {
		days = q.branch.window.From.Run(q.branch.window.Days())
	}
	r.next = func() *ExportRow {
		row.Entity = take(q.branch.advertiser, row.ID)
		if days != nil {
			row.Step = days[step]
		}
		return row
	}
	return r
}

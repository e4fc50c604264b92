package store

import (
	"context"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// BreakdownKey asks for the numbers of one entity over a window by a dimension
// that supports its level and measures. ByDay is not among them: a Series holds
// the days.
type BreakdownKey struct {
	Advertiser *ads.Advertiser
	Level      ads.Level
	ID         int64
	Window     metrics.Window
	Dimension  metrics.Dimension
	First      int
	Order      metrics.BreakdownOrder
	// Current and Prior are the measures of the two ranges, without reach; those
	// that the order needs are among Current.
	Current, Prior metrics.Set
}

// BreakdownSeriesKey asks for one value of a breakdown day by day.
type BreakdownSeriesKey struct {
	Advertiser *ads.Advertiser
	Level      ads.Level
	ID         int64
	Window     metrics.Window // without an earlier range
	Dimension  metrics.Dimension
	Value      string
	Measures   metrics.Set // without reach
}

// storedDimension returns what breakdown_day calls a dimension, or that it is
// worked out from the day tables.
func storedDimension(d metrics.Dimension) (name string, stored bool) {
	switch d {
	case metrics.ByCreativeType, metrics.ByObjective, metrics.ByDay:
		return "", false
	case metrics.ByAge:
		return "AGE_BUCKET", true
	case metrics.ByDevice:
		return "APPTYPE", true
	default:
		return string(d), true
	}
}

// byDimension is where the numbers of entities of a level come from, split by a
// dimension: rows y of a day table or of breakdown_day, and for each the entity
// and the value.
type byDimension struct{ from, entity, value, where string }

// newest returns the window that a dimension is read over. What replaced
// numbers by viewer held is not kept, so they are always the newest.
func newest(d metrics.Dimension, w metrics.Window) metrics.Window {
	if _, stored := storedDimension(d); stored {
		w.Version = 0
	}
	return w
}

func (d *days) byDimension(t *tenant, level ads.Level, dimension metrics.Dimension, ids string, measures metrics.Set) byDimension {
	_, idColumn, _ := dayTable(level)
	by := byDimension{where: "y.advertiser_id = " + t.id}
	name, stored := storedDimension(dimension)
	switch {
	case stored && level == ads.LevelCampaign: // is that of its ad groups
		by.from = "breakdown_day AS y\n    JOIN ad_group AS x ON x.advertiser_id = " + t.id + " AND x.id = y.entity_id"
		by.entity, by.value = "x.campaign_id", "y.value"
		level = ads.LevelAdGroup
	case stored:
		by.from, by.entity, by.value = "breakdown_day AS y", "y.entity_id", "y.value"
	case dimension == metrics.ByObjective:
		by.from = d.source(t, "campaign_day", "campaign_id", measures) + " AS y\n    JOIN campaign AS x ON x.advertiser_id = " + t.id + " AND x.id = y.campaign_id"
		by.entity, by.value = "x."+idColumn, "x.objective"
	default:
		by.from = d.source(t, "ad_day", "ad_id", measures) + " AS y\n    JOIN ad AS x ON x.advertiser_id = " + t.id + " AND x.id = y.ad_id"
		by.entity, by.value = "x."+idColumn, "x.creative_type"
	}
	if stored {
		by.where += " AND y.level = '" + string(level) + "' AND y.dimension = '" + name + "'"
	}
	by.where += " AND " + by.entity + " = ANY(" + ids + ")"
	return by
}

// Breakdowns returns the numbers of entities of one level by dimensions: of
// each the first values that have rows in the range, and the total. All keys
// must share the level; they share one statement and its measures.
func (s *Store) Breakdowns(ctx context.Context, keys []BreakdownKey) ([]metrics.Parts, error) {
	level := keys[0].Level
	var current, prior metrics.Set
	for _, k := range keys {
		current |= k.Current
		prior |= k.Prior
	}
	type group struct {
		advertiser *ads.Advertiser
		window     metrics.Window
		dimension  metrics.Dimension
		first      int
		order      metrics.BreakdownOrder
	}
	groups := groupIDs(keys, func(k BreakdownKey) (group, int64) {
		return group{k.Advertiser, newest(k.Dimension, k.Window), k.Dimension, k.First, k.Order}, k.ID
	})
	b := &builder{}
	frames := make([][2]*metrics.Frame, len(groups))
	for i, e := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		q := breakdownQuery{
			builder: b, tenant: b.tenant(e.group.advertiser, s.now()), days: b.days(e.group.window), ids: b.arg(pq.Array(e.ids)),
			number: strconv.Itoa(i), current: current, prior: prior,
		}
		for _, indexes := range e.index {
			for _, k := range indexes {
				q.own |= keys[k].Current
				if e.group.window.Compares() {
					q.ownPrior |= keys[k].Prior
				}
			}
		}
		q.rows(level, e.group.dimension, e.group.order, b.arg(e.group.first)+"::int")
		b.add("\nUNION ALL\n")
		q.total(level)
		currency := e.group.advertiser.Currency
		frames[i] = [2]*metrics.Frame{metrics.NewFrame(current, currency), metrics.NewFrame(prior, currency)}
	}
	var (
		number, place, count int
		id                   int64
		value                string
	)
	cells := make([]int64, len(current.Bases())+len(prior.Bases()))
	dest := []any{&number, &id, &place, &count, &value}
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	results := make([]metrics.Parts, len(keys))
	for number, e := range groups { // an entity without delivery has no rows
		for _, indexes := range e.index {
			for _, i := range indexes {
				results[i] = metrics.Parts{Total: frames[number][0].Zero(), Previous: frames[number][1].Zero()}
			}
		}
	}
	_, _, title := dayTable(level)
	err := s.each(ctx, b.statement(title+"Breakdown"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		f, n := frames[number], len(current.Bases())
		sums := append([]int64(nil), cells...)
		now, before := metrics.Values{Frame: f[0], Sums: sums[:n:n]}, metrics.Values{Frame: f[1], Sums: sums[n:]}
		for _, i := range groups[number].index[id] {
			r := &results[i]
			if place == 0 {
				r.Total, r.Previous = now, before
				continue
			}
			r.Count = count
			if r.Rows == nil {
				r.Rows = make([]metrics.Part, min(count, keys[i].First))
			}
			r.Rows[place-1] = metrics.Part{Value: value, Values: now, Previous: before} // in whichever order they come
		}
		return nil
	})
	if planning(ctx) {
		for i := range results {
			results[i].Rows = []metrics.Part{{Values: results[i].Total, Previous: results[i].Previous}}
		}
	}
	return results, err
}

// breakdownQuery is what composing one branch of a Breakdown statement needs.
type breakdownQuery struct {
	*builder
	tenant      *tenant
	days        *days
	ids, number string
	// current and prior are the measures of all branches, own and ownPrior those
	// of this one: its dimension keeps no others, and without an earlier range
	// there are none of it.
	current, prior, own, ownPrior metrics.Set
}

// cells selects the measures of row alias, zeros for what is not there.
func (q *breakdownQuery) cells(alias string) {
	read := func(prefix string, all, own metrics.Set) {
		for _, base := range all.Bases() {
			if own.Has(base) {
				q.add(", coalesce(", alias, ".", cell(prefix, base), ", 0)")
			} else {
				q.add(", 0::bigint")
			}
		}
	}
	read("c", q.current, q.own)
	read("p", q.prior, q.ownPrior)
}

// rows selects the first values of each entity, with their places from 1 on.
func (q *breakdownQuery) rows(level ads.Level, dimension metrics.Dimension, order metrics.BreakdownOrder, first string) {
	by := q.days.byDimension(q.tenant, level, dimension, q.ids, q.own|q.ownPrior)
	sorted := ""
	if m, ok := metrics.ByName(order.Metric); ok {
		sorted = value(m, func(base metrics.Base) string { return "g." + cell("c", base) })
		if order.Descending {
			sorted += " DESC"
		}
		sorted += " NULLS LAST, "
	}
	q.add("SELECT ", q.number, ", z.id, z.place, z.count, z.value")
	q.cells("z")
	q.add("\nFROM (\n  SELECT g.*, count(*) OVER (PARTITION BY g.id) AS count,\n    row_number() OVER (PARTITION BY g.id ORDER BY ", sorted, "g.value COLLATE \"C\") AS place",
		"\n  FROM (\n    SELECT ", by.entity, " AS id, ", by.value, " AS value", q.days.sums(q.own, q.ownPrior),
		"\n    FROM ", by.from, "\n    WHERE ", by.where, " AND ", q.days.within(q.ownPrior != 0), "\n    GROUP BY ", by.entity, ", ", by.value)
	if q.ownPrior != 0 { // values that only the earlier range has are no rows
		q.add("\n    HAVING count(*) FILTER (WHERE y.day BETWEEN ", q.days.from(), " AND ", q.days.to(), ") > 0")
	}
	q.add("\n  ) AS g\n) AS z\nWHERE z.place <= ", first)
}

// total selects the numbers of each entity as a whole, at place 0.
func (q *breakdownQuery) total(level ads.Level) {
	table, idColumn, _ := dayTable(level)
	q.add("SELECT ", q.number, ", t.id, 0, 0, ''")
	q.cells("t")
	q.add("\nFROM (\n  SELECT y.", idColumn, " AS id", q.days.sums(q.own, q.ownPrior), "\n  FROM ",
		q.days.source(q.tenant, table, idColumn, q.own|q.ownPrior), " AS y\n  WHERE y.advertiser_id = ", q.tenant.id, " AND y.", idColumn, " = ANY(", q.ids,
		") AND ", q.days.within(q.ownPrior != 0), "\n  GROUP BY y.", idColumn, "\n) AS t")
}

// BreakdownSeries returns the days on which values of breakdowns have numbers,
// in no particular order. All keys must share level and dimension; they share
// one statement and its measures.
func (s *Store) BreakdownSeries(ctx context.Context, keys []BreakdownSeriesKey) ([][]metrics.Day, metrics.Set, error) {
	level, dimension := keys[0].Level, keys[0].Dimension
	var measures metrics.Set
	for _, k := range keys {
		measures |= k.Measures
	}
	type group struct {
		advertiser *ads.Advertiser
		window     metrics.Window
	}
	groups := groupIDs(keys, func(k BreakdownSeriesKey) (group, int64) {
		return group{k.Advertiser, newest(dimension, k.Window)}, k.ID
	})
	b := &builder{}
	for i, e := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		t, d, ids := b.tenant(e.group.advertiser, s.now()), b.days(e.group.window), b.arg(pq.Array(e.ids))
		by := d.byDimension(t, level, dimension, ids, measures)
		b.add("SELECT ", strconv.Itoa(i), ", ", by.entity, ", ", by.value, ", y.day - ", d.from(), d.sums(measures, 0), "\nFROM ", by.from,
			"\nWHERE ", by.where, " AND ", d.within(false), " AND ", by.value, " = ANY(", b.arg(pq.Array(valuesOf(keys, e.index))), ")\nGROUP BY ", by.entity, ", ", by.value, ", y.day")
	}
	var (
		number, offset int
		id             int64
		value          string
	)
	cells := make([]int64, len(measures.Bases()))
	dest := []any{&number, &id, &value, &offset}
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	results := make([][]metrics.Day, len(keys))
	_, _, title := dayTable(level)
	err := s.each(ctx, b.statement(title+"BreakdownSeries"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		var sums []int64
		for _, i := range groups[number].index[id] { // the values asked for of one entity may be those of another
			if keys[i].Value != value {
				continue
			}
			if sums == nil {
				sums = append([]int64{}, cells...)
			}
			results[i] = append(results[i], metrics.Day{Offset: offset, Sums: sums})
		}
		return nil
	})
	return results, measures, err
}

// valuesOf returns the values that keys of a group ask for, each once.
func valuesOf(keys []BreakdownSeriesKey, index map[int64][]int) []string {
	seen, list := map[string]bool{}, []string{}
	for _, indexes := range index {
		for _, i := range indexes {
			if v := keys[i].Value; !seen[v] {
				seen[v] = true
				list = append(list, v)
			}
		}
	}
	return list
}

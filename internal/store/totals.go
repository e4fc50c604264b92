package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// TotalsKey asks for the numbers of one entity over a window.
type TotalsKey struct {
	Advertiser     *ads.Advertiser
	Level          ads.Level
	ID             int64
	Window         metrics.Window
	Current, Prior metrics.Set
}

// Totals is the answer to a TotalsKey.
type Totals struct{ Total, Previous metrics.Values }

// SeriesKey asks for the numbers of one entity, day by day, over a window: its
// range, and the earlier one too if there is one.
type SeriesKey struct {
	Advertiser *ads.Advertiser
	Level      ads.Level
	ID         int64
	Window     metrics.Window
	Measures   metrics.Set
}

// entities is the keys that differ in nothing but the id, and the measures
// wanted of it: what one part of a statement answers.
type entities[G comparable] struct {
	group G
	ids   []int64
	index map[int64][]int // of the keys, by id
}

func groupIDs[K any, G comparable](keys []K, split func(K) (G, int64)) []*entities[G] {
	var order []*entities[G]
	of := map[G]*entities[G]{}
	for i, k := range keys {
		group, id := split(k)
		e := of[group]
		if e == nil {
			e = &entities[G]{group: group, index: map[int64][]int{}}
			of[group] = e
			order = append(order, e)
		}
		if e.index[id] == nil {
			e.ids = append(e.ids, id)
		}
		e.index[id] = append(e.index[id], i)
	}
	return order
}

// dayTable returns the table that holds a level's days and its column of ids.
func dayTable(name ads.Level) (table, idColumn, title string) {
	if name == ads.LevelAdvertiser {
		return "advertiser_day", "advertiser_id", "Advertiser"
	}
	lv := levels[name]
	return lv.dayTable, lv.idColumn, lv.title
}

// Totals returns the numbers of entities of one level, zeros for one without
// delivery. All keys share one statement and its measures.
func (s *Store) Totals(ctx context.Context, keys []TotalsKey) ([]Totals, error) {
	table, idColumn, title := dayTable(keys[0].Level)
	var current, prior metrics.Set
	for _, k := range keys {
		current |= k.Current
		prior |= k.Prior
	}
	type group struct {
		advertiser *ads.Advertiser
		window     metrics.Window
	}
	groups := groupIDs(keys, func(k TotalsKey) (group, int64) { return group{k.Advertiser, k.Window}, k.ID })
	b := &builder{}
	for i, e := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		t, d := b.tenant(e.group.advertiser, s.now()), b.days(e.group.window)
		b.add("SELECT ", strconv.Itoa(i), ", k.id")
		var joins strings.Builder
		cellsOf := func(set metrics.Set, prefix string, earlier bool) {
			for _, base := range set.Bases() {
				if base != metrics.People {
					b.add(", coalesce(m.", cell(prefix, base), ", 0)")
					continue
				}
				join, expr := d.reachJoin(t, "r"+prefix, keys[0].Level, "k.id", earlier)
				joins.WriteString(join)
				b.add(", ", expr)
			}
		}
		cellsOf(current, "c", false)
		if e.group.window.Compares() {
			cellsOf(prior, "p", true)
		} else {
			for range prior.Bases() {
				b.add(", 0::bigint")
			}
		}
		measured := prior
		if !e.group.window.Compares() {
			measured = 0
		}
		b.add("\nFROM unnest(", b.arg(pq.Array(e.ids)), "::bigint[]) AS k (id)", d.sumsOf(t, table, idColumn, "k.id", current, measured), joins.String())
	}
	cells := make([]int64, len(current.Bases())+len(prior.Bases()))
	var (
		number int
		id     int64
	)
	dest := []any{&number, &id}
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	results := make([]Totals, len(keys))
	frames := make([][2]*metrics.Frame, len(groups))
	for i, e := range groups {
		w, currency := e.group.window, e.group.advertiser.Currency
		frames[i][0] = metrics.NewFrame(current, currency).Of(keys[0].Level, w.Range)
		frames[i][1] = metrics.NewFrame(prior, currency).Of(keys[0].Level, w.Previous)
	}
	err := s.each(ctx, b.statement(title+"Totals"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		e, f := groups[number], frames[number]
		row := append([]int64(nil), cells...)
		n := len(f[0].Bases)
		for _, i := range e.index[id] {
			results[i] = Totals{metrics.Values{Frame: f[0], Sums: row[:n:n]}, metrics.Values{Frame: f[1], Sums: row[n:]}}
		}
		return nil
	})
	if planning(ctx) {
		for i := range results {
			results[i] = Totals{frames[0][0].Zero(), frames[0][1].Zero()}
		}
	}
	return results, err
}

// Series returns the days on which entities of one level delivered, in no
// particular order. All keys share one statement and its measures.
func (s *Store) Series(ctx context.Context, keys []SeriesKey) ([][]metrics.Day, metrics.Set, error) {
	table, idColumn, title := dayTable(keys[0].Level)
	var measures metrics.Set
	for _, k := range keys {
		measures |= k.Measures
	}
	measures &^= metrics.Of(metrics.People)
	type group struct {
		advertiser *ads.Advertiser
		window     metrics.Window
	}
	groups := groupIDs(keys, func(k SeriesKey) (group, int64) { return group{k.Advertiser, k.Window}, k.ID })
	b := &builder{}
	for i, e := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		t := b.tenant(e.group.advertiser, s.now())
		d := b.days(e.group.window)
		b.add("SELECT ", strconv.Itoa(i), ", k.id, y.day - ", d.from())
		for _, base := range measures.Bases() {
			b.add(", y.", metrics.DayColumns[base])
		}
		// Each entity is looked up by itself: of a list of them, a plan for any
		// arguments would read all days of all entities of the advertiser. OFFSET keeps
		// the planner from making one scan of it again.
		b.add("\nFROM unnest(", b.arg(pq.Array(e.ids)), "::bigint[]) AS k (id)\nCROSS JOIN LATERAL (\n  SELECT y.* FROM ", d.source(t, table, idColumn, measures),
			" AS y\n  WHERE y.advertiser_id = ", t.id, " AND y.", idColumn, " = k.id AND ", d.withinOf(table, idColumn, "k.id", true), "\n  OFFSET 0\n) AS y")
	}
	n := len(measures.Bases())
	cells := make([]int64, n)
	var (
		number, offset int
		id             int64
	)
	dest := []any{&number, &id, &offset}
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	results := make([][]metrics.Day, len(keys))
	pool := []int64{}
	err := s.each(ctx, b.statement(title+"Series"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		start := len(pool)
		pool = append(pool, cells...)
		for _, i := range groups[number].index[id] {
			results[i] = append(results[i], metrics.Day{Offset: offset, Sums: pool[start:len(pool):len(pool)]})
		}
		return nil
	})
	return results, measures, err
}

// SetSeriesKey asks for the sums of a whole list, day by day.
type SetSeriesKey struct {
	Of       ListKey
	Measures metrics.Set // without reach
}

// listSet is the rows of whole lists, for statements that read more of them.
type listSet struct {
	shape    *listShape
	branches []*branch
}

// setOf returns the rows of the keys' lists, in no order and without numbers of
// their own.
func setOf(keys []SetSeriesKey) listSet {
	l := *keys[0].Of.List
	l.Page, l.Count, l.Sums, l.After, l.Current, l.Prior, l.Columns = false, false, false, "", 0, 0, 0
	l.Order = Order{Field: "ID"}
	lv := levels[l.Level]
	lists := make([]ListKey, len(keys))
	for i, k := range keys {
		lists[i] = k.Of
	}
	branches := branchesOf(lists, func(int) (Position, bool) { return Position{}, true })
	return listSet{shapeOf(&l, lv, l.ordering(lv), branches), branches}
}

// SetSeries returns the sums of all rows of each of several lists, day by day.
// The keys must share the List and the measures; they share one statement.
func (s *Store) SetSeries(ctx context.Context, keys []SetSeriesKey) ([][]metrics.Day, error) {
	measures, set := keys[0].Measures, setOf(keys)
	lv, branches := set.shape.level, set.branches
	b := &builder{}
	for i, br := range branches {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		b.add("(")
		q := set.shape.query(b, br, i, s.now())
		d, id := q.days, q.tenant.id
		if q.totalsFromAdvertiser() {
			b.add("SELECT ", q.number, ", y.advertiser_id, y.day - ", d.from())
			for _, base := range measures.Bases() {
				b.add(", y.", metrics.DayColumns[base])
			}
			b.add("\nFROM ", d.source(q.tenant, "advertiser_day", "advertiser_id", measures), " AS y\nWHERE y.advertiser_id = ", id, " AND ", d.within(false), ")")
			continue
		}
		q.compose() // m and f
		b.add("SELECT ", q.number, ", f.parent, y.day - ", d.from(), d.sums(measures, 0), "\nFROM ", d.source(q.tenant, lv.dayTable, lv.idColumn, measures),
			" AS y\nJOIN f ON f.id = y.", lv.idColumn, "\nWHERE y.advertiser_id = ", id, " AND ", d.within(false), "\nGROUP BY f.parent, y.day)")
	}
	var (
		number, offset int
		parent         int64
	)
	cells := make([]int64, len(measures.Bases()))
	dest := []any{&number, &parent, &offset}
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	results := make([][]metrics.Day, len(keys))
	err := s.each(ctx, b.statement(lv.title+"SetSeries"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		i := branches[number].index[parent]
		results[i] = append(results[i], metrics.Day{Offset: offset, Sums: append([]int64(nil), cells...)})
		return nil
	})
	return results, err
}

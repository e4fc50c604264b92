package store

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// readLists runs a List statement and deals its rows out to the keys.
func (s *Store) readLists(ctx context.Context, q statement, shape *listShape, branches []*branch, keys []ListKey, lists []uint64, results []*Listing) error {
	var (
		number, count int
		parent, id    int64
		sort          sortCell
		part          = 1
		l             = shape.list
	)
	if !l.Page {
		part = 0
	}
	dest := []any{&id}
	if shape.parents {
		dest = append(dest, &parent)
	} else {
		parent = branches[0].parents[0]
	}
	if shape.branches {
		dest = append(dest, &number)
	}
	if shape.parts {
		dest = append(dest, &part)
	}
	if l.totals() {
		dest = append(dest, &count)
	}
	cells := make([]int64, len(l.Current.Bases())+len(l.Prior.Bases()))
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	take := func(*ads.Advertiser, int64) any { return nil }
	if l.Page {
		if !shape.sortIsID {
			dest = append(dest, sort.dest(shape.order.kind))
		}
		var columns []any
		columns, take = shape.level.scan(l.Columns)
		dest = append(dest, columns...)
	}
	pool := make([]int64, 0, 16*len(cells))
	values := func(f *metrics.Frame, from []int64) metrics.Values {
		start := len(pool)
		pool = append(pool, from...)
		return metrics.Values{Frame: f, Sums: pool[start:len(pool):len(pool)]}
	}
	var reports []metrics.Report
	report := func(r metrics.Report) *metrics.Report {
		if len(reports) == cap(reports) { // earlier ones stay where they are
			reports = make([]metrics.Report, 0, min(2*cap(reports)+8, 128))
		}
		reports = append(reports, r)
		return &reports[len(reports)-1]
	}
	err := s.each(ctx, q, func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		br := branches[number]
		if part == 2 {
			br.version = id
			return nil
		}
		key := br.index[parent]
		r := results[key]
		if part == 1 && len(r.Rows) == l.First {
			r.HasNext = true
			return nil
		}
		numbers := func(current, prior *metrics.Frame) *metrics.Report {
			if br.window == (metrics.Window{}) {
				return nil
			}
			n := len(current.Bases)
			return report(metrics.Report{
				Advertiser: br.advertiser, Window: br.window, Level: l.Level, ID: id,
				Total: values(current, cells[:n]), Previous: values(prior, cells[n:]),
			})
		}
		if part == 0 {
			currency := br.advertiser.Currency
			r.Count, r.Totals = count, numbers(metrics.NewFrame(l.Current, currency), metrics.NewFrame(l.Prior, currency))
			return nil
		}
		if shape.sortIsID {
			sort.ints = sql.NullInt64{Int64: id, Valid: true}
		}
		if r.Rows == nil {
			r.Rows = make([]Row, 0, min(l.First, 8))
		}
		r.Rows = append(r.Rows, Row{Entity: take(br.advertiser, id), Position: sort.position(lists[key], id), Metrics: numbers(br.current, br.prior)})
		return nil
	})
	if err != nil {
		return err
	}
	if planning(ctx) && l.Page {
		for _, br := range branches {
			for parent, i := range br.index {
				for _, entity := range sampleOf(take(br.advertiser, parent)) {
					r := metrics.Report{Advertiser: br.advertiser, Window: br.window, Level: l.Level, ID: parent, Total: br.current.Zero(), Previous: br.prior.Zero()}
					results[i].Rows = append(results[i].Rows, Row{Entity: entity, Metrics: &r})
				}
			}
		}
	}
	for _, br := range branches {
		for _, i := range br.index {
			results[i].pin(br.version)
			keys[i].Window.Version = br.version
			results[i].Key = keys[i]
		}
	}
	for i, r := range results {
		if r == nil || keys[i].Window == (metrics.Window{}) {
			continue
		}
		if r.Totals == nil { // a set without rows has no group, and so no totals of its own
			currency := keys[i].Advertiser.Currency
			r.Totals = &metrics.Report{
				Advertiser: keys[i].Advertiser, Window: keys[i].Window,
				Total: metrics.NewFrame(l.Current, currency).Zero(), Previous: metrics.NewFrame(l.Prior, currency).Zero(),
			}
		}
		r.Totals.List = keys[i]
	}
	return nil
}

// pin makes the rows, and whatever is read of them later, name the data version
// that they were read at.
func (l *Listing) pin(version int64) {
	if version == 0 {
		return
	}
	if l.Totals != nil {
		l.Totals.Window.Version = version
	}
	for i := range l.Rows {
		l.Rows[i].Position.Version = version
		if l.Rows[i].Metrics != nil {
			l.Rows[i].Metrics.Window.Version = version
		}
	}
}

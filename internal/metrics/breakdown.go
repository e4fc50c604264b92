package metrics

import (
	"cmp"
	"slices"
)

// Breakdown is the numbers of a report split by a dimension.
type Breakdown struct {
	Report      *Report
	Dimension   Dimension
	IsPartition bool
	// Rows are the parts shown, RowCount is how many parts there are.
	Rows     []BreakdownRow
	RowCount int
	// Total is the whole, read together with the rows. The previous ones are nil
	// without a comparison.
	Total         Values
	PreviousTotal *Values
	// Remainder is the total minus the rows: what is of unknown value, and the
	// parts not shown. It is nil where parts overlap.
	Remainder, PreviousRemainder *Values
}

// BreakdownRow is one part of a breakdown.
type BreakdownRow struct {
	Of *Breakdown
	// Value names the part, Label is the same in English.
	Value, Label string
	Values       Values
	Previous     *Values // nil without a comparison
}

// BreakdownOrder is how the parts of a breakdown are ordered: by a metric, parts
// without a value last and equal ones by their value; or, without a metric, by
// their value.
type BreakdownOrder struct {
	Metric     Name
	Descending bool
}

// Parts is what is read for a breakdown.
type Parts struct {
	Rows  []Part
	Count int // of all parts, those beyond the rows too
	// Total and Previous are the whole.
	Total, Previous Values
}

// Part is the numbers of one value.
type Part struct {
	Value            string
	Values, Previous Values
}

// Breakdown makes a breakdown of a report from the parts that were read.
func (r *Report) Breakdown(s *BreakdownSupport, parts Parts) *Breakdown {
	b := &Breakdown{
		Report: r, Dimension: s.Dimension, IsPartition: s.IsPartition,
		Rows: make([]BreakdownRow, len(parts.Rows)), RowCount: parts.Count, Total: parts.Total,
	}
	compares := r.Window.Compares()
	if compares {
		b.PreviousTotal = &parts.Previous
	}
	for i := range parts.Rows {
		p := &parts.Rows[i]
		b.Rows[i] = BreakdownRow{Of: b, Value: p.Value, Label: s.Dimension.Label(p.Value), Values: p.Values}
		if compares {
			b.Rows[i].Previous = &p.Previous
		}
	}
	if !s.IsPartition {
		return b
	}
	b.Remainder = rest(parts.Total, parts.Rows, func(p *Part) []int64 { return p.Values.Sums })
	if compares {
		b.PreviousRemainder = rest(parts.Previous, parts.Rows, func(p *Part) []int64 { return p.Previous.Sums })
	}
	return b
}

// rest returns a total minus the sums of parts.
func rest(total Values, parts []Part, sums func(*Part) []int64) *Values {
	left := Values{total.Frame, slices.Clone(total.Sums)}
	for i := range parts {
		for j, n := range sums(&parts[i]) {
			left.Sums[j] -= n
		}
	}
	return &left
}

// PartsByDay makes the parts of a breakdown by day: every day of the window's
// range, with the day that lies as far into the earlier range as its previous
// one. days hold the given measures, without reach.
func (r *Report) PartsByDay(days []Day, measures Set, first int, order BreakdownOrder) Parts {
	w, f := r.Window, NewFrame(measures, r.Advertiser.Currency)
	parts := Parts{Count: w.Days(), Total: f.Zero(), Previous: f.Zero()}
	all := make([]Part, parts.Count)
	for i, day := range w.From.Run(len(all)) {
		all[i] = Part{string(day), f.Zero(), f.Zero()}
	}
	add := func(to, sums []int64) {
		for i, n := range sums {
			to[i] += n
		}
	}
	back := w.Previous.From.Sub(w.From)
	for _, day := range days { // one may be in both ranges
		if i := day.Offset; i >= 0 && i < len(all) {
			add(all[i].Values.Sums, day.Sums)
			add(parts.Total.Sums, day.Sums)
		}
		if i := day.Offset - back; w.Compares() && i >= 0 && i < len(all) {
			add(all[i].Previous.Sums, day.Sums)
			add(parts.Previous.Sums, day.Sums)
		}
	}
	if m, ok := ByName(order.Metric); ok {
		slices.SortStableFunc(all, func(p, q Part) int { return order.compare(m, p.Values, q.Values) })
	}
	parts.Rows = all[:min(first, len(all))]
	return parts
}

// compare orders two rows of numbers by a metric.
func (o BreakdownOrder) compare(m *Metric, p, q Values) int {
	x, hasX := p.Value(m)
	y, hasY := q.Value(m)
	switch {
	case hasX != hasY:
		if hasX {
			return -1
		}
		return 1
	case o.Descending:
		return cmp.Compare(y, x)
	}
	return cmp.Compare(x, y)
}

// Bases returns the measures that the order needs.
func (o BreakdownOrder) Bases() Set {
	if m, ok := ByName(o.Metric); ok {
		return m.Bases()
	}
	return 0
}

// Series puts the days of one part into buckets of the report's range.
func (b *Breakdown) Series(g Granularity, days []Day, measures Set) []Bucket {
	a := b.Report.Advertiser
	buckets, ofDay := b.Report.Window.Buckets(g, NewFrame(measures, a.Currency), a.Freshness, a.Zone)
	for _, day := range days {
		sums := buckets[ofDay[day.Offset]].Values.Sums
		for i, n := range day.Sums {
			sums[i] += n
		}
	}
	return buckets
}

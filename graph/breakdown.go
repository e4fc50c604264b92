package graph

import (
	"context"
	"slices"

	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// breakdownPlan is a breakdown asked for, whatever report it is of.
type breakdownPlan struct {
	by    *metrics.BreakdownSupport
	first int
	order metrics.BreakdownOrder
	// metrics are those selected anywhere below and the one to order by.
	metrics []metrics.Name
	// current and prior are the measures needed of the range and of the earlier
	// one.
	current, prior metrics.Set
}

// planBreakdown turns the arguments and selection of a breakdown into a plan.
func planBreakdown(by metrics.Dimension, first int, orderBy *model.BreakdownOrder, sel setwise.Selected) (*breakdownPlan, error) {
	p := &breakdownPlan{by: metrics.BreakdownBy(by), first: first}
	if first < 1 || first > store.MaxPage {
		return nil, fault.New(fault.Invalid, "A breakdown shows 1 to %d parts, not %d.", store.MaxPage, first).In("first")
	}
	switch {
	case orderBy != nil:
		p.order = metrics.BreakdownOrder{Metric: orderBy.Metric, Descending: orderBy.Direction == model.DirectionDesc}
	case by != metrics.ByDay: // days come in their order
		p.order = metrics.BreakdownOrder{Metric: metrics.NameSpend, Descending: true}
	}
	below := func(paths ...[]string) (blocks []setwise.Selected) {
		for _, path := range paths {
			blocks = append(blocks, sel.Below(path...)...)
		}
		return blocks
	}
	current := below([]string{"rows", "values"}, []string{"total"}, []string{"remainder"})
	prior := below([]string{"rows", "previous"}, []string{"previousTotal"}, []string{"previousRemainder"})
	p.current, p.prior = measures(current)|p.order.Bases(), measures(prior)
	for _, block := range [][]setwise.Selected{current, prior, sel.Below("rows", "series", "values")} {
		for _, m := range selectedMetrics(block) {
			p.metrics = append(p.metrics, m.Name)
		}
	}
	if p.order.Metric != "" {
		p.metrics = append(p.metrics, p.order.Metric)
	}
	slices.Sort(p.metrics)
	p.metrics = slices.Compact(p.metrics)
	return p, nil
}

// breakdown starts reading a report by a dimension.
func (r *Resolver) breakdown(ctx context.Context, report *metrics.Report, p *breakdownPlan) setwise.Thunk[*metrics.Breakdown] {
	if err := p.check(report, ads.DayOf(r.Store.Now(), report.Advertiser.Zone)); err != nil {
		return failed[*metrics.Breakdown](err)
	}
	if p.by.Dimension == metrics.ByDay {
		return p.days(ctx, report)
	}
	key := store.BreakdownKey{
		Advertiser: report.Advertiser, Level: report.Level, ID: report.ID, Window: report.Window,
		Dimension: p.by.Dimension, First: p.first, Order: p.order, Current: p.current, Prior: p.prior,
	}
	thunk := setwise.Thunk[metrics.Parts](loader.From(ctx).Breakdown.Load(ctx, key))
	return then(thunk, func(parts metrics.Parts) *metrics.Breakdown { return report.Breakdown(p.by, parts) })
}

// check reports why a report cannot be broken down as planned.
func (p *breakdownPlan) check(report *metrics.Report, today ads.Day) error {
	if report.List != nil {
		return fault.New(fault.Unsupported, "A breakdown is of one entity, not of the totals of a list. Ask for it in the metrics of the rows, or of the entity above them.")
	}
	if err := p.by.Check(report.Level, p.metrics, report.Window.Attribution); err != nil {
		return err
	}
	return p.by.CheckDays(report.Window, today)
}

// days starts reading a report by day, which is what its series is made of too.
func (p *breakdownPlan) days(ctx context.Context, report *metrics.Report) setwise.Thunk[*metrics.Breakdown] {
	made := func(read loader.Days) *metrics.Breakdown {
		return report.Breakdown(p.by, report.PartsByDay(read.Days, read.Measures, p.first, p.order))
	}
	key := store.SeriesKey{
		Advertiser: report.Advertiser, Level: report.Level, ID: report.ID, Window: report.Window, Measures: p.current,
	}
	if report.Window.Compares() && p.prior != 0 {
		key.Measures |= p.prior
	} else {
		key.Window.Previous = metrics.Range{}
	}
	switch {
	case key.Measures == 0: // the days themselves are all that is wanted
		return done(made(loader.Days{}))
	case report.DayMeasures&key.Measures == key.Measures: // read with the report
		return done(made(loader.Days{Days: report.Days, Measures: report.DayMeasures}))
	}
	return then(setwise.Thunk[loader.Days](loader.From(ctx).Series.Load(ctx, key)), made)
}

// partSeries starts reading one part of a breakdown day by day, to be put into
// buckets.
func partSeries(ctx context.Context, row *metrics.BreakdownRow, p *seriesPlan) setwise.Thunk[[]metrics.Bucket] {
	report := row.Of.Report
	switch {
	case row.Of.Dimension == metrics.ByDay:
		return failed[[]metrics.Bucket](fault.New(fault.Unsupported, "A breakdown by DAY is a series already; its rows have none."))
	case !slices.Contains([]metrics.Granularity{metrics.Daily, metrics.Weekly, metrics.Monthly}, p.granularity):
		return failed[[]metrics.Bucket](fault.New(fault.Unsupported, "Parts of a breakdown are kept by day: granularity %s is none of DAY, WEEK and MONTH.", p.granularity).In("granularity"))
	case p.measures == 0: // empty buckets are all that is wanted
		return done(row.Of.Series(p.granularity, nil, 0))
	}
	window := report.Window
	window.Previous = metrics.Range{}
	key := store.BreakdownSeriesKey{
		Advertiser: report.Advertiser, Level: report.Level, ID: report.ID, Window: window,
		Dimension: row.Of.Dimension, Value: row.Value, Measures: p.measures,
	}
	return then(setwise.Thunk[loader.Days](loader.From(ctx).PartSeries.Load(ctx, key)), func(read loader.Days) []metrics.Bucket {
		return row.Of.Series(p.granularity, read.Days, read.Measures)
	})
}

package graph

import (
	"strings"
	"time"
	"unicode/utf8"

	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// setOrder reads an order: a field or a metric, not both.
func setOrder(o *store.Order, field *string, metric *metrics.Name, of *store.OrderOf, direction model.Direction) error {
	if (field == nil) == (metric == nil) {
		return fault.New(fault.Invalid, "Sort by a field or by a metric: give one of the two.").In("orderBy")
	}
	if of != nil && metric == nil {
		return fault.New(fault.Invalid, "Only a metric has an earlier number: of goes with metric.").In("orderBy")
	}
	*o = store.Order{Descending: direction == model.DirectionDesc}
	if of != nil {
		o.Of = *of
	}
	if field != nil {
		o.Field = *field
	} else {
		o.Metric = *metric
	}
	return nil
}

// checkText reports a search text that is empty, too long, or that the
// database could not hold.
func checkText(name, s string) error {
	if n := utf8.RuneCountInString(s); n < 1 || n > 255 || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return fault.New(fault.Invalid, "%s takes 1 to 255 characters, without NUL.", name).In(name)
	}
	return nil
}

// reportPlan is a report asked for, whoever's it is.
type reportPlan struct {
	dates       metrics.Dates
	comparison  metrics.Comparison
	attribution metrics.Attribution
	// current and prior are the measures selected of the range and of the
	// earlier one.
	current, prior metrics.Set
	// days is the measures selected of series.
	days metrics.Set
}

// planReport reads a report's input and what is selected in the report blocks
// that it serves.
func planReport(in model.ReportInput, blocks ...[]setwise.Selected) *reportPlan {
	p := &reportPlan{attribution: metrics.DefaultAttribution()}
	if in.Attribution != nil {
		setInt(&p.attribution.ClickWindowDays, in.Attribution.ClickWindowDays)
		setInt(&p.attribution.EngagementWindowDays, in.Attribution.EngagementWindowDays)
		setInt(&p.attribution.ViewWindowDays, in.Attribution.ViewWindowDays)
		if in.Attribution.ReportTime != nil {
			p.attribution.ReportTime = *in.Attribution.ReportTime
		}
	}
	if in.Dates.Preset != nil {
		p.dates.Preset = *in.Dates.Preset
	}
	if in.Dates.From != nil {
		p.dates.From = *in.Dates.From
	}
	if in.Dates.To != nil {
		p.dates.To = *in.Dates.To
	}
	if in.CompareTo != nil {
		p.comparison = *in.CompareTo
	}
	for _, block := range blocks {
		for _, s := range block {
			p.current |= measures(s.Below("total"))
			p.days |= dayMeasures(s)
			if in.CompareTo != nil {
				changed := measures(s.Below("change"))
				p.current |= changed
				p.prior |= changed | measures(s.Below("previous"))
			}
		}
	}
	return p
}

// dayMeasures returns the measures that series of days are made from, of those
// selected under a report.
func dayMeasures(report setwise.Selected) (set metrics.Set) {
	for _, s := range report.Below("series") {
		if g, _ := s.Arg("granularity").(string); g != string(metrics.Hourly) { // hours are read on their own
			set |= measures(s.Below("values")) &^ metrics.Of(metrics.People)
		}
	}
	return set
}

// nullReason is the field that says why a metric has no value.
const nullReason = "nullReason"

// selectedMetrics returns the metrics selected under any of the given fields.
func selectedMetrics(values []setwise.Selected) []*metrics.Metric {
	var list []*metrics.Metric
	for _, v := range values {
		for _, f := range v.Fields() {
			if m, ok := metrics.ByField(f.Name()); ok { // __typename is none
				list = append(list, m)
			}
			if f.Name() == nullReason {
				name, _ := f.Arg("metric").(string)
				if m, ok := metrics.ByName(metrics.Name(name)); ok {
					list = append(list, m)
				}
			}
		}
	}
	return list
}

// measured is the measures that the metrics of a selection are made from, if
// their names tell: asks is whether an argument names another metric.
type measured struct {
	set  metrics.Set
	asks bool
}

// measures returns the measures that the metrics selected under any of the
// given fields are made from.
func measures(values []setwise.Selected) (set metrics.Set) {
	for _, v := range values {
		m := setwise.Derive(v, measured{}, func(v setwise.Selected) (m measured) {
			if m.asks = len(v.Below(nullReason)) > 0; m.asks {
				return m
			}
			for _, metric := range selectedMetrics([]setwise.Selected{v}) {
				m.set |= metric.Bases()
			}
			return m
		})
		if !m.asks {
			set |= m.set
			continue
		}
		for _, metric := range selectedMetrics([]setwise.Selected{v}) {
			set |= metric.Bases()
		}
	}
	return set
}

// window returns the days that the report covers for an advertiser.
func (p *reportPlan) window(a *ads.Advertiser, now time.Time) (metrics.Window, error) {
	return p.resolve(ads.DayOf(now, a.Zone))
}

// resolve returns the window, given what today is.
func (p *reportPlan) resolve(today ads.Day) (w metrics.Window, err error) {
	r, err := p.dates.Resolve(today)
	if err == nil {
		err = p.attribution.Check()
	}
	if err != nil {
		return w, err
	}
	w = r.Window(p.comparison)
	w.Attribution = p.attribution
	return w, nil
}

func setInt(to, from *int) {
	if from != nil {
		*to = *from
	}
}

// windows returns the days that the report covers by what today may be,
// somewhere on earth.
func (p *reportPlan) windows(now time.Time) (map[ads.Day]metrics.Window, error) {
	windows := map[ads.Day]metrics.Window{}
	for _, offset := range []int{-1, 0, 1} {
		today := ads.DayOf(now, time.UTC).Add(offset)
		w, err := p.resolve(today)
		if err != nil {
			return nil, err
		}
		windows[today] = w
	}
	return windows, nil
}

package metrics

import (
	"time"

	"adsgraph/internal/ads"
)

// Report is the numbers of one entity or one set over a window, with what a
// person needs to know to trust them.
type Report struct {
	Advertiser *ads.Advertiser
	Window     Window
	// Level and ID name the entity that the report covers. List, if set, is the
	// list that it covers instead, for whoever reads more of it later.
	Level ads.Level
	ID    int64
	List  any
	// Total is over the window's range, Previous over the earlier one. The
	// latter means nothing without a comparison.
	Total, Previous Values
	// Days is the numbers day by day, if they were read with the report; they
	// hold the measures of DayMeasures.
	Days        []Day
	DayMeasures Set
}

// Day is the numbers of one day, counted from the start of a range; days before
// it have negative offsets.
type Day struct {
	Offset int
	Sums   []int64
}

// PreviousValues returns the numbers of the earlier range, or nil without a
// comparison.
func (r *Report) PreviousValues() *Values {
	if !r.Window.Compares() {
		return nil
	}
	return &r.Previous
}

// Context is what a report's numbers rest on.
type Context struct {
	Window                  Window
	TimeZone                string
	Currency                string
	Attribution             Attribution
	DataAsOf                *time.Time
	DeliveryFinalThrough    *ads.Day
	ConversionsFinalThrough *ads.Day
	IsPartial               bool
}

// Context returns what the report's numbers rest on.
func (r *Report) Context() *Context {
	a := r.Advertiser
	return &Context{
		Window: r.Window, TimeZone: a.TimeZone, Currency: a.Currency, Attribution: r.Window.Attribution,
		DataAsOf: a.Freshness.DataAsOf, DeliveryFinalThrough: a.Freshness.DeliveryFinalThrough,
		ConversionsFinalThrough: a.Freshness.ConversionsFinalThrough,
		IsPartial:               r.Window.To >= firstPartial(a.Freshness, a.Zone),
	}
}

// From returns the first day.
func (c *Context) From() ads.Day { return c.Window.From }

// To returns the last day.
func (c *Context) To() ads.Day { return c.Window.To }

// PreviousFrom returns the first day of the earlier range, or nil without one.
func (c *Context) PreviousFrom() *ads.Day { return dayOrNil(c.Window.Previous.From) }

// PreviousTo returns the last day of the earlier range, or nil without one.
func (c *Context) PreviousTo() *ads.Day { return dayOrNil(c.Window.Previous.To) }

func dayOrNil(d ads.Day) *ads.Day {
	if d == "" {
		return nil
	}
	return &d
}

// Threshold keeps the rows whose metric lies between two bounds, both
// included; a row without a value is not kept.
type Threshold struct {
	Metric   Name
	Min, Max *float64
}

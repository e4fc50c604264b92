package metrics

import (
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// MaxDays is the longest range a report may cover.
const MaxDays = 366

// Range is a run of days, both ends included. The zero Range is none.
type Range struct{ From, To ads.Day }

// Days returns the number of days in the range.
func (r Range) Days() int { return r.To.Sub(r.From) + 1 }

// CountsPeople tells whether reach is known for ranges of this length: distinct
// people are counted for 1, 7 and 30 days only.
func (r Range) CountsPeople() bool {
	n := r.Days()
	return n == 1 || n == 7 || n == 30
}

// shift returns the range moved by a number of days.
func (r Range) shift(days int) Range { return Range{r.From.Add(days), r.To.Add(days)} }

// Window is what a report covers: a range, the earlier one to compare with,
// which is zero without a comparison, and which conversions count.
type Window struct {
	Range
	Previous    Range
	Attribution Attribution
	// Version is the data version to read, 0 for the newest. Only what continues
	// an earlier read names one.
	Version int64
}

// Compares tells whether the window has an earlier range.
func (w Window) Compares() bool { return w.Previous != Range{} }

// DatePreset is a range relative to the advertiser's today.
type DatePreset string

// The presets. Those of the last n days end with yesterday, so that they hold
// whole days only.
const (
	Today      DatePreset = "TODAY"
	Yesterday  DatePreset = "YESTERDAY"
	Last7Days  DatePreset = "LAST_7_DAYS"
	Last14Days DatePreset = "LAST_14_DAYS"
	Last30Days DatePreset = "LAST_30_DAYS"
	ThisMonth  DatePreset = "THIS_MONTH"
	LastMonth  DatePreset = "LAST_MONTH"
)

// Dates asks for a range: a preset, or both ends.
type Dates struct {
	Preset   DatePreset
	From, To ads.Day
}

// Comparison asks for an earlier range.
type Comparison string

// The comparisons.
const (
	NoComparison         Comparison = ""
	PreviousPeriod       Comparison = "PREVIOUS_PERIOD"
	SameWeekdaysLastYear Comparison = "SAME_WEEKDAYS_LAST_YEAR"
)

// Granularity is the length of a series' buckets.
type Granularity string

// The granularities. Weeks start on Monday.
const (
	Hourly  Granularity = "HOUR"
	Daily   Granularity = "DAY"
	Weekly  Granularity = "WEEK"
	Monthly Granularity = "MONTH"
)

// Resolve returns the days asked for, given the advertiser's today. It is
// INVALID to give both a preset and ends, neither, one end, the ends in the
// wrong order, or more than MaxDays days.
func (d Dates) Resolve(today ads.Day) (Range, error) {
	ends := d.From != "" || d.To != ""
	switch {
	case d.Preset != "" && ends:
		return Range{}, fault.New(fault.Invalid, "Give a preset or both from and to, not both kinds.").In("dates")
	case d.Preset != "":
		return d.Preset.resolve(today), nil
	case d.From == "" || d.To == "":
		return Range{}, fault.New(fault.Invalid, "Give a preset, or both from and to.").In("dates")
	case d.To < d.From:
		return Range{}, fault.New(fault.Invalid, "The range ends on %s, before it starts on %s.", d.To, d.From).In("dates")
	}
	r := Range{d.From, d.To}
	if n := r.Days(); n > MaxDays {
		return Range{}, fault.New(fault.TooLarge, "The range has %d days; a report covers at most %d.", n, MaxDays).In("dates")
	}
	return r, nil
}

func (p DatePreset) resolve(today ads.Day) Range {
	yesterday := today.Add(-1)
	switch p {
	case Yesterday:
		return Range{yesterday, yesterday}
	case Last7Days:
		return Range{today.Add(-7), yesterday}
	case Last14Days:
		return Range{today.Add(-14), yesterday}
	case Last30Days:
		return Range{today.Add(-30), yesterday}
	case ThisMonth:
		return Range{today.Month(), today}
	case LastMonth:
		end := today.Month().Add(-1)
		return Range{end.Month(), end}
	case Today:
	}
	return Range{today, today}
}

// Window returns the window of a range under a comparison, with the default
// attribution.
func (r Range) Window(c Comparison) Window {
	w := Window{Range: r, Attribution: DefaultAttribution()}
	switch c {
	case PreviousPeriod: // as many days, ending the day before
		w.Previous = r.shift(-r.Days())
	case SameWeekdaysLastYear: // 52 weeks keep the weekdays
		w.Previous = r.shift(-364)
	case NoComparison:
	}
	return w
}

// Bucket is one step of a series. The first and last are cut off at the ends
// of the range.
type Bucket struct {
	// Start and End are the first and the last day, for an hour the one that it
	// lies in.
	Start, End ads.Day
	// StartAt and EndAt are the instants at which the step begins and, no longer
	// part of it, ends, in UTC. The end of a step is the start of the next.
	StartAt, EndAt time.Time
	// IsPartial tells whether the step ends after the instant up to which
	// everything is counted, or that instant is not known.
	IsPartial bool
	// IsMissing tells whether the step begins at that instant or later, or it is
	// not known: the step's zeros then mean nothing.
	IsMissing bool
	Values    Values
}

// bucketStart returns the start of the bucket that a day falls in.
func (g Granularity) bucketStart(d ads.Day) ads.Day {
	switch g {
	case Weekly:
		return d.Week()
	case Monthly:
		return d.Month()
	case Daily, Hourly:
	}
	return d
}

// Buckets returns the empty buckets of a range, without gaps, and for each day
// of the range the index of its bucket. For those of hours see HourBuckets.
func (r Range) Buckets(g Granularity, f *Frame, freshness ads.Freshness, zone *time.Location) (buckets []Bucket, ofDay []int) {
	buckets, ofDay = r.Steps(g, zone)
	complete(buckets, f, freshness, r.To.Add(1).Start(zone))
	return buckets, ofDay
}

// Steps returns the buckets of a range as Buckets does, with nothing but their
// days and StartAt.
func (r Range) Steps(g Granularity, zone *time.Location) (buckets []Bucket, ofDay []int) {
	n := r.Days()
	ofDay = make([]int, n)
	start := ads.Day("")
	for i, day := range r.From.Run(n) {
		if s := g.bucketStart(day); s != start {
			start = s
			buckets = append(buckets, Bucket{Start: day, StartAt: day.Start(zone).UTC()})
		}
		b := &buckets[len(buckets)-1]
		b.End = day
		ofDay[i] = len(buckets) - 1
	}
	return buckets, ofDay
}

// complete sets what buckets in a row have beside their starts and days. end
// is where the last one ends.
func complete(buckets []Bucket, f *Frame, freshness ads.Freshness, end time.Time) {
	sums := make([]int64, len(buckets)*len(f.Bases))
	for i := range buckets {
		b := &buckets[i]
		if b.EndAt = end.UTC(); i+1 < len(buckets) {
			b.EndAt = buckets[i+1].StartAt
		}
		b.Values = Values{f, sums[i*len(f.Bases) : (i+1)*len(f.Bases)]}
		if p := f.position[People]; p >= 0 {
			b.Values.Sums[p] = Unknown
		}
		asOf := freshness.DataAsOf
		b.IsPartial = asOf == nil || b.EndAt.After(*asOf)
		b.IsMissing = asOf == nil || !b.StartAt.Before(*asOf)
	}
}

// firstPartial returns the first day that is not counted to its end: the one
// that the data ends in, or any day before data arrived.
func firstPartial(f ads.Freshness, zone *time.Location) ads.Day {
	if f.DataAsOf == nil {
		return ""
	}
	return ads.DayOf(*f.DataAsOf, zone)
}

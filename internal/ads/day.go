package ads

import (
	"io"
	"time"

	"adsgraph/internal/fault"
)

// Day is a calendar day of the advertiser's time zone, as "2006-01-02". Days
// compare as text and serve as map keys.
type Day string

const dayLayout = "2006-01-02"

// DayOf returns the day that instant t falls on in a time zone.
func DayOf(t time.Time, zone *time.Location) Day { return Day(t.In(zone).Format(dayLayout)) }

// ParseDay reads a day between 2000-01-01 and 2999-12-31; anything else is
// INVALID.
func ParseDay(s string) (Day, error) {
	if t, err := time.Parse(dayLayout, s); err != nil || t.Year() < 2000 || t.Year() > 2999 {
		return "", fault.New(fault.Invalid, "%q is not a day; days are written YYYY-MM-DD, from 2000-01-01 on.", clip(s))
	}
	return Day(s), nil
}

// time returns the day's midnight in UTC, for calendar arithmetic only.
func (d Day) time() time.Time {
	t, _ := time.Parse(dayLayout, string(d)) // a Day is well formed by construction
	return t
}

// Add returns the day n days later, or earlier when n is negative.
func (d Day) Add(n int) Day { return Day(d.time().AddDate(0, 0, n).Format(dayLayout)) }

// Run returns n days in a row, the first of them d.
func (d Day) Run(n int) []Day {
	run, text, t := make([]Day, n), make([]byte, 0, n*len(dayLayout)), d.time()
	for i := range n {
		text = t.AddDate(0, 0, i).AppendFormat(text, dayLayout)
	}
	all := string(text) // of which each day is a part
	for i := range run {
		run[i] = Day(all[i*len(dayLayout) : (i+1)*len(dayLayout)])
	}
	return run
}

// Sub returns the number of days from e to d.
func (d Day) Sub(e Day) int { return int(d.time().Sub(e.time()) / (24 * time.Hour)) }

// Start returns the instant at which the day begins in a zone: midnight, the
// first of two where clocks are put back over it, or later where they are put
// forward over it. A day that a zone leaves out begins where the next does.
func (d Day) Start(zone *time.Location) time.Time {
	t := d.time()
	start := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone)
	since, until := start.ZoneBounds()
	switch on := DayOf(start, zone); {
	case on < d: // midnight does not exist
		return until
	case on > d:
		return since
	}
	if !since.IsZero() { // midnight may have been once before
		_, before := since.Add(-1).Zone()
		_, after := start.Zone()
		if first := start.Add(time.Duration(after-before) * time.Second); after < before && first.Before(since) {
			return first
		}
	}
	return start
}

// Hours returns the instants at which the day's hours begin in a zone: whole
// hours from the start of the day. The last one is shorter if the clocks change
// by less than an hour.
func (d Day) Hours(zone *time.Location) []time.Time {
	hours := make([]time.Time, 0, 25)
	end := d.Add(1).Start(zone)
	for at := d.Start(zone); at.Before(end); at = at.Add(time.Hour) {
		hours = append(hours, at)
	}
	return hours
}

// Week returns the Monday on or before the day.
func (d Day) Week() Day { return d.Add(-int(d.time().Weekday()+6) % 7) }

// Month returns the first day of the day's month.
func (d Day) Month() Day { return d[:8] + "01" }

// AppendGQL appends the day as a GraphQL Date.
func (d Day) AppendGQL(b []byte) []byte { return append(append(append(b, '"'), d...), '"') }

// MarshalGQL writes the day as a GraphQL Date.
func (d Day) MarshalGQL(w io.Writer) { _, _ = w.Write(d.AppendGQL(make([]byte, 0, 12))) }

// UnmarshalGQL reads a GraphQL Date.
func (d *Day) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return fault.New(fault.Invalid, "A day is a string, written YYYY-MM-DD.")
	}
	*d, err = ParseDay(s)
	return err
}

package metrics

import (
	"strings"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// Hours are for watching what runs now: a series of them is short, and they
// are not kept for long.
const (
	// MaxHourlyDays is the longest range that a series by the hour covers.
	MaxHourlyDays = 3
	// HourlyRetentionDays is how many days have hours, today included.
	HourlyRetentionDays = 8
)

// Hour is the numbers of one hour.
type Hour struct {
	// At is the instant at which it starts, in seconds since 1970.
	At   int64
	Sums []int64
}

// CheckHourly reports a range that has no series by the hour, given the
// advertiser's today: TOO_LARGE if it has too many days, BEYOND_RETENTION if
// it begins before the first day whose hours are kept.
func (r Range) CheckHourly(today ads.Day) error {
	if n := r.Days(); n > MaxHourlyDays {
		return fault.New(fault.TooLarge, "The range has %d days; a series by %s covers at most %d.", n, Hourly, MaxHourlyDays).In("granularity")
	}
	if first := today.Add(1 - HourlyRetentionDays); r.From < first {
		return fault.New(fault.BeyondRetention, "The range begins on %s; the first day whose hours are kept is %s.", r.From, first).In("granularity")
	}
	return nil
}

// Check reports, as UNSUPPORTED, metrics that are not known in steps of this
// length.
func (g Granularity) Check(wanted []*Metric) error {
	if g != Hourly {
		return nil
	}
	var daily, whole []string
	for _, m := range wanted {
		switch {
		case m.Bases().Has(People):
			whole = append(whole, string(m.Name))
		case m.Bases()&Attributed != 0:
			daily = append(daily, string(m.Name))
		}
	}
	var known []string
	if daily != nil {
		known = append(known, "by "+enumerate(string(Daily), string(Weekly), string(Monthly))+" only: "+enumerate(daily...))
	}
	if whole != nil {
		known = append(known, "for whole ranges only: "+enumerate(whole...))
	}
	if known == nil {
		return nil
	}
	return fault.New(fault.Unsupported, "A series by %s has delivery metrics only. Known %s.", Hourly, strings.Join(known, "; ")).In("granularity")
}

// enumerate joins words as in "a, b and c".
func enumerate(words ...string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// HourBuckets returns the empty buckets of a range by the hour, without gaps:
// from the start of each local day in whole hours until the next one starts.
func (r Range) HourBuckets(f *Frame, freshness ads.Freshness, zone *time.Location) []Bucket {
	days := r.From.Run(r.Days())
	buckets := make([]Bucket, 0, 25*len(days))
	for _, day := range days {
		for _, at := range day.Hours(zone) {
			buckets = append(buckets, Bucket{Start: day, End: day, StartAt: at.UTC()})
		}
	}
	complete(buckets, f, freshness, r.To.Add(1).Start(zone))
	return buckets
}

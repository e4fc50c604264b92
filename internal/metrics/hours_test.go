package metrics

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestHourBuckets counts the hours of days on which clocks change, and of
// others.
func TestHourBuckets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, zone string
		day        ads.Day
		hours      int
		first      string        // start
		last       string        // start
		length     time.Duration // of the last hour
	}{
		{"SpringForward", "America/New_York", "2026-03-08", 23, "2026-03-08T05:00:00Z", "2026-03-09T03:00:00Z", time.Hour},
		{"FallBack", "America/New_York", "2026-11-01", 25, "2026-11-01T04:00:00Z", "2026-11-02T04:00:00Z", time.Hour},
		{"PlainDay", "America/New_York", "2026-06-17", 24, "2026-06-17T04:00:00Z", "2026-06-18T03:00:00Z", time.Hour},
		{"SpringForwardInEurope", "Europe/Berlin", "2026-03-29", 23, "2026-03-28T23:00:00Z", "2026-03-29T21:00:00Z", time.Hour},
		{"FallBackInEurope", "Europe/Berlin", "2026-10-25", 25, "2026-10-24T22:00:00Z", "2026-10-25T22:00:00Z", time.Hour},
		{"HalfHourZone", "Asia/Kolkata", "2026-06-17", 24, "2026-06-16T18:30:00Z", "2026-06-17T17:30:00Z", time.Hour},
		{"HalfHourForward", "Australia/Lord_Howe", "2026-10-04", 24, "2026-10-03T13:30:00Z", "2026-10-04T12:30:00Z", 30 * time.Minute},
		{"HalfHourBack", "Australia/Lord_Howe", "2026-04-05", 25, "2026-04-04T13:00:00Z", "2026-04-05T13:00:00Z", 30 * time.Minute},
		{"NoMidnight", "Africa/Cairo", "2026-04-24", 23, "2026-04-23T22:00:00Z", "2026-04-24T20:00:00Z", time.Hour},
		{"TwoMidnights", "America/Havana", "2026-11-01", 25, "2026-11-01T04:00:00Z", "2026-11-02T04:00:00Z", time.Hour},
	}
	f := NewFrame(Of(SpendMicros), "USD")
	for _, tt := range tests {
		buckets := Range{tt.day, tt.day}.HourBuckets(f, ads.Freshness{}, zoneOf(t, tt.zone))
		first, last := buckets[0], buckets[len(buckets)-1]
		if len(buckets) != tt.hours || first.StartAt.Format(time.RFC3339) != tt.first || last.StartAt.Format(time.RFC3339) != tt.last || last.EndAt.Sub(last.StartAt) != tt.length {
			t.Errorf("%s: %d hours from %s, the last one from %s to %s", tt.name, len(buckets), first.StartAt, last.StartAt, last.EndAt)
		}
		for _, b := range buckets {
			if b.Start != tt.day || b.End != tt.day {
				t.Errorf("%s: the hour from %s is of %s to %s", tt.name, b.StartAt, b.Start, b.End)
			}
		}
	}
}

// TestDaysOfOtherLengths checks the instants of days on which clocks change.
func TestDaysOfOtherLengths(t *testing.T) {
	t.Parallel()
	f := NewFrame(Of(SpendMicros), "USD")
	for _, tt := range []struct {
		zone   string
		days   Range
		g      Granularity
		length time.Duration // of the first bucket
	}{
		{"America/New_York", Range{"2026-03-08", "2026-03-09"}, Daily, 23 * time.Hour},
		{"Europe/Berlin", Range{"2026-10-25", "2026-10-26"}, Daily, 25 * time.Hour},
		{"Australia/Lord_Howe", Range{"2026-10-04", "2026-10-05"}, Daily, 23*time.Hour + 30*time.Minute},
		{"America/New_York", Range{"2026-03-02", "2026-03-09"}, Weekly, 7*24*time.Hour - time.Hour},
		{"America/New_York", Range{"2026-11-01", "2026-11-30"}, Monthly, 30*24*time.Hour + time.Hour},
	} {
		buckets, _ := tt.days.Buckets(tt.g, f, ads.Freshness{}, zoneOf(t, tt.zone))
		if got := buckets[0].EndAt.Sub(buckets[0].StartAt); got != tt.length {
			t.Errorf("%s from %s in %s: %s, want %s", tt.g, tt.days.From, tt.zone, got, tt.length)
		}
	}
}

// TestBucketsCoverTheRange takes random zones, ranges and granularities:
// buckets follow one another without gaps from the start of the first day to
// that of the day after the last, and each begins on the day that it says.
func TestBucketsCoverTheRange(t *testing.T) {
	t.Parallel()
	zones := []string{
		"UTC", "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo", "America/Havana", "America/Santiago",
		"Atlantic/Azores", "Europe/Berlin", "Europe/London", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu",
		"Asia/Gaza", "Australia/Lord_Howe", "Australia/Eucla", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Apia", "Antarctica/Troll",
	}
	const seed = 11
	f := NewFrame(Of(SpendMicros), "USD")
	for i := range 4000 {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		name := zones[r.IntN(len(zones))]
		zone := zoneOf(t, name)
		from := ads.Day("2000-01-01").Add(r.IntN(30 * 365))
		days := Range{from, from.Add(r.IntN(60))}
		g := []Granularity{Hourly, Daily, Weekly, Monthly}[r.IntN(4)]
		asOf := days.From.Start(zone).Add(time.Duration(r.IntN(90*24)-5*24) * time.Hour / 2)
		freshness := ads.Freshness{DataAsOf: &asOf}
		var buckets []Bucket
		if g == Hourly {
			buckets = days.HourBuckets(f, freshness, zone)
		} else {
			buckets, _ = days.Buckets(g, f, freshness, zone)
		}
		fail := func(b Bucket, what string) {
			t.Helper()
			t.Fatalf("seed %d, %d: %s of %s to %s in %s: the step from %s to %s %s", seed, i, g, days.From, days.To, name, b.StartAt, b.EndAt, what)
		}
		at := days.From.Start(zone)
		for _, b := range buckets {
			switch {
			case !b.StartAt.Equal(at):
				fail(b, fmt.Sprintf("does not begin where the one before ends, at %s", at))
			case b.EndAt.Before(b.StartAt), g != Daily && b.EndAt.Equal(b.StartAt): // Apia left a day out
				fail(b, "has no length")
			case g == Hourly && b.EndAt.Sub(b.StartAt) > time.Hour:
				fail(b, "is longer than an hour")
			case b.EndAt.After(b.StartAt) && (ads.DayOf(b.StartAt, zone) != b.Start || ads.DayOf(b.EndAt.Add(-1), zone) > b.End):
				fail(b, fmt.Sprintf("is not of %s to %s", b.Start, b.End))
			case b.IsPartial != b.EndAt.After(asOf) || b.IsMissing != !b.StartAt.Before(asOf):
				fail(b, fmt.Sprintf("is partial: %t, missing: %t, with data up to %s", b.IsPartial, b.IsMissing, asOf))
			}
			at = b.EndAt
		}
		if end := days.To.Add(1).Start(zone); !at.Equal(end) {
			t.Fatalf("seed %d, %d: %s of %s to %s in %s ends at %s, want %s", seed, i, g, days.From, days.To, name, at, end)
		}
		if g != Hourly { // as days are counted
			for _, b := range buckets {
				if b.EndAt.After(b.StartAt) && b.IsPartial != (b.End >= firstPartial(freshness, zone)) {
					fail(b, "is partial by the instant and not by the day, or the reverse")
				}
			}
		}
	}
}

func TestWithoutDataEveryStepIsMissing(t *testing.T) {
	t.Parallel()
	for _, b := range (Range{"2026-06-17", "2026-06-17"}).HourBuckets(NewFrame(Of(SpendMicros), "USD"), ads.Freshness{}, time.UTC) {
		if !b.IsMissing || !b.IsPartial {
			t.Errorf("%+v", b)
		}
	}
}

func TestCheckHourly(t *testing.T) {
	t.Parallel()
	const today = ads.Day("2026-06-17")
	for _, tt := range []struct {
		days Range
		code fault.Code
		says string
	}{
		{Range{"2026-06-17", "2026-06-17"}, "", ""},
		{Range{"2026-06-10", "2026-06-12"}, "", ""},
		{Range{"2026-06-17", "2026-06-19"}, "", ""},
		{Range{"2026-06-09", "2026-06-11"}, fault.BeyondRetention, "2026-06-10"},
		{Range{"2026-06-14", "2026-06-17"}, fault.TooLarge, "at most 3"},
	} {
		err := tt.days.CheckHourly(today)
		if fault.CodeOf(err) != tt.code || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%v: %v, want %q", tt.days, err, tt.code)
		}
	}
}

// TestHoursHaveDeliveryMetrics asks for each metric by the hour.
func TestHoursHaveDeliveryMetrics(t *testing.T) {
	t.Parallel()
	catalogue, refused := Catalogue(), 0
	for i := range catalogue {
		m := &catalogue[i]
		err := Hourly.Check([]*Metric{m})
		if want := m.Attributed || m.Kind == KindNonAdditive || m.Kind == KindNonAdditiveRatio; (err != nil) != want {
			t.Errorf("%s: %v", m.Name, err)
		}
		if err != nil {
			refused++
			if fault.CodeOf(err) != fault.Unsupported || !strings.Contains(err.Error(), string(m.Name)) {
				t.Errorf("%s: %v", m.Name, err)
			}
		}
		if err := Daily.Check([]*Metric{m}); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
	if refused != 12 {
		t.Errorf("%d metrics have no hours", refused)
	}
	var chosen []*Metric
	for _, n := range []Name{NameSpend, NameReach, NameROAS, NameCheckouts} {
		m, _ := ByName(n)
		chosen = append(chosen, m)
	}
	const want = "A series by HOUR has delivery metrics only. Known by DAY, WEEK and MONTH only: ROAS and CHECKOUTS; for whole ranges only: REACH."
	if err := Hourly.Check(chosen); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

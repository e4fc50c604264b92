package metrics

import (
	"math"
	"slices"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

func TestDatesResolve(t *testing.T) {
	t.Parallel()
	const today = ads.Day("2026-03-01") // a Sunday, the first of a month
	tests := []struct {
		name  string
		dates Dates
		want  Range
		code  fault.Code
	}{
		{"Today", Dates{Preset: Today}, Range{"2026-03-01", "2026-03-01"}, ""},
		{"Yesterday", Dates{Preset: Yesterday}, Range{"2026-02-28", "2026-02-28"}, ""},
		{"Last7EndsYesterday", Dates{Preset: Last7Days}, Range{"2026-02-22", "2026-02-28"}, ""},
		{"Last14", Dates{Preset: Last14Days}, Range{"2026-02-15", "2026-02-28"}, ""},
		{"Last30", Dates{Preset: Last30Days}, Range{"2026-01-30", "2026-02-28"}, ""},
		{"ThisMonth", Dates{Preset: ThisMonth}, Range{"2026-03-01", "2026-03-01"}, ""},
		{"LastMonth", Dates{Preset: LastMonth}, Range{"2026-02-01", "2026-02-28"}, ""},
		{"Custom", Dates{From: "2026-02-01", To: "2026-02-01"}, Range{"2026-02-01", "2026-02-01"}, ""},
		{"LongestAllowed", Dates{From: "2025-02-28", To: "2026-02-28"}, Range{"2025-02-28", "2026-02-28"}, ""},
		{"TooLong", Dates{From: "2025-02-27", To: "2026-02-28"}, Range{}, fault.TooLarge},
		{"Inverted", Dates{From: "2026-02-02", To: "2026-02-01"}, Range{}, fault.Invalid},
		{"Nothing", Dates{}, Range{}, fault.Invalid},
		{"Half", Dates{From: "2026-02-02"}, Range{}, fault.Invalid},
		{"Both", Dates{Preset: Today, From: "2026-02-02", To: "2026-02-02"}, Range{}, fault.Invalid},
	}
	for _, tt := range tests {
		got, err := tt.dates.Resolve(today)
		if got != tt.want || fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, %v, want %v, %q", tt.name, got, err, tt.want, tt.code)
		}
	}
}

func TestWindowComparesAsManyDays(t *testing.T) {
	t.Parallel()
	r := Range{"2026-03-01", "2026-03-31"}
	if got, want := r.Window(PreviousPeriod).Previous, (Range{"2026-01-29", "2026-02-28"}); got != want {
		t.Errorf("previous period = %v, want %v", got, want)
	}
	last := r.Window(SameWeekdaysLastYear).Previous
	if last != (Range{"2025-03-02", "2025-04-01"}) {
		t.Errorf("same weekdays last year = %v", last)
	}
	if r.From.Week().Sub(r.From) != last.From.Week().Sub(last.From) {
		t.Error("the weekdays differ")
	}
	if r.Window(NoComparison).Compares() {
		t.Error("no comparison compares")
	}
}

func TestBucketsHaveNoGaps(t *testing.T) {
	t.Parallel()
	asOf := time.Date(2026, 6, 17, 12, 0, 0, 0, time.UTC)
	f := NewFrame(Of(SpendMicros, People), "USD")
	for g, starts := range map[Granularity][]ads.Day{
		Daily:   {"2026-05-28", "2026-05-29", "2026-05-30", "2026-05-31", "2026-06-01", "2026-06-02"},
		Weekly:  {"2026-05-28", "2026-06-01"},
		Monthly: {"2026-05-28", "2026-06-01"},
	} {
		buckets, ofDay := Range{"2026-05-28", "2026-06-02"}.Buckets(g, f, ads.Freshness{DataAsOf: &asOf}, time.UTC)
		var got []ads.Day
		for i, b := range buckets {
			got = append(got, b.Start)
			if i > 0 && buckets[i-1].End.Add(1) != b.Start {
				t.Errorf("%s: a gap before %s", g, b.Start)
			}
			if b.Values.Spend().Micros != 0 || b.Values.Reach() != nil {
				t.Errorf("%s: an empty bucket holds %v", g, b.Values.Sums)
			}
		}
		if !slices.Equal(got, starts) || buckets[len(buckets)-1].End != "2026-06-02" || len(ofDay) != 6 || ofDay[5] != len(starts)-1 {
			t.Errorf("%s: starts %v, want %v, days %v", g, got, starts, ofDay)
		}
	}
}

func TestPartial(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2026, 6, 17, 5, 0, 0, 0, time.UTC) // still the 16th there
	f := ads.Freshness{DataAsOf: &asOf}
	if got := firstPartial(f, zone); got != "2026-06-16" {
		t.Errorf("the first partial day is %s, want the one that the data ends in", got)
	}
	if got := firstPartial(ads.Freshness{}, zone); got > "2020-01-01" {
		t.Errorf("without data the first partial day is %s, want any", got)
	}
}

// TestCatalogue checks that every metric can be worked out from its measures
// and from nothing else.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	for _, m := range Catalogue() {
		if m.Bases() == 0 || m.Field == "" || m.Title == "" || m.Description == "" {
			t.Errorf("%s is not complete: %+v", m.Name, m)
		}
		f := NewFrame(m.Bases(), "USD")
		v := f.Zero()
		if m.Kind != KindAdditive { // nothing divided by nothing, people nobody counted
			if n, ok := v.Int(&m); ok {
				t.Errorf("%s of nothing is %d", m.Name, n)
			}
			continue
		}
		if n, ok := v.Int(&m); !ok || n != 0 {
			t.Errorf("%s of nothing is %d, %v", m.Name, n, ok)
		}
		for i := range v.Sums {
			v.Sums[i] = 7
		}
		if n, _ := v.Int(&m); n != 7*int64(len(m.Sum)) {
			t.Errorf("%s of sevens is %d", m.Name, n)
		}
	}
}

func TestRatiosComeFromSums(t *testing.T) {
	t.Parallel()
	f := NewFrame(Of(SpendMicros, ImpressionsPaid, ImpressionsEarned, ClicksPaid, ClicksEarned), "USD")
	v := Values{f, []int64{1_000_001, 900, 100, 3, 1}}
	if got := *v.CTR(); got != 0.004 {
		t.Errorf("ctr = %v, want 0.004", got)
	}
	if got := v.CPC().Micros; got != 250_000 { // 250,000.25 rounds down
		t.Errorf("cpc = %d", got)
	}
	if got := v.CPM().Micros; got != 1_111_112 { // 1,111,112.2
		t.Errorf("cpm = %d", got)
	}
	v.Sums = []int64{3, 0, 0, 2, 0}
	if got := v.CPC().Micros; got != 2 { // 1.5 rounds up
		t.Errorf("half a micro rounds to %d, want 2", got)
	}
	if v.CTR() != nil || v.CPM() != nil {
		t.Error("a ratio without denominator has a value")
	}
	v.Sums = []int64{math.MaxInt64, 1, 0, 1, 0}
	if got := v.CPM().Micros; got != math.MaxInt64 {
		t.Errorf("cpm of everything = %d", got)
	}
	v.Sums = []int64{math.MaxInt64 / 2, 1_000_000, 0, 1, 0} // the product needs more than 64 bits
	if got := v.CPM().Micros; got != 4_611_686_018_427_388 {
		t.Errorf("cpm over 64 bits = %d", got)
	}
}

func TestAttributionCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		click, engagement, view int
		ok                      bool
	}{{30, 30, 1, true}, {30, 60, 1, true}, {1, 1, 1, true}, {60, 60, 60, true}, {1, 30, 1, false}, {0, 0, 0, false}, {14, 14, 1, false}, {7, 7, 30, false}, {-1, 1, 1, false}} {
		err := Attribution{tt.click, tt.engagement, tt.view, AdAction}.Check()
		if (err == nil) != tt.ok || err != nil && fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%d/%d/%d: %v", tt.click, tt.engagement, tt.view, err)
		}
	}
	if err := DefaultAttribution().Check(); err != nil {
		t.Error(err)
	}
}

package metrics

import (
	"testing"

	"adsgraph/internal/ads"
)

func TestLabels(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		dimension   Dimension
		value, want string
	}{
		{ByAge, "25-34", "25–34"},
		{ByAge, "65+", "65+"},
		{ByGender, "female", "Women"},
		{ByGender, "other", "other"},
		{ByCountry, "DE", "Germany"},
		{ByCountry, "nowhere", "nowhere"},
		{ByRegion, "US-CA", "California"},
		{ByRegion, "AT-9", "9, Austria"},
		{ByRegion, "somewhere", "somewhere"},
		{ByDevice, "iphone", "iPhone"},
		{ByPlacement, "BROWSE", "Browse"},
		{ByCreativeType, "MAX_VIDEO", "Max video"},
		{ByCreativeType, "", ""},
		{ByObjective, "WEB_CONVERSION", "Web conversion"},
		{ByKeyword, "rain jacket", "rain jacket"},
		{ByDay, "2026-06-01", "2026-06-01"},
	} {
		if got := c.dimension.Label(c.value); got != c.want {
			t.Errorf("%s %q is called %q, want %q", c.dimension, c.value, got, c.want)
		}
	}
}

// TestDaysInBothRanges breaks a year down that is compared with the same
// weekdays of the year before: two days lie in both ranges.
func TestDaysInBothRanges(t *testing.T) {
	t.Parallel()
	w := Range{"2025-06-01", "2026-06-01"}.Window(SameWeekdaysLastYear)
	r := &Report{Advertiser: &ads.Advertiser{Currency: "USD"}, Window: w}
	measures := Of(SpendMicros)
	days := []Day{{Offset: 0, Sums: []int64{5}}, {Offset: -364, Sums: []int64{2}}, {Offset: 364, Sums: []int64{1}}}
	b := r.Breakdown(BreakdownBy(ByDay), r.PartsByDay(days, measures, 2, BreakdownOrder{NameSpend, true}))
	if w.Days() != 366 || b.Rows[0].Value != "2025-06-01" || b.Rows[0].Values.Sums[0] != 5 || b.Rows[0].Previous.Sums[0] != 2 ||
		b.Rows[1].Value != "2026-05-31" || b.Rows[1].Previous.Sums[0] != 5 || b.Total.Sums[0] != 6 || b.PreviousTotal.Sums[0] != 7 || b.PreviousRemainder.Sums[0] != 0 {
		t.Errorf("got %+v", b)
	}
}

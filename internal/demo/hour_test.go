package demo

import (
	"testing"
	"time"
)

// TestHoursAddUpToDays compares the hours of the last days with the days, in a
// week on which no clocks change and in two on which some do.
func TestHoursAddUpToDays(t *testing.T) {
	t.Parallel()
	type key struct {
		ad  int64
		day string
	}
	check := func(a *Account, f Facts) (rows int) {
		from, pins := a.calendar.text(a.calendar.today-hourDays+1), map[int64]int64{}
		for _, x := range a.Ads {
			pins[x.ID] = x.PinID
		}
		sums := map[key]Measures{}
		for i, h := range f.AdHours {
			day, m := h.Hour.In(a.calendar.zone).Format(time.DateOnly), h.Measures
			if h.Measures == (Measures{}) || day < from || !h.Hour.Before(a.calendar.dataAsOf) || h.PinID != pins[h.AdID] {
				t.Fatalf("unfit hour: %+v", h)
			}
			if i > 0 && f.AdHours[i-1].AdID == h.AdID && !h.Hour.After(f.AdHours[i-1].Hour) {
				t.Fatalf("ad %d: %s is out of order", h.AdID, h.Hour)
			}
			if m.SpendMicros < 0 || m.SpendMicros > 0 && m.ImpressionsPaid == 0 || m.ClicksPaid > m.ImpressionsPaid || m.OutboundClicksPaid > m.ClicksPaid ||
				m.ClicksEarned > m.ImpressionsEarned || m.EngagementsPaid < m.ClicksPaid+m.SavesPaid || m.VideoStarts > m.ImpressionsPaid ||
				m.VideoP100 > m.VideoP25 || m.VideoP25 > m.VideoStarts || m.VideoP100 < 0 || m.Leads > m.ClicksPaid {
				t.Fatalf("ad %d at %s: %+v", h.AdID, h.Hour, m)
			}
			k := key{h.AdID, day}
			zero, sum := Measures{}, sums[k]
			negative := zero.minus(&m)
			sums[k] = sum.minus(&negative)
			rows++
		}
		for _, d := range f.AdDays {
			k := key{d.AdID, d.Day}
			if d.Day >= from && sums[k] != d.delivered() {
				t.Fatalf("ad %d on %s: %+v, its hours add up to %+v", d.AdID, d.Day, d.delivered(), sums[k])
			}
			delete(sums, k)
		}
		if len(sums) > 0 {
			t.Fatalf("advertiser %d has hours without days: %v", a.Advertiser.ID, sums)
		}
		return rows
	}
	w, rows := smallWorld(t), 0
	for i, a := range w.accounts {
		rows += check(a, w.facts[i])
	}
	for _, at := range []time.Time{time.Date(2026, 3, 31, 2, 0, 0, 0, time.UTC), time.Date(2026, 11, 1, 23, 0, 0, 0, time.UTC)} {
		g, err := New(Options{Seed: 3, Size: Small, AsOf: at})
		if err != nil {
			t.Fatal(err)
		}
		for i := 2; i < g.Advertisers(); i += 3 {
			a, err := g.Account(i)
			if err != nil {
				t.Fatal(err)
			}
			rows += check(a, factsOf(a))
		}
	}
	if rows < 10_000 {
		t.Errorf("only %d hours", rows)
	}
}

// TestHoursHaveAShape checks that more happens in the evening than at night.
func TestHoursHaveAShape(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	var seen [24]int64
	for i, a := range w.accounts {
		for _, h := range w.facts[i].AdHours {
			if at := h.Hour.In(a.calendar.zone); at.Format(time.DateOnly) < a.calendar.text(a.calendar.today-1) {
				seen[at.Hour()] += h.ImpressionsPaid
			}
		}
	}
	if seen[20] < 5*seen[4] || seen[12] < 2*seen[4] || seen[20] < seen[12] || seen[4] == 0 {
		t.Errorf("impressions by hour of the day: %v", seen)
	}
}

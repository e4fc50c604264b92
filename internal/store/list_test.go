package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// advertisers returns some of the demo's advertisers.
func advertisers(t *testing.T, s *store.Store, ids ...int64) []*ads.Advertiser {
	t.Helper()
	found, err := s.Advertisers(t.Context(), owner, ids)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]*ads.Advertiser, len(ids))
	for i, id := range ids {
		if list[i] = found[id]; list[i] == nil {
			t.Fatalf("there is no advertiser %d", id)
		}
	}
	return list
}

// everyMeasure is all measures that add up.
func everyMeasure() metrics.Set {
	var set metrics.Set
	for b := range metrics.People {
		set |= metrics.Of(b)
	}
	return set
}

// pages reads all pages of a list and returns the rows and the last listing.
func pages(t *testing.T, s *store.Store, key store.ListKey) ([]store.Row, *store.Listing) {
	t.Helper()
	var rows []store.Row
	list := *key.List
	for {
		l := list
		key.List = &l
		listings, errs := s.Lists(t.Context(), []store.ListKey{key})
		if errs[0] != nil {
			t.Fatal(errs[0])
		}
		rows = append(rows, listings[0].Rows...)
		if !listings[0].HasNext {
			return rows, listings[0]
		}
		list.After = rows[len(rows)-1].Position.String()
	}
}

// TestTotalsEqualPages checks, for random filters, that the totals of a list
// are the sums of all its pages, and its count the number of rows.
func TestTotalsEqualPages(t *testing.T) {
	t.Parallel()
	filters, seed := pgtest.Rounds(1000, 40), uint64(11)
	s := pgtest.OpenDSN(t, pgtest.Demo(t, "medium"))
	ids := []int64{whale}
	for a := int64(1); a <= 60; a++ {
		ids = append(ids, a)
	}
	accounts := advertisers(t, s, ids...)
	some, rowsSeen := 0, 0
	for i := range filters {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		a := accounts[r.IntN(len(accounts))]
		l := randomList(r)
		if i%50 == 0 {
			a, l.Level = accounts[0], ads.LevelCampaign
		} else if a.ID == whale { // its ads have too many pages for a test
			a = accounts[1]
		}
		window := randomWindow(r, ads.DayOf(pgtest.Present, a.Zone))
		rows, last := pages(t, s, store.ListKey{Advertiser: a, Parent: a.ID, Window: window, List: l})
		if last.Count != len(rows) {
			t.Fatalf("filter %d of seed %d, advertiser %d: count %d, but %d rows\n%+v", i, seed, a.ID, last.Count, len(rows), *l)
		}
		for _, side := range []struct {
			name  string
			total []int64
			of    func(store.Row) []int64
		}{
			{"total", last.Totals.Total.Sums, func(r store.Row) []int64 { return r.Metrics.Total.Sums }},
			{"previous", last.Totals.Previous.Sums, func(r store.Row) []int64 { return r.Metrics.Previous.Sums }},
		} {
			sums := make([]int64, len(side.total))
			for _, row := range rows {
				for j, n := range side.of(row) {
					sums[j] += n
				}
			}
			if !slices.Equal(sums, side.total) {
				t.Fatalf("filter %d of seed %d, advertiser %d, %s: rows add up to\n%v, totals are\n%v\n%+v", i, seed, a.ID, side.name, sums, side.total, *l)
			}
		}
		if rowsSeen += len(rows); len(rows) > 0 {
			some++
		}
	}
	t.Logf("seed %d: %d filters, %d with rows, %d rows", seed, filters, some, rowsSeen)
	if some < filters/4 {
		t.Error("the filters match too little to prove anything")
	}
}

// randomList returns a list at a random level with a random filter and order.
func randomList(r *rand.Rand) *store.List {
	l := &store.List{
		Level: ads.LevelCampaign, Under: ads.LevelAdvertiser, First: 200, Page: true, Next: true, Count: true, Sums: true,
		Current: everyMeasure(), Prior: everyMeasure(), Columns: store.DeliveryOnly,
	}
	if r.IntN(4) == 0 {
		l.Level = []ads.Level{ads.LevelAdGroup, ads.LevelAd}[r.IntN(2)]
	}
	names := metrics.Catalogue()
	l.Order = store.Order{Metric: names[r.IntN(len(names))].Name, Descending: r.IntN(2) == 0}
	if r.IntN(3) == 0 {
		l.Order = store.Order{Field: []string{"ID", "NAME", "STATUS", "CREATED_AT"}[r.IntN(4)], Descending: r.IntN(2) == 0}
	}
	f := &l.Filter
	if r.IntN(2) == 0 {
		statuses := []ads.EntityStatus{ads.StatusActive, ads.StatusPaused, ads.StatusArchived, ads.StatusDraft}
		f.Status = statuses[:1+r.IntN(4)]
	}
	if r.IntN(4) == 0 {
		f.Delivery = []ads.DeliveryStatus{ads.DeliveryRunning, ads.DeliveryCompleted, ads.DeliveryPaused}[:1+r.IntN(3)]
	}
	if r.IntN(4) == 0 {
		f.NameContains = []string{"a", "su", "2", "–", "é"}[r.IntN(5)]
	}
	if r.IntN(4) == 0 && l.Level == ads.LevelCampaign {
		f.Objective = []ads.CampaignObjective{"CONSIDERATION", "AWARENESS", "CATALOG_SALES"}[:1+r.IntN(3)]
	}
	for range r.IntN(3) {
		m := names[r.IntN(len(names))]
		low, high := r.Float64()*float64([]int{1, 100, 10000}[r.IntN(3)]), 1e9
		t := metrics.Threshold{Metric: m.Name, Min: &low}
		if r.IntN(2) == 0 {
			t = metrics.Threshold{Metric: m.Name, Max: &low}
		} else if r.IntN(2) == 0 {
			t.Max = &high
		}
		f.Metrics = append(f.Metrics, t)
	}
	return l
}

func randomWindow(r *rand.Rand, today ads.Day) metrics.Window {
	to := today.Add(-r.IntN(60))
	w := metrics.Range{From: to.Add(-r.IntN(45)), To: to}
	return w.Window([]metrics.Comparison{metrics.PreviousPeriod, metrics.SameWeekdaysLastYear}[r.IntN(2)])
}

// TestPagingVisitsEachOnce pages through the whale's campaigns by every metric
// in both directions: each campaign comes once, in order.
func TestPagingVisitsEachOnce(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, pgtest.Demo(t, "medium"))
	a := advertisers(t, s, whale)[0]
	last30, err := metrics.Dates{Preset: metrics.Last30Days}.Resolve(ads.DayOf(pgtest.Present, a.Zone))
	if err != nil {
		t.Fatal(err)
	}
	names := metrics.Catalogue()
	if testing.Short() {
		names = names[:4]
	}
	for _, m := range names {
		for _, descending := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%v", m.Name, descending), func(t *testing.T) {
				t.Parallel()
				l := &store.List{
					Level: ads.LevelCampaign, Under: ads.LevelAdvertiser, First: 413, Page: true, Next: true,
					Order: store.Order{Metric: m.Name, Descending: descending}, Current: m.Bases(),
				}
				rows, _ := pages(t, s, store.ListKey{Advertiser: a, Parent: a.ID, Window: last30.Window(metrics.NoComparison), List: l})
				seen := map[int64]bool{}
				for i, row := range rows {
					if seen[row.ID()] {
						t.Fatalf("campaign %d comes twice", row.ID())
					}
					seen[row.ID()] = true
					if i > 0 && !inOrder(m, rows[i-1], row, descending) {
						t.Fatalf("rows %d and %d are out of order: %+v, %+v", i-1, i, rows[i-1], row)
					}
				}
				if len(seen) != 2000 {
					t.Errorf("visited %d campaigns, want 2000", len(seen))
				}
			})
		}
	}
}

// inOrder tells whether b may follow a, by the metric as it is shown: rows
// without a value last, ties by id.
func inOrder(m metrics.Metric, a, b store.Row, descending bool) bool {
	value := func(r store.Row) (float64, bool) {
		if m.Numerator != "" {
			return r.Metrics.Total.Float(&m)
		}
		n, ok := r.Metrics.Total.Int(&m)
		return float64(n), ok
	}
	va, oka := value(a)
	vb, okb := value(b)
	if descending {
		va, vb = -va, -vb
	}
	switch {
	case oka != okb:
		return oka
	case oka && va != vb:
		return va < vb
	}
	return (a.ID() < b.ID()) != descending
}

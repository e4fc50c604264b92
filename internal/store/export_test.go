package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// exported is what an export handed over.
type exported struct {
	entities        int
	total, previous metrics.Values
	rows            []store.ExportRow
}

func export(t *testing.T, s *store.Store, e *store.Export) exported {
	t.Helper()
	x := exported{entities: -1}
	err := s.Export(t.Context(), e, func(entities int, total, previous metrics.Values) error {
		x.entities, x.total, x.previous = entities, total, previous
		return nil
	}, func(r *store.ExportRow) error {
		row := *r
		row.Total.Sums, row.Previous.Sums = slices.Clone(r.Total.Sums), slices.Clone(r.Previous.Sums)
		x.rows = append(x.rows, row)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestExportEqualsPages checks, for random lists, that an export has the rows
// of all pages in their order, with their numbers, and the totals of the list.
func TestExportEqualsPages(t *testing.T) {
	t.Parallel()
	lists, seed := pgtest.Rounds(600, 60), uint64(5)
	s := pgtest.OpenDSN(t, pgtest.Demo(t, "small"))
	var ids []int64
	for a := int64(1); a <= 20; a++ {
		ids = append(ids, a)
	}
	accounts, rowsSeen := advertisers(t, s, ids...), 0
	for i := range lists {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		l, a := randomList(r), accounts[r.IntN(len(accounts))]
		if i%2 == 0 { // random filters leave little
			l.Filter = store.Filter{Status: l.Filter.Status}
			l.Level = []ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd}[r.IntN(3)]
		}
		if r.IntN(4) == 0 {
			l.Current |= metrics.Of(metrics.People)
			l.Prior |= metrics.Of(metrics.People)
		}
		key := store.ListKey{Advertiser: a, Parent: a.ID, Window: randomWindow(r, ads.DayOf(pgtest.Present, a.Zone)), List: l}
		if r.IntN(3) == 0 {
			key.Window.Attribution = metrics.Attribution{ClickWindowDays: 7, EngagementWindowDays: 7, ViewWindowDays: 1, ReportTime: metrics.Conversion}
		}
		what := fmt.Sprintf("list %d of seed %d, advertiser %d: %+v", i, seed, a.ID, *l)
		want, last := pages(t, s, key)
		got := export(t, s, &store.Export{Of: key, Ancestors: true})
		if got.entities != last.Count || len(got.rows) != len(want) {
			t.Fatalf("%d rows and a count of %d, want %d\n%s", len(got.rows), got.entities, last.Count, what)
		}
		if !slices.Equal(got.total.Sums, last.Totals.Total.Sums) || !slices.Equal(got.previous.Sums, last.Totals.Previous.Sums) {
			t.Fatalf("totals %v, %v, want %v, %v\n%s", got.total.Sums, got.previous.Sums, last.Totals.Total.Sums, last.Totals.Previous.Sums, what)
		}
		for i, row := range got.rows {
			if m := want[i].Metrics; row.ID != want[i].ID() || !slices.Equal(row.Total.Sums, m.Total.Sums) || !slices.Equal(row.Previous.Sums, m.Previous.Sums) {
				t.Fatalf("row %d is %+v, want %+v %+v\n%s", i, row, want[i], m, what)
			}
			if (row.Campaign == "") != (l.Level == ads.LevelCampaign) || (row.AdGroup == "") != (l.Level != ads.LevelAd) {
				t.Fatalf("row %d lies below %q and %q\n%s", i, row.Campaign, row.AdGroup, what)
			}
		}
		rowsSeen += len(want)
	}
	t.Logf("seed %d: %d lists, %d rows", seed, lists, rowsSeen)
	if rowsSeen < 5*lists {
		t.Error("the lists match too little to prove anything")
	}
}

// TestExportSteps checks that the steps of a row are those of its series: all
// of them if asked for, otherwise those on which something happened.
func TestExportSteps(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, pgtest.Demo(t, "small"))
	accounts, seen := advertisers(t, s, 1, 2, 3, 4, 5), 0
	for i := range 60 {
		r := rand.New(rand.NewPCG(9, uint64(i)))
		l, a := randomList(r), accounts[r.IntN(len(accounts))]
		l.Prior, l.Current = 0, metrics.Of(metrics.SpendMicros, metrics.ClicksPaid, metrics.Checkouts, metrics.People)
		key := store.ListKey{Advertiser: a, Parent: a.ID, List: l}
		key.Window = metrics.Window{Range: randomWindow(r, ads.DayOf(pgtest.Present, a.Zone)).Range, Attribution: metrics.DefaultAttribution()}
		if r.IntN(3) == 0 {
			key.Window.Attribution = metrics.Attribution{ClickWindowDays: 1, EngagementWindowDays: 1, ViewWindowDays: 1, ReportTime: metrics.Conversion}
		}
		steps := []metrics.Granularity{metrics.Daily, metrics.Weekly, metrics.Monthly}[r.IntN(3)]
		e := &store.Export{Of: key, Steps: steps, EmptySteps: r.IntN(2) == 0}
		got := export(t, s, e)
		rows, _ := pages(t, s, key)
		var want []string
		for _, row := range rows {
			series, measures, err := s.Series(t.Context(), []store.SeriesKey{{Advertiser: a, Level: l.Level, ID: row.ID(), Window: key.Window, Measures: l.Current}})
			if err != nil {
				t.Fatal(err)
			}
			buckets, ofDay := key.Window.Buckets(steps, metrics.NewFrame(measures|metrics.Of(metrics.People), a.Currency), a.Freshness, a.Zone)
			for _, day := range series[0] {
				for j, n := range day.Sums {
					buckets[ofDay[day.Offset]].Values.Sums[j] += n
				}
			}
			for _, b := range buckets {
				if e.EmptySteps || slices.Max(b.Values.Sums) > 0 {
					want = append(want, fmt.Sprint(row.ID(), b.Start, b.Values.Sums))
				}
			}
		}
		var have []string
		for _, row := range got.rows {
			have = append(have, fmt.Sprint(row.ID, row.Step, row.Total.Sums))
		}
		if !slices.Equal(have, want) {
			t.Fatalf("list %d: steps\n%v, want\n%v", i, have, want)
		}
		seen += len(want)
	}
	if seen < 1000 {
		t.Errorf("%d steps are too few to prove anything", seen)
	}
}

// TestExportStops ends an export from within: what was returned comes back, and
// the connection serves again.
func TestExportStops(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, pgtest.Demo(t, "small"))
	a := advertisers(t, s, 1)[0]
	e := &store.Export{Of: store.ListKey{Advertiser: a, Parent: a.ID, List: &store.List{Level: ads.LevelAd, Under: ads.LevelAdvertiser, Order: store.Order{Field: "ID"}}}}
	none := func(int, metrics.Values, metrics.Values) error { return nil }
	stop := errors.New("stop")
	for range 40 { // more than there are connections
		if err := s.Export(t.Context(), e, none, func(*store.ExportRow) error { return stop }); !errors.Is(err, stop) {
			t.Fatalf("got %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	rows := 0
	err := s.Export(ctx, e, none, func(*store.ExportRow) error {
		if rows++; rows == 2 {
			cancel()
		}
		return nil
	})
	if err != nil && fault.CodeOf(err) != fault.Unavailable { // so few rows may all have arrived
		t.Errorf("a cancelled export: %v", err)
	}
	if got := export(t, s, e); len(got.rows) != got.entities || got.entities < 10 {
		t.Errorf("afterwards: %d rows of %d", len(got.rows), got.entities)
	}
}

package store_test

import (
	"math/rand/v2"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestAttribution compares the conversions of random accounts, ranges and
// attributions with a plain sum over the raw rows: per campaign, in the totals
// of the list, of the account, and day by day.
func TestAttribution(t *testing.T) {
	t.Parallel()
	const seed = 5
	requests := 300
	if testing.Short() {
		requests = 40
	}
	dsn := pgtest.Demo(t, "small")
	s, db := pgtest.OpenDSN(t, dsn), pgtest.DB(t, dsn)
	accounts := advertisers(t, s, 1, 2, 3, 4, 5, 8)
	type conversion struct {
		Campaign    int64
		Day         string
		Lag         int
		Event       string
		Action      string
		Conversions int64
		Value       int64
	}
	raw := map[int64][]conversion{}
	for _, a := range accounts {
		var rows []conversion
		if err := db.Select(&rows, `SELECT campaign_id AS campaign, action_day::text AS day, lag_days AS lag, event, credited_action AS action, conversions, value_micros AS value
		  FROM ad_conversion WHERE advertiser_id = $1`, a.ID); err != nil {
			t.Fatal(err)
		}
		raw[a.ID] = rows
	}
	measures := metrics.Of(metrics.SpendMicros) | metrics.Attributed
	frame := metrics.NewFrame(measures, "")
	triples := [][3]int{{60, 60, 60}, {60, 30, 7}, {30, 60, 1}, {30, 30, 1}, {30, 1, 1}, {7, 7, 7}, {7, 1, 1}, {1, 1, 1}}
	counted := int64(0)
	for i := range requests {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		a := accounts[r.IntN(len(accounts))]
		w := randomWindow(r, ads.DayOf(pgtest.Present, a.Zone))
		triple := triples[r.IntN(len(triples))]
		w.Attribution = metrics.Attribution{ClickWindowDays: triple[0], EngagementWindowDays: triple[1], ViewWindowDays: triple[2], ReportTime: metrics.AdAction}
		if r.IntN(2) == 0 {
			w.Attribution.ReportTime = metrics.Conversion
		}
		// The plain sum: by campaign, then by measure.
		want := map[int64]map[metrics.Base]int64{}
		total := map[metrics.Base]int64{}
		add := func(campaign int64, base metrics.Base, n int64) {
			if want[campaign] == nil {
				want[campaign] = map[metrics.Base]int64{}
			}
			want[campaign][base] += n
			total[base] += n
		}
		for _, c := range raw[a.ID] {
			limit := map[string]int{"CLICK": triple[0], "ENGAGEMENT": triple[1], "VIEW": triple[2]}[c.Action]
			day := ads.Day(c.Day)
			if w.Attribution.ReportTime == metrics.Conversion {
				day = day.Add(c.Lag)
			}
			if c.Lag > limit || day < w.From || day > w.To {
				continue
			}
			add(c.Campaign, metrics.Conversions, c.Conversions)
			switch c.Event {
			case "PAGE_VISIT":
				add(c.Campaign, metrics.PageVisits, c.Conversions)
			case "SIGNUP":
				add(c.Campaign, metrics.Signups, c.Conversions)
			case "ADD_TO_CART":
				add(c.Campaign, metrics.AddToCarts, c.Conversions)
			case "CHECKOUT":
				add(c.Campaign, metrics.Checkouts, c.Conversions)
				add(c.Campaign, metrics.CheckoutValueMicros, c.Value)
			}
		}
		same := func(what string, sums []int64, want map[metrics.Base]int64) {
			t.Helper()
			for j, base := range frame.Bases {
				if metrics.Attributed.Has(base) && sums[j] != want[base] {
					t.Fatalf("request %d of seed %d, advertiser %d, %s, %+v: %s is %d, want %d", i, seed, a.ID, what, w, metrics.DayColumns[base], sums[j], want[base])
				}
			}
		}
		l := &store.List{
			Level: ads.LevelCampaign, Under: ads.LevelAdvertiser, First: 200, Page: true, Count: true, Sums: true, Current: measures, Prior: measures,
			Order: store.Order{Metric: metrics.NameROAS, Descending: true},
		}
		if r.IntN(2) == 0 {
			l.Order = store.Order{Field: "ID"}
			l.Sums = r.IntN(2) == 0
		}
		rows, last := pages(t, s, store.ListKey{Advertiser: a, Parent: a.ID, Window: w, List: l})
		for _, row := range rows {
			same("a campaign", row.Metrics.Total.Sums, want[row.ID()])
		}
		if l.Sums {
			same("the list", last.Totals.Total.Sums, total)
		}
		totals, err := s.Totals(t.Context(), []store.TotalsKey{{Advertiser: a, Level: ads.LevelAdvertiser, ID: a.ID, Window: w, Current: measures}})
		if err != nil {
			t.Fatal(err)
		}
		same("the account", totals[0].Total.Sums, total)
		days, read, err := s.Series(t.Context(), []store.SeriesKey{{Advertiser: a, Level: ads.LevelAdvertiser, ID: a.ID, Window: metrics.Window{Range: w.Range, Attribution: w.Attribution}, Measures: measures}})
		if err != nil || read != measures {
			t.Fatal(err, read)
		}
		sums := make([]int64, len(frame.Bases))
		for _, day := range days[0] {
			for j, n := range day.Sums {
				sums[j] += n
			}
		}
		same("its days", sums, total)
		if totals[0].Total.Sums[0] != sums[0] {
			t.Fatalf("request %d: attribution changed the spend", i)
		}
		counted += total[metrics.Conversions]
	}
	t.Logf("seed %d: %d requests, %d conversions", seed, requests, counted)
	if counted == 0 {
		t.Error("nothing was counted")
	}
}

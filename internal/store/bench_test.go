package store_test

import (
	"os"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// handPage is the whale's campaigns by ROAS, with thresholds, comparison and
// totals, as one statement by hand: what its pages have to be measured against.
const handPage = `
WITH m AS MATERIALIZED (
  SELECT y.campaign_id AS id,
    sum(y.spend_micros) FILTER (WHERE y.day BETWEEN $2 AND $3)::bigint AS c_spend,
    sum(y.impressions_paid + y.impressions_earned) FILTER (WHERE y.day BETWEEN $2 AND $3)::bigint AS c_impressions,
    sum(y.clicks_paid + y.clicks_earned) FILTER (WHERE y.day BETWEEN $2 AND $3)::bigint AS c_clicks,
    sum(y.checkouts) FILTER (WHERE y.day BETWEEN $2 AND $3)::bigint AS c_checkouts,
    sum(y.checkout_value_micros) FILTER (WHERE y.day BETWEEN $2 AND $3)::bigint AS c_value,
    sum(y.spend_micros) FILTER (WHERE y.day BETWEEN $4 AND $5)::bigint AS p_spend,
    sum(y.impressions_paid + y.impressions_earned) FILTER (WHERE y.day BETWEEN $4 AND $5)::bigint AS p_impressions,
    sum(y.clicks_paid + y.clicks_earned) FILTER (WHERE y.day BETWEEN $4 AND $5)::bigint AS p_clicks,
    sum(y.checkouts) FILTER (WHERE y.day BETWEEN $4 AND $5)::bigint AS p_checkouts,
    sum(y.checkout_value_micros) FILTER (WHERE y.day BETWEEN $4 AND $5)::bigint AS p_value
  FROM campaign_day AS y
  WHERE y.advertiser_id = $1 AND y.day BETWEEN $4 AND $3
  GROUP BY y.campaign_id
), f AS MATERIALIZED (
  SELECT m.*, m.c_value::float8 / nullif(m.c_spend, 0) AS roas FROM m
  WHERE m.c_spend >= 1000000 AND m.c_impressions >= 100
), page AS (
  SELECT * FROM f ORDER BY roas DESC NULLS LAST, id DESC LIMIT $6
)
SELECT 0, count(*), 0, '', '', '', sum(c_spend)::bigint, sum(c_impressions)::bigint, sum(c_clicks)::bigint, sum(c_checkouts)::bigint, sum(c_value)::bigint,
  sum(p_spend)::bigint, sum(p_impressions)::bigint, sum(p_clicks)::bigint, sum(p_checkouts)::bigint, sum(p_value)::bigint, NULL::float8 FROM f
UNION ALL
(SELECT 1, 0, c.id, c.name, c.status, c.objective, c_spend, c_impressions, c_clicks, c_checkouts, c_value, p_spend, p_impressions, p_clicks, p_checkouts, p_value, roas
FROM page JOIN campaign AS c ON c.advertiser_id = $1 AND c.id = page.id ORDER BY roas DESC NULLS LAST, c.id DESC)`

// BenchmarkWhalePages reads the first and the fortieth page of the whale's
// campaigns by ROAS, with thresholds, comparison and totals: at the newest
// numbers, and as of a version that a load has replaced since. It runs on the
// medium demo, or on the database that ADSGRAPH_BENCH_DATABASE names, whose
// yesterday it loads anew.
func BenchmarkWhalePages(b *testing.B) {
	dsn, clock := os.Getenv("ADSGRAPH_BENCH_DATABASE"), time.Now
	if dsn == "" {
		dsn, clock = pgtest.Demo(b, "medium"), pgtest.Clock
	}
	db := pgtest.DB(b, dsn)
	s := store.New(pgtest.DB(b, dsn), clock)
	found, err := s.Advertisers(b.Context(), owner, []int64{whale})
	if err != nil {
		b.Fatal(err)
	}
	a := found[whale]
	days, err := metrics.Dates{Preset: metrics.Last30Days}.Resolve(ads.DayOf(clock(), a.Zone))
	if err != nil {
		b.Fatal(err)
	}
	w := days.Window(metrics.PreviousPeriod)
	least, seen := 1.0, 100.0
	measures := metrics.Of(metrics.SpendMicros, metrics.ImpressionsPaid, metrics.ImpressionsEarned, metrics.ClicksPaid, metrics.ClicksEarned, metrics.Checkouts, metrics.CheckoutValueMicros)
	const rows = 10 // so that there is a fortieth page
	page := func(after string) *store.Listing {
		b.Helper()
		listings, errs := s.Lists(b.Context(), []store.ListKey{{Advertiser: a, Parent: a.ID, Window: w, List: &store.List{
			Level: ads.LevelCampaign, Under: ads.LevelAdvertiser, First: rows, After: after, Page: true, Next: true, Count: true, Sums: true,
			Filter:  store.Filter{Metrics: []metrics.Threshold{{Metric: metrics.NameSpend, Min: &least}, {Metric: metrics.NameImpressions, Min: &seen}}},
			Order:   store.Order{Metric: metrics.NameROAS, Descending: true},
			Columns: store.ColumnsOf(ads.LevelCampaign, []string{"name", "status", "objective"}),
			Current: measures, Prior: measures,
		}}})
		if errs[0] != nil {
			b.Fatal(errs[0])
		}
		return listings[0]
	}
	after, count := "", 0
	for range 39 {
		l := page(after)
		if !l.HasNext {
			b.Fatalf("there are %d rows only", l.Count)
		}
		after, count = l.Rows[rows-1].Position.String(), l.Count
	}
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
	b.Logf("%d of the whale's campaigns match", count)
	hand, err := db.Preparex(handPage)
	if err != nil {
		b.Fatal(err)
	}
	run("ByHand", func() {
		rows, err := hand.Queryx(a.ID, string(w.From), string(w.To), string(w.Previous.From), string(w.Previous.To), rows+1)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.SliceScan(); err != nil {
				b.Fatal(err)
			}
		}
		_ = rows.Close()
	})
	run("Page1", func() { page("") })
	run("Page40", func() { page(after) })
	reload(b, s, db, a.ID, w.To)
	run("Page40AfterALoad", func() { page(after) })
}

// reload loads a day of an advertiser anew: the rows that it has, with a click
// more each.
func reload(b *testing.B, s *store.Store, db *sqlx.DB, advertiser int64, day ads.Day) {
	b.Helper()
	read := func(query string) (list [][]any) {
		rows, err := db.Queryx(query, advertiser, string(day))
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			row, err := rows.SliceScan()
			if err != nil {
				b.Fatal(err)
			}
			for i, v := range row {
				if text, ok := v.([]byte); ok {
					row[i] = string(text)
				}
			}
			list = append(list, row)
		}
		return list
	}
	days := read("SELECT * FROM ad_day WHERE advertiser_id = $1 AND day = $2")
	conversions := read("SELECT * FROM ad_conversion WHERE advertiser_id = $1 AND action_day = $2")
	reach := read("SELECT * FROM reach WHERE advertiser_id = $1 AND as_of = $2")
	const clicks = 5 + int(metrics.ClicksPaid)
	start := time.Now()
	err := s.Restate(b.Context(), advertiser, day, day, func(r *store.Restatement) error {
		for _, row := range days {
			row[clicks] = row[clicks].(int64) + 1
			r.AdDays.Row(row...)
		}
		for _, row := range conversions {
			r.Conversions.Row(row...)
		}
		for _, row := range reach {
			r.Reach.Row(row...)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("a load of %d ad days and %d conversions took %v", len(days), len(conversions), time.Since(start))
}

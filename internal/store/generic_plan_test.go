package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestPlansForAnyArguments looks at the plans that PostgreSQL keeps for statements
// which are asked often, with other arguments each time: the days of an entity are
// found by its id, and what is below a campaign by that. Other ways look as good
// to the planner, which expects few rows of any advertiser, and read all of one's.
func TestPlansForAnyArguments(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`INSERT INTO advertiser (id, name, country, currency, time_zone) SELECT a, 'A', 'DE', 'EUR', 'UTC' FROM generate_series(1, 400) AS a`)
	db.MustExec(`INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo, daily_budget_micros)
	  SELECT a, a * 1000 + n, 'C', 'CONSIDERATION', true, 5000000 FROM generate_series(1, 400) AS a, LATERAL generate_series(1, CASE a WHEN 1 THEN 100 ELSE 2 END) AS n`)
	db.MustExec(`INSERT INTO ad_group (advertiser_id, id, campaign_id, name, budget_type, billable_event) SELECT advertiser_id, id, id, 'G', 'CBO_ADGROUP', 'IMPRESSION' FROM campaign`)
	for _, day := range []struct{ table, columns string }{{"campaign_day", "campaign_id"}, {"ad_group_day", "campaign_id, ad_group_id"}} {
		db.MustExec(`INSERT INTO ` + day.table + ` (advertiser_id, ` + day.columns + `, day, spend_micros)
		  SELECT advertiser_id, ` + strings.Repeat("id, ", strings.Count(day.columns, ",")+1) + `d::date, 1 FROM generate_series('2026-04-15', '2026-06-14', interval '1 day') AS d, campaign`)
	}
	db.MustExec("VACUUM ANALYZE")

	var mu sync.Mutex
	var texts []string
	s := pgtest.OpenRewritten(t, dsn, true, func(text string) string {
		mu.Lock()
		defer mu.Unlock()
		texts = append(texts, text)
		return text
	})
	a := &ads.Advertiser{ID: 1, Currency: "EUR"}
	window := metrics.Range{From: "2026-05-16", To: "2026-06-14"}.Window(metrics.PreviousPeriod)
	apart := metrics.Range{From: "2026-06-01", To: "2026-06-14"}.Window(metrics.PreviousPeriod)
	apart.Previous = metrics.Range{From: "2026-04-20", To: "2026-05-03"}
	spend := metrics.Of(metrics.SpendMicros)
	bySpend := store.Order{Metric: "SPEND", Descending: true}
	for _, w := range []metrics.Window{window, apart} {
		w.Attribution = metrics.DefaultAttribution()
		for _, l := range []struct {
			store.List
			parent int64
		}{
			{store.List{Level: ads.LevelCampaign, Under: ads.LevelAdvertiser, Order: bySpend}, 1},
			{store.List{Level: ads.LevelCampaign, Under: ads.LevelAdvertiser, Order: store.Order{Field: "ID"}}, 1},
			{store.List{Level: ads.LevelAdGroup, Under: ads.LevelCampaign, Order: bySpend}, 1001},
			{store.List{Level: ads.LevelAdGroup, Under: ads.LevelAdvertiser, Order: bySpend}, 1},
		} {
			l.First, l.Page, l.Sums, l.Current, l.Prior = 50, true, l.Order.Metric != "", spend, spend
			if _, errs := s.Lists(t.Context(), []store.ListKey{{Advertiser: a, Parent: l.parent, Window: w, List: &l.List}}); errs[0] != nil {
				t.Fatal(errs[0])
			}
		}
		for _, ids := range [][]int64{{1001}, {1001, 1002}} {
			series, totals := make([]store.SeriesKey, len(ids)), make([]store.TotalsKey, len(ids))
			for i, id := range ids {
				series[i] = store.SeriesKey{Advertiser: a, Level: ads.LevelCampaign, ID: id, Window: w, Measures: spend}
				totals[i] = store.TotalsKey{Advertiser: a, Level: ads.LevelCampaign, ID: id, Window: w, Current: spend, Prior: spend}
			}
			if _, _, err := s.Series(t.Context(), series); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Totals(t.Context(), totals); err != nil {
				t.Fatal(err)
			}
		}
	}

	conn, err := db.Connx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }() // its settings go with the database
	for _, setting := range []string{"SET ROLE adsgraph_reader", "SET adsgraph.advertisers = '1'", "SET plan_cache_mode = force_generic_plan"} {
		if _, err := conn.ExecContext(t.Context(), setting); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(texts)
	looked := 0
	for i, text := range slices.Compact(texts) {
		name, body, _ := strings.Cut(text, "\n")
		if !strings.Contains(body, "_day") {
			continue
		}
		looked++
		if _, err := conn.ExecContext(t.Context(), fmt.Sprintf("PREPARE look%d AS %s", i, body)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var n int
		if err := conn.GetContext(t.Context(), &n, "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = $1", fmt.Sprintf("look%d", i)); err != nil {
			t.Fatal(err)
		}
		var plan []string
		if err := conn.SelectContext(t.Context(), &plan, fmt.Sprintf("EXPLAIN EXECUTE look%d (%s)", i, strings.TrimSuffix(strings.Repeat("NULL, ", n), ", "))); err != nil {
			t.Fatal(err)
		}
		for _, line := range plan {
			byDay := strings.Contains(line, "_day_by_day_idx") || strings.Contains(line, "Seq Scan on campaign_day") || strings.Contains(line, "Seq Scan on ad_group_day")
			sifts := strings.Contains(line, "Filter:") && strings.Contains(line, "campaign_id = ") // instead of looking up what is below a campaign
			if byDay || sifts {
				t.Errorf("%s: %s\n%s\n%s", name, strings.TrimSpace(line), body, strings.Join(plan, "\n"))
				break
			}
		}
	}
	if looked < 10 {
		t.Errorf("only %d statements were looked at", looked)
	}
}

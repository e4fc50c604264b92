package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// someKeywords has keywords of two tenants, with what their ad groups delivered
// under words in other cases, under words that are no keywords, and at other
// levels and dimensions, which must not count.
const someKeywords = `
INSERT INTO keyword (advertiser_id, id, campaign_id, ad_group_id, value, match_type, is_archived, created_at, updated_at)
SELECT a, n, 1 + g % 3, CASE WHEN n % 9 <> 0 THEN g END, (ARRAY['Boots', 'tents', 'TRAIL mix', 'été', 'free'])[1 + n % 5] || n / 45,
  CASE WHEN n % 9 = 0 THEN 'EXACT_NEGATIVE' ELSE (ARRAY['BROAD', 'PHRASE', 'EXACT', 'PHRASE_NEGATIVE'])[1 + n % 4] END, n % 7 = 0,
  '2026-01-01 00:00+00'::timestamptz + n % 11 * interval '1 day', '2026-03-01 00:00+00'::timestamptz - n % 5 * interval '1 hour'
FROM generate_series(1, 2) AS a, generate_series(1, 80) AS n, LATERAL (SELECT 1 + (n - 1) / 16 AS g) AS x WHERE a = 1 OR n <= 30;
INSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, spend_micros, impressions_paid, impressions_earned, clicks_paid,
  clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid, engagements_earned, checkouts, checkout_value_micros)
SELECT a, l, g, t, w, d::date, k * 1000, k * 9, k, k % 5, k % 2, k % 3, k % 2, k % 4, 0, k % 7, k % 3, k % 6 / 4, k % 6 / 4 * 5000000
FROM generate_series(1, 2) AS a, unnest(ARRAY['AD_GROUP', 'CAMPAIGN']) AS l, generate_series(1, 5) AS g, unnest(ARRAY['KEYWORD', 'INTEREST']) AS t,
  unnest(ARRAY['boots0', 'Tents0', 'trail mix1', 'ÉTÉ0', 'free0', 'BOOTS1', 'no keyword']) WITH ORDINALITY AS v (w, i),
  generate_series('2026-05-20'::timestamp, '2026-06-16', '1 day') AS d,
  LATERAL (SELECT a * 3 + g * 5 + i * 7 + extract(day FROM d)::int * g % 11 + CASE l WHEN 'AD_GROUP' THEN 0 ELSE 1000 END AS k) AS x
WHERE (g + i + extract(day FROM d)::int) % 4 <> 0 AND g <> 4;`

func allKeywords(a *ads.Advertiser) store.ListKey {
	return store.ListKey{Advertiser: a, Parent: a.ID, List: &store.List{
		Level: ads.LevelKeyword, Under: ads.LevelAdvertiser,
		Columns: store.ColumnsOf(ads.LevelKeyword, []string{"campaign", "adGroup", "value", "matchType", "isArchived", "createdAt", "updatedAt"}),
	}}
}

func TestKeywordPaging(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someKeywords)
	checkPaging(t, s, allKeywords(tenants[0]), func(k *ads.Keyword) int64 { return k.ID }, 80, []sorting[ads.Keyword]{
		{"ID", func(k *ads.Keyword) (any, bool) { return k.ID, true }},
		{"VALUE", func(k *ads.Keyword) (any, bool) { return strings.ToLower(k.Value), true }},
		{"MATCH_TYPE", func(k *ads.Keyword) (any, bool) { return string(k.MatchType), true }},
		{"CREATED_AT", func(k *ads.Keyword) (any, bool) { return k.CreatedAt, true }},
		{"UPDATED_AT", func(k *ads.Keyword) (any, bool) { return k.UpdatedAt, true }},
	})
}

// delivered is a row of breakdown_day, with the measures of metrics.DeliveredByViewer.
type delivered struct {
	Group int64 `db:"entity_id"`
	Value string
	Day   ads.Day
	Sums  pq.Int64Array
}

// keywordDays returns all that an advertiser's ad groups delivered by keyword.
func keywordDays(t *testing.T, db *sqlx.DB, advertiser int64) []delivered {
	t.Helper()
	var columns []string
	for _, b := range metrics.DeliveredByViewer.Bases() {
		columns = append(columns, metrics.DayColumns[b])
	}
	var list []delivered
	if err := db.Select(&list, "SELECT entity_id, value, day::text AS day, ARRAY["+strings.Join(columns, ", ")+
		"] AS sums FROM breakdown_day WHERE advertiser_id = $1 AND level = 'AD_GROUP' AND dimension = 'KEYWORD'", advertiser); err != nil {
		t.Fatal(err)
	}
	return list
}

// sumOf adds up what a keyword's ad group delivered under its text in a range.
func sumOf(days []delivered, k *ads.Keyword, r metrics.Range) metrics.Values {
	sum := metrics.NewFrame(metrics.DeliveredByViewer, "USD").Zero()
	for _, d := range days {
		if k.IsNegative() || k.AdGroupID == nil || d.Group != *k.AdGroupID || !strings.EqualFold(d.Value, k.Value) || d.Day < r.From || d.Day > r.To {
			continue
		}
		for i, n := range d.Sums {
			sum.Sums[i] += n
		}
	}
	return sum
}

// TestKeywordMetrics compares the numbers of keywords, of the whole account and
// of an ad group, for both ranges, with sums in Go; and pages through them by
// every metric, in both directions.
func TestKeywordMetrics(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(twoTenants + someKeywords)
	s := pgtest.OpenDSN(t, dsn)
	a := advertisers(t, s, 1, 2)[0]
	days := keywordDays(t, db, a.ID)
	window := metrics.Range{From: "2026-06-03", To: "2026-06-11"}.Window(metrics.PreviousPeriod)
	all := entitiesOf[ads.Keyword](t, s, allKeywords(a))
	live, want, wantPrevious := 0, map[int64]metrics.Values{}, map[int64]metrics.Values{}
	for _, k := range all {
		want[k.ID], wantPrevious[k.ID] = sumOf(days, k, window.Range), sumOf(days, k, window.Previous)
		if want[k.ID].Sums[0] > 0 {
			live++
		}
	}
	if live < 10 || live > len(all)-10 {
		t.Fatalf("%d of %d keywords deliver", live, len(all))
	}
	for _, m := range metrics.Catalogue() {
		if m.Bases()&^metrics.DeliveredByViewer != 0 {
			continue
		}
		for _, descending := range []bool{false, true} {
			for _, first := range []int{13, 200} {
				key := allKeywords(a)
				key.Window = window
				key.List.First, key.List.Page, key.List.Next, key.List.Count, key.List.Order = first, true, true, first == 13, store.Order{Metric: m.Name, Descending: descending}
				key.List.Current, key.List.Prior = metrics.DeliveredByViewer, metrics.DeliveredByViewer
				rows, last := pages(t, s, key)
				if len(rows) != len(all) || key.List.Count && last.Count != len(all) {
					t.Fatalf("%s: %d rows, count %d, want %d", m.Name, len(rows), last.Count, len(all))
				}
				seen := map[int64]bool{}
				for i, row := range rows {
					k := row.Entity.(*ads.Keyword)
					if !slices.Equal(row.Metrics.Total.Sums, want[k.ID].Sums) || !slices.Equal(row.Metrics.Previous.Sums, wantPrevious[k.ID].Sums) {
						t.Fatalf("keyword %d: %v, before %v, want %v, before %v", k.ID, row.Metrics.Total.Sums, row.Metrics.Previous.Sums, want[k.ID].Sums, wantPrevious[k.ID].Sums)
					}
					if seen[k.ID] || i > 0 && !inOrder(m, rows[i-1], row, descending) {
						t.Fatalf("%s, descending %v: row %d is out of order or comes twice", m.Name, descending, i)
					}
					seen[k.ID] = true
				}
			}
		}
	}
	// Of ad groups, read for the page alone or for all of it, in one statement
	// for all.
	for _, order := range []store.Order{{Field: "VALUE"}, {Metric: metrics.NameSpend}} {
		checkAdGroupKeywords(t, s, a, window, order, want)
	}
}

// checkAdGroupKeywords reads the keywords of all ad groups at once.
func checkAdGroupKeywords(t *testing.T, s *store.Store, a *ads.Advertiser, window metrics.Window, order store.Order, want map[int64]metrics.Values) {
	t.Helper()
	l := *allKeywords(a).List
	l.Under, l.First, l.Page, l.Order, l.Current = ads.LevelAdGroup, 200, true, order, metrics.DeliveredByViewer
	var keys []store.ListKey
	for g := int64(1); g <= 5; g++ {
		keys = append(keys, store.ListKey{Advertiser: a, Parent: g, Window: window, List: &l})
	}
	ctx, stats := store.WithStats(t.Context())
	listings, errs := s.Lists(ctx, keys)
	total := 0
	for i, listing := range listings {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		for _, row := range listing.Rows {
			k := row.Entity.(*ads.Keyword)
			if *k.AdGroupID != keys[i].Parent || !slices.Equal(row.Metrics.Total.Sums, want[k.ID].Sums) {
				t.Fatalf("keyword %d of ad group %d: %v, want %v", k.ID, keys[i].Parent, row.Metrics.Total.Sums, want[k.ID].Sums)
			}
			total++
		}
	}
	if n := len(stats.Executions()); n != 1 || total != 72 {
		t.Errorf("%d statements, %d keywords of ad groups, want 1 and 72", n, total)
	}
}

// TestKeywordFilters compares random filters, thresholds among them, with the
// same in Go.
func TestKeywordFilters(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(twoTenants + someKeywords)
	s := pgtest.OpenDSN(t, dsn)
	a := advertisers(t, s, 1)[0]
	days := keywordDays(t, db, a.ID)
	window := metrics.Range{From: "2026-06-03", To: "2026-06-11"}.Window(metrics.NoComparison)
	all := entitiesOf[ads.Keyword](t, s, allKeywords(a))
	clicks, _ := metrics.ByName(metrics.NamePinClicks)
	some := 0
	for i := range 80 {
		r := rand.New(rand.NewPCG(5, uint64(i)))
		key := allKeywords(a)
		f := &key.List.Filter
		keeps := []func(*ads.Keyword) bool{}
		if r.IntN(3) == 0 {
			matches := []ads.KeywordMatch{"BROAD", "EXACT", "EXACT_NEGATIVE"}[:r.IntN(4)]
			store.AnyOf(f, "MATCH_TYPE", matches)
			keeps = append(keeps, func(k *ads.Keyword) bool { return slices.Contains(matches, k.MatchType) })
		}
		if r.IntN(3) == 0 {
			negative := r.IntN(2) == 0
			store.Is(f, "NEGATIVE", &negative)
			keeps = append(keeps, func(k *ads.Keyword) bool { return k.IsNegative() == negative })
		}
		if r.IntN(3) == 0 {
			archived := r.IntN(2) == 0
			store.Is(f, "ARCHIVED", &archived)
			keeps = append(keeps, func(k *ads.Keyword) bool { return k.IsArchived == archived })
		}
		if r.IntN(3) == 0 {
			text := []string{"BOOTS", "t", "é", "%", "1"}[r.IntN(5)]
			store.Is(f, "VALUE", &text)
			keeps = append(keeps, func(k *ads.Keyword) bool { return strings.Contains(strings.ToLower(k.Value), strings.ToLower(text)) })
		}
		if r.IntN(4) == 0 {
			f.AdGroupIDs = []int64{1, 3}
			keeps = append(keeps, func(k *ads.Keyword) bool { return k.AdGroupID != nil && (*k.AdGroupID == 1 || *k.AdGroupID == 3) })
		}
		if r.IntN(4) == 0 {
			f.CampaignIDs = []int64{2}
			keeps = append(keeps, func(k *ads.Keyword) bool { return k.CampaignID == 2 })
		}
		if r.IntN(3) == 0 {
			least := float64(r.IntN(30))
			f.Metrics = []metrics.Threshold{{Metric: clicks.Name, Min: &least}}
			key.Window = window
			keeps = append(keeps, func(k *ads.Keyword) bool {
				n, _ := sumOf(days, k, window.Range).Int(clicks)
				return float64(n) >= least
			})
		}
		key.List.Count = true
		got := entitiesOf[ads.Keyword](t, s, key)
		want := slices.DeleteFunc(slices.Clone(all), func(k *ads.Keyword) bool {
			return slices.ContainsFunc(keeps, func(keep func(*ads.Keyword) bool) bool { return !keep(k) })
		})
		if !slices.EqualFunc(got, want, func(a, b *ads.Keyword) bool { return a.ID == b.ID }) {
			t.Fatalf("filter %d: %d rows, want %d: %+v", i, len(got), len(want), *f)
		}
		if len(want) > 0 && len(want) < len(all) {
			some++
		}
	}
	if some < 30 {
		t.Errorf("only %d filters kept some", some)
	}
}

// TestKeywordsOnce checks that a text stands once among the keywords of an ad
// group or a campaign that match alike and are not archived.
func TestKeywordsOnce(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(twoTenants)
	for i, tt := range []struct {
		group, value, match, archived string
		fits                          bool
	}{
		{"1", "boots", "BROAD", "false", true},
		{"1", "BOOTS", "BROAD", "false", false},
		{"1", "BOOTS", "EXACT", "false", true},
		{"4", "boots", "BROAD", "false", true},
		{"1", "boots", "BROAD", "true", true},
		{"NULL", "free", "EXACT_NEGATIVE", "false", true},
		{"NULL", "Free", "EXACT_NEGATIVE", "false", false},
		{"NULL", "shoes", "BROAD", "false", false}, // of a campaign, and not negative
	} {
		_, err := db.Exec(fmt.Sprintf("INSERT INTO keyword (advertiser_id, campaign_id, ad_group_id, value, match_type, is_archived) VALUES (1, 2, %s, '%s', '%s', %s)",
			tt.group, tt.value, tt.match, tt.archived))
		if (err == nil) != tt.fits {
			t.Errorf("row %d: %v", i, err)
		}
	}
}

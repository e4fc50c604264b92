package graph

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"adsgraph/graph/operations"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// crowd gives every list of the screens 250 rows more: campaigns and pins of an
// account, ad groups of a campaign, ads of an ad group, accounts of the viewer,
// of each kind of object beside these, and the
// paperwork of an account.
const crowd = `
INSERT INTO advertiser (id, name, country, currency, time_zone) SELECT 1000 + n, 'Account ' || n, 'US', 'USD', 'Asia/Kolkata' FROM generate_series(1, 250) AS n;
INSERT INTO member (advertiser_id, user_id, role) SELECT 1000 + n, 1, 'OWNER' FROM generate_series(1, 250) AS n;
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo) SELECT 1, 10000 + n, 'Campaign ' || n, 'AWARENESS', false FROM generate_series(1, 250) AS n;
INSERT INTO ad_group (advertiser_id, id, campaign_id, name, budget_type, billable_event) SELECT 1, 10000 + n, 11, 'Group ' || n, 'CBO_ADGROUP', 'IMPRESSION' FROM generate_series(1, 250) AS n;
INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, creative_type, review_status, rejected_reasons)
  SELECT 1, 10000 + n, 11, 10000 + n, 1001, 'Ad ' || n, 'REGULAR', 'REJECTED', '{CLICKBAIT}' FROM generate_series(1, 250) AS n;
INSERT INTO pin (advertiser_id, id, title, creative_type) SELECT 1, 10000 + n, 'Pin ' || n, 'REGULAR' FROM generate_series(1, 250) AS n;
INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, creative_type, review_status) SELECT 1, 30000 + n, 12, 121, 1003, 'Tent ' || n, 'VIDEO', 'APPROVED' FROM generate_series(1, 250) AS n;
INSERT INTO ad_day (advertiser_id, campaign_id, ad_group_id, ad_id, day, spend_micros, impressions_paid, clicks_paid, checkouts, checkout_value_micros)
  SELECT 1, 11, 10000 + n, 10000 + n, d::date, n * 1000, n * 10, n, n % 3, n * 50000 FROM generate_series(1, 250) AS n, generate_series('2026-05-20', '2026-06-16', interval '1 day') AS d;
INSERT INTO audience (advertiser_id, id, name, type, status, size) SELECT 1, 10000 + n, 'Audience ' || n, 'PERSONA', 'READY', n FROM generate_series(1, 250) AS n;
INSERT INTO ad_group_audience (advertiser_id, ad_group_id, audience_id, is_included) SELECT 1, 10000 + n, 10000 + n, true FROM generate_series(1, 250) AS n;
INSERT INTO keyword (advertiser_id, id, campaign_id, ad_group_id, value, match_type) SELECT 1, 10000 + n, 11, 10000 + n, 'keyword ' || n, 'BROAD' FROM generate_series(1, 250) AS n;
INSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, impressions_paid) SELECT 1, 'AD_GROUP', 10000 + n, 'KEYWORD', 'keyword ' || n, '2026-06-02', n FROM generate_series(1, 250) AS n;
INSERT INTO conversion_tag (advertiser_id, id, name) SELECT 1, 10000 + n, 'Tag ' || n FROM generate_series(1, 250) AS n;
INSERT INTO tag_event_day (advertiser_id, tag_id, day, event, source, events, matched_events) SELECT 1, 10000 + n, '2026-06-16', 'CUSTOM', 'TAG', n, 0 FROM generate_series(1, 250) AS n;
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo) SELECT 1, 20000 + n, 'Split campaign ' || n, 'AWARENESS', false FROM generate_series(1, 250) AS n;
INSERT INTO ad_group (advertiser_id, id, campaign_id, name, budget_type, billable_event) SELECT 1, 20000 + n, 20000 + n, 'Group ' || n, 'CBO_ADGROUP', 'IMPRESSION' FROM generate_series(1, 250) AS n;
INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, creative_type, review_status)
  SELECT 1, 20000 + n, 20000 + n, 20000 + n, 1001, 'Ad ' || n, 'REGULAR', 'APPROVED' FROM generate_series(1, 250) AS n;
INSERT INTO ad_day (advertiser_id, campaign_id, ad_group_id, ad_id, day, spend_micros, impressions_paid)
  SELECT 1, 20000 + n, 20000 + n, 20000 + n, d::date, 1000000000 + n, n * 10 FROM generate_series(1, 250) AS n, generate_series('2026-06-01', '2026-06-10', interval '1 day') AS d;
INSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, spend_micros)
  SELECT 1, 'AD_GROUP', 20000 + n, 'AGE_BUCKET', value, d::date, n FROM generate_series(1, 250) AS n, unnest(ARRAY['18-24', '35-44']) AS value, generate_series('2026-06-01', '2026-06-10', interval '1 day') AS d;
INSERT INTO invoice (advertiser_id, id, number, type, status, period_first, period_last, issued_on, due_on, net_micros, tax_micros, discount_micros, billed_micros)
  SELECT 1, 10000 + n, 'No. ' || n, 'INVOICE', 'OPEN', '2025-01-01', '2025-01-31', '2025-02-01', '2025-02-01'::date + n % 40, n * 1000000, 0, 0, n * 1000000 FROM generate_series(1, 250) AS n;
INSERT INTO report_template (advertiser_id, id, owner_id, name, level, columns) SELECT 1, 10000 + n, 1, 'Report ' || n, 'CAMPAIGN', '{name}' FROM generate_series(1, 250) AS n;
INSERT INTO notification (advertiser_id, id, type, severity, entity_level, entity_id, text_key, created_at)
  SELECT 1, 10000 + n, 'AD_REJECTED', 'WARNING', (ARRAY['CAMPAIGN', 'AD_GROUP', 'AD', 'CONVERSION_TAG', NULL])[1 + n % 5], CASE WHEN n % 5 < 4 THEN 10000 + n END, 'ad.rejected',
  '2026-05-01 00:00+00'::timestamptz + n % 60 * interval '1 hour' FROM generate_series(1, 250) AS n;
INSERT INTO app_user (id, email, name) SELECT 10000 + n, 'person' || n || '@example.com', 'Person ' || n FROM generate_series(1, 250) AS n;
INSERT INTO member (advertiser_id, user_id, role, added_by) SELECT 1, 10000 + n, role, 10001 + n % 250 FROM generate_series(1, 250) AS n, unnest(ARRAY['ANALYST', 'AUDIENCE_MANAGER']) AS role;
INSERT INTO invitation (advertiser_id, id, email, roles, invited_by, expires_at) SELECT 1, 10000 + n, 'new' || n || '@example.com', '{ANALYST}', 10000 + n, now() + interval '1 day' FROM generate_series(1, 250) AS n;
INSERT INTO member_change (advertiser_id, id, actor_id, user_id, role, action) SELECT 1, 10000 + n, 1, 10000 + n, 'ANALYST', 'GRANTED' FROM generate_series(1, 250) AS n;
INSERT INTO change (advertiser_id, id, entity_type, entity_id, field, old_value, new_value, actor_id, source, at)
  SELECT 1, 10000 + n, (ARRAY['CAMPAIGN', 'AD_GROUP', 'AD'])[1 + n % 3], 10000 + n, 'name', '"Old"', '"New"', 10000 + n, 'BULK', '2026-06-16 12:00+00' FROM generate_series(1, 250) AS n;
INSERT INTO change (advertiser_id, id, entity_type, entity_id, field, actor_id, source, at)
  SELECT 1, 20000 + n, 'CAMPAIGN', 11, 'budget', 10000 + n, 'UI', '2026-06-01 12:00+00'::timestamptz + n % 14 * interval '1 day' FROM generate_series(1, 250) AS n;`

// TestStatementsAreConstant runs every screen with pages of 1 to 200 rows, on
// 1, 2 and 8 processors, with random delays in the driver, again and again: the
// statements must be the same each time, by name and count, and no more than
// the document declares.
func TestStatementsAreConstant(t *testing.T) {
	repeats := pgtest.Rounds(60, 10)
	jitter := func(ctx context.Context, _ string) error {
		select {
		case <-time.After(time.Duration(rand.IntN(400)) * time.Microsecond):
		case <-ctx.Done():
		}
		return nil
	}
	w := newWorld(t, pgtest.OpenHooked(t, smallDatabase(t, crowd), jitter), Options{})
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	seen := map[string][]string{}
	for _, processors := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(processors)
		for _, rows := range []int{1, 10, 100, 200} {
			for name, o := range all {
				variables := goldenVariables(t, name)
				want := 0 // a screen of one thing
				if o.Rows != "" {
					variables[o.Rows], want = rows, rows
				}
				for range repeats/12 + 1 {
					a := w.ask(t, o.Text, variables)
					if len(a.errors) > 0 {
						t.Fatalf("%s: %s", name, a.sortedErrors())
					}
					if returned := strings.Count(a.data, `"node":`); returned < want {
						t.Fatalf("%s: %d rows, want at least %d", name, returned, want)
					}
					got := a.statements()
					if len(got) > o.Statements {
						t.Fatalf("%s: %d statements, its budget is %d: %v", name, len(got), o.Statements, got)
					}
					if want, ok := seen[name]; ok && !slices.Equal(got, want) {
						t.Fatalf("%s with %d rows on %d processors: statements %v, before %v", name, rows, processors, got, want)
					}
					seen[name] = got
				}
			}
		}
	}
	for name, o := range all {
		t.Logf("%s: %d of %d: %v", name, len(seen[name]), o.Statements, seen[name])
		if len(seen[name]) != o.Statements {
			t.Errorf("%s declares %d statements and needs %d", name, o.Statements, len(seen[name]))
		}
	}
}

// TestEveryStatementNamesItsTenant collects the statements of all screens and
// of random documents: wherever a tenant table stands, at any depth, its own
// advertiser_id is compared.
func TestEveryStatementNamesItsTenant(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	texts := map[string]bool{}
	collect := func(_ context.Context, query string) error {
		mu.Lock()
		defer mu.Unlock()
		texts[query] = true
		return nil
	}
	s := pgtest.OpenHooked(t, pgtest.Demo(t, "small"), collect)
	w, x := newWorld(t, s, Options{}), newExporter(t, s)
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range all {
		w.ask(t, o.Text, screenVariables(t, name, 5))
	}
	for i := range 100 {
		request := randomExport(rand.New(rand.NewPCG(29, uint64(i))), 1)
		if i%2 == 0 {
			request["granularity"], request["emptySteps"], request["metrics"] = "WEEK", i%4 == 0, []string{"SPEND", "ROAS"}
			delete(request["report"].(map[string]any), "compareTo")
		}
		exportFile(t, x, request)
	}
	for i := range 400 {
		g := &generator{rand: rand.New(rand.NewPCG(23, uint64(i))), schema: schemaOf(t)}
		w.ask(t, g.document(), map[string]any{"yes": true, "no": false})
	}
	table := regexp.MustCompile(`\b(?:FROM|JOIN)\s+([a-z_]+)\s+AS\s+([a-z]+)\b`)
	classes, checked := store.Tables(), 0
	classes["keyword_day"] = store.Tenant // a view of two of them
	for text := range texts {
		if !strings.HasPrefix(text, "-- name: ") {
			t.Errorf("a statement has no name:\n%s", text)
		}
		for _, m := range table.FindAllStringSubmatch(text, -1) {
			if classes[m[1]] != store.Tenant {
				continue
			}
			checked++
			if !regexp.MustCompile(`\b` + m[2] + `\.advertiser_id = (\$\d+|a\.id)\b`).MatchString(text) {
				t.Errorf("%s AS %s is not bound to an advertiser in:\n%s", m[1], m[2], text)
			}
		}
	}
	t.Logf("%d statements, %d tenant tables in them", len(texts), checked)
	if len(texts) < 100 {
		t.Error("too few statements to prove anything")
	}
}

// TestSeriesOfNestedTotalsIsOneStatement asks for a series of the totals of a
// list below each of many rows.
func TestSeriesOfNestedTotalsIsOneStatement(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	a := w.ask(t, `query ($id: ID!, $report: ReportInput!) { advertiser(id: $id) { campaigns(first: 30) { edges { node {
	  adGroups(first: 1, report: $report) { totals { total { spend { micros } } series(granularity: DAY) { values { spend { micros } } } } } } } } } }`,
		map[string]any{"id": advertiserID(1), "report": map[string]any{"dates": map[string]any{"preset": "LAST_7_DAYS"}}})
	if want := []string{"AdGroupList", "AdGroupSetSeries", "AdvertiserByID", "CampaignList"}; len(a.errors) > 0 || !slices.Equal(a.statements(), want) {
		t.Fatalf("statements %v, want %v; %s", a.statements(), want, a.sortedErrors())
	}
	var answer struct {
		Advertiser struct {
			Campaigns struct {
				Edges []struct {
					Node struct {
						AdGroups struct {
							Totals struct {
								Total struct {
									Spend struct {
										Micros int64 `json:",string"`
									}
								}
								Series []struct {
									Values struct {
										Spend struct {
											Micros int64 `json:",string"`
										}
									}
								}
							}
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(a.data), &answer); err != nil {
		t.Fatal(err)
	}
	spent := int64(0)
	for _, e := range answer.Advertiser.Campaigns.Edges {
		totals, sum := e.Node.AdGroups.Totals, int64(0)
		for _, b := range totals.Series {
			sum += b.Values.Spend.Micros
		}
		if sum != totals.Total.Spend.Micros {
			t.Errorf("a series adds up to %d, its total is %d", sum, totals.Total.Spend.Micros)
		}
		spent += sum
	}
	if spent == 0 {
		t.Error("nothing was spent")
	}
}

// TestPreviousDoesNotDependOnSeries compares the earlier range with and without
// a series beside it, where the two ranges overlap.
func TestPreviousDoesNotDependOnSeries(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	ask := func(series string) string {
		a := w.ask(t, `{ advertiser(id: "`+advertiserID(1)+`") { metrics(report: {dates: {from: "2025-06-15", to: "2026-06-15"}, compareTo: SAME_WEEKDAYS_LAST_YEAR}) {
		  total { impressions } previous { impressions } `+series+` } } }`, nil)
		before, _, _ := strings.Cut(a.data, `,"series"`)
		return strings.TrimRight(before, "}")
	}
	if with, without := ask("series(granularity: MONTH) { values { impressions } }"), ask(""); with != without || len(with) < 60 {
		t.Errorf("with a series: %s\nwithout:       %s", with, without)
	}
}

// TestAdvertiserPaging pages through accounts by every metric and field in both
// directions: each comes once.
func TestAdvertiserPaging(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	orders := []string{"field: ID", "field: NAME"}
	for _, m := range metrics.Catalogue() {
		orders = append(orders, "metric: "+string(m.Name))
	}
	for _, order := range orders {
		for _, direction := range []string{"ASC", "DESC"} {
			seen, after := map[string]bool{}, "null"
			for pages := 0; ; pages++ {
				a := w.ask(t, `{ viewer { advertisers(first: 7, after: `+after+`, orderBy: {`+order+`, direction: `+direction+`}, report: {dates: {from: "2026-05-01", to: "2026-06-10"}}) {
				  totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } } }`, nil)
				if len(a.errors) > 0 {
					t.Fatal(order, a.sortedErrors())
				}
				for _, part := range strings.Split(a.data, `"node":{"id":"`)[1:] {
					id, _, _ := strings.Cut(part, `"`)
					if seen[id] {
						t.Fatalf("%s %s: %s comes twice", order, direction, id)
					}
					seen[id] = true
				}
				if !strings.Contains(a.data, `"hasNextPage":true`) || pages > 5 {
					break
				}
				after = `"` + between(t, a.data, `"endCursor":"`, `"`) + `"`
			}
			if len(seen) != 20 {
				t.Errorf("%s %s: %d accounts, want 20", order, direction, len(seen))
			}
		}
	}
}

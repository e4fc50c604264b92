package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
)

// breakdownRoots is an entity of each level of the small demo, as a field.
func breakdownRoots() map[ads.Level]string {
	ref := func(level ads.Level) string {
		return ads.Ref{Level: level, Advertiser: 1, ID: 1}.String()
	}
	return map[ads.Level]string{
		ads.LevelAdvertiser: `advertiser(id: "` + ref(ads.LevelAdvertiser) + `")`,
		ads.LevelCampaign:   `campaign(id: "` + ref(ads.LevelCampaign) + `")`,
		ads.LevelAdGroup:    `adGroup(id: "` + ref(ads.LevelAdGroup) + `")`,
		ads.LevelAd:         `ad(id: "` + ref(ads.LevelAd) + `")`,
		ads.LevelPin:        `node(id: "` + ref(ads.LevelPin) + `")`,
	}
}

// metricField writes a metric's field.
func metricField(m *metrics.Metric) string {
	if m.Unit == metrics.UnitMoney {
		return m.Field + " { amount }"
	}
	return m.Field
}

// TestEveryBreakdownIsLegalOrRefused asks for every metric of every level by
// every dimension. What metricCatalogue calls legal must answer; for the rest
// the error names metric, dimension and level.
func TestEveryBreakdownIsLegalOrRefused(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{Limits: Limits{}})
	var catalogue struct {
		MetricCatalogue []struct {
			Name       metrics.Name
			Breakdowns []struct {
				Dimension      metrics.Dimension
				Levels         []ads.Level
				AnyAttribution bool
			}
		}
	}
	a := w.ask(t, `{ metricCatalogue { name breakdowns { dimension levels isPartition anyAttribution daysKept } } }`, nil)
	if err := json.Unmarshal([]byte(a.data), &catalogue); err != nil {
		t.Fatal(err)
	}
	all := metrics.Catalogue()
	var dimensions []metrics.Dimension
	for _, v := range schemaOf(t).Types["Dimension"].EnumValues {
		dimensions = append(dimensions, metrics.Dimension(v.Name))
	}
	const elsewhere = `{dates: {preset: LAST_7_DAYS}, attribution: {clickWindowDays: 7, engagementWindowDays: 7}}`
	const ordinary = `{dates: {preset: LAST_7_DAYS}}`
	answered, refused := 0, 0
	for _, report := range []string{ordinary, elsewhere} {
		for level, root := range breakdownRoots() {
			for _, d := range dimensions {
				var q strings.Builder
				for i := range all {
					fmt.Fprintf(&q, "    %s: breakdown(by: %s, orderBy: {metric: %s, direction: DESC}) { rows { value values { %s } } total { %s } }\n",
						strings.ToLower(string(all[i].Name)), d, all[i].Name, metricField(&all[i]), metricField(&all[i]))
				}
				inner := fmt.Sprintf("metrics(report: %s) {\n%s  }", report, q.String())
				if level == ads.LevelPin {
					inner = "... on Pin { " + inner + " }"
				}
				a := w.ask(t, "{ root: "+root+" { "+inner+" } }", nil)
				var got struct {
					Root struct {
						Metrics map[string]*struct{ Rows []struct{ Value string } }
					}
				}
				if err := json.Unmarshal([]byte(a.data), &got); err != nil {
					t.Fatal(err)
				}
				errs := map[string]answerError{}
				for _, e := range a.errors {
					var path []string
					if err := json.Unmarshal(e.Path, &path); err != nil {
						t.Fatal(err)
					}
					errs[path[2]] = e
				}
				for i := range all {
					m, alias := &all[i], strings.ToLower(string(all[i].Name))
					where := fmt.Sprintf("%s of %s by %s, %s", m.Name, level, d, report)
					listed := catalogue.MetricCatalogue[i].Breakdowns
					at := slices.IndexFunc(listed, func(s struct {
						Dimension      metrics.Dimension
						Levels         []ads.Level
						AnyAttribution bool
					},
					) bool {
						return s.Dimension == d && slices.Contains(s.Levels, level)
					})
					legal := at >= 0 && (report == ordinary || listed[at].AnyAttribution || !m.Attributed)
					e, failed := errs[alias]
					switch {
					case legal && (failed || got.Root.Metrics[alias] == nil):
						t.Errorf("%s: the catalogue calls it legal, the answer is %s", where, e.Message)
					case !legal && !failed:
						t.Errorf("%s: the catalogue does not list it, and it was answered", where)
					case !legal:
						refused++
						if e.Extensions["code"] != string(fault.Unsupported) || got.Root.Metrics[alias] != nil ||
							!strings.Contains(e.Message, string(m.Name)) || !strings.Contains(e.Message, string(d)) || !strings.Contains(e.Message, string(level)) {
							t.Errorf("%s: refused with %v %q", where, e.Extensions, e.Message)
						}
					default:
						answered++
						if len(got.Root.Metrics[alias].Rows) == 0 && d == metrics.ByDay {
							t.Errorf("%s: no rows", where)
						}
					}
				}
				if t.Failed() {
					return
				}
			}
		}
	}
	t.Logf("%d answered, %d refused", answered, refused)
	if answered+refused != 2*len(all)*len(dimensions)*5 || answered < 500 {
		t.Error("not everything was asked")
	}
}

// TestBreakdownsRefuse checks the wording of what cannot be had.
func TestBreakdownsRefuse(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	for _, c := range []struct{ name, report, breakdown, code, message string }{
		{"Reach", `{dates: {preset: LAST_7_DAYS}}`, `breakdown(by: DAY) { total { reach } }`, "UNSUPPORTED", "REACH cannot be broken down by DAY at level ADVERTISER, nor by anything else."},
		{
			"Leads", `{dates: {preset: LAST_7_DAYS}}`, `breakdown(by: AGE) { rows { series(granularity: DAY) { values { leads spend { amount } } } } }`, "UNSUPPORTED",
			"LEADS cannot be broken down by AGE at level ADVERTISER, only by CREATIVE_TYPE, OBJECTIVE, DAY.",
		},
		{
			"Order", `{dates: {preset: LAST_7_DAYS}}`, `breakdown(by: AGE, orderBy: {metric: LEADS, direction: ASC}) { rowCount }`, "UNSUPPORTED",
			"LEADS cannot be broken down by AGE at level ADVERTISER, only by CREATIVE_TYPE, OBJECTIVE, DAY.",
		},
		{
			"Attribution", `{dates: {preset: LAST_7_DAYS}, attribution: {viewWindowDays: 7}}`, `breakdown(by: AGE) { total { spend { amount } roas } }`, "UNSUPPORTED",
			"ROAS by AGE at level ADVERTISER can be had with the default attribution only. With another one they can be broken down by CREATIVE_TYPE, OBJECTIVE, DAY.",
		},
		{
			"Range", `{dates: {from: "2026-04-16", to: "2026-05-01"}}`, `breakdown(by: AGE) { rowCount }`, "BEYOND_RETENTION",
			"The numbers by AGE are kept from 2026-04-17 on; the range begins on 2026-04-16.",
		},
		{
			"Comparison", `{dates: {from: "2026-04-17", to: "2026-05-01"}, compareTo: PREVIOUS_PERIOD}`, `breakdown(by: KEYWORD) { rowCount }`, "BEYOND_RETENTION",
			"The numbers by KEYWORD are kept from 2026-04-17 on; the earlier range begins on 2026-04-02.",
		},
		{"First", `{dates: {preset: LAST_7_DAYS}}`, `breakdown(by: AGE, first: 201) { rowCount }`, "INVALID", "A breakdown shows 1 to 200 parts, not 201."},
		{"SeriesOfDays", `{dates: {preset: YESTERDAY}}`, `breakdown(by: DAY) { rows { series(granularity: DAY) { start } } }`, "UNSUPPORTED", "A breakdown by DAY is a series already; its rows have none."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := w.ask(t, `{ advertiser(id: "MUEx") { metrics(report: `+c.report+`) { `+c.breakdown+` } } }`, nil)
			if len(a.errors) != 1 || a.codes()[0] != c.code || a.errors[0].Message != c.message {
				t.Errorf("got %s", a.sortedErrors())
			}
		})
	}
	t.Run("Totals", func(t *testing.T) {
		t.Parallel()
		a := w.ask(t, `{ advertiser(id: "MUEx") { campaigns(first: 1, report: {dates: {preset: LAST_7_DAYS}}) { totals { breakdown(by: AGE) { rowCount } } } } }`, nil)
		if len(a.errors) != 1 || a.codes()[0] != "UNSUPPORTED" || !strings.Contains(a.errors[0].Message, "of one entity") {
			t.Errorf("got %s", a.sortedErrors())
		}
	})
	t.Run("FirstDayKept", func(t *testing.T) {
		t.Parallel()
		a := w.ask(t, `{ limits { breakdownDays } advertiser(id: "MUEx") { metrics(report: {dates: {from: "2026-04-17", to: "2026-04-17"}}) { breakdown(by: AGE) { rowCount } } } }`, nil)
		if len(a.errors) > 0 || !strings.Contains(a.data, `"breakdownDays":62`) || strings.Contains(a.data, `"rowCount":0`) {
			t.Errorf("got %s %s", a.data, a.sortedErrors())
		}
	})
}

// TestBreakdownsShareStatements asks for breakdowns of many campaigns, of ad
// groups of many campaigns, and of many accounts: one statement more each, and
// one for all series.
func TestBreakdownsShareStatements(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	const report, split = `report: {dates: {preset: LAST_30_DAYS}, compareTo: PREVIOUS_PERIOD}`, `metrics { breakdown(by: GENDER) { rows { value values { ctr } series(granularity: WEEK) { values { ctr } } } remainder { ctr } } }`
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{
			"Campaigns", `{ advertiser(id: "MUEx") { campaigns(first: 50, ` + report + `) { edges { ` + split + ` } } } }`,
			[]string{"AdvertiserByID", "CampaignBreakdown", "CampaignBreakdownSeries", "CampaignList"},
		},
		{
			"AdGroups", `{ advertiser(id: "MUEx") { campaigns(first: 20) { edges { node { adGroups(first: 5, ` + report + `) { edges { ` + split + ` } } } } } } }`,
			[]string{"AdGroupBreakdown", "AdGroupBreakdownSeries", "AdGroupList", "AdvertiserByID", "CampaignList"},
		},
		{
			"Accounts", `{ viewer { advertisers(first: 20, ` + report + `) { edges { ` + split + ` } } } }`,
			[]string{"AdvertiserBreakdown", "AdvertiserBreakdownSeries", "AdvertiserList"},
		},
		{ // the days were read with the series
			"Days", `{ advertiser(id: "MUEx") { metrics(` + report + `) { total { spend { amount } } previous { spend { amount } } series(granularity: DAY) { values { spend { amount } } }
			  breakdown(by: DAY) { rows { value values { spend { amount } } previous { spend { amount } } } previousRemainder { spend { amount } } } } } }`,
			[]string{"AdvertiserByID", "AdvertiserSeries"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := w.ask(t, c.query, nil)
			if len(a.errors) > 0 || !slices.Equal(a.statements(), c.want) || !strings.Contains(a.data, `"rows":[{`) {
				t.Errorf("statements %v, want %v; %s", a.statements(), c.want, a.sortedErrors())
			}
		})
	}
}

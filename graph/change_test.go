package graph

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"testing"

	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
)

// everyMetric selects every metric: as a value, and as a change.
func everyMetric() (values, changes string) {
	for _, m := range metrics.Catalogue() {
		amount := ""
		if m.Unit == metrics.UnitMoney {
			amount = " { micros }"
		}
		values += m.Field + amount + " "
		changes += m.Field + " { difference" + amount + " percent verdict } "
	}
	return values, changes
}

// answeredReport is a report as a client reads it, by metric.
type answeredReport struct {
	Total, Previous map[string]json.RawMessage
	Change          map[string]*struct {
		Difference json.RawMessage
		Percent    *float64
		Verdict    string
	}
}

// answeredNumber reads a number, or an amount of money as micros.
func answeredNumber(t *testing.T, raw json.RawMessage) (n float64, ok bool) {
	t.Helper()
	if string(raw) == "null" {
		return 0, false
	}
	var money struct{ Micros string }
	text := string(raw)
	if json.Unmarshal(raw, &money) == nil {
		text = money.Micros
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n, true
}

// check compares each change with what the two numbers say. It counts what it
// saw.
func (r *answeredReport) check(t *testing.T, name string, seen map[string]int) {
	t.Helper()
	for _, m := range metrics.Catalogue() {
		now, ok := answeredNumber(t, r.Total[m.Field])
		before, had := answeredNumber(t, r.Previous[m.Field])
		change := r.Change[m.Field]
		if !ok || !had {
			if seen["no change"]++; change != nil {
				t.Errorf("%s: %s changes by %s, but was or is null", name, m.Field, change.Difference)
			}
			continue
		}
		if change == nil {
			t.Errorf("%s: %s has no change from %v to %v", name, m.Field, before, now)
			continue
		}
		if difference, _ := answeredNumber(t, change.Difference); difference != now-before {
			t.Errorf("%s: %s changes by %v from %v to %v", name, m.Field, difference, before, now)
		}
		if before == 0 {
			if seen["no percent"]++; change.Percent != nil {
				t.Errorf("%s: %s changes by a fraction of %v from 0", name, m.Field, *change.Percent)
			}
		} else if change.Percent == nil || *change.Percent != (now-before)/before {
			t.Errorf("%s: %s changes from %v to %v by a fraction of %v", name, m.Field, before, now, change.Percent)
		}
		verdict := "NEUTRAL"
		switch {
		case now > before && m.Better == "HIGHER", now < before && m.Better == "LOWER":
			verdict = "GOOD"
		case now < before && m.Better == "HIGHER", now > before && m.Better == "LOWER":
			verdict = "BAD"
		}
		if seen[verdict]++; change.Verdict != verdict {
			t.Errorf("%s: %s from %v to %v is %s, want %s", name, m.Field, before, now, change.Verdict, verdict)
		}
	}
}

// TestChanges asks for every metric of an account, a list, its rows and a
// campaign over ranges with an earlier one: each change is what the total and
// the earlier number say.
func TestChanges(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	values, changes := everyMetric()
	seen := map[string]int{}
	for _, report := range []string{
		`{dates: {preset: LAST_7_DAYS}, compareTo: PREVIOUS_PERIOD}`,
		`{dates: {preset: LAST_30_DAYS}, compareTo: PREVIOUS_PERIOD}`,
		`{dates: {preset: LAST_30_DAYS}, compareTo: SAME_WEEKDAYS_LAST_YEAR}`,
		`{dates: {from: "2026-05-20", to: "2026-06-03"}, compareTo: PREVIOUS_PERIOD}`,
		`{dates: {from: "2026-06-01", to: "2026-06-09"}, compareTo: PREVIOUS_PERIOD}`,
	} {
		block := "total { " + values + "} previous { " + values + "} change { " + changes + "}"
		a := w.ask(t, fmt.Sprintf(`{
		  advertiser(id: %q) { metrics(report: %[2]s) { %[3]s } campaigns(first: 5, report: %[2]s) { totals { %[3]s } edges { metrics { %[3]s } } } }
		  campaign(id: %[4]q) { metrics(report: %[2]s) { %[3]s } } }`, advertiserID(acme), report, block, campaignID(acme, 11)), nil)
		var answer struct {
			Advertiser struct {
				Metrics   answeredReport
				Campaigns struct {
					Totals answeredReport
					Edges  []struct{ Metrics answeredReport }
				}
			}
			Campaign struct{ Metrics answeredReport }
		}
		if err := json.Unmarshal([]byte(a.data), &answer); err != nil || len(a.errors) > 0 {
			t.Fatal(err, a.sortedErrors())
		}
		answer.Advertiser.Metrics.check(t, report+" of the account", seen)
		answer.Advertiser.Campaigns.Totals.check(t, report+" of the list", seen)
		answer.Campaign.Metrics.check(t, report+" of a campaign", seen)
		for i, e := range answer.Advertiser.Campaigns.Edges {
			e.Metrics.check(t, fmt.Sprintf("%s of row %d", report, i), seen)
		}
	}
	for _, what := range []string{"no change", "no percent", "NEUTRAL", "GOOD", "BAD"} {
		if seen[what] == 0 {
			t.Errorf("there was no case of %s", what)
		}
	}
}

// TestNoComparisonNoChange asks for a change without an earlier range.
func TestNoComparisonNoChange(t *testing.T) {
	t.Parallel()
	a := smallWorld(t, Options{}).ask(t, `{ advertiser(id: "`+advertiserID(acme)+`") { metrics(report: {dates: {preset: LAST_7_DAYS}}) { previous { impressions } change { impressions { difference } } } } }`, nil)
	if want := `{"advertiser":{"metrics":{"previous":null,"change":null}}}`; a.data != want || len(a.errors) > 0 {
		t.Errorf("got %s %s, want %s", a.data, a.sortedErrors(), want)
	}
}

// TestNullReasons asks why numbers are missing.
func TestNullReasons(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	report := func(dates string) string { return `(report: {dates: ` + dates + `, compareTo: PREVIOUS_PERIOD})` }
	of := func(campaign int64, dates string) string {
		return `campaign(id: "` + campaignID(acme, campaign) + `") { metrics` + report(dates) + ` { total { nullReason(metric: METRIC) } } }`
	}
	account := func(fields string) string { return `advertiser(id: "` + advertiserID(acme) + `") { ` + fields + ` }` }
	list := func(field, dates, below string) string {
		return account(field + strings.Replace(report(dates), "(", "(first: 1, ", 1) + " { " + below + " }")
	}
	const week, fortnight, reason = `{preset: LAST_7_DAYS}`, `{preset: LAST_14_DAYS}`, `{ nullReason(metric: METRIC) }`
	tests := []struct{ name, query, metric, want string }{
		{"ThereIsReach", of(11, week), "REACH", ""},
		{"ThereIsFrequency", of(11, week), "FREQUENCY", ""},
		{"ZeroIsANumber", of(16, week), "SPEND", ""},
		{"DivisionByZero", of(16, week), "CTR", "DIVISION_BY_ZERO"},
		{"DivisionByZeroInTotals", account(`campaigns(first: 1, report: {dates: {from: "2020-01-01", to: "2020-01-07"}}) { totals { total ` + reason + ` } }`), "CPC", "DIVISION_BY_ZERO"},
		{"RangeNotCounted", of(11, fortnight), "REACH", "RANGE_NOT_COUNTED"},
		{"RangeNotCountedForARatio", of(11, fortnight), "FREQUENCY", "RANGE_NOT_COUNTED"},
		{"RangeNotCountedInARow", list("campaigns", fortnight, "edges { metrics { total "+reason+" } }"), "REACH", "RANGE_NOT_COUNTED"},
		{"NotCounted", of(12, week), "REACH", "NOT_COUNTED"},
		{"NotCountedBefore", strings.Replace(of(11, week), "total", "previous", 1), "REACH", "NOT_COUNTED"},
		{"NotAdditiveInTotals", list("campaigns", week, "totals { total "+reason+" }"), "REACH", "NOT_ADDITIVE"},
		{"NotAdditiveInEarlierTotals", list("campaigns", week, "totals { previous "+reason+" }"), "FREQUENCY", "NOT_ADDITIVE"},
		{"LevelNotCounted", list("pins", week, "edges { metrics { total "+reason+" } }"), "REACH", "LEVEL_NOT_COUNTED"},
		{"NotAdditiveInTotalsOfPins", list("pins", week, "totals { total "+reason+" }"), "REACH", "NOT_ADDITIVE"},
		{"PinsHaveTheRest", list("pins", week, "edges { metrics { total "+reason+" } }"), "SPEND", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := w.ask(t, "{ "+strings.ReplaceAll(tt.query, "METRIC", tt.metric)+" }", nil)
			want := `"nullReason":null`
			if tt.want != "" {
				want = `"nullReason":"` + tt.want + `"`
			}
			if len(a.errors) > 0 || strings.Count(a.data, "nullReason") != 1 || !strings.Contains(a.data, want) {
				t.Errorf("got %s %s, want %s", a.data, a.sortedErrors(), want)
			}
		})
	}
}

// TestOrderByDifference sorts by how a number changed, and asks for it where
// there is nothing to compare with.
func TestOrderByDifference(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	const dates = `dates: {from: "2026-05-20", to: "2026-06-03"}`
	ask := func(order, report string) answer {
		return w.ask(t, `{ advertiser(id: "`+advertiserID(acme)+`") { campaigns(first: 10, orderBy: {`+order+`}, report: {`+report+`}) {
		  edges { metrics { total { spend { micros } } previous { spend { micros } } } } } } }`, nil)
	}
	for order, key := range map[string]func(now, before float64) float64{
		`metric: SPEND, direction: DESC`:                 func(now, _ float64) float64 { return now },
		`metric: SPEND, of: PREVIOUS, direction: DESC`:   func(_, before float64) float64 { return before },
		`metric: SPEND, of: DIFFERENCE, direction: DESC`: func(now, before float64) float64 { return now - before },
		`metric: SPEND, of: DIFFERENCE, direction: ASC`:  func(now, before float64) float64 { return before - now },
	} {
		a := ask(order, dates+", compareTo: PREVIOUS_PERIOD")
		var got struct {
			Advertiser struct {
				Campaigns struct {
					Edges []struct {
						Metrics answeredReport
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(a.data), &got); err != nil || len(a.errors) > 0 {
			t.Fatal(err, a.sortedErrors())
		}
		var keys []float64
		for _, e := range got.Advertiser.Campaigns.Edges {
			now, _ := answeredNumber(t, e.Metrics.Total["spend"])
			before, _ := answeredNumber(t, e.Metrics.Previous["spend"])
			keys = append(keys, key(now, before))
		}
		if !sort.SliceIsSorted(keys, func(i, j int) bool { return keys[i] > keys[j] }) || len(keys) < 5 || keys[0] == keys[len(keys)-1] {
			t.Errorf("by %s: %v", order, keys)
		}
	}
	for order, report := range map[string]string{
		`metric: SPEND, of: DIFFERENCE, direction: DESC`: dates,
		`metric: SPEND, of: PREVIOUS, direction: ASC`:    dates,
		`field: NAME, of: DIFFERENCE, direction: ASC`:    dates + ", compareTo: PREVIOUS_PERIOD",
	} {
		a := ask(order, report)
		if len(a.errors) != 1 || a.codes()[0] != string(fault.Invalid) || a.errors[0].Extensions["argument"] != "orderBy" {
			t.Errorf("by %s: %s %s", order, a.data, a.sortedErrors())
		}
	}
}

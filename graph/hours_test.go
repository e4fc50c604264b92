package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
)

// hourlyFields selects every metric that hours add up to.
func hourlyFields() string {
	var b strings.Builder
	for _, m := range metrics.Catalogue() {
		if m.Kind != metrics.KindAdditive || m.Attributed {
			continue
		}
		b.WriteString(m.Field)
		if m.Unit == metrics.UnitMoney {
			b.WriteString(" { micros }")
		}
		b.WriteString(" ")
	}
	return b.String()
}

// numbers is the additive metrics of a bucket, by field.
type numbers map[string]counted

// number is a count, or the micros of an amount.
type counted int64

func (n *counted) UnmarshalJSON(b []byte) error {
	v, err := strconv.ParseInt(strings.Trim(string(b), `{"micros:}`), 10, 64)
	*n = counted(v)
	return err
}

func (n numbers) add(m numbers) {
	for field, v := range m {
		n[field] += v
	}
}

type shownBucket struct {
	Start, End           ads.Day
	StartAt, EndAt       time.Time
	IsPartial, IsMissing bool
	Values               numbers
}

type shownReport struct {
	Context     struct{ DataAsOf time.Time }
	Hours, Days []shownBucket
}

type shownList struct {
	Edges []struct {
		Node    struct{ ID string }
		Metrics shownReport
	}
	Totals shownReport
}

// check compares the hours of a report with its days, and says how many have
// numbers.
func (r *shownReport) check(t *testing.T, what string) (delivered int) {
	t.Helper()
	sums := map[ads.Day]numbers{}
	for i, h := range r.Hours {
		if i > 0 && !h.StartAt.Equal(r.Hours[i-1].EndAt) || h.Start != h.End {
			t.Errorf("%s: the hour from %s is of %s to %s and follows %v", what, h.StartAt, h.Start, h.End, r.Hours[max(0, i-1)].EndAt)
		}
		asOf := r.Context.DataAsOf
		if h.IsMissing != !h.StartAt.Before(asOf) || h.IsPartial != h.EndAt.After(asOf) {
			t.Errorf("%s: the hour from %s is missing: %t, partial: %t, with data up to %s", what, h.StartAt, h.IsMissing, h.IsPartial, asOf)
		}
		if sums[h.Start] == nil {
			sums[h.Start] = numbers{}
		}
		sums[h.Start].add(h.Values)
		for field, n := range h.Values {
			if n != 0 && h.IsMissing {
				t.Errorf("%s: %s of %s, of which nothing is known, is %d", what, field, h.StartAt, n)
			}
			if n != 0 {
				delivered++
			}
		}
	}
	if len(sums) != len(r.Days) || !r.Hours[0].StartAt.Equal(r.Days[0].StartAt) || !r.Hours[len(r.Hours)-1].EndAt.Equal(r.Days[len(r.Days)-1].EndAt) {
		t.Errorf("%s: the hours of %d days, and %d days", what, len(sums), len(r.Days))
	}
	for _, d := range r.Days {
		for field, n := range d.Values {
			if sums[d.Start][field] != n {
				t.Errorf("%s: %s of %s is %d, its hours add up to %d", what, field, d.Start, n, sums[d.Start][field])
			}
		}
	}
	return delivered
}

// TestHoursAddUpToDays compares, on every level, the hours of days with the
// days, and the hours of totals with those of all rows.
func TestHoursAddUpToDays(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	const fragment = ` fragment R on MetricsReport { context { dataAsOf } hours: series(granularity: HOUR) { ...B } days: series(granularity: DAY) { ...B } }
	  fragment B on MetricsBucket { start end startAt endAt isPartial isMissing values { %s } }
	  fragment C on CampaignConnection { edges { node { id } metrics { ...R } } totals { ...R } }
	  fragment G on AdGroupConnection { edges { node { id } metrics { ...R } } totals { ...R } }
	  fragment A on AdConnection { edges { node { id } metrics { ...R } } totals { ...R } }
	  fragment P on PinConnection { edges { node { id } metrics { ...R } } totals { ...R } }`
	query := `query ($id: ID!, $r: ReportInput!) { advertiser(id: $id) { metrics(report: $r) { ...R }
	  campaigns(first: 15, report: $r) { ...C } adGroups(first: 15, report: $r) { ...G } ads(first: 15, report: $r) { ...A } pins(first: 15, report: $r) { ...P }
	  active: campaigns(first: 15, filter: {status: [ACTIVE], metrics: [{metric: SPEND, min: 1}]}, report: $r) { ...C }
	  running: ads(first: 15, filter: {delivery: [RUNNING]}, report: $r) { ...A } } }` + fmt.Sprintf(fragment, hourlyFields())
	sets, delivered, lengths := 0, map[string]int{}, map[int]bool{}
	for _, dates := range []map[string]any{{"preset": "TODAY"}, {"from": "2026-06-11", "to": "2026-06-13"}, {"from": "2026-06-16", "to": "2026-06-18"}} {
		for a := int64(1); a <= 6; a++ {
			got := w.ask(t, query, map[string]any{"id": advertiserID(a), "r": map[string]any{"dates": dates}})
			if len(got.errors) > 0 {
				t.Fatal(got.sortedErrors())
			}
			var answer struct {
				Advertiser struct {
					Metrics                                         shownReport
					Campaigns, AdGroups, Ads, Pins, Active, Running shownList
				}
			}
			if err := json.Unmarshal([]byte(got.data), &answer); err != nil {
				t.Fatal(err)
			}
			at := fmt.Sprintf("advertiser %d, %v", a, dates)
			delivered["advertiser"] += answer.Advertiser.Metrics.check(t, at)
			lengths[len(answer.Advertiser.Metrics.Hours)] = true
			for name, list := range map[string]*shownList{
				"campaigns": &answer.Advertiser.Campaigns, "adGroups": &answer.Advertiser.AdGroups, "ads": &answer.Advertiser.Ads,
				"pins": &answer.Advertiser.Pins, "active": &answer.Advertiser.Active, "running": &answer.Advertiser.Running,
			} {
				if len(list.Edges) == 0 {
					continue // no totals either
				}
				delivered[name] += list.Totals.check(t, at+", totals of "+name)
				sums := make([]numbers, len(list.Totals.Hours))
				for i := range sums {
					sums[i] = numbers{}
				}
				for _, e := range list.Edges {
					e.Metrics.check(t, at+", "+name+" "+e.Node.ID)
					for i, h := range e.Metrics.Hours {
						sums[i].add(h.Values)
					}
				}
				if len(list.Edges) == 15 {
					continue // there are more
				}
				sets++
				for i, h := range list.Totals.Hours {
					for field, n := range h.Values {
						if sums[i][field] != n {
							t.Errorf("%s, totals of %s: %s from %s is %d, that of the rows %d", at, name, field, h.StartAt, n, sums[i][field])
						}
					}
				}
			}
		}
	}
	for _, name := range []string{"advertiser", "campaigns", "adGroups", "ads", "pins", "active", "running"} {
		if delivered[name] < 100 {
			t.Errorf("%s: only %d numbers", name, delivered[name])
		}
	}
	if sets < 20 || !lengths[24] || !lengths[72] {
		t.Errorf("%d sets, lengths %v", sets, lengths)
	}
}

// TestHoursBesideOtherNumbers asks for hours beside other numbers of the report.
func TestHoursBesideOtherNumbers(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	const report = `metrics(report: {dates: {preset: YESTERDAY}, compareTo: PREVIOUS_PERIOD, attribution: {clickWindowDays: 7, engagementWindowDays: 7}})`
	ask := func(fields string) string {
		a := w.ask(t, `{ advertiser(id: "`+advertiserID(1)+`") { `+report+` { `+fields+` } } }`, nil)
		if len(a.errors) > 0 {
			t.Fatal(a.sortedErrors())
		}
		return strings.TrimSuffix(strings.TrimPrefix(a.data, `{"advertiser":{"metrics":{`), `}}}`)
	}
	parts := []string{
		"total { spend { micros } roas reach }", "previous { conversions }", "daily: series(granularity: DAY) { values { checkouts spend { micros } } }",
		"hourly: series(granularity: HOUR) { start values { ctr spend { micros } } }", "empty: series(granularity: HOUR) { startAt isMissing }",
	}
	var alone []string
	for _, p := range parts {
		alone = append(alone, ask(p))
	}
	if got, want := ask(strings.Join(parts, " ")), strings.Join(alone, ","); got != want {
		t.Errorf("together %s\nalone    %s", got, want)
	}
	if !strings.Contains(alone[3], `"ctr":0.`) {
		t.Errorf("no hour has clicks: %s", alone[3])
	}
}

func TestHourErrors(t *testing.T) {
	t.Parallel()
	w, plain := demoWorld(t, Options{}), demoWorld(t, Options{Executor: true})
	for _, tt := range []struct {
		name, dates, values string
		code                fault.Code
		says                string
	}{
		{"TooLong", "preset: LAST_7_DAYS", "leads", fault.TooLarge, "has 7 days; a series by HOUR covers at most 3"},
		{"TooEarly", `from: "2026-06-09", to: "2026-06-10"`, "leads", fault.BeyondRetention, "the first day whose hours are kept is 2026-06-10"},
		{"Attributed", "preset: TODAY", "leads roas checkouts", fault.Unsupported, "Known by DAY, WEEK and MONTH only: ROAS and CHECKOUTS."},
		{"People", "preset: TODAY", "frequency", fault.Unsupported, "for whole ranges only: FREQUENCY."},
		{"ReasonOfAttributed", "preset: TODAY", "nullReason(metric: COST_PER_CHECKOUT)", fault.Unsupported, "COST_PER_CHECKOUT"},
		{"ReasonOfDelivery", "preset: TODAY", "nullReason(metric: COST_PER_LEAD)", "", ""},
		{"EmptyBucketsAreBoundToo", "preset: LAST_30_DAYS", "__typename", fault.TooLarge, "30 days"},
		{"Longest", `from: "2026-06-10", to: "2026-06-12"`, "leads", "", ""},
		{"Future", `from: "2026-06-18", to: "2026-06-20"`, "leads", "", ""},
	} {
		query := `{ advertiser(id: "` + advertiserID(1) + `") { name metrics(report: {dates: {` + tt.dates + `}}) { context { from } series(granularity: HOUR) { values { ` + tt.values + ` } } } } }`
		got, want := w.ask(t, query, nil), plain.ask(t, query, nil)
		if got.data != want.data || got.sortedErrors() != want.sortedErrors() {
			t.Errorf("%s: the ways of executing differ:\n%s\n%s\n%s\n%s", tt.name, got.data, got.sortedErrors(), want.data, want.sortedErrors())
		}
		if tt.code == "" {
			if len(got.errors) > 0 {
				t.Errorf("%s: %s", tt.name, got.sortedErrors())
			}
			continue
		}
		if len(got.errors) != 1 || got.codes()[0] != string(tt.code) || !strings.Contains(got.errors[0].Message, tt.says) || got.errors[0].Extensions["argument"] != "granularity" {
			t.Errorf("%s: %s, want %s", tt.name, got.sortedErrors(), tt.code)
		}
		if !strings.Contains(got.data, `"context":{"from"`) || !strings.Contains(got.data, `"series":null`) {
			t.Errorf("%s: more than the series is gone: %s", tt.name, got.data)
		}
	}
}

// TestHoursOfRowsAreOneStatement asks for the hours of every row of lists and
// of lists below rows: the statements do not depend on how many there are.
func TestHoursOfRowsAreOneStatement(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	const series = `series(granularity: HOUR) { startAt isMissing values { spend { micros } ctr } }`
	for name, tt := range map[string]struct {
		query string
		want  []string
	}{
		"Rows": {
			`campaigns(first: $first, report: $report) { edges { metrics { total { spend { micros } } ` + series + ` } } totals { ` + series + ` } }`,
			[]string{"AdvertiserByID", "CampaignHours", "CampaignList", "CampaignSetHours"},
		},
		"TotalsBelowRows": {
			`campaigns(first: $first) { edges { node { adGroups(first: 1, report: $report) { totals { ` + series + ` } } } } }`,
			[]string{"AdGroupList", "AdGroupSetHours", "AdvertiserByID", "CampaignList"},
		},
		"RowsBelowRows": {
			`campaigns(first: $first) { edges { node { metrics(report: $report) { ` + series + ` } ads(first: 3, report: $report) { edges { metrics { ` + series + ` } } } } } }`,
			[]string{"AdHours", "AdList", "AdvertiserByID", "CampaignHours", "CampaignList"},
		},
	} {
		for _, rows := range []int{1, 2, 10, 40} {
			a := w.ask(t, `query ($id: ID!, $first: Int!, $report: ReportInput!) { advertiser(id: $id) { `+tt.query+` } }`,
				map[string]any{"id": advertiserID(1), "first": rows, "report": map[string]any{"dates": map[string]any{"preset": "YESTERDAY"}}})
			if len(a.errors) > 0 || !slices.Equal(a.statements(), tt.want) {
				t.Errorf("%s, %d rows: statements %v, want %v; %s", name, rows, a.statements(), tt.want, a.sortedErrors())
			}
		}
	}
	for _, rows := range []int{1, 5, 20} {
		a := w.ask(t, `query ($first: Int!) { viewer { advertisers(first: $first, report: {dates: {preset: TODAY}}) { edges { metrics { `+series+` } } } } }`, map[string]any{"first": rows})
		if want := []string{"AdvertiserHours", "AdvertiserPage"}; len(a.errors) > 0 || len(a.statements()) != 2 || a.statements()[0] != want[0] {
			t.Errorf("%d accounts: statements %v; %s", rows, a.statements(), a.sortedErrors())
		}
	}
}

// TestBucketsWithoutData asks an account that no numbers arrived for.
func TestBucketsWithoutData(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, `INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (900, 'New', 'AU', 'AUD', 'Australia/Lord_Howe');
	  INSERT INTO member (advertiser_id, user_id, role) VALUES (900, 1, 'OWNER')`)
	w := newWorld(t, pgtest.OpenDSN(t, dsn), Options{})
	a := w.ask(t, `{ advertiser(id: "`+advertiserID(900)+`") { metrics(report: {dates: {preset: TODAY}}) {
	  series(granularity: HOUR) { isMissing isPartial values { impressions ctr } } days: series(granularity: DAY) { startAt endAt isMissing } } } }`, nil)
	if len(a.errors) > 0 || strings.Count(a.data, `{"isMissing":true,"isPartial":true,"values":{"impressions":0,"ctr":null}}`) != 24 ||
		!strings.Contains(a.data, `"days":[{"startAt":"2026-06-17T13:30:00Z","endAt":"2026-06-18T13:30:00Z","isMissing":true}]`) {
		t.Errorf("%s\n%s", a.data, a.sortedErrors())
	}
}

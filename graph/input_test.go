package graph

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// TestBadInput asks for what cannot be had: each mistake gets its code and
// names the argument, and nothing of the database shows.
func TestBadInput(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	const dates = `report: {dates: {from: "2026-06-01", to: "2026-06-07"}}`
	inAcme := func(fields string) string {
		return `{ advertiser(id: "` + advertiserID(acme) + `") { ` + fields + ` } }`
	}
	firstPage := w.ask(t, inAcme(`campaigns(first: 1) { edges { cursor } }`), nil)
	cursor := between(t, firstPage.data, `"cursor":"`, `"`)
	foreign := ads.Ref{Level: ads.LevelCampaign, Advertiser: 2, ID: 21}.String()
	mixed := ads.Ref{Level: ads.LevelCampaign, Advertiser: acme, ID: 21}.String() // a foreign campaign's number under our advertiser
	tests := []struct {
		name, query string
		code        fault.Code
		mentions    string
	}{
		{"UnknownAdvertiser", `{ advertiser(id: "` + advertiserID(99) + `") { id } }`, fault.NotFound, "advertiser"},
		{"ForeignAdvertiser", `{ advertiser(id: "` + advertiserID(2) + `") { id name } }`, fault.NotFound, "advertiser"},
		{"ForeignCampaign", `{ campaign(id: "` + foreign + `") { id name } }`, fault.NotFound, "campaign"},
		{"ForeignCampaignUnderOwnAdvertiser", `{ campaign(id: "` + mixed + `") { id name } }`, fault.NotFound, "campaign"},
		{"ForeignNode", `{ node(id: "` + foreign + `") { id } }`, fault.NotFound, "advertiser"},
		{"IDOfAnotherKind", `{ campaign(id: "` + advertiserID(acme) + `") { id } }`, fault.NotFound, "kind"},
		{"NotAnID", `{ advertiser(id: "1") { id } }`, fault.Invalid, `"1"`},
		{"NumberAsID", `{ advertiser(id: 1) { id } }`, fault.Invalid, "id"},
		{"FirstZero", inAcme(`campaigns(first: 0) { totalCount }`), fault.Invalid, "1 to 200"},
		{"First201", inAcme(`campaigns(first: 201) { totalCount }`), fault.Invalid, "1 to 200"},
		{"FirstNegative", inAcme(`ads(first: -1) { totalCount }`), fault.Invalid, "1 to 200"},
		{"FirstHuge", inAcme(`ads(first: 99999999999) { totalCount }`), fault.Invalid, "1 to 200"},
		{"ForgedCursor", inAcme(`campaigns(first: 1, after: "AAAA") { totalCount }`), fault.InvalidCursor, "cursor"},
		{"CursorOfOtherOrder", inAcme(`campaigns(first: 1, after: "` + cursor + `", orderBy: {field: NAME, direction: ASC}) { totalCount edges { cursor } }`), fault.InvalidCursor, "cursor"},
		{"CursorOfOtherFilter", inAcme(`campaigns(first: 1, after: "` + cursor + `", filter: {status: [ACTIVE]}) { edges { cursor } }`), fault.InvalidCursor, "cursor"},
		{"CursorOfOtherAdvertiser", `{ advertiser(id: "` + advertiserID(3) + `") { campaigns(first: 1, after: "` + cursor + `") { edges { cursor } } } }`, fault.InvalidCursor, "cursor"},
		{"CursorOfOtherLevel", inAcme(`ads(first: 1, after: "` + cursor + `") { edges { cursor } }`), fault.InvalidCursor, "cursor"},
		{"InvertedRange", inAcme(`metrics(report: {dates: {from: "2026-06-07", to: "2026-06-01"}}) { total { impressions } }`), fault.Invalid, "before it starts"},
		{"OverlongRange", inAcme(`metrics(report: {dates: {from: "2020-06-07", to: "2026-06-01"}}) { total { impressions } }`), fault.TooLarge, "366"},
		{"PresetAndEnds", inAcme(`metrics(report: {dates: {preset: TODAY, to: "2026-06-01"}}) { total { impressions } }`), fault.Invalid, "preset"},
		{"HalfARange", inAcme(`metrics(report: {dates: {to: "2026-06-01"}}) { total { impressions } }`), fault.Invalid, "from and to"},
		{"NoSuchDay", inAcme(`metrics(report: {dates: {from: "2026-02-30", to: "2026-06-01"}}) { total { impressions } }`), fault.Invalid, "2026-02-30"},
		{"NotADay", inAcme(`metrics(report: {dates: {from: "1 June", to: "2026-06-01"}}) { total { impressions } }`), fault.Invalid, "YYYY-MM-DD"},
		{"UnknownSort", inAcme(`campaigns(first: 1, orderBy: {field: COLOUR, direction: ASC}) { totalCount }`), "GRAPHQL_VALIDATION_FAILED", "COLOUR"},
		{"TwoSorts", inAcme(`campaigns(first: 1, ` + dates + `, orderBy: {field: NAME, metric: SPEND, direction: ASC}) { totalCount }`), fault.Invalid, "one of the two"},
		{"NoSort", inAcme(`campaigns(first: 1, orderBy: {direction: ASC}) { totalCount }`), fault.Invalid, "one of the two"},
		{"SortByMetricWithoutDates", inAcme(`campaigns(first: 1, orderBy: {metric: SPEND, direction: ASC}) { totalCount }`), fault.Invalid, "report"},
		{"ThresholdWithoutDates", inAcme(`campaigns(first: 1, filter: {metrics: [{metric: SPEND, min: 1}]}) { totalCount }`), fault.Invalid, "report"},
		{"ThresholdWithoutBounds", inAcme(`campaigns(first: 1, ` + dates + `, filter: {metrics: [{metric: SPEND}]}) { totalCount }`), fault.Invalid, "min, max"},
		{"ContradictoryThreshold", inAcme(`campaigns(first: 1, ` + dates + `, filter: {metrics: [{metric: SPEND, min: 2, max: 1}]}) { totalCount }`), fault.Invalid, "nothing can match"},
		{"UnknownAttribution", inAcme(`metrics(report: {dates: {preset: TODAY}, attribution: {clickWindowDays: 1, viewWindowDays: 30}}) { total { checkouts } }`), fault.Invalid, "attribution"},
		{"ContradictoryThresholds", inAcme(`campaigns(first: 1, ` + dates + `, filter: {metrics: [{metric: SPEND, min: 2}, {metric: CTR, max: 1}, {metric: SPEND, max: 1}]}) { totalCount }`), fault.Invalid, "SPEND ask for at least 2 and at most 1"},
		{"DifferenceWithoutComparison", inAcme(`campaigns(first: 1, ` + dates + `, orderBy: {metric: SPEND, of: DIFFERENCE, direction: ASC}) { totalCount }`), fault.Invalid, "compareTo"},
		{"DifferenceOfAField", inAcme(`campaigns(first: 1, orderBy: {field: NAME, of: PREVIOUS, direction: ASC}) { totalCount }`), fault.Invalid, "goes with metric"},
		{"TooManyThresholds", inAcme(`campaigns(first: 1, ` + dates + `, filter: {metrics: [` + strings.Repeat(`{metric: SPEND, min: 1},`, 21) + `]}) { totalCount }`), fault.TooLarge, "20 thresholds"},
		{"EmptySearch", inAcme(`campaigns(first: 1, filter: {nameContains: ""}) { totalCount }`), fault.Invalid, "1 to 255"},
		{"NULInSearch", inAcme(`campaigns(first: 1, filter: {nameContains: "a\u0000b"}) { totalCount }`), fault.Invalid, "NUL"},
		{"ForeignIDInFilter", inAcme(`adGroups(first: 1, filter: {campaignIds: ["` + foreign + `"]}) { totalCount }`), fault.NotFound, "filter"},
		{"WrongKindInFilter", inAcme(`adGroups(first: 1, filter: {campaignIds: ["` + advertiserID(acme) + `"]}) { totalCount }`), fault.Invalid, "campaignIds"},
		{"TooManyIDs", `{ nodes(ids: [` + strings.Repeat(`"`+advertiserID(acme)+`",`, 201) + `]) { id } }`, fault.TooLarge, "200"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := w.ask(t, tt.query, nil)
			if len(a.errors) != 1 || a.codes()[0] != string(tt.code) {
				t.Fatalf("codes = %v, want one %s: %s", a.codes(), tt.code, a.sortedErrors())
			}
			e := a.errors[0]
			argument, _ := e.Extensions["argument"].(string)
			if !strings.Contains(e.Message+" "+argument+" "+string(e.Path), tt.mentions) {
				t.Errorf("the error does not mention %q: %+v", tt.mentions, e)
			}
			if text := strings.ToLower(e.Message); strings.Contains(text, "pq:") || strings.Contains(text, "sql") {
				t.Errorf("the database shows: %s", e.Message)
			}
		})
	}
}

func between(t *testing.T, s, before, after string) string {
	t.Helper()
	_, rest, ok := strings.Cut(s, before)
	found, _, ok2 := strings.Cut(rest, after)
	if !ok || !ok2 {
		t.Fatalf("nothing between %q and %q in %s", before, after, s)
	}
	return found
}

// TestForeignRowsAreNotCounted looks at everything of one advertiser as a
// member of another only.
func TestForeignRowsAreNotCounted(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	w.viewer = 3 // a member of nothing
	a := w.ask(t, `{ viewer { name advertisers(first: 10) { totalCount edges { node { name } } } }
	  nodes(ids: ["`+advertiserID(1)+`", "`+campaignID(1, 11)+`"]) { id } }`, nil)
	const want = `{"viewer":{"name":"Nina Nobody","advertisers":{"totalCount":0,"edges":[]}},"nodes":[null,null]}`
	if a.data != want || len(a.errors) > 0 {
		t.Errorf("got %s %s, want %s", a.data, a.sortedErrors(), want)
	}
}

// TestPagesMeetEnds walks through pages of one row in both directions of every
// field, and checks pageInfo at the ends.
func TestPagesMeetEnds(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	for _, field := range []string{"ID", "NAME", "STATUS", "OBJECTIVE", "BUDGET", "START_AT", "END_AT", "CREATED_AT", "UPDATED_AT"} {
		for _, direction := range []string{"ASC", "DESC"} {
			t.Run(field+direction, func(t *testing.T) {
				t.Parallel()
				var ids []string
				after := "null"
				for {
					a := w.ask(t, fmt.Sprintf(`{ advertiser(id: %q) { campaigns(first: 1, after: %s, orderBy: {field: %s, direction: %s}) {
					  pageInfo { hasNextPage hasPreviousPage endCursor } edges { node { id } } } } }`, advertiserID(acme), after, field, direction), nil)
					var page struct {
						Advertiser struct {
							Campaigns struct {
								PageInfo struct {
									HasNextPage, HasPreviousPage bool
									EndCursor                    string
								}
								Edges []struct{ Node struct{ ID string } }
							}
						}
					}
					if err := json.Unmarshal([]byte(a.data), &page); err != nil || len(a.errors) > 0 {
						t.Fatal(err, a.sortedErrors())
					}
					c := page.Advertiser.Campaigns
					if c.PageInfo.HasPreviousPage != (after != "null") {
						t.Errorf("hasPreviousPage = %v on page %d", c.PageInfo.HasPreviousPage, len(ids))
					}
					ids = append(ids, c.Edges[0].Node.ID)
					if !c.PageInfo.HasNextPage {
						break
					}
					after = fmt.Sprintf("%q", c.PageInfo.EndCursor)
				}
				seen := map[string]bool{}
				for _, id := range ids {
					seen[id] = true
				}
				if len(ids) != 6 || len(seen) != 6 {
					t.Errorf("visited %d rows, %d of them different, want 6: %v", len(ids), len(seen), ids)
				}
			})
		}
	}
}

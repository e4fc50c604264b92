package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

func changeID(id int64) string {
	return ads.Ref{Level: ads.LevelChange, Advertiser: acme, ID: id}.String()
}

// TestChangesAreFiltered keeps changes of the small world by what they are.
func TestChangesAreFiltered(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	ref := func(level ads.Level, id int64) string {
		return `"` + ads.Ref{Level: level, Advertiser: acme, ID: id}.String() + `"`
	}
	for filter, want := range map[string][]int64{
		`null`:                                        {810, 809, 808, 807, 806, 805, 804, 803, 802, 801},
		`{}`:                                          {810, 809, 808, 807, 806, 805, 804, 803, 802, 801},
		`{level: []}`:                                 nil,
		`{level: [MEMBER, ADVERTISER]}`:               {809, 808},
		`{level: [AD], source: [SYSTEM]}`:             {806},
		`{field: ["status", "bid"]}`:                  {805, 804, 801},
		`{field: ["STATUS"]}`:                         nil,
		`{source: [BULK, API]}`:                       {807, 805, 804, 803},
		`{entityIds: []}`:                             nil,
		`{from: "2026-06-02"}`:                        {810, 809, 808, 807, 806, 805, 804, 803}, // which begins at 4 o'clock
		`{to: "2026-06-01"}`:                          {802, 801},
		`{from: "2026-06-01", to: "2026-06-01"}`:      {802},
		`{from: "2026-02-28", to: "2026-02-28"}`:      {801}, // New York is 5 hours behind in winter
		`{from: "2026-03-01", to: "2026-05-31"}`:      nil,
		`{entityIds: [` + ref(ads.LevelAd, 11) + `]}`: nil, // a campaign has this number
		`{entityIds: [` + ref(ads.LevelCampaign, 11) + `, ` + ref(ads.LevelAd, 1131) + `]}`:                        {806, 803, 802, 801},
		`{entityIds: [` + ref(ads.LevelCampaign, 11) + `, ` + ref(ads.LevelAdGroup, 112) + `], level: [AD_GROUP]}`: {805, 804},
	} {
		got := w.ask(t, `{ advertiser(id: "MUEx") { changes(first: 20, filter: `+filter+`) { totalCount edges { node { id } } } } }`, nil)
		rows := []string{}
		for _, id := range want {
			rows = append(rows, `{"node":{"id":"`+changeID(id)+`"}}`)
		}
		if expected := fmt.Sprintf(`{"advertiser":{"changes":{"totalCount":%d,"edges":[%s]}}}`, len(want), strings.Join(rows, ",")); got.data != expected {
			t.Errorf("%s: %s %s, want %v", filter, got.data, got.sortedErrors(), want)
		}
	}
	got := w.ask(t, `{ campaign(id: "`+campaignID(acme, 11)+`") { changes(first: 2) { totalCount pageInfo { hasNextPage } edges { node { field old new } } }
	  adGroups(first: 10) { edges { node { id changes(first: 1) { totalCount edges { node { field old new entity { id ... on AdGroup { name status } } } } } } } } } }`, nil)
	empty := func(id int64) string {
		return `{"node":{"id":` + ref(ads.LevelAdGroup, id) + `,"changes":{"totalCount":0,"edges":[]}}}`
	}
	want := `{"campaign":{"changes":{"totalCount":3,"pageInfo":{"hasNextPage":true},"edges":[` +
		`{"node":{"field":"budget","old":{"micros": "40000000", "currency": "USD"},"new":{"micros": "50000000", "currency": "USD"}}},{"node":{"field":"name","old":"Spring","new":"Spring sale"}}]},` +
		`"adGroups":{"edges":[` + empty(113) + `,{"node":{"id":` + ref(ads.LevelAdGroup, 112) + `,"changes":{"totalCount":2,"edges":[` +
		`{"node":{"field":"bid","old":null,"new":{"micros": "1250000", "currency": "USD"},"entity":{"id":` + ref(ads.LevelAdGroup, 112) + `,"name":"Climbers","status":"PAUSED"}}}]}}},` + empty(111) + `]}}}`
	if compact(t, got.data) != compact(t, want) || len(got.errors) > 0 {
		t.Errorf("got %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
	if names := strings.Join(got.statements(), " "); names != "AdGroupByID AdGroupList CampaignByID ChangeList ChangeList" {
		t.Errorf("statements %s", names)
	}
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestChangesPageToTheEnd compares the pages of an account of the demo with the
// rows.
func TestChangesPageToTheEnd(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Demo(t, "small")
	w := newWorld(t, pgtest.OpenDSN(t, dsn), Options{})
	var want []int64
	if err := pgtest.DB(t, dsn).Select(&want, `SELECT id FROM change WHERE advertiser_id = 1 ORDER BY at DESC, id DESC`); err != nil {
		t.Fatal(err)
	}
	var got []int64
	for after := "null"; ; {
		a := w.ask(t, `{ advertiser(id: "MUEx") { changes(first: 7, after: `+after+`) { totalCount pageInfo { hasNextPage endCursor } edges { node { id entity { id } } } } } }`, nil)
		var page struct {
			Advertiser struct {
				Changes struct {
					TotalCount int
					PageInfo   struct {
						HasNextPage bool
						EndCursor   string
					}
					Edges []struct{ Node struct{ ID string } }
				}
			}
		}
		if err := json.Unmarshal([]byte(a.data), &page); err != nil || len(a.errors) > 0 || page.Advertiser.Changes.TotalCount != len(want) {
			t.Fatal(a.data, a.sortedErrors(), err)
		}
		for _, e := range page.Advertiser.Changes.Edges {
			ref, err := ads.ParseRef(e.Node.ID)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, ref.ID)
		}
		if !page.Advertiser.Changes.PageInfo.HasNextPage {
			break
		}
		after = `"` + page.Advertiser.Changes.PageInfo.EndCursor + `"`
	}
	if !slices.Equal(got, want) || len(got) < 20 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestChangesOfMembersAreForThoseWhoSeeMembers asks for the history as an owner,
// as an analyst, and as somebody who sees no campaigns: in lists, counts, filters,
// markers and by id.
func TestChangesOfMembersAreForThoseWhoSeeMembers(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, `
INSERT INTO app_user (id, email, name) VALUES (31, 'f@example.com', 'Fay Finance');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 31, 'FINANCE_MANAGER');
INSERT INTO change (advertiser_id, id, entity_type, entity_id, field, actor_id, source, at) VALUES (1, 890, 'MEMBER', 1, 'roles', 1, 'UI', '2026-06-10 12:00+00'), (1, 891, 'MEMBER', 11, 'roles', 1, 'UI', '2026-06-10 12:00+00');`)
	w := newWorld(t, pgtest.OpenDSN(t, dsn), Options{})
	const query = `{ advertiser(id: "MUEx") { changes(first: 50) { totalCount edges { node { entityLevel entity { id } } } } members: changes(first: 50, filter: {level: [MEMBER]}) { totalCount }
	  one: changes(first: 1, filter: {from: "2026-06-10", to: "2026-06-10"}) { totalCount }
	  metrics(report: {dates: {from: "2026-06-10", to: "2026-06-16"}}) { markers(granularity: DAY) { start count } } } }`
	for viewer, want := range map[int64][3]int{1: {12, 3, 2}, 21: {12, 3, 2}, 22: {9, 0, 0}} {
		got := w.as(viewer).ask(t, query, nil)
		if strings.Count(got.data, `"MEMBER"`) != want[1] || !strings.Contains(got.data, fmt.Sprintf(`"changes":{"totalCount":%d,`, want[0])) ||
			!strings.Contains(got.data, fmt.Sprintf(`"members":{"totalCount":%d},"one":{"totalCount":%d}`, want[1], want[2])) ||
			!strings.Contains(got.data, `"markers":[{"start":"2026-06-16","count":1}]`) || strings.Contains(got.data, `"MEMBER","entity":{`) {
			t.Errorf("%d: %s %s", viewer, got.data, got.sortedErrors())
		}
		got = w.as(viewer).ask(t, `{ a: node(id: "`+changeID(808)+`") { id } b: node(id: "`+changeID(809)+`") { id } nodes(ids: ["`+changeID(808)+`"]) { id } }`, nil)
		if seen := strings.Count(got.data, changeID(808)); seen != map[bool]int{true: 2}[want[1] > 0] || !strings.Contains(got.data, changeID(809)) {
			t.Errorf("%d: %s %s", viewer, got.data, got.sortedErrors())
		}
	}
	hidden, missing := w.as(22).ask(t, `{ node(id: "`+changeID(808)+`") { id } }`, nil), w.as(22).ask(t, `{ node(id: "`+changeID(12345)+`") { id } }`, nil)
	if hidden.sortedErrors() != missing.sortedErrors() || hidden.codes()[0] != string(fault.NotFound) {
		t.Errorf("hidden: %s, missing: %s", hidden.sortedErrors(), missing.sortedErrors())
	}
	got := w.as(31).ask(t, `{ advertiser(id: "MUEx") { name changes(first: 1) { totalCount } } node(id: "`+changeID(801)+`") { id } }`, nil)
	if got.data != `{"advertiser":{"name":"Acme Outdoor","changes":null},"node":null}` || !slices.Equal(got.codes(), []string{string(fault.Forbidden), string(fault.Forbidden)}) {
		t.Errorf("finance: %s %s", got.data, got.sortedErrors())
	}
}

// TestMarkersStandAtTheSteps compares markers with the series beside them.
func TestMarkersStandAtTheSteps(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	one := func(start string, changes ...string) string {
		return fmt.Sprintf(`{"start":"%s","count":%d,"changes":[%s]}`, start, len(changes), strings.Join(changes, ","))
	}
	const name, budget, account, end = `{"field":"name","new":"Spring sale"}`, `{"field":"budget","new":{"micros":"50000000","currency":"USD"}}`,
		`{"field":"name","new":"Acme Outdoor"}`, `{"field":"endAt","new":"2026-09-01T04:00:00Z"}`
	for root, markers := range map[string]map[string]string{
		`advertiser(id: "MUEx")`: {
			"DAY":   one("2026-06-01", name) + "," + one("2026-06-02", budget) + "," + one("2026-06-07", account) + "," + one("2026-06-16", end),
			"WEEK":  one("2026-06-01", account, budget, name) + "," + one("2026-06-15", end), // the week of the 1st, which begins it
			"MONTH": one("2026-06-01", end, account, budget, name),
		},
		`campaign(id: "` + campaignID(acme, 11) + `")`: {
			"DAY":   one("2026-06-01", name) + "," + one("2026-06-02", budget),
			"WEEK":  one("2026-06-01", budget, name),
			"MONTH": one("2026-06-01", budget, name),
		},
		`campaign(id: "` + campaignID(acme, 13) + `")`: {"DAY": "", "WEEK": "", "MONTH": ""},
		`ad(id: "` + ads.Ref{Level: ads.LevelAd, Advertiser: acme, ID: 1112}.String() + `")`: {
			"DAY": one("2026-06-05", `{"field":"name","new":null}`), "WEEK": one("2026-06-01", `{"field":"name","new":null}`),
		},
	} {
		for granularity, want := range markers {
			got := w.ask(t, `{ `+root+` { metrics(report: {dates: {from: "2026-05-30", to: "2026-06-17"}}) {
			  series(granularity: `+granularity+`) { start } markers(granularity: `+granularity+`) { start count changes { field new } } } } }`, nil)
			_, list, _ := strings.Cut(compact(t, strings.ReplaceAll(got.data, `"start"`, `"0start"`)), `"markers":`)
			_, expected, _ := strings.Cut(compact(t, `{"markers":[`+strings.ReplaceAll(want, `"start"`, `"0start"`)+`]}`), `"markers":`)
			if len(got.errors) > 0 || !strings.HasPrefix(list, strings.TrimSuffix(expected, "}")) {
				t.Errorf("%s by %s: %s %s, want %s", root, granularity, list, got.sortedErrors(), expected)
			}
			series, _, _ := strings.Cut(got.data, `"markers"`)
			for _, part := range strings.Split(want, `"start":"`)[1:] {
				if day, _, _ := strings.Cut(part, `"`); !strings.Contains(series, `{"start":"`+day+`"}`) {
					t.Errorf("%s by %s: no step starts on %s: %s", root, granularity, day, series)
				}
			}
		}
	}
	got := w.ask(t, `{ campaign(id: "`+campaignID(acme, 11)+`") { metrics(report: {dates: {from: "2026-06-02", to: "2026-06-03"}}) { markers(granularity: MONTH) { start count } } } }`, nil)
	if want := `{"campaign":{"metrics":{"markers":[{"start":"2026-06-02","count":1}]}}}`; got.data != want { // where the range begins
		t.Errorf("got %s, want %s", got.data, want)
	}
}

// TestMarkersAreOneStatement asks for the markers of one row and of many, by two
// steps at once, in accounts of different zones.
func TestMarkersAreOneStatement(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, crowd)), Options{})
	for _, first := range []int{1, 10, 200} {
		got := w.ask(t, fmt.Sprintf(`{ viewer { advertisers(first: 3, orderBy: {field: ID, direction: ASC}) { edges { node { changes(first: %[1]d) { totalCount edges { node { field actor { name } entity { id } } } }
		  metrics(report: {dates: {preset: LAST_30_DAYS}}) { markers(granularity: DAY) { start count } weeks: markers(granularity: WEEK) { changes { at actor { name } } } }
		  campaigns(first: %[1]d, report: {dates: {preset: LAST_30_DAYS}}) { edges { node { changes(first: 2) { edges { node { id } } } } metrics { markers(granularity: DAY) { start count changes { field entity { id } } } } } } } } } } }`, first), nil)
		if names := strings.Join(got.statements(), " "); len(got.errors) > 0 || names != "AdvertiserList AdvertiserMarkers CampaignList CampaignMarkers ChangeList ChangeList" {
			t.Errorf("%d rows: %s %s", first, names, got.sortedErrors())
		}
		if first == 200 && strings.Count(got.data, `"count":`) < 15 {
			t.Errorf("too few markers: %s", got.data)
		}
		for _, m := range strings.Split(got.data, `"changes":[`)[1:] {
			if list, _, _ := strings.Cut(m, "]"); strings.Count(list, `"field"`) > markerChanges {
				t.Errorf("%s in a marker", list)
			}
		}
	}
}

// TestChangesRefuse checks what cannot be asked.
func TestChangesRefuse(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	foreign := ads.Ref{Level: ads.LevelCampaign, Advertiser: 2, ID: 11}.String()
	many := strings.Repeat(`"`+campaignID(acme, 11)+`",`, 201)
	for field, want := range map[string]fault.Code{
		`changes(first: 0) { totalCount }`:                                                                               fault.Invalid,
		`changes(first: 201) { totalCount }`:                                                                             fault.Invalid,
		`changes(first: 1, after: "nonsense") { totalCount }`:                                                            fault.InvalidCursor,
		`changes(first: 1, filter: {entityIds: ["` + foreign + `"]}) { totalCount }`:                                     fault.NotFound,
		`changes(first: 1, filter: {entityIds: ["MUEx"]}) { totalCount }`:                                                fault.Invalid,
		`changes(first: 1, filter: {entityIds: ["nonsense"]}) { totalCount }`:                                            fault.Invalid,
		`changes(first: 1, filter: {entityIds: [` + many + `]}) { totalCount }`:                                          fault.TooLarge,
		`changes(first: 1, filter: {field: [""]}) { totalCount }`:                                                        fault.Invalid,
		`changes(first: 1, filter: {field: [` + strings.Repeat(`"a",`, 51) + `]}) { totalCount }`:                        fault.TooLarge,
		`changes(first: 1, filter: {from: "2026-06-02", to: "2026-06-01"}) { totalCount }`:                               fault.Invalid,
		`changes(first: 1, filter: {from: "2026-02-30"}) { totalCount }`:                                                 fault.Invalid,
		`metrics(report: {dates: {preset: TODAY}}) { markers(granularity: HOUR) { count } }`:                             fault.Unsupported,
		`campaigns(first: 1, report: {dates: {preset: TODAY}}) { totals { markers(granularity: DAY) { count } } }`:       fault.Unsupported,
		`pins(first: 1, report: {dates: {preset: TODAY}}) { edges { metrics { markers(granularity: DAY) { count } } } }`: fault.Unsupported,
	} {
		got := w.ask(t, `{ advertiser(id: "MUEx") { name `+field+` } }`, nil)
		if len(got.errors) != 1 || got.codes()[0] != string(want) {
			t.Errorf("%s: %s %s", field, got.data, got.sortedErrors())
		}
	}
	got := w.ask(t, `{ advertiser(id: "MUEx") { changes(first: 1) { pageInfo { endCursor } } } }`, nil)
	_, cursor, _ := strings.Cut(got.data, `"endCursor":"`)
	cursor, _, _ = strings.Cut(cursor, `"`)
	for _, other := range []string{
		`advertiser(id: "MUEx") { changes(first: 1, after: "` + cursor + `", filter: {source: [UI]}) { edges { cursor } } }`,
		`advertiser(id: "` + advertiserID(3) + `") { changes(first: 1, after: "` + cursor + `") { edges { cursor } } }`,
		`campaign(id: "` + campaignID(acme, 11) + `") { changes(first: 1, after: "` + cursor + `") { edges { cursor } } }`,
	} {
		if got := w.ask(t, `{ `+other+` }`, nil); len(got.errors) != 1 || got.codes()[0] != string(fault.InvalidCursor) {
			t.Errorf("%s: %s %s", other, got.data, got.sortedErrors())
		}
	}
}

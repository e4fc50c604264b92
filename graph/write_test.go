package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// writable returns a server over a small world of its own with people in each
// role, and its database.
func writable(t *testing.T, more ...string) (*world, string) {
	t.Helper()
	dsn := smallDatabase(t, append([]string{people}, more...)...)
	return newWorld(t, pgtest.OpenDSN(t, dsn), Options{}), dsn
}

// change sends an update of campaigns of account 1.
func (w *world) change(t *testing.T, extra string, patches ...string) answer {
	t.Helper()
	return w.ask(t, `mutation { updateCampaigns(input: {advertiserId: "`+advertiserID(acme)+`", `+extra+` campaigns: [`+strings.Join(patches, ", ")+`]}) {
	  campaigns { id name status version budget { amount { amount } } endAt } userErrors { code path message params } isReplay } }`, nil)
}

func patch(id int64, version int, fields string) string {
	return fmt.Sprintf(`{id: "%s", version: %d, %s}`, campaignID(1, id), version, fields)
}

// TestUpdateCampaigns changes fields of two campaigns, and looks at the answer,
// the rows, the history, and the statements.
func TestUpdateCampaigns(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	got := w.as(manager).change(t, "", patch(11, 3, `name: "Spring, extended", budgetMicros: "60000000", endAt: "2026-08-01T00:00:00Z"`), patch(12, 1, `status: ACTIVE, endAt: null`))
	want := `{"updateCampaigns":{"campaigns":[{"id":"` + campaignID(1, 11) + `","name":"Spring, extended","status":"ACTIVE","version":4,"budget":{"amount":{"amount":"60.00"}},"endAt":"2026-08-01T00:00:00Z"},` +
		`{"id":"` + campaignID(1, 12) + `","name":"Summer 🌞 “hot”, 50% off","status":"ACTIVE","version":2,"budget":null,"endAt":null}],"userErrors":[],"isReplay":false}}`
	if got.data != want || len(got.errors) > 0 {
		t.Errorf("got %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
	if names := strings.Join(got.statements(), " "); names != "AddChanges AdvertiserByID CampaignByID LockCampaigns UpdateCampaigns" {
		t.Errorf("statements %s", names)
	}
	var history []string
	if err := db.Select(&history, `SELECT entity_id || ' ' || field || ' ' || coalesce(old_value::text, '-') || ' ' || coalesce(new_value::text, '-') || ' ' || actor_id || ' ' || source FROM change ORDER BY entity_id, field`); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(history, "\n"); text != `11 budget {"micros": "50000000", "currency": "USD"} {"micros": "60000000", "currency": "USD"} 12 BULK
11 endAt null "2026-08-01T00:00:00Z" 12 BULK
11 name "Spring sale" "Spring, extended" 12 BULK
12 endAt "2026-09-01T04:00:00Z" null 12 BULK
12 status "PAUSED" "ACTIVE" 12 BULK` {
		t.Errorf("history:\n%s", text)
	}
	if again := w.as(manager).change(t, "", patch(12, 2, `status: ACTIVE`)); !strings.Contains(again.data, `"version":2,`) {
		t.Errorf("what is so already made a new version: %s", again.data)
	}
}

// TestArchivingGoesDown archives a campaign with all that is below it.
func TestArchivingGoesDown(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	got := w.change(t, "", patch(11, 3, `status: ARCHIVED`))
	if !strings.Contains(got.data, `"status":"ARCHIVED","version":4`) {
		t.Fatalf("%s %s", got.data, got.sortedErrors())
	}
	var left, changes, below int
	if err := db.Get(&left, `SELECT (SELECT count(*) FROM ad_group WHERE advertiser_id = 1 AND campaign_id = 11 AND status NOT IN ('ARCHIVED', 'DELETED_DRAFT'))
	  + (SELECT count(*) FROM ad WHERE advertiser_id = 1 AND campaign_id = 11 AND status NOT IN ('ARCHIVED', 'DELETED_DRAFT'))`); err != nil || left != 0 {
		t.Errorf("%d are left, %v", left, err)
	}
	if err := db.QueryRow(`SELECT count(*), count(*) FILTER (WHERE entity_type <> 'CAMPAIGN') FROM change WHERE field = 'status' AND new_value = '"ARCHIVED"'`).Scan(&changes, &below); err != nil || below < 3 || changes != below+1 {
		t.Errorf("%d changes, %d of them below, %v", changes, below, err)
	}
	if again := w.change(t, "", patch(11, 4, `status: ACTIVE`)); !strings.Contains(again.data, `"FINAL_STATUS"`) {
		t.Errorf("it came back: %s", again.data)
	}
}

// TestUpdatesOfEachKind changes an ad group and an ad.
func TestUpdatesOfEachKind(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	got := w.ask(t, `mutation ($a: ID!, $g: ID!, $d: ID!) {
	  updateAdGroups(input: {advertiserId: $a, adGroups: [{id: $g, version: 1, name: "Hikers and more"}]}) { adGroups { name version } userErrors { code path params } }
	  updateAds(input: {advertiserId: $a, ads: [{id: $d, version: 1, status: PAUSED, name: null}]}) { ads { name status version } userErrors { code path params } }
	}`, map[string]any{"a": advertiserID(1), "g": refOf(ads.LevelAdGroup, 1, 111), "d": refOf(ads.LevelAd, 1, 1111)})
	if want := `{"updateAdGroups":{"adGroups":[{"name":"Hikers and more","version":2}],"userErrors":[]},"updateAds":{"ads":[{"name":null,"status":"PAUSED","version":2}],"userErrors":[]}}`; got.data != want {
		t.Errorf("got %s %s", got.data, got.sortedErrors())
	}
}

// TestUserErrors sends items with mistakes among good ones, under both policies.
func TestUserErrors(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	snapshot := func() (text string) {
		if err := db.Get(&text, `SELECT (SELECT string_agg(c::text, ';' ORDER BY c.advertiser_id, c.id) FROM campaign AS c) || (SELECT count(*) FROM change)`); err != nil {
			t.Fatal(err)
		}
		return text
	}
	before := snapshot()
	items := []string{
		patch(11, 3, `name: "Good"`), patch(12, 99, `name: "Stale", status: ACTIVE`), patch(11, 3, `name: "Twice"`),
		`{id: "` + campaignID(2, 21) + `", version: 1, name: "Foreign"}`, `{id: "` + refOf(ads.LevelAdGroup, 1, 111) + `", version: 1, name: "Another kind"}`,
		patch(13, 2, `name: "Archived"`), patch(15, 1, `name: "", budgetMicros: "1"`), patch(16, 1, `status: PAUSED`),
	}
	codes := func(a answer) (list []string) {
		var out struct {
			UpdateCampaigns struct {
				Campaigns  []*struct{ Name string }
				UserErrors []struct {
					Code string
					Path []string
				}
			}
		}
		if err := json.Unmarshal([]byte(a.data), &out); err != nil {
			t.Fatal(err, a.sortedErrors())
		}
		for _, e := range out.UpdateCampaigns.UserErrors {
			list = append(list, e.Code+" "+strings.Join(e.Path, "."))
		}
		for i, c := range out.UpdateCampaigns.Campaigns {
			if c != nil {
				list = append(list, fmt.Sprintf("%d is %s", i, c.Name))
			}
		}
		return list
	}
	faults := []string{
		"STALE_VERSION campaigns.1.version", "DUPLICATE_ID campaigns.2.id", "NOT_FOUND campaigns.3.id", "NOT_FOUND campaigns.4.id", "FINAL_STATUS campaigns.5",
		"NAME_INVALID campaigns.6.name", "AMOUNT_INVALID campaigns.6.budgetMicros",
	}
	got := w.change(t, "", items...)
	if list := codes(got); !slices.Equal(list, faults) {
		t.Errorf("all or nothing: %v", list)
	}
	if !strings.Contains(got.data, `"params":{"current":{"name":"Summer 🌞 “hot”, 50% off","status":"PAUSED","version":1}}`) {
		t.Errorf("a stale item does not show the present values: %s", got.data)
	}
	if snapshot() != before {
		t.Error("all or nothing changed something")
	}
	if list := codes(w.change(t, "errorPolicy: SKIP_FAILED,", items...)); !slices.Equal(list, append(faults, "0 is Good", "7 is No ads yet")) {
		t.Errorf("skip failed: %v", list)
	}
}

// TestUpdatesRefuse sends requests that are wrong as a whole, and as people who
// may not.
func TestUpdatesRefuse(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	var many []string
	for i := range 501 {
		many = append(many, patch(int64(i+1), 1, `name: "x"`))
	}
	for name, tt := range map[string]struct {
		got  answer
		code string
	}{
		"Empty":    {w.change(t, ""), "INVALID"},
		"TooMany":  {w.change(t, "", many...), ""},
		"ShortKey": {w.change(t, `idempotencyKey: "x",`, patch(11, 3, `name: "x"`)), "INVALID"},
		"Analyst":  {w.as(analyst).change(t, "", patch(11, 3, `name: "x"`)), "FORBIDDEN"},
		"Finance":  {w.as(finance).change(t, "", patch(11, 3, `name: "x"`)), "FORBIDDEN"},
		"Catalogs": {w.as(catalogs).change(t, "", patch(11, 3, `name: "x"`)), "FORBIDDEN"},
		"Stranger": {w.as(2).change(t, "", patch(11, 3, `name: "x"`)), "NOT_FOUND"},
		"Nobody":   {w.as(nobody).change(t, "", patch(11, 3, `name: "x"`)), "NOT_FOUND"},
	} {
		if tt.code == "" { // too many items are too many tokens as literals, and so variables
			continue
		}
		if tt.got.data != `{"updateCampaigns":null}` || len(tt.got.errors) != 1 || tt.got.codes()[0] != tt.code {
			t.Errorf("%s: %s %s", name, tt.got.data, tt.got.sortedErrors())
		}
	}
	var items []map[string]any
	for i := range 501 {
		items = append(items, map[string]any{"id": campaignID(1, int64(i+1)), "version": 1, "name": "x"})
	}
	got := w.ask(t, `mutation ($in: UpdateCampaignsInput!) { updateCampaigns(input: $in) { isReplay } }`, map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "campaigns": items}})
	if len(got.errors) != 1 || got.codes()[0] != "TOO_MANY_ITEMS" || !strings.Contains(got.errors[0].Message, "500") {
		t.Errorf("501 items: %s %s", got.data, got.sortedErrors())
	}
	var changed int
	if err := pgtest.DB(t, dsn).Get(&changed, `SELECT count(*) FROM campaign WHERE name = 'x'`); err != nil || changed != 0 {
		t.Errorf("%d campaigns were changed, %v", changed, err)
	}
}

// TestIdempotencyKeys sends one request many times at once, then again, then
// another with its key.
func TestIdempotencyKeys(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	const key = `idempotencyKey: "0f3b6c1e-key",`
	var all sync.WaitGroup
	answers := make([]answer, 50)
	for i := range answers {
		all.Go(func() { answers[i] = w.change(t, key, patch(11, 3, `name: "Once"`)) })
	}
	all.Wait()
	fresh := 0
	for _, a := range answers {
		if !strings.Contains(a.data, `"name":"Once","status":"ACTIVE","version":4`) || !strings.Contains(a.data, `"userErrors":[]`) {
			t.Errorf("%s %s", a.data, a.sortedErrors())
		}
		if strings.Contains(a.data, `"isReplay":false`) {
			fresh++
		}
	}
	var changes int
	if err := db.Get(&changes, `SELECT count(*) FROM change`); err != nil || changes != 1 || fresh != 1 {
		t.Errorf("%d changes by %d fresh answers, %v", changes, fresh, err)
	}
	// Elsewhere, as after a restart, the key still holds, also for a failure.
	other := newWorld(t, pgtest.OpenDSN(t, dsn), Options{})
	if a := other.change(t, key, patch(11, 3, `name: "Once"`)); !strings.Contains(a.data, `"isReplay":true`) {
		t.Errorf("%s %s", a.data, a.sortedErrors())
	}
	for _, different := range []string{patch(11, 3, `name: "Twice"`), patch(11, 3, `name: "Once", endAt: null`)} {
		if a := other.change(t, key, different); len(a.errors) != 1 || a.codes()[0] != "CONFLICT" {
			t.Errorf("%s: %s %s", different, a.data, a.sortedErrors())
		}
	}
	if a := other.as(manager).change(t, key, patch(11, 3, `name: "Mine"`)); !strings.Contains(a.data, `"STALE_VERSION"`) {
		t.Errorf("another person's key: %s %s", a.data, a.sortedErrors())
	}
	db.MustExec(`UPDATE idempotency_key SET created_at = created_at - interval '25 hours'`)
	if a := other.change(t, key, patch(11, 4, `name: "A day later"`)); !strings.Contains(a.data, `"name":"A day later"`) || !strings.Contains(a.data, `"isReplay":false`) {
		t.Errorf("%s %s", a.data, a.sortedErrors())
	}
	var keys int
	if err := db.Get(&keys, `SELECT count(*) FROM idempotency_key`); err != nil || keys != 1 {
		t.Errorf("%d keys are kept, %v", keys, err)
	}
}

// TestManyWritersLoseNothing lets 50 writers change one campaign, each from the
// version that it read: the history replays to the final state.
func TestManyWritersLoseNothing(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			for version := 3; ; {
				a := w.change(t, "", patch(11, version, fmt.Sprintf(`name: "Writer %d", budgetMicros: "%d0000"`, i, 100+i)))
				if strings.Contains(a.data, `"userErrors":[]`) {
					return
				}
				_, current, ok := strings.Cut(a.data, `"version":`)
				if _, err := fmt.Sscan(strings.TrimRight(strings.SplitN(current, "}", 2)[0], "}"), &version); !ok || err != nil {
					t.Errorf("%s %s", a.data, a.sortedErrors())
					return
				}
			}
		})
	}
	all.Wait()
	var final struct {
		Version int
		Name    string
		Budget  string
	}
	if err := db.Get(&final, `SELECT version, name, daily_budget_micros::text AS budget FROM campaign WHERE advertiser_id = 1 AND id = 11`); err != nil {
		t.Fatal(err)
	}
	if final.Version != 53 {
		t.Errorf("version %d, want 53", final.Version)
	}
	var history []struct{ Field, Old, New string }
	if err := db.Select(&history, `SELECT field, old_value::text AS old, new_value::text AS new FROM change ORDER BY id`); err != nil {
		t.Fatal(err)
	}
	state := map[string]string{"name": `"Spring sale"`, "budget": `{"micros": "50000000", "currency": "USD"}`}
	for _, h := range history {
		if state[h.Field] != h.Old {
			t.Fatalf("%s was %s, the history says %s", h.Field, state[h.Field], h.Old)
		}
		state[h.Field] = h.New
	}
	if len(history) != 100 || state["name"] != `"`+final.Name+`"` || !strings.Contains(state["budget"], `"`+final.Budget+`"`) {
		t.Errorf("%d changes end in %v, the campaign is %+v", len(history), state, final)
	}
}

// TestBulkIsEightStatements archives 500 campaigns with a key.
func TestBulkIsEightStatements(t *testing.T) {
	t.Parallel()
	w, _ := writable(t, `INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo) SELECT 1, 5000 + n, 'Bulk ' || n, 'AWARENESS', false FROM generate_series(1, 500) AS n`)
	var items []map[string]any
	for i := range 500 {
		items = append(items, map[string]any{"id": campaignID(1, int64(5001+i)), "version": 1, "status": "ARCHIVED", "name": fmt.Sprintf("Old %d", i)})
	}
	got := w.ask(t, `mutation ($in: UpdateCampaignsInput!) { updateCampaigns(input: $in) { campaigns { name status } userErrors { code } } }`,
		map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "campaigns": items, "idempotencyKey": "archive-all-500"}})
	if n := strings.Count(got.data, `"status":"ARCHIVED"`); n != 500 || len(got.errors) > 0 {
		t.Errorf("%d archived: %s", n, got.sortedErrors())
	}
	if !strings.HasPrefix(got.data, `{"updateCampaigns":{"campaigns":[{"name":"Old 0",`) || !strings.Contains(got.data, `{"name":"Old 499","status":"ARCHIVED"}]`) {
		t.Errorf("the order is another: %.300s", got.data)
	}
	if names := got.statements(); len(names) > 8 {
		t.Errorf("%d statements: %v", len(names), names)
	}
}

package graph

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// updateAdGroup changes an ad group of account 1 that nobody changed before.
func (w *world) updateAdGroup(t *testing.T, id int64, fields string) answer {
	t.Helper()
	return w.ask(t, fmt.Sprintf(`mutation { updateAdGroups(input: {advertiserId: %q, adGroups: [{id: %q, version: 1, %s}]}) { adGroups { version } userErrors { code path } undoToken } }`,
		advertiserID(1), refOf(ads.LevelAdGroup, 1, id), fields), nil)
}

// TestWhatDeliversKeepsItsRules changes what delivers in ways that would not have
// been let through when it was made.
func TestWhatDeliversKeepsItsRules(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	for _, tt := range []struct {
		id           int64
		fields, want string
	}{
		{151, `bidStrategy: MAX_BID, bidMicros: "5000000"`, "OPTION_NOT_ALLOWED bidStrategy"},
		{111, `pacing: ACCELERATED`, "OPTION_NOT_ALLOWED pacing"},
		{111, `targeting: {}`, "REQUIRED targeting.locations"},
		{112, `bidMicros: "10000"`, "BID_BELOW_FLOOR bidMicros"},
		{111, `bidStrategy: MAX_BID`, "REQUIRED bidMicros"},
		{112, `endAt: "9999-12-31T23:59:59-12:00"`, "DATE_INVALID endAt"},
		{112, `targeting: {locations: ["us"]}`, "TARGETING_INVALID targeting.locations"},
		{112, `targeting: {locations: ["ZZ"]}`, "TARGETING_INVALID targeting.locations"},
		{112, `targeting: {locations: ["EU"]}`, "TARGETING_INVALID targeting.locations"},
	} {
		code, path, _ := strings.Cut(tt.want, " ")
		want := `"userErrors":[{"code":"` + code + `","path":["adGroups","0","` + strings.ReplaceAll(path, ".", `","`) + `"]}]`
		if got := w.updateAdGroup(t, tt.id, tt.fields); !strings.Contains(got.data, want) {
			t.Errorf("%s: %s %s", tt.fields, got.data, got.sortedErrors())
		}
	}
	// What was wrong before keeps nobody from changing something else.
	if got := w.updateAdGroup(t, 111, `name: "Hikers, still without a place"`); !strings.Contains(got.data, `"userErrors":[]`) {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
	// Instants are kept to the second: a part of one changes nothing.
	if got := w.updateAdGroup(t, 112, `startAt: "2030-01-01T00:00:00.0000001Z", endAt: "2030-01-01T00:00:00.0000002Z"`); !strings.Contains(got.data, "SCHEDULE_ORDER") {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
}

// TestThrownAwayStaysSo throws a part of a draft away, then a draft: what is below goes
// with it, and publishing revives nothing.
func TestThrownAwayStaysSo(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	m, _ := w.create(t, "to be thrown", tree(), tree())
	first, second := m.Nodes[0], m.Nodes[1]
	group := first.AdGroups.Edges[1].Node.ID
	w.ask(t, `mutation { updateAdGroups(input: {advertiserId: "`+advertiserID(1)+`", adGroups: [{id: "`+group+`", version: 1, status: DELETED_DRAFT}]}) { userErrors { code } } }`, nil)
	w.ask(t, `mutation { updateCampaigns(input: {advertiserId: "`+advertiserID(1)+`", campaigns: [{id: "`+second.ID+`", version: 1, status: DELETED_DRAFT}]}) { userErrors { code } } }`, nil)
	got := w.ask(t, `mutation { publishCampaigns(input: {advertiserId: "`+advertiserID(1)+`", campaigns: [{id: "`+first.ID+`", version: 1}, {id: "`+second.ID+`", version: 2}], idempotencyKey: "publish both", errorPolicy: SKIP_FAILED}) {
	  nodes { name isPublished } userErrors { code path } } }`, nil)
	if want := `{"publishCampaigns":{"nodes":[{"name":"Autumn","isPublished":true},{"name":"Runners","isPublished":true},{"name":"Boots, new","isPublished":true}],"userErrors":[{"code":"NOTHING_TO_CHANGE","path":["campaigns","1","id"]}]}}`; got.data != want {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
	var alive, told int
	if err := pgtest.DB(t, dsn).QueryRow(`SELECT (SELECT count(*) FROM ad WHERE name = 'Boots, new' AND status <> 'DELETED_DRAFT'),
	  (SELECT count(*) FROM change WHERE field = 'status' AND new_value = '"DELETED_DRAFT"')`).Scan(&alive, &told); err != nil || alive != 1 || told != 1+2+1+2+3 {
		t.Errorf("%d ads are alive, %d changes tell of what was thrown away, %v", alive, told, err)
	}
}

// TestWritersOfAllLevels lets people make, copy, publish and archive in one campaign at
// once: nobody is told of a deadlock, and nothing lives below what is archived.
func TestWritersOfAllLevels(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	a := advertiserID(1)
	for round := range 6 {
		m, _ := w.create(t, fmt.Sprintf("a field of work %d", round), tree())
		id, group := m.Nodes[0].ID, m.Nodes[0].AdGroups.Edges[1].Node.ID
		var all sync.WaitGroup
		for i, mutation := range []string{
			`publishCampaigns(input: {advertiserId: "` + a + `", campaigns: [{id: "` + id + `", version: 1}], idempotencyKey: "KEY", errorPolicy: SKIP_FAILED}) { isReplay }`,
			`createAds(input: {advertiserId: "` + a + `", ads: [{adGroupId: "` + group + `", ad: {pinId: "` + refOf(ads.LevelPin, 1, 1001) + `"}}], idempotencyKey: "KEY"}) { isReplay }`,
			`duplicateAdGroups(input: {advertiserId: "` + a + `", items: [{id: "` + group + `"}], idempotencyKey: "KEY"}) { isReplay }`,
			`duplicateCampaigns(input: {advertiserId: "` + a + `", items: [{id: "` + id + `"}], idempotencyKey: "KEY"}) { isReplay }`,
			`updateAdGroups(input: {advertiserId: "` + a + `", adGroups: [{id: "` + group + `", version: 1, status: DELETED_DRAFT}], idempotencyKey: "KEY"}) { isReplay }`,
			`createAds(input: {advertiserId: "` + a + `", ads: [{adGroupId: "` + group + `", ad: {pinId: "` + refOf(ads.LevelPin, 1, 1003) + `"}}], idempotencyKey: "KEY"}) { isReplay }`,
		} {
			all.Go(func() {
				if got := w.ask(t, "mutation { "+strings.ReplaceAll(mutation, "KEY", fmt.Sprintf("key %d of %d", i, round))+" }", nil); len(got.errors) > 0 {
					t.Errorf("%.20s: %s", mutation, got.sortedErrors())
				}
			})
		}
		all.Wait()
	}
	var orphans int
	if err := pgtest.DB(t, dsn).Get(&orphans, `SELECT count(*) FROM ad AS d JOIN ad_group AS g ON g.advertiser_id = d.advertiser_id AND g.id = d.ad_group_id
	  WHERE g.status = 'DELETED_DRAFT' AND d.status <> 'DELETED_DRAFT'`); err != nil || orphans != 0 {
		t.Errorf("%d ads live in ad groups that were thrown away, %v", orphans, err)
	}
}

// TestUndoPutsBackWhatAmountsAreFor undoes changes of how a bid is found, and of what a
// budget is for.
func TestUndoPutsBackWhatAmountsAreFor(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	undo := func(got answer) {
		t.Helper()
		_, rest, _ := strings.Cut(got.data, `"undoToken":"`)
		packed, _, _ := strings.Cut(rest, `"`)
		if a, got := w.apply(t, "undoChanges", packed); len(a.UserErrors) > 0 || len(a.Nodes) != 1 {
			t.Errorf("%s %s", got.data, got.sortedErrors())
		}
	}
	state := func() (text string) {
		if err := db.Get(&text, `SELECT string_agg(concat_ws(' ', id, budget_type, budget_micros, bid_strategy, bid_micros), ';' ORDER BY id) FROM ad_group WHERE advertiser_id = 1`); err != nil {
			t.Fatal(err)
		}
		return text
	}
	before := state()
	undo(w.updateAdGroup(t, 112, `bidStrategy: TARGET_AVG, bidMicros: "3000000"`))
	undo(w.updateAdGroup(t, 111, `bidStrategy: MAX_BID, bidMicros: "500000"`))
	if now := state(); now != before {
		t.Errorf("undone: %s\nwas %s", now, before)
	}
	m, _ := w.create(t, "a draft to undo", tree())
	id := m.Nodes[0].ID
	undo(w.ask(t, `mutation { updateCampaigns(input: {advertiserId: "`+advertiserID(1)+`", campaigns: [{id: "`+id+`", version: 1, budgetType: LIFETIME, budgetMicros: "900000000"}]}) { userErrors { code } undoToken } }`, nil))
	var text string
	if err := db.Get(&text, `SELECT concat_ws(' ', daily_budget_micros, coalesce(lifetime_budget_micros::text, '-'), is_cbo) FROM campaign WHERE name = 'Autumn'`); err != nil || text != "25000000 - t" {
		t.Errorf("%s, %v", text, err)
	}
}

// TestForgedTokens applies tokens that hold what no update could: none is taken.
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	soon := pgtest.Present.Add(10 * time.Minute)
	one := func(level ads.Level, p ads.Patch, ends time.Time) string {
		packed, err := (&token{Advertiser: 1, Level: level, Ends: ends, Patches: []ads.Patch{p}}).pack()
		if err != nil {
			t.Fatal(err)
		}
		return packed
	}
	raw := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		b := bytes.NewBuffer(sum[:checksum])
		f, err := flate.NewWriter(b, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Write([]byte(text))
		if err != nil || f.Close() != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(b.Bytes())
	}
	header, err := json.Marshal(soon)
	if err != nil {
		t.Fatal(err)
	}
	before := stateOf(t, dsn)
	for name, packed := range map[string]string{
		"TargetingOfACampaign": one(ads.LevelCampaign, ads.Patch{ID: 11, Version: 3, Targeting: set(&ads.Targeting{})}, soon),
		"BidOfAnAd":            one(ads.LevelAd, ads.Patch{ID: 1111, Version: 1, Bid: set(new(int64))}, soon),
		"NoSuchPacing":         one(ads.LevelAdGroup, ads.Patch{ID: 112, Version: 1, Pacing: set(new(ads.Pacing("FOO")))}, soon),
		"NoSuchStatus":         one(ads.LevelCampaign, ads.Patch{ID: 11, Version: 3, Status: set(new(ads.EntityStatus("FOO")))}, soon),
		"TooLong":              one(ads.LevelCampaign, ads.Patch{ID: 11, Version: 3, Name: set(new("x"))}, soon.Add(time.Hour)),
		"OfPins":               one(ads.LevelPin, ads.Patch{ID: 1001, Version: 1, Name: set(new("x"))}, soon),
		"Bomb":                 raw(`{"Advertiser":1,"Level":"CAMPAIGN","Ends":` + string(header) + `,"Patches":[{}` + strings.Repeat(",{}", 1_000_000) + `]}`),
		"NoList":               raw(`{"Advertiser":1,"Level":"CAMPAIGN","Ends":` + string(header) + `,"Patches":{}}`),
	} {
		if _, got := w.apply(t, "applyPlan", packed); got.data != `{"done":null}` || got.codes()[0] != "INVALID" {
			t.Errorf("%s: %s %s", name, got.data, got.sortedErrors())
		}
	}
	if stateOf(t, dsn) != before {
		t.Error("a forged token changed something")
	}
}

// TestOddTexts sends texts that databases and documents do not take.
func TestOddTexts(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	for _, key := range []string{"éééé", "with \u0000 in it", "seven77", strings.Repeat("x", 129)} {
		got := w.ask(t, `mutation ($k: String!) { updateCampaigns(input: {advertiserId: "`+advertiserID(1)+`", idempotencyKey: $k, campaigns: [`+patch(11, 3, `name: "x"`)+`]}) { isReplay } }`, map[string]any{"k": key})
		if len(got.errors) != 1 || got.codes()[0] != "INVALID" {
			t.Errorf("%q: %s %s", key, got.data, got.sortedErrors())
		}
	}
	wrong := with([]any{"U\u0000"}, "adGroups", 0, "targeting", "locations")
	for range 2 { // the second time from what was kept
		if m, got := w.create(t, "nothing but NUL", wrong); len(m.UserErrors) != 1 || m.UserErrors[0].Code != "TARGETING_INVALID" {
			t.Errorf("%s %s", got.data, got.sortedErrors())
		}
	}
}

// TestPlanShowsEverythingThatChanges plans a change of what has no amount.
func TestPlanShowsEverythingThatChanges(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	got := w.ask(t, fmt.Sprintf(`{ adGroupPlan(advertiserId: %q, input: {adGroups: [{id: %q, version: 1, placement: BROWSE, targeting: {locations: ["US"]}}]}) { changing items { difference { budget { percent } others { field old new } } warnings { code } } } }`,
		advertiserID(1), refOf(ads.LevelAdGroup, 1, 112)), nil)
	if want := `{"adGroupPlan":{"changing":1,"items":[{"difference":{"budget":null,"others":[{"field":"placement","old":"SEARCH","new":"BROWSE"},{"field":"targeting","old":{},"new":{"LOCATION":["US"]}}]},"warnings":[]}]}}`; got.data != want {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
}

package graph

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// planned is a plan, and what an application of it answers.
type planned struct {
	Token             *string
	Changing, Blocked int
	DailyBudget       *struct {
		Old, New struct{ Amount string }
		Percent  *float64
	}
	Items []struct {
		ID         string
		Name       *string
		Version    int
		Difference json.RawMessage
		Warnings   []struct{ Code, Message string }
		UserErrors []struct {
			Code string
			Path []string
		}
	}
}

const planFields = `{ token changing blocked dailyBudget { old { amount } new { amount } percent } items { id name version
  difference { name { old new } status { old new } budget { old { amount } new { amount } percent } bid { new { amount } } startAt { old new } endAt { old new } }
  warnings { code message } userErrors { code path } } }`

// plan asks for a plan of changes of campaigns of account 1.
func (w *world) plan(t *testing.T, input string) (planned, answer) {
	t.Helper()
	got := w.ask(t, `{ campaignPlan(advertiserId: "`+advertiserID(1)+`", input: {`+input+`}) `+planFields+` }`, nil)
	var out struct{ CampaignPlan planned }
	if err := json.Unmarshal([]byte(got.data), &out); err != nil {
		t.Fatal(err, got.sortedErrors())
	}
	return out.CampaignPlan, got
}

// applied is what became of a token.
type applied struct {
	Nodes []struct {
		ID      string
		Name    string
		Version int
	}
	UserErrors []struct {
		Code    string
		Path    []string
		Message string
	}
	UndoToken *string
	IsReplay  bool
}

// apply applies a plan, or takes a change back.
func (w *world) apply(t *testing.T, mutation, token string) (applied, answer) {
	t.Helper()
	got := w.ask(t, `mutation ($a: ID!, $t: String!) { done: `+mutation+`(input: {advertiserId: $a, token: $t}) {
	  nodes { id ... on Campaign { name version } } userErrors { code path message } undoToken isReplay } }`, map[string]any{"a": advertiserID(1), "t": token})
	var out struct{ Done applied }
	if err := json.Unmarshal([]byte(got.data), &out); err != nil {
		t.Fatal(err, got.sortedErrors())
	}
	return out.Done, got
}

// stateOf is everything that a plan must not touch: rows with their places, the
// history, and the numbers that sequences gave.
func stateOf(t *testing.T, dsn string) (text string) {
	t.Helper()
	if err := pgtest.DB(t, dsn).Get(&text, `SELECT (SELECT string_agg(c.xmin::text || c.ctid::text || c::text, ';' ORDER BY c.advertiser_id, c.id) FROM campaign AS c)
	  || (SELECT string_agg(g.xmin::text || g::text, ';' ORDER BY g.advertiser_id, g.id) FROM ad_group AS g) || (SELECT count(*) FROM change) || (SELECT count(*) FROM idempotency_key)
	  || (SELECT string_agg(sequencename || coalesce(last_value::text, '-'), ';' ORDER BY sequencename) FROM pg_sequences)`); err != nil {
		t.Fatal(err)
	}
	return text
}

// settingsOf is what people set of the campaigns of account 1, without versions.
func settingsOf(t *testing.T, dsn string) (text string) {
	t.Helper()
	if err := pgtest.DB(t, dsn).Get(&text, `SELECT string_agg(to_jsonb(c) - 'version' - 'updated_at' #>> '{}', e'\n' ORDER BY c.id) FROM campaign AS c WHERE c.advertiser_id = 1`); err != nil {
		t.Fatal(err)
	}
	return text
}

// TestPlanApplyUndo plans a change, which writes nothing; applies it, twice; and
// takes it back, twice.
func TestPlanApplyUndo(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	before, original := stateOf(t, dsn), settingsOf(t, dsn)
	p, got := w.plan(t, `campaigns: [`+patch(11, 3, `name: "Spring, planned", budgetMicros: "139500000", status: PAUSED`)+`, `+patch(16, 1, `status: ACTIVE`)+`, `+patch(15, 1, `budgetMicros: "12000000"`)+`]`)
	if stateOf(t, dsn) != before {
		t.Fatal("planning wrote something")
	}
	if names := strings.Join(got.statements(), " "); names != "AdvertiserByID CampaignSettings" {
		t.Errorf("statements %s", names)
	}
	if p.Token == nil || p.Changing != 2 || p.Blocked != 0 || len(p.Items) != 3 {
		t.Fatalf("%+v", p)
	}
	if got, want := string(p.Items[0].Difference), `{"name":{"old":"Spring sale","new":"Spring, planned"},"status":{"old":"ACTIVE","new":"PAUSED"},"budget":{"old":{"amount":"50.00"},"new":{"amount":"139.50"},"percent":179},"bid":null,"startAt":null,"endAt":null}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if ws := p.Items[0].Warnings; len(ws) != 1 || ws[0].Code != "BUDGET_RAISED_MUCH" || ws[0].Message != "+179 % daily budget: 50.00 becomes 139.50 USD." {
		t.Errorf("%v", ws)
	}
	if ws := p.Items[1].Warnings; len(ws) != 1 || ws[0].Code != "CHANGES_NOTHING" {
		t.Errorf("%v", ws)
	}
	if b := p.DailyBudget; b == nil || b.Old.Amount != "60.00" || b.New.Amount != "149.50" || *b.Percent < 149 || *b.Percent > 150 {
		t.Errorf("%+v", b)
	}

	a, _ := w.apply(t, "applyPlan", *p.Token)
	if len(a.UserErrors) > 0 || a.IsReplay || len(a.Nodes) != 2 || a.Nodes[0].Name != "Spring, planned" || a.Nodes[0].Version != 4 || a.UndoToken == nil {
		t.Fatalf("%+v", a)
	}
	changed := stateOf(t, dsn)
	if again, _ := w.apply(t, "applyPlan", *p.Token); !again.IsReplay || len(again.UserErrors) > 0 || again.UndoToken == nil {
		t.Errorf("%+v", again)
	}
	if stateOf(t, dsn) != changed {
		t.Error("applying twice changed something")
	}
	u, _ := w.apply(t, "undoChanges", *a.UndoToken)
	if len(u.UserErrors) > 0 || len(u.Nodes) != 2 || u.Nodes[0].Name != "Spring sale" || u.Nodes[0].Version != 5 {
		t.Fatalf("%+v", u)
	}
	if now := settingsOf(t, dsn); now != original {
		t.Errorf("taken back:\n%s\nwas:\n%s", now, original)
	}
	if again, _ := w.apply(t, "undoChanges", *a.UndoToken); !again.IsReplay {
		t.Errorf("%+v", again)
	}
	if redo, _ := w.apply(t, "undoChanges", *u.UndoToken); len(redo.Nodes) != 2 || redo.Nodes[0].Name != "Spring, planned" {
		t.Errorf("taking back what was taken back: %+v", redo)
	}
}

// TestPlanGoesStale changes a row between plan and application, and lets the time
// of a plan pass.
func TestPlanGoesStale(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	p, _ := w.plan(t, `matching: {ids: ["`+campaignID(1, 11)+`", "`+campaignID(1, 16)+`"]}, change: {budgetPercent: 10}`)
	if p.Token == nil || p.Changing != 2 {
		t.Fatalf("%+v", p)
	}
	w.change(t, "", patch(16, 1, `name: "Somebody else's"`))
	state := settingsOf(t, dsn)
	a, _ := w.apply(t, "applyPlan", *p.Token)
	if len(a.UserErrors) != 1 || a.UserErrors[0].Code != "PLAN_STALE" || a.UserErrors[0].Path[0] != "token" || len(a.Nodes) != 0 || a.UndoToken != nil {
		t.Errorf("%+v", a)
	}
	if settingsOf(t, dsn) != state {
		t.Error("a stale plan changed something")
	}
	// An archived parent is in the way as much as a version.
	update := w.ask(t, `query ($a: ID!, $g: ID!) { adGroupPlan(advertiserId: $a, input: {adGroups: [{id: $g, version: 1, status: ACTIVE}]}) { token blocked } }`,
		map[string]any{"a": advertiserID(1), "g": refOf(ads.LevelAdGroup, 1, 112)})
	var out struct{ AdGroupPlan planned }
	if err := json.Unmarshal([]byte(update.data), &out); err != nil || out.AdGroupPlan.Token == nil {
		t.Fatal(update.data, update.sortedErrors())
	}
	w.change(t, "", patch(11, 3, `status: ARCHIVED`))
	if a, _ := w.apply(t, "applyPlan", *out.AdGroupPlan.Token); len(a.UserErrors) != 1 || a.UserErrors[0].Code != "PLAN_STALE" {
		t.Errorf("%+v", a)
	}
	old, err := (&token{Advertiser: 1, Level: ads.LevelCampaign, Ends: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Patches: []ads.Patch{{ID: 16, Version: 2, Name: set(new("Late"))}}}).pack()
	if err != nil {
		t.Fatal(err)
	}
	if a, _ := w.apply(t, "applyPlan", old); len(a.UserErrors) != 1 || a.UserErrors[0].Code != "PLAN_STALE" || a.UserErrors[0].Path[0] != "token" {
		t.Errorf("%+v", a)
	}
}

// TestPlanOfAllThatMatch guards how many rows a filter may name, blocks rows that
// break a rule, and skips them if asked to.
func TestPlanOfAllThatMatch(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	if _, got := w.plan(t, `matching: {status: [ACTIVE]}, change: {budgetPercent: -60}`); len(got.errors) != 1 || got.codes()[0] != "TOO_LARGE" || !strings.HasPrefix(got.errors[0].Message, "3 match") {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
	p, _ := w.plan(t, `matching: {status: [ACTIVE]}, change: {budgetPercent: -60}, maxAffected: 3`)
	if p.Token == nil || p.Changing != 3 || len(p.Items) != 3 || p.Items[0].ID != campaignID(1, 16) || p.Items[0].Warnings[0].Code != "BUDGET_CUT_MUCH" {
		t.Errorf("%+v", p)
	}
	const all = `matching: {status: [ACTIVE, PAUSED, ARCHIVED, DRAFT]}, change: {budgetPercent: 10}, maxAffected: 10`
	if p, _ := w.plan(t, all); p.Token != nil || p.Blocked != 3 || p.Changing != 3 {
		t.Errorf("%+v", p)
	}
	p, _ = w.plan(t, all+`, errorPolicy: SKIP_FAILED`)
	if p.Token == nil {
		t.Fatalf("%+v", p)
	}
	if a, _ := w.apply(t, "applyPlan", *p.Token); len(a.Nodes) != 3 || len(a.UserErrors) != 0 {
		t.Errorf("%+v", a)
	}
	// By a metric, over the dates of the report.
	p, got := w.plan(t, `matching: {metrics: [{metric: SPEND, min: 1}]}, report: {dates: {preset: LAST_30_DAYS}}, change: {status: PAUSED}, maxAffected: 500`)
	if p.Changing != 2 || p.Items[len(p.Items)-1].ID != campaignID(1, 11) {
		t.Errorf("%+v %s", p, got.sortedErrors())
	}
}

// TestPlansRefuse asks for plans that make no sense, as people who may not, and
// with tokens that are none.
func TestPlansRefuse(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	for input, code := range map[string]string{
		``: "INVALID", `change: {status: PAUSED}`: "INVALID", `matching: {}`: "INVALID", `campaigns: []`: "INVALID",
		`matching: {}, change: {status: PAUSED}, campaigns: [` + patch(11, 3, `name: "x"`) + `]`:   "INVALID",
		`matching: {}, change: {status: PAUSED}, maxAffected: 501`:                                 "INVALID",
		`matching: {}, change: {status: PAUSED}, maxAffected: 0`:                                   "INVALID",
		`matching: {}, change: {budgetPercent: -100}, maxAffected: 9`:                              "INVALID",
		`matching: {}, change: {budgetPercent: 5, budgetMicros: "5000000"}, maxAffected: 9`:        "INVALID",
		`matching: {metrics: [{metric: SPEND, min: 1}]}, change: {status: PAUSED}, maxAffected: 9`: "INVALID",
		`matching: {ids: ["` + campaignID(2, 21) + `"]}, change: {status: PAUSED}`:                 "NOT_FOUND",
		`matching: {ids: ["` + refOf(ads.LevelAdGroup, 1, 111) + `"]}, change: {status: PAUSED}`:   "INVALID",
	} {
		if _, got := w.plan(t, input); got.data != `{"campaignPlan":null}` || len(got.errors) != 1 || got.codes()[0] != code {
			t.Errorf("%s: %s %s", input, got.data, got.sortedErrors())
		}
	}
	p, _ := w.plan(t, `campaigns: [`+patch(11, 3, `name: "x"`)+`, `+patch(999, 1, `name: "x"`)+`], errorPolicy: SKIP_FAILED`)
	if p.Token == nil || p.Items[1].UserErrors[0].Code != "NOT_FOUND" {
		t.Fatalf("%+v", p)
	}
	damaged := []byte(*p.Token)
	damaged[20] ^= 1
	for _, tt := range []struct{ mutation, token string }{
		{"applyPlan", ""}, {"applyPlan", "%%%"}, {"applyPlan", string(damaged)}, {"applyPlan", (*p.Token)[:30]}, {"undoChanges", *p.Token},
	} {
		if _, got := w.apply(t, tt.mutation, tt.token); got.data != `{"done":null}` || got.codes()[0] != "INVALID" || strings.Contains(fmt.Sprint(got.errors), "base64") {
			t.Errorf("%s %.20s: %s %s", tt.mutation, tt.token, got.data, got.sortedErrors())
		}
	}
	for user, code := range map[int64]string{analyst: "FORBIDDEN", finance: "FORBIDDEN", 2: "NOT_FOUND", nobody: "NOT_FOUND"} {
		if _, got := w.as(user).apply(t, "applyPlan", *p.Token); got.codes()[0] != code {
			t.Errorf("%d: %s", user, got.sortedErrors())
		}
		if _, got := w.as(user).plan(t, `campaigns: [`+patch(11, 3, `name: "x"`)+`]`); got.codes()[0] != code {
			t.Errorf("%d: %s", user, got.sortedErrors())
		}
	}
}

// TestPlanOfFiveHundred plans and applies as many as may be, in a constant number
// of statements.
func TestPlanOfFiveHundred(t *testing.T) {
	t.Parallel()
	w, _ := writable(t, `INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo, daily_budget_micros) SELECT 1, 5000 + n, 'Bulk ' || n, 'AWARENESS', true, n * 1000000 FROM generate_series(1, 500) AS n`)
	p, got := w.plan(t, `matching: {nameContains: "bulk "}, maxAffected: 500, change: {status: PAUSED, budgetPercent: 25}`)
	if p.Token == nil || p.Changing != 500 || len(got.statements()) != 3 {
		t.Fatalf("%d %v %s", p.Changing, got.statements(), got.sortedErrors())
	}
	t.Logf("the token of 500 changes has %d bytes", len(*p.Token))
	a, got := w.apply(t, "applyPlan", *p.Token)
	if len(a.Nodes) != 500 || len(got.statements()) > 8 || len(*p.Token) > 64<<10 {
		t.Errorf("%d %v %s", len(a.Nodes), got.statements(), got.sortedErrors())
	}
	if u, got := w.apply(t, "undoChanges", *a.UndoToken); len(u.Nodes) != 500 || len(got.statements()) > 8 {
		t.Errorf("%d %v %s", len(u.Nodes), got.statements(), got.sortedErrors())
	}
}

// FuzzToken reads what is no token.
func FuzzToken(f *testing.F) {
	good, err := (&token{Advertiser: 1, Level: ads.LevelCampaign, Patches: []ads.Patch{{ID: 1, Version: 1, Name: set(new("x"))}}}).pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("")
	f.Fuzz(func(t *testing.T, packed string) {
		if got, ok := unpack(packed, time.Now()); ok && (len(got.Patches) == 0 || len(got.Patches) > 500) {
			t.Error("a token without changes")
		}
	})
}

package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

const savedView = "savedView { screen name spec isShared isMine owner { name } createdAt updatedAt }"

// TestSavedViewsAreMade saves views, and sends some that break each rule.
func TestSavedViewsAreMade(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	create := func(viewer int64, screen, name string, spec any) payload {
		return w.as(viewer).do(t, "createSavedView", savedView, map[string]any{"screen": screen, "name": name, "spec": spec})
	}
	p := create(analyst, "CampaignsTable", "Mine 🌞", map[string]any{"a": []any{1, "é", nil, true}, "big": json.Number("9007199254740993")})
	p.expect(t, "a good one")
	if !strings.Contains(p.text, `{"screen":"CampaignsTable","name":"Mine 🌞","spec":{"a": [1, "é", null, true], "big": 9007199254740993},"isShared":false,"isMine":true,"owner":{"name":"Analyst"},"createdAt":"2026-06-17T15:30:00Z","updatedAt":"2026-06-17T15:30:00Z"}`) {
		t.Error(p.text)
	}
	create(analyst, "CampaignsTable", "Mine 🌞", map[string]any{}).expect(t, "again", "NAME_TAKEN name")
	create(analyst, "AdsTable", "Mine 🌞", map[string]any{}).expect(t, "elsewhere")
	create(manager, "CampaignsTable", "Mine 🌞", map[string]any{}).expect(t, "somebody else's")
	for name, tt := range map[string]struct {
		screen, name string
		spec         any
		want         []string
	}{
		"Screens":      {"", "x", map[string]any{}, []string{"SCREEN_INVALID screen"}},
		"LongScreen":   {strings.Repeat("x", 65), "x", map[string]any{}, []string{"SCREEN_INVALID screen"}},
		"DigitFirst":   {"1st", "x", map[string]any{}, []string{"SCREEN_INVALID screen"}},
		"OddScreen":    {"Ünïcode", "x", map[string]any{}, []string{"SCREEN_INVALID screen"}},
		"Newline":      {"Ads\n", "x", map[string]any{}, []string{"SCREEN_INVALID screen"}},
		"NoName":       {"Ads", "", map[string]any{}, []string{"NAME_INVALID name"}},
		"Spaces":       {"Ads", "  ", map[string]any{}, []string{"NAME_INVALID name"}},
		"LongName":     {"Ads", strings.Repeat("🌞", 256), map[string]any{}, []string{"NAME_INVALID name"}},
		"NUL":          {"Ads", "a\x00", map[string]any{}, []string{"NAME_INVALID name"}},
		"List":         {"Ads", "x", []any{1}, []string{"SPEC_INVALID spec"}},
		"Text":         {"Ads", "x", "{}", []string{"SPEC_INVALID spec"}},
		"SpecNUL":      {"Ads", "x", map[string]any{"a": "\x00"}, []string{"SPEC_INVALID spec"}},
		"KeyNUL":       {"Ads", "x", map[string]any{"a\x00": 1}, []string{"SPEC_INVALID spec"}},
		"TooLong":      {"Ads", "x", map[string]any{"a": strings.Repeat("x", 65536)}, []string{"SPEC_INVALID spec"}},
		"LongStored":   {"Ads", "x", map[string]any{"a": slices.Repeat([]any{strings.Split(strings.Repeat("1,", 400), ",")}, 50)}, []string{"SPEC_INVALID spec"}},
		"HugeNumber":   {"Ads", "x", map[string]any{"a": json.Number("1e999999")}, []string{"SPEC_INVALID spec"}},
		"TinyNumber":   {"Ads", "x", map[string]any{"a": json.Number("1e-999999")}, []string{"SPEC_INVALID spec"}},
		"LongNumbers":  {"Ads", "x", map[string]any{"a": manyNumbers("1e300", 300)}, []string{"SPEC_INVALID spec"}},
		"TooDeep":      {"Ads", "x", map[string]any{"a": nested(101)}, []string{"SPEC_INVALID spec"}},
		"Several":      {"", "", 1, []string{"SCREEN_INVALID screen", "NAME_INVALID name", "SPEC_INVALID spec"}},
		"DeepEnough":   {"Deep", "x", map[string]any{"a": nested(99)}, nil},
		"LongEnough":   {"Long", "x", map[string]any{"a": strings.Repeat("x", 65536-9)}, nil},
		"LongestName":  {"Ads", strings.Repeat("🌞", 255), map[string]any{}, nil},
		"OneTooMany":   {"More", "x", map[string]any{"a": strings.Repeat("x", 65536-8)}, []string{"SPEC_INVALID spec"}},
		"Escapes":      {"Escapes", "x", map[string]any{"\u0001<&>": "\"\\\b\f\n\r\t\u0002\u2028\ufffd\U0001f31e"}, nil},
		"ManyEscapes":  {"Escapes", "y", map[string]any{"a": strings.Repeat("\u0001", 11000)}, []string{"SPEC_INVALID spec"}},
		"SomeEscapes":  {"Escapes", "z", map[string]any{"a": strings.Repeat("\u0001", 10900)}, nil},
		"SmallNumbers": {"Numbers", "x", map[string]any{"a": []any{json.Number("1e-300"), json.Number("-1.5E+10"), json.Number("0e5")}}, nil},
	} {
		create(analyst, tt.screen, tt.name, tt.spec).expect(t, name, tt.want...)
	}
	if got := rows(t, pgtest.DB(t, dsn), `SELECT count(*)::text FROM saved_view WHERE user_id IN (12, 13)`); got != "9" {
		t.Errorf("%s views", got)
	}
	if a := w.ask(t, `mutation { createSavedView(input: {advertiserId: "`+advertiserID(acme)+`", screen: "Literal", name: "x", spec: {a: [1, 2.5, "x", null, {b: ENUM}]}}) { savedView { spec } userErrors { code } } }`, nil); !strings.Contains(a.data, `"spec":{"a": [1, 2.5, "x", null, {"b": "ENUM"}]}`) {
		t.Errorf("%s %s", a.data, a.sortedErrors())
	}
}

func nested(depth int) any {
	var v any = 1
	for range depth - 1 {
		v = []any{v}
	}
	return v
}

func manyNumbers(number string, n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = json.Number(number)
	}
	return list
}

// TestSavedViewsAreOnesOwn changes and deletes views, own ones and others.
func TestSavedViewsAreOnesOwn(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	view := func(id int64) string { return refOf(ads.LevelSavedView, 1, id) }
	update := func(id string, fields map[string]any) payload {
		in := map[string]any{"id": id}
		maps.Copy(in, fields)
		return w.do(t, "updateSavedView", savedView, in)
	}
	p := update(view(601), map[string]any{"isShared": true})
	p.expect(t, "shared")
	if !strings.Contains(p.text, `"name":"running, by spend","spec":{"filter": {"delivery": ["RUNNING"]}, "orderBy": {"metric": "SPEND", "direction": "DESC"}},"isShared":true,"isMine":true`) || !strings.Contains(p.text, `"updatedAt":"2026-06-17T15:30:00Z"`) {
		t.Error(p.text)
	}
	p = update(view(604), map[string]any{"name": "Rejected"})
	p.expect(t, "as it was")
	if !strings.Contains(p.text, `"updatedAt":"2026-05-05T08:00:00Z"`) {
		t.Errorf("what is so already became newer: %s", p.text)
	}
	update(view(601), map[string]any{"spec": map[string]any{"x": 1}, "name": "New"}).expect(t, "name and spec")
	w.do(t, "createSavedView", savedView, map[string]any{"screen": "CampaignsTable", "name": "Second", "spec": map[string]any{}}).expect(t, "a second one")
	before := rows(t, db, `SELECT v::text FROM saved_view AS v ORDER BY 1`)
	update(view(601), map[string]any{"name": "Second"}).expect(t, "taken", "NAME_TAKEN name")
	update(view(601), nil).expect(t, "nothing", "NOTHING_TO_CHANGE")
	update(view(601), map[string]any{"name": nil, "spec": nil, "isShared": nil}).expect(t, "nulls", "REQUIRED name", "REQUIRED spec", "REQUIRED isShared")
	update(view(601), map[string]any{"name": "\x1b", "spec": []any{}}).expect(t, "faults", "NAME_INVALID name", "SPEC_INVALID spec")
	for name, id := range map[string]string{
		"somebody's, shared": view(602), "somebody's": view(603), "foreign": refOf(ads.LevelSavedView, 2, 605), "another kind": campaignID(1, 11), "none": view(999),
	} {
		update(id, map[string]any{"name": "x"}).expect(t, name, "NOT_FOUND id")
		p := w.do(t, "deleteSavedView", "deletedId", map[string]any{"id": id})
		p.expect(t, name, "NOT_FOUND id")
		if !strings.Contains(p.text, `"deletedId":null`) {
			t.Error(p.text)
		}
	}
	if after := rows(t, db, `SELECT v::text FROM saved_view AS v ORDER BY 1`); after != before {
		t.Errorf("something changed:\n%s", after)
	}
	p = w.do(t, "deleteSavedView", "deletedId", map[string]any{"id": view(601)})
	p.expect(t, "deleted")
	if !strings.Contains(p.text, `"deletedId":"`+view(601)+`"`) || strings.Contains(rows(t, db, `SELECT id::text FROM saved_view`), "601") {
		t.Error(p.text)
	}
	w.do(t, "deleteSavedView", "deletedId", map[string]any{"id": view(601)}).expect(t, "again", "NOT_FOUND id")
}

// TestManySaveOneView lets a person save one name twenty times at once, and rename
// others to it.
func TestManySaveOneView(t *testing.T) {
	t.Parallel()
	w, dsn := crowded(t, `INSERT INTO saved_view (advertiser_id, id, user_id, screen, name, spec) SELECT 1, 7000 + n, 1, 'Ads', 'View ' || n, '{}' FROM generate_series(1, 10) AS n`)
	var all sync.WaitGroup
	payloads := make([]payload, 20)
	for i := range payloads {
		all.Go(func() {
			if i%2 == 0 {
				payloads[i] = w.do(t, "createSavedView", savedView, map[string]any{"screen": "Ads", "name": "Same", "spec": map[string]any{"n": i}})
			} else {
				payloads[i] = w.do(t, "updateSavedView", savedView, map[string]any{"id": refOf(ads.LevelSavedView, 1, int64(7001+i/2)), "name": "Same"})
			}
		})
	}
	all.Wait()
	made := 0
	for i, p := range payloads {
		if p.errors == nil && p.fault == "" {
			made++
			continue
		}
		p.expect(t, fmt.Sprint(i), "NAME_TAKEN name")
	}
	if got := rows(t, pgtest.DB(t, dsn), `SELECT count(*)::text FROM saved_view WHERE name = 'Same'`); made != 1 || got != "1" {
		t.Errorf("%d made %s", made, got)
	}
}

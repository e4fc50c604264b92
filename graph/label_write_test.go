package graph

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

func label(id int64) string { return refOf(ads.LevelLabel, 1, id) }

// newLabels is labels to be made, of a type.
func newLabels(kind string, values ...string) []any {
	var list []any
	for _, v := range values {
		list = append(list, map[string]any{"type": kind, "value": v})
	}
	return list
}

// TestCreateLabels makes labels, and sends some that break each rule.
func TestCreateLabels(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	create := func(labels ...any) payload {
		return w.as(manager).do(t, "createLabels", "labels { type value }", map[string]any{"labels": append([]any{}, labels...)})
	}
	p := create(append(newLabels("CUSTOM", "z 🌞 Ünïcode", "acme outdoor", "b", "A"), newLabels("BRAND", "b")...)...)
	p.expect(t, "good ones")
	if !strings.Contains(p.text, `"labels":[{"type":"CUSTOM","value":"z 🌞 Ünïcode"},{"type":"CUSTOM","value":"acme outdoor"},{"type":"CUSTOM","value":"b"},{"type":"CUSTOM","value":"A"},{"type":"BRAND","value":"b"}]`) {
		t.Error(p.text)
	}
	if got := rows(t, db, `SELECT entity_type || ' ' || entity_id || ' ' || field || ' ' || (new_value->>'type') || ' ' || (new_value->>'value') || ' ' || actor_id || ' ' || source FROM change ORDER BY id`); got != `ADVERTISER 1 labels CUSTOM z 🌞 Ünïcode 12 BULK
ADVERTISER 1 labels CUSTOM acme outdoor 12 BULK
ADVERTISER 1 labels CUSTOM b 12 BULK
ADVERTISER 1 labels CUSTOM A 12 BULK
ADVERTISER 1 labels BRAND b 12 BULK` {
		t.Errorf("history:\n%s", got)
	}
	before := rows(t, db, `SELECT l::text FROM label AS l ORDER BY 1`)
	create(append(newLabels("CUSTOM", "fresh", "", "a\x00b", "two\nlines", " \t ", strings.Repeat("ü", 101), "Q2 2026", "q2 2026", "FRESH", "fresh"), newLabels("BRAND", "ACME outdoor")...)...).expect(t, "faults",
		"NAME_INVALID labels.1.value", "NAME_INVALID labels.2.value", "NAME_INVALID labels.3.value", "NAME_INVALID labels.4.value", "NAME_INVALID labels.5.value",
		"NAME_TAKEN labels.6.value", "NAME_TAKEN labels.7.value", "NAME_TAKEN labels.8.value", "NAME_TAKEN labels.9.value", "NAME_TAKEN labels.10.value")
	if after := rows(t, db, `SELECT l::text FROM label AS l ORDER BY 1`); after != before {
		t.Errorf("some were made all the same:\n%s", after)
	}
	create(newLabels("CUSTOM", strings.Repeat("🌞", 100))...).expect(t, "the longest")
	if p := create(); p.fault != "INVALID" {
		t.Error(p.text)
	}
	var many []string
	for i := range 501 {
		many = append(many, fmt.Sprint("n", i))
	}
	if p := create(newLabels("CUSTOM", many...)...); p.fault != "TOO_MANY_ITEMS" {
		t.Error(p.text)
	}
	p = create(newLabels("CUSTOM", many[:500]...)...)
	p.expect(t, "500")
	if !strings.Contains(p.text, `"labels":[{"type":"CUSTOM","value":"n0"},{"type":"CUSTOM","value":"n1"},`) || !strings.Contains(p.text, `"value":"n499"}]`) {
		t.Errorf("the order is another: %.300s", p.text)
	}
}

// TestManyCreateOneLabel lets 20 people make the same labels, in two orders: one
// has them made, the others are told.
func TestManyCreateOneLabel(t *testing.T) {
	t.Parallel()
	w, dsn := crowded(t)
	var all sync.WaitGroup
	payloads := make([]payload, 20)
	for i := range payloads {
		all.Go(func() {
			values := []string{"Same", "Other"}
			if i%2 == 1 {
				values = []string{"other", "SAME"}
			}
			payloads[i] = w.as(10+int64(i%3)).do(t, "createLabels", "labels { value }", map[string]any{"labels": newLabels("CUSTOM", values...)})
		})
	}
	all.Wait()
	made := 0
	for _, p := range payloads {
		if p.errors == nil && p.fault == "" {
			made++
			continue
		}
		p.expect(t, "the others", "NAME_TAKEN labels.0.value", "NAME_TAKEN labels.1.value")
	}
	if got := rows(t, pgtest.DB(t, dsn), `SELECT count(*)::text FROM label WHERE lower(value) IN ('same', 'other')`); made != 1 || got != "2" {
		t.Errorf("%d made %s labels", made, got)
	}
}

// TestRenameLabels renames labels, and sends some that break each rule.
func TestRenameLabels(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	rename := func(pairs ...string) payload {
		var list []any
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, map[string]any{"id": pairs[i], "value": pairs[i+1]})
		}
		return w.as(manager).do(t, "renameLabels", "labels { id type value }", map[string]any{"labels": list})
	}
	p := rename(label(702), "q2 2026", label(703), "always on", label(701), "ACME 🌞")
	p.expect(t, "good ones")
	if !strings.Contains(p.text, `"labels":[{"id":"`+label(702)+`","type":"CUSTOM","value":"q2 2026"},{"id":"`+label(703)+`","type":"CUSTOM","value":"always on"},{"id":"`+label(701)+`","type":"BRAND","value":"ACME 🌞"}]`) {
		t.Error(p.text)
	}
	if got := rows(t, db, `SELECT (old_value->>'value') || ' → ' || (new_value->>'value') FROM change ORDER BY id`); got != "Q2 2026 → q2 2026\nAcme Outdoor → ACME 🌞" {
		t.Errorf("history:\n%s", got)
	}
	rename(label(702), "x", label(702), "y", refOf(ads.LevelLabel, 2, 704), "z", campaignID(1, 11), "z", label(999), "z").expect(t, "ids",
		"DUPLICATE_ID labels.1.id", "NOT_FOUND labels.2.id", "NOT_FOUND labels.3.id", "NOT_FOUND labels.4.id")
	rename(label(702), "Always ON", label(703), "\x07").expect(t, "texts", "NAME_TAKEN labels.0.value", "NAME_INVALID labels.1.value")
	rename(label(702), "same", label(703), "SAME").expect(t, "one text for two", "NAME_TAKEN labels.1.value")
	rename(label(702), "always on", label(703), "q2 2026").expect(t, "swapped", "NAME_TAKEN labels.0.value", "NAME_TAKEN labels.1.value")
	rename(label(702), "ACME 🌞").expect(t, "that of another type")
	if got := rows(t, db, `SELECT value FROM label ORDER BY id`); got != "ACME 🌞\nACME 🌞\nalways on\nForeign brand" {
		t.Errorf("labels:\n%s", got)
	}
}

// setLabels changes the labels of campaigns given as ids and versions.
func (w *world) setLabels(t *testing.T, extra map[string]any, add, remove []string, campaigns ...any) payload {
	t.Helper()
	in := map[string]any{"addLabelIds": append([]string{}, add...), "removeLabelIds": append([]string{}, remove...)}
	var list []any
	for i := 0; i < len(campaigns); i += 2 {
		list = append(list, map[string]any{"id": campaigns[i], "version": campaigns[i+1]})
	}
	in["campaigns"] = append([]any{}, list...)
	maps.Copy(in, extra)
	return w.do(t, "setCampaignLabels", "campaigns { id version labels { value } } isReplay", in)
}

// TestSetCampaignLabels adds and removes labels, and looks at the answer, the rows,
// the history and the statements.
func TestSetCampaignLabels(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	c := func(id int64) string { return campaignID(1, id) }
	p := w.as(manager).setLabels(t, nil, []string{label(702)}, []string{label(703)}, c(11), 3, c(12), 1, c(16), 1)
	p.expect(t, "good ones")
	if want := `"campaigns":[{"id":"` + c(11) + `","version":4,"labels":[{"value":"Acme Outdoor"},{"value":"Q2 2026"}]},{"id":"` + c(12) + `","version":1,"labels":[{"value":"Acme Outdoor"},{"value":"Q2 2026"}]},{"id":"` + c(16) + `","version":2,"labels":[{"value":"Q2 2026"}]}]`; !strings.Contains(p.text, want) {
		t.Errorf("got %s\nwant %s", p.text, want)
	}
	if got := rows(t, db, `SELECT entity_id || ' ' || field || ' ' || old_value || ' ' || new_value || ' ' || actor_id || ' ' || source FROM change ORDER BY id`); got !=
		`11 labels [{"type": "BRAND", "value": "Acme Outdoor"}, {"type": "CUSTOM", "value": "always on"}] [{"type": "BRAND", "value": "Acme Outdoor"}, {"type": "CUSTOM", "value": "Q2 2026"}] 12 BULK
16 labels [] [{"type": "CUSTOM", "value": "Q2 2026"}] 12 BULK` {
		t.Errorf("history:\n%s", got)
	}
	if got := rows(t, db, `SELECT id::text FROM campaign WHERE advertiser_id = 1 AND updated_at = '2026-06-17 15:30+00' ORDER BY id`); got != "11\n16" {
		t.Errorf("updated:\n%s", got)
	}
	a := w.ask(t, `mutation ($in: SetCampaignLabelsInput!) { setCampaignLabels(input: $in) { campaigns { version } userErrors { code } } }`, map[string]any{"in": map[string]any{
		"advertiserId": advertiserID(acme), "campaigns": []any{map[string]any{"id": c(16), "version": 2}}, "removeLabelIds": []string{label(702)}, "idempotencyKey": "labels-key-1",
	}})
	if names := a.statements(); len(names) > 9 {
		t.Errorf("%d statements %v", len(names), names)
	}
	before := rows(t, db, `SELECT k::text FROM campaign_label AS k ORDER BY 1`)
	w.setLabels(t, nil, nil, nil, c(11), 4).expect(t, "nothing", "NOTHING_TO_CHANGE")
	w.setLabels(t, nil, []string{label(701), refOf(ads.LevelLabel, 2, 704), c(11)}, []string{label(701), label(999)}, c(11), 4).expect(t, "labels",
		"NOT_FOUND addLabelIds.1", "NOT_FOUND addLabelIds.2", "DUPLICATE_ID removeLabelIds.0", "NOT_FOUND removeLabelIds.1")
	faults := []string{"STALE_VERSION campaigns.1.version", "DUPLICATE_ID campaigns.2.id", "NOT_FOUND campaigns.3.id", "NOT_FOUND campaigns.4.id", "FINAL_STATUS campaigns.5"}
	items := []any{c(11), 4, c(12), 9, c(11), 4, campaignID(2, 21), 1, label(701), 1, c(13), 2}
	p = w.setLabels(t, nil, []string{label(703)}, nil, items...)
	p.expect(t, "campaigns", faults...)
	if !strings.Contains(p.text, `"params":{"current":{"labels":[{"type":"BRAND","value":"Acme Outdoor"},{"type":"CUSTOM","value":"Q2 2026"}],"version":1}}`) {
		t.Errorf("a stale item does not show the present values: %s", p.text)
	}
	if after := rows(t, db, `SELECT k::text FROM campaign_label AS k ORDER BY 1`); after != before {
		t.Errorf("all or nothing changed something:\n%s", after)
	}
	p = w.setLabels(t, map[string]any{"errorPolicy": "SKIP_FAILED"}, []string{label(703)}, nil, items...)
	p.expect(t, "skip failed", faults...)
	if !strings.Contains(p.text, `"campaigns":[{"id":"`+c(11)+`","version":5,"labels":[{"value":"Acme Outdoor"},{"value":"always on"},{"value":"Q2 2026"}]},null,null,null,null,null]`) {
		t.Error(p.text)
	}
}

// TestLabelLimits fills a campaign with labels.
func TestLabelLimits(t *testing.T) {
	t.Parallel()
	w, _ := writable(t, `INSERT INTO label (advertiser_id, id, type, value) SELECT 1, 7000 + n, CASE WHEN n > 40 THEN 'BRAND' ELSE 'CUSTOM' END, 'Label ' || n FROM generate_series(1, 42) AS n;
	  INSERT INTO campaign_label (advertiser_id, campaign_id, label_id) SELECT 1, 15, 7000 + n FROM generate_series(1, 42) AS n`)
	var custom []string
	for i := range 31 {
		custom = append(custom, label(int64(7001+i)))
	}
	c := campaignID(1, 14)
	w.setLabels(t, nil, custom, nil, c, 1).expect(t, "31", "LABEL_LIMIT campaigns.0")
	w.setLabels(t, nil, append(custom[:30:30], label(7041)), nil, c, 1).expect(t, "30 and a brand")
	w.setLabels(t, nil, custom[30:], nil, c, 2).expect(t, "one more", "LABEL_LIMIT campaigns.0")
	w.setLabels(t, nil, []string{label(7042)}, nil, c, 2).expect(t, "another brand", "LABEL_LIMIT campaigns.0")
	w.setLabels(t, nil, []string{label(7042), custom[30]}, []string{label(7041), custom[0]}, c, 2).expect(t, "in its place")
	// Loads may have given a campaign more: it can lose some, and gain none.
	w.setLabels(t, nil, nil, custom[:2], campaignID(1, 15), 1).expect(t, "fewer of too many")
	w.setLabels(t, nil, custom[:1], nil, campaignID(1, 15), 2).expect(t, "more of too many", "LABEL_LIMIT campaigns.0")
	var campaigns []any
	for i := range 501 {
		campaigns = append(campaigns, campaignID(1, int64(i+1)), 1)
	}
	if p := w.setLabels(t, nil, custom[:1], nil, campaigns...); p.fault != "TOO_MANY_ITEMS" {
		t.Error(p.text)
	}
	if p := w.setLabels(t, nil, custom[:1], nil); p.fault != "INVALID" {
		t.Error(p.text)
	}
	var labels []string
	for i := range 501 {
		labels = append(labels, label(int64(i+1)))
	}
	if p := w.setLabels(t, nil, nil, labels, c, 3); p.fault != "TOO_MANY_ITEMS" {
		t.Error(p.text)
	}
}

// TestManySetLabels lets 20 writers label one campaign with one key each twice:
// no label is lost, and nothing is done twice.
func TestManySetLabels(t *testing.T) {
	t.Parallel()
	w, dsn := crowded(t, `INSERT INTO label (advertiser_id, id, type, value) SELECT 1, 7000 + n, 'CUSTOM', 'Label ' || n FROM generate_series(1, 20) AS n`)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			for version := 1; ; version++ {
				p := w.setLabels(t, map[string]any{"idempotencyKey": fmt.Sprintf("label-key-%d-%d", i/2, version)}, []string{label(int64(7001 + i/2))}, nil, campaignID(1, 16), version)
				if p.errors == nil && p.fault == "" {
					return
				}
				p.expect(t, "the others", "STALE_VERSION campaigns.0.version")
			}
		})
	}
	all.Wait()
	if got := rows(t, pgtest.DB(t, dsn), `SELECT (SELECT version FROM campaign WHERE advertiser_id = 1 AND id = 16) || ' ' || (SELECT count(*) FROM campaign_label WHERE campaign_id = 16)
	  || ' ' || (SELECT count(*) FROM change WHERE field = 'labels' AND entity_id = 16)`); got != "21 20 20" {
		t.Errorf("version, labels and changes: %s", got)
	}
	if p := w.setLabels(t, map[string]any{"idempotencyKey": "label-key-0-1"}, []string{label(7002)}, nil, campaignID(1, 16), 1); p.fault != "CONFLICT" {
		t.Error(p.text)
	}
}

// TestFollowersHearOfLabels labels a campaign while somebody follows the account.
func TestFollowersHearOfLabels(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, people)
	s := pgtest.OpenDSN(t, dsn)
	p := newProcess(t, dsn, s, Options{})
	c := p.signIn(t, analyst)
	c.subscribe(t, "a", `subscription ($id: ID!) { campaignChanged(advertiserId: $id) { missed campaign { version labels { value } } } }`, advertiserID(acme))
	p.subscribers(t, 1)
	newWorld(t, s, Options{}).setLabels(t, nil, []string{label(703)}, nil, campaignID(1, 16), 1).expect(t, "labelled")
	c.hears(t, next("a", `{"data":{"campaignChanged":{"missed":false,"campaign":{"version":2,"labels":[{"value":"always on"}]}}}}`))
}

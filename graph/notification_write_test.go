package graph

import (
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// TestNotificationsAreMarked marks notifications as people who see some of them.
func TestNotificationsAreMarked(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	ref := func(id int64) string { return refOf(ads.LevelNotification, 1, id) }
	mark := func(viewer int64, state string, ids ...string) payload {
		return w.as(viewer).do(t, "updateNotifications", "notifications { id state type }", map[string]any{"ids": append([]string{}, ids...), "state": state})
	}
	states := func() string {
		return rows(t, db, `SELECT string_agg(id || ' ' || state, ', ' ORDER BY id) FROM notification WHERE state <> 'UNREAD'`)
	}
	p := mark(analyst, "READ", ref(905), ref(902))
	p.expect(t, "as an analyst")
	if !strings.Contains(p.text, `"notifications":[{"id":"`+ref(905)+`","state":"READ","type":"TAG_SILENT"},{"id":"`+ref(902)+`","state":"READ","type":"BUDGET_SPENT"}]`) {
		t.Error(p.text)
	}
	mark(finance, "DISMISSED", ref(904)).expect(t, "as finance")
	mark(manager, "UNREAD", ref(901), ref(903)).expect(t, "back")
	if got := states(); got != "902 READ, 904 DISMISSED, 905 READ, 906 READ" {
		t.Error(got)
	}
	mark(finance, "READ", ref(904), ref(902)).expect(t, "not of finance", "NOT_FOUND ids.1")
	mark(analyst, "READ", ref(901), ref(904)).expect(t, "not of an analyst", "NOT_FOUND ids.1")
	mark(catalogs, "READ", ref(901)).expect(t, "of nobody's business", "NOT_FOUND ids.0")
	p = mark(manager, "READ", ref(901), ref(901), refOf(ads.LevelNotification, 2, 907), refOf(ads.LevelNotification, 2, 907), campaignID(1, 11), ref(99))
	p.expect(t, "ids", "DUPLICATE_ID ids.1", "NOT_FOUND ids.2", "DUPLICATE_ID ids.3", "NOT_FOUND ids.4", "NOT_FOUND ids.5")
	if !strings.Contains(p.text, `"notifications":[null,null,null,null,null,null]`) {
		t.Error(p.text)
	}
	if got := states(); got != "902 READ, 904 DISMISSED, 905 READ, 906 READ" {
		t.Errorf("all or none: %s", got)
	}
	many := make([]string, 501)
	for i := range many {
		many[i] = ref(int64(i + 1))
	}
	if p := mark(manager, "READ", many...); p.fault != "TOO_MANY_ITEMS" {
		t.Error(p.text)
	}
	if p := mark(manager, "READ"); p.fault != "INVALID" {
		t.Error(p.text)
	}
}

// TestRecommendationsAreDismissed dismisses recommendations and opens them again.
func TestRecommendationsAreDismissed(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t, `INSERT INTO recommendation (advertiser_id, id, type, state) VALUES (1, 959, 'ADD_KEYWORDS', 'APPLIED')`)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	ref := func(id int64) string { return refOf(ads.LevelRecommendation, 1, id) }
	set := func(state string, ids ...string) payload {
		return w.as(manager).do(t, "updateRecommendations", "recommendations { id state impact { metric } entity { id } }", map[string]any{"ids": ids, "state": state})
	}
	p := set("DISMISSED", ref(953), ref(951))
	p.expect(t, "dismissed")
	if !strings.Contains(p.text, `"recommendations":[{"id":"`+ref(953)+`","state":"DISMISSED",`) || !strings.Contains(p.text, `{"id":"`+ref(951)+`","state":"DISMISSED",`) {
		t.Error(p.text)
	}
	set("OPEN", ref(953)).expect(t, "opened")
	if got := rows(t, db, `SELECT entity_type || ' ' || field || ' ' || (old_value->>'id') || ' ' || (old_value->>'state') || ' ' || (new_value->>'state') || ' ' || (new_value->>'type') FROM change ORDER BY id`); got !=
		"ADVERTISER recommendations "+ref(951)+" OPEN DISMISSED RAISE_BUDGET\nADVERTISER recommendations "+ref(953)+" DISMISSED OPEN WIDEN_TARGETING" {
		t.Errorf("history:\n%s", got)
	}
	set("APPLIED", ref(951)).expect(t, "applied by hand", "STATUS_NOT_ALLOWED ids.0.state")
	set("OPEN", ref(951), ref(959)).expect(t, "what was followed", "FINAL_STATUS ids.1")
	set("OPEN", ref(951), ref(951), refOf(ads.LevelRecommendation, 2, 954), ref(1)).expect(t, "ids", "DUPLICATE_ID ids.1", "NOT_FOUND ids.2", "NOT_FOUND ids.3")
	if got := rows(t, db, `SELECT string_agg(state, ' ' ORDER BY id) FROM recommendation WHERE advertiser_id = 1`); got != "DISMISSED OPEN OPEN APPLIED" {
		t.Error(got)
	}
}

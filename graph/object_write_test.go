package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// payload is what came of a mutation: the codes and paths of what is wrong, and all
// of it as text.
type payload struct {
	text   string
	errors []string
	fault  string // the code of the whole request
}

// do sends one mutation with an input to account 1.
func (w *world) do(t *testing.T, mutation, selection string, input map[string]any) payload {
	t.Helper()
	if _, given := input["advertiserId"]; !given && mutation != "acceptInvitation" {
		input["advertiserId"] = advertiserID(acme)
	}
	a := w.ask(t, fmt.Sprintf(`mutation ($in: %sInput!) { %s(input: $in) { %s userErrors { code path message params } } }`, strings.ToUpper(mutation[:1])+mutation[1:], mutation, selection), map[string]any{"in": input})
	var out map[string]*struct {
		UserErrors []struct {
			Code, Message string
			Path          []string
		}
	}
	p := payload{text: a.data}
	if len(a.errors) > 0 {
		p.fault = a.codes()[0]
		p.text += a.sortedErrors()
		return p
	}
	if err := json.Unmarshal([]byte(a.data), &out); err != nil {
		t.Fatalf("%s: %v", mutation, err)
	}
	for _, e := range out[mutation].UserErrors {
		p.errors = append(p.errors, strings.TrimSpace(e.Code+" "+strings.Join(e.Path, ".")))
	}
	if len(p.errors) > 0 {
		unspoken(t, p.text)
	}
	return p
}

// unspoken fails for an answer that tells of tables, columns or constraints.
func unspoken(t *testing.T, text string) {
	t.Helper()
	for _, word := range []string{"_uq", "_ck", "_fk", "_pk", "pq:", "constraint", "relation", "saved_view", "campaign_label", "member_change", "is_shared", "advertiser_id", "SQL"} {
		if strings.Contains(text, word) {
			t.Errorf("%q is in %s", word, text)
		}
	}
}

// expect fails unless exactly these errors came.
func (p payload) expect(t *testing.T, what string, errors ...string) {
	t.Helper()
	if p.fault != "" || !slices.Equal(p.errors, errors) {
		t.Errorf("%s: %v %s, want %v\n%s", what, p.errors, p.fault, errors, p.text)
	}
}

// rows returns the rows of a query, each a text.
func rows(t *testing.T, db *sqlx.DB, query string) string {
	t.Helper()
	var list []string
	if err := db.Select(&list, query); err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, "\n")
}

// crowded is writable with statements that take their time, so that writers who may
// meet do.
func crowded(t *testing.T, more ...string) (*world, string) {
	t.Helper()
	dsn := smallDatabase(t, append([]string{people}, more...)...)
	jitter := func(ctx context.Context, _ string) error {
		select {
		case <-time.After(time.Duration(rand.IntN(5000)) * time.Microsecond):
		case <-ctx.Done():
		}
		return nil
	}
	return newWorld(t, pgtest.OpenHooked(t, dsn, jitter), Options{}), dsn
}

// TestRolesDecideWhatIsChanged sends every change of objects as each role, as
// strangers, and for an advertiser that is not there.
func TestRolesDecideWhatIsChanged(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	id := func(level ads.Level) string { return refOf(level, 1, 424242) } // which nothing has
	inputs := map[string]struct {
		capability string
		input      map[string]any
	}{
		"createLabels":          {"EDIT_CAMPAIGNS", map[string]any{"labels": []any{map[string]any{"type": "BRAND", "value": ""}}}},
		"renameLabels":          {"EDIT_CAMPAIGNS", map[string]any{"labels": []any{map[string]any{"id": id(ads.LevelLabel), "value": "x"}}}},
		"setCampaignLabels":     {"EDIT_CAMPAIGNS", map[string]any{"campaigns": []any{map[string]any{"id": id(ads.LevelCampaign), "version": 1}}}},
		"createSavedView":       {"VIEW_CAMPAIGNS", map[string]any{"screen": "", "name": "x", "spec": map[string]any{}}},
		"updateSavedView":       {"VIEW_CAMPAIGNS", map[string]any{"id": id(ads.LevelSavedView), "name": "x"}},
		"deleteSavedView":       {"VIEW_CAMPAIGNS", map[string]any{"id": id(ads.LevelSavedView)}},
		"updateNotifications":   {"", map[string]any{"ids": []any{id(ads.LevelNotification)}, "state": "READ"}},
		"updateRecommendations": {"EDIT_CAMPAIGNS", map[string]any{"ids": []any{id(ads.LevelRecommendation)}, "state": "OPEN"}},
		"inviteMember":          {"EDIT_MEMBERS", map[string]any{"email": "", "roles": []string{"ANALYST"}}},
		"revokeInvitation":      {"EDIT_MEMBERS", map[string]any{"id": id(ads.LevelInvitation)}},
		"grantRoles":            {"EDIT_MEMBERS", map[string]any{"memberId": id(ads.LevelMember), "roles": []string{"ANALYST"}}},
		"revokeRoles":           {"EDIT_MEMBERS", map[string]any{"memberId": id(ads.LevelMember), "roles": []string{"ANALYST"}}},
	}
	schema := schemaOf(t)
	for mutation, tt := range inputs {
		if got := required(schema.Mutation.Fields.ForName(mutation)); got != tt.capability {
			t.Errorf("%s requires %q", mutation, got)
		}
		for viewer, can := range matrix {
			p := w.as(viewer).do(t, mutation, "", tt.input)
			switch allowed := tt.capability == "" || slices.Contains(strings.Fields(can), tt.capability); {
			case allowed && (p.fault != "" || len(p.errors) == 0):
				t.Errorf("%s as %d: %s", mutation, viewer, p.text)
			case !allowed && (p.fault != "FORBIDDEN" || !strings.Contains(p.text, tt.capability)):
				t.Errorf("%s as %d: %s", mutation, viewer, p.text)
			}
		}
		for _, stranger := range []int64{2, nobody} {
			if p := w.as(stranger).do(t, mutation, "", tt.input); p.fault != "NOT_FOUND" {
				t.Errorf("%s as a stranger: %s", mutation, p.text)
			}
		}
		other := map[string]any{"advertiserId": campaignID(1, 11)}
		for k, v := range tt.input {
			if k != "advertiserId" {
				other[k] = v
			}
		}
		if p := w.do(t, mutation, "", other); p.fault != "NOT_FOUND" {
			t.Errorf("%s of a campaign: %s", mutation, p.text)
		}
	}
}

// TestWhatWritersMayChange looks at the rights of the role that writes: what no
// mutation changes it must not change.
func TestWhatWritersMayChange(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, people)
	conn, err := pgtest.DB(t, dsn).Connx(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for _, setting := range []string{"SET ROLE adsgraph_writer", "SET adsgraph.advertisers = '1'"} {
		if _, err := conn.ExecContext(t.Context(), setting); err != nil {
			t.Fatal(err)
		}
	}
	for _, refused := range []string{
		`UPDATE member SET role = 'OWNER'`, `UPDATE app_user SET email = 'x@example.com'`, `DELETE FROM member_change`, `UPDATE member_change SET role = 'OWNER'`,
		`DELETE FROM label`, `DELETE FROM invitation`, `UPDATE invitation SET email = 'x@example.com'`, `UPDATE saved_view SET user_id = 1`, `DELETE FROM notification`,
		`UPDATE recommendation SET spend_micros = 1`, `INSERT INTO member (advertiser_id, user_id, role) VALUES (2, 1, 'OWNER')`,
		`INSERT INTO label (advertiser_id, type, value) VALUES (2, 'CUSTOM', 'x')`,
	} {
		if _, err := conn.ExecContext(t.Context(), refused); err == nil {
			t.Errorf("a writer may %s", refused)
		}
	}
	var foreign int
	if err := conn.GetContext(t.Context(), &foreign, `SELECT (SELECT count(*) FROM label WHERE advertiser_id <> 1) + (SELECT count(*) FROM member WHERE advertiser_id <> 1)
	  + (SELECT count(*) FROM saved_view WHERE advertiser_id <> 1) + (SELECT count(*) FROM app_user WHERE id = 2)`); err != nil || foreign != 0 {
		t.Errorf("%d rows of others, %v", foreign, err)
	}
}

// TestBothExecutorsChangeObjects sends the same changes to two copies of the small
// world: what answers set-wise and gqlgen's own executor give the same.
func TestBothExecutorsChangeObjects(t *testing.T) {
	t.Parallel()
	setWise, _ := writable(t)
	plain := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, people)), Options{Executor: true})
	id := func(level ads.Level, id int64) string { return refOf(level, 1, id) }
	for _, tt := range []struct {
		mutation, selection string
		input               map[string]any
	}{
		{"createLabels", "labels { id type value createdAt }", map[string]any{"labels": newLabels("CUSTOM", "One", "Two")}},
		{"createLabels", "labels { id }", map[string]any{"labels": newLabels("CUSTOM", "One", "Three")}},
		{"renameLabels", "labels { id value }", map[string]any{"labels": []any{map[string]any{"id": id(ads.LevelLabel, 702), "value": "Other"}}}},
		{
			"setCampaignLabels", "isReplay campaigns { name version labels { type value } adGroups(first: 1) { totalCount } }",
			map[string]any{"campaigns": []any{map[string]any{"id": campaignID(1, 11), "version": 3}, map[string]any{"id": campaignID(1, 12), "version": 9}}, "addLabelIds": []string{label(702)}, "errorPolicy": "SKIP_FAILED"},
		},
		{"createSavedView", savedView, map[string]any{"screen": "Ads", "name": "x", "spec": map[string]any{"a": 1}}},
		{"updateSavedView", savedView, map[string]any{"id": id(ads.LevelSavedView, 601), "spec": map[string]any{"b": []any{}}}},
		{"deleteSavedView", "deletedId", map[string]any{"id": id(ads.LevelSavedView, 604)}},
		{"deleteSavedView", "deletedId", map[string]any{"id": id(ads.LevelSavedView, 602)}},
		{"updateNotifications", "notifications { id state entity { id ... on Campaign { name status } ... on Ad { adName: name } } }", map[string]any{"ids": []string{id(ads.LevelNotification, 902), id(ads.LevelNotification, 901)}, "state": "READ"}},
		{"updateRecommendations", "recommendations { state impact { metric current { money { amount } count } } entity { id } }", map[string]any{"ids": []string{id(ads.LevelRecommendation, 952)}, "state": "DISMISSED"}},
		{"inviteMember", "invitation { email roles status expiresAt }", map[string]any{"email": "x@example.com", "roles": []string{"ADMIN"}}},
		{"inviteMember", "invitation { email }", map[string]any{"email": "x@example.com", "roles": []string{"ADMIN"}}},
		{"revokeInvitation", "invitation { email status revokedAt invitedBy { name } }", map[string]any{"id": invitation(974)}},
		{"acceptInvitation", "advertiser { name }", map[string]any{"id": invitation(974)}},
		{"grantRoles", "member { roles person { name } addedBy { name } }", map[string]any{"memberId": member(analyst), "roles": []string{"ADMIN"}}},
		{"revokeRoles", "member { roles }", map[string]any{"memberId": member(analyst), "roles": []string{"ADMIN"}}},
		{"revokeRoles", "member { roles }", map[string]any{"memberId": member(analyst), "roles": []string{"ANALYST"}}},
	} {
		got, want := setWise.do(t, tt.mutation, tt.selection, tt.input), plain.do(t, tt.mutation, tt.selection, tt.input)
		if got.text != want.text || got.fault != "" {
			t.Errorf("%s: %s\nexecutor: %s", tt.mutation, got.text, want.text)
		}
	}
}

// TestObjectsAreMadeOnce sends what makes objects twice with one key: the second
// answer is the first one again.
func TestObjectsAreMadeOnce(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	a := advertiserID(1)
	for name, make := range map[string]string{
		"label":      `createLabels(input: {advertiserId: "` + a + `", idempotencyKey: "a label once", labels: [{type: CUSTOM, value: "%s"}]}) { labels { id } userErrors { code } isReplay }`,
		"view":       `createSavedView(input: {advertiserId: "` + a + `", idempotencyKey: "a view once", screen: "home", name: "%s", spec: {a: 1}}) { savedView { id } userErrors { code } isReplay }`,
		"invitation": `inviteMember(input: {advertiserId: "` + a + `", idempotencyKey: "invite once", email: "%s@example.com", roles: [ANALYST]}) { invitation { id } userErrors { code } isReplay }`,
	} {
		send := func(what string) answer { return w.ask(t, "mutation { "+fmt.Sprintf(make, what)+" }", nil) }
		first, second := send("once"), send("once")
		if !strings.Contains(first.data, `"userErrors":[],"isReplay":false`) || second.data != strings.Replace(first.data, `"isReplay":false`, `"isReplay":true`, 1) {
			t.Errorf("%s: %s %s\n%s", name, first.data, first.sortedErrors(), second.data)
		}
		if other := send("twice"); len(other.errors) != 1 || other.codes()[0] != "CONFLICT" {
			t.Errorf("%s: %s", name, other.data)
		}
	}
}

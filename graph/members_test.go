package graph

import (
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// TestMembersAreOneRowPerPerson reads the members of the small world: however
// many roles somebody has, and with those of this account alone.
func TestMembersAreOneRowPerPerson(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	const query = `query ($filter: MemberFilter, $orderBy: MemberOrder) { advertiser(id: "MUEx") { members(first: 10, filter: $filter, orderBy: $orderBy) {
	  totalCount edges { node { email roles addedBy { name } } } } } }`
	const (
		anna = `{"node":{"email":"anna.admin@example.com","roles":["ADMIN"],"addedBy":{"name":"Olga Owner"}}}`
		bob  = `{"node":{"email":"both@example.com","roles":["ANALYST","FINANCE_MANAGER"],"addedBy":{"name":"Nina Nobody"}}}`
		olga = `{"node":{"email":"owner@example.com","roles":["OWNER","FINANCE_MANAGER"],"addedBy":null}}`
	)
	for _, tt := range []struct {
		filter, orderBy map[string]any
		count           string
		want            string
	}{
		{nil, nil, "3", anna + "," + bob + "," + olga},
		{nil, map[string]any{"field": "ADDED_AT", "direction": "DESC"}, "3", bob + "," + anna + "," + olga},
		{map[string]any{"role": []string{"FINANCE_MANAGER"}}, nil, "2", bob + "," + olga},
		{map[string]any{"role": []string{"ADMIN", "ANALYST"}}, nil, "2", anna + "," + bob},
		{map[string]any{"role": []string{}}, nil, "0", ""},
		{map[string]any{"textContains": "BOB"}, nil, "1", bob},
		{map[string]any{"textContains": "owner@"}, nil, "1", olga},
		{map[string]any{"textContains": "otto"}, nil, "0", ""},
	} {
		got := w.ask(t, query, map[string]any{"filter": tt.filter, "orderBy": tt.orderBy})
		want := `{"advertiser":{"members":{"totalCount":` + tt.count + `,"edges":[` + tt.want + `]}}}`
		if got.data != want || len(got.errors) > 0 {
			t.Errorf("%v by %v: %s %s, want %s", tt.filter, tt.orderBy, got.data, got.sortedErrors(), want)
		}
	}
	w.viewer = 22 // who is a member of two accounts, and may see the members of one
	got := w.ask(t, `{ a: advertiser(id: "`+advertiserID(2)+`") { members(first: 10) { edges { node { email roles } } } accessLog(first: 10) { edges { node { email action } } } }
	  b: advertiser(id: "MUEx") { name members(first: 10) { totalCount } } }`, nil)
	want := `{"a":{"members":{"edges":[{"node":{"email":"both@example.com","roles":["ADMIN"]}},{"node":{"email":"other@example.com","roles":["OWNER"]}}]},` +
		`"accessLog":{"edges":[{"node":{"email":"both@example.com","action":"GRANTED"}}]}},"b":{"name":"Acme Outdoor","members":null}}`
	if got.data != want || len(got.errors) != 1 || got.codes()[0] != string(fault.Forbidden) {
		t.Errorf("got %s %s, want %s", got.data, got.sortedErrors(), want)
	}
}

// TestInvitationsAndLogAreFiltered keeps invitations by what became of them as
// of now, and changes by what they are.
func TestInvitationsAndLogAreFiltered(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	for field, want := range map[string]string{
		`invitations(first: 10, filter: {status: [OPEN]}) { edges { node { email status acceptedAt revokedAt } } }`:     `{"node":{"email":"new@example.com","status":"OPEN","acceptedAt":null,"revokedAt":null}}`,
		`invitations(first: 10, filter: {status: [ACCEPTED, REVOKED]}) { edges { node { acceptedAt revokedAt } } }`:     `{"node":{"acceptedAt":null,"revokedAt":"2026-05-02T09:01:00Z"}},{"node":{"acceptedAt":"2026-03-02T09:00:00Z","revokedAt":null}}`,
		`invitations(first: 10, filter: {role: [ADMIN], emailContains: "LATE"}) { edges { node { status } } }`:          `{"node":{"status":"EXPIRED"}}`,
		`accessLog(first: 10, filter: {textContains: "nina"}) { edges { node { action actor { name } } } }`:             `{"node":{"action":"REVOKED","actor":{"name":"Olga Owner"}}},{"node":{"action":"GRANTED","actor":{"name":"Olga Owner"}}}`,
		`accessLog(first: 10, filter: {action: [EXPIRED]}) { edges { node { email person { name } actor { name } } } }`: `{"node":{"email":"late@example.com","person":null,"actor":null}}`,
		`accessLog(first: 10, filter: {role: [ANALYST]}) { edges { node { email person { name } } } }`:                  `{"node":{"email":"both@example.com","person":{"name":"Bob Both"}}}`,
	} {
		got := w.ask(t, `{ advertiser(id: "MUEx") { `+field+` } }`, nil)
		if !strings.Contains(got.data, `"edges":[`+want+`]`) || len(got.errors) > 0 {
			t.Errorf("%s: %s %s, want %s", field, got.data, got.sortedErrors(), want)
		}
	}
}

// TestMembersByID asks for each kind by its id: of the own account, of another,
// and for a person who left.
func TestMembersByID(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	ref := func(kind ads.Level, a, id int64) string { return ads.Ref{Level: kind, Advertiser: a, ID: id}.String() }
	const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Member { person { name } advertiser { name } } ... on Invitation { roles } ... on AccessChange { email } } }`
	for _, tt := range []struct {
		kind         ads.Level
		own, foreign int64
		want         string
	}{
		{ads.LevelMember, 22, 2, `{"__typename":"Member","id":"MUIxLjIy","person":{"name":"Bob Both"},"advertiser":{"name":"Acme Outdoor"}}`},
		{ads.LevelInvitation, 974, 975, `{"__typename":"Invitation","id":"MUoxLjk3NA","roles":["CAMPAIGN_MANAGER","AUDIENCE_MANAGER"]}`},
		{ads.LevelAccessChange, 988, 995, `{"__typename":"AccessChange","id":"MUgxLjk4OA","email":"nobody@example.com"}`},
	} {
		got := w.ask(t, query, map[string]any{"ids": []string{
			ref(tt.kind, acme, tt.own), ref(tt.kind, 2, tt.foreign), ref(tt.kind, acme, tt.foreign), ref(tt.kind, acme, 3),
		}})
		if want := `{"nodes":[` + tt.want + `,null,null,null]}`; got.data != want || len(got.errors) > 0 {
			t.Errorf("%s: %s %s, want %s", tt.kind, got.data, got.sortedErrors(), want)
		}
		w := w.as(22) // an analyst, who has no VIEW_MEMBERS here
		got = w.ask(t, `{ node(id: "`+ref(tt.kind, acme, tt.own)+`") { id } }`, nil)
		if got.data != `{"node":null}` || got.codes()[0] != string(fault.Forbidden) {
			t.Errorf("%s without VIEW_MEMBERS: %s %s", tt.kind, got.data, got.sortedErrors())
		}
	}
}

// TestMembersRefuse asks for what cannot be: the rest of the answer stays.
func TestMembersRefuse(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	for field, want := range map[string]fault.Code{
		`members(first: 0) { totalCount }`:                                                                                        fault.Invalid,
		`members(first: 201) { totalCount }`:                                                                                      fault.Invalid,
		`members(first: 1, after: "bm8") { edges { cursor } }`:                                                                    fault.InvalidCursor,
		`members(first: 1, filter: {textContains: ""}) { totalCount }`:                                                            fault.Invalid,
		`invitations(first: 1, filter: {emailContains: ""}) { totalCount }`:                                                       fault.Invalid,
		`accessLog(first: 1, filter: {textContains: ""}) { totalCount }`:                                                          fault.Invalid,
		`accessLog(first: 201) { totalCount }`:                                                                                    fault.Invalid,
		`invitations(first: 1, after: "bm8") { edges { cursor } }`:                                                                fault.InvalidCursor,
		`members(first: 1, orderBy: {field: ADDED_AT, direction: ASC}, after: "` + memberCursor(t, w) + `") { edges { cursor } }`: fault.InvalidCursor, // of another order
	} {
		got := w.ask(t, `{ advertiser(id: "MUEx") { name `+field+` } }`, nil)
		if len(got.errors) != 1 || got.codes()[0] != string(want) || !strings.HasPrefix(got.data, `{"advertiser":{"name":"Acme Outdoor","`) {
			t.Errorf("%s: %s %s", field, got.data, got.sortedErrors())
		}
	}
}

// memberCursor returns the cursor of the first member by name.
func memberCursor(t *testing.T, w *world) string {
	t.Helper()
	got := w.ask(t, `{ advertiser(id: "MUEx") { members(first: 1) { pageInfo { endCursor } } } }`, nil)
	return between(t, got.data, `"endCursor":"`, `"`)
}

// TestMembersOfManyAccounts is one statement, each account with its own.
func TestMembersOfManyAccounts(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	got := w.ask(t, `{ viewer { advertisers(first: 10, orderBy: {field: ID, direction: ASC}) { edges { node { members(first: 2) { totalCount edges { node { person { name } } } } } } } } }`, nil)
	want := `{"viewer":{"advertisers":{"edges":[{"node":{"members":{"totalCount":3,"edges":[{"node":{"person":{"name":"anna Admin"}}},{"node":{"person":{"name":"Bob Both"}}}]}}},` +
		`{"node":{"members":{"totalCount":1,"edges":[{"node":{"person":{"name":"Olga Owner"}}}]}}},{"node":{"members":{"totalCount":1,"edges":[{"node":{"person":{"name":"Olga Owner"}}}]}}}]}}}`
	if got.data != want {
		t.Errorf("got %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
	if names := strings.Join(got.statements(), " "); names != "AdvertiserList MemberList" {
		t.Errorf("statements %s", names)
	}
}

package graph

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

const (
	owner = 10 // of people
	admin = 11
)

func member(id int64) string     { return refOf(ads.LevelMember, 1, id) }
func invitation(id int64) string { return refOf(ads.LevelInvitation, 1, id) }

func (w *world) invite(t *testing.T, email string, roles ...string) payload {
	t.Helper()
	return w.do(t, "inviteMember", "invitation { id email roles status invitedBy { name } createdAt expiresAt }", map[string]any{"email": email, "roles": append([]string{}, roles...)})
}

func (w *world) roles(t *testing.T, mutation, id string, roles ...string) payload {
	t.Helper()
	return w.do(t, mutation, "member { id roles addedBy { name } }", map[string]any{"memberId": id, "roles": append([]string{}, roles...)})
}

// TestInvitations invites people, takes invitations back, and breaks each rule.
func TestInvitations(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM member_change`)
	p := w.as(admin).invite(t, " New.Person@Example.COM", "ANALYST", "FINANCE_MANAGER", "ANALYST")
	p.expect(t, "a good one")
	if !strings.Contains(p.text, `"email":"new.person@example.com","roles":["ANALYST","FINANCE_MANAGER"],"status":"OPEN","invitedBy":{"name":"Admin"},"createdAt":"2026-06-17T15:30:00Z","expiresAt":"2026-07-01T15:30:00Z"}`) {
		t.Error(p.text)
	}
	_, id, _ := strings.Cut(p.text, `"id":"`)
	id, _, _ = strings.Cut(id, `"`)
	w.invite(t, "NEW.person@example.com", "ANALYST").expect(t, "again", "ALREADY_INVITED email")
	if p := w.invite(t, "new.person@example.com", "ANALYST"); !strings.Contains(p.text, `"params":{"id":"`+id+`"}`) {
		t.Error(p.text)
	}
	p = w.invite(t, "both@example.com", "ADMIN")
	p.expect(t, "a member", "ALREADY_MEMBER email")
	if !strings.Contains(p.text, `"params":{"id":"`+member(22)+`"}`) {
		t.Error(p.text)
	}
	w.invite(t, "foreign@example.com", "ANALYST").expect(t, "whom another account invited")
	w.invite(t, "other@example.com", "ANALYST").expect(t, "a member of another account")
	w.invite(t, "late@example.com", "ANALYST").expect(t, "whose invitation expired")
	w.invite(t, "mistake@example.com", "OWNER").expect(t, "whose invitation was taken back")
	w.as(admin).invite(t, "boss@example.com", "OWNER").expect(t, "an owner, by an admin", "ROLE_NOT_ALLOWED roles")
	w.invite(t, "x@example.com").expect(t, "no roles", "REQUIRED roles")
	for _, email := range []string{
		"", "x", "@", "a@", "@b", "a@b@c", "a b@c.de", "a@b\n.de", "ä@example.com", "🌞@example.com", "a\x00@b.de", "<a@b.de>", "a,b@c.de", "a@.de", "a@b.de.", strings.Repeat("x", 320) + "@b.de", "İ@example.com",
	} {
		w.invite(t, email, "ANALYST").expect(t, fmt.Sprintf("%.20q", email), "EMAIL_INVALID email")
	}
	w.as(admin).invite(t, "nobody", "OWNER").expect(t, "several", "EMAIL_INVALID email", "ROLE_NOT_ALLOWED roles")
	w.invite(t, strings.Repeat("x", 315)+"@b.de", "OWNER", "ADMIN", "CAMPAIGN_MANAGER", "ANALYST", "AUDIENCE_MANAGER", "FINANCE_MANAGER", "CATALOGS_MANAGER").expect(t, "the longest, all roles")

	revoke := func(viewer int64, id string) payload {
		return w.as(viewer).do(t, "revokeInvitation", "invitation { status revokedAt }", map[string]any{"id": id})
	}
	p = revoke(admin, id)
	p.expect(t, "taken back")
	if !strings.Contains(p.text, `{"status":"REVOKED","revokedAt":"2026-06-17T15:30:00Z"}`) {
		t.Error(p.text)
	}
	revoke(admin, id).expect(t, "again", "INVITATION_CLOSED id")
	revoke(admin, invitation(971)).expect(t, "accepted", "INVITATION_CLOSED id")
	revoke(admin, invitation(972)).expect(t, "expired", "INVITATION_CLOSED id")
	revoke(admin, refOf(ads.LevelInvitation, 2, 975)).expect(t, "foreign", "NOT_FOUND id")
	revoke(admin, member(12)).expect(t, "another kind", "NOT_FOUND id")
	if got := rows(t, db, `SELECT coalesce(actor_id::text, '-') || ' ' || email || ' ' || role || ' ' || action FROM member_change WHERE email LIKE 'new.%' ORDER BY id`); got !=
		"11 new.person@example.com ANALYST INVITED\n11 new.person@example.com FINANCE_MANAGER INVITED\n11 new.person@example.com ANALYST REVOKED\n11 new.person@example.com FINANCE_MANAGER REVOKED" {
		t.Errorf("log:\n%s", got)
	}
	db.MustExec(`UPDATE invitation SET roles = '{OWNER}' WHERE id = 974`)
	revoke(admin, invitation(974)).expect(t, "of an owner, by an admin", "ROLE_NOT_ALLOWED id")
	revoke(owner, invitation(974)).expect(t, "of an owner, by an owner")
}

// TestInvitationsAreAccepted accepts invitations as those whom they were sent to, and
// as others.
func TestInvitationsAreAccepted(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t, `INSERT INTO invitation (advertiser_id, id, email, roles, created_at, expires_at, accepted_at, revoked_at) VALUES
	  (1, 981, 'nobody@example.com', '{ANALYST,FINANCE_MANAGER}', '2026-06-10', '2026-06-24', NULL, NULL), (1, 982, 'nobody@example.com', '{OWNER}', '2026-05-10', '2026-05-24', NULL, NULL),
	  (1, 983, 'nobody@example.com', '{OWNER}', '2026-05-10', '2026-06-24', NULL, '2026-05-11'), (1, 984, 'p13@example.com', '{ANALYST,ADMIN}', '2026-06-10', '2026-06-24', NULL, NULL),
	  (2, 985, 'p13@example.com', '{ANALYST}', '2026-06-10', '2026-06-24', NULL, NULL)`)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM member_change`)
	accept := func(viewer int64, id string) payload {
		return w.as(viewer).do(t, "acceptInvitation", "advertiser { name viewerRoles members(first: 1) { totalCount } }", map[string]any{"id": id})
	}
	for _, viewer := range []int64{1, owner, admin, 2, analyst} {
		accept(viewer, invitation(981)).expect(t, fmt.Sprintf("somebody else's, as %d", viewer), "NOT_FOUND id")
	}
	accept(nobody, invitation(982)).expect(t, "expired", "INVITATION_CLOSED id")
	accept(nobody, invitation(983)).expect(t, "taken back", "INVITATION_CLOSED id")
	accept(nobody, invitation(424242)).expect(t, "none", "NOT_FOUND id")
	accept(nobody, member(981)).expect(t, "another kind", "NOT_FOUND id")
	accept(nobody, refOf(ads.LevelInvitation, 2, 981)).expect(t, "of another account", "NOT_FOUND id")
	if got := rows(t, db, `SELECT role FROM member WHERE user_id = 3`); got != "" {
		t.Fatalf("roles: %s", got)
	}
	a := w.as(nobody).ask(t, `mutation { acceptInvitation(input: {id: "`+invitation(981)+`"}) { advertiser { name viewerRoles } userErrors { code } } }`, nil)
	if a.data != `{"acceptInvitation":{"advertiser":{"name":"Acme Outdoor","viewerRoles":["ANALYST","FINANCE_MANAGER"]},"userErrors":[]}}` {
		t.Errorf("%s %s", a.data, a.sortedErrors())
	}
	accept(nobody, invitation(981)).expect(t, "again", "INVITATION_CLOSED id")
	p := accept(analyst, invitation(984))
	p.expect(t, "by a member")
	if !strings.Contains(p.text, `"viewerRoles":["ADMIN","ANALYST"]`) {
		t.Error(p.text)
	}
	p = w.as(analyst).do(t, "acceptInvitation", "advertiser { name viewerRoles }", map[string]any{"id": refOf(ads.LevelInvitation, 2, 985)})
	p.expect(t, "of another account")
	if !strings.Contains(p.text, `{"name":"Other Tenant","viewerRoles":["ANALYST"]}`) {
		t.Error(p.text)
	}
	if got := rows(t, db, `SELECT advertiser_id || ' ' || actor_id || ' ' || user_id || ' ' || role || ' ' || action FROM member_change ORDER BY id`); got !=
		"1 3 3 ANALYST GRANTED\n1 3 3 FINANCE_MANAGER GRANTED\n1 13 13 ADMIN GRANTED\n2 13 13 ANALYST GRANTED" {
		t.Errorf("log:\n%s", got)
	}
}

// TestRolesAreGranted gives and takes roles, and breaks each rule.
func TestRolesAreGranted(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM member_change`)
	p := w.as(admin).roles(t, "grantRoles", member(analyst), "FINANCE_MANAGER", "ANALYST", "ADMIN", "ADMIN")
	p.expect(t, "granted")
	if !strings.Contains(p.text, `"roles":["ADMIN","ANALYST","FINANCE_MANAGER"]`) {
		t.Error(p.text)
	}
	p = w.as(admin).roles(t, "revokeRoles", member(analyst), "ADMIN", "CATALOGS_MANAGER")
	p.expect(t, "revoked")
	if !strings.Contains(p.text, `"roles":["ANALYST","FINANCE_MANAGER"]`) {
		t.Error(p.text)
	}
	p = w.as(admin).roles(t, "revokeRoles", member(analyst), "ANALYST", "FINANCE_MANAGER")
	p.expect(t, "all revoked")
	if !strings.Contains(p.text, `"member":null`) || w.as(analyst).roles(t, "grantRoles", member(analyst), "ADMIN").fault != "NOT_FOUND" {
		t.Error(p.text)
	}
	if got := rows(t, db, `SELECT actor_id || ' ' || user_id || ' ' || role || ' ' || action FROM member_change ORDER BY id`); got !=
		"11 13 ADMIN GRANTED\n11 13 FINANCE_MANAGER GRANTED\n11 13 ADMIN REVOKED\n11 13 ANALYST REVOKED\n11 13 FINANCE_MANAGER REVOKED" {
		t.Errorf("log:\n%s", got)
	}
	before := rows(t, db, `SELECT b::text FROM member AS b ORDER BY 1`)
	for name, tt := range map[string]struct {
		viewer   int64
		mutation string
		member   string
		roles    []string
		want     []string
	}{
		"NoneGranted":  {owner, "grantRoles", member(manager), nil, []string{"NOTHING_TO_CHANGE roles"}},
		"NoneRevoked":  {owner, "revokeRoles", member(manager), nil, []string{"NOTHING_TO_CHANGE roles"}},
		"OwnerByAdmin": {admin, "grantRoles", member(manager), []string{"ANALYST", "OWNER"}, []string{"ROLE_NOT_ALLOWED roles"}},
		"SelfByAdmin":  {admin, "grantRoles", member(admin), []string{"OWNER"}, []string{"ROLE_NOT_ALLOWED roles"}},
		"DeposedAdmin": {admin, "revokeRoles", member(owner), []string{"OWNER"}, []string{"ROLE_NOT_ALLOWED roles"}},
		"NoMember":     {owner, "grantRoles", member(nobody), []string{"ANALYST"}, []string{"NOT_FOUND memberId"}},
		"NoMemberLess": {owner, "revokeRoles", member(nobody), []string{"ANALYST"}, []string{"NOT_FOUND memberId"}},
		"Foreign":      {owner, "grantRoles", refOf(ads.LevelMember, 2, 2), []string{"ANALYST"}, []string{"NOT_FOUND memberId"}},
		"ForeignLess":  {owner, "revokeRoles", refOf(ads.LevelMember, 2, 22), []string{"ANALYST"}, []string{"NOT_FOUND memberId"}},
		"AnotherKind":  {owner, "grantRoles", campaignID(1, 12), []string{"ANALYST"}, []string{"NOT_FOUND memberId"}},
		"HasIt":        {owner, "grantRoles", member(manager), []string{"CAMPAIGN_MANAGER"}, nil},
		"LacksIt":      {owner, "revokeRoles", member(manager), []string{"ANALYST"}, nil},
	} {
		w.as(tt.viewer).roles(t, tt.mutation, tt.member, tt.roles...).expect(t, name, tt.want...)
	}
	if after := rows(t, db, `SELECT b::text FROM member AS b ORDER BY 1`); after != before {
		t.Errorf("something changed:\n%s", after)
	}
	w.as(owner).roles(t, "grantRoles", member(manager), "OWNER").expect(t, "a third owner")
	w.as(owner).roles(t, "revokeRoles", member(manager), "OWNER").expect(t, "who is none any more")
	w.as(owner).roles(t, "revokeRoles", member(1), "OWNER").expect(t, "another owner")
	w.as(owner).roles(t, "revokeRoles", member(owner), "OWNER").expect(t, "the last owner", "LAST_OWNER roles")
	if got := rows(t, db, `SELECT user_id::text FROM member WHERE advertiser_id = 1 AND role = 'OWNER'`); got != "10" {
		t.Errorf("owners: %s", got)
	}
}

// TestTheLastOwnerStays lets all owners of an account take each other's role away,
// and their own, at once, many times: one owner is left.
func TestTheLastOwnerStays(t *testing.T) {
	t.Parallel()
	w, dsn := crowded(t, `INSERT INTO member (advertiser_id, user_id, role) SELECT 1, n, 'OWNER' FROM unnest(ARRAY[11, 12, 13]) AS n`)
	owners := []int64{1, 10, 11, 12, 13}
	var all sync.WaitGroup
	for _, by := range owners {
		for _, of := range owners {
			all.Go(func() {
				p := w.as(by).roles(t, "revokeRoles", member(of), "OWNER")
				allowed := []string{"ROLE_NOT_ALLOWED roles", "LAST_OWNER roles", "NOT_FOUND memberId"}
				for _, e := range p.errors {
					if !slices.Contains(allowed, e) {
						t.Errorf("%s", p.text)
					}
				}
				if p.fault != "" && p.fault != "FORBIDDEN" && p.fault != "NOT_FOUND" { // who is no owner, or no member, any more
					t.Errorf("%s", p.text)
				}
			})
		}
	}
	all.Wait()
	if got := rows(t, pgtest.DB(t, dsn), `SELECT count(*)::text FROM member WHERE advertiser_id = 1 AND role = 'OWNER'`); got != "1" {
		t.Errorf("%s owners are left", got)
	}
}

// TestManyWritersOfRoles lets two people give and take one role, invite one address,
// and accept one invitation many times at once: the log replays to what there is.
func TestManyWritersOfRoles(t *testing.T) {
	t.Parallel()
	w, dsn := crowded(t, `INSERT INTO invitation (advertiser_id, id, email, roles, created_at, expires_at) VALUES (1, 981, 'nobody@example.com', '{ANALYST}', '2026-06-10', '2026-06-24')`)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM member_change`)
	var (
		all               sync.WaitGroup
		mu                sync.Mutex
		invited, accepted int
	)
	count := func(n *int, p payload, other string) {
		mu.Lock()
		defer mu.Unlock()
		if p.errors == nil && p.fault == "" {
			*n++
			return
		}
		p.expect(t, "the others", other)
	}
	for i := range 20 {
		all.Go(func() {
			w.as([]int64{owner, admin}[i%2]).roles(t, []string{"grantRoles", "revokeRoles"}[i/2%2], member(manager), "FINANCE_MANAGER").expect(t, "role")
		})
		all.Go(func() { count(&invited, w.as(admin).invite(t, "same@example.com", "ANALYST"), "ALREADY_INVITED email") })
		all.Go(func() {
			count(&accepted, w.as(nobody).do(t, "acceptInvitation", "advertiser { name }", map[string]any{"id": invitation(981)}), "INVITATION_CLOSED id")
		})
	}
	all.Wait()
	if invited != 1 || accepted != 1 {
		t.Errorf("%d invited, %d accepted", invited, accepted)
	}
	has := ""
	for action := range strings.FieldsSeq(rows(t, db, `SELECT action FROM member_change WHERE user_id = 12 ORDER BY id`)) {
		if (action == "GRANTED") == (has != "") {
			t.Errorf("%s of what is so already", action)
		}
		has = map[string]string{"GRANTED": "FINANCE_MANAGER", "REVOKED": ""}[action]
	}
	if got := rows(t, db, `SELECT role FROM member WHERE advertiser_id = 1 AND user_id = 12 AND role <> 'CAMPAIGN_MANAGER'`); got != has {
		t.Errorf("the log says %q, the member has %q", has, got)
	}
	if got := rows(t, db, `SELECT role || ' ' || action FROM member_change WHERE user_id = 3 OR email IS NOT NULL ORDER BY action`); got != "ANALYST GRANTED\nANALYST INVITED" {
		t.Errorf("log:\n%s", got)
	}
}

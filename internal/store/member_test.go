package store_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// someMembers is people with up to three roles in two tenants, where they have
// other ones, and invitations and changes under the same ids.
const someMembers = `
INSERT INTO app_user (id, email, name) SELECT n, 'p' || n || CASE n % 3 WHEN 0 THEN '@été.example' ELSE '@example.com' END, CASE n % 3 WHEN 0 THEN 'anna ' WHEN 1 THEN 'Anna ' ELSE 'Émile ' END || n % 7
FROM generate_series(2, 60) AS n;
INSERT INTO member (advertiser_id, user_id, role, created_at, added_by)
SELECT 1, n, (ARRAY['ANALYST', 'OWNER', 'FINANCE_MANAGER', 'ADMIN', 'CATALOGS_MANAGER'])[1 + (n + k) % 5], '2026-01-01 00:00+00'::timestamptz + (n % 11 * 4 + k) * interval '1 hour 1 microsecond',
  NULLIF((n + k) % 4, 0) FROM generate_series(2, 60) AS n, generate_series(0, 2) AS k WHERE k <= n % 3;
INSERT INTO member (advertiser_id, user_id, role, created_at, added_by) SELECT 2, n, 'AUDIENCE_MANAGER', '2025-01-01 00:00+00', 1 FROM generate_series(2, 20) AS n;
INSERT INTO invitation (advertiser_id, id, email, roles, invited_by, created_at, expires_at, accepted_at, revoked_at)
SELECT a, n, 'new' || n || '.' || a || '@example.com', CASE n % 3 WHEN 0 THEN '{ANALYST,OWNER}'::text[] ELSE '{FINANCE_MANAGER}' END, NULLIF(n % 5, 0), '2020-01-01 00:00+00',
  CASE n % 4 WHEN 0 THEN '2020-02-01 00:00+00' ELSE '2100-01-01 00:00+00' END::timestamptz, CASE n % 4 WHEN 1 THEN '2020-01-02 00:00+00'::timestamptz END, CASE n % 4 WHEN 2 THEN '2020-01-02 00:00+00'::timestamptz END
FROM generate_series(1, 2) AS a, generate_series(1, 40) AS n WHERE a = 1 OR n <= 10;
INSERT INTO member_change (advertiser_id, id, at, actor_id, user_id, email, role, action)
SELECT a, n, '2026-01-01 00:00+00'::timestamptz + n * interval '1 hour', NULLIF(n % 5, 0), CASE WHEN n % 2 = 0 THEN n END, CASE WHEN n % 2 = 1 THEN 'new' || n || '@example.com' END,
  (ARRAY['ANALYST', 'OWNER', 'ADMIN'])[1 + n % 3], (ARRAY['GRANTED', 'INVITED'])[1 + n % 2] FROM generate_series(1, 2) AS a, generate_series(1, 60) AS n WHERE a = 1 OR n <= 20;`

func allMembers(a *ads.Advertiser) store.ListKey {
	return all(ads.LevelMember, a, "person.name", "email", "roles", "addedBy", "addedAt")
}

func TestMemberPaging(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someMembers)
	checkPaging(t, s, allMembers(tenants[0]), func(m *ads.Member) int64 { return m.ID }, 60, []sorting[ads.Member]{
		{"ID", func(m *ads.Member) (any, bool) { return m.ID, true }},
		{"NAME", func(m *ads.Member) (any, bool) { return strings.ToLower(m.Person.Name), true }},
		{"ADDED_AT", func(m *ads.Member) (any, bool) { return m.AddedAt.UnixMicro(), true }},
	})
	checkPaging(t, s, all(ads.LevelInvitation, tenants[0]), func(i *ads.Invitation) int64 { return i.ID }, 40, []sorting[ads.Invitation]{
		{"ID", func(i *ads.Invitation) (any, bool) { return i.ID, true }},
	})
	checkPaging(t, s, all(ads.LevelAccessChange, tenants[0]), func(c *ads.AccessChange) int64 { return c.ID }, 60, []sorting[ads.AccessChange]{
		{"ID", func(c *ads.AccessChange) (any, bool) { return c.ID, true }},
	})
}

// TestMembersAreTheRolesOfOneAccount adds up the rows of the table in Go: the
// roles of other accounts do not count.
func TestMembersAreTheRolesOfOneAccount(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(twoTenants + someMembers)
	s := pgtest.OpenDSN(t, dsn)
	var rows []struct {
		Advertiser, User  int64
		Name, Email, Role string
		By                *string
		At                time.Time
	}
	if err := db.Select(&rows, `SELECT b.advertiser_id AS advertiser, b.user_id AS user, u.name, u.email, b.role, w.name AS by, b.created_at AS at
	  FROM member AS b JOIN app_user AS u ON u.id = b.user_id LEFT JOIN app_user AS w ON w.id = b.added_by ORDER BY b.created_at, b.role`); err != nil {
		t.Fatal(err)
	}
	for _, a := range advertisers(t, s, 1, 2) {
		want := map[int64]*ads.Member{}
		for _, r := range rows {
			if r.Advertiser != a.ID {
				continue
			}
			m := want[r.User]
			if m == nil {
				m = &ads.Member{Advertiser: a, ID: r.User, Person: ads.Person{ID: r.User, Name: r.Name}, Email: r.Email, AddedAt: r.At.UTC()}
				if r.By != nil {
					m.AddedBy = &ads.Person{Name: *r.By}
				}
				want[r.User] = m
			}
			m.Roles = append(m.Roles, ads.Role(r.Role))
			slices.SortFunc(m.Roles, ads.CompareRoles)
		}
		got := entitiesOf[ads.Member](t, s, allMembers(a))
		keys := []store.EntityKey{{Advertiser: a, ID: 99}}
		for _, m := range got {
			checkMember(t, m, want[m.ID])
			keys = append(keys, store.EntityKey{Advertiser: a, ID: m.ID, Columns: allMembers(a).List.Columns})
		}
		if len(got) != len(want) || len(got) < 20 {
			t.Errorf("advertiser %d: %d members, want %d", a.ID, len(got), len(want))
		}
		found, err := s.Entities(t.Context(), ads.LevelMember, keys)
		if err != nil || found[0] != nil {
			t.Fatalf("a stranger: %v, %v", found[0], err)
		}
		for _, e := range found[1:] {
			m := e.(*ads.Member)
			checkMember(t, m, want[m.ID])
		}
	}
}

func checkMember(t *testing.T, got, want *ads.Member) {
	t.Helper()
	if want == nil || got.Person != want.Person || got.Email != want.Email || !slices.Equal(got.Roles, want.Roles) || !got.AddedAt.Equal(want.AddedAt) ||
		(got.AddedBy == nil) != (want.AddedBy == nil) || got.AddedBy != nil && *got.AddedBy != *want.AddedBy {
		t.Errorf("member %+v, want %+v", got, want)
	}
}

// TestMemberFilters compares random filters with the same in Go.
func TestMemberFilters(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someMembers)
	members := entitiesOf[ads.Member](t, s, allMembers(tenants[0]))
	changes := entitiesOf[ads.AccessChange](t, s, allChanges(tenants[0]))
	invitations := entitiesOf[ads.Invitation](t, s, allInvitations(tenants[0]))
	some := 0
	for i := range 60 {
		r := rand.New(rand.NewPCG(6, uint64(i)))
		var (
			roles  []ads.Role
			text   *string
			action []ads.AccessAction
			status []ads.InvitationStatus
		)
		if r.IntN(2) == 0 {
			roles = []ads.Role{"OWNER", "FINANCE_MANAGER", "ANALYST"}[:r.IntN(3)]
		}
		if r.IntN(2) == 0 {
			text = new([...]string{"ANNA", "émile 1", "ÉTÉ", "p1", "new1", "%"}[r.IntN(6)])
		}
		if r.IntN(2) == 0 {
			action = []ads.AccessAction{"INVITED"}
			status = []ads.InvitationStatus{"OPEN", "EXPIRED", "REVOKED", "ACCEPTED"}[r.IntN(3):]
		}
		holds := func(texts ...string) bool {
			return text == nil || slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(*text)) })
		}
		shares := func(of []ads.Role) bool {
			return roles == nil || slices.ContainsFunc(of, func(r ads.Role) bool { return slices.Contains(roles, r) })
		}
		key := allMembers(tenants[0])
		store.AnyOf(&key.List.Filter, "ROLE", roles)
		store.Is(&key.List.Filter, "TEXT", text)
		some += checkFilter(t, s, key, members, func(m *ads.Member) bool { return shares(m.Roles) && holds(m.Person.Name, m.Email) })
		key = allChanges(tenants[0])
		store.AnyOf(&key.List.Filter, "ROLE", roles)
		store.AnyOf(&key.List.Filter, "ACTION", action)
		store.Is(&key.List.Filter, "TEXT", text)
		some += checkFilter(t, s, key, changes, func(c *ads.AccessChange) bool {
			name := ""
			if c.Person != nil {
				name = c.Person.Name
			}
			return shares([]ads.Role{c.Role}) && (action == nil || slices.Contains(action, c.Action)) && holds(name, c.Email)
		})
		key = allInvitations(tenants[0])
		store.AnyOf(&key.List.Filter, "ROLE", roles)
		store.AnyOf(&key.List.Filter, "STATUS", status)
		store.Is(&key.List.Filter, "EMAIL", text)
		some += checkFilter(t, s, key, invitations, func(i *ads.Invitation) bool {
			return shares(i.Roles) && (status == nil || slices.Contains(status, i.Status)) && holds(i.Email)
		})
	}
	if some < 45 {
		t.Errorf("only %d filters kept some", some)
	}
}

func allChanges(a *ads.Advertiser) store.ListKey {
	return all(ads.LevelAccessChange, a, "at", "actor", "person", "email", "role", "action")
}

func allInvitations(a *ads.Advertiser) store.ListKey {
	return all(ads.LevelInvitation, a, "email", "roles", "status", "invitedBy")
}

// checkFilter compares a filtered list with what Go keeps of everything. It
// returns 1 if that is some but not all.
func checkFilter[T any](t *testing.T, s *store.Store, key store.ListKey, everything []*T, keeps func(*T) bool) int {
	t.Helper()
	got := entitiesOf[T](t, s, key)
	want := slices.DeleteFunc(slices.Clone(everything), func(row *T) bool { return !keeps(row) })
	id := func(row *T) int64 {
		switch row := any(row).(type) {
		case *ads.Member:
			return row.ID
		case *ads.AccessChange:
			return row.ID
		case *ads.Invitation:
			return row.ID
		case *ads.Change:
			return row.ID
		}
		return 0
	}
	if !slices.EqualFunc(got, want, func(a, b *T) bool { return id(a) == id(b) }) {
		t.Fatalf("%d rows, want %d: %+v", len(got), len(want), key.List.Filter)
	}
	if len(want) > 0 && len(want) < len(everything) {
		return 1
	}
	return 0
}

// TestMembersRefuseNonsense checks what only the database can.
func TestMembersRefuseNonsense(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	db.MustExec(twoTenants)
	for name, sql := range map[string]string{
		"NoRole":           `INSERT INTO invitation (advertiser_id, email, roles, expires_at) VALUES (1, 'a@b', '{}', now() + interval '1 day')`,
		"UnknownRole":      `INSERT INTO invitation (advertiser_id, email, roles, expires_at) VALUES (1, 'a@b', '{KING}', now() + interval '1 day')`,
		"RoleOfNothing":    `INSERT INTO invitation (advertiser_id, email, roles, expires_at) VALUES (1, 'a@b', '{NULL}', now() + interval '1 day')`,
		"OverAtOnce":       `INSERT INTO invitation (advertiser_id, email, roles, expires_at) VALUES (1, 'a@b', '{OWNER}', now())`,
		"CapitalAddress":   `INSERT INTO invitation (advertiser_id, email, roles, expires_at) VALUES (1, 'A@b', '{OWNER}', now() + interval '1 day')`,
		"AcceptedLate":     `INSERT INTO invitation (advertiser_id, email, roles, expires_at, accepted_at) VALUES (1, 'a@b', '{OWNER}', now() + interval '1 day', now() + interval '2 days')`,
		"AcceptedAndTaken": `INSERT INTO invitation (advertiser_id, email, roles, expires_at, accepted_at, revoked_at) VALUES (1, 'a@b', '{OWNER}', now() + interval '1 day', now(), now())`,
		"Nobodys":          `INSERT INTO member_change (advertiser_id, role, action) VALUES (1, 'OWNER', 'REVOKED')`,
		"TwoPeoples":       `INSERT INTO member_change (advertiser_id, user_id, email, role, action) VALUES (1, 1, 'a@b', 'OWNER', 'REVOKED')`,
		"GrantedToMail":    `INSERT INTO member_change (advertiser_id, email, role, action) VALUES (1, 'a@b', 'OWNER', 'GRANTED')`,
		"InvitedMember":    `INSERT INTO member_change (advertiser_id, user_id, role, action) VALUES (1, 1, 'OWNER', 'INVITED')`,
	} {
		if _, err := db.Exec(sql); err == nil {
			t.Errorf("%s was stored", name)
		}
	}
}

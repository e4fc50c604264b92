package demo

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
)

// TestAccessLogGivesTheMembers follows the log of each account from its first
// entry: what is left are its members and its open invitations.
func TestAccessLogGivesTheMembers(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	people := map[int64]User{}
	for _, u := range w.generator.Users() {
		if _, again := people[u.ID]; again {
			t.Errorf("user %d comes twice", u.ID)
		}
		people[u.ID] = u
	}
	for _, a := range w.accounts {
		checkAccessLog(t, a, people)
	}
}

func checkAccessLog(t *testing.T, a *Account, people map[int64]User) {
	t.Helper()
	has, offered := map[string]bool{}, map[string]bool{}
	holders := map[int64]map[string]bool{} // who may act, by role
	member := func(m Member) string {
		return fmt.Sprintf("%d %s by %d at %s", m.UserID, m.Role, value(m.AddedBy), m.CreatedAt.UTC().Format(time.RFC3339))
	}
	given := map[string]string{}
	for i, c := range a.MemberChanges {
		if i > 0 && c.At.Before(a.MemberChanges[i-1].At) || c.At.After(asOf) || c.At.Before(a.Advertiser.CreatedAt) {
			t.Errorf("advertiser %d: %+v is out of order", a.Advertiser.ID, c)
		}
		if c.ActorID != nil && !holders[*c.ActorID]["OWNER"] {
			t.Errorf("advertiser %d: user %d was no owner at %s", a.Advertiser.ID, *c.ActorID, c.At)
		}
		if c.UserID == nil {
			offer := *c.Email + " " + c.Role
			if offered[offer] == (c.Action == "INVITED") || c.Action == "GRANTED" {
				t.Errorf("advertiser %d: %s of %s", a.Advertiser.ID, c.Action, offer)
			}
			offered[offer] = c.Action == "INVITED"
			continue
		}
		key := fmt.Sprint(*c.UserID, c.Role)
		if _, known := people[*c.UserID]; !known || holders[*c.UserID][c.Role] == (c.Action == "GRANTED") || c.Email != nil {
			t.Errorf("advertiser %d: %s of %s", a.Advertiser.ID, c.Action, key)
		}
		if holders[*c.UserID] == nil {
			holders[*c.UserID] = map[string]bool{}
		}
		delete(has, given[key])
		if holders[*c.UserID][c.Role] = c.Action == "GRANTED"; c.Action == "GRANTED" {
			given[key] = member(Member{UserID: *c.UserID, Role: c.Role, AddedBy: c.ActorID, CreatedAt: c.At})
			has[given[key]] = true
			delete(offered, people[*c.UserID].Email+" "+c.Role)
		}
	}
	want, open := map[string]bool{}, map[string]bool{}
	for _, m := range a.Members {
		want[member(m)] = true
	}
	for _, v := range a.Invitations {
		for _, role := range v.Roles {
			if v.AcceptedAt == nil && v.RevokedAt == nil && v.ExpiresAt.After(asOf) {
				open[v.Email+" "+role] = true
			}
		}
		if v.AcceptedAt != nil && (v.AcceptedAt.Before(v.CreatedAt) || !v.AcceptedAt.Before(v.ExpiresAt)) || v.CreatedAt.Before(a.Advertiser.CreatedAt) {
			t.Errorf("advertiser %d: unfit invitation %+v", a.Advertiser.ID, v)
		}
	}
	maps.DeleteFunc(offered, func(_ string, is bool) bool { return !is })
	if !maps.Equal(has, want) || !maps.Equal(offered, open) || len(want) != len(a.Members) {
		t.Errorf("advertiser %d: the log gives the members %v and offers %v, there are %v and %v", a.Advertiser.ID, has, offered, want, open)
	}
}

// TestTeamsAreOfAllSizes looks for what screens have to cope with.
func TestTeamsAreOfAllSizes(t *testing.T) {
	t.Parallel()
	teams := map[int64]int{} // people by account
	accounts := map[int64]int{}
	several, expired, revoked, accepted, ownerLeft := 0, 0, 0, 0, 0
	for _, a := range smallWorld(t).accounts {
		roles := map[int64]int{}
		for _, m := range a.Members {
			roles[m.UserID]++
		}
		teams[a.Advertiser.ID] = len(roles)
		for user, n := range roles {
			accounts[user]++
			if n > 1 {
				several++
			}
		}
		for _, v := range a.Invitations {
			switch {
			case v.AcceptedAt != nil:
				accepted++
			case v.RevokedAt != nil:
				revoked++
			case v.ExpiresAt.Before(asOf):
				expired++
			}
		}
		ownerLeft += len(slices.DeleteFunc(slices.Clone(a.MemberChanges), func(c MemberChange) bool { return c.Role != "OWNER" || c.Action != "REVOKED" || c.UserID == nil }))
	}
	inMany := 0
	for user, n := range accounts {
		if user >= firstColleague && n > 1 {
			inMany++
		}
	}
	sizes := slices.Sorted(maps.Values(teams))
	if sizes[0] != 1 || sizes[len(sizes)-1] < 8 || several < 10 || expired < 5 || revoked < 5 || accepted < 20 || ownerLeft != 1 || inMany == 0 {
		t.Errorf("teams of %v, %d people with several roles, %d in several accounts; invitations: %d accepted, %d expired, %d revoked; %d owners left",
			sizes, several, inMany, accepted, expired, revoked, ownerLeft)
	}
	g, err := New(Options{Seed: 1, Size: Medium, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	a, err := g.Account(1)
	if err != nil {
		t.Fatal(err)
	}
	people := map[int64]bool{}
	for _, m := range a.Members {
		people[m.UserID] = true
	}
	if len(people) < 30 || len(people) > 50 {
		t.Errorf("the largest account has %d people", len(people))
	}
}

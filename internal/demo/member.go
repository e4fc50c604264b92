package demo

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Invitation is a row of invitation.
type Invitation struct {
	AdvertiserID int64
	Email        string
	Roles        []string
	InvitedBy    *int64
	CreatedAt    time.Time
	ExpiresAt    time.Time
	AcceptedAt   *time.Time
	RevokedAt    *time.Time
}

// MemberChange is a row of member_change.
type MemberChange struct {
	AdvertiserID int64
	At           time.Time
	ActorID      *int64
	UserID       *int64
	Email        *string
	Role         string
	Action       string
}

// Colleagues work with the accounts, each with some, beside the people who sign
// in.
const (
	firstColleague int64 = 100
	colleagues     int   = 240
)

func givenNames() []string {
	return list("Amara|Bruno|Carla|Deniz|Elif|Farid|Greta|Hanna|Ivo|Jelena|Kofi|Leila|Mateo|Nadia|Oskar")
}

func surnames() []string {
	return list("Abara|Bauer|Costa|Dubois|Eriksen|Fischer|Garcia|Haddad|Ito|Jansen|Kowalski|Lopez|Moreau|Novak|Okafor|Patel")
}

// colleague returns one of the colleagues, counted from 0. No two have the same
// name: there are 15 given names and 16 surnames.
func colleague(n int) (id int64, name, email string) {
	given, sur := givenNames(), surnames()
	a, b := given[n%len(given)], sur[n%len(sur)]
	return firstColleague + int64(n), a + " " + b, strings.ToLower(a + "." + b + "@example.com")
}

// colleagueUsers returns the colleagues, who joined at some time.
func colleagueUsers(joined time.Time) []User {
	users := make([]User, colleagues)
	for n := range users {
		id, name, email := colleague(n)
		users[n] = User{ID: id, Email: email, Name: name, CreatedAt: joined.AddDate(0, 0, n)}
	}
	return users
}

// whaleTeam is how many colleagues the largest account has, and leadTeam how many the
// one that visitors see first has.
const (
	whaleTeam = 40
	leadTeam  = 10
)

// leftByOwner is the account whose first owner left it.
const leftByOwner = 4

// invitationDays is how long an invitation can be accepted.
const invitationDays = 14

// team makes who is who in an account: those who come, take on more and leave.
type team struct {
	*Account
	dice dice
	next int // of the colleagues
	has  map[int64]map[string]Member
}

// addTeam makes the account's people. The given members, who sign in, stay.
func (a *Account) addTeam(d dice, campaigns int) {
	t := team{Account: a, dice: d, next: d.IntN(colleagues), has: map[int64]map[string]Member{}}
	t.open()
	count := d.days(0, 2)
	switch {
	case a.casting.role == whale:
		count = whaleTeam
	case a.casting.role == lead:
		count = leadTeam
	case campaigns >= 5:
		count = d.days(3, min(12, campaigns))
	}
	for range count {
		t.hire()
	}
	if count > 2 {
		t.invite(d.days(1, 10), "OPEN")
		t.invite(d.days(invitationDays+2, 50), "EXPIRED")
		t.invite(d.days(invitationDays+2, 50), "REVOKED")
	}
	a.Members = a.Members[:0]
	for _, user := range slices.Sorted(maps.Keys(t.has)) {
		for _, role := range slices.Sorted(maps.Keys(t.has[user])) {
			a.Members = append(a.Members, t.has[user][role])
		}
	}
	slices.SortStableFunc(a.Invitations, func(x, y Invitation) int { return x.CreatedAt.Compare(y.CreatedAt) })
	slices.SortStableFunc(a.MemberChanges, func(x, y MemberChange) int { return x.At.Compare(y.At) })
}

// open lets the people who sign in have their roles, from the first day on.
func (t *team) open() {
	opened := t.Advertiser.CreatedAt
	var by *int64 // nobody, at first
	if t.Advertiser.ID == leftByOwner {
		founder, _, _ := t.colleague()
		t.grant(nil, founder, "OWNER", opened)
		t.grant(&founder, ownerID, "OWNER", opened.Add(time.Hour))
		t.revoke(ownerID, founder, "OWNER", opened.AddDate(0, 0, 30))
		by = &founder
	}
	for _, m := range t.Members {
		if _, has := t.has[m.UserID][m.Role]; !has {
			t.grant(by, m.UserID, m.Role, opened)
		}
		by = new(ownerID)
	}
}

// colleague returns the next colleague that the account does not know.
func (t *team) colleague() (id int64, name, email string) {
	t.next += 7 // has no divisor in common with their number, so each comes once
	return colleague(t.next % colleagues)
}

// age is for how many days the account is open.
func (t *team) age() int {
	return int(t.calendar.now.Sub(t.Advertiser.CreatedAt).Hours() / 24)
}

// roles draws what somebody is to do.
func (t *team) roles() []string {
	all := list("ADMIN|CAMPAIGN_MANAGER|ANALYST|AUDIENCE_MANAGER|FINANCE_MANAGER|CATALOGS_MANAGER")
	roles := []string{}
	for range 1 + t.dice.weighted(65, 25, 10) {
		role := all[t.dice.weighted(8, 38, 32, 9, 8, 5)]
		if !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles
}

// hire lets a colleague join, most by an invitation, and lets some take on more
// or leave.
func (t *team) hire() {
	d := t.dice
	id, _, email := t.colleague()
	days := d.days(20, t.age()-36) // ago, when no first owner is left
	at, roles := t.moment(days), t.roles()
	if d.chance(.7) {
		sent := at.Add(-time.Duration(d.days(2, 120)) * time.Hour)
		t.Invitations = append(t.Invitations, Invitation{
			AdvertiserID: t.Advertiser.ID, Email: email, Roles: roles, InvitedBy: new(ownerID), CreatedAt: sent,
			ExpiresAt: sent.AddDate(0, 0, invitationDays), AcceptedAt: &at,
		})
		for _, role := range roles {
			t.note(new(ownerID), nil, &email, role, "INVITED", sent)
		}
	}
	for _, role := range roles {
		t.grant(new(ownerID), id, role, at)
	}
	later := t.moment(d.days(1, days-2))
	switch d.weighted(60, 15, 10, 15) {
	case 1:
		if role := t.roles()[0]; !slices.Contains(roles, role) {
			t.grant(new(ownerID), id, role, later)
		}
	case 2:
		if len(roles) > 1 {
			t.revoke(ownerID, id, roles[0], later)
		}
	case 3:
		for _, role := range roles {
			t.revoke(ownerID, id, role, later)
		}
	}
}

// invite makes an invitation that nobody accepted.
func (t *team) invite(days int, outcome string) {
	_, _, email := t.colleague()
	sent := t.moment(days)
	v := Invitation{
		AdvertiserID: t.Advertiser.ID, Email: email, Roles: t.roles(), InvitedBy: new(ownerID), CreatedAt: sent,
		ExpiresAt: sent.AddDate(0, 0, invitationDays),
	}
	if outcome == "REVOKED" {
		v.RevokedAt = new(sent.Add(time.Duration(t.dice.days(1, 48)) * time.Hour))
	}
	for _, role := range v.Roles {
		t.note(new(ownerID), nil, &email, role, "INVITED", sent)
		switch outcome {
		case "EXPIRED":
			t.note(nil, nil, &email, role, outcome, v.ExpiresAt)
		case "REVOKED":
			t.note(new(ownerID), nil, &email, role, outcome, *v.RevokedAt)
		}
	}
	t.Invitations = append(t.Invitations, v)
}

// moment is an instant of a working day so many days ago.
func (t *team) moment(days int) time.Time {
	at := t.calendar.at(t.calendar.today-days, t.dice.days(8, 17)).Add(time.Duration(t.dice.IntN(3600)) * time.Second)
	return t.calendar.past(at)
}

func (t *team) grant(by *int64, user int64, role string, at time.Time) {
	if t.has[user] == nil {
		t.has[user] = map[string]Member{}
	}
	t.has[user][role] = Member{AdvertiserID: t.Advertiser.ID, UserID: user, Role: role, AddedBy: by, CreatedAt: at}
	t.note(by, &user, nil, role, "GRANTED", at)
}

func (t *team) revoke(by, user int64, role string, at time.Time) {
	delete(t.has[user], role)
	t.note(&by, &user, nil, role, "REVOKED", at)
}

func (t *team) note(by, user *int64, email *string, role, action string, at time.Time) {
	t.MemberChanges = append(t.MemberChanges, MemberChange{
		AdvertiserID: t.Advertiser.ID, At: at, ActorID: by, UserID: user, Email: email, Role: role, Action: action,
	})
}

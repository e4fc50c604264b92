package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Issuer is the name of the issuer whose tokens the demo's people sign in with.
// No other can have it: the domain is one that does not exist.
const Issuer = "https://demo.adsgraph.invalid"

// Persona is one of the people who can sign in to the demo, and what they are
// there to show.
type Persona struct {
	// Name is the subject of the persona's tokens.
	Name   string `json:"name"`
	UserID int64  `json:"-"`
	Person string `json:"person"`
	Email  string `json:"email"`
	// Roles are those of the persona in each of its accounts.
	Roles []string `json:"roles"`
	// Accounts says in words which advertisers the persona belongs to.
	Accounts string `json:"accounts"`

	advertisers []int64
	all         bool
}

// ownerID is the user who owns all advertisers, managerID the one who manages
// the campaigns of the first three.
const (
	ownerID   int64 = 1
	managerID int64 = 2
)

// Personas returns the people who can sign in, in the order of their ids. The
// first owns all advertisers, the last belongs to none.
func Personas() []Persona {
	first := []int64{1, 2, 3}
	all := []Persona{
		{Name: "owner", Person: "Demo Owner", Email: "demo@example.com", Roles: []string{"OWNER"}, all: true},
		{Name: "manager", Roles: []string{"CAMPAIGN_MANAGER"}, advertisers: first},
		{Name: "analyst", Roles: []string{"ANALYST"}, advertisers: first},
		{Name: "finance", Roles: []string{"FINANCE_MANAGER"}, advertisers: first},
		{Name: "viewer", Roles: []string{"ANALYST"}, advertisers: []int64{3}},
		{Name: "nobody", Roles: []string{}},
	}
	names := people()
	for i := range all {
		p := &all[i]
		p.UserID = ownerID + int64(i)
		if p.Person == "" {
			p.Person, p.Email = names[i-1], p.Name+"@example.com"
		}
		switch {
		case p.all:
			p.Accounts = "all"
		case len(p.advertisers) == 0:
			p.Accounts = "none"
		default:
			p.Accounts = strings.Trim(strings.Join(strings.Fields(fmt.Sprint(p.advertisers)), ", "), "[]")
		}
	}
	return all
}

// Users returns the people who can sign in, and their colleagues.
func (g *Generator) Users() []User {
	joined := g.options.AsOf.AddDate(-3, 0, 0)
	users := []User{}
	for i, p := range Personas() {
		users = append(users, User{ID: p.UserID, Email: p.Email, Name: p.Person, CreatedAt: joined.AddDate(0, i, 0)})
	}
	return append(users, colleagueUsers(joined)...)
}

// Identities returns what the demo's issuer calls the people.
func (g *Generator) Identities() []Identity {
	rows := []Identity{}
	for _, p := range Personas() {
		rows = append(rows, Identity{Issuer: Issuer, Subject: p.Name, UserID: p.UserID, CreatedAt: g.options.AsOf.AddDate(-1, 0, 0)})
	}
	return rows
}

// members returns who belongs to an advertiser.
func members(advertiser int64, since time.Time) []Member {
	rows := []Member{}
	for _, p := range Personas() {
		if !p.all && !slices.Contains(p.advertisers, advertiser) {
			continue
		}
		for _, role := range p.Roles {
			rows = append(rows, Member{AdvertiserID: advertiser, UserID: p.UserID, Role: role, CreatedAt: since})
		}
	}
	return rows
}

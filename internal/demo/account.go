package demo

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Account is an advertiser with all that belongs to it but its facts, which
// are many; see Facts.
type Account struct {
	Advertiser Advertiser
	Members    []Member
	Campaigns  []Campaign
	AdGroups   []AdGroup
	Pins       []Pin
	Ads        []Ad
	Freshness  []Freshness
	// Changes are in the order of their time.
	Changes []Change
	// Invitations and MemberChanges are in the order of their time.
	Invitations   []Invitation
	MemberChanges []MemberChange
	// The objects beside the hierarchy.
	Audiences        []Audience
	AdGroupAudiences []AdGroupAudience
	Keywords         []Keyword
	Labels           []Label
	CampaignLabels   []CampaignLabel
	Tags             []ConversionTag
	TagDays          []TagEventDay

	seed     uint64
	casting  casting
	vertical vertical
	calendar *calendar
	money    money
	tag      tag
	flights  []*flight
}

// flight is a campaign as it delivers.
type flight struct {
	*plan
	campaign   int // index of its row
	objective  string
	price      float64 // of 1,000 impressions, in US dollars
	pots       []pot
	countries  []string
	audiences  map[int64]targeting // of its ad groups, by id
	ctr        float64
	conversion float64 // how much better than usual visits convert
	leads      bool
	raisedOn   int // the day that its budget was raised, or -1
}

// pot is money and the ads that share it.
type pot struct {
	dollars         float64 // a normal day's spend
	daily, lifetime int64   // what may be spent, in micros; 0 without such a limit
	isFlexible      bool
	ads             []airtime // by descending weight
}

// airtime is how an ad takes part.
type airtime struct {
	ad           int // index of its row
	weight       float64
	first, last  int // days
	presence     float64
	ctr, saves   float64
	isSaved      bool // so that copies bring earned impressions
	videoSeconds int
}

// Account makes advertiser number i, counted from 0, without its facts.
func (g *Generator) Account(i int) (*Account, error) {
	c, d := g.castings[i], newDice(g.options.Seed, partAccount, i, 1)
	cal, err := newCalendar(c.timeZone, g.options.AsOf)
	if err != nil {
		return nil, fmt.Errorf("advertiser %d: %w", i+1, err)
	}
	created := cal.at(-d.days(70, 900), 9)
	a := &Account{
		Advertiser: Advertiser{
			ID: int64(i + 1), Name: c.name, Country: c.country, Currency: c.currency, TimeZone: c.timeZone,
			Status: "ACTIVE", CreatedAt: created, UpdatedAt: created,
		},
		Members:  members(int64(i+1), created),
		seed:     g.options.Seed,
		casting:  c,
		vertical: g.words.verticals[c.vertical],
		calendar: cal,
		money:    moneyOf(c.currency),
		tag:      drawTag(d, c.role),
	}
	if i < 3 || d.chance(.3) {
		a.Advertiser.BusinessID = new(int64(1 + i/20))
	}
	for _, f := range []struct {
		family string
		final  int
	}{{"DELIVERY", cal.finalDelivery}, {"CONVERSION", cal.finalConversion}} {
		a.Freshness = append(a.Freshness, Freshness{
			AdvertiserID: a.Advertiser.ID, Family: f.family, DataAsOf: cal.dataAsOf, FinalThrough: cal.text(f.final),
		})
	}
	if c.disabled {
		at := cal.at(cal.today-disabledDays, 16)
		a.Advertiser.Status, a.Advertiser.UpdatedAt = "DISABLED", at
		a.log(Change{EntityType: "ADVERTISER", EntityID: a.Advertiser.ID, Field: "status", Source: "SYSTEM", At: at}, "ACTIVE", "DISABLED")
	}
	names, next := newNaming(d, g.words, c), g.first[i]
	plans := a.drawPlans(g.options.Seed)
	a.addTeam(newDice(g.options.Seed, partTeam, i), len(plans))
	a.addAudiences(newDice(g.options.Seed, partObjects, i), len(plans))
	for k, p := range plans {
		b := builder{Account: a, plan: p, dice: p.dice, names: names, shape: g.shapes[i][k], next: &next}
		a.flights = append(a.flights, b.build())
	}
	slices.SortStableFunc(a.Changes, func(x, y Change) int { return x.At.Compare(y.At) })
	a.addLabels(newDice(g.options.Seed, partObjects, i, 1))
	a.addTags(newDice(g.options.Seed, partObjects, i, 2))
	return a, nil
}

// log adds a change of one field from old to new; nil stands for no value.
func (a *Account) log(c Change, from, to any) {
	c.AdvertiserID = a.Advertiser.ID
	if from != nil {
		c.OldValue = jsonText(from)
	}
	if to != nil {
		c.NewValue = jsonText(to)
	}
	a.Changes = append(a.Changes, c)
}

// amount is an amount of money as the contract shows it, for a change.
func (a *Account) amount(micros int64) map[string]string {
	return map[string]string{"micros": strconv.FormatInt(micros, 10), "currency": a.Advertiser.Currency}
}

// changeBy adds a change by one of the people, and returns when it happened:
// at the given time, or shortly before now when that lies ahead.
func (a *Account) changeBy(d dice, entity string, id int64, field string, from, to any, at time.Time) time.Time {
	at = a.calendar.past(at)
	actor := ownerID
	if a.Advertiser.ID <= 2 && d.chance(.7) {
		actor = managerID
	}
	a.log(Change{
		EntityType: entity, EntityID: id, Field: field, ActorID: new(actor),
		Source:    [...]string{"UI", "API", "BULK"}[d.weighted(75, 15, 10)],
		RequestID: new(fmt.Sprintf("req-%016x", d.Uint64())),
		At:        at,
	}, from, to)
	return at
}

package demo

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// builder writes down one campaign with what is below it.
type builder struct {
	*Account
	plan   *plan
	dice   dice
	names  *naming
	shape  shape
	next   *ids
	flight *flight
	// created is when the campaign was made.
	created time.Time
	// ads counts the campaign's ads, pins are the indexes of its pins.
	ads  int
	pins []int
}

func (b *builder) build() *flight {
	p, d := b.plan, b.dice
	if p.theme == "" {
		p.theme = pick(d, b.names.themes)
	}
	if p.audience == "" {
		p.audience = pick(d, b.names.words.audiences)
	}
	if p.oddities.has(narrowed) || p.oddities.has(halfSpent) {
		p.open = false
	}
	b.created = b.calendar.past(b.calendar.at(p.created, d.days(8, 17)))
	b.flight = &flight{
		plan: p, campaign: len(b.Campaigns), objective: p.objective, raisedOn: -1,
		price:      d.lognormal(4.00, .45),
		countries:  drawCountries(d, b.casting.country),
		ctr:        d.beta(clickRate(p.objective), 2500),
		conversion: conversionLevel(p.objective) * d.lognormal(1, .25),
		leads:      p.objective == consideration && d.chance(.12),
		splits:     b.casting.role != whale || p.number%12 == 0,
	}
	b.addCampaign()
	b.addPins()
	shares, total := make([]float64, len(b.shape.ads)), 0.0
	for i := range shares {
		shares[i] = d.between(.5, 1.5)
		total += shares[i]
	}
	if b.campaign().IsCBO {
		c := b.campaign()
		b.flight.pots = []pot{{dollars: p.dollars, daily: value(c.DailyBudgetMicros), lifetime: value(c.LifetimeBudgetMicros), isFlexible: c.IsFlexibleDaily}}
	}
	for i, ads := range b.shape.ads {
		b.addAdGroup(i, ads, p.dollars*shares[i]/total)
	}
	for i := range b.flight.pots {
		b.weigh(&b.flight.pots[i])
	}
	b.next.campaign++
	return b.flight
}

func (b *builder) campaign() *Campaign { return &b.Campaigns[b.flight.campaign] }

// value returns what p points to, or 0.
func value[T int | int64](p *T) T {
	if p == nil {
		return 0
	}
	return *p
}

// clickRate is the usual share of impressions that are clicked.
func clickRate(objective string) float64 {
	switch objective {
	case awareness, video:
		return .0020
	case consideration:
		return .0070
	case catalogSales:
		return .0060
	}
	return .0045
}

// conversionLevel is how well visits convert, compared with the usual.
func conversionLevel(objective string) float64 {
	switch objective {
	case awareness:
		return .5
	case consideration:
		return .8
	case webConversion:
		return 1.25
	case catalogSales:
		return 1.5
	}
	return .4
}

// addCampaign writes the campaign and how it came to be what it is.
func (b *builder) addCampaign() {
	p, d := b.plan, b.dice
	c := Campaign{
		AdvertiserID: b.Advertiser.ID, ID: b.next.campaign, Name: b.names.campaign(p, b.calendar),
		Objective: p.objective, Status: p.situation.status(), Version: 1, CreatedAt: b.created, UpdatedAt: b.created,
		StartAt: new(b.calendar.at(p.start, 0)),
		IsCBO:   p.objective != video && !p.oddities.has(halfSpent) && d.chance(.82) || p.situation == spent,
	}
	if !p.open {
		c.EndAt = new(b.calendar.at(p.end+1, 0))
	}
	if p.situation == draft && d.chance(.5) {
		c.StartAt, c.EndAt = nil, nil // not decided yet
	}
	if c.IsCBO {
		c.DailyBudgetMicros, c.LifetimeBudgetMicros = b.budget(p.dollars, p.situation == spent || !p.open && d.chance(.3), p.situation == spent)
		c.IsFlexibleDaily = c.DailyBudgetMicros != nil && d.chance(.3)
	}
	b.Campaigns = append(b.Campaigns, c)
	b.addHistory()
}

// budget returns a daily or a lifetime budget that suits a normal day's spend.
// One to be used up is used up about half way from the start to today.
func (b *builder) budget(dollars float64, isLifetime, isUsedUp bool) (daily, lifetime *int64) {
	p, d := b.plan, b.dice
	switch {
	case isUsedUp:
		return nil, new(b.money.budget(dollars * float64(b.calendar.today-p.start) * .45))
	case isLifetime:
		return nil, new(b.money.budget(dollars * float64(p.end-p.start+1) * d.between(1.15, 1.5)))
	case d.chance(.3): // a budget that holds spend down
		return new(b.money.budget(dollars * .9)), nil
	}
	return new(b.money.budget(dollars * d.between(1.05, 1.6))), nil
}

// addPins writes the campaign's pins.
func (b *builder) addPins() {
	p, d := b.plan, b.dice
	for i := range b.shape.pins {
		kinds, weights := []string{"REGULAR", "VIDEO", "CAROUSEL", "COLLECTION", "IDEA", "QUIZ", "SHOWCASE", "COLLAGE"}, []float64{60, 18, 12, 5, 3, .7, .7, .6}
		switch p.objective {
		case catalogSales:
			kinds, weights = []string{"SHOPPING", "COLLECTION", "CAROUSEL"}, []float64{60, 25, 15}
		case video:
			kinds, weights = []string{"VIDEO", "MAX_VIDEO"}, []float64{75, 25}
		}
		id := b.next.pin
		b.next.pin++
		made := b.created.Add(-time.Duration(d.days(2, 90)) * time.Hour)
		pin := Pin{
			AdvertiserID: b.Advertiser.ID, ID: id, CreativeType: kinds[d.weighted(weights...)],
			Title: b.names.title(p, i), Description: p.theme + ". " + b.Advertiser.Name + ".",
			MediaURL: new(fmt.Sprintf("https://pins.example/%d/original.jpg", id)),
			ThumbURL: new(fmt.Sprintf("https://pins.example/%d/236x.jpg", id)),
			Width:    1000, Height: 1500, CreatedAt: made, UpdatedAt: made,
		}
		if isVideo(pin.CreativeType) {
			pin.Width, pin.Height, pin.VideoSeconds = 1080, 1920, new(d.days(6, 30))
			pin.MediaURL = new(fmt.Sprintf("https://pins.example/%d/original.mp4", id))
		}
		if p.oddities.has(pinDeleted) && i == 0 || d.chance(.01) {
			pin.IsDeleted, pin.MediaURL, pin.ThumbURL = true, nil, nil
			pin.UpdatedAt = b.calendar.past(b.created.Add(40 * 24 * time.Hour))
		}
		b.pins = append(b.pins, len(b.Pins))
		b.Pins = append(b.Pins, pin)
	}
}

func isVideo(creative string) bool { return creative == "VIDEO" || creative == "MAX_VIDEO" }

// addAdGroup writes ad group number i of the campaign with its ads.
func (b *builder) addAdGroup(i, ads int, dollars float64) {
	p, d, c := b.plan, b.dice, b.campaign()
	who := drawTargeting(d, b.flight.countries, b.vertical.interests)
	word := b.names.audience(p, i)
	who.include, who.exclude = b.audiencesOf(word)
	g := AdGroup{
		AdvertiserID: b.Advertiser.ID, ID: b.next.adGroup, CampaignID: c.ID, Name: b.names.adGroup(p, who, word, i), Status: childStatus(c.Status),
		BudgetType: "CBO_ADGROUP", BillableEvent: "IMPRESSION", Pacing: "STANDARD",
		Placement: [...]string{"ALL", "BROWSE", "SEARCH", "OTHER"}[d.weighted(82, 9, 8, 1)],
		StartAt:   c.StartAt, EndAt: c.EndAt, Targeting: who.text(), AutoTargeting: d.chance(.75),
		Version: 1, CreatedAt: b.created, UpdatedAt: b.created,
	}
	b.next.adGroup++
	b.linkAudiences(g.ID, who)
	if g.Status == "ARCHIVED" { // with its campaign
		g.UpdatedAt = c.UpdatedAt
	}
	if p.oddities.has(narrowed) && c.EndAt != nil {
		g.EndAt = new(b.calendar.at(p.end+1+narrowedDays, 0))
	}
	last := p.stop
	switch {
	case g.Status != "ACTIVE":
	case p.oddities.has(soloPaused) && i > 0 && i == len(b.shape.ads)-1, i > 0 && d.chance(.08):
		g.Status, last = "PAUSED", d.days(p.start, p.stop)
		g.UpdatedAt = b.changeBy(d, "AD_GROUP", g.ID, "status", "ACTIVE", "PAUSED", latest(b.created, b.calendar.at(last, d.days(9, 18))))
		g.Version++
	case i > 0 && d.chance(.04):
		g.Status, last = "ARCHIVED", d.days(p.start, p.stop)
		g.UpdatedAt = b.changeBy(d, "AD_GROUP", g.ID, "status", "ACTIVE", "ARCHIVED", latest(b.created, b.calendar.at(last, d.days(9, 18))))
		g.Version++
	}
	b.bid(&g)
	if !c.IsCBO {
		b.ownBudget(&g, i, dollars)
	}
	g.IsLearning = g.Status == "ACTIVE" && c.Status == "ACTIVE" && p.stop >= p.start && b.calendar.today-p.start < 7
	b.AdGroups = append(b.AdGroups, g)
	b.addKeywords(i, &g)
	for j := range ads {
		b.addAd(i, j, &g, last)
	}
}

// ownBudget gives an ad group the budget that its campaign does not have.
func (b *builder) ownBudget(g *AdGroup, i int, dollars float64) {
	p, d := b.plan, b.dice
	isUsedUp := p.oddities.has(halfSpent) && i == 0 && p.stop >= p.start
	isLifetime := isUsedUp || g.EndAt != nil && d.chance(.3)
	daily, lifetime := b.budget(dollars, isLifetime, isUsedUp)
	own := pot{dollars: dollars, daily: value(daily), lifetime: value(lifetime)}
	g.BudgetType, g.BudgetMicros = "DAILY", daily
	if isLifetime {
		g.BudgetType, g.BudgetMicros = "LIFETIME", lifetime
	}
	b.flight.pots = append(b.flight.pots, own)
}

// bid draws how an ad group bids, as its objective asks.
func (b *builder) bid(g *AdGroup) {
	d, objective := b.dice, b.plan.objective
	strategy := [...]string{"AUTOMATIC_BID", "MAX_BID", "TARGET_AVG"}[d.weighted(70, 20, 10)]
	dollars := b.flight.price * 1.3 // of 1,000 impressions
	switch objective {
	case consideration, catalogSales:
		g.BillableEvent = "CLICKTHROUGH"
		dollars = b.flight.price / 1000 / b.flight.ctr * 1.3
	case video:
		g.BillableEvent, strategy = "VIDEO_V_50_MRC", "AUTOMATIC_BID"
	case webConversion:
		g.Goal = jsonText(map[string]any{
			"conversionTagId": fmt.Sprint(firstTag(b.Advertiser.ID)), "event": "CHECKOUT",
			"clickWindowDays": 30, "engagementWindowDays": 30, "viewWindowDays": 1, "cpaGoalMicros": fmt.Sprint(b.money.budget(d.between(18, 60))),
		})
	case awareness:
		if g.EndAt != nil && d.chance(.4) {
			g.FrequencyCap = new(d.days(3, 12))
		}
	}
	g.BidStrategy = new(strategy)
	if strategy != "AUTOMATIC_BID" {
		g.BidMicros = new(max(b.money.micros(dollars), int64(b.money.minor)))
	}
	if !b.campaign().IsCBO && d.chance(.1) {
		g.Pacing = "ACCELERATED"
	}
}

// weigh orders the ads of a pot by chance and gives each its weight: the n-th
// gets 1/n of what the first gets.
func (b *builder) weigh(p *pot) {
	b.dice.Shuffle(len(p.ads), func(i, j int) { p.ads[i], p.ads[j] = p.ads[j], p.ads[i] })
	// An ad that is always there leads, so that a budget can be used up.
	slices.SortStableFunc(p.ads, func(x, y airtime) int { return -cmp.Compare(x.weight, y.weight) })
	for i := range p.ads {
		p.ads[i].weight = 1 / float64(i+1)
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

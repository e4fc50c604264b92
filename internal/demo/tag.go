package demo

import (
	"math"
	"time"
)

// firstTag is the id of an advertiser's first conversion tag, which goals name;
// the ids of others follow in steps.
func firstTag(advertiser int64) int64 { return 2_612_000_000_000 + advertiser }

const tagStep = 1_000_000

// tagDays is how many days back, with today, events are kept by day.
const tagDays = 35

// addTags makes the account's conversion tags. The first is that of the site;
// where none is installed it has never fired, and exists only if a campaign
// asks for it. A second one has gone silent, a third is that of an app.
func (a *Account) addTags(d dice) {
	asked := false
	for i := range a.Campaigns {
		asked = asked || a.Campaigns[i].Objective == webConversion
	}
	if !a.tag.isInstalled {
		if asked {
			a.addTag(d, "Website", nil, 0, 0)
		}
		return
	}
	visits := d.lognormal(400, .9)
	for _, f := range a.flights {
		if f.stop >= a.calendar.today { // most of the site's visitors come by themselves
			visits += f.dollars * d.between(2, 5)
		}
	}
	a.addTag(d, "Website", a.tag.reports(d), visits, 0)
	if a.casting.role == lead || d.chance(.3) {
		a.addTag(d, "Old shop (replaced)", a.tag.reports(d), visits*.4, d.days(16, 45))
	}
	if a.tag.inApp > 0 {
		a.addTag(d, "App", []reported{{"APP_INSTALL", "MMP", .03}, {"CHECKOUT", "MMP", .012}}, visits*.5, 0)
	}
}

// reported is a kind of event that comes in from one source, per visit.
type reported struct {
	event, source string
	rate          float64
}

// reports returns what a site reports.
func (t tag) reports(d dice) []reported {
	sales := .025 * t.quality
	list := []reported{{"PAGE_VISIT", "TAG", 1}, {"VIEW_CATEGORY", "TAG", .4}, {"CHECKOUT", "TAG", sales}}
	if t.hasCarts {
		list = append(list, reported{"ADD_TO_CART", "TAG", .07 * t.quality})
	}
	if t.hasSignups {
		list = append(list, reported{"SIGNUP", "TAG", .015})
	}
	for _, r := range []reported{{"SEARCH", "TAG", .12}, {"LEAD", "TAG", .004}, {"WATCH_VIDEO", "TAG", .02}, {"CUSTOM", "TAG", .01}} {
		if d.chance(.3) {
			list = append(list, r)
		}
	}
	if d.chance(.45) || t.hasVisits { // the servers tell what browsers do not
		list = append(list, reported{"CHECKOUT", "CONVERSIONS_API", sales * 1.1})
		if t.hasCarts {
			list = append(list, reported{"ADD_TO_CART", "CONVERSIONS_API", .06 * t.quality})
		}
	}
	return list
}

// addTag makes a tag with its events, which ended so many days ago.
func (a *Account) addTag(d dice, name string, kinds []reported, visits float64, silent int) {
	created := a.calendar.past(a.Advertiser.CreatedAt.Add(time.Duration(d.days(1, 200)) * time.Hour))
	o := ConversionTag{
		AdvertiserID: a.Advertiser.ID, ID: firstTag(a.Advertiser.ID) + tagStep*int64(len(a.Tags)), Name: name, Status: "ACTIVE",
		EnhancedMatch: "UNKNOWN", Version: 1, CreatedAt: created, UpdatedAt: created,
	}
	if kinds == nil {
		a.Tags = append(a.Tags, o)
		return
	}
	var match float64
	switch d.weighted(55, 30, 15) {
	case 0:
		o.EnhancedMatch, match = "VALIDATION_COMPLETE", d.between(.5, .85)
	case 1:
		o.EnhancedMatch, match = "NOT_VALIDATED", d.between(.04, .2)
	default:
		o.EnhancedMatch, match = "VALIDATING_IN_PROGRESS", d.between(.2, .45)
	}
	quality := "NEEDS_IMPROVEMENT"
	if match > .6 {
		quality = "GOOD"
	} else if match > .3 {
		quality = "FAIR"
	}
	o.Quality = &quality
	last := a.calendar.today - silent
	for last > 0 && a.calendar.days[last].share == 0 { // today has only begun
		last--
	}
	fired := a.calendar.at(last+1, 0)
	if fired.After(a.calendar.dataAsOf) {
		fired = a.calendar.dataAsOf
	}
	fired = fired.Add(-time.Duration(d.days(40, 3000)) * time.Second).UTC()
	if fired.Before(created) {
		fired = created
	}
	o.LastFiredAt = &fired
	a.Tags = append(a.Tags, o)
	for day := max(a.calendar.today-tagDays+1, 0); day <= last; day++ {
		at := a.calendar.days[day]
		for _, kind := range kinds {
			n := d.poisson(visits * kind.rate * at.demand * at.share)
			known := math.Min(1, match*d.between(.92, 1.08))
			if kind.source == "CONVERSIONS_API" { // an order has an address
				known = math.Min(1, known+.3)
			}
			if n > 0 {
				a.TagDays = append(a.TagDays, TagEventDay{
					AdvertiserID: a.Advertiser.ID, TagID: o.ID, Day: at.text, Event: kind.event, Source: kind.source,
					Events: n, MatchedEvents: d.binomial(n, known),
				})
			}
		}
	}
}

package demo

import (
	"fmt"
	"time"

	"adsgraph/internal/ads"
)

// idsPerAccount is how many ids of a kind of object an advertiser may use, so
// that no two advertisers share one.
const idsPerAccount = 1000

// standard is an audience that every advertiser has. What is named after its
// words is shown to it, or kept from it.
type standard struct {
	name, kind string
	days       int
	size       float64 // compared with the site's visitors; 0 for one of its own
	own        float64 // the median of its own size
	rule       map[string]any
	words      string // those of words.audiences that mean it
	notFor     string // those that mean others than its people
}

func standards() []standard {
	const buyers, seen = "Prospecting|Retargeting 30d|Cart Abandoners", "Prospecting"
	return []standard{
		{name: "All site visitors 30d", kind: "VISITOR", days: 30, size: 1, rule: map[string]any{"event": "PAGE_VISIT"}, words: "Retargeting 30d", notFor: seen},
		{name: "Cart abandoners 14d", kind: "VISITOR", days: 14, size: .06, rule: map[string]any{"event": "ADD_TO_CART", "without": "CHECKOUT"}, words: "Cart Abandoners"},
		{name: "Past buyers", kind: "VISITOR", days: 180, size: .11, rule: map[string]any{"event": "CHECKOUT"}, words: "Past Buyers", notFor: buyers},
		{name: "Newsletter subscribers", kind: "CUSTOMER_LIST", days: 540, own: 7000, rule: map[string]any{"identifier": "EMAIL"}, words: "Newsletter"},
		{name: "Engaged with our Pins 90d", kind: "ENGAGEMENT", days: 90, own: 60_000, rule: map[string]any{"actions": []string{"SAVE", "CLICK", "VIDEO_VIEW"}}, words: "Engaged Viewers"},
		{name: "Lookalike 3% of past buyers", kind: "ACTALIKE", days: 180, own: 900_000, rule: map[string]any{"percent": 3}, words: "Lookalike 3%"},
	}
}

// addAudiences makes the account's audiences: the standard ones, personas,
// visitors of single pages with a long tail, one that is too small and one that
// is still being made. An account without campaigns has none.
func (a *Account) addAudiences(d dice, campaigns int) {
	if campaigns == 0 {
		return
	}
	visitors := d.lognormal(25_000, 1.1) * (1 + float64(campaigns)/20)
	for _, s := range standards() {
		size := int64(visitors * s.size * d.lognormal(1, .2))
		if s.own > 0 {
			size = int64(d.lognormal(s.own, .8))
		}
		if s.kind == "ACTALIKE" { // like the past buyers, the third of the standard ones
			s.rule["source"] = a.audienceRef(2)
		}
		a.addAudience(d, s.name, s.kind, s.days, &size, s.rule)
	}
	for i := range d.days(2, 4) {
		interest := a.vertical.interests[i]
		a.addAudience(d, interest+" enthusiasts", "PERSONA", 180, new(int64(d.lognormal(300_000, .7))), map[string]any{"interests": []string{interest}})
	}
	pages := min(campaigns, 8)
	if a.casting.role == lead || a.casting.role == whale {
		pages = 12 * d.days(4, 5)
	}
	for i := range pages {
		theme := a.vertical.themes[i%len(a.vertical.themes)]
		days := [...]int{30, 60, 90, 180, 365}[i/len(a.vertical.themes)%5]
		a.addAudience(d, fmt.Sprintf("%s – visitors %dd", theme, days), "VISITOR", days, new(int64(visitors*.3*d.lognormal(1, .4)/float64(i+1))),
			map[string]any{"event": "PAGE_VISIT", "path": "/" + slug(theme)})
	}
	a.addAudience(d, "VIP customers, by hand", "CUSTOMER_LIST", 540, new(int64(d.days(8, 99))), map[string]any{"identifier": "EMAIL"})
	a.addAudience(d, "Lookalike 1% of newsletter", "ACTALIKE", 180, nil, map[string]any{"percent": 1, "source": a.audienceRef(3)})
}

// usable is how many people an audience needs before ads are shown to it.
const usable = 100

// addAudience makes one audience. Without a size it was made just now.
func (a *Account) addAudience(d dice, name, kind string, days int, size *int64, rule map[string]any) {
	since := a.calendar.now.Sub(a.Advertiser.CreatedAt)
	created := a.calendar.past(a.Advertiser.CreatedAt.Add(time.Duration(d.between(0, .9) * float64(since))))
	u := Audience{
		AdvertiserID: a.Advertiser.ID, ID: a.audienceID(len(a.Audiences)), Name: name, Type: kind, Status: "READY", Size: size,
		RetentionDays: days, Rule: jsonText(rule), Version: 1, CreatedAt: created, UpdatedAt: created,
	}
	switch {
	case size == nil:
		u.Status = "INITIALIZING"
		u.CreatedAt = a.calendar.past(a.calendar.now.Add(-time.Duration(d.days(20, 300)) * time.Minute))
		u.UpdatedAt = u.CreatedAt
	case *size < usable:
		u.Status = "TOO_SMALL"
	}
	if d.chance(.3) && size != nil {
		u.Version, u.UpdatedAt = 2, a.calendar.past(created.Add(time.Duration(d.between(.1, 1)*float64(a.calendar.now.Sub(created)))))
	}
	a.Audiences = append(a.Audiences, u)
}

// audienceID is the id of the account's audience number i, counted from 0.
func (a *Account) audienceID(i int) int64 { return (a.Advertiser.ID-1)*idsPerAccount + int64(i) + 1 }

// audienceRef is the same as clients know it.
func (a *Account) audienceRef(i int) string {
	return ads.Ref{Level: ads.LevelAudience, Advertiser: a.Advertiser.ID, ID: a.audienceID(i)}.String()
}

// audiencesOf returns the audiences that a word for whom an ad group speaks to
// includes and excludes. Only audiences that can be used are.
func (a *Account) audiencesOf(word string) (include, exclude []string) {
	for i, s := range standards() {
		if a.Audiences[i].Status != "READY" {
			continue
		}
		for _, w := range list(s.words) {
			if w == word {
				include = append(include, a.audienceRef(i))
			}
		}
		for _, w := range list(s.notFor) {
			if w == word {
				exclude = append(exclude, a.audienceRef(i))
			}
		}
	}
	return include, exclude
}

// linkAudiences writes down the audiences of an ad group's targeting.
func (a *Account) linkAudiences(adGroup int64, t targeting) {
	for _, link := range []struct {
		refs     []string
		included bool
	}{{t.include, true}, {t.exclude, false}} {
		for _, text := range link.refs {
			ref, err := ads.ParseRef(text)
			if err != nil {
				panic(err) // audienceRef made it
			}
			a.AdGroupAudiences = append(a.AdGroupAudiences, AdGroupAudience{
				AdvertiserID: a.Advertiser.ID, AdGroupID: adGroup, AudienceID: ref.ID, IsIncluded: link.included,
			})
		}
	}
}

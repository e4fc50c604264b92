package demo

import (
	"strings"
	"time"
)

// keywordsPerGroup is how many keyword ids go with an ad group.
const keywordsPerGroup = 100

// unwanted returns words that ads are kept from.
func unwanted() []string {
	return list("free|cheap|used|second hand|wholesale|coloring pages|clip art|meme|jobs|how to draw")
}

// addKeywords makes the keywords of ad group number i of the campaign, of the
// words that its delivery is broken down by; and with the first ad group those
// of the campaign, which are negative.
func (b *builder) addKeywords(i int, g *AdGroup) {
	d := newDice(b.seed, partObjects, int(b.Advertiser.ID)-1, 3, b.plan.number, i)
	id := g.ID * keywordsPerGroup
	add := func(group *int64, value, match string) {
		k := Keyword{
			AdvertiserID: g.AdvertiserID, ID: id, CampaignID: g.CampaignID, AdGroupID: group,
			Value: value, MatchType: match, Version: 1, CreatedAt: g.CreatedAt, UpdatedAt: g.CreatedAt,
		}
		id++
		if d.chance(.06) {
			k.IsArchived, k.Version = true, 2
			k.UpdatedAt = b.calendar.past(g.CreatedAt.Add(time.Duration(d.days(5, 60)) * 24 * time.Hour))
		}
		b.Keywords = append(b.Keywords, k)
	}
	isLead := b.casting.role == lead
	if isLead || d.chance(.7) {
		words := shuffled(d, b.vertical.keywords)
		if !isLead {
			words = words[:d.days(2, len(words))]
		}
		for _, word := range words {
			if d.chance(.05) { // people write as they like
				word = strings.ToUpper(word[:1]) + word[1:]
			}
			match := [...]string{"BROAD", "PHRASE", "EXACT"}[d.weighted(55, 25, 20)]
			add(&g.ID, word, match)
			if match == "BROAD" && d.chance(.12) {
				add(&g.ID, word, "EXACT")
			}
		}
		for _, word := range shuffled(d, unwanted())[:d.weighted(60, 25, 15)] {
			add(&g.ID, word, [...]string{"PHRASE_NEGATIVE", "EXACT_NEGATIVE"}[d.weighted(70, 30)])
		}
	}
	if i == 0 && (isLead || d.chance(.2)) {
		for _, word := range unwanted()[:d.days(2, 5)] {
			add(nil, word, "PHRASE_NEGATIVE")
		}
	}
}

// shuffled returns the items in an order by chance.
func shuffled(d dice, items []string) []string {
	items = append([]string(nil), items...)
	d.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	return items
}

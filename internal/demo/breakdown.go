package demo

import (
	"cmp"
	"maps"
	"slices"
)

// part is one value of a dimension.
type part struct {
	value string
	size  float64 // its share of impressions, before normalising
	// clicks is how much likelier than others these people click.
	clicks float64
}

// dimension is one way to split a campaign's deliveries.
type dimension struct {
	name     string
	parts    []part
	overlaps bool // so that parts may add up to more than the whole
}

// dimensions draws who sees a campaign.
func (v *voyage) dimensions(d dice) []dimension {
	split := func(name string, values []string, sizes ...float64) dimension {
		one := dimension{name: name}
		for i, value := range values {
			size := .4 / float64(i+1)
			if i < len(sizes) {
				size = sizes[i]
			}
			one.parts = append(one.parts, part{value, size * d.lognormal(1, .3), d.lognormal(1, .2)})
		}
		return one
	}
	list := []dimension{
		split("GENDER", genders(), .68, .22, .10),
		split("AGE_BUCKET", ageBuckets(), .18, .31, .22, .08, .07, .09, .05),
		split("COUNTRY", v.countries, .7),
		split("REGION", regions(v.countries), .2, .15, .12, .1),
		split("APPTYPE", devices(), .44, .31, .10, .08, .05, .02),
		split("PLACEMENT", placements(), .62, .33, .05),
	}
	if d.chance(.4) || v.casting.role == lead {
		interests := split("INTEREST", v.vertical.interests, .5, .45, .4, .3, .25, .2, .15, .1)
		keywords := split("KEYWORD", v.vertical.keywords, .35, .3, .25, .2, .15, .1, .08, .05)
		interests.overlaps, keywords.overlaps = true, true
		list = append(list, interests, keywords)
	}
	return list
}

// among returns the dimension of an ad group that is shown to some values only.
func (o dimension) among(who targeting) dimension {
	only := map[string][]string{"GENDER": who.genders, "AGE_BUCKET": who.ages, "APPTYPE": who.devices, "INTEREST": who.interests, "PLACEMENT": who.placements}[o.name]
	if len(only) == 0 {
		return o
	}
	o.parts = slices.DeleteFunc(slices.Clone(o.parts), func(p part) bool { return !slices.Contains(only, p.value) })
	return o
}

// splitFrom is how many impressions an ad group needs on a day to be split.
// Those of fewer say too much about single people, and so are of unknown value.
const splitFrom = 5000

// breakdowns splits the latest days of the campaign's ad groups by each
// dimension.
func (v *voyage) breakdowns(d dice) []BreakdownDay {
	rows := []BreakdownDay{}
	advertiser, dimensions := v.Campaigns[v.campaign].AdvertiserID, v.dimensions(d)
	for _, id := range slices.SortedFunc(maps.Keys(v.groups), cmp.Compare[int64]) {
		days := v.groups[id]
		for _, one := range dimensions {
			one = one.among(v.audiences[id])
			known := d.between(.94, .995) // the rest is of unknown value
			if one.name == "REGION" {
				known = d.between(.6, .8) // or elsewhere
			}
			for back := recentDays - 1; back >= 0; back-- {
				whole := &days[back]
				if whole.ImpressionsPaid+whole.ImpressionsEarned < splitFrom {
					continue
				}
				day := v.calendar.days[v.calendar.today-back].text
				for i, measures := range one.split(d, whole, known) {
					if measures != (BreakdownMeasures{}) {
						rows = append(rows, BreakdownDay{
							AdvertiserID: advertiser, Level: "AD_GROUP", EntityID: id, Dimension: one.name,
							Value: one.parts[i].value, Day: day, BreakdownMeasures: measures,
						})
					}
				}
			}
		}
	}
	return rows
}

// shares returns each part's share of a day's impressions and of its actions.
// They add up to known, or each of an overlapping dimension stays below it.
func (o dimension) shares(d dice, known float64) (seen, clicked []float64) {
	sum, clicks := 0.0, 0.0
	for _, p := range o.parts {
		size := p.size * d.between(.85, 1.15)
		seen, clicked = append(seen, size), append(clicked, size*p.clicks)
		sum += size
		clicks += size * p.clicks
	}
	for i := range o.parts {
		if o.overlaps {
			seen[i], clicked[i] = min(known, seen[i]), min(known, clicked[i])
			continue
		}
		seen[i], clicked[i] = seen[i]/sum*known, clicked[i]/clicks*known
	}
	return seen, clicked
}

// split divides a day's measures among the parts. In each part, too, outbound
// clicks are among the clicks, and clicks and saves among the engagements.
func (o dimension) split(d dice, m *Measures, known float64) []BreakdownMeasures {
	parts := make([]BreakdownMeasures, len(o.parts))
	seen, clicked := o.shares(d, known)
	give := func(n int64, shares []float64, field func(*BreakdownMeasures) *int64) {
		for i, k := range o.cut(d, n, shares) {
			*field(&parts[i]) += k
		}
	}
	give(m.SpendMicros, seen, func(b *BreakdownMeasures) *int64 { return &b.SpendMicros })
	give(m.ImpressionsPaid, seen, func(b *BreakdownMeasures) *int64 { return &b.ImpressionsPaid })
	give(m.ImpressionsEarned, seen, func(b *BreakdownMeasures) *int64 { return &b.ImpressionsEarned })
	give(m.ClicksPaid, clicked, func(b *BreakdownMeasures) *int64 { return &b.ClicksPaid })
	give(m.ClicksEarned, clicked, func(b *BreakdownMeasures) *int64 { return &b.ClicksEarned })
	give(m.SavesPaid, clicked, func(b *BreakdownMeasures) *int64 { return &b.SavesPaid })
	give(m.SavesEarned, clicked, func(b *BreakdownMeasures) *int64 { return &b.SavesEarned })
	give(m.EngagementsPaid-m.ClicksPaid-m.SavesPaid, clicked, func(b *BreakdownMeasures) *int64 { return &b.EngagementsPaid })
	give(m.EngagementsEarned-m.ClicksEarned-m.SavesEarned, clicked, func(b *BreakdownMeasures) *int64 { return &b.EngagementsEarned })
	give(m.Checkouts, clicked, func(b *BreakdownMeasures) *int64 { return &b.Checkouts })
	for i := range parts {
		b := &parts[i]
		b.EngagementsPaid += b.ClicksPaid + b.SavesPaid
		b.EngagementsEarned += b.ClicksEarned + b.SavesEarned
		b.OutboundClicksPaid = proportion(m.OutboundClicksPaid, b.ClicksPaid, m.ClicksPaid)
		b.OutboundClicksEarned = proportion(m.OutboundClicksEarned, b.ClicksEarned, m.ClicksEarned)
		b.CheckoutValueMicros = proportion(m.CheckoutValueMicros, b.Checkouts, m.Checkouts)
	}
	return parts
}

// cut divides n in the given shares. Rounding the running sums, from a start
// by chance, keeps even the ones of small numbers and never exceeds n.
func (o dimension) cut(d dice, n int64, shares []float64) []int64 {
	parts := make([]int64, len(shares))
	if n <= 0 {
		return parts
	}
	start := d.Float64()
	before := int64(0)
	for i, share := range shares {
		if o.overlaps {
			parts[i] = min(n, int64(float64(n)*share+d.Float64()))
			continue
		}
		start += float64(n) * share
		parts[i] = int64(start) - before
		before = int64(start)
	}
	return parts
}

// proportion returns n · part / whole, rounded down; 0 of nothing.
func proportion(n, part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return int64(float64(n) * float64(part) / float64(whole))
}

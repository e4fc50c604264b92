package demo

import (
	"cmp"
	"maps"
	"slices"
)

// window is a number of days that ends so many days ago.
type window struct{ days, back int }

// windows returns those that reach is known for, shorter ones first.
func windows() []window {
	list := []window{}
	for back := range 7 {
		list = append(list, window{1, back})
	}
	return append(list, window{7, 0}, window{7, 1}, window{30, 0}, window{30, 1})
}

// frequency is how often a person sees an entity's ads within days.
func frequency(days int) float64 {
	switch days {
	case 1:
		return 1.2
	case 7:
		return 1.9
	}
	return 3.0
}

// crowd is the people whom the parts of a whole reached. Together they are at
// most the sum and at least the largest part. Without parts the sum is 0.
type crowd map[window]struct{ impressions, sum, most int64 }

func (c crowd) add(w window, impressions, people int64) {
	all := c[w]
	all.impressions += impressions
	all.sum += people
	all.most = max(all.most, people)
	c[w] = all
}

// reach estimates the people whom the campaign and its ad groups reached, and
// adds them to the whole advertiser's.
func (v *voyage) reach(whole *crowd) []Reach {
	rows := []Reach{}
	campaign, parts := v.Campaigns[v.campaign].ID, crowd{}
	for _, id := range slices.SortedFunc(maps.Keys(v.groups), cmp.Compare[int64]) {
		days := v.groups[id]
		own := crowd{}
		for _, w := range windows() {
			own.add(w, days.impressions(w), 0)
		}
		rows = append(rows, v.people(v.dice, "AD_GROUP", id, own, &parts)...)
	}
	return append(rows, v.people(v.dice, "CAMPAIGN", campaign, parts, whole)...)
}

// wholeReach estimates the people whom the advertiser reached.
func (a *Account) wholeReach(d dice, parts *crowd) []Reach {
	return a.people(d, "ADVERTISER", a.Advertiser.ID, *parts, &crowd{})
}

// people estimates an entity's people in each window from those of its parts,
// and adds them to the whole that it is itself a part of.
func (a *Account) people(d dice, level string, id int64, parts crowd, whole *crowd) []Reach {
	rows := []Reach{}
	repeat := d.between(.92, 1.12)
	known := map[window]int64{}
	for _, w := range windows() {
		part := parts[w]
		if part.impressions == 0 {
			continue
		}
		people := max(1, int64(float64(part.impressions)/max(1, frequency(w.days)*repeat)))
		for shorter, n := range known { // whoever was reached in a part of the time
			if shorter.back >= w.back && shorter.back+shorter.days <= w.back+w.days {
				people = max(people, n)
			}
		}
		if part.sum > 0 {
			people = min(max(people, part.most), part.sum)
		}
		people = min(people, part.impressions)
		known[w] = people
		whole.add(w, part.impressions, people)
		rows = append(rows, Reach{
			AdvertiserID: a.Advertiser.ID, Level: level, EntityID: id, WindowDays: w.days,
			AsOf: a.calendar.text(a.calendar.today - w.back), People: people,
		})
	}
	return rows
}

// impressions adds up a window.
func (r *recent) impressions(w window) int64 {
	n := int64(0)
	for _, m := range r[w.back : w.back+w.days] {
		n += m.ImpressionsPaid + m.ImpressionsEarned
	}
	return n
}

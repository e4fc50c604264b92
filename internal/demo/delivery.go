package demo

import (
	"iter"
	"math"

	"adsgraph/internal/metrics"
)

// Facts are how one campaign delivered; the last of an advertiser hold only
// what concerns the advertiser as a whole.
type Facts struct {
	AdDays      []AdDay        // by ad and day
	AdHours     []AdHour       // of the last days, by ad and hour
	Conversions []AdConversion // by ad and action day
	Breakdowns  []BreakdownDay
	Reach       []Reach
	Paperwork   *Paperwork // with the last ones, nil before
}

// Facts makes the account's facts, campaign by campaign.
func (a *Account) Facts() iter.Seq[Facts] {
	return func(yield func(Facts) bool) {
		index := int(a.Advertiser.ID) - 1
		whole, books := crowd{}, a.newBooks()
		for _, f := range a.flights {
			if f.stop < max(0, f.start) {
				continue
			}
			d := newDice(a.seed, partFacts, index, f.number)
			v := &voyage{
				Account: a, flight: f, dice: d, hourDice: newDice(a.seed, partHours, index, f.number), groups: map[int64]*recent{},
				converter: converter{Account: a, dice: d, visits: hazards(.97, .002), sales: hazards(.55, .05)},
			}
			for i := range f.pots {
				v.spend(&f.pots[i])
			}
			facts := Facts{AdDays: v.days, AdHours: v.hours, Conversions: v.converter.rows}
			facts.Breakdowns = v.breakdowns(newDice(a.seed, partBreakdowns, index, f.number))
			facts.Reach = v.reach(&whole)
			books.keep(v)
			if !yield(facts) {
				return
			}
		}
		d := newDice(a.seed, partFacts, index, len(a.flights))
		yield(Facts{Reach: a.wholeReach(d, &whole), Paperwork: books.close()})
	}
}

// voyage is a flight under way.
type voyage struct {
	*Account
	*flight
	dice      dice
	hourDice  dice
	converter converter
	days      []AdDay
	hours     []AdHour
	groups    map[int64]*recent // of its ad groups, by id
	strayed   bool
}

// recentDays is how many days back, with today, breakdowns go and reach looks.
const recentDays = metrics.BreakdownDays

// recent is what was delivered lately: [0] today, [1] yesterday and so on.
type recent [recentDays]Measures

const (
	// trickleDays is how long billed actions arrive after a pause.
	trickleDays = 2
	// earnedDays is how long saved copies of an ad are seen after it stopped.
	earnedDays = 20
)

// spend delivers what a pot pays for: first it divides each day's money among
// the ads, then each ad turns its money into deliveries.
func (v *voyage) spend(p *pot) {
	if len(p.ads) == 0 {
		return
	}
	from, to := max(0, v.start), min(v.stop, v.calendar.today)
	if v.situation == paused {
		to = min(v.stop+trickleDays, v.calendar.today)
	}
	money := make([][]int64, len(p.ads))
	for i := range money {
		money[i] = make([]int64, to-from+1)
	}
	left := p.lifetime
	for day := from; day <= to; day++ {
		amount := v.amount(p, day, left)
		left -= v.divide(p, day, amount, money, day-from)
	}
	for i := range p.ads {
		v.run(&p.ads[i], from, money[i])
	}
}

// amount returns what a pot spends on a day, in micros. Of a lifetime budget
// so much is left.
func (v *voyage) amount(p *pot, day int, left int64) int64 {
	at := v.calendar.days[day]
	x := p.dollars * v.money.rate * 1e6 * at.demand * v.dice.lognormal(1, .22)
	budget := float64(p.daily)
	if day < v.raisedOn {
		x, budget = x*raisedFrom, budget*raisedFrom
	}
	if age := day - v.start; age < 3 { // delivery learns
		x *= [...]float64{.45, .7, .85}[age]
	}
	if day > v.stop {
		x *= .04
	}
	if p.isFlexible {
		budget *= 1.25
	}
	if budget > 0 {
		x = min(x, budget)
	}
	amount := int64(x * at.share)
	if p.lifetime > 0 && amount > left-v.impression(day) {
		return left // or the rest would be too little for anything
	}
	return amount
}

// divide gives a day's money to the ads that are there, and returns what was
// spent. Ads that could not pay for one impression leave theirs to the first.
func (v *voyage) divide(p *pot, day int, amount int64, money [][]int64, column int) int64 {
	one := v.impression(day)
	if amount < one {
		return 0
	}
	first, total := -1, 0.0
	there := make([]bool, len(p.ads))
	for i, ad := range p.ads {
		there[i] = ad.first <= day && min(day, v.stop) <= ad.last && (ad.presence == 1 || v.dice.chance(ad.presence))
		if there[i] {
			total += ad.weight
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return 0
	}
	rest := amount
	for i, ad := range p.ads {
		if !there[i] || i == first {
			continue
		}
		if part := int64(float64(amount) * ad.weight / total); part >= one {
			money[i][column] = part
			rest -= part
		}
	}
	money[first][column] = rest
	return amount
}

// cpm returns the price of 1,000 impressions on a day, in currency units.
func (v *voyage) cpm(day int) float64 {
	return max(v.money.floor, v.price*v.money.rate*v.calendar.days[day].price)
}

// impression returns the price of one impression on a day, in micros.
func (v *voyage) impression(day int) int64 { return int64(v.cpm(day) * 1e6 / 1000) }

// run makes the days of an ad, which has so much money from day from on.
func (v *voyage) run(t *airtime, from int, money []int64) {
	ad := &v.Ads[t.ad]
	group := v.groups[ad.AdGroupID]
	if group == nil {
		group = &recent{}
		v.groups[ad.AdGroupID] = group
	}
	saved := 0.0 // impressions that copies of the ad will still have
	ends := min(v.calendar.today, from+len(money)-1+earnedDays)
	for day := from; day <= ends; day++ {
		row := AdDay{
			AdvertiserID: ad.AdvertiserID, CampaignID: ad.CampaignID, AdGroupID: ad.AdGroupID, AdID: ad.ID,
			Day: v.calendar.days[day].text,
		}
		if day-from < len(money) {
			row.SpendMicros = money[day-from]
		}
		v.deliver(&row, t, day, &saved)
		if row.Measures == (Measures{}) {
			if v.oddities.has(stray) && !v.strayed && day > from && day < v.calendar.today-2 && v.dice.chance(.3) {
				v.strayed = v.converter.convertStray(&row, day)
			}
			if row.Measures == (Measures{}) {
				continue
			}
		}
		v.days = append(v.days, row)
		if back := v.calendar.today - day; back < recentDays {
			group[back].add(&row.Measures)
			if back < hourDays {
				v.spread(&row, ad.PinID, day)
			}
		}
	}
}

// deliver turns a row's spend into what it bought, and saved copies into what
// they earned.
func (v *voyage) deliver(row *AdDay, t *airtime, day int, saved *float64) {
	d, ctr := v.dice, t.ctr
	if row.SpendMicros > 0 {
		price := max(v.money.floor, v.cpm(day)*d.lognormal(1, .12))
		row.ImpressionsPaid = max(1, int64(math.Round(float64(row.SpendMicros)/1e3/price)))
		ctr *= d.lognormal(1, .12)
		seen := float64(row.ImpressionsPaid)
		row.ClicksPaid = min(row.ImpressionsPaid, d.poisson(seen*ctr))
		row.OutboundClicksPaid = d.binomial(row.ClicksPaid, .6)
		row.SavesPaid = d.poisson(seen * t.saves)
		row.EngagementsPaid = row.ClicksPaid + row.SavesPaid + d.poisson(seen*.004)
		v.watch(row, t)
		if t.isSaved {
			*saved += seen * .25 // 8 % of all impressions, as a third of the ads is saved
		}
	}
	if *saved >= 25 {
		row.ImpressionsEarned = d.poisson(*saved * .14 * v.calendar.days[day].share)
		seen := float64(row.ImpressionsEarned)
		*saved -= seen
		row.ClicksEarned = min(row.ImpressionsEarned, d.poisson(seen*ctr))
		row.OutboundClicksEarned = d.binomial(row.ClicksEarned, .6)
		row.SavesEarned = d.poisson(seen * t.saves)
		row.EngagementsEarned = row.ClicksEarned + row.SavesEarned + d.poisson(seen*.004)
	}
	if row.ImpressionsPaid+row.ImpressionsEarned == 0 {
		return
	}
	if v.leads {
		row.Leads = d.binomial(row.ClicksPaid, .06)
	}
	clicks := float64(row.OutboundClicksPaid + row.OutboundClicksEarned)
	expected := float64(row.ImpressionsPaid+row.ImpressionsEarned) * ctr * .6
	v.converter.convert(row, day, clicks, expected, v.conversion)
}

// watch makes the video measures of a row's paid impressions. Each is a part
// of the one before.
func (v *voyage) watch(row *AdDay, t *airtime) {
	if t.videoSeconds == 0 {
		return
	}
	d := v.dice
	row.VideoStarts = d.binomial(row.ImpressionsPaid, .80)
	row.VideoViewsMRC = d.binomial(row.VideoStarts, .35)
	row.VideoViews3s = d.binomial(row.VideoViewsMRC, .31/.35)
	row.VideoP25 = d.binomial(row.VideoViews3s, .28/.31)
	row.VideoP50 = d.binomial(row.VideoP25, .18/.28)
	row.VideoP75 = d.binomial(row.VideoP50, .12/.18)
	row.VideoP95 = d.binomial(row.VideoP75, .08/.12)
	row.VideoP100 = d.binomial(row.VideoP95, .06/.08)
	row.WatchMs = int64(float64(row.VideoStarts*int64(t.videoSeconds)) * 1000 * .19 * d.lognormal(1, .1))
}

// add adds the measures that breakdowns and reach need.
func (m *Measures) add(n *Measures) {
	m.SpendMicros += n.SpendMicros
	m.ImpressionsPaid += n.ImpressionsPaid
	m.ImpressionsEarned += n.ImpressionsEarned
	m.ClicksPaid += n.ClicksPaid
	m.ClicksEarned += n.ClicksEarned
	m.OutboundClicksPaid += n.OutboundClicksPaid
	m.OutboundClicksEarned += n.OutboundClicksEarned
	m.SavesPaid += n.SavesPaid
	m.SavesEarned += n.SavesEarned
	m.EngagementsPaid += n.EngagementsPaid
	m.EngagementsEarned += n.EngagementsEarned
	m.Checkouts += n.Checkouts
	m.CheckoutValueMicros += n.CheckoutValueMicros
}

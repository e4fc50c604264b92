package demo

import "math"

// tag is what an advertiser's site reports of conversions.
type tag struct {
	isInstalled                     bool
	hasVisits, hasCarts, hasSignups bool
	quality                         float64 // how well visits convert, around 1
	order                           float64 // the median order, in US dollars
	// inApp, offline and native are the shares of conversions from there; the
	// rest comes from the web.
	inApp, offline, native float64
}

func drawTag(d dice, r role) tag {
	t := tag{
		isInstalled: d.chance(.7) || r != extra,
		hasVisits:   d.chance(.35) || r == lead,
		hasCarts:    d.chance(.55) || r == lead || r == whale,
		hasSignups:  d.chance(.3) || r == lead,
		quality:     d.lognormal(1, .3),
		order:       d.lognormal(70, .35),
	}
	if r == whale { // its conversions would outnumber everything else
		t.hasVisits, t.hasSignups = false, false
	}
	if d.chance(.15) || r == lead {
		t.inApp = .12
	}
	if d.chance(.10) {
		t.offline = .08
	}
	if d.chance(.08) {
		t.native = .05
	}
	return t
}

const (
	// maxLag is the longest that a conversion may follow the ad action.
	maxLag = 60
	// creditedLag and creditedViewLag are the windows of the default
	// attribution, which the conversion columns of ad_day count.
	creditedLag     = 30
	creditedViewLag = 1
	// late is the share of a provisional day's conversions counted so far.
	late = .85
)

// event is a kind of conversion.
type event struct {
	name string
	rate float64 // per visit to the site
	view float64 // more by mere views, as a share of those by clicks
	hasValue,
	isVisit bool
}

func (t tag) events() []event {
	events := []event{{name: "CHECKOUT", rate: .025, view: .31, hasValue: true}}
	if t.hasCarts {
		events = append(events, event{name: "ADD_TO_CART", rate: .06, view: .31, hasValue: true})
	}
	if t.hasVisits {
		events = append(events, event{name: "PAGE_VISIT", rate: .74, view: .02, isVisit: true})
	}
	if t.hasSignups {
		events = append(events, event{name: "SIGNUP", rate: .012, view: .2})
	}
	return events
}

// hazards returns, for each lag, the chance that a conversion comes then if it
// did not come before. On day 0 comes the given share, and most others within
// days, but for a tail that comes at any time.
func hazards(sameDay, tail float64) [maxLag + 1]float64 {
	var h [maxLag + 1]float64
	left := 1.0
	for lag := range h {
		p := (1-tail)*sameDay*math.Pow(1-sameDay, float64(lag)) + tail/(maxLag+1)
		h[lag] = min(1, p/left)
		left -= p
	}
	return h
}

// converter makes the conversions of one advertiser.
type converter struct {
	*Account
	dice          dice
	visits, sales [maxLag + 1]float64 // hazards
	rows          []AdConversion
}

// convert makes the conversions that an ad's actions on a day lead to, as far
// as they have happened by now, and adds the credited ones to the row. There
// were so many outbound clicks; expected is how many were to be expected, what
// views lead to depends on it.
func (c *converter) convert(row *AdDay, day int, clicks, expected, level float64) {
	if !c.tag.isInstalled {
		return
	}
	for _, e := range c.tag.events() {
		rate := e.rate
		if !e.isVisit {
			rate *= c.tag.quality * level
		}
		c.spread(row, day, e, "CLICK", c.dice.poisson(rate*clicks))
		c.spread(row, day, e, "VIEW", c.dice.poisson(rate*expected*e.view))
		if !e.isVisit {
			c.spread(row, day, e, "ENGAGEMENT", c.dice.poisson(rate*expected*.08))
		}
	}
}

// convertStray makes the conversions of a day on which nothing was delivered,
// and tells whether any is credited.
func (c *converter) convertStray(row *AdDay, day int) bool {
	if !c.tag.isInstalled {
		return false
	}
	for _, e := range c.tag.events() {
		if e.name == "CHECKOUT" || e.isVisit {
			c.spread(row, day, e, "CLICK", int64(c.dice.days(1, 2)))
		}
	}
	return row.Conversions > 0
}

// spread lays n conversions over the days after the action, leaves out those
// that have not happened yet, and writes the rest down.
func (c *converter) spread(row *AdDay, day int, e event, action string, n int64) {
	h := &c.sales
	if e.isVisit {
		h = &c.visits
	}
	for lag := 0; n > 0 && lag <= min(maxLag, c.calendar.today-day); lag++ {
		k := c.dice.binomial(n, h[lag])
		n -= k
		known := 1.0
		if lag > 0 { // what the action's own day has not seen yet is not in n
			known = c.calendar.days[day+lag].share
		}
		if day+lag > c.calendar.finalConversion {
			known *= late
		}
		k = c.dice.binomial(k, known)
		offline := int64(0)
		if e.hasValue {
			offline = c.dice.binomial(k, c.tag.offline)
		}
		inApp := c.dice.binomial(k-offline, c.tag.inApp)
		native := c.dice.binomial(k-offline-inApp, c.tag.native)
		c.add(row, lag, e, "WEB", action, k-offline-inApp-native)
		c.add(row, lag, e, "INAPP", action, inApp)
		c.add(row, lag, e, "OFFLINE", action, offline)
		c.add(row, lag, e, "PINTEREST", action, native)
	}
}

// add writes down n conversions that have all in common.
func (c *converter) add(row *AdDay, lag int, e event, source, action string, n int64) {
	if n == 0 {
		return
	}
	conversion := AdConversion{
		AdvertiserID: row.AdvertiserID, CampaignID: row.CampaignID, AdGroupID: row.AdGroupID, AdID: row.AdID,
		ActionDay: row.Day, LagDays: lag, Event: e.name, Source: source, CreditedAction: action, Conversions: n,
	}
	if e.hasValue {
		conversion.ValueMicros, conversion.Quantity = c.orders(n), n+c.dice.poisson(.6*float64(n))
	}
	c.rows = append(c.rows, conversion)
	if lag > creditedLag || action == "VIEW" && lag > creditedViewLag {
		return
	}
	row.Conversions += n
	switch e.name {
	case "PAGE_VISIT":
		row.PageVisits += n
	case "SIGNUP":
		row.Signups += n
	case "ADD_TO_CART":
		row.AddToCarts += n
	case "CHECKOUT":
		row.Checkouts += n
		row.CheckoutValueMicros += conversion.ValueMicros
	}
}

// orders returns the value of n orders together.
func (c *converter) orders(n int64) int64 {
	const sigma = .6
	if n > 40 { // the sum of many is nearly normal
		mean := c.tag.order * math.Exp(sigma*sigma/2)
		deviation := mean * math.Sqrt(math.Exp(sigma*sigma)-1)
		sum := mean*float64(n) + deviation*math.Sqrt(float64(n))*c.dice.NormFloat64()
		return c.money.micros(max(sum, 1))
	}
	total := int64(0)
	for range n {
		total += max(c.money.micros(c.dice.lognormal(c.tag.order, sigma)), int64(c.money.minor))
	}
	return total
}

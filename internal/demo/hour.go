package demo

import (
	"math/bits"
	"time"
)

// hourDays is how many days have hours, today included.
const hourDays = 8

// AdHour is a row of ad_hour, which has no conversions.
type AdHour struct {
	AdvertiserID int64
	CampaignID   int64
	AdGroupID    int64
	AdID         int64
	PinID        int64
	Hour         time.Time
	Measures
}

// hour is an hour of a day that is counted, at least in part.
type hour struct {
	start time.Time
	level float64 // how much is shown, compared with other hours
}

// hours returns what is counted of a day, in whole hours from its start. The
// last hour of a day is shorter where clocks change by less.
func (c *calendar) hours(day int) []hour {
	list := []hour{}
	end := c.at(day+1, 0)
	if c.dataAsOf.Before(end) {
		end = c.dataAsOf
	}
	for at := c.at(day, 0); at.Before(end); at = at.Add(time.Hour) {
		counted := min(time.Hour, end.Sub(at))
		list = append(list, hour{at.UTC(), hourLevel(at.Hour()) * counted.Hours()})
	}
	return list
}

// hourLevel is how busy an hour is: people look for ideas in the evening.
func hourLevel(hour int) float64 {
	return [...]float64{
		.45, .28, .18, .13, .12, .17, .33, .58, .80, .92, .98, 1.02,
		1.08, 1.06, 1.02, 1.00, 1.04, 1.14, 1.32, 1.55, 1.74, 1.70, 1.32, .82,
	}[hour]
}

// spread divides a row of one of the last days among its hours. Each measure
// adds up to the row's, and none exceeds in any hour what it is a part of.
func (v *voyage) spread(row *AdDay, pin int64, day int) {
	hours := v.calendar.recentHours[v.calendar.today-day]
	delivered := row.Measures.delivered()
	if delivered == (Measures{}) {
		return // converted only
	}
	until, total := make([]float64, len(hours)), 0.0
	for i, h := range hours {
		total += h.level * v.hourDice.lognormal(1, .25)
		until[i] = total
	}
	before := Measures{}
	for i, h := range hours {
		so := delivered
		if i < len(hours)-1 {
			so = delivered.first(until[i] / total)
		}
		if part := so.minus(&before); part != (Measures{}) {
			v.hours = append(v.hours, AdHour{
				AdvertiserID: row.AdvertiserID, CampaignID: row.CampaignID, AdGroupID: row.AdGroupID, AdID: row.AdID, PinID: pin,
				Hour: h.start, Measures: part,
			})
		}
		before = so
	}
}

// delivered returns the measures without those that attribution credits.
func (m Measures) delivered() Measures {
	m.Conversions, m.PageVisits, m.Signups, m.AddToCarts, m.Checkouts, m.CheckoutValueMicros = 0, 0, 0, 0, 0, 0
	return m
}

// first returns what the first share of a row's impressions brought. What
// belongs to a measure comes with it.
func (m *Measures) first(share float64) Measures {
	p := Measures{
		ImpressionsPaid:   int64(float64(m.ImpressionsPaid) * share),
		ImpressionsEarned: int64(float64(m.ImpressionsEarned) * share),
	}
	p.SpendMicros = with(m.SpendMicros, p.ImpressionsPaid, m.ImpressionsPaid)
	p.ClicksPaid = with(m.ClicksPaid, p.ImpressionsPaid, m.ImpressionsPaid)
	p.OutboundClicksPaid = with(m.OutboundClicksPaid, p.ClicksPaid, m.ClicksPaid)
	p.Leads = with(m.Leads, p.ClicksPaid, m.ClicksPaid)
	p.SavesPaid = with(m.SavesPaid, p.ImpressionsPaid, m.ImpressionsPaid)
	p.EngagementsPaid = p.ClicksPaid + p.SavesPaid + with(m.EngagementsPaid-m.ClicksPaid-m.SavesPaid, p.ImpressionsPaid, m.ImpressionsPaid)
	p.ClicksEarned = with(m.ClicksEarned, p.ImpressionsEarned, m.ImpressionsEarned)
	p.OutboundClicksEarned = with(m.OutboundClicksEarned, p.ClicksEarned, m.ClicksEarned)
	p.SavesEarned = with(m.SavesEarned, p.ImpressionsEarned, m.ImpressionsEarned)
	p.EngagementsEarned = p.ClicksEarned + p.SavesEarned + with(m.EngagementsEarned-m.ClicksEarned-m.SavesEarned, p.ImpressionsEarned, m.ImpressionsEarned)
	p.VideoStarts = with(m.VideoStarts, p.ImpressionsPaid, m.ImpressionsPaid)
	p.VideoViewsMRC = with(m.VideoViewsMRC, p.VideoStarts, m.VideoStarts)
	p.VideoViews3s = with(m.VideoViews3s, p.VideoViewsMRC, m.VideoViewsMRC)
	p.VideoP25 = with(m.VideoP25, p.VideoViews3s, m.VideoViews3s)
	p.VideoP50 = with(m.VideoP50, p.VideoP25, m.VideoP25)
	p.VideoP75 = with(m.VideoP75, p.VideoP50, m.VideoP50)
	p.VideoP95 = with(m.VideoP95, p.VideoP75, m.VideoP75)
	p.VideoP100 = with(m.VideoP100, p.VideoP95, m.VideoP95)
	p.WatchMs = with(m.WatchMs, p.VideoStarts, m.VideoStarts)
	return p
}

// with returns how much of n comes with a part of a whole: nothing as long as
// the part is nothing.
func with(n, part, whole int64) int64 {
	if n == 0 || part == 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(n), uint64(part)) // money times impressions may pass 64 bits
	quotient, _ := bits.Div64(hi, lo, uint64(whole))
	return int64(quotient)
}

// minus returns the difference of two rows without conversions.
func (m *Measures) minus(n *Measures) Measures {
	return Measures{
		SpendMicros:          m.SpendMicros - n.SpendMicros,
		ImpressionsPaid:      m.ImpressionsPaid - n.ImpressionsPaid,
		ImpressionsEarned:    m.ImpressionsEarned - n.ImpressionsEarned,
		ClicksPaid:           m.ClicksPaid - n.ClicksPaid,
		ClicksEarned:         m.ClicksEarned - n.ClicksEarned,
		OutboundClicksPaid:   m.OutboundClicksPaid - n.OutboundClicksPaid,
		OutboundClicksEarned: m.OutboundClicksEarned - n.OutboundClicksEarned,
		SavesPaid:            m.SavesPaid - n.SavesPaid,
		SavesEarned:          m.SavesEarned - n.SavesEarned,
		EngagementsPaid:      m.EngagementsPaid - n.EngagementsPaid,
		EngagementsEarned:    m.EngagementsEarned - n.EngagementsEarned,
		VideoStarts:          m.VideoStarts - n.VideoStarts,
		VideoViewsMRC:        m.VideoViewsMRC - n.VideoViewsMRC,
		VideoViews3s:         m.VideoViews3s - n.VideoViews3s,
		VideoP25:             m.VideoP25 - n.VideoP25,
		VideoP50:             m.VideoP50 - n.VideoP50,
		VideoP75:             m.VideoP75 - n.VideoP75,
		VideoP95:             m.VideoP95 - n.VideoP95,
		VideoP100:            m.VideoP100 - n.VideoP100,
		WatchMs:              m.WatchMs - n.WatchMs,
		Leads:                m.Leads - n.Leads,
	}
}

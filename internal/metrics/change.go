package metrics

import "adsgraph/internal/ads"

// Changes is the numbers of a range beside those of an earlier one.
type Changes struct{ Now, Before Values }

// Changes returns how the range differs from the earlier one, or nil without a
// comparison.
func (r *Report) Changes() *Changes {
	if !r.Window.Compares() {
		return nil
	}
	return &Changes{r.Total, r.Previous}
}

// Verdict says whether a change is good news.
type Verdict string

// The verdicts.
const (
	Good    Verdict = "GOOD"
	Bad     Verdict = "BAD"
	Neutral Verdict = "NEUTRAL"
)

// MoneyChange is how an amount differs from an earlier one. Percent is a
// fraction of the earlier amount, nil when that is 0.
type MoneyChange struct {
	Difference ads.Money
	Percent    *float64
	Verdict    Verdict
}

// NumberChange is how a number differs from an earlier one. Percent is a
// fraction of the earlier number, nil when that is 0.
type NumberChange struct {
	Difference float64
	Percent    *float64
	Verdict    Verdict
}

// Money returns the change of a metric that is money, nil if it has no value
// on either side.
func (c *Changes) Money(m *Metric) *MoneyChange {
	now, ok := c.Now.Int(m)
	before, had := c.Before.Int(m)
	if !ok || !had {
		return nil
	}
	return &MoneyChange{
		Difference: ads.Money{Micros: ads.Micros(now - before), Currency: c.Now.Frame.Currency},
		Percent:    percent(float64(now), float64(before)), Verdict: m.verdict(float64(now), float64(before)),
	}
}

// Number returns the change of any other metric, nil if it has no value on
// either side.
func (c *Changes) Number(m *Metric) *NumberChange {
	now, ok := c.Now.Value(m)
	before, had := c.Before.Value(m)
	if !ok || !had {
		return nil
	}
	return &NumberChange{Difference: now - before, Percent: percent(now, before), Verdict: m.verdict(now, before)}
}

func percent(now, before float64) *float64 {
	if before == 0 {
		return nil
	}
	p := (now - before) / before
	return &p
}

func (m *Metric) verdict(now, before float64) Verdict {
	switch {
	case now == before || m.Better == BetterNeutral:
		return Neutral
	case (now > before) == (m.Better == BetterHigher):
		return Good
	}
	return Bad
}

// Spend returns the change of spend.
func (c *Changes) Spend() *MoneyChange { return c.Money(catalogue[NameSpend]) }

// Impressions returns the change of impressions.
func (c *Changes) Impressions() *NumberChange { return c.Number(catalogue[NameImpressions]) }

// PaidImpressions returns the change of paidImpressions.
func (c *Changes) PaidImpressions() *NumberChange { return c.Number(catalogue[NamePaidImpressions]) }

// EarnedImpressions returns the change of earnedImpressions.
func (c *Changes) EarnedImpressions() *NumberChange {
	return c.Number(catalogue[NameEarnedImpressions])
}

// PinClicks returns the change of pinClicks.
func (c *Changes) PinClicks() *NumberChange { return c.Number(catalogue[NamePinClicks]) }

// PaidPinClicks returns the change of paidPinClicks.
func (c *Changes) PaidPinClicks() *NumberChange { return c.Number(catalogue[NamePaidPinClicks]) }

// EarnedPinClicks returns the change of earnedPinClicks.
func (c *Changes) EarnedPinClicks() *NumberChange { return c.Number(catalogue[NameEarnedPinClicks]) }

// OutboundClicks returns the change of outboundClicks.
func (c *Changes) OutboundClicks() *NumberChange { return c.Number(catalogue[NameOutboundClicks]) }

// Saves returns the change of saves.
func (c *Changes) Saves() *NumberChange { return c.Number(catalogue[NameSaves]) }

// Engagements returns the change of engagements.
func (c *Changes) Engagements() *NumberChange { return c.Number(catalogue[NameEngagements]) }

// Reach returns the change of reach.
func (c *Changes) Reach() *NumberChange { return c.Number(catalogue[NameReach]) }

// Frequency returns the change of frequency.
func (c *Changes) Frequency() *NumberChange { return c.Number(catalogue[NameFrequency]) }

// VideoStarts returns the change of videoStarts.
func (c *Changes) VideoStarts() *NumberChange { return c.Number(catalogue[NameVideoStarts]) }

// VideoViews2s returns the change of videoViews2s.
func (c *Changes) VideoViews2s() *NumberChange { return c.Number(catalogue[NameVideoViews2s]) }

// VideoViews3s returns the change of videoViews3s.
func (c *Changes) VideoViews3s() *NumberChange { return c.Number(catalogue[NameVideoViews3s]) }

// VideoPlays25 returns the change of videoPlays25.
func (c *Changes) VideoPlays25() *NumberChange { return c.Number(catalogue[NameVideoPlays25]) }

// VideoPlays50 returns the change of videoPlays50.
func (c *Changes) VideoPlays50() *NumberChange { return c.Number(catalogue[NameVideoPlays50]) }

// VideoPlays75 returns the change of videoPlays75.
func (c *Changes) VideoPlays75() *NumberChange { return c.Number(catalogue[NameVideoPlays75]) }

// VideoPlays95 returns the change of videoPlays95.
func (c *Changes) VideoPlays95() *NumberChange { return c.Number(catalogue[NameVideoPlays95]) }

// VideoCompletions returns the change of videoCompletions.
func (c *Changes) VideoCompletions() *NumberChange { return c.Number(catalogue[NameVideoCompletions]) }

// Leads returns the change of leads.
func (c *Changes) Leads() *NumberChange { return c.Number(catalogue[NameLeads]) }

// Conversions returns the change of conversions.
func (c *Changes) Conversions() *NumberChange { return c.Number(catalogue[NameConversions]) }

// PageVisits returns the change of pageVisits.
func (c *Changes) PageVisits() *NumberChange { return c.Number(catalogue[NamePageVisits]) }

// Signups returns the change of signups.
func (c *Changes) Signups() *NumberChange { return c.Number(catalogue[NameSignups]) }

// AddToCarts returns the change of addToCarts.
func (c *Changes) AddToCarts() *NumberChange { return c.Number(catalogue[NameAddToCarts]) }

// Checkouts returns the change of checkouts.
func (c *Changes) Checkouts() *NumberChange { return c.Number(catalogue[NameCheckouts]) }

// CheckoutValue returns the change of checkoutValue.
func (c *Changes) CheckoutValue() *MoneyChange { return c.Money(catalogue[NameCheckoutValue]) }

// CTR returns the change of ctr.
func (c *Changes) CTR() *NumberChange { return c.Number(catalogue[NameCTR]) }

// PaidCTR returns the change of paidCtr.
func (c *Changes) PaidCTR() *NumberChange { return c.Number(catalogue[NamePaidCTR]) }

// OutboundCTR returns the change of outboundCtr.
func (c *Changes) OutboundCTR() *NumberChange { return c.Number(catalogue[NameOutboundCTR]) }

// EngagementRate returns the change of engagementRate.
func (c *Changes) EngagementRate() *NumberChange { return c.Number(catalogue[NameEngagementRate]) }

// SaveRate returns the change of saveRate.
func (c *Changes) SaveRate() *NumberChange { return c.Number(catalogue[NameSaveRate]) }

// CPC returns the change of cpc.
func (c *Changes) CPC() *MoneyChange { return c.Money(catalogue[NameCPC]) }

// CPM returns the change of cpm.
func (c *Changes) CPM() *MoneyChange { return c.Money(catalogue[NameCPM]) }

// CPE returns the change of cpe.
func (c *Changes) CPE() *MoneyChange { return c.Money(catalogue[NameCPE]) }

// CostPerOutboundClick returns the change of costPerOutboundClick.
func (c *Changes) CostPerOutboundClick() *MoneyChange {
	return c.Money(catalogue[NameCostPerOutboundClick])
}

// CPV returns the change of cpv.
func (c *Changes) CPV() *MoneyChange { return c.Money(catalogue[NameCPV]) }

// VideoCompletionRate returns the change of videoCompletionRate.
func (c *Changes) VideoCompletionRate() *NumberChange {
	return c.Number(catalogue[NameVideoCompletionRate])
}

// CostPerLead returns the change of costPerLead.
func (c *Changes) CostPerLead() *MoneyChange { return c.Money(catalogue[NameCostPerLead]) }

// CostPerCheckout returns the change of costPerCheckout.
func (c *Changes) CostPerCheckout() *MoneyChange { return c.Money(catalogue[NameCostPerCheckout]) }

// ROAS returns the change of roas.
func (c *Changes) ROAS() *NumberChange { return c.Number(catalogue[NameROAS]) }

// CheckoutConversionRate returns the change of checkoutConversionRate.
func (c *Changes) CheckoutConversionRate() *NumberChange {
	return c.Number(catalogue[NameCheckoutConversionRate])
}

// AverageOrderValue returns the change of averageOrderValue.
func (c *Changes) AverageOrderValue() *MoneyChange { return c.Money(catalogue[NameAverageOrderValue]) }

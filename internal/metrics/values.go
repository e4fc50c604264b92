package metrics

import (
	"math"
	"math/bits"

	"adsgraph/internal/ads"
)

// total returns an additive metric, or Unknown for reach that nobody counted.
func (v Values) total(m *Metric) int64 {
	var n int64
	for _, b := range m.Sum {
		n += v.sum(b)
	}
	return n
}

// parts returns the numerator and denominator of a ratio; ok is false when the
// ratio has no value.
func (v Values) parts(m *Metric) (numerator, denominator int64, ok bool) {
	numerator, denominator = v.total(catalogue[m.Numerator]), v.total(catalogue[m.Denominator])
	return numerator, denominator, denominator > 0 && numerator >= 0
}

// Int returns a whole-number metric, in micros if it is money. It is not ok
// when the metric has no value.
func (v Values) Int(m *Metric) (n int64, ok bool) {
	if m.Numerator == "" {
		n = v.total(m)
		return n, n != Unknown
	}
	numerator, denominator, ok := v.parts(m)
	if !ok {
		return 0, false
	}
	// Half a micro rounds up. 128 bits: spend times a thousand may pass 64.
	hi, lo := bits.Mul64(uint64(numerator), uint64(m.Scale))
	lo, carry := bits.Add64(lo, uint64(denominator)/2, 0)
	if hi += carry; hi >= uint64(denominator) {
		return math.MaxInt64, true // more than 64 bits hold; no real account gets here
	}
	quotient, _ := bits.Div64(hi, lo, uint64(denominator))
	return int64(quotient), true
}

// Float returns a ratio. It is not ok when the ratio has no value.
func (v Values) Float(m *Metric) (f float64, ok bool) {
	numerator, denominator, ok := v.parts(m)
	if !ok {
		return 0, false
	}
	return float64(numerator) * float64(m.Scale) / float64(denominator), true
}

// Value returns any metric as a number: of money, in micros. It is not ok when
// the metric has no value.
func (v Values) Value(m *Metric) (f float64, ok bool) {
	if m.Numerator != "" && m.Unit != UnitMoney {
		return v.Float(m)
	}
	n, ok := v.Int(m)
	return float64(n), ok
}

// NullReason says why a metric has no value.
type NullReason string

// The reasons.
const (
	DivisionByZero  NullReason = "DIVISION_BY_ZERO"
	RangeNotCounted NullReason = "RANGE_NOT_COUNTED" // people are counted for ranges of other lengths
	NotAdditive     NullReason = "NOT_ADDITIVE"      // people of several entities or days
	LevelNotCounted NullReason = "LEVEL_NOT_COUNTED" // people are not counted for entities of this kind
	NotCounted      NullReason = "NOT_COUNTED"       // nobody counted the people of this entity and range
)

// NullReason tells why a metric has no value, nil when it has one.
func (v Values) NullReason(name Name) *NullReason {
	m, ok := catalogue[name]
	if !ok {
		return nil
	}
	if _, ok := v.Value(m); ok {
		return nil
	}
	reason := DivisionByZero
	if m.Bases().Has(People) && v.sum(People) == Unknown {
		if reason = v.Frame.withheld; reason == "" {
			reason = NotAdditive
		}
	}
	return &reason
}

// Of makes the frame one of rows that each cover one entity of a level over a
// range, and returns it: such rows may have reach, and if not, why is known.
func (f *Frame) Of(level ads.Level, r Range) *Frame {
	switch {
	case level == ads.LevelPin:
		f.withheld = LevelNotCounted
	case !r.CountsPeople():
		f.withheld = RangeNotCounted
	default:
		f.withheld = NotCounted
	}
	return f
}

// AddUp sets the report's numbers from those of its days, which hold the given
// measures without reach.
func (r *Report) AddUp(days []Day, measures Set) {
	r.Days, r.DayMeasures = days, measures
	f := NewFrame(measures, r.Advertiser.Currency)
	r.Total, r.Previous = f.Zero(), f.Zero()
	add := func(to []int64, day Day, from, until int) { // a day may be in both ranges
		if day.Offset >= from && day.Offset <= until {
			for i, n := range day.Sums {
				to[i] += n
			}
		}
	}
	w := r.Window
	last, from, until := w.Days()-1, 0, -1
	if w.Compares() {
		from, until = w.Previous.From.Sub(w.From), w.Previous.To.Sub(w.From)
	}
	for _, day := range days {
		add(r.Total.Sums, day, 0, last)
		add(r.Previous.Sums, day, from, until)
	}
}

func (v Values) count(name Name) int64 { return v.total(catalogue[name]) }

func (v Values) countOrNil(name Name) *int64 {
	if n, ok := v.Int(catalogue[name]); ok {
		return &n
	}
	return nil
}

func (v Values) money(name Name) ads.Money {
	return ads.Money{Micros: ads.Micros(v.count(name)), Currency: v.Frame.Currency}
}

func (v Values) moneyOrNil(name Name) *ads.Money {
	if n, ok := v.Int(catalogue[name]); ok {
		return &ads.Money{Micros: ads.Micros(n), Currency: v.Frame.Currency}
	}
	return nil
}

func (v Values) fraction(name Name) *float64 {
	if f, ok := v.Float(catalogue[name]); ok {
		return &f
	}
	return nil
}

// Spend returns spend; see the catalogue.
func (v Values) Spend() ads.Money { return v.money(NameSpend) }

// Impressions returns impressions; see the catalogue.
func (v Values) Impressions() int64 { return v.count(NameImpressions) }

// PaidImpressions returns paidImpressions; see the catalogue.
func (v Values) PaidImpressions() int64 { return v.count(NamePaidImpressions) }

// EarnedImpressions returns earnedImpressions; see the catalogue.
func (v Values) EarnedImpressions() int64 { return v.count(NameEarnedImpressions) }

// PinClicks returns pinClicks; see the catalogue.
func (v Values) PinClicks() int64 { return v.count(NamePinClicks) }

// PaidPinClicks returns paidPinClicks; see the catalogue.
func (v Values) PaidPinClicks() int64 { return v.count(NamePaidPinClicks) }

// EarnedPinClicks returns earnedPinClicks; see the catalogue.
func (v Values) EarnedPinClicks() int64 { return v.count(NameEarnedPinClicks) }

// OutboundClicks returns outboundClicks; see the catalogue.
func (v Values) OutboundClicks() int64 { return v.count(NameOutboundClicks) }

// Saves returns saves; see the catalogue.
func (v Values) Saves() int64 { return v.count(NameSaves) }

// Engagements returns engagements; see the catalogue.
func (v Values) Engagements() int64 { return v.count(NameEngagements) }

// Reach returns reach; see the catalogue.
func (v Values) Reach() *int64 { return v.countOrNil(NameReach) }

// Frequency returns frequency; see the catalogue.
func (v Values) Frequency() *float64 { return v.fraction(NameFrequency) }

// VideoStarts returns videoStarts; see the catalogue.
func (v Values) VideoStarts() int64 { return v.count(NameVideoStarts) }

// VideoViews2s returns videoViews2s; see the catalogue.
func (v Values) VideoViews2s() int64 { return v.count(NameVideoViews2s) }

// VideoViews3s returns videoViews3s; see the catalogue.
func (v Values) VideoViews3s() int64 { return v.count(NameVideoViews3s) }

// VideoPlays25 returns videoPlays25; see the catalogue.
func (v Values) VideoPlays25() int64 { return v.count(NameVideoPlays25) }

// VideoPlays50 returns videoPlays50; see the catalogue.
func (v Values) VideoPlays50() int64 { return v.count(NameVideoPlays50) }

// VideoPlays75 returns videoPlays75; see the catalogue.
func (v Values) VideoPlays75() int64 { return v.count(NameVideoPlays75) }

// VideoPlays95 returns videoPlays95; see the catalogue.
func (v Values) VideoPlays95() int64 { return v.count(NameVideoPlays95) }

// VideoCompletions returns videoCompletions; see the catalogue.
func (v Values) VideoCompletions() int64 { return v.count(NameVideoCompletions) }

// Leads returns leads; see the catalogue.
func (v Values) Leads() int64 { return v.count(NameLeads) }

// Conversions returns conversions; see the catalogue.
func (v Values) Conversions() int64 { return v.count(NameConversions) }

// PageVisits returns pageVisits; see the catalogue.
func (v Values) PageVisits() int64 { return v.count(NamePageVisits) }

// Signups returns signups; see the catalogue.
func (v Values) Signups() int64 { return v.count(NameSignups) }

// AddToCarts returns addToCarts; see the catalogue.
func (v Values) AddToCarts() int64 { return v.count(NameAddToCarts) }

// Checkouts returns checkouts; see the catalogue.
func (v Values) Checkouts() int64 { return v.count(NameCheckouts) }

// CheckoutValue returns checkoutValue; see the catalogue.
func (v Values) CheckoutValue() ads.Money { return v.money(NameCheckoutValue) }

// CTR returns ctr; see the catalogue.
func (v Values) CTR() *float64 { return v.fraction(NameCTR) }

// PaidCTR returns paidCtr; see the catalogue.
func (v Values) PaidCTR() *float64 { return v.fraction(NamePaidCTR) }

// OutboundCTR returns outboundCtr; see the catalogue.
func (v Values) OutboundCTR() *float64 { return v.fraction(NameOutboundCTR) }

// EngagementRate returns engagementRate; see the catalogue.
func (v Values) EngagementRate() *float64 { return v.fraction(NameEngagementRate) }

// SaveRate returns saveRate; see the catalogue.
func (v Values) SaveRate() *float64 { return v.fraction(NameSaveRate) }

// CPC returns cpc; see the catalogue.
func (v Values) CPC() *ads.Money { return v.moneyOrNil(NameCPC) }

// CPM returns cpm; see the catalogue.
func (v Values) CPM() *ads.Money { return v.moneyOrNil(NameCPM) }

// CPE returns cpe; see the catalogue.
func (v Values) CPE() *ads.Money { return v.moneyOrNil(NameCPE) }

// CostPerOutboundClick returns costPerOutboundClick; see the catalogue.
func (v Values) CostPerOutboundClick() *ads.Money { return v.moneyOrNil(NameCostPerOutboundClick) }

// CPV returns cpv; see the catalogue.
func (v Values) CPV() *ads.Money { return v.moneyOrNil(NameCPV) }

// VideoCompletionRate returns videoCompletionRate; see the catalogue.
func (v Values) VideoCompletionRate() *float64 { return v.fraction(NameVideoCompletionRate) }

// CostPerLead returns costPerLead; see the catalogue.
func (v Values) CostPerLead() *ads.Money { return v.moneyOrNil(NameCostPerLead) }

// CostPerCheckout returns costPerCheckout; see the catalogue.
func (v Values) CostPerCheckout() *ads.Money { return v.moneyOrNil(NameCostPerCheckout) }

// ROAS returns roas; see the catalogue.
func (v Values) ROAS() *float64 { return v.fraction(NameROAS) }

// CheckoutConversionRate returns checkoutConversionRate; see the catalogue.
func (v Values) CheckoutConversionRate() *float64 { return v.fraction(NameCheckoutConversionRate) }

// AverageOrderValue returns averageOrderValue; see the catalogue.
func (v Values) AverageOrderValue() *ads.Money { return v.moneyOrNil(NameAverageOrderValue) }

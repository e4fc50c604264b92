package metrics

import "slices"

// Name is a metric's name where a client picks one: to sort, to filter.
type Name string

// The metrics. Each is described in the catalogue.
const (
	NameSpend                  Name = "SPEND"
	NameImpressions            Name = "IMPRESSIONS"
	NamePaidImpressions        Name = "PAID_IMPRESSIONS"
	NameEarnedImpressions      Name = "EARNED_IMPRESSIONS"
	NamePinClicks              Name = "PIN_CLICKS"
	NamePaidPinClicks          Name = "PAID_PIN_CLICKS"
	NameEarnedPinClicks        Name = "EARNED_PIN_CLICKS"
	NameOutboundClicks         Name = "OUTBOUND_CLICKS"
	NameSaves                  Name = "SAVES"
	NameEngagements            Name = "ENGAGEMENTS"
	NameReach                  Name = "REACH"
	NameFrequency              Name = "FREQUENCY"
	NameVideoStarts            Name = "VIDEO_STARTS"
	NameVideoViews2s           Name = "VIDEO_VIEWS_2S"
	NameVideoViews3s           Name = "VIDEO_VIEWS_3S"
	NameVideoPlays25           Name = "VIDEO_PLAYS_25"
	NameVideoPlays50           Name = "VIDEO_PLAYS_50"
	NameVideoPlays75           Name = "VIDEO_PLAYS_75"
	NameVideoPlays95           Name = "VIDEO_PLAYS_95"
	NameVideoCompletions       Name = "VIDEO_COMPLETIONS"
	NameLeads                  Name = "LEADS"
	NameConversions            Name = "CONVERSIONS"
	NamePageVisits             Name = "PAGE_VISITS"
	NameSignups                Name = "SIGNUPS"
	NameAddToCarts             Name = "ADD_TO_CARTS"
	NameCheckouts              Name = "CHECKOUTS"
	NameCheckoutValue          Name = "CHECKOUT_VALUE"
	NameCTR                    Name = "CTR"
	NamePaidCTR                Name = "PAID_CTR"
	NameOutboundCTR            Name = "OUTBOUND_CTR"
	NameEngagementRate         Name = "ENGAGEMENT_RATE"
	NameSaveRate               Name = "SAVE_RATE"
	NameCPC                    Name = "CPC"
	NameCPM                    Name = "CPM"
	NameCPE                    Name = "CPE"
	NameCostPerOutboundClick   Name = "COST_PER_OUTBOUND_CLICK"
	NameCPV                    Name = "CPV"
	NameVideoCompletionRate    Name = "VIDEO_COMPLETION_RATE"
	NameCostPerLead            Name = "COST_PER_LEAD"
	NameCostPerCheckout        Name = "COST_PER_CHECKOUT"
	NameROAS                   Name = "ROAS"
	NameCheckoutConversionRate Name = "CHECKOUT_CONVERSION_RATE"
	NameAverageOrderValue      Name = "AVERAGE_ORDER_VALUE"
)

// Unit says what a metric's number counts.
type Unit string

// The units.
const (
	UnitMoney     Unit = "MONEY"      // an amount in the advertiser's currency
	UnitCount     Unit = "COUNT"      // a whole number
	UnitPeople    Unit = "PEOPLE"     // a whole number of distinct people
	UnitFraction  Unit = "FRACTION"   // 0.0123 stands for 1.23 %
	UnitPerPerson Unit = "PER_PERSON" // an average per person reached
)

// Kind says how a metric behaves when days or entities are put together.
type Kind string

// The kinds.
const (
	KindAdditive         Kind = "ADDITIVE"           // sums add up
	KindRatio            Kind = "RATIO"              // worked out again from the sums of its parts
	KindNonAdditive      Kind = "NON_ADDITIVE"       // counted for the exact entity and window, or unknown
	KindNonAdditiveRatio Kind = "NON_ADDITIVE_RATIO" // a ratio with a part that does not add up
)

// Better says which direction is good news.
type Better string

// The directions.
const (
	BetterHigher  Better = "HIGHER"
	BetterLower   Better = "LOWER"
	BetterNeutral Better = "NEUTRAL"
)

// Metric describes one metric of the catalogue.
type Metric struct {
	Name        Name
	Field       string // of MetricValues
	Title       string
	Description string
	Unit        Unit
	Kind        Kind
	Better      Better
	// Attributed is true when an attribution window decides what counts.
	Attributed bool
	// Sum lists the measures that add up to the metric; ratios have none.
	Sum []Base
	// Numerator and Denominator are the parts of a ratio, which is
	// numerator / denominator * Scale and nil when the denominator is 0.
	Numerator, Denominator Name
	Scale                  int64
	bases                  Set
}

// catalogue is every metric; order is its order for people.
var catalogue, order = build() //nolint:gochecknoglobals // a constant table

// ByName returns the metric of a name.
func ByName(n Name) (*Metric, bool) {
	m, ok := catalogue[n]
	return m, ok
}

// ByField returns the metric of a field of MetricValues.
func ByField(field string) (*Metric, bool) {
	i := slices.IndexFunc(order, func(m Metric) bool { return m.Field == field })
	if i < 0 {
		return nil, false
	}
	return &order[i], true
}

// Catalogue returns every metric, in the order in which people read them.
func Catalogue() []Metric { return order }

// Bases returns the measures that the metric is made from.
func (m *Metric) Bases() Set { return m.bases }

func build() (map[Name]*Metric, []Metric) {
	names := []Name{
		NameSpend,
		NameImpressions,
		NamePaidImpressions,
		NameEarnedImpressions,
		NamePinClicks,
		NamePaidPinClicks,
		NameEarnedPinClicks,
		NameOutboundClicks,
		NameSaves,
		NameEngagements,
		NameReach,
		NameFrequency,
		NameVideoStarts,
		NameVideoViews2s,
		NameVideoViews3s,
		NameVideoPlays25,
		NameVideoPlays50,
		NameVideoPlays75,
		NameVideoPlays95,
		NameVideoCompletions,
		NameLeads,
		NameConversions,
		NamePageVisits,
		NameSignups,
		NameAddToCarts,
		NameCheckouts,
		NameCheckoutValue,
		NameCTR,
		NamePaidCTR,
		NameOutboundCTR,
		NameEngagementRate,
		NameSaveRate,
		NameCPC,
		NameCPM,
		NameCPE,
		NameCostPerOutboundClick,
		NameCPV,
		NameVideoCompletionRate,
		NameCostPerLead,
		NameCostPerCheckout,
		NameROAS,
		NameCheckoutConversionRate,
		NameAverageOrderValue,
	}
	defined := map[Name]Metric{
		NameSpend: {
			Field: "spend", Title: "Spend", Unit: UnitMoney, Kind: KindAdditive, Better: BetterNeutral, Sum: []Base{SpendMicros},
			Description: "Money spent on delivery, before tax.",
		},
		NameImpressions: {
			Field: "impressions", Title: "Impressions", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{ImpressionsPaid, ImpressionsEarned},
			Description: "Times an ad was shown, paid and earned together.",
		},
		NamePaidImpressions: {
			Field: "paidImpressions", Title: "Paid impressions", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{ImpressionsPaid},
			Description: "Times an ad was shown that were paid for.",
		},
		NameEarnedImpressions: {
			Field: "earnedImpressions", Title: "Earned impressions", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{ImpressionsEarned},
			Description: "Times a saved copy of an ad was shown, free of charge.",
		},
		NamePinClicks: {
			Field: "pinClicks", Title: "Pin clicks", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{ClicksPaid, ClicksEarned},
			Description: "Clicks on the Pin, paid and earned together.",
		},
		NamePaidPinClicks: {
			Field: "paidPinClicks", Title: "Paid Pin clicks", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{ClicksPaid},
			Description: "Clicks on the Pin that were paid for.",
		},
		NameEarnedPinClicks: {
			Field: "earnedPinClicks", Title: "Earned Pin clicks", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{ClicksEarned},
			Description: "Clicks on saved copies of the Pin, free of charge.",
		},
		NameOutboundClicks: {
			Field: "outboundClicks", Title: "Outbound clicks", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{OutboundClicksPaid, OutboundClicksEarned},
			Description: "Clicks that left for the advertiser's site, paid and earned together.",
		},
		NameSaves: {
			Field: "saves", Title: "Saves", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{SavesPaid, SavesEarned},
			Description: "Times a Pin was saved to a board, paid and earned together.",
		},
		NameEngagements: {
			Field: "engagements", Title: "Engagements", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{EngagementsPaid, EngagementsEarned},
			Description: "Clicks, saves and other actions on an ad, paid and earned together.",
		},
		NameReach: {
			Field: "reach", Title: "Reach", Unit: UnitPeople, Kind: KindNonAdditive, Better: BetterHigher, Sum: []Base{People},
			Description: "Distinct people who saw an ad. It does not add up over days or entities, so it is known only for single entities and for windows of 1, 7 and 30 days that were counted.",
		},
		NameFrequency: {
			Field: "frequency", Title: "Frequency", Unit: UnitPerPerson, Kind: KindNonAdditiveRatio, Better: BetterNeutral, Numerator: NameImpressions, Denominator: NameReach, Scale: 1,
			Description: "Impressions per person reached.",
		},
		NameVideoStarts: {
			Field: "videoStarts", Title: "Video starts", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoStarts},
			Description: "Video plays started.",
		},
		NameVideoViews2s: {
			Field: "videoViews2s", Title: "Video views (2 s, MRC)", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoViewsMRC},
			Description: "Video views of at least 2 seconds with half of the video in view (the MRC standard).",
		},
		NameVideoViews3s: {
			Field: "videoViews3s", Title: "Video views (3 s)", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoViews3s},
			Description: "Video views of at least 3 seconds.",
		},
		NameVideoPlays25: {
			Field: "videoPlays25", Title: "Video plays to 25 %", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoP25},
			Description: "Video plays that reached 25 % of the video's length.",
		},
		NameVideoPlays50: {
			Field: "videoPlays50", Title: "Video plays to 50 %", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoP50},
			Description: "Video plays that reached 50 % of the video's length.",
		},
		NameVideoPlays75: {
			Field: "videoPlays75", Title: "Video plays to 75 %", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoP75},
			Description: "Video plays that reached 75 % of the video's length.",
		},
		NameVideoPlays95: {
			Field: "videoPlays95", Title: "Video plays to 95 %", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoP95},
			Description: "Video plays that reached 95 % of the video's length.",
		},
		NameVideoCompletions: {
			Field: "videoCompletions", Title: "Video completions", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{VideoP100},
			Description: "Video plays that reached the end.",
		},
		NameLeads: {
			Field: "leads", Title: "Leads", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Sum: []Base{Leads},
			Description: "Lead forms sent.",
		},
		NameConversions: {
			Field: "conversions", Title: "Conversions", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Attributed: true, Sum: []Base{Conversions},
			Description: "Page visits, sign-ups, additions to cart and checkouts that attribution credits to ads.",
		},
		NamePageVisits: {
			Field: "pageVisits", Title: "Page visits", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Attributed: true, Sum: []Base{PageVisits},
			Description: "Page visits that attribution credits to ads.",
		},
		NameSignups: {
			Field: "signups", Title: "Sign-ups", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Attributed: true, Sum: []Base{Signups},
			Description: "Sign-ups that attribution credits to ads.",
		},
		NameAddToCarts: {
			Field: "addToCarts", Title: "Add to carts", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Attributed: true, Sum: []Base{AddToCarts},
			Description: "Additions to cart that attribution credits to ads.",
		},
		NameCheckouts: {
			Field: "checkouts", Title: "Checkouts", Unit: UnitCount, Kind: KindAdditive, Better: BetterHigher, Attributed: true, Sum: []Base{Checkouts},
			Description: "Checkouts that attribution credits to ads.",
		},
		NameCheckoutValue: {
			Field: "checkoutValue", Title: "Checkout value", Unit: UnitMoney, Kind: KindAdditive, Better: BetterHigher, Attributed: true, Sum: []Base{CheckoutValueMicros},
			Description: "Order value of the credited checkouts.",
		},
		NameCTR: {
			Field: "ctr", Title: "CTR", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Numerator: NamePinClicks, Denominator: NameImpressions, Scale: 1,
			Description: "Click-through rate: Pin clicks per impression.",
		},
		NamePaidCTR: {
			Field: "paidCtr", Title: "Paid CTR", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Numerator: NamePaidPinClicks, Denominator: NamePaidImpressions, Scale: 1,
			Description: "Click-through rate of paid delivery: paid Pin clicks per paid impression.",
		},
		NameOutboundCTR: {
			Field: "outboundCtr", Title: "Outbound CTR", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Numerator: NameOutboundClicks, Denominator: NameImpressions, Scale: 1,
			Description: "Outbound clicks per impression.",
		},
		NameEngagementRate: {
			Field: "engagementRate", Title: "Engagement rate", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Numerator: NameEngagements, Denominator: NameImpressions, Scale: 1,
			Description: "Engagements per impression.",
		},
		NameSaveRate: {
			Field: "saveRate", Title: "Save rate", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Numerator: NameSaves, Denominator: NameImpressions, Scale: 1,
			Description: "Saves per impression.",
		},
		NameCPC: {
			Field: "cpc", Title: "CPC", Unit: UnitMoney, Kind: KindRatio, Better: BetterLower, Numerator: NameSpend, Denominator: NamePinClicks, Scale: 1,
			Description: "Cost per click: spend per Pin click.",
		},
		NameCPM: {
			Field: "cpm", Title: "CPM", Unit: UnitMoney, Kind: KindRatio, Better: BetterLower, Numerator: NameSpend, Denominator: NamePaidImpressions, Scale: 1000,
			Description: "Cost per mille: spend per thousand paid impressions.",
		},
		NameCPE: {
			Field: "cpe", Title: "Cost per engagement", Unit: UnitMoney, Kind: KindRatio, Better: BetterLower, Numerator: NameSpend, Denominator: NameEngagements, Scale: 1,
			Description: "Cost per engagement.",
		},
		NameCostPerOutboundClick: {
			Field: "costPerOutboundClick", Title: "Cost per outbound click", Unit: UnitMoney, Kind: KindRatio, Better: BetterLower, Numerator: NameSpend, Denominator: NameOutboundClicks, Scale: 1,
			Description: "Spend per outbound click.",
		},
		NameCPV: {
			Field: "cpv", Title: "Cost per video view", Unit: UnitMoney, Kind: KindRatio, Better: BetterLower, Numerator: NameSpend, Denominator: NameVideoViews2s, Scale: 1,
			Description: "Cost per view: spend per 2-second video view.",
		},
		NameVideoCompletionRate: {
			Field: "videoCompletionRate", Title: "Video completion rate", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Numerator: NameVideoCompletions, Denominator: NameVideoStarts, Scale: 1,
			Description: "Completed plays per started play.",
		},
		NameCostPerLead: {
			Field: "costPerLead", Title: "Cost per lead", Unit: UnitMoney, Kind: KindRatio, Better: BetterLower, Numerator: NameSpend, Denominator: NameLeads, Scale: 1,
			Description: "Spend per lead.",
		},
		NameCostPerCheckout: {
			Field: "costPerCheckout", Title: "Cost per checkout", Unit: UnitMoney, Kind: KindRatio, Better: BetterLower, Attributed: true, Numerator: NameSpend, Denominator: NameCheckouts, Scale: 1,
			Description: "Spend per credited checkout.",
		},
		NameROAS: {
			Field: "roas", Title: "ROAS (checkout)", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Attributed: true, Numerator: NameCheckoutValue, Denominator: NameSpend, Scale: 1,
			Description: "Return on ad spend: value of credited checkouts per unit of money spent.",
		},
		NameCheckoutConversionRate: {
			Field: "checkoutConversionRate", Title: "Checkout conversion rate", Unit: UnitFraction, Kind: KindRatio, Better: BetterHigher, Attributed: true, Numerator: NameCheckouts, Denominator: NamePinClicks, Scale: 1,
			Description: "Credited checkouts per Pin click.",
		},
		NameAverageOrderValue: {
			Field: "averageOrderValue", Title: "Average order value", Unit: UnitMoney, Kind: KindRatio, Better: BetterHigher, Attributed: true, Numerator: NameCheckoutValue, Denominator: NameCheckouts, Scale: 1,
			Description: "Value per credited checkout.",
		},
	}
	list, byName := make([]Metric, len(names)), make(map[Name]*Metric, len(names))
	for i, name := range names {
		list[i] = defined[name]
		list[i].Name = name
		list[i].bases = Of(list[i].Sum...)
		byName[name] = &list[i]
	}
	for i := range list {
		if m := &list[i]; m.Numerator != "" {
			m.bases = byName[m.Numerator].bases | byName[m.Denominator].bases
		}
	}
	return byName, list
}

// NumeratorOrNil returns what a ratio divides, or nil for other kinds.
func (m *Metric) NumeratorOrNil() *Name { return nameOrNil(m.Numerator) }

// DenominatorOrNil returns what a ratio divides by, or nil for other kinds.
func (m *Metric) DenominatorOrNil() *Name { return nameOrNil(m.Denominator) }

// ScaleOrNil returns what a ratio is multiplied by, or nil for other kinds.
func (m *Metric) ScaleOrNil() *int {
	if m.Numerator == "" {
		return nil
	}
	scale := int(m.Scale)
	return &scale
}

func nameOrNil(n Name) *Name {
	if n == "" {
		return nil
	}
	return &n
}

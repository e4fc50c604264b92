package ads

import "slices"

// The objectives.
const (
	ObjectiveAwareness       CampaignObjective = "AWARENESS"
	ObjectiveConsideration   CampaignObjective = "CONSIDERATION"
	ObjectiveWebConversion   CampaignObjective = "WEB_CONVERSION"
	ObjectiveCatalogSales    CampaignObjective = "CATALOG_SALES"
	ObjectiveVideoCompletion CampaignObjective = "VIDEO_COMPLETION"
)

// What can be paid for.
const (
	BillClick      BillableEvent = "CLICKTHROUGH"
	BillImpression BillableEvent = "IMPRESSION"
	BillVideoView  BillableEvent = "VIDEO_V_50_MRC"
)

// PacingStandard spreads a budget evenly.
const PacingStandard Pacing = "STANDARD"

// ObjectiveOptions is what an objective leaves to choose.
type ObjectiveOptions struct {
	Objective CampaignObjective
	// CanHoldBudget tells whether the campaign may hold the budget.
	CanHoldBudget bool
	// BillableEvents holds at least one; the first is the default.
	BillableEvents []BillableEvent
	// BidStrategies holds at least one; the first is the default.
	BidStrategies []BidStrategy
	CreativeTypes []CreativeType
	// NeedsDestination tells whether ads must lead somewhere.
	NeedsDestination bool
}

// Options returns what each objective leaves to choose.
func Options() []ObjectiveOptions {
	anyBid := []BidStrategy{BidAutomatic, "MAX_BID", "TARGET_AVG"}
	pictures := []CreativeType{"REGULAR", "VIDEO", "MAX_VIDEO", "CAROUSEL", "COLLECTION", "IDEA", "SHOWCASE", "QUIZ", "COLLAGE"}
	return []ObjectiveOptions{
		{ObjectiveAwareness, true, []BillableEvent{BillImpression}, anyBid, pictures, false},
		{ObjectiveConsideration, true, []BillableEvent{BillClick}, anyBid, pictures, false},
		{ObjectiveWebConversion, true, []BillableEvent{BillImpression, BillClick}, anyBid, pictures, true},
		{ObjectiveCatalogSales, true, []BillableEvent{BillClick}, anyBid, []CreativeType{"SHOPPING", "COLLECTION", "CAROUSEL"}, true},
		{ObjectiveVideoCompletion, false, []BillableEvent{BillVideoView}, []BidStrategy{BidAutomatic}, []CreativeType{"VIDEO", "MAX_VIDEO"}, false},
	}
}

// OptionsOf returns what an objective leaves to choose.
func OptionsOf(objective CampaignObjective) ObjectiveOptions {
	options := Options()
	i := slices.IndexFunc(options, func(o ObjectiveOptions) bool { return o.Objective == objective })
	if i < 0 {
		return ObjectiveOptions{}
	}
	return options[i]
}

// FloorFormats is the creative types that have bid floors of their own; the empty
// one stands for all others.
func FloorFormats() []CreativeType { return []CreativeType{"", "MAX_VIDEO"} }

// FloorOf returns the lowest bid in a currency, in micros, for what is paid for
// and the format shown. Where no floor is published it is the currency's smallest
// unit. The figures are those of the help pages of Pinterest's advertising.
func FloorOf(currency string, event BillableEvent, format CreativeType) int64 {
	floors := map[string]struct{ click, thousand, wideVideo int64 }{
		"USD": {100_000, 2_000_000, 6_000_000}, "GBP": {70_000, 1_400_000, 0}, "CAD": {100_000, 2_000_000, 0},
		"EUR": {50_000, 1_000_000, 0}, "AUD": {100_000, 2_100_000, 0}, "NZD": {110_000, 2_200_000, 0},
	}[currency]
	floor := int64(0)
	switch {
	case event == BillClick:
		floor = floors.click
	case event == BillImpression && format == "MAX_VIDEO":
		floor = max(floors.wideVideo, floors.thousand)
	case event == BillImpression:
		floor = floors.thousand
	}
	return max(floor, smallestUnit(currency))
}

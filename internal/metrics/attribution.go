package metrics

import (
	"slices"

	"adsgraph/internal/fault"
)

// ReportTime is the day a conversion counts on.
type ReportTime string

// The report times.
const (
	// AdAction counts a conversion on the day of the ad action that led to it, so
	// that past days grow while conversions come in.
	AdAction ReportTime = "AD_ACTION"
	// Conversion counts a conversion on its own day.
	Conversion ReportTime = "CONVERSION"
)

// MaxLagDays is the most days between an ad action and its conversion.
const MaxLagDays = 60

// Attribution says which conversions count: those within so many days of an ad
// action.
type Attribution struct {
	ClickWindowDays      int
	EngagementWindowDays int
	ViewWindowDays       int
	ReportTime           ReportTime
}

// DefaultAttribution is the windows that the stored conversion measures count.
func DefaultAttribution() Attribution { return Attribution{30, 30, 1, AdAction} }

// windows is the combinations of click, engagement and view window that ads
// platforms report, as far as they are known.
func windows() [][3]int {
	return [][3]int{
		{60, 60, 60},
		{60, 60, 30},
		{60, 60, 7},
		{60, 60, 1},
		{60, 30, 30},
		{60, 30, 7},
		{60, 30, 1},
		{60, 7, 7},
		{60, 7, 1},
		{60, 1, 1},
		{30, 60, 1},
		{30, 30, 30},
		{30, 30, 7},
		{30, 30, 1},
		{30, 7, 7},
		{30, 7, 1},
		{30, 1, 1},
		{7, 7, 7},
		{7, 7, 1},
		{7, 1, 1},
		{1, 1, 1},
	}
}

// Check reports a combination of windows that nobody counts.
func (a Attribution) Check() error {
	if slices.Contains(windows(), [3]int{a.ClickWindowDays, a.EngagementWindowDays, a.ViewWindowDays}) {
		return nil
	}
	return fault.New(fault.Invalid, "There is no attribution of %d days after a click, %d after an engagement and %d after a view. "+
		"Windows are 1, 7, 30 or 60 days, click at least engagement at least view, such as 30, 30, 1 or 7, 7, 1.",
		a.ClickWindowDays, a.EngagementWindowDays, a.ViewWindowDays).In("attribution")
}

// Attributed is the measures that attribution decides.
const Attributed = Set(1<<Conversions | 1<<PageVisits | 1<<Signups | 1<<AddToCarts | 1<<Checkouts | 1<<CheckoutValueMicros)

package metrics

import (
	"slices"
	"strings"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// Dimension is what numbers can be broken down by.
type Dimension string

// The dimensions.
const (
	ByAge          Dimension = "AGE"
	ByGender       Dimension = "GENDER"
	ByCountry      Dimension = "COUNTRY"
	ByRegion       Dimension = "REGION"
	ByDevice       Dimension = "DEVICE"
	ByPlacement    Dimension = "PLACEMENT"
	ByKeyword      Dimension = "KEYWORD"
	ByInterest     Dimension = "INTEREST"
	ByCreativeType Dimension = "CREATIVE_TYPE"
	ByObjective    Dimension = "OBJECTIVE"
	ByDay          Dimension = "DAY"
)

// BreakdownDays is how many days, with today, the numbers are kept by age,
// gender, country, region, device, placement, keyword and interest: enough to
// compare the last 30 days with those before.
const BreakdownDays = 62

// BreakdownSupport says what a dimension can break down.
type BreakdownSupport struct {
	Dimension Dimension
	// Levels are the kinds of entities whose numbers can be broken down.
	Levels []ads.Level
	// IsPartition tells whether the parts, with what is of unknown value, add up
	// to the total. Parts of other dimensions overlap.
	IsPartition bool
	// AnyAttribution tells whether conversions are known for every attribution,
	// not only for the default one.
	AnyAttribution bool
	// DaysKept is how many days, with today, are kept; nil for all.
	DaysKept *int
	measures Set
}

// DeliveredByViewer is the measures that are kept by who saw an ad and where, and
// by keyword; checkouts and their value under the default attribution.
const DeliveredByViewer = Set(1<<SpendMicros | 1<<ImpressionsPaid | 1<<ImpressionsEarned | 1<<ClicksPaid | 1<<ClicksEarned |
	1<<OutboundClicksPaid | 1<<OutboundClicksEarned | 1<<SavesPaid | 1<<SavesEarned | 1<<EngagementsPaid | 1<<EngagementsEarned |
	1<<Checkouts | 1<<CheckoutValueMicros)

// additive is the measures that add up: all but people.
const additive = Set(1<<People - 1)

var breakdownSupports = makeBreakdownSupports() //nolint:gochecknoglobals // a constant table

func makeBreakdownSupports() []BreakdownSupport {
	down := func(n int) []ads.Level {
		return []ads.Level{ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd}[:n]
	}
	days := BreakdownDays
	viewer := func(d Dimension, isPartition bool) BreakdownSupport {
		return BreakdownSupport{Dimension: d, Levels: down(3), IsPartition: isPartition, DaysKept: &days, measures: DeliveredByViewer}
	}
	entity := func(d Dimension, levels int) BreakdownSupport {
		return BreakdownSupport{Dimension: d, Levels: down(levels), IsPartition: true, AnyAttribution: true, measures: additive}
	}
	return []BreakdownSupport{
		viewer(ByAge, true), viewer(ByGender, true), viewer(ByCountry, true), viewer(ByRegion, true), viewer(ByDevice, true),
		viewer(ByPlacement, true), viewer(ByKeyword, false), viewer(ByInterest, false),
		entity(ByCreativeType, 3), entity(ByObjective, 1), entity(ByDay, 4),
	}
}

// BreakdownBy returns what a dimension can break down, nil for one that does
// not exist.
func BreakdownBy(d Dimension) *BreakdownSupport {
	i := slices.IndexFunc(breakdownSupports, func(s BreakdownSupport) bool { return s.Dimension == d })
	if i < 0 {
		return nil
	}
	return &breakdownSupports[i]
}

// Breakdowns returns the dimensions that the metric can be broken down by; none
// for metrics of people.
func (m *Metric) Breakdowns() []BreakdownSupport {
	list := []BreakdownSupport{}
	for i := range breakdownSupports {
		if breakdownSupports[i].keeps(m) {
			list = append(list, breakdownSupports[i])
		}
	}
	return list
}

func (s *BreakdownSupport) keeps(m *Metric) bool { return m.Bases()&^s.measures == 0 }

// Check reports what keeps metrics of entities of a level from being broken
// down, as UNSUPPORTED with what is possible instead.
func (s *BreakdownSupport) Check(level ads.Level, names []Name, a Attribution) error {
	conflict := func(format string, args ...any) error {
		return fault.New(fault.Unsupported, format, args...).In("by")
	}
	if !slices.Contains(s.Levels, level) {
		return conflict("%s cannot be broken down by %s at level %s, only at %s.", listed(names), s.Dimension, level, listed(s.Levels))
	}
	var illegal []string
	var attributed []Name
	for _, name := range names {
		m, ok := ByName(name)
		if !ok {
			continue
		}
		if !s.keeps(m) {
			illegal = append(illegal, string(name)+" cannot be broken down by "+string(s.Dimension)+" at level "+string(level)+", "+alternatives(m, level)+".")
		}
		if m.Bases()&Attributed != 0 {
			attributed = append(attributed, name)
		}
	}
	if len(illegal) > 0 {
		return conflict("%s", strings.Join(illegal, " "))
	}
	if len(attributed) > 0 && !s.AnyAttribution && a != DefaultAttribution() {
		m, _ := ByName(attributed[0])
		var free []Dimension
		for _, other := range m.Breakdowns() {
			if other.AnyAttribution && slices.Contains(other.Levels, level) {
				free = append(free, other.Dimension)
			}
		}
		return conflict("%s by %s at level %s can be had with the default attribution only. With another one they can be broken down by %s.",
			listed(attributed), s.Dimension, level, listed(free))
	}
	return nil
}

// alternatives says what a metric can be broken down by at a level.
func alternatives(m *Metric, level ads.Level) string {
	var by []Dimension
	for _, s := range m.Breakdowns() {
		if slices.Contains(s.Levels, level) {
			by = append(by, s.Dimension)
		}
	}
	if len(by) == 0 {
		return "nor by anything else"
	}
	return "only by " + listed(by)
}

// CheckDays reports days of a window that are not kept any more, given the
// advertiser's today.
func (s *BreakdownSupport) CheckDays(w Window, today ads.Day) error {
	if s.DaysKept == nil {
		return nil
	}
	first := today.Add(1 - *s.DaysKept)
	switch {
	case w.From < first:
		return fault.New(fault.BeyondRetention, "The numbers by %s are kept from %s on; the range begins on %s.", s.Dimension, first, w.From).In("dates")
	case w.Compares() && w.Previous.From < first:
		return fault.New(fault.BeyondRetention, "The numbers by %s are kept from %s on; the earlier range begins on %s.", s.Dimension, first, w.Previous.From).In("compareTo")
	}
	return nil
}

// listed puts names into words; no names stand for any number.
func listed[S ~string](names []S) string {
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = string(n)
	}
	if len(words) == 0 {
		return "Numbers"
	}
	return strings.Join(words, ", ")
}

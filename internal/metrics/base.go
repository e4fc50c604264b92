// Package metrics says what can be measured: the stored measures, the metrics
// made from them, and the dates a report covers. It does no I/O.
package metrics

import "math/bits"

// Base is a measure that is stored per entity and day, and that adds up over
// days and entities.
type Base uint8

// The stored measures, in the order of the columns of the day tables.
const (
	SpendMicros Base = iota
	ImpressionsPaid
	ImpressionsEarned
	ClicksPaid
	ClicksEarned
	OutboundClicksPaid
	OutboundClicksEarned
	SavesPaid
	SavesEarned
	EngagementsPaid
	EngagementsEarned
	VideoStarts
	VideoViewsMRC
	VideoViews3s
	VideoP25
	VideoP50
	VideoP75
	VideoP95
	VideoP100
	WatchMs
	Leads
	Conversions
	PageVisits
	Signups
	AddToCarts
	Checkouts
	CheckoutValueMicros
	// People is reach: distinct people. It is not in the day tables, does not
	// add up, and is known for few windows only; see Unknown.
	People
	baseCount
)

// Unknown stands for People where no correct figure exists.
const Unknown = -1

// DayColumns names the columns of the day tables, indexed by Base; People has
// none.
var DayColumns = [People]string{ //nolint:gochecknoglobals // a constant table
	"spend_micros", "impressions_paid", "impressions_earned", "clicks_paid", "clicks_earned",
	"outbound_clicks_paid", "outbound_clicks_earned", "saves_paid", "saves_earned", "engagements_paid",
	"engagements_earned", "video_starts", "video_views_mrc", "video_views_3s", "video_p25", "video_p50",
	"video_p75", "video_p95", "video_p100", "watch_ms", "leads", "conversions", "page_visits", "signups",
	"add_to_carts", "checkouts", "checkout_value_micros",
}

// Set is a set of measures.
type Set uint64

// Of returns the set of the given measures.
func Of(bases ...Base) Set {
	var s Set
	for _, b := range bases {
		s |= 1 << b
	}
	return s
}

// Has tells whether b is in the set.
func (s Set) Has(b Base) bool { return s&(1<<b) != 0 }

// Bases returns the measures in the set, in order.
func (s Set) Bases() []Base {
	list := make([]Base, 0, bits.OnesCount64(uint64(s)))
	for b := range baseCount {
		if s.Has(b) {
			list = append(list, b)
		}
	}
	return list
}

// Frame says which measures a row of numbers holds, at which position, and in
// which currency its money is. Rows of one report share a frame.
type Frame struct {
	Currency string
	Bases    []Base
	position [baseCount]int8
	// withheld is why reach has no value in a row that does not know it; empty
	// for rows that put several entities or days together.
	withheld NullReason
}

// NewFrame returns the frame of rows that hold the measures of s, in order.
func NewFrame(s Set, currency string) *Frame {
	f := &Frame{Currency: currency, Bases: s.Bases()}
	for b := range f.position {
		f.position[b] = -1
	}
	for i, b := range f.Bases {
		f.position[b] = int8(i)
	}
	return f
}

// Values is a row of measures: of an entity, of a day, of a whole set. Metrics
// are worked out from it, so a ratio is always a ratio of sums.
type Values struct {
	Frame *Frame
	// Sums holds one sum per measure of the frame.
	Sums []int64
}

// Zero returns the values of nothing: every measure 0, reach unknown.
func (f *Frame) Zero() Values {
	v := Values{f, make([]int64, len(f.Bases))}
	if p := f.position[People]; p >= 0 {
		v.Sums[p] = Unknown
	}
	return v
}

// sum returns a measure, or 0 for one that the frame does not hold.
func (v Values) sum(b Base) int64 {
	if p := v.Frame.position[b]; p >= 0 {
		return v.Sums[p]
	}
	return 0
}

package ads

import "time"

// The vocabularies of conversion tags.
type (
	TagStatus     string // ACTIVE, PAUSED, ARCHIVED
	EnhancedMatch string // UNKNOWN, NOT_VALIDATED, VALIDATING_IN_PROGRESS, VALIDATION_COMPLETE
	EventQuality  string // NEEDS_IMPROVEMENT, FAIR, GOOD
	TagEventType  string // PAGE_VISIT, CHECKOUT, …
	EventSource   string // TAG, CONVERSIONS_API, MMP
)

// ConversionTag is what an advertiser's site reports events with.
type ConversionTag struct {
	Advertiser *Advertiser
	ID         int64
	Name       string
	Status     TagStatus
	// LastFiredAt is nil before its first event.
	LastFiredAt   *time.Time
	EnhancedMatch EnhancedMatch
	// Quality is nil while there are too few events to tell.
	Quality   *EventQuality
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Ref returns the tag's id as clients know it.
func (t *ConversionTag) Ref() Ref { return Ref{LevelConversionTag, t.Advertiser.ID, t.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*ConversionTag) IsNode() {}

// TagEvents is the events of one type from one source over some days.
type TagEvents struct {
	Type   TagEventType
	Source EventSource
	EventCount
	Days []TagEventDay
}

// TagEventDay is the events of one day.
type TagEventDay struct {
	Day Day
	EventCount
}

// EventCount is a number of events, and how many of them name a person who is
// known.
type EventCount struct{ Events, MatchedEvents int64 }

// MatchShare returns the share of events that name a person who is known, nil
// without events.
func (c EventCount) MatchShare() *float64 {
	if c.Events == 0 {
		return nil
	}
	share := float64(c.MatchedEvents) / float64(c.Events)
	return &share
}

// MaxTagDays is the most days of events that one read covers.
const MaxTagDays = 14

// Add counts n events of a day, given by its place among the days.
func (e *TagEvents) Add(day int, n EventCount) {
	for _, c := range []*EventCount{&e.EventCount, &e.Days[day].EventCount} {
		c.Events += n.Events
		c.MatchedEvents += n.MatchedEvents
	}
}

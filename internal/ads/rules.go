package ads

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"
)

// Settings is what people set of a campaign, ad group or ad, and what the rules
// need to know around it. Ad groups and ads have no part of what campaigns have,
// and the other way round.
type Settings struct {
	Level   Level
	ID      int64
	Version int
	// Name is nil for an ad without one.
	Name   *string
	Status EntityStatus
	// BudgetType is empty where there is no budget to set: for ads, and for
	// campaigns whose ad groups hold it.
	BudgetType   BudgetType
	BudgetMicros *int64
	BidStrategy  BidStrategy
	BidMicros    *int64
	StartAt      *time.Time
	EndAt        *time.Time

	// CampaignID is the campaign that it is, or belongs to.
	CampaignID int64
	// The parent's, of ad groups and ads.
	ParentStatus EntityStatus
	ParentStart  *time.Time
	ParentEnd    *time.Time
}

// Patch is a wanted change of Settings: what is not set stays.
type Patch struct {
	ID      int64
	Version int
	Name    Optional[string]
	Status  Optional[EntityStatus]
	Budget  Optional[int64] // micros
	Bid     Optional[int64] // micros
	StartAt Optional[time.Time]
	EndAt   Optional[time.Time]
}

// Optional is a value that may be left out, which is not the same as null.
type Optional[T any] struct {
	IsSet bool
	Value *T // nil for null
}

// ProblemCode says, for programs, which rule a change breaks.
type ProblemCode string

// The codes of problems.
const (
	ProblemNotFound       ProblemCode = "NOT_FOUND"
	ProblemDuplicate      ProblemCode = "DUPLICATE_ID"
	ProblemStale          ProblemCode = "STALE_VERSION"
	ProblemNothing        ProblemCode = "NOTHING_TO_CHANGE"
	ProblemRequired       ProblemCode = "REQUIRED"
	ProblemNotAllowed     ProblemCode = "NOT_ALLOWED"
	ProblemName           ProblemCode = "NAME_INVALID"
	ProblemStatus         ProblemCode = "STATUS_NOT_ALLOWED"
	ProblemFinal          ProblemCode = "FINAL_STATUS"
	ProblemParentArchived ProblemCode = "PARENT_ARCHIVED"
	ProblemAmount         ProblemCode = "AMOUNT_INVALID"
	ProblemScheduleOrder  ProblemCode = "SCHEDULE_ORDER"
	ProblemSchedulePast   ProblemCode = "SCHEDULE_PAST"
	ProblemOutsideParent  ProblemCode = "SCHEDULE_OUTSIDE_PARENT"
	ProblemEndRequired    ProblemCode = "END_REQUIRED"
)

// Problem is a rule that a change breaks.
type Problem struct {
	Code ProblemCode
	// Field is that of the input at fault, empty for all of it.
	Field   string
	Message string
	// Params fill in what the message says, for messages in other languages.
	Params map[string]any
}

// MaxMicros is the largest amount of a budget or bid: a hundred million units.
const MaxMicros = 100_000_000 * 1_000_000

// MaxNameLength is the most characters of a name.
const MaxNameLength = 255

// Apply returns the settings with a patch, and which rules it breaks. currency is
// the advertiser's, now the present.
//
// Amounts are positive and whole in the currency's smallest unit. Dates must be in
// their order and, where they change, not in the past; those of an ad group lie
// within its campaign's.
func (s Settings) Apply(p Patch, currency string, now time.Time) (Settings, []Problem) {
	c := checker{after: s}
	if !p.Name.IsSet && !p.Status.IsSet && !p.Budget.IsSet && !p.Bid.IsSet && !p.StartAt.IsSet && !p.EndAt.IsSet {
		c.add(ProblemNothing, "", nil, "Nothing is to be changed: give at least one field besides id and version.")
		return s, c.problems
	}
	if s.Status == StatusArchived || s.Status == StatusDeletedDraft {
		c.add(ProblemFinal, "", map[string]any{"status": s.Status}, "It is %s, which is final: nothing can be changed any more.", s.Status)
		return s, c.problems
	}
	if p.Name.IsSet {
		c.name(p.Name.Value)
	}
	if p.Status.IsSet {
		c.status(s, p.Status.Value)
	}
	if p.Budget.IsSet {
		c.budget(s, p.Budget.Value, currency)
	}
	if p.Bid.IsSet {
		c.bid(s, p.Bid.Value, currency)
	}
	c.schedule(s, p, now)
	return c.after, c.problems
}

// checker collects what is wrong while it applies a patch.
type checker struct {
	after    Settings
	problems []Problem
}

func (c *checker) add(code ProblemCode, field string, params map[string]any, format string, args ...any) {
	c.problems = append(c.problems, Problem{code, field, fmt.Sprintf(format, args...), params})
}

func (c *checker) name(name *string) {
	switch {
	case name == nil && c.after.Level == LevelAd:
		c.after.Name = nil
		return
	case name == nil:
		c.add(ProblemRequired, "name", nil, "A name cannot be taken away.")
		return
	}
	switch n := utf8.RuneCountInString(*name); {
	case n < 1 || n > MaxNameLength:
		c.add(ProblemName, "name", map[string]any{"length": n, "max": MaxNameLength}, "A name has 1 to %d characters, not %d.", MaxNameLength, n)
	case !isPlain(*name):
		c.add(ProblemName, "name", nil, "A name has no control characters, and more than spaces.")
	default:
		c.after.Name = name
	}
}

// isPlain tells whether a text can be shown in one line and seen.
func isPlain(s string) bool {
	visible := false
	for _, r := range s {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return false
		}
		visible = visible || !unicode.IsSpace(r)
	}
	return visible
}

// status follows the table of transitions: what is archived or thrown away stays
// so, and a draft is published as a whole and not by its status.
func (c *checker) status(s Settings, to *EntityStatus) {
	if to == nil {
		c.add(ProblemRequired, "status", nil, "A status cannot be taken away.")
		return
	}
	params := map[string]any{"from": s.Status, "to": *to}
	switch {
	case *to == s.Status:
	case s.Status == StatusDraft && *to == StatusDeletedDraft,
		s.Status == StatusActive && (*to == StatusPaused || *to == StatusArchived),
		s.Status == StatusPaused && *to == StatusArchived:
		c.after.Status = *to
	case s.Status == StatusPaused && *to == StatusActive:
		if s.ParentStatus == StatusArchived {
			c.add(ProblemParentArchived, "status", params, "It cannot be resumed: what it belongs to is archived.")
			return
		}
		c.after.Status = *to
	case s.Status == StatusDraft:
		c.add(ProblemStatus, "status", params, "A draft cannot be set to %s here: it can be published, or thrown away with DELETED_DRAFT.", *to)
	default:
		c.add(ProblemStatus, "status", params, "It is %s and cannot become %s.", s.Status, *to)
	}
}

func (c *checker) budget(s Settings, micros *int64, currency string) {
	switch {
	case s.BudgetType == "" || s.BudgetType == BudgetShared:
		c.add(ProblemNotAllowed, "budgetMicros", nil, "%s", map[Level]string{
			LevelCampaign: "Its ad groups hold the budgets; set theirs.", LevelAdGroup: "Its campaign holds the budget; set that.",
		}[s.Level])
	case micros == nil:
		c.add(ProblemRequired, "budgetMicros", nil, "A budget cannot be taken away.")
	case c.amount("budgetMicros", *micros, currency):
		c.after.BudgetMicros = micros
	}
}

func (c *checker) bid(s Settings, micros *int64, currency string) {
	switch automatic := s.BidStrategy == BidAutomatic; {
	case micros == nil && automatic:
	case micros == nil:
		c.add(ProblemRequired, "bidMicros", map[string]any{"strategy": s.BidStrategy}, "The bid strategy %s needs a bid.", s.BidStrategy)
	case automatic:
		c.add(ProblemNotAllowed, "bidMicros", map[string]any{"strategy": s.BidStrategy}, "The system bids: the bid strategy is %s.", s.BidStrategy)
	case c.amount("bidMicros", *micros, currency):
		c.after.BidMicros = micros
	}
}

func (c *checker) amount(field string, micros int64, currency string) bool {
	unit := smallestUnit(currency)
	params := map[string]any{"micros": fmt.Sprint(micros), "unit": fmt.Sprint(unit), "max": fmt.Sprint(int64(MaxMicros)), "currency": currency}
	switch {
	case micros <= 0 || micros > MaxMicros:
		c.add(ProblemAmount, field, params, "An amount is more than 0 and at most %s %s.", Money{Micros(MaxMicros), currency}.Amount(), currency)
	case micros%unit != 0:
		c.add(ProblemAmount, field, params, "The smallest unit of %s is %s.", currency, Money{Micros(unit), currency}.Amount())
	default:
		return true
	}
	return false
}

// schedule checks the dates that a patch sets, against each other and the
// parent's.
func (c *checker) schedule(s Settings, p Patch, now time.Time) {
	if !p.StartAt.IsSet && !p.EndAt.IsSet {
		return
	}
	if p.StartAt.IsSet {
		c.after.StartAt = p.StartAt.Value
		if at := p.StartAt.Value; at != nil && at.Before(now) && (s.StartAt == nil || !at.Equal(*s.StartAt)) {
			c.add(ProblemSchedulePast, "startAt", nil, "The start lies in the past.")
		}
	}
	if p.EndAt.IsSet {
		c.after.EndAt = p.EndAt.Value
		switch at := p.EndAt.Value; {
		case at == nil && s.BudgetType == BudgetLifetime:
			c.add(ProblemEndRequired, "endAt", nil, "A lifetime budget needs an end.")
		case at != nil && !at.After(now) && (s.EndAt == nil || !at.Equal(*s.EndAt)):
			c.add(ProblemSchedulePast, "endAt", nil, "The end lies in the past; pause it to stop it now.")
		}
	}
	start, end := c.after.StartAt, c.after.EndAt
	if start != nil && end != nil && !end.After(*start) {
		c.add(ProblemScheduleOrder, "endAt", nil, "The end must come after the start.")
	}
	if p.StartAt.IsSet && start != nil && s.ParentStart != nil && start.Before(*s.ParentStart) {
		c.add(ProblemOutsideParent, "startAt", map[string]any{"from": s.ParentStart.UTC()}, "It cannot start before its campaign does.")
	}
	if s.ParentEnd != nil && (p.EndAt.IsSet && end != nil && end.After(*s.ParentEnd) || p.StartAt.IsSet && start != nil && !start.Before(*s.ParentEnd)) {
		c.add(ProblemOutsideParent, "endAt", map[string]any{"to": s.ParentEnd.UTC()}, "It cannot go on after its campaign has ended.")
	}
}

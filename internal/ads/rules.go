package ads

import (
	"fmt"
	"net/url"
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
	// Objective is the campaign's, also of what is below it.
	Objective CampaignObjective
	// BudgetType is empty where there is no budget to set: for ads, and for
	// campaigns whose ad groups hold it.
	BudgetType   BudgetType
	BudgetMicros *int64
	// IsCBO tells whether the campaign holds the budget of its ad groups.
	IsCBO bool
	// BidStrategy is empty for none.
	BidStrategy   BidStrategy
	BidMicros     *int64
	BillableEvent BillableEvent
	Pacing        Pacing
	Placement     Placement
	// Targeting is as it is stored, with the audiences in it if it is to change.
	Targeting        JSON
	Include, Exclude []Ref
	StartAt          *time.Time
	EndAt            *time.Time
	// Pin is what an ad shows; its id alone is known unless the pin was looked up.
	Pin            Pin
	DestinationURL *string
	Review         ReviewStatus

	// Advertiser is the account's id.
	Advertiser int64
	// CampaignID is the campaign that it is, or belongs to, AdGroupID the ad group.
	CampaignID int64
	AdGroupID  int64
	// The parent's, of ad groups and ads; the bid is that of an ad's ad group.
	ParentStatus EntityStatus
	ParentBid    *int64
	ParentStart  *time.Time
	ParentEnd    *time.Time
	// AdGroups is the number of ad groups of a campaign that are neither archived nor
	// thrown away.
	AdGroups int
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
	ProblemDraftOnly      ProblemCode = "DRAFT_ONLY"
	ProblemOption         ProblemCode = "OPTION_NOT_ALLOWED"
	ProblemBidFloor       ProblemCode = "BID_BELOW_FLOOR"
	ProblemURL            ProblemCode = "URL_INVALID"
	ProblemTargeting      ProblemCode = "TARGETING_INVALID"
	ProblemTooMany        ProblemCode = "TOO_MANY_AD_GROUPS"
	ProblemChildRequired  ProblemCode = "CHILD_REQUIRED"
	ProblemParent         ProblemCode = "PARENT_INVALID"
	ProblemPlanStale      ProblemCode = "PLAN_STALE"
	ProblemDate           ProblemCode = "DATE_INVALID"
)

// Problem is a rule that a change breaks.
type Problem struct {
	Code ProblemCode
	// Field is that of the input at fault, empty for all of it; what is within it is
	// separated by dots.
	Field   string
	Message string
	// Params fill in what the message says, for messages in other languages.
	Params map[string]any
}

// MaxMicros is the largest amount of a budget or bid: a hundred million units.
const MaxMicros = 100_000_000 * 1_000_000

// MaxNameLength is the most characters of a name.
const MaxNameLength = 255

// MaxURLLength is the most bytes of an address.
const MaxURLLength = 2048

// Apply returns the settings with a patch, and which rules it breaks. currency is
// the advertiser's, now the present.
//
// Amounts are positive and whole in the currency's smallest unit, and bids not
// below the floor. Dates must be in their order and, where they change, not in the
// past; those of an ad group lie within its campaign's. What decides how money is
// spent, such as the objective, can be changed in drafts only.
func (s Settings) Apply(p Patch, currency string, now time.Time) (Settings, []Problem) {
	c := checker{after: s}
	if p.isEmpty() {
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
	c.options(p)
	c.budget(p, currency)
	c.bid(p, currency)
	if p.Targeting.IsSet {
		c.targeting(p.Targeting.Value)
	}
	c.schedule(s, p, now)
	if p.BudgetType.IsSet && c.after.BudgetType == BudgetLifetime && c.after.EndAt == nil && !p.EndAt.IsSet {
		c.add(ProblemEndRequired, "endAt", nil, "A lifetime budget needs an end.")
	}
	c.creative(p)
	if s.Status == StatusActive || s.Status == StatusPaused {
		c.delivering(p, currency)
	}
	return c.after, c.problems
}

// delivering adds which rules of what delivers a patch breaks by what it sets. What
// was wrong before is not its mistake.
func (c *checker) delivering(p Patch, currency string) {
	whole := checker{after: c.after}
	switch c.after.Level {
	case LevelAdGroup:
		whole.adGroup(currency)
	case LevelAd:
		whole.ad()
	default:
		return
	}
	set := map[string]bool{
		"pacing": p.Pacing.IsSet, "bidStrategy": p.BidStrategy.IsSet, "bidMicros": p.Bid.IsSet || p.BidStrategy.IsSet, "targeting.locations": p.Targeting.IsSet,
		"destinationUrl": p.DestinationURL.IsSet,
	}
	for _, found := range c.problems {
		delete(set, found.Field)
	}
	for _, found := range whole.problems {
		if set[found.Field] {
			c.problems = append(c.problems, found)
		}
	}
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

// options checks what can be changed in drafts only, and what must be given.
func (c *checker) options(p Patch) {
	s := &c.after
	if p.Objective.IsSet && draftOnly(c, "objective", p.Objective.Value) {
		s.Objective = *p.Objective.Value
	}
	if p.BillableEvent.IsSet && draftOnly(c, "billableEvent", p.BillableEvent.Value) {
		s.BillableEvent = *p.BillableEvent.Value
	}
	if p.Pacing.IsSet && given(c, "pacing", p.Pacing.Value) {
		s.Pacing = *p.Pacing.Value
	}
	if p.Placement.IsSet && given(c, "placement", p.Placement.Value) {
		s.Placement = *p.Placement.Value
	}
}

// given tells whether a value that cannot be taken away is there.
func given[T any](c *checker, field string, value *T) bool {
	if value == nil {
		c.add(ProblemRequired, field, nil, "It cannot be null.")
	}
	return value != nil
}

// draftOnly tells whether a value is there that may be set in drafts only.
func draftOnly[T any](c *checker, field string, value *T) bool {
	if c.after.Status != StatusDraft {
		c.add(ProblemDraftOnly, field, nil, "It can be changed in a draft only.")
		return false
	}
	return given(c, field, value)
}

func (c *checker) budget(p Patch, currency string) {
	s := &c.after
	if p.BudgetType.IsSet {
		switch to := p.BudgetType.Value; {
		case s.Status != StatusDraft:
			c.add(ProblemDraftOnly, "budgetType", nil, "It can be changed in a draft only.")
			return
		case s.Level == LevelCampaign && to == nil, s.Level == LevelAdGroup && to != nil && *to == BudgetShared:
			s.BudgetType, s.BudgetMicros, s.IsCBO = "", nil, false
			if to != nil {
				s.BudgetType = *to
			}
		case to == nil:
			c.add(ProblemRequired, "budgetType", nil, "It cannot be null.")
			return
		case *to == BudgetShared:
			c.add(ProblemNotAllowed, "budgetType", nil, "A campaign holds a budget of its own, or none: give null for none.")
			return
		default:
			s.BudgetType, s.IsCBO = *to, s.Level == LevelCampaign
			if s.BudgetMicros == nil && !p.Budget.IsSet {
				c.add(ProblemRequired, "budgetMicros", nil, "A budget needs its amount.")
				return
			}
		}
	}
	switch micros := p.Budget.Value; {
	case !p.Budget.IsSet:
	case s.BudgetType == "" || s.BudgetType == BudgetShared:
		if micros != nil {
			c.add(ProblemNotAllowed, "budgetMicros", nil, "%s", map[Level]string{
				LevelCampaign: "Its ad groups hold the budgets; set theirs.", LevelAdGroup: "Its campaign holds the budget; set that.",
			}[s.Level])
		} else if !p.BudgetType.IsSet {
			c.add(ProblemNotAllowed, "budgetMicros", nil, "It has no budget of its own.")
		}
	case micros == nil:
		c.add(ProblemRequired, "budgetMicros", nil, "A budget cannot be taken away.")
	case c.amount("budgetMicros", *micros, currency):
		s.BudgetMicros = micros
	}
}

func (c *checker) bid(p Patch, currency string) {
	s := &c.after
	if p.BidStrategy.IsSet && given(c, "bidStrategy", p.BidStrategy.Value) {
		s.BidStrategy = *p.BidStrategy.Value
		switch {
		case s.BidStrategy == BidAutomatic:
			s.BidMicros = nil
		case s.BidMicros == nil && !p.Bid.IsSet:
			c.add(ProblemRequired, "bidMicros", map[string]any{"strategy": s.BidStrategy}, "The bid strategy %s needs a bid.", s.BidStrategy)
		}
	}
	if !p.Bid.IsSet {
		return
	}
	switch micros, automatic := p.Bid.Value, s.BidStrategy == BidAutomatic; {
	case micros == nil && automatic:
	case micros == nil:
		c.add(ProblemRequired, "bidMicros", map[string]any{"strategy": s.BidStrategy}, "The bid strategy %s needs a bid.", s.BidStrategy)
	case automatic:
		c.add(ProblemNotAllowed, "bidMicros", map[string]any{"strategy": s.BidStrategy}, "The system bids: the bid strategy is %s.", s.BidStrategy)
	case c.amount("bidMicros", *micros, currency) && c.floor("bidMicros", *micros, currency, ""):
		s.BidMicros = micros
	}
}

// floor checks a bid against the lowest that is taken for what is paid for.
func (c *checker) floor(field string, micros int64, currency string, format CreativeType) bool {
	floor := FloorOf(currency, c.after.BillableEvent, format)
	if micros >= floor {
		return true
	}
	c.add(ProblemBidFloor, field, map[string]any{"floor": fmt.Sprint(floor), "currency": currency},
		"The lowest bid here is %s %s.", Money{Micros(floor), currency}.Amount(), currency)
	return false
}

// creative checks what an ad shows, and where it leads.
func (c *checker) creative(p Patch) {
	s := &c.after
	if p.PinID.IsSet && draftOnly(c, "pinId", p.PinID.Value) && *p.PinID.Value != s.Pin.ID {
		s.Pin = Pin{ID: *p.PinID.Value}
	}
	if !p.DestinationURL.IsSet {
		return
	}
	if text := p.DestinationURL.Value; text != nil {
		u, err := url.Parse(*text)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(*text) > MaxURLLength || !isPlain(*text) {
			c.add(ProblemURL, "destinationUrl", map[string]any{"max": MaxURLLength}, "An address starts with https:// or http://, names a host and nobody's password, and has at most %d bytes.", MaxURLLength)
			return
		}
	}
	changed := (s.DestinationURL == nil) != (p.DestinationURL.Value == nil) || s.DestinationURL != nil && *s.DestinationURL != *p.DestinationURL.Value
	if s.DestinationURL = p.DestinationURL.Value; changed {
		s.Review = ReviewPending // where an ad leads is looked at again
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

// lastYear is the last one that texts of instants can say.
const lastYear = 9999

// instant returns an instant to the second, which is all that the history says.
func (c *checker) instant(field string, t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC().Truncate(time.Second)
	if utc.Year() > lastYear {
		c.add(ProblemDate, field, map[string]any{"last": lastYear}, "The year is %d at most.", lastYear)
	}
	return &utc
}

// schedule checks the dates that a patch sets, against each other and the
// parent's.
func (c *checker) schedule(s Settings, p Patch, now time.Time) {
	if !p.StartAt.IsSet && !p.EndAt.IsSet {
		return
	}
	p.StartAt.Value, p.EndAt.Value = c.instant("startAt", p.StartAt.Value), c.instant("endAt", p.EndAt.Value)
	if p.StartAt.IsSet {
		c.after.StartAt = p.StartAt.Value
		if at := p.StartAt.Value; at != nil && at.Before(now) && (s.StartAt == nil || !at.Equal(*s.StartAt)) {
			c.add(ProblemSchedulePast, "startAt", nil, "The start lies in the past.")
		}
	}
	if p.EndAt.IsSet {
		c.after.EndAt = p.EndAt.Value
		switch at := p.EndAt.Value; {
		case at == nil && c.after.BudgetType == BudgetLifetime:
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

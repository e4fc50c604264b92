package ads

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Tree is a campaign, ad group or ad with what is below it, on the way into the
// database: to be created, or a draft to be published.
type Tree struct {
	Settings
	Below []*Tree
}

// New is what is to become a tree: what to set, and what to put below. Statuses are
// in the patches; nobody has an id yet.
type New struct {
	Patch
	Below []New
}

// MaxBelow is the most ad groups of a campaign that holds the budget.
const MaxBelow = 70

// MaxNodes is the most campaigns, ad groups and ads of one request.
const MaxNodes = 5000

// NodeProblem is what is wrong with a node of a tree.
type NodeProblem struct {
	Node *Tree
	// Within leads from the root to the node, as fields of the contract with places:
	// adGroups.0.ads.2; empty for the root.
	Within string
	Problem
}

// Plant makes a tree of what is wanted, below parent, which is nil for campaigns,
// and returns what is wrong with single fields. Check finds what is wrong with it
// as a whole.
func Plant(n New, level Level, parent *Tree, a *Advertiser, now time.Time) (*Tree, []NodeProblem) {
	return plant(n, level, parent, "", a, now)
}

func plant(n New, level Level, parent *Tree, within string, a *Advertiser, now time.Time) (*Tree, []NodeProblem) {
	t := &Tree{Settings: Settings{Level: level, Advertiser: a.ID, Status: StatusDraft}}
	t.adopt(parent)
	switch level {
	case LevelAdGroup:
		t.BudgetType, t.BidStrategy, t.Pacing, t.Placement, t.Targeting = BudgetShared, BidAutomatic, PacingStandard, "ALL", JSON("{}")
		if events := OptionsOf(t.Objective).BillableEvents; len(events) > 0 {
			t.BillableEvent = events[0]
		}
	case LevelAd:
		t.Review = ReviewPending
	default:
	}
	var problems []NodeProblem
	status := StatusDraft
	if p := n.Status.Value; p != nil {
		status = *p
	}
	n.Patch.Status = Optional[EntityStatus]{}
	after, found := t.Apply(n.Patch, a.Currency, now)
	for _, p := range found {
		problems = append(problems, NodeProblem{t, within, p})
	}
	t.Settings = after
	switch status {
	case StatusDraft, StatusActive, StatusPaused:
		t.Status = status
	default:
		problems = append(problems, NodeProblem{t, within, Problem{
			ProblemStatus, "status", fmt.Sprintf("What is new cannot be %s.", status), map[string]any{"to": status},
		}})
	}
	for i, below := range n.Below {
		child, found := plant(below, LevelBelow(level), t, Within(within, level, i), a, now)
		t.Below = append(t.Below, child)
		problems = append(problems, found...)
	}
	return t, problems
}

// adopt takes over what a node has of its parent.
func (t *Tree) adopt(parent *Tree) {
	if parent == nil {
		return
	}
	t.Objective, t.ParentStatus, t.IsCBO = parent.Objective, parent.Status, parent.IsCBO
	if parent.Level == LevelCampaign {
		t.CampaignID, t.ParentStart, t.ParentEnd = parent.ID, parent.StartAt, parent.EndAt
	} else {
		t.CampaignID, t.AdGroupID, t.ParentBid, t.BillableEvent = parent.CampaignID, parent.ID, parent.BidMicros, parent.BillableEvent
	}
}

// LevelBelow is the level below another, of campaigns and ad groups.
func LevelBelow(level Level) Level {
	if level == LevelCampaign {
		return LevelAdGroup
	}
	return LevelAd
}

// fieldBelow is the contract's name for what is below a level.
func fieldBelow(level Level) string {
	if level == LevelCampaign {
		return "adGroups"
	}
	return "ads"
}

// Within leads to the child at a place below a node of a level, which within leads
// to.
func Within(within string, level Level, place int) string {
	return strings.TrimPrefix(fmt.Sprintf("%s.%s.%d", within, fieldBelow(level), place), ".")
}

// Check returns what is wrong with a tree as a whole, below parent, which is nil for
// campaigns: what its nodes must have to deliver, unless they are drafts, and what
// one of them asks of another. With complete, what has no children is incomplete.
func (t *Tree) Check(parent *Tree, currency string, complete bool) []NodeProblem {
	return t.check(parent, "", currency, complete)
}

func (t *Tree) check(parent *Tree, within, currency string, complete bool) []NodeProblem {
	if t.Status == StatusArchived || t.Status == StatusDeletedDraft {
		return nil
	}
	if parent != nil { // it may have changed since
		t.adopt(parent)
	}
	c := checker{after: t.Settings}
	switch {
	case parent == nil:
	case parent.Status == StatusArchived || parent.Status == StatusDeletedDraft:
		c.add(ProblemParentArchived, "", nil, "What it belongs to is %s.", parent.Status)
	case parent.Status == StatusDraft && t.Status != StatusDraft:
		c.add(ProblemParent, "status", nil, "What it belongs to is a draft; publish that.")
	}
	if t.Status != StatusDraft {
		switch t.Level {
		case LevelCampaign:
			c.campaign(t)
		case LevelAdGroup:
			c.adGroup(currency)
		default:
			c.ad()
			c.wideVideo(currency)
		}
		living := slices.ContainsFunc(t.Below, func(b *Tree) bool { return b.Status == StatusActive || b.Status == StatusPaused })
		if complete && t.Level != LevelAd && !living {
			c.add(ProblemChildRequired, fieldBelow(t.Level), nil, "It has nothing to show yet: add at least one of these.")
		}
	}
	var problems []NodeProblem
	for _, p := range c.problems {
		problems = append(problems, NodeProblem{t, within, p})
	}
	for i, below := range t.Below {
		problems = append(problems, below.check(t, Within(within, t.Level, i), currency, complete)...)
	}
	return problems
}

func (c *checker) campaign(t *Tree) {
	c.named()
	options := OptionsOf(t.Objective)
	switch {
	case t.BudgetType == "":
	case !options.CanHoldBudget:
		c.add(ProblemOption, "budgetType", map[string]any{"objective": t.Objective}, "With the objective %s the ad groups hold the budgets.", t.Objective)
	case t.BudgetMicros == nil:
		c.add(ProblemRequired, "budgetMicros", nil, "A budget needs its amount.")
	}
	c.lifetime()
	if living := count(t.Below); t.IsCBO && living > MaxBelow {
		c.problems = append(c.problems, TooManyAdGroups(living))
	}
}

// TooManyAdGroups is the problem of a campaign that holds the budget of more ad
// groups than it may.
func TooManyAdGroups(living int) Problem {
	return Problem{
		ProblemTooMany, "", fmt.Sprintf("A campaign that holds the budget has at most %d ad groups, not %d.", MaxBelow, living),
		map[string]any{"max": MaxBelow, "count": living},
	}
}

// count is the number of nodes that are neither archived nor thrown away.
func count(nodes []*Tree) (n int) {
	for _, t := range nodes {
		if t.Status != StatusArchived && t.Status != StatusDeletedDraft {
			n++
		}
	}
	return n
}

func (c *checker) named() {
	if c.after.Name == nil {
		c.add(ProblemRequired, "name", nil, "It needs a name.")
	}
}

func (c *checker) lifetime() {
	if c.after.BudgetType == BudgetLifetime && c.after.EndAt == nil {
		c.add(ProblemEndRequired, "endAt", nil, "A lifetime budget needs an end.")
	}
}

// adGroup checks an ad group that delivers.
func (c *checker) adGroup(currency string) {
	s := c.after
	c.named()
	switch shared := s.BudgetType == BudgetShared; {
	case s.IsCBO && !shared:
		c.add(ProblemNotAllowed, "budgetType", nil, "Its campaign holds the budget: the type is %s.", BudgetShared)
	case !s.IsCBO && shared:
		c.add(ProblemRequired, "budgetType", nil, "Its campaign holds no budget: it needs one of its own.")
	case !shared && s.BudgetMicros == nil:
		c.add(ProblemRequired, "budgetMicros", nil, "A budget needs its amount.")
	case shared && s.Pacing != PacingStandard:
		c.add(ProblemOption, "pacing", nil, "Where the campaign holds the budget, it is spent evenly: the pacing is %s.", PacingStandard)
	}
	c.lifetime()
	options := OptionsOf(s.Objective)
	params := map[string]any{"objective": s.Objective}
	if !slices.Contains(options.BillableEvents, s.BillableEvent) {
		c.add(ProblemOption, "billableEvent", params, "The objective %s is not paid by %s.", s.Objective, s.BillableEvent)
	}
	if s.BidStrategy != "" && !slices.Contains(options.BidStrategies, s.BidStrategy) {
		c.add(ProblemOption, "bidStrategy", params, "The objective %s has no bid strategy %s.", s.Objective, s.BidStrategy)
	}
	switch {
	case s.BidMicros == nil && s.BidStrategy != "" && s.BidStrategy != BidAutomatic:
		c.add(ProblemRequired, "bidMicros", map[string]any{"strategy": s.BidStrategy}, "The bid strategy %s needs a bid.", s.BidStrategy)
	case s.BidMicros != nil:
		c.floor("bidMicros", *s.BidMicros, currency, "")
	}
	if !IsAimed(s.Targeting) {
		c.add(ProblemRequired, "targeting.locations", nil, "Say where its ads are shown: give at least one location.")
	}
	if from := s.ParentStart; s.StartAt != nil && from != nil && s.StartAt.Before(*from) {
		c.add(ProblemOutsideParent, "startAt", map[string]any{"from": from.UTC()}, "It cannot start before its campaign does.")
	}
	if to := s.ParentEnd; s.EndAt != nil && to != nil && s.EndAt.After(*to) {
		c.add(ProblemOutsideParent, "endAt", map[string]any{"to": to.UTC()}, "It cannot go on after its campaign has ended.")
	}
}

// ad checks an ad that delivers.
func (c *checker) ad() {
	s := c.after
	c.pin()
	options := OptionsOf(s.Objective)
	if kind := s.Pin.CreativeType; kind != "" && !slices.Contains(options.CreativeTypes, kind) {
		c.add(ProblemOption, "pinId", map[string]any{"objective": s.Objective, "creativeType": kind}, "With the objective %s no %s can be shown.", s.Objective, kind)
	}
	if options.NeedsDestination && s.DestinationURL == nil {
		c.add(ProblemRequired, "destinationUrl", map[string]any{"objective": s.Objective}, "With the objective %s an ad must lead somewhere.", s.Objective)
	}
}

// wideVideo checks the bid of the ad group of an ad whose format has a floor of its
// own.
func (c *checker) wideVideo(currency string) {
	if bid := c.after.ParentBid; bid != nil && len(c.problems) == 0 {
		c.floor("pinId", *bid, currency, c.after.Pin.CreativeType)
	}
}

// pin checks that what an ad shows is there: whoever looked it up has filled in
// its creative type.
func (c *checker) pin() {
	switch {
	case c.after.Pin.CreativeType == "":
		c.add(ProblemNotFound, "pinId", nil, "There is no such pin in this account.")
	case c.after.Pin.IsDeleted:
		c.add(ProblemNotAllowed, "pinId", nil, "The pin was deleted: there is nothing to show.")
	}
}

// Size is the number of nodes of a tree that are neither archived nor thrown away.
func (t *Tree) Size() int {
	if t.Status == StatusArchived || t.Status == StatusDeletedDraft {
		return 0
	}
	n := 1
	for _, below := range t.Below {
		n += below.Size()
	}
	return n
}

// AndAll adds problems to others, unless something else is wrong with their fields
// already: what follows from a mistake is no news.
func AndAll(problems, more []NodeProblem) []NodeProblem {
	known := map[string]bool{}
	for _, p := range problems {
		known[p.Within+" "+p.Field] = true
	}
	for _, p := range more {
		if !known[p.Within+" "+p.Field] {
			problems = append(problems, p)
		}
	}
	return problems
}

// Duplicate returns drafts like a tree, which have its ids until they get their own,
// and what is wrong with the name. Without a name the root is called after the old
// one. What is archived or thrown away is left out, and dates that are past.
func (t *Tree) Duplicate(name *string, now time.Time) (*Tree, []NodeProblem) {
	c := checker{after: t.Settings}
	switch {
	case name != nil:
		c.name(name)
	case t.Name != nil:
		c.after.Name = new(copyName(*t.Name))
	}
	draft := t.draft(now)
	draft.Name = c.after.Name
	var problems []NodeProblem
	for _, p := range c.problems {
		problems = append(problems, NodeProblem{draft, "", p})
	}
	return draft, problems
}

func copyName(name string) string {
	const suffix = " (copy)"
	runes := []rune(name)
	if room := MaxNameLength - utf8.RuneCountInString(suffix); len(runes) > room {
		runes = runes[:room]
	}
	return string(runes) + suffix
}

func (t *Tree) draft(now time.Time) *Tree {
	d := &Tree{Settings: t.Settings}
	d.Status, d.Version = StatusDraft, 0
	if t.Level == LevelAd {
		d.Review = ReviewPending
	}
	if d.StartAt != nil && d.StartAt.Before(now) {
		d.StartAt = nil
	}
	if d.EndAt != nil && !d.EndAt.After(now) && d.BudgetType != BudgetLifetime {
		d.EndAt = nil
	}
	for _, below := range t.Below {
		if below.Status != StatusArchived && below.Status != StatusDeletedDraft {
			d.Below = append(d.Below, below.draft(now))
		}
	}
	return d
}

// Publish makes the drafts of a campaign's tree into what delivers: the campaign
// itself gets the status, what is below it becomes ACTIVE. Of nodes that break a
// rule, and those below them, nothing changes; it returns what is wrong with them.
func (t *Tree) Publish(status EntityStatus, currency string, now time.Time) (drafts []*Tree, problems []NodeProblem) {
	var walk func(n *Tree, to EntityStatus)
	walk = func(n *Tree, to EntityStatus) {
		if n.Status == StatusArchived || n.Status == StatusDeletedDraft {
			return
		}
		if n.Status == StatusDraft {
			n.Status = to
			drafts = append(drafts, n)
		}
		for _, below := range n.Below {
			walk(below, StatusActive)
		}
	}
	walk(t, status)
	wanted := map[*Tree]bool{}
	for _, n := range drafts {
		wanted[n] = true
	}
	for {
		faults := slices.DeleteFunc(append(t.Check(nil, currency, true), past(drafts, now)...), func(p NodeProblem) bool { return !wanted[p.Node] })
		if len(faults) == 0 {
			return drafts, problems
		}
		for _, p := range faults { // without them, others may have nothing to show
			walkDown(p.Node, func(n *Tree) {
				if wanted[n] {
					n.Status = StatusDraft
				}
				delete(wanted, n)
			})
		}
		problems = append(problems, faults...)
	}
}

func walkDown(t *Tree, visit func(*Tree)) {
	visit(t)
	for _, below := range t.Below {
		walkDown(below, visit)
	}
}

// past returns which of some nodes are over before they begin.
func past(nodes []*Tree, now time.Time) (problems []NodeProblem) {
	for _, n := range nodes {
		if n.Status != StatusDraft && n.EndAt != nil && !n.EndAt.After(now) {
			problems = append(problems, NodeProblem{n, "", Problem{ProblemSchedulePast, "endAt", "The end lies in the past.", nil}})
		}
	}
	return problems
}

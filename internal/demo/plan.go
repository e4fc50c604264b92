package demo

import (
	"cmp"
	"slices"
)

// situation is where a campaign stands now.
type situation int

const (
	running situation = iota
	ended
	spent // its lifetime budget is used up
	upcoming
	paused
	archived
	draft
	deletedDraft
)

// status returns the configured status that goes with a situation.
func (s situation) status() string {
	return [...]string{"ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE", "PAUSED", "ARCHIVED", "DRAFT", "DELETED_DRAFT"}[s]
}

// The objectives.
const (
	awareness     = "AWARENESS"
	consideration = "CONSIDERATION"
	webConversion = "WEB_CONVERSION"
	catalogSales  = "CATALOG_SALES"
	video         = "VIDEO_COMPLETION"
)

// scene is what is decided about a campaign before anything is drawn.
type scene struct {
	situation situation
	objective string
	theme     string // empty: any
	audience  string // empty: any
	oddities  oddity
}

// oddity is a set of things that programs get wrong.
type oddity uint

const (
	evergreen  oddity = 1 << iota // runs since before the facts begin
	renamed                       // in the middle of its run
	narrowed                      // its end was moved inside that of its ad groups
	pinDeleted                    // an ad has lost its picture
	adRejected
	adPending
	stray      // conversions on a day on which nothing was delivered
	halfSpent  // an ad group has used up its lifetime budget, others not
	raised     // its budget was raised, which shows
	decorated  // a name with emoji, commas and quotes
	longest    // a name of 255 characters
	smallTest  // spends so little that hardly anyone clicks
	soloPaused // an ad group is paused while the campaign runs
)

func (o oddity) has(one oddity) bool { return o&one != 0 }

// plan is a campaign before it is written down.
type plan struct {
	scene
	number int // stays the same however campaigns are sorted
	dice   dice
	// The days below are numbers of the calendar. From start through end is
	// the schedule, from start through stop what was delivered.
	created, start, end, stop int
	open                      bool // has no end
	asks                      int  // the day of pausing or archiving
	dollars                   float64
}

// leadScenes is what the first advertiser runs, to look at and to show every
// situation.
func leadScenes() []scene {
	return []scene{
		{running, awareness, "Brand", "Broad", evergreen | raised},
		{running, catalogSales, "Full Catalog", "Retargeting 30d", evergreen | stray},
		{running, webConversion, "Hiking Boots", "Prospecting", raised | adRejected},
		{running, webConversion, "Rain Shells", "Lookalike 3%", renamed},
		{running, consideration, "National Parks Guide", "Interest Stack", adPending},
		{running, catalogSales, "Ultralight Tents", "Cart Abandoners", pinDeleted},
		{running, consideration, "Trail Running", "Keyword", soloPaused},
		{running, webConversion, "Down Jackets", "Prospecting", stray},
		{running, video, "Packing Light", "Engaged Viewers", halfSpent},
		{running, consideration, "Camp Kitchen", "Prospecting", decorated},
		{running, webConversion, "Merino Base Layers", "Past Buyers", 0},
		{running, consideration, "Newsletter Sign-up", "Broad", smallTest},
		{ended, awareness, "Store Opening", "Broad", 0},
		{ended, webConversion, "Sleeping Bags", "Prospecting", narrowed},
		{ended, catalogSales, "Clearance", "Past Buyers", decorated | stray},
		{spent, consideration, "Daypacks", "Lookalike 3%", 0},
		{spent, webConversion, "Climbing Gear", "Prospecting", 0},
		{upcoming, awareness, "Brand Film", "Broad", 0},
		{upcoming, webConversion, "Gift Guide", "Past Buyers", adPending},
		{paused, consideration, "Kids Outdoor", "Interest Stack", 0},
		{paused, webConversion, "Trekking Poles", "Prospecting", renamed},
		{paused, catalogSales, "Refurbished", "Broad", narrowed},
		{paused, video, "Trail Stories", "Engaged Viewers", 0},
		{archived, webConversion, "Hiking Boots", "Lookalike 3%", renamed},
		{archived, awareness, "Brand", "Interest Stack", 0},
		{archived, consideration, "Headlamps", "Keyword", stray},
		{archived, catalogSales, "Sleeping Pads", "Retargeting 30d", pinDeleted},
		{draft, webConversion, "Ultralight Tents", "Prospecting", 0},
		{draft, consideration, "Field Notes", "Newsletter", 0},
		{deletedDraft, awareness, "Untitled", "Broad", 0},
	}
}

// drawScene decides about an ordinary campaign.
func drawScene(d dice) scene {
	s := scene{
		situation: situation(d.weighted(20, 9, 3, 3, 30, 30, 4, 1)),
		objective: [...]string{consideration, webConversion, catalogSales, awareness, video}[d.weighted(35, 30, 18, 13, 4)],
	}
	for _, o := range [...]struct {
		oddity oddity
		chance float64
	}{
		{evergreen, .02},
		{renamed, .06},
		{narrowed, .06},
		{pinDeleted, .05},
		{stray, .15},
		{halfSpent, .05},
		{raised, .25},
		{decorated, .05},
		{smallTest, .05},
		{soloPaused, .10},
	} {
		if d.chance(o.chance) {
			s.oddities |= o.oddity
		}
	}
	return s
}

// plans draws an advertiser's campaigns, the oldest first.
func (a *Account) drawPlans(seed uint64) []*plan {
	index := int(a.Advertiser.ID) - 1
	script := []scene{}
	if a.casting.role == lead {
		script = leadScenes()
	}
	plans := make([]*plan, a.casting.campaigns)
	for i := range plans {
		d := newDice(seed, partStructure, index, i)
		p := &plan{number: i, dice: d, scene: drawScene(d), dollars: min(6000, max(4, d.lognormal(60, 1.3)))}
		if i < len(script) {
			p.scene, p.dollars = script[i], d.lognormal(170, .6)
		}
		if a.casting.role == longNames && i%5 == 0 {
			p.oddities |= longest
		}
		if p.oddities.has(smallTest) {
			p.dollars = d.between(1.5, 4)
		}
		if p.objective == video && p.situation == spent {
			p.objective = consideration // video has its budgets in ad groups
		}
		p.schedule(a.calendar.today, a.casting.role == lead)
		if a.casting.disabled {
			p.stop = min(p.stop, a.calendar.today-disabledDays)
		}
		plans[i] = p
	}
	slices.SortStableFunc(plans, func(p, q *plan) int { return cmp.Compare(p.created, q.created) })
	return plans
}

// disabledDays is how long ago the disabled advertiser was disabled.
const disabledDays = 24

// schedule draws when a campaign runs. Those of the first advertiser that run
// now do so for a while, to have something to show.
func (p *plan) schedule(today int, isLead bool) {
	d := p.dice
	life := int(min(400, max(4, d.lognormal(35, .9))))
	p.asks = -1
	p.open = d.chance(.15)
	switch p.situation {
	case running:
		p.open = d.chance(.35)
		p.start = today - d.days(0, life-1)
		if isLead {
			p.start = today - d.days(35, 150)
		}
		if p.open {
			p.start = today - d.days(2, 160)
		}
		if p.oddities.has(evergreen) {
			p.open, p.start = true, -d.days(3, 60)
		}
		p.end = max(p.start+life, today+d.days(1, 45))
		p.stop = today
	case ended:
		p.open = false
		p.end = today - 1 - d.days(0, 1+int(d.between(0, 320)))
		p.start, p.stop = p.end-life, p.end
	case spent:
		p.open = false
		p.start = today - d.days(25, 120)
		p.end, p.stop = today+d.days(4, 40), today
	case upcoming:
		p.start = today + d.days(1, 28)
		p.end, p.stop = p.start+life, -1
	case paused, archived:
		p.start = d.days(-20, today-6)
		if isLead {
			p.start, life = d.days(20, today-90), max(life, 40)
		}
		p.end = p.start + life
		p.asks = d.days(p.start+1, min(p.end, today-1))
		if isLead {
			p.asks = max(p.asks, p.start+25)
		}
		if p.situation == archived && !p.open {
			p.asks = min(today-1, p.end+d.days(0, 40))
		}
		p.stop = min(p.asks, p.end)
	case draft, deletedDraft:
		p.start = today + d.days(3, 30)
		p.end, p.stop = p.start+life, -1
		p.created = today - d.days(0, 20)
		return
	}
	p.created = p.start - d.days(0, 6)
	p.created = min(p.created, today)
}

package demo

import (
	"fmt"
	"time"
)

// narrowedDays is how much earlier a narrowed campaign ends than its ad groups.
const narrowedDays = 14

// rejections are the reasons that reviewers give.
func rejections() []string {
	return []string{"LANDING_PAGE_BROKEN", "CLICKBAIT", "PROHIBITED_PRODUCT", "IMAGE_LOW_QUALITY"}
}

// addAd writes ad number j of ad group number i, which delivers until last.
func (b *builder) addAd(i, j int, g *AdGroup, last int) {
	p, d := b.plan, b.dice
	pin := j
	if !b.shape.sharesPins {
		pin = b.ads
	}
	b.ads++
	shown := b.Pins[b.pins[pin]]
	ad := Ad{
		AdvertiserID: b.Advertiser.ID, ID: b.next.ad, CampaignID: g.CampaignID, AdGroupID: g.ID, PinID: shown.ID,
		Name: b.names.ad(p, pick(d, b.names.words.hooks), shown.CreativeType, j), Status: childStatus(g.Status),
		CreativeType: shown.CreativeType, ReviewStatus: "APPROVED", RejectedReasons: []string{}, Version: 1,
		DestinationURL: fmt.Sprintf("https://www.%s.example/%s?utm_source=ads&utm_content=%d", shop(b.Advertiser.Name), slug(p.theme), b.next.ad),
		CreatedAt:      b.created, UpdatedAt: b.created,
	}
	if ad.Status == "ARCHIVED" { // with its ad group
		ad.UpdatedAt = g.UpdatedAt
	}
	b.next.ad++
	isSteady := j == 0 && g.Status != "ARCHIVED" && (i == 0 || !b.campaign().IsCBO) // is there every day
	t := airtime{
		ad: len(b.Ads), weight: 0, first: p.start, last: last, presence: d.between(.35, 1),
		ctr: b.flight.ctr * d.lognormal(1, .35), saves: .0025 * d.lognormal(1, .4), isSaved: d.chance(.32),
		videoSeconds: value(shown.VideoSeconds),
	}
	if !isSteady && d.chance(.25) && last > p.start { // added later
		t.first = d.days(p.start, p.start+(last-p.start)*3/5)
		ad.CreatedAt = b.calendar.past(latest(b.created, b.calendar.at(t.first, 9)))
		ad.UpdatedAt = latest(ad.CreatedAt, ad.UpdatedAt)
	}
	isDelivered := b.review(&ad, i, j, isSteady)
	if !isSteady && ad.Status == "ACTIVE" && ad.ReviewStatus != "PENDING" {
		b.retire(&ad, &t, isDelivered)
	}
	b.Ads = append(b.Ads, ad)
	if isSteady {
		t.weight, t.presence = 1, 1
		isDelivered = true
	} else if d.chance(.12) {
		isDelivered = false
	}
	if isDelivered && t.last >= t.first {
		pot := &b.flight.pots[0]
		if !b.campaign().IsCBO {
			pot = &b.flight.pots[i]
		}
		pot.ads = append(pot.ads, t)
	}
}

// childStatus returns the status of what was never changed itself, below a
// parent: pausing leaves children as they are, archiving takes them along.
func childStatus(parent string) string {
	if parent == "PAUSED" {
		return "ACTIVE"
	}
	return parent
}

// retire pauses or archives one ad in five.
func (b *builder) retire(ad *Ad, t *airtime, isDelivered bool) {
	d := b.dice
	status := [...]string{"ACTIVE", "PAUSED", "ARCHIVED"}[d.weighted(80, 14, 6)]
	if status == "ACTIVE" {
		return
	}
	at := ad.CreatedAt
	if isDelivered && t.last > t.first {
		t.last = d.days(t.first+1, t.last)
		at = latest(at, b.calendar.at(t.last, d.days(9, 19)))
	}
	at = b.changeBy(d, "AD", ad.ID, "status", ad.Status, status, at.Add(time.Minute))
	ad.Status, ad.Version, ad.UpdatedAt = status, ad.Version+1, latest(at, ad.UpdatedAt)
}

// review says what reviewers thought, and whether the ad may be shown.
func (b *builder) review(ad *Ad, i, j int, isSteady bool) bool {
	p, d := b.plan, b.dice
	isFirst := i == 0 && j == 1
	switch {
	case ad.Status == "DRAFT" || ad.Status == "DELETED_DRAFT":
		ad.ReviewStatus = "OTHER" // never handed in
		return false
	case p.oddities.has(adRejected) && isFirst, !isSteady && d.chance(.03):
		ad.ReviewStatus, ad.RejectedReasons = "REJECTED", []string{b.vertical.rejection}
		if other := pick(d, rejections()); other != b.vertical.rejection && d.chance(.3) {
			ad.RejectedReasons = append(ad.RejectedReasons, other)
		}
		at := b.calendar.past(ad.CreatedAt.Add(time.Duration(d.days(60, 1800)) * time.Minute))
		b.log(Change{EntityType: "AD", EntityID: ad.ID, Field: "review", Source: "SYSTEM", At: at}, "PENDING", "REJECTED")
		ad.ReviewedAt, ad.UpdatedAt = &at, latest(at, ad.UpdatedAt)
		ad.Version++
		return false
	case p.oddities.has(adPending) && isFirst, !isSteady && ad.Status == "ACTIVE" && d.chance(b.pendingShare()):
		// It was handed in after all others.
		ad.ReviewStatus = "PENDING"
		ad.CreatedAt = latest(ad.CreatedAt, b.calendar.past(b.calendar.now.Add(-time.Duration(d.days(20, 1500))*time.Minute)))
		ad.UpdatedAt = latest(ad.CreatedAt, ad.UpdatedAt)
		return false
	}
	ad.ReviewedAt = new(b.calendar.past(ad.CreatedAt.Add(time.Duration(d.days(30, 1500)) * time.Minute)))
	return true
}

// pendingShare is how likely an ad waits for review: where something runs, ads
// are added.
func (b *builder) pendingShare() float64 {
	now := b.plan.situation
	if b.casting.role == lead {
		return .01
	}
	if now == running || now == upcoming {
		return .10
	}
	if now == paused {
		return .02
	}
	return 0
}

// addHistory records what people did to the campaign, and makes its facts
// follow.
func (b *builder) addHistory() {
	p, d, c := b.plan, b.dice, b.campaign()
	change := func(field string, from, to any, at time.Time) {
		at = b.changeBy(d, "CAMPAIGN", c.ID, field, from, to, latest(c.CreatedAt, at))
		c.Version++
		c.UpdatedAt = latest(at, c.UpdatedAt)
	}
	middle := p.start + (p.stop-p.start)/2
	isDelivered := p.stop > p.start
	if p.situation != draft && p.situation != deletedDraft && d.chance(.5) {
		change("status", "DRAFT", "ACTIVE", b.created.Add(time.Duration(d.days(20, 200))*time.Minute))
	}
	if p.oddities.has(renamed) && isDelivered {
		change("name", formerName(c.Name), c.Name, b.calendar.at(middle, 11))
	}
	if p.oddities.has(raised) && isDelivered && c.DailyBudgetMicros != nil {
		b.flight.raisedOn = middle
		change("budget", b.amount(b.money.budget(float64(*c.DailyBudgetMicros)/1e6/b.money.rate*raisedFrom)), b.amount(*c.DailyBudgetMicros), b.calendar.at(middle, 7))
	}
	if p.oddities.has(narrowed) && isDelivered {
		change("endAt", b.calendar.at(p.end+1+narrowedDays, 0).UTC(), b.calendar.at(p.end+1, 0).UTC(), b.calendar.at(middle, 15))
	}
	if p.situation == paused || p.situation == archived {
		change("status", "ACTIVE", c.Status, b.calendar.at(p.asks, d.days(9, 18)))
	}
	if p.situation == deletedDraft {
		change("status", "DRAFT", c.Status, b.created.Add(26*time.Hour))
	}
}

// raisedFrom is a raised budget before, as a part of what it is now.
const raisedFrom = .7

// shop returns the part of a web address that stands for an advertiser.
func shop(name string) string {
	if s := slug(name); len(s) > 3 {
		return s
	}
	return "shop"
}

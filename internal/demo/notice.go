package demo

import (
	"math"
	"strconv"
	"time"
)

// notice adds a notification that arose at an instant. Old ones were mostly
// read or put away.
func (b *books) notice(kind, severity, level string, id int64, textKey string, params map[string]any, at time.Time) {
	at = b.calendar.past(at)
	weights := []float64{70, 25, 5}
	if b.calendar.now.Sub(at) > 12*24*time.Hour {
		weights = []float64{8, 62, 30}
	}
	n := Notification{
		AdvertiserID: b.Advertiser.ID, Type: kind, Severity: severity, TextKey: textKey, Params: jsonText(params),
		State: [...]string{"UNREAD", "READ", "DISMISSED"}[b.dice.weighted(weights...)], CreatedAt: at,
	}
	n.EntityLevel, n.EntityID = subject(level, id)
	b.paper.Notifications = append(b.paper.Notifications, n)
}

// subject is a reference to an entity, or none for an empty level.
func subject(level string, id int64) (*string, *int64) {
	if level == "" {
		return nil, nil
	}
	return &level, &id
}

// amount is money in the parameters of a text.
func (b *books) amount(micros int64) map[string]any {
	return map[string]any{"micros": strconv.FormatInt(micros, 10), "currency": b.Advertiser.Currency}
}

// tellSpent tells of lifetime budgets that are used up, given what the
// campaign's ad groups spent and when they did last; that of 0 is the campaign.
func (b *books) tellSpent(v *voyage, spent map[int64]int64, last map[int64]string) {
	tell := func(level string, id int64, key, textKey string, budget *int64, of int64) {
		if budget == nil || spent[of] < *budget {
			return
		}
		day, _ := time.ParseInLocation(time.DateOnly, last[of], b.calendar.zone) // made by the calendar
		b.notice("BUDGET_SPENT", "CRITICAL", level, id, textKey, map[string]any{key: b.amount(*budget)}, day.Add(20*time.Hour))
	}
	c := &b.Campaigns[v.campaign]
	tell("CAMPAIGN", c.ID, "budget", "campaign.budgetSpent", c.LifetimeBudgetMicros, 0)
	for _, g := range b.adGroupsOf(c.ID) {
		if g.BudgetType == "LIFETIME" {
			tell("AD_GROUP", g.ID, "budget", "adGroup.budgetSpent", g.BudgetMicros, g.ID)
		}
	}
}

const (
	// rejectedDays is how long people hear of a rejected ad.
	rejectedDays = 90
	// silentDays is how long a tag reports nothing before people hear of it.
	silentDays = 3
)

// tell makes the notifications that do not depend on what was delivered.
func (b *books) tell() {
	now := b.calendar.now
	for i := range b.Campaigns {
		if c := &b.Campaigns[i]; c.Status == "ACTIVE" && c.EndAt != nil && c.EndAt.After(now) && c.EndAt.Before(now.AddDate(0, 0, 7)) {
			b.notice("CAMPAIGN_ENDING", "INFO", "CAMPAIGN", c.ID, "campaign.endsSoon", map[string]any{"endsAt": c.EndAt.UTC().Format(time.RFC3339)},
				latest(c.CreatedAt, c.EndAt.AddDate(0, 0, -7)))
		}
	}
	for i := range b.Ads {
		if x := &b.Ads[i]; x.ReviewStatus == "REJECTED" && x.Status == "ACTIVE" && x.ReviewedAt.After(now.AddDate(0, 0, -rejectedDays)) {
			b.notice("AD_REJECTED", "WARNING", "AD", x.ID, "ad.rejected", map[string]any{"reasons": x.RejectedReasons}, *x.ReviewedAt)
		}
	}
	for i := range b.Tags {
		if o := &b.Tags[i]; o.LastFiredAt != nil && now.Sub(*o.LastFiredAt) > silentDays*24*time.Hour {
			b.notice("TAG_SILENT", "WARNING", "CONVERSION_TAG", o.ID, "tag.silent", map[string]any{"lastFiredAt": o.LastFiredAt.Format(time.RFC3339)},
				o.LastFiredAt.AddDate(0, 0, silentDays))
		}
	}
}

// tellBilling tells of what concerns money; a card was refused if it has a
// label.
func (b *books) tellBilling(refused string) {
	today := b.calendar.text(b.calendar.today)
	for i := range b.paper.Invoices {
		v := &b.paper.Invoices[i]
		if v.Status != "OPEN" || v.DueOn >= today {
			continue
		}
		due, _ := time.ParseInLocation(time.DateOnly, v.DueOn, b.calendar.zone) // made by the calendar
		if refused != "" {
			b.notice("PAYMENT_FAILED", "CRITICAL", "", 0, "payment.failed", map[string]any{"label": refused, "number": v.Number}, due.Add(3*time.Hour))
		}
		b.notice("INVOICE_OVERDUE", "CRITICAL", "", 0, "invoice.overdue",
			map[string]any{"number": v.Number, "dueOn": v.DueOn, "billed": b.amount(v.BilledMicros)}, due.AddDate(0, 0, 1).Add(6*time.Hour))
	}
	for i := range b.paper.Credits {
		if c := &b.paper.Credits[i]; c.IsActive && c.RemainingMicros*5 <= c.TotalMicros {
			b.notice("CREDIT_LOW", "INFO", "", 0, "credit.low",
				map[string]any{"name": c.Name, "remaining": b.amount(c.RemainingMicros), "expiresOn": *c.ExpiresOn}, b.ago(b.dice.days(0, 6), 7))
		}
	}
}

// adviceDays is how many days back recommendations go; the week before lies
// within what is known day by day.
const adviceDays = recentDays - 8

// week is what an entity delivered in seven days.
type week struct{ spend, clicks, checkouts int64 }

// before adds up the seven days before the day that lies so many days back.
func (r *recent) before(back int) (w week) {
	for _, m := range r[back+1 : back+8] {
		w.spend += m.SpendMicros
		w.clicks += m.ClicksPaid + m.ClicksEarned
		w.checkouts += m.Checkouts
	}
	return w
}

// recommend adds a recommendation made so many days ago. It estimates that the
// entity's week becomes so many times what it is.
func (b *books) recommend(kind, level string, id int64, params map[string]any, back int, now week, times float64) {
	b.estimate(kind, level, id, params, back, now, week{
		b.money.whole(scale(now.spend, times)), scale(now.clicks, 1+(times-1)*.9), scale(now.checkouts, 1+(times-1)*.8),
	})
}

// estimate adds a recommendation with what a week brings now and would bring.
func (b *books) estimate(kind, level string, id int64, params map[string]any, back int, now, then week) {
	weights := []float64{85, 5, 10}
	if back > 9 {
		weights = []float64{45, 25, 30}
	}
	r := Recommendation{
		AdvertiserID: b.Advertiser.ID, Type: kind, Params: jsonText(params), State: [...]string{"OPEN", "APPLIED", "DISMISSED"}[b.dice.weighted(weights...)],
		SpendMicros: &now.spend, SpendMicrosAfter: &then.spend, PinClicks: &now.clicks, PinClicksAfter: &then.clicks, CreatedAt: b.ago(back, 6),
	}
	r.EntityLevel, r.EntityID = subject(level, id)
	if b.tag.isInstalled {
		r.Checkouts, r.CheckoutsAfter = &now.checkouts, &then.checkouts
	}
	b.paper.Recommendations = append(b.paper.Recommendations, r)
}

func scale(n int64, times float64) int64 { return int64(math.Round(float64(n) * times)) }

// advise recommends what would help a campaign that runs.
func (b *books) advise(v *voyage) {
	d, c := b.dice, &b.Campaigns[v.campaign]
	if v.stop < b.calendar.today || c.Status != "ACTIVE" {
		return
	}
	back := min(d.days(0, adviceDays), max(0, b.calendar.today-v.start-8))
	now := week{}
	for _, group := range v.groups {
		of := group.before(back)
		now.spend, now.clicks, now.checkouts = now.spend+of.spend, now.clicks+of.clicks, now.checkouts+of.checkouts
	}
	if now.spend == 0 {
		return
	}
	switch {
	case c.DailyBudgetMicros != nil && now.spend >= *c.DailyBudgetMicros*7*85/100:
		higher := b.money.budget(float64(*c.DailyBudgetMicros) * d.between(1.2, 1.6) / 1e6 / b.money.rate)
		if higher > *c.DailyBudgetMicros {
			b.recommend("RAISE_BUDGET", "CAMPAIGN", c.ID, map[string]any{"budget": b.amount(*c.DailyBudgetMicros), "suggested": b.amount(higher)},
				back, now, float64(higher)/float64(*c.DailyBudgetMicros))
		}
	case !c.IsCBO && v.objective != video && d.chance(.6):
		b.recommend("SWITCH_TO_CBO", "CAMPAIGN", c.ID, map[string]any{}, back, now, d.between(1.02, 1.12))
	}
	b.adviseBelow(v, c, back, now)
}

// adviseBelow recommends what would help the campaign's ad groups and ads.
func (b *books) adviseBelow(v *voyage, c *Campaign, back int, of week) {
	d := b.dice
	for _, g := range b.adGroupsOf(c.ID) {
		group := v.groups[g.ID]
		if g.Status != "ACTIVE" || group == nil {
			continue
		}
		now := group.before(back)
		switch {
		case now.spend == 0:
		case (v.objective == consideration || v.objective == webConversion) && d.chance(.15):
			words, first := b.vertical.keywords, d.IntN(len(b.vertical.keywords)-1)
			b.recommend("ADD_KEYWORDS", "AD_GROUP", g.ID, map[string]any{"keywords": words[first : first+2]}, back, now, d.between(1.05, 1.3))
		case !g.AutoTargeting && d.chance(.3):
			b.recommend("WIDEN_TARGETING", "AD_GROUP", g.ID, map[string]any{"autoTargeting": true}, back, now, d.between(1.1, 1.6))
		}
	}
	for _, x := range b.adsOf(c.ID) {
		if x.Status == "ACTIVE" && x.ReviewStatus == "REJECTED" {
			share := d.between(.05, .2)
			b.estimate("FIX_REJECTED_AD", "AD", x.ID, map[string]any{"reasons": x.RejectedReasons}, back, week{},
				week{b.money.whole(scale(of.spend, share)), scale(of.clicks, share), scale(of.checkouts, share)})
		}
	}
}

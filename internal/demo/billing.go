package demo

import (
	"fmt"
	"math"
	"time"
)

// closedMonth is a month that is over, with its invoice's amounts.
type closedMonth struct {
	first    time.Time
	net      int64
	discount int64
}

// bill makes what concerns money.
func (b *books) bill() {
	months := b.closedMonths()
	if len(b.Campaigns) == 0 {
		return
	}
	kind := [...]string{"CREDIT_CARD", "INVOICE", "PREPAID", "RECURRING", "INTERNAL"}[b.dice.weighted(55, 20, 15, 8, 2)]
	switch b.Advertiser.ID {
	case 1:
		kind = "CREDIT_CARD"
	case 2, 3:
		kind = "INVOICE"
	case 8:
		kind = "PREPAID"
	}
	b.giveCredits(months)
	refused := b.addProfiles(kind, len(months))
	b.addInvoices(kind, months, refused != "" || b.Advertiser.ID == 3 || kind == "INVOICE" && b.dice.chance(.15))
	if kind == "INVOICE" || b.casting.role == lead {
		b.addOrderLines()
	}
	b.tellBilling(refused)
}

// closedMonths returns the months that are over and have something to bill. An
// invoice is of whole cents; what rounding left of one month is in the next, so
// that together they bill exactly what was spent.
func (b *books) closedMonths() []closedMonth {
	list := []closedMonth{}
	spent, billed := int64(0), int64(0)
	this := b.calendar.on(b.calendar.now, 0, 1)
	for first := b.calendar.on(b.calendar.at(0, 0), 0, 1); first.Before(this); first = b.calendar.on(first, 1, 1) {
		spent += b.months[first.Format("2006-01")]
		if net := b.money.whole(spent) - billed; net > 0 {
			list = append(list, closedMonth{first: first, net: net})
			billed += net
		}
	}
	return list
}

// giveCredits makes the account's credits and uses them: they are discounts of
// the months from which on they were given.
func (b *books) giveCredits(months []closedMonth) {
	isLead := b.casting.role == lead
	if len(months) > 0 && (isLead || b.dice.chance(.25)) {
		b.giveCredit("Welcome credit", b.money.budget(100), 0, months, 0)
	}
	if len(months) > 2 && (isLead || b.dice.chance(.1)) {
		total := b.money.budget(b.dice.between(200, 600))
		b.giveCredit("Promotional credit", total, b.money.whole(total*int64(b.dice.days(8, 19))/100), months[len(months)-2:], 4)
	}
}

// giveCredit makes a credit, of which some is kept, and lets months use the
// rest. It expires so many months from now, or two months after it was given.
func (b *books) giveCredit(name string, total, kept int64, months []closedMonth, left int) {
	remaining := total
	for i := range months {
		m := &months[i]
		use := min(remaining-kept, m.net-m.discount)
		m.discount += use
		remaining -= use
	}
	expires := b.calendar.on(months[0].first, 3, 0)
	if left > 0 {
		expires = b.calendar.on(b.calendar.now, left, 0)
	}
	b.paper.Credits = append(b.paper.Credits, AdCredit{
		AdvertiserID: b.Advertiser.ID, Name: name, TotalMicros: total, RemainingMicros: remaining,
		IsActive: remaining > 0 && expires.After(b.calendar.now), ExpiresOn: new(expires.Format(time.DateOnly)), CreatedAt: months[0].first.UTC(),
	})
}

// addProfiles makes the payment methods, and returns the label of a card that
// was refused lately, if any was.
func (b *books) addProfiles(kind string, months int) (refused string) {
	d, id := b.dice, b.Advertiser.ID
	usual := float64(b.total()) / 1e6 / b.money.rate / float64(months+1) // of a month, in US dollars
	this := b.months[b.calendar.now.In(b.calendar.zone).Format("2006-01")]
	p := BillingProfile{
		AdvertiserID: id, Type: kind, Status: "VALID", IsDefault: true, BalanceMicros: b.money.whole(this), CreatedAt: b.Advertiser.CreatedAt,
	}
	switch kind {
	case "CREDIT_CARD":
		if b.casting.disabled || id != 1 && d.chance(.08) {
			b.card(&p, "", -d.days(1, 2))
			refused = p.Label
		} else {
			b.card(&p, "", d.days(2, 40))
		}
		p.ThresholdMicros = new(b.money.budget(max(25, usual/2)))
		p.BalanceMicros %= *p.ThresholdMicros
	case "INVOICE":
		p.Label = "Monthly invoice, net 30"
		p.CreditLimitMicros = new(b.money.budget(max(1000, usual*4)))
	case "PREPAID":
		p.Label, p.BalanceMicros = "Prepaid balance", b.money.micros(max(20, usual*d.between(.1, 1.5)))
	case "RECURRING":
		p.Label = fmt.Sprintf("Direct debit •••• %04d", d.IntN(10000))
	default:
		p.Label, p.BalanceMicros = "Internal account", 0
	}
	if b.total() == 0 {
		p.Status = "PENDING"
	}
	if id == 1 {
		p.Label, refused = "Visa •••• 4242", "Mastercard •••• 5100"
		old := BillingProfile{AdvertiserID: id, Type: kind, CreatedAt: b.Advertiser.CreatedAt}
		b.card(&old, refused, -1)
		b.paper.Profiles = append(b.paper.Profiles, old)
	} else if kind == "CREDIT_CARD" && d.chance(.25) {
		second := BillingProfile{AdvertiserID: id, Type: kind, Status: "VALID", CreatedAt: b.Advertiser.CreatedAt}
		b.card(&second, "", d.days(-14, 40))
		b.paper.Profiles = append(b.paper.Profiles, second)
	}
	b.paper.Profiles = append(b.paper.Profiles, p)
	return refused
}

// card makes a payment method a card that is valid to the end of a month, so
// many months from this one.
func (b *books) card(p *BillingProfile, label string, months int) {
	if label == "" {
		brand := [...]string{"Visa", "Mastercard", "Amex"}[b.dice.weighted(60, 32, 8)]
		label = fmt.Sprintf("%s •••• %04d", brand, b.dice.IntN(10000))
	}
	p.Label, p.ExpiresOn = label, new(b.calendar.on(b.calendar.now, months+1, 0).Format(time.DateOnly))
	if months < 0 {
		p.Status = "INVALID"
	}
}

// taxPermille is the tax on advertising that the platform collects.
func taxPermille(country string) int64 {
	switch country {
	case "GB", "FR":
		return 200
	case "DE":
		return 190
	case "ES", "NL":
		return 210
	case "SE":
		return 250
	case "AU", "JP":
		return 100
	case "NZ":
		return 150
	case "IN", "IL":
		return 180
	case "MX":
		return 160
	case "CA":
		return 50
	}
	return 0
}

// addInvoices writes an invoice per month. Of one who pays late the last one
// that is due is still open.
func (b *books) addInvoices(kind string, months []closedMonth, isLate bool) {
	terms := map[string]int{"INVOICE": 30, "CREDIT_CARD": 7, "RECURRING": 14}[kind]
	today := b.calendar.on(b.calendar.now, 0, b.calendar.now.In(b.calendar.zone).Day())
	latest := -1 // the last one that is due
	for i, m := range months {
		issued := b.calendar.on(m.first, 1, 1+b.dice.days(0, 2))
		if issued.After(today) {
			issued = today
		}
		due := b.calendar.on(issued, 0, issued.Day()+terms)
		v := b.invoice(m, "INV", "INVOICE", issued, due, m.net, m.discount)
		paid := b.calendar.on(issued, 0, issued.Day()+b.dice.days(terms/2, terms)).Add(10 * time.Hour)
		if paid.Before(b.calendar.now) {
			v.Status, v.PaidAt = "CLOSED", new(paid.UTC())
		}
		b.paper.Invoices = append(b.paper.Invoices, v)
		if due.Before(today) {
			latest = len(b.paper.Invoices) - 1
		}
		isMemo := i == len(months)-3 && b.casting.role == lead || b.dice.chance(.02)
		if taken := b.money.whole(int64(float64(m.net) * b.dice.between(.005, .03))); isMemo && taken > 0 {
			at := b.calendar.on(issued, 0, issued.Day()+b.dice.days(10, 40))
			if at.Before(today) {
				memo := b.invoice(m, "CM", "CREDIT_MEMO", at, at, -taken, 0)
				memo.Status, memo.PaidAt = "CLOSED", new(at.Add(10*time.Hour).UTC())
				b.paper.Invoices = append(b.paper.Invoices, memo)
			}
		}
	}
	if isLate && latest >= 0 {
		b.paper.Invoices[latest].Status, b.paper.Invoices[latest].PaidAt = "OPEN", nil
	}
}

// invoice writes a document about a month.
func (b *books) invoice(m closedMonth, prefix, kind string, issued, due time.Time, net, discount int64) Invoice {
	tax := b.money.whole(int64(math.Round(float64(net-discount) * float64(taxPermille(b.Advertiser.Country)) / 1000)))
	return Invoice{
		AdvertiserID: b.Advertiser.ID, Number: fmt.Sprintf("%s-%s-%05d", prefix, m.first.Format("200601"), b.Advertiser.ID), Type: kind, Status: "OPEN",
		PeriodFirst: m.first.Format(time.DateOnly), PeriodLast: b.calendar.on(m.first, 1, 0).Format(time.DateOnly),
		IssuedOn: issued.Format(time.DateOnly), DueOn: due.Format(time.DateOnly),
		NetMicros: net, TaxMicros: tax, DiscountMicros: discount, BilledMicros: net + tax - discount,
	}
}

// addOrderLines writes what was ordered for the quarters of the last year.
func (b *books) addOrderLines() {
	d, number := b.dice, 4000+int(b.Advertiser.ID)*7
	for back := 4; back >= 0; back-- {
		month := b.calendar.on(b.calendar.now, -3*back, 1)
		first := b.calendar.on(month, -(int(month.Month())-1)%3, 1)
		for range d.days(1, 2) {
			number += d.days(1, 9)
			paid := [...]string{"PAID", "BONUS", "MAKE_GOOD", "TEST"}[d.weighted(80, 10, 6, 4)]
			dollars := d.lognormal(15000, .8)
			if paid != "PAID" {
				dollars *= .1
			}
			o := OrderLine{
				AdvertiserID: b.Advertiser.ID, PaidType: paid, Status: [...]string{"ACTIVE", "PAUSED", "DELETED"}[d.weighted(85, 10, 5)],
				Name:         fmt.Sprintf("Q%d %d, %s, IO %d", (int(first.Month())+2)/3, first.Year(), pick(d, b.themes()), number),
				BudgetMicros: b.money.budget(dollars), StartsOn: first.Format(time.DateOnly),
				EndsOn: new(b.calendar.on(first, 3, 0).Format(time.DateOnly)), CreatedAt: b.calendar.past(first.AddDate(0, 0, -d.days(3, 25))),
			}
			if back == 0 && d.chance(.2) {
				o.EndsOn = nil
			}
			b.paper.OrderLines = append(b.paper.OrderLines, o)
		}
	}
}

// themes is what the account advertises.
func (b *books) themes() []string {
	if len(b.casting.themes) > 0 {
		return b.casting.themes
	}
	return b.vertical.themes
}

package demo

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// TestInvoicesBillWhatWasSpent adds up the days once more: the invoices of the
// months that are over bill what was spent in them, to the smallest unit of the
// currency, and each bills its own month but for what rounding moved.
func TestInvoicesBillWhatWasSpent(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	memos := 0
	for i, a := range w.accounts {
		this := a.calendar.text(a.calendar.today)[:len("2006-01")]
		spent, total := map[string]int64{}, int64(0)
		for _, d := range w.facts[i].AdDays {
			if month := d.Day[:len("2006-01")]; month < this {
				spent[month] += d.SpendMicros
				total += d.SpendMicros
			}
		}
		billed, discounts, unit := int64(0), int64(0), int64(a.money.minor)
		numbers := map[string]bool{}
		for _, v := range w.facts[i].Paperwork.Invoices {
			if numbers[v.Number] {
				t.Errorf("%s comes twice", v.Number)
			}
			numbers[v.Number] = true
			if v.BilledMicros != v.NetMicros+v.TaxMicros-v.DiscountMicros {
				t.Errorf("%s: %d is not %d + %d - %d", v.Number, v.BilledMicros, v.NetMicros, v.TaxMicros, v.DiscountMicros)
			}
			if v.NetMicros%unit != 0 || v.TaxMicros%unit != 0 || v.DiscountMicros%unit != 0 {
				t.Errorf("%s has amounts that cannot be paid in %s: %+v", v.Number, a.Advertiser.Currency, v)
			}
			if (v.Status == "CLOSED") != (v.PaidAt != nil) || v.PaidAt != nil && v.PaidAt.After(asOf) {
				t.Errorf("%s is %s, paid at %v", v.Number, v.Status, v.PaidAt)
			}
			if v.Type == "CREDIT_MEMO" {
				memos++
				if v.NetMicros >= 0 || -v.NetMicros > spent[v.PeriodFirst[:len(this)]] {
					t.Errorf("%s takes %d back", v.Number, v.NetMicros)
				}
				continue
			}
			billed += v.NetMicros
			discounts += v.DiscountMicros
			if month := v.PeriodFirst[:len(this)]; month >= this || max(spent[month]-v.NetMicros, v.NetMicros-spent[month]) >= unit {
				t.Errorf("%s: %d was spent in %s, %d billed", v.Number, spent[month], month, v.NetMicros)
			}
		}
		if len(a.Campaigns) > 0 && max(billed-total, total-billed)*2 > unit {
			t.Errorf("advertiser %d spent %d, was billed %d", i+1, total, billed)
		}
		used := int64(0)
		for _, c := range w.facts[i].Paperwork.Credits {
			used += c.TotalMicros - c.RemainingMicros
		}
		if used != discounts {
			t.Errorf("advertiser %d used credits of %d, its discounts are %d", i+1, used, discounts)
		}
	}
	if memos == 0 {
		t.Error("no credit memo")
	}
}

// TestNotificationsFollowFromFacts looks for the cause of each notification, and
// for causes without one.
func TestNotificationsFollowFromFacts(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	kinds := map[string]int{}
	for i, a := range w.accounts {
		paper := w.facts[i].Paperwork
		causes := map[string]bool{}
		cause := func(kind, level string, id int64) { causes[fmt.Sprint(kind, level, id)] = true }
		byGroup, byCampaign := map[int64]int64{}, map[int64]int64{}
		for _, d := range w.facts[i].AdDays {
			byGroup[d.AdGroupID] += d.SpendMicros
			byCampaign[d.CampaignID] += d.SpendMicros
		}
		for _, c := range a.Campaigns {
			if c.LifetimeBudgetMicros != nil && byCampaign[c.ID] >= *c.LifetimeBudgetMicros {
				cause("BUDGET_SPENT", "CAMPAIGN", c.ID)
			}
			if c.Status == "ACTIVE" && c.EndAt != nil && c.EndAt.After(asOf) && c.EndAt.Sub(asOf) < 7*24*time.Hour {
				cause("CAMPAIGN_ENDING", "CAMPAIGN", c.ID)
			}
		}
		for _, g := range a.AdGroups {
			if g.BudgetType == "LIFETIME" && byGroup[g.ID] >= *g.BudgetMicros {
				cause("BUDGET_SPENT", "AD_GROUP", g.ID)
			}
		}
		for _, x := range a.Ads {
			if x.ReviewStatus == "REJECTED" && x.Status == "ACTIVE" && asOf.Sub(*x.ReviewedAt) < rejectedDays*24*time.Hour {
				cause("AD_REJECTED", "AD", x.ID)
			}
		}
		for _, o := range a.Tags {
			if o.LastFiredAt != nil && asOf.Sub(*o.LastFiredAt) > silentDays*24*time.Hour {
				cause("TAG_SILENT", "CONVERSION_TAG", o.ID)
			}
		}
		overdue := slices.ContainsFunc(paper.Invoices, func(v Invoice) bool {
			return v.Status == "OPEN" && v.DueOn < a.calendar.text(a.calendar.today)
		})
		if overdue {
			cause("INVOICE_OVERDUE", "", 0)
		}
		if overdue && slices.ContainsFunc(paper.Profiles, func(p BillingProfile) bool { return p.Status == "INVALID" }) {
			cause("PAYMENT_FAILED", "", 0)
		}
		if slices.ContainsFunc(paper.Credits, func(c AdCredit) bool { return c.IsActive && c.RemainingMicros*5 <= c.TotalMicros }) {
			cause("CREDIT_LOW", "", 0)
		}
		told := map[string]bool{}
		for _, n := range paper.Notifications {
			kinds[n.Type]++
			level := ""
			if n.EntityLevel != nil {
				level = *n.EntityLevel
			}
			key := fmt.Sprint(n.Type, level, value(n.EntityID))
			told[key] = true
			if !causes[key] || n.CreatedAt.After(asOf) {
				t.Errorf("advertiser %d: no cause for %+v", i+1, n)
			}
		}
		for key := range causes {
			if !told[key] {
				t.Errorf("advertiser %d: nobody tells of %s", i+1, key)
			}
		}
	}
	for _, kind := range []string{"BUDGET_SPENT", "CAMPAIGN_ENDING", "AD_REJECTED", "PAYMENT_FAILED", "INVOICE_OVERDUE", "CREDIT_LOW", "TAG_SILENT"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s in %v", kind, kinds)
		}
	}
}

// TestRecommendationsCountTheWeekBefore adds up the seven days before each
// recommendation once more.
func TestRecommendationsCountTheWeekBefore(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	kinds := map[string]int{}
	for i, a := range w.accounts {
		type key struct {
			level string
			id    int64
			day   string
		}
		days := map[key]week{}
		for _, d := range w.facts[i].AdDays {
			for _, k := range []key{{"CAMPAIGN", d.CampaignID, d.Day}, {"AD_GROUP", d.AdGroupID, d.Day}, {"AD", d.AdID, d.Day}} {
				sum := days[k]
				days[k] = week{sum.spend + d.SpendMicros, sum.clicks + d.ClicksPaid + d.ClicksEarned, sum.checkouts + d.Checkouts}
			}
		}
		for _, r := range w.facts[i].Paperwork.Recommendations {
			kinds[r.Type]++
			sum := week{}
			for back := 1; back <= 7; back++ {
				day := days[key{*r.EntityLevel, *r.EntityID, a.calendar.on(r.CreatedAt, 0, r.CreatedAt.In(a.calendar.zone).Day()-back).Format(time.DateOnly)}]
				sum = week{sum.spend + day.spend, sum.clicks + day.clicks, sum.checkouts + day.checkouts}
			}
			got := week{*r.SpendMicros, *r.PinClicks, value(r.Checkouts)}
			if r.Checkouts == nil {
				sum.checkouts = 0
			}
			if got != sum || *r.SpendMicrosAfter <= got.spend && r.Type != "FIX_REJECTED_AD" || *r.PinClicksAfter < got.clicks {
				t.Errorf("advertiser %d, %s of %s %d on %s: %+v to %d, want %+v", i+1, r.Type, *r.EntityLevel, *r.EntityID, r.CreatedAt, got, *r.SpendMicrosAfter, sum)
			}
		}
	}
	for _, kind := range []string{"RAISE_BUDGET", "ADD_KEYWORDS", "FIX_REJECTED_AD", "WIDEN_TARGETING", "SWITCH_TO_CBO"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s in %v", kind, kinds)
		}
	}
}

// TestPaperworkIsThere looks for what screens have to cope with.
func TestPaperworkIsThere(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	in := func(is func(*Paperwork) bool) int {
		n := 0
		for _, f := range w.facts {
			if is(f.Paperwork) {
				n++
			}
		}
		return n
	}
	all := len(w.facts)
	for name, n := range map[string]int{
		"expired card": in(func(p *Paperwork) bool {
			return slices.ContainsFunc(p.Profiles, func(b BillingProfile) bool { return b.Status == "INVALID" })
		}),
		"no payment method": in(func(p *Paperwork) bool { return len(p.Profiles) == 0 }),
		"prepaid": in(func(p *Paperwork) bool {
			return slices.ContainsFunc(p.Profiles, func(b BillingProfile) bool { return b.Type == "PREPAID" })
		}),
		"credit":        in(func(p *Paperwork) bool { return len(p.Credits) > 0 }),
		"no credit":     in(func(p *Paperwork) bool { return len(p.Credits) == 0 }),
		"order":         in(func(p *Paperwork) bool { return len(p.OrderLines) > 0 }),
		"no order":      in(func(p *Paperwork) bool { return len(p.OrderLines) == 0 }),
		"nothing saved": in(func(p *Paperwork) bool { return len(p.Views)+len(p.Templates)+len(p.Exports) == 0 }),
		"another's own view": in(func(p *Paperwork) bool {
			return slices.ContainsFunc(p.Views, func(v SavedView) bool { return v.UserID != ownerID && !v.IsShared })
		}),
		"failed export": in(func(p *Paperwork) bool {
			return slices.ContainsFunc(p.Exports, func(x ExportRun) bool { return x.State == "FAILED" })
		}),
		"running export": in(func(p *Paperwork) bool {
			return slices.ContainsFunc(p.Exports, func(x ExportRun) bool { return x.State == "RUNNING" })
		}),
		"no notification":   in(func(p *Paperwork) bool { return len(p.Notifications) == 0 }),
		"no recommendation": in(func(p *Paperwork) bool { return len(p.Recommendations) == 0 }),
	} {
		if n == 0 || n == all {
			t.Errorf("%s: %d of %d accounts", name, n, all)
		}
	}
}

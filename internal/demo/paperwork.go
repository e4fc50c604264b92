package demo

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// Paperwork is what an account is billed, keeps, is told and advised. It comes
// last, since most of it follows from what was delivered. The database numbers
// the rows as they arrive; each list is in the order of time.
type Paperwork struct {
	Profiles        []BillingProfile
	Credits         []AdCredit
	Invoices        []Invoice
	OrderLines      []OrderLine
	Views           []SavedView
	Templates       []ReportTemplate
	Exports         []ExportRun
	Notifications   []Notification
	Recommendations []Recommendation
}

// BillingProfile is a row of billing_profile.
type BillingProfile struct {
	AdvertiserID      int64
	Type              string
	Status            string
	Label             string
	ExpiresOn         *string
	IsDefault         bool
	BalanceMicros     int64
	ThresholdMicros   *int64
	CreditLimitMicros *int64
	CreatedAt         time.Time
}

// AdCredit is a row of ad_credit.
type AdCredit struct {
	AdvertiserID    int64
	Name            string
	TotalMicros     int64
	RemainingMicros int64
	IsActive        bool
	ExpiresOn       *string
	CreatedAt       time.Time
}

// Invoice is a row of invoice.
type Invoice struct {
	AdvertiserID   int64
	Number         string
	Type           string
	Status         string
	PeriodFirst    string
	PeriodLast     string
	IssuedOn       string
	DueOn          string
	NetMicros      int64
	TaxMicros      int64
	DiscountMicros int64
	BilledMicros   int64
	PaidAt         *time.Time
}

// OrderLine is a row of order_line.
type OrderLine struct {
	AdvertiserID int64
	Name         string
	BudgetMicros int64
	PaidType     string
	Status       string
	StartsOn     string
	EndsOn       *string
	CreatedAt    time.Time
}

// SavedView is a row of saved_view.
type SavedView struct {
	AdvertiserID int64
	UserID       int64
	Screen       string
	Name         string
	Spec         []byte
	IsShared     bool
	CreatedAt    time.Time
}

// ReportTemplate is a row of report_template.
type ReportTemplate struct {
	AdvertiserID int64
	OwnerID      int64
	Name         string
	Level        string
	Columns      []string
	Filters      []byte
	Schedule     string
	CreatedAt    time.Time
}

// ExportRun is a row of export_run.
type ExportRun struct {
	AdvertiserID int64
	UserID       int64
	Name         string
	Level        string
	Format       string
	State        string
	Rows         int64
	Bytes        int64
	StartedAt    time.Time
	FinishedAt   *time.Time
	Error        *string
}

// Notification is a row of notification.
type Notification struct {
	AdvertiserID int64
	Type         string
	Severity     string
	EntityLevel  *string
	EntityID     *int64
	TextKey      string
	Params       []byte
	State        string
	CreatedAt    time.Time
}

// Recommendation is a row of recommendation.
type Recommendation struct {
	AdvertiserID     int64
	Type             string
	EntityLevel      *string
	EntityID         *int64
	Params           []byte
	State            string
	SpendMicros      *int64
	SpendMicrosAfter *int64
	PinClicks        *int64
	PinClicksAfter   *int64
	Checkouts        *int64
	CheckoutsAfter   *int64
	CreatedAt        time.Time
}

// books is what an account's paperwork is made from, kept while its facts are
// made.
type books struct {
	*Account
	dice   dice
	months map[string]int64 // spend by month, such as "2026-05"
	paper  Paperwork
}

func (a *Account) newBooks() *books {
	return &books{Account: a, dice: newDice(a.seed, partPaper, int(a.Advertiser.ID)-1), months: map[string]int64{}}
}

// keep takes notice of how a campaign delivered.
func (b *books) keep(v *voyage) {
	spent, last := map[int64]int64{}, map[int64]string{} // by ad group, and by 0 for all
	for i := range v.days {
		row := &v.days[i]
		b.months[row.Day[:len("2006-01")]] += row.SpendMicros
		for _, id := range [...]int64{0, row.AdGroupID} {
			spent[id] += row.SpendMicros
			if row.SpendMicros > 0 {
				last[id] = max(last[id], row.Day)
			}
		}
	}
	b.tellSpent(v, spent, last)
	b.advise(v)
}

// close makes the rest of the paperwork and returns all of it.
func (b *books) close() *Paperwork {
	b.bill()
	b.save()
	b.tell()
	slices.SortStableFunc(b.paper.Exports, func(x, y ExportRun) int { return x.StartedAt.Compare(y.StartedAt) })
	slices.SortStableFunc(b.paper.Notifications, func(x, y Notification) int { return x.CreatedAt.Compare(y.CreatedAt) })
	slices.SortStableFunc(b.paper.Recommendations, func(x, y Recommendation) int { return x.CreatedAt.Compare(y.CreatedAt) })
	slices.SortStableFunc(b.paper.Invoices, func(x, y Invoice) int {
		return cmp.Or(cmp.Compare(x.IssuedOn, y.IssuedOn), cmp.Compare(x.Number, y.Number))
	})
	return &b.paper
}

// below returns the rows of a campaign, which stand together and in the order of
// their campaigns.
func below[T any](rows []T, campaign int64, of func(*T) int64) []T {
	first := sort.Search(len(rows), func(i int) bool { return of(&rows[i]) >= campaign })
	end := sort.Search(len(rows), func(i int) bool { return of(&rows[i]) > campaign })
	return rows[first:end]
}

func (b *books) adGroupsOf(campaign int64) []AdGroup {
	return below(b.AdGroups, campaign, func(g *AdGroup) int64 { return g.CampaignID })
}

func (b *books) adsOf(campaign int64) []Ad {
	return below(b.Ads, campaign, func(x *Ad) int64 { return x.CampaignID })
}

// total is the spend of all months.
func (b *books) total() int64 {
	total := int64(0)
	for _, n := range b.months {
		total += n
	}
	return total
}

// whole rounds micros to what can be paid.
func (m money) whole(micros int64) int64 {
	unit := int64(m.minor)
	if micros < 0 {
		return -m.whole(-micros)
	}
	return (micros + unit/2) / unit * unit
}

// on returns the start of a day of the calendar's time zone: of the month so
// many months after that of an instant, and in it the day of that number, where
// 0 is the last of the month before.
func (c *calendar) on(from time.Time, months, day int) time.Time {
	local := from.In(c.zone)
	return time.Date(local.Year(), local.Month()+time.Month(months), day, 0, 0, 0, 0, c.zone)
}

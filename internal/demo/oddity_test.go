package demo

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// TestOdditiesArePresent looks for everything that programs get wrong in the
// smallest world.
func TestOdditiesArePresent(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	campaign := func(is func(*Account, *Campaign) bool) func() bool {
		return func() bool {
			return slices.ContainsFunc(w.accounts, func(a *Account) bool {
				return slices.ContainsFunc(a.Campaigns, func(c Campaign) bool { return is(a, &c) })
			})
		}
	}
	ad := func(is func(*Account, *Ad) bool) func() bool {
		return func() bool {
			return slices.ContainsFunc(w.accounts, func(a *Account) bool {
				return slices.ContainsFunc(a.Ads, func(x Ad) bool { return is(a, &x) })
			})
		}
	}
	group := func(is func(*Account, *Campaign, *AdGroup) bool) func() bool {
		return campaign(func(a *Account, c *Campaign) bool {
			return slices.ContainsFunc(a.AdGroups, func(g AdGroup) bool { return g.CampaignID == c.ID && is(a, c, &g) })
		})
	}
	day := func(is func(*AdDay) bool) func() bool {
		return func() bool {
			return slices.ContainsFunc(w.facts, func(f Facts) bool {
				return slices.ContainsFunc(f.AdDays, func(d AdDay) bool { return is(&d) })
			})
		}
	}
	account := func(is func(*Account) bool) func() bool {
		return func() bool { return slices.ContainsFunc(w.accounts, is) }
	}
	status := func(want string) func() bool {
		return campaign(func(_ *Account, c *Campaign) bool { return c.Status == want })
	}
	named := func(is func(string) bool) func() bool {
		return campaign(func(_ *Account, c *Campaign) bool { return is(c.Name) })
	}
	zone := func(want string) func() bool {
		return account(func(a *Account) bool { return a.Advertiser.TimeZone == want && len(a.Campaigns) > 0 })
	}
	currency := func(want string) func() bool {
		return account(func(a *Account) bool { return a.Advertiser.Currency == want && len(a.Campaigns) > 0 })
	}
	tests := []struct {
		name    string
		present func() bool
	}{
		{"ConversionsWithoutDelivery", day(func(d *AdDay) bool {
			return d.Conversions > 0 && d.SpendMicros == 0 && d.ImpressionsPaid+d.ImpressionsEarned == 0
		})},
		{"DeliveryWithoutSpend", day(func(d *AdDay) bool { return d.SpendMicros == 0 && d.ImpressionsEarned > 0 })},
		{"ClicksWithoutCheckouts", day(func(d *AdDay) bool { return d.ClicksPaid > 20 && d.Checkouts == 0 })},
		{"Video", day(func(d *AdDay) bool { return d.VideoP100 > 0 && d.WatchMs > 0 })},
		{"Leads", day(func(d *AdDay) bool { return d.Leads > 0 })},
		{"Active", status("ACTIVE")},
		{"Paused", status("PAUSED")},
		{"Archived", status("ARCHIVED")},
		{"Draft", status("DRAFT")},
		{"DeletedDraft", status("DELETED_DRAFT")},
		{"OpenEnded", campaign(func(_ *Account, c *Campaign) bool { return c.StartAt != nil && c.EndAt == nil })},
		{"WithoutSchedule", campaign(func(_ *Account, c *Campaign) bool { return c.StartAt == nil })},
		{"EndedButActive", campaign(func(_ *Account, c *Campaign) bool {
			return c.Status == "ACTIVE" && c.EndAt != nil && c.EndAt.Before(asOf)
		})},
		{"NotStarted", campaign(func(_ *Account, c *Campaign) bool { return c.Status == "ACTIVE" && c.StartAt.After(asOf) })},
		{"BudgetUsedUp", func() bool { return len(usedUp(w)) > 0 }},
		{"ArchivedRenamed", campaign(func(a *Account, c *Campaign) bool {
			return c.Status == "ARCHIVED" && slices.ContainsFunc(a.Changes, func(x Change) bool {
				return x.EntityType == "CAMPAIGN" && x.EntityID == c.ID && x.Field == "name"
			})
		})},
		{"PausedParent", group(func(_ *Account, c *Campaign, g *AdGroup) bool { return c.Status == "PAUSED" && g.Status == "ACTIVE" })},
		{"NarrowedParent", group(func(_ *Account, c *Campaign, g *AdGroup) bool {
			return c.EndAt != nil && g.EndAt != nil && c.EndAt.Before(*g.EndAt)
		})},
		{"PausedAdGroup", group(func(_ *Account, c *Campaign, g *AdGroup) bool { return c.Status == "ACTIVE" && g.Status == "PAUSED" })},
		{"AdGroupBudgets", group(func(_ *Account, _ *Campaign, g *AdGroup) bool { return g.BudgetType == "LIFETIME" })},
		{"DeletedPin", ad(func(a *Account, x *Ad) bool {
			return slices.ContainsFunc(a.Pins, func(p Pin) bool { return p.ID == x.PinID && p.IsDeleted && p.MediaURL == nil })
		})},
		{"SharedPin", ad(func(a *Account, x *Ad) bool {
			return slices.ContainsFunc(a.Ads, func(y Ad) bool { return y.ID != x.ID && y.PinID == x.PinID })
		})},
		{"RejectedAd", ad(func(_ *Account, x *Ad) bool { return x.ReviewStatus == "REJECTED" && len(x.RejectedReasons) > 0 })},
		{"PendingAd", ad(func(_ *Account, x *Ad) bool { return x.ReviewStatus == "PENDING" && x.Status == "ACTIVE" })},
		{"AdWithoutName", ad(func(_ *Account, x *Ad) bool { return x.Name == nil })},
		{"BigIDs", ad(func(_ *Account, x *Ad) bool { return x.ID > 1<<53 && x.CampaignID > 1<<53 && x.AdGroupID > 1<<53 })},
		{"NoCampaigns", account(func(a *Account) bool { return len(a.Campaigns) == 0 })},
		{"Disabled", account(func(a *Account) bool { return a.Advertiser.Status == "DISABLED" && len(a.Campaigns) > 0 })},
		{"LosAngeles", zone("America/Los_Angeles")},
		{"Berlin", zone("Europe/Berlin")},
		{"Kolkata", zone("Asia/Kolkata")},
		{"Sydney", zone("Australia/Sydney")},
		{"LordHowe", zone("Australia/Lord_Howe")},
		{"Yen", currency("JPY")},
		{"Real", currency("BRL")},
		{"Emoji", named(func(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return r > 0x1F000 }) })},
		{"Commas", named(func(s string) bool { return strings.Contains(s, ",") })},
		{"Quotes", named(func(s string) bool { return strings.Contains(s, `"`) })},
		{"RightToLeft", named(func(s string) bool {
			return strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Hebrew, unicode.Arabic) })
		})},
		{"Han", named(func(s string) bool {
			return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		})},
		{"LongestName", named(func(s string) bool { return utf8.RuneCountInString(s) == 255 })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if !tt.present() {
				t.Error("not there")
			}
		})
	}
}

// usedUp returns the spend of campaigns whose lifetime budget is used up.
func usedUp(w *world) map[int64]int64 {
	found := map[int64]int64{}
	for i, a := range w.accounts {
		spend := map[int64]int64{}
		for _, d := range w.facts[i].AdDays {
			spend[d.CampaignID] += d.SpendMicros
		}
		for _, c := range a.Campaigns {
			if c.LifetimeBudgetMicros != nil && spend[c.ID] == *c.LifetimeBudgetMicros {
				found[c.ID] = spend[c.ID]
			}
		}
	}
	return found
}

func TestSpendStaysWithinLifetimeBudgets(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	for i, a := range w.accounts {
		campaigns, groups := map[int64]int64{}, map[int64]int64{}
		for _, d := range w.facts[i].AdDays {
			campaigns[d.CampaignID] += d.SpendMicros
			groups[d.AdGroupID] += d.SpendMicros
		}
		for _, c := range a.Campaigns {
			if c.LifetimeBudgetMicros != nil && campaigns[c.ID] > *c.LifetimeBudgetMicros {
				t.Errorf("campaign %d spent %d of %d", c.ID, campaigns[c.ID], *c.LifetimeBudgetMicros)
			}
		}
		for _, g := range a.AdGroups {
			if g.BudgetType == "LIFETIME" && groups[g.ID] > *g.BudgetMicros {
				t.Errorf("ad group %d spent %d of %d", g.ID, groups[g.ID], *g.BudgetMicros)
			}
		}
	}
	if n := len(usedUp(w)); n < 2 {
		t.Errorf("%d budgets are used up, want 2 or more", n)
	}
}

func TestFactsEndWithTheDataOfToday(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name            string
		asOf            time.Time
		zone            string
		today           string
		share           float64 // of today
		delivery, final string
	}{
		{"MorningInLosAngeles", asOf, "America/Los_Angeles", "2026-11-25", 7. / 24, "2026-11-24", "2026-11-22"},
		{"JustAfterMidnight", asOf.Add(5 * time.Hour), "Europe/Berlin", "2026-11-26", 0, "2026-11-24", "2026-11-23"},
		{"DayOf23Hours", time.Date(2026, 3, 29, 13, 0, 0, 0, time.UTC), "Europe/Berlin", "2026-03-29", 11. / 23, "2026-03-28", "2026-03-27"},
		{"DayOf24HoursAndAHalf", time.Date(2026, 4, 5, 6, 0, 0, 0, time.UTC), "Australia/Lord_Howe", "2026-04-05", 14. / 24.5, "2026-04-04", "2026-04-03"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := newCalendar(tt.zone, tt.asOf)
			if err != nil {
				t.Fatal(err)
			}
			today := c.days[c.today]
			if today.text != tt.today {
				t.Errorf("today = %s, want %s", today.text, tt.today)
			}
			if got := today.share; got < tt.share-.001 || got > tt.share+.001 {
				t.Errorf("share of today = %.3f, want %.3f", got, tt.share)
			}
			if got := c.text(c.finalDelivery); got != tt.delivery {
				t.Errorf("delivery final through %s, want %s", got, tt.delivery)
			}
			if got := c.text(c.finalConversion); got != tt.final {
				t.Errorf("conversions final through %s, want %s", got, tt.final)
			}
		})
	}
}

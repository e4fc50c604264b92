package demo

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestRowsKeepTheRulesOfTheSchema checks what constraints would refuse.
func TestRowsKeepTheRulesOfTheSchema(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	campaigns, groups, pins, ads := map[int64]bool{}, map[int64]bool{}, map[int64]bool{}, map[int64]bool{}
	unique := func(t *testing.T, seen map[int64]bool, id int64) {
		t.Helper()
		if seen[id] || id < 1 {
			t.Errorf("id %d is taken or unfit", id)
		}
		seen[id] = true
	}
	for i, a := range w.accounts {
		if a.Advertiser.ID != int64(i+1) {
			t.Errorf("advertiser %d has id %d", i+1, a.Advertiser.ID)
		}
		checkName(t, a.Advertiser.Name, 256)
		own := map[int64]Campaign{}
		for _, c := range a.Campaigns {
			unique(t, campaigns, c.ID)
			own[c.ID] = c
			checkName(t, c.Name, 255)
			checkTimes(t, a, c.StartAt, c.EndAt, c.CreatedAt, c.UpdatedAt)
			budgets := 0
			for _, b := range []*int64{c.DailyBudgetMicros, c.LifetimeBudgetMicros} {
				if b != nil {
					budgets++
				}
				if b != nil && *b <= 0 {
					t.Errorf("campaign %d has a budget of %d", c.ID, *b)
				}
			}
			if c.IsCBO != (budgets == 1) {
				t.Errorf("campaign %d has %d budgets, CBO %t", c.ID, budgets, c.IsCBO)
			}
		}
		ownGroups := map[int64]AdGroup{}
		for _, g := range a.AdGroups {
			unique(t, groups, g.ID)
			ownGroups[g.ID] = g
			checkName(t, g.Name, 255)
			checkTimes(t, a, g.StartAt, g.EndAt, g.CreatedAt, g.UpdatedAt)
			if _, found := own[g.CampaignID]; !found {
				t.Errorf("ad group %d belongs to no campaign", g.ID)
			}
			if (g.BudgetType == "CBO_ADGROUP") != (g.BudgetMicros == nil) || (g.BudgetType == "CBO_ADGROUP") != own[g.CampaignID].IsCBO {
				t.Errorf("ad group %d has budget type %s", g.ID, g.BudgetType)
			}
			if g.BudgetType == "LIFETIME" && g.EndAt == nil {
				t.Errorf("ad group %d has a lifetime budget and no end", g.ID)
			}
			if g.BudgetMicros != nil && *g.BudgetMicros <= 0 || g.BidMicros != nil && *g.BidMicros <= 0 {
				t.Errorf("ad group %d has no money", g.ID)
			}
			if !json.Valid(g.Targeting) || g.Goal != nil && !json.Valid(g.Goal) {
				t.Errorf("ad group %d: not JSON", g.ID)
			}
		}
		ownPins := map[int64]bool{}
		for _, p := range a.Pins {
			unique(t, pins, p.ID)
			ownPins[p.ID] = true
		}
		for _, x := range a.Ads {
			unique(t, ads, x.ID)
			if x.Name != nil {
				checkName(t, *x.Name, 255)
			}
			checkTimes(t, a, nil, nil, x.CreatedAt, x.UpdatedAt)
			if !ownPins[x.PinID] || ownGroups[x.AdGroupID].CampaignID != x.CampaignID {
				t.Errorf("ad %d: its pin or ad group is not there", x.ID)
			}
			if (x.ReviewStatus == "REJECTED") != (len(x.RejectedReasons) > 0) || x.RejectedReasons == nil {
				t.Errorf("ad %d: %s for %v", x.ID, x.ReviewStatus, x.RejectedReasons)
			}
		}
	}
}

func checkName(t *testing.T, name string, most int) {
	t.Helper()
	if n := utf8.RuneCountInString(name); n < 1 || n > most || !utf8.ValidString(name) || strings.TrimSpace(name) != name {
		t.Errorf("unfit name of %d characters: %q", n, name)
	}
}

// checkTimes checks that nothing ends before it starts, and nothing was made
// or changed in the future.
func checkTimes(t *testing.T, a *Account, start, end *time.Time, created, updated time.Time) {
	t.Helper()
	if start != nil && end != nil && !end.After(*start) {
		t.Errorf("from %s to %s", start, end)
	}
	if created.Before(a.Advertiser.CreatedAt) || updated.Before(created) || updated.After(asOf) {
		t.Errorf("created %s, updated %s", created, updated)
	}
}

func TestFactsKeepTheRulesOfTheSchema(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	for i, a := range w.accounts {
		first, today := a.calendar.text(0), a.calendar.text(a.calendar.today)
		order := func(x, y AdDay) int { return strings.Compare(x.Day, y.Day) }
		for at, d := range w.facts[i].AdDays {
			if d.Measures == (Measures{}) {
				t.Fatalf("ad %d has an empty row on %s", d.AdID, d.Day)
			}
			if d.Day < first || d.Day > today {
				t.Fatalf("ad %d has a row on %s", d.AdID, d.Day)
			}
			if at > 0 && w.facts[i].AdDays[at-1].AdID == d.AdID && order(w.facts[i].AdDays[at-1], d) >= 0 {
				t.Fatalf("ad %d: %s is out of order", d.AdID, d.Day)
			}
			funnel := []int64{
				d.ImpressionsPaid, d.VideoStarts, d.VideoViewsMRC, d.VideoViews3s, d.VideoP25, d.VideoP50, d.VideoP75, d.VideoP95, d.VideoP100, 0,
			}
			if !slices.IsSortedFunc(funnel, func(x, y int64) int { return int(y - x) }) {
				t.Fatalf("ad %d on %s: video measures %v", d.AdID, d.Day, funnel)
			}
			if d.OutboundClicksPaid > d.ClicksPaid || d.ClicksPaid > d.ImpressionsPaid || d.EngagementsPaid < d.ClicksPaid+d.SavesPaid ||
				d.SpendMicros < 0 || d.SpendMicros > 0 && d.ImpressionsPaid == 0 {
				t.Fatalf("ad %d on %s: %+v", d.AdID, d.Day, d.Measures)
			}
		}
		type key struct {
			ad                         int64
			day, event, source, credit string
			lag                        int
		}
		seen := map[key]bool{}
		for _, c := range w.facts[i].Conversions {
			k := key{c.AdID, c.ActionDay, c.Event, c.Source, c.CreditedAction, c.LagDays}
			if seen[k] || c.Conversions < 1 || c.LagDays < 0 || c.LagDays > 60 {
				t.Fatalf("unfit conversion: %+v", c)
			}
			seen[k] = true
			action, err := time.Parse(time.DateOnly, c.ActionDay)
			if err != nil {
				t.Fatal(err)
			}
			if on := action.AddDate(0, 0, c.LagDays).Format(time.DateOnly); on > today {
				t.Fatalf("converted on %s, after today: %+v", on, c)
			}
		}
	}
}

func TestChangesAreInOrderAndGiveVersions(t *testing.T) {
	t.Parallel()
	forms := map[string]*regexp.Regexp{
		"status": regexp.MustCompile(`^"[A-Z_]+"$`), "review": regexp.MustCompile(`^"[A-Z]+"$`), "name": regexp.MustCompile(`^".+"$`),
		"budget": regexp.MustCompile(`^\{"currency":"[A-Z]{3}","micros":"[1-9][0-9]*"\}$`), "endAt": regexp.MustCompile(`^"[0-9T:-]+Z"$`),
	}
	for _, a := range smallWorld(t).accounts {
		count := map[int64]int{} // of campaigns
		for i, c := range a.Changes {
			if c.At.After(asOf) || i > 0 && c.At.Before(a.Changes[i-1].At) {
				t.Errorf("change %d at %s is out of order", i, c.At)
			}
			if c.OldValue != nil && !json.Valid(c.OldValue) || c.NewValue != nil && !json.Valid(c.NewValue) {
				t.Errorf("change %d: not JSON", i)
			}
			form := forms[c.Field] // as the contract shows it
			if form == nil || !form.Match(c.OldValue) || !form.Match(c.NewValue) {
				t.Errorf("change %d of %s from %s to %s", i, c.Field, c.OldValue, c.NewValue)
			}
			if c.EntityType == "CAMPAIGN" {
				count[c.EntityID]++
			}
		}
		for _, c := range a.Campaigns {
			if c.Version != 1+count[c.ID] {
				t.Errorf("campaign %d has version %d after %d changes", c.ID, c.Version, count[c.ID])
			}
		}
	}
}

// TestMediumHasTheShapeOfAnAgency checks distributions where there is enough
// for them to show.
func TestMediumHasTheShapeOfAnAgency(t *testing.T) {
	t.Parallel()
	g, err := New(Options{Seed: 7, Size: Medium, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	counts, statuses, objectives, reviews, currencies := []int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	campaigns, ads, groups, live := 0, 0, 0, 0
	for i := range g.Advertisers() {
		a, err := g.Account(i)
		if err != nil {
			t.Fatal(err)
		}
		currencies[a.Advertiser.Currency]++
		if i == 1 {
			if len(a.Campaigns) != whaleCampaigns {
				t.Errorf("the second advertiser has %d campaigns, want %d", len(a.Campaigns), whaleCampaigns)
			}
			continue
		}
		counts = append(counts, len(a.Campaigns))
		campaigns, groups, ads = campaigns+len(a.Campaigns), groups+len(a.AdGroups), ads+len(a.Ads)
		for _, c := range a.Campaigns {
			statuses[c.Status]++
			objectives[c.Objective]++
			if c.Status == "ACTIVE" && c.StartAt.Before(asOf) && (c.EndAt == nil || c.EndAt.After(asOf)) {
				live++
			}
		}
		for _, x := range a.Ads {
			reviews[x.ReviewStatus]++
		}
	}
	slices.Sort(counts)
	within := func(name string, got, low, high float64) {
		t.Helper()
		if got < low || got > high {
			t.Errorf("%s = %.3f, want %.3f to %.3f", name, got, low, high)
		}
	}
	share := func(n, of int) float64 { return float64(n) / float64(of) }
	within("campaigns", float64(campaigns), 1900, 2400)
	within("median of campaigns", float64(counts[len(counts)/2]), 5, 7)
	within("most campaigns", float64(counts[len(counts)-1]), 60, 250)
	within("ad groups per campaign", share(groups, campaigns), 1.9, 2.4)
	within("ads per ad group", share(ads, groups), 3.5, 4.2)
	within("active", share(statuses["ACTIVE"], campaigns), .31, .40)
	within("paused", share(statuses["PAUSED"], campaigns), .26, .34)
	within("archived", share(statuses["ARCHIVED"], campaigns), .26, .34)
	within("draft", share(statuses["DRAFT"]+statuses["DELETED_DRAFT"], campaigns), .03, .07)
	within("live", share(live, campaigns), .15, .32)
	within("consideration", share(objectives[consideration], campaigns), .31, .39)
	within("video", share(objectives[video], campaigns), .02, .06)
	within("approved", share(reviews["APPROVED"], ads), .87, .95)
	within("rejected", share(reviews["REJECTED"], ads), .015, .04)
	within("pending", share(reviews["PENDING"], ads), .015, .045)
	within("dollars", share(currencies["USD"], 200), .50, .72)
	within("euros", share(currencies["EUR"], 200), .08, .22)
	within("yen", share(currencies["JPY"], 200), .01, .09)
}

func TestRatesAreThoseOfTheTrade(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	var all Measures
	rows, withSpend := 0, 0
	for i, a := range w.accounts {
		if a.Advertiser.Currency != "USD" {
			continue
		}
		for _, d := range w.facts[i].AdDays {
			all.add(&d.Measures)
			rows++
			if d.SpendMicros > 0 {
				withSpend++
			}
		}
	}
	for _, tt := range []struct {
		name           string
		got, low, high float64
	}{
		{"CPM", float64(all.SpendMicros) / 1e3 / float64(all.ImpressionsPaid), 2.5, 6.5},
		{"CTR", float64(all.ClicksPaid) / float64(all.ImpressionsPaid), .003, .008},
		{"outbound share", float64(all.OutboundClicksPaid) / float64(all.ClicksPaid), .58, .62},
		{"save rate", float64(all.SavesPaid) / float64(all.ImpressionsPaid), .0018, .0035},
		{"earned share", float64(all.ImpressionsEarned) / float64(all.ImpressionsPaid), .04, .14},
		{"checkouts per visit", float64(all.Checkouts) / float64(all.OutboundClicksPaid+all.OutboundClicksEarned), .01, .08},
		{"ROAS", float64(all.CheckoutValueMicros) / float64(all.SpendMicros), .8, 8},
		{"rows with spend", float64(withSpend) / float64(rows), .6, .98},
	} {
		if tt.got < tt.low || tt.got > tt.high {
			t.Errorf("%s = %.4f, want %.4f to %.4f", tt.name, tt.got, tt.low, tt.high)
		}
	}
}

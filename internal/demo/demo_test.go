package demo

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

// asOf is a Wednesday evening in Berlin, morning in Los Angeles.
var asOf = time.Date(2026, 11, 25, 18, 20, 0, 0, time.UTC)

// world is a whole demo in memory.
type world struct {
	generator *Generator
	accounts  []*Account
	facts     []Facts // of each account, put together
}

func makeWorld(o Options) (*world, error) {
	g, err := New(o)
	if err != nil {
		return nil, err
	}
	w := &world{generator: g}
	for i := range g.Advertisers() {
		a, err := g.Account(i)
		if err != nil {
			return nil, err
		}
		w.accounts = append(w.accounts, a)
		w.facts = append(w.facts, factsOf(a))
	}
	return w, nil
}

func factsOf(a *Account) Facts {
	all := Facts{}
	for f := range a.Facts() {
		all.AdDays = append(all.AdDays, f.AdDays...)
		all.AdHours = append(all.AdHours, f.AdHours...)
		all.Conversions = append(all.Conversions, f.Conversions...)
		all.Breakdowns = append(all.Breakdowns, f.Breakdowns...)
		all.Reach = append(all.Reach, f.Reach...)
		if f.Paperwork != nil {
			all.Paperwork = f.Paperwork
		}
	}
	return all
}

// small is shared by the tests, which do not change it.
var small = sync.OnceValues(func() (*world, error) { return makeWorld(Options{Seed: 1, Size: Small, AsOf: asOf}) })

func smallWorld(t *testing.T) *world {
	t.Helper()
	w, err := small()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// same tells whether an account and its facts have the same rows in two worlds.
func same(a, b *Account, f, g Facts) bool {
	text := func(a *Account) string {
		return string(jsonText([]any{
			a.Advertiser, a.Members, a.Campaigns, a.AdGroups, a.Pins, a.Ads, a.Freshness, a.Changes, a.Invitations, a.MemberChanges,
			a.Audiences, a.AdGroupAudiences, a.Keywords, a.Labels, a.CampaignLabels, a.Tags, a.TagDays,
		}))
	}
	return text(a) == text(b) && slices.Equal(f.AdDays, g.AdDays) && slices.Equal(f.AdHours, g.AdHours) && slices.Equal(f.Conversions, g.Conversions) &&
		slices.Equal(f.Breakdowns, g.Breakdowns) && slices.Equal(f.Reach, g.Reach) &&
		string(jsonText(f.Paperwork)) == string(jsonText(g.Paperwork))
}

func TestSameOptionsGiveSameRowsInAnyOrder(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	g, err := New(Options{Seed: 1, Size: Small, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i, want := range slices.Backward(w.accounts) {
		group.Go(func() {
			a, err := g.Account(i)
			if err != nil {
				t.Error(err)
				return
			}
			if !same(a, want, factsOf(a), w.facts[i]) {
				t.Errorf("advertiser %d differs when made alone", i+1)
			}
		})
	}
	group.Wait()
}

func TestSeedsGiveDifferentRows(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	g, err := New(Options{Seed: 2, Size: Small, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(w.accounts); i++ { // the first is large
		a, err := g.Account(i)
		if err != nil {
			t.Fatal(err)
		}
		if same(a, w.accounts[i], factsOf(a), w.facts[i]) {
			t.Errorf("advertiser %d does not depend on the seed", i+1)
		}
	}
}

func TestUnknownSizeIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := New(Options{Size: "huge", AsOf: asOf}); err == nil {
		t.Error("no error")
	}
}

func TestConversionColumnsCountConversions(t *testing.T) {
	t.Parallel()
	type key struct {
		ad  int64
		day string
	}
	w := smallWorld(t)
	for i := range w.accounts {
		want := map[key]Measures{}
		for _, c := range w.facts[i].Conversions {
			if c.LagDays > 30 || c.CreditedAction == "VIEW" && c.LagDays > 1 {
				continue
			}
			k := key{c.AdID, c.ActionDay}
			m := want[k]
			m.Conversions += c.Conversions
			switch c.Event {
			case "PAGE_VISIT":
				m.PageVisits += c.Conversions
			case "SIGNUP":
				m.Signups += c.Conversions
			case "ADD_TO_CART":
				m.AddToCarts += c.Conversions
			case "CHECKOUT":
				m.Checkouts += c.Conversions
				m.CheckoutValueMicros += c.ValueMicros
			}
			want[k] = m
		}
		for _, d := range w.facts[i].AdDays {
			k := key{d.AdID, d.Day}
			got := Measures{
				Conversions: d.Conversions, PageVisits: d.PageVisits, Signups: d.Signups, AddToCarts: d.AddToCarts,
				Checkouts: d.Checkouts, CheckoutValueMicros: d.CheckoutValueMicros,
			}
			if got != want[k] {
				t.Fatalf("ad %d on %s: got %+v, want %+v", d.AdID, d.Day, got, want[k])
			}
			delete(want, k)
		}
		for k := range want {
			t.Fatalf("ad %d has conversions on %s, but no row for the day", k.ad, k.day)
		}
	}
}

func TestBreakdownPartsStayWithinTheWhole(t *testing.T) {
	t.Parallel()
	type key struct {
		adGroup        int64
		dimension, day string
	}
	w := smallWorld(t)
	for i := range w.accounts {
		whole := map[key]Measures{}
		for _, d := range w.facts[i].AdDays {
			k := key{adGroup: d.AdGroupID, day: d.Day}
			m := whole[k]
			m.add(&d.Measures)
			whole[k] = m
		}
		sums, seen := map[key]BreakdownMeasures{}, map[string]bool{}
		for _, b := range w.facts[i].Breakdowns {
			k := key{b.EntityID, b.Dimension, b.Day}
			if name := fmt.Sprint(k, b.Value); seen[name] {
				t.Fatalf("two rows for %s", name)
			} else {
				seen[name] = true
			}
			if b.OutboundClicksPaid > b.ClicksPaid || b.ClicksPaid+b.SavesPaid > b.EngagementsPaid {
				t.Fatalf("%v: parts of a part exceed it: %+v", k, b)
			}
			if k.dimension == "INTEREST" || k.dimension == "KEYWORD" {
				continue // these overlap
			}
			s := sums[k]
			s.SpendMicros += b.SpendMicros
			s.ImpressionsPaid += b.ImpressionsPaid
			s.ImpressionsEarned += b.ImpressionsEarned
			s.ClicksPaid += b.ClicksPaid
			s.SavesPaid += b.SavesPaid
			s.EngagementsPaid += b.EngagementsPaid
			s.Checkouts += b.Checkouts
			s.CheckoutValueMicros += b.CheckoutValueMicros
			sums[k] = s
		}
		for k, s := range sums {
			m := whole[key{adGroup: k.adGroup, day: k.day}]
			if s.SpendMicros > m.SpendMicros || s.ImpressionsPaid > m.ImpressionsPaid || s.ImpressionsEarned > m.ImpressionsEarned ||
				s.ClicksPaid > m.ClicksPaid || s.SavesPaid > m.SavesPaid || s.EngagementsPaid > m.EngagementsPaid ||
				s.Checkouts > m.Checkouts || s.CheckoutValueMicros > m.CheckoutValueMicros {
				t.Fatalf("%v: parts %+v exceed %+v", k, s, m)
			}
			if k.dimension != "REGION" && m.ImpressionsPaid > 1000 && float64(s.ImpressionsPaid) < .9*float64(m.ImpressionsPaid) {
				t.Errorf("%v: parts hold only %d of %d impressions", k, s.ImpressionsPaid, m.ImpressionsPaid)
			}
		}
	}
}

func TestReachGrowsWithTimeAndLevel(t *testing.T) {
	t.Parallel()
	w := smallWorld(t)
	for i, a := range w.accounts {
		people := map[string]int64{}
		name := func(level string, id int64, days int, asOf string) string { return fmt.Sprint(level, id, days, asOf) }
		for _, r := range w.facts[i].Reach {
			people[name(r.Level, r.EntityID, r.WindowDays, r.AsOf)] = r.People
		}
		for _, r := range w.facts[i].Reach {
			if r.People <= 0 {
				t.Fatalf("nobody: %+v", r)
			}
			if longer, known := people[name(r.Level, r.EntityID, 30, r.AsOf)]; known && longer < r.People {
				t.Errorf("%+v: only %d people in 30 days", r, longer)
			}
			if whole := people[name("ADVERTISER", a.Advertiser.ID, r.WindowDays, r.AsOf)]; whole < r.People {
				t.Errorf("%+v: only %d people for the whole advertiser", r, whole)
			}
		}
	}
}

func BenchmarkFacts(b *testing.B) {
	g, err := New(Options{Seed: 1, Size: Medium, AsOf: asOf})
	if err != nil {
		b.Fatal(err)
	}
	rows := 0
	for b.Loop() {
		for i := range g.Advertisers() {
			a, err := g.Account(i)
			if err != nil {
				b.Fatal(err)
			}
			for f := range a.Facts() {
				rows += len(f.AdDays) + len(f.Conversions) + len(f.Breakdowns)
			}
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

package ads

import (
	"math"
	"time"
)

// BudgetProgress is how much of a budget is spent, and how much should be.
type BudgetProgress struct {
	Spent Money
	// Expected is what even spending would have come to, nil if there is no end to
	// spread the budget to.
	Expected *Money
	// Pace is spent / expected, nil if that is nothing.
	Pace *float64
	// DaysLeft is the whole days until the end, nil without one.
	DaysLeft *int
}

// Spending is what an entity spent, as far as it is counted.
type Spending struct{ TodayMicros, LifetimeMicros int64 }

// run is when a budget may be spent.
type run struct {
	budget     *Budget
	start      time.Time
	end        *time.Time
	advertiser *Advertiser
}

// Progress tells how much of the campaign's own budget is spent, nil without
// one.
func (c *Campaign) Progress(s Spending, now time.Time) *BudgetProgress {
	return run{c.Budget(), startOr(c.StartAt, c.CreatedAt), c.EndAt, c.Advertiser}.progress(s, now)
}

// Progress tells how much of the ad group's own budget is spent, nil without
// one.
func (g *AdGroup) Progress(s Spending, now time.Time) *BudgetProgress {
	return run{g.Budget(), startOr(g.StartAt, g.CreatedAt), g.EndAt, g.Advertiser}.progress(s, now)
}

func startOr(start *time.Time, created time.Time) time.Time {
	if start != nil {
		return *start
	}
	return created
}

func (r run) progress(s Spending, now time.Time) *BudgetProgress {
	if r.budget == nil {
		return nil
	}
	money := func(micros int64) Money { return Money{Micros: Micros(micros), Currency: r.advertiser.Currency} }
	p := &BudgetProgress{Spent: money(s.TodayMicros)}
	counted := time.Time{} // the instant that spend is counted up to
	if at := r.advertiser.Freshness.DataAsOf; at != nil {
		counted = *at
		if counted.After(now) {
			counted = now
		}
	}
	from, to := r.start, r.end
	if r.budget.Type == BudgetLifetime {
		p.Spent = money(s.LifetimeMicros)
	} else {
		today := DayOf(now, r.advertiser.Zone)
		tomorrow := today.Add(1).Start(r.advertiser.Zone)
		from, to = today.Start(r.advertiser.Zone), &tomorrow
	}
	if to != nil {
		share := min(1, max(0, counted.Sub(from).Seconds()/to.Sub(from).Seconds()))
		expected := money(int64(math.Round(float64(r.budget.Amount.Micros) * share)))
		p.Expected = &expected
		if expected.Micros > 0 {
			pace := float64(p.Spent.Micros) / float64(expected.Micros)
			p.Pace = &pace
		}
	}
	if r.end != nil {
		left := max(0, int(r.end.Sub(now).Hours()/24))
		p.DaysLeft = &left
	}
	return p
}

package ads

import (
	"fmt"
	"math/big"
	"time"
)

// Diff is what a change makes of settings: what is not set stays.
type Diff struct {
	Name    *Step[*string]
	Status  *Step[EntityStatus]
	Budget  *Step[*Money]
	Bid     *Step[*Money]
	StartAt *Step[*time.Time]
	EndAt   *Step[*time.Time]
}

// Step is a value before and after.
type Step[T any] struct{ Old, New T }

// DiffOf returns what differs between settings, in an advertiser's currency.
func DiffOf(before, after Settings, currency string) (d Diff) {
	if before.Status != after.Status {
		d.Status = &Step[EntityStatus]{before.Status, after.Status}
	}
	money := func(micros *int64) *Money {
		if micros == nil {
			return nil
		}
		return &Money{Micros(*micros), currency}
	}
	d.Name = step(before.Name, after.Name, same[string])
	d.Budget = step(money(before.BudgetMicros), money(after.BudgetMicros), same[Money])
	d.Bid = step(money(before.BidMicros), money(after.BidMicros), same[Money])
	d.StartAt = step(before.StartAt, after.StartAt, time.Time.Equal)
	d.EndAt = step(before.EndAt, after.EndAt, time.Time.Equal)
	return d
}

func same[T comparable](a, b T) bool { return a == b }

func step[T any](before, after *T, equal func(T, T) bool) *Step[*T] {
	if before == nil && after == nil || before != nil && after != nil && equal(*before, *after) {
		return nil
	}
	return &Step[*T]{before, after}
}

// Percent returns by how many percent an amount changes, nil without an amount
// before or after.
func Percent(s *Step[*Money]) *float64 {
	if s == nil || s.Old == nil || s.New == nil || s.Old.Micros == 0 {
		return nil
	}
	p, _ := big.NewRat(100*int64(s.New.Micros-s.Old.Micros), int64(s.Old.Micros)).Float64()
	return &p
}

// WarningCode says, for programs, what people should look at before they apply a
// change.
type WarningCode string

// The codes of warnings.
const (
	WarnBudgetUp   WarningCode = "BUDGET_RAISED_MUCH"
	WarnBudgetDown WarningCode = "BUDGET_CUT_MUCH"
	WarnBidUp      WarningCode = "BID_RAISED_MUCH"
	WarnBidDown    WarningCode = "BID_CUT_MUCH"
	WarnForGood    WarningCode = "CANNOT_BE_UNDONE"
	WarnNothing    WarningCode = "CHANGES_NOTHING"
)

// Warning is something to look at before a change is applied.
type Warning struct {
	Code    WarningCode
	Message string
	Params  map[string]any // fill in the message, for other languages
}

// Much is by how many percent an amount must change for a warning.
const Much = 50

// Nothing is the warning that settings are so already.
func Nothing() Warning { return Warning{WarnNothing, "It is so already: nothing changes.", nil} }

// Warnings returns what to look at before settings change by d.
func (s Settings) Warnings(d Diff) []Warning {
	list := []Warning{}
	for _, amount := range [...]struct {
		noun     string
		step     *Step[*Money]
		up, down WarningCode
	}{{budgetNoun(s.BudgetType), d.Budget, WarnBudgetUp, WarnBudgetDown}, {"bid", d.Bid, WarnBidUp, WarnBidDown}} {
		percent := Percent(amount.step)
		if percent == nil || *percent > -Much && *percent < Much {
			continue
		}
		code := amount.up
		if *percent < 0 {
			code = amount.down
		}
		list = append(list, Warning{code, fmt.Sprintf("%+.0f %% %s: %s becomes %s %s.", *percent, amount.noun,
			amount.step.Old.Amount(), amount.step.New.Amount(), amount.step.New.Currency), map[string]any{"percent": *percent}})
	}
	if d.Status != nil && (d.Status.New == StatusArchived || d.Status.New == StatusDeletedDraft) {
		list = append(list, Warning{WarnForGood, "This is for good, also for what is below it.", map[string]any{"status": d.Status.New}})
	}
	return list
}

func budgetNoun(t BudgetType) string {
	if t == BudgetLifetime {
		return "lifetime budget"
	}
	return "daily budget"
}

// Undo returns the patch that takes a change of settings back, made from the
// version after it, and false if there is nothing to take back: statuses that are
// not final, budgets and bids with what they are for, and names can be.
func Undo(before, after Settings, version int) (Patch, bool) {
	p := Patch{ID: before.ID, Version: version}
	d := DiffOf(before, after, "")
	if d.Name != nil {
		p.Name = Optional[string]{true, d.Name.Old}
	}
	if d.Status != nil {
		switch d.Status.New {
		case StatusActive, StatusPaused:
			if d.Status.Old != StatusDraft {
				p.Status = Optional[EntityStatus]{true, &d.Status.Old}
			}
		case StatusArchived, StatusDeletedDraft, StatusDraft:
			return p, false
		}
	}
	if before.BudgetType != after.BudgetType { // of a draft
		p.BudgetType = Optional[BudgetType]{IsSet: true}
		if before.BudgetType != "" {
			p.BudgetType.Value = &before.BudgetType
		}
	}
	if d.Budget != nil && before.BudgetMicros != nil {
		p.Budget = Optional[int64]{true, before.BudgetMicros}
	}
	if before.BidStrategy != after.BidStrategy && before.BidStrategy != "" {
		p.BidStrategy = Optional[BidStrategy]{true, &before.BidStrategy}
	}
	if d.Bid != nil && before.BidMicros != nil {
		p.Bid = Optional[int64]{true, before.BidMicros}
	}
	return p, !p.isEmpty()
}

// Scale returns an amount changed by a percentage, rounded to the currency's
// smallest unit, half away from zero.
func Scale(micros int64, percent float64, currency string) (int64, bool) {
	factor := new(big.Rat).SetFloat64(1 + percent/100)
	if factor == nil {
		return 0, false
	}
	unit := smallestUnit(currency)
	units := new(big.Rat).Mul(new(big.Rat).SetFrac64(micros, unit), factor)
	units.Add(units, big.NewRat(1, 2)) // amounts are positive
	rounded := new(big.Int).Quo(units.Num(), units.Denom())
	rounded.Mul(rounded, big.NewInt(unit))
	if !rounded.IsInt64() {
		return 0, false
	}
	return rounded.Int64(), true
}

package importer

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

func number(n int64) string { return strconv.FormatInt(n, 10) }

// optional returns a value, or nil for NULL.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// write gathers what is new of objects, and what is to be replaced.
func (in *session) write() (store.ImportPlan, error) {
	o := in.options
	plan := store.ImportPlan{HasDuplicates: in.summary.Duplicates > 0, Owner: o.Owner, AsOf: map[int64]time.Time{}, Redo: map[int64][]string{}}
	if in.first <= in.last {
		plan.First, plan.Last = ads.Day(dayText(in.first)), ads.Day(dayText(in.last))
	}
	for _, key := range slices.Sorted(maps.Keys(in.accounts)) {
		a := in.accounts[key]
		if !a.used {
			continue
		}
		if a.values[fCurrency] != "" {
			if a.currency != "" && a.currency != a.values[fCurrency] {
				return plan, &FileError{KindCurrency, a.external, "the account is in " + a.currency + ", and its description says " + a.values[fCurrency]}
			}
			a.currency = a.values[fCurrency]
		}
		if a.currency == "" {
			return plan, &FileError{KindNoCurrency, a.external, "no file says the currency of this account; give --currency"}
		}
		if a.isNew {
			plan.New = append(plan.New, a.id)
		} else {
			plan.Existing = append(plan.Existing, a.id)
		}
		if a.hasNumbers() {
			at := o.AsOf
			switch {
			case !at.IsZero():
			case a.asOf != 0:
				at = timeOf(a.asOf)
			default:
				at = in.store.Now()
			}
			plan.AsOf[a.id] = at
		}
		if err := in.writeAccount(a); err != nil {
			return plan, err
		}
		if err := in.sendSums(a); err != nil {
			return plan, err
		}
		a.redo.each(func(day int32, again bool) {
			if again {
				plan.Redo[a.id] = append(plan.Redo[a.id], in.text(day))
			}
		})
		in.scope(a)
		if err := in.im.FlushBehind(in.context); err != nil {
			return plan, err
		}
	}
	in.summary.NewAccounts = len(plan.New)
	return plan, nil
}

// hasNumbers tells whether files have numbers of the account.
func (a *account) hasNumbers() bool { return len(a.covered.list) > 0 || a.asOf != 0 }

// scope tells what is replaced of an account.
func (in *session) scope(a *account) {
	put := func(campaign int64) func(int32, int8) {
		return func(day int32, grain int8) {
			if grain > 0 {
				in.im.Scope.Row(a.id, campaign, in.text(day), int(grain-1))
			}
		}
	}
	a.whole.each(put(0))
	for _, o := range a.byLevel[campaign] {
		o.covered.each(put(o.id))
	}
	// What was known of the account as a whole goes when its campaigns are known.
	if whole := a.standIns[standIn{campaign, advertiser, a.external}]; whole != nil && !whole.isNew {
		a.covered.each(func(day int32, grain int8) {
			if grain > 1 && *a.whole.at(day) == 0 {
				put(whole.id)(day, 4)
			}
		})
	}
}

// writeAccount gathers an account and its objects, those above first.
func (in *session) writeAccount(a *account) error {
	now := in.store.Now()
	in.summary.Seen[ads.LevelAdvertiser]++
	if a.isNew || a.values != nil {
		created := cmp.Or(a.values[fCreated], now.UTC().Format(time.RFC3339Nano))
		status := "ACTIVE"
		if a.values[fStatus] == "DISABLED" {
			status = "DISABLED"
		}
		in.im.Advertisers.Row(a.id, a.title(), cmp.Or(a.values[fCountry], "ZZ"), a.currency, cmp.Or(a.values[fTimeZone], a.timeZone, "UTC"), status, created, now)
	}
	if version := a.newVersion(); a.isNew || version > a.stored {
		in.im.Accounts.Row(a.source, a.external, a.id, version)
	}
	for l := campaign; l <= ad; l++ {
		for _, external := range slices.Sorted(maps.Keys(a.byLevel[l])) {
			if err := in.writeObject(a, a.byLevel[l][external]); err != nil {
				return err
			}
		}
		for key, o := range a.standIns {
			if key.level == l {
				if err := in.writeObject(a, o); err != nil {
					return err
				}
			}
		}
		if err := in.im.FlushBehind(in.context); err != nil {
			return err
		}
	}
	return nil
}

func (in *session) writeObject(a *account, o *object) error {
	in.summary.Seen[o.level.stored()]++
	version := o.newVersion()
	if !o.isNew && version <= o.stored {
		return nil
	}
	in.im.Objects.Row(a.id, string(o.level.stored()), o.external, o.standsFor(), o.id, version)
	if !o.isNew && o.values == nil {
		in.im.Names.Row(a.id, string(o.level.stored()), o.id, o.name)
		return nil
	}
	v, now := o.values, in.store.Now()
	created := cmp.Or(v[fCreated], now.UTC().Format(time.RFC3339Nano))
	status := cmp.Or(v[fStatus], "ACTIVE")
	if status == "DISABLED" {
		status = "PAUSED"
	}
	switch o.level {
	case campaign:
		daily, lifetime := v[fDailyBudget], v[fLifetimeBudget]
		if daily != "" {
			lifetime = ""
		}
		in.im.Campaigns.Row(a.id, o.id, o.title(), cmp.Or(v[fObjective], string(ads.ObjectiveConsideration)), status, o.holdsBudget(), optional(daily), optional(lifetime),
			v[fIsFlexible] == "true", optional(v[fStart]), optional(v[fEnd]), created, now)
	case adGroup:
		kind, budget := cmp.Or(v[fBudgetType], string(ads.BudgetDaily)), v[fBudget]
		if kind == string(ads.BudgetLifetime) && v[fEnd] == "" {
			kind = string(ads.BudgetDaily)
		}
		if budget == "" || o.parent.holdsBudget() || kind == string(ads.BudgetShared) {
			kind, budget = string(ads.BudgetShared), ""
		}
		in.im.AdGroups.Row(a.id, o.id, o.parent.id, o.title(), status, kind, optional(budget), optional(v[fBidStrategy]), optional(v[fBid]),
			cmp.Or(v[fBillableEvent], string(ads.BillClick)), cmp.Or(v[fPacing], string(ads.PacingStandard)), cmp.Or(v[fPlacement], "ALL"),
			v[fAutoTargeting] != "false", optional(v[fStart]), optional(v[fEnd]), created, now)
	case ad:
		creative := cmp.Or(v[fCreativeType], "REGULAR")
		if err := in.writePin(a, o, creative, created); err != nil {
			return err
		}
		review, reasons := cmp.Or(v[fReview], "APPROVED"), []string{}
		if review == "REJECTED" {
			reasons = []string{"OTHER"} // files do not say why
		}
		in.im.Ads.Row(a.id, o.id, o.parent.parent.id, o.parent.id, o.pin.id, optional(o.title()), status, creative, optional(v[fDestination]), review, reasons, created, now)
	default:
	}
	return nil
}

// holdsBudget tells whether a campaign holds the budget of its ad groups.
func (o *object) holdsBudget() bool {
	return o.values[fIsCBO] == "true" && o.values[fDailyBudget]+o.values[fLifetimeBudget] != ""
}

// writePin finds the pin that an ad shows, and gathers it if it is new. Files say
// nothing of pins but their ids.
func (in *session) writePin(a *account, o *object, creative, created string) error {
	p, err := in.pinOf(a, o)
	if err != nil {
		return err
	}
	if p.isNew && !p.written {
		p.written = true
		in.im.Objects.Row(a.id, string(ads.LevelPin), p.external, p.standsFor(), p.id, 0)
		in.im.Pins.Row(a.id, p.id, o.title(), creative, created, in.store.Now())
	}
	return nil
}

// pinOf finds the pin that an ad shows.
func (in *session) pinOf(a *account, o *object) (*object, error) {
	external := o.values[fPinID]
	if external == "" && o.pin != nil {
		return o.pin, nil
	}
	key := standIn{pin, ad, o.external}
	if o.standsIn {
		key.of = o.of
	}
	p := a.standIns[key]
	if external != "" {
		p = a.byLevel[pin][external]
	}
	if p == nil {
		var err error
		if p, err = in.create(pin, cmp.Or(external, o.external), nil); err != nil {
			return nil, err
		}
		if external == "" {
			p.standsIn, p.of = true, key.of
			a.standIns[key] = p
		} else {
			a.byLevel[pin][external] = p
		}
	}
	o.pin = p
	return p, nil
}

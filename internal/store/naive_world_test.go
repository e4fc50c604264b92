package store_test

import (
	"cmp"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
)

// This file is a second implementation of lists, totals and facets, to compare
// the store with: loops over the rows as they were loaded. Of the program it
// uses the definitions of the metrics, and nothing of the store; no roll-up, no
// SQL but to read whole tables.

// rawAccount is one advertiser with its rows.
type rawAccount struct {
	*ads.Advertiser
	today       ads.Day
	entities    map[ads.Level][]*rawEntity
	days        []rawDay
	conversions []rawConversion
	reach       map[rawReach]int64
}

// rawEntity is a row of campaign, ad_group, ad or pin, or the account itself.
type rawEntity struct {
	ID, Campaign, AdGroup, Pin          int64 // what it is under, itself included
	Name                                *string
	Status, Objective, Review, Creative string
	Budget, Bid                         *int64
	Starts, Ends, Created, Updated      *time.Time
}

// rawSums is one number per measure; that of People is the reach.
type rawSums [metrics.People + 1]int64

// rawDay is a row of ad_day, rawConversion one of ad_conversion, rawReach the
// key of reach. Days are counted from 1970.
type (
	rawDay struct {
		ad   *rawEntity
		day  int
		sums rawSums
	}
	rawConversion struct {
		ad            *rawEntity
		Of            int64 // the ad's id
		Day, Lag      int
		Event, Action string
		N, Value      int64
	}
	rawReach struct {
		level ads.Level
		id    int64
		days  int
		asOf  ads.Day
	}
)

// loadRaw reads the whole demo.
func loadRaw(t *testing.T, db *sqlx.DB, accounts []*ads.Advertiser) []*rawAccount {
	t.Helper()
	all := make([]*rawAccount, len(accounts))
	for i, a := range accounts {
		all[i] = &rawAccount{Advertiser: a, entities: map[ads.Level][]*rawEntity{}, reach: map[rawReach]int64{}}
		all[i].load(t, db)
	}
	return all
}

func (a *rawAccount) load(t *testing.T, db *sqlx.DB) {
	t.Helper()
	zone, err := time.LoadLocation(a.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	a.today = ads.Day(pgtest.Present.In(zone).Format(time.DateOnly))
	a.entities[ads.LevelAdvertiser] = []*rawEntity{{ID: a.ID, Name: &a.Name}}
	for level, columns := range map[ads.Level]string{
		ads.LevelCampaign: `id AS campaign, name, status, objective, coalesce(daily_budget_micros, lifetime_budget_micros) AS budget,
		  start_at AS starts, end_at AS ends, created_at AS created, updated_at AS updated FROM campaign`,
		ads.LevelAdGroup: `campaign_id AS campaign, id AS adgroup, name, status, budget_micros AS budget, bid_micros AS bid,
		  start_at AS starts, end_at AS ends, created_at AS created, updated_at AS updated FROM ad_group`,
		ads.LevelAd: `campaign_id AS campaign, ad_group_id AS adgroup, pin_id AS pin, name, status, review_status AS review, creative_type AS creative,
		  created_at AS created, updated_at AS updated FROM ad`,
		ads.LevelPin: `id AS pin, title AS name, creative_type AS creative, created_at AS created FROM pin`,
	} {
		list := []*rawEntity{}
		if err := db.Select(&list, `SELECT id, `+columns+` WHERE advertiser_id = $1`, a.ID); err != nil {
			t.Fatal(err)
		}
		a.entities[level] = list
	}
	adByID := map[int64]*rawEntity{}
	for _, ad := range a.entities[ads.LevelAd] {
		adByID[ad.ID] = ad
	}
	rows, err := db.Queryx(`SELECT ad_id, day - date '1970-01-01', `+strings.Join(metrics.DayColumns[:], ", ")+` FROM ad_day WHERE advertiser_id = $1`, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var d rawDay
		var ad int64
		dest := []any{&ad, &d.day}
		for b := range metrics.People {
			dest = append(dest, &d.sums[b])
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		d.ad = adByID[ad]
		a.days = append(a.days, d)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if err := db.Select(&a.conversions, `SELECT ad_id AS of, action_day - date '1970-01-01' AS day, lag_days AS lag, event, credited_action AS action,
	  conversions AS n, value_micros AS value FROM ad_conversion WHERE advertiser_id = $1`, a.ID); err != nil {
		t.Fatal(err)
	}
	for i := range a.conversions {
		a.conversions[i].ad = adByID[a.conversions[i].Of]
	}
	people := []struct {
		Level      ads.Level
		ID, People int64
		Days       int
		AsOf       ads.Day
	}{}
	if err := db.Select(&people, `SELECT level, entity_id AS id, window_days AS days, as_of::text AS asof, people FROM reach WHERE advertiser_id = $1`, a.ID); err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		a.reach[rawReach{p.Level, p.ID, p.Days, p.AsOf}] = p.People
	}
}

// at returns what the entity is under, or itself, at a level.
func (e *rawEntity) at(level ads.Level, account int64) int64 {
	switch level {
	case ads.LevelCampaign:
		return e.Campaign
	case ads.LevelAdGroup:
		return e.AdGroup
	case ads.LevelPin:
		return e.Pin
	case ads.LevelAd:
		return e.ID
	default:
		return account
	}
}

// dayNumber counts days from 1970; plus adds days.
func dayNumber(d ads.Day) int {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		panic(err)
	}
	return int(t.Unix() / 86400)
}

func plus(d ads.Day, n int) ads.Day {
	return ads.Day(time.Unix(int64(dayNumber(d)+n)*86400, 0).UTC().Format(time.DateOnly))
}

// rawRange is a range in numbers of days; that of none has no day.
type rawRange struct{ from, to int }

func (r rawRange) has(day int) bool { return r.from <= day && day <= r.to }

func rangeOf(r metrics.Range) rawRange {
	if r.From == "" {
		return rawRange{0, -1}
	}
	return rawRange{dayNumber(r.From), dayNumber(r.To)}
}

// facts calls visit with everything that counts under an attribution on the
// days of a range: on which day, of which ad, and what it adds.
func (a *rawAccount) facts(at metrics.Attribution, r rawRange, visit func(day int, ad *rawEntity, add *rawSums)) {
	stored := at.ClickWindowDays == 30 && at.EngagementWindowDays == 30 && at.ViewWindowDays == 1 && at.ReportTime == "AD_ACTION"
	var add rawSums
	for i := range a.days {
		d := &a.days[i]
		if !r.has(d.day) {
			continue
		}
		add = d.sums
		if !stored {
			for _, b := range []metrics.Base{metrics.Conversions, metrics.PageVisits, metrics.Signups, metrics.AddToCarts, metrics.Checkouts, metrics.CheckoutValueMicros} {
				add[b] = 0
			}
		}
		visit(d.day, d.ad, &add)
	}
	if !stored {
		a.credited(at, r, visit)
	}
}

// credited is the part of facts that the single conversions give.
func (a *rawAccount) credited(at metrics.Attribution, r rawRange, visit func(day int, ad *rawEntity, add *rawSums)) {
	var add rawSums
	for i := range a.conversions {
		c := &a.conversions[i]
		window := at.ViewWindowDays
		switch c.Action {
		case "CLICK":
			window = at.ClickWindowDays
		case "ENGAGEMENT":
			window = at.EngagementWindowDays
		}
		day := c.Day
		if at.ReportTime == "CONVERSION" {
			day += c.Lag
		}
		if c.Lag > window || !r.has(day) {
			continue
		}
		add = rawSums{metrics.Conversions: c.N}
		switch c.Event {
		case "PAGE_VISIT":
			add[metrics.PageVisits] = c.N
		case "SIGNUP":
			add[metrics.Signups] = c.N
		case "ADD_TO_CART":
			add[metrics.AddToCarts] = c.N
		case "CHECKOUT":
			add[metrics.Checkouts], add[metrics.CheckoutValueMicros] = c.N, c.Value
		}
		visit(day, c.ad, &add)
	}
}

// over returns the numbers of every entity of a level over a range: zeros for
// one without any, and reach only where it was counted. The range may be none.
func (a *rawAccount) over(level ads.Level, r metrics.Range, at metrics.Attribution) map[int64]*rawSums {
	all := map[int64]*rawSums{}
	days := rangeOf(r)
	for _, e := range a.entities[level] {
		people, counted := a.reach[rawReach{level, e.ID, days.to - days.from + 1, r.To}]
		if !counted {
			people = -1
		}
		all[e.ID] = &rawSums{metrics.People: people}
	}
	a.facts(at, days, func(_ int, ad *rawEntity, add *rawSums) {
		sums := all[ad.at(level, a.ID)]
		for b := range metrics.People {
			sums[b] += add[b]
		}
	})
	return all
}

// rawValue is what rows are ordered by, nil for none: a whole number, a
// fraction or a text, in one of its fields.
type rawValue struct {
	n    int64
	f    float64
	text string
}

// value works a metric out of sums.
func (s *rawSums) value(name metrics.Name) *rawValue {
	m, _ := metrics.ByName(name)
	if m.Numerator != "" {
		numerator, denominator := s.value(m.Numerator), s.value(m.Denominator)
		if numerator == nil || denominator == nil || denominator.n == 0 {
			return nil
		}
		return &rawValue{f: float64(numerator.n) * float64(m.Scale) / float64(denominator.n)}
	}
	n := int64(0)
	for _, b := range m.Sum {
		if b == metrics.People && s[b] == -1 {
			return nil
		}
		n += s[b]
	}
	return &rawValue{n: n}
}

// shown is a metric as clients see it: money in whole micros, half of one
// rounded up.
func (s *rawSums) shown(m *metrics.Metric) (f float64, ok bool) {
	v := s.value(m.Name)
	switch {
	case v == nil:
		return 0, false
	case m.Numerator == "":
		return float64(v.n), true
	case m.Unit != "MONEY":
		return v.f, true
	}
	n, d := s.value(m.Numerator).n*m.Scale, s.value(m.Denominator).n
	micros := n / d
	if n%d*2 >= d {
		micros++
	}
	return float64(micros), true
}

// inside tells whether a metric lies between a threshold's bounds, which for
// money are in units of the currency.
func (s *rawSums) inside(threshold metrics.Threshold) bool {
	m, _ := metrics.ByName(threshold.Metric)
	v := s.value(threshold.Metric)
	if v == nil {
		return false
	}
	number := v.f
	if m.Numerator == "" {
		number = float64(v.n)
	}
	bound := func(b *float64, none float64) float64 {
		switch {
		case b == nil:
			return none
		case m.Unit == "MONEY":
			return math.Round(*b * 1e6)
		}
		return *b
	}
	return number >= bound(threshold.Min, math.Inf(-1)) && number <= bound(threshold.Max, math.Inf(1))
}

// less compares values; none is greater than any in both directions, and ids
// break ties in the direction.
func less(a, b *rawValue, idA, idB int64, descending bool) bool {
	if a == nil || b == nil {
		if a != nil || b != nil {
			return a != nil
		}
		return (idA < idB) != descending
	}
	c := cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.f, b.f), cmp.Compare(a.text, b.text), cmp.Compare(idA, idB))
	if descending {
		c = -c
	}
	return c < 0
}

// field is what an entity is sorted by.
func (e *rawEntity) field(name string) *rawValue {
	number := func(n *int64) *rawValue {
		if n == nil {
			return nil
		}
		return &rawValue{n: *n}
	}
	instant := func(t *time.Time) *rawValue {
		if t == nil {
			return nil
		}
		return &rawValue{n: t.UnixMicro()}
	}
	switch name {
	case "NAME", "TITLE":
		if e.Name == nil {
			return nil
		}
		return &rawValue{text: strings.ToLower(*e.Name)}
	case "STATUS":
		return &rawValue{text: e.Status}
	case "OBJECTIVE":
		return &rawValue{text: e.Objective}
	case "BUDGET":
		return number(e.Budget)
	case "BID":
		return number(e.Bid)
	case "START_AT":
		return instant(e.Starts)
	case "END_AT":
		return instant(e.Ends)
	case "CREATED_AT":
		return instant(e.Created)
	case "UPDATED_AT":
		return instant(e.Updated)
	}
	return &rawValue{n: e.ID}
}

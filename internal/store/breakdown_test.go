package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// rawPart is a row of numbers by value and day, straight from the tables.
type rawPart struct {
	Entity int64
	Value  string
	Day    ads.Day
	Sums   map[metrics.Base]int64
}

// keptByViewer is the measures of breakdown_day.
var keptByViewer = []metrics.Base{
	metrics.SpendMicros, metrics.ImpressionsPaid, metrics.ImpressionsEarned, metrics.ClicksPaid, metrics.ClicksEarned, metrics.OutboundClicksPaid,
	metrics.OutboundClicksEarned, metrics.SavesPaid, metrics.SavesEarned, metrics.EngagementsPaid, metrics.EngagementsEarned, metrics.Checkouts, metrics.CheckoutValueMicros,
}

// rawParts reads what breakdowns of an advertiser's entities are made of: ad
// groups' numbers by viewer, and ads' days for what else there is.
func rawParts(t *testing.T, db *sqlx.DB, advertiser int64, level ads.Level, d metrics.Dimension) []rawPart {
	t.Helper()
	entity := map[ads.Level]string{ads.LevelAdvertiser: "x.advertiser_id", ads.LevelCampaign: "x.campaign_id", ads.LevelAdGroup: "x.ad_group_id", ads.LevelAd: "x.id"}[level]
	bases := keptByViewer
	var from string
	switch d {
	case metrics.ByCreativeType, metrics.ByObjective:
		bases = append(metrics.Attributed.Bases(), metrics.SpendMicros, metrics.ImpressionsPaid, metrics.VideoStarts, metrics.Leads, metrics.ClicksPaid, metrics.ClicksEarned)
		value := map[metrics.Dimension]string{metrics.ByCreativeType: "x.creative_type", metrics.ByObjective: "c.objective"}[d]
		from = value + ` AS value FROM ad_day AS y JOIN ad AS x ON x.advertiser_id = y.advertiser_id AND x.id = y.ad_id JOIN campaign AS c ON c.advertiser_id = y.advertiser_id AND c.id = y.campaign_id WHERE y.advertiser_id = $1`
	default:
		name := map[metrics.Dimension]string{metrics.ByAge: "AGE_BUCKET", metrics.ByDevice: "APPTYPE"}[d]
		from = `y.value FROM breakdown_day AS y JOIN (SELECT advertiser_id, campaign_id, id, id AS ad_group_id FROM ad_group) AS x ON x.advertiser_id = y.advertiser_id AND x.id = y.entity_id
		  WHERE y.advertiser_id = $1 AND y.level = 'AD_GROUP' AND y.dimension = '` + cmp.Or(name, string(d)) + "'"
	}
	columns := make([]string, len(bases))
	for i, b := range bases {
		columns[i] = "y." + metrics.DayColumns[b]
	}
	rows, err := db.Queryx("SELECT "+entity+" AS entity, y.day::text, "+strings.Join(columns, ", ")+", "+from, advertiser)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }() // Err below tells what went wrong
	var parts []rawPart
	for rows.Next() {
		p := rawPart{Sums: map[metrics.Base]int64{}}
		cells := make([]int64, len(bases))
		dest := []any{&p.Entity, &p.Day}
		for i := range cells {
			dest = append(dest, &cells[i])
		}
		if err := rows.Scan(append(dest, &p.Value)...); err != nil {
			t.Fatal(err)
		}
		for i, b := range bases {
			p.Sums[b] = cells[i]
		}
		parts = append(parts, p)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return parts
}

// plainly works a breakdown out of raw rows, in plain Go.
func plainly(raw []rawPart, k store.BreakdownKey) []metrics.Part {
	current, prior := metrics.NewFrame(k.Current, ""), metrics.NewFrame(k.Prior, "")
	byValue := map[string]*metrics.Part{}
	shown := map[string]bool{}
	for _, row := range raw {
		if row.Entity != k.ID {
			continue
		}
		p := byValue[row.Value]
		if p == nil {
			p = &metrics.Part{Value: row.Value, Values: current.Zero(), Previous: prior.Zero()}
			byValue[row.Value] = p
		}
		if row.Day >= k.Window.From && row.Day <= k.Window.To {
			shown[row.Value] = true
			for i, b := range current.Bases {
				p.Values.Sums[i] += row.Sums[b]
			}
		}
		if k.Window.Compares() && row.Day >= k.Window.Previous.From && row.Day <= k.Window.Previous.To {
			for i, b := range prior.Bases {
				p.Previous.Sums[i] += row.Sums[b]
			}
		}
	}
	var parts []metrics.Part
	for value, p := range byValue {
		if shown[value] {
			parts = append(parts, *p)
		}
	}
	m, _ := metrics.ByName(k.Order.Metric)
	slices.SortFunc(parts, func(p, q metrics.Part) int {
		x, hasX := p.Values.Value(m)
		y, hasY := q.Values.Value(m)
		if m.Numerator != "" { // not rounded to micros
			x, y = quotient(p.Values, m), quotient(q.Values, m)
		}
		switch {
		case hasX != hasY:
			return map[bool]int{true: -1, false: 1}[hasX]
		case hasX && x != y:
			return cmp.Compare(x, y) * map[bool]int{true: -1, false: 1}[k.Order.Descending]
		}
		return strings.Compare(p.Value, q.Value)
	})
	return parts
}

func quotient(v metrics.Values, m *metrics.Metric) float64 {
	numerator, _ := metrics.ByName(m.Numerator)
	denominator, _ := metrics.ByName(m.Denominator)
	x, _ := v.Int(numerator)
	y, _ := v.Int(denominator)
	if y == 0 {
		return 0
	}
	return float64(x) * float64(m.Scale) / float64(y)
}

// TestBreakdowns compares the breakdowns of random entities of all levels, by
// random dimensions over random ranges, with plain Go over the raw rows: values,
// order, count and what is shown; that the total is the report's; that shown
// rows and remainder are the total; and that the series of a row sums to it.
func TestBreakdowns(t *testing.T) {
	t.Parallel()
	const seed = 11
	requests := pgtest.Rounds(200, 80)
	dsn := pgtest.Demo(t, "small")
	s, db := pgtest.OpenDSN(t, dsn), pgtest.DB(t, dsn)
	accounts := advertisers(t, s, 1, 2, 3, 4, 5, 7, 8)
	type source struct {
		advertiser int64
		level      ads.Level
		dimension  metrics.Dimension
	}
	raw := map[source][]rawPart{}
	dimensions := []metrics.Dimension{
		metrics.ByAge, metrics.ByGender, metrics.ByCountry, metrics.ByRegion, metrics.ByDevice, metrics.ByPlacement, metrics.ByKeyword, metrics.ByInterest,
		metrics.ByCreativeType, metrics.ByObjective,
	}
	rows, cut, compared := 0, 0, 0
	for i := range requests {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		d := dimensions[i%len(dimensions)]
		support := metrics.BreakdownBy(d)
		level := support.Levels[r.IntN(len(support.Levels))]
		order := metrics.BreakdownOrder{
			Metric:     []metrics.Name{metrics.NameSpend, metrics.NameImpressions, metrics.NameCTR, metrics.NameCPC, metrics.NameROAS, metrics.NameCheckouts}[r.IntN(6)],
			Descending: r.IntN(2) == 0,
		}
		first := 1 + r.IntN(12)
		var keys []store.BreakdownKey
		for range 1 + r.IntN(4) {
			a := accounts[r.IntN(len(accounts))]
			from := source{a.ID, level, d}
			if raw[from] == nil {
				raw[from] = rawParts(t, db, a.ID, level, d)
			}
			id := int64(1)
			if n := len(raw[from]); n > 0 {
				id = raw[from][r.IntN(n)].Entity
			}
			today := ads.DayOf(pgtest.Present, a.Zone)
			start := today.Add(-r.IntN(30))
			w := metrics.Range{From: start, To: min(today, start.Add(r.IntN(30)))}.Window([]metrics.Comparison{metrics.NoComparison, metrics.PreviousPeriod}[r.IntN(2)])
			current := order.Bases() | metrics.Of(metrics.SpendMicros, metrics.ClicksPaid)
			if r.IntN(2) == 0 {
				current |= metrics.Of(keptByViewer...) &^ metrics.Of(metrics.OutboundClicksPaid, metrics.OutboundClicksEarned, metrics.SavesPaid, metrics.SavesEarned,
					metrics.EngagementsPaid, metrics.EngagementsEarned, metrics.ImpressionsEarned)
			}
			if order.Bases().Has(metrics.ImpressionsEarned) && (d == metrics.ByCreativeType || d == metrics.ByObjective) {
				order.Metric = metrics.NameSpend // the raw rows hold no earned impressions
				current &^= metrics.Of(metrics.ImpressionsEarned)
			}
			key := store.BreakdownKey{Advertiser: a, Level: level, ID: id, Window: w, Dimension: d, First: first, Current: current}
			if w.Compares() {
				key.Prior = metrics.Of(metrics.SpendMicros, metrics.ImpressionsPaid)
			}
			keys = append(keys, key)
		}
		var current metrics.Set
		for _, k := range keys {
			current |= k.Current
		}
		for j := range keys { // all alike, so that they can be compared whole
			keys[j].Order, keys[j].Current = order, current
		}
		got, err := s.Breakdowns(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		for j, k := range keys {
			where := fmt.Sprintf("seed %d request %d key %d: %s of %s %d/%d by %s", seed, i, j, order.Metric, level, k.Advertiser.ID, k.ID, d)
			want := k
			want.Current, want.Prior = metrics.Of(got[j].Total.Frame.Bases...), metrics.Of(got[j].Previous.Frame.Bases...) // those of all keys
			all := plainly(raw[source{k.Advertiser.ID, level, d}], want)
			if got[j].Count != len(all) {
				t.Fatalf("%s: %d values, want %d", where, got[j].Count, len(all))
			}
			if len(all) > first {
				cut++
				all = all[:first]
			}
			if len(got[j].Rows) != len(all) {
				t.Fatalf("%s: %d rows, want %d", where, len(got[j].Rows), len(all))
			}
			for n, p := range got[j].Rows {
				rows++
				if p.Value != all[n].Value || !slices.Equal(p.Values.Sums, all[n].Values.Sums) || k.Window.Compares() && !slices.Equal(p.Previous.Sums, all[n].Previous.Sums) {
					t.Fatalf("%s: row %d is %+v, want %+v", where, n, p, all[n])
				}
			}
			totals, err := s.Totals(t.Context(), []store.TotalsKey{{Advertiser: k.Advertiser, Level: level, ID: k.ID, Window: k.Window, Current: want.Current, Prior: want.Prior}})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got[j].Total.Sums, totals[0].Total.Sums) || k.Window.Compares() && !slices.Equal(got[j].Previous.Sums, totals[0].Previous.Sums) {
				t.Fatalf("%s: the total is %v and %v, the report's %v and %v", where, got[j].Total.Sums, got[j].Previous.Sums, totals[0].Total.Sums, totals[0].Previous.Sums)
			}
			b := (&metrics.Report{Advertiser: k.Advertiser, Window: k.Window, Level: level, ID: k.ID}).Breakdown(support, got[j])
			if k.Window.Compares() {
				compared++
			}
			checkRemainder(t, where, b)
			checkRowSeries(t, s, where, k, b)
		}
	}
	t.Logf("%d rows compared, %d breakdowns cut short, %d with an earlier range", rows, cut, compared)
	if rows < 2*requests || cut < requests/8 || compared < requests/4 {
		t.Error("too little was compared to prove anything")
	}
}

// checkRemainder fails unless rows and remainder are the total, where parts add
// up, and fails for a remainder elsewhere.
func checkRemainder(t *testing.T, where string, b *metrics.Breakdown) {
	t.Helper()
	if !b.IsPartition {
		if b.Remainder != nil || b.PreviousRemainder != nil {
			t.Fatalf("%s: overlapping parts have a remainder", where)
		}
		return
	}
	if b.PreviousRemainder == nil != (b.PreviousTotal == nil) {
		t.Fatalf("%s: a remainder of the earlier range, or none", where)
	}
	for i := range b.Total.Sums {
		sum := b.Remainder.Sums[i]
		if sum < 0 {
			t.Fatalf("%s: the remainder of %v is %d", where, b.Total.Frame.Bases[i], sum)
		}
		for _, row := range b.Rows {
			sum += row.Values.Sums[i]
		}
		if sum != b.Total.Sums[i] {
			t.Fatalf("%s: rows and remainder are %d, the total %d", where, sum, b.Total.Sums[i])
		}
	}
	if b.PreviousTotal == nil {
		return
	}
	for i := range b.PreviousTotal.Sums {
		sum := b.PreviousRemainder.Sums[i]
		for _, row := range b.Rows {
			sum += row.Previous.Sums[i]
		}
		if sum != b.PreviousTotal.Sums[i] {
			t.Fatalf("%s: earlier rows and remainder are %d, the total %d", where, sum, b.PreviousTotal.Sums[i])
		}
	}
}

// checkRowSeries fails unless the series of each row sums to its values.
func checkRowSeries(t *testing.T, s *store.Store, where string, k store.BreakdownKey, b *metrics.Breakdown) {
	t.Helper()
	if len(b.Rows) == 0 {
		return
	}
	var keys []store.BreakdownSeriesKey
	w := k.Window
	w.Previous = metrics.Range{}
	for _, row := range b.Rows {
		keys = append(keys, store.BreakdownSeriesKey{
			Advertiser: k.Advertiser, Level: k.Level, ID: k.ID, Window: w, Dimension: k.Dimension, Value: row.Value, Measures: metrics.Of(b.Total.Frame.Bases...),
		})
	}
	days, measures, err := s.BreakdownSeries(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range b.Rows {
		for _, g := range []metrics.Granularity{metrics.Daily, metrics.Weekly, metrics.Monthly} {
			sums := make([]int64, len(row.Values.Sums))
			for _, bucket := range b.Series(g, days[i], measures) {
				for n, sum := range bucket.Values.Sums {
					sums[n] += sum
				}
			}
			if !slices.Equal(sums, row.Values.Sums) {
				t.Fatalf("%s: %s of %s sums to %v, the row is %v", where, g, row.Value, sums, row.Values.Sums)
			}
		}
	}
}

// TestBreakdownsByDay compares breakdowns by day with plain sums over ad days:
// every day of the range has its part, and rows and remainder are the totals.
func TestBreakdownsByDay(t *testing.T) {
	t.Parallel()
	const seed = 12
	dsn := pgtest.Demo(t, "small")
	s, db := pgtest.OpenDSN(t, dsn), pgtest.DB(t, dsn)
	account := advertisers(t, s, 1)[0]
	measures := metrics.Of(metrics.SpendMicros, metrics.ImpressionsPaid, metrics.Checkouts)
	numbers := 0
	for i := range 40 {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		w := randomWindow(r, ads.DayOf(pgtest.Present, account.Zone))
		w.Attribution = metrics.DefaultAttribution()
		level := []ads.Level{ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd}[r.IntN(4)]
		column := map[ads.Level]string{ads.LevelAdvertiser: "advertiser_id", ads.LevelCampaign: "campaign_id", ads.LevelAdGroup: "ad_group_id", ads.LevelAd: "ad_id"}[level]
		id := int64(1 + r.IntN(5))
		if level == ads.LevelAdvertiser {
			id = 1
		}
		days, _, err := s.Series(t.Context(), []store.SeriesKey{{Advertiser: account, Level: level, ID: id, Window: w, Measures: measures}})
		if err != nil {
			t.Fatal(err)
		}
		first := 1 + r.IntN(w.Days())
		report := &metrics.Report{Advertiser: account, Window: w, Level: level, ID: id}
		b := report.Breakdown(metrics.BreakdownBy(metrics.ByDay), report.PartsByDay(days[0], measures, first, metrics.BreakdownOrder{}))
		where := fmt.Sprintf("seed %d request %d: %s %d", seed, i, level, id)
		checkRemainder(t, where, b)
		var raw []struct {
			Day                           ads.Day
			Spend, Impressions, Checkouts int64
		}
		if err := db.Select(&raw, `SELECT day::text, sum(spend_micros)::bigint AS spend, sum(impressions_paid)::bigint AS impressions, sum(checkouts)::bigint AS checkouts
		  FROM ad_day WHERE advertiser_id = 1 AND `+column+` = $1 GROUP BY 1`, id); err != nil {
			t.Fatal(err)
		}
		sums := map[ads.Day][]int64{}
		for _, row := range raw {
			sums[row.Day] = []int64{row.Spend, row.Impressions, row.Checkouts}
		}
		at := func(day ads.Day) []int64 {
			if n := sums[day]; n != nil {
				numbers++
				return n
			}
			return []int64{0, 0, 0}
		}
		if b.RowCount != w.Days() || len(b.Rows) != first {
			t.Fatalf("%s: %d of %d rows, want %d of %d", where, len(b.Rows), b.RowCount, first, w.Days())
		}
		for n, row := range b.Rows {
			day := w.From.Add(n)
			if row.Value != string(day) || !slices.Equal(row.Values.Sums, at(day)) {
				t.Fatalf("%s: row %d is %s %v, want %s %v", where, n, row.Value, row.Values.Sums, day, at(day))
			}
			if w.Compares() && !slices.Equal(row.Previous.Sums, at(w.Previous.From.Add(n))) {
				t.Fatalf("%s: before %s was %v, want %v", where, day, row.Previous.Sums, at(w.Previous.From.Add(n)))
			}
		}
		totals, err := s.Totals(t.Context(), []store.TotalsKey{{Advertiser: account, Level: level, ID: id, Window: w, Current: measures, Prior: measures}})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(b.Total.Sums, totals[0].Total.Sums) || w.Compares() && !slices.Equal(b.PreviousTotal.Sums, totals[0].Previous.Sums) {
			t.Fatalf("%s: totals %v, want %v", where, b.Total.Sums, totals[0].Total.Sums)
		}
	}
	if numbers < 200 {
		t.Errorf("only %d days had numbers", numbers)
	}
}

// TestRestatedBreakdowns replaces some days of an account: its breakdowns of
// those days follow, at every level, others stay, and everything agrees. A
// page that is read at an earlier version shows the newest ones.
func TestRestatedBreakdowns(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(busyWorld + `INSERT INTO freshness (advertiser_id, family, data_as_of, final_through) VALUES (1, 'DELIVERY', '2026-06-15', '2026-06-14');`)
	s := pgtest.OpenOwner(t, dsn)
	account := advertisers(t, s, 1)[0]
	ctx := t.Context()
	load := func(from, to ads.Day, spend, share int64) {
		t.Helper()
		err := s.Restate(ctx, 1, from, to, func(days *store.Restatement) error {
			for _, day := range from.Run(to.Sub(from) + 1) {
				for ad := int64(1); ad <= 8; ad += 2 {
					row := []any{int64(1), (ad + 3) / 4, (ad + 1) / 2, ad, string(day), spend}
					for range metrics.People - 1 {
						row = append(row, int64(0))
					}
					days.AdDays.Row(row...)
					for _, value := range []string{"female", "male"} {
						row := []any{int64(1), "AD_GROUP", (ad + 1) / 2, "GENDER", value, string(day), share}
						for range 12 {
							row = append(row, int64(0))
						}
						days.Breakdowns.Row(row...)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Verify(ctx, db, func(store.Check) {}); err != nil {
			t.Fatal(err)
		}
	}
	check := func(level ads.Level, id, female, total int64, version int64) {
		t.Helper()
		w := busyWindow
		w.Version = version
		got, err := s.Breakdowns(ctx, []store.BreakdownKey{{
			Advertiser: account, Level: level, ID: id, Window: w, Dimension: metrics.ByGender, First: 1, Order: metrics.BreakdownOrder{Metric: metrics.NameSpend},
			Current: metrics.Of(metrics.SpendMicros),
		}})
		if err != nil {
			t.Fatal(err)
		}
		if p := got[0]; p.Count != 2 || len(p.Rows) != 1 || p.Rows[0].Value != "female" || p.Rows[0].Values.Sums[0] != female || p.Total.Sums[0] != total {
			t.Errorf("%s %d: %+v, want %d of %d", level, id, p, female, total)
		}
	}
	load("2026-06-08", "2026-06-14", 1000, 100)
	check(ads.LevelAdvertiser, 1, 7*400, 7*4000, 0)
	check(ads.LevelCampaign, 2, 7*200, 7*2000, 0)
	check(ads.LevelAdGroup, 3, 7*100, 7*1000, 0)
	var version int64
	if err := db.Get(&version, `SELECT version FROM data_version WHERE advertiser_id = 1`); err != nil {
		t.Fatal(err)
	}
	load("2026-06-10", "2026-06-11", 2000, 300)
	check(ads.LevelAdvertiser, 1, 5*400+2*1200, 9*4000, 0)
	check(ads.LevelCampaign, 2, 5*200+2*600, 9*2000, 0)
	check(ads.LevelAdGroup, 3, 5*100+2*300, 9*1000, version)
	db.MustExec(`UPDATE breakdown_day SET spend_micros = spend_micros + 1 WHERE level = 'ADVERTISER' AND value = 'male' AND day = '2026-06-12'`)
	if err := store.Verify(ctx, db, func(store.Check) {}); err == nil || !strings.Contains(err.Error(), "breakdown_day.spend_micros of advertiser 1, dimension GENDER, value male, day 2026-06-12 is 401, expected 400") {
		t.Errorf("verify says %v", err)
	}
}

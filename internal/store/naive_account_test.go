package store_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestNaiveAccounts compares the list of accounts, each with the numbers of its
// own today, with the plain implementation in naive_world_test.go.
func TestNaiveAccounts(t *testing.T) {
	t.Parallel()
	requests := pgtest.Rounds(200, 30)
	s, accounts := naiveWorld(t)
	rows := 0
	for i := range requests {
		r := rand.New(rand.NewPCG(naiveSeed, uint64(i)))
		l, windows := drawAccounts(t, r, accounts)
		text, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		c := &naiveCheck{T: t, name: fmt.Sprintf("accounts %d of seed %d, %s", i, naiveSeed, text), rawRequest: &rawRequest{}, seen: &naiveSeen{}}
		want := rawAccounts(l, accounts, windows)
		for start := 0; ; start += l.First {
			got, err := s.AdvertiserListing(t.Context(), l)
			if err != nil {
				c.failf("%v", err)
			}
			page := want[start:min(len(want), start+l.First)]
			if ids := idsOf(page); ids != fmt.Sprint(storeIDs(got.Rows)) || got.HasNext != (start+l.First < len(want)) || l.Count && got.Count != len(want) {
				c.failf("from row %d on %v of %d, has next is %v; want %s of %d", start, storeIDs(got.Rows), got.Count, got.HasNext, ids, len(want))
			}
			for j, row := range got.Rows {
				if l.Windows != nil {
					c.same(fmt.Sprintf("advertiser %d", row.ID()), row.Metrics.Total, l.Current, page[j].current)
					c.same(fmt.Sprintf("advertiser %d, earlier", row.ID()), row.Metrics.Previous, l.Prior, page[j].prior)
				}
			}
			if rows += len(page); !got.HasNext {
				break
			}
			l.After = got.Rows[l.First-1].Cursor()
		}
	}
	t.Logf("seed %d: %d requests, %d accounts", naiveSeed, requests, rows)
}

// drawAccounts draws a request, and the window of each account.
func drawAccounts(t *testing.T, r *rand.Rand, accounts []*rawAccount) (*store.AdvertiserList, map[int64]metrics.Window) {
	t.Helper()
	l := &store.AdvertiserList{User: owner, Now: pgtest.Present, First: one(r, 6, 7, 20, 200), Page: true, Count: r.IntN(2) == 0}
	l.Order = store.Order{Field: one(r, "NAME", "ID"), Descending: r.IntN(2) == 0}
	if name := []rune(one(r, accounts...).Name); r.IntN(3) == 0 {
		l.Search = one(r, string(name[:1+r.IntN(2)]), strings.ToUpper(string(name[len(name)-1])), one(r, accounts...).Ref().String())
	}
	windows := map[int64]metrics.Window{}
	if r.IntN(8) == 0 {
		return l, windows
	}
	dates, attribution := drawDates(r, accounts[0].today), drawAttribution(r)
	comparison := one(r, metrics.NoComparison, metrics.PreviousPeriod, metrics.SameWeekdaysLastYear)
	l.Windows = map[ads.Day]metrics.Window{}
	for _, today := range []ads.Day{"2026-06-16", "2026-06-17", "2026-06-18"} { // somewhere on earth
		l.Windows[today] = resolve(t, dates, today, comparison, attribution)
	}
	for _, a := range accounts {
		windows[a.ID] = l.Windows[a.today]
	}
	l.Current = drawMeasures(r)
	if r.IntN(4) > 0 {
		l.Order.Field, l.Order.Metric = "", one(r, metrics.Catalogue()...).Name
	}
	if comparison != metrics.NoComparison {
		l.Prior = drawMeasures(r)
		if l.Order.Metric != "" {
			l.Order.Of = one(r, store.OfCurrent, store.OfPrevious, store.OfDifference)
		}
	}
	return l, windows
}

// rawAccounts answers a request of accounts: all rows, in order.
func rawAccounts(l *store.AdvertiserList, accounts []*rawAccount, windows map[int64]metrics.Window) []rawRow {
	var rows []rawRow
	for _, a := range accounts {
		search := strings.ToLower(l.Search)
		if l.Search != "" && !strings.Contains(strings.ToLower(a.Name), search) && a.Ref().String() != l.Search {
			continue
		}
		w := windows[a.ID]
		row := rawRow{
			rawEntity: a.entities[ads.LevelAdvertiser][0],
			current:   a.over(ads.LevelAdvertiser, w.Range, w.Attribution)[a.ID],
			prior:     a.over(ads.LevelAdvertiser, w.Previous, w.Attribution)[a.ID],
		}
		row.sort = row.sortBy(l.Order)
		rows = append(rows, row)
	}
	inRawOrder(rows, l.Order.Descending)
	return rows
}

// TestRollUpsEqualFacts adds up the facts of the demo by hand: each roll-up
// holds exactly these sums, and the stored conversions are those that the
// default attribution credits.
func TestRollUpsEqualFacts(t *testing.T) {
	t.Parallel()
	_, accounts := naiveWorld(t)
	db := pgtest.DB(t, pgtest.Demo(t, "small"))
	type cell struct {
		id  int64
		day int
	}
	all := rawRange{0, 1 << 30}
	compared := 0
	for _, a := range accounts {
		facts := func(level ads.Level) map[cell]rawSums {
			sums := map[cell]rawSums{}
			a.facts(metrics.DefaultAttribution(), all, func(day int, ad *rawEntity, add *rawSums) {
				at := cell{ad.at(level, a.ID), day}
				total := sums[at]
				for b, n := range add {
					total[b] += n
				}
				sums[at] = total
			})
			return sums
		}
		for level, table := range map[ads.Level]string{
			ads.LevelAdvertiser: "advertiser_id, day - date '1970-01-01', $ FROM advertiser_day", ads.LevelCampaign: "campaign_id, day - date '1970-01-01', $ FROM campaign_day",
			ads.LevelAdGroup: "ad_group_id, day - date '1970-01-01', $ FROM ad_group_day", ads.LevelPin: "pin_id, day - date '1970-01-01', $ FROM pin_day",
		} {
			want := facts(level)
			rows, err := db.Queryx(`SELECT `+strings.Replace(table, "$", strings.Join(metrics.DayColumns[:], ", "), 1)+` WHERE advertiser_id = $1`, a.ID)
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
				var at cell
				var got rawSums
				dest := []any{&at.id, &at.day}
				for b := range metrics.People {
					dest = append(dest, &got[b])
				}
				if err := rows.Scan(dest...); err != nil {
					t.Fatal(err)
				}
				if got != want[at] {
					t.Errorf("advertiser %d, %s %d, day %d: rolled up %v, facts %v", a.ID, level, at.id, at.day, got, want[at])
				}
				delete(want, at)
				compared++
			}
			if err := rows.Err(); err != nil {
				t.Fatal(err)
			}
			if len(want) > 0 {
				t.Errorf("advertiser %d: %d days of %ss are not rolled up", a.ID, len(want), level)
			}
		}
		for level, table := range map[ads.Level]string{ads.LevelCampaign: "campaign_id AS id, spend_micros AS spend FROM campaign_lifetime", ads.LevelAdGroup: "ad_group_id AS id, spend_micros AS spend FROM ad_group_lifetime"} {
			spent := []struct{ ID, Spend int64 }{}
			if err := db.Select(&spent, `SELECT `+table+` WHERE advertiser_id = $1`, a.ID); err != nil {
				t.Fatal(err)
			}
			want := map[int64]int64{}
			for at, sums := range facts(level) {
				want[at.id] += sums[metrics.SpendMicros]
			}
			for _, row := range spent {
				if row.Spend != want[row.ID] {
					t.Errorf("advertiser %d, %s %d: spent %d, facts say %d", a.ID, level, row.ID, row.Spend, want[row.ID])
				}
			}
			if len(spent) != len(want) {
				t.Errorf("advertiser %d: %d of %d %ss have a spend since the start", a.ID, len(spent), len(want), level)
			}
		}
		stored, credited := facts(ads.LevelAd), map[cell]rawSums{}
		a.credited(metrics.DefaultAttribution(), all, func(day int, ad *rawEntity, add *rawSums) {
			at := cell{ad.ID, day}
			total := credited[at]
			for b, n := range add {
				total[b] += n
			}
			credited[at] = total
		})
		for at, sums := range stored {
			for _, b := range metrics.Attributed.Bases() {
				if sums[b] != credited[at][b] {
					t.Errorf("advertiser %d, ad %d, day %d: %s is %d, single conversions make %d", a.ID, at.id, at.day, metrics.DayColumns[b], sums[b], credited[at][b])
				}
			}
			delete(credited, at)
		}
		if len(credited) > 0 {
			t.Errorf("advertiser %d: conversions on %d days of ads without facts", a.ID, len(credited))
		}
	}
	t.Logf("%d rows of roll-ups", compared)
}

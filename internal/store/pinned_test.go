package store_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// busyWorld is accounts 1 to 3 with 45 campaigns, 90 ad groups, 180 ads and 60
// pins each, of which one in ten never delivers.
const busyWorld = `
INSERT INTO app_user (id, email, name) VALUES (1, 'owner@example.com', 'Olga');
INSERT INTO advertiser (id, name, country, currency, time_zone) SELECT n, 'Account ' || n, 'US', 'USD', 'UTC' FROM generate_series(1, 3) AS n;
INSERT INTO member (advertiser_id, user_id, role) SELECT n, 1, 'OWNER' FROM generate_series(1, 3) AS n;
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo) SELECT a, n, 'Campaign ' || n, 'AWARENESS', false FROM generate_series(1, 3) AS a, generate_series(1, 45) AS n;
INSERT INTO ad_group (advertiser_id, id, campaign_id, name, budget_type, billable_event) SELECT a, n, (n + 1) / 2, 'Group ' || n, 'CBO_ADGROUP', 'IMPRESSION' FROM generate_series(1, 3) AS a, generate_series(1, 90) AS n;
INSERT INTO pin (advertiser_id, id, title, creative_type) SELECT a, n, 'Pin ' || n, 'REGULAR' FROM generate_series(1, 3) AS a, generate_series(1, 60) AS n;
INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, creative_type, review_status)
  SELECT a, n, (n + 3) / 4, (n + 1) / 2, 1 + n % 60, 'Ad ' || n, 'REGULAR', 'APPROVED' FROM generate_series(1, 3) AS a, generate_series(1, 180) AS n;`

// ledger is what the numbers were at each data version, by a plain query of
// the raw rows right after the only writer made it.
type ledger struct {
	mu    sync.Mutex
	news  chan struct{}                              // closed when the next version is entered
	sums  map[int64]map[ads.Level]map[int64][3]int64 // by version, level and id: spend, impressions, checkouts
	reach map[int64]map[int64]int64                  // of campaigns, by version
}

// busyWindow is the week that the writers change and the readers read.
var busyWindow = metrics.Range{From: "2026-06-08", To: "2026-06-14"}.Window(metrics.NoComparison)

// rewrite replaces some days of an advertiser by random ones and enters the
// result.
func (l *ledger) rewrite(ctx context.Context, s *store.Store, db *sqlx.DB, r *rand.Rand, advertiser int64) error {
	from := busyWindow.From.Add(r.IntN(7))
	to := min(busyWindow.To, from.Add(r.IntN(3)))
	err := s.Restate(ctx, advertiser, from, to, func(days *store.Restatement) error {
		for _, day := range from.Run(to.Sub(from) + 1) {
			for ad := int64(1); ad <= 180; ad++ {
				if ad%10 == 0 || r.IntN(5) == 0 {
					continue
				}
				spend, checkouts := int64(r.IntN(50))*1000, int64(r.IntN(3))
				row := []any{advertiser, (ad + 3) / 4, (ad + 1) / 2, ad, string(day), spend, int64(1 + r.IntN(300))}
				for b := metrics.ImpressionsEarned; b < metrics.People; b++ {
					switch b {
					case metrics.Conversions, metrics.Checkouts:
						row = append(row, checkouts)
					case metrics.CheckoutValueMicros:
						row = append(row, checkouts*7_000_000)
					default:
						row = append(row, int64(0))
					}
				}
				days.AdDays.Row(row...)
				if checkouts > 0 {
					days.Conversions.Row(advertiser, (ad+3)/4, (ad+1)/2, ad, string(day), int64(2), "CHECKOUT", "WEB", "CLICK", checkouts, checkouts*7_000_000, checkouts)
				}
			}
		}
		if to == busyWindow.To {
			for c := int64(1); c <= 45; c++ {
				if r.IntN(4) > 0 {
					days.Reach.Row(advertiser, "CAMPAIGN", c, int64(7), string(to), int64(r.IntN(1000)))
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.enter(ctx, db, advertiser)
}

func (l *ledger) enter(ctx context.Context, db *sqlx.DB, advertiser int64) error {
	var version int64
	if err := db.GetContext(ctx, &version, `SELECT coalesce(max(version), 1) FROM data_version WHERE advertiser_id = $1`, advertiser); err != nil {
		return err
	}
	levels := map[ads.Level]map[int64][3]int64{}
	for level, column := range map[ads.Level]string{ads.LevelAdvertiser: "y.advertiser_id", ads.LevelCampaign: "y.campaign_id", ads.LevelAdGroup: "y.ad_group_id", ads.LevelAd: "y.ad_id", ads.LevelPin: "d.pin_id"} {
		rows := []struct{ ID, Spend, Impressions, Checkouts int64 }{}
		if err := db.SelectContext(ctx, &rows, `SELECT `+column+` AS id, sum(spend_micros)::bigint AS spend, sum(impressions_paid)::bigint AS impressions, sum(checkouts)::bigint AS checkouts
		  FROM ad_day AS y JOIN ad AS d ON d.advertiser_id = y.advertiser_id AND d.id = y.ad_id WHERE y.advertiser_id = $1 AND day BETWEEN $2 AND $3 GROUP BY 1`,
			advertiser, string(busyWindow.From), string(busyWindow.To)); err != nil {
			return err
		}
		levels[level] = map[int64][3]int64{}
		for _, row := range rows {
			levels[level][row.ID] = [3]int64{row.Spend, row.Impressions, row.Checkouts}
		}
	}
	people := []struct{ ID, People int64 }{}
	if err := db.SelectContext(ctx, &people, `SELECT entity_id AS id, people FROM reach WHERE advertiser_id = $1 AND as_of = $2`, advertiser, string(busyWindow.To)); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums[version], l.reach[version] = levels, map[int64]int64{}
	for _, p := range people {
		l.reach[version][p.ID] = p.People
	}
	close(l.news)
	l.news = make(chan struct{})
	return nil
}

// newLedger returns an empty ledger.
func newLedger() *ledger {
	return &ledger{news: make(chan struct{}), sums: map[int64]map[ads.Level]map[int64][3]int64{}, reach: map[int64]map[int64]int64{}}
}

// at returns the sums and the reach of a version. The writer may have committed
// it and be about to enter it: then at waits, until ctx ends.
func (l *ledger) at(ctx context.Context, version int64, level ads.Level) (sums map[int64][3]int64, reach map[int64]int64, err error) {
	for {
		l.mu.Lock()
		levels, ok := l.sums[version]
		reach, news := l.reach[version], l.news
		l.mu.Unlock()
		if ok {
			return levels[level], reach, nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return nil, nil, context.Cause(ctx)
		}
	}
}

// TestPagingUnderAWriter reads lists page by page, in the order of random
// metrics, while a writer replaces days as fast as it can. Each traversal must
// show every row once, in the exact order and with the exact numbers of the
// version that its first page was read at.
func TestPagingUnderAWriter(t *testing.T) {
	t.Parallel()
	const seed = 3
	traversals := pgtest.Rounds(1000, 60)
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(busyWorld)
	// Loads take their versions from a clock that moves a millisecond each.
	var ticks atomic.Int64
	s := store.New(pgtest.DB(t, dsn), func() time.Time { return pgtest.Present.Add(time.Duration(ticks.Load()) * time.Millisecond) })
	book := newLedger()
	if err := book.enter(t.Context(), db, 1); err != nil {
		t.Fatal(err)
	}
	account := advertisers(t, s, 1)[0]
	ctx, stop := context.WithCancelCause(t.Context())
	loads, ended := 0, make(chan struct{})
	go func() {
		defer close(ended)
		r := rand.New(rand.NewPCG(seed, 1))
		for ctx.Err() == nil {
			ticks.Add(1)
			if err := book.rewrite(ctx, s, db, r, 1); err != nil {
				stop(err) // does nothing when the test has stopped the writer
				return
			}
			loads++
		}
	}()
	moved, versions := 0, map[int64]bool{}
	for i := range traversals {
		r := rand.New(rand.NewPCG(seed, uint64(i)+2))
		v, crossed := traverse(ctx, t, s, book, r, account, fmt.Sprintf("traversal %d of seed %d", i, seed))
		versions[v] = true
		if crossed {
			moved++
		}
		if t.Failed() {
			break
		}
	}
	stop(nil)
	<-ended
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	t.Logf("seed %d: %d traversals over %d versions, %d loads; in %d traversals the newest numbers were others at the end", seed, traversals, len(versions), loads, moved)
	if moved < traversals/10 {
		t.Error("the writer changed too little to prove anything")
	}
}

// traverse pages through a random list and checks it. It returns the version,
// and whether there was another one at the end.
func traverse(ctx context.Context, t *testing.T, s *store.Store, book *ledger, r *rand.Rand, account *ads.Advertiser, name string) (version int64, crossed bool) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Log(name)
		}
	}()
	levels := []ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd, ads.LevelPin}
	count := map[ads.Level]int{ads.LevelCampaign: 45, ads.LevelAdGroup: 90, ads.LevelAd: 180, ads.LevelPin: 60}
	names := []metrics.Name{metrics.NameSpend, metrics.NameImpressions, metrics.NameCheckouts, metrics.NameCPM, metrics.NameROAS, metrics.NameReach}
	l := &store.List{
		Level: levels[r.IntN(len(levels))], Under: ads.LevelAdvertiser, First: 9 + r.IntN(20), Page: true, Next: true, Count: r.IntN(2) == 0, Sums: r.IntN(2) == 0,
		Order:   store.Order{Metric: names[r.IntN(len(names))], Descending: r.IntN(2) == 0},
		Current: metrics.Of(metrics.SpendMicros, metrics.ImpressionsPaid, metrics.Checkouts, metrics.CheckoutValueMicros, metrics.People),
	}
	w := busyWindow
	if r.IntN(3) == 0 { // reads the conversions themselves, which here are the same in number
		w.Attribution = metrics.Attribution{ClickWindowDays: 7, EngagementWindowDays: 7, ViewWindowDays: 1, ReportTime: metrics.AdAction}
	}
	rows, listing := pages(t, s, store.ListKey{Advertiser: account, Parent: account.ID, Window: w, List: l})
	version = rows[0].Position.Version
	sums, reach, err := book.at(ctx, version, l.Level)
	if err != nil {
		t.Fatalf("%s: the writer never entered version %d: %v", name, version, err)
	}
	if len(rows) != count[l.Level] {
		t.Fatalf("%s: %d rows, want %d", name, len(rows), count[l.Level])
	}
	var total [3]int64
	seen := map[int64]bool{}
	m, _ := metrics.ByName(l.Order.Metric)
	for i := range rows {
		row := &rows[i]
		if seen[row.ID()] {
			t.Fatalf("%s: row %d came twice", name, row.ID())
		}
		seen[row.ID()] = true
		got := row.Metrics.Total.Sums
		want := sums[row.ID()]
		if [3]int64(got[:3]) != want {
			t.Fatalf("%s: row %d of version %d has %v, want %v", name, row.ID(), version, got[:3], want)
		}
		people, known := reach[row.ID()]
		if !known || l.Level != ads.LevelCampaign {
			people = metrics.Unknown
		}
		if got[4] != people {
			t.Fatalf("%s: row %d of version %d reached %d, want %d", name, row.ID(), version, got[4], people)
		}
		for j := range total {
			total[j] += want[j]
		}
		if i > 0 && !ordered(m, l.Order.Descending, &rows[i-1], row) {
			t.Fatalf("%s: %s: row %d is before row %d: %v, %v", name, m.Name, rows[i-1].ID(), row.ID(), rows[i-1].Metrics.Total.Sums, got)
		}
	}
	if l.Sums && [3]int64(listing.Totals.Total.Sums[:3]) != total {
		t.Fatalf("%s: totals %v, want %v", name, listing.Totals.Total.Sums, total)
	}
	newest, errs := s.Lists(t.Context(), []store.ListKey{{Advertiser: account, Parent: account.ID, Window: w, List: &store.List{
		Level: l.Level, Under: ads.LevelAdvertiser, First: 1, Page: true, Next: true, Order: l.Order,
	}}})
	if errs[0] != nil {
		t.Fatal(errs[0])
	}
	return version, newest[0].Rows[0].Position.Version != version
}

// ordered tells whether a may stand before b.
func ordered(m *metrics.Metric, descending bool, a, b *store.Row) bool {
	x, xOK := valueOf(m, a.Metrics.Total)
	y, yOK := valueOf(m, b.Metrics.Total)
	switch {
	case !xOK && !yOK, xOK && yOK && x == y:
		return (a.ID() < b.ID()) != descending
	case !xOK || !yOK:
		return xOK // without a value: last
	}
	return (x < y) != descending
}

// valueOf returns a metric as a number to compare by.
func valueOf(m *metrics.Metric, v metrics.Values) (float64, bool) {
	if m.Numerator != "" {
		return v.Float(m)
	}
	n, ok := v.Int(m)
	return float64(n), ok
}

// TestCursorsExpire makes loads at set times: a cursor goes on as long as what
// came in after it can be undone, and says so when it no longer can.
func TestCursorsExpire(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(busyWorld)
	now := pgtest.Present
	s := store.New(pgtest.DB(t, dsn), func() time.Time { return now })
	book := newLedger()
	r := rand.New(rand.NewPCG(1, 1))
	load := func(at time.Duration) {
		t.Helper()
		now = pgtest.Present.Add(at)
		if err := book.rewrite(t.Context(), s, db, r, 1); err != nil {
			t.Fatal(err)
		}
	}
	account := advertisers(t, s, 1)[0]
	page := func(after string) (string, error) {
		t.Helper()
		listings, errs := s.Lists(t.Context(), []store.ListKey{{Advertiser: account, Parent: 1, Window: busyWindow, List: &store.List{
			Level: ads.LevelAd, Under: ads.LevelAdvertiser, First: 5, Page: true, Next: true, After: after, Order: store.Order{Metric: metrics.NameSpend},
		}}})
		if errs[0] != nil {
			return "", errs[0]
		}
		return listings[0].Rows[4].Position.String(), nil
	}
	follow := func(cursor string, want fault.Code) {
		t.Helper()
		if _, err := page(cursor); fault.CodeOf(err) != want {
			t.Errorf("%s after the start: %v, want %q", now.Sub(pgtest.Present), err, want)
		}
	}
	before, _ := page("")
	load(0)
	first, _ := page("")
	load(time.Minute)
	second, _ := page("")
	load(10 * time.Minute)
	follow(before, "")
	follow(first, "")
	load(14 * time.Minute)
	follow(before, "")
	now = pgtest.Present.Add(3 * time.Hour) // time alone takes nothing away
	follow(before, "")
	load(15*time.Minute + time.Second) // the load at 0 is older than VersionLife now
	follow(before, fault.CursorExpired)
	follow(first, "")
	load(16*time.Minute + time.Second)
	follow(first, fault.CursorExpired)
	follow(second, "")
	load(time.Hour)
	follow(second, fault.CursorExpired)
	var left int
	if err := db.Get(&left, `SELECT count(DISTINCT version) FROM ad_day_undo`); err != nil || left > 1 {
		t.Errorf("%d versions are kept, %v, want that of the last load", left, err)
	}
	last, _ := page("")
	follow(last, "")
	follow(forge(t, last, 1, "0"), fault.InvalidCursor) // it would read without a version
	follow(forge(t, last, 1, "-1"), fault.InvalidCursor)
	follow(forge(t, last, 1, strconv.FormatInt(1<<62, 36)), fault.CursorExpired) // there was never such a version
	follow(forge(t, last, 0, "1"), fault.InvalidCursor)                          // another list
}

// TestAccountsPageAtOneVersion pages through the accounts by spend while each
// gets new numbers in turn.
func TestAccountsPageAtOneVersion(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(busyWorld)
	var ticks int64
	s := store.New(pgtest.DB(t, dsn), func() time.Time { return pgtest.Present.Add(time.Duration(ticks) * time.Second) })
	books := map[int64]*ledger{}
	for a := int64(1); a <= 3; a++ {
		books[a] = newLedger()
	}
	r := rand.New(rand.NewPCG(2, 2))
	load := func(a int64) {
		t.Helper()
		ticks++
		if err := books[a].rewrite(t.Context(), s, db, r, a); err != nil {
			t.Fatal(err)
		}
	}
	list := func(after string) (*store.Listing, error) {
		return s.AdvertiserListing(t.Context(), &store.AdvertiserList{
			User: owner, Now: pgtest.Present, First: 1, Page: true, After: after, Order: store.Order{Metric: metrics.NameSpend, Descending: true},
			Windows: map[ads.Day]metrics.Window{"2026-06-17": busyWindow}, Current: metrics.Of(metrics.SpendMicros),
		})
	}
	for a := int64(1); a <= 3; a++ {
		load(a)
	}
	for range 20 {
		want, seen := map[int64]int64{}, map[int64]int64{}
		for a := int64(1); a <= 3; a++ {
			var spend int64
			if err := db.Get(&spend, `SELECT coalesce(sum(spend_micros), 0)::bigint FROM ad_day WHERE advertiser_id = $1 AND day BETWEEN $2 AND $3`, a, string(busyWindow.From), string(busyWindow.To)); err != nil {
				t.Fatal(err)
			}
			want[a] = spend
		}
		last, after := int64(1<<62), ""
		for range 3 {
			page, err := list(after)
			if err != nil {
				t.Fatal(err)
			}
			row := page.Rows[0]
			spend := row.Metrics.Total.Sums[0]
			if spend > last {
				t.Errorf("account %d with %d comes after %d", row.ID(), spend, last)
			}
			seen[row.ID()], last, after = spend, spend, row.Position.String()
			load(1 + r.Int64N(3))
		}
		if fmt.Sprint(seen) != fmt.Sprint(want) {
			t.Fatalf("the pages show %v, want %v", seen, want)
		}
	}
	// A load that began before the first page and ends after it has an earlier
	// version: later pages cannot leave it out, and say so.
	begun, let := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	ticks++
	go func() {
		done <- s.Restate(t.Context(), 1, busyWindow.From, busyWindow.From, func(*store.Restatement) error {
			close(begun)
			<-let
			return nil
		})
	}()
	<-begun
	load(2)
	page, err := list("")
	if err != nil {
		t.Fatal(err)
	}
	close(let)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if _, err := list(page.Rows[0].Position.String()); fault.CodeOf(err) != fault.CursorExpired {
		t.Errorf("after a load that was late: %v", err)
	}
}

// forge returns a cursor with one of its parts replaced.
func forge(t *testing.T, cursor string, part int, value string) string {
	t.Helper()
	plain, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(string(plain[1:]), ".", 5)
	parts[part] = value
	return base64.RawURLEncoding.EncodeToString([]byte(string(plain[:1]) + strings.Join(parts, ".")))
}

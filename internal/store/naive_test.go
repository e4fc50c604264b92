package store_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// naiveSeed is the seed of all random requests; with its number it gives the
// same request again.
const naiveSeed = 20260617

// naiveCheck is one request under comparison.
type naiveCheck struct {
	*testing.T
	store *store.Store
	r     *rand.Rand
	// name says which request it is.
	name string
	*rawRequest
	seen *naiveSeen
}

// naiveSeen counts what was compared, so that a test that compares nothing
// fails.
type naiveSeen struct{ lists, rows, empty, pages, conversions, people, earlierPeople, facets, days atomic.Int64 }

func (c *naiveCheck) failf(format string, args ...any) {
	c.Helper()
	c.Fatalf("%s: %s\n%s", c.name, fmt.Sprintf(format, args...), c.rawRequest)
}

var rawDemo struct {
	once     sync.Once
	accounts []*rawAccount
}

// naiveWorld returns the demo and its rows, which are read once.
func naiveWorld(t *testing.T) (*store.Store, []*rawAccount) {
	t.Helper()
	dsn := pgtest.Demo(t, "small")
	s := pgtest.OpenDSN(t, dsn)
	rawDemo.once.Do(func() {
		ids := make([]int64, 20)
		for i := range ids {
			ids[i] = int64(i) + 1
		}
		rawDemo.accounts = loadRaw(t, pgtest.DB(t, dsn), advertisers(t, s, ids...))
	})
	if rawDemo.accounts == nil {
		t.Fatal("the demo could not be read")
	}
	return s, rawDemo.accounts
}

// TestNaive compares the store with the plain implementation in
// naive_world_test.go, for random requests: pages, order, numbers, totals,
// counts and facets of lists, and the numbers of entities and of whole lists
// in sum and by day.
func TestNaive(t *testing.T) {
	t.Parallel()
	requests, shards := pgtest.Rounds(2000, 150), 4
	s, accounts := naiveWorld(t)
	seen := &naiveSeen{}
	t.Run("Requests", func(t *testing.T) {
		for shard := range shards {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				for i := shard; i < requests; i += shards {
					r := rand.New(rand.NewPCG(naiveSeed, uint64(i)))
					c := &naiveCheck{t, s, r, fmt.Sprintf("request %d of seed %d", i, naiveSeed), drawRequest(t, r, accounts), seen}
					c.lists()
					switch i % 3 {
					case 0:
						c.facets()
					case 1:
						c.listDays()
					case 2:
						c.entities()
					}
				}
			})
		}
	})
	t.Logf("seed %d: %d requests: %d lists, %d of them empty, %d rows on %d pages, %d conversions, %d rows with reach, %d with earlier reach, %d rows in facets, %d days", naiveSeed, requests,
		seen.lists.Load(), seen.empty.Load(), seen.rows.Load(), seen.pages.Load(), seen.conversions.Load(), seen.people.Load(), seen.earlierPeople.Load(), seen.facets.Load(), seen.days.Load())
	if !t.Failed() && (seen.empty.Load() > seen.lists.Load()/2 || min(seen.rows.Load(), seen.conversions.Load(), seen.people.Load(), seen.earlierPeople.Load(), seen.facets.Load(), seen.days.Load()) == 0) {
		t.Error("too little was compared to prove anything")
	}
}

// lists compares all pages of a single list, or the first page of each of
// several.
func (c *naiveCheck) lists() {
	c.Helper()
	want := make([][]rawRow, len(c.keys))
	most := 0
	for i, k := range c.keys {
		want[i] = c.rows(k, 0)
		most = max(most, len(want[i]))
	}
	l := c.list
	if len(c.keys) == 1 {
		l.First = max(l.First, most/4+1)
	}
	for start := 0; ; start += l.First {
		listings, errs := c.store.Lists(c.Context(), c.storeKeys(&l))
		for i := range c.keys {
			if errs[i] != nil {
				c.failf("%v", errs[i])
			}
			c.listing(&l, c.keys[i], listings[i], want[i], start)
		}
		if len(c.keys) > 1 || !l.Page || start+l.First >= len(want[0]) {
			return
		}
		next := l
		next.After = listings[0].Rows[l.First-1].Cursor()
		l = next
	}
}

// listing compares a page, which begins with row start, and what is true of all
// rows.
func (c *naiveCheck) listing(l *store.List, k rawKey, got *store.Listing, want []rawRow, start int) {
	c.Helper()
	if start == 0 {
		c.seen.lists.Add(1)
		if len(want) == 0 {
			c.seen.empty.Add(1)
		}
	}
	if (l.Count || l.Sums) && got.Count != len(want) {
		c.failf("advertiser %d: count %d, want %d", k.account.ID, got.Count, len(want))
	}
	if l.Sums && k.window.From != "" {
		current, prior := &rawSums{}, &rawSums{}
		for _, row := range want {
			for b := range metrics.People {
				current[b] += row.current[b]
				prior[b] += row.prior[b]
			}
		}
		current[metrics.People], prior[metrics.People] = -1, -1
		c.seen.conversions.Add(current[metrics.Conversions])
		c.same("totals", got.Totals.Total, l.Current, current)
		c.same("earlier totals", got.Totals.Previous, l.Prior, prior)
	}
	if !l.Page {
		return
	}
	page := want[start:min(len(want), start+l.First)]
	c.seen.pages.Add(1)
	c.seen.rows.Add(int64(len(page)))
	if ids := idsOf(page); ids != fmt.Sprint(storeIDs(got.Rows)) {
		c.failf("advertiser %d: from row %d on\n%v, want\n%s", k.account.ID, start, storeIDs(got.Rows), ids)
	}
	if more := start+l.First < len(want); got.HasNext != more {
		c.failf("advertiser %d: from row %d on, has next is %v", k.account.ID, start, got.HasNext)
	}
	for i, row := range got.Rows {
		c.entity(l, row.Entity, page[i].rawEntity)
		if k.window.From != "" {
			c.same(fmt.Sprintf("row %d", row.ID()), row.Metrics.Total, l.Current, page[i].current)
			c.same(fmt.Sprintf("row %d, earlier", row.ID()), row.Metrics.Previous, l.Prior, page[i].prior)
		}
	}
}

func storeIDs(rows []store.Row) []int64 {
	ids := []int64{}
	for i := range rows {
		ids = append(ids, rows[i].ID())
	}
	return ids
}

func idsOf(rows []rawRow) string {
	ids := []int64{}
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return fmt.Sprint(ids)
}

// entity compares name and status, if they were asked for.
func (c *naiveCheck) entity(l *store.List, got any, want *rawEntity) {
	c.Helper()
	var id int64
	var name *string
	var status ads.EntityStatus
	title := "name"
	switch e := got.(type) {
	case *ads.Campaign:
		id, name, status = e.ID, &e.Name, e.Status
	case *ads.AdGroup:
		id, name, status = e.ID, &e.Name, e.Status
	case *ads.Ad:
		id, name, status = e.ID, e.Name, e.Status
	case *ads.Pin:
		id, name, title = e.ID, &e.Title, "title"
	}
	if id != want.ID {
		c.failf("an entity of row %d is %d", want.ID, id)
	}
	if asked := store.ColumnsOf(l.Level, []string{title}); l.Columns&asked != 0 && ((name == nil) != (want.Name == nil) || name != nil && *name != *want.Name) {
		c.failf("row %d is called %v, want %v", id, name, want.Name)
	}
	if asked := store.ColumnsOf(l.Level, []string{"status"}); l.Columns&asked != 0 && string(status) != want.Status {
		c.failf("row %d is %s, want %s", id, status, want.Status)
	}
}

// same compares measures, and the metrics that are made from them.
func (c *naiveCheck) same(what string, got metrics.Values, set metrics.Set, want *rawSums) {
	c.Helper()
	i := 0
	for b := range metrics.People + 1 {
		if set&(1<<b) == 0 {
			continue
		}
		if got.Sums[i] != want[b] {
			c.failf("%s: measure %d is %d, want %d", what, b, got.Sums[i], want[b])
		}
		i++
	}
	if i != len(got.Sums) {
		c.failf("%s: %d measures, want %d", what, len(got.Sums), i)
	}
	for _, m := range metrics.Catalogue() {
		if set&m.Bases() != m.Bases() {
			continue
		}
		value, ok := got.Value(&m)
		if wanted, has := want.shown(&m); ok != has || ok && value != wanted {
			c.failf("%s: %s is %v (%v), want %v (%v)", what, m.Name, value, ok, wanted, has)
		}
	}
	if set.Has(metrics.People) && want[metrics.People] > 0 {
		if strings.HasSuffix(what, "earlier") {
			c.seen.earlierPeople.Add(1)
		} else {
			c.seen.people.Add(1)
		}
	}
}

// rawFacets is the facets of each level, with the values that they list.
var rawFacets = map[ads.Level]map[store.Facets]string{
	ads.LevelCampaign: {
		store.FacetStatus:    "ACTIVE PAUSED ARCHIVED DRAFT DELETED_DRAFT",
		store.FacetObjective: "AWARENESS CONSIDERATION WEB_CONVERSION CATALOG_SALES VIDEO_COMPLETION",
	},
	ads.LevelAdGroup: {store.FacetStatus: "ACTIVE PAUSED ARCHIVED DRAFT DELETED_DRAFT"},
	ads.LevelAd: {
		store.FacetStatus:       "ACTIVE PAUSED ARCHIVED DRAFT DELETED_DRAFT",
		store.FacetReview:       "APPROVED PENDING REJECTED OTHER",
		store.FacetCreativeType: "REGULAR VIDEO SHOPPING CAROUSEL MAX_VIDEO COLLECTION IDEA SHOWCASE QUIZ COLLAGE",
	},
	ads.LevelPin: {store.FacetCreativeType: "REGULAR VIDEO SHOPPING CAROUSEL MAX_VIDEO COLLECTION IDEA SHOWCASE QUIZ COLLAGE"},
}

// facets compares the counts by value.
func (c *naiveCheck) facets() {
	c.Helper()
	var fields store.Facets
	for f := range rawFacets[c.list.Level] {
		fields |= f
	}
	fields &= one(c.r, fields, store.Facets(1+c.r.IntN(15)))
	if fields == 0 {
		return
	}
	keys := []store.FacetsKey{}
	for _, k := range c.storeKeys(&c.list) {
		k.Window.Version = c.version(k.Window)
		keys = append(keys, store.FacetsKey{Of: k, Fields: fields})
	}
	got, err := c.store.Facets(c.Context(), keys)
	if err != nil {
		c.failf("facets: %v", err)
	}
	for i, k := range c.keys {
		for f, values := range rawFacets[c.list.Level] {
			if fields&f == 0 {
				continue
			}
			counts := map[string]int{}
			for _, row := range c.rows(k, f) {
				counts[map[store.Facets]string{store.FacetStatus: row.Status, store.FacetObjective: row.Objective, store.FacetReview: row.Review, store.FacetCreativeType: row.Creative}[f]]++
				c.seen.facets.Add(1)
			}
			want := []store.Facet{}
			for value := range strings.FieldsSeq(values) {
				want = append(want, store.Facet{Value: value, Count: counts[value]})
			}
			if fmt.Sprint(got[i][f]) != fmt.Sprint(want) {
				c.failf("advertiser %d: facet %d is %v, want %v", k.account.ID, f, got[i][f], want)
			}
		}
	}
}

// byDay compares numbers by day, counted from the start of a range, with the
// facts of some ads in a range. A day may come in parts.
func (c *naiveCheck) byDay(k rawKey, got []metrics.Day, set metrics.Set, r metrics.Range, counts func(*rawEntity) bool) {
	c.Helper()
	days, want, inRange := map[int]*rawSums{}, map[int]*rawSums{}, rangeOf(r)
	start := dayNumber(k.window.From)
	of := func(days map[int]*rawSums, offset int) *rawSums {
		if days[offset] == nil {
			days[offset] = &rawSums{}
		}
		return days[offset]
	}
	for _, day := range got {
		if !inRange.has(start + day.Offset) {
			continue
		}
		for i, b := range set.Bases() {
			of(days, day.Offset)[b] += day.Sums[i]
		}
	}
	k.account.facts(k.window.Attribution, inRange, func(day int, ad *rawEntity, add *rawSums) {
		if !counts(ad) {
			return
		}
		for _, b := range set.Bases() {
			of(want, day-start)[b] += add[b]
		}
	})
	for offset, sums := range want {
		if *of(days, offset) != *sums {
			c.failf("advertiser %d: day %d has %v, want %v", k.account.ID, offset, *of(days, offset), *sums)
		}
		c.seen.days.Add(1)
	}
	for offset, sums := range days {
		if want[offset] == nil && *sums != (rawSums{}) {
			c.failf("advertiser %d: day %d has %v, and no ad delivered", k.account.ID, offset, *sums)
		}
	}
}

// version names the only version of the demo at times, as pages after the first
// do.
func (c *naiveCheck) version(w metrics.Window) int64 {
	if w.From == "" {
		return 0
	}
	return one(c.r, int64(0), 0, 0, 1)
}

// listDays compares the sums of whole lists by day.
func (c *naiveCheck) listDays() {
	c.Helper()
	measures := drawMeasures(c.r) &^ metrics.Of(metrics.People)
	if c.keys[0].window.From == "" || measures == 0 {
		return
	}
	keys := []store.SetSeriesKey{}
	for _, k := range c.storeKeys(&c.list) {
		k.Window.Version = c.version(k.Window)
		keys = append(keys, store.SetSeriesKey{Of: k, Measures: measures})
	}
	got, err := c.store.SetSeries(c.Context(), keys)
	if err != nil {
		c.failf("days of the list: %v", err)
	}
	for i, k := range c.keys {
		kept := map[int64]bool{}
		for _, row := range c.rows(k, 0) {
			kept[row.ID] = true
		}
		c.byDay(k, got[i], measures, k.window.Range, func(ad *rawEntity) bool { return kept[ad.at(c.list.Level, k.account.ID)] })
	}
}

// entities compares the numbers of entities in sum and by day, and those of the
// earlier range with the numbers of that range asked for by itself.
func (c *naiveCheck) entities() {
	c.Helper()
	level := one(c.r, ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd, ads.LevelPin)
	var keys, earlier []store.TotalsKey
	var days []store.SeriesKey
	var of []rawKey
	var current, prior, daily metrics.Set
	for _, k := range c.keys {
		if k.window.From == "" {
			return
		}
		for range 1 + c.r.IntN(3) {
			if k.parent = k.account.any(c.r, level); k.account.over(level, metrics.Range{}, k.window.Attribution)[k.parent] == nil {
				continue // there is none
			}
			key := store.TotalsKey{Advertiser: k.account.Advertiser, Level: level, ID: k.parent, Window: k.window, Current: drawMeasures(c.r)}
			if k.window.Previous.From != "" {
				key.Prior = drawMeasures(c.r)
			}
			key.Window.Version = c.version(key.Window)
			current, prior = current|key.Current, prior|key.Prior
			keys, of = append(keys, key), append(of, k)
			before := key
			before.Window = metrics.Window{Range: k.window.Previous, Attribution: k.window.Attribution}
			before.Current, before.Prior = key.Prior, 0
			earlier = append(earlier, before)
			series := store.SeriesKey{Advertiser: key.Advertiser, Level: level, ID: key.ID, Window: key.Window, Measures: drawMeasures(c.r)}
			days, daily = append(days, series), daily|series.Measures
		}
	}
	if len(keys) == 0 {
		return
	}
	got, err := c.store.Totals(c.Context(), keys)
	if err != nil {
		c.failf("totals: %v", err)
	}
	for i, k := range of {
		c.same(fmt.Sprintf("%s %d", level, k.parent), got[i].Total, current, k.account.over(level, k.window.Range, k.window.Attribution)[k.parent])
		if k.window.Previous.From != "" {
			c.same(fmt.Sprintf("%s %d, earlier", level, k.parent), got[i].Previous, prior, k.account.over(level, k.window.Previous, k.window.Attribution)[k.parent])
		}
	}
	if prior != 0 {
		direct, err := c.store.Totals(c.Context(), earlier)
		if err != nil {
			c.failf("earlier totals: %v", err)
		}
		for i := range direct {
			if fmt.Sprint(direct[i].Total.Sums) != fmt.Sprint(got[i].Previous.Sums) {
				c.failf("%s %d: the earlier range by itself has %v, as a comparison %v", level, of[i].parent, direct[i].Total.Sums, got[i].Previous.Sums)
			}
		}
	}
	daily &^= metrics.Of(metrics.People)
	if daily == 0 {
		return
	}
	series, read, err := c.store.Series(c.Context(), days)
	if err != nil || read != daily {
		c.failf("days: %v, measures %v, want %v", err, read, daily)
	}
	for i, k := range of {
		own := func(ad *rawEntity) bool { return ad.at(level, k.account.ID) == k.parent }
		c.byDay(k, series[i], daily, k.window.Range, own)
		c.byDay(k, series[i], daily, k.window.Previous, own)
	}
}

package store_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// rawRequest is a random request of one or more lists.
type rawRequest struct {
	list  store.List
	dates metrics.Dates
	keys  []rawKey
}

// rawKey is one list of the request.
type rawKey struct {
	account *rawAccount
	parent  int64
	window  metrics.Window
}

// storeKeys returns the request as the store takes it.
func (q *rawRequest) storeKeys(l *store.List) []store.ListKey {
	keys := make([]store.ListKey, len(q.keys))
	for i, k := range q.keys {
		keys[i] = store.ListKey{Advertiser: k.account.Advertiser, Parent: k.parent, Window: k.window, List: l}
	}
	return keys
}

// String returns the whole request, to be told when it fails.
func (q *rawRequest) String() string {
	type key struct {
		Advertiser, Parent int64
		Window             metrics.Window
	}
	var keys []key
	for _, k := range q.keys {
		keys = append(keys, key{k.account.ID, k.parent, k.window})
	}
	text, err := json.Marshal(map[string]any{"list": q.list, "dates": q.dates, "keys": keys})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// one returns one of several.
func one[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// some returns up to max of several, rarely none at all.
func some[T any](r *rand.Rand, most int, of ...T) []T {
	if r.IntN(20) == 0 {
		return []T{}
	}
	list := []T{}
	for range 1 + r.IntN(most) {
		list = append(list, one(r, of...))
	}
	return list
}

// rawParents is which lists are below what, rawFields what they sort by.
var (
	rawParents = map[ads.Level][]ads.Level{
		ads.LevelCampaign: {ads.LevelAdvertiser},
		ads.LevelAdGroup:  {ads.LevelAdvertiser, ads.LevelCampaign},
		ads.LevelAd:       {ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelPin},
		ads.LevelPin:      {ads.LevelAdvertiser},
	}
	rawFields = map[ads.Level][]string{
		ads.LevelCampaign: strings.Fields("ID NAME STATUS OBJECTIVE BUDGET START_AT END_AT CREATED_AT UPDATED_AT"),
		ads.LevelAdGroup:  strings.Fields("ID NAME STATUS BUDGET BID START_AT END_AT CREATED_AT UPDATED_AT"),
		ads.LevelAd:       strings.Fields("ID NAME STATUS CREATED_AT UPDATED_AT"),
		ads.LevelPin:      strings.Fields("ID TITLE CREATED_AT"),
	}
)

// drawRequest draws a request of the lists of random accounts.
func drawRequest(t *testing.T, r *rand.Rand, accounts []*rawAccount) *rawRequest {
	t.Helper()
	q := &rawRequest{}
	l := &q.list
	l.Level = one(r, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd, ads.LevelPin)
	l.Under = one(r, rawParents[l.Level]...)
	attribution := drawAttribution(r)
	comparison := one(r, metrics.NoComparison, metrics.PreviousPeriod, metrics.SameWeekdaysLastYear)
	q.dates = drawDates(r, accounts[0].today)
	dated := r.IntN(10) > 0
	for range one(r, 1, 1, 1, 1+r.IntN(5)) {
		k := rawKey{account: one(r, accounts...)}
		k.parent = k.account.any(r, l.Under)
		if dated {
			k.window = resolve(t, q.dates, k.account.today, comparison, attribution)
		}
		if !slices.ContainsFunc(q.keys, func(o rawKey) bool { return o.account == k.account && o.parent == k.parent }) {
			q.keys = append(q.keys, k)
		}
	}
	compares := dated && comparison != metrics.NoComparison
	drawFilter(r, l, q.keys[0])
	l.Page, l.Count, l.Sums = r.IntN(5) > 0, r.IntN(2) == 0, r.IntN(2) == 0
	l.Page = l.Page || !l.Count && !l.Sums
	l.Next = true
	l.First = one(r, 1, 2, 3, 7, 20, 50, 200)
	l.Columns = store.ColumnsOf(l.Level, some(r, 3, "name", "title", "status", "delivery", "createdAt", "review", "pin.title"))
	l.Order = store.Order{Field: one(r, rawFields[l.Level]...), Descending: r.IntN(2) == 0}
	if !dated {
		return q
	}
	if r.IntN(4) > 0 {
		l.Order.Field, l.Order.Metric = "", one(r, metrics.Catalogue()...).Name
		if compares {
			l.Order.Of = one(r, store.OfCurrent, store.OfPrevious, store.OfDifference)
		}
	}
	l.Current = drawMeasures(r)
	if compares {
		l.Prior = one(r, l.Current, drawMeasures(r))
	}
	return q
}

// any returns the id of one of the account's entities, or one that none has.
func (a *rawAccount) any(r *rand.Rand, level ads.Level) int64 {
	if list := a.entities[level]; len(list) > 0 && r.IntN(50) > 0 {
		return one(r, list...).ID
	}
	if level == ads.LevelAdvertiser {
		return a.ID
	}
	return 999_999_999
}

// drawMeasures draws all measures, some, those of a metric, or none.
func drawMeasures(r *rand.Rand) metrics.Set {
	all := metrics.Set(1)<<(metrics.People+1) - 1
	m := one(r, metrics.Catalogue()...)
	return one(r, all, all, metrics.Set(r.Uint64())&all, m.Bases(), 0)
}

func drawAttribution(r *rand.Rand) metrics.Attribution {
	days := one(r, [][3]int{
		{60, 60, 60},
		{60, 60, 30},
		{60, 60, 7},
		{60, 60, 1},
		{60, 30, 30},
		{60, 30, 7},
		{60, 30, 1},
		{60, 7, 7},
		{60, 7, 1},
		{60, 1, 1},
		{30, 60, 1},
		{30, 30, 30},
		{30, 30, 7},
		{30, 30, 1},
		{30, 7, 7},
		{30, 7, 1},
		{30, 1, 1},
		{7, 7, 7},
		{7, 7, 1},
		{7, 1, 1},
		{1, 1, 1},
	}...)
	if r.IntN(3) == 0 {
		return metrics.Attribution{ClickWindowDays: 30, EngagementWindowDays: 30, ViewWindowDays: 1, ReportTime: "AD_ACTION"}
	}
	return metrics.Attribution{ClickWindowDays: days[0], EngagementWindowDays: days[1], ViewWindowDays: days[2], ReportTime: one[metrics.ReportTime](r, "AD_ACTION", "CONVERSION")}
}

// drawDates draws a preset, a range for which people may have been counted, or
// any range near the data.
func drawDates(r *rand.Rand, today ads.Day) metrics.Dates {
	to := plus(today, -r.IntN(8))
	switch r.IntN(5) {
	case 0, 1:
		return metrics.Dates{Preset: one[metrics.DatePreset](r, "TODAY", "YESTERDAY", "LAST_7_DAYS", "LAST_14_DAYS", "LAST_30_DAYS", "THIS_MONTH", "LAST_MONTH")}
	case 2:
		return metrics.Dates{From: plus(to, 1-one(r, 1, 1, 7, 30)), To: to}
	}
	to = plus(today, 10-r.IntN(480))
	return metrics.Dates{From: plus(to, -one(r, r.IntN(20), r.IntN(100), r.IntN(366))), To: to}
}

// resolve works out the window of dates, and checks that the program does the
// same.
func resolve(t *testing.T, d metrics.Dates, today ads.Day, comparison metrics.Comparison, attribution metrics.Attribution) metrics.Window {
	t.Helper()
	monthStart := today[:8] + "01"
	want := metrics.Window{Range: metrics.Range{From: d.From, To: d.To}, Attribution: attribution}
	switch d.Preset {
	case "TODAY":
		want.From, want.To = today, today
	case "YESTERDAY":
		want.From, want.To = plus(today, -1), plus(today, -1)
	case "LAST_7_DAYS":
		want.From, want.To = plus(today, -7), plus(today, -1)
	case "LAST_14_DAYS":
		want.From, want.To = plus(today, -14), plus(today, -1)
	case "LAST_30_DAYS":
		want.From, want.To = plus(today, -30), plus(today, -1)
	case "THIS_MONTH":
		want.From, want.To = monthStart, today
	case "LAST_MONTH":
		want.To = plus(monthStart, -1)
		want.From = want.To[:8] + "01"
	}
	length := dayNumber(want.To) - dayNumber(want.From) + 1
	switch comparison {
	case metrics.PreviousPeriod:
		want.Previous = metrics.Range{From: plus(want.From, -length), To: plus(want.From, -1)}
	case metrics.SameWeekdaysLastYear:
		want.Previous = metrics.Range{From: plus(want.From, -52*7), To: plus(want.To, -52*7)}
	case metrics.NoComparison:
	}
	days, err := d.Resolve(today)
	if err != nil {
		t.Fatal(err)
	}
	got := days.Window(comparison)
	got.Attribution = attribution
	if got != want {
		t.Fatalf("%+v and %q give %+v, want %+v", d, comparison, got, want)
	}
	return want
}

// drawFilter draws conditions, with bounds and texts that really occur below a
// key's parent.
func drawFilter(r *rand.Rand, l *store.List, k rawKey) {
	f := &l.Filter
	often := func() bool { return r.IntN(4) == 0 }
	rows := k.account.under(l.Level, l.Under, k.parent)
	if often() && l.Level != ads.LevelPin {
		f.Status = some(r, 3, ads.StatusActive, ads.StatusActive, ads.StatusPaused, ads.StatusArchived, ads.StatusDraft, ads.StatusDeletedDraft)
	}
	if often() && l.Level == ads.LevelCampaign {
		f.Objective = some[ads.CampaignObjective](r, 3, "AWARENESS", "CONSIDERATION", "WEB_CONVERSION", "CATALOG_SALES", "VIDEO_COMPLETION")
	}
	if often() && l.Level == ads.LevelAd {
		f.Review = some[ads.ReviewStatus](r, 3, "APPROVED", "APPROVED", "PENDING", "REJECTED", "OTHER")
	}
	if often() && (l.Level == ads.LevelAd || l.Level == ads.LevelPin) {
		f.CreativeType = some[ads.CreativeType](r, 4, "REGULAR", "VIDEO", "SHOPPING", "CAROUSEL", "MAX_VIDEO", "COLLECTION", "IDEA", "SHOWCASE", "QUIZ", "COLLAGE")
	}
	if often() && l.Level == ads.LevelPin {
		store.AnyOf(f, "AD_STATUS", some(r, 2, ads.StatusActive, ads.StatusPaused, ads.StatusArchived))
	}
	ids := func(level ads.Level) []int64 {
		return some(r, 5, k.account.any(r, level), k.account.any(r, level), k.account.any(r, level))
	}
	if often() && (l.Level == ads.LevelAd || l.Level == ads.LevelAdGroup) {
		f.CampaignIDs = ids(ads.LevelCampaign)
	}
	if often() && l.Level == ads.LevelAd {
		f.AdGroupIDs = ids(ads.LevelAdGroup)
	}
	if often() && len(rows) > 0 {
		if name := one(r, rows...).Name; name != nil && *name != "" {
			letters := []rune(*name)
			from := r.IntN(len(letters))
			f.NameContains = string(letters[from:min(len(letters), from+1+r.IntN(4))])
			f.NameContains = one(r, f.NameContains, strings.ToUpper(f.NameContains))
		}
	}
	if k.window.From == "" || !often() {
		return
	}
	numbers := k.account.over(l.Level, k.window.Range, k.window.Attribution)
	for range 1 + r.IntN(3) {
		f.Metrics = append(f.Metrics, drawThreshold(r, rows, numbers))
	}
}

// drawThreshold draws bounds that some row lies on.
func drawThreshold(r *rand.Rand, rows []*rawEntity, numbers map[int64]*rawSums) metrics.Threshold {
	m := one(r, metrics.Catalogue()...)
	bound := func() *float64 {
		b := 1.0
		if len(rows) > 0 {
			for range 10 {
				if shown, ok := numbers[one(r, rows...).ID].shown(&m); ok {
					b = shown
					break
				}
			}
		}
		if m.Unit == "MONEY" {
			b /= 1e6
		}
		return &b
	}
	threshold := metrics.Threshold{Metric: m.Name}
	switch r.IntN(3) {
	case 0:
		threshold.Min = bound()
	case 1:
		threshold.Max = bound()
	default:
		threshold.Min, threshold.Max = bound(), bound()
		if *threshold.Min > *threshold.Max {
			threshold.Min, threshold.Max = threshold.Max, threshold.Min
		}
	}
	return threshold
}

// under returns the entities of a level below a parent.
func (a *rawAccount) under(level, under ads.Level, parent int64) []*rawEntity {
	var rows []*rawEntity
	for _, e := range a.entities[level] {
		if e.at(under, a.ID) == parent {
			rows = append(rows, e)
		}
	}
	return rows
}

// keeps tells whether an entity meets a filter. Facets leave a condition out.
func (a *rawAccount) keeps(e *rawEntity, f store.Filter, numbers *rawSums, without store.Facets) bool {
	var statuses []ads.EntityStatus
	for _, c := range f.Where { // AD_STATUS is the only one that a request has
		statuses = c.Value.([]ads.EntityStatus)
	}
	adStatus := statuses == nil
	for _, ad := range a.entities[ads.LevelAd] {
		adStatus = adStatus || ad.Pin == e.ID && slices.Contains(statuses, ads.EntityStatus(ad.Status))
	}
	for _, threshold := range f.Metrics {
		if !numbers.inside(threshold) {
			return false
		}
	}
	return adStatus &&
		(f.Status == nil || without == store.FacetStatus || slices.Contains(f.Status, ads.EntityStatus(e.Status))) &&
		(f.Objective == nil || without == store.FacetObjective || slices.Contains(f.Objective, ads.CampaignObjective(e.Objective))) &&
		(f.Review == nil || without == store.FacetReview || slices.Contains(f.Review, ads.ReviewStatus(e.Review))) &&
		(f.CreativeType == nil || without == store.FacetCreativeType || slices.Contains(f.CreativeType, ads.CreativeType(e.Creative))) &&
		(f.CampaignIDs == nil || slices.Contains(f.CampaignIDs, e.Campaign)) &&
		(f.AdGroupIDs == nil || slices.Contains(f.AdGroupIDs, e.AdGroup)) &&
		(f.NameContains == "" || e.Name != nil && strings.Contains(strings.ToLower(*e.Name), strings.ToLower(f.NameContains)))
}

// rawRow is a row of the answer.
type rawRow struct {
	*rawEntity
	current, prior *rawSums
	sort           *rawValue
}

// rows answers one list of the request: all its rows, in order.
func (q *rawRequest) rows(k rawKey, without store.Facets) []rawRow {
	current := k.account.over(q.list.Level, k.window.Range, k.window.Attribution)
	prior := k.account.over(q.list.Level, k.window.Previous, k.window.Attribution)
	var rows []rawRow
	for _, e := range k.account.under(q.list.Level, q.list.Under, k.parent) {
		if k.account.keeps(e, q.list.Filter, current[e.ID], without) {
			row := rawRow{rawEntity: e, current: current[e.ID], prior: prior[e.ID]}
			row.sort = row.sortBy(q.list.Order)
			rows = append(rows, row)
		}
	}
	inRawOrder(rows, q.list.Order.Descending)
	return rows
}

func inRawOrder(rows []rawRow, descending bool) {
	sort.Slice(rows, func(i, j int) bool { return less(rows[i].sort, rows[j].sort, rows[i].ID, rows[j].ID, descending) })
}

func (r *rawRow) sortBy(o store.Order) *rawValue {
	if o.Metric == "" {
		return r.field(o.Field)
	}
	now, before := r.current.value(o.Metric), r.prior.value(o.Metric)
	switch {
	case o.Of == store.OfCurrent:
		return now
	case o.Of == store.OfPrevious:
		return before
	case now == nil || before == nil:
		return nil
	}
	return &rawValue{n: now.n - before.n, f: now.f - before.f}
}

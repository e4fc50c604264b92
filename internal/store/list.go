package store

import (
	"context"
	"encoding/json"
	"slices"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
)

// Filter keeps the rows for which every given condition holds. A nil list is
// no condition, an empty one keeps nothing.
type Filter struct {
	Status       []ads.EntityStatus
	Delivery     []ads.DeliveryStatus
	Objective    []ads.CampaignObjective
	Review       []ads.ReviewStatus
	CreativeType []ads.CreativeType
	CampaignIDs  []int64
	AdGroupIDs   []int64
	NameContains string
	Metrics      []metrics.Threshold
	// Where is conditions that the level has besides; see AnyOf and Is.
	Where []Condition `json:",omitempty"`
}

// empty tells whether the filter keeps every row.
func (f *Filter) empty() bool {
	return f.Status == nil && f.Delivery == nil && f.Objective == nil && f.Review == nil && f.CreativeType == nil &&
		f.CampaignIDs == nil && f.AdGroupIDs == nil && f.NameContains == "" && len(f.Metrics) == 0 && f.Where == nil
}

// Order sorts by a field of the level or by a metric. Ties are broken by id in
// the same direction; rows without a value come last.
type Order struct {
	Field      string
	Metric     metrics.Name
	Of         OrderOf // of the metric
	Descending bool
}

// OrderOf says which number of a metric rows are sorted by.
type OrderOf string

// The numbers. The zero value is that of the range.
const (
	OfCurrent    OrderOf = ""
	OfPrevious   OrderOf = "PREVIOUS"   // that of the earlier range
	OfDifference OrderOf = "DIFFERENCE" // the range's minus the earlier one's
)

// bases returns the measures that the order needs of the range and of the
// earlier one.
func (o Order) bases() (current, prior metrics.Set) {
	if o.Metric == "" {
		return 0, 0
	}
	m, _ := metrics.ByName(o.Metric) // the schema's enum holds no other
	if o.Of != OfPrevious {
		current = m.Bases()
	}
	if o.Of != OfCurrent {
		prior = m.Bases()
	}
	return current, prior
}

// List asks for a page of rows below each of several parents, and for what is
// true of all rows.
type List struct {
	Level  ads.Level // of the rows
	Under  ads.Level // of the parents
	Filter Filter
	Order  Order
	First  int
	After  string
	// Page, Count and Sums say what is wanted: rows, how many there are, and the
	// sums of Current and Prior over all of them.
	Page, Count, Sums bool
	// Next is whether to find out if rows follow the page.
	Next    bool
	Columns Columns
	// Current and Prior are the measures wanted over a window's range and over
	// its earlier one.
	Current, Prior metrics.Set
}

// totals tells whether anything is wanted of the whole set.
func (l *List) totals() bool { return l.Count || l.Sums }

// byNumbers tells whether numbers decide which rows there are or their order.
func (l *List) byNumbers() bool { return l.Order.Metric != "" || len(l.Filter.Metrics) > 0 }

// pinned tells whether pages that follow one another must be read at one data
// version: where numbers decide and earlier ones are kept.
func (l *List) pinned() bool { return l.byNumbers() && !levels[l.Level].isUnversioned }

// ListKey names one list: of a parent, over a window, which is zero when no
// numbers are asked for.
type ListKey struct {
	Advertiser *ads.Advertiser
	Parent     int64
	Window     metrics.Window
	List       *List
}

// Listing is the answer to a ListKey.
type Listing struct {
	Rows    []Row
	HasNext bool
	// Count and Totals are of all rows, if they were asked for. Totals is nil
	// without a window.
	Count  int
	Totals *metrics.Report
	// Key is what was asked for, at the data version that was read.
	Key ListKey
}

// Row is one entity of a page: a *ads.Advertiser, *ads.Campaign, *ads.AdGroup,
// *ads.Ad, *ads.Pin or an object beside them.
type Row struct {
	Entity   any
	Position Position
	// Metrics is the row's numbers, nil without a window.
	Metrics *metrics.Report
}

// ID returns the entity's id.
func (r *Row) ID() int64 { return r.Position.ID }

// Cursor returns the row's place in the list, as clients know it.
func (r *Row) Cursor() string { return r.Position.String() }

// ordering is a resolved Order: an expression and the type of its values.
type ordering struct {
	expr       string // over the level's table, or over the measures
	kind       sortKind
	metric     *metrics.Metric
	of         OrderOf
	descending bool
	nullable   bool // some rows may have no value
}

// byMetric resolves an order by a metric.
func (o Order) byMetric() ordering {
	m, _ := metrics.ByName(o.Metric) // the schema's enum holds no other
	by := ordering{metric: m, of: o.Of, kind: sortInt, descending: o.Descending, nullable: m.Kind != metrics.KindAdditive}
	if m.Numerator != "" {
		by.kind = sortFloat
	}
	return by
}

func (l *List) ordering(lv *level) ordering {
	if l.Order.Metric != "" {
		return l.Order.byMetric()
	}
	f := lv.sorts[l.Order.Field]
	o := ordering{expr: f.expr, kind: sortInt, descending: l.Order.Descending, nullable: f.nullable}
	if f.text {
		o.kind = sortText
	}
	return o
}

// value is the expression that an order by a metric compares.
func (o ordering) value(current, prior func(metrics.Base) string) string {
	switch o.of {
	case OfPrevious:
		return value(o.metric, prior)
	case OfDifference:
		return "(" + value(o.metric, current) + " - " + value(o.metric, prior) + ")"
	case OfCurrent:
	}
	return value(o.metric, current)
}

// by composes the ORDER BY. Where no value can be missing it says nothing of
// NULL, so that an index serves it.
func (o ordering) by(alias string) string {
	direction, last := " ASC", ""
	if o.descending {
		direction = " DESC"
	}
	if o.nullable {
		last = " NULLS LAST"
	}
	return alias + "s" + direction + last + ", " + alias + "id" + direction
}

// after is the condition that a row of f comes after a position.
func (o ordering) after(b *builder, p Position) string {
	sign := ">"
	if o.descending {
		sign = "<"
	}
	id := b.arg(p.ID) + "::bigint"
	var v string
	switch p.Kind {
	case sortNull: // only rows without a value are left
		return "s IS NULL AND id " + sign + " " + id
	case sortInt:
		v = b.arg(p.Int) + "::bigint"
	case sortFloat:
		v = b.arg(p.Float) + "::float8"
	case sortText:
		v = b.arg(p.Text) + "::text"
	}
	later := "(s, id) " + sign + " (" + v + ", " + id + ")"
	if o.nullable {
		return "(" + later + " OR s IS NULL)"
	}
	return later
}

// hash identifies what is listed, whoever the parent is.
func (l *List) hash() hash {
	filter, err := json.Marshal(l.Filter)
	if err != nil {
		panic(err) // a Filter holds nothing that JSON cannot
	}
	return newHash.str(string(l.Level)).str(string(l.Under)).str(string(filter)).order(l.Order)
}

// identity is the hash that cursors of this list carry.
func (k *ListKey) identity(list hash) uint64 {
	list = list.num(k.Advertiser.ID).num(k.Parent)
	if k.List.byNumbers() { // otherwise the dates change nothing in who comes when
		list = list.window(k.Window)
	}
	return uint64(list)
}

// Lists answers several keys of one List in one statement. A key whose cursor
// is not its own gets an error of its own. A list that numbers decide is read
// at the data version of its cursor; that of a first page is the newest, and
// what the page returns names it.
func (s *Store) Lists(ctx context.Context, keys []ListKey) ([]*Listing, []error) {
	results, errs := make([]*Listing, len(keys)), make([]error, len(keys))
	l := keys[0].List
	lv := levels[l.Level]
	o := l.ordering(lv)

	hash, lists := l.hash(), make([]uint64, len(keys))
	branches := branchesOf(keys, func(i int) (Position, bool) {
		var after Position
		lists[i] = keys[i].identity(hash)
		if l.After != "" {
			if after, errs[i] = parsePosition(l.After, lists[i], o.kind, l.pinned()); errs[i] != nil {
				return after, false
			}
		}
		results[i] = &Listing{Key: keys[i]}
		if l.pinned() {
			results[i].Key.Window.Version = after.Version
		}
		return after, true
	})
	if len(branches) == 0 || !l.Page && !l.totals() {
		return results, errs
	}
	asked := keys
	keys = slices.Clone(keys) // they learn their version
	shape := shapeOf(l, lv, o, branches)
	b := &builder{}
	for i, br := range branches {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		b.add("(")
		shape.compose(b, br, i, s.now())
		b.add(")")
	}
	err := s.readLists(ctx, b.statement(lv.title+"List"), shape, branches, keys, lists, results)
	if err == nil && slices.ContainsFunc(branches, func(br *branch) bool { return br.version < 0 }) && onPrimary(ctx) {
		return s.Lists(ctx, asked)
	}
	for _, br := range branches {
		for _, i := range br.index {
			if errs[i] = err; err == nil && br.version < 0 {
				errs[i] = expired()
			}
		}
	}
	return results, errs
}

// branch is the part of a statement over one advertiser and one window: the
// keys that it answers, by parent.
type branch struct {
	advertiser *ads.Advertiser
	window     metrics.Window
	parents    []int64
	index      map[int64]int // of the key, by parent
	after      Position
	// current and prior are the frames of the rows' numbers.
	current, prior *metrics.Frame
	// version is the data version that was read, negative if it is gone; 0 for a
	// list that numbers do not decide.
	version int64
}

// branchesOf groups keys by what one part of a statement can answer. accept
// returns a key's cursor, or false to leave the key out.
func branchesOf(keys []ListKey, accept func(i int) (Position, bool)) []*branch {
	type group struct {
		advertiser *ads.Advertiser
		window     metrics.Window
	}
	var branches []*branch
	of := map[group]*branch{}
	var last group // most keys have the same
	var br *branch
	for i, k := range keys {
		after, ok := accept(i)
		if !ok {
			continue
		}
		if k.List.pinned() && after.Version > 0 {
			k.Window.Version = after.Version
		}
		g := group{k.Advertiser, k.Window}
		if br == nil || g != last {
			br, last = of[g], g
		}
		if br == nil {
			br = &branch{
				advertiser: k.Advertiser, window: k.Window, index: map[int64]int{}, after: after,
				current: metrics.NewFrame(k.List.Current, k.Advertiser.Currency).Of(k.List.Level, k.Window.Range),
				prior:   metrics.NewFrame(k.List.Prior, k.Advertiser.Currency).Of(k.List.Level, k.Window.Previous),
			}
			of[g] = br
			branches = append(branches, br)
		}
		br.parents = append(br.parents, k.Parent)
		br.index[k.Parent] = i
	}
	return branches
}

// Check reports what is wrong with a request whatever its parent.
func (l *List) Check(hasReport, compares bool) error {
	return check(l.First, l.Order, l.Filter.Metrics, hasReport, compares)
}

func check(first int, order Order, thresholds []metrics.Threshold, hasReport, compares bool) error {
	if first < 1 || first > MaxPage {
		return fault.New(fault.Invalid, "A page has 1 to %d rows, not %d.", MaxPage, first).In("first")
	}
	if order.Metric != "" && !hasReport {
		return fault.New(fault.Invalid, "Sorting by a metric needs the report argument, which says over which dates.").In("orderBy")
	}
	if order.Of != OfCurrent && !compares {
		return fault.New(fault.Invalid, "Sorting by an earlier number or a difference needs compareTo in the report argument.").In("orderBy")
	}
	if len(thresholds) > 0 && !hasReport {
		return fault.New(fault.Invalid, "Filtering by a metric needs the report argument, which says over which dates.").In("filter")
	}
	return nil
}

// MaxPage is the most rows of a page.
const MaxPage = 200

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
)

// Filter keeps the rows for which every given condition holds. A nil list is
// no condition, an empty one keeps nothing.
type Filter struct {
	Status       []ads.EntityStatus      `json:",omitempty"`
	Delivery     []ads.DeliveryStatus    `json:",omitempty"`
	Objective    []ads.CampaignObjective `json:",omitempty"`
	Review       []ads.ReviewStatus      `json:",omitempty"`
	CreativeType []ads.CreativeType      `json:",omitempty"`
	CampaignIDs  []int64                 `json:",omitempty"`
	AdGroupIDs   []int64                 `json:",omitempty"`
	NameContains string                  `json:",omitempty"`
	Metrics      []metrics.Threshold     `json:",omitempty"`
}

// empty tells whether the filter keeps every row.
func (f *Filter) empty() bool {
	return f.Status == nil && f.Delivery == nil && f.Objective == nil && f.Review == nil && f.CreativeType == nil &&
		f.CampaignIDs == nil && f.AdGroupIDs == nil && f.NameContains == "" && len(f.Metrics) == 0
}

// Order sorts by a field of the level or by a metric. Ties are broken by id in
// the same direction; rows without a value come last.
type Order struct {
	Field      string
	Metric     metrics.Name
	Descending bool
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
	// Page and Totals say which of the two are wanted at all. Totals are the
	// count and the sums of Current and Prior over all rows.
	Page, Totals bool
	Columns      Columns
	// Current and Prior are the measures wanted over a window's range and over
	// its earlier one.
	Current, Prior metrics.Set
}

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
}

// Row is one entity of a page: a *ads.Advertiser, *ads.Campaign, *ads.AdGroup
// or *ads.Ad.
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
	descending bool
	nullable   bool // some rows may have no value
}

func (l *List) ordering(lv *level) ordering {
	if l.Order.Metric != "" {
		m, _ := metrics.ByName(l.Order.Metric) // the schema's enum holds no other
		o := ordering{metric: m, kind: sortInt, descending: l.Order.Descending, nullable: m.Kind != metrics.KindAdditive}
		if m.Numerator != "" {
			o.kind = sortFloat
		}
		return o
	}
	f := lv.sorts[l.Order.Field]
	o := ordering{expr: f.expr, kind: sortInt, descending: l.Order.Descending, nullable: f.nullable}
	if f.text {
		o.kind = sortText
	}
	return o
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
	return uint64(list.num(k.Advertiser.ID).num(k.Parent).window(k.Window))
}

// Lists answers several keys of one List in one statement. A key whose cursor
// is not its own gets an error of its own.
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
			if after, errs[i] = parsePosition(l.After, lists[i], o.kind); errs[i] != nil {
				return after, false
			}
		}
		results[i] = &Listing{}
		return after, true
	})
	if len(branches) == 0 || !l.Page && !l.Totals {
		return results, errs
	}
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
	if err := s.readLists(ctx, b.statement(lv.title+"List"), shape, branches, keys, lists, results); err != nil {
		for i := range errs {
			if errs[i] == nil {
				errs[i] = err
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
	current    *metrics.Frame
	prior      *metrics.Frame
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
	for i, k := range keys {
		after, ok := accept(i)
		if !ok {
			continue
		}
		g := group{k.Advertiser, k.Window}
		br := of[g]
		if br == nil {
			br = &branch{
				advertiser: k.Advertiser, window: k.Window, index: map[int64]int{}, after: after,
				current: metrics.NewFrame(k.List.Current, k.Advertiser.Currency), prior: metrics.NewFrame(k.List.Prior, k.Advertiser.Currency),
			}
			of[g] = br
			branches = append(branches, br)
		}
		br.parents = append(br.parents, k.Parent)
		br.index[k.Parent] = i
	}
	return branches
}

// listShape is what all branches of a List statement have in common: what is
// selected, in which order. Columns that would hold the same for every row are
// left out, since each costs some allocations per row.
type listShape struct {
	list  *List
	level *level
	order ordering
	// branches, parts and parents tell whether rows of several branches, both
	// parts, or several parents come together.
	branches, parts, parents bool
	// sortIsID is true when the sort value need not be read too.
	sortIsID bool
}

func shapeOf(l *List, lv *level, o ordering, branches []*branch) *listShape {
	s := &listShape{list: l, level: lv, order: o, branches: len(branches) > 1, parts: l.Page && l.Totals, sortIsID: o.expr == lv.alias+".id"}
	for _, br := range branches {
		s.parents = s.parents || len(br.parents) > 1
	}
	s.parents = s.parents || s.branches
	return s
}

// compose adds the part of a List statement over one advertiser:
//
//	m: the measures of each entity, if the set is sorted, filtered or summed by them
//	f: the rows that match, with sort value and measures
//
// followed by one row per parent with the totals (part 0), and the rows of the
// pages (part 1).
func (s *listShape) compose(b *builder, br *branch, number int, now time.Time) {
	q := &listQuery{listShape: s, builder: b, branch: br, tenant: b.tenant(br.advertiser, now), days: b.days(br.window), number: strconv.Itoa(number)}
	q.compose()
}

// listQuery is what composing one branch of a List statement needs.
type listQuery struct {
	*listShape
	*builder
	branch *branch
	tenant *tenant
	days   *days
	number string
}

// head selects what comes before the measures in a row of either part.
func (q *listQuery) head(part, alias, id, count string) {
	columns := []string{id}
	if q.parents {
		columns = append(columns, alias+".parent")
	}
	if q.listShape.branches {
		columns = append(columns, q.number+" AS branch")
	}
	if q.parts {
		columns = append(columns, part+" AS part")
	}
	if q.list.Totals {
		columns = append(columns, count)
	}
	q.add("SELECT ", strings.Join(columns, ", "))
}

// setMeasures returns the measures that the whole set has to have, not only a
// page of it.
func (q *listQuery) setMeasures() (current, prior metrics.Set) {
	if q.order.metric != nil {
		current |= q.order.metric.Bases()
	}
	for _, threshold := range q.list.Filter.Metrics {
		m, _ := metrics.ByName(threshold.Metric)
		current |= m.Bases()
	}
	if current != 0 || q.list.Totals && !q.totalsFromAdvertiser() {
		current |= q.list.Current
		prior |= q.list.Prior
	}
	return current, prior
}

// totalsFromAdvertiser tells whether the totals are those of the account, which
// has a roll-up of its own.
func (q *listQuery) totalsFromAdvertiser() bool {
	return q.list.Under == ads.LevelAdvertiser && q.list.Filter.empty()
}

func (q *listQuery) compose() {
	current, prior := q.setMeasures()
	// A page taken from a set that is walked twice or summed looks its rows up
	// again, so that the set stays narrow; otherwise it carries them along.
	carries := !q.list.Totals && current|prior == 0
	q.add("WITH ")
	if current|prior != 0 {
		// Materialized: without statistics, as after a load, the planner may
		// otherwise sum again for each row of f.
		q.add("m AS MATERIALIZED (\n  SELECT y.", q.level.idColumn, " AS id", q.days.sums(current, prior), "\n  FROM ",
			q.days.source(q.tenant, q.level.dayTable, q.level.idColumn, current|prior), " AS y\n  WHERE y.advertiser_id = ", q.tenant.id, " AND ", q.days.within(prior != 0), q.scope(), "\n  GROUP BY y.", q.level.idColumn, "\n), ")
	}
	q.set(current, prior, carries)
	if q.list.Totals {
		q.totals(current, prior)
	}
	if q.list.Page {
		if q.list.Totals {
			q.add("\nUNION ALL\n")
		}
		q.page(current, prior, carries)
	}
}

// scope narrows the day rows to those below the parents.
func (q *listQuery) scope() string {
	if q.list.Under == ads.LevelAdvertiser {
		return ""
	}
	return " AND y." + q.level.idColumn + " IN (SELECT " + q.level.alias + ".id FROM " + q.level.table + " AS " + q.level.alias +
		" WHERE " + q.level.alias + ".advertiser_id = " + q.tenant.id + " AND " + q.level.parents[q.list.Under] + " = ANY(" + q.arg(pq.Array(q.branch.parents)) + "))"
}

// set composes f.
func (q *listQuery) set(current, prior metrics.Set, carries bool) {
	a := q.level.alias
	joins, conditions := q.conditions()
	measure := func(base metrics.Base) string { return "coalesce(m." + cell("c", base) + ", 0)" }
	if current.Has(metrics.People) {
		join, expr := q.tenant.reachJoin("rc", q.level.name, a+".id", q.days.to, q.days.window.Range)
		joins += join
		plain := measure
		measure = func(base metrics.Base) string {
			if base == metrics.People {
				return expr
			}
			return plain(base)
		}
	}
	for _, threshold := range q.list.Filter.Metrics {
		m, _ := metrics.ByName(threshold.Metric)
		scale := 1.0
		if m.Unit == metrics.UnitMoney {
			scale = 1e6 // bounds are in currency units
		}
		if threshold.Min != nil {
			conditions += "\n    AND " + value(m, measure) + " >= " + q.arg(*threshold.Min*scale) + "::float8"
		}
		if threshold.Max != nil {
			conditions += "\n    AND " + value(m, measure) + " <= " + q.arg(*threshold.Max*scale) + "::float8"
		}
	}
	sort := q.order.expr
	if q.order.metric != nil {
		sort = value(q.order.metric, measure)
	}
	q.add("f AS (\n  SELECT ", q.level.parents[q.list.Under], " AS parent, ", a, ".id, ", sort, " AS s")
	for _, base := range (current & q.list.Current).Bases() {
		q.add(",\n    ", measure(base), " AS ", cell("c", base))
	}
	priorMeasure := func(base metrics.Base) string { return "coalesce(m." + cell("p", base) + ", 0)" }
	for _, base := range (prior & q.list.Prior).Bases() {
		if base == metrics.People {
			join, expr := q.tenant.reachJoin("rp", q.level.name, a+".id", q.days.priorTo, q.days.window.Previous)
			joins += join
			q.add(",\n    ", expr, " AS ", cell("p", base))
			continue
		}
		q.add(",\n    ", priorMeasure(base), " AS ", cell("p", base))
	}
	if carries {
		q.level.each(q.list.Columns, func(i int) {
			q.add(",\n    ", q.tenant.fill(q.level.selects[i]), " AS x", strconv.Itoa(i))
		})
	}
	q.add("\n  FROM ", q.level.table, " AS ", a)
	if current|prior != 0 {
		q.add("\n  LEFT JOIN m ON m.id = ", a, ".id")
	}
	beside := Columns(0)
	if carries {
		beside = q.list.Columns
	}
	if q.list.Filter.Delivery != nil {
		beside |= DeliveryOnly
	}
	q.add(q.tenant.fill(q.level.join(beside)))
	q.add(joins, "\n  WHERE ", a, ".advertiser_id = ", q.tenant.id, conditions, "\n)\n")
}

// conditions composes the filter, and the joins that it needs.
func (q *listQuery) conditions() (joins, conditions string) {
	a, f := q.level.alias, &q.list.Filter
	var s strings.Builder
	and := func(condition string) { s.WriteString("\n    AND " + condition) }
	if q.list.Under != ads.LevelAdvertiser {
		and(q.level.parents[q.list.Under] + " = ANY(" + q.arg(pq.Array(q.branch.parents)) + ")")
	}
	if f.Status != nil {
		and(a + ".status = ANY(" + q.arg(pq.Array(f.Status)) + ")")
	}
	if f.Objective != nil {
		and(a + ".objective = ANY(" + q.arg(pq.Array(f.Objective)) + ")")
	}
	if f.Review != nil {
		and(a + ".review_status = ANY(" + q.arg(pq.Array(f.Review)) + ")")
	}
	if f.CreativeType != nil {
		and(a + ".creative_type = ANY(" + q.arg(pq.Array(f.CreativeType)) + ")")
	}
	if f.CampaignIDs != nil {
		and(a + ".campaign_id = ANY(" + q.arg(pq.Array(f.CampaignIDs)) + ")")
	}
	if f.AdGroupIDs != nil {
		and(a + ".ad_group_id = ANY(" + q.arg(pq.Array(f.AdGroupIDs)) + ")")
	}
	if f.NameContains != "" {
		and("strpos(lower(" + a + ".name), lower(" + q.arg(f.NameContains) + "::text)) > 0")
	}
	if f.Delivery != nil {
		and("split_part(" + q.tenant.fill(q.level.delivery) + ", ',', 1) = ANY(" + q.arg(pq.Array(ads.DecidingCodes(f.Delivery))) + ")")
	}
	return joins, s.String()
}

// totals composes a row per parent with the count and the sums of all rows.
func (q *listQuery) totals(current, prior metrics.Set) {
	q.head("0", "f", "0::bigint AS id", "count(*)")
	if q.totalsFromAdvertiser() && current|prior == 0 {
		t := "t."
		q.cells(q.list.Current, q.list.Prior, func(name string, base metrics.Base) string {
			if base == metrics.People {
				return strconv.Itoa(metrics.Unknown) + "::bigint"
			}
			return "coalesce(max(" + t + name + "), 0)" // one row: the account's
		})
	} else {
		q.cells(q.list.Current, q.list.Prior, func(name string, base metrics.Base) string {
			if base == metrics.People { // people do not add up
				return strconv.Itoa(metrics.Unknown) + "::bigint"
			}
			return "sum(f." + name + ")::bigint"
		})
	}
	if q.list.Page {
		if !q.sortIsID {
			q.add(", NULL::", q.order.kind.sqlType())
		}
		q.level.each(q.list.Columns, func(i int) { q.add(", ", q.tenant.fill(q.level.blanks[i])) })
	}
	q.add("\nFROM f")
	if q.totalsFromAdvertiser() && current|prior == 0 && (q.list.Current|q.list.Prior) != 0 {
		q.add("\nCROSS JOIN (\n  SELECT count(*) AS n", q.days.sums(q.list.Current, q.list.Prior), "\n  FROM ",
			q.days.source(q.tenant, "advertiser_day", "advertiser_id", q.list.Current|q.list.Prior), " AS y\n  WHERE y.advertiser_id = ", q.tenant.id, " AND ", q.days.within(q.list.Prior != 0), "\n) AS t")
	}
	q.add("\nGROUP BY f.parent")
}

// cells selects one expression per wanted measure.
func (q *listQuery) cells(current, prior metrics.Set, expr func(name string, base metrics.Base) string) {
	for _, base := range current.Bases() {
		q.add(", ", expr(cell("c", base), base), " AS ", cell("c", base))
	}
	for _, base := range prior.Bases() {
		q.add(", ", expr(cell("p", base), base), " AS ", cell("p", base))
	}
}

// page composes the rows of the pages.
func (q *listQuery) page(current, prior metrics.Set, carries bool) {
	a := q.level.alias
	limit := strconv.Itoa(q.list.First + 1) // the one too many tells of a next page
	onPage := "\n  FROM f"
	if q.list.After != "" {
		onPage += "\n  WHERE " + q.order.after(q.builder, q.branch.after)
	}
	order := "p.parent, p.rank"
	if len(q.branch.parents) == 1 {
		onPage = "SELECT f.*" + onPage + "\n  ORDER BY " + q.order.by("") + "\n  LIMIT " + limit
		order = q.order.by("p.")
	} else {
		onPage = "SELECT * FROM (\n  SELECT f.*, row_number() OVER (PARTITION BY parent ORDER BY " + q.order.by("") + ") AS rank" + onPage +
			"\n  ) AS ranked WHERE rank <= " + limit
	}
	q.add("(")
	q.head("1", "p", "p.id", "0::bigint")
	joins := ""
	switch {
	case q.list.Current|q.list.Prior == 0:
	case current|prior != 0: // read with the set
		q.cells(q.list.Current, q.list.Prior, func(name string, _ metrics.Base) string { return "p." + name })
	default: // read for the page alone
		joins += "\nLEFT JOIN LATERAL (\n  SELECT count(*) AS n" + q.days.sums(q.list.Current, q.list.Prior) + "\n  FROM " +
			q.days.source(q.tenant, q.level.dayTable, q.level.idColumn, q.list.Current|q.list.Prior) + " AS y\n  WHERE y.advertiser_id = " + q.tenant.id + " AND y." + q.level.idColumn + " = p.id AND " + q.days.within(q.list.Prior != 0) + "\n) AS m ON true"
		reach := map[string]string{}
		if q.list.Current.Has(metrics.People) {
			join, expr := q.tenant.reachJoin("rc", q.level.name, "p.id", q.days.to, q.days.window.Range)
			joins, reach[cell("c", metrics.People)] = joins+join, expr
		}
		if q.list.Prior.Has(metrics.People) {
			join, expr := q.tenant.reachJoin("rp", q.level.name, "p.id", q.days.priorTo, q.days.window.Previous)
			joins, reach[cell("p", metrics.People)] = joins+join, expr
		}
		q.cells(q.list.Current, q.list.Prior, func(name string, base metrics.Base) string {
			if base == metrics.People {
				return reach[name]
			}
			return "coalesce(m." + name + ", 0)"
		})
	}
	if !q.sortIsID {
		q.add(", p.s")
	}
	q.level.each(q.list.Columns, func(i int) {
		if carries {
			q.add(", p.x", strconv.Itoa(i))
		} else {
			q.add(", ", q.tenant.fill(q.level.selects[i]))
		}
	})
	q.add("\nFROM (\n  ", onPage, "\n) AS p")
	if !carries && q.list.Columns != 0 {
		q.add("\n  JOIN ", q.level.table, " AS ", a, " ON ", a, ".advertiser_id = ", q.tenant.id, " AND ", a, ".id = p.id")
		q.add(q.tenant.fill(q.level.join(q.list.Columns)))
	}
	q.add(joins, "\nORDER BY ", order, ")")
}

// readLists runs a List statement and deals its rows out to the keys.
func (s *Store) readLists(ctx context.Context, q statement, shape *listShape, branches []*branch, keys []ListKey, lists []uint64, results []*Listing) error {
	var (
		number, count int
		parent, id    int64
		sort          sortCell
		part          = 1
		l             = shape.list
	)
	if !l.Page {
		part = 0
	}
	dest := []any{&id}
	if shape.parents {
		dest = append(dest, &parent)
	} else {
		parent = branches[0].parents[0]
	}
	if shape.branches {
		dest = append(dest, &number)
	}
	if shape.parts {
		dest = append(dest, &part)
	}
	if l.Totals {
		dest = append(dest, &count)
	}
	current, prior := len(l.Current.Bases()), len(l.Prior.Bases())
	cells := make([]int64, current+prior)
	for i := range cells {
		dest = append(dest, &cells[i])
	}
	take := func(*ads.Advertiser, int64) any { return nil }
	if l.Page {
		if !shape.sortIsID {
			dest = append(dest, sort.dest(shape.order.kind))
		}
		var columns []any
		columns, take = shape.level.scan(l.Columns)
		dest = append(dest, columns...)
	}
	pool := make([]int64, 0, 16*len(cells))
	values := func(f *metrics.Frame, from []int64) metrics.Values {
		start := len(pool)
		pool = append(pool, from...)
		return metrics.Values{Frame: f, Sums: pool[start:len(pool):len(pool)]}
	}
	var reports []metrics.Report
	report := func(r metrics.Report) *metrics.Report {
		if len(reports) == cap(reports) { // earlier ones stay where they are
			reports = make([]metrics.Report, 0, min(2*cap(reports)+8, 128))
		}
		reports = append(reports, r)
		return &reports[len(reports)-1]
	}
	err := s.each(ctx, q, func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		br := branches[number]
		key := br.index[parent]
		r := results[key]
		if part == 1 && len(r.Rows) == l.First {
			r.HasNext = true
			return nil
		}
		numbers := func() *metrics.Report {
			if br.window == (metrics.Window{}) {
				return nil
			}
			return report(metrics.Report{
				Advertiser: br.advertiser, Window: br.window, Level: l.Level, ID: id,
				Total: values(br.current, cells[:current]), Previous: values(br.prior, cells[current:]),
			})
		}
		if part == 0 {
			r.Count, r.Totals = count, numbers()
			return nil
		}
		if shape.sortIsID {
			sort.ints = sql.NullInt64{Int64: id, Valid: true}
		}
		if r.Rows == nil {
			r.Rows = make([]Row, 0, min(l.First, 8))
		}
		r.Rows = append(r.Rows, Row{Entity: take(br.advertiser, id), Position: sort.position(lists[key], id), Metrics: numbers()})
		return nil
	})
	if err != nil {
		return err
	}
	for i, r := range results {
		if r == nil || keys[i].Window == (metrics.Window{}) {
			continue
		}
		if r.Totals == nil { // a set without rows has no group, and so no totals of its own
			currency := keys[i].Advertiser.Currency
			r.Totals = &metrics.Report{
				Advertiser: keys[i].Advertiser, Window: keys[i].Window,
				Total: metrics.NewFrame(l.Current, currency).Zero(), Previous: metrics.NewFrame(l.Prior, currency).Zero(),
			}
		}
		r.Totals.List = keys[i]
	}
	return nil
}

// Check reports what is wrong with a request whatever its parent.
func (l *List) Check(hasReport bool) error {
	return check(l.First, l.Order, l.Filter.Metrics, hasReport)
}

func check(first int, order Order, thresholds []metrics.Threshold, hasReport bool) error {
	if first < 1 || first > MaxPage {
		return fault.New(fault.Invalid, "A page has 1 to %d rows, not %d.", MaxPage, first).In("first")
	}
	if order.Metric != "" && !hasReport {
		return fault.New(fault.Invalid, "Sorting by a metric needs the report argument, which says over which dates.").In("orderBy")
	}
	if len(thresholds) > 0 && !hasReport {
		return fault.New(fault.Invalid, "Filtering by a metric needs the report argument, which says over which dates.").In("filter")
	}
	return nil
}

// MaxPage is the most rows of a page.
const MaxPage = 200

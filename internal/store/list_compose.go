package store

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

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
	// versioned tells whether the data version is read too.
	versioned bool
	// sortIsID is true when the sort value need not be read too.
	sortIsID bool
}

func shapeOf(l *List, lv *level, o ordering, branches []*branch) *listShape {
	s := &listShape{list: l, level: lv, order: o, branches: len(branches) > 1, sortIsID: o.expr == lv.alias+".id"}
	s.versioned = l.pinned() && (l.Page || l.totals())
	s.parts = l.Page && l.totals() || s.versioned
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
// followed by the data version (part 2) if numbers decide the list, one row per
// parent with the totals (part 0), and the rows of the pages (part 1).
func (s *listShape) compose(b *builder, br *branch, number int, now time.Time) {
	s.query(b, br, number, now).compose()
}

// query returns what composing one branch needs.
func (s *listShape) query(b *builder, br *branch, number int, now time.Time) *listQuery {
	return &listQuery{listShape: s, builder: b, branch: br, tenant: b.tenant(br.advertiser, now), days: b.days(br.window), number: strconv.Itoa(number)}
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

// head selects what comes before the measures in a row of any part.
func (q *listQuery) head(part, parent, id, count string) {
	columns := []string{id}
	if q.parents {
		columns = append(columns, parent)
	}
	if q.listShape.branches {
		columns = append(columns, q.number+" AS branch")
	}
	if q.parts {
		columns = append(columns, part+" AS part")
	}
	if q.list.totals() {
		columns = append(columns, count)
	}
	q.add("SELECT ", strings.Join(columns, ", "))
}

// setMeasures returns the measures that the whole set has to have, not only a
// page of it.
func (q *listQuery) setMeasures() (current, prior metrics.Set) {
	current, prior = q.list.Order.bases()
	for _, threshold := range q.list.Filter.Metrics {
		m, _ := metrics.ByName(threshold.Metric)
		current |= m.Bases()
	}
	if current|prior != 0 || q.list.Sums && !q.totalsFromAdvertiser() {
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
	carries := !q.list.totals() && current|prior == 0
	q.sets(current, prior, carries)
	q.selects(current, prior, carries)
}

// sets composes m and f.
func (q *listQuery) sets(current, prior metrics.Set, carries bool) {
	q.add("WITH ")
	q.measure(current, prior)
	q.set(current, prior, carries)
}

// selects composes what is read of the sets.
func (q *listQuery) selects(current, prior metrics.Set, carries bool) {
	parts := []func(){}
	if q.versioned {
		parts = append(parts, q.version)
	}
	if q.list.totals() {
		parts = append(parts, func() { q.totals(current, prior) })
	}
	if q.list.Page {
		parts = append(parts, func() { q.page(current, prior, carries) })
	}
	for i, part := range parts {
		if i > 0 {
			q.add("\nUNION ALL\n")
		}
		part()
	}
}

// version composes the row that names the data version read, in the place of
// an id: the newest, or that of the cursor; -1 if that is gone, or never was.
func (q *listQuery) version() {
	id := "coalesce(max(o.version), 1)"
	if v := q.days.version(); v != "" {
		id = "CASE WHEN " + v + " BETWEEN coalesce(max(o.oldest), 1) AND coalesce(max(o.version), 1) THEN " + v + " ELSE -1 END"
	}
	q.head("2", "0::bigint AS parent", id+" AS id", "0::bigint")
	q.cells(q.list.Current, q.list.Prior, func(string, metrics.Base) string { return "0::bigint" })
	q.blanks()
	q.add("\nFROM data_version AS o\nWHERE o.advertiser_id = ", q.tenant.id)
}

// blanks selects nothing in the place of the columns of a page.
func (q *listQuery) blanks() {
	if !q.list.Page {
		return
	}
	if !q.sortIsID {
		q.add(", NULL::", q.order.kind.sqlType())
	}
	q.level.each(q.list.Columns, func(i int) { q.add(", ", q.tenant.fill(q.level.blanks[i])) })
}

// measure composes m, if there is anything to measure.
func (q *listQuery) measure(current, prior metrics.Set) {
	switch {
	case current|prior == 0:
		return
	case q.level.sums != nil:
		q.level.sums(q, current, prior)
		return
	case q.eachAlone():
		return // f joins them
	}
	// Materialized: without statistics, as after a load, the planner may
	// otherwise sum again for each row of f.
	q.add("m AS MATERIALIZED (\n  SELECT y.", q.level.idColumn, " AS id", q.days.sums(current, prior), "\n  FROM ",
		q.days.source(q.tenant, q.level.dayTable, q.level.idColumn, current|prior), " AS y\n  WHERE y.advertiser_id = ", q.tenant.id, " AND ", q.days.within(prior != 0), q.scope(), "\n  GROUP BY y.", q.level.idColumn, "\n), ")
}

// eachAlone tells whether the measures of f are summed entity by entity. That
// reads no row too many and needs no sort, but looks once for each entity. What
// was undone is no table to look once in for each, and most of an account's ads
// and pins delivered nothing.
func (q *listQuery) eachAlone() bool {
	few := q.list.Level == ads.LevelCampaign || q.list.Level == ads.LevelAdGroup || q.list.Under != ads.LevelAdvertiser
	return few && q.level.sums == nil && q.days.isPlain()
}

// scope narrows the day rows to those below the parents.
func (q *listQuery) scope() string {
	if q.list.Under == ads.LevelAdvertiser {
		return ""
	}
	return " AND y." + q.level.idColumn + " IN (SELECT " + q.level.alias + ".id FROM " + q.level.table + " AS " + q.level.alias +
		" WHERE " + q.level.alias + ".advertiser_id = " + q.tenant.id + " AND " + q.among(q.level.parents[q.list.Under], q.branch.parents) + ")"
}

// set composes f.
func (q *listQuery) set(current, prior metrics.Set, carries bool) {
	a := q.level.alias
	joins, conditions := "", q.conditions()
	measured := func(prefix string, set metrics.Set, earlier bool) func(metrics.Base) string {
		people := ""
		if set.Has(metrics.People) {
			join, expr := q.days.reachJoin(q.tenant, "r"+prefix, q.level.name, a+".id", earlier)
			joins, people = joins+join, expr
		}
		return func(base metrics.Base) string {
			if base == metrics.People {
				return people
			}
			return "coalesce(m." + cell(prefix, base) + ", 0)"
		}
	}
	measure, priorMeasure := measured("c", current, false), measured("p", prior, true)
	for _, threshold := range q.list.Filter.Metrics {
		m, _ := metrics.ByName(threshold.Metric)
		bound := func(v float64) string {
			if m.Unit == metrics.UnitMoney { // bounds are in currency units; a product of floats may miss the micro
				v = math.Round(v * 1e6)
			}
			return q.arg(v) + "::float8"
		}
		if threshold.Min != nil {
			conditions += "\n    AND " + value(m, measure) + " >= " + bound(*threshold.Min)
		}
		if threshold.Max != nil {
			conditions += "\n    AND " + value(m, measure) + " <= " + bound(*threshold.Max)
		}
	}
	sort := q.order.expr
	if q.order.metric != nil {
		sort = q.order.value(measure, priorMeasure)
	}
	q.add("f AS (\n  SELECT ", q.level.parents[q.list.Under], " AS parent, ", a, ".id, ", sort, " AS s")
	for _, base := range (current & q.list.Current).Bases() {
		q.add(",\n    ", measure(base), " AS ", cell("c", base))
	}
	for _, base := range (prior & q.list.Prior).Bases() {
		q.add(",\n    ", priorMeasure(base), " AS ", cell("p", base))
	}
	if carries {
		q.level.each(q.list.Columns, func(i int) {
			q.add(",\n    ", q.tenant.fill(q.level.selects[i]), " AS x", strconv.Itoa(i))
		})
	}
	q.add("\n  FROM ", q.level.table, " AS ", a)
	switch {
	case current|prior == 0:
	case q.eachAlone():
		q.add(q.days.sumsOf(q.tenant, q.level.dayTable, q.level.idColumn, a+".id", current, prior))
	default:
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

// conditions composes the filter.
func (q *listQuery) conditions() string {
	a, f := q.level.alias, &q.list.Filter
	var s strings.Builder
	and := func(condition string) { s.WriteString("\n    AND " + condition) }
	s.WriteString(q.level.visibleTo(q.tenant))
	if q.list.Under != ads.LevelAdvertiser {
		and(q.among(q.level.parents[q.list.Under], q.branch.parents))
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
		and("strpos(lower(" + a + "." + q.level.nameColumn + "), lower(" + q.arg(f.NameContains) + "::text)) > 0")
	}
	if f.Delivery != nil {
		and("split_part(" + q.tenant.fill(q.level.delivery) + ", ',', 1) = ANY(" + q.arg(pq.Array(ads.DecidingCodes(f.Delivery))) + ")")
	}
	for _, c := range f.Where {
		and(q.tenant.fill(strings.ReplaceAll(q.level.filters[c.Field], "{v}", q.arg(c.argument(q.tenant.advertiser)))))
	}
	return s.String()
}

// totals composes a row per parent with the count and the sums of all rows.
func (q *listQuery) totals(current, prior metrics.Set) {
	q.head("0", "f.parent", "0::bigint AS id", "count(*)")
	fromAccount := q.list.Sums && q.totalsFromAdvertiser() && current|prior == 0 && q.list.Current|q.list.Prior != 0
	q.cells(q.list.Current, q.list.Prior, func(name string, base metrics.Base) string {
		switch {
		case base == metrics.People: // people do not add up
			return strconv.Itoa(metrics.Unknown) + "::bigint"
		case !q.list.Sums:
			return "0::bigint"
		case fromAccount:
			return "coalesce(max(t." + name + "), 0)" // one row: the account's
		}
		return "sum(f." + name + ")::bigint"
	})
	q.blanks()
	q.add("\nFROM f")
	if fromAccount {
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
	limit := q.list.First
	if q.list.Next {
		limit++ // the one too many tells of a next page
	}
	onPage := "\n  FROM f"
	if q.list.After != "" {
		onPage += "\n  WHERE " + q.order.after(q.builder, q.branch.after)
	}
	order := "p.parent, p.rank"
	if len(q.branch.parents) == 1 {
		onPage = "SELECT f.*" + onPage + "\n  ORDER BY " + q.order.by("") + "\n  LIMIT " + strconv.Itoa(limit)
		order = q.order.by("p.")
	} else {
		onPage = "SELECT * FROM (\n  SELECT f.*, row_number() OVER (PARTITION BY parent ORDER BY " + q.order.by("") + ") AS rank" + onPage +
			"\n  ) AS ranked WHERE rank <= " + strconv.Itoa(limit)
	}
	q.add("(")
	q.head("1", "p.parent", "p.id", "0::bigint")
	joins := ""
	switch {
	case q.list.Current|q.list.Prior == 0:
	case current|prior != 0: // read with the set
		q.cells(q.list.Current, q.list.Prior, func(name string, _ metrics.Base) string { return "p." + name })
	default: // read for the page alone
		joins += q.days.sumsOf(q.tenant, q.level.dayTable, q.level.idColumn, "p.id", q.list.Current, q.list.Prior)
		reach := map[string]string{}
		if q.list.Current.Has(metrics.People) {
			join, expr := q.days.reachJoin(q.tenant, "rc", q.level.name, "p.id", false)
			joins, reach[cell("c", metrics.People)] = joins+join, expr
		}
		if q.list.Prior.Has(metrics.People) {
			join, expr := q.days.reachJoin(q.tenant, "rp", q.level.name, "p.id", true)
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

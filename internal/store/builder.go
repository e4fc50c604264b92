package store

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// builder composes a statement of fragments of this package. What a client
// sent becomes an argument.
type builder struct {
	text  strings.Builder
	args  []any
	fence fence
}

// add appends fragments of SQL.
func (b *builder) add(fragments ...string) {
	for _, f := range fragments {
		b.text.WriteString(f)
	}
}

// arg adds an argument and returns its placeholder.
func (b *builder) arg(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

// among is the condition that a column holds one of some ids. A single one is
// compared as such: a plan for any arguments expects ten of a list, and may then
// rather read all rows of an advertiser.
func (b *builder) among(column string, ids []int64) string {
	if len(ids) == 1 {
		return column + " = " + b.arg(ids[0]) + "::bigint"
	}
	return column + " = ANY(" + b.arg(pq.Array(ids)) + ")"
}

// statement returns what was composed, under a name.
func (b *builder) statement(name string) statement {
	return statement{"-- name: " + name + "\n" + b.text.String(), b.args, b.fence}
}

// tenant is one advertiser's arguments in a composed statement.
type tenant struct {
	b *builder
	// id is the placeholder of the advertiser's id.
	id            string
	advertiser    *ads.Advertiser
	now           time.Time
	nowArg        string
	disabledParam string
	viewerArg     string
	typesArg      string
	membersArg    string
}

// advertiser adds the id of an advertiser whose rows the statement reads, and
// returns its placeholder.
func (b *builder) advertiser(a *ads.Advertiser) string {
	if !slices.Contains(b.fence.advertisers, a.ID) {
		b.fence.advertisers = append(b.fence.advertisers, a.ID)
	}
	return b.arg(a.ID)
}

func (b *builder) tenant(a *ads.Advertiser, now time.Time) *tenant {
	return &tenant{b: b, id: b.advertiser(a), advertiser: a, now: now}
}

// fill puts the tenant's arguments in place of {a}, {now}, {disabled}, {viewer},
// {notifications}, the types of notifications that the viewer may see, and
// {members}, whether the viewer may see who is a member.
func (t *tenant) fill(fragment string) string {
	if !strings.Contains(fragment, "{") {
		return fragment
	}
	if t.nowArg == "" && strings.Contains(fragment, "{now}") {
		t.nowArg = t.b.arg(t.now) + "::timestamptz"
	}
	if t.disabledParam == "" && strings.Contains(fragment, "{disabled}") {
		t.disabledParam = t.b.arg(t.advertiser.Status == ads.AdvertiserDisabled) + "::boolean"
	}
	if t.viewerArg == "" && strings.Contains(fragment, "{viewer}") {
		t.viewerArg = t.b.arg(t.advertiser.ViewerID) + "::bigint"
	}
	if t.typesArg == "" && strings.Contains(fragment, "{notifications}") {
		t.typesArg = t.b.arg(pq.Array(t.advertiser.NotificationTypes()))
	}
	if t.membersArg == "" && strings.Contains(fragment, "{members}") {
		t.membersArg = t.b.arg(t.advertiser.Can(ads.ViewMembers)) + "::boolean"
	}
	for _, p := range [...][2]string{
		{"{a}", t.id}, {"{now}", t.nowArg}, {"{disabled}", t.disabledParam}, {"{viewer}", t.viewerArg}, {"{notifications}", t.typesArg}, {"{members}", t.membersArg},
	} {
		fragment = strings.ReplaceAll(fragment, p[0], p[1])
	}
	return fragment
}

// days is a window's ends and data version as arguments. One becomes an
// argument when it is first used: PostgreSQL refuses arguments that no
// expression holds.
type days struct {
	b          *builder
	window     metrics.Window
	args       map[ads.Day]string
	versionArg string
}

func (b *builder) days(w metrics.Window) *days {
	return &days{b: b, window: w, args: map[ads.Day]string{}}
}

func (d *days) arg(day ads.Day) string {
	if _, ok := d.args[day]; !ok {
		d.args[day] = d.b.arg(string(day)) + "::date"
	}
	return d.args[day]
}

// version is the data version to read as of, or empty for the newest.
func (d *days) version() string {
	if d.versionArg == "" && d.window.Version > 0 {
		d.versionArg = d.b.arg(d.window.Version) + "::bigint"
	}
	return d.versionArg
}

func (d *days) from() string      { return d.arg(d.window.From) }
func (d *days) to() string        { return d.arg(d.window.To) }
func (d *days) priorFrom() string { return d.arg(d.window.Previous.From) }
func (d *days) priorTo() string   { return d.arg(d.window.Previous.To) }

// isPlain tells whether day tables alone hold the numbers: the newest, as the
// default attribution counts them.
func (d *days) isPlain() bool {
	return d.window.Version == 0 && d.window.Attribution == metrics.DefaultAttribution()
}

// within is the condition that column y.day lies in the window, in the earlier
// range too if prior is set.
func (d *days) within(prior bool) string {
	switch {
	case !prior || !d.window.Compares():
		return "y.day BETWEEN " + d.from() + " AND " + d.to()
	case d.window.Previous.To.Add(1) == d.window.From: // one run of days is one index range
		return "y.day BETWEEN " + d.priorFrom() + " AND " + d.to()
	}
	return "(y.day BETWEEN " + d.from() + " AND " + d.to() + " OR y.day BETWEEN " + d.priorFrom() + " AND " + d.priorTo() + ")"
}

// withinOf is within for the days of one entity, whose id column y has. The pair
// is compared, so that the primary key can serve it and the index by day cannot:
// a plan for any arguments expects the same one row of both. Tables in months
// need the day by itself, which says which months to look into, and advertisers
// have no other index.
func (d *days) withinOf(table, column, id string, prior bool) string {
	if column == "advertiser_id" || table == "ad_day" || !d.isPlain() {
		return d.within(prior)
	}
	between := func(from, to string) string {
		pair := "(y." + column + ", y.day)"
		return pair + " >= (" + id + ", " + from + ") AND " + pair + " <= (" + id + ", " + to + ")"
	}
	switch {
	case !prior || !d.window.Compares():
		return between(d.from(), d.to())
	case d.window.Previous.To.Add(1) == d.window.From: // one run of days is one index range
		return between(d.priorFrom(), d.to())
	}
	return "(" + between(d.from(), d.to()) + " OR " + between(d.priorFrom(), d.priorTo()) + ")"
}

// sums selects the sums of measures of day table y, each as c<n> for the
// window's range and p<n> for the earlier one. Reach is not among them.
func (d *days) sums(current, prior metrics.Set) string {
	var s strings.Builder
	add := func(prefix string, b metrics.Base, from, to func() string) {
		if b == metrics.People {
			return
		}
		s.WriteString(",\n    sum(y." + metrics.DayColumns[b] + ")")
		if prior != 0 { // the rows are of both ranges
			s.WriteString(" FILTER (WHERE y.day BETWEEN " + from() + " AND " + to() + ")")
		}
		s.WriteString("::bigint AS " + cell(prefix, b))
	}
	for _, b := range current.Bases() {
		add("c", b, d.from, d.to)
	}
	for _, b := range prior.Bases() {
		add("p", b, d.priorFrom, d.priorTo)
	}
	return s.String()
}

// cell names the column of a measure.
func cell(prefix string, b metrics.Base) string { return prefix + strconv.Itoa(int(b)) }

// reachJoin joins the counted reach of id for a range as table alias, if such
// a window is counted; the expression is the reach or metrics.Unknown.
func (d *days) reachJoin(t *tenant, alias string, level ads.Level, id string, earlier bool) (join, expr string) {
	r, to := d.window.Range, d.to
	if earlier {
		r, to = d.window.Previous, d.priorTo
	}
	if !r.CountsPeople() {
		return "", strconv.Itoa(metrics.Unknown) + "::bigint"
	}
	of := func(alias string) string {
		return alias + ".advertiser_id = " + t.id + " AND " + alias + ".level = '" + string(level) + "' AND " + alias + ".entity_id = " + id +
			" AND " + alias + ".window_days = " + strconv.Itoa(r.Days()) + " AND " + alias + ".as_of = " + to()
	}
	expr = "coalesce(" + alias + ".people, " + strconv.Itoa(metrics.Unknown) + ")"
	if v := d.version(); v != "" {
		expr = "(" + expr + " + coalesce((SELECT sum(" + alias + "u.people)::bigint FROM reach_undo AS " + alias + "u WHERE " + of(alias+"u") + " AND " + alias + "u.version > " + v + "), 0))"
	}
	return "\n  LEFT JOIN reach AS " + alias + " ON " + of(alias), expr
}

// value is a metric as an SQL expression over its measures; rows on which it
// has no value give NULL.
func value(m *metrics.Metric, measure func(metrics.Base) string) string {
	if m.Numerator == "" {
		terms := make([]string, len(m.Sum))
		for i, b := range m.Sum {
			terms[i] = measure(b)
		}
		sum := strings.Join(terms, " + ")
		if m.Kind == metrics.KindNonAdditive {
			return "nullif(" + sum + ", " + strconv.Itoa(metrics.Unknown) + ")"
		}
		return "(" + sum + ")"
	}
	numerator, _ := metrics.ByName(m.Numerator)
	denominator, _ := metrics.ByName(m.Denominator)
	return "(" + value(numerator, measure) + "::float8 * " + strconv.FormatInt(m.Scale, 10) + " / nullif(" + value(denominator, measure) + ", 0))"
}

package sqllint

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"adsgraph/internal/store"
)

// Settings make the planner look up rows one relation at a time, so that the
// conditions of each stand at its scan.
const Settings = `SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off; SET LOCAL enable_memoize = off; SET LOCAL plan_cache_mode = force_custom_plan`

// explain stands before a statement whose plan is looked at. Verbose plans name the
// relation of each column, and what is inserted.
const explain = "EXPLAIN (VERBOSE, FORMAT JSON) "

// node is a part of a plan, as PostgreSQL writes it.
type node struct {
	Type      string   `json:"Node Type"`
	Place     string   `json:"Parent Relationship"`
	Operation string   `json:"Operation"`
	Relation  string   `json:"Relation Name"`
	Alias     string   `json:"Alias"`
	IndexCond string   `json:"Index Cond"`
	Recheck   string   `json:"Recheck Cond"`
	Filter    string   `json:"Filter"`
	Output    []string `json:"Output"`
	Plans     []node   `json:"Plans"`
}

// finding is what a plan shows: how far its statement reaches, and why no less.
type finding struct {
	class Class
	// why describes the node that decided, empty where no tenant table is touched.
	why string
	// lists tells whether a list of advertisers stands in some condition.
	lists bool
}

// plan looks at a plan, in JSON. tables says of every table, and partition, whether
// it is split by advertiser.
func plan(text []byte, tables func(name string) store.Class) (finding, error) {
	var plans []struct{ Plan node }
	if err := json.Unmarshal(text, &plans); err != nil {
		return finding{}, fmt.Errorf("read a plan: %w", err)
	}
	w := walk{tables: tables, found: finding{class: Reference}}
	for _, p := range plans {
		w.node(&p.Plan)
	}
	return w.found, nil
}

// walk goes over the nodes of a plan.
type walk struct {
	tables func(string) store.Class
	found  finding
	one    string // the advertiser of the scans so far, if there was one
}

func (w *walk) node(n *node) {
	isWrite := n.Type == "ModifyTable"
	switch {
	case n.Relation == "" || w.tables(n.Relation) != store.Tenant:
	case isWrite && n.Operation == "Insert":
		w.insert(n)
	case isWrite: // what is changed is scanned below
	default:
		w.scan(n)
	}
	for i := range n.Plans {
		w.node(&n.Plans[i])
	}
}

// insert looks at where new rows get their advertiser, their first column, from.
func (w *walk) insert(n *node) {
	from := sources(n, "Outer") // WITH stands before it
	if len(from) == 0 {
		w.widen(Fanout, n, "writes rows that the plan does not show")
	}
	for _, below := range from {
		if len(below.Output) == 0 {
			w.widen(Fanout, n, "writes rows that the plan does not show")
			continue
		}
		first := below.Output[0]
		if id, ok := constant(first); ok {
			w.advertiser(id, n)
		} else if !w.bound(below) {
			w.widen(Fanout, n, "takes advertiser_id from "+first)
		}
	}
}

// sources returns the nodes at a place below one, and for UNION ALL, whose own output
// PostgreSQL does not show, those of its parts.
func sources(n *node, place string) []*node {
	var found []*node
	for i := range n.Plans {
		switch below := &n.Plans[i]; {
		case below.Place != place:
		case below.Type == "Append":
			found = append(found, sources(below, "Member")...)
		case len(below.Plans) == 1 && below.Plans[0].Type == "Append":
			parts := sources(below, below.Plans[0].Place)
			if passesOn(below, parts) { // it shows what the first part has
				found = append(found, parts...)
			} else {
				found = append(found, below)
			}
		default:
			found = append(found, below)
		}
	}
	return found
}

// passesOn tells whether a node takes its first column from the first of parts: it
// does not if that is a constant of its own.
func passesOn(n *node, parts []*node) bool {
	if len(n.Output) == 0 || len(parts) == 0 || len(parts[0].Output) == 0 {
		return true
	}
	_, own := constant(n.Output[0])
	_, passed := constant(parts[0].Output[0])
	return !own || passed
}

// bound tells whether rows of tenants are read below a node, and thus checked.
func (w *walk) bound(n *node) bool {
	if n.Relation != "" && w.tables(n.Relation) == store.Tenant {
		return true
	}
	return slices.ContainsFunc(n.Plans, func(below node) bool { return w.bound(&below) })
}

func (w *walk) scan(n *node) {
	for _, condition := range []string{n.IndexCond, n.Recheck, n.Filter} {
		for _, part := range conjuncts(condition) {
			left, right, ok := strings.Cut(part, " = ")
			if !ok {
				continue
			}
			if strings.HasSuffix(right, ".advertiser_id") {
				left, right = right, left
			}
			if strings.TrimPrefix(left, n.Alias+".") != "advertiser_id" {
				continue
			}
			if id, ok := constant(right); ok {
				w.advertiser(id, n)
				return
			}
			if list.MatchString(right) {
				w.found.lists = true
				w.widen(Tenants, n, "is of "+right)
				return
			}
		}
	}
	w.widen(Fanout, n, strings.TrimSpace("has no advertiser of its own: "+n.IndexCond+" "+n.Filter))
}

// advertiser notes that a node is of one advertiser.
func (w *walk) advertiser(id string, n *node) {
	if w.one == "" || w.one == id {
		w.one = id
		w.widen(Router, n, "is of advertiser "+id)
		return
	}
	w.widen(Tenants, n, "is of advertiser "+id+", others are of "+w.one)
}

func (w *walk) widen(class Class, n *node, why string) {
	if width(class) > width(w.found.class) {
		w.found.class, w.found.why = class, fmt.Sprintf("%s of %s AS %s %s", n.Type, n.Relation, n.Alias, why)
	}
}

var (
	number = regexp.MustCompile(`^\(?'?(\d+)'?(?:::(?:bigint|integer|smallint))?\)?$`)
	list   = regexp.MustCompile(`^ANY \((?:'\{[^']*\}'|NULL)::bigint\[\]\)$`)
)

// constant returns the number that an expression of a plan is, if it is one.
func constant(expression string) (id string, ok bool) {
	m := number.FindStringSubmatch(expression)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// conjuncts splits a condition at its outermost ANDs, and takes the parentheses
// around each part away.
func conjuncts(condition string) []string {
	condition = unwrap(condition)
	depth, quoted, start := 0, false, 0
	var parts []string
	for i := 0; i < len(condition); i++ {
		switch c := condition[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && strings.HasPrefix(condition[i:], " AND "):
			parts = append(parts, unwrap(condition[start:i]))
			start = i + len(" AND ")
		}
	}
	return append(parts, unwrap(condition[start:]))
}

// unwrap takes a pair of parentheses around a whole condition away.
func unwrap(condition string) string {
	for strings.HasPrefix(condition, "(") && strings.HasSuffix(condition, ")") {
		depth, quoted := 0, false
		for i := 0; i < len(condition)-1; i++ {
			switch c := condition[i]; {
			case c == '\'':
				quoted = !quoted
			case quoted:
			case c == '(':
				depth++
			case c == ')':
				depth--
			}
			if depth == 0 {
				return condition
			}
		}
		condition = condition[1 : len(condition)-1]
	}
	return condition
}

package sqllint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// broken is a rule of text that a statement breaks, and where.
type broken struct{ rule, what string }

// The rules of text, by the names that exceptions use. A cluster refuses what breaks
// them, or does something else than one PostgreSQL.
const (
	ruleMerge      = "no MERGE"
	ruleSet        = "SET has immutable expressions only"
	ruleElement    = "SET reads no element of an array or of JSON"
	ruleAdvertiser = "SET leaves advertiser_id"
	ruleUpsert     = "DO UPDATE SET calls nothing"
	ruleConstraint = "ON CONFLICT names columns"
	ruleReturning  = "RETURNING has columns only"
	ruleValues     = "VALUES has no sub-select"
	ruleAlias      = "INSERT of a SELECT that returns has an alias"
	ruleGroups     = "GROUPING SETS, recursion and FOR UPDATE are of one advertiser"
	ruleLateral    = "LATERAL is of one advertiser"
	ruleLockedIn   = "IN takes no locked sub-select"
	ruleSession    = "pg_notify and advisory locks have no FROM"
	ruleSetConfig  = "no set_config"
	ruleTemporary  = "no temporary tables"
	ruleNode       = "nothing is of one node"
)

// grammar are expressions that only look like functions.
var grammar = []string{"coalesce", "nullif", "greatest", "least"} //nolint:gochecknoglobals // a constant

// allowed are the functions that a cluster takes in the SET of an UPDATE.
var allowed = append([]string{"lower", "round", "jsonb_set", "now", "max", "min", "sum"}, grammar...) //nolint:gochecknoglobals // a constant

// words come before parentheses without being called.
var words = []string{"in", "any", "all", "exists", "and", "or", "not", "when", "then", "else", "case", "values", "select", "from", "where", "as", "on", "over", "filter", "by", "using", "row", "set", "conflict", "array"} //nolint:gochecknoglobals // a constant

var token = regexp.MustCompile(`'(?:[^']|'')*'|\$\d+|[A-Za-z_][A-Za-z_0-9]*|\d+(?:\.\d+)?|::|<>|<=|>=|\|\||->>?|[^\s]`)

// parsed is the tokens of a statement, words in lower case but for quoted ones,
// each with how many parentheses are open before it.
type parsed struct {
	tokens []string
	depth  []int
}

func parse(text string) parsed {
	_, body, _ := strings.Cut(text, "\n")
	var p parsed
	depth := 0
	for _, t := range token.FindAllString(body, -1) {
		if t == ")" {
			depth--
		}
		if t[0] != '\'' {
			t = strings.ToLower(t)
		}
		p.tokens, p.depth = append(p.tokens, t), append(p.depth, depth)
		if t == "(" {
			depth++
		}
	}
	return p
}

// at tells whether words stand at a place.
func (p parsed) at(i int, words ...string) bool {
	return i >= 0 && i+len(words) <= len(p.tokens) && slices.Equal(p.tokens[i:i+len(words)], words)
}

// clause returns the place after the clause that begins at i: the first of the words
// at the same depth, or the end of what is around it.
func (p parsed) clause(i int, ends ...string) int {
	for j := i; j < len(p.tokens); j++ {
		if p.depth[j] < p.depth[i] || p.depth[j] == p.depth[i] && slices.Contains(ends, p.tokens[j]) {
			return j
		}
	}
	return len(p.tokens)
}

// calls returns the functions that are called from i to before end.
func (p parsed) calls(i, end int) []string {
	var names []string
	for ; i+1 < end; i++ {
		if p.tokens[i+1] == "(" && regexp.MustCompile(`^[a-z_]`).MatchString(p.tokens[i]) && !slices.Contains(words, p.tokens[i]) {
			names = append(names, p.tokens[i])
		}
	}
	return names
}

// index returns the place of words from i to before end, or -1.
func (p parsed) index(i, end int, words ...string) int {
	for ; i < end; i++ {
		if p.at(i, words...) {
			return i
		}
	}
	return -1
}

// texts checks the rules of text, of which some depend on what the plan showed.
func texts(text string, f finding) []broken {
	p := parse(text)
	var found []broken
	add := func(rule, what string, args ...any) { found = append(found, broken{rule, fmt.Sprintf(what, args...)}) }
	for i := range p.tokens {
		switch {
		case p.at(i, "merge", "into"):
			add(ruleMerge, "MERGE INTO")
		case p.at(i, "on", "constraint"):
			add(ruleConstraint, "ON CONSTRAINT")
		case p.at(i, "set") && (i == 0 || p.tokens[i-1] != "is"):
			p.set(i, add)
		case p.at(i, "returning"):
			end := p.clause(i)
			if calls := p.calls(i+1, end); calls != nil {
				add(ruleReturning, "RETURNING calls %s", strings.Join(calls, ", "))
			}
		case p.at(i, "insert", "into"):
			p.insert(i, add)
		case p.at(i, "in", "("):
			if end := p.clause(i + 2); p.index(i, end, "for", "update") >= 0 {
				add(ruleLockedIn, "IN (.. FOR UPDATE)")
			}
		case p.at(i, "set_config", "("):
			add(ruleSetConfig, "set_config")
		case p.at(i, "create", "temp"):
			add(ruleTemporary, "CREATE TEMP TABLE")
		case slices.Contains([]string{"ctid", "xmax", "pg_current_snapshot"}, p.tokens[i]):
			add(ruleNode, "%s", p.tokens[i])
		case strings.HasPrefix(p.tokens[i], "pg_notify") || strings.HasPrefix(p.tokens[i], "pg_advisory"):
			if end := p.clause(i, "union"); p.index(i, end, "from") >= 0 {
				add(ruleSession, "%s with FROM", p.tokens[i])
			}
		case f.class != Tenants && f.class != Fanout: // what follows is refused of several advertisers only
		case p.at(i, "grouping", "sets") || p.at(i, "rollup", "(") || p.at(i, "with", "recursive") || p.at(i, "for", "update"):
			add(ruleGroups, "%s %s", strings.ToUpper(p.tokens[i]), strings.ToUpper(p.tokens[i+1]))
		case p.at(i, "lateral") && !p.at(i+1, "(", "values") && (f.lists || f.class == Fanout):
			add(ruleLateral, "LATERAL")
		}
	}
	return found
}

// set checks what an UPDATE, or an INSERT that meets a row, sets.
func (p parsed) set(i int, add func(rule, what string, args ...any)) {
	end := p.clause(i, "from", "where", "returning")
	if p.index(i, end, "[") >= 0 {
		add(ruleElement, "an element is read in SET")
	}
	for j := i; j < end; j++ {
		if p.depth[j] == p.depth[i] && p.at(j, "advertiser_id", "=") && (j == i+1 || p.tokens[j-1] == ",") {
			add(ruleAdvertiser, "SET advertiser_id")
		}
	}
	for _, name := range p.calls(i, end) {
		switch {
		case slices.Contains(grammar, name):
		case p.at(i-2, "do", "update"):
			add(ruleUpsert, "DO UPDATE SET calls %s", name)
		case !slices.Contains(allowed, name):
			add(ruleSet, "SET calls %s", name)
		}
	}
}

// insert checks what an INSERT takes its rows from.
func (p parsed) insert(i int, add func(rule, what string, args ...any)) {
	end := p.clause(i)
	values, query := p.index(i, end, "values"), p.index(i, end, "select")
	if values >= 0 && p.depth[values] == p.depth[i] && p.index(values, p.clause(values, "on", "returning"), "select") >= 0 {
		add(ruleValues, "a sub-select in VALUES")
	}
	returns := p.index(i, end, "returning")
	if query >= 0 && (values < 0 || query < values) && returns >= 0 && p.depth[returns] == p.depth[i] && !p.at(i+3, "as") {
		add(ruleAlias, "INSERT INTO %s has no alias", p.tokens[i+2])
	}
}

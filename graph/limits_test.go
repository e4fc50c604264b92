package graph

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"

	"adsgraph/graph/documents"
	"adsgraph/graph/operations"
	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

// limitCase is a document that has n of what a limit bounds, and variables.
type limitCase struct {
	limit    LimitName
	max      int
	code     fault.Code
	document func(n int) (string, map[string]any)
}

// limitCases returns documents for POST, or for a socket: something of a campaign,
// below the root field.
func limitCases(socket bool) []limitCase {
	in := func(selection string) string {
		if socket {
			return `subscription { campaignChanged(advertiserId: "` + advertiserID(acme) + `") { missed campaign { ` + selection + ` } } }`
		}
		return `{ advertiser(id: "` + advertiserID(acme) + `") { campaigns(first: 1) { edges { node { ` + selection + ` } } } } }`
	}
	above, others := 4, 4 // fields above the selection, and fields besides it
	if socket {
		above, others = 2, 3
	}
	plain := func(of func(n int) string) func(int) (string, map[string]any) {
		return func(n int) (string, map[string]any) { return in(of(n)), nil }
	}
	return []limitCase{
		{LimitDepth, 9, fault.TooDeep, plain(func(n int) string { return deep(n - above) })},
		{LimitAliases, 30, fault.TooManyAliases, plain(func(n int) string {
			s := ""
			for i := range n {
				s += fmt.Sprintf(" a%d: name", i)
			}
			return s
		})},
		{LimitFields, 100, fault.TooManyFields, plain(func(n int) string { return strings.Repeat("name ", n-others) })},
		{LimitDirectives, 50, fault.TooManyDirectives, plain(func(n int) string { return strings.Repeat("name @include(if: true) ", n) })},
		{LimitRows, 150, fault.TooManyRows, plain(func(n int) string {
			if !socket {
				n-- // the campaign itself
			}
			return fmt.Sprintf("adGroups(first: %d) { totalCount }", n)
		})},
		{LimitItems, 500, fault.TooManyItems, plain(func(n int) string {
			return `adGroups(first: 1, filter: {ids: [` + strings.Repeat(`"`+campaignID(acme, 11)+`" `, n) + `]}) { totalCount }`
		})},
		{LimitTokens, 600, fault.TooManyTokens, plain(func(n int) string { return strings.Repeat("name ", n-tokensOf(in(""))) })},
	}
}

// deep returns a selection of a campaign, n fields deep.
func deep(n int) string {
	switch n {
	case 1:
		return "name"
	case 2:
		return "advertiser { name }"
	case 3:
		return "advertiser { campaigns(first: 1) { totalCount } }"
	case 4:
		return "advertiser { campaigns(first: 1) { edges { cursor } } }"
	default:
		return "advertiser { campaigns(first: 1) { edges { node { " + deep(n-4) + " } } } }"
	}
}

func tokensOf(text string) int {
	for _, s := range []string{"(", ")", "{", "}", ":"} {
		text = strings.ReplaceAll(text, s, " "+s+" ")
	}
	return len(strings.Fields(text))
}

// limited returns the default limits without a budget, with one other bound.
func limited(name LimitName, l Limit) Limits {
	limits := DefaultLimits()
	delete(limits, LimitBudget)
	limits[LimitItems] = Limit{2000, Enforce}
	limits[LimitTokens] = Limit{4000, Enforce}
	limits[name] = l
	return limits
}

// TestLimitsAtTheirBounds sends, over POST, what just passes and what is one too
// many, twice each: the second time the document is known.
func TestLimitsAtTheirBounds(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, smallDatabase(t))
	for _, c := range limitCases(false) {
		t.Run(string(c.limit), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, Options{Limits: limited(c.limit, Limit{c.max, Enforce})})
			for range 2 {
				query, variables := c.document(c.max)
				for _, code := range w.ask(t, query, variables).codes() {
					if code == string(c.code) {
						t.Fatalf("%d are refused", c.max)
					}
				}
				query, variables = c.document(c.max + 1)
				a := w.ask(t, query, variables)
				if len(a.errors) != 1 || a.codes()[0] != string(c.code) || !strings.Contains(a.errors[0].Message, fmt.Sprint(c.max)) || a.data != "" {
					t.Fatalf("%d: %s %.200s", c.max+1, a.sortedErrors(), a.data)
				}
				if len(a.executions) > 0 {
					t.Errorf("%d statements were run", len(a.executions))
				}
			}
		})
	}
}

// TestLimitsOfTrustedDocuments trusts a document of each kind that is too large:
// what its text is like is not held against it, and what it asks for is.
func TestLimitsOfTrustedDocuments(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, smallDatabase(t))
	dir := t.TempDir()
	for _, c := range limitCases(false) {
		query, _ := c.document(c.max + 1)
		if err := os.WriteFile(filepath.Join(dir, string(c.limit)+".graphql"), []byte(query), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	library, err := documents.Open(dir, "", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	want := map[LimitName]bool{LimitDepth: true, LimitAliases: true, LimitFields: true, LimitDirectives: true}
	for _, c := range limitCases(false) {
		w := newWorld(t, s, Options{Documents: library, Limits: limited(c.limit, Limit{c.max, Enforce})})
		query, variables := c.document(c.max + 1)
		a := w.ask(t, query, variables)
		if passes := len(a.errors) == 0; passes != want[c.limit] {
			t.Errorf("%s: %s", c.limit, a.sortedErrors())
		}
		if a := w.ask(t, query+" ", variables); len(a.errors) != 1 || a.codes()[0] != string(c.code) {
			t.Errorf("%s, of nobody's manifest: %s", c.limit, a.sortedErrors())
		}
	}
}

// TestLimitsOfTransports sends what is one too many, and what is not, in each way
// that HTTP has, twice each: the verdict is the same.
func TestLimitsOfTransports(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	s := pgtest.OpenDSN(t, dsn)
	ask := map[string]func(t *testing.T, p *process, query string) string{
		"POST": func(t *testing.T, p *process, query string) string {
			t.Helper()
			return textOf(t, p.post(t.Context(), t, fmt.Sprint(agency), "application/json", payloadOf(query, "")).Body)
		},
		"Stream": func(t *testing.T, p *process, query string) string {
			t.Helper()
			return textOf(t, p.post(t.Context(), t, fmt.Sprint(agency), "text/event-stream", payloadOf(query, "")).Body)
		},
		"GET": func(t *testing.T, p *process, query string) string {
			t.Helper()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.URL+"/graphql?query="+url.QueryEscape(query), nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+fmt.Sprint(agency))
			r.Header.Set("X-Adsgraph-Csrf", "1")
			res, err := p.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			return textOf(t, res.Body)
		},
	}
	for _, c := range limitCases(false) {
		for transport, send := range ask {
			t.Run(string(c.limit)+"/"+transport, func(t *testing.T) {
				t.Parallel()
				p := newProcess(t, dsn, s, Options{Limits: limited(c.limit, Limit{c.max, Enforce})})
				for range 2 {
					over, _ := c.document(c.max + 1)
					if got := send(t, p, over); !strings.Contains(got, `"code":"`+string(c.code)+`"`) || strings.Contains(got, `"data":{`) {
						t.Errorf("%d: %.300s", c.max+1, got)
					}
					within, _ := c.document(c.max)
					if got := send(t, p, within); !strings.Contains(got, `"data":{`) || strings.Contains(got, string(c.code)) {
						t.Errorf("%d: %.300s", c.max, got)
					}
				}
			})
		}
	}
}

func textOf(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestLimitsOverTheSocket does the same over a WebSocket.
func TestLimitsOverTheSocket(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	s := pgtest.OpenDSN(t, dsn)
	for _, c := range limitCases(true) {
		t.Run(string(c.limit), func(t *testing.T) {
			t.Parallel()
			p := newProcess(t, dsn, s, Options{Limits: limited(c.limit, Limit{c.max, Enforce})})
			client := p.signIn(t, agency)
			for i := range 2 {
				query, _ := c.document(c.max + 1)
				client.subscribe(t, fmt.Sprint("over", i), query, "")
				if got, err := client.hear(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, string(c.code)) {
					t.Fatalf("%d: %.300s %v", c.max+1, got, err)
				}
				query, _ = c.document(c.max)
				client.subscribe(t, fmt.Sprint("within", i), query, "")
				p.subscribers(t, i+1)
			}
		})
	}
}

// TestRootFieldsAndVariables looks at the limits that a subscription cannot pass.
func TestRootFieldsAndVariables(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	roots := func(n int) string {
		s := "{"
		for i := range n {
			s += fmt.Sprintf(" a%d: viewer { name }", i)
		}
		return s + " }"
	}
	ids := func(n int) map[string]any {
		return map[string]any{"f": map[string]any{"ids": strings.Split(strings.Repeat(campaignID(acme, 11)+" ", n-1)+campaignID(acme, 11), " ")}}
	}
	const list = `query ($f: CampaignFilter) { advertiser(id: "MUEx") { campaigns(first: 1, filter: $f) { totalCount } } }`
	for range 2 {
		if a := w.ask(t, roots(10), nil); len(a.errors) > 0 {
			t.Error(a.sortedErrors())
		}
		if a := w.ask(t, roots(11), nil); len(a.errors) != 1 || a.codes()[0] != string(fault.TooManyRootFields) {
			t.Error(a.sortedErrors())
		}
		if a := w.ask(t, list, ids(500)); len(a.errors) > 0 {
			t.Error(a.sortedErrors())
		}
		if a := w.ask(t, list, ids(501)); len(a.errors) != 1 || a.codes()[0] != string(fault.TooManyItems) || len(a.executions) > 0 {
			t.Error(a.sortedErrors())
		}
	}
}

// TestResponseSize has answers that are too large, also to a mutation, which was
// done and says so.
func TestResponseSize(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, smallDatabase(t))
	const query = `{ viewer { name } }`
	size := len(newWorld(t, s, Options{}).ask(t, query, nil).data)
	if a := newWorld(t, s, Options{Limits: limited(LimitResponse, Limit{size, Enforce})}).ask(t, query, nil); len(a.errors) > 0 {
		t.Error(a.sortedErrors())
	}
	small := newWorld(t, s, Options{Limits: limited(LimitResponse, Limit{size - 1, Enforce})})
	if a := small.ask(t, query, nil); len(a.errors) != 1 || a.codes()[0] != string(fault.ResponseTooLarge) || a.data != "" {
		t.Error(a.sortedErrors(), a.data)
	}
	change := `mutation { createLabels(input: {advertiserId: "` + advertiserID(acme) + `", idempotencyKey: "response-size", labels: [{value: "A label with a name", type: CUSTOM}]}) { labels { value } userErrors { code } } }`
	if a := small.ask(t, change, nil); len(a.errors) > 0 || !strings.Contains(a.data, "A label with a name") {
		t.Error(a.sortedErrors(), a.data)
	}
}

// logged collects what is logged while a test runs, which must not be parallel.
type logged struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(b)
}

func (l *logged) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.String()
}

func collectLog(t *testing.T) *logged {
	t.Helper()
	l := &logged{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(l, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return l
}

// TestMeasuredAndSwitchedOffLimits runs what is over a limit that is not enforced,
// and looks into the log.
func TestMeasuredAndSwitchedOffLimits(t *testing.T) { //nolint:paralleltest // it replaces the log
	s := pgtest.OpenDSN(t, smallDatabase(t))
	for _, c := range limitCases(false) {
		for _, mode := range []Mode{Measure, Off} {
			l := collectLog(t)
			query, variables := c.document(c.max + 1)
			a := newWorld(t, s, Options{Limits: limited(c.limit, Limit{c.max, mode})}).ask(t, query, variables)
			for _, code := range a.codes() {
				if code == string(c.code) {
					t.Errorf("%s is %s, and refuses", c.limit, mode)
				}
			}
			if told := strings.Contains(l.text(), fmt.Sprintf(`msg="limit passed" limit=%s got=%d max=%d`, c.limit, c.max+1, c.max)); told != (mode == Measure) {
				t.Errorf("%s is %s, and the log says: %.1000s", c.limit, mode, l.text())
			}
		}
	}
}

// TestLimitsOfHostileDocuments sends documents that would cost much, were they
// run or only looked at field by field.
func TestLimitsOfHostileDocuments(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	id := advertiserID(acme)
	doubling := "{ viewer { ...F" + itoa(0) + " } }\n"
	for i := range 40 {
		doubling += strings.ReplaceAll("fragment F# on Viewer { ...F@ ...F@ }\n", "#", itoa(i))
		doubling = strings.ReplaceAll(doubling, "@", itoa(i+1))
	}
	doubling += "fragment F" + itoa(40) + " on Viewer { name }"
	tests := []struct{ name, query, code string }{
		{"DoublingFragments", doubling, "TOO_MANY_FIELDS"},
		{"DoublingAliases", strings.ReplaceAll(doubling, "name", "a: name"), "TOO_MANY_ALIASES"},
		{"DoublingDirectives", strings.Replace(doubling, "Viewer { name }", "Viewer { x: __typename @skip(if: true) }", 1), "TOO_MANY_ALIASES"},
		{"Rows", `{ advertiser(id: "` + id + `") { ads(first: 100) { edges { node { pin { ads(first: 200) { edges { node { id } } } } } } } } }`, "TOO_MANY_ROWS"},
		{"RowsOverAliases", `{ advertiser(id: "` + id + `") { a: campaigns(first: 200) { ...F } b: campaigns(first: 200) { ...F } } } fragment F on CampaignConnection { edges { node { adGroups(first: 70) { totalCount } } } }`, "TOO_MANY_ROWS"},
		{"Tokens", `{ advertiser(id: "` + id + `") { ` + strings.Repeat("name ", 2100) + "} }", "TOO_MANY_TOKENS"},
		{"Cycle", "{ viewer { ...F } } fragment F on Viewer { ...F }", "GRAPHQL_VALIDATION_FAILED"},
		{"Introspection", "{ __schema { types { name } } }", ""},
		{"Suggestion", `{ advertiser(id: "` + id + `") { nam } }`, "GRAPHQL_VALIDATION_FAILED"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := w.ask(t, tt.query, nil)
			if len(a.errors) == 0 || tt.code != "" && a.codes()[0] != tt.code {
				t.Fatalf("got %s %.300s, want %s", a.sortedErrors(), a.data, tt.code)
			}
			if len(a.executions) > 0 {
				t.Errorf("%d statements were run", len(a.executions))
			}
			if strings.Contains(a.sortedErrors(), "Did you mean") {
				t.Errorf("the schema is told: %s", a.sortedErrors())
			}
		})
	}
	open := smallWorld(t, Options{Introspection: true})
	if a := open.ask(t, "{ __schema { queryType { name } types { name } } }", nil); len(a.errors) > 0 || !strings.Contains(a.data, "MetricsReport") {
		t.Errorf("introspection: %s", a.sortedErrors())
	}
}

// TestLimitsSuitTheScreens keeps the limits away from what screens need.
func TestLimitsSuitTheScreens(t *testing.T) {
	t.Parallel()
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	schema := schemaOf(t)
	var most size
	for _, o := range all {
		doc, errs := gqlparser.LoadQueryWithRules(schema, o.Text, validation())
		if errs != nil {
			t.Fatal(errs)
		}
		m := measurer{fragments: map[spread]size{}, variables: o.Example, reads: func(string, string) bool { return false }}
		s := m.measure(doc.Operations[0].SelectionSet, 0)
		most.depth, most.aliases, most.top, most.fields = max(most.depth, s.depth), max(most.aliases, s.aliases), max(most.top, s.top), max(most.fields, s.fields)
		most.rows, most.directives = max(most.rows, s.rows), max(most.directives, s.directives+1)
	}
	t.Logf("%+v", most)
	limits := DefaultLimits()
	for name, got := range map[LimitName]int{
		LimitDepth: most.depth, LimitAliases: 3 * most.aliases, LimitRootFields: most.top, LimitFields: 3 * most.fields, LimitDirectives: 3 * most.directives, LimitRows: 3 * most.rows,
	} {
		if got > limits[name].Max {
			t.Errorf("%s: screens need %d of %d", name, got, limits[name].Max)
		}
	}
}

func TestParseLimits(t *testing.T) {
	t.Parallel()
	changed := func(name LimitName, l Limit) Limits {
		limits := DefaultLimits()
		limits[name] = l
		return limits
	}
	measured := DefaultLimits()
	for name, l := range measured {
		measured[name] = Limit{l.Max, Measure}
	}
	measured[LimitDepth] = Limit{9, Enforce}
	for name, tt := range map[string]struct {
		all    string
		each   []string
		want   Limits
		refuse string
	}{
		"Nothing":      {"", nil, DefaultLimits(), ""},
		"BoundAndMode": {"", []string{"depth=14,measure"}, changed(LimitDepth, Limit{14, Measure}), ""},
		"Bound":        {"", []string{"rows=5"}, changed(LimitRows, Limit{5, Enforce}), ""},
		"Mode":         {"", []string{"statements=enforce"}, changed(LimitStatements, Limit{0, Enforce}), ""},
		"AllButOne":    {"measure", []string{"depth=9,enforce"}, measured, ""},
		"UnknownLimit": {"", []string{"height=5"}, nil, "root-fields"},
		"UnknownMode":  {"strict", nil, nil, "measure"},
		"NoValue":      {"", []string{"depth"}, nil, "measure"},
		"Zero":         {"", []string{"depth=0"}, nil, "bound"},
		"Declared":     {"", []string{"statements=5"}, nil, "bound"},
	} {
		got, err := ParseLimits(tt.all, tt.each)
		if tt.refuse != "" {
			if err == nil || !strings.Contains(err.Error(), tt.refuse) {
				t.Errorf("%s: %v, want %q", name, err, tt.refuse)
			}
			continue
		}
		if err != nil || !maps.Equal(got, tt.want) {
			t.Errorf("%s: %v %v, want %v", name, got, err, tt.want)
		}
	}
}

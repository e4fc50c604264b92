package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"adsgraph/graph/operations"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

func TestMain(m *testing.M) { pgtest.Main(m, "graph") }

// agency is the demo's user who owns every advertiser.
const agency = 1

// world is a server over a database, to be asked as one viewer.
type world struct {
	handler http.Handler
	viewer  int64
}

// newWorld returns a server over a store.
func newWorld(t testing.TB, s *store.Store, o Options) *world {
	t.Helper()
	server := func() http.Handler {
		srv, err := NewServer(s, o)
		if err != nil {
			t.Fatal(err)
		}
		return srv
	}
	switch pgtest.With {
	case pgtest.WithThree:
		return &world{inTurn(server(), server(), server()), agency}
	case pgtest.WithReplica:
		return &world{wantsLatest(server()), agency}
	default:
		return &world{server(), agency}
	}
}

// inTurn asks one server after the other, as a balancer does.
func inTurn(servers ...http.Handler) http.Handler {
	var n atomic.Uint32
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		servers[int(n.Add(1))%len(servers)].ServeHTTP(w, r)
	})
}

// withoutLatest skips a test where every request asks for the latest: such answers are
// neither shared nor called unchanged unseen.
func withoutLatest(t *testing.T) {
	t.Helper()
	if pgtest.With == pgtest.WithReplica {
		t.Skip("who asks for the latest is answered alone")
	}
}

// wantsLatest sees what tests write behind the server's back.
func wantsLatest(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set(ReadAfterHeader, store.Latest)
		h.ServeHTTP(w, r)
	})
}

// demoWorld returns a server over the small demo, which tests must not change.
func demoWorld(t testing.TB, o Options) *world {
	t.Helper()
	return newWorld(t, pgtest.OpenDSN(t, pgtest.Demo(t, "small")), o)
}

// answer is what a client got.
type answer struct {
	status     int
	data       string
	errors     []answerError
	executions []store.Execution
}

type answerError struct {
	Message    string
	Path       json.RawMessage
	Locations  json.RawMessage
	Extensions map[string]any
}

// codes returns the errors' codes.
func (a answer) codes() []string {
	var codes []string
	for _, e := range a.errors {
		code, _ := e.Extensions["code"].(string)
		codes = append(codes, code)
	}
	return codes
}

// sortedErrors returns the errors as text, in an order of their own: the order
// in a response means nothing.
func (a answer) sortedErrors() string {
	var lines []string
	for _, e := range a.errors {
		b, _ := json.Marshal(e)
		lines = append(lines, string(b))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// statements returns the names of the statements, sorted.
func (a answer) statements() []string {
	var names []string
	for _, e := range a.executions {
		names = append(names, e.Name)
	}
	slices.Sort(names)
	return names
}

// ask sends a document.
func (w *world) ask(t testing.TB, query string, variables map[string]any) answer {
	t.Helper()
	return w.askIn(context.Background(), t, query, variables)
}

// askIn sends a document in a context.
func (w *world) askIn(ctx context.Context, t testing.TB, query string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stats := store.WithStats(auth.NewContext(ctx, auth.Viewer{UserID: w.viewer}))
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	var out struct {
		Data   json.RawMessage
		Errors []answerError
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
		t.Fatalf("the response is not JSON: %v\n%s", err, rec.Body.Bytes())
	}
	if strings.HasPrefix(query, "mutation") {
		declared(t, query, out.Data)
	}
	return answer{rec.Code, string(out.Data), out.Errors, stats.Executions()}
}

// declared fails unless the codes of user errors are among those that the schema
// declares for the mutation.
func declared(t testing.TB, query string, data []byte) {
	t.Helper()
	schema := executable(&Resolver{}).Schema()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		return // on purpose
	}
	var payloads map[string]struct{ UserErrors []struct{ Code string } }
	_ = json.Unmarshal(data, &payloads) // null where nothing was done
	for _, selection := range doc.Operations[0].SelectionSet {
		field, ok := selection.(*ast.Field)
		if !ok || len(payloads[field.Alias].UserErrors) == 0 {
			continue
		}
		var codes []string
		if d := schema.Mutation.Fields.ForName(field.Name).Directives.ForName("userErrors"); d != nil {
			for _, c := range d.Arguments.ForName("codes").Value.Children {
				codes = append(codes, c.Value.Raw)
			}
		}
		for _, e := range payloads[field.Alias].UserErrors {
			if e.Code != "" && !slices.Contains(codes, e.Code) {
				t.Errorf("%s does not declare %s", field.Name, e.Code)
			}
		}
	}
}

// document returns a screen's document.
func document(t testing.TB, name string) operations.Operation {
	t.Helper()
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	o, ok := all[name]
	if !ok {
		t.Fatalf("there is no document %s", name)
	}
	return o
}

// advertiserID, campaignID return ids as clients know them.
func advertiserID(a int64) string {
	return ads.Ref{Level: ads.LevelAdvertiser, Advertiser: a, ID: a}.String()
}

func campaignID(a, id int64) string {
	return ads.Ref{Level: ads.LevelCampaign, Advertiser: a, ID: id}.String()
}

// golden compares text with a file, or rewrites the file when the environment
// says UPDATE_GOLDEN=1.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (make golden writes it)", err)
	}
	if string(want) != got {
		t.Errorf("%s differs; make golden rewrites it.\ngot:\n%s", file, got)
	}
}

package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"adsgraph/graph/operations"
	"adsgraph/internal/auth"
	"adsgraph/internal/pgtest"
)

// explain sends a document to be explained.
func (w *world) explain(t *testing.T, mode string, mayExplain bool, query string, variables map[string]any) (answer, *explanation) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(auth.NewContext(t.Context(), auth.Viewer{UserID: w.viewer, MayExplain: mayExplain}), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(ExplainHeader, mode)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	var out struct {
		Data       json.RawMessage
		Errors     []answerError
		Extensions struct{ Explain *explanation }
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
		t.Fatalf("%v: %s", err, rec.Body)
	}
	return answer{status: rec.Code, data: string(out.Data), errors: out.Errors}, out.Extensions.Explain
}

func (e *explanation) names() (names []string) {
	for _, s := range e.Statements {
		names = append(names, s.Name)
	}
	slices.Sort(names)
	return names
}

// TestPlans plans every screen, and random documents, without running a single
// statement, and compares the plan with what is run.
func TestPlans(t *testing.T) {
	t.Parallel()
	var ran atomic.Int64
	count := func(context.Context, string) error {
		ran.Add(1)
		return nil
	}
	w := newWorld(t, pgtest.OpenHooked(t, smallDatabase(t, crowd), count), Options{})
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range all {
		variables := goldenVariables(t, name)
		before := ran.Load()
		planned, plan := w.explain(t, "plan", true, o.Text, variables)
		if n := ran.Load() - before; n != 0 || planned.data != "null" || len(planned.errors) > 0 || plan == nil {
			t.Fatalf("%s: %d statements ran, %s %s", name, n, planned.data, planned.sortedErrors())
		}
		before = ran.Load()
		answered, run := w.explain(t, "run", true, o.Text, variables)
		if n := ran.Load() - before; int(n) != len(run.Statements) {
			t.Errorf("%s: %d statements ran, %d are told", name, n, len(run.Statements))
		}
		if plain := w.ask(t, o.Text, variables); plain.data != answered.data {
			t.Errorf("%s: the answer differs when it is explained", name)
		}
		if !slices.Equal(plan.names(), run.names()) {
			t.Errorf("%s: planned %v, run %v", name, plan.names(), run.names())
		}
		if plan.Declared == nil || *plan.Declared != len(plan.Statements) {
			t.Errorf("%s declares %v, planned are %d", name, plan.Declared, len(plan.Statements))
		}
		for _, e := range []*explanation{plan, run} {
			asked := 0
			for _, b := range e.Batches {
				asked += b.Asked
				if len(b.Fields) == 0 || b.Asked < b.Keys || b.Keys == 0 {
					t.Errorf("%s: %+v", name, b)
				}
			}
			for _, s := range e.Statements {
				if !strings.HasPrefix(s.Text, "-- name: "+s.Name+"\n") || s.Batch < 0 || s.Batch > len(e.Batches) {
					t.Errorf("%s: %+v", name, s)
				}
			}
		}
	}
}

// TestPlansOfRandomDocuments finds no statement that is run and was not planned.
func TestPlansOfRandomDocuments(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, pgtest.Demo(t, "small")), Options{Limits: Limits{}})
	variables := map[string]any{"yes": true, "no": false}
	documents, same := pgtest.Rounds(500, 30), 0
	for i := range documents {
		g := &generator{rand: rand.New(rand.NewPCG(41, uint64(i))), schema: schemaOf(t)}
		query := g.document()
		_, plan := w.explain(t, "plan", true, query, variables)
		_, run := w.explain(t, "run", true, query, variables)
		if plan == nil && run == nil { // refused before it could be run
			continue
		}
		planned := plan.names()
		for _, name := range run.names() {
			at := slices.Index(planned, name)
			if at < 0 && slices.Contains([]string{"AdGroupByID", "AdByID", "ConversionTagByID"}, name) && slices.ContainsFunc(run.names(), isAboutSomething) {
				continue
			}
			if at < 0 {
				t.Fatalf("%s ran and was not planned for\n%s\nplanned %v\nrun %v\nbatches %+v", name, query, plan.names(), run.names(), run.Batches)
			}
			planned = slices.Delete(planned, at, at+1)
		}
		if len(planned) == 0 {
			same++
		}
	}
	t.Logf("of %d documents, %d ran just what was planned, the others less", documents, same)
	if same < documents/2 {
		t.Errorf("only %d of %d plans are what is run", same, documents)
	}
}

// isAboutSomething tells whether a statement reads one of what can be about several
// kinds of entity. A plan supposes that it is about a campaign.
func isAboutSomething(statement string) bool {
	return slices.Contains([]string{"ChangeByID", "NotificationByID", "RecommendationByID"}, statement)
}

// TestExplainRunsNoWrites asks for an explanation of a mutation in every mode: it
// must not be done, whoever asks.
func TestExplainRunsNoWrites(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t)), Options{})
	const query = `mutation Rename($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { userErrors { code } } }`
	name := func() string {
		a := w.ask(t, `query($id: ID!) { campaign(id: $id) { name version } }`, map[string]any{"id": campaignID(acme, 11)})
		return a.data
	}
	before := name()
	variables := map[string]any{"input": map[string]any{
		"idempotencyKey": "explained", "advertiserId": advertiserID(acme),
		"campaigns": []any{map[string]any{"id": campaignID(acme, 11), "version": 1, "name": "Renamed"}},
	}}
	for _, mode := range []string{"plan", "run", "analyze", "1"} {
		for _, may := range []bool{true, false} {
			a, e := w.explain(t, mode, may, query, variables)
			switch {
			case mode == "1":
				if !slices.Equal(a.codes(), []string{"INVALID"}) {
					t.Errorf("mode %q: %v", mode, a.codes())
				}
			case !may:
				if !slices.Equal(a.codes(), []string{"FORBIDDEN"}) {
					t.Errorf("who may not: %v", a.codes())
				}
			case e == nil || e.Note == "" || e.Mode != ExplainPlan || len(e.Statements) > 0 || a.data != "null" || e.Size.Points == 0:
				t.Errorf("mode %s: %+v %s", mode, e, a.sortedErrors())
			}
		}
	}
	if now := name(); now != before {
		t.Errorf("it was %s and is %s", before, now)
	}
}

// TestExplainTellsNoValues looks for values of a query, and of the database, in
// everything that is told besides the answer.
func TestExplainTellsNoValues(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t)), Options{})
	const query = `query Canaries($id: ID!, $text: String!) { advertiser(id: $id) {
	  a: campaigns(first: 7, filter: {nameContains: $text}) { totalCount edges { node { name } } }
	  b: campaigns(first: 7, filter: {nameContains: "canary-literal"}, report: {dates: {from: "2026-05-13", to: "2026-06-11"}}, orderBy: {metric: ROAS, direction: DESC}) {
	    edges { node { name } metrics { total { roas } } }
	  }
	  billing { profiles { type } }
	} }`
	a, e := w.explain(t, "analyze", true, query, map[string]any{"id": advertiserID(acme), "text": "canary-variable"})
	if len(a.errors) > 0 {
		t.Fatal(a.sortedErrors())
	}
	told, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, canary := range []string{"canary", "2026-05-13", "2026-06-11", advertiserID(acme)} {
		if strings.Contains(string(told), canary) {
			t.Errorf("%s is told: %s", canary, told)
		}
	}
	if !slices.Equal(e.Requires, []string{"VIEW_BILLING", "VIEW_CAMPAIGNS"}) {
		t.Errorf("it requires %v", e.Requires)
	}
	for _, s := range e.Statements {
		var plan struct {
			Plan struct {
				Type string `json:"Node Type"`
			}
			Time float64 `json:"Execution Time"`
		}
		if err := json.Unmarshal(s.Plan, &plan); err != nil || plan.Plan.Type == "" || plan.Time <= 0 {
			t.Errorf("%s: plan %s", s.Name, s.Plan)
		}
	}
}

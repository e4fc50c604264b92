package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/graph/documents"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/store"
)

// ExplainHeader asks for extensions.explain, in one of the modes.
const ExplainHeader = "X-Adsgraph-Explain"

// ExplainMode is how an operation is explained.
type ExplainMode string

// The modes. Mutations and subscriptions are never run, whatever the mode.
const (
	// ExplainPlan runs nothing: it tells which statements would be run, if every
	// list had a row.
	ExplainPlan ExplainMode = "plan"
	// ExplainRun answers and tells what was run for it.
	ExplainRun ExplainMode = "run"
	// ExplainAnalyze does so with PostgreSQL's plan of each statement, for which it is
	// run twice.
	ExplainAnalyze ExplainMode = "analyze"
)

// explanation is what is, or would be, run for an answer.
type explanation struct {
	Mode      ExplainMode      `json:"mode"`
	Operation explainedSubject `json:"operation"`
	Size      explainedSize    `json:"size"`
	// Declared is how many statements the document says that it needs, nil if it
	// is no trusted one with @screen.
	Declared *int `json:"declared"`
	// Requires are the capabilities that fields of it require.
	Requires []string `json:"requires"`
	// Batches are the calls of loaders, in the order in which they began.
	Batches []explainedBatch `json:"batches"`
	// Hits is how often a loader was asked for what it had read already.
	Hits       int                  `json:"hits"`
	Statements []explainedStatement `json:"statements"`
	// Experiments are the variants that the viewer has, in the order of the declaration.
	Experiments []explainedExperiment `json:"experiments,omitempty"`
	// Ms is how long the operation took, in milliseconds; statements overlap.
	Ms float64 `json:"ms"`
	// Note says why nothing was run, empty if that was not asked for.
	Note string `json:"note,omitempty"`
}

type explainedSubject struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Hash    string `json:"hash"` // SHA-256 of the document
	Trusted bool   `json:"trusted"`
}

// explainedSize is what the limits look at.
type explainedSize struct {
	Depth  int `json:"depth"`
	Fields int `json:"fields"`
	Rows   int `json:"rows"`   // if every page is full
	Points int `json:"points"` // at most, of the viewer's budget
}

type explainedExperiment struct {
	Key     string `json:"key"`
	Variant string `json:"variant"`
}

type explainedBatch struct {
	Loader string `json:"loader"`
	// Fields are the paths of the fields that asked.
	Fields []string `json:"fields"`
	Asked  int      `json:"asked"`
	Keys   int      `json:"keys"`
}

// explainedStatement is one statement. Its text has placeholders where values
// stand.
type explainedStatement struct {
	Name string `json:"name"`
	Text string `json:"text"`
	// Batch is the place of its batch, counted from 1, 0 for a root field's own read.
	Batch int     `json:"batch"`
	Rows  int     `json:"rows"`
	Ms    float64 `json:"ms"`
	// Replica names the read replica that ran it, if it was one.
	Replica string `json:"replica,omitempty"`
	// Plan is PostgreSQL's, without conditions and expressions.
	Plan json.RawMessage `json:"plan,omitempty"`
}

// parseExplain returns the mode that a request asks for, empty for none.
func parseExplain(h http.Header) (ExplainMode, *fault.Error) {
	switch mode := ExplainMode(h.Get(ExplainHeader)); mode {
	case "", ExplainPlan, ExplainRun, ExplainAnalyze:
		return mode, nil
	default:
		return "", fault.New(fault.Invalid, "%s is plan, run or analyze, not %.20q.", ExplainHeader, string(mode))
	}
}

// explainer explains operations to those who may know how the server works:
// everybody where there is a playground, and else whose token says so.
type explainer struct {
	open    bool
	library *documents.Library
}

var (
	_ graphql.OperationContextMutator = explainer{}
	_ graphql.OperationInterceptor    = explainer{}
	_ graphql.ResponseInterceptor     = explainer{}
)

// ExtensionName names the extension.
func (explainer) ExtensionName() string { return "Explain" }

// Validate accepts every schema.
func (explainer) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses who may not ask. Nothing of the operation is run
// then: a mutation that was to be explained must not be run instead.
func (x explainer) MutateOperationContext(ctx context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	mode, err := parseExplain(oc.Headers)
	if err != nil {
		return faultError(err)
	}
	if mode == "" || x.open {
		return nil
	}
	if v, err := auth.From(ctx); err != nil || !v.MayExplain {
		return faultError(fault.New(fault.Forbidden, "Explanations are for those whose token has the scope %s.", auth.ExplainScope))
	}
	return nil
}

type explainKey struct{}

// explaining is an operation that is being explained.
type explaining struct {
	mode  ExplainMode
	start time.Time
	stats *store.Stats
	trace *loader.Trace
}

// InterceptOperation begins to take notes.
func (x explainer) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	oc := graphql.GetOperationContext(ctx)
	mode, _ := parseExplain(oc.Headers) // refused already if it is none
	if mode == "" {
		return next(ctx)
	}
	e := &explaining{mode: mode, start: time.Now(), trace: &loader.Trace{}} //nolint:forbidigo // a duration for the client
	if oc.Operation.Operation != ast.Query {
		e.mode = ExplainPlan
		_, e.stats = store.WithStats(ctx)
		told := x.explanation(oc, e)
		told.Note = "A " + string(oc.Operation.Operation) + " is never run for its explanation; what it reads depends on what is written."
		return graphql.OneShot(&graphql.Response{Data: []byte("null"), Extensions: map[string]any{"explain": told}})
	}
	ctx, e.stats = store.WithStats(ctx)
	switch mode {
	case ExplainPlan:
		e.stats.PlanOnly()
	case ExplainAnalyze:
		e.stats.Analyze()
	case ExplainRun:
	}
	return next(context.WithValue(ctx, explainKey{}, e))
}

// InterceptResponse adds to an answer what was run for it, or puts that in its
// place.
func (x explainer) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	e, ok := ctx.Value(explainKey{}).(*explaining)
	if !ok || response == nil {
		return response
	}
	if e.mode == ExplainPlan {
		response.Data = []byte("null")
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["explain"] = x.explanation(graphql.GetOperationContext(ctx), e)
	return response
}

func (x explainer) explanation(oc *graphql.OperationContext, e *explaining) explanation {
	name, hash := called(oc)
	told := explanation{
		Mode:      e.mode,
		Operation: explainedSubject{name, string(oc.Operation.Operation), hash, x.library.Has(hash)},
		Requires:  capabilitiesOf(oc.Operation.SelectionSet), Batches: []explainedBatch{}, Hits: e.trace.Hits(), Statements: []explainedStatement{},
		Ms: milliseconds(time.Since(e.start)),
	}
	if s, ok := oc.Stats.GetExtension(limiter{}.ExtensionName()).(size); ok {
		told.Size = explainedSize{s.depth, s.fields, s.rows, s.estimate()}
	}
	if n, ok := (statementBudgets{library: x.library}).most(oc); ok {
		told.Declared = &n
	}
	for _, v := range experimentsOf(oc) {
		told.Experiments = append(told.Experiments, explainedExperiment{v.Key, v.Variant})
	}
	for _, b := range e.trace.Batches() {
		told.Batches = append(told.Batches, explainedBatch(b))
	}
	executions := e.stats.Executions()
	if e.mode == ExplainPlan {
		executions = e.stats.Planned()
		slices.SortStableFunc(executions, func(a, b store.Execution) int { // those of a batch were noted in any order
			return cmp.Or(cmp.Compare(a.Batch, b.Batch), cmp.Compare(a.Name, b.Name))
		})
	}
	for _, s := range executions {
		told.Statements = append(told.Statements, explainedStatement{s.Name, s.Text, s.Batch, s.Rows, milliseconds(s.Duration), s.Replica, s.Plan})
	}
	return told
}

// capabilitiesOf returns the capabilities that fields of a selection require.
func capabilitiesOf(set ast.SelectionSet) []string {
	found, seen := []string{}, map[string]bool{} // fragments may be spread often
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, sel := range set {
			switch sel := sel.(type) {
			case *ast.Field:
				if d := sel.Definition.Directives.ForName("requires"); d != nil {
					found = append(found, d.Arguments.ForName("capability").Value.Raw)
				}
				walk(sel.SelectionSet)
			case *ast.InlineFragment:
				walk(sel.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[sel.Name] {
					seen[sel.Name] = true
					walk(sel.Definition.SelectionSet)
				}
			}
		}
	}
	walk(set)
	slices.Sort(found)
	return slices.Compact(found)
}

// traceOf returns what notes down the batches of the operation that ctx belongs
// to, nil if nobody wants to know.
func traceOf(ctx context.Context) *loader.Trace {
	if e, ok := ctx.Value(explainKey{}).(*explaining); ok {
		return e.trace
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

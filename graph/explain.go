package graph

import (
	"context"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/internal/store"
)

// explainHeader asks, with any value, for extensions.explain: what was run for the
// answer. Servers with a playground give it.
const explainHeader = "X-Adsgraph-Explain"

// explanation is what was run for an answer. Every statement is one batch: it reads
// a field for all parents at once.
type explanation struct {
	Statements []explained `json:"statements"`
	// Ms is how long the operation took, in milliseconds; statements overlap.
	Ms float64 `json:"ms"`
}

// explained is a statement that was run. Neither its text nor values are shown.
type explained struct {
	Name string  `json:"name"`
	Rows int     `json:"rows"`
	Ms   float64 `json:"ms"`
}

func wantsExplanation(h http.Header) bool { return h.Get(explainHeader) != "" }

// explain adds to an answer what was run for it, for who asks for that.
func explain(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if !graphql.HasOperationContext(ctx) || !wantsExplanation(graphql.GetOperationContext(ctx).Headers) {
		return next(ctx)
	}
	start := time.Now() //nolint:forbidigo // a duration for the client
	ctx, stats := store.WithStats(ctx)
	response := next(ctx)
	if response == nil || ends(ctx) != nil {
		return response
	}
	e := explanation{Statements: []explained{}, Ms: milliseconds(time.Since(start))}
	for _, x := range stats.Executions() {
		e.Statements = append(e.Statements, explained{x.Name, x.Rows, milliseconds(x.Duration)})
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["explain"] = e
	return response
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

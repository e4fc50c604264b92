package graph

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"adsgraph/graph/documents"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// logOperation writes one line for each response: which document, for whom,
// and what it cost. Variables never appear in it. It counts and traces the
// operation as well.
func logOperation(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	start := time.Now() //nolint:forbidigo // a duration for the log
	ctx, stats := store.WithStats(ctx)
	if !graphql.HasOperationContext(ctx) {
		return next(ctx)
	}
	oc, lasts, span := graphql.GetOperationContext(ctx), ends(ctx) != nil, trace.Span(noop.Span{})
	if !lasts { // of a subscription, most of the time is waiting
		ctx, span = startSpan(ctx, "")
	}
	response := next(ctx)
	if response == nil {
		span.End()
		return nil
	}
	errors := codesOf(response)
	endSpan(span, errors)
	if lasts && len(errors) == 0 {
		return response // an event; its end says how many there were
	}
	took := time.Since(start)
	rows, executions := 0, stats.Executions()
	for _, e := range executions {
		rows += e.Rows
	}
	name, hash := called(oc)
	viewer, _ := auth.From(ctx) // 0 for nobody
	code := ""
	if len(errors) > 0 {
		code = errors[0]
	}
	if m, kind, outcome := observe.MetricsFrom(ctx), kindOf(oc), outcomeOf(fault.Code(code)); lasts {
		m.OperationSeen(knownOf(oc).trusted, kind, outcome)
	} else {
		m.OperationEnded(knownOf(oc).trusted, kind, outcome, took)
		logSlow(ctx, oc, took, stats)
	}
	line := []any{
		"name", name, "hash", hash[:16], "viewer", viewer.UserID,
		"statements", len(executions), "rows", rows, "ms", milliseconds(took),
		"bytes", len(response.Data), "errors", len(response.Errors), "code", code,
	}
	if values := experimentsOf(oc); values != nil {
		line = append(line, "experiments", values.String())
	}
	slog.InfoContext(ctx, "operation", line...)
	return response
}

// called returns the name of an operation as the log has it, and the document's
// SHA-256 in hex.
func called(oc *graphql.OperationContext) (name, hash string) {
	name = oc.OperationName
	if oc.Operation != nil {
		name = oc.Operation.Name
	}
	if len(name) > 64 { // the client chose it
		name = name[:64]
	}
	if k := knownOf(oc); k.hash != "" {
		return name, k.hash
	}
	return name, documents.Hash(oc.RawQuery)
}

package graph

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/graph/documents"
	"adsgraph/internal/auth"
	"adsgraph/internal/store"
)

// logOperation writes one line for each response: which document, for whom,
// and what it cost. Variables never appear in it.
func logOperation(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	start := time.Now() //nolint:forbidigo // a duration for the log
	ctx, stats := store.WithStats(ctx)
	response := next(ctx)
	if response == nil || !graphql.HasOperationContext(ctx) {
		return response
	}
	oc := graphql.GetOperationContext(ctx)
	if ends(ctx) != nil && len(response.Errors) == 0 {
		return response // an event; its end says how many there were
	}
	rows, executions := 0, stats.Executions()
	for _, e := range executions {
		rows += e.Rows
	}
	name, hash := called(oc)
	viewer, _ := auth.From(ctx) // 0 for nobody
	code := ""
	if len(response.Errors) > 0 {
		code, _ = response.Errors[0].Extensions["code"].(string)
	}
	slog.InfoContext(ctx, "operation", "name", name, "hash", hash[:16], "viewer", viewer.UserID,
		"statements", len(executions), "rows", rows, "ms", milliseconds(time.Since(start)),
		"bytes", len(response.Data), "errors", len(response.Errors), "code", code)
	return response
}

// hashExtension is under what an operation that was admitted keeps the hash of its
// document.
const hashExtension = "Hash"

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
	if hash, ok := oc.Stats.GetExtension(hashExtension).(string); ok {
		return name, hash
	}
	return name, documents.Hash(oc.RawQuery)
}

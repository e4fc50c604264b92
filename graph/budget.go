package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/graph/documents"
	"adsgraph/internal/store"
)

// statementBudgets holds trusted documents to the statements that they declare
// with @screen. What a client declares in a document of its own means nothing.
type statementBudgets struct {
	mode    Mode
	library *documents.Library
}

// most returns how many statements an operation may need, false for any number.
func (b statementBudgets) most(oc *graphql.OperationContext) (n int, ok bool) {
	if oc.Operation == nil {
		return 0, false // it was not admitted
	}
	screen := oc.Operation.Directives.ForName("screen")
	if screen == nil {
		return 0, false
	}
	if _, hash := called(oc); !b.library.Has(hash) {
		return 0, false
	}
	n, err := graphql.UnmarshalInt(screen.ArgumentMap(nil)["statements"])
	return n, err == nil
}

// around runs an operation within its budget. One statement too many is not run
// if the budget is enforced, so that the part that needs it is null; otherwise
// the log tells of it.
func (b statementBudgets) around(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if !graphql.HasOperationContext(ctx) {
		return next(ctx)
	}
	most, ok := b.most(graphql.GetOperationContext(ctx))
	if !ok {
		return next(ctx)
	}
	ctx, stats := store.WithStats(ctx)
	if b.mode == Enforce {
		stats.Limit(most)
		return next(ctx)
	}
	response := next(ctx)
	if n := len(stats.Executions()); n > most {
		warnPassed(ctx, LimitStatements, n, most)
	}
	return response
}

package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/graph/operations"
	"adsgraph/internal/store"
)

// statementBudgets holds screens to the statements that they declare. A screen is
// known by the hash of its document: what a client calls its operation, or
// declares in a document of its own, means nothing.
type statementBudgets struct {
	mode Mode
	most map[string]int // by hash
}

// newStatementBudgets returns the middleware of the screens' budgets.
func newStatementBudgets(mode Mode) (*statementBudgets, error) {
	all, err := operations.All()
	if err != nil {
		return nil, err
	}
	b := &statementBudgets{mode, make(map[string]int, len(all))}
	for _, o := range all {
		b.most[o.Hash] = o.Statements
	}
	return b, nil
}

// around runs an operation within its budget. One statement too many is not run
// if the budget is enforced, so that the part that needs it is null; otherwise
// the log tells of it.
func (b *statementBudgets) around(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if !graphql.HasOperationContext(ctx) {
		return next(ctx)
	}
	_, hash := called(graphql.GetOperationContext(ctx))
	most, ok := b.most[hash]
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

package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/store"
)

// ReadAfterHeader carries the mark of a write: the server gives it with the answer
// to a mutation, in extensions.readAfter too, and the client sends it along to see
// its write, even where replicas are read. Without replicas there is none.
const ReadAfterHeader = "X-Adsgraph-Read-After"

// readAfter gives each answer to a mutation a mark.
func readAfter(s *store.Store) graphql.ResponseMiddleware {
	return func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		response := next(ctx)
		oc := graphql.GetOperationContext(ctx)
		if response == nil || oc.Operation == nil || oc.Operation.Operation != ast.Mutation {
			return response
		}
		if mark := s.Mark(ctx); mark != "" {
			if response.Extensions == nil {
				response.Extensions = map[string]any{}
			}
			response.Extensions["readAfter"] = mark
		}
		return response
	}
}

// route returns a context in which a query reads from a replica that has what the
// client has seen. Everything else reads from the primary.
func (t HTTP) route(ctx context.Context, op *admitted) context.Context {
	if op.Operation.Operation != ast.Query || op.Headers.Get(ExplainHeader) == string(ExplainPlan) {
		return ctx
	}
	return t.store.Route(ctx, op.Headers.Get(ReadAfterHeader))
}

// tellMark puts the mark of an answer into its header.
func tellMark(h http.Header, r *graphql.Response) {
	if mark, ok := r.Extensions["readAfter"].(string); ok {
		h.Set(ReadAfterHeader, mark)
	}
}

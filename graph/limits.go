package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
	"adsgraph/internal/store"
)

// The limits of a document, far above what screens need.
const (
	maxDepth      = 16   // fields below fields; introspection needs 13
	maxFields     = 2000 // fields once fragments are spread
	maxRootFields = 20
	maxRows       = 20_000 // rows of all lists, if every page is full
)

// limits refuses documents that are too deep or too large once their fragments
// are spread, before anything is run.
type limits struct{}

var _ graphql.OperationContextMutator = limits{}

// ExtensionName names the extension.
func (limits) ExtensionName() string { return "Limits" }

// Validate accepts every schema.
func (limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext measures the operation. It looks at each fragment
// once, however often it is spread.
func (limits) MutateOperationContext(_ context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	m := measurer{fragments: map[string]size{}, variables: oc.Variables}
	s := m.measure(oc.Operation.SelectionSet)
	var f *fault.Error
	switch {
	case s.depth > maxDepth:
		f = fault.New(fault.TooLarge, "The document is %d fields deep; at most %d are allowed.", s.depth, maxDepth)
	case s.fields > maxFields:
		f = fault.New(fault.TooLarge, "The document has more than %d fields with its fragments spread.", maxFields)
	case s.top > maxRootFields:
		f = fault.New(fault.TooLarge, "The operation has %d root fields; at most %d are allowed.", s.top, maxRootFields)
	case s.rows > maxRows:
		f = fault.New(fault.TooLarge, "The operation asks for more than %d rows, page sizes multiplied along nested lists. Ask for smaller pages.", maxRows)
	default:
		return nil
	}
	err := gqlerror.Wrap(f)
	err.Extensions = map[string]any{"code": string(f.Code)}
	return err
}

// size is how large a selection set is. rows is how many rows its lists may
// have for one parent.
type size struct{ depth, fields, top, rows int }

type measurer struct {
	fragments map[string]size
	variables map[string]any
}

func (m *measurer) measure(set ast.SelectionSet) (s size) {
	for _, sel := range set {
		var below size
		switch sel := sel.(type) {
		case *ast.Field:
			below = m.measure(sel.SelectionSet)
			rows := below.rows
			if n := m.pageSize(sel); n > 0 {
				rows = n * (1 + rows)
			}
			below = size{below.depth + 1, below.fields + 1, 1, rows}
		case *ast.InlineFragment:
			below = m.measure(sel.SelectionSet)
		case *ast.FragmentSpread: // validation has refused cycles
			known, ok := m.fragments[sel.Name]
			if !ok {
				known = m.measure(sel.Definition.SelectionSet)
				m.fragments[sel.Name] = known
			}
			below = known
		}
		s.depth = max(s.depth, below.depth)
		s.fields = min(s.fields+below.fields, maxFields+1) // so that doubling fragments cannot overflow
		s.top += below.top
		s.rows = min(s.rows+below.rows, maxRows+1)
	}
	return s
}

// pageSize returns how many rows a field's list may have, 0 for a field that
// is not a list. What is out of bounds is refused later, with a better message.
func (m *measurer) pageSize(f *ast.Field) int {
	if f.Definition.Arguments.ForName("first") == nil {
		return 0
	}
	n, err := graphql.UnmarshalInt(f.ArgumentMap(m.variables)["first"])
	if err != nil {
		return 0
	}
	return max(0, min(n, store.MaxPage))
}

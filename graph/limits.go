package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
)

// The limits of a document. They are far above what screens need and keep a
// hostile one from costing more than a glance.
const (
	maxDepth      = 16   // fields below fields; introspection needs 13
	maxFields     = 2000 // fields once fragments are spread
	maxRootFields = 20
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
	m := measurer{fragments: map[string]size{}}
	s := m.measure(oc.Operation.SelectionSet)
	var f *fault.Error
	switch {
	case s.depth > maxDepth:
		f = fault.New(fault.TooLarge, "The document is %d fields deep; at most %d are allowed.", s.depth, maxDepth)
	case s.fields > maxFields:
		f = fault.New(fault.TooLarge, "The document has more than %d fields with its fragments spread.", maxFields)
	case s.top > maxRootFields:
		f = fault.New(fault.TooLarge, "The operation has %d root fields; at most %d are allowed.", s.top, maxRootFields)
	default:
		return nil
	}
	err := gqlerror.Wrap(f)
	err.Extensions = map[string]any{"code": string(f.Code)}
	return err
}

// size is how large a selection set is.
type size struct{ depth, fields, top int }

type measurer struct{ fragments map[string]size }

func (m *measurer) measure(set ast.SelectionSet) (s size) {
	for _, sel := range set {
		var below size
		switch sel := sel.(type) {
		case *ast.Field:
			below = m.measure(sel.SelectionSet)
			below = size{below.depth + 1, below.fields + 1, 1}
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
	}
	return s
}

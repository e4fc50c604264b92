package setwise

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Selected is a field of an operation as it stands in one selection set, with
// what is selected below it.
type Selected struct {
	node *node
	// variables are those of the operation.
	variables map[string]any
}

// node is what is true of a Selected in every run of its document.
type node struct {
	field    graphql.CollectedField
	key      []byte // `"alias":`
	bound    *Field // nil for __typename
	declared *ast.Definition
	below    []*selection // one per concrete type that the field can have
	memo     sync.Map     // what Derive worked out
}

// selection is a selection set applied to one object type.
type selection struct {
	object *Object
	nodes  []*node
}

// tree returns the node of a field with all that is selected below it, and how
// many nodes that are.
func (r *Registry) tree(op *graphql.OperationContext, field graphql.CollectedField) (*node, int) {
	n, size := &node{field: field, declared: r.schema.Types[field.Definition.Type.Name()]}, 1
	r.grow(op, n, &size)
	return n, size
}

// grow collects what is selected below a node, for all types that it can have.
func (r *Registry) grow(op *graphql.OperationContext, n *node, size *int) {
	if n.declared == nil || n.declared.IsLeafType() {
		return
	}
	objects := r.possible(n.declared)
	n.below = make([]*selection, len(objects))
	for i, o := range objects {
		collected := graphql.CollectFields(op, n.field.Selections, o.satisfies)
		*size += len(collected)
		sel := &selection{object: o, nodes: make([]*node, len(collected))}
		n.below[i] = sel
		nodes := make([]node, len(collected))
		for j, f := range collected {
			below := &nodes[j]
			below.field, below.key = f, append(AppendString(nil, f.Alias), ':')
			if f.Name != "__typename" {
				below.bound = o.fields[f.Name]
				below.declared = r.schema.Types[f.Definition.Type.Name()]
			}
			sel.nodes[j] = below
			r.grow(op, below, size)
		}
	}
}

// possible returns the object types that a value of a type can have.
func (r *Registry) possible(declared *ast.Definition) []*Object {
	if o := r.byName[declared.Name]; o != nil {
		return []*Object{o}
	}
	var objects []*Object
	for _, def := range r.schema.PossibleTypes[declared.Name] {
		objects = append(objects, r.byName[def.Name])
	}
	return objects
}

// on returns the selection set below n for objects of a type.
func (n *node) on(o *Object) (int, *selection) {
	for i, sel := range n.below {
		if sel.object == o {
			return i, sel
		}
	}
	panic("setwise: " + n.declared.Name + " is never a " + o.name) // objectOf saw to that
}

// Below returns the fields selected under a path of field names, whatever
// their aliases and fragments. Abstract types on the way are looked at in all
// their concrete forms.
func (s Selected) Below(path ...string) []Selected {
	found := []Selected{s}
	for _, name := range path {
		var next []Selected
		for _, f := range found {
			for _, sel := range f.node.below {
				for _, below := range sel.nodes {
					if below.field.Name == name {
						next = append(next, Selected{below, s.variables})
					}
				}
			}
		}
		found = next
	}
	return found
}

// Fields returns the fields selected directly under s.
func (s Selected) Fields() []Selected {
	n := 0
	for _, sel := range s.node.below {
		n += len(sel.nodes)
	}
	fields := make([]Selected, 0, n)
	for _, sel := range s.node.below {
		for _, below := range sel.nodes {
			fields = append(fields, Selected{below, s.variables})
		}
	}
	return fields
}

// Name returns the field's name, not its alias.
func (s Selected) Name() string { return s.node.field.Name }

// Arg returns an argument of the field as the document gives it.
func (s Selected) Arg(name string) any { return s.node.field.ArgumentMap(s.variables)[name] }

// Derive returns what f makes of a selection. It is kept for the next run of the
// document under the key, so it must follow from names and not from arguments.
func Derive[T any](s Selected, key any, f func(s Selected) T) T {
	if kept, ok := s.node.memo.Load(key); ok {
		return kept.(T)
	}
	made := f(s)
	s.node.memo.Store(key, made)
	return made
}

// Current returns the field that a resolver of gqlgen's executor is resolving,
// so that both ways of executing see selections alike.
func (r *Registry) Current(ctx context.Context) Selected {
	fc, op := graphql.GetFieldContext(ctx), graphql.GetOperationContext(ctx)
	return Selected{r.selected(op, fc), op.Variables}
}

package setwise

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Selected is a field of a document as it stands in one selection set, with
// what is selected below it.
type Selected struct {
	registry *Registry
	op       *graphql.OperationContext
	field    graphql.CollectedField
	key      []byte // `"alias":`
	bound    *Field // nil for __typename
	declared *ast.Definition
	below    []*selection // one per concrete type met so far
}

// selection is a selection set applied to one object type.
type selection struct {
	object *Object
	fields []*Selected
}

// on returns the selection set below s for objects of a type, made once.
func (s *Selected) on(o *Object) (int, *selection) {
	for i, sel := range s.below {
		if sel.object == o {
			return i, sel
		}
	}
	collected := graphql.CollectFields(s.op, s.field.Selections, o.satisfies)
	sel := &selection{object: o, fields: make([]*Selected, len(collected))}
	fields := make([]Selected, len(collected))
	keys, ends := make([]byte, 0, 24*len(collected)), make([]int, len(collected))
	for i, f := range collected {
		below := &fields[i]
		*below = Selected{registry: s.registry, op: s.op, field: f}
		if f.Name != "__typename" {
			below.bound = o.fields[f.Name]
			below.declared = s.registry.schema.Types[f.Definition.Type.Name()]
		}
		sel.fields[i] = below
		keys = append(AppendString(keys, f.Alias), ':')
		ends[i] = len(keys)
	}
	start := 0
	for i, end := range ends { // keys has found its place now
		fields[i].key, start = keys[start:end:end], end
	}
	s.below = append(s.below, sel)
	return len(s.below) - 1, sel
}

// Below returns the fields selected under a path of field names, whatever
// their aliases and fragments. Abstract types on the way are looked at in all
// their concrete forms.
func (s *Selected) Below(path ...string) []*Selected {
	found := []*Selected{s}
	for _, name := range path {
		var next []*Selected
		for _, f := range found {
			for _, below := range f.Fields() {
				if below.field.Name == name {
					next = append(next, below)
				}
			}
		}
		found = next
	}
	return found
}

// Fields returns the fields selected directly under s.
func (s *Selected) Fields() []*Selected {
	var fields []*Selected
	for _, o := range s.possible() {
		_, sel := s.on(o)
		fields = append(fields, sel.fields...)
	}
	return fields
}

// Name returns the field's name, not its alias.
func (s *Selected) Name() string { return s.field.Name }

// Arg returns an argument of the field as the document gives it.
func (s *Selected) Arg(name string) any { return s.field.ArgumentMap(s.op.Variables)[name] }

func (s *Selected) possible() []*Object {
	if s.declared == nil {
		return nil
	}
	if o := s.registry.byName[s.declared.Name]; o != nil {
		return []*Object{o}
	}
	var objects []*Object
	for _, def := range s.registry.schema.PossibleTypes[s.declared.Name] {
		objects = append(objects, s.registry.byName[def.Name])
	}
	return objects
}

// Current returns the field that a resolver of gqlgen's executor is resolving,
// so that both ways of executing see selections alike.
func (r *Registry) Current(ctx context.Context) *Selected {
	fc := graphql.GetFieldContext(ctx)
	return &Selected{
		registry: r, op: graphql.GetOperationContext(ctx), field: fc.Field,
		declared: r.schema.Types[fc.Field.Definition.Type.Name()],
	}
}

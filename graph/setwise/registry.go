// Package setwise answers the selections below a resolved object for all rows
// at once: level by level, one call per field and level instead of one per
// field and row, and then writes the answer in one pass. It knows GraphQL and
// nothing about ads; what a field reads is registered by its users.
package setwise

import (
	"context"
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Registry knows how to read every field of every object type that lies below
// the root types of a schema.
type Registry struct {
	schema *ast.Schema
	guard  Guard
	byGo   map[reflect.Type][]*Object
	byName map[string]*Object
	kept   *kept
}

// Guard returns why the field of an object may not be read, given the capability
// that the schema's directive @requires names, or nil.
type Guard func(obj any, capability string) error

// Object binds a GraphQL object type to the Go type of its values, which
// travel as pointers. A Go type may serve several object types.
type Object struct {
	name      string
	goType    reflect.Type
	fields    map[string]*Field
	satisfies []string // the type and its interfaces and unions
}

// Field says how one field is read. Exactly one of the functions is set.
type Field struct {
	name string
	// requires is the capability that it takes to read the field, or empty.
	requires string
	// leaf appends a scalar, given the object as a pointer and as a value.
	leaf func(b []byte, obj any, v reflect.Value) []byte
	// child returns the object that the field holds, or nil.
	child func(obj any) any
	// each appends the objects of the list that the field holds.
	each func(dst []any, obj any) []any
	// load starts reading the field for all objects. The result waits, for one
	// object, until it was read.
	load func(ctx context.Context, objs []any, args *Args, sel Selected) (await func(i int) (any, error), err error)
	// spread takes a loaded list apart; it is nil for objects and scalars.
	spread func(dst []any, list any) []any
}

// NewObject binds the object type called name to the Go type T. Fields that
// are not given are T's struct fields of the same name, in any case; those may
// hold scalars, objects and lists of objects.
func NewObject[T any](name string, fields ...*Field) *Object {
	o := &Object{name: name, goType: reflect.TypeFor[T](), fields: map[string]*Field{}}
	for _, f := range fields {
		o.fields[f.name] = f
	}
	return o
}

// Leaf is a scalar worked out from its object.
func Leaf[T any](name string, write func(b []byte, obj *T) []byte) *Field {
	return &Field{name: name, leaf: func(b []byte, obj any, _ reflect.Value) []byte { return write(b, obj.(*T)) }}
}

// Child is an object worked out from its object; it may be nil.
func Child[T, C any](name string, get func(obj *T) *C) *Field {
	return &Field{name: name, child: func(obj any) any {
		if c := get(obj.(*T)); c != nil {
			return c
		}
		return nil
	}}
}

// Any is an object of one of several Go types, held by its object.
func Any[T any](name string, get func(obj *T) any) *Field {
	return &Field{name: name, child: func(obj any) any { return get(obj.(*T)) }}
}

// Thunk waits until a value was read.
type Thunk[V any] func() (V, error)

// Load is a field that has to be read. plan is called once for a level, to see
// what the arguments ask for and what is selected; start then for every object
// of the level, before anything is flushed, so that all share a batch. V is a
// scalar, a pointer to an object, or a slice of objects.
func Load[T, P, V any](name string, plan func(a *Args, sel Selected) (P, error), start func(ctx context.Context, obj *T, p P) Thunk[V]) *Field {
	return LoadAll(name, plan, func(ctx context.Context, objs []*T, p P) func(i int) (V, error) {
		thunks := make([]Thunk[V], len(objs))
		for i, obj := range objs {
			thunks[i] = start(ctx, obj, p)
		}
		return func(i int) (V, error) { return thunks[i]() }
	})
}

// LoadAll is a Load whose start is called once for all objects of a level. What
// it returns is called once per object.
func LoadAll[T, P, V any](name string, plan func(a *Args, sel Selected) (P, error), start func(ctx context.Context, objs []*T, p P) func(i int) (V, error)) *Field {
	f := &Field{name: name}
	pointer := reflect.TypeFor[V]().Kind() == reflect.Pointer
	f.load = func(ctx context.Context, objs []any, args *Args, sel Selected) (func(int) (any, error), error) {
		p, err := plan(args, sel)
		if args.err != nil {
			return nil, &argumentError{args.err}
		}
		if err != nil {
			return nil, err
		}
		typed := make([]*T, len(objs))
		for i, obj := range objs {
			typed[i] = obj.(*T)
		}
		wait := start(ctx, typed, p)
		return func(i int) (any, error) {
			v, err := wait(i)
			if err != nil || pointer && reflect.ValueOf(v).IsNil() {
				return nil, err
			}
			return v, nil
		}, nil
	}
	if t := reflect.TypeFor[V](); t.Kind() == reflect.Slice {
		f.spread = spread(t)
	}
	return f
}

// NoPlan is the plan of a field that needs neither arguments nor selection.
func NoPlan(*Args, Selected) (struct{}, error) { return struct{}{}, nil }

// New builds a registry and checks it against the schema: every object type
// that is not a root and every field of it must be bound. The guard is asked
// before a field that requires a capability is read.
func New(schema *ast.Schema, guard Guard, objects ...*Object) (*Registry, error) {
	r := &Registry{schema: schema, guard: guard, byGo: map[reflect.Type][]*Object{}, byName: map[string]*Object{}, kept: newKept()}
	for _, o := range objects {
		r.byName[o.name] = o
		r.byGo[o.goType] = append(r.byGo[o.goType], o)
	}
	for name, def := range schema.Types {
		if def.Kind != ast.Object || r.isRoot(name) || strings.HasPrefix(name, "__") {
			continue
		}
		o := r.byName[name]
		if o == nil {
			return nil, fmt.Errorf("object type %s is not bound", name)
		}
		o.satisfies = []string{name}
		for _, abstract := range schema.Implements[name] {
			o.satisfies = append(o.satisfies, abstract.Name)
		}
		for _, fd := range def.Fields {
			if o.fields[fd.Name] == nil {
				f, err := structField(schema, o.goType, fd)
				if err != nil {
					return nil, fmt.Errorf("%s.%s: %w", name, fd.Name, err)
				}
				o.fields[fd.Name] = f
			}
			if d := fd.Directives.ForName("requires"); d != nil {
				f := o.fields[fd.Name]
				if f.leaf != nil || fd.Type.NonNull {
					return nil, fmt.Errorf("%s.%s: what requires a capability must be an object or a list, and nullable", name, fd.Name)
				}
				f.requires = d.Arguments.ForName("capability").Value.Raw
			}
		}
	}
	return r, nil
}

// isRoot tells whether an object type is that of an operation.
func (r *Registry) isRoot(object string) bool {
	for _, def := range []*ast.Definition{r.schema.Query, r.schema.Mutation, r.schema.Subscription} {
		if def != nil && def.Name == object {
			return true
		}
	}
	return false
}

// Reads tells whether a field of an object type has to be read, and does not come
// with its object.
func (r *Registry) Reads(object, field string) bool {
	o, ok := r.byName[object]
	return ok && o.fields[field] != nil && o.fields[field].load != nil
}

// structField binds a GraphQL field to the struct field of the same name.
func structField(schema *ast.Schema, t reflect.Type, fd *ast.FieldDefinition) (*Field, error) {
	sf, ok := t.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, fd.Name) })
	if !ok {
		return nil, fmt.Errorf("%s has no such field", t)
	}
	f, index := &Field{name: fd.Name}, sf.Index
	def := schema.Types[fd.Type.Name()]
	switch {
	case def.IsLeafType():
		appendValue, err := appender(sf.Type)
		if err != nil {
			return nil, err
		}
		f.leaf = func(b []byte, _ any, v reflect.Value) []byte { return appendValue(b, v.FieldByIndex(index)) }
	case fd.Type.Elem != nil:
		apart := spread(sf.Type)
		f.each = func(dst []any, obj any) []any {
			return apart(dst, reflect.ValueOf(obj).Elem().FieldByIndex(index).Interface())
		}
	case sf.Type.Kind() == reflect.Pointer || sf.Type.Kind() == reflect.Interface:
		f.child = func(obj any) any {
			if v := reflect.ValueOf(obj).Elem().FieldByIndex(index); !v.IsNil() {
				return v.Interface()
			}
			return nil
		}
	default:
		f.child = func(obj any) any { return reflect.ValueOf(obj).Elem().FieldByIndex(index).Addr().Interface() }
	}
	return f, nil
}

// spread returns a function that appends pointers to a slice's elements.
func spread(t reflect.Type) func(dst []any, list any) []any {
	pointers := t.Elem().Kind() == reflect.Pointer || t.Elem().Kind() == reflect.Interface
	return func(dst []any, list any) []any {
		v := reflect.ValueOf(list)
		for i := range v.Len() {
			e := v.Index(i)
			switch {
			case !pointers:
				dst = append(dst, e.Addr().Interface())
			case e.IsNil():
				dst = append(dst, nil)
			default:
				dst = append(dst, e.Interface())
			}
		}
		return dst
	}
}

// objectOf returns the binding of a value for a field of the given type.
func (r *Registry) objectOf(value any, declared *ast.Definition) (*Object, error) {
	for _, o := range r.byGo[reflect.TypeOf(value).Elem()] {
		if slices.Contains(o.satisfies, declared.Name) {
			return o, nil
		}
	}
	return nil, fmt.Errorf("no object type for %T in a field of type %s", value, declared.Name)
}

// Appender is a scalar that appends itself as JSON.
type Appender interface{ AppendGQL(b []byte) []byte }

// appender returns a function that appends values of a Go type as JSON, the
// way gqlgen does.
func appender(t reflect.Type) (func(b []byte, v reflect.Value) []byte, error) {
	if t.Kind() == reflect.Pointer {
		elem, err := appender(t.Elem())
		if err != nil {
			return nil, err
		}
		return func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, "null"...)
			}
			return elem(b, v.Elem())
		}, nil
	}
	if t.Implements(reflect.TypeFor[Appender]()) {
		return func(b []byte, v reflect.Value) []byte { return v.Interface().(Appender).AppendGQL(b) }, nil
	}
	if t == timeType {
		return appendTime, nil
	}
	if t.Kind() == reflect.Slice {
		elem, err := appender(t.Elem())
		if err != nil {
			return nil, err
		}
		return func(b []byte, v reflect.Value) []byte {
			b = append(b, '[')
			for i := range v.Len() {
				if i > 0 {
					b = append(b, ',')
				}
				b = elem(b, v.Index(i))
			}
			return append(b, ']')
		}, nil
	}
	if f, ok := kinds[t.Kind()]; ok && !t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return f, nil
	}
	return nil, fmt.Errorf("%s is not a scalar that can be written", t)
}

// Args is the arguments of one field as the document gives them, for decoding
// with gqlgen's own functions.
type Args struct {
	ctx context.Context
	raw map[string]any
	err error
}

// Arg returns one argument, or the zero value after a mistake in this or an
// earlier one; see Err.
func Arg[V any](a *Args, name string, unmarshal func(v any) (V, error)) V {
	return decode(a, name, func(_ context.Context, v any) (V, error) { return unmarshal(v) })
}

// Opt returns one nullable argument, nil when it is absent or null.
func Opt[V any](a *Args, name string, unmarshal func(v any) (V, error)) *V {
	return decode(a, name, func(_ context.Context, v any) (*V, error) {
		if v == nil {
			return nil, nil
		}
		value, err := unmarshal(v)
		return &value, err
	})
}

// Input returns one input object, nil when it is absent or null. The second
// name is that of its type.
func Input[V any](a *Args, name, typeName string) *V {
	return decode(a, name, func(ctx context.Context, v any) (*V, error) {
		if v == nil {
			return nil, nil
		}
		value := new(V)
		err := graphql.UnmarshalNamedInputFromContext(ctx, typeName, v, value)
		return value, graphql.ErrorOnPath(ctx, err)
	})
}

func decode[V any](a *Args, name string, unmarshal func(ctx context.Context, v any) (V, error)) (v V) {
	if a.err != nil {
		return v
	}
	v, err := graphql.ProcessArgField(a.ctx, a.raw, name, func(ctx context.Context, raw any) (V, error) {
		value, err := unmarshal(ctx, raw)
		return value, graphql.ErrorOnPath(ctx, err)
	})
	a.err = err
	return v
}

// Err returns the first mistake in the arguments.
func (a *Args) Err() error { return a.err }

// argumentError marks mistakes in arguments, which gqlgen reports at the
// argument's path and without a place in the document.
type argumentError struct{ error }

package bundle

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// types writes the TypeScript types of documents: of each operation the
// variables and the data, and the enums and inputs that they use.
func types(schema *ast.Schema, docs []*ast.QueryDocument) ([]byte, error) {
	w := &writer{schema: schema, named: map[string]string{}}
	var operations bytes.Buffer
	taken := map[string]bool{}
	for _, doc := range docs {
		for _, o := range doc.Operations {
			if o.Name == "" {
				continue // there is nothing to call its types
			}
			if taken[o.Name] {
				return nil, fmt.Errorf("two documents have an operation %s, so their types would have one name", o.Name)
			}
			taken[o.Name] = true
			root := map[ast.Operation]*ast.Definition{ast.Query: schema.Query, ast.Mutation: schema.Mutation, ast.Subscription: schema.Subscription}[o.Operation]
			fmt.Fprintf(&operations, "\nexport type %sVariables = %s\n", o.Name, w.variables(o.VariableDefinitions))
			fmt.Fprintf(&operations, "\nexport type %sData = %s\n", o.Name, w.object(root, []ast.SelectionSet{o.SelectionSet}, ""))
		}
	}
	var b bytes.Buffer
	b.WriteString("// Made by adsgraph client. Do not edit.\n\n// Enums may get values: a client must expect others than those that it knows.\ntype Other = string & {}\n")
	for _, name := range slices.Sorted(maps.Keys(w.named)) {
		fmt.Fprintf(&b, "\nexport type %s = %s\n", name, w.named[name])
	}
	b.Write(operations.Bytes())
	return b.Bytes(), nil
}

type writer struct {
	schema *ast.Schema
	named  map[string]string // enums and inputs by name
}

// leaf returns the type of a scalar or an enum.
func (w *writer) leaf(name string, output bool) string {
	d := w.schema.Types[name]
	switch {
	case d.Kind == ast.Enum:
		if _, ok := w.named[name]; !ok {
			values := make([]string, len(d.EnumValues))
			for i, v := range d.EnumValues {
				values[i] = "'" + v.Name + "'"
			}
			w.named[name] = strings.Join(values, " | ")
		}
		if output {
			return name + " | Other"
		}
		return name
	case name == "Int", name == "Float", name == "Count":
		return "number"
	case name == "Boolean":
		return "boolean"
	case name == "JSON":
		return "unknown"
	case d.Kind == ast.InputObject:
		w.inputObject(d)
		return name
	default: // ids, days, times and amounts are text
		return "string"
	}
}

func (w *writer) inputObject(d *ast.Definition) {
	if _, ok := w.named[d.Name]; ok {
		return
	}
	w.named[d.Name] = "" // it may hold itself
	var b strings.Builder
	b.WriteString("{\n")
	for _, f := range d.Fields {
		optional := ""
		if !f.Type.NonNull || f.DefaultValue != nil {
			optional = "?"
		}
		fmt.Fprintf(&b, "  %s%s: %s\n", f.Name, optional, wrap(f.Type, w.leaf(f.Type.Name(), false), "readonly "))
	}
	b.WriteString("}")
	w.named[d.Name] = b.String()
}

func (w *writer) variables(list ast.VariableDefinitionList) string {
	if len(list) == 0 {
		return "Record<string, never>"
	}
	var b strings.Builder
	b.WriteString("{\n")
	for _, v := range list {
		optional := ""
		if !v.Type.NonNull || v.DefaultValue != nil {
			optional = "?"
		}
		fmt.Fprintf(&b, "  %s%s: %s\n", v.Variable, optional, wrap(v.Type, w.leaf(v.Type.Name(), false), "readonly "))
	}
	b.WriteString("}")
	return b.String()
}

// wrap puts lists and null around a type.
func wrap(t *ast.Type, inner, list string) string {
	if t.Elem != nil {
		inner = list + "(" + wrap(t.Elem, inner, list) + ")[]"
	}
	if !t.NonNull {
		inner += " | null"
	}
	return inner
}

// selected is what is selected under one name of a response.
type selected struct {
	field    *ast.Field
	below    []ast.SelectionSet
	optional bool
}

// object returns the type of an object of a type, or of several.
func (w *writer) object(d *ast.Definition, sets []ast.SelectionSet, indent string) string {
	var shapes []string
	for _, possible := range w.schema.GetPossibleTypes(d) {
		var order []string
		fields := map[string]*selected{}
		for _, set := range sets {
			w.collect(possible, set, false, fields, &order)
		}
		var b strings.Builder
		b.WriteString("{\n")
		for _, key := range order {
			s := fields[key]
			optional := ""
			if s.optional {
				optional = "?"
			}
			fmt.Fprintf(&b, "%s  %s%s: %s\n", indent, key, optional, w.field(possible, s, indent+"  "))
		}
		b.WriteString(indent + "}")
		if shape := b.String(); !slices.Contains(shapes, shape) {
			shapes = append(shapes, shape)
		}
	}
	return strings.Join(shapes, " | ")
}

func (w *writer) field(of *ast.Definition, s *selected, indent string) string {
	if s.field.Name == "__typename" {
		return "'" + of.Name + "'"
	}
	t := s.field.Definition.Type
	if d := w.schema.Types[t.Name()]; d.IsCompositeType() {
		return wrap(t, w.object(d, s.below, indent), "")
	}
	return wrap(t, w.leaf(t.Name(), true), "")
}

// collect gathers what a selection set selects of an object.
func (w *writer) collect(of *ast.Definition, set ast.SelectionSet, optional bool, fields map[string]*selected, order *[]string) {
	applies := func(condition string) bool {
		return condition == "" || condition == of.Name || slices.Contains(w.schema.GetPossibleTypes(w.schema.Types[condition]), of)
	}
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			maybe := optional || conditional(s.Directives)
			known, ok := fields[s.Alias]
			if !ok {
				known = &selected{field: s, optional: maybe}
				fields[s.Alias] = known
				*order = append(*order, s.Alias)
			}
			known.optional = known.optional && maybe
			known.below = append(known.below, s.SelectionSet)
		case *ast.InlineFragment:
			if applies(s.TypeCondition) {
				w.collect(of, s.SelectionSet, optional || conditional(s.Directives), fields, order)
			}
		case *ast.FragmentSpread:
			if applies(s.Definition.TypeCondition) {
				w.collect(of, s.Definition.SelectionSet, optional || conditional(s.Directives), fields, order)
			}
		}
	}
}

func conditional(list ast.DirectiveList) bool {
	return list.ForName("include") != nil || list.ForName("skip") != nil
}

package bundle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// scalars is how scalars are written in JSON, for TypeScript.
var scalars = map[string]string{ //nolint:gochecknoglobals // a constant table
	"ID": "string", "String": "string", "Int": "number", "Float": "number", "Boolean": "boolean",
	"Date": "string", "DateTime": "string", "Int64": "string", "Count": "number", "JSON": "unknown",
}

// types writes the types of a bundle for TypeScript: those of what documents answer and of
// their variables, and the enums and inputs that these use.
func (b *Bundle) types(schema *ast.Schema) (string, error) {
	w := typeWriter{schema: schema, used: map[string]bool{}}
	for _, d := range b.Documents {
		doc, err := parse(schema, d)
		if err != nil {
			return "", fmt.Errorf("%s: %w", d.Name, err)
		}
		op := doc.Operations[0]
		root := map[ast.Operation]*ast.Definition{ast.Query: schema.Query, ast.Mutation: schema.Mutation, ast.Subscription: schema.Subscription}[op.Operation]
		fmt.Fprintf(&w.b, "\n/** What %s answers. */\nexport type %s = %s;\n", d.Name, d.Name, w.object([]ast.SelectionSet{op.SelectionSet}, root, ""))
		fmt.Fprintf(&w.b, "\n/** The variables of %s. */\nexport type %sVariables = {\n", d.Name, d.Name)
		for _, v := range op.VariableDefinitions {
			optional := ""
			if !v.Type.NonNull || v.DefaultValue != nil {
				optional = "?"
			}
			fmt.Fprintf(&w.b, "  %s%s: %s;\n", v.Variable, optional, w.input(v.Type))
		}
		w.b.WriteString("};\n")
	}
	operations := w.b.String()
	w.b.Reset()
	for done := map[string]bool{}; len(done) < len(w.used); { // writing one may use others
		for _, name := range slices.Sorted(maps.Keys(w.used)) {
			if !done[name] {
				done[name] = true
				w.named(schema.Types[name])
			}
		}
	}
	return fmt.Sprintf("// Made by adsgraph client for %s %s. Do not edit.\n", b.Client, b.Version) + operations + w.b.String(), nil
}

type typeWriter struct {
	schema *ast.Schema
	b      strings.Builder
	used   map[string]bool // enums and inputs
}

// named writes an enum or an input.
func (w *typeWriter) named(def *ast.Definition) {
	if def.Kind == ast.Enum {
		values := make([]string, len(def.EnumValues))
		for i, v := range def.EnumValues {
			values[i] = fmt.Sprintf("%q", v.Name)
		}
		fmt.Fprintf(&w.b, "\n/** %s */\nexport type %s = %s;\n", oneLine(def.Description), def.Name, strings.Join(values, " | "))
		return
	}
	fmt.Fprintf(&w.b, "\n/** %s */\nexport type %s = {\n", oneLine(def.Description), def.Name)
	for _, f := range def.Fields {
		optional := ""
		if !f.Type.NonNull || f.DefaultValue != nil {
			optional = "?"
		}
		fmt.Fprintf(&w.b, "  /** %s */\n  %s%s: %s;\n", oneLine(f.Description), f.Name, optional, w.input(f.Type))
	}
	w.b.WriteString("};\n")
}

func oneLine(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "*/", "*\\/")
}

// input is the type of what a client sends.
func (w *typeWriter) input(t *ast.Type) string {
	var text string
	if t.Elem != nil {
		text = "ReadonlyArray<" + w.input(t.Elem) + ">"
	} else {
		text = w.leaf(t.NamedType)
	}
	if !t.NonNull {
		text += " | null"
	}
	return text
}

// leaf is the type of a scalar, an enum or an input.
func (w *typeWriter) leaf(name string) string {
	if text, ok := scalars[name]; ok {
		return text
	}
	w.used[name] = true
	return name
}

// output is the type of what a client gets of a field.
func (w *typeWriter) output(t *ast.Type, sets []ast.SelectionSet, indent string) string {
	var text string
	switch def := w.schema.Types[t.Name()]; {
	case t.Elem != nil:
		text = "ReadonlyArray<" + w.output(t.Elem, sets, indent) + ">"
	case def.IsLeafType():
		text = w.leaf(t.NamedType)
	default:
		text = w.object(sets, def, indent)
	}
	if !t.NonNull {
		text += " | null"
	}
	return text
}

// object is the type of an object that several selections ask for. For an interface
// it is a union of what its types give.
func (w *typeWriter) object(sets []ast.SelectionSet, def *ast.Definition, indent string) string {
	if !def.IsAbstractType() {
		return w.fields(sets, def, indent)
	}
	var variants []string
	for _, possible := range w.schema.GetPossibleTypes(def) {
		if text := w.fields(sets, possible, indent); !slices.Contains(variants, text) {
			variants = append(variants, text)
		}
	}
	return strings.Join(variants, " | ")
}

// chosen is a field of an answer: its definition, and what is selected below it.
type chosen struct {
	field *ast.Field
	below []ast.SelectionSet
	maybe bool // a directive may leave it out
}

func (w *typeWriter) fields(sets []ast.SelectionSet, def *ast.Definition, indent string) string {
	var order []string
	all := map[string]*chosen{}
	var walk func(set ast.SelectionSet, maybe bool)
	walk = func(set ast.SelectionSet, maybe bool) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				c := all[s.Alias]
				if c == nil {
					c = &chosen{field: s, maybe: true}
					all[s.Alias], order = c, append(order, s.Alias)
				}
				c.below = append(c.below, s.SelectionSet)
				c.maybe = c.maybe && (maybe || conditional(s.Directives))
			case *ast.InlineFragment:
				if w.applies(s.TypeCondition, def) {
					walk(s.SelectionSet, maybe || conditional(s.Directives))
				}
			case *ast.FragmentSpread:
				if w.applies(s.Definition.TypeCondition, def) {
					walk(s.Definition.SelectionSet, maybe || conditional(s.Directives))
				}
			}
		}
	}
	for _, set := range sets {
		walk(set, false)
	}
	var b strings.Builder
	b.WriteString("{\n")
	for _, name := range order {
		c := all[name]
		optional := ""
		if c.maybe {
			optional = "?"
		}
		text := fmt.Sprintf("%q", def.Name) // of __typename
		if c.field.Name != "__typename" {
			text = w.output(def.Fields.ForName(c.field.Name).Type, c.below, indent+"  ")
		}
		fmt.Fprintf(&b, "%s  readonly %s%s: %s;\n", indent, name, optional, text)
	}
	b.WriteString(indent + "}")
	return b.String()
}

func conditional(directives ast.DirectiveList) bool {
	return directives.ForName("include") != nil || directives.ForName("skip") != nil
}

// applies tells whether a fragment on a type holds for objects of def.
func (w *typeWriter) applies(condition string, def *ast.Definition) bool {
	return condition == "" || condition == def.Name || slices.Contains(def.Interfaces, condition) ||
		slices.ContainsFunc(w.schema.PossibleTypes[condition], func(d *ast.Definition) bool { return d.Name == def.Name })
}

package bundle

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Finding is what a newer schema does to a document of a client.
type Finding struct {
	Client, Version, Document string
	// IsBreaking tells whether the document or its types fail; otherwise a client that
	// is not prepared for more values may.
	IsBreaking bool
	Message    string
}

// Check returns what a schema does to the documents of a bundle.
func (b *Bundle) Check(now *ast.Schema) ([]Finding, error) {
	then, err := b.schema()
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, d := range b.Documents {
		c := checker{then: then, now: now, seen: map[string]bool{}, add: func(isBreaking bool, format string, args ...any) {
			f := Finding{b.Client, b.Version, d.Name, isBreaking, fmt.Sprintf(format, args...)}
			if !slices.Contains(found, f) {
				found = append(found, f)
			}
		}}
		if _, err := parse(now, d); err != nil {
			var list gqlerror.List
			if !errors.As(err, &list) {
				return nil, fmt.Errorf("%s: %w", d.Name, err)
			}
			for _, e := range list {
				line := 0
				if len(e.Locations) > 0 {
					line = e.Locations[0].Line
				}
				c.add(true, "line %d: %s", line, e.Message)
			}
			continue
		}
		doc, err := parse(then, d)
		if err != nil {
			return nil, fmt.Errorf("the bundle of %s %s does not fit its own schema: %s: %w", b.Client, b.Version, d.Name, err)
		}
		for _, v := range doc.Operations[0].VariableDefinitions {
			c.input(v.Type.Name())
		}
		c.selection(doc.Operations[0].SelectionSet)
	}
	return found, nil
}

// checker compares what a document uses of two schemas. The document is valid in
// both.
type checker struct {
	then, now *ast.Schema
	seen      map[string]bool
	add       func(isBreaking bool, format string, args ...any)
}

// selection compares the types of the fields that are selected.
func (c *checker) selection(set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if s.ObjectDefinition != nil && s.Name != "__typename" {
				c.field(s)
			}
			c.selection(s.SelectionSet)
		case *ast.InlineFragment:
			c.selection(s.SelectionSet)
		case *ast.FragmentSpread:
			c.selection(s.Definition.SelectionSet)
		}
	}
}

func (c *checker) field(s *ast.Field) {
	on := c.now.Types[s.ObjectDefinition.Name]
	if on == nil || on.Fields.ForName(s.Name) == nil {
		return // the document would not be valid
	}
	name, was, is := on.Name+"."+s.Name, s.Definition.Type, on.Fields.ForName(s.Name).Type
	switch {
	case !sameShape(was, is):
		c.add(true, "%s was %s and is %s", name, was, is)
	case mayBeNull(was, is):
		c.add(true, "%s was %s and is %s: it may be null now", name, was, is)
	}
	if def := c.then.Types[was.Name()]; def.Kind == ast.Enum {
		for _, v := range added(def, c.now.Types[was.Name()]) {
			c.add(false, "%s may be %s now", name, v)
		}
	}
	for _, a := range s.Arguments {
		before, after := s.Definition.Arguments.ForName(a.Name), on.Fields.ForName(s.Name).Arguments.ForName(a.Name)
		if before != nil && after != nil {
			c.input(before.Type.Name())
		}
	}
	for _, before := range s.Definition.Arguments {
		after := on.Fields.ForName(s.Name).Arguments.ForName(before.Name)
		if after != nil && s.Arguments.ForName(before.Name) == nil && text(before.DefaultValue) != text(after.DefaultValue) {
			c.add(false, "the argument %s of %s was %s unless given, and is %s", before.Name, name, text(before.DefaultValue), text(after.DefaultValue))
		}
	}
}

// input compares an input type, and those within it, by what a client may send.
func (c *checker) input(name string) {
	if c.seen[name] {
		return
	}
	c.seen[name] = true
	was, is := c.then.Types[name], c.now.Types[name]
	switch {
	case was == nil || is == nil:
		return // the document would not be valid
	case was.Kind != is.Kind:
		c.add(true, "%s was %s and is %s", name, was.Kind, is.Kind)
	case was.Kind == ast.Enum:
		for _, v := range added(is, was) {
			c.add(true, "%s takes no %s any more", name, v)
		}
	case was.Kind == ast.InputObject:
		for _, f := range was.Fields {
			after := is.Fields.ForName(f.Name)
			switch {
			case after == nil:
				c.add(true, "%s takes no %s any more", name, f.Name)
			case !sameShape(f.Type, after.Type):
				c.add(true, "%s.%s took %s and takes %s", name, f.Name, f.Type, after.Type)
			case mayBeNull(after.Type, f.Type) && after.DefaultValue == nil:
				c.add(true, "%s.%s took %s and takes %s: it cannot be left out", name, f.Name, f.Type, after.Type)
			}
			c.input(f.Type.Name())
		}
		for _, f := range is.Fields {
			if was.Fields.ForName(f.Name) == nil && f.Type.NonNull && f.DefaultValue == nil {
				c.add(true, "%s needs %s now", name, f.Name)
			}
		}
	}
}

// sameShape tells whether types differ at most in what may be null.
func sameShape(a, b *ast.Type) bool {
	if (a.Elem == nil) != (b.Elem == nil) {
		return false
	}
	if a.Elem != nil {
		return sameShape(a.Elem, b.Elem)
	}
	return a.NamedType == b.NamedType
}

// mayBeNull tells whether something may be null in b and not in a. The types have one
// shape.
func mayBeNull(a, b *ast.Type) bool {
	return a.NonNull && !b.NonNull || a.Elem != nil && mayBeNull(a.Elem, b.Elem)
}

// added returns the values of an enum that an older form of it lacks.
func added(older, newer *ast.Definition) (names []string) {
	for _, v := range newer.EnumValues {
		if older.EnumValues.ForName(v.Name) == nil {
			names = append(names, v.Name)
		}
	}
	return names
}

func text(v *ast.Value) string {
	if v == nil {
		return "left out"
	}
	return v.String()
}

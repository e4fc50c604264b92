package bundle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Finding is what a schema does to a document of a client.
type Finding struct {
	Client, Version, Document string
	// Breaking is whether the client stops working; otherwise it may meet what it
	// does not know.
	Breaking bool
	Message  string
}

func (f Finding) String() string {
	kind := "dangerous"
	if f.Breaking {
		kind = "breaking"
	}
	return fmt.Sprintf("%s: %s of %s (%s): %s", kind, f.Document, f.Client, f.Version, f.Message)
}

// Check tells what a schema does to the documents of a bundle, sorted.
func Check(b *Bundle, schema *ast.Schema) ([]Finding, error) {
	var all []Finding
	for id, text := range b.texts {
		before, errs := gqlparser.LoadQueryWithRules(b.schema, text, rules.NewDefaultRules())
		if errs != nil {
			return nil, fmt.Errorf("the document %s of %s does not suit the bundle's own schema: %w", id, b.Client, errs)
		}
		c := &checker{before: b.schema, after: schema, seen: map[string]bool{}}
		name := before.Operations[0].Name
		if name == "" {
			name = id
		}
		after, errs := gqlparser.LoadQueryWithRules(schema, text, rules.NewDefaultRules())
		for _, err := range errs {
			c.add(true, "%s", err.Message)
		}
		if errs == nil {
			for i, o := range before.Operations {
				c.set(o.SelectionSet, after.Operations[i].SelectionSet)
				for _, v := range o.VariableDefinitions {
					c.input(v.Type.Name())
				}
			}
		}
		for _, f := range c.found {
			f.Client, f.Version, f.Document = b.Client, b.Version, name
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(x, y Finding) int { return strings.Compare(x.String(), y.String()) })
	return slices.Compact(all), nil
}

type checker struct {
	before, after *ast.Schema
	seen          map[string]bool // enums, input types and messages
	found         []Finding
}

func (c *checker) add(breaking bool, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if !c.seen[message] {
		c.seen[message] = true
		c.found = append(c.found, Finding{Breaking: breaking, Message: message})
	}
}

// set compares what the same selection gives.
func (c *checker) set(before, after ast.SelectionSet) {
	for i, s := range before {
		switch s := s.(type) {
		case *ast.Field:
			next := after[i].(*ast.Field)
			was, is := s.Definition.Type, next.Definition.Type
			if !assignable(is, was) {
				c.add(true, "%s.%s was %s and is %s", s.ObjectDefinition.Name, s.Name, was, is)
			}
			c.values(is.Name(), true)
			c.set(s.SelectionSet, next.SelectionSet)
		case *ast.InlineFragment:
			c.set(s.SelectionSet, after[i].(*ast.InlineFragment).SelectionSet)
		case *ast.FragmentSpread:
			c.set(s.Definition.SelectionSet, after[i].(*ast.FragmentSpread).Definition.SelectionSet)
		}
	}
}

// assignable tells whether whoever expects a type can take another.
func assignable(got, want *ast.Type) bool {
	if want.NonNull && !got.NonNull {
		return false
	}
	if got.Elem == nil || want.Elem == nil {
		return got.Elem == want.Elem && got.NamedType == want.NamedType
	}
	return assignable(got.Elem, want.Elem)
}

// values compares the values of an enum that a client gets or sends.
func (c *checker) values(name string, gets bool) {
	was, is := c.before.Types[name], c.after.Types[name]
	if was == nil || is == nil || was.Kind != ast.Enum || is.Kind != ast.Enum {
		return
	}
	for _, v := range is.EnumValues {
		if gets && was.EnumValues.ForName(v.Name) == nil {
			c.add(false, "%s has a new value %s", name, v.Name)
		}
	}
	for _, v := range was.EnumValues {
		if !gets && is.EnumValues.ForName(v.Name) == nil {
			c.add(true, "%s does not have the value %s any more", name, v.Name)
		}
	}
}

// input compares a type that a client sends in variables.
func (c *checker) input(name string) {
	if c.seen["input "+name] {
		return
	}
	c.seen["input "+name] = true
	was, is := c.before.Types[name], c.after.Types[name]
	switch {
	case was == nil || is == nil || was.Kind != is.Kind:
		c.add(true, "%s is something else now, or gone", name)
		return
	case was.Kind != ast.InputObject:
		c.values(name, false)
		return
	}
	for _, f := range was.Fields {
		next := is.Fields.ForName(f.Name)
		if next == nil {
			c.add(true, "%s.%s is gone", name, f.Name)
			continue
		}
		if !assignable(f.Type, next.Type) && (next.DefaultValue == nil || !assignable(nonNull(f.Type), next.Type)) {
			c.add(true, "%s.%s was %s and is %s", name, f.Name, f.Type, next.Type)
		}
		c.input(f.Type.Name())
	}
	for _, f := range is.Fields {
		if was.Fields.ForName(f.Name) == nil && f.Type.NonNull && f.DefaultValue == nil {
			c.add(true, "%s.%s is new and required", name, f.Name)
		}
	}
}

func nonNull(t *ast.Type) *ast.Type {
	required := *t
	required.NonNull = true
	return &required
}

package graph

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/metrics"
)

// TestSchemaIsDescribed fails for a type, field, argument, input field or enum
// value of ours that has no description.
func TestSchemaIsDescribed(t *testing.T) {
	t.Parallel()
	for name, def := range schemaOf(t).Types {
		if def.BuiltIn {
			continue
		}
		if def.Description == "" && name != "Subscription" {
			t.Errorf("type %s has no description", name)
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			if f.Description == "" {
				t.Errorf("%s.%s has no description", name, f.Name)
			}
			for _, a := range f.Arguments {
				if a.Description == "" {
					t.Errorf("argument %s of %s.%s has no description", a.Name, name, f.Name)
				}
			}
		}
		for _, v := range def.EnumValues {
			if v.Description == "" {
				t.Errorf("%s.%s has no description", name, v.Name)
			}
		}
	}
}

// TestMoneyIsExact fails for money in a Float, and for numbers of the catalogue
// whose type does not fit their unit.
func TestMoneyIsExact(t *testing.T) {
	t.Parallel()
	schema := schemaOf(t)
	values := schema.Types["MetricValues"]
	for _, m := range metrics.Catalogue() {
		f := values.Fields.ForName(m.Field)
		if f == nil {
			t.Errorf("%s has no field %s", m.Name, m.Field)
			continue
		}
		want := map[metrics.Unit]string{
			metrics.UnitMoney: "Money", metrics.UnitCount: "Count", metrics.UnitPeople: "Count", metrics.UnitFraction: "Float", metrics.UnitPerPerson: "Float",
		}[m.Unit]
		if f.Type.Name() != want {
			t.Errorf("%s is a %s, want %s", m.Field, f.Type.Name(), want)
		}
		if f.Type.NonNull != (m.Kind == metrics.KindAdditive) {
			t.Errorf("%s: only sums are never null", m.Field)
		}
		if schema.Types["MetricName"].EnumValues.ForName(string(m.Name)) == nil {
			t.Errorf("MetricName lacks %s", m.Name)
		}
	}
	if got, want := len(values.Fields), len(metrics.Catalogue()); got != want {
		t.Errorf("MetricValues has %d fields, the catalogue %d metrics", got, want)
	}
	for name, def := range schema.Types {
		for _, f := range def.Fields {
			money := strings.Contains(strings.ToLower(f.Name), "amount") || strings.Contains(strings.ToLower(f.Name), "micros")
			if money && f.Type.Name() == "Float" {
				t.Errorf("%s.%s is money in a Float", name, f.Name)
			}
		}
	}
}

// TestListsAreBounded fails for a connection without a required page size, and
// for a list of unbounded length.
func TestListsAreBounded(t *testing.T) {
	t.Parallel()
	for name, def := range schemaOf(t).Types {
		if def.Kind != ast.Object {
			continue
		}
		for _, f := range def.Fields {
			if !strings.HasSuffix(f.Type.Name(), "Connection") {
				continue
			}
			if first := f.Arguments.ForName("first"); first == nil || !first.Type.NonNull {
				t.Errorf("%s.%s can be asked for without first", name, f.Name)
			}
			if f.Type.NonNull {
				t.Errorf("%s.%s is read separately and must be nullable", name, f.Name)
			}
		}
	}
}

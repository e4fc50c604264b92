package graph

import (
	"slices"
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
	if got, want := len(values.Fields), len(metrics.Catalogue())+1; got != want { // and nullReason
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

// TestMetricsHaveContext fails for a metric outside the blocks of metrics, and
// for a block that a client can reach without passing a type that says what
// numbers rest on.
func TestMetricsHaveContext(t *testing.T) {
	t.Parallel()
	schema := schemaOf(t)
	blocks := []string{"MetricValues", "MetricChanges"}
	parents := map[string][]string{}
	for name, def := range schema.Types {
		if def.Kind != ast.Object || strings.HasPrefix(name, "__") {
			continue
		}
		for _, f := range def.Fields {
			parents[f.Type.Name()] = append(parents[f.Type.Name()], name)
			if _, ok := metrics.ByField(f.Name); ok && !slices.Contains(blocks, name) {
				t.Errorf("%s.%s is a metric outside a block of metrics", name, f.Name)
			}
		}
	}
	var check func(name string, path []string)
	check = func(name string, path []string) {
		def := schema.Types[name]
		if f := def.Fields.ForName("context"); f != nil && f.Type.String() == "MetricsContext!" {
			return
		}
		if len(parents[name]) == 0 || def == schema.Query {
			t.Errorf("%s can be reached without a context, by %s", blocks, strings.Join(path, " < "))
			return
		}
		for _, above := range parents[name] {
			if !slices.Contains(path, above) {
				check(above, append(path, above))
			}
		}
	}
	for _, block := range blocks {
		check(block, []string{block})
	}
}

// TestFacetsListEveryValue compares the values that rows are counted by with
// those of the schema.
func TestFacetsListEveryValue(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	a := w.ask(t, `{ advertiser(id: "MUEx") { campaigns(first: 1) { facets { status { value } objective { value } } } ads(first: 1) { facets { review { value } creativeType { value } } } } }`, nil)
	for _, enum := range []string{"EntityStatus", "CampaignObjective", "ReviewStatus", "CreativeType"} {
		var values []string
		for _, v := range schemaOf(t).Types[enum].EnumValues {
			values = append(values, `{"value":"`+v.Name+`"}`)
		}
		if want := "[" + strings.Join(values, ",") + "]"; !strings.Contains(a.data, want) {
			t.Errorf("%s: no %s in %s", enum, want, a.data)
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

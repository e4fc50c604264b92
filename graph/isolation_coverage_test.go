package graph

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// coverage counts what of the schema answers have shown to be reached.
type coverage struct{ reached, fields, arguments, inputs map[string]bool }

// alwaysNull is fields that the demo cannot show, and why.
var alwaysNull = map[string]string{
	"AdvertiserConnection.totals": "currencies are not added up", "KeywordConnection.totals": "keywords overlap",
	"ApplyPlanPayload.undoToken": "nothing is changed", "UpdateCampaignsPayload.undoToken": "nothing is changed", "UpdateAdGroupsPayload.undoToken": "nothing is changed",
	"UpdateAdsPayload.undoToken": "nothing is changed", "PublishedNode.id": "nothing is published", "PublishedNode.level": "nothing is published",
	"Difference.name": "only changes of their own have names", "TextStep.old": "see Difference.name", "TextStep.new": "see Difference.name",
	"PublishedNode.name": "nothing is published", "PublishedNode.isPublished": "nothing is published", "PublishedNode.userErrors": "nothing is published",
	"CreateSavedViewPayload.savedView": "nothing is changed", "UpdateSavedViewPayload.savedView": "nothing is changed", "DeleteSavedViewPayload.deletedId": "nothing is changed",
	"InviteMemberPayload.invitation": "nothing is changed", "RevokeInvitationPayload.invitation": "nothing is changed", "AcceptInvitationPayload.advertiser": "nothing is changed",
	"MetricChanges.reach": "reach of an earlier range is not counted in the demo", "MetricChanges.frequency": "it is made of reach",
}

func newCoverage() *coverage {
	return &coverage{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
}

// add takes a document and its answer into account: a field counts when it was
// not null, an argument when the object that has its field was there.
func (c *coverage) add(t *testing.T, schema *ast.Schema, document string, data string) {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(data), &root); err != nil || root == nil {
		return
	}
	for _, op := range parse(t, schema, document).Operations {
		on := schema.Query
		if op.Operation == ast.Mutation {
			on = schema.Mutation
		}
		c.object(on.Name, root)
		c.selections(schema, on, op.SelectionSet)
	}
}

func (c *coverage) object(typeName string, object map[string]any) {
	if name, ok := object["__typename"].(string); ok {
		typeName = name
	}
	for key, value := range object {
		if prefix, field, ok := strings.Cut(key, "_"); ok && strings.EqualFold(prefix, typeName) {
			key = field
		}
		c.reached[typeName+"."+key] = true
		if value != nil {
			c.fields[typeName+"."+key] = true
		}
		c.value(value)
	}
}

func (c *coverage) value(value any) {
	switch v := value.(type) {
	case map[string]any:
		if _, ours := v["__typename"]; ours { // not a scalar of JSON
			c.object("", v)
		}
	case []any:
		for _, e := range v {
			c.value(e)
		}
	}
}

// selections counts the arguments of fields that were reached.
func (c *coverage) selections(schema *ast.Schema, on *ast.Definition, set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if !c.reached[on.Name+"."+s.Name] || s.Definition == nil {
				continue
			}
			for _, a := range s.Arguments {
				c.arguments[on.Name+"."+s.Name+"("+a.Name+")"] = true
				c.input(s.Definition.Arguments.ForName(a.Name).Type.Name(), a.Value)
			}
			c.selections(schema, schema.Types[s.Definition.Type.Name()], s.SelectionSet)
		case *ast.InlineFragment:
			c.selections(schema, schema.Types[s.TypeCondition], s.SelectionSet)
		}
	}
}

func (c *coverage) input(typeName string, v *ast.Value) {
	for _, child := range v.Children {
		if v.Kind == ast.ObjectValue {
			c.inputs[typeName+"."+child.Name] = true
			c.input(child.Value.Definition.Name, child.Value)
		} else {
			c.input(typeName, child.Value)
		}
	}
}

// report prints the coverage and fails for what is missing. What only events give
// is for TestSubscriptionsAreIsolated.
func (c *coverage) report(t *testing.T, schema *ast.Schema) {
	t.Helper()
	count := func(what string, have map[string]bool, want []string) {
		missing := slices.DeleteFunc(slices.Clone(want), func(name string) bool { return have[name] != (alwaysNull[name] != "") })
		slices.Sort(missing)
		t.Logf("coverage of %s: %d of %d, %.1f %%", what, len(want)-len(missing), len(want), 100*float64(len(want)-len(missing))/float64(len(want)))
		if len(missing) > 0 {
			t.Errorf("%s that no document reaches, that are null wherever they are reached, or that are on the list of those for nothing: %s", what, strings.Join(missing, ", "))
		}
	}
	var fields, arguments, inputs []string
	for name, def := range schema.Types {
		for _, f := range def.Fields {
			switch {
			case strings.HasPrefix(name, "__") || strings.HasPrefix(f.Name, "__") || def == schema.Subscription || isEvent(schema, name):
			case def.Kind == ast.InputObject:
				inputs = append(inputs, name+"."+f.Name)
			case def.Kind == ast.Object:
				fields = append(fields, name+"."+f.Name)
				for _, a := range f.Arguments {
					arguments = append(arguments, name+"."+f.Name+"("+a.Name+")")
				}
			}
		}
	}
	count("fields", c.fields, fields)
	count("arguments", c.arguments, arguments)
	count("input fields", c.inputs, inputs)
}

// isEvent tells whether a type is what a subscription gives.
func isEvent(schema *ast.Schema, name string) bool {
	return slices.ContainsFunc(schema.Subscription.Fields, func(f *ast.FieldDefinition) bool { return f.Type.Name() == name })
}

package graph

import (
	"encoding/json"
	"testing"

	"adsgraph/graph/operations"
)

// FuzzDocuments sends documents and variables that nobody thought of: each is
// answered in JSON, none panics, and those with errors say which.
func FuzzDocuments(f *testing.F) {
	all, err := operations.All()
	if err != nil {
		f.Fatal(err)
	}
	for _, o := range all {
		variables, err := json.Marshal(o.Example)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(o.Text, string(variables))
	}
	for _, c := range limitCases(false) {
		query, _ := c.document(c.max + 1)
		f.Add(query, "{}")
	}
	f.Add("{ viewer { ...F } } fragment F on Viewer { ...G ...G } fragment G on Viewer { name @skip(if: false) }", "{}")
	f.Add("subscription { campaignChanged(advertiserId: 5) { missed } }", "{}")
	f.Add("query ($a: [ID!]!) { nodes(ids: $a) { id } }", `{"a":[[[]]]}`)
	w := smallWorld(f, Options{Introspection: true, Limits: DefaultLimits()})
	f.Fuzz(func(t *testing.T, query, text string) {
		var variables map[string]any
		if json.Unmarshal([]byte(text), &variables) != nil {
			return
		}
		a := w.ask(t, query, variables)
		if a.data == "" && len(a.errors) == 0 {
			t.Errorf("neither data nor errors: %q", query)
		}
		for _, code := range a.codes() {
			if code == "" || code == "INTERNAL" {
				t.Errorf("%s: %q", a.sortedErrors(), query)
			}
		}
	})
}

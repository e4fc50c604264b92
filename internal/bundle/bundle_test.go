package bundle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const sdl = `
interface Node { id: ID! }
type Query { pets(first: Int! = 10, kind: Kind, filter: Filter): [Pet!]! node(id: ID!): Node old: String }
type Pet implements Node { id: ID! name: String! kind: Kind! owner: Owner born: Date }
type Owner implements Node { id: ID! mail: String }
enum Kind { CAT DOG }
scalar Date
input Filter { name: String  kind: Kind  above: Filter }
`

const petsDocument = `query Pets($filter: Filter!, $kind: Kind, $more: Boolean! = false) {
  pets(filter: $filter, kind: $kind) { ...Line again: name @include(if: $more) }
  node(id: "1") { __typename id ... on Owner { mail } ... on Pet { name } }
}
fragment Line on Pet { name kind owner { mail } }
`

// pets is a bundle of one document.
func pets(t *testing.T) *Bundle {
	t.Helper()
	d, err := NewDocument(petsDocument)
	if err != nil {
		t.Fatal(err)
	}
	return &Bundle{Client: "web", Version: "1.2.3", SDL: sdl, Documents: []Document{d}}
}

// TestWrite writes a bundle, looks at its files, and reads it again.
func TestWrite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "bundle")
	b := pets(t)
	for range 2 { // again over itself
		if err := b.Write(dir); err != nil {
			t.Fatal(err)
		}
	}
	again, err := Read(dir)
	if err != nil || again.Client != "web" || again.Version != "1.2.3" || again.SDL != sdl || len(again.Documents) != 1 || again.Documents[0] != b.Documents[0] {
		t.Fatalf("%+v %v", again, err)
	}
	hash := b.Documents[0].Hash
	for file, want := range map[string]string{
		"persisted.json":                `"` + hash + `": "query Pets(`,
		"persisted-query-manifest.json": `"id": "` + hash + `"`,
		"types.ts": `
/** What Pets answers. */
export type Pets = {
  readonly pets: ReadonlyArray<{
    readonly name: string;
    readonly kind: Kind;
    readonly owner: {
      readonly mail: string | null;
    } | null;
    readonly again?: string;
  }>;
  readonly node: {
    readonly __typename: "Pet";
    readonly id: string;
    readonly name: string;
  } | {
    readonly __typename: "Owner";
    readonly id: string;
    readonly mail: string | null;
  } | null;
};

/** The variables of Pets. */
export type PetsVariables = {
  filter: Filter;
  kind?: Kind | null;
  more?: boolean;
};
`,
	} {
		text, err := os.ReadFile(filepath.Join(dir, file)) //nolint:gosec // a file of this test
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v\n%s", file, err, text)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "documents", "Pets.graphql"), []byte("query Pets { old }"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "Pets") {
		t.Errorf("a changed document: %v", err)
	}
	if _, err := Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no bundle") {
		t.Errorf("an empty directory: %v", err)
	}
}

// TestWriteRefuses makes bundles that are wrong.
func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	for text, mentions := range map[string]string{
		"query A { pets { nothing } }": "nothing", "query Pets { old }": "two documents",
	} {
		b := pets(t)
		d, err := NewDocument(text)
		if err != nil {
			t.Fatal(err)
		}
		b.Documents = append(b.Documents, d)
		if err := b.Write(t.TempDir()); err == nil || !strings.Contains(err.Error(), mentions) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"{ old }", "query A { old } query B { old }", "query {", "fragment F on Pet { id }"} {
		if _, err := NewDocument(text); err == nil {
			t.Errorf("%s is a document", text)
		}
	}
}

// TestCheck changes the schema in each way that matters, and in some that do not.
func TestCheck(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		old, new string
		want     string // breaks or may surprise, and what is mentioned; empty for nothing
	}{
		"Nothing":            {"", "", ""},
		"FieldGone":          {"name: String! kind: Kind!", "kind: Kind!", "breaks name"},
		"UnusedFieldGone":    {"old: String", "", ""},
		"FieldAdded":         {"born: Date", "born: Date age: Int", ""},
		"ArgumentGone":       {"kind: Kind, filter: Filter", "filter: Filter", "breaks kind"},
		"ArgumentRequired":   {"first: Int! = 10", "first: Int!", "breaks first"},
		"DefaultChanged":     {"first: Int! = 10", "first: Int! = 20", "may surprise first"},
		"TypeChanged":        {"name: String! kind: Kind!", "name: Int! kind: Kind!", "breaks Pet.name"},
		"ListNow":            {"mail: String }", "mail: [String] }", "breaks Owner.mail"},
		"NullNow":            {"name: String! kind: Kind!", "name: String kind: Kind!", "breaks may be null"},
		"NeverNullNow":       {"mail: String }", "mail: String! }", ""},
		"EnumValueAdded":     {"CAT DOG", "CAT DOG BIRD", "may surprise BIRD"},
		"EnumValueGone":      {"CAT DOG", "CAT", "breaks DOG"},
		"InputFieldGone":     {"input Filter { name: String", "input Filter { ", "breaks name"},
		"InputFieldRequired": {"input Filter { name: String", "input Filter { name: String!", "breaks left out"},
		"InputFieldNew":      {"input Filter {", "input Filter { age: Int", ""},
		"InputFieldNeeded":   {"input Filter {", "input Filter { age: Int!", "breaks age"},
		"InputFieldDefault":  {"input Filter {", "input Filter { age: Int! = 3", ""},
		"InputTypeChanged":   {"above: Filter", "above: [Filter]", "breaks above"},
		"TypeNoNode":         {"type Owner implements Node", "type Owner", "breaks Owner"},
	} {
		now, err := gqlparser.LoadSchema(&ast.Source{Input: strings.Replace(sdl, tt.old, tt.new, 1)})
		if err != nil {
			t.Fatal(name, err)
		}
		found, checkErr := pets(t).Check(now)
		if checkErr != nil {
			t.Fatal(name, checkErr)
		}
		if tt.want == "" {
			if len(found) > 0 {
				t.Errorf("%s: %+v", name, found)
			}
			continue
		}
		mentions, isBreaking := strings.CutPrefix(tt.want, "breaks ")
		mentions = strings.TrimPrefix(mentions, "may surprise ")
		if len(found) == 0 || found[0].IsBreaking != isBreaking || !strings.Contains(found[0].Message, mentions) || found[0].Document != "Pets" || found[0].Client != "web" {
			t.Errorf("%s: %+v, want %s", name, found, tt.want)
		}
	}
}

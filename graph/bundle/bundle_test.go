package bundle

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/graph/documents"
	"adsgraph/graph/generated"
)

const sdl = `
type Query { node(id: ID!): Node campaigns(filter: Filter, status: Status): [Campaign!]! }
interface Node { id: ID! }
type Campaign implements Node { id: ID! name: String! status: Status! note: String spend: Int! }
type Label implements Node { id: ID! text: String! }
enum Status { ACTIVE PAUSED }
input Filter { name: String status: [Status!] first: Int = 5 below: Filter }
`

const (
	list   = "query List($filter: Filter, $more: Boolean = false) { campaigns(filter: $filter) { id title: name status note @include(if: $more) } }"
	single = "query Single($id: ID!) { node(id: $id) { __typename id ... on Campaign { ...Spent } ... on Label { text } } } fragment Spent on Campaign { spend }"
)

func schemaOf(t *testing.T, text string) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func setOf(texts ...string) documents.Set {
	set := documents.Set{}
	for _, text := range texts {
		name, _, _ := strings.Cut(strings.TrimPrefix(text, "query "), "(")
		set[documents.Hash(text)] = documents.Document{Hash: documents.Hash(text), Name: name, Text: text}
	}
	return set
}

// TestCheck changes the schema in one way after the other.
func TestCheck(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	about, err := Write(dir, "web", schemaOf(t, sdl), setOf(list, single))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	v := " of web (" + about.Version + "): "
	for _, tt := range []struct {
		from, to string
		want     []string
	}{
		{"", "", nil},
		{"spend: Int!", "spend: Int! clicks: Int", nil},
		{"note: String", "note: String!", nil},
		{"below: Filter", "below: Filter more: Int", nil},
		{"spend: Int!", "cost: Int!", []string{"breaking: Single" + v + `Cannot query field "spend" on type "Campaign".`}},
		{"name: String! status", "name: String status", []string{"breaking: List" + v + "Campaign.name was String! and is String"}},
		{"spend: Int!", "spend: Float!", []string{"breaking: Single" + v + "Campaign.spend was Int! and is Float!"}},
		{"[Campaign!]!", "[Campaign]!", []string{"breaking: List" + v + "Query.campaigns was [Campaign!]! and is [Campaign]!"}},
		{"ACTIVE PAUSED", "ACTIVE PAUSED ARCHIVED", []string{"dangerous: List" + v + "Status has a new value ARCHIVED"}},
		{"ACTIVE PAUSED", "ACTIVE", []string{"breaking: List" + v + "Status does not have the value PAUSED any more"}},
		{"below: Filter", "below: Filter more: Int!", []string{"breaking: List" + v + "Filter.more is new and required"}},
		{"below: Filter", "below: Filter more: Int! = 1", nil},
		{"name: String status: [", "name: String! status: [", []string{"breaking: List" + v + "Filter.name was String and is String!"}},
		{"{ name: String status: [", "{ status: [", []string{"breaking: List" + v + "Filter.name is gone"}},
		{"first: Int = 5", "first: Int! = 5", nil},
	} {
		found, err := Check(b, schemaOf(t, strings.Replace(sdl, tt.from, tt.to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			text := f.String()
			if i := strings.Index(text, " Did you mean"); i > 0 {
				text = text[:i]
			}
			got = append(got, text)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q to %q: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

// TestTypes compares the types of documents with what they should be.
func TestTypes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := Write(dir, "web", schemaOf(t, sdl), setOf(list, single)); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, typesFile))
	if err != nil {
		t.Fatal(err)
	}
	want := `// Made by adsgraph client. Do not edit.

// Enums may get values: a client must expect others than those that it knows.
type Other = string & {}

export type Filter = {
  name?: string | null
  status?: readonly (Status)[] | null
  first?: number | null
  below?: Filter | null
}

export type Status = 'ACTIVE' | 'PAUSED'

export type ListVariables = {
  filter?: Filter | null
  more?: boolean | null
}

export type ListData = {
  campaigns: ({
    id: string
    title: string
    status: Status | Other
    note?: string | null
  })[]
}

export type SingleVariables = {
  id: string
}

export type SingleData = {
  node: {
    __typename: 'Campaign'
    id: string
    spend: number
  } | {
    __typename: 'Label'
    id: string
    text: string
  } | null
}
`
	if string(got) != want {
		t.Errorf("got\n%s", got)
	}
}

// TestScreensBundle makes the bundle of the screens twice: it is the same, its
// manifests are ones that the server reads, and the schema does not break it.
func TestScreensBundle(t *testing.T) {
	t.Parallel()
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	set, err := documents.Load("")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	first, err := Write(filepath.Join(dir, "a"), "screens", schema, set)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Write(filepath.Join(dir, "b"), "screens", schema, set)
	if err != nil || first != second {
		t.Errorf("%+v, %+v, %v", first, second, err)
	}
	b, err := Read(filepath.Join(dir, "a"))
	if err != nil {
		t.Fatal(err)
	}
	if found, err := Check(b, schema); err != nil || len(found) > 0 {
		t.Error(found, err)
	}
	for _, name := range []string{relayFile, apolloFile} {
		content, err := os.ReadFile(filepath.Join(dir, "a", name))
		if err != nil {
			t.Fatal(err)
		}
		if texts, err := documents.ParseManifest(content); err != nil || len(texts) != len(set) {
			t.Errorf("%s: %d documents, %v", name, len(texts), err)
		}
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "is no bundle") {
		t.Error(err)
	}
	if _, err := Write(dir, "x", schema, setOf("query Wrong($x: Int) { nonsense }")); err == nil || !strings.Contains(err.Error(), "Wrong") {
		t.Error(err)
	}
}

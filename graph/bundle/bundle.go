// Package bundle makes what a client is built from, the schema with its
// documents, manifests and types, and tells whether a later schema breaks it.
package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"adsgraph/graph/documents"
)

// The files of a bundle.
const (
	aboutFile  = "bundle.json"
	schemaFile = "schema.graphql"
	relayFile  = "persisted.json"
	apolloFile = "persisted-query-manifest.json"
	typesFile  = "types.ts"
)

// About is what a bundle says of itself.
type About struct {
	// Client is whose bundle it is.
	Client string `json:"client"`
	// Version identifies its content: the same schema and documents have the same.
	Version string `json:"version"`
	// Documents is how many there are.
	Documents int `json:"documents"`
}

// Write makes a bundle of a client's documents in a directory.
func Write(dir, client string, schema *ast.Schema, set documents.Set) (About, error) {
	sdl := sdlOf(schema)
	texts := map[string]string{}
	type operation struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Type string `json:"type"`
		Body string `json:"body"`
	}
	operations := []operation{}
	files := map[string][]byte{schemaFile: sdl}
	var parsed []*ast.QueryDocument
	for _, d := range sorted(set) {
		doc, errs := gqlparser.LoadQueryWithRules(schema, d.Text, rules.NewDefaultRules())
		if errs != nil {
			return About{}, fmt.Errorf("the document %s does not suit the schema: %w", d.Name, errs)
		}
		parsed = append(parsed, doc)
		texts[d.Hash] = d.Text
		operations = append(operations, operation{d.Hash, d.Name, string(doc.Operations[0].Operation), d.Text})
		name := filepath.Join("documents", d.Name+".graphql")
		if _, taken := files[name]; taken || d.Name == "" {
			name = filepath.Join("documents", strings.TrimPrefix(d.Name+"-"+d.Hash[:8], "-")+".graphql")
		}
		files[name] = []byte(d.Text)
	}
	var err error
	if files[relayFile], err = json.MarshalIndent(texts, "", "  "); err != nil {
		return About{}, err
	}
	apollo := map[string]any{"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}
	if files[apolloFile], err = json.MarshalIndent(apollo, "", "  "); err != nil {
		return About{}, err
	}
	if files[typesFile], err = types(schema, parsed); err != nil {
		return About{}, err
	}
	about := About{client, documents.Hash(string(sdl) + string(files[relayFile]))[:16], len(set)}
	if files[aboutFile], err = json.MarshalIndent(about, "", "  "); err != nil {
		return About{}, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "documents"), 0o750); err != nil {
		return About{}, fmt.Errorf("make the bundle: %w", err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil { //nolint:gosec // it holds no secret, and is to be shared
			return About{}, fmt.Errorf("write the bundle: %w", err)
		}
	}
	return about, nil
}

// sorted returns documents by name, so that bundles of the same are the same.
func sorted(set documents.Set) []documents.Document {
	list := make([]documents.Document, 0, len(set))
	for _, d := range set {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b documents.Document) int { return strings.Compare(a.Name+a.Hash, b.Name+b.Hash) })
	return list
}

func sdlOf(schema *ast.Schema) []byte {
	var b bytes.Buffer
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(schema)
	return b.Bytes()
}

// Bundle is a bundle that was read.
type Bundle struct {
	About
	schema *ast.Schema
	texts  map[string]string
}

// Read reads a bundle.
func Read(dir string) (*Bundle, error) {
	b := &Bundle{}
	about, err := os.ReadFile(filepath.Join(dir, aboutFile)) //nolint:gosec // the user named it
	if err != nil {
		return nil, fmt.Errorf("%s is no bundle; adsgraph client makes one: %w", dir, err)
	}
	if err := json.Unmarshal(about, &b.About); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", dir, aboutFile, err)
	}
	sdl, err := os.ReadFile(filepath.Join(dir, schemaFile)) //nolint:gosec // the user named it
	if err != nil {
		return nil, fmt.Errorf("read the bundle: %w", err)
	}
	if b.schema, err = gqlparser.LoadSchema(&ast.Source{Name: filepath.Join(dir, schemaFile), Input: string(sdl)}); err != nil {
		return nil, fmt.Errorf("read the bundle's schema: %w", err)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, relayFile)) //nolint:gosec // the user named it
	if err != nil {
		return nil, fmt.Errorf("read the bundle: %w", err)
	}
	if b.texts, err = documents.ParseManifest(manifest); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", dir, relayFile, err)
	}
	return b, nil
}

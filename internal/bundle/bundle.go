// Package bundle is what teams of clients pull: the schema, the documents that
// they send, manifests of these, and types for TypeScript, in one directory with a
// version; and the check that a newer schema breaks none of it.
package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Bundle is a client's documents with the schema that they were written against.
type Bundle struct {
	// Client names who sends the documents, such as web or ios.
	Client  string
	Version string
	// SDL is the schema in its own language.
	SDL       string
	Documents []Document
}

// Document is one operation, with the fragments that it needs.
type Document struct {
	Name string
	Text string
	// Hash identifies it: the SHA-256 of its text, in hex.
	Hash string
}

// The files of a bundle.
const (
	bundleFile = "bundle.json"
	schemaFile = "schema.graphqls"
	apolloFile = "persisted-query-manifest.json"
	relayFile  = "persisted.json"
	typesFile  = "types.ts"
	documents  = "documents"
)

// meta is bundle.json.
type meta struct {
	Client  string `json:"client"`
	Version string `json:"version"`
	// Schema is the SHA-256 of the schema, in hex.
	Schema    string            `json:"schema"`
	Documents map[string]string `json:"documents"` // hashes by name
}

// Print writes a schema in its own language.
func Print(schema *ast.Schema) string {
	var b bytes.Buffer
	formatter.NewFormatter(&b).FormatSchema(schema)
	return b.String()
}

// ReadDocuments reads a directory of .graphql files, each with one named operation and
// its fragments.
func ReadDocuments(dir string) ([]Document, error) {
	from := os.DirFS(dir)
	files, err := fs.Glob(from, "*.graphql")
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s has no .graphql files", dir)
	}
	var list []Document
	for _, file := range files {
		text, err := fs.ReadFile(from, file)
		if err != nil {
			return nil, fmt.Errorf("read a document: %w", err)
		}
		d, err := NewDocument(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, file), err)
		}
		list = append(list, d)
	}
	return list, nil
}

// NewDocument makes a document of a text, which must hold one named operation.
func NewDocument(text string) (Document, error) {
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return Document{}, err
	}
	if len(doc.Operations) != 1 || doc.Operations[0].Name == "" {
		return Document{}, errors.New("a document must hold one operation, with a name")
	}
	sum := sha256.Sum256([]byte(text))
	return Document{doc.Operations[0].Name, text, hex.EncodeToString(sum[:])}, nil
}

// Write writes a bundle into a directory, which is made; what it holds of an older
// bundle is replaced. A document that the schema does not allow is an error.
func (b *Bundle) Write(dir string) error {
	schema, err := b.schema()
	if err != nil {
		return err
	}
	slices.SortFunc(b.Documents, func(x, y Document) int { return strings.Compare(x.Name, y.Name) })
	types, err := b.types(schema)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(b.SDL))
	m := meta{b.Client, b.Version, hex.EncodeToString(sum[:]), map[string]string{}}
	type operation struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Type string `json:"type"`
		Body string `json:"body"`
	}
	apollo := struct {
		Format     string      `json:"format"`
		Version    int         `json:"version"`
		Operations []operation `json:"operations"`
	}{"apollo-persisted-query-manifest", 1, []operation{}}
	relay := map[string]string{}
	files := map[string]string{schemaFile: b.SDL, typesFile: types}
	for _, d := range b.Documents {
		if _, again := m.Documents[d.Name]; again {
			return fmt.Errorf("two documents are named %s", d.Name)
		}
		doc, err := parser.ParseQuery(&ast.Source{Input: d.Text})
		if err != nil {
			return fmt.Errorf("%s: %w", d.Name, err)
		}
		m.Documents[d.Name], relay[d.Hash] = d.Hash, d.Text
		apollo.Operations = append(apollo.Operations, operation{d.Hash, d.Name, string(doc.Operations[0].Operation), d.Text})
		files[filepath.Join(documents, d.Name+".graphql")] = d.Text
	}
	for name, v := range map[string]any{
		bundleFile: m, apolloFile: apollo, relayFile: relay,
		"package.json": map[string]any{"name": "@adsgraph/" + b.Client, "version": b.Version, "types": typesFile, "files": []string{"*"}},
	} {
		text, err := indented(v)
		if err != nil {
			return err
		}
		files[name] = text
	}
	if err := os.RemoveAll(filepath.Join(dir, documents)); err != nil {
		return fmt.Errorf("clear the bundle: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, documents), 0o755); err != nil { //nolint:gosec // others are to read it
		return fmt.Errorf("make the bundle: %w", err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil { //nolint:gosec // others are to read it
			return fmt.Errorf("write the bundle: %w", err)
		}
	}
	return nil
}

func indented(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return "", fmt.Errorf("write JSON: %w", err)
	}
	return b.String(), nil
}

// Read reads a bundle from a directory that Write wrote.
func Read(dir string) (*Bundle, error) {
	from := os.DirFS(dir)
	text, err := fs.ReadFile(from, bundleFile)
	if err != nil {
		return nil, fmt.Errorf("%s is no bundle: %w", dir, err)
	}
	var m meta
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, bundleFile), err)
	}
	sdl, err := fs.ReadFile(from, schemaFile)
	if err != nil {
		return nil, fmt.Errorf("%s is no bundle: %w", dir, err)
	}
	b := &Bundle{Client: m.Client, Version: m.Version, SDL: string(sdl)}
	if b.Documents, err = ReadDocuments(filepath.Join(dir, documents)); err != nil {
		return nil, err
	}
	for _, d := range b.Documents {
		if m.Documents[d.Name] != d.Hash {
			return nil, fmt.Errorf("%s: the document %s is not the one that the bundle was made of", dir, d.Name)
		}
	}
	return b, nil
}

// schema parses the bundle's schema.
func (b *Bundle) schema() (*ast.Schema, error) {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: schemaFile, Input: b.SDL})
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	return schema, nil
}

// parse parses a document and validates it against a schema.
func parse(schema *ast.Schema, d Document) (*ast.QueryDocument, error) {
	doc, err := parser.ParseQuery(&ast.Source{Name: d.Name, Input: d.Text})
	if err != nil {
		return nil, err
	}
	if errs := validator.ValidateWithRules(schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		return nil, errs
	}
	return doc, nil
}

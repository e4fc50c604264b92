// Package documents is the trusted documents: those of the screens, which are
// in the program, and those of manifests that clients bring.
package documents

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"adsgraph/graph/operations"
)

// The sources of the documents that are in the program: those of the screens in
// graph/operations, and those of the interface in web.
const (
	Builtin   = "adsgraph"
	Interface = "adsgraph web"
)

// ofInterface is what relay-compiler makes of the documents in web.
//
//go:embed web.json
var ofInterface []byte

// maxFile is the most bytes of a manifest, MaxText of a document.
const (
	maxFile = 32 << 20
	MaxText = 32 << 10
)

// Document is a trusted document.
type Document struct {
	// Hash identifies it: the SHA-256 of its text, in hex.
	Hash string
	// Name is that of its operation, or of the first one.
	Name string
	Text string
	// Sources names the manifests that hold it, relative to their directory, or
	// Builtin and Interface.
	Sources []string
}

// Set is documents by hash.
type Set map[string]Document

// Hash returns what identifies a text.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// ParseID returns the hash that a client names, as plain hex or after sha256:.
func ParseID(id string) (hash string, ok bool) {
	hash = strings.ToLower(strings.TrimPrefix(id, "sha256:"))
	b, err := hex.DecodeString(hash)
	return hash, err == nil && len(b) == sha256.Size
}

// Load returns the documents that are in the program and those of the manifests
// below a directory, "" for none. What is hidden is left out. An error names the file.
func Load(dir string) (Set, error) {
	screens, err := operations.All()
	if err != nil {
		return nil, err
	}
	set := Set{}
	for _, o := range screens {
		if err := set.add(Builtin, o.Text); err != nil {
			return nil, err
		}
	}
	if err := set.addManifest(Interface, ofInterface); err != nil {
		return nil, err
	}
	if dir == "" {
		return set, nil
	}
	files, err := manifests(dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := set.addFile(dir, f.path); err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
	}
	return set, nil
}

// file is a manifest as the directory shows it.
type file struct {
	path     string
	size     int64
	modified int64 // in nanoseconds
}

// manifests lists the files below a directory that hold documents.
func manifests(dir string) (files []file, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != dir && strings.HasPrefix(entry.Name(), "."): // such as the versions of a mounted configuration
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if ext := filepath.Ext(path); ext != ".json" && ext != ".graphql" && ext != ".gql" {
			return nil
		}
		info, err := os.Stat(path) // what a link leads to
		if err != nil || info.IsDir() {
			return err
		}
		files = append(files, file{path, info.Size(), info.ModTime().UnixNano()})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the documents: %w", err)
	}
	return files, nil
}

// add takes a document, once.
func (s Set) add(source, text string) error {
	hash := Hash(text)
	d, known := s[hash]
	if !known {
		if len(text) > MaxText {
			return fmt.Errorf("the document %s has more than %d bytes", hash, MaxText)
		}
		doc, err := parser.ParseQuery(&ast.Source{Name: source, Input: text})
		if err != nil {
			return fmt.Errorf("the document %s does not parse: %w", hash, err)
		}
		if len(doc.Operations) == 0 {
			return fmt.Errorf("the document %s has no operation", hash)
		}
		d = Document{Hash: hash, Name: doc.Operations[0].Name, Text: text}
	}
	if !slices.Contains(d.Sources, source) {
		d.Sources = append(slices.Clip(d.Sources), source)
	}
	s[hash] = d
	return nil
}

// addFile takes the documents of a manifest: Apollo's, Relay's, or the text of
// one document.
func (s Set) addFile(dir, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Size() > maxFile {
		return fmt.Errorf("it has more than %d bytes", maxFile)
	}
	content, err := os.ReadFile(path) //nolint:gosec // whoever runs the server named the directory
	if err != nil {
		return err
	}
	source, err := filepath.Rel(dir, path)
	if err != nil {
		return err
	}
	if filepath.Ext(path) != ".json" {
		return s.add(source, string(content))
	}
	return s.addManifest(source, content)
}

func (s Set) addManifest(source string, content []byte) error {
	texts, err := ParseManifest(content)
	if err != nil {
		return err
	}
	for id, text := range texts {
		if hash, ok := ParseID(id); !ok || hash != Hash(text) {
			return fmt.Errorf("the id %q is not the SHA-256 of its document, which is %s", id, Hash(text))
		}
		if err := s.add(source, text); err != nil {
			return err
		}
	}
	return nil
}

// ParseManifest returns the texts of a manifest of Apollo or Relay by their ids.
func ParseManifest(content []byte) (map[string]string, error) {
	var apollo struct {
		Format     string `json:"format"`
		Version    int    `json:"version"`
		Operations []struct {
			ID   string `json:"id"`
			Body string `json:"body"`
		} `json:"operations"`
	}
	if bytes.Contains(content, []byte(`"apollo-persisted-query-manifest"`)) {
		if err := json.Unmarshal(content, &apollo); err != nil {
			return nil, fmt.Errorf("it is no manifest of Apollo: %w", err)
		}
		if apollo.Version != 1 {
			return nil, fmt.Errorf("it is a manifest of Apollo's version %d; only 1 is known", apollo.Version)
		}
		texts := make(map[string]string, len(apollo.Operations))
		for _, o := range apollo.Operations {
			texts[o.ID] = o.Body
		}
		return texts, nil
	}
	var relay map[string]string
	if err := json.Unmarshal(content, &relay); err != nil || relay == nil {
		return nil, errors.Join(errors.New("it is neither a manifest of Apollo, nor an object of texts by their SHA-256, as Relay writes it"), err)
	}
	return relay, nil
}

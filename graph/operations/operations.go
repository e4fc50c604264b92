// Package operations is the documents of the screens, one file each, and beside
// each the variables of an example that the demo answers. The server, its
// tests and the clients share them.
package operations

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

//go:embed *.graphql *.json
var files embed.FS

// Operation is a screen's document.
type Operation struct {
	Name string
	Text string
	// Hash identifies the document: the SHA-256 of its text, in hex.
	Hash string
	// Statements is the most SQL statements of one execution, as its directive
	// @screen declares.
	Statements int
	// Example holds variables that the demo's owner can send.
	Example map[string]any
	// Rows names the variable that decides how many rows the screen has: the
	// first one of type Int!.
	Rows string
}

// All returns every operation, by name. It fails for a document that does not
// parse, holds more than one operation, is not named as its file, does not
// declare its statements, or has no example.
func All() (map[string]Operation, error) {
	documents, err := fs.Glob(files, "*.graphql")
	if err != nil {
		return nil, fmt.Errorf("list the documents: %w", err)
	}
	all := make(map[string]Operation, len(documents))
	for _, file := range documents {
		text, err := files.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the document: %w", err)
		}
		o, err := parse(strings.TrimSuffix(file, ".graphql"), string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		example, err := files.ReadFile(o.Name + ".json")
		if err != nil {
			return nil, fmt.Errorf("read the example: %w", err)
		}
		if err := json.Unmarshal(example, &o.Example); err != nil {
			return nil, fmt.Errorf("%s.json: %w", o.Name, err)
		}
		all[o.Name] = o
	}
	return all, nil
}

func parse(name, text string) (Operation, error) {
	doc, err := parser.ParseQuery(&ast.Source{Name: name, Input: text})
	if err != nil {
		return Operation{}, err
	}
	if len(doc.Operations) != 1 || doc.Operations[0].Name != name {
		return Operation{}, fmt.Errorf("the document must hold one operation, named %s", name)
	}
	hash := sha256.Sum256([]byte(text))
	o := Operation{Name: name, Text: text, Hash: hex.EncodeToString(hash[:])}
	screen := doc.Operations[0].Directives.ForName("screen")
	if screen == nil {
		return Operation{}, fmt.Errorf("the operation does not declare its statements: add @screen(statements: …)")
	}
	arg := screen.Arguments.ForName("statements")
	if arg == nil {
		return Operation{}, fmt.Errorf("@screen needs the argument statements")
	}
	if o.Statements, err = strconv.Atoi(arg.Value.Raw); err != nil || o.Statements < 1 {
		return Operation{}, fmt.Errorf("@screen(statements: …) must be a number from 1 on")
	}
	for _, v := range doc.Operations[0].VariableDefinitions {
		if o.Rows == "" && v.Type.String() == "Int!" {
			o.Rows = v.Variable
		}
	}
	return o, nil
}

package settings

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxFile is the most bytes of a file of settings: one that is larger is another.
const maxFile = 1 << 20

// entry is what a file says of a setting.
type entry struct {
	source         string // the file and the line; empty for nothing
	texts          []string
	isList, isNull bool
	isWrong        bool // a problem tells of it
}

// readFile reads a file: a mapping of names to single values or lists of them.
// What is wrong with one name is a problem, what is wrong with the file an error.
// Neither shows what the file holds, which may be a password.
func readFile(path string) (map[string]entry, []Problem, error) {
	if path == "" {
		return nil, nil, nil
	}
	f, err := os.Open(path) //nolint:gosec // whoever runs the program names it
	if err != nil {
		return nil, nil, fmt.Errorf("read the settings: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read the settings: %w", err)
	}
	if len(text) > maxFile {
		return nil, nil, fmt.Errorf("read the settings: %s has more than %d bytes", path, maxFile)
	}
	parsed, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		line := ""
		if syntax, ok := errors.AsType[*yaml.SyntaxError](err); ok && syntax.Token != nil && syntax.Token.Position != nil {
			line = ":" + strconv.Itoa(syntax.Token.Position.Line)
		}
		return nil, nil, fmt.Errorf("read the settings: %s%s is no YAML; look at the indentation, quotes and colons there", path, line)
	}
	entries := map[string]entry{}
	var problems []Problem
	mappings := 0
	for _, doc := range parsed.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode: // empty, or comments only
		case *ast.MappingNode:
			mappings++
			problems = append(problems, readMapping(filepath.Base(path), body.Values, entries)...)
		case *ast.MappingValueNode:
			mappings++
			problems = append(problems, readMapping(filepath.Base(path), []*ast.MappingValueNode{body}, entries)...)
		default:
			return nil, nil, fmt.Errorf("read the settings: %s is not a list of names with values, such as listen: 127.0.0.1:8080", path)
		}
	}
	if mappings > 1 {
		return nil, nil, fmt.Errorf("read the settings: %s holds %d documents, and may hold one", path, mappings)
	}
	return entries, problems, nil
}

// readMapping adds what a mapping says to entries.
func readMapping(file string, values []*ast.MappingValueNode, entries map[string]entry) (problems []Problem) {
	for _, v := range values {
		at := v.Key.GetToken().Position.Line
		name := v.Key.GetToken().Value
		source := file + ":" + strconv.Itoa(at)
		if before, ok := entries[name]; ok {
			problems = append(problems, Problem{name, source, "it stands in " + before.source + " already; say it once"})
			continue
		}
		e := entry{source: source}
		items := []ast.Node{v.Value}
		if list, ok := v.Value.(*ast.SequenceNode); ok {
			e.isList, items, e.texts = true, list.Values, []string{}
		}
		for _, item := range items {
			text, isNull, ok := scalar(item)
			if !ok {
				problems = append(problems, Problem{name, source, "it is neither a single value nor a list of single values"})
				e.isWrong = true
				break
			}
			e.texts = append(e.texts, text)
			e.isNull = e.isNull || isNull
		}
		entries[name] = e
	}
	return problems
}

// scalar returns the text of a single value as it was written, without quotes.
func scalar(n ast.Node) (text string, isNull, ok bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, false, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, false, true
	case *ast.NullNode:
		return "", true, true
	default: // mappings, anchors, aliases, tags, blocks
		return "", false, false
	}
}

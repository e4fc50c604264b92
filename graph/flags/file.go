package flags

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/open-feature/go-sdk/openfeature"
)

// The bounds of a file. Every flag is evaluated for every operation.
const (
	maxFile     = 1 << 20 // bytes
	maxFlags    = 50
	maxVariants = 20
	// shares is into how many parts people are divided for a rollout: a percentage has
	// two decimals.
	shares = 10_000
)

// set is the flags of a file.
type set struct {
	declared []Flag // in the order of the file
	flags    map[string]*definition
}

// definition is what a file says of a flag.
type definition struct {
	key      string
	variants map[string]any
	standard string            // the variant of those for whom there is no other
	users    map[string]string // variants by the id of a user
	rollout  []share
}

// share is the part of the people up to a bound, out of shares, who get a variant.
type share struct {
	variant string
	below   int
}

// variantOf returns which variant somebody gets, and why. Nobody, "", gets the
// default.
func (d *definition) variantOf(user string) (string, openfeature.Reason) {
	if len(d.users) == 0 && len(d.rollout) == 0 {
		return d.standard, openfeature.StaticReason
	}
	if variant, ok := d.users[user]; ok {
		return variant, openfeature.TargetingMatchReason
	}
	if user != "" && len(d.rollout) > 0 {
		b := bucket(d.key, user)
		for _, s := range d.rollout {
			if b < s.below {
				return s.variant, openfeature.SplitReason
			}
		}
	}
	return d.standard, openfeature.DefaultReason
}

// bucket returns in which part a user is for a flag, from 0 to shares-1: by the first
// 8 bytes of the SHA-256 of both, so that it stays the same everywhere and for ever,
// and one flag says nothing about another.
func bucket(flag, user string) int {
	sum := sha256.Sum256([]byte(flag + "\x00" + user))
	return int(binary.BigEndian.Uint64(sum[:8]) % shares)
}

// readFile reads a file of flags.
func readFile(path string) (*set, error) {
	f, err := os.Open(path) //nolint:gosec // whoever runs the server named the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s has more than %d bytes", path, maxFile)
	}
	return parse(filepath.Base(path), text)
}

// reader reads the text of a file.
type reader struct{ file string }

// wrong returns what is wrong with a key, and where.
func (r reader) wrong(at ast.Node, key, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %s", r.file, at.GetToken().Position.Line, key, fmt.Sprintf(format, args...))
}

// parse reads flags from YAML, of which JSON is a part.
func parse(file string, text []byte) (*set, error) {
	r, s := reader{file}, &set{flags: map[string]*definition{}}
	parsed, err := parser.ParseBytes(text, 0) // which refuses a key that stands twice
	if err != nil {
		if syntax, ok := errors.AsType[*yaml.SyntaxError](err); ok && syntax.Token != nil && syntax.Token.Position != nil {
			return nil, fmt.Errorf("%s:%d: it is no YAML: %s", file, syntax.Token.Position.Line, syntax.Message)
		}
		return nil, fmt.Errorf("%s is no YAML: %w", file, err)
	}
	for i, doc := range parsed.Docs {
		if isEmpty(doc.Body) {
			continue
		}
		entries, ok := mapping(doc.Body)
		if !ok || i > 0 {
			return nil, fmt.Errorf("%s is not one mapping of flags by their keys; see docs/experiments.md", file)
		}
		for _, e := range entries {
			d, err := r.definition(e)
			if err != nil {
				return nil, err
			}
			s.flags[d.key] = d
			s.declared = append(s.declared, Flag{Key: d.key, Default: d.variants[d.standard]})
		}
		if len(s.declared) > maxFlags {
			return nil, fmt.Errorf("%s has %d flags, and may have %d: each is evaluated for every operation", file, len(s.declared), maxFlags)
		}
	}
	return s, nil
}

// isEmpty tells whether a document says nothing.
func isEmpty(n ast.Node) bool {
	switch n.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
		return true
	default:
		return false
	}
}

// mapping returns the entries of a mapping, false for another node.
func mapping(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	default:
		return nil, false
	}
}

func nameOf(e *ast.MappingValueNode) string { return e.Key.GetToken().Value }

// isName tells whether a text can be a key or a variant: the log has several of them
// in a line.
var isName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`).MatchString //nolint:gochecknoglobals // a constant

// definition reads one flag.
func (r reader) definition(e *ast.MappingValueNode) (*definition, error) {
	key := nameOf(e)
	d := &definition{key: key}
	entries, ok := mapping(e.Value)
	switch {
	case !isName(key):
		return nil, r.wrong(e, key, "a key has letters, digits, dots, underscores and hyphens, at most 64")
	case !ok:
		return nil, r.wrong(e, key, "it needs variants and default")
	}
	parts := map[string]*ast.MappingValueNode{}
	for _, part := range entries {
		switch name := nameOf(part); name {
		case "variants", "default", "users", "rollout":
			parts[name] = part
		default:
			return nil, r.wrong(part, key+"."+name, "there is no such key, but variants, default, users and rollout")
		}
	}
	if parts["variants"] == nil {
		return nil, r.wrong(e, key, "it has no variants, such as variants: {old: false, new: true}")
	}
	if parts["default"] == nil {
		return nil, r.wrong(e, key, "it has no default: the variant of those for whom there is no other")
	}
	if err := r.variants(d, parts["variants"]); err != nil {
		return nil, err
	}
	d.standard = parts["default"].Value.GetToken().Value
	if _, ok := d.variants[d.standard]; !ok {
		return nil, r.wrong(parts["default"], key+".default", "there is no variant %q", d.standard)
	}
	if part := parts["users"]; part != nil {
		if err := r.users(d, part); err != nil {
			return nil, err
		}
	}
	if part := parts["rollout"]; part != nil {
		return d, r.rollout(d, part)
	}
	return d, nil
}

// variants reads the values of a flag, which are of one type.
func (r reader) variants(d *definition, part *ast.MappingValueNode) error {
	entries, ok := mapping(part.Value)
	if !ok || len(entries) == 0 || len(entries) > maxVariants {
		return r.wrong(part, d.key+".variants", "they are 1 to %d values by their names, such as {old: false, new: true}", maxVariants)
	}
	d.variants = map[string]any{}
	kind := reflect.Type(nil)
	for _, e := range entries {
		name := nameOf(e)
		at := d.key + ".variants." + name
		if !isName(name) {
			return r.wrong(e, at, "a name has letters, digits, dots, underscores and hyphens, at most 64")
		}
		value, err := valueOf(e.Value)
		if err != nil {
			return r.wrong(e, at, "%v", err)
		}
		if kind != nil && reflect.TypeOf(value) != kind {
			return r.wrong(e, at, "its value is of another type than those before; write 1.0 for a number among others with decimals")
		}
		kind = reflect.TypeOf(value)
		d.variants[name] = value
	}
	return nil
}

// valueOf returns what a node holds: a bool, string, int64, float64, object or list.
func valueOf(n ast.Node) (any, error) {
	var v any
	if err := yaml.NodeToValue(n, &v); err != nil {
		return nil, errors.New("it cannot be read")
	}
	switch whole := v.(type) {
	case nil:
		return nil, errors.New("it has no value")
	case uint64:
		if whole > math.MaxInt64 {
			return nil, errors.New("the number is too large")
		}
		v = int64(whole)
	}
	if _, err := json.Marshal(v); err != nil {
		return nil, errors.New("it cannot be written as JSON")
	}
	return v, nil
}

// users reads who gets a variant of their own.
func (r reader) users(d *definition, part *ast.MappingValueNode) error {
	entries, ok := mapping(part.Value)
	if !ok {
		return r.wrong(part, d.key+".users", "it is lists of user ids by variant, such as {new: [12, 15]}")
	}
	d.users = map[string]string{}
	for _, e := range entries {
		variant := nameOf(e)
		at := d.key + ".users." + variant
		list, ok := e.Value.(*ast.SequenceNode)
		if _, known := d.variants[variant]; !known {
			return r.wrong(e, at, "there is no such variant")
		}
		if !ok {
			return r.wrong(e, at, "it is a list of user ids, such as [12, 15]")
		}
		for _, item := range list.Values {
			id, err := strconv.ParseInt(item.GetToken().Value, 10, 64)
			user := strconv.FormatInt(id, 10)
			if err != nil || id < 1 {
				return r.wrong(item, at, "%.20q is no id of a user", item.GetToken().Value)
			}
			if other, twice := d.users[user]; twice {
				return r.wrong(item, at, "the user %s stands in %s already", user, other)
			}
			d.users[user] = variant
		}
	}
	return nil
}

// rollout reads which part of the people gets a variant.
func (r reader) rollout(d *definition, part *ast.MappingValueNode) error {
	entries, ok := mapping(part.Value)
	if !ok {
		return r.wrong(part, d.key+".rollout", "it is percentages by variant, such as {new: 20}")
	}
	below := 0
	for _, e := range entries {
		variant := nameOf(e)
		at := d.key + ".rollout." + variant
		if _, known := d.variants[variant]; !known {
			return r.wrong(e, at, "there is no such variant")
		}
		percent, err := strconv.ParseFloat(e.Value.GetToken().Value, 64)
		exact := percent * shares / 100
		inRange := percent >= 0 && percent <= 100 // NaN is not
		if err != nil || !inRange || math.Abs(math.Round(exact)-exact) > 1e-6 {
			return r.wrong(e, at, "it is a percentage from 0 to 100 with at most two decimals")
		}
		if below += int(math.Round(exact)); below > shares {
			return r.wrong(e, at, "the percentages are more than 100 together")
		}
		d.rollout = append(d.rollout, share{variant, below})
	}
	return nil
}

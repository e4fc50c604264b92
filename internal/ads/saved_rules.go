package ads

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The codes of problems with saved views.
const (
	ProblemScreen ProblemCode = "SCREEN_INVALID"
	ProblemSpec   ProblemCode = "SPEC_INVALID"
)

// MaxSpecBytes is the most bytes of a view's spec, as the database writes it.
const MaxSpecBytes = 64 << 10

// maxSpecDepth is how deep objects and lists lie in each other in a spec.
const maxSpecDepth = 100

// ViewPatch is a wanted change of a saved view: what is not set stays.
type ViewPatch struct {
	Name     Optional[string]
	Spec     Optional[JSON]
	IsShared Optional[bool]
}

// NewView returns a view to be saved, and which rules it breaks.
func NewView(screen, name string, spec JSON, isShared bool) (SavedView, []Problem) {
	c := checker{}
	if !isScreen(screen) {
		c.add(ProblemScreen, "screen", nil, "A screen's name has 1 to 64 letters and digits of ASCII, a letter first.")
	}
	v, problems := SavedView{Screen: screen}.Apply(ViewPatch{
		Optional[string]{true, &name}, Optional[JSON]{true, &spec}, Optional[bool]{true, &isShared},
	})
	return v, append(c.problems, problems...)
}

// Apply returns the view with a patch, and which rules it breaks.
func (v SavedView) Apply(p ViewPatch) (SavedView, []Problem) {
	c := checker{}
	if !p.Name.IsSet && !p.Spec.IsSet && !p.IsShared.IsSet {
		c.add(ProblemNothing, "", nil, "Nothing is to be changed: give at least one field besides id.")
	}
	switch {
	case !p.Name.IsSet:
	case p.Name.Value == nil:
		c.add(ProblemRequired, "name", nil, "A name cannot be taken away.")
	default:
		c.problems = append(c.problems, checkName("name", "A name", *p.Name.Value, MaxNameLength)...)
		v.Name = *p.Name.Value
	}
	switch {
	case !p.Spec.IsSet:
	case p.Spec.Value == nil:
		c.add(ProblemRequired, "spec", nil, "A spec cannot be taken away; an empty one is {}.")
	default:
		c.spec(*p.Spec.Value)
		v.Spec = *p.Spec.Value
	}
	switch {
	case !p.IsShared.IsSet:
	case p.IsShared.Value == nil:
		c.add(ProblemRequired, "isShared", nil, "A view is shared or it is not: give true or false.")
	default:
		v.IsShared = *p.IsShared.Value
	}
	return v, c.problems
}

// isScreen tells whether a text is what a client may call a screen.
func isScreen(s string) bool {
	if s == "" || len(s) > 64 || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) < 0
}

// spec checks that a document is an object that the database takes.
func (c *checker) spec(doc JSON) {
	object, err := decodeSpec(doc)
	if err != nil {
		c.add(ProblemSpec, "spec", nil, "A spec is a JSON object.")
		return
	}
	switch n, why := storedSize(object, 1); {
	case why != "":
		c.add(ProblemSpec, "spec", nil, "%s", why)
	case n > MaxSpecBytes:
		c.add(ProblemSpec, "spec", map[string]any{"bytes": n, "max": MaxSpecBytes}, "A spec has at most %d bytes, not %d.", MaxSpecBytes, n)
	}
}

// decodeSpec reads an object, with its numbers as they are written.
func decodeSpec(doc JSON) (object map[string]any, err error) {
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	if err := d.Decode(&object); err != nil {
		return nil, fmt.Errorf("read a spec: %w", err)
	}
	if object == nil {
		return nil, errors.New("read a spec: null")
	}
	return object, nil
}

// maxDigits is the most digits of a number in a spec.
const maxDigits = 400

// storedSize returns how many bytes a document has, at most, when the database writes it: with a space behind
// each colon and comma, and with numbers written out; or why it cannot.
func storedSize(v any, depth int) (bytes int, why string) {
	if depth > maxSpecDepth {
		return 0, fmt.Sprintf("A spec is at most %d objects and lists deep.", maxSpecDepth)
	}
	switch v := v.(type) {
	case map[string]any:
		sum := max(2, 4*len(v)) // braces, colons and commas
		for key, value := range v {
			n, why := storedSize(key, depth)
			if why != "" {
				return 0, why
			}
			sum += n
			if n, why = storedSize(value, depth+1); why != "" {
				return 0, why
			}
			sum += n
		}
		return sum, ""
	case []any:
		sum := max(2, 2*len(v)) // brackets and commas
		for _, value := range v {
			n, why := storedSize(value, depth+1)
			if why != "" {
				return 0, why
			}
			sum += n
		}
		return sum, ""
	case json.Number:
		if _, err := strconv.ParseFloat(v.String(), 64); err != nil {
			return 0, "A spec has no number that is larger than a double can be."
		}
		mantissa, exponent, _ := strings.Cut(strings.ToLower(v.String()), "e")
		n, err := strconv.Atoi(exponent)
		if exponent != "" && (err != nil || n < -400 || n > 400) {
			return 0, "A spec has no number with an exponent beyond 400."
		}
		if len(mantissa) > maxDigits {
			return 0, "A spec has no number of more than 400 digits."
		}
		return len(mantissa) + max(n, -n) + 2, ""
	case string:
		if strings.ContainsRune(v, 0) {
			return 0, "A spec has no text with NUL in it."
		}
		n := 2
		for _, r := range v {
			switch {
			case r == '"' || r == '\\' || r == '\b' || r == '\f' || r == '\n' || r == '\r' || r == '\t':
				n += 2
			case r < ' ':
				n += 6
			default:
				n += utf8.RuneLen(r)
			}
		}
		return n, ""
	default: // true, false, null
		return 5, ""
	}
}

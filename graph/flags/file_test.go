package flags

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
)

// write writes a file of flags that differs from what stood there.
func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// opened returns the flags of a text, with the file that they are read from.
func opened(t testing.TB, text string) (*Flags, *File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "flags.yaml")
	write(t, path, text)
	file, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := New(t.Context(), file, file.Declared, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return f, file, path
}

// TestValues reads a value of every type, from YAML and from JSON.
func TestValues(t *testing.T) {
	t.Parallel()
	const want = `a=on true,b=new "x",c=few 7,d=half 0.5,e=list ["p","q"],f=object {"k":{"n":1}}`
	for _, text := range []string{
		`# comments
a: {variants: {on: true, off: false}, default: on}
b: {variants: {new: x}, default: new}
c:
  variants: {few: 7, many: 100}
  default: few
d: {variants: {half: 0.5, whole: 1.0}, default: half}
e: {variants: {list: [p, q]}, default: list}
f: {variants: {object: {k: {n: 1}}}, default: object}
`,
		`{"a": {"variants": {"on": true, "off": false}, "default": "on"}, "b": {"variants": {"new": "x"}, "default": "new"},
		"c": {"variants": {"few": 7, "many": 100}, "default": "few"}, "d": {"variants": {"half": 0.5, "whole": 1.0}, "default": "half"},
		"e": {"variants": {"list": ["p", "q"]}, "default": "list"}, "f": {"variants": {"object": {"k": {"n": 1}}}, "default": "object"}}`,
	} {
		f, _, _ := opened(t, text)
		var got []string
		for _, v := range f.Evaluate(t.Context(), 1) {
			got = append(got, v.Key+"="+v.Variant+" "+string(v.JSON()))
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s\n%s", got, want)
		}
	}
}

// TestWrongFiles reads files that are wrong. The error names the line and the key.
func TestWrongFiles(t *testing.T) {
	t.Parallel()
	const good = "a:\n  variants: {old: false, new: true}\n  default: old\n"
	many := ""
	for i := range maxFlags + 1 {
		many += fmt.Sprintf("f%d: {variants: {on: true}, default: on}\n", i)
	}
	for text, want := range map[string]string{
		"- a\n":                                  "not one mapping",
		good + "---\n" + good:                    "not one mapping",
		"a: [":                                   "f.yaml:1: it is no YAML",
		good + good:                              "f.yaml:4: it is no YAML",
		"a: 1\n":                                 "f.yaml:1: a: it needs variants and default",
		"a b: {}\n":                              "f.yaml:1: a b: a key has letters",
		good + "  percent: 5\n":                  "f.yaml:4: a.percent: there is no such key",
		"a:\n  default: x\n":                     "f.yaml:1: a: it has no variants",
		"a:\n  variants: {x: 1}\n":               "f.yaml:1: a: it has no default",
		"a:\n  variants: {x: 1}\n  default: y\n": "f.yaml:3: a.default: there is no variant \"y\"",
		"a:\n  default: x\n  variants:\n    x: 1\n    y: z\n":    "f.yaml:5: a.variants.y: its value is of another type",
		"a:\n  default: x\n  variants:\n    x:\n":                "f.yaml:4: a.variants.x: it has no value",
		"a:\n  default: x\n  variants:\n    x: .nan\n":           "f.yaml:4: a.variants.x: it cannot be written as JSON",
		"a:\n  default: x\n  variants:\n    x,y: 1\n":            "f.yaml:4: a.variants.x,y: a name has letters",
		"a: {default: x, variants: []}\n":                        "f.yaml:1: a.variants: they are 1 to 20",
		good + "  users: [1]\n":                                  "f.yaml:4: a.users: it is lists",
		good + "  users: {x: [1]}\n":                             "f.yaml:4: a.users.x: there is no such variant",
		good + "  users: {new: 1}\n":                             "f.yaml:4: a.users.new: it is a list",
		good + "  users:\n    new: [1,\n      me@example.com]\n": "f.yaml:6: a.users.new: \"me@example.com\" is no id",
		good + "  users: {new: [1], old: [1]}\n":                 "f.yaml:4: a.users.old: the user 1 stands in new already",
		good + "  rollout: 5\n":                                  "f.yaml:4: a.rollout: it is percentages",
		good + "  rollout: {x: 5}\n":                             "f.yaml:4: a.rollout.x: there is no such variant",
		good + "  rollout: {new: 5.001}\n":                       "f.yaml:4: a.rollout.new: it is a percentage",
		good + "  rollout: {new: .nan}\n":                        "f.yaml:4: a.rollout.new: it is a percentage",
		good + "  rollout: {new: -1}\n":                          "f.yaml:4: a.rollout.new: it is a percentage",
		good + "  rollout: {new: 60, old: 40.01}\n":              "f.yaml:4: a.rollout.old: the percentages are more than 100",
		many: "51 flags, and may have 50",
	} {
		if _, err := parse("f.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n%v\nwant %s", text, err, want)
		}
	}
	for _, text := range []string{"", "# nothing\n", "{}\n"} {
		if s, err := parse("f.yaml", []byte(text)); err != nil || len(s.declared) != 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestRollout divides 10,000 people.
func TestRollout(t *testing.T) {
	t.Parallel()
	const people = 10_000
	file := func(percent string) string {
		return "a:\n  variants: {old: 1, new: 2, other: 3}\n  default: old\n  users: {old: [7], other: [8]}\n  rollout: {new: " + percent + "}\n" +
			"b:\n  variants: {old: 1, new: 2}\n  default: old\n  rollout: {new: 20}\n"
	}
	f, file1, path := opened(t, file("20"))
	again, _, _ := opened(t, file("20"))
	before, both := map[int64]string{}, 0
	for user := int64(1); user <= people; user++ {
		values := f.Evaluate(t.Context(), user)
		before[user] = values.Find("a").Variant
		if got := again.Evaluate(t.Context(), user); got.String() != values.String() {
			t.Fatalf("%d has %s, and %s of another server", user, values, got)
		}
		if values.Find("a").Variant == "new" && values.Find("b").Variant == "new" {
			both++
		}
	}
	count := 0
	for _, v := range before {
		if v == "new" {
			count++
		}
	}
	t.Logf("%d of %d have 20 %%, %d both of two flags", count, people, both)
	if math.Abs(float64(count)-2000) > 160 || math.Abs(float64(both)-400) > 80 { // four standard deviations
		t.Errorf("%d of %d have the variant, %d both", count, people, both)
	}
	if before[7] != "old" || before[8] != "other" {
		t.Errorf("7 has %s, 8 has %s", before[7], before[8])
	}
	write(t, path, file("20.75"))
	file1.Reload(t.Context())
	more := 0
	for user, was := range before {
		switch now := f.Evaluate(t.Context(), user).Find("a").Variant; {
		case was == "new" && now != "new":
			t.Errorf("%d has lost the variant", user)
		case was != now:
			more++
		}
	}
	if more < 40 || more > 115 {
		t.Errorf("%d more people have it", more)
	}
	for percent, want := range map[string]string{"0": "old", "100": "new"} {
		g, _, _ := opened(t, file(percent))
		for user := int64(100); user < 300; user++ {
			if got := g.Evaluate(t.Context(), user).Find("a").Variant; got != want {
				t.Errorf("%s %%: %d has %s", percent, user, got)
			}
		}
	}
	if b := bucket("a", "1"); b != bucket("a", strconv.Itoa(1)) || b < 0 || b >= shares {
		t.Errorf("bucket %d", b)
	}
}

// TestTheBucketStays pins the division: another one would give people other variants.
func TestTheBucketStays(t *testing.T) {
	t.Parallel()
	got := fmt.Sprint(bucket("table", "1"), bucket("table", "2"), bucket("export", "1"))
	if want := "2862 9415 9133"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestReload changes the file in all ways.
func TestReload(t *testing.T) {
	t.Parallel()
	text := func(standard string) string {
		return "a: {variants: {old: false, new: true}, default: " + standard + "}\n"
	}
	f, file, path := opened(t, text("old"))
	expect := func(want string) {
		t.Helper()
		file.Reload(t.Context())
		if got := f.Evaluate(t.Context(), 1).String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	expect("a=old")
	ctx, list := file.Declared(t.Context()) // an operation begins
	write(t, path, text("new")+"b: {variants: {on: true}, default: on}\n")
	expect("a=new,b=on")
	if d := file.BooleanEvaluation(ctx, "a", true, nil); len(list) != 1 || d.Variant != "old" || d.Value {
		t.Errorf("%d flags, %+v", len(list), d)
	}
	write(t, path, text("neither"))
	expect("a=new,b=on")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	expect("a=new,b=on")
	write(t, path, "")
	expect("")
	write(t, path, text("old"))
	expect("a=old")
}

// TestProvider asks for what the file does not have.
func TestProvider(t *testing.T) {
	t.Parallel()
	_, file, _ := opened(t, "a: {variants: {old: false, new: true}, default: new, rollout: {old: 100}}\n")
	if d := file.StringEvaluation(t.Context(), "a", "x", nil); d.Value != "x" || d.ResolutionDetail().ErrorCode != openfeature.TypeMismatchCode {
		t.Errorf("%+v", d)
	}
	if d := file.FloatEvaluation(t.Context(), "b", 1.5, nil); d.Value != 1.5 || d.ResolutionDetail().ErrorCode != openfeature.FlagNotFoundCode {
		t.Errorf("%+v", d)
	}
	for user, want := range map[string]openfeature.Reason{"": openfeature.DefaultReason, "1": openfeature.SplitReason} {
		if d := file.ObjectEvaluation(t.Context(), "a", nil, openfeature.FlattenedContext{openfeature.TargetingKey: user}); d.Reason != want {
			t.Errorf("%q: %+v", user, d)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.yaml")); err == nil {
		t.Error("there is no file, and no error")
	}
}

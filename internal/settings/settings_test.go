package settings

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// said is a set of one setting of each kind, and where it puts them.
type said struct {
	text, word, secret string
	time               time.Duration
	count              int
	on                 bool
	list               []string
}

func (s *said) set() *Set {
	return New(
		Text(&s.text, "text", "X_TEXT", "usual", "a `text`", "a text without an x", func(t string) error {
			if strings.Contains(t, "x") {
				return errors.New("it has an x")
			}
			return nil
		}),
		Choice(&s.word, "word", "X_WORD", "one", "a `word`", "one", "two"),
		Text(&s.secret, "secret", "X_SECRET", "", "a `secret`", "a secret in lower case", func(t string) error {
			if t != strings.ToLower(t) {
				return errors.New("it has capitals")
			}
			return nil
		}).Secret(func(t string) string { return strings.Repeat("*", len(t)) }),
		Duration(&s.time, "time", "X_TIME", 90*time.Minute, time.Second, 24*time.Hour, "a `time`"),
		Int(&s.count, "count", "X_COUNT", 3, 1, 9, "a `number`").Reloadable(),
		Switch(&s.on, "on", "X_ON", false, "a switch"),
		List(&s.list, "list", "X_LIST", ";", "a `list`", "a word", nil).Reloadable(),
	)
}

// read reads the settings of a file's text, some variables and flags.
func read(t *testing.T, file string, env map[string]string, args ...string) (*said, *Set, error) {
	t.Helper()
	s := &said{}
	set := s.set()
	flags := flag.NewFlagSet("x", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	set.Register(flags)
	if file != "" {
		path := filepath.Join(t.TempDir(), "x.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return s, set, set.Read(func(name string) string { return env[name] }, func() []Problem { return nil })
}

func TestWhoComesFirst(t *testing.T) {
	t.Parallel()
	const file = "text: file\nword: two\ntime: 2h\ncount: 4\non: true\nlist: [a, \"b c\"]\n"
	env := map[string]string{"X_TEXT": "environment", "X_COUNT": "5", "X_LIST": "d; e,f"}
	s, set, err := read(t, file, env, "--text", "first", "--text", "flag")
	if err != nil {
		t.Fatal(err)
	}
	if s.text != "flag" || s.word != "two" || s.time != 2*time.Hour || s.count != 5 || !s.on || !slices.Equal(s.list, []string{"d", "e,f"}) {
		t.Errorf("%+v", s)
	}
	for name, want := range map[string]string{"text": "--text", "count": "X_COUNT", "word": "x.yaml:2", "secret": "default"} {
		if got := set.Source(name); got != want {
			t.Errorf("%s comes from %q, want %q", name, got, want)
		}
	}
	// What is written can be read, and is the same.
	var text bytes.Buffer
	if err := set.Write(&text); err != nil {
		t.Fatal(err)
	}
	again, _, err := read(t, text.String(), nil)
	if err != nil || again.text != s.text || again.time != s.time || again.count != s.count || again.on != s.on || !slices.Equal(again.list, s.list) {
		t.Errorf("%+v, %v of\n%s", again, err, &text)
	}
	// Defaults, and a file of comments only.
	s, _, err = read(t, "# nothing\n", nil)
	if err != nil || s.text != "usual" || s.word != "one" || s.time != 90*time.Minute || s.count != 3 || s.on || len(s.list) > 0 {
		t.Errorf("%+v %v", s, err)
	}
}

func TestAllThatIsWrongIsSaid(t *testing.T) {
	t.Parallel()
	_, _, err := read(t, `
text: axe
word: three
time: 1
time: 2h
count: [1, 2]
list: word
on: null
unknown: {a: 1}
secret: &a Canary
`, map[string]string{"X_ON": "yes"}, "--count", "10")
	problems, ok := errors.AsType[WrongError](err)
	if !ok {
		t.Fatal(err)
	}
	text := problems.Error()
	for _, want := range []string{
		`text (x.yaml:2): "axe": it has an x; it is a text without an x`,
		`word (x.yaml:3): "three": there is no such choice; it is one of one, two`,
		`time (x.yaml:4): 1: it is no duration; it is a duration from 1s to 24h, such as 1h30m`,
		`time (x.yaml:5): it stands in x.yaml:4 already`,
		`count (--count): 10: it is out of bounds; it is a whole number from 1 to 9`,
		`list (x.yaml:7): it is a list, such as [one, two]`,
		`on (X_ON): yes: it is neither; it is true or false`,
		`unknown (x.yaml:9): it is neither a single value nor a list`,
		`secret (x.yaml:10): it is neither a single value nor a list`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Canary") || len(problems) != 10 { // unknown twice: its name, too
		t.Errorf("%d problems:\n%s", len(problems), text)
	}
}

// TestFilesThatCannotBeRead are refused, and nothing of them is shown.
func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, file := range []string{
		"secret: 'Canary\n", "secret: Canary: Canary\n", "- Canary\n", "Canary", "text: a\n---\nsecret: Canary\n", "\tsecret: Canary", "text: [Canary", "secret: Canary",
		"# " + strings.Repeat("Canary ", maxFile/6),
	} {
		if _, _, err := read(t, file, nil); err == nil || strings.Contains(err.Error(), "Canary") || !strings.Contains(err.Error(), "x.yaml") {
			t.Errorf("%.30q: %v", file, err)
		}
	}
	if _, _, err := read(t, "", nil, "--config", filepath.Join(t.TempDir(), "none.yaml")); err == nil || !strings.Contains(err.Error(), "none.yaml") {
		t.Error(err)
	}
}

func TestAdopt(t *testing.T) {
	t.Parallel()
	_, now, err := read(t, "count: 4\nlist: [a]\n", map[string]string{"X_SECRET": "old"})
	if err != nil {
		t.Fatal(err)
	}
	_, next, err := read(t, "count: 5\nlist: [a]\ntext: other\n", map[string]string{"X_SECRET": "newer"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // what waits goes on waiting
		changed, waiting := now.Adopt(next)
		if len(waiting) != 2 || waiting[0] != (Change{"text", `"usual"`, `"other"`}) || waiting[1] != (Change{"secret", `"***"`, `"*****"`}) {
			t.Errorf("waiting: %+v", waiting)
		}
		if len(changed) > 0 && changed[0] != (Change{"count", "4", "5"}) {
			t.Errorf("changed: %+v", changed)
		}
	}
	if now.Source("count") != "x.yaml:1" {
		t.Error(now.Source("count"))
	}
}

package documents

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	web     = "query Web { viewer { name } }"
	phone   = "query Phone { viewer { email } }"
	another = "query Another { viewer { name email } }"
)

func put(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func relay(texts ...string) string {
	m := map[string]string{}
	for _, text := range texts {
		m[Hash(text)] = text
	}
	b, _ := json.Marshal(m)
	return string(b)
}

func apollo(text string) string {
	return fmt.Sprintf(`{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":%q,"name":"X","type":"query","body":%q}]}`, Hash(text), text)
}

// TestManifests reads every kind, of several versions of an app.
func TestManifests(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, dir, "web/1.json", relay(web))
	put(t, dir, "web/2.json", relay(web, another))
	put(t, dir, "ios.json", apollo(phone))
	put(t, dir, "codegen.json", fmt.Sprintf(`{"sha256:%s":%q}`, Hash(web), web))
	put(t, dir, "Plain.graphql", "query Plain { viewer { name } }\n")
	put(t, dir, "README.md", "no manifest")
	put(t, dir, ".hidden/x.json", "{broken")
	set, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if d := set[Hash(web)]; d.Name != "Web" || d.Text != web || !slices.Equal(d.Sources, []string{"codegen.json", "web/1.json", "web/2.json"}) {
		t.Errorf("%+v", d)
	}
	for _, text := range []string{phone, another, "query Plain { viewer { name } }\n"} {
		if set[Hash(text)].Text != text {
			t.Errorf("%s is missing", text)
		}
	}
	screens, err := Load("")
	if err != nil || len(screens) < 20 || len(set) != len(screens)+4 {
		t.Errorf("%d documents, %d of screens, %v", len(set), len(screens), err)
	}
}

// TestBadManifests names the file.
func TestBadManifests(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"NoJSON.json":       "{",
		"Array.json":        "[]",
		"Null.json":         "null",
		"WrongHash.json":    fmt.Sprintf(`{%q:%q}`, Hash(phone), web),
		"MD5.json":          fmt.Sprintf(`{"0123456789abcdef0123456789abcdef":%q}`, web),
		"Version.json":      strings.Replace(apollo(web), `"version":1`, `"version":2`, 1),
		"Syntax.graphql":    "query {",
		"Fragment.graphql":  "fragment F on Viewer { name }",
		"Long.graphql":      "query Q { viewer { name } } #" + strings.Repeat("x", MaxText),
		"NoManifest.json":   `{"name":{"x":1}}`,
		"BadDocument.json":  relay("query {"),
		"WrongApollo.json":  strings.Replace(apollo(web), Hash(web), Hash(phone), 1),
		"ApolloSyntax.json": apollo("query {"),
	} {
		dir := t.TempDir()
		put(t, dir, name, content)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "missing"), "", time.Now); err == nil {
		t.Error("a missing directory passes")
	}
}

// TestReload changes a directory: what is bad changes nothing.
func TestReload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, dir, "a.json", relay(web))
	l, err := Open(dir, "", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	has := func(step string, texts ...string) {
		t.Helper()
		l.reload(t.Context())
		for _, text := range []string{web, phone, another} {
			if _, ok := l.Find(Hash(text)); ok != slices.Contains(texts, text) {
				t.Errorf("%s: %s is there: %t", step, text, ok)
			}
		}
	}
	has("at first", web)
	put(t, dir, "b.json", relay(phone))
	has("added", web, phone)
	put(t, dir, "c.json", "{broken")
	put(t, dir, "d.json", relay(another))
	has("broken", web, phone)
	has("still broken", web, phone)
	put(t, dir, "c.json", "{}")
	has("mended", web, phone, another)
	if err := os.Remove(filepath.Join(dir, "a.json")); err != nil {
		t.Fatal(err)
	}
	has("removed", phone, another)
}

// TestUse keeps when documents were used, over processes.
func TestUse(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "use.json")
	now := time.Date(2026, 3, 1, 10, 30, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	open := func() *Library {
		l, err := Open("", path, clock)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	first, second := open(), open()
	first.Used("a")
	first.Used("b")
	first.save(t.Context())
	now = now.Add(48 * time.Hour)
	second.Used("b")
	second.save(t.Context())
	now = now.Add(-24 * time.Hour)
	first.Used("b")
	first.save(t.Context())
	use, err := ReadUse(path)
	if err != nil || len(use) != 2 || !use["a"].Equal(time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)) || !use["b"].Equal(time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("%v %v", use, err)
	}
}

func TestParseID(t *testing.T) {
	t.Parallel()
	hash := Hash(web)
	for id, want := range map[string]bool{hash: true, "sha256:" + hash: true, strings.ToUpper(hash): true, hash[1:]: false, "": false, "Web": false, "md5:" + hash: false, hash + "00": false} {
		if got, ok := ParseID(id); ok != want || ok && got != hash {
			t.Errorf("%q: %q %t", id, got, ok)
		}
	}
}

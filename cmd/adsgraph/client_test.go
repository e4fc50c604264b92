package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestClientCommands makes a bundle, checks it, breaks it, and lists documents.
func TestClientCommands(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "bundle")
	command := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), args, func(string) string { return "" }, &out, io.Discard)
		return out.String(), err
	}
	if out, err := command("client", "--name", "web", dir); err != nil || !strings.Contains(out, "client web, version ") {
		t.Fatal(out, err)
	}
	if out, err := command("check", dir); err != nil || !strings.HasPrefix(out, "ok: web (") {
		t.Error(out, err)
	}
	schema := filepath.Join(dir, "schema.graphql")
	text, err := os.ReadFile(schema)
	if err != nil {
		t.Fatal(err)
	}
	// The client was built when the e-mail address was never null.
	changed := strings.Replace(string(text), "  email: String\n", "  email: String!\n", 1)
	if changed == string(text) {
		t.Fatal("the schema has no e-mail address")
	}
	if err := os.WriteFile(schema, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := command("check", dir); err == nil || !strings.Contains(out, "breaking: AdvertiserSwitcher of web (") || !strings.Contains(out, "Viewer.email was String! and is String") {
		t.Error(out, err)
	}
	if _, err := command("check", t.TempDir()); err == nil || !strings.Contains(err.Error(), "is no bundle") {
		t.Error(err)
	}
	// The documents of another client, in place of the screens.
	other := filepath.Join(t.TempDir(), "other")
	if out, err := command("client", "--documents", filepath.Join(dir, "documents"), other); err != nil || !strings.Contains(out, "client screens") {
		t.Error(out, err)
	}
	use := filepath.Join(t.TempDir(), "use.json")
	if out, err := command("documents", "--unused", "90", use); err != nil || !strings.Contains(out, "never       ") || !strings.Contains(out, " AdvertiserSwitcher  adsgraph\n") {
		t.Error(out, err)
	}
	for _, args := range [][]string{{"client"}, {"check"}, {"documents"}} {
		if _, err := command(args...); err == nil {
			t.Errorf("%v passes", args)
		}
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/pgtest"
)

// TestFlags starts the program with a file of flags, and changes the file.
func TestFlags(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	pgtest.DB(t, dsn).MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'a@example.com', 'Anna')`)
	issuer := openIssuer(t)
	know(t, dsn, issuer, "anna")
	token := sign(t, issuer, "anna")
	path := filepath.Join(t.TempDir(), "flags.yaml")
	save := func(text string) {
		t.Helper()
		if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	args := append([]string{"--database", dsn, "--listen", "127.0.0.1:0", "--issuer", issuer.Name, "--audience", "ads-of-acme"}, "--flags", path)
	save("table:\n  variants: {old: false, new: true}\n  default: older\n")
	err := run(t.Context(), append([]string{"serve"}, args...), noEnv, &safeBuffer{}, &safeBuffer{})
	if err == nil || !strings.Contains(err.Error(), `flags.yaml:3: table.default: there is no variant "older"`) {
		t.Errorf("%v", err)
	}
	save("table: {variants: {old: false, new: true}, default: old}\n")
	address := start(t, append([]string{"serve"}, args...)...)
	variant := func() string {
		_, body := ask(t, address, token, `{ viewer { experiments(keys: ["table"]) { variant } } }`, nil)
		return body
	}
	if body := variant(); !strings.Contains(body, `"variant":"old"`) {
		t.Fatal(body)
	}
	save("table: {variants: {old: false, new: true}, default: new}\n")
	for deadline := time.Now().Add(time.Minute); !strings.Contains(variant(), `"variant":"new"`); <-time.After(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the file is not followed")
		}
	}
}

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"adsgraph/internal/pgtest"
)

// TestReload sends SIGHUP to a server after each change of its file: what can be
// reloaded holds from then on, what is wrong changes nothing, and what needs a
// restart is named. At last it stops, which takes the drain delay.
func TestReload(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	pgtest.DB(t, dsn).MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'a@example.com', 'Anna')`)
	issuer := openIssuer(t)
	know(t, dsn, issuer, "anna")
	token := sign(t, issuer, "anna")
	path := filepath.Join(t.TempDir(), "adsgraph.yaml")
	save := func(lines string) {
		t.Helper()
		text := fmt.Sprintf("database: %q\nlisten: 127.0.0.1:0\nissuer: [%q]\naudience: [ads-of-acme]\ndrain-delay: 400ms\n%s\n", dsn, issuer.Name, lines)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	save("")
	logs := &safeBuffer{}
	server, address := spawnLogged(t, build(t), logs, "serve", "--config", path)
	until := func(what string, ok func() bool) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); !ok(); {
			if time.Now().After(deadline) {
				t.Fatalf("never %s\n%s", what, logs)
			}
			<-time.After(2 * time.Millisecond)
		}
	}
	reload := func(lines, says string) {
		t.Helper()
		save(lines)
		before := strings.Count(logs.String(), says)
		if err := server.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		until("said "+says, func() bool { return strings.Count(logs.String(), says) > before })
	}
	deep := func() string { _, body := ask(t, address, token, "{ viewer { name } }", nil); return body }
	allows := func() bool {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, "http://"+address+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", "https://ads.example.com")
		r.Header.Set("Access-Control-Request-Method", "POST")
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.Header.Get("Access-Control-Allow-Origin") != ""
	}
	if body := deep(); !strings.Contains(body, "Anna") || allows() {
		t.Fatal(body)
	}
	reload("limit: [depth=1]\nallow-origin: [https://ads.example.com]", `limit from [] to [\"depth=1\"]`)
	until("refused", func() bool { return strings.Contains(deep(), "TOO_DEEP") })
	if !allows() {
		t.Error("the origin is not allowed")
	}
	reload("limit: [depth=0]\nnonsense: 1", "those in force stay")
	if body := deep(); !strings.Contains(body, "TOO_DEEP") {
		t.Errorf("after a wrong file: %s", body)
	}
	if text := logs.String(); !strings.Contains(text, "nonsense (adsgraph.yaml:7)") || !strings.Contains(text, "limit (adsgraph.yaml:6)") {
		t.Errorf("the log does not say what is wrong: %s", text)
	}
	reload("timeout: 3s\nlog-level: warn", `timeout from 10s to 3s`)
	until("answered", func() bool { return strings.Contains(deep(), "Anna") })
	lines := strings.Count(logs.String(), "\n")
	if deep(); strings.Count(logs.String(), "\n") > lines {
		t.Error("lines of level info are logged")
	}
	if text := logs.String(); !strings.Contains(text, "level=INFO msg=starting version=") {
		t.Errorf("no line about the start: %s", text)
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until("not ready", func() bool { return get(t, "http://"+address+"/readyz") == http.StatusServiceUnavailable })
	if body := deep(); !strings.Contains(body, "Anna") {
		t.Errorf("while it drains: %s", body)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("%v\n%s", err, logs)
	}
}

// spawnLogged is spawn with the log of the process.
func spawnLogged(t *testing.T, program string, logs *safeBuffer, args ...string) (*exec.Cmd, string) {
	t.Helper()
	out := &safeBuffer{b: bytes.Buffer{}}
	server := exec.CommandContext(t.Context(), program, args...)
	server.Stdout, server.Stderr = out, logs
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	for {
		if _, rest, ok := strings.Cut(out.String(), "http://"); ok {
			address, _, _ := strings.Cut(rest, "/")
			return server, address
		}
		if server.ProcessState != nil || strings.Contains(logs.String(), "adsgraph:") {
			t.Fatalf("%s", logs)
		}
		<-time.After(2 * time.Millisecond)
	}
}

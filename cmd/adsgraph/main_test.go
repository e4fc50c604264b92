package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"adsgraph/graph/operations"
	"adsgraph/internal/devpg"
	"adsgraph/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// noEnv is an empty environment.
func noEnv(string) string { return "" }

// safeBuffer is a writer that may be read meanwhile.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// start runs the program until the test ends and returns its address. The run
// must end without an error.
func start(t *testing.T, args ...string) (address string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, logs := &safeBuffer{}, &safeBuffer{}
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, args, noEnv, out, logs) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("%v ended with %v\n%s", args, err, logs)
		}
	})
	for {
		if _, rest, ok := strings.Cut(out.String(), "http://"); ok {
			if address, _, ok = strings.Cut(rest, "/"); ok {
				return address
			}
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%v ended early: %v\n%s\n%s", args, err, out, logs)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// ask sends a document and returns the status and the body.
func ask(t *testing.T, address, token, query string, variables map[string]any) (int, string) {
	t.Helper()
	res := post(t, address, "/graphql", token, map[string]any{"query": query, "variables": variables})
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func get(t *testing.T, url string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// TestDemoAnswersTheScreens runs the demo on a database of the test server and
// sends every screen over HTTP, the query that it prints, and asks as each of
// its people.
func TestDemoAnswersTheScreens(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "postgres")
	address := start(t, "demo", "--size", "small", "--listen", "127.0.0.1:0", "--dir", dir, "--database", pgtest.Database(t))
	token := demoToken(t, dir, "owner")
	for _, path := range []string{"/healthz", "/readyz", "/playground"} {
		if status := get(t, "http://"+address+path); status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range all {
		status, body := ask(t, address, token, o.Text, o.Example)
		if status != http.StatusOK || strings.Contains(body, `"errors"`) || len(body) < 300 {
			t.Errorf("%s: %d %.500s", name, status, body)
		}
	}
	if status, body := ask(t, address, "wrong-token", "{ viewer { name } }", nil); status != http.StatusUnauthorized {
		t.Errorf("a wrong token: %d %s", status, body)
	}
	text := welcome(address, dir)
	_, rest, _ := strings.Cut(text, `-d '{"query":"`)
	query, _, ok := strings.Cut(rest, `"}'`)
	if !ok {
		t.Fatalf("no query in %s", text)
	}
	status, body := ask(t, address, token, strings.ReplaceAll(query, `\"`, `"`), nil)
	if status != http.StatusOK || strings.Contains(body, `"errors"`) || !strings.Contains(body, "totalCount") {
		t.Errorf("the printed query: %d %s", status, body)
	}
	demoSignsIn(t, address, dir)
}

// TestCommands runs the commands that work on a database, one after another.
func TestCommands(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	var out, errs bytes.Buffer
	do := func(args ...string) error {
		out.Reset()
		errs.Reset()
		return run(t.Context(), args, noEnv, &out, &errs)
	}
	if err := do("migrate", "--database", dsn); err != nil || !strings.Contains(out.String(), "up to date") {
		t.Fatalf("migrate: %v %s", err, &out)
	}
	if err := do("seed", "--size", "small", "--database", dsn); err != nil {
		t.Fatalf("seed: %v %s", err, &errs)
	}
	if err := do("verify", "--database", dsn); err != nil {
		t.Fatalf("verify: %v %s", err, &out)
	}
	if err := do("doctor", "--database", dsn); err != nil || !strings.Contains(out.String(), "ok    roll-ups") {
		t.Errorf("doctor: %v\n%s", err, &out)
	}
	if err := do("seed", "--size", "small", "--database", dsn); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Errorf("a second seed: %v", err)
	}
	db := pgtest.DB(t, dsn)
	db.MustExec("UPDATE campaign_day SET spend_micros = spend_micros + 1 WHERE ctid = (SELECT min(ctid) FROM campaign_day)")
	if err := do("verify", "--database", dsn); err == nil || !strings.Contains(err.Error()+out.String(), "campaign_day") {
		t.Errorf("verify of a changed roll-up: %v %s", err, &out)
	}
	if err := do("seed", "--size", "small", "--force", "--database", dsn); err != nil {
		t.Errorf("seed --force: %v", err)
	}
	if err := do("verify", "--database", dsn); err != nil {
		t.Errorf("verify after seed --force: %v", err)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	if err := run(t.Context(), nil, noEnv, &out, &errs); err != nil || !strings.Contains(out.String(), "serve") {
		t.Errorf("no command: %v %s", err, &out)
	}
	for _, args := range [][]string{
		{"nonsense"},
		{"serve", "--nonsense"},
		{"serve"},
		{"seed", "--size", "huge", "--database", "postgres:///nowhere?host=/nonexistent"},
		{"migrate", "--database", "postgres:///nowhere?host=/nonexistent"},
	} {
		if err := run(t.Context(), args, noEnv, io.Discard, io.Discard); err == nil {
			t.Errorf("%v succeeded", args)
		} else if len(err.Error()) < 10 {
			t.Errorf("%v: %v", args, err)
		}
	}
}

// TestDatabaseComesAndGoes starts the server without its database, which must
// fail with a message; then takes the database away from a running server,
// which must say so to clients and to the load balancer, and heal.
func TestDatabaseComesAndGoes(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "adsgraph-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config := devpg.Config{Dir: filepath.Join(dir, "pg"), Install: true}
	up := func() *devpg.Cluster {
		cluster, err := devpg.Start(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		return cluster
	}
	if err := os.Chmod(dir, 0o755); err != nil { // the server's user must get through
		t.Fatal(err)
	}
	cluster := up()
	if err := cluster.CreateDatabase(t.Context(), "adsgraph"); err != nil {
		t.Fatal(err)
	}
	dsn := cluster.DSN("adsgraph")
	issuer := openIssuer(t)
	err = run(t.Context(), serveArgs(dsn, issuer), noEnv, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "adsgraph migrate") {
		t.Errorf("serve without migrations: %v", err)
	}
	if err := run(t.Context(), []string{"migrate", "--database", dsn}, noEnv, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	pgtest.DB(t, dsn).MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'a@example.com', 'Anna')`)
	know(t, dsn, issuer, "anna")
	const query = "{ viewer { name } }"
	token := sign(t, issuer, "anna")
	address := startServe(t, dsn, issuer)
	wait := func(what string, ok func() bool) {
		t.Helper()
		deadline := time.Now().Add(30 * time.Second)
		for !ok() {
			if time.Now().After(deadline) {
				t.Fatal("never " + what)
			}
		}
	}
	if status, body := ask(t, address, token, query, nil); status != 200 || !strings.Contains(body, "Anna") {
		t.Fatalf("%d %s", status, body)
	}
	if err := cluster.Stop(); err != nil {
		t.Fatal(err)
	}
	wait("not ready", func() bool { return get(t, "http://"+address+"/readyz") == http.StatusServiceUnavailable })
	if status := get(t, "http://"+address+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz without the database: %d", status)
	}
	status, body := ask(t, address, token, query, nil)
	if status != 200 && status != 503 || !strings.Contains(body, "UNAVAILABLE") || strings.Contains(body, "sock") {
		t.Errorf("without the database: %d %s", status, body)
	}
	if err := run(t.Context(), serveArgs(dsn, issuer), noEnv, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "PostgreSQL") {
		t.Errorf("serve without the database: %v", err)
	}
	cluster = up()
	defer func() { _ = cluster.Stop() }()
	wait("ready again", func() bool { return get(t, "http://"+address+"/readyz") == http.StatusOK })
	if status, body := ask(t, address, token, query, nil); status != 200 || !strings.Contains(body, "Anna") {
		t.Errorf("healed: %d %s", status, body)
	}
}

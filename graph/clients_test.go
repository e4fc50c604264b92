package graph

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"adsgraph/graph/bundle"
	"adsgraph/graph/documents"
	"adsgraph/internal/pgtest"
)

// TestClients runs the tests of test/clients: real clients, and the audits of
// GraphQL over HTTP. "make clients" installs what they need.
func TestClients(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs("../test/clients")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is missing, so real clients are not tried: install Node 20 or newer")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("the clients are not installed, so they are not tried: make clients installs and runs them")
	}
	run := func(script string, environment ...string) {
		t.Helper()
		c := exec.CommandContext(t.Context(), "npm", "run", "--silent", script)
		c.Dir, c.Env = dir, append(os.Environ(), environment...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("npm run %s: %v\n%s", script, err, out)
		} else if testing.Verbose() {
			t.Logf("%s", out)
		}
	}
	run("relay")
	screens, err := documents.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.Write(filepath.Join(dir, "out", "bundle"), "screens", schemaOf(t), screens); err != nil {
		t.Fatal(err)
	}
	run("types")
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	s := pgtest.OpenDSN(t, dsn)
	manifests := filepath.Join(dir, "out", "documents")
	if err := os.WriteFile(filepath.Join(manifests, "Switcher.graphql"), []byte("query Switcher { viewer { name } }"), 0o600); err != nil {
		t.Fatal(err)
	}
	library, err := documents.Open(manifests, "", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	open := newProcess(t, dsn, s, Options{Introspection: true, Automatic: true})
	locked := newProcess(t, dsn, s, Options{Documents: library, Trust: TrustRequire})
	var changes atomic.Int64
	control := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/drop" {
			open.CloseClientConnections()
			return
		}
		n := int(changes.Add(1))
		change(t, db, 1, 11, "Changed "+strconv.Itoa(n), n)
	}))
	defer control.Close()
	run("test", "OPEN="+open.URL+"/graphql", "LOCKED="+locked.URL+"/graphql", "CONTROL="+control.URL, "ADVERTISER="+advertiserID(1))
}

// Package resilience breaks what a server stands on, and looks at what its clients
// see: real processes, real databases, real connections.
package resilience

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/devpg"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// campaigns is how many there are, one for each client that writes.
const campaigns = 8

// fleet is an account with a campaign for each client.
const fleet = `
INSERT INTO app_user (id, email, name) VALUES (1, 'olga@example.com', 'Olga');
INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (1, 'Acme', 'US', 'USD', 'America/New_York');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 1, 'OWNER');
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo, daily_budget_micros)
  SELECT 1, n, 'start', 'AWARENESS', true, 5000000 FROM generate_series(1, %d) AS n;`

// stack is a database that keeps what it acknowledged, and who may sign in.
type stack struct {
	dir     string
	cluster *devpg.Cluster
	issuer  *auth.Issuer
	program string
	token   string
}

// startCluster starts a database that is as durable as in production.
func startCluster(t *testing.T, dir string, follow *devpg.Cluster, more map[string]string) *devpg.Cluster {
	t.Helper()
	settings := map[string]string{
		"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "replica", "max_wal_senders": "4",
		"shared_buffers": "32MB", "max_connections": "150", "autovacuum": "off",
	}
	maps.Copy(settings, more)
	c, err := devpg.Start(t.Context(), devpg.Config{Dir: dir, Log: io.Discard, Install: true, Settings: settings, Follow: follow})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Stop() })
	return c
}

// newStack makes a database with a fleet, builds the program and opens an issuer.
func newStack(t *testing.T) *stack {
	t.Helper()
	if os.Getenv("RESILIENCE") == "" {
		t.Skip("it takes minutes: make resilience")
	}
	s := &stack{dir: t.TempDir(), program: filepath.Join(t.TempDir(), "adsgraph")}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", s.program, "adsgraph/cmd/adsgraph").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	s.cluster = startCluster(t, s.dir+"/a", nil, nil)
	var err error
	if s.issuer, err = auth.NewIssuer(""); err != nil {
		t.Fatal(err)
	}
	keys := httptest.NewServer(s.issuer)
	t.Cleanup(keys.Close)
	s.issuer.Name = keys.URL
	if s.token, _, err = s.issuer.Sign("olga", "ads-of-acme", time.Now(), 3*time.Hour); err != nil {
		t.Fatal(err)
	}
	db := s.db(t)
	if err := store.Migrate(t.Context(), db, time.Now(), io.Discard); err != nil {
		t.Fatal(err)
	}
	db.MustExec(fmt.Sprintf(fleet, campaigns))
	db.MustExec("INSERT INTO identity (issuer, subject, user_id) VALUES ($1, 'olga', 1)", s.issuer.Name)
	return s
}

// db connects to the database directly.
func (s *stack) db(t *testing.T) *sqlx.DB {
	t.Helper()
	return pgtest.DB(t, s.cluster.DSN("postgres"))
}

// server is a process of the program.
type server struct {
	cmd     *exec.Cmd
	address string
	ended   chan struct{}
}

// serve starts the program on a database until the test ends. What it logs is shown
// if the test fails.
func (s *stack) serve(t *testing.T, dsn string, args ...string) *server {
	t.Helper()
	args = append([]string{"serve", "--database", dsn, "--listen", "127.0.0.1:0", "--issuer", s.issuer.Name, "--audience", "ads-of-acme"}, args...)
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	p := &server{cmd: exec.CommandContext(t.Context(), s.program, args...), ended: make(chan struct{})}
	p.cmd.Stderr = log
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	go func() {
		_ = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.ended:
		case <-time.After(20 * time.Second):
			_ = p.cmd.Process.Kill()
			t.Error("the server does not end")
		}
		if text, _ := os.ReadFile(log.Name()); t.Failed() {
			t.Logf("the server's log ends with\n%s", text[max(0, len(text)-3000):])
		}
	})
	_, rest, _ := strings.Cut(line, "http://")
	p.address, _, _ = strings.Cut(rest, "/")
	if err != nil || p.address == "" {
		text, _ := os.ReadFile(log.Name())
		t.Fatalf("%v %q %s", err, line, text)
	}
	return p
}

// isReady tells whether a server wants requests.
func isReady(t *testing.T, address string) bool {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/readyz", http.NoBody)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	return res.Body.Close() == nil && res.StatusCode == http.StatusOK
}

// until waits for what comes in a while, and returns how long it took.
func until(t *testing.T, limit time.Duration, what string, done func() bool) time.Duration {
	t.Helper()
	start, end := time.Now(), time.After(limit)
	ticks := time.NewTicker(25 * time.Millisecond)
	defer ticks.Stop()
	for !done() {
		select {
		case <-end:
			t.Fatalf("%s: not within %s", what, limit)
		case <-ticks.C:
		}
	}
	return time.Since(start)
}

// ref returns an object's id for clients.
func ref(level ads.Level, id int64) string {
	return ads.Ref{Level: level, Advertiser: 1, ID: id}.String()
}

// counts counts by name, and is safe for concurrent use.
type counts struct {
	sync.Mutex
	by map[string]int
}

func (c *counts) add(name string) {
	c.Lock()
	defer c.Unlock()
	if c.by == nil {
		c.by = map[string]int{}
	}
	c.by[name]++
}

func (c *counts) get(name string) int {
	c.Lock()
	defer c.Unlock()
	return c.by[name]
}

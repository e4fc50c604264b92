package resilience

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"adsgraph/internal/devpg"
	"adsgraph/internal/pgtest"
)

// balancer sends requests in turn to those servers whose /readyz says so. What it
// could not connect for, it sends to another; nothing else is sent twice.
type balancer struct {
	addresses []atomic.Pointer[string]
	ready     []atomic.Bool
	turn      atomic.Int64
}

// startBalancer looks at the servers every 100 ms until the test ends.
func startBalancer(t *testing.T, servers ...*server) (b *balancer, address string) {
	t.Helper()
	b = &balancer{addresses: make([]atomic.Pointer[string], len(servers)), ready: make([]atomic.Bool, len(servers))}
	for i, s := range servers {
		b.addresses[i].Store(&s.address)
		b.ready[i].Store(true)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			for i := range b.addresses {
				b.ready[i].Store(isReady(t, *b.addresses[i].Load()))
			}
			select {
			case <-ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	front := httptest.NewServer(&httputil.ReverseProxy{Transport: b, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: "balanced"})
	}})
	t.Cleanup(func() {
		cancel()
		<-ended
		front.CloseClientConnections()
		front.Close()
	})
	return b, front.URL + "/graphql"
}

// RoundTrip sends a request to one of the servers.
func (b *balancer) RoundTrip(r *http.Request) (*http.Response, error) {
	body := []byte{}
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	err := errors.New("no server is ready")
	for range b.addresses {
		i := int(b.turn.Add(1)) % len(b.addresses)
		if !b.ready[i].Load() {
			continue
		}
		next := r.Clone(r.Context())
		next.URL.Host = *b.addresses[i].Load()
		next.Body = io.NopCloser(bytes.NewReader(body))
		var res *http.Response
		if res, err = http.DefaultTransport.RoundTrip(next); err == nil {
			return res, nil
		}
		if op, ok := errors.AsType[*net.OpError](err); !ok || op.Op != "dial" {
			return nil, err
		}
	}
	return nil, err
}

// TestRollingRestart restarts two servers one after the other: no client sees a
// request fail, and those who follow miss nothing.
func TestRollingRestart(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	servers := []*server{}
	start := func() *server { return s.serve(t, s.cluster.DSN("postgres"), "--drain-delay", "1s") }
	servers = append(servers, start(), start())
	b, address := startBalancer(t, servers...)
	f := startTraffic(t, address, s.token, 100, 20)
	f.flows(t, 20*time.Second)
	for range pgtest.Rounds(5, 1) {
		for i, old := range servers {
			if err := old.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			<-old.ended
			servers[i] = start()
			b.addresses[i].Store(&servers[i].address)
			until(t, 20*time.Second, "the new server gets requests", b.ready[i].Load)
			f.flows(t, 20*time.Second)
		}
	}
	f.check(t, s.db(t))
	if n := f.failed(); n != 0 {
		t.Errorf("%d requests failed: %v", n, f.answers.by)
	}
	for _, w := range f.seen {
		if w.streams < 2 {
			t.Errorf("somebody followed %d streams, want one before and one after", w.streams)
		}
	}
}

// TestDatabaseRestart stops the database and starts it again, in order and by force:
// what was acknowledged is there, and the server goes on by itself.
func TestDatabaseRestart(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	p := s.serve(t, s.cluster.DSN("postgres"))
	f := startTraffic(t, "http://"+p.address+"/graphql", s.token, 50, 10)
	f.flows(t, 20*time.Second)
	for range pgtest.Rounds(5, 1) {
		for _, by := range []string{"fast", "kill"} {
			if by == "kill" {
				if err := syscall.Kill(s.cluster.PID(), syscall.SIGQUIT); err != nil { // what pg_ctl calls immediate
					t.Fatal(err)
				}
			}
			_ = s.cluster.Stop() // which is an error if it was killed
			failed := f.failed()
			until(t, 20*time.Second, "requests fail", func() bool { return f.failed() > failed })
			if isReady(t, p.address) {
				t.Error("the server is ready without a database")
			}
			s.cluster = startCluster(t, s.dir+"/a", nil, nil)
			took := f.flows(t, 30*time.Second)
			ready := until(t, 20*time.Second, "the server is ready", func() bool { return isReady(t, p.address) })
			t.Logf("%s: writes went on %s after the database took connections, ready %s later", by, took, ready)
		}
	}
	f.check(t, s.db(t))
	if f.answers.get("write UNAVAILABLE") == 0 {
		t.Errorf("no write was UNAVAILABLE: %v", f.answers.by)
	}
}

// TestFailover kills the primary and promotes its standby, which the server read from:
// it goes on with it by itself, and nothing acknowledged is lost.
func TestFailover(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	standby := startCluster(t, s.dir+"/b", s.cluster, nil)
	db := s.db(t)
	db.MustExec(`ALTER SYSTEM SET synchronous_standby_names = '*'`)
	db.MustExec(`SELECT pg_reload_conf()`)
	until(t, 20*time.Second, "the standby is synchronous", func() bool {
		var n int
		return db.Get(&n, `SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'`) == nil && n == 1
	})
	p := s.serve(t, both(t, s.cluster, standby), "--replica", standby.DSN("postgres"))
	f := startTraffic(t, "http://"+p.address+"/graphql", s.token, 50, 10)
	f.flows(t, 20*time.Second)
	if err := syscall.Kill(s.cluster.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	failed := f.failed()
	until(t, 20*time.Second, "requests fail", func() bool { return f.failed() > failed })
	s.cluster = standby
	db = s.db(t)
	db.MustExec(`ALTER SYSTEM SET synchronous_standby_names = ''`)
	db.MustExec(`SELECT pg_promote(true, 60)`)
	took := f.flows(t, 30*time.Second)
	t.Logf("writes went on %s after the promotion", took)
	f.check(t, db)
}

// both is the address of two clusters, of which the one is meant that takes writes.
func both(t *testing.T, a, b *devpg.Cluster) string {
	t.Helper()
	hosts := ""
	for _, c := range []*devpg.Cluster{a, b} {
		u, err := url.Parse(c.DSN("postgres"))
		if err != nil {
			t.Fatal(err)
		}
		if hosts != "" {
			hosts += ","
		}
		hosts += u.Query().Get("host")
	}
	return "host=" + hosts + " port=5432,5432 user=postgres dbname=postgres sslmode=disable target_session_attrs=read-write"
}

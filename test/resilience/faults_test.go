package resilience

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"adsgraph/internal/devpg"
)

// toxiproxy is the module that makes faults of the network; it is built from here,
// and is none of the product's own modules.
const toxiproxy = "github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0"

// network is a proxy between the server and its database.
type network struct {
	api     string // of toxiproxy, for our proxy
	address string // of the database, through the proxy
}

// startNetwork starts toxiproxy before a database.
func startNetwork(t *testing.T, c *devpg.Cluster) *network {
	t.Helper()
	dir := t.TempDir()
	install := exec.CommandContext(t.Context(), "go", "install", toxiproxy)
	install.Env = append(install.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("install toxiproxy: %v\n%s", err, out)
	}
	port := freePort(t)
	cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "server"), "-host", "127.0.0.1", "-port", port)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	n := &network{api: "http://127.0.0.1:" + port + "/proxies"}
	until(t, 20*time.Second, "toxiproxy answers", func() bool { return n.try(t, http.MethodGet, n.api, nil) == nil })
	listen := "127.0.0.1:" + freePort(t)
	n.call(t, http.MethodPost, n.api, map[string]any{"name": "database", "listen": listen, "upstream": toSocket(t, c)})
	n.api += "/database"
	n.address = "postgres://postgres@" + listen + "/postgres?sslmode=disable"
	return n
}

// call asks toxiproxy's API.
func (n *network) call(t *testing.T, method, address string, body any) {
	t.Helper()
	if err := n.try(t, method, address, body); err != nil {
		t.Fatal(err)
	}
}

func (n *network) try(t *testing.T, method, address string, body any) error {
	t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, bytes.NewReader(encoded))
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if res.StatusCode >= http.StatusMultipleChoices {
		err = fmt.Errorf("%s: %s", res.Status, text)
	}
	return err
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// toSocket passes TCP connections on to the socket of a database, and returns their
// address: toxiproxy knows TCP only, and our databases sockets.
func toSocket(t *testing.T, c *devpg.Cluster) string {
	t.Helper()
	u, err := url.Parse(c.DSN("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(u.Query().Get("host"), ".s.PGSQL.5432")
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = from.Close() }()
				to, err := (&net.Dialer{}).DialContext(context.WithoutCancel(t.Context()), "unix", socket)
				if err != nil {
					return
				}
				defer func() { _ = to.Close() }()
				go func() {
					_, _ = io.Copy(to, from)
					_ = to.Close()
				}()
				_, _ = io.Copy(from, to)
			}()
		}
	}()
	return l.Addr().String()
}

// TestNetworkFaults breaks the network between the server and its database in each
// way that toxiproxy knows, while clients work: no answer is wrong, no acknowledged
// edit is lost or made twice, and all goes on by itself when the fault is over.
func TestNetworkFaults(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	n := startNetwork(t, s.cluster)
	private := "127.0.0.1:" + freePort(t)
	p := s.serve(t, n.address, "--private", private, "--timeout", "5s")
	f := startTraffic(t, "http://"+p.address+"/graphql", s.token, 50, 5)
	f.flows(t, 20*time.Second)
	goroutines := func() int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+private+"/metrics", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		m := regexp.MustCompile(`(?m)^go_goroutines (\d+)`).FindSubmatch(text)
		if m == nil {
			t.Fatalf("no go_goroutines in %.500s", text)
		}
		count, _ := strconv.Atoi(string(m[1]))
		return count
	}
	before := goroutines()
	for _, fault := range []struct {
		kind       string
		attributes map[string]any
	}{
		{"latency", map[string]any{"latency": 1000, "jitter": 300}},
		{"bandwidth", map[string]any{"rate": 5}},
		{"slicer", map[string]any{"average_size": 30, "size_variation": 20, "delay": 500}},
		{"slow_close", map[string]any{"delay": 2000}},
		{"reset_peer", map[string]any{"timeout": 100}},
		{"limit_data", map[string]any{"bytes": 3000}},
		{"timeout", map[string]any{"timeout": 0}}, // swallows everything
		{"down", nil},
	} {
		wrote, failed := f.done(), f.failed()
		if fault.kind == "down" {
			n.call(t, http.MethodPost, n.api, map[string]any{"enabled": false})
		} else {
			for _, stream := range []string{"upstream", "downstream"} {
				n.call(t, http.MethodPost, n.api+"/toxics", map[string]any{"name": stream, "type": fault.kind, "stream": stream, "attributes": fault.attributes})
			}
		}
		select {
		case <-time.After(8 * time.Second): // for as long as the fault lasts
		case <-t.Context().Done():
		}
		during, errs := f.done()-wrote, f.failed()-failed
		if fault.kind == "down" {
			n.call(t, http.MethodPost, n.api, map[string]any{"enabled": true})
		} else {
			for _, stream := range []string{"upstream", "downstream"} {
				n.call(t, http.MethodDelete, n.api+"/toxics/"+stream, nil)
			}
		}
		took := f.flows(t, 30*time.Second)
		t.Logf("%s for 8 s: %d edits and %d errors meanwhile; writes went on %s after it", fault.kind, during, errs, took.Round(100*time.Millisecond))
	}
	until(t, 20*time.Second, "the server is ready", func() bool { return isReady(t, p.address) })
	f.check(t, s.db(t))
	until(t, 60*time.Second, "goroutines are as many as before", func() bool { return goroutines() <= before+10 })
	var connections int
	if err := s.db(t).Get(&connections, `SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'`); err != nil || connections > 40 {
		t.Errorf("%d connections: %v", connections, err)
	}
}

package httpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"adsgraph/internal/auth"
)

// TestReadyAnswersInTime asks whether the server is ready while its database hangs,
// and heeds nothing: it is told no within the time, one look goes on at a time, and
// all is well once the database is.
func TestReadyAnswersInTime(t *testing.T) {
	t.Parallel()
	var looks atomic.Int32
	hang := make(chan struct{})
	h := edge(nil, func(c *Config) {
		c.Ready = func(context.Context) error {
			looks.Add(1)
			<-hang
			return nil
		}
	})
	ready := func() int {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
		return rec.Code
	}
	start := time.Now()
	if code := ready(); code != http.StatusServiceUnavailable {
		t.Errorf("while it hangs: %d", code)
	}
	if took := time.Since(start); took < readyTime || took > readyTime+5*time.Second {
		t.Errorf("it took %s", took)
	}
	if code := ready(); code != http.StatusServiceUnavailable || looks.Load() != 1 {
		t.Errorf("again: %d after %d looks", code, looks.Load())
	}
	close(hang)
	for deadline := time.Now().Add(10 * time.Second); ready() != http.StatusOK; {
		if time.Now().After(deadline) {
			t.Fatal("never ready again")
		}
	}
}

// TestDrainDelay stops a server: it is not ready at once, answers for the delay, and
// then ends. Before, another configuration takes over from the first.
func TestDrainDelay(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	next := make(chan Config)
	began, goOn := make(chan struct{}), make(chan struct{})
	config := func(name string) Config {
		return Config{
			Interface: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/slow" {
					close(began)
					<-goOn
				}
				_, _ = fmt.Fprint(w, name)
			}),
			Verify:     func(context.Context, string) (auth.Viewer, error) { return auth.Viewer{}, errors.New("nobody") },
			Ready:      func(context.Context) error { return nil },
			DrainDelay: 200 * time.Millisecond, Next: next, Timeout: time.Minute,
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, config("first")) }()
	get := func(path string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+l.Addr().String()+path, nil)
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			return 0, err.Error()
		}
		defer func() { _ = res.Body.Close() }()
		text, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(text)
	}
	slow := make(chan string, 1)
	go func() {
		_, text := get("/slow")
		slow <- text
	}()
	<-began
	next <- config("second")
	for deadline := time.Now().Add(10 * time.Second); ; {
		if _, text := get("/"); text == "second" {
			break
		} else if time.Now().After(deadline) {
			t.Fatal(text)
		}
	}
	close(goOn)
	if text := <-slow; text != "first" {
		t.Errorf("a request that had begun is answered by the %s", text)
	}
	if code, text := get("/readyz"); code != http.StatusOK {
		t.Errorf("%d %s", code, text)
	}
	stop()
	for deadline := time.Now().Add(10 * time.Second); ; {
		if code, text := get("/readyz"); code == http.StatusServiceUnavailable {
			break
		} else if code != http.StatusOK || time.Now().After(deadline) {
			t.Fatalf("the port closed before the server was not ready: %d %s", code, text)
		}
	}
	if code, text := get("/"); text != "second" {
		t.Errorf("while it drains: %d %s", code, text)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

package httpd

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"adsgraph/internal/observe"
)

// TestPrivatePort reads metrics and profiles at a private address, which stops with the server,
// and checks that an address on all interfaces is refused.
func TestPrivatePort(t *testing.T) {
	t.Parallel()
	for _, address := range []string{":6060", "0.0.0.0:6060", "[::]:6060"} {
		if l, err := ListenPrivately(t.Context(), address); err == nil {
			_ = l.Close()
			t.Errorf("%s is listened to, which is on all interfaces", address)
		} else if !strings.Contains(err.Error(), address) {
			t.Errorf("%s: %v does not name it", address, err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	l, err := ListenPrivately(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- ServePrivately(ctx, l, observe.NewMetrics()) }()
	for path, want := range map[string]string{"/metrics": "go_goroutines", "/debug/pprof/": "goroutine", "/debug/pprof/goroutine?debug=1": "goroutine profile", "/debug/pprof/heap?debug=1": "heap profile"} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+l.Addr().String()+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d, %v, %.200s", path, res.StatusCode, err, body)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

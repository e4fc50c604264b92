package httpd

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"adsgraph/internal/auth"
)

// TestStreamsAndSocketsPass sends requests for streams and WebSockets: their time
// is not limited here, and a WebSocket may come without a token, but not with a
// bad one.
func TestStreamsAndSocketsPass(t *testing.T) {
	t.Parallel()
	h := edge(func(w http.ResponseWriter, r *http.Request) {
		v, _ := auth.From(r.Context())
		_, limited := r.Context().Deadline()
		_, _ = fmt.Fprint(w, v.UserID, limited)
	}, nil)
	for name, c := range map[string]struct {
		method string
		header http.Header
		status int
		body   string
	}{
		"query":               {"POST", http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}, 200, "7 true"},
		"stream":              {"POST", http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}, "Accept": {"application/json, Text/Event-Stream"}}, 200, "7 false"},
		"stream of nobody":    {"POST", http.Header{"Accept": {"text/event-stream"}, "X-Adsgraph-Csrf": {"1"}}, 401, ""},
		"stream of a site":    {"POST", http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}, "Accept": {"text/event-stream"}, "Sec-Fetch-Site": {"cross-site"}}, 403, ""},
		"socket":              {"GET", http.Header{"Upgrade": {"WebSocket"}}, 200, "0 false"},
		"socket with a token": {"GET", http.Header{"Upgrade": {"websocket"}, "Authorization": {"Bearer " + token}}, 200, "7 false"},
		"socket, bad token":   {"GET", http.Header{"Upgrade": {"websocket"}, "Authorization": {"Bearer x"}}, 401, ""},
		"no GET, no socket":   {"POST", http.Header{"Upgrade": {"websocket"}, "Content-Type": {"application/json"}}, 401, ""},
		"another upgrade":     {"GET", http.Header{"Upgrade": {"h2c"}, "Content-Type": {"application/json"}}, 401, ""},
	} {
		r := httptest.NewRequestWithContext(t.Context(), c.method, "/graphql", nil)
		r.Header = c.header
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != c.status || c.body != "" && rec.Body.String() != c.body {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
}

// TestStopDrains stops a server: it waits until clients were sent away.
func TestStopDrains(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	draining, drained, served := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		served <- Serve(ctx, l, Config{
			GraphQL: http.NotFoundHandler(), Ready: func(context.Context) error { return nil }, Timeout: time.Minute,
			Verify: func(context.Context, string) (auth.Viewer, error) { return auth.Viewer{}, nil },
			Drain: func(context.Context) {
				close(draining)
				<-drained
			},
		})
	}()
	stop()
	<-draining
	select {
	case err := <-served:
		t.Fatal("it did not wait", err)
	default:
	}
	close(drained)
	if err := <-served; err != nil {
		t.Error(err)
	}
}

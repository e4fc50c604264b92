package httpd

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"adsgraph/internal/auth"
)

// TestSlowClientsAreCutOff opens connections that send a header byte by byte, and
// some that announce a body and send none of it. Others are answered meanwhile,
// and the slow ones are closed when their time is over.
func TestSlowClientsAreCutOff(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- Serve(ctx, l, Config{
			GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if _, err := io.Copy(io.Discard, r.Body); err != nil {
					w.WriteHeader(http.StatusRequestTimeout)
				}
			}),
			Verify:  func(context.Context, string) (auth.Viewer, error) { return auth.Viewer{}, nil },
			Ready:   func(context.Context) error { return nil },
			Timeout: time.Minute,
		})
	}()
	var slow sync.WaitGroup
	for i := range 100 {
		head := "POST /graphql HTTP/1.1\r\nHost: x\r\nX-Slow: "
		most := headerTime
		if i%10 == 0 {
			head = "POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
			most = requestTime
		}
		slow.Go(func() {
			conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = conn.Close() }()
			if _, err := fmt.Fprint(conn, head); err != nil {
				t.Error(err)
				return
			}
			_ = conn.SetReadDeadline(time.Now().Add(most + 10*time.Second))
			_, err = io.Copy(io.Discard, conn)                           // until the server ends it
			if timeout, ok := err.(net.Error); ok && timeout.Timeout() { //nolint:errorlint // of the connection itself
				t.Error("the connection is still open")
			}
		})
	}
	for range 20 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+l.Addr().String()+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("others wait: %v", err)
		}
		_ = res.Body.Close()
	}
	slow.Wait()
	stop()
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

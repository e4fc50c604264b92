// Package httpd is the HTTP edge: routes, what every request passes through,
// and the life of the server.
package httpd

import (
	"context"
	"net/http"
	"time"

	"adsgraph/internal/auth"
)

// Config is what the edge is made of.
type Config struct {
	// GraphQL answers /graphql, for requests that carry a viewer.
	GraphQL http.Handler
	// Export answers /export, for requests that carry a viewer; nil for none.
	Export http.Handler
	// Playground answers /playground; nil for none.
	Playground http.Handler
	// Demo answers /demo/, for whoever asks; nil for none.
	Demo http.Handler
	// Verify returns the viewer that a bearer token stands for, or a fault that
	// says what the client is told.
	Verify func(ctx context.Context, token string) (auth.Viewer, error)
	// Ready returns why the server should get no requests, or nil.
	Ready func(ctx context.Context) error
	// Timeout is how long a request may take; its SQL is cancelled then.
	Timeout time.Duration
	// ExportTimeout is how long an export may take instead.
	ExportTimeout time.Duration
}

// maxBody is the most bytes of a request's body.
const maxBody = 256 << 10

// Handler returns every route, and the order of what a request passes through:
// from the outermost, which sees it first.
func Handler(c Config) http.Handler {
	guarded := func(h http.Handler, timeout time.Duration) http.Handler {
		h = requireViewer(c.Verify, h)
		h = http.NewCrossOriginProtection().Handler(h)
		h = limitTime(timeout, h)
		return http.MaxBytesHandler(h, maxBody)
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", guarded(c.GraphQL, c.Timeout))
	if c.Export != nil {
		mux.Handle("/export", guarded(c.Export, c.ExportTimeout))
	}
	if c.Playground != nil {
		mux.Handle("GET /playground", c.Playground)
	}
	if c.Demo != nil {
		mux.Handle("/demo/", http.MaxBytesHandler(http.NewCrossOriginProtection().Handler(c.Demo), maxBody))
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { readyz(c.Ready, w, r) })
	return identify(recoverPanic(mux))
}

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
	// Playground answers /playground; nil for none.
	Playground http.Handler
	// Verify returns the viewer that a bearer token stands for.
	Verify func(token string) (auth.Viewer, error)
	// Ready returns why the server should get no requests, or nil.
	Ready func(ctx context.Context) error
	// Timeout is how long a request may take; its SQL is cancelled then.
	Timeout time.Duration
}

// maxBody is the most bytes of a request's body.
const maxBody = 256 << 10

// Handler returns every route, and the order of what a request passes through:
// from the outermost, which sees it first.
func Handler(c Config) http.Handler {
	graphql := requireViewer(c.Verify, c.GraphQL)
	graphql = http.NewCrossOriginProtection().Handler(graphql)
	graphql = limitTime(c.Timeout, graphql)
	graphql = http.MaxBytesHandler(graphql, maxBody)

	mux := http.NewServeMux()
	mux.Handle("/graphql", graphql)
	if c.Playground != nil {
		mux.Handle("GET /playground", c.Playground)
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { readyz(c.Ready, w, r) })
	return identify(recoverPanic(mux))
}

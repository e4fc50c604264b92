// Package httpd is the HTTP edge: routes, what every request passes through,
// and the life of the server.
package httpd

import (
	"context"
	"net/http"
	"strings"
	"time"

	"adsgraph/internal/auth"
)

// Config is what the edge is made of.
type Config struct {
	// GraphQL answers /graphql, for requests that carry a viewer, and for those for
	// a WebSocket, which may not: who sends them says so by a message. It limits the
	// time of requests that accept server-sent events, since these may take long.
	GraphQL http.Handler
	// Drain is called when the server stops: it sends the clients of WebSockets and
	// streams away, and waits until they are gone or ctx ends; nil for none.
	Drain func(ctx context.Context)
	// DrainDelay is how long requests are still taken after the stop, while the
	// server is not ready. 0 is for where nobody has to hear of that.
	DrainDelay time.Duration
	// Next gives configurations whose handlers take over from this one, for requests
	// that come later. Only what handlers need is taken from them. nil for none.
	Next <-chan Config
	// Export answers /export, for requests that carry a viewer; nil for none.
	Export http.Handler
	// Interface answers what no other route does: the Ads Manager; nil for none.
	Interface http.Handler
	// Playground answers /playground and what is below it; nil for none.
	Playground http.Handler
	// Demo answers /demo/, for whoever asks; nil for none.
	Demo http.Handler
	// Verify returns the viewer that a bearer token stands for, or a fault that
	// says what the client is told.
	Verify func(ctx context.Context, token string) (auth.Viewer, error)
	// Ready returns why the server should get no requests, or nil.
	Ready func(ctx context.Context) error
	// Origins are those whose pages may use the server, besides its own; see
	// CheckOrigin.
	Origins []string
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
	sameSite := sameSite(c.Origins)
	guarded := func(h http.Handler, timeout time.Duration) http.Handler {
		h = requireViewer(c.Verify, h)
		h = sameSite(h)
		h = limitTime(timeout, h)
		return http.MaxBytesHandler(h, maxBody)
	}
	signedIn := requireViewer(limitVerify(c.Timeout, c.Verify), c.GraphQL)
	streams := requirePreflight(http.MaxBytesHandler(sameSite(signedIn), maxBody))
	sockets := signedInIfSaid(signedIn, c.GraphQL) // looks at the origin itself
	plain := compress(requirePreflight(guarded(c.GraphQL, c.Timeout)))
	shared := shareWith(c.Origins)
	mux := http.NewServeMux()
	mux.Handle("/graphql", shared(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket"):
			sockets.ServeHTTP(w, r)
		case strings.Contains(strings.ToLower(strings.Join(r.Header.Values("Accept"), ",")), "text/event-stream"):
			streams.ServeHTTP(w, r)
		default:
			plain.ServeHTTP(w, r)
		}
	})))
	if c.Export != nil {
		mux.Handle("/export", shared(guarded(c.Export, c.ExportTimeout)))
	}
	if c.Playground != nil {
		mux.Handle("GET /playground", c.Playground)
		mux.Handle("GET /playground/", c.Playground)
	}
	if c.Demo != nil {
		mux.Handle("/demo/", http.MaxBytesHandler(http.NewCrossOriginProtection().Handler(c.Demo), maxBody))
	}
	if c.Interface != nil {
		mux.Handle("/", c.Interface)
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", (&readiness{ready: c.Ready}).answer)
	return identify(recoverPanic(mux))
}

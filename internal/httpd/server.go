package httpd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// drain is how long running requests may go on after a stop was asked for.
const drain = 15 * time.Second

// How long a client may take to send the header of a request, and all of it.
const (
	headerTime  = 5 * time.Second
	requestTime = 15 * time.Second
)

// Serve answers requests on a listener until ctx ends. Then it is not ready, takes
// requests for c.DrainDelay, since whoever sends them has to hear of it; takes no
// new ones, lets the running ones end, and returns.
func Serve(ctx context.Context, l net.Listener, c Config) error {
	var stopping atomic.Bool
	ready := c.Ready
	stoppable := func(ctx context.Context) error {
		if stopping.Load() {
			return errors.New("stopping")
		}
		return ready(ctx)
	}
	c.Ready = stoppable
	var current atomic.Pointer[http.Handler]
	use := func(c Config) {
		h := Handler(c)
		current.Store(&h)
	}
	use(c)
	srv := &http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*current.Load()).ServeHTTP(w, r) }),
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) }, // running requests go on
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       requestTime,
		WriteTimeout:      c.Timeout + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	for ctx.Err() == nil {
		select {
		case err := <-failed:
			return fmt.Errorf("serve: %w", err)
		case next := <-c.Next:
			next.Ready = stoppable
			use(next)
		case <-ctx.Done():
		}
	}
	stopping.Store(true)
	if c.DrainDelay > 0 {
		slog.InfoContext(ctx, "stopping: not ready, and the port closes later", "after", c.DrainDelay)
		select {
		case err := <-failed:
			return fmt.Errorf("serve: %w", err)
		case <-time.After(c.DrainDelay):
		}
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		if c.Drain != nil {
			c.Drain(deadline)
		}
	}()
	err := srv.Shutdown(deadline) // knows of streams, and not of WebSockets
	<-drained
	if err != nil {
		_ = srv.Close() // what still runs has had its time
		return fmt.Errorf("stop: requests were still running after %s: %w", drain, err)
	}
	return nil
}

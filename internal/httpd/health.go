package httpd

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// readyTime is how long it may take to find out whether the server is ready.
const readyTime = time.Second

// readiness tells a load balancer whether to send requests here. It answers within
// readyTime whatever the database does: one look at it goes on at a time, which all
// who ask meanwhile wait for.
type readiness struct {
	ready func(context.Context) error

	mu   sync.Mutex
	last *look // that goes on; nil for none
}

// look is one look at whether the server is ready.
type look struct {
	done chan struct{}
	err  error // when done
}

var errSlow = errors.New("the database did not answer in time")

// check returns why the server is not ready, or nil.
func (r *readiness) check(ctx context.Context) error {
	r.mu.Lock()
	l := r.last
	if l == nil {
		l = &look{done: make(chan struct{})}
		r.last = l
		go r.look(context.WithoutCancel(ctx), l)
	}
	r.mu.Unlock()
	timer := time.NewTimer(readyTime)
	defer timer.Stop()
	select {
	case <-l.done:
		return l.err
	case <-timer.C:
		return errSlow
	}
}

func (r *readiness) look(ctx context.Context, l *look) {
	ctx, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	l.err = r.ready(ctx)
	r.mu.Lock()
	r.last = nil
	r.mu.Unlock()
	close(l.done)
}

// answer answers /readyz. Why not is for the log: it may name the database.
func (r *readiness) answer(w http.ResponseWriter, req *http.Request) {
	if err := r.check(req.Context()); err != nil {
		slog.WarnContext(req.Context(), "not ready", "err", err)
		say(w, http.StatusServiceUnavailable, "not ready: the database does not answer, is not migrated, or the server is stopping")
		return
	}
	say(w, http.StatusOK, "ready")
}

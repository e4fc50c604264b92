package graph

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
)

// The times of connections that pass on events.
const (
	// heartbeat is how often something is sent when nothing happens, so that
	// nobody on the way takes the connection for dead.
	heartbeat = 12 * time.Second
	// writeTime is how long a client may take to accept an event.
	writeTime = 10 * time.Second
	// drainTime is over how long clients are sent away when the process ends, so
	// that they do not all come to another one at once.
	drainTime = 8 * time.Second
)

// drainAfter returns how long a client may stay that is to be sent away.
func drainAfter() time.Duration {
	return rand.N(drainTime) //nolint:gosec // spreads load, keeps no secret
}

// stream answers a subscription with server-sent events, as the protocol of
// graphql-sse has them for one operation per connection: next and complete. A
// stream that ends without complete is one to be asked for again.
func (t HTTP) stream(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, op *admitted) {
	done, ok := t.Live.Open()
	if !ok {
		w.Header().Set("Retry-After", "1")
		write(w, plainJSON, http.StatusServiceUnavailable, &graphql.Response{Errors: faults(fault.New(fault.Unavailable, "The server is stopping, or has too many streams. Try again."))})
		return
	}
	defer done()
	h := w.Header()
	h.Set("Content-Type", eventStream+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would keep events until it has many
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{}) // the request is read; one that cannot set it has none
	send := func(parts ...[]byte) bool {
		_ = c.SetWriteDeadline(time.Now().Add(writeTime)) //nolint:forbidigo // of the connection
		for _, b := range parts {
			if _, err := w.Write(b); err != nil {
				return false
			}
		}
		return c.Flush() == nil
	}
	w.WriteHeader(http.StatusOK)
	if !send([]byte(":\n\n")) {
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	responses := make(chan *graphql.Response)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		defer close(responses)
		each(ctx, exec, op.OperationContext, func(response *graphql.Response) bool {
			select {
			case responses <- response:
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	defer func() {
		cancel()
		<-stopped
	}()
	beats := time.NewTicker(heartbeat)
	defer beats.Stop()
	draining := t.Live.Draining()
	var leave <-chan time.Time
	for {
		select {
		case response, ok := <-responses:
			if !ok {
				if response := signedOut(r.Context()); response != nil {
					_ = sendNext(send, response)
				} else if r.Context().Err() != nil {
					return
				}
				send([]byte("event: complete\ndata:\n\n"))
				return
			}
			if !sendNext(send, response) {
				return
			}
		case <-beats.C:
			if !send([]byte(":\n\n")) {
				return
			}
		case <-draining:
			draining, leave = nil, time.After(drainAfter())
		case <-leave:
			send([]byte("retry: 1000\n:restarting\n\n"))
			return
		}
	}
}

// once answers a query or a mutation as a stream of one event, for clients that
// take nothing else.
func once(w http.ResponseWriter, response *graphql.Response) {
	h := w.Header()
	h.Set("Content-Type", eventStream+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	send := func(parts ...[]byte) bool {
		for _, b := range parts {
			if _, err := w.Write(b); err != nil {
				return false
			}
		}
		return true
	}
	if sendNext(send, response) {
		send([]byte("event: complete\ndata:\n\n"))
	}
}

func sendNext(send func(...[]byte) bool, response *graphql.Response) bool {
	before, after := around(response)
	return send([]byte("event: next\ndata: "), before, bytes.ReplaceAll(response.Data, []byte{'\n'}, nil), after, []byte("\n\n"))
}

// each runs a subscription and calls send for each response, until there are no
// more, ctx ends, or send returns false. A panic is a last response.
func each(ctx context.Context, exec graphql.GraphExecutor, oc *graphql.OperationContext, send func(*graphql.Response) bool) {
	defer func() {
		if p := recover(); p != nil {
			err := recovered(ctx, p)
			send(exec.DispatchError(graphql.WithOperationContext(ctx, oc), gqlerror.List{gqlerror.Wrap(err)}))
		}
	}()
	next, ctx := exec.DispatchOperation(ctx, oc)
	for {
		if response := next(ctx); response == nil || !send(response) {
			return
		}
	}
}

// signedOut returns what is said to a client whose sign-in has ended, nil if it
// has not.
func signedOut(ctx context.Context) *graphql.Response {
	f, ok := errors.AsType[*fault.Error](context.Cause(ctx))
	if !ok {
		return nil
	}
	return &graphql.Response{Errors: gqlerror.List{{Message: f.Message, Extensions: map[string]any{"code": string(f.Code)}}}}
}

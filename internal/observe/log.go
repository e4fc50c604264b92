// Package observe is what operators see: logs, metrics and traces.
package observe

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"

	"go.opentelemetry.io/otel/trace"
)

// NewLogger returns a logger that writes lines of text, or JSON objects, each
// with the ids of the request and of the trace that its context belongs to. What is
// below level at that moment is left out.
func NewLogger(w io.Writer, asJSON bool, level slog.Leveler) *slog.Logger {
	o := &slog.HandlerOptions{Level: level}
	if asJSON {
		return slog.New(withRequest{slog.NewJSONHandler(w, o)})
	}
	return slog.New(withRequest{slog.NewTextHandler(w, o)})
}

// withRequest adds the ids of the request and of its trace to each record.
type withRequest struct{ slog.Handler }

func (h withRequest) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		r.AddAttrs(slog.String("request", id))
	}
	if s := trace.SpanContextFromContext(ctx); s.HasTraceID() {
		r.AddAttrs(slog.String("trace", s.TraceID().String()))
	}
	return h.Handler.Handle(ctx, r)
}

func (h withRequest) WithAttrs(attrs []slog.Attr) slog.Handler {
	return withRequest{h.Handler.WithAttrs(attrs)}
}

func (h withRequest) WithGroup(name string) slog.Handler {
	return withRequest{h.Handler.WithGroup(name)}
}

type requestKey struct{}

// WithRequestID returns a context that carries a request's id.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID returns the id of the request that ctx belongs to, or "".
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// LogPanic keeps what a recovered panic said, and where it came from.
func LogPanic(ctx context.Context, p any) {
	slog.ErrorContext(ctx, "panic", "value", fmt.Sprint(p), "stack", string(debug.Stack()))
}

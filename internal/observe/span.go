package observe

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// scope names the instrumentation.
const scope = "adsgraph"

// WithRemote returns a context that continues the trace that a request's header
// traceparent names, if it does. What tracestate says is left out: it is text of
// the client's, and we send it nowhere.
func WithRemote(ctx context.Context, h http.Header) context.Context {
	if h.Get("Traceparent") == "" {
		return ctx
	}
	ctx = propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(h))
	if s := trace.SpanContextFromContext(ctx); s.TraceState().Len() > 0 {
		ctx = trace.ContextWithRemoteSpanContext(ctx, s.WithTraceState(trace.TraceState{}))
	}
	return ctx
}

// StartOperation begins the span of an operation. Without a tracer it is one that
// records nothing; ask IsRecording before making attributes.
func StartOperation(ctx context.Context, name string) (context.Context, trace.Span) {
	t := from(ctx)
	if t == nil || t.Tracer == nil {
		return ctx, noop.Span{}
	}
	return t.Tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindServer))
}

// below returns the tracer for what happens in the span of ctx, nil unless that is
// recorded.
func below(ctx context.Context) trace.Tracer {
	if t := from(ctx); t != nil && t.Tracer != nil && trace.SpanFromContext(ctx).IsRecording() {
		return t.Tracer
	}
	return nil
}

// StartBatch counts a batch of a loader, and begins its span.
func StartBatch(ctx context.Context, loader string, keys int) (context.Context, trace.Span) {
	MetricsFrom(ctx).batch(loader, keys)
	tracer := below(ctx)
	if tracer == nil {
		return ctx, noop.Span{}
	}
	return tracer.Start(ctx, "load "+loader, trace.WithAttributes(
		attribute.String("adsgraph.loader", loader), attribute.Int("adsgraph.keys", keys)))
}

// Statement is one run of a statement.
type Statement struct {
	// Name is that of the statement; its text and arguments are told nobody.
	Name string
	// Rows is how many it gave or changed.
	Rows     int
	Start    time.Time
	Duration time.Duration
	// Failure is the SQLSTATE, or "given up" for one that ended without; empty for
	// none.
	Failure string
}

// StatementEnded counts a statement, and adds its span to what was recorded, by
// the conventions for database clients.
func StatementEnded(ctx context.Context, s Statement) {
	MetricsFrom(ctx).statement(s)
	tracer := below(ctx)
	if tracer == nil {
		return
	}
	_, span := tracer.Start(ctx, s.Name, trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(s.Start),
		trace.WithAttributes(semconv.DBSystemNamePostgreSQL, semconv.DBQuerySummary(s.Name), semconv.DBResponseReturnedRows(s.Rows)))
	if s.Failure != "" {
		span.SetStatus(codes.Error, "")
		span.SetAttributes(semconv.ErrorTypeKey.String(s.Failure), semconv.DBResponseStatusCode(s.Failure))
	}
	span.End(trace.WithTimestamp(s.Start.Add(s.Duration)))
}

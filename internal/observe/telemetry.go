package observe

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// Telemetry is where it is counted and traced what a process does. The context of
// the process carries it, and so that of each request and of all work besides.
type Telemetry struct {
	// Metrics counts; nil for nothing.
	Metrics *Metrics
	// Tracer makes spans; nil for none.
	Tracer trace.Tracer
	// Slow says which operations are slow; nil for none.
	Slow *SlowLog
}

type telemetryKey struct{}

// NewContext returns a context that carries telemetry.
func NewContext(ctx context.Context, t *Telemetry) context.Context {
	return context.WithValue(ctx, telemetryKey{}, t)
}

func from(ctx context.Context) *Telemetry {
	t, _ := ctx.Value(telemetryKey{}).(*Telemetry)
	return t
}

// MetricsFrom returns the metrics of the process that ctx belongs to. All their
// methods do nothing for the nil of a process that has none.
func MetricsFrom(ctx context.Context) *Metrics {
	if t := from(ctx); t != nil {
		return t.Metrics
	}
	return nil
}

// SlowFrom returns the log of slow operations of the process that ctx belongs to,
// nil for none.
func SlowFrom(ctx context.Context) *SlowLog {
	if t := from(ctx); t != nil {
		return t.Slow
	}
	return nil
}

package observe

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

// TraceConfig says where spans go, and which are recorded. What it leaves out is
// up to OpenTelemetry's own variables in the environment.
type TraceConfig struct {
	// URL is where the collector takes OTLP over HTTP; empty for what the
	// environment says. Without a path it gets /v1/traces.
	URL string
	// Ratio is which part of the operations is recorded whose request does not say,
	// from 0 to 1; negative for what the environment says.
	Ratio float64
}

const (
	// flushTime is how long the last spans may take when the process ends.
	flushTime = 2 * time.Second
	// complainEvery is how often the log says that the collector takes nothing.
	complainEvery = time.Minute
)

// StartTracing returns a tracer whose spans are sent in batches, in the background:
// if the collector is slow or down, they wait in a queue of 2,048 and are then
// dropped. stop sends the last ones, for 2 seconds at most.
func StartTracing(ctx context.Context, c TraceConfig, m *Metrics) (tracer trace.Tracer, stop func(), err error) {
	var options []otlptracehttp.Option
	if c.URL != "" {
		u, err := url.Parse(c.URL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
			return nil, nil, errors.New("this is not the address of a collector, which is one such as http://127.0.0.1:4318, without a password; OTEL_EXPORTER_OTLP_HEADERS is for that")
		}
		if u.Path == "" || u.Path == "/" {
			u.Path = "/v1/traces"
		}
		options = append(options, otlptracehttp.WithEndpointURL(u.String()))
	}
	exporter, err := otlptracehttp.New(ctx, options...)
	if err != nil {
		return nil, nil, fmt.Errorf("send traces: %w", err)
	}
	version, _, _ := Build()
	// What the process was started with stays out: it may hold a password.
	about, err := resource.New(ctx, resource.WithTelemetrySDK(),
		resource.WithAttributes(semconv.ServiceName("adsgraph"), semconv.ServiceVersion(version)), resource.WithFromEnv())
	if err != nil {
		return nil, nil, fmt.Errorf("describe this process for traces: %w", err)
	}
	settings := []sdktrace.TracerProviderOption{
		sdktrace.WithBatcher(&calmExporter{SpanExporter: exporter, metrics: m, now: time.Now}), sdktrace.WithResource(about),
	}
	if c.Ratio >= 0 {
		settings = append(settings, sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(c.Ratio))))
	}
	provider := sdktrace.NewTracerProvider(settings...)
	return provider.Tracer(scope), func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTime)
		defer cancel()
		if err := provider.Shutdown(ctx); err != nil {
			slog.WarnContext(ctx, "the last traces were not sent", "err", err)
		}
	}, nil
}

// calmExporter says once a minute at most that spans cannot be sent.
type calmExporter struct {
	sdktrace.SpanExporter
	metrics *Metrics
	now     func() time.Time

	mu   sync.Mutex
	said time.Time
	lost int // spans since then
}

// ExportSpans sends spans. It tells of failures itself.
func (e *calmExporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	err := e.SpanExporter.ExportSpans(ctx, spans)
	e.metrics.spansSent(len(spans), err == nil)
	if err == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lost += len(spans)
	if now := e.now(); now.Sub(e.said) >= complainEvery {
		slog.WarnContext(ctx, "traces cannot be sent; the collector does not take them", "spans", e.lost, "err", err)
		e.said, e.lost = now, 0
	}
	return nil
}

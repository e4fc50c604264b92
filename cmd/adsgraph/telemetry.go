package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"adsgraph/graph"
	"adsgraph/internal/httpd"
	"adsgraph/internal/live"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// telemetryFlags say what operators get to see of a server beside its log.
type telemetryFlags struct {
	// private is the address of metrics and profiles, empty for none of either.
	private string
	// traces is the collector's address; see observe.TraceConfig.
	traces string
	// Whether OpenTelemetry's variables name a collector, and a sampler.
	collectorNamed, samplerNamed bool
	// ratio is which part of the operations is traced, from 0 to 1.
	ratio float64
	// slow is from how long on an operation is slow, 0 for never.
	slow time.Duration
	// wrong is what the environment says that cannot be, nil for nothing.
	wrong error

	metrics *observe.Metrics // nil without private
}

// register adds the flags.
func (t *telemetryFlags) register(flags *flag.FlagSet, getenv func(string) string) {
	flags.StringVar(&t.private, "private", getenv("ADSGRAPH_PRIVATE"), "private `address` for metrics and for profiles of CPU, heap and goroutines, such as 127.0.0.1:6060 (ADSGRAPH_PRIVATE)")
	flags.StringVar(&t.traces, "traces", getenv("ADSGRAPH_TRACES"), "`URL` of a collector that takes traces by OTLP over HTTP, such as http://127.0.0.1:4318 (ADSGRAPH_TRACES, or OTEL_EXPORTER_OTLP_ENDPOINT)")
	t.ratio = 0.1
	parse := func(text string) error {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n >= 0 && n <= 1) { // NaN is neither
			return fmt.Errorf("%q is no number from 0 to 1", text)
		}
		t.ratio, t.samplerNamed = n, false
		return nil
	}
	t.samplerNamed = getenv("OTEL_TRACES_SAMPLER") != ""
	t.collectorNamed = getenv("OTEL_EXPORTER_OTLP_ENDPOINT")+getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != "" &&
		getenv("OTEL_SDK_DISABLED") != "true" && getenv("OTEL_TRACES_EXPORTER") != "none"
	flags.Func("trace-ratio", "`part` of the operations that is traced, from 0 to 1, where the request does not say; 0.1 unless OTEL_TRACES_SAMPLER is set (ADSGRAPH_TRACE_RATIO)", parse)
	if text := getenv("ADSGRAPH_TRACE_RATIO"); text != "" {
		if err := parse(text); err != nil {
			t.wrong = fmt.Errorf("ADSGRAPH_TRACE_RATIO: %w", err)
		}
	}
	slow := time.Second
	if text := getenv("ADSGRAPH_SLOW"); text != "" {
		var err error
		if slow, err = time.ParseDuration(text); err != nil {
			t.wrong = errors.Join(t.wrong, fmt.Errorf("ADSGRAPH_SLOW: %w", err))
		}
	}
	flags.DurationVar(&t.slow, "slow", slow, "from how long on the log tells what a slow operation did; 0 for never (ADSGRAPH_SLOW)")
}

// start returns a context that carries the telemetry of the server, and what ends
// it: the last traces are sent then.
func (t *telemetryFlags) start(ctx context.Context) (_ context.Context, stop func(), err error) {
	if t.wrong != nil {
		return nil, nil, t.wrong
	}
	all := &observe.Telemetry{Slow: observe.NewSlowLog(t.slow)}
	if t.private != "" {
		t.metrics = observe.NewMetrics()
		all.Metrics = t.metrics
	}
	stop = func() {}
	if t.traces != "" || t.collectorNamed {
		c := observe.TraceConfig{URL: t.traces, Ratio: t.ratio}
		if t.samplerNamed {
			c.Ratio = -1
		}
		if all.Tracer, stop, err = observe.StartTracing(ctx, c, t.metrics); err != nil {
			return nil, nil, fmt.Errorf("--traces: %w", err)
		}
	}
	return observe.NewContext(ctx, all), stop, nil
}

// serve opens the private port, if there is one, and serves it until ctx ends.
func (t *telemetryFlags) serve(ctx context.Context, s *store.Store, hub *live.Hub, exporter *graph.Exporter) error {
	if t.private == "" {
		return nil
	}
	t.metrics.Watch(observe.Sources{
		Pools: s.Pools(),
		Live: func() (subscribers int, sent, lost uint64) {
			sent, lost = hub.Events()
			return hub.Count(), sent, lost
		},
		Exports: exporter.Running,
	})
	listener, err := httpd.ListenPrivately(ctx, t.private)
	if err != nil {
		return fmt.Errorf("--private: %w", err)
	}
	go func() {
		if err := httpd.ServePrivately(ctx, listener, t.metrics); err != nil {
			slog.ErrorContext(ctx, "there are no metrics and profiles", "err", err)
		}
	}()
	return nil
}

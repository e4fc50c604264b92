package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"

	"adsgraph/graph"
	"adsgraph/internal/httpd"
	"adsgraph/internal/live"
	"adsgraph/internal/observe"
	"adsgraph/internal/settings"
	"adsgraph/internal/store"
)

// telemetry is what operators get to see of a server beside its log.
type telemetry struct {
	// private is the address of metrics and profiles, empty for none of either.
	private string
	// traces is the collector's address; see observe.TraceConfig.
	traces string
	// ratio is which part of the operations is traced, from 0 to 1; empty for what
	// OpenTelemetry's variables say, or else defaultRatio.
	ratio string
	// slow is from how long on an operation is slow, 0 for never.
	slow time.Duration

	metrics *observe.Metrics // nil without private
}

// defaultRatio is which part of the operations is traced unless somebody says.
const defaultRatio = 0.1

// checkRatio says what is wrong with a part of the operations.
func checkRatio(text string) error {
	if n, err := strconv.ParseFloat(text, 64); err != nil || !(n >= 0 && n <= 1) { // NaN is neither
		return errors.New("it is no number from 0 to 1")
	}
	return nil
}

// checkURL says what is wrong with the address of a collector.
func checkURL(text string) error {
	if u, err := url.Parse(text); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return errors.New("it is no address with http or https, or has a password, for which OTEL_EXPORTER_OTLP_HEADERS is")
	}
	return nil
}

// withoutUser returns an address without what stands before its host.
func withoutUser(text string) string {
	if _, after, found := strings.Cut(text, "@"); found {
		return after
	}
	return text
}

// settings declares what there is to set.
func (t *telemetry) settings() []*settings.Setting {
	return []*settings.Setting{
		settings.Text(&t.private, "private", "ADSGRAPH_PRIVATE", "",
			"private `address` for metrics and for profiles of CPU, heap and goroutines", "a host and a port of one interface, such as 127.0.0.1:6060", httpd.CheckPrivate),
		settings.Text(&t.traces, "traces", "ADSGRAPH_TRACES", "",
			"`URL` of a collector that takes traces by OTLP over HTTP; OTEL_EXPORTER_OTLP_ENDPOINT names one too", "an http or https URL without a password, such as http://127.0.0.1:4318", checkURL).Secret(withoutUser),
		settings.Text(&t.ratio, "trace-ratio", "ADSGRAPH_TRACE_RATIO", "",
			"`part` of the operations that is traced where the request does not say; 0.1 unless OTEL_TRACES_SAMPLER says otherwise", "a number from 0 to 1", checkRatio),
		settings.Duration(&t.slow, "slow", "ADSGRAPH_SLOW", time.Second, 0, time.Hour, "`time` from which on the log tells what a slow operation did; 0 for never"),
	}
}

// start returns a context that carries the telemetry of the server, and what ends
// it: the last traces are sent then.
func (t *telemetry) start(ctx context.Context, getenv func(string) string) (_ context.Context, stop func(), err error) {
	all := &observe.Telemetry{Slow: observe.NewSlowLog(t.slow)}
	if t.private != "" {
		t.metrics = observe.NewMetrics()
		all.Metrics = t.metrics
	}
	stop = func() {}
	isCollectorNamed := getenv("OTEL_EXPORTER_OTLP_ENDPOINT")+getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != "" &&
		getenv("OTEL_SDK_DISABLED") != "true" && getenv("OTEL_TRACES_EXPORTER") != "none"
	if t.traces != "" || isCollectorNamed {
		c := observe.TraceConfig{URL: t.traces, Ratio: defaultRatio}
		switch ratio, err := strconv.ParseFloat(t.ratio, 64); {
		case err == nil:
			c.Ratio = ratio
		case getenv("OTEL_TRACES_SAMPLER") != "":
			c.Ratio = -1 // it decides
		}
		if all.Tracer, stop, err = observe.StartTracing(ctx, c, t.metrics); err != nil {
			return nil, nil, fmt.Errorf("--traces: %w", err)
		}
	}
	return observe.NewContext(ctx, all), stop, nil
}

// serve opens the private port, if there is one, and serves it until ctx ends.
func (t *telemetry) serve(ctx context.Context, s *store.Store, hub *live.Hub, exporter *graph.Exporter) error {
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

package observe

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// TestNothingCostsNothing begins and ends what would be counted and traced, where
// nobody does: nothing is allocated.
func TestNothingCostsNothing(t *testing.T) { //nolint:paralleltest // allocations of others would count
	start := time.Now()
	for name, ctx := range map[string]context.Context{
		"none": t.Context(), "off": NewContext(t.Context(), &Telemetry{}),
	} {
		if n := testing.AllocsPerRun(100, func() {
			ctx, span := StartOperation(ctx, "query")
			below, batch := StartBatch(ctx, "lists", 50)
			StatementEnded(below, Statement{Name: "CampaignList", Rows: 50, Start: start, Duration: time.Millisecond})
			batch.End()
			span.End()
			m := MetricsFrom(ctx)
			m.OperationEnded("CampaignsTable", "query", "ok", time.Millisecond)
			m.CacheAsked("documents", true)
			SlowFrom(ctx).Take(start, time.Hour)
		}); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// TestNamesAreBounded counts operations and statements of more names than may
// have series.
func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	m := NewMetrics()
	var all sync.WaitGroup
	for part := range 4 {
		all.Go(func() {
			for n := range 1000 {
				m.OperationEnded(fmt.Sprint("Screen", part, n), "query", "ok", time.Millisecond)
				m.statement(Statement{Name: fmt.Sprint("List", part, n)})
			}
		})
	}
	all.Wait()
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"adsgraph_operations_total": maxOperations, "adsgraph_statement_duration_seconds": maxStatements}
	for _, f := range families {
		if n := want[f.GetName()]; n > 0 && len(f.GetMetric()) != n {
			t.Errorf("%s has %d series, want %d", f.GetName(), len(f.GetMetric()), n)
		}
		delete(want, f.GetName())
	}
	if len(want) > 0 {
		t.Errorf("not there: %v", want)
	}
}

// TestSlowLog lets some slow operations of a second have a line, and counts the
// others.
func TestSlowLog(t *testing.T) {
	t.Parallel()
	s, now := NewSlowLog(time.Second), time.Unix(1_800_000_000, 0)
	if _, ok := s.Take(now, 999*time.Millisecond); ok {
		t.Error("what is quick is slow")
	}
	told := 0
	for range 3 * slowPerSecond {
		if _, ok := s.Take(now, time.Second); ok {
			told++
		}
	}
	if told != slowPerSecond {
		t.Errorf("%d were told of", told)
	}
	if dropped, ok := s.Take(now.Add(time.Second), time.Minute); !ok || dropped != 2*slowPerSecond {
		t.Error(dropped, ok)
	}
	if dropped, ok := s.Take(now.Add(time.Second), time.Minute); !ok || dropped != 0 {
		t.Error(dropped, ok)
	}
	if NewSlowLog(0) != nil {
		t.Error("0 is not off")
	}
}

// TestLinesHaveIds writes lines of a request that continues a trace, whatever else
// the client says of it.
func TestLinesHaveIds(t *testing.T) {
	t.Parallel()
	const id = "4bf92f3577b34da6a3ce929d0e0e4736"
	for header, want := range map[string]string{
		"00-" + id + "-00f067aa0ba902b7-01": "request=r1 trace=" + id, "": "request=r1\n", "00-canary": "request=r1\n", strings.Repeat("0", 5000): "request=r1\n",
	} {
		var b bytes.Buffer
		ctx := WithRemote(WithRequestID(t.Context(), "r1"), http.Header{"Traceparent": {header}, "Tracestate": {"a=canary"}})
		NewLogger(&b, false, slog.LevelInfo).InfoContext(ctx, "done")
		if !strings.Contains(b.String(), want) {
			t.Errorf("%.50q: %s", header, b.String())
		}
		if s := trace.SpanContextFromContext(ctx); s.TraceState().Len() > 0 {
			t.Errorf("%v is kept", s.TraceState())
		}
	}
}

// TestTracesAreSent sends spans to a collector: all of them before it ends.
func TestTracesAreSent(t *testing.T) {
	t.Parallel()
	got := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got <- r.URL.Path }))
	defer collector.Close()
	m := NewMetrics()
	tracer, stop, err := StartTracing(t.Context(), TraceConfig{URL: collector.URL, Ratio: 1}, m)
	if err != nil {
		t.Fatal(err)
	}
	_, span := StartOperation(NewContext(t.Context(), &Telemetry{Tracer: tracer}), "query")
	span.End()
	stop()
	if path := <-got; path != "/v1/traces" {
		t.Error(path)
	}
	rec := httptest.NewRecorder()
	m.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if want := `adsgraph_trace_spans_total{result="sent"} 1`; !strings.Contains(rec.Body.String(), want) {
		t.Errorf("there is no %s", want)
	}
	for _, url := range []string{"collector", "ftp://a", "http://", "http://u:p@collector:4318"} {
		if _, _, err := StartTracing(t.Context(), TraceConfig{URL: url}, nil); err == nil || strings.Contains(err.Error(), "u:p") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestCollectorIsDown makes many more spans than the queue holds while nobody takes
// them: making them does not wait, and neither does the end for long.
func TestCollectorIsDown(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	tracer, stop, err := StartTracing(t.Context(), TraceConfig{URL: url, Ratio: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx := NewContext(t.Context(), &Telemetry{Tracer: tracer})
	start := time.Now()
	for range 20_000 {
		_, span := StartOperation(ctx, "query")
		span.End()
	}
	made := time.Since(start)
	stop()
	if ended := time.Since(start) - made; made > 10*time.Second || ended > 10*time.Second {
		t.Errorf("it took %s to make them and %s to end", made, ended)
	}
}

// deaf is a collector that takes nothing.
type deaf struct{}

func (deaf) ExportSpans(context.Context, []sdktrace.ReadOnlySpan) error {
	return fmt.Errorf("nobody is there")
}
func (deaf) Shutdown(context.Context) error { return nil }

// TestComplaintsAreRare fails to send spans for an hour and a half: there is a line a
// minute, and all spans are counted.
func TestComplaintsAreRare(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	lines := 0
	e := &calmExporter{SpanExporter: deaf{}, metrics: NewMetrics(), now: func() time.Time { return now }}
	for range 90 * 60 {
		before := e.said
		if err := e.ExportSpans(t.Context(), make([]sdktrace.ReadOnlySpan, 3)); err != nil {
			t.Fatal(err)
		}
		if e.said != before {
			lines++
		}
		now = now.Add(time.Second)
	}
	if lines != 90 {
		t.Errorf("there were %d lines", lines)
	}
}

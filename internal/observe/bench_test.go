package observe

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// BenchmarkOperation is all that telemetry does for one operation with as many
// batches and statements as the campaigns table has: seven of each.
func BenchmarkOperation(b *testing.B) {
	collector := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer collector.Close()
	metrics := NewMetrics()
	tracer, stop, err := StartTracing(b.Context(), TraceConfig{URL: collector.URL, Ratio: 1}, metrics)
	if err != nil {
		b.Fatal(err)
	}
	defer stop()
	for _, c := range []struct {
		name string
		with *Telemetry
	}{
		{"off", &Telemetry{}},
		{"metrics", &Telemetry{Metrics: metrics}},
		{"metrics and traces", &Telemetry{Metrics: metrics, Tracer: tracer}},
	} {
		b.Run(c.name, func(b *testing.B) {
			ctx, start := NewContext(context.Background(), c.with), time.Now()
			b.ReportAllocs()
			for b.Loop() {
				ctx, span := StartOperation(ctx, "query CampaignsTable")
				for range 7 {
					below, batch := StartBatch(ctx, "lists", 1)
					StatementEnded(below, Statement{Name: "CampaignList", Rows: 50, Start: start, Duration: 3 * time.Millisecond})
					batch.End()
				}
				MetricsFrom(ctx).OperationEnded("CampaignsTable", "query", "ok", 20*time.Millisecond)
				MetricsFrom(ctx).CacheAsked("documents", true)
				MetricsFrom(ctx).TokenChecked("accepted")
				span.End()
			}
		})
	}
}

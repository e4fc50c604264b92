package graph

import (
	"bytes"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"adsgraph/graph/operations"
	"adsgraph/internal/auth"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// accounts is how many advertisers the requests go to, one after another, so that
// connections must change from one to the next.
const accounts = 20

// BenchmarkRowSecurity asks every screen of the medium demo, or of the database
// that ADSGRAPH_BENCH_DATABASE names, behind row-level security and without,
// request by request in turns, with one client and with eight. It reports the
// ratios of the medians and of the 95th percentiles over all screens.
func BenchmarkRowSecurity(b *testing.B) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	dsn, clock := os.Getenv("ADSGRAPH_BENCH_DATABASE"), time.Now
	if dsn == "" {
		dsn, clock = pgtest.Demo(b, "medium"), pgtest.Clock
	}
	fenced, err := store.Open(b.Context(), dsn, store.Options{RowSecurity: true}, clock)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = fenced.Close() }()
	plain := store.New(pgtest.DB(b, dsn), clock)
	handlers := [2]http.Handler{}
	for i, s := range []*store.Store{plain, fenced} {
		if handlers[i], err = NewServer(s, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	all, err := operations.All()
	if err != nil {
		b.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(all))
	bodies := map[string][accounts][]byte{}
	for _, name := range names {
		var of [accounts][]byte
		for i := range of {
			variables := screenVariables(b, name, 50)
			if id, _ := variables["id"].(string); id == advertiserID(1) {
				variables["id"] = advertiserID(int64(1 + i))
			}
			of[i] = request(b, all[name].Text, variables)
		}
		bodies[name] = of
	}
	ask := func(h http.Handler, name string, account int) (time.Duration, string) {
		r := httptest.NewRequestWithContext(auth.NewContext(b.Context(), auth.Viewer{UserID: agency}), http.MethodPost, "/graphql", bytes.NewReader(bodies[name][account%accounts]))
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		start := time.Now()
		h.ServeHTTP(rec, r)
		return time.Since(start), rec.Body.String()
	}
	for _, name := range names {
		_, without := ask(handlers[0], name, 0)
		if _, with := ask(handlers[1], name, 0); with != without {
			b.Fatalf("%s differs behind row-level security: %s", name, excerpt(with, without))
		}
	}
	for _, clients := range []int{1, 8} {
		b.Run(map[int]string{1: "OneClient", 8: "EightClients"}[clients], func(b *testing.B) {
			var mu sync.Mutex
			times := map[string]*[2][]time.Duration{}
			for _, name := range names {
				times[name] = &[2][]time.Duration{}
			}
			for round := 0; b.Loop(); round++ {
				for i := range handlers {
					var running sync.WaitGroup
					for c := range clients {
						running.Go(func() {
							for n := range names { // each client begins elsewhere
								name := names[(n+c*3)%len(names)]
								took, _ := ask(handlers[i], name, round+c+n)
								mu.Lock()
								times[name][i] = append(times[name][i], took)
								mu.Unlock()
							}
						})
					}
					running.Wait()
				}
			}
			var all [2][]time.Duration
			for _, name := range names {
				t := times[name]
				for i := range t {
					slices.Sort(t[i])
					all[i] = append(all[i], t[i]...)
				}
				b.Logf("%-20s p50 %6.2f ms, %.2f of that without; p95 %6.2f ms, %.2f", name, ms(at(t[1], 50)), ratio(t, 50), ms(at(t[1], 95)), ratio(t, 95))
			}
			for i := range all {
				slices.Sort(all[i])
			}
			b.ReportMetric(ratio(&all, 50), "p50-ratio")
			b.ReportMetric(ratio(&all, 95), "p95-ratio")
			b.ReportMetric(ms(at(all[1], 95)), "p95-ms")
		})
	}
}

// at returns a percentile of sorted times.
func at(sorted []time.Duration, percent int) time.Duration {
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

func ratio(t *[2][]time.Duration, percent int) float64 {
	return float64(at(t[1], percent)) / float64(at(t[0], percent))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"adsgraph/internal/load"
)

// overhead is what a kind of telemetry adds to a screen: medians, over the rounds,
// of the ratio to Adsgraph without any in the same round.
type overhead struct {
	name                 string
	p50, p95             float64 // milliseconds, medians
	cpu                  float64 // of the server, milliseconds per 1,000 requests, median
	p50Ratio, p95Ratio   float64
	cpuRatio, throughput float64
}

// telemetry measures Adsgraph without metrics and traces, with metrics, and with
// traces of every operation too, which a collector takes that does nothing with
// them. The three take turns in each round. It returns a table.
func (o *options) telemetry(ctx context.Context, progress io.Writer) (string, error) {
	chosen, err := o.chosen()
	if err != nil {
		return "", err
	}
	f := field{dir: o.dir, adsgraph: filepath.Join(o.dir, "adsgraph"), database: o.database}
	if err := command(ctx, progress, "", "go", "build", "-trimpath", "-o", f.adsgraph, "adsgraph/cmd/adsgraph"); err != nil {
		return "", err
	}
	if o.database == "" {
		cluster, err := o.startDatabase(ctx, progress)
		if err != nil {
			return "", err
		}
		defer func() { _ = cluster.Stop() }()
		f.database = cluster.DSN("adsgraph")
	}
	db, err := prepareDatabase(ctx, f, progress)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	collector, taken, err := sink(ctx)
	if err != nil {
		return "", err
	}
	var contenders []*contender
	defer func() {
		for _, c := range contenders {
			c.process.end()
		}
	}()
	for _, kind := range [...]struct {
		name   string
		traced bool
	}{{"off", false}, {"metrics", false}, {"metrics and traces", true}} {
		var flags []string
		if kind.name != "off" {
			private, err := freeAddress(ctx)
			if err != nil {
				return "", err
			}
			flags = append(flags, "--private", private)
		}
		if kind.traced {
			flags = append(flags, "--traces", collector, "--trace-ratio", "1")
		}
		c, err := startAdsgraph(ctx, f, kind.name, flags...)
		if err != nil {
			return "", err
		}
		contenders = append(contenders, c)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%d requests under way, %d rounds of %s each, %d cores that all share, %s.\n\n", o.concurrency, o.rounds, o.round, runtime.NumCPU(), strings.Replace(runtime.Version(), "go", "Go ", 1))
	text.WriteString("| screen | telemetry | p50 ms | p95 ms | server CPU ms | p50 | p95 | server CPU | requests/s |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, s := range chosen {
		questions, err := s.questions(ctx, db)
		if err != nil {
			return "", err
		}
		runs := make([]load.Config, len(contenders))
		for i, c := range contenders {
			requests, err := c.bodies(s, questions)
			if err != nil {
				return "", err
			}
			runs[i] = load.Config{URL: c.url(s), Header: c.header, Bodies: requests, Concurrency: o.concurrency, Duration: o.round}
			if _, err := warmUp(ctx, db, runs[i], o.warmUp); err != nil {
				return "", fmt.Errorf("%s: %w", c.name, err)
			}
		}
		samples := make([][]sample, len(contenders))
		for round := range o.rounds {
			for turn := range contenders { // nobody is always the first
				i := (turn + round) % len(contenders)
				got, err := take(ctx, runs[i], contenders[i].process.pid, o.postmaster)
				if err != nil {
					return "", fmt.Errorf("%s: %w", contenders[i].name, err)
				}
				samples[i] = append(samples[i], got)
			}
		}
		for i, c := range contenders {
			w := overheadOf(c.name, samples[i], samples[0])
			fmt.Fprintf(&text, "| %s | %s | %s | %s | %.0f | %.3f | **%.3f** | %.3f | %.3f |\n",
				s.title, w.name, figure(w.p50), figure(w.p95), w.cpu, w.p50Ratio, w.p95Ratio, w.cpuRatio, w.throughput)
		}
		_, _ = fmt.Fprintf(progress, "%s: measured; the collector took %d MB so far\n", s.title, taken.Load()>>20) // nobody can be told otherwise
	}
	return text.String(), nil
}

// overheadOf compares rounds with those of the server without telemetry.
func overheadOf(name string, rounds, off []sample) overhead {
	median := func(of func(i int) float64) float64 {
		values := make([]float64, len(rounds))
		for i := range values {
			values[i] = of(i)
		}
		return load.Median(values)
	}
	cpu := func(s sample) float64 { return s.server.PerThousand(s.Requests) }
	return overhead{
		name:       name,
		p50:        median(func(i int) float64 { return rounds[i].P50 }),
		p95:        median(func(i int) float64 { return rounds[i].P95 }),
		cpu:        median(func(i int) float64 { return cpu(rounds[i]) }),
		p50Ratio:   median(func(i int) float64 { return rounds[i].P50 / off[i].P50 }),
		p95Ratio:   median(func(i int) float64 { return rounds[i].P95 / off[i].P95 }),
		cpuRatio:   median(func(i int) float64 { return cpu(rounds[i]) / cpu(off[i]) }),
		throughput: median(func(i int) float64 { return rounds[i].PerSecond / off[i].PerSecond }),
	}
}

// sink starts a collector that reads what it is sent and forgets it, until ctx
// ends. It returns its address, and how many bytes it took.
func sink(ctx context.Context) (url string, taken *atomic.Int64, err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	taken = &atomic.Int64{}
	srv := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		taken.Add(n)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
		}
	})}
	go func() { _ = srv.Serve(l) }() // until it is closed
	context.AfterFunc(ctx, func() { _ = srv.Close() })
	return "http://" + l.Addr().String(), taken, nil
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"adsgraph/internal/load"
)

// benchHelp stands before the list of flags.
const benchHelp = `Usage: adsgraph bench (--operation FILE | --document-id ID) [flags]

Asks a GraphQL endpoint, this or another, again and again, and prints how long
the answers took. Against the demo, with a budget of points for such load:

  make demo ARGS='--limit budget=1000000000'
  bin/adsgraph bench --operation graph/operations/CampaignsTable.graphql \
    --variables graph/operations/CampaignsTable.json \
    --header "Authorization: Bearer $(bin/adsgraph token owner)"

Each of --concurrency clients sends its next request when it has the answer to
the one before. With --rate, requests begin at that rate whatever the server does,
and their latency counts from when they were due: a server that stalls makes all
wait who came meanwhile. Client, server and database share a machine's cores if
they run on one.

It fails if a request does: any status but 200, and any answer with errors.

`

// benchFlags is what the command line says.
type benchFlags struct {
	url                              string
	operations, documents, variables []string
	headers                          []string
	concurrency                      int
	rate                             float64
	duration, warmUp, timeout        time.Duration
	serverPID, databasePID           int
	same, json                       bool
}

func (f *benchFlags) register(flags *flag.FlagSet) {
	flags.StringVar(&f.url, "url", "http://127.0.0.1:8080/graphql", "`URL` of the endpoint")
	listFlag(flags, &f.operations, "operation", "`file` of a document with one operation; may be repeated, operations take turns")
	listFlag(flags, &f.documents, "document-id", "`id` of a trusted document; may be repeated")
	listFlag(flags, &f.variables, "variables", "variables as JSON or `file` of them: an object, or an array of objects that take turns; may be repeated, once for each operation and then each id, else it is for all")
	listFlag(flags, &f.headers, "header", "`header` to send, as 'Name: value'; may be repeated")
	flags.IntVar(&f.concurrency, "concurrency", 0, "how many requests are under way at most (default 8, with --rate 256)")
	flags.Float64Var(&f.rate, "rate", 0, "how many requests begin per `second`, whether others have ended or not")
	flags.DurationVar(&f.duration, "duration", 10*time.Second, "how long to measure")
	flags.DurationVar(&f.warmUp, "warm-up", 2*time.Second, "how long to send requests before that")
	flags.DurationVar(&f.timeout, "timeout", load.DefaultTimeout, "how long an answer may take")
	flags.IntVar(&f.serverPID, "server-pid", 0, "`id` of the server's process, to measure its CPU and memory (Linux)")
	flags.IntVar(&f.databasePID, "database-pid", 0, "`id` of the first process of PostgreSQL, to measure those of all its processes (Linux)")
	flags.BoolVar(&f.same, "same", false, "send equal requests, which Adsgraph runs once when they are asked at once; otherwise a number in extensions tells them apart")
	flags.BoolVar(&f.json, "json", false, "print a JSON object")
}

// benchReport is what --json prints.
type benchReport struct {
	URL         string  `json:"url"`
	Concurrency int     `json:"concurrency"`
	Rate        float64 `json:"rate,omitempty"`
	load.Result
	// Statements is how many SQL statements a request takes, as the server says in
	// extensions.cost.statements; null if it does not.
	Statements *float64   `json:"statementsPerRequest"`
	Server     *benchUsed `json:"server,omitempty"`
	Database   *benchUsed `json:"database,omitempty"`
}

// benchUsed is what processes used, in a form that is compared easily.
type benchUsed struct {
	CPU    float64 `json:"cpuMsPer1000Requests"`
	Memory int64   `json:"peakMemoryBytes"`
}

// benchCommand measures an endpoint.
func benchCommand(ctx context.Context, args []string, _ func(string) string, stdout, stderr io.Writer) error {
	flags := flagsWithHelp("bench", benchHelp, stderr)
	var f benchFlags
	f.register(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is too much: there are flags only", flags.Arg(0))
	}
	run, requests, err := f.config()
	if err != nil {
		return err
	}
	report := benchReport{URL: run.URL, Concurrency: run.Concurrency, Rate: run.Rate}
	first := run
	if first.Bodies, err = encode(requests); err != nil {
		return err
	}
	if report.Statements, err = load.Check(ctx, first); err != nil {
		return err
	}
	if f.warmUp > 0 {
		warm := run
		warm.Duration = f.warmUp
		if _, err := load.Run(ctx, warm); err != nil {
			return err
		}
	}
	if err := f.measure(ctx, run, &report); err != nil {
		return err
	}
	if err := report.write(stdout, f.json); err != nil {
		return err
	}
	if report.Errors > 0 {
		return fmt.Errorf("%d of %d requests failed, first: %s", report.Errors, report.Requests, report.FirstError)
	}
	return nil
}

// config returns what to run, and the different requests before they are told
// apart.
func (f *benchFlags) config() (run load.Config, requests []map[string]any, err error) {
	endpoint, err := url.Parse(f.url)
	if err != nil || endpoint.Host == "" || endpoint.Scheme != "http" && endpoint.Scheme != "https" {
		return run, nil, fmt.Errorf("--url is a URL such as http://127.0.0.1:8080/graphql, not %q", f.url)
	}
	if requests, err = f.requests(); err != nil {
		return run, nil, err
	}
	run = load.Config{URL: f.url, Header: http.Header{}, Concurrency: f.concurrency, Rate: f.rate, Duration: f.duration, Timeout: f.timeout}
	for _, h := range f.headers {
		name, value, ok := strings.Cut(h, ":")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return run, nil, fmt.Errorf("--header is 'Name: value', not %.80q", h)
		}
		run.Header.Add(name, strings.TrimSpace(value))
	}
	if f.concurrency == 0 {
		run.Concurrency = 8
		if f.rate > 0 {
			run.Concurrency = 256
		}
	}
	sent := requests
	if !f.same {
		// Many times as many as are under way, so that none of these are equal, even if
		// one takes as long as a lot of others.
		sent = nil
		for n := 0; n < 32*run.Concurrency || n%len(requests) != 0; n++ {
			request := map[string]any{"extensions": map[string]any{"request": n}}
			maps.Copy(request, requests[n%len(requests)])
			sent = append(sent, request)
		}
	}
	run.Bodies, err = encode(sent)
	return run, requests, err
}

// requests returns what to send: each operation and document with its variables.
func (f *benchFlags) requests() ([]map[string]any, error) {
	var list []map[string]any
	for _, file := range f.operations {
		text, err := os.ReadFile(file) //nolint:gosec // whoever runs the command names it
		if err != nil {
			return nil, fmt.Errorf("--operation: %w", err)
		}
		list = append(list, map[string]any{"query": string(text)})
	}
	for _, id := range f.documents {
		list = append(list, map[string]any{"documentId": id})
	}
	if len(list) == 0 {
		return nil, errors.New("what is asked? Name a document with --operation FILE, or a trusted one with --document-id ID")
	}
	if n := len(f.variables); n > 1 && n != len(list) {
		return nil, fmt.Errorf("--variables is given %d times and there are %d operations: give it once for all, or once for each", n, len(list))
	}
	var requests []map[string]any
	for i, request := range list {
		sets := []json.RawMessage{nil}
		if n := len(f.variables); n > 0 {
			var err error
			if sets, err = readVariables(f.variables[min(i, n-1)]); err != nil {
				return nil, fmt.Errorf("--variables: %w", err)
			}
		}
		for _, set := range sets {
			one := maps.Clone(request)
			if set != nil {
				one["variables"] = set
			}
			requests = append(requests, one)
		}
	}
	return requests, nil
}

// readVariables reads an object, or an array of objects, from JSON or a file.
func readVariables(value string) ([]json.RawMessage, error) {
	text := bytes.TrimSpace([]byte(value))
	from := "they"
	if !bytes.HasPrefix(text, []byte("{")) && !bytes.HasPrefix(text, []byte("[")) {
		file, err := os.ReadFile(value) //nolint:gosec // whoever runs the command names it
		if err != nil {
			return nil, err
		}
		text, from = bytes.TrimSpace(file), value
	}
	sets := []json.RawMessage{text}
	if bytes.HasPrefix(text, []byte("[")) {
		if err := json.Unmarshal(text, &sets); err != nil {
			return nil, fmt.Errorf("%s are no JSON array: %w", from, err)
		}
		if len(sets) == 0 {
			return nil, fmt.Errorf("%s are an empty array", from)
		}
	}
	for _, set := range sets {
		var object map[string]any
		if err := json.Unmarshal(set, &object); err != nil {
			return nil, fmt.Errorf("%s are no JSON object: %w", from, err)
		}
	}
	return sets, nil
}

func encode(requests []map[string]any) ([][]byte, error) {
	bodies := make([][]byte, len(requests))
	for i, request := range requests {
		var err error
		if bodies[i], err = json.Marshal(request); err != nil {
			return nil, err
		}
	}
	return bodies, nil
}

// measure runs, and watches the processes that the flags name.
func (f *benchFlags) measure(ctx context.Context, run load.Config, report *benchReport) (err error) {
	watches := []struct {
		flag  string
		pid   int
		begin func(int) (*load.Watch, error)
		used  **benchUsed
		watch *load.Watch
	}{
		{"server-pid", f.serverPID, load.WatchProcess, &report.Server, nil},
		{"database-pid", f.databasePID, load.WatchDatabase, &report.Database, nil},
	}
	for i := range watches {
		w := &watches[i]
		if w.pid == 0 {
			continue
		}
		if w.watch, err = w.begin(w.pid); err != nil {
			return fmt.Errorf("--%s: %w", w.flag, err)
		}
	}
	if report.Result, err = load.Run(ctx, run); err != nil {
		return err
	}
	for _, w := range watches {
		if w.watch == nil {
			continue
		}
		usage, err := w.watch.End()
		if err != nil {
			return fmt.Errorf("--%s: %w", w.flag, err)
		}
		*w.used = &benchUsed{usage.PerThousand(report.Requests), usage.Memory}
	}
	return nil
}

// write prints the report for people or as JSON.
func (r *benchReport) write(out io.Writer, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) } // Flush tells
	line("requests\t%d in %.1f s, %d errors", r.Requests, r.Seconds, r.Errors)
	line("requests/s\t%.1f", r.PerSecond)
	line("latency\tp50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms", r.P50, r.P95, r.P99, r.Max)
	line("answer\t%.1f kB", r.Bytes/1000)
	if r.Statements != nil {
		line("statements\t%.4g per request", *r.Statements)
	}
	for _, of := range []struct {
		name string
		used *benchUsed
	}{{"server", r.Server}, {"database", r.Database}} {
		if of.used != nil {
			line("%s\t%.0f ms CPU per 1,000 requests, at most %d MB resident", of.name, of.used.CPU, of.used.Memory>>20)
		}
	}
	return w.Flush()
}

// listFlag adds a flag that may be repeated.
func listFlag(flags *flag.FlagSet, list *[]string, name, usage string) {
	flags.Func(name, usage, func(item string) error {
		if item == "" {
			return errors.New("it is empty")
		}
		*list = append(*list, item)
		return nil
	})
}

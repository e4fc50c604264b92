package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/bench/hand"
	"adsgraph/internal/load"
)

// plan says how long and how hard contenders are asked.
type plan struct {
	concurrency, rounds int
	round, warmUp       time.Duration
}

// figures are what one contender did on one screen, medians of the rounds.
type figures struct {
	contender string
	// ratio is of its requests per second to those of the hand-written statement
	// in the same round.
	ratio, perSecond, p50, p95 float64
	// serverCPU and databaseCPU are in milliseconds per 1,000 requests.
	serverCPU, databaseCPU float64
	// statements is how many each request sends, those of transactions and
	// settings too.
	statements float64
	memory     int64 // of the server, in bytes, the most so far
	bytes      float64
}

// sample is one round of one contender.
type sample struct {
	load.Result
	server, database load.Usage
}

// measure lets contenders, of whom the second is the hand-written statement, take
// turns on a screen.
func measure(ctx context.Context, db *sqlx.DB, postmaster int, p plan, s screen, questions []hand.Question, contenders []*contender, progress io.Writer) ([]figures, error) {
	all := make([]figures, len(contenders))
	samples := make([][]sample, len(contenders))
	runs := make([]load.Config, len(contenders))
	for i, c := range contenders {
		requests, err := c.bodies(s, questions)
		if err != nil {
			return nil, err
		}
		runs[i] = load.Config{URL: c.url(s), Header: c.header, Bodies: requests, Concurrency: p.concurrency, Duration: p.round}
		all[i].contender = c.name
		if all[i].statements, err = warmUp(ctx, db, runs[i], p.warmUp); err != nil {
			return nil, fmt.Errorf("%s of %s: %w", s.title, c.name, err)
		}
	}
	for round := range p.rounds {
		for i, c := range contenders {
			got, err := take(ctx, runs[i], c.process.pid, postmaster)
			if err != nil {
				return nil, fmt.Errorf("%s of %s: %w", s.title, c.name, err)
			}
			samples[i] = append(samples[i], got)
		}
		_, _ = fmt.Fprintf(progress, "%s: round %d of %d\n", s.title, round+1, p.rounds) // nobody can be told otherwise
	}
	for i := range all {
		f := &all[i]
		of := func(value func(sample) float64) float64 {
			values := make([]float64, len(samples[i]))
			for round, s := range samples[i] {
				values[round] = value(s)
			}
			return load.Median(values)
		}
		f.perSecond = of(func(s sample) float64 { return s.PerSecond })
		f.p50, f.p95 = of(func(s sample) float64 { return s.P50 }), of(func(s sample) float64 { return s.P95 })
		f.serverCPU = of(func(s sample) float64 { return s.server.PerThousand(s.Requests) })
		f.databaseCPU = of(func(s sample) float64 { return s.database.PerThousand(s.Requests) })
		f.bytes = of(func(s sample) float64 { return s.Bytes })
		f.memory = samples[i][p.rounds-1].server.Memory
		ratios := make([]float64, p.rounds)
		for round := range ratios {
			ratios[round] = samples[i][round].PerSecond / samples[1][round].PerSecond
		}
		f.ratio = load.Median(ratios)
	}
	return all, nil
}

// take measures one round, in which nothing may fail.
func take(ctx context.Context, run load.Config, server, postmaster int) (sample, error) {
	ofServer, err := load.WatchProcess(server)
	if err != nil {
		return sample{}, err
	}
	ofDatabase, err := load.WatchDatabase(postmaster)
	if err != nil {
		return sample{}, err
	}
	var got sample
	if got.Result, err = load.Run(ctx, run); err != nil {
		return sample{}, err
	}
	if got.server, err = ofServer.End(); err != nil {
		return sample{}, err
	}
	if got.database, err = ofDatabase.End(); err != nil {
		return sample{}, err
	}
	if got.Errors > 0 {
		return sample{}, fmt.Errorf("%d of %d requests failed, first: %s", got.Errors, got.Requests, got.FirstError)
	}
	return got, nil
}

// warmUp runs for a while, in which compilers and caches get going, and returns how many statements a request sent meanwhile, by
// pg_stat_statements: those of settings and transactions too, but not what
// Adsgraph looks up every two seconds, whether anybody asks it or not.
func warmUp(ctx context.Context, db *sqlx.DB, run load.Config, d time.Duration) (statements float64, err error) {
	if _, err := db.ExecContext(ctx, "SELECT pg_stat_statements_reset()"); err != nil {
		return 0, err
	}
	run.Duration = d
	result, err := load.Run(ctx, run)
	if err != nil {
		return 0, err
	}
	if result.Errors > 0 {
		return 0, fmt.Errorf("%d of %d requests failed, first: %s", result.Errors, result.Requests, result.FirstError)
	}
	var calls int64
	err = db.GetContext(ctx, &calls, `-- name: StatementCalls
SELECT coalesce(sum(calls), 0) FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'
  AND query NOT LIKE '-- name: SwitchesOff%' AND query <> 'SET adsgraph.advertisers = '''''`)
	return float64(calls) / float64(result.Requests), err
}

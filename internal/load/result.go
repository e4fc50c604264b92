package load

import (
	"math"
	"slices"
	"time"
)

// Result is what a run measured. Latencies are in milliseconds and count
// requests that failed too.
type Result struct {
	Requests int `json:"requests"`
	// Errors counts requests without a whole answer of status 200, and answers
	// with errors.
	Errors int `json:"errors"`
	// FirstError is what went wrong first, empty without errors.
	FirstError string `json:"firstError,omitempty"`
	// Seconds is how long it took until the last request had ended.
	Seconds float64 `json:"seconds"`
	// PerSecond counts requests without error.
	PerSecond float64 `json:"requestsPerSecond"`
	P50       float64 `json:"p50Ms"`
	P95       float64 `json:"p95Ms"`
	P99       float64 `json:"p99Ms"`
	Max       float64 `json:"maxMs"`
	// Bytes is the mean size of an answer's body, not compressed.
	Bytes float64 `json:"answerBytes"`
}

// merge makes one result of what the clients measured since start.
func merge(shares []share, start time.Time) Result {
	var (
		r      Result
		all    []time.Duration
		bytes  int64
		last   = start
		failed time.Time
	)
	for _, s := range shares {
		all = append(all, s.latencies...)
		bytes += s.bytes
		r.Errors += s.errors
		if s.last.After(last) {
			last = s.last
		}
		if s.first != nil && (r.FirstError == "" || s.failed.Before(failed)) {
			r.FirstError, failed = s.first.Error(), s.failed
		}
	}
	r.Requests = len(all)
	r.Seconds = last.Sub(start).Seconds()
	if r.Requests == 0 {
		return r
	}
	slices.Sort(all)
	r.PerSecond = float64(r.Requests-r.Errors) / r.Seconds
	r.P50, r.P95, r.P99, r.Max = percentile(all, 50), percentile(all, 95), percentile(all, 99), percentile(all, 100)
	r.Bytes = float64(bytes) / float64(r.Requests)
	return r
}

// Median returns the middle of values, the upper one of two.
func Median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// percentile returns the smallest of sorted latencies, in milliseconds, that p
// per cent of them do not exceed.
func percentile(sorted []time.Duration, p float64) float64 {
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return float64(sorted[max(rank, 1)-1]) / float64(time.Millisecond)
}

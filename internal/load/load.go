// Package load asks a GraphQL endpoint again and again over HTTP, and says how
// long the answers took and what they cost. It knows GraphQL over HTTP and
// nothing of ours, so that it measures others as well.
package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Config says what is asked, how often and for how long.
type Config struct {
	// URL is the endpoint; every request is a POST to it.
	URL string
	// Header is sent with every request, beside the content type.
	Header http.Header
	// Bodies are the requests as JSON, which take turns.
	Bodies [][]byte
	// Concurrency is how many requests are under way at most, at least 1.
	Concurrency int
	// Rate is how many requests begin per second, whether others have ended or
	// not. With 0, each of Concurrency clients sends its next request when it has
	// the answer to the one before.
	Rate float64
	// Duration is how long new requests are sent.
	Duration time.Duration
	// Timeout is how long an answer may take, 0 for DefaultTimeout.
	Timeout time.Duration
}

// DefaultTimeout is how long an answer may take unless Config says otherwise.
const DefaultTimeout = 30 * time.Second

// MaxRate is the highest Config.Rate; no client here could keep it up.
const MaxRate = 1_000_000

// check says what of a Config cannot be.
func (c Config) check() error {
	switch {
	case len(c.Bodies) == 0:
		return errors.New("there is no request to send")
	case c.Concurrency < 1:
		return fmt.Errorf("the concurrency is %d; it is at least 1", c.Concurrency)
	case !(c.Rate >= 0 && c.Rate <= MaxRate): // NaN is neither
		return fmt.Errorf("the rate is %v; it is from 0 to %d requests per second", c.Rate, MaxRate)
	case c.Duration <= 0:
		return fmt.Errorf("the duration is %s; it is longer than 0", c.Duration)
	case c.Timeout < 0:
		return fmt.Errorf("the timeout is %s; it is longer than 0", c.Timeout)
	case c.Header.Get("Accept-Encoding") != "":
		return errors.New("answers are asked for as they are: Accept-Encoding cannot be sent")
	}
	return nil
}

// Check sends each request once and reads the answers in full. An error names the
// first request that failed. It returns how many SQL statements a request takes on
// average, as the server says in extensions.cost.statements, nil if it does not
// say so for all.
func Check(ctx context.Context, c Config) (statements *float64, err error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	client, closeIdle := c.client()
	defer closeIdle()
	sum, known := 0, 0
	var buffer bytes.Buffer
	for i, body := range c.Bodies {
		answer, err := ask(ctx, client, c, body, &buffer)
		if err == nil {
			var n *int
			if n, err = inspect(answer); n != nil {
				known++
				sum += *n
			}
		}
		if err != nil {
			return nil, fmt.Errorf("request %d of %d: %w", i+1, len(c.Bodies), err)
		}
	}
	if known == len(c.Bodies) {
		statements = new(float64(sum) / float64(known))
	}
	return statements, nil
}

// client makes a client for the connections of one run, and a function that ends
// them.
func (c *Config) client() (*http.Client, func()) {
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, MaxIdleConns: c.Concurrency, MaxIdleConnsPerHost: c.Concurrency, DisableCompression: true,
	}
	return &http.Client{Transport: transport, Timeout: c.Timeout}, transport.CloseIdleConnections
}

// Run sends requests until the duration has passed and all of them have ended.
// Failures are counted in the Result. If ctx ends before, Run returns its cause.
func Run(ctx context.Context, c Config) (Result, error) {
	if err := c.check(); err != nil {
		return Result{}, err
	}
	client, closeIdle := c.client()
	defer closeIdle()
	var (
		all    sync.WaitGroup
		next   atomic.Int64
		shares = make([]share, c.Concurrency)
		start  = time.Now()
		end    = start.Add(c.Duration)
	)
	// A server that answers nothing any more must not keep the queue of an open
	// loop alive: what was not sent when the last answer is due has failed.
	until, cancel := context.WithDeadlineCause(ctx, end.Add(c.Timeout), errTimeout)
	defer cancel()
	for i := range shares {
		all.Go(func() { shares[i].work(until, client, c, &next, start, end) })
	}
	all.Wait()
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	return merge(shares, start), nil
}

var errTimeout = errors.New("no answer in time")

// share is what one client measured.
type share struct {
	latencies []time.Duration
	bytes     int64
	errors    int
	first     error     // of its errors
	failed    time.Time // when that was
	last      time.Time // when its last request ended
}

// work sends requests until end. Those of an open loop have a planned start, from
// which their latency is counted: a request that waits for a free client waits for
// the server.
func (s *share) work(ctx context.Context, client *http.Client, c Config, next *atomic.Int64, start, end time.Time) {
	var buffer bytes.Buffer
	for !abandoned(ctx) {
		n := next.Add(1) - 1
		planned := time.Now()
		if c.Rate > 0 {
			planned = start.Add(time.Duration(float64(n) / c.Rate * float64(time.Second)))
		}
		if !planned.Before(end) {
			return
		}
		wait(ctx, planned)
		body := c.Bodies[n%int64(len(c.Bodies))]
		answer, err := ask(ctx, client, c, body, &buffer)
		if err == nil {
			err = answer.glance()
		}
		s.last = time.Now()
		s.latencies = append(s.latencies, s.last.Sub(planned))
		s.bytes += int64(len(answer))
		if err != nil {
			if s.errors++; s.first == nil {
				s.first, s.failed = err, s.last
			}
		}
	}
}

// abandoned tells whether a run is given up. Requests that are too late for an
// answer are not: they are counted.
func abandoned(ctx context.Context) bool {
	return ctx.Err() != nil && !errors.Is(context.Cause(ctx), errTimeout)
}

// wait returns at an instant, or when ctx has ended.
func wait(ctx context.Context, t time.Time) {
	d := time.Until(t)
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// ask sends one request and returns the answer, which has status 200. The text is
// in buffer, and so valid until that is used again.
func ask(ctx context.Context, client *http.Client, c Config, body []byte, buffer *bytes.Buffer) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	maps.Copy(r.Header, c.Header)
	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if r.Header.Get("Accept") == "" {
		r.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	}
	if host := r.Header.Get("Host"); host != "" { // where net/http looks for it
		r.Host = host
	}
	res, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }() // it was read, or the error below says more
	buffer.Reset()
	_, err = buffer.ReadFrom(res.Body)
	text := buffer.Bytes()
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		return text, fmt.Errorf("the status is %s: %s", res.Status, excerpt(text))
	}
	return text, nil
}

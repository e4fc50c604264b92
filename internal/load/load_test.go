package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// server answers with what answer returns for the number of the request, from 1.
func server(t *testing.T, answer func(n int64) (status int, body string)) string {
	t.Helper()
	var n atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		status, body := answer(n.Add(1))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

const good = `{"data":{"a":1}}`

func config(url string) Config {
	return Config{URL: url, Bodies: [][]byte{[]byte(`{"query":"{a}"}`)}, Concurrency: 4, Duration: 100 * time.Millisecond}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(i+1)*time.Millisecond)
	}
	tests := []struct {
		name   string
		sorted []time.Duration
		p      float64
		want   float64
	}{
		{"HalfOfHundred", hundred, 50, 50},
		{"95", hundred, 95, 95},
		{"99", hundred, 99, 99},
		{"Max", hundred, 100, 100},
		{"One", hundred[6:7], 50, 7},
		{"LowerOfTwo", hundred[:2], 50, 1},
		{"UpperOfTwo", hundred[:2], 51, 2},
		{"Lowest", hundred, 0, 1},
		{"Fraction", []time.Duration{1500 * time.Microsecond}, 99, 1.5},
	}
	for _, tt := range tests {
		if got := percentile(tt.sorted, tt.p); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestMerge counts clients together; requests per second are those that succeed.
func TestMerge(t *testing.T) {
	t.Parallel()
	start := time.Now()
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	got := merge([]share{
		{latencies: []time.Duration{3 * time.Millisecond, time.Millisecond}, bytes: 30, errors: 1, first: errors.New("later"), failed: at(90), last: at(1000)},
		{latencies: []time.Duration{2 * time.Millisecond}, bytes: 30, errors: 1, first: errors.New("first"), failed: at(10), last: at(2000)},
		{},
	}, start)
	want := Result{Requests: 3, Errors: 2, FirstError: "first", Seconds: 2, PerSecond: 0.5, P50: 2, P95: 3, P99: 3, Max: 3, Bytes: 20}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := merge(make([]share, 2), start); got != (Result{}) {
		t.Errorf("of nothing it makes %+v", got)
	}
}

// TestClosedLoop never has more requests under way than it may, and counts each.
func TestClosedLoop(t *testing.T) {
	t.Parallel()
	var now, most, all atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
			continue
		}
		all.Add(1)
		_, _ = io.WriteString(w, good)
	}))
	t.Cleanup(s.Close)
	got, err := Run(t.Context(), config(s.URL))
	if err != nil {
		t.Fatal(err)
	}
	if got.Requests == 0 || int64(got.Requests) != all.Load() || got.Errors != 0 || got.Bytes != float64(len(good)) {
		t.Errorf("the server had %d requests; got %+v", all.Load(), got)
	}
	if most.Load() > 4 {
		t.Errorf("%d requests were under way", most.Load())
	}
	if got.P50 <= 0 || got.P50 > got.P95 || got.P95 > got.P99 || got.P99 > got.Max {
		t.Errorf("the percentiles are out of order: %+v", got)
	}
}

// TestOpenLoop sends exactly what is due, at the time that it is due.
func TestOpenLoop(t *testing.T) {
	t.Parallel()
	c := config(server(t, func(int64) (int, string) { return http.StatusOK, good }))
	c.Rate, c.Duration, c.Concurrency = 200, 200*time.Millisecond, 50
	got, err := Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if got.Requests != 40 || got.Errors != 0 || got.Seconds < 0.19 {
		t.Errorf("got %+v, want 40 requests until 195 ms", got)
	}
}

// TestStall has a server that answers nobody until all are there who can be. Who was
// due meanwhile waits, though there was no client to send the request.
func TestStall(t *testing.T) {
	t.Parallel()
	const due = 20
	stalled := make(chan struct{})
	var once sync.Once
	c := config(server(t, func(int64) (int, string) {
		<-stalled
		return http.StatusOK, good
	}))
	c.Rate, c.Duration, c.Concurrency = 100, due*10*time.Millisecond, 1
	began := time.Now()
	timer := time.AfterFunc(c.Duration, func() { once.Do(func() { close(stalled) }) })
	defer timer.Stop()
	got, err := Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	if got.Requests != due || got.Errors != 0 {
		t.Fatalf("got %+v, want %d requests", got, due)
	}
	// The first waits for all of the stall, the middle one for half of it.
	stall := c.Duration.Seconds() * 1000
	if got.Max < stall*0.95 || got.P50 < stall*0.45 || got.Max > took.Seconds()*1000 {
		t.Errorf("p50 is %.1f ms and max %.1f ms after a stall of %.0f ms", got.P50, got.Max, stall)
	}
}

// TestDead counts what is due as failed when a server answers nothing at all.
func TestDead(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then is it seen that the client has gone
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	c := config(s.URL)
	c.Rate, c.Timeout, c.Concurrency = 1000, 100*time.Millisecond, 1
	got, err := Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if got.Requests != 100 || got.Errors != 100 || got.PerSecond != 0 {
		t.Errorf("got %+v, want 100 errors", got)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	for _, rate := range []float64{0, 1_000_000} {
		ctx, cancel := context.WithCancelCause(t.Context())
		over := errors.New("over")
		c := config(server(t, func(int64) (int, string) {
			cancel(over)
			return http.StatusOK, good
		}))
		c.Rate, c.Duration = rate, time.Hour
		if _, err := Run(ctx, c); !errors.Is(err, over) {
			t.Errorf("rate %v: it ended with %v", rate, err)
		}
	}
}

// TestFailures finds what is no answer, both while it measures and before.
func TestFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		status   int
		body     string
		mentions string // empty for none
	}{
		{"Good", 200, good, ""},
		{"NullField", 200, `{"data":{"a":null}}`, ""},
		{"ErrorsInData", 200, `{"data":{"saved":{"errors":[]}}}`, ""},
		{"EmptyErrors", 200, `{"errors":[],"data":{"a":1}}`, ""},
		{"Errors", 200, `{"errors":[{"message":"No such thing."}],"data":{"a":null}}`, "No such thing."},
		{"ErrorsOnly", 200, `{"errors":[{"message":"Bad \"data\"."}]}`, `Bad "data".`},
		{"Status", 503, good, "503"},
		{"NoContent", 204, ``, "204"},
		{"Page", 200, `<html>Sign in</html>`, "<html>Sign in</html>"},
		{"Cut", 200, `{"data":{"a":`, `{"data":{"a":`},
		{"NoData", 200, `{"ok":true}`, `{"ok":true}`},
		{"Empty", 200, ``, "(empty)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := config(server(t, func(int64) (int, string) { return tt.status, tt.body }))
			c.Duration = 20 * time.Millisecond
			_, checked := Check(t.Context(), c)
			got, err := Run(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case tt.mentions == "" && (checked != nil || got.Errors != 0):
				t.Errorf("Check: %v; Run: %d errors, %s", checked, got.Errors, got.FirstError)
			case tt.mentions != "" && (checked == nil || !strings.Contains(checked.Error(), tt.mentions)):
				t.Errorf("Check says %v, want %q", checked, tt.mentions)
			case tt.mentions != "" && (got.Errors != got.Requests || !strings.Contains(got.FirstError, tt.mentions)):
				t.Errorf("Run counts %d of %d, first %q, want %q", got.Errors, got.Requests, got.FirstError, tt.mentions)
			}
		})
	}
}

// TestCheck tells which request is wrong, and what a request costs if all say so.
func TestCheck(t *testing.T) {
	t.Parallel()
	answers := []string{
		`{"data":{"a":1},"extensions":{"cost":{"statements":2}}}`, `{"data":{"a":1},"extensions":{"cost":{"statements":5}}}`,
		`{"data":{"a":1},"extensions":{"cost":{"statements":2}}}`, good,
		good, `{"errors":[{"message":"No."}]}`,
	}
	c := config(server(t, func(n int64) (int, string) { return http.StatusOK, answers[n-1] }))
	c.Bodies = append(c.Bodies, c.Bodies...)
	if n, err := Check(t.Context(), c); err != nil || n == nil || *n != 3.5 {
		t.Errorf("got %v, %v, want 3.5 statements", n, err)
	}
	if n, err := Check(t.Context(), c); err != nil || n != nil {
		t.Errorf("got %v, %v, want an unknown number", n, err)
	}
	if _, err := Check(t.Context(), c); err == nil || !strings.Contains(err.Error(), "request 2 of 2") || !strings.Contains(err.Error(), "No.") {
		t.Error(err)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for mentions, change := range map[string]func(*Config){
		"no request":      func(c *Config) { c.Bodies = nil },
		"concurrency":     func(c *Config) { c.Concurrency = 0 },
		"rate is -1":      func(c *Config) { c.Rate = -1 },
		"rate is NaN":     func(c *Config) { c.Rate = math.NaN() },
		"rate is 2e+06":   func(c *Config) { c.Rate = 2 * MaxRate },
		"duration":        func(c *Config) { c.Duration = 0 },
		"timeout":         func(c *Config) { c.Timeout = -1 },
		"Accept-Encoding": func(c *Config) { c.Header = http.Header{"Accept-Encoding": {"gzip"}} },
	} {
		c := config("http://127.0.0.1:1/")
		change(&c)
		if _, err := Run(t.Context(), c); err == nil || !strings.Contains(err.Error(), mentions) {
			t.Errorf("%s: %v", mentions, err)
		}
	}
}

// TestRequest sends bodies in turn, with the headers of people or the usual ones.
func TestRequest(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[string]int{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		seen[fmt.Sprintf("%s %s %s %s %s", r.Method, r.Host, r.Header.Get("Authorization"), r.Header.Get("Content-Type"), body)]++
		_, _ = io.WriteString(w, good)
	}))
	t.Cleanup(s.Close)
	c := config(s.URL)
	c.Bodies = [][]byte{[]byte("1"), []byte("2")}
	c.Header = http.Header{"Authorization": {"Bearer x"}, "Host": {"ads.example"}}
	if _, err := Check(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"1", "2"} {
		if want := "POST ads.example Bearer x application/json " + body; seen[want] != 1 {
			t.Errorf("%q was not sent: %v", want, seen)
		}
	}
}

func TestPerThousand(t *testing.T) {
	t.Parallel()
	if got := (Usage{CPU: time.Second}).PerThousand(500); got != 2000 {
		t.Errorf("1 s for 500 requests are %v ms for 1,000", got)
	}
	if got := (Usage{CPU: time.Second}).PerThousand(0); got != 0 {
		t.Errorf("1 s for nothing is %v", got)
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	for want, list := range map[float64][]float64{3: {9, 1, 3}, 4: {4, 1}, 7: {7}} {
		if got := Median(list); got != want {
			t.Errorf("the median of %v is %v", list, got)
		}
	}
}

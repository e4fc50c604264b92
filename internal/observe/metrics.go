package observe

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what a process does, for Prometheus. The values of labels are
// ours or an operator's, never a client's, and their number is bounded. A nil
// *Metrics counts nothing. It is safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	handler  http.Handler

	operations        *prometheus.CounterVec
	operationTime     *prometheus.HistogramVec
	operationNames    names
	statementTime     *prometheus.HistogramVec
	statementRows     *prometheus.CounterVec
	statementFailures *prometheus.CounterVec
	statementNames    names
	batchKeys         *prometheus.HistogramVec
	caches            *prometheus.CounterVec
	limits            *prometheus.CounterVec
	tokens            *prometheus.CounterVec
	spans             *prometheus.CounterVec
	shared            prometheus.Counter
	notModified       prometheus.Counter
	slow              prometheus.Counter
}

// maxOperations is how many values the label of operations has at most, and
// maxStatements that of statements, Other included.
const (
	maxOperations = 200
	maxStatements = 400
)

// Other stands for every name beyond those that have a series of their own.
const Other = "other"

// NewMetrics returns metrics of which nothing was counted.
func NewMetrics() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "adsgraph_" + name, Help: help}, labels)
	}
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "adsgraph_" + name, Help: help, Buckets: buckets}, labels)
	}
	single := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: "adsgraph_" + name, Help: help})
	}
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		operations: counter("operations_total", "Operations that ended, and subscriptions that began.",
			"operation", "kind", "outcome"),
		operationTime: histogram("operation_duration_seconds", "How long queries, mutations and exports took.",
			[]float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}, "operation", "kind", "outcome"),
		operationNames: names{most: maxOperations},
		statementTime: histogram("statement_duration_seconds", "How long statements took, with the wait for their turn and a connection.",
			[]float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10}, "statement"),
		statementRows:     counter("statement_rows_total", "Rows that statements gave or changed.", "statement"),
		statementFailures: counter("statement_failures_total", "Statements that failed, or were given up.", "statement"),
		statementNames:    names{most: maxStatements},
		batchKeys: histogram("loader_batch_keys", "Keys in a batch of a loader.",
			[]float64{1, 2, 5, 10, 25, 50, 100, 250, 500, 1000}, "loader"),
		caches:      counter("cache_requests_total", "What caches were asked for: a hit, or a miss.", "cache", "result"),
		limits:      counter("limits_passed_total", "Operations that passed a limit: refused, or only measured.", "limit", "result"),
		tokens:      counter("token_checks_total", "Tokens that were checked, by what came of it.", "result"),
		spans:       counter("trace_spans_total", "Spans sent to the collector, or lost because it does not take them.", "result"),
		shared:      single("operations_shared_total", "Queries answered by an identical one that already ran."),
		notModified: single("answers_not_modified_total", "Answers that the client had already: status 304."),
		slow:        single("operations_slow_total", "Operations that took longer than --slow."),
	}
	m.registry.MustRegister(
		m.operations, m.operationTime, m.statementTime, m.statementRows, m.statementFailures, m.batchKeys, m.caches, m.limits,
		m.tokens, m.spans, m.shared, m.notModified, m.slow,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), buildInfo(),
	)
	m.handler = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return m
}

// buildInfo is 1, with what was built as labels.
func buildInfo() prometheus.Collector {
	version, revision, goVersion := Build()
	g := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "adsgraph_build_info", Help: "1; the labels say what was built.",
		ConstLabels: prometheus.Labels{"version": version, "revision": revision, "goversion": goVersion},
	})
	g.Set(1)
	return g
}

// ServeHTTP answers with all metrics in Prometheus' text format.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// OperationEnded counts an operation. The name is that of a trusted document's
// operation, or empty; outcome is "ok" or a class of errors.
func (m *Metrics) OperationEnded(name, kind, outcome string, took time.Duration) {
	if m == nil {
		return
	}
	name = m.operationNames.known(name)
	m.operations.WithLabelValues(name, kind, outcome).Inc()
	m.operationTime.WithLabelValues(name, kind, outcome).Observe(took.Seconds())
}

// OperationSeen counts an operation that has no duration, such as a subscription.
func (m *Metrics) OperationSeen(name, kind, outcome string) {
	if m == nil {
		return
	}
	m.operations.WithLabelValues(m.operationNames.known(name), kind, outcome).Inc()
}

// SlowOperation counts an operation that was slow, whether the log tells of it or
// not.
func (m *Metrics) SlowOperation() {
	if m != nil {
		m.slow.Inc()
	}
}

// statement counts a statement.
func (m *Metrics) statement(s Statement) {
	if m == nil {
		return
	}
	name := m.statementNames.known(s.Name)
	m.statementTime.WithLabelValues(name).Observe(s.Duration.Seconds())
	m.statementRows.WithLabelValues(name).Add(float64(s.Rows))
	if s.Failure != "" {
		m.statementFailures.WithLabelValues(name).Inc()
	}
}

// batch counts a batch of a loader.
func (m *Metrics) batch(loader string, keys int) {
	if m != nil {
		m.batchKeys.WithLabelValues(loader).Observe(float64(keys))
	}
}

// CacheAsked counts a look into a cache.
func (m *Metrics) CacheAsked(cache string, hit bool) {
	if m == nil {
		return
	}
	result := "miss"
	if hit {
		result = "hit"
	}
	m.caches.WithLabelValues(cache, result).Inc()
}

// LimitPassed counts an operation that passed a limit, and was refused or not.
func (m *Metrics) LimitPassed(limit string, refused bool) {
	if m == nil {
		return
	}
	result := "measured"
	if refused {
		result = "refused"
	}
	m.limits.WithLabelValues(limit, result).Inc()
}

// TokenChecked counts a token. The result is a constant of the one who checks.
func (m *Metrics) TokenChecked(result string) {
	if m != nil {
		m.tokens.WithLabelValues(result).Inc()
	}
}

// spansSent counts spans that the collector took, or did not.
func (m *Metrics) spansSent(n int, taken bool) {
	if m == nil {
		return
	}
	result := "lost"
	if taken {
		result = "sent"
	}
	m.spans.WithLabelValues(result).Add(float64(n))
}

// OperationShared counts a query that was answered by another one.
func (m *Metrics) OperationShared() {
	if m != nil {
		m.shared.Inc()
	}
}

// NotModified counts an answer that the client had already.
func (m *Metrics) NotModified() {
	if m != nil {
		m.notModified.Inc()
	}
}

// names are the values of a label: the first ones that come, up to a number.
type names struct {
	most int // Other included

	mu   sync.RWMutex
	seen map[string]struct{}
}

// known returns name, or Other if it is empty or there are too many.
func (n *names) known(name string) string {
	if name == "" {
		return Other
	}
	n.mu.RLock()
	_, ok := n.seen[name]
	n.mu.RUnlock()
	if ok {
		return name
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen == nil {
		n.seen = map[string]struct{}{Other: {}}
	}
	if _, ok := n.seen[name]; !ok && len(n.seen) >= n.most {
		return Other
	}
	n.seen[name] = struct{}{}
	return name
}

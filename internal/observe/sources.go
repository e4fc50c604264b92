package observe

import (
	"database/sql"
	"runtime/debug"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Sources are what is looked at when somebody reads the metrics.
type Sources struct {
	// Pools are the pools of connections to the database, by what they are for.
	Pools map[string]*sql.DB
	// Live returns how many subscribers there are, and how many events they were
	// sent and lost since the process began.
	Live func() (subscribers int, sent, lost uint64)
	// Exports returns how many exports run, and how many may.
	Exports func() (running, most int)
}

// Watch adds sources to the metrics, once.
func (m *Metrics) Watch(s Sources) {
	if m == nil {
		return
	}
	for name, pool := range s.Pools {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "adsgraph_" + name, Help: help}, value))
	}
	counter := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "adsgraph_" + name, Help: help}, value))
	}
	gauge("live_subscribers", "Subscriptions that run.", func() float64 { n, _, _ := s.Live(); return float64(n) })
	counter("live_events_sent_total", "Events that subscribers took.", func() float64 { _, n, _ := s.Live(); return float64(n) })
	counter("live_events_lost_total", "Events that were replaced by one that says that some were missed.",
		func() float64 { _, _, n := s.Live(); return float64(n) })
	gauge("exports_running", "Exports that run for a request.", func() float64 { n, _ := s.Exports(); return float64(n) })
	gauge("exports_allowed", "Exports that may run at once; more are refused.", func() float64 { _, n := s.Exports(); return float64(n) })
}

// Build returns what was built: the version of the program, the revision of its
// sources, and that of Go; "unknown" where the build does not say.
func Build() (version, revision, goVersion string) {
	version, revision, goVersion = "unknown", "unknown", "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, revision, goVersion
	}
	if info.Main.Version != "" {
		version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = s.Value
		}
	}
	return version, revision, info.GoVersion
}

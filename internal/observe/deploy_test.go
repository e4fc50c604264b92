package observe

import (
	"database/sql"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/lib/pq"
)

// metricLabels returns all metrics with their labels, those of histograms by the
// names of their series.
func metricLabels(t *testing.T) map[string][]string {
	t.Helper()
	m := NewMetrics()
	pool := sql.OpenDB(&pq.Connector{}) // nobody connects
	t.Cleanup(func() { _ = pool.Close() })
	m.Watch(Sources{
		Pools:   map[string]*sql.DB{"readers": pool},
		Live:    func() (subscribers int, sent, lost uint64) { return 1, 2, 3 },
		Exports: func() (running, most int) { return 1, 2 },
	})
	m.OperationEnded("CampaignsTable", "query", "ok", time.Second)
	m.statement(Statement{Name: "CampaignList", Failure: "57014"})
	m.batch("lists", 1)
	m.CacheAsked("documents", true)
	m.LimitPassed("depth", true)
	m.TokenChecked("accepted")
	m.spansSent(1, true)
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{"up": {"job", "instance"}} // Prometheus' own
	for _, f := range families {
		labels := []string{"job", "instance"}
		for _, pair := range f.GetMetric()[0].GetLabel() {
			labels = append(labels, pair.GetName())
		}
		name := f.GetName()
		all[name] = labels
		if f.GetMetric()[0].GetHistogram() != nil {
			delete(all, name)
			all[name+"_bucket"], all[name+"_sum"], all[name+"_count"] = append(labels, "le"), labels, labels
		}
	}
	return all
}

var (
	inExpression = regexp.MustCompile(`\b(?:adsgraph|go|process)_[a-z_]+\b|\bup\b`)
	selector     = regexp.MustCompile(`\b((?:adsgraph|go|process)_[a-z_]+|up)\{([^}]*)\}`)
	grouping     = regexp.MustCompile(`\bby ?\(([^)]*)\)`)
	matcher      = regexp.MustCompile(`([a-z_]+) ?(?:=~|!~|!=|=)`)
)

// TestDashboardAndAlerts checks that what the dashboard and the rules ask for is
// there, with the labels that they name.
func TestDashboardAndAlerts(t *testing.T) {
	t.Parallel()
	expressions := map[string]string{}
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	text, err := os.ReadFile("../../deploy/prometheus/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, &rules); err != nil {
		t.Fatal(err)
	}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			expressions[r.Alert] = r.Expr
			if _, err := time.ParseDuration(r.For); err != nil || r.Labels["severity"] == "" || r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
				t.Errorf("%s: something is missing: %+v, %v", r.Alert, r, err)
			}
		}
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if text, err = os.ReadFile("../../deploy/grafana/adsgraph.json"); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			expressions[p.Title+" "+target.Expr] = target.Expr
		}
	}
	if len(expressions) < 20 {
		t.Fatalf("only %d expressions were found", len(expressions))
	}
	known := metricLabels(t)
	for where, expression := range expressions {
		names := inExpression.FindAllString(expression, -1)
		var labels []string // of any metric of the expression
		for _, name := range names {
			if known[name] == nil {
				t.Errorf("%s: there is no metric %s", where, name)
			}
			labels = append(labels, known[name]...)
		}
		if len(names) == 0 {
			t.Errorf("%s asks for nothing", where)
		}
		for _, s := range selector.FindAllStringSubmatch(expression, -1) {
			for _, m := range matcher.FindAllStringSubmatch(s[2], -1) {
				if !slices.Contains(known[s[1]], m[1]) {
					t.Errorf("%s: %s has no label %s", where, s[1], m[1])
				}
			}
		}
		for _, g := range grouping.FindAllStringSubmatch(expression, -1) {
			for label := range strings.SplitSeq(g[1], ",") {
				if label = strings.TrimSpace(label); !slices.Contains(labels, label) {
					t.Errorf("%s: no metric has the label %s", where, label)
				}
			}
		}
	}
	// And the page about them tells of all.
	page, err := os.ReadFile("../../docs/telemetry.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range known {
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
		if strings.HasPrefix(name, "adsgraph_") && !strings.Contains(string(page), "`"+base+"`") {
			t.Errorf("docs/telemetry.md does not name %s", base)
		}
	}
}

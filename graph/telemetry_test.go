package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/pgtest"
)

// watched is telemetry that a test can look into.
type watched struct {
	spans   *tracetest.InMemoryExporter
	metrics *observe.Metrics
}

// watch returns a context whose operations are counted, traced and all slow.
func watch(ctx context.Context) (context.Context, watched) {
	w := watched{tracetest.NewInMemoryExporter(), observe.NewMetrics()}
	tracer := sdktrace.NewTracerProvider(sdktrace.WithSyncer(w.spans)).Tracer("test")
	return observe.NewContext(ctx, &observe.Telemetry{Metrics: w.metrics, Tracer: tracer, Slow: observe.NewSlowLog(time.Nanosecond)}), w
}

// text returns the metrics as Prometheus reads them.
func (w watched) text(t testing.TB) string {
	t.Helper()
	rec := httptest.NewRecorder()
	w.metrics.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	return rec.Body.String()
}

// send sends a request with what it is told.
func (p *process) send(t testing.TB, method, path, body string, header http.Header) (status int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header.Clone()
	res, err := p.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// TestTelemetryTellsNoContent sends texts that are no business of operators over
// everything that takes requests: in literals, variables, names of aliases, tokens
// and headers, in what fails and in what works. None is in the log, which has all
// that there is, in a span or in a metric.
func TestTelemetryTellsNoContent(t *testing.T) { //nolint:paralleltest // it replaces the log
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF NEW.name LIKE '%kanarie%' THEN RAISE EXCEPTION 'no such name as %', NEW.name; END IF; RETURN NEW; END $$`)
	db.MustExec(`CREATE TRIGGER refuse BEFORE UPDATE ON campaign FOR EACH ROW EXECUTE FUNCTION refuse()`)
	var version int
	if err := db.Get(&version, "SELECT version FROM campaign WHERE advertiser_id = $1 AND id = 11", acme); err != nil {
		t.Fatal(err)
	}
	logs := &logged{}
	before := slog.Default()
	slog.SetDefault(observe.NewLogger(logs, true, slog.LevelDebug))
	t.Cleanup(func() { slog.SetDefault(before) })
	ctx, w := watch(context.Background())
	p := newProcessIn(ctx, t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	const canary, trace = "kanarie", "4bf92f3577b34da6a3ce929d0e0e4736"
	header := http.Header{
		"Content-Type": {"application/json"}, "Authorization": {"Bearer 1"}, "X-Secret": {canary}, "Cookie": {"a=" + canary}, "User-Agent": {canary},
		"Traceparent": {"00-" + trace + "-00f067aa0ba902b7-01"}, "Tracestate": {"vendor=" + canary}, "Baggage": {"who=" + canary},
	}
	stream := header.Clone()
	stream.Set("Accept", eventStream)
	stranger := header.Clone()
	stranger.Set("Authorization", "Bearer "+canary)
	body := func(query string, variables map[string]any) string {
		return jsonOf(t, map[string]any{"query": query, "variables": variables, "extensions": map[string]any{"note": canary}})
	}
	list := `query ($id: ID!, $text: String) { ` + canary + `: advertiser(id: $id) {
		campaigns(first: 5, filter: {nameContains: $text}) { edges { node { name } } }
		other: campaigns(first: 5, filter: {nameContains: "` + canary + `"}) { totalCount } } }`
	variables := map[string]any{"id": advertiserID(acme), "text": canary}
	update := body(`mutation ($in: UpdateCampaignsInput!) { updateCampaigns(input: $in) { campaigns { name } userErrors { code } } }`, map[string]any{
		"in": map[string]any{"advertiserId": advertiserID(acme), "idempotencyKey": canary + "-12345", "campaigns": []any{
			map[string]any{"id": campaignID(acme, 11), "version": version, "name": canary},
		}},
	})
	export := func(more string) string {
		return `{"advertiser":"` + advertiserID(acme) + `","level":"CAMPAIGN","format":"CSV","filter":{"nameContains":"` + canary + `"}` + more + `}`
	}
	for _, c := range []struct {
		name, method, path, body string
		header                   http.Header
		status                   int
		answer                   string // part of it
	}{
		{"POST", http.MethodPost, "/graphql", body(list, variables), header, 200, `"totalCount":0`},
		{"GET", http.MethodGet, "/graphql?query=" + url.QueryEscape(list) + "&variables=" + url.QueryEscape(jsonOf(t, variables)), "", header, 200, `"totalCount":0`},
		{"events", http.MethodPost, "/graphql", body(list, variables), stream, 200, `"totalCount":0`},
		{"syntax", http.MethodPost, "/graphql", body(`{ advertiser(id: "`+canary+`" }`, nil), header, 200, string("GRAPHQL_PARSE_FAILED")},
		{"no such field", http.MethodPost, "/graphql", body(`{ `+canary+` }`, nil), header, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"no such id", http.MethodPost, "/graphql", body(`{ advertiser(id: "`+canary+`") { name } }`, nil), header, 200, "errors"},
		{"wrong variable", http.MethodPost, "/graphql", body(list, map[string]any{"id": map[string]any{canary: canary}}), header, 200, "errors"},
		{"failing statement", http.MethodPost, "/graphql", update, header, 200, string(fault.Internal)},
		{"token", http.MethodPost, "/graphql", body(list, variables), stranger, 401, string(fault.Unauthenticated)},
		{"no JSON", http.MethodPost, "/graphql", `{"query": ` + canary, header, 400, "errors"},
		{"export", http.MethodPost, "/export", export(""), header, 200, "id,name"},
		{"export of nothing", http.MethodPost, "/export", export(`,"` + canary + `":1`), header, 400, "errors"},
		{"no such place", http.MethodGet, "/" + canary, "", header, 404, ""},
	} {
		if status, text := p.send(t, c.method, c.path, c.body, c.header); status != c.status || !strings.Contains(text, c.answer) {
			t.Errorf("%s: %d %s", c.name, status, text)
		}
	}
	follow := func(id string) string {
		return jsonOf(t, map[string]any{
			"query": `subscription ($id: ID!) { ` + canary + `: campaignChanged(advertiserId: $id) { campaign { name } } }`, "variables": map[string]any{"id": id},
			"extensions": map[string]any{"note": canary},
		})
	}
	socket := p.dial(t, header)
	socket.say(t, `{"type":"connection_init","payload":{"authorization":"Bearer 1","other":"`+canary+`"}}`)
	socket.hears(t, `{"type":"connection_ack"}`)
	socket.say(t, `{"type":"subscribe","id":"`+canary+`","payload":`+follow(advertiserID(acme))+`}`)
	socket.say(t, `{"type":"subscribe","id":"bad","payload":`+follow(canary)+`}`)
	if got, err := socket.hear(); err != nil || !strings.Contains(got, `"bad"`) {
		t.Error(got, err)
	}
	events, stop := context.WithCancel(t.Context())
	defer stop()
	r, err := http.NewRequestWithContext(events, http.MethodPost, p.URL+"/graphql", strings.NewReader(follow(advertiserID(acme))))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = stream
	res, err := p.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	p.subscribers(t, 2)
	db.MustExec(`DROP TRIGGER refuse ON campaign`)
	change(t, db, acme, 11, canary+" runs", version+1)
	if got, err := socket.hear(); err != nil || !strings.Contains(got, canary+" runs") {
		t.Error(got, err)
	}
	if got, err := streamed(bufio.NewReader(res.Body)); err != nil || !strings.Contains(got, canary+" runs") {
		t.Error(got, err)
	}
	stop()
	_ = socket.CloseNow()
	p.subscribers(t, 0)

	spans := w.spans.GetSpans()
	said, err := json.Marshal(spans.Snapshots())
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%s %+v", said, spans)
	for what, text := range map[string]string{"the log": logs.text(), "a span": all, "a metric": w.text(t)} {
		if i := strings.Index(strings.ToLower(text), canary); i >= 0 {
			t.Errorf("%s has %.300s", what, text[max(0, i-150):])
		}
	}
	// And it is not for want of telling anything.
	for _, want := range []string{`"msg":"slow operation"`, `"msg":"resolver failed"`, `"msg":"export"`, `"trace":"` + trace + `"`, "P0001"} {
		if !strings.Contains(logs.text(), want) {
			t.Errorf("the log does not have %s", want)
		}
	}
	for _, want := range []string{"query", "mutation", "subscription", "subscription event", "export", "load Lists", "CampaignList", "CampaignExport"} {
		i := slices.IndexFunc(spans, func(s tracetest.SpanStub) bool { return s.Name == want })
		if i < 0 {
			t.Errorf("there is no span %s", want)
		} else if got := spans[i].SpanContext.TraceID().String(); got != trace {
			t.Errorf("%s is of trace %s", want, got)
		}
	}
	for _, want := range []string{
		`adsgraph_operations_total{kind="query",operation="other",outcome="ok"} 3`,
		`adsgraph_operations_total{kind="mutation",operation="other",outcome="internal"} 1`,
		`adsgraph_operations_total{kind="export",operation="export",outcome="invalid"} 1`,
		`adsgraph_loader_batch_keys_count{loader="Lists"}`, `adsgraph_statement_failures_total{statement=`,
	} {
		if !strings.Contains(w.text(t), want) {
			t.Errorf("there is no metric %s", want)
		}
	}
}

// TestSpansOfAnOperation asks a screen and looks at its spans: batches lie below
// the operation, statements below batches, and names are those of the document.
func TestSpansOfAnOperation(t *testing.T) {
	t.Parallel()
	ctx, w := watch(t.Context())
	screen := document(t, "CampaignsTable")
	variables := goldenVariables(t, "CampaignsTable")
	world := smallWorld(t, Options{})
	if got := world.askIn(ctx, t, screen.Text, variables); len(got.errors) > 0 {
		t.Fatal(got.errors)
	}
	spans := w.spans.GetSpans()
	byID := map[string]tracetest.SpanStub{}
	statements := 0
	for _, s := range spans {
		byID[s.SpanContext.SpanID().String()] = s
	}
	for _, s := range spans {
		parent, ok := byID[s.Parent.SpanID().String()]
		switch {
		case s.Name == "query CampaignsTable":
			if ok {
				t.Errorf("the operation is below %s", parent.Name)
			}
		case strings.HasPrefix(s.Name, "load "):
			if parent.Name != "query CampaignsTable" {
				t.Errorf("%s is below %q", s.Name, parent.Name)
			}
		default:
			statements++
			if !strings.HasPrefix(parent.Name, "load ") {
				t.Errorf("%s is below %q", s.Name, parent.Name)
			}
		}
	}
	if statements != 7 {
		t.Errorf("there are %d statements", statements)
	}
	if want := `adsgraph_operations_total{kind="query",operation="CampaignsTable",outcome="ok"} 1`; !strings.Contains(w.text(t), want) {
		t.Errorf("there is no metric %s", want)
	}
}

// TestNamesOfClientsAreNoLabels sends thousands of operations, each with a name of
// its own, one that a trusted document has among them.
func TestNamesOfClientsAreNoLabels(t *testing.T) {
	t.Parallel()
	ctx, w := watch(t.Context())
	world := smallWorld(t, Options{})
	ask := func(n int) {
		world.askIn(ctx, t, fmt.Sprintf("query CampaignsTable%d { __typename } query AdsTable { __typename }", n), nil) // which of the two?
		world.askIn(ctx, t, fmt.Sprintf("query Name%d { __typename }", n), nil)
	}
	ask(0)
	before := strings.Count(w.text(t), "\n")
	for n := range 2500 {
		ask(n + 1)
	}
	world.askIn(ctx, t, "query AdsTable { __typename }", nil)
	if after := strings.Count(w.text(t), "\n"); after > before+10 || strings.Contains(w.text(t), "AdsTable") {
		t.Errorf("there were %d lines and are %d", before, after)
	}
}

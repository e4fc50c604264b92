package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/pgtest"
)

// TestServerTellsOperators starts a server with metrics and traces, asks it, and
// stops it: the collector has the trace that the client began.
func TestServerTellsOperators(t *testing.T) {
	t.Parallel()
	taken := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		taken <- string(b)
	}))
	defer collector.Close()
	dsn, issuer := pgtest.Database(t), openIssuer(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'a@example.com', 'Anna')`)
	db.MustExec("INSERT INTO identity (issuer, subject, user_id) VALUES ($1, 'anna', 1)", issuer.Name)
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	private := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, ended := &safeBuffer{}, make(chan error, 1)
	args := append(serveArgs(dsn, issuer), "--private", private, "--traces", collector.URL, "--trace-ratio", "0")
	go func() { ended <- run(ctx, args, noEnv, out, io.Discard) }()
	address := ""
	for address == "" {
		if _, rest, ok := strings.Cut(out.String(), "Listening on "); ok {
			address, _, _ = strings.Cut(rest, "\n")
		}
		select {
		case err := <-ended:
			t.Fatal(err)
		case <-time.After(5 * time.Millisecond):
		}
	}
	ask := func(method, url, body string, header map[string]string) string {
		r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range header {
			r.Header.Set(name, value)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		b, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatal(res.StatusCode, string(b), err)
		}
		return string(b)
	}
	const trace = "\x4b\xf9\x2f\x35\x77\xb3\x4d\xa6\xa3\xce\x92\x9d\x0e\x0e\x47\x36"
	header := map[string]string{"Authorization": "Bearer " + sign(t, issuer, "anna"), "Content-Type": "application/json"}
	const query = `{"query":"{ viewer { name } }"}`
	ask(http.MethodPost, address, query, header) // not traced, by the ratio
	header["Traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	ask(http.MethodPost, address, query, header)
	metrics := ask(http.MethodGet, "http://"+private+"/metrics", "", nil)
	for _, want := range []string{
		`adsgraph_operations_total{kind="query",operation="other",outcome="ok"} 2`, `adsgraph_token_checks_total{result="accepted"} 2`,
		`go_sql_open_connections{db_name="finders"}`, `adsgraph_statement_duration_seconds_count{statement="SwitchesOff"}`, "adsgraph_live_subscribers 0",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("there is no %s", want)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	select {
	case spans := <-taken:
		if strings.Count(spans, trace) < 2 { // the operation, and a statement
			t.Errorf("%q", spans)
		}
	default:
		t.Error("the collector has nothing when the server has ended")
	}
}

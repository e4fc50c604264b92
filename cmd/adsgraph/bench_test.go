package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestBenchCommand measures a server that tells what it was asked.
func TestBenchCommand(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	asked := map[string]int{}
	answer := `{"data":{"a":1},"extensions":{"cost":{"statements":3}}}`
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body map[string]any
		_ = json.NewDecoder(r.Body).Decode(&body)
		mu.Lock()
		defer mu.Unlock()
		text, _ := json.Marshal(body)
		asked[r.Header.Get("Authorization")+" "+string(text)]++
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	document, many, none := write("A.graphql", "{a}"), write("many.json", `[{"n":1},{"n":2}]`), write("none.json", `[]`)
	bench := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), append([]string{"bench", "--url", s.URL, "--duration", "50ms", "--warm-up", "10ms"}, args...), noEnv, &out, io.Discard)
		return out.String(), err
	}

	out, err := bench("--operation", document, "--variables", many, "--document-id", "sha256:1", "--variables", ` {"n":3}`, "--header", "Authorization: Bearer x", "--same")
	if err != nil || !strings.Contains(out, "requests/s") || !strings.Contains(out, "0 errors") || !strings.Contains(out, "3 per request") {
		t.Error(out, err)
	}
	mu.Lock()
	for _, want := range []string{`{"query":"{a}","variables":{"n":1}}`, `{"query":"{a}","variables":{"n":2}}`, `{"documentId":"sha256:1","variables":{"n":3}}`} {
		if asked["Bearer x "+want] == 0 {
			t.Errorf("it was not asked for %s: %v", want, asked)
		}
	}
	if len(asked) != 3 {
		t.Errorf("it was asked for %d things", len(asked))
	}
	clear(asked)
	mu.Unlock()

	args := []string{"--operation", document, "--concurrency", "2", "--rate", "400", "--json"}
	if runtime.GOOS == "linux" {
		args = append(args, "--server-pid", strconv.Itoa(os.Getpid()), "--database-pid", strconv.Itoa(os.Getpid()))
	}
	out, err = bench(args...)
	var report benchReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err != nil || report.Requests != 20 || report.Errors != 0 || report.Statements == nil || *report.Statements != 3 || report.Bytes != float64(len(answer)) {
		t.Errorf("got %s, %v", out, err)
	}
	if runtime.GOOS == "linux" && (report.Server == nil || report.Server.Memory == 0 || report.Database == nil) {
		t.Errorf("nothing was used: %s", out)
	}
	mu.Lock()
	if n := asked[` {"extensions":{"request":7},"query":"{a}"}`]; n == 0 || len(asked) != 21 {
		t.Errorf("requests are not told apart: %v", asked)
	}
	answer = `{"errors":[{"message":"Sign in."}]}`
	mu.Unlock()
	if _, err := bench("--operation", document); err == nil || !strings.Contains(err.Error(), "Sign in.") {
		t.Error(err)
	}

	for _, tt := range []struct {
		mentions string
		args     []string
	}{
		{"what is asked?", nil},
		{"too much", []string{"--operation", document, "more"}},
		{"--url", []string{"--url", "localhost:8080", "--operation", document}},
		{"--header", []string{"--operation", document, "--header", "Bearer x"}},
		{"--operation", []string{"--operation", filepath.Join(dir, "missing")}},
		{"--variables is given 2 times", []string{"--operation", document, "--variables", "{}", "--variables", "{}"}},
		{"missing", []string{"--operation", document, "--variables", "missing"}},
		{"no JSON object", []string{"--operation", document, "--variables", `{"a":`}},
		{"no JSON object", []string{"--operation", document, "--variables", `[1]`}},
		{"no JSON object", []string{"--operation", document, "--variables", document}},
		{"empty array", []string{"--operation", document, "--variables", none}},
		{"concurrency", []string{"--operation", document, "--concurrency", "-1"}},
		{"duration", []string{"--operation", document, "--duration", "0s"}},
	} {
		if _, err := bench(tt.args...); err == nil || !strings.Contains(err.Error(), tt.mentions) {
			t.Errorf("%v: %v, want %q", tt.args, err, tt.mentions)
		}
	}
}

// TestBenchFails ends with an error when requests fail while it measures.
func TestBenchFails(t *testing.T) {
	t.Parallel()
	var once sync.Once
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer := `{"errors":[{"message":"Enough."}]}`
		once.Do(func() { answer = `{"data":{}}` })
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	var out bytes.Buffer
	err := run(t.Context(), []string{"bench", "--url", s.URL, "--document-id", "x", "--duration", "20ms", "--warm-up", "0s"}, noEnv, &out, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "requests failed, first: the answer has errors (1), first: Enough.") || !strings.Contains(out.String(), "requests/s") {
		t.Error(out.String(), err)
	}
}

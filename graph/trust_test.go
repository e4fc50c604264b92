package graph

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"adsgraph/graph/documents"
	"adsgraph/internal/auth"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// replied is a response with the statements that it cost.
type replied struct {
	*httptest.ResponseRecorder
	statements int
}

// sendAs sends a request as a viewer; a body makes it a POST.
func (w *world) sendAs(t testing.TB, viewer int64, query url.Values, body string, header http.Header) replied {
	t.Helper()
	ctx, stats := store.WithStats(auth.NewContext(t.Context(), auth.Viewer{UserID: viewer}))
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/graphql?"+query.Encode(), nil)
	if body != "" {
		r = httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
	}
	maps.Copy(r.Header, header)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return replied{rec, len(stats.Executions())}
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestTrust sends trusted documents and others, in every way to name them, to
// servers of each mode.
func TestTrust(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	s := pgtest.OpenDSN(t, dsn)
	screen := document(t, "AdvertiserSwitcher")
	variables := map[string]any{"first": 5}
	other := "query AdvertiserSwitcher { viewer { name } }" // the name of a trusted one is no pass
	persisted := func(hash string) map[string]any {
		return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
	}
	for _, tt := range []struct {
		name     string
		body     map[string]any
		statuses [3]int // open, log, require
		code     string
	}{
		{"Id", map[string]any{"documentId": screen.Hash, "variables": variables}, [3]int{200, 200, 200}, ""},
		{"PrefixedId", map[string]any{"documentId": "sha256:" + screen.Hash, "variables": variables}, [3]int{200, 200, 200}, ""},
		{"Extension", map[string]any{"extensions": persisted(screen.Hash), "variables": variables}, [3]int{200, 200, 200}, ""},
		{"Text", map[string]any{"query": screen.Text, "variables": variables}, [3]int{200, 200, 200}, ""},
		{"TextAndId", map[string]any{"query": screen.Text, "documentId": screen.Hash, "variables": variables}, [3]int{200, 200, 200}, ""},
		{"OtherText", map[string]any{"query": other}, [3]int{200, 200, 403}, "PERSISTED_DOCUMENT_UNKNOWN"},
		{"Introspection", map[string]any{"query": "{ __typename }"}, [3]int{200, 200, 403}, "PERSISTED_DOCUMENT_UNKNOWN"},
		{"TextAndWrongId", map[string]any{"query": other, "documentId": screen.Hash}, [3]int{400, 400, 400}, "INVALID"},
		{"UnknownId", map[string]any{"documentId": documents.Hash(other)}, [3]int{404, 404, 404}, "PERSISTED_DOCUMENT_UNKNOWN"},
		{"UnknownExtension", map[string]any{"extensions": persisted(documents.Hash(other))}, [3]int{404, 404, 404}, "PERSISTED_DOCUMENT_UNKNOWN"},
		{"Name", map[string]any{"operationName": "AdvertiserSwitcher"}, [3]int{400, 400, 400}, "INVALID"},
		{"NoHash", map[string]any{"documentId": "AdvertiserSwitcher"}, [3]int{400, 400, 400}, "INVALID"},
		{"BadExtension", map[string]any{"extensions": map[string]any{"persistedQuery": "x"}}, [3]int{400, 400, 400}, "INVALID"},
	} {
		for i, trust := range []Trust{TrustOpen, TrustLog, TrustRequire} {
			w := newWorld(t, s, Options{Trust: trust})
			got := w.sendAs(t, agency, nil, jsonOf(t, tt.body), nil)
			if got.Code != tt.statuses[i] || got.Code == 200 != strings.HasPrefix(got.Body.String(), `{"data":{`) ||
				got.Code != 200 && (!strings.Contains(got.Body.String(), `"code":"`+tt.code+`"`) || got.statements > 0) {
				t.Errorf("%s, %s: %d %s", tt.name, trust, got.Code, got.Body)
			}
		}
	}
}

// TestTrustIsRequiredOnSockets subscribes with a document that is not trusted.
func TestTrustIsRequiredOnSockets(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{Trust: TrustRequire})
	c := p.signIn(t, 1)
	c.subscribe(t, "1", follower, advertiserID(1))
	if got, err := c.hear(); err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, "PERSISTED_DOCUMENT_UNKNOWN") {
		t.Error(got, err)
	}
	s := p.post(t.Context(), t, "1", "text/event-stream", payloadOf(follower, advertiserID(1)))
	if text, _ := io.ReadAll(s.Body); s.StatusCode != http.StatusForbidden || !strings.Contains(string(text), "PERSISTED_DOCUMENT_UNKNOWN") {
		t.Error(s.StatusCode, string(text))
	}
}

// TestAutomatic makes documents known by hash: those that are valid.
func TestAutomatic(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{Automatic: true})
	send := func(query, hash string) (int, string) {
		in := map[string]any{"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}}
		if query != "" {
			in["query"] = query
		}
		got := w.sendAs(t, agency, nil, jsonOf(t, in), nil)
		return got.Code, got.Body.String()
	}
	const good, bad = "{ viewer { name } }", "{ viewer { nonsense } }"
	for i, tt := range []struct {
		query, hash string
		status      int
		mentions    string
	}{
		{"", documents.Hash(good), 200, `"PersistedQueryNotFound"`},
		{bad, documents.Hash(good), 400, "not the SHA-256"},
		{bad, documents.Hash(bad), 200, "GRAPHQL_VALIDATION_FAILED"},
		{"", documents.Hash(bad), 200, "PERSISTED_QUERY_NOT_FOUND"}, // it was not kept
		{good, documents.Hash(good), 200, `"data":{`},
		{"", documents.Hash(good), 200, `"data":{`},
	} {
		if status, body := send(tt.query, tt.hash); status != tt.status || !strings.Contains(body, tt.mentions) {
			t.Errorf("%d: %d %s", i, status, body)
		}
	}
}

// TestCacheIsBounded fills a cache.
func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	c := newCache("test", 100, func(_, v string) int { return len(v) })
	for i := range 50 {
		c.Add(t.Context(), itoa(i), "0123456789")
		c.Add(t.Context(), itoa(i), "01234")
		if c.bytes > 100 {
			t.Fatal(c.bytes)
		}
	}
	if c.lru.Len() < 18 || c.bytes != 5*c.lru.Len() {
		t.Errorf("%d entries, %d bytes", c.lru.Len(), c.bytes)
	}
	if c.Add(t.Context(), "large", strings.Repeat("x", 11)); c.lru.Contains("large") {
		t.Error("something large drove the others out")
	}
}

// TestConditional asks for a screen by GET again and again.
func TestConditional(t *testing.T) {
	t.Parallel()
	withoutLatest(t)
	dsn := smallDatabase(t, people)
	db := pgtest.DB(t, dsn)
	s := pgtest.OpenDSN(t, dsn)
	w := newWorld(t, s, Options{})
	screen := document(t, "AdvertiserSwitcher")
	get := func(viewer int64, first, tag string) replied {
		return w.sendAs(t, viewer, url.Values{"documentId": {screen.Hash}, "variables": {`{"first":` + first + `}`}}, "", http.Header{"If-None-Match": {tag}})
	}
	first := get(agency, "5", "")
	tag := first.Header().Get("ETag")
	if first.Code != 200 || len(tag) < 20 || tag[0] != '"' || first.Header().Get("Cache-Control") != "private, no-cache" {
		t.Fatal(first.Code, first.Header(), first.Body)
	}
	unchanged := func(why string, got replied, statements int) {
		t.Helper()
		if got.Code != 304 || got.Body.Len() > 0 || got.Header().Get("ETag") != tag || got.Header().Get("Cache-Control") != "private, no-cache" || got.statements > statements {
			t.Errorf("%s: %d %v, %d statements", why, got.Code, got.Header(), got.statements)
		}
	}
	changed := func(why string, got replied) string {
		t.Helper()
		if got.Code != 200 || got.Header().Get("ETag") == tag || got.Header().Get("ETag") == "" {
			t.Errorf("%s: %d %v", why, got.Code, got.Header())
		}
		return got.Header().Get("ETag")
	}
	soon(t, "the database is quiet", func() bool { return get(agency, "5", tag).statements == 1 })
	unchanged("in a list", get(agency, "5", `"x", W/`+tag), 99)
	changed("other variables", get(agency, "4", tag))
	changed("another viewer", get(analyst, "5", tag))
	db.MustExec(`UPDATE app_user SET name = name || '' WHERE id = 1`) // the same text again
	unchanged("after a write that changes nothing", get(agency, "5", tag), 99)
	db.MustExec(`UPDATE advertiser SET name = 'Renamed' WHERE id = 1`)
	tag = changed("after a write", get(agency, "5", tag))
	unchanged("again", get(agency, "5", tag), 99)
	if got := w.sendAs(t, agency, url.Values{"query": {"{ viewer { name } }"}}, "", nil); got.Header().Get("ETag") != "" || got.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("not trusted: %v", got.Header())
	}
	if got := get(agency, "-1", ""); got.Header().Get("ETag") != "" || got.Header().Get("Cache-Control") != "no-store" || !strings.Contains(got.Body.String(), "errors") {
		t.Errorf("with errors: %v %s", got.Header(), got.Body)
	}
}

// TestIdenticalQueriesShare holds the database until a hundred ask the same.
func TestIdenticalQueriesShare(t *testing.T) {
	t.Parallel()
	withoutLatest(t)
	dsn := smallDatabase(t, people)
	db := pgtest.DB(t, dsn)
	fs := &flights{}
	w := newWorld(t, pgtest.OpenDSN(t, dsn), Options{flights: fs})
	tx := db.MustBegin()
	tx.MustExec(`LOCK TABLE app_user IN ACCESS EXCLUSIVE MODE`)
	const many = 100
	body := jsonOf(t, map[string]any{"query": "{ viewer { name } }"})
	var all sync.WaitGroup
	statements, texts := make([]int, many+1), make([]string, many+1)
	for i := range many {
		all.Go(func() {
			got := w.sendAs(t, agency, nil, body, nil)
			statements[i], texts[i] = got.statements, got.Body.String()
		})
	}
	all.Go(func() {
		got := w.sendAs(t, analyst, nil, body, nil)
		statements[many], texts[many] = got.statements, got.Body.String()
	})
	soon(t, "all wait", func() bool {
		fs.mu.Lock()
		defer fs.mu.Unlock()
		waiting := 0
		for _, f := range fs.running {
			waiting += f.waiting
		}
		return waiting == many+1 && len(fs.running) == 2
	})
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	sum := 0
	for i := range many {
		sum += statements[i]
		if !strings.Contains(texts[i], "Olga Owner") {
			t.Errorf("%d: %s", i, texts[i])
		}
	}
	if sum != 1 || statements[many] != 1 || strings.Contains(texts[many], "Olga") {
		t.Errorf("%d statements; another viewer: %d %s", sum, statements[many], texts[many])
	}
}

// TestSharingEnds leaves while a query runs: the others get their answer, and the
// last who leaves ends it. A mutation keeps later queries from joining.
func TestSharingEnds(t *testing.T) {
	t.Parallel()
	withoutLatest(t)
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	fs := &flights{}
	w := newWorld(t, pgtest.OpenDSN(t, dsn), Options{flights: fs})
	tx := db.MustBegin()
	tx.MustExec(`LOCK TABLE app_user IN ACCESS EXCLUSIVE MODE`)
	waiting := func(n int) {
		soon(t, "waiting", func() bool {
			fs.mu.Lock()
			defer fs.mu.Unlock()
			sum := 0
			for _, f := range fs.running {
				sum += f.waiting
			}
			return sum == n
		})
	}
	var all sync.WaitGroup
	ask := func(ctx context.Context) *answer {
		got := &answer{}
		all.Go(func() { *got = w.askIn(ctx, t, "{ viewer { name } }", nil) })
		return got
	}
	first, leaveFirst := context.WithCancel(t.Context())
	ask(first)
	waiting(1)
	second := ask(t.Context())
	waiting(2)
	leaveFirst()
	waiting(1)
	fs.wrote()
	third, leaveThird := context.WithCancel(t.Context())
	ended := ask(third)
	waiting(2)
	fs.mu.Lock()
	running := len(fs.running)
	fs.mu.Unlock()
	leaveThird()
	waiting(1)
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if running != 2 || second.data != `{"viewer":{"name":"Olga Owner"}}` || len(ended.errors) == 0 {
		t.Errorf("%d executions, %+v, %+v", running, second, ended)
	}
}

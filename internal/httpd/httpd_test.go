package httpd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
)

const token = "correct-horse"

// edge returns the handler around a GraphQL handler.
func edge(graphql http.HandlerFunc, change func(*Config)) http.Handler {
	c := Config{
		GraphQL: graphql,
		Verify: func(_ context.Context, got string) (auth.Viewer, error) {
			if got != token {
				return auth.Viewer{}, errors.Join(fault.New(fault.Unauthenticated, "The token is not valid."), errors.New("secret detail"))
			}
			return auth.Viewer{UserID: 7}, nil
		},
		Ready:   func(context.Context) error { return nil },
		Timeout: time.Minute,
	}
	if change != nil {
		change(&c)
	}
	return Handler(c)
}

func post(h http.Handler, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	if change != nil {
		change(r)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func TestViewerReachesGraphQL(t *testing.T) {
	t.Parallel()
	h := edge(func(w http.ResponseWriter, r *http.Request) {
		v, err := auth.From(r.Context())
		_, _ = fmt.Fprint(w, v.UserID, err, observe.RequestID(r.Context()) == w.Header().Get("X-Request-Id"))
	}, nil)
	rec := post(h, "{}", func(r *http.Request) { r.Header.Set("X-Request-Id", "from-proxy.1") })
	if rec.Body.String() != "7 <nil> true" || rec.Header().Get("X-Request-Id") != "from-proxy.1" {
		t.Errorf("got %q, %v", rec.Body, rec.Header())
	}
	rec = post(h, "{}", func(r *http.Request) { r.Header.Set("X-Request-Id", "evil\" id") })
	if id := rec.Header().Get("X-Request-Id"); len(id) < 20 || strings.Contains(id, "evil") {
		t.Errorf("a bad request id came back as %q", id)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	reached := func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	}
	tests := []struct {
		name   string
		body   string
		change func(*http.Request)
		status int
		code   string
	}{
		{"NoToken", "{}", func(r *http.Request) { r.Header.Del("Authorization") }, 401, "UNAUTHENTICATED"},
		{"OtherScheme", "{}", func(r *http.Request) { r.Header.Set("Authorization", "Basic "+token) }, 401, "UNAUTHENTICATED"},
		{"EmptyToken", "{}", func(r *http.Request) { r.Header.Set("Authorization", "Bearer ") }, 401, "UNAUTHENTICATED"},
		{"TwoTokens", "{}", func(r *http.Request) { r.Header.Add("Authorization", "Bearer "+token) }, 401, "UNAUTHENTICATED"},
		{"WrongToken", "{}", func(r *http.Request) { r.Header.Set("Authorization", "Bearer wrong") }, 401, "UNAUTHENTICATED"},
		{"LowerCaseScheme", "{}", func(r *http.Request) { r.Header.Set("Authorization", "bearer "+token) }, 200, ""},
		{"OtherSite", "{}", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403, ""},
		{"LargestBody", strings.Repeat("x", maxBody), nil, 200, ""},
		{"TooLargeBody", strings.Repeat("x", maxBody+1), nil, 413, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rec := post(edge(reached, nil), tt.body, tt.change)
			if rec.Code != tt.status || !strings.Contains(rec.Body.String(), tt.code) {
				t.Errorf("got %d %s, want %d %s", rec.Code, rec.Body, tt.status, tt.code)
			}
			if strings.Contains(rec.Body.String(), "secret") {
				t.Errorf("the verifier's detail shows: %s", rec.Body)
			}
		})
	}
}

// TestWhatTheVerifierSays gives each error of a verifier the status and the
// headers that clients rely on.
func TestWhatTheVerifierSays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                   string
		err                    error
		status                 int
		body, challenge, retry string
	}{
		{"Invalid", fault.New(fault.Unauthenticated, "The token has expired."), 401, `"message":"The token has expired.","extensions":{"code":"UNAUTHENTICATED"}`, `Bearer error="invalid_token", error_description="The token has expired."`, ""},
		{"Stranger", fault.New(fault.Forbidden, "Ask an owner."), 403, `"message":"Ask an owner.","extensions":{"code":"FORBIDDEN"}`, "", ""},
		{"Down", fmt.Errorf("x: %w", fault.New(fault.Unavailable, "Try again.")), 503, `"UNAVAILABLE"`, "", "10"},
		{"Slow", fault.New(fault.Timeout, "Try again."), 504, `"TIMEOUT"`, "", ""},
		{"Broken", errors.New("secret"), 500, `"INTERNAL"`, "", ""},
	} {
		h := edge(func(http.ResponseWriter, *http.Request) { t.Errorf("%s: reached", tt.name) }, func(c *Config) {
			c.Verify = func(context.Context, string) (auth.Viewer, error) { return auth.Viewer{UserID: 7}, tt.err }
		})
		rec := post(h, "{}", nil)
		if rec.Code != tt.status || !strings.Contains(rec.Body.String(), tt.body) || strings.Contains(rec.Body.String(), "secret") ||
			rec.Header().Get("WWW-Authenticate") != tt.challenge || rec.Header().Get("Retry-After") != tt.retry {
			t.Errorf("%s: %d %s %v", tt.name, rec.Code, rec.Body, rec.Header())
		}
	}
	rec := post(edge(nil, nil), "{}", func(r *http.Request) { r.Header.Del("Authorization") })
	if got := rec.Header().Get("WWW-Authenticate"); got != "Bearer" { // RFC 6750: no error where no token was sent
		t.Errorf("without a token: %q", got)
	}
}

// TestContextEndsWithTheToken lets a token expire while a request runs.
func TestContextEndsWithTheToken(t *testing.T) {
	t.Parallel()
	rec := post(edge(func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		cause := context.Cause(r.Context())
		_, _ = fmt.Fprint(w, fault.CodeOf(cause), " ", cause)
	}, func(c *Config) {
		c.Verify = func(context.Context, string) (auth.Viewer, error) {
			return auth.Viewer{UserID: 7, Expires: time.Now().Add(time.Millisecond)}, nil
		}
	}), "{}", nil)
	if got := rec.Body.String(); got != "UNAUTHENTICATED Your sign-in ended while this was running. Sign in again." {
		t.Errorf("the context ended with %q", got)
	}
}

// TestDemoNeedsNoToken asks what only the demo has.
func TestDemoNeedsNoToken(t *testing.T) {
	t.Parallel()
	to := func(r *http.Request) {
		r.URL.Path = "/demo/token"
		r.Header.Del("Authorization")
	}
	with := func(c *Config) {
		c.Demo = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "demo") })
	}
	if rec := post(edge(nil, with), "{}", to); rec.Code != 200 || rec.Body.String() != "demo" {
		t.Errorf("got %d %s", rec.Code, rec.Body)
	}
	crossSite := func(r *http.Request) {
		to(r)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	}
	if rec := post(edge(nil, with), "{}", crossSite); rec.Code != 403 {
		t.Errorf("from another site: %d", rec.Code)
	}
	if rec := post(edge(nil, nil), "{}", to); rec.Code != 404 {
		t.Errorf("without the demo: %d", rec.Code)
	}
}

func TestPanicBecomesInternal(t *testing.T) {
	t.Parallel()
	rec := post(edge(func(http.ResponseWriter, *http.Request) { panic("secret") }, nil), "{}", nil)
	if rec.Code != 500 || !strings.Contains(rec.Body.String(), "INTERNAL") || strings.Contains(rec.Body.String(), "secret") {
		t.Errorf("got %d %s", rec.Code, rec.Body)
	}
}

func TestTimeoutEndsTheContext(t *testing.T) {
	t.Parallel()
	rec := post(edge(func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		_, _ = fmt.Fprint(w, context.Cause(r.Context()))
	}, func(c *Config) { c.Timeout = time.Millisecond }), "{}", nil)
	if got := rec.Body.String(); got != context.DeadlineExceeded.Error() {
		t.Errorf("the context ended with %q", got)
	}
}

// TestExportPassesTheSameGuards sends requests to /export: what keeps others
// from /graphql keeps them from it, but it has a time of its own.
func TestExportPassesTheSameGuards(t *testing.T) {
	t.Parallel()
	h := edge(nil, func(c *Config) {
		c.Timeout, c.ExportTimeout = time.Nanosecond, time.Hour
		c.Export = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			v, err := auth.From(r.Context())
			if _, readErr := io.Copy(io.Discard, r.Body); readErr != nil {
				w.WriteHeader(http.StatusRequestEntityTooLarge)
			}
			_, _ = fmt.Fprint(w, v.UserID, err, r.Context().Err())
		})
	})
	to := func(change func(*http.Request)) func(*http.Request) {
		return func(r *http.Request) {
			r.URL.Path = "/export"
			if change != nil {
				change(r)
			}
		}
	}
	if rec := post(h, "{}", to(nil)); rec.Code != 200 || rec.Body.String() != "7 <nil> <nil>" {
		t.Errorf("got %d %s", rec.Code, rec.Body)
	}
	if rec := post(h, "{}", to(func(r *http.Request) { r.Header.Del("Authorization") })); rec.Code != 401 || !strings.Contains(rec.Body.String(), "UNAUTHENTICATED") {
		t.Errorf("without a token: %d %s", rec.Code, rec.Body)
	}
	if rec := post(h, "{}", to(func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })); rec.Code != 403 {
		t.Errorf("from another site: %d", rec.Code)
	}
	if rec := post(h, strings.Repeat("x", maxBody+1), to(nil)); rec.Code != 413 {
		t.Errorf("a large body: %d", rec.Code)
	}
	if rec := post(edge(nil, nil), "{}", to(nil)); rec.Code != 404 {
		t.Errorf("without exports: %d", rec.Code)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	h := edge(nil, func(c *Config) { c.Ready = func(context.Context) error { return errors.New("secret address") } })
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/playground": 404, "/nowhere": 404} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if rec.Code != want || strings.Contains(rec.Body.String(), "secret") {
			t.Errorf("%s: %d %s, want %d", path, rec.Code, rec.Body, want)
		}
	}
}

// TestStopLetsRequestsEnd stops the server while a request runs: the request
// is answered, readiness fails meanwhile, and Serve returns.
func TestStopLetsRequestsEnd(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	entered, leave := make(chan struct{}), make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- Serve(ctx, l, Config{
			GraphQL: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				close(entered)
				<-leave
				_, _ = fmt.Fprint(w, "answered")
			}),
			Verify:  func(context.Context, string) (auth.Viewer, error) { return auth.Viewer{}, nil },
			Ready:   func(context.Context) error { return nil },
			Timeout: time.Minute,
		})
	}()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n")
	<-entered
	stop()
	close(leave)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if string(body) != "answered" {
		t.Errorf("got %q", body)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

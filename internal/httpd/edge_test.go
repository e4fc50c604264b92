package httpd

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// TestPagesOfOtherSites sends what browsers send for pages that want to use
// somebody's sign-in.
func TestPagesOfOtherSites(t *testing.T) {
	t.Parallel()
	h := edge(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }, func(c *Config) { c.Origins = []string{"https://ads.example.com"} })
	for name, tt := range map[string]struct {
		method string
		header http.Header
		status int
	}{
		"json":                {"POST", http.Header{"Content-Type": {"application/json"}}, 200},
		"form":                {"POST", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, 403},
		"files":               {"POST", http.Header{"Content-Type": {"multipart/form-data; boundary=x"}}, 403},
		"text":                {"POST", http.Header{"Content-Type": {"text/plain;charset=utf-8"}}, 403},
		"no type":             {"POST", nil, 403},
		"broken type":         {"POST", http.Header{"Content-Type": {"text/plain; x"}}, 403},
		"form with header":    {"POST", http.Header{"Content-Type": {"multipart/form-data; boundary=x"}, "X-Adsgraph-Csrf": {"1"}}, 200},
		"get":                 {"GET", nil, 403},
		"stream by get":       {"GET", http.Header{"Accept": {"text/event-stream"}}, 403},
		"get with header":     {"GET", http.Header{"X-Adsgraph-Csrf": {"1"}}, 200},
		"get of Apollo":       {"GET", http.Header{"Apollo-Require-Preflight": {"true"}}, 200},
		"get of a type":       {"GET", http.Header{"Content-Type": {"application/json"}}, 200},
		"another origin":      {"POST", http.Header{"Content-Type": {"application/json"}, "Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}, 403},
		"an allowed origin":   {"POST", http.Header{"Content-Type": {"application/json"}, "Origin": {"https://ads.example.com"}, "Sec-Fetch-Site": {"cross-site"}}, 200},
		"almost that origin":  {"POST", http.Header{"Content-Type": {"application/json"}, "Origin": {"http://ads.example.com"}, "Sec-Fetch-Site": {"cross-site"}}, 403},
		"allowed, but simple": {"POST", http.Header{"Content-Type": {"text/plain"}, "Origin": {"https://ads.example.com"}}, 403},
	} {
		r := httptest.NewRequestWithContext(t.Context(), tt.method, "/graphql", strings.NewReader("{}"))
		if tt.header != nil {
			r.Header = tt.header
		}
		r.Header.Set("Authorization", "Bearer "+token)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != tt.status || tt.status == 403 && !strings.Contains(rec.Body.String(), `"code":"CSRF_PREVENTED"`) {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
		if shared := rec.Header().Get("Access-Control-Allow-Origin"); shared != "" != strings.Contains(name, "allowed") {
			t.Errorf("%s: it may be read by %q", name, shared)
		}
	}
}

// TestPreflight asks as browsers do before a page's first request.
func TestPreflight(t *testing.T) {
	t.Parallel()
	never := func(http.ResponseWriter, *http.Request) { t.Error("reached") }
	ask := func(h http.Handler, origin string) http.Header {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodOptions, "/graphql", nil)
		r.Header.Set("Origin", origin)
		r.Header.Set("Access-Control-Request-Method", "POST")
		r.Header.Set("Access-Control-Request-Headers", "authorization,content-type")
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec.Header()
	}
	h := edge(never, func(c *Config) { c.Origins = []string{"https://ads.example.com"} })
	if got := ask(h, "https://ads.example.com"); got.Get("Access-Control-Allow-Origin") != "https://ads.example.com" ||
		got.Get("Access-Control-Allow-Headers") != "authorization,content-type" || got.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("allowed: %v", got)
	}
	for name, got := range map[string]http.Header{"other": ask(h, "https://evil.example"), "none": ask(edge(never, nil), "https://ads.example.com")} {
		if got.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, origin := range []string{"", "*", "https://*.example.com", "ads.example.com", "https://ads.example.com/", "https://ads.example.com/x", "null", "ftp://x"} {
		if CheckOrigin(origin) == nil {
			t.Errorf("%q passes for an origin", origin)
		}
	}
	for _, origin := range []string{"https://ads.example.com", "http://localhost:5173"} {
		if err := CheckOrigin(origin); err != nil {
			t.Error(err)
		}
	}
}

// TestCompression asks for answers in every encoding.
func TestCompression(t *testing.T) {
	t.Parallel()
	long := []byte(strings.Repeat("impressions ", minCompressed/12+1))
	decode := map[string]func(io.Reader) ([]byte, error){
		"": io.ReadAll,
		"gzip": func(r io.Reader) ([]byte, error) {
			z, err := gzip.NewReader(r)
			if err != nil {
				return nil, err
			}
			return io.ReadAll(z)
		},
		"br": func(r io.Reader) ([]byte, error) { return io.ReadAll(brotli.NewReader(r)) },
		"zstd": func(r io.Reader) ([]byte, error) {
			z, err := zstd.NewReader(r)
			if err != nil {
				return nil, err
			}
			defer z.Close()
			return io.ReadAll(z)
		},
	}
	for _, tt := range []struct {
		accept, want string
		body         []byte
	}{
		{"gzip, deflate, br, zstd", "zstd", long},
		{"gzip, br", "br", long},
		{"gzip", "gzip", long},
		{"GZIP;q=0.5, zstd;q=0.1", "gzip", long},
		{"*", "zstd", long},
		{"*;q=0", "", long},
		{"zstd;q=0, *;q=0.5", "br", long},
		{"identity;q=1, gzip;q=0.5", "", long},
		{"deflate", "", long},
		{"", "", long},
		{"gzip, br, zstd", "", long[:minCompressed-1]},
		{"gzip, br, zstd", "zstd", long[:minCompressed]},
	} {
		h := edge(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(tt.body)))
			w.Header().Set("ETag", `"abc"`)
			_, _ = w.Write(tt.body)
		}, nil)
		rec := post(h, "{}", func(r *http.Request) { r.Header.Set("Accept-Encoding", tt.accept) })
		tag := `"abc"`
		if tt.want != "" {
			tag = `"abc-` + tt.want + `"`
		}
		if got := rec.Header(); got.Get("Content-Encoding") != tt.want || got.Get("Vary") != "Accept-Encoding" || got.Get("ETag") != tag || tt.want != "" && got.Get("Content-Length") != "" {
			t.Errorf("%q: %v", tt.accept, got)
		}
		if body, err := decode[tt.want](rec.Body); err != nil || !bytes.Equal(body, tt.body) {
			t.Errorf("%q: %v, %d bytes", tt.accept, err, len(body))
		}
	}
}

// TestCompressedStaysKnown sends the ETag of a compressed answer back.
func TestCompressedStaysKnown(t *testing.T) {
	t.Parallel()
	h := edge(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"abc"`)
		if r.Header.Get("If-None-Match") == `"abc"` {
			w.WriteHeader(http.StatusNotModified)
		}
	}, nil)
	for _, tag := range []string{`"abc-zstd"`, `"abc-br"`, `"abc"`} {
		rec := post(h, "{}", func(r *http.Request) { r.Header.Set("If-None-Match", tag) })
		if rec.Code != http.StatusNotModified || rec.Header().Get("ETag") != tag {
			t.Errorf("%s: %d %v", tag, rec.Code, rec.Header())
		}
	}
}

// TestStreamsAreNotCompressed asks for events with an Accept-Encoding.
func TestStreamsAreNotCompressed(t *testing.T) {
	t.Parallel()
	h := edge(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 2*minCompressed))
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
	}, nil)
	for _, accept := range []string{"text/event-stream", "application/json"} {
		rec := post(h, "{}", func(r *http.Request) {
			r.Header.Set("Accept", accept)
			r.Header.Set("Accept-Encoding", "gzip")
		})
		if rec.Header().Get("Content-Encoding") != "" || rec.Body.Len() != 2*minCompressed || !rec.Flushed {
			t.Errorf("%s: %v", accept, rec.Header())
		}
	}
}

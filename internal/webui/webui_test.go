package webui

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"adsgraph/web"
)

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestServe asks for files, screens and what is not there.
func TestServe(t *testing.T) {
	t.Parallel()
	h, err := App(fstest.MapFS{
		"index.html.gz":    {Data: packed(t, "<p>page</p>")},
		"assets/a-1.js.gz": {Data: packed(t, "run()")},
		"assets/f.woff2":   {Data: []byte("font")},
	})
	if err != nil {
		t.Fatal(err)
	}
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	for _, tt := range []struct {
		method, path, accept, encoding string
		status                         int
		body, kind, cache              string
	}{
		{"GET", "/", browser, "", 200, "<p>page</p>", "text/html; charset=utf-8", "no-cache"},
		{"HEAD", "/", "", "", 200, "", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/a/MUEx/campaigns", browser, "", 200, "<p>page</p>", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/assets/a-1.js", "*/*", "", 200, "run()", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"GET", "/assets/a-1.js", "*/*", "gzip, br", 200, "run()", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"GET", "/assets/f.woff2", "*/*", "gzip", 200, "font", "font/woff2", "public, max-age=31536000, immutable"},
		{"HEAD", "/assets/a-1.js", "*/*", "", 200, "", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"GET", "/assets/gone.js", browser, "", 404, "There is no such file", "", ""},
		{"GET", "/demo/personas", "application/json", "", 404, "There is nothing here", "", ""},
		{"GET", "/index.php", "", "", 404, "There is nothing here", "", ""},
		{"POST", "/demo/token", browser, "", 404, "There is nothing here", "", ""},
		{"POST", "/index.html", browser, "", 405, "Only GET", "", ""},
	} {
		r := httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, nil)
		r.Header.Set("Accept", tt.accept)
		r.Header.Set("Accept-Encoding", tt.encoding)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		var body io.Reader = rec.Body
		if rec.Header().Get("Content-Encoding") == "gzip" {
			if body, err = gzip.NewReader(rec.Body); err != nil {
				t.Fatal(err)
			}
		}
		text, err := io.ReadAll(body)
		if err != nil || rec.Code != tt.status || !strings.HasPrefix(string(text), tt.body) {
			t.Errorf("%s %s: %d %q %v", tt.method, tt.path, rec.Code, text, err)
		}
		if tt.status != http.StatusOK {
			continue
		}
		header := rec.Header()
		if header.Get("Content-Type") != tt.kind || header.Get("Cache-Control") != tt.cache || header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %v", tt.path, header)
		}
	}
	if _, err := App(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "make web") {
		t.Errorf("nothing was built: %v", err)
	}
}

// TestEveryAsset serves what is embedded: each file that a page names is there.
func TestEveryAsset(t *testing.T) {
	t.Parallel()
	app, err := App(web.App())
	if err != nil {
		t.Fatal(err)
	}
	playground, err := Playground(web.Playground())
	if err != nil {
		t.Fatal(err)
	}
	for root, h := range map[string]http.Handler{"/": app, "/playground/": playground} {
		assets := 0
		for path := range h.(*handler).files {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, r)
			if rec.Code != http.StatusOK || rec.Body.Len() == 0 {
				t.Errorf("%s: %d", path, rec.Code)
			}
			if strings.HasPrefix(path, root+"assets/") {
				assets++
			}
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, root, nil))
		page := rec.Body.String()
		for part := range strings.SplitSeq(page, `"`) {
			if name, ok := strings.CutPrefix(strings.TrimPrefix(part, "."), "/assets/"); ok && h.(*handler).files[root+"assets/"+name].kind == "" {
				t.Errorf("the page of %s names %s, which is not there", root, part)
			}
			if strings.Contains(part, "://") {
				t.Errorf("the page of %s names another host: %s", root, part)
			}
		}
		if assets < 3 {
			t.Errorf("%s has %d assets", root, assets)
		}
	}
}

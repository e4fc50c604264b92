// Package webui serves built interfaces: assets that never change, pages that
// are asked for anew, both under a strict Content-Security-Policy.
package webui

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// The policies. Nothing comes from another host, and no script or style from
// within a page but those that are named by their hash.
const (
	common = "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
	// The hash is that of one constant rule (touch-action) which React Aria adds.
	appPolicy = common + "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"
	// The editor writes style attributes and elements, and works in workers.
	playgroundPolicy = common + "style-src 'self' 'unsafe-inline'; worker-src 'self'"
)

// file is an asset in memory.
type file struct {
	content  []byte
	isPacked bool   // as gzip; what is compressed by its nature is not
	kind     string // its media type
	forever  bool   // its name holds a hash of it
}

// App serves the Ads Manager. Paths that name no file are its screens, and get
// its page; only those below /assets/ are not found.
func App(files fs.FS) (http.Handler, error) { return newHandler(files, "/", appPolicy) }

// Playground serves the playground, below /playground.
func Playground(files fs.FS) (http.Handler, error) {
	return newHandler(files, "/playground/", playgroundPolicy)
}

type handler struct {
	files  map[string]file // by path
	page   file
	prefix string
	policy string
}

func newHandler(files fs.FS, prefix, policy string) (*handler, error) {
	h := &handler{files: map[string]file{}, prefix: prefix, policy: policy}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		plainName, isPacked := strings.CutSuffix(name, ".gz")
		h.files[prefix+plainName] = file{content, isPacked, mediaType(plainName), strings.HasPrefix(name, "assets/")}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the interface: %w", err)
	}
	page, ok := h.files[prefix+"index.html"]
	if !ok {
		return nil, fmt.Errorf("read the interface: there is no index.html; \"make web\" builds it")
	}
	h.page = page
	h.files[prefix] = page
	if root := strings.TrimSuffix(prefix, "/"); root != "" {
		h.files[root] = page
	}
	return h, nil
}

// mediaType knows what is served here, whatever the machine has registered.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".ttf":
		return "font/ttf"
	default:
		if t := mime.TypeByExtension(path.Ext(name)); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}

func inflate(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// ServeHTTP answers GET and HEAD. A path that names no file is a screen, for whoever
// takes a page; for programs there is nothing.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := h.files[r.URL.Path]
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case ok && !reads:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are answered here.", http.StatusMethodNotAllowed)
		return
	case ok:
	case strings.HasPrefix(r.URL.Path, h.prefix+"assets/"):
		http.Error(w, "There is no such file. A newer version may be running: load the page again.", http.StatusNotFound)
		return
	case !reads || !strings.Contains(r.Header.Get("Accept"), "text/html"):
		http.Error(w, "There is nothing here.", http.StatusNotFound)
		return
	default:
		f = h.page
	}
	header := w.Header()
	header.Set("Content-Type", f.kind)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Content-Security-Policy", h.policy)
	header.Set("Cache-Control", "no-cache")
	if f.forever {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	content := f.content
	if f.isPacked {
		header.Add("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) {
			header.Set("Content-Encoding", "gzip")
		} else {
			var err error
			if content, err = inflate(content); err != nil { // it was packed by us
				http.Error(w, "Something went wrong on our side.", http.StatusInternalServerError)
				return
			}
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(content) // the client is gone if this fails
	}
}

// takesGzip tells whether Accept-Encoding names gzip, with a weight above 0.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		if !found {
			return true
		}
		v, err := strconv.ParseFloat(q, 64)
		return err == nil && v > 0
	}
	return false
}

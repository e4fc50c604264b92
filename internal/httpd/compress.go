package httpd

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// minCompressed is from how many bytes on an answer is compressed: below, it
// fits a packet or two anyway.
const minCompressed = 1 << 10

// encoder writes one compressed body after another.
type encoder interface {
	io.WriteCloser
	Reset(w io.Writer)
}

// encoding is a way to compress, with its encoders that wait for work.
type encoding struct {
	name string
	pool *sync.Pool
}

// encodings returns what there is, the best first: zstd costs a fraction of
// what brotli costs, for almost the same size.
func encodings() []encoding {
	pool := func(fresh func() encoder) *sync.Pool { return &sync.Pool{New: func() any { return fresh() }} }
	return []encoding{
		{"zstd", pool(func() encoder {
			// The options are valid, so there is no error. The window is what RFC 9659 lets
			// browsers expect at most, and far above the size of answers.
			e, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
			return e
		})},
		{"br", pool(func() encoder { return brotli.NewWriterLevel(nil, 4) })},
		{"gzip", pool(func() encoder {
			e, _ := gzip.NewWriterLevel(nil, gzip.DefaultCompression) // the level is valid
			return e
		})},
	}
}

// compress compresses answers whose size is known when they begin, by what the
// client accepts. Streams have no size and stay as they are. A strong ETag names
// bytes, so that of a compressed answer gets the name of its encoding.
func compress(next http.Handler) http.Handler {
	all := encodings()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		known := r.Header.Get("If-None-Match")
		if known != "" {
			r.Header.Set("If-None-Match", withoutEncoding(known, all))
		}
		c := &compressed{ResponseWriter: w, all: all, encoding: choose(all, r.Header.Values("Accept-Encoding")), known: known}
		defer c.end()
		next.ServeHTTP(c, r)
	})
}

// withoutEncoding takes the names of encodings from ETags.
func withoutEncoding(tags string, all []encoding) string {
	for _, e := range all {
		tags = strings.ReplaceAll(tags, "-"+e.name+`"`, `"`)
	}
	return tags
}

// choose returns the encoding that a client likes most, the first of equals; nil
// for none.
func choose(all []encoding, accept []string) *encoding {
	weights := map[string]float64{}
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		name, params, _ := strings.Cut(part, ";")
		q := 1.0
		if value, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(params), " ", ""), "q="); ok {
			var err error
			if q, err = strconv.ParseFloat(value, 64); err != nil {
				continue
			}
		}
		weights[strings.ToLower(strings.TrimSpace(name))] = q
	}
	var best *encoding
	most := 0.0
	for i, e := range all {
		q, named := weights[e.name]
		if !named {
			q = weights["*"]
		}
		if q > most {
			best, most = &all[i], q
		}
	}
	if plain, named := weights["identity"]; named && plain > most {
		return nil
	}
	return best
}

// compressed is a response that may get compressed.
type compressed struct {
	http.ResponseWriter
	all      []encoding
	encoding *encoding
	encoder  encoder // nil for none
	known    string  // If-None-Match as the client sent it
	began    bool
}

// Unwrap lets http.ResponseController get at what is below.
func (c *compressed) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// WriteHeader decides, and sends the header.
func (c *compressed) WriteHeader(status int) {
	if !c.began && status >= http.StatusOK {
		c.began = true
		c.begin(status)
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *compressed) begin(status int) {
	h := c.Header()
	if tag := h.Get("ETag"); status == http.StatusNotModified && strings.HasPrefix(tag, `"`) {
		for _, e := range c.all { // the client keeps the bytes that it has
			if named := strings.TrimSuffix(tag, `"`) + "-" + e.name + `"`; strings.Contains(c.known, named) {
				h.Set("ETag", named)
			}
		}
		return
	}
	size, err := strconv.Atoi(h.Get("Content-Length"))
	if c.encoding == nil || err != nil || size < minCompressed || h.Get("Content-Encoding") != "" {
		return
	}
	h.Del("Content-Length")
	h.Set("Content-Encoding", c.encoding.name)
	if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
		h.Set("ETag", strings.TrimSuffix(tag, `"`)+"-"+c.encoding.name+`"`)
	}
	c.encoder = c.encoding.pool.Get().(encoder)
	c.encoder.Reset(c.ResponseWriter)
}

// Write sends bytes of the body.
func (c *compressed) Write(b []byte) (int, error) {
	if !c.began {
		c.WriteHeader(http.StatusOK)
	}
	if c.encoder == nil {
		return c.ResponseWriter.Write(b)
	}
	return c.encoder.Write(b)
}

// end sends what the encoder still holds.
func (c *compressed) end() {
	if c.encoder == nil {
		return
	}
	_ = c.encoder.Close() // the client is gone if this fails
	c.encoder.Reset(nil)
	c.encoding.pool.Put(c.encoder)
}

package httpd

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/rs/cors"

	"adsgraph/internal/fault"
)

// CheckOrigin says what is wrong with an origin whose pages are to be answered.
func CheckOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.String() != u.Scheme+"://"+u.Host || strings.Contains(origin, "*") {
		return fmt.Errorf("%q is no origin: write a scheme and a host, such as https://ads.example.com", origin)
	}
	return nil
}

// preflight is the headers one of which a request has that no page of another
// site can send without asking first.
func preflight() []string {
	return []string{"X-Adsgraph-Csrf", "Apollo-Require-Preflight", "X-Apollo-Operation-Name"}
}

// requirePreflight refuses requests that a browser sends for any page without
// asking: those of a simple content type, or of none, without a header that
// makes browsers ask. A token in the header Authorization is such a header too,
// but a proxy may have made it of a cookie.
func requirePreflight(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ok := false
		if content := r.Header.Get("Content-Type"); content != "" {
			switch t, _, err := mime.ParseMediaType(content); t {
			case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
			default:
				ok = err == nil
			}
		}
		for _, name := range preflight() {
			ok = ok || r.Header.Get(name) != ""
		}
		if !ok {
			refuse(w, http.StatusForbidden, fault.New(fault.CSRFPrevented,
				"A page of another site could have sent this request. Send Content-Type: application/json, or the header X-Adsgraph-Csrf with any value."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sameSite refuses what browsers say comes from pages of other origins, except
// those that are allowed.
func sameSite(allowed []string) func(http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	for _, origin := range allowed {
		_ = guard.AddTrustedOrigin(origin) // it was checked
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusForbidden, fault.New(fault.CSRFPrevented, "This page's origin may not use this server. Its operator can allow it with --allow-origin."))
	}))
	return guard.Handler
}

// preflightLife is how long browsers remember what they may send.
const preflightLife = 2 * time.Hour

// shareWith lets pages of some origins read answers. Without any, nothing is
// said, and browsers let only pages of our own origin.
func shareWith(origins []string) func(http.Handler) http.Handler {
	if len(origins) == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: append(preflight(), "Accept", "Authorization", "Content-Type", "If-None-Match", "X-Request-Id", "Last-Event-Id", "X-Adsgraph-Read-After", "X-Adsgraph-Explain"),
		ExposedHeaders: []string{"ETag", "Retry-After", "X-Request-Id", "X-Adsgraph-Read-After"},
		MaxAge:         int(preflightLife.Seconds()),
	}).Handler
}

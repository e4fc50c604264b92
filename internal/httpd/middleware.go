package httpd

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"

	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
)

// requestID is what may come from a proxy as a request's id.
var requestID = regexp.MustCompile(`^[A-Za-z0-9_.:-]{1,64}$`)

// identify gives each request an id, the proxy's if it sent one, and returns it
// to the client. It continues the trace of a proxy or client.
func identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !requestID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r.WithContext(observe.WithRemote(observe.WithRequestID(r.Context(), id), r.Header)))
	})
}

// recoverPanic keeps a panic outside the resolvers from closing the connection
// without an answer.
func recoverPanic(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler { //nolint:errorlint // compared as net/http does
				panic(p)
			}
			observe.LogPanic(r.Context(), p)
			refuse(w, http.StatusInternalServerError, fault.New(fault.Internal, "Something went wrong on our side."))
		}()
		next.ServeHTTP(w, r)
	})
}

// limitTime ends a request's context, and with it its SQL, after a while.
func limitTime(limit time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// requireViewer passes on requests whose bearer token stands for somebody, and
// ends their context when the token does: what runs long must not outlast the
// sign-in.
func requireViewer(verify func(context.Context, string) (auth.Viewer, error), next http.Handler) http.Handler {
	ended := fault.New(fault.Unauthenticated, "Your sign-in ended while this was running. Sign in again.")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
		if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" || len(r.Header.Values("Authorization")) > 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			refuse(w, http.StatusUnauthorized, fault.New(fault.Unauthenticated, "Sign in: send the header Authorization: Bearer and a token."))
			return
		}
		v, err := verify(r.Context(), token)
		if err != nil {
			refuseViewer(w, r, err)
			return
		}
		ctx := auth.NewContext(r.Context(), v)
		if !v.Expires.IsZero() {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadlineCause(ctx, v.Expires, ended)
			defer cancel()
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// limitVerify ends the checking of a token after a while, for requests that are
// not limited themselves.
func limitVerify(limit time.Duration, verify func(context.Context, string) (auth.Viewer, error)) func(context.Context, string) (auth.Viewer, error) {
	return func(ctx context.Context, token string) (auth.Viewer, error) {
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		return verify(ctx, token)
	}
}

// signedInIfSaid passes requests with the header Authorization on to one handler,
// and the others to another one: a browser cannot send it with a WebSocket.
func signedInIfSaid(with, without http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.Header.Values("Authorization")) > 0 {
			with.ServeHTTP(w, r)
			return
		}
		without.ServeHTTP(w, r)
	})
}

// refuseViewer answers a request whose token was not taken, or could not be
// checked, with the headers of RFC 6750.
func refuseViewer(w http.ResponseWriter, r *http.Request, err error) {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != fault.Unauthenticated && f.Code != fault.Forbidden { // those the verifier has logged
		slog.ErrorContext(r.Context(), "a token cannot be checked", "err", err)
	}
	if !ok {
		f = fault.New(fault.Internal, "Something went wrong on our side.")
	}
	switch f.Code {
	case fault.Unauthenticated:
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer error="invalid_token", error_description=%q`, f.Message))
		refuse(w, http.StatusUnauthorized, f)
	case fault.Forbidden:
		refuse(w, http.StatusForbidden, f)
	case fault.Unavailable:
		w.Header().Set("Retry-After", "10")
		refuse(w, http.StatusServiceUnavailable, f)
	case fault.Timeout:
		refuse(w, http.StatusGatewayTimeout, f)
	default:
		refuse(w, http.StatusInternalServerError, f)
	}
}

// refuse answers with one error, in the form that GraphQL clients read.
func refuse(w http.ResponseWriter, status int, f *fault.Error) {
	type graphqlError struct {
		Message    string            `json:"message"`
		Extensions map[string]string `json:"extensions"`
	}
	body, err := json.Marshal(map[string]any{"errors": []graphqlError{{f.Message, map[string]string{"code": string(f.Code)}}}})
	if err != nil {
		body = []byte(`{}`) // cannot be: strings only
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client is gone if this fails
}

// say answers with a line of text.
func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text) // the client is gone if this fails
}

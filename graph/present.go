package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
)

// overTokens is what the parser says of a document with too many tokens, before
// their number.
const overTokens = "exceeded token limit of "

// present shows a fault with its code, lets the messages of parsing and
// validation through, and hides every other error.
func present(ctx context.Context, err error) *gqlerror.Error {
	shown := *graphql.DefaultErrorPresenter(ctx, err)
	extensions := map[string]any{}
	maps.Copy(extensions, shown.Extensions)
	f, isFault := errors.AsType[*fault.Error](err)
	switch {
	case isFault:
		shown.Message = f.Message
		extensions["code"] = string(f.Code)
		if f.Argument != "" {
			extensions["argument"] = f.Argument
		}
		if f.Requires != "" {
			extensions["requires"] = f.Requires
		}
		if f.RetryAfter > 0 {
			extensions["retryAfterMs"] = f.RetryAfter.Milliseconds()
		}
		if f.Code == fault.StatementBudget {
			observe.MetricsFrom(ctx).LimitPassed(string(LimitStatements), true)
		}
		if errors.Unwrap(unwrapped(err)) != nil { // there is more to it than the client sees
			slog.WarnContext(ctx, "field failed", "code", f.Code, "path", shown.Path.String(), "err", err)
		}
	case strings.HasPrefix(shown.Message, overTokens):
		observe.MetricsFrom(ctx).LimitPassed(string(LimitTokens), true)
		shown.Message = "The document has more than " + shown.Message[len(overTokens):] + " tokens. Send its parts as several documents."
		extensions["code"] = string(fault.TooManyTokens)
	case extensions["code"] == nil: // parsing and validation have set theirs
		slog.ErrorContext(ctx, "resolver failed", "path", shown.Path.String(), "err", err)
		shown.Message = "Something went wrong on our side."
		extensions["code"] = string(fault.Internal)
		if id := observe.RequestID(ctx); id != "" {
			extensions["requestId"] = id
		}
	}
	shown.Extensions = extensions
	shown.Err = nil
	return &shown
}

// faultError is a fault as an error of a response, and faults as all of them.
func faultError(f *fault.Error) *gqlerror.Error {
	err := gqlerror.Wrap(f)
	err.Extensions = map[string]any{"code": string(f.Code)}
	if f.RetryAfter > 0 {
		err.Extensions["retryAfterMs"] = f.RetryAfter.Milliseconds()
	}
	return err
}

func faults(f *fault.Error) gqlerror.List { return gqlerror.List{faultError(f)} }

// unwrapped returns what a gqlerror holds, or err itself.
func unwrapped(err error) error {
	if g, ok := err.(*gqlerror.Error); ok && g.Err != nil { //nolint:errorlint // only the outermost counts
		return g.Err
	}
	return err
}

// recovered turns a panic into an error that reaches clients as INTERNAL.
func recovered(ctx context.Context, panicked any) error {
	observe.LogPanic(ctx, panicked)
	return fmt.Errorf("panic: %v", panicked)
}

// refusedStatus returns the HTTP status of a response, where a limit or a switch
// keeps an operation from being run, whatever the client accepts. It adds the
// header Retry-After there, and where the first error says how long to wait.
func refusedStatus(h http.Header, status int, r *graphql.Response) int {
	if len(r.Errors) == 0 {
		return status
	}
	extensions := r.Errors[0].Extensions
	ms, waits := extensions["retryAfterMs"].(int64)
	switch code := extensions["code"]; {
	case r.Data == nil && code == string(fault.RateLimited):
		status = http.StatusTooManyRequests
	case r.Data == nil && code == string(fault.SwitchedOff):
		status = http.StatusServiceUnavailable
	case !waits:
		return status
	}
	h.Set("Retry-After", strconv.FormatInt(max(1, (ms+999)/1000), 10))
	return status
}

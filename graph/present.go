package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
)

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
		if errors.Unwrap(unwrapped(err)) != nil { // there is more to it than the client sees
			slog.WarnContext(ctx, "field failed", "code", f.Code, "path", shown.Path.String(), "err", err)
		}
	case extensions["code"] == nil: // parsing and validation have set theirs
		slog.ErrorContext(ctx, "resolver failed", "path", shown.Path.String(), "err", err)
		shown.Message = "Something went wrong on our side."
		extensions["code"] = string(fault.Internal)
	}
	shown.Extensions = extensions
	shown.Err = nil
	return &shown
}

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

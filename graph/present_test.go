package graph

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"adsgraph/internal/auth"
	"adsgraph/internal/observe"
	"adsgraph/internal/pgtest"
)

// TestInternalErrorsNameTheRequest breaks the database: the client learns under
// what id the log has it, and nothing else.
func TestInternalErrorsNameTheRequest(t *testing.T) {
	t.Parallel()
	broken := func(context.Context, string) error { return errors.New("secret of the database") }
	w := newWorld(t, pgtest.OpenHooked(t, smallDatabase(t), broken), Options{})
	ctx := observe.WithRequestID(auth.NewContext(t.Context(), auth.Viewer{UserID: w.viewer}), "REQUEST1")
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(`{"query": "{ viewer { name } }"}`))
	r.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	if text := rec.Body.String(); !strings.Contains(text, `"extensions":{"code":"INTERNAL","requestId":"REQUEST1"}`) || strings.Contains(text, "secret") {
		t.Error(text)
	}
}

package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// maxMarks is the most bytes of marks, and markLife how long one holds. Statuses
// depend on the clock too, so nothing is called unchanged for longer unseen.
const (
	maxMarks = 8 << 20
	markLife = time.Minute
)

// mark is what an answer was when the database was in a state.
type mark struct {
	state, tag string
	at         time.Time
}

// conditional answers a trusted query that came by GET. The ETag is the hash of
// the answer with whom it is for and what was asked. While nothing was written
// to the database since, one statement tells that it still holds; afterwards the
// query is run, and the client is spared the bytes if they are the same.
func (t HTTP) conditional(ctx context.Context, w http.ResponseWriter, r *http.Request, mediaType string, exec graphql.GraphExecutor, op *admitted) {
	q, ok := t.flights.ask(ctx, op)
	if !ok {
		response, _ := t.run(ctx, exec, op)
		write(w, mediaType, http.StatusOK, response)
		return
	}
	asked := fmt.Sprintf("%d\n%s\n%s\n%s\n%s\n%s\n%s", q.viewer, q.hash, q.operation, q.variables, q.extensions, mediaType, q.experiments)
	known := strings.Split(r.Header.Get("If-None-Match"), ",")
	h := w.Header()
	state, isKnown := t.stateOf(ctx)
	if m, ok := t.marks.Get(ctx, asked); ok && isKnown && m.state == state && t.store.Now().Sub(m.at) < markLife && holds(known, m.tag) {
		h.Set("ETag", m.tag)
		h.Set("Cache-Control", revalidate)
		notModified(ctx, w)
		return
	}
	at := t.store.Now()
	response, isOwn := t.run(ctx, exec, op)
	if len(response.Errors) == 0 {
		sum := sha256.New()
		_, _ = io.WriteString(sum, asked)
		_, _ = sum.Write(response.Data)
		tag := `"` + hex.EncodeToString(sum.Sum(nil)[:16]) + `"`
		if isKnown && isOwn { // another's run may have begun before the state was read
			t.marks.Add(ctx, asked, mark{state, tag, at})
		}
		h.Set("ETag", tag)
		h.Set("Cache-Control", revalidate)
		if holds(known, tag) {
			notModified(ctx, w)
			return
		}
	}
	write(w, mediaType, http.StatusOK, response)
}

// notModified tells a client that it has the answer already.
func notModified(ctx context.Context, w http.ResponseWriter) {
	observe.MetricsFrom(ctx).NotModified()
	w.WriteHeader(http.StatusNotModified)
}

// stateOf returns the state of the database, false if it is not known. That of a
// replica does not tell all that its answers depend on.
func (t HTTP) stateOf(ctx context.Context) (state string, ok bool) {
	if store.IsRouted(ctx) {
		return "", false
	}
	state, err := t.store.State(ctx)
	if err != nil {
		slog.WarnContext(ctx, "the state of the database is not known, so nothing can be called unchanged", "err", err)
	}
	return state, err == nil
}

// revalidate lets a browser keep an answer for its user, and makes it ask each
// time whether it still holds.
const revalidate = "private, no-cache"

// holds tells whether one of the tags of If-None-Match is a tag.
func holds(known []string, tag string) bool {
	for _, k := range known {
		if strings.TrimPrefix(strings.TrimSpace(k), "W/") == tag {
			return true
		}
	}
	return false
}

// isConditional tells whether an answer may be kept by the client.
func isConditional(r *http.Request, op *admitted) bool {
	return r.Method == http.MethodGet && op.Trusted && op.Operation.Operation == ast.Query && r.Header.Get(ExplainHeader) == ""
}

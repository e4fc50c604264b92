package graph

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// The headers of an export.
const (
	contextHeader = "Adsgraph-Context" // what the numbers rest on: a JSON object
	rowsTrailer   = "Adsgraph-Rows"    // how many rows there are; sent after the last
)

// stall is how long a client may take no bytes before an export is given up.
const stall = 30 * time.Second

// retryAfter is how long a client should wait while others export.
const retryAfter = 10 * time.Second

// ServeHTTP answers a POST of a request with a file, for requests that carry a
// viewer. Everything that can be wrong beforehand is an error with a status of
// its own. When an export breaks off later, its response does too: clients see
// that it did not end, and the file has no totals.
func (x *Exporter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, start := r.Context(), time.Now() //nolint:forbidigo // a duration for the log
	ctx, stats := store.WithStats(ctx)
	ctx, span := observe.StartOperation(ctx, "export")
	var err error
	defer func() { // also of one that breaks off
		codes := exportCodes(err)
		endSpan(span, codes)
		outcome := outcomeOK
		if len(codes) > 0 {
			outcome = outcomeOf(fault.Code(codes[0]))
		}
		observe.MetricsFrom(ctx).OperationEnded("export", "export", outcome, time.Since(start))
	}()
	e, err := x.planHTTP(ctx, w, r)
	if err != nil {
		refuseExport(ctx, w, err)
		return
	}
	select {
	case x.slots <- struct{}{}:
		defer func() { <-x.slots }()
	default:
		w.Header().Set("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
		err = fault.New(fault.TooMany, "%d exports are running, and no more may. Try again in a moment.", cap(x.slots))
		refuseExport(ctx, w, err)
		return
	}
	out := &attachment{w: w, control: http.NewResponseController(w), export: e}
	rows, err := e.Write(ctx, out, nil)
	viewer, _ := auth.From(ctx) // there is one, or there was no plan
	slog.InfoContext(ctx, "export", "level", e.read.Of.List.Level, "format", e.format, "granularity", e.read.Steps, "viewer", viewer.UserID,
		"statements", len(stats.Executions()), "rows", rows, "bytes", out.bytes,
		"ms", float64(time.Since(start).Microseconds())/1000, "code", fault.CodeOf(err))
	switch {
	case err == nil:
		w.Header().Set(rowsTrailer, strconv.Itoa(rows))
	case !out.begun:
		_ = out.control.SetWriteDeadline(time.Now().Add(stall)) //nolint:forbidigo // the server's own may be over
		refuseExport(ctx, w, err)
	default:
		slog.WarnContext(ctx, "export broke off", "rows", rows, "err", err)
		panic(http.ErrAbortHandler) // the response ends without its end
	}
}

// exportCodes returns the codes of an error, none for nil.
func exportCodes(err error) []string {
	if list, ok := errors.AsType[gqlerror.List](err); ok {
		return codesOf(&graphql.Response{Errors: list})
	}
	if err == nil {
		return nil
	}
	return []string{string(fault.CodeOf(err))}
}

// planHTTP checks what HTTP says of a request, and plans it.
func (x *Exporter) planHTTP(ctx context.Context, w http.ResponseWriter, r *http.Request) (*Export, error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, statusError{http.StatusMethodNotAllowed, fault.New(fault.Invalid, "Send the request with POST.")}
	}
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != plainJSON {
		return nil, statusError{http.StatusUnsupportedMediaType, fault.New(fault.Invalid, "Send the header Content-Type: %s.", plainJSON)}
	}
	return x.Plan(ctx, r.Body)
}

// statusError is an error with a status that its code does not tell.
type statusError struct {
	status int
	fault  *fault.Error
}

func (e statusError) Error() string { return e.fault.Message }
func (e statusError) Unwrap() error { return e.fault }

// refuseExport answers with errors, in the form that GraphQL clients read.
func refuseExport(ctx context.Context, w http.ResponseWriter, err error) {
	list, status := refusal(ctx, err)
	type refused struct {
		Message    string         `json:"message"`
		Path       ast.Path       `json:"path,omitempty"`
		Extensions map[string]any `json:"extensions"`
	}
	body := struct {
		Errors []refused `json:"errors"`
	}{}
	for _, e := range list {
		body.Errors = append(body.Errors, refused{e.Message, e.Path, e.Extensions})
	}
	text, err := json.Marshal(body)
	if err != nil {
		text = []byte("{}") // cannot be: strings and numbers only
	}
	w.Header().Set("Content-Type", plainJSON+"; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client is gone if this fails
}

// refusal returns what a client may see of an error, and the status.
func refusal(ctx context.Context, err error) (gqlerror.List, int) {
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		err = statusError{http.StatusRequestEntityTooLarge, fault.New(fault.TooLarge, "The request body has more than %d bytes.", tooLarge.Limit)}
	}
	list, ok := errors.AsType[gqlerror.List](err)
	if !ok {
		list = gqlerror.List{present(ctx, err)}
	}
	if s, ok := errors.AsType[statusError](err); ok {
		return list, s.status
	}
	code, _ := list[0].Extensions["code"].(string)
	switch fault.Code(code) {
	case fault.Unauthenticated:
		return list, http.StatusUnauthorized
	case fault.Forbidden:
		return list, http.StatusForbidden
	case fault.NotFound:
		return list, http.StatusNotFound
	case fault.Conflict:
		return list, http.StatusConflict
	case fault.TooMany, fault.RateLimited:
		return list, http.StatusTooManyRequests
	case fault.Unavailable, fault.SwitchedOff:
		return list, http.StatusServiceUnavailable
	case fault.Timeout:
		return list, http.StatusGatewayTimeout
	case fault.Internal:
		return list, http.StatusInternalServerError
	case fault.UnknownDocument, fault.UnknownQuery, fault.CSRFPrevented,
		fault.TooManyTokens, fault.TooDeep, fault.TooManyAliases, fault.TooManyRootFields, fault.TooManyFields, fault.TooManyDirectives,
		fault.TooManyItems, fault.TooManyRows, fault.ResponseTooLarge, fault.StatementBudget: // are of operations, not of exports
	case fault.Invalid, fault.InvalidCursor, fault.CursorExpired, fault.Unsupported, fault.BeyondRetention, fault.TooLarge:
	}
	return list, http.StatusBadRequest
}

// attachment is the body of a response whose head is sent with the first bytes
// of it, so that until then the answer can be another.
type attachment struct {
	w       http.ResponseWriter
	control *http.ResponseController
	export  *Export
	begun   bool
	bytes   int64
}

var _ io.Writer = (*attachment)(nil)

func (a *attachment) Write(b []byte) (int, error) {
	if !a.begun {
		a.begun = true
		a.export.head(a.w.Header())
		a.w.WriteHeader(http.StatusOK)
	}
	_ = a.control.SetWriteDeadline(time.Now().Add(stall)) //nolint:forbidigo // a deadline of the connection; not every writer has one
	n, err := a.w.Write(b)
	a.bytes += int64(n)
	if err != nil {
		err = errors.Join(fault.New(fault.Unavailable, "The client takes no more."), err)
	}
	return n, err
}

// head sets the headers of the file.
func (e *Export) head(h http.Header) {
	mediaType := "text/csv; charset=utf-8; header=present"
	if e.format == formatJSONL {
		mediaType = "application/jsonl; charset=utf-8"
	}
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", disposition(e.FileName()))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Trailer", rowsTrailer)
	if c := e.Context(); c != nil {
		h.Set(contextHeader, string(c))
	}
}

// FileName returns a name for the file: whose, what, over which days.
func (e *Export) FileName() string {
	key := e.read.Of
	parts := []string{key.Advertiser.Name, exportLists[key.List.Level].field}
	if w := key.Window; w.From != "" {
		parts = append(parts, string(w.From), string(w.To))
	}
	return strings.Join(parts, "_") + "." + strings.ToLower(string(e.format))
}

// disposition makes a client save what it gets under a name, as RFC 6266 says:
// in ASCII for old clients, exactly for the others. What file systems, shells or
// headers may trip over is left out of both.
func disposition(name string) string {
	name = strings.TrimLeft(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|%;'`+"`$", r) || r == unicode.ReplacementChar {
			return '_'
		}
		return r
	}, name), ".-~ ")
	ascii := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

package graph

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
	"adsgraph/internal/live"
)

// POST answers GraphQL over HTTP. gqlgen's own transport echoes malformed
// bodies, ignores what the client accepts, and passes over each answer twice.
type POST struct {
	// Live tells streams when the process is about to end; without it there are
	// no subscriptions.
	Live *live.Hub
	// Timeout is how long an operation may take that is no subscription; 0 leaves
	// that to the request's context.
	Timeout time.Duration
}

var _ graphql.Transport = POST{}

// The media types of an answer.
const (
	graphqlJSON = "application/graphql-response+json"
	plainJSON   = "application/json"
)

// maxDocument is the most bytes of a document. Parsed ones are kept, so this
// bounds what the keeping costs.
const maxDocument = 32 << 10

// Supports accepts every request that does not want another protocol, so that
// the wrong ones are told what is wrong.
func (POST) Supports(r *http.Request) bool { return r.Header.Get("Upgrade") == "" }

// Do answers a request. Where the two media types differ, the newer one gives
// a request that could not be run the status 400, the older one 200.
func (p POST) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx := r.Context()
	w.Header().Add("Vary", "Accept")
	accept := r.Header.Values("Accept")
	mediaType, plain := acceptable(accept)
	streams := acceptsStream(accept)
	refuse := func(status int, f *fault.Error) {
		err := gqlerror.Wrap(f)
		err.Extensions = map[string]any{"code": string(f.Code)}
		write(w, mediaType, status, &graphql.Response{Errors: gqlerror.List{err}})
	}
	switch {
	case !plain && !streams:
		refuse(http.StatusNotAcceptable, notAcceptable())
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		refuse(http.StatusMethodNotAllowed, fault.New(fault.Invalid, "Send the document with POST."))
		return
	}
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != plainJSON {
		refuse(http.StatusUnsupportedMediaType, fault.New(fault.Invalid, "Send the header Content-Type: %s.", plainJSON))
		return
	}
	params, status, f := decodeParams(r.Body)
	if f != nil {
		refuse(status, f)
		return
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: graphql.GetStartTime(ctx), End: graphql.Now()}
	oc, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		status := http.StatusOK
		if mediaType == graphqlJSON || !plain {
			status = http.StatusBadRequest
		}
		write(w, mediaType, status, exec.DispatchError(graphql.WithOperationContext(ctx, oc), errs))
		return
	}
	switch subscribes := oc.Operation.Operation == ast.Subscription; {
	case subscribes && (!streams || p.Live == nil):
		refuse(http.StatusNotAcceptable, fault.New(fault.Unsupported,
			"A subscription is answered over a WebSocket, or to a request with the header Accept: %s.", eventStream))
		return
	case subscribes:
		p.stream(w, r, exec, oc)
		return
	case !plain:
		refuse(http.StatusNotAcceptable, notAcceptable())
		return
	}
	if p.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, p.Timeout)
		defer cancel()
	}
	next, ctx := exec.DispatchOperation(ctx, oc)
	write(w, mediaType, http.StatusOK, next(ctx))
}

func notAcceptable() *fault.Error {
	return fault.New(fault.Invalid, "Answers are %s or %s; the Accept header allows neither.", graphqlJSON, plainJSON)
}

// decodeParams reads a request's body: one JSON object and nothing after it.
func decodeParams(body io.Reader) (*graphql.RawParams, int, *fault.Error) {
	var in struct {
		Query         *string        `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
	}
	dec := json.NewDecoder(body)
	dec.UseNumber() // a 64-bit number must not pass through a float
	err := dec.Decode(&in)
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, http.StatusRequestEntityTooLarge,
			fault.New(fault.TooLarge, "The request body has more than %d bytes.", tooLarge.Limit)
	}
	if err != nil {
		return nil, http.StatusBadRequest, fault.New(fault.Invalid,
			"The request body is not a JSON object with query, operationName, variables and extensions of the right types.")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, http.StatusBadRequest, fault.New(fault.Invalid, "Something follows the JSON object in the request body.")
	}
	if in.Query != nil && len(*in.Query) > maxDocument {
		return nil, http.StatusRequestEntityTooLarge, fault.New(fault.TooLarge, "The document has more than %d bytes.", maxDocument)
	}
	if in.Query == nil || *in.Query == "" {
		return nil, http.StatusBadRequest, fault.New(fault.Invalid, "The request body has no query.")
	}
	return &graphql.RawParams{Query: *in.Query, OperationName: in.OperationName, Variables: in.Variables, Extensions: in.Extensions}, 0, nil
}

// write sends a response.
func write(w http.ResponseWriter, mediaType string, status int, r *graphql.Response) {
	before, after := around(r)
	w.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(before)+len(r.Data)+len(after)))
	w.WriteHeader(status)
	for _, b := range [][]byte{before, r.Data, after} {
		if _, err := w.Write(b); err != nil {
			return // the client is gone
		}
	}
}

// around returns what stands before and after the data in a response. The data
// is JSON already and is sent as it is.
func around(r *graphql.Response) (before, after []byte) {
	before = []byte{'{'}
	if len(r.Errors) > 0 {
		before = append(appendPart(before, "errors", r.Errors), ',')
	}
	if r.Data != nil {
		before = append(before, `"data":`...)
	} else if len(r.Errors) > 0 {
		before = before[:len(before)-1]
	}
	if len(r.Extensions) > 0 {
		after = appendPart(append(after, ','), "extensions", r.Extensions)
	}
	return before, append(after, '}')
}

func appendPart(b []byte, name string, v any) []byte {
	encoded, err := json.Marshal(v)
	if err != nil { // only what we put there ourselves can be at fault
		encoded = []byte("null")
	}
	return append(append(append(b, '"'), name+`":`...), encoded...)
}

// acceptable picks the media type of an answer from Accept headers. Without
// one, or with */*, it is the older: old clients send nothing else.
func acceptable(accept []string) (string, bool) {
	best, bestQ := plainJSON, -1.0
	ranges := strings.Split(strings.Join(accept, ","), ",")
	if len(accept) == 0 {
		return plainJSON, true
	}
	for _, part := range ranges {
		t, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if s, ok := params["q"]; ok {
			if err := json.Unmarshal([]byte(s), &q); err != nil {
				continue
			}
		}
		offered := ""
		switch t {
		case graphqlJSON:
			offered = graphqlJSON
		case plainJSON, "*/*", "application/*":
			offered = plainJSON
		}
		if offered != "" && q > 0 && q > bestQ {
			best, bestQ = offered, q
		}
	}
	return best, bestQ > 0
}

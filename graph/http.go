package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/fault"
	"adsgraph/internal/live"
	"adsgraph/internal/store"
)

// HTTP answers GraphQL over HTTP: POST, GET and server-sent events. gqlgen's own
// transports echo malformed bodies, ignore what the client accepts, and pass over
// each answer twice.
type HTTP struct {
	// Live tells streams when the process is about to end; without it there are
	// no subscriptions.
	Live *live.Hub
	// Timeout is how long an operation may take that is no subscription; 0 leaves
	// that to the request's context.
	Timeout time.Duration

	admission *admission
	store     *store.Store
	// flights shares executions, and marks tell what has not changed.
	flights *flights
	marks   *cache[mark]
}

var _ graphql.Transport = HTTP{}

// maxDocument is the most bytes of a document. Parsed ones are kept, so this
// bounds what the keeping costs.
const maxDocument = 32 << 10

// Supports accepts every request that does not want another protocol, so that
// the wrong ones are told what is wrong.
func (HTTP) Supports(r *http.Request) bool { return r.Header.Get("Upgrade") == "" }

// Do answers a request. Where the two media types differ, the newer one gives
// a request that could not be run the status 400, the older one 200.
func (t HTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx := r.Context()
	w.Header().Add("Vary", "Accept")
	accepts := negotiate(r.Header.Values("Accept"))
	mediaType := accepts.json
	switch {
	case mediaType == "" && accepts.stream:
		mediaType = graphqlJSON // it takes errors, and branches on the status
	case mediaType == "":
		mediaType = plainJSON
	}
	refuse := func(status int, f *fault.Error) {
		write(w, mediaType, status, &graphql.Response{Errors: faults(f)})
	}
	if accepts.json == "" && !accepts.stream {
		refuse(http.StatusNotAcceptable, notAcceptable())
		return
	}
	var in sent
	var bad *malformed
	switch r.Method {
	case http.MethodPost:
		in, bad = readPOST(r)
	case http.MethodGet:
		in, bad = readGET(r)
	default:
		w.Header().Set("Allow", "GET, POST")
		refuse(http.StatusMethodNotAllowed, methodNotAllowed("GET, POST"))
		return
	}
	if bad != nil {
		refuse(bad.status, bad.Error)
		return
	}
	in.Headers = r.Header
	in.read = graphql.TraceTiming{Start: graphql.GetStartTime(ctx), End: graphql.Now()}
	op, no := t.admission.admit(ctx, exec, in)
	if no != nil {
		status := no.status
		switch {
		case status == 0 && mediaType == graphqlJSON:
			status = http.StatusBadRequest
		case status == 0:
			status = http.StatusOK
		}
		write(w, mediaType, status, no.response)
		return
	}
	ctx = t.route(ctx, op)
	switch kind := op.Operation.Operation; {
	case kind == ast.Mutation && r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		refuse(http.StatusMethodNotAllowed, fault.New(fault.Invalid, "A mutation is answered to POST only."))
	case kind == ast.Subscription && (!accepts.stream || t.Live == nil):
		refuse(http.StatusNotAcceptable, fault.New(fault.Unsupported,
			"A subscription is answered over a WebSocket, or to a request with the header Accept: %s.", eventStream))
	case kind == ast.Subscription:
		t.stream(w, r, exec, op)
	case accepts.json == "":
		response, _ := t.run(ctx, exec, op)
		once(w, response)
	case isConditional(r, op):
		t.conditional(ctx, w, r, mediaType, exec, op)
	default:
		response, _ := t.run(ctx, exec, op)
		write(w, mediaType, http.StatusOK, response)
	}
}

// run answers a query or a mutation. Identical queries of one viewer share it; isOwn
// is whether this one did not take the answer of another.
func (t HTTP) run(ctx context.Context, exec graphql.GraphExecutor, op *admitted) (response *graphql.Response, isOwn bool) {
	if t.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, t.Timeout)
		defer cancel()
	}
	run := func(ctx context.Context) *graphql.Response {
		next, ctx := exec.DispatchOperation(ctx, op.OperationContext)
		return next(ctx)
	}
	q, ok := t.flights.ask(ctx, op)
	if !ok {
		if op.Operation.Operation == ast.Mutation {
			defer t.flights.wrote()
		}
		return run(ctx), true
	}
	if !t.admission.experiments.enabled(ctx, op.OperationContext, coalesceFlag, true) {
		return run(ctx), true
	}
	response, isOwn = t.flights.do(ctx, q, run)
	if response == nil {
		f, ok := errors.AsType[*fault.Error](context.Cause(ctx))
		if !ok {
			f = tookTooLong()
		}
		response = exec.DispatchError(graphql.WithOperationContext(ctx, op.OperationContext), faults(f))
	}
	return response, isOwn
}

// write sends a response.
func write(w http.ResponseWriter, mediaType string, status int, r *graphql.Response) {
	before, after := around(r)
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-store")
	}
	tellMark(w.Header(), r)
	status = refusedStatus(w.Header(), status, r)
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

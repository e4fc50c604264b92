package graph

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
)

// sent is an operation as a client sent it, over whatever transport.
type sent struct {
	// Query is the document's text, empty if only its id was sent.
	Query         string
	DocumentID    string
	OperationName string
	Variables     map[string]any
	Extensions    map[string]any
	// Headers are those of the request, or of the one that opened the socket.
	Headers http.Header
	// read is when the request began to be read, and when it had been.
	read graphql.TraceTiming
}

// admitted is an operation that may be run.
type admitted struct {
	*graphql.OperationContext
}

// refused is why an operation is not run.
type refused struct {
	// status is that of the HTTP response; 0 for that of a request error, which
	// depends on the media type: 400, or 200 for clients that expect the older one.
	status int
	// header is added to the HTTP response, such as Retry-After.
	header http.Header
	// response is what the client is told.
	response *graphql.Response
}

// admission decides which operations are run, for every transport alike: POST,
// GET, server-sent events and WebSockets. What is looked at when a document was
// parsed, such as its size, is an extension of the executor; see limits.
type admission struct{}

// admit returns the operation that a client asks for, parsed, validated and
// within the limits, or why it is not run. A refusal was logged.
func (a *admission) admit(ctx context.Context, exec graphql.GraphExecutor, in sent) (*admitted, *refused) {
	oc := &graphql.OperationContext{OperationName: in.OperationName, RawQuery: in.Query, Headers: in.Headers}
	refuse := func(status int, errs gqlerror.List) (*admitted, *refused) {
		return nil, &refused{status: status, response: exec.DispatchError(graphql.WithOperationContext(ctx, oc), errs)}
	}
	if len(in.Query) > maxDocument {
		return refuse(http.StatusRequestEntityTooLarge, faults(fault.New(fault.TooLarge, "The document has more than %d bytes. Send several smaller ones.", maxDocument)))
	}
	params := &graphql.RawParams{
		Query: in.Query, OperationName: in.OperationName, Variables: in.Variables, Extensions: in.Extensions, Headers: in.Headers, ReadTime: in.read,
	}
	oc, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		return refuse(0, errs)
	}
	return &admitted{oc}, nil
}

package graph

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/graph/documents"
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
	// Hash identifies the document: the SHA-256 of its text, in hex.
	Hash string
	// Trusted is whether it is one of the trusted documents.
	Trusted bool
}

// refused is why an operation is not run.
type refused struct {
	// status is that of the HTTP response; 0 for that of a request error, which
	// depends on the media type: 400, or 200 for clients that expect the older one.
	status int
	// response is what the client is told.
	response *graphql.Response
}

// Trust is what is done with documents that are not trusted.
type Trust string

// The ways to trust.
const (
	TrustOpen    Trust = "open"    // every document is run
	TrustLog     Trust = "log"     // every document is run, and the log names those that are not trusted
	TrustRequire Trust = "require" // only trusted documents are run
)

// maxAutomatic is the most bytes of documents that clients made known, and
// maxParsed of parsed ones, each about parsedFactor times as large as its text.
const (
	maxAutomatic = 8 << 20
	maxParsed    = 64 << 20
	parsedFactor = 40
)

// admission decides which operations are run, for every transport alike: POST,
// GET, server-sent events and WebSockets. What is looked at when a document was
// parsed, such as its size, is an extension of the executor; see limits.
type admission struct {
	library *documents.Library
	trust   Trust
	// automatic is the documents that clients made known by hash; nil if they
	// cannot.
	automatic *cache[string]
	// parsed is the documents that were parsed.
	parsed *cache[*ast.QueryDocument]
	// experiments is what is tried out.
	experiments experiments
}

// admit returns the operation that a client asks for, parsed, validated and
// within the limits, or why it is not run. A refusal was logged.
func (a *admission) admit(ctx context.Context, exec graphql.GraphExecutor, in sent) (*admitted, *refused) {
	oc := &graphql.OperationContext{OperationName: in.OperationName, RawQuery: in.Query, Headers: in.Headers}
	refuse := func(status int, errs gqlerror.List) (*admitted, *refused) {
		return nil, &refused{status: status, response: exec.DispatchError(graphql.WithOperationContext(ctx, oc), errs)}
	}
	named, bad := in.named()
	if bad != nil {
		return refuse(http.StatusBadRequest, faults(bad))
	}
	if in.Query == "" {
		text, status, f := a.find(ctx, named, in.DocumentID == "")
		if f != nil {
			return refuse(status, faults(f))
		}
		in.Query = text
	}
	if len(in.Query) > maxDocument {
		return refuse(http.StatusRequestEntityTooLarge, faults(fault.New(fault.TooLarge,
			"The document has more than %d bytes. Send the parts of the screen as several documents.", maxDocument)))
	}
	hash := documents.Hash(in.Query)
	if named != "" && named != hash {
		return refuse(http.StatusBadRequest, faults(fault.New(fault.Invalid, "The hash that was sent is not the SHA-256 of the query that was sent.")))
	}
	_, trusted := a.library.Find(hash)
	parsed := a.parsed.has(in.Query)
	if !trusted && a.trust == TrustRequire {
		return refuse(http.StatusForbidden, faults(fault.New(fault.UnknownDocument,
			"This server runs trusted documents only, and this is none. Add it to the client's manifest, and that to the server; see docs/trusted-documents.md.")))
	}
	oc, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{
		Query: in.Query, OperationName: in.OperationName, Variables: in.Variables, Extensions: in.Extensions, Headers: in.Headers, ReadTime: in.read,
	})
	found := known{hash: hash, parsed: parsed}
	if trusted && oc.Operation != nil {
		found.trusted = oc.Operation.Name
	}
	oc.Stats.SetExtension(knownExtension, found)
	if errs != nil {
		return refuse(0, errs)
	}
	switch {
	case trusted:
		a.library.Used(hash)
	case a.trust == TrustLog:
		name, _ := called(oc)
		slog.WarnContext(ctx, "a document is not trusted", "name", name, "hash", hash)
	}
	if a.automatic != nil && !trusted && in.Extensions["persistedQuery"] != nil {
		a.automatic.Add(ctx, hash, in.Query)
	}
	a.experiments.decide(ctx, oc)
	return &admitted{oc, hash, trusted}, nil
}

// find returns the text that a hash identifies, or the status of the refusal.
func (a *admission) find(ctx context.Context, hash string, automatic bool) (string, int, *fault.Error) {
	if d, ok := a.library.Find(hash); ok {
		return d.Text, 0, nil
	}
	if automatic && a.automatic != nil {
		if text, ok := a.automatic.Get(ctx, hash); ok {
			return text, 0, nil
		}
		return "", 0, fault.New(fault.UnknownQuery, "PersistedQueryNotFound") // clients look for this text
	}
	return "", http.StatusNotFound, fault.New(fault.UnknownDocument,
		"No trusted document has this id. The id is the SHA-256 of the document's text; its manifest has to be on the server before the client is used.")
}

// named returns the hash by which a client names its document, "" for none.
func (in *sent) named() (hash string, bad *fault.Error) {
	if in.DocumentID != "" {
		hash, ok := documents.ParseID(in.DocumentID)
		if !ok {
			return "", fault.New(fault.Invalid, "documentId is no SHA-256: send 64 hexadecimal digits, alone or after sha256:.")
		}
		return hash, nil
	}
	persisted, ok := in.Extensions["persistedQuery"]
	if !ok || persisted == nil {
		return "", nil
	}
	fields, _ := persisted.(map[string]any)
	id, _ := fields["sha256Hash"].(string)
	if hash, ok = documents.ParseID(id); !ok {
		return "", fault.New(fault.Invalid, "extensions.persistedQuery needs sha256Hash, the document's SHA-256 as 64 hexadecimal digits.")
	}
	return hash, nil
}

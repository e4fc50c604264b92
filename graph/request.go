package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"adsgraph/internal/fault"
)

// malformed is a request that is not one of GraphQL over HTTP.
type malformed struct {
	status int
	*fault.Error
}

func badRequest(format string, args ...any) *malformed {
	return &malformed{http.StatusBadRequest, fault.New(fault.Invalid, format, args...)}
}

// readPOST reads the operation in a request's body.
func readPOST(r *http.Request) (sent, *malformed) {
	t, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || t != plainJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return sent{}, &malformed{http.StatusUnsupportedMediaType, fault.New(fault.Invalid, "Send the header Content-Type: %s, and the body in UTF-8.", plainJSON)}
	}
	if e := r.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return sent{}, &malformed{http.StatusUnsupportedMediaType, fault.New(fault.Invalid, "Send the body without Content-Encoding.")}
	}
	body, err := io.ReadAll(r.Body)
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return sent{}, &malformed{
			http.StatusRequestEntityTooLarge,
			fault.New(fault.TooLarge, "The request body has more than %d bytes. Send documents by their id, and fewer variables.", tooLarge.Limit),
		}
	}
	if err != nil {
		return sent{}, badRequest("The request body ended early.")
	}
	return decode(body)
}

// decode reads an operation: one JSON object and nothing after it.
func decode(body []byte) (in sent, bad *malformed) {
	if !utf8.Valid(body) {
		return in, badRequest("The request is not UTF-8.")
	}
	switch first := bytes.TrimLeft(body, " \t\r\n"); {
	case len(first) == 0:
		return in, badRequest("The request is empty. Send a JSON object with query or documentId.")
	case first[0] == '[':
		return in, badRequest("Batches are not answered: send each operation in a request of its own.")
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(body, &parts); err != nil || parts == nil {
		if dec := json.NewDecoder(bytes.NewReader(body)); dec.Decode(&parts) == nil && parts != nil {
			return in, badRequest("Something follows the JSON object in the request.")
		}
		return in, badRequest("The request is not a JSON object.")
	}
	for name, to := range map[string]any{
		"query": &in.Query, "documentId": &in.DocumentID, "operationName": &in.OperationName, "variables": &in.Variables, "extensions": &in.Extensions,
	} {
		if bad := decodePart(name, parts[name], to); bad != nil {
			return in, bad
		}
	}
	return in, in.check()
}

// decodePart reads a part of a request, which may be missing or null.
func decodePart(name string, text []byte, to any) *malformed {
	if len(text) == 0 {
		return nil
	}
	if s, ok := to.(*string); ok {
		if json.Unmarshal(text, s) != nil {
			return badRequest("%s must be a string.", name)
		}
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber() // a 64-bit number must not pass through a float
	err := dec.Decode(to)
	if _, next := dec.Token(); err == nil && errors.Is(next, io.EOF) {
		return nil
	}
	return badRequest("%s must be a JSON object.", name)
}

// readGET reads the operation in a request's URL.
func readGET(r *http.Request) (in sent, bad *malformed) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return in, badRequest("The URL's query is not well-formed.")
	}
	for name, list := range values {
		if len(list) > 1 {
			return in, badRequest("The URL holds a parameter more than once.")
		}
		if !utf8.ValidString(name + list[0]) {
			return in, badRequest("The request is not UTF-8.")
		}
	}
	in.Query, in.DocumentID, in.OperationName = values.Get("query"), values.Get("documentId"), values.Get("operationName")
	for name, to := range map[string]any{"variables": &in.Variables, "extensions": &in.Extensions} {
		if bad := decodePart(name, []byte(values.Get(name)), to); bad != nil {
			return in, bad
		}
	}
	return in, in.check()
}

// check looks for what every operation needs.
func (in *sent) check() *malformed {
	if _, persisted := in.Extensions["persistedQuery"]; in.Query == "" && in.DocumentID == "" && !persisted {
		return badRequest("The request has no query: send the document's text as query, or its id as documentId.")
	}
	return nil
}

// The media types of an answer.
const (
	graphqlJSON = "application/graphql-response+json"
	plainJSON   = "application/json"
	eventStream = "text/event-stream"
)

// accepted is what a client takes.
type accepted struct {
	// json is graphqlJSON or plainJSON, empty for neither.
	json string
	// stream is whether it names server-sent events.
	stream bool
}

// negotiate picks the media type of an answer from Accept headers. Without one,
// or with */*, it is the older: old clients send nothing else.
func negotiate(accept []string) accepted {
	if len(accept) == 0 {
		return accepted{json: plainJSON}
	}
	// For each type that is offered the most specific range counts.
	type rated struct {
		specific int
		q        float64
		position int
	}
	offers := map[string]rated{}
	position := 0
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		position++
		t, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		q := 1.0
		if s, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(s, 64); err != nil || q < 0 || q > 1 {
				continue
			}
		}
		names, specific := []string{t}, 3
		switch t {
		case "*/*":
			names, specific = []string{plainJSON, graphqlJSON}, 1
		case "application/*":
			names, specific = []string{plainJSON, graphqlJSON}, 2
		}
		for _, name := range names {
			if offers[name].specific < specific {
				offers[name] = rated{specific, q, position}
			}
		}
	}
	older, newer := offers[plainJSON], offers[graphqlJSON]
	a := accepted{stream: offers[eventStream].q > 0}
	switch {
	case newer.q > older.q, newer.q > 0 && newer.q == older.q && newer.specific == 3 && (older.specific < 3 || newer.position < older.position):
		a.json = graphqlJSON
	case older.q > 0:
		a.json = plainJSON
	}
	return a
}

// notAcceptable says what could be had.
func notAcceptable() *fault.Error {
	return fault.New(fault.Invalid, "Answers are %s or %s; the Accept header allows neither.", graphqlJSON, plainJSON)
}

func methodNotAllowed(allowed string) *fault.Error {
	return fault.New(fault.Invalid, "Only queries are answered to GET, and everything to POST. Use: %s.", allowed)
}

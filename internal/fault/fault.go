// Package fault holds the errors that a client may see. Every other error is
// internal and reaches clients only as INTERNAL.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Code tells a client what kind of error it got. Codes are stable: clients
// branch on them.
type Code string

// The codes, each with what a client can do about it.
const (
	Invalid         Code = "INVALID"                    // correct the input that the message names
	InvalidCursor   Code = "INVALID_CURSOR"             // start again from the first page
	CursorExpired   Code = "CURSOR_EXPIRED"             // the numbers it continues are gone: start again from the first page
	Unsupported     Code = "UNSUPPORTED"                // ask for another combination: the message names the conflict
	BeyondRetention Code = "BEYOND_RETENTION"           // ask for later days: the message names the first one kept
	NotFound        Code = "NOT_FOUND"                  // the id names nothing that this viewer can see
	Forbidden       Code = "FORBIDDEN"                  // the viewer may not: the message says what it takes and whom to ask
	Unauthenticated Code = "UNAUTHENTICATED"            // sign in
	Unavailable     Code = "UNAVAILABLE"                // try again later; nothing was changed
	Timeout         Code = "TIMEOUT"                    // ask for less, or try again
	Conflict        Code = "CONFLICT"                   // the same request was made before, with other input
	TooMany         Code = "TOO_MANY"                   // wait as long as Retry-After says, then try again
	TooLarge        Code = "TOO_LARGE"                  // ask for less: a limit, which the message names, was passed
	UnknownDocument Code = "PERSISTED_DOCUMENT_UNKNOWN" // the server does not know the document: update the app, or the server's manifests
	UnknownQuery    Code = "PERSISTED_QUERY_NOT_FOUND"  // send the hash again, with the query
	CSRFPrevented   Code = "CSRF_PREVENTED"             // send the header that the message names, or ask from an allowed origin
	Internal        Code = "INTERNAL"                   // our mistake; report it with the request id
)

// Error is an error for a client: a code and a whole sentence.
type Error struct {
	Code    Code
	Message string
	// Argument names the argument or input field at fault, or is empty.
	Argument string
	// Requires names the capability that a FORBIDDEN viewer lacks, or is empty.
	Requires string
	// RetryAfter is how long to wait before the same may work, 0 if that is not known.
	RetryAfter time.Duration
}

func (e *Error) Error() string { return e.Message }

// New returns an error with a formatted sentence for the client.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Missing is NOT_FOUND for something that is not there, or that the viewer may not
// see: the two are told apart by nothing.
func Missing(what string) *Error {
	return New(NotFound, "There is no such %s, or you may not see it. If you should, ask an owner of the account to add you.", what)
}

// In returns a copy of e that names the argument or input field at fault.
func (e *Error) In(argument string) *Error {
	named := *e
	named.Argument = argument
	return &named
}

// After returns a copy of e that says how long to wait.
func (e *Error) After(d time.Duration) *Error {
	later := *e
	later.RetryAfter = d
	return &later
}

// CodeOf returns the code of err, Internal for an error that is not a fault,
// and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if f, ok := errors.AsType[*Error](err); ok {
		return f.Code
	}
	return Internal
}

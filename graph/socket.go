package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/live"
	"adsgraph/internal/observe"
)

// Socket answers subscriptions over a WebSocket with the protocol
// graphql-transport-ws. gqlgen's own transport closes with codes that make
// clients try again for ever, and bounds little.
type Socket struct {
	// Live tells sockets when the process is about to end.
	Live *live.Hub
	// Verify returns the viewer that the token of connection_init stands for; nil
	// takes only those whose request carried a viewer.
	Verify func(ctx context.Context, token string) (auth.Viewer, error)
	// Origins are those whose pages may open sockets, besides the server's own.
	Origins []string
	// InitTime is how long a client may take to sign in; 0 for 10 seconds.
	InitTime time.Duration

	admission *admission
}

var _ graphql.Transport = Socket{}

const protocol = "graphql-transport-ws"

// The bounds of a socket.
const (
	maxMessage       = 128 << 10 // bytes of one message
	maxSubscriptions = 32        // at once on one socket
	initTime         = 10 * time.Second
	verifyTime       = 10 * time.Second
	pingEvery        = 25 * time.Second
)

// Why a socket is closed, as the protocol has it, and as RFC 6455 does.
const (
	closeInvalid      websocket.StatusCode = 4400
	closeUnauthorized websocket.StatusCode = 4401 // clients do not try again
	closeForbidden    websocket.StatusCode = 4403 // clients try again, with a new token
	closeSubprotocol  websocket.StatusCode = 4406
	closeInitTime     websocket.StatusCode = 4408
	closeIDInUse      websocket.StatusCode = 4409
	closeInitAgain    websocket.StatusCode = 4429
)

// Supports accepts requests for a WebSocket.
func (Socket) Supports(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// Do talks to a client until either side closes the socket.
func (t Socket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	done, ok := t.Live.Open()
	if !ok {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "The server is stopping, or has too many sockets. Try again.", http.StatusServiceUnavailable)
		return
	}
	defer done()
	// A page of another site may not speak for whoever looks at it.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{protocol}, OriginPatterns: t.Origins})
	if err != nil {
		return // it was answered
	}
	conn.SetReadLimit(maxMessage)
	// The request's context ends with a token of its header; the socket is told so.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	s := &socket{Socket: t, conn: conn, exec: exec, header: r.Header, running: map[string]*operation{}, gone: make(chan struct{})}
	defer func() {
		cancel()
		_ = conn.CloseNow()
		s.all.Wait()
	}()
	if conn.Subprotocol() != protocol {
		s.close(closeSubprotocol, "Subprotocol not acceptable: ask for "+protocol)
		return
	}
	wait := t.InitTime
	if wait == 0 {
		wait = initTime
	}
	s.timer = time.AfterFunc(wait, func() { s.close(closeInitTime, "Connection initialisation timeout") })
	defer func() { s.timer.Stop() }()
	s.all.Go(func() { s.keep(ctx) })
	s.read(ctx)
}

// socket is one connection.
type socket struct {
	Socket
	conn   *websocket.Conn
	exec   graphql.GraphExecutor
	header http.Header
	all    sync.WaitGroup // its goroutines

	// Only the reader uses these.
	viewer *auth.Viewer // nil before connection_init
	timer  *time.Timer  // closes the socket: first for want of connection_init, then when the token ends

	mu      sync.Mutex
	running map[string]*operation

	closing sync.Once
	gone    chan struct{} // closed when the socket was closed by us
}

// operation is a running subscription.
type operation struct{ cancel context.CancelFunc }

// message is what both sides send.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// close says goodbye, once. It waits some seconds for the client to do so too.
func (s *socket) close(code websocket.StatusCode, why string) {
	s.closing.Do(func() {
		close(s.gone)
		_ = s.conn.Close(code, why)
	})
}

// send writes one message. A client that does not take it in time is gone.
func (s *socket) send(ctx context.Context, parts ...[]byte) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, bytes.Join(parts, nil)) == nil
}

// reply writes a message without content of its own.
func (s *socket) reply(ctx context.Context, m message) {
	if b, err := json.Marshal(m); err == nil {
		s.send(ctx, b) // the reader finds out when the client is gone
	}
}

// keep finds out whether the client is still there, and sends it away when the
// process is about to end.
func (s *socket) keep(ctx context.Context) {
	beats := time.NewTicker(pingEvery)
	defer beats.Stop()
	draining := s.Live.Draining()
	var leave <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.gone:
			return
		case <-draining:
			draining, leave = nil, time.After(drainAfter())
		case <-leave:
			s.close(websocket.StatusServiceRestart, "The server restarts: connect again")
			return
		case <-beats.C:
			ctx, cancel := context.WithTimeout(ctx, writeTime)
			err := s.conn.Ping(ctx)
			cancel()
			if err != nil {
				_ = s.conn.CloseNow()
				return
			}
		}
	}
}

// read takes messages until the socket is closed.
func (s *socket) read(ctx context.Context) {
	for {
		kind, data, err := s.conn.Read(ctx)
		if err != nil {
			return
		}
		var m message
		if kind != websocket.MessageText || json.Unmarshal(data, &m) != nil {
			s.close(closeInvalid, "Invalid message received")
			return
		}
		if code, why := s.take(ctx, m); code != 0 {
			s.close(code, why)
			return
		}
	}
}

// take does what a message asks for. It returns why the socket is to be closed,
// 0 if it is not.
func (s *socket) take(ctx context.Context, m message) (code websocket.StatusCode, why string) {
	switch m.Type {
	case "connection_init":
		return s.init(ctx, m.Payload)
	case "ping":
		s.reply(ctx, message{Type: "pong"})
	case "pong":
	case "subscribe":
		return s.subscribe(ctx, m)
	case "complete":
		s.mu.Lock()
		o := s.running[m.ID]
		delete(s.running, m.ID)
		s.mu.Unlock()
		if o != nil {
			o.cancel()
		}
	default:
		return closeInvalid, "Invalid message received"
	}
	return 0, ""
}

// init signs the client in, with the token of the payload, or with that of the
// request's header.
func (s *socket) init(ctx context.Context, payload json.RawMessage) (code websocket.StatusCode, why string) {
	if s.viewer != nil {
		return closeInitAgain, "Too many initialisation requests"
	}
	var in map[string]json.RawMessage
	if len(payload) > 0 && json.Unmarshal(payload, &in) != nil {
		return closeInvalid, "The payload of connection_init is an object"
	}
	token := ""
	for name, value := range in {
		if strings.EqualFold(name, "authorization") && json.Unmarshal(value, &token) != nil {
			return closeInvalid, "authorization is a string"
		}
	}
	if scheme, rest, ok := strings.Cut(token, " "); ok && strings.EqualFold(scheme, "Bearer") {
		token = rest
	}
	v, err := auth.From(ctx)
	if token != "" && s.Verify != nil {
		verifying, cancel := context.WithTimeout(ctx, verifyTime)
		v, err = s.Verify(verifying, token)
		cancel()
	}
	switch f, ok := errors.AsType[*fault.Error](err); {
	case err == nil:
	case ok && (f.Code == fault.Unauthenticated || f.Code == fault.Forbidden):
		return closeUnauthorized, reason(f.Message)
	default:
		slog.ErrorContext(ctx, "a token cannot be checked", "err", err)
		return websocket.StatusTryAgainLater, "Signing in does not work at the moment"
	}
	s.timer.Stop()
	s.viewer = &v
	if !v.Expires.IsZero() {
		s.timer = time.AfterFunc(time.Until(v.Expires), func() { s.close(closeForbidden, "The sign-in ended: connect again with a new token") })
	}
	s.reply(ctx, message{Type: "connection_ack"})
	return 0, ""
}

// reason shortens a text to what a close frame may hold.
func reason(text string) string {
	const most = 120 // of 123 bytes
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	return text
}

// subscribe starts an operation.
func (s *socket) subscribe(ctx context.Context, m message) (code websocket.StatusCode, why string) {
	switch {
	case s.viewer == nil:
		return closeUnauthorized, "Unauthorized: send connection_init first"
	case m.ID == "" || len(m.ID) > 128:
		return closeInvalid, "subscribe needs an id of at most 128 bytes"
	}
	in, bad := decode(m.Payload)
	if bad != nil {
		s.fail(ctx, m.ID, faults(bad.Error))
		return 0, ""
	}
	in.Headers = s.header
	in.read = graphql.TraceTiming{Start: graphql.Now(), End: graphql.Now()}
	ctx, cancel := context.WithCancel(auth.NewContext(ctx, *s.viewer))
	o := &operation{cancel}
	s.mu.Lock()
	used, many := s.running[m.ID] != nil, len(s.running) >= maxSubscriptions
	if !used && !many {
		s.running[m.ID] = o
	}
	s.mu.Unlock()
	switch {
	case used:
		cancel()
		return closeIDInUse, reason(fmt.Sprintf("Subscriber for %s already exists", m.ID))
	case many:
		cancel()
		s.fail(ctx, m.ID, faults(fault.New(fault.TooMany, "A socket may have %d subscriptions at once.", maxSubscriptions)))
		return 0, ""
	}
	s.all.Go(func() { s.run(ctx, m.ID, o, in) })
	return 0, ""
}

// run passes on what a subscription gives.
func (s *socket) run(ctx context.Context, id string, o *operation, in sent) {
	defer o.cancel()
	defer func() {
		if p := recover(); p != nil {
			observe.LogPanic(ctx, p)
			s.close(websocket.StatusInternalError, "Something went wrong on our side")
		}
	}()
	op, no := s.admission.admit(graphql.StartOperationTrace(ctx), s.exec, in)
	var errs gqlerror.List
	switch {
	case no != nil:
		errs = no.response.Errors
	case op.Operation.Operation != ast.Subscription:
		errs = faults(fault.New(fault.Unsupported, "Over a WebSocket only subscriptions are answered: send queries and mutations with POST."))
	}
	if errs != nil {
		if s.finish(id, o) {
			s.fail(ctx, id, errs)
		}
		return
	}
	quoted, _ := json.Marshal(id)
	failed := false
	each(ctx, s.exec, op.OperationContext, func(response *graphql.Response) bool {
		if ctx.Err() != nil {
			return false
		}
		if response.Data == nil && len(response.Errors) > 0 { // it never began, or broke
			failed = true
			if s.finish(id, o) {
				s.fail(ctx, id, response.Errors)
			}
			return false
		}
		before, after := around(response)
		return s.send(ctx, []byte(`{"id":`), quoted, []byte(`,"type":"next","payload":`), before, response.Data, after, []byte{'}'})
	})
	if !failed && s.finish(id, o) {
		s.reply(ctx, message{ID: id, Type: "complete"})
	}
}

// finish takes an operation from the list. It returns false if the client has
// ended it, and so wants to hear no more.
func (s *socket) finish(id string, o *operation) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[id] != o {
		return false
	}
	delete(s.running, id)
	return true
}

// fail ends an operation with errors.
func (s *socket) fail(ctx context.Context, id string, errs gqlerror.List) {
	payload, err := json.Marshal(errs)
	if err != nil {
		payload = []byte("[]")
	}
	s.reply(ctx, message{ID: id, Type: "error", Payload: payload})
}

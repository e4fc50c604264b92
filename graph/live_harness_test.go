package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/jmoiron/sqlx"

	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/httpd"
	"adsgraph/internal/live"
	"adsgraph/internal/store"
)

// process is one server over a database, as cmd/adsgraph puts it together.
type process struct {
	*httptest.Server
	hub *live.Hub
}

// verifyTest takes "<user>" as a token, and "<user>@<unix milliseconds>" as one
// that ends.
func verifyTest(_ context.Context, token string) (auth.Viewer, error) {
	user, end, ends := strings.Cut(token, "@")
	id, err := strconv.ParseInt(user, 10, 64)
	if err != nil {
		return auth.Viewer{}, fault.New(fault.Unauthenticated, "The token is not valid.")
	}
	v := auth.Viewer{UserID: id}
	if ends {
		ms, err := strconv.ParseInt(end, 10, 64)
		if err != nil {
			return v, err
		}
		v.Expires = time.UnixMilli(ms)
	}
	return v, nil
}

func newProcess(t testing.TB, dsn string, s *store.Store, o Options) *process {
	t.Helper()
	return newProcessIn(context.Background(), t, dsn, s, o)
}

// newProcessIn starts a server whose requests have the values of a context.
func newProcessIn(base context.Context, t testing.TB, dsn string, s *store.Store, o Options) *process {
	t.Helper()
	p := &process{hub: live.NewHub(time.Now)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.hub.Run(ctx, dsn) }()
	o.Live, o.Verify, o.Timeout = p.hub, verifyTest, time.Minute
	h, err := NewServer(s, o)
	if err != nil {
		t.Fatal(err)
	}
	p.Server = httptest.NewUnstartedServer(httpd.Handler(httpd.Config{
		GraphQL: h, Verify: verifyTest, Ready: func(context.Context) error { return nil }, Timeout: time.Minute,
		Export: newExporter(t, s), ExportTimeout: time.Minute,
	}))
	p.Config.BaseContext = func(net.Listener) context.Context { return base }
	p.Start()
	select {
	case <-p.hub.Ready():
	case <-time.After(patience):
		t.Fatal("the hub does not listen")
	}
	t.Cleanup(func() {
		p.CloseClientConnections()
		p.Close()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return p
}

// soon waits until something holds.
func soon(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("still not: %s", what)
		}
		runtime.Gosched()
		<-time.After(5 * time.Millisecond)
	}
}

// subscribers waits until a process has so many.
func (p *process) subscribers(t testing.TB, n int) {
	t.Helper()
	soon(t, fmt.Sprintf("%d subscribers", n), func() bool { return p.hub.Count() == n })
}

// socketClient is a client of graphql-transport-ws.
type socketClient struct{ *websocket.Conn }

// open opens a socket, or returns the status that it was refused with.
func (p *process) open(ctx context.Context, header http.Header, subprotocol string) (*websocket.Conn, int, error) {
	c, response, err := websocket.Dial(ctx, p.URL+"/graphql", &websocket.DialOptions{Subprotocols: []string{subprotocol}, HTTPHeader: header}) //nolint:bodyclose // the library does
	if response == nil {
		return c, 0, err
	}
	return c, response.StatusCode, err
}

func (p *process) dial(t testing.TB, header http.Header) *socketClient {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, _, err := p.open(ctx, header, protocol)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.CloseNow() })
	return &socketClient{c}
}

func (c *socketClient) say(t testing.TB, text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := c.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// hear returns the next message, or the error that the socket was closed with.
func (c *socketClient) hear() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, b, err := c.Read(ctx)
	return string(b), err
}

func (c *socketClient) hears(t testing.TB, want string) {
	t.Helper()
	if got, err := c.hear(); err != nil || got != want {
		t.Fatalf("got  %s %v\nwant %s", got, err, want)
	}
}

// signIn opens a socket as a user.
func (p *process) signIn(t testing.TB, user int64) *socketClient {
	t.Helper()
	c := p.dial(t, nil)
	c.say(t, fmt.Sprintf(`{"type":"connection_init","payload":{"authorization":"Bearer %d"}}`, user))
	c.hears(t, `{"type":"connection_ack"}`)
	return c
}

func payloadOf(query string, id string) string {
	b, _ := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"id": id}})
	return string(b)
}

func (c *socketClient) subscribe(t testing.TB, id, query, advertiser string) {
	t.Helper()
	c.say(t, `{"type":"subscribe","id":"`+id+`","payload":`+payloadOf(query, advertiser)+`}`)
}

// closed returns the code that the server closes a socket with.
func (c *socketClient) closed(t testing.TB) websocket.StatusCode {
	t.Helper()
	for {
		_, err := c.hear()
		if err == nil {
			continue
		}
		if code := websocket.CloseStatus(err); code != -1 {
			return code
		}
		t.Fatal(err)
	}
}

// posted is a response whose body ends with the test.
type posted struct {
	StatusCode int
	Header     http.Header
	Body       io.Reader
}

// post sends a document and returns the response.
func (p *process) post(ctx context.Context, t testing.TB, token, accept, body string) posted {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL+"/graphql", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", accept)
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := p.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return posted{response.StatusCode, response.Header, response.Body}
}

// streamed reads the next event of a stream, comments left out.
func streamed(b *bufio.Reader) (event string, err error) {
	var lines []string
	for {
		line, err := b.ReadString('\n')
		line = strings.TrimRight(line, "\n")
		switch {
		case err != nil:
			return "", err
		case line == "" && len(lines) > 0:
			return strings.Join(lines, "|"), nil
		case line == "" || line[0] == ':':
		default:
			lines = append(lines, line)
		}
	}
}

// change renames a campaign and tells of it, in one transaction.
func change(t testing.TB, db *sqlx.DB, advertiser, campaign int64, name string, version int) {
	t.Helper()
	tx := db.MustBegin()
	tx.MustExec(`UPDATE campaign SET name = $3, version = $4 WHERE advertiser_id = $1 AND id = $2`, advertiser, campaign, name, version)
	tx.MustExec(`SELECT pg_notify('adsgraph', $1)`, fmt.Sprintf(`{"a":%d,"c":[%d]}`, advertiser, campaign))
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func renamed(name string, version int) string {
	return fmt.Sprintf(`{"data":{"campaignChanged":{"missed":false,"campaign":{"name":%q,"version":%d}}}}`, name, version)
}

func next(id, payload string) string {
	return `{"id":"` + id + `","type":"next","payload":` + payload + `}`
}

package graph

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"adsgraph/internal/live"
	"adsgraph/internal/pgtest"
)

// TestSocketsAreClosedWithReasons sends what clients must not.
func TestSocketsAreClosedWithReasons(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	const signIn = `{"type":"connection_init","payload":{"Authorization":"Bearer 1"}}`
	ending := fmt.Sprintf(`{"type":"connection_init","payload":{"authorization":"1@%d"}}`, time.Now().Add(200*time.Millisecond).UnixMilli())
	subscribe := `{"type":"subscribe","id":"1","payload":` + payloadOf(follower, advertiserID(1)) + `}`
	for name, c := range map[string]struct {
		say  []string
		want websocket.StatusCode
	}{
		"not JSON":         {[]string{`{`}, closeInvalid},
		"no such type":     {[]string{`{"type":"start"}`}, closeInvalid},
		"payload":          {[]string{`{"type":"connection_init","payload":[]}`}, closeInvalid},
		"no token":         {[]string{`{"type":"connection_init"}`}, closeUnauthorized},
		"token is no text": {[]string{`{"type":"connection_init","payload":{"authorization":1}}`}, closeInvalid},
		"bad token":        {[]string{`{"type":"connection_init","payload":{"authorization":"Bearer x"}}`}, closeUnauthorized},
		"not signed in":    {[]string{subscribe}, closeUnauthorized},
		"init again":       {[]string{signIn, signIn}, closeInitAgain},
		"id in use":        {[]string{signIn, subscribe, subscribe}, closeIDInUse},
		"no id":            {[]string{signIn, `{"type":"subscribe","payload":{}}`}, closeInvalid},
		"token ends":       {[]string{ending, subscribe}, closeForbidden},
		"too large":        {[]string{strings.Repeat("x", maxMessage+1)}, websocket.StatusMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := p.dial(t, nil)
			for _, m := range c.say {
				s.say(t, m)
			}
			if got := s.closed(t); got != c.want {
				t.Errorf("closed with %d, want %d", got, c.want)
			}
		})
	}
	t.Run("pages of others", func(t *testing.T) {
		if _, status, err := p.open(t.Context(), http.Header{"Origin": {"https://evil.example.com"}}, protocol); err == nil || status != http.StatusForbidden {
			t.Error(status, err)
		}
		if _, status, err := p.open(t.Context(), http.Header{"Authorization": {"Bearer x"}}, protocol); err == nil || status != http.StatusUnauthorized {
			t.Error(status, err)
		}
	})
	t.Run("subprotocol", func(t *testing.T) {
		c, _, err := p.open(t.Context(), nil, "graphql-ws")
		if err != nil {
			t.Fatal(err)
		}
		if got := (&socketClient{c}).closed(t); got != closeSubprotocol {
			t.Error(got)
		}
	})
	t.Run("header and ping before init", func(t *testing.T) {
		c := p.dial(t, http.Header{"Authorization": {"Bearer 1"}})
		c.say(t, `{"type":"ping"}`)
		c.hears(t, `{"type":"pong"}`)
		c.say(t, `{"type":"connection_init","payload":null}`)
		c.hears(t, `{"type":"connection_ack"}`)
		for i := range maxSubscriptions {
			c.subscribe(t, strconv.Itoa(i), follower, advertiserID(1))
		}
		c.subscribe(t, "more", follower, advertiserID(1))
		if got, err := c.hear(); err != nil || !strings.HasPrefix(got, `{"id":"more","type":"error"`) || !strings.Contains(got, "TOO_MANY") {
			t.Error(got, err)
		}
	})
	t.Run("queries", func(t *testing.T) {
		c := p.signIn(t, 1)
		for query, want := range map[string]string{`{ viewer { name } }`: "UNSUPPORTED", `{`: "GRAPHQL_PARSE_FAILED", `subscription { nothing }`: "GRAPHQL_VALIDATION_FAILED", "": "INVALID"} {
			c.subscribe(t, "1", query, "")
			if got, err := c.hear(); err != nil || !strings.HasPrefix(got, `{"id":"1","type":"error"`) || !strings.Contains(got, want) {
				t.Error(query, got, err)
			}
		}
	})
}

// TestInitTakesTooLong opens a socket and says nothing.
func TestInitTakesTooLong(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Socket{Live: live.NewHub(time.Now), InitTime: 10 * time.Millisecond}.Do(w, r, nil)
	}))
	defer srv.Close()
	if got := (&process{Server: srv}).dial(t, nil).closed(t); got != closeInitTime {
		t.Error(got)
	}
}

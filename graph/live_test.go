package graph

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/jmoiron/sqlx"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

const (
	patience = 20 * time.Second // of tests that wait for something
	follower = `subscription ($id: ID!) { campaignChanged(advertiserId: $id) { missed campaign { name version } } }`
)

// TestEventsArrive changes a campaign, and numbers, before clients of both
// transports, of two processes, and of both ways to answer.
func TestEventsArrive(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	for _, p := range []*process{
		newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{}),
		newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{Executor: true}),
	} {
		t.Run("", func(t *testing.T) {
			c := p.signIn(t, 1)
			c.subscribe(t, "a", follower, advertiserID(1))
			c.subscribe(t, "n", `subscription ($id: ID!) { tick: metricsAdvanced(advertiserId: $id) { advertiserId dataAsOf missed } }`, advertiserID(1))
			s := p.post(t.Context(), t, "1", "text/event-stream", payloadOf(follower, advertiserID(1)))
			if s.StatusCode != http.StatusOK || s.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
				t.Fatal(s.StatusCode, s.Header)
			}
			stream := bufio.NewReader(s.Body)
			p.subscribers(t, 3)
			for version, name := range []string{"One", "Two", "Three"} {
				change(t, db, 1, 11, name, version)
				c.hears(t, next("a", renamed(name, version)))
				if got, err := streamed(stream); err != nil || got != "event: next|data: "+renamed(name, version) {
					t.Fatal(got, err)
				}
			}
			change(t, db, 2, 21, "Somebody else's", 9) // is not heard
			restate := func(*store.Restatement) error { return nil }
			if err := pgtest.OpenOwner(t, dsn).Restate(t.Context(), 1, "2026-06-01", "2026-06-01", restate); err != nil {
				t.Fatal(err)
			}
			if got, err := c.hear(); err != nil || !strings.HasPrefix(got, `{"id":"n","type":"next","payload":{"data":{"tick":{"advertiserId":"`+advertiserID(1)+`","dataAsOf":"2026-06-1`) {
				t.Fatal(got, err)
			}
			db.MustExec(`SELECT pg_notify('adsgraph', '{"a":1,"c":[424242]}')`) // is not there any more
			c.hears(t, next("a", `{"data":{"campaignChanged":{"missed":false,"campaign":null}}}`))
			c.say(t, `{"type":"complete","id":"a"}`)
			p.subscribers(t, 2)
			c.say(t, `{"type":"ping"}`)
			c.hears(t, `{"type":"pong"}`)
			c.subscribe(t, "a", follower, advertiserID(1)) // the id is free again
			p.subscribers(t, 3)
		})
	}
}

// TestTwoProcessesHearTheSame changes a campaign before clients of two processes.
func TestTwoProcessesHearTheSame(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	var clients []*socketClient
	for range 2 {
		p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
		c := p.signIn(t, 21)
		c.subscribe(t, "1", follower, advertiserID(1))
		p.subscribers(t, 1)
		clients = append(clients, c)
	}
	for i := range 5 {
		change(t, db, 1, 12, "Again", i)
		for _, c := range clients {
			c.hears(t, next("1", renamed("Again", i)))
		}
	}
}

// TestALostRoleEndsTheStream takes roles away from somebody who follows.
func TestALostRoleEndsTheStream(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	c, stays := p.signIn(t, 22), p.signIn(t, 1)
	c.subscribe(t, "1", follower, advertiserID(1))
	stays.subscribe(t, "1", follower, advertiserID(1))
	p.subscribers(t, 2)
	stream := bufio.NewReader(p.post(t.Context(), t, "22", "text/event-stream", payloadOf(follower, advertiserID(1))).Body)
	p.subscribers(t, 3)
	change(t, db, 1, 11, "Public", 6) // who hears it has been let in
	stays.hears(t, next("1", renamed("Public", 6)))
	c.hears(t, next("1", renamed("Public", 6)))
	if got, err := streamed(stream); err != nil || got != "event: next|data: "+renamed("Public", 6) {
		t.Fatal(got, err)
	}
	db.MustExec(`DELETE FROM member WHERE user_id = 22 AND role = 'ANALYST'`)
	change(t, db, 1, 11, "Secret", 7)
	stays.hears(t, next("1", renamed("Secret", 7)))
	got, err := c.hear()
	if err != nil || !strings.Contains(got, `"code":"FORBIDDEN"`) || !strings.Contains(got, `"data":{"campaignChanged":null}`) || strings.Contains(got, "Secret") {
		t.Fatal(got, err)
	}
	c.hears(t, `{"id":"1","type":"complete"}`)
	if got, err := streamed(stream); err != nil || !strings.Contains(got, `"code":"FORBIDDEN"`) {
		t.Fatal(got, err)
	}
	if got, err := streamed(stream); err != nil || got != "event: complete|data:" {
		t.Fatal(got, err)
	}
	p.subscribers(t, 1)
	for id, want := range map[string]string{advertiserID(1): "FORBIDDEN", advertiserID(3): "NOT_FOUND", advertiserID(999): "NOT_FOUND", campaignID(1, 11): "NOT_FOUND", "x": "INVALID"} {
		c.subscribe(t, "2", follower, id)
		if got, err := c.hear(); err != nil || !strings.HasPrefix(got, `{"id":"2","type":"error","payload":[{`) || !strings.Contains(got, want) {
			t.Error(id, got, err)
		}
	}
	db.MustExec(`DELETE FROM member WHERE user_id = 1 AND advertiser_id = 1`)
	change(t, db, 1, 11, "Secret", 8)
	if got, err := stays.hear(); err != nil || !strings.Contains(got, `"code":"NOT_FOUND"`) {
		t.Fatal(got, err)
	}
}

// TestErrorsHaveTheirPlace asks for what somebody may not see below an event, and
// for what is wrong, over both ways to answer.
func TestErrorsHaveTheirPlace(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	for _, o := range []Options{{}, {Executor: true}} {
		p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), o)
		c := p.signIn(t, 22)
		c.subscribe(t, "1", `subscription ($id: ID!) { c: campaignChanged(advertiserId: $id) { x: campaign { id advertiser { viewerRoles members(first: 1) { totalCount } savedViews(first: 5) { totalCount } } adGroups(first: 0) { totalCount } } } }`, advertiserID(1))
		p.subscribers(t, 1)
		change(t, db, 1, 11, "Boots", 1)
		got, err := c.hear()
		for _, want := range []string{
			`"path":["c","x","advertiser","members"]`, `"requires":"VIEW_MEMBERS"`, `"path":["c","x","adGroups"]`,
			`"data":{"c":{"x":{"id":"` + campaignID(1, 11) + `","advertiser":{"viewerRoles":["ANALYST","FINANCE_MANAGER"],"members":null,"savedViews":{"totalCount":`,
		} {
			if err != nil || !strings.Contains(got, want) {
				t.Errorf("no %s in %s %v", want, got, err)
			}
		}
	}
}

// TestSharedAnswersAreOnesOwn has people with other roles ask the same of the same
// event, and what is one's own.
func TestSharedAnswersAreOnesOwn(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, `INSERT INTO member (advertiser_id, user_id, role, created_at) VALUES (1, 2, 'ADMIN', '2026-01-01')`)
	db := pgtest.DB(t, dsn)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	const query = `subscription ($id: ID!) { campaignChanged(advertiserId: $id) { campaign { name advertiser { viewerRoles ...F } } } } fragment F on Advertiser { `
	for below, want := range map[string]map[int64]string{
		"name":                                {1: `["OWNER","FINANCE_MANAGER"]`, 2: `["ADMIN"]`, 21: `["ADMIN"]`, 22: `["ANALYST","FINANCE_MANAGER"]`},
		"savedViews(first: 1) { totalCount }": {1: `["OWNER","FINANCE_MANAGER"]`, 21: `["ADMIN"]`},
	} {
		clients := map[int64]*socketClient{}
		for user := range want {
			clients[user] = p.signIn(t, user)
			clients[user].subscribe(t, "1", query+below+"}", advertiserID(1))
		}
		p.subscribers(t, len(want))
		for version := range 3 {
			change(t, db, 1, 11, "Boots", version)
			for user, c := range clients {
				if got, err := c.hear(); err != nil || !strings.Contains(got, `"viewerRoles":`+want[user]) {
					t.Errorf("%d: %s %v", user, got, err)
				}
			}
		}
		for _, c := range clients {
			_ = c.CloseNow()
		}
		p.subscribers(t, 0)
	}
}

// TestALostConnectionIsMissedEvents breaks the connection that listens.
func TestALostConnectionIsMissedEvents(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	c := p.signIn(t, 1)
	c.subscribe(t, "1", follower, advertiserID(1))
	c.subscribe(t, "2", `subscription ($id: ID!) { metricsAdvanced(advertiserId: $id) { missed } }`, advertiserID(1))
	p.subscribers(t, 2)
	db.MustExec(`SELECT pg_notify('adsgraph', '{"a":1,"c":[424242],"m":true}')`)
	for range 2 { // both have been let in
		if _, err := c.hear(); err != nil {
			t.Fatal(err)
		}
	}
	// All connections of the database but this one end, those of the store too.
	if n := count(t, db, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); n < 2 {
		t.Fatal(n)
	}
	var got []string
	for range 2 {
		m, err := c.hear()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, m)
	}
	slices.Sort(got)
	want := []string{
		next("1", `{"data":{"campaignChanged":{"missed":true,"campaign":null}}}`), next("2", `{"data":{"metricsAdvanced":{"missed":true}}}`),
	}
	if !slices.Equal(got, want) {
		t.Fatal(got)
	}
	change(t, db, 1, 11, "And on", 5)
	c.hears(t, next("1", renamed("And on", 5)))
}

func count(t testing.TB, db *sqlx.DB, query string) (n int) {
	t.Helper()
	if err := db.GetContext(t.Context(), &n, query); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestStreamsAndAnswers asks by POST with Accept headers of clients.
func TestStreamsAndAnswers(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	const urql = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
	const query = `{"query":"{ viewer { __typename } }"}`
	for _, c := range []struct {
		accept, body string
		status       int
		has          string
	}{
		{urql, query, 200, `{"data":{"viewer":{"__typename":"Viewer"}}}`},
		{"text/event-stream", query, 200, "event: next\ndata: {\"data\":{\"viewer\":{\"__typename\":\"Viewer\"}}}\n\nevent: complete"},
		{"application/json", payloadOf(follower, advertiserID(1)), 406, "text/event-stream"},
		{"text/event-stream", `{"query":"{"}`, 400, "GRAPHQL_PARSE_FAILED"},
		{"text/event-stream", payloadOf(follower, advertiserID(2)), 200, "NOT_FOUND"},
	} {
		r := p.post(t.Context(), t, "1", c.accept, c.body)
		b, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != c.status || !strings.Contains(string(b), c.has) {
			t.Errorf("%s %s: %d %s %v", c.accept, c.body, r.StatusCode, b, err)
		}
	}
	if r := p.post(t.Context(), t, "x", "text/event-stream", payloadOf(follower, advertiserID(1))); r.StatusCode != http.StatusUnauthorized {
		t.Error(r.StatusCode)
	}
}

// TestStreamsOutlastTimeouts has a stream go on for longer than a server gives
// other requests, until the token ends.
func TestStreamsOutlastTimeouts(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	short := httptest.NewUnstartedServer(p.Config.Handler)
	short.Config.ReadTimeout, short.Config.WriteTimeout = 500*time.Millisecond, 500*time.Millisecond
	short.Start()
	defer short.Close()
	ending := fmt.Sprintf("1@%d", time.Now().Add(1200*time.Millisecond).UnixMilli())
	b, err := io.ReadAll((&process{Server: short}).post(t.Context(), t, ending, "text/event-stream", payloadOf(follower, advertiserID(1))).Body)
	if err != nil || !strings.Contains(string(b), "UNAUTHENTICATED") || !strings.HasSuffix(string(b), "event: complete\ndata:\n\n") {
		t.Error(string(b), err)
	}
}

// TestNothingIsLeftOfClients compares goroutines before and after clients come and
// go without a word.
func TestNothingIsLeftOfClients(t *testing.T) { //nolint:paralleltest // it counts goroutines
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	come := func() {
		ctx, cancel := context.WithCancel(t.Context())
		var sockets []*socketClient
		for range 20 {
			c := p.signIn(t, 1)
			c.subscribe(t, "1", follower, advertiserID(1))
			c.subscribe(t, "2", follower, advertiserID(3))
			sockets = append(sockets, c)
			p.post(ctx, t, "1", "text/event-stream", payloadOf(follower, advertiserID(1)))
		}
		p.subscribers(t, 60)
		change(t, db, 1, 11, "Boots", 1)
		for _, c := range sockets {
			if _, err := c.hear(); err != nil {
				t.Fatal(err)
			}
			_ = c.CloseNow()
		}
		cancel()
		p.subscribers(t, 0)
		p.Client().CloseIdleConnections()
	}
	come() // the pool of the database opens
	base := runtime.NumGoroutine()
	start := time.Now()
	come()
	soon(t, fmt.Sprintf("%d goroutines as before", base), func() bool { return runtime.NumGoroutine() <= base+2 })
	t.Logf("%d goroutines as before, %s after the first came", base, time.Since(start).Round(time.Millisecond))
}

// TestDrain stops a process that has clients.
func TestDrain(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	c := p.signIn(t, 1)
	c.subscribe(t, "1", follower, advertiserID(1))
	stream := bufio.NewReader(p.post(t.Context(), t, "1", "text/event-stream", payloadOf(follower, advertiserID(1))).Body)
	p.subscribers(t, 2)
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		p.hub.Drain(context.Background())
	}()
	if got := c.closed(t); got != websocket.StatusServiceRestart {
		t.Error(got)
	}
	if got, err := streamed(stream); err != nil || got != "retry: 1000" {
		t.Error(got, err)
	}
	if _, err := streamed(stream); !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	select {
	case <-drained:
	case <-time.After(patience):
		t.Fatal("not drained")
	}
	p.subscribers(t, 0)
	if _, status, err := p.open(t.Context(), nil, protocol); err == nil || status != http.StatusServiceUnavailable {
		t.Error(status, err)
	}
}

// TestManyFollow has many people follow one account: each gets every change once,
// in order, and the database is asked as often as for a few.
func TestManyFollow(t *testing.T) { //nolint:paralleltest // it measures
	many := pgtest.Rounds(1000, 200)
	dsn := smallDatabase(t, `INSERT INTO app_user (id, email, name) SELECT n, n || '@example.com', 'N' FROM generate_series(1000, 1999) AS n;
INSERT INTO member (advertiser_id, user_id, role, created_at) SELECT 1, n, 'ANALYST', '2026-01-01' FROM generate_series(1000, 1999) AS n`)
	db := pgtest.DB(t, dsn)
	var mu sync.Mutex
	statements := map[string]int{}
	s := pgtest.OpenHooked(t, dsn, func(_ context.Context, query string) error {
		mu.Lock()
		defer mu.Unlock()
		name, _, _ := strings.Cut(strings.TrimPrefix(query, "-- name: "), "\n")
		statements[name]++
		return nil
	})
	p := newProcess(t, dsn, s, Options{})
	const changes = 20
	measure := func(clients []*socketClient) (names string, slowest time.Duration) {
		for i := range changes + 1 {
			if i == 1 { // who heard the first has been let in
				mu.Lock()
				clear(statements)
				mu.Unlock()
				slowest = 0
			}
			campaign, name := []int64{11, 12}[i%2], fmt.Sprintf("Change %d", i)
			start := time.Now()
			change(t, db, 1, campaign, name, i)
			var all sync.WaitGroup
			for _, c := range clients {
				all.Go(func() {
					if got, err := c.hear(); err != nil || got != next("1", renamed(name, i)) {
						t.Errorf("change %d: %s %v", i, got, err)
					}
				})
			}
			all.Wait()
			if t.Failed() {
				t.FailNow()
			}
			slowest = max(slowest, time.Since(start))
		}
		mu.Lock()
		defer mu.Unlock()
		return fmt.Sprint(statements), slowest
	}
	var clients []*socketClient
	join := func(n int) {
		for len(clients) < n {
			c := p.signIn(t, int64(1000+len(clients)))
			c.subscribe(t, "1", follower, advertiserID(1))
			clients = append(clients, c)
		}
		p.subscribers(t, n)
	}
	join(10)
	few, _ := measure(clients)
	join(many)
	all, slowest := measure(clients)
	t.Logf("%d subscribers, %d changes: the last has each within %s; statements %s", many, changes, slowest.Round(time.Millisecond), all)
	if few != all {
		t.Errorf("10 subscribers need %s, %d need %s", few, many, all)
	}
}

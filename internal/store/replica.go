package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/fault"
)

// Read replicas are standbys of the database. Each query is sent to one of them, all
// of it; whatever writes, and whatever follows a write too closely for the
// replicas, goes to the primary. How far a replica is behind is told by positions
// of the log: time since the last commit that it replayed says nothing of a primary
// that is idle.
const (
	// pollEvery is how often each server is asked for its position, pollWaiting how
	// often while somebody waits for it, and pollTime how long it may take.
	pollEvery   = 100 * time.Millisecond
	pollWaiting = 10 * time.Millisecond
	pollTime    = time.Second
	// positionLife is how long a position is believed. When the primary does not
	// answer, nobody knows what a replica lacks, such as that somebody lost access.
	positionLife = 2 * time.Second
	// maxAge is how old what a replica shows may be, and maxLag how many bytes of the
	// log it may lack.
	maxAge = 10 * time.Second
	maxLag = 16 << 20
	// maxCatchUp is how long an operation waits for a replica that lacks a write
	// which the client has seen.
	maxCatchUp = 50 * time.Millisecond
	// markLife is how long a client's mark holds: longer than maxAge, after which a
	// replica has the write or is not used.
	markLife = 30 * time.Second
)

// position is a place in the log of a database, as a server said it.
type position struct {
	system   string // the database's identifier, which its standbys share
	timeline string // changes when a standby is promoted; empty of standbys
	at       int64
	// asked and seen are when the server was asked, and when it had said so.
	asked, seen time.Time
}

// replica is one standby, as a store of its own that only reads.
type replica struct {
	*Store
	name    string
	waiting atomic.Int32 // how many operations wait for it to catch up

	mu       sync.Mutex
	position                 // zero while it cannot be used
	alive    context.Context //nolint:containedctx // ends when the replica is dropped
	drop     context.CancelCauseFunc
	moved    bool  // since the primary's timeline changed
	before   int64 // where it was then
	diverged bool  // it has what the primary never had
}

// primary is what the primary said.
type primary struct {
	mu   sync.Mutex
	last position
	// flushed is a position a second, the oldest first, back to maxAge.
	flushed []position
}

// errLost is why the statements of a replica end that is dropped.
var errLost = errors.New("the replica does not answer")

// FollowReplicas sends queries to replicas from now on, and keeps asking how far they
// are until ctx ends. Each address is that of a standby; row-level security and a
// pooler are as with s.
func (s *Store) FollowReplicas(ctx context.Context, addresses []string) error {
	for i, dsn := range addresses {
		connector, err := connectorOf(dsn, s.options.Pooled)
		if err != nil {
			return fmt.Errorf("read the address of replica %d: %w", i+1, err)
		}
		r := &replica{Store: NewStore(connector, s.options, s.now), name: strconv.Itoa(i + 1)}
		r.Resize(s.db.Stats().MaxOpenConnections)
		s.replicas = append(s.replicas, r)
	}
	if len(s.replicas) == 0 {
		return nil
	}
	var asked sync.WaitGroup // once, so that the first operations can use them
	asked.Go(func() { s.pollPrimary(ctx) })
	for _, r := range s.replicas {
		asked.Go(func() { s.pollReplica(ctx, r) })
	}
	asked.Wait()
	for _, r := range s.replicas {
		if !r.has(0, time.Now()) { //nolint:forbidigo // how old positions are
			slog.WarnContext(ctx, "a read replica is not used, until it answers as one of this database", "replica", r.name)
		}
	}
	go repeat(ctx, nil, func() { s.pollPrimary(ctx) })
	for _, r := range s.replicas {
		go repeat(ctx, &r.waiting, func() { s.pollReplica(ctx, r) })
	}
	return nil
}

// repeat calls poll until ctx ends, more often while somebody waits.
func repeat(ctx context.Context, waiting *atomic.Int32, poll func()) {
	ticks := time.NewTicker(pollWaiting)
	defer ticks.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			if n%int(pollEvery/pollWaiting) == 0 || waiting != nil && waiting.Load() > 0 {
				poll()
			}
		}
	}
}

// Replicas get what was flushed. Where commits do not wait for that, a write may be
// behind it.
const primaryPosition = `-- name: PrimaryPosition
SELECT c.system_identifier::text, substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8),
  (CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint,
  (pg_current_wal_insert_lsn() - '0/0')::bigint
FROM pg_control_system() AS c`

// A standby that was promoted is none any more.
const replicaPosition = `-- name: ReplicaPosition
SELECT c.system_identifier::text, '', (pg_last_wal_replay_lsn() - '0/0')::bigint, 0 FROM pg_control_system() AS c WHERE pg_is_in_recovery()`

// ask returns the position of a server, and of the primary where its log ends,
// flushed or not.
func ask(ctx context.Context, db *sqlx.DB, statement string) (p position, end int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, pollTime)
	defer cancel()
	p.asked = time.Now() //nolint:forbidigo // to compare
	err = db.QueryRowContext(ctx, statement).Scan(&p.system, &p.timeline, &p.at, &end)
	p.seen = time.Now() //nolint:forbidigo // how old it is
	return p, end, err
}

func (s *Store) pollPrimary(ctx context.Context) {
	p, _, err := ask(ctx, s.probes, primaryPosition)
	if err != nil {
		return // it is too old soon
	}
	s.primary.mu.Lock()
	defer s.primary.mu.Unlock()
	last := s.primary.last
	s.primary.last = p
	if last.timeline != "" && last.timeline != p.timeline { // another server is the primary now
		slog.WarnContext(ctx, "the primary has changed: replicas wait until they follow it")
		s.primary.flushed = nil
		for _, r := range s.replicas {
			r.distrust()
		}
	}
	f := s.primary.flushed
	if len(f) == 0 || p.seen.Sub(f[len(f)-1].seen) >= time.Second {
		f = append(f, p)
	}
	for len(f) > 1 && p.seen.Sub(f[1].seen) >= maxAge {
		f = f[1:]
	}
	s.primary.flushed = f
}

// distrust leaves a replica out until it moves: one that has what the new primary
// never had stands still.
func (r *replica) distrust() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.moved, r.before = false, r.at
}

func (s *Store) pollReplica(ctx context.Context, r *replica) {
	p, _, err := ask(ctx, r.probes, replicaPosition)
	now := s.primaryPosition()
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err != nil:
	case now.system != "" && now.system != p.system:
		err = errors.New("it is a server of another database")
	case r.diverged || now.asked.After(p.seen) && p.at > now.at:
		r.diverged = true
		err = errors.New("it has what the primary has not, and must be made anew")
	}
	if err != nil {
		if ctx.Err() == nil {
			r.lose(ctx, err)
		}
		return
	}
	r.moved = r.moved || p.at != r.before
	if r.alive == nil {
		slog.InfoContext(ctx, "a read replica is used", "replica", r.name)
		r.alive, r.drop = context.WithCancelCause(context.WithoutCancel(ctx))
	}
	r.position = p
}

// lose leaves a replica out until it answers again, and ends its statements. r.mu is
// held.
func (r *replica) lose(ctx context.Context, err error) {
	if r.alive == nil {
		return
	}
	slog.WarnContext(ctx, "a read replica is not used", "replica", r.name, "err", err)
	r.drop(errLost)
	r.alive, r.position = nil, position{}
}

func (s *Store) primaryPosition() position {
	s.primary.mu.Lock()
	defer s.primary.mu.Unlock()
	return s.primary.last
}

// needed returns the position that a replica must have to be used at all, and
// whether one is known.
func (s *Store) needed(now time.Time) (need int64, ok bool) {
	s.primary.mu.Lock()
	defer s.primary.mu.Unlock()
	p := s.primary.last
	if p.seen.IsZero() || now.Sub(p.seen) >= positionLife {
		return 0, false
	}
	need = p.at - maxLag
	if old := s.primary.flushed[0]; now.Sub(old.seen) >= maxAge {
		need = max(need, old.at)
	}
	return need, true
}

// has tells whether a replica can be used that must have a position.
func (r *replica) has(need int64, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.alive != nil && r.moved && now.Sub(r.seen) < positionLife && r.at >= need
}

// route is where the reads of one operation go.
type route struct {
	replica *replica
	// lost is whether the replica failed: what is left goes to the primary.
	lost atomic.Bool
}

type routeKey struct{}

// routed returns the replica that ctx's operation reads from, nil for the primary.
func routed(ctx context.Context) *route {
	if to, _ := ctx.Value(routeKey{}).(*route); to != nil && !to.lost.Load() {
		return to
	}
	return nil
}

// IsRouted tells whether the operation that ctx belongs to reads from a replica.
func IsRouted(ctx context.Context) bool { return routed(ctx) != nil }

// Route returns a context whose reads go to one replica, which has what the
// client has seen, or to the primary if there is none. The mark is what Mark
// returned to the client, or Latest, or empty for none; what is no mark, or of
// another database, or too old, counts as none.
func (s *Store) Route(ctx context.Context, mark string) context.Context {
	if len(s.replicas) == 0 {
		return ctx
	}
	seen := s.parseMark(mark)
	if mark == Latest {
		_, end, err := ask(ctx, s.db, primaryPosition)
		if err != nil {
			return ctx
		}
		seen = end
	}
	if seen == always {
		return ctx
	}
	ctx2, cancel := context.WithTimeout(ctx, maxCatchUp)
	defer cancel()
	first := int(s.turn.Add(1))
	for {
		now := time.Now() //nolint:forbidigo // how old positions are
		need, ok := s.needed(now)
		if !ok {
			return ctx
		}
		hope := false // that waiting helps
		for i := range s.replicas {
			r := s.replicas[(first+i)%len(s.replicas)]
			if r.has(max(need, seen), now) {
				return context.WithValue(ctx, routeKey{}, &route{replica: r})
			}
			hope = hope || r.has(need, now)
		}
		if !hope || !s.waitForReplicas(ctx2) {
			return ctx
		}
	}
}

// waitForReplicas waits until replicas may have moved; false if ctx ends before.
func (s *Store) waitForReplicas(ctx context.Context) bool {
	for _, r := range s.replicas {
		r.waiting.Add(1)
		defer r.waiting.Add(-1)
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pollWaiting / 2):
		return true
	}
}

// Latest is a mark for everything that was committed before the request: that of a
// client which has heard of a change, and not from its own write.
const Latest = "latest"

// always is a position that no replica has.
const always = 1<<63 - 1

// Mark returns what a client sends along to see its write from now on, wherever it
// asks; empty where there are no replicas. It must be called once the write is
// committed. It is the position of the log, which the replica must have then.
func (s *Store) Mark(ctx context.Context) string {
	if len(s.replicas) == 0 {
		return ""
	}
	p, _, err := ask(ctx, s.writers, primaryPosition)
	if err != nil { // then let it ask the primary, for as long as marks hold
		p = position{system: "-", timeline: "-", at: always}
	}
	until := time.Now().Add(markLife).Unix() //nolint:forbidigo // how long it holds
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "1 %s %s %x %d", p.system, p.timeline, p.at, until))
}

// parseMark returns the position that a mark holds, 0 for none. Where the timeline
// is another, only the primary is sure to have it.
func (s *Store) parseMark(mark string) int64 {
	text, err := base64.RawURLEncoding.DecodeString(mark)
	if err != nil || mark == "" || len(mark) > 200 {
		return 0
	}
	parts := strings.Split(string(text), " ")
	if len(parts) != 5 || parts[0] != "1" {
		return 0
	}
	at, err := strconv.ParseInt(parts[3], 16, 64)
	until, alsoErr := strconv.ParseInt(parts[4], 10, 64)
	left := time.Until(time.Unix(until, 0))
	p := s.primaryPosition()
	switch {
	case err != nil, alsoErr != nil, at < 0, left <= 0, left > markLife+time.Second:
		return 0
	case at == always:
		return always
	case parts[1] != p.system:
		return 0
	case parts[2] != p.timeline, at > p.at+maxLag: // the latter is made up, or we are far behind
		return always
	}
	return at
}

// read runs a read where its operation was routed to: on a replica, whose name it
// returns, or on the primary. If the replica fails before it returned a row, the
// primary is asked.
func (s *Store) read(ctx context.Context, q statement, scan func(*sqlx.Rows) error) (rows int, server string, err error) { //nolint:contextcheck // the other context is the life of the replica
	to := routed(ctx)
	if to == nil {
		rows, err = s.query(ctx, q, scan)
		return rows, "", err
	}
	to.replica.mu.Lock()
	alive := to.replica.alive
	to.replica.mu.Unlock()
	if alive == nil {
		to.lost.Store(true)
		rows, err = s.query(ctx, q, scan)
		return rows, "", err
	}
	own, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(alive, func() { cancel(context.Cause(alive)) }) //nolint:contextcheck // the same
	rows, err = to.replica.query(own, q, scan)
	stop()
	cancel(nil)
	e := pq.As(err)
	if err == nil || ctx.Err() != nil || e != nil && e.Code == "57014" && !errors.Is(context.Cause(own), errLost) { // it took too long, anywhere
		return rows, to.replica.name, err
	}
	to.lost.Store(true)
	level := slog.LevelWarn
	if e != nil && e.Code == "25006" {
		level = slog.LevelError // it was asked to write
	}
	slog.Log(ctx, level, "a read replica failed", "replica", to.replica.name, "statement", q.name(), "err", err)
	if rows > 0 { // the caller has taken some of them
		return rows, to.replica.name, errors.Join(fault.New(fault.Unavailable, "The database cannot be reached. Try again in a moment."), err)
	}
	rows, err = s.query(ctx, q, scan)
	return rows, "", err
}

// onPrimary tells whether to try again what failed because a replica is older than
// what the client has seen: it was routed to one, and is not from now on.
func onPrimary(ctx context.Context) bool {
	to := routed(ctx)
	if to != nil {
		to.lost.Store(true)
	}
	return to != nil
}

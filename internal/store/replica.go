package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/fault"
)

// Read replicas are standbys of the database. Each operation that only reads is
// sent to one of them, all of it; whatever writes, and whatever follows a write
// too closely for the replicas, goes to the primary. How far a replica is behind is
// told by positions of the log, not by time: on an idle primary nothing is ever
// late.
const (
	// pollEvery is how often the positions are asked for, and positionLife how long
	// they are believed: when the primary does not answer, nobody knows what a
	// replica lacks, such as that somebody lost access.
	pollEvery    = 100 * time.Millisecond
	positionLife = 2 * time.Second
	// maxLag is how many bytes of the log a replica may lack.
	maxLag = 16 << 20
	// maxCatchUp is how long an operation waits for a replica that lacks a write
	// which the client has seen.
	maxCatchUp = 50 * time.Millisecond
	// markLife is how long a client's mark holds. By then the replicas have the
	// write, or are not used.
	markLife = 30 * time.Second
)

// replica is one standby, as a store of its own that only reads.
type replica struct {
	*Store
	name string
	// replayed is the position up to which it has the log, seen when it said so, in
	// nanoseconds; 0 while it cannot be used.
	replayed, seen atomic.Int64
}

// primaryState is what the primary said last.
type primaryState struct {
	system  string
	flushed int64
	seen    time.Time
}

// FollowReplicas sends what only reads to replicas from now on, and keeps asking
// how far they are until ctx ends. Each address is that of a standby; row-level
// security holds there as it does for s.
func (s *Store) FollowReplicas(ctx context.Context, addresses []string) error {
	if len(addresses) == 0 {
		return nil
	}
	for i, dsn := range addresses {
		connector, err := newLinker(dsn)
		if err != nil {
			return fmt.Errorf("read the address of replica %d: %w", i+1, err)
		}
		r := &replica{name: strconv.Itoa(i + 1)}
		if s.finders != s.db {
			r.Store = NewFenced(connector, s.now)
		} else {
			r.Store = New(sqlx.NewDb(sql.OpenDB(connector), "postgres"), s.now)
		}
		r.Resize(s.db.Stats().MaxOpenConnections)
		s.replicas = append(s.replicas, r)
	}
	s.poll(ctx) // so that the first operations can use them
	go func() {
		ticks := time.NewTicker(pollEvery)
		defer ticks.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticks.C:
				s.poll(ctx)
			}
		}
	}()
	return nil
}

// Replicas get what was flushed. Where commits do not wait for that, a write may be
// behind it.
const primaryPosition = `-- name: PrimaryPosition
SELECT system_identifier::text,
  (CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint
FROM pg_control_system()`

// A standby that was promoted is none any more.
const replicaPosition = `-- name: ReplicaPosition
SELECT system_identifier::text, (pg_last_wal_replay_lsn() - '0/0')::bigint FROM pg_control_system() WHERE pg_is_in_recovery()`

// poll asks all servers for their position. One that does not answer in time is
// not used until it does.
func (s *Store) poll(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, positionLife)
	defer cancel()
	done := make(chan struct{}, len(s.replicas))
	for _, r := range s.replicas {
		go func() {
			defer func() { done <- struct{}{} }()
			s.pollReplica(ctx, r)
		}()
	}
	var now primaryState
	if err := s.probes.QueryRowContext(ctx, primaryPosition).Scan(&now.system, &now.flushed); err == nil {
		now.seen = time.Now() //nolint:forbidigo // how old it is
		s.primary.Store(&now)
	}
	for range s.replicas {
		<-done
	}
}

func (s *Store) pollReplica(ctx context.Context, r *replica) {
	var system string
	var replayed int64
	err := r.probes.QueryRowContext(ctx, replicaPosition).Scan(&system, &replayed)
	if p := s.primary.Load(); err == nil && p != nil && p.system != system {
		err = errors.New("it is a server of another database")
	}
	was := r.seen.Load()
	if err != nil {
		if was != 0 && ctx.Err() == nil || was != 0 && errors.Is(ctx.Err(), context.DeadlineExceeded) {
			slog.WarnContext(ctx, "a read replica is not used", "replica", r.name, "err", err)
		}
		r.seen.Store(0)
		return
	}
	if was == 0 {
		slog.InfoContext(ctx, "a read replica is used", "replica", r.name)
	}
	r.replayed.Store(replayed)
	r.seen.Store(time.Now().UnixNano()) //nolint:forbidigo // how old it is
}

// usable tells whether a replica is known to lack little.
func (s *Store) usable(r *replica) bool {
	p, seen := s.primary.Load(), r.seen.Load()
	if p == nil || seen == 0 {
		return false
	}
	now := time.Now() //nolint:forbidigo // how old the positions are
	return now.Sub(p.seen) < positionLife && now.Sub(time.Unix(0, seen)) < positionLife && p.flushed-r.replayed.Load() <= maxLag
}

// route is where the reads of one operation go.
type route struct {
	replica *replica
	// lost is whether the replica failed: what is left goes to the primary.
	lost atomic.Bool
}

type routeKey struct{}

// Route returns a context whose reads go to one replica, which has what the
// client has seen, or to the primary if there is none. The mark is what Mark
// returned to the client, or Latest, or empty for none; what is no mark, or of
// another database, or too old, counts as none.
func (s *Store) Route(ctx context.Context, mark string) context.Context {
	if len(s.replicas) == 0 {
		return ctx
	}
	need := s.parseMark(mark)
	if mark == Latest {
		need = s.latest(ctx)
	}
	start := int(s.turn.Add(1))
	for i := range s.replicas {
		r := s.replicas[(start+i)%len(s.replicas)]
		if s.usable(r) && (r.replayed.Load() >= need || r.catchUp(ctx, need)) {
			return context.WithValue(ctx, routeKey{}, &route{replica: r})
		}
	}
	return ctx
}

// Latest is a mark for everything that was committed before the request: that of a
// client which has heard of a change, and not from its own write.
const Latest = "latest"

// latest returns the primary's position, or one that no replica has.
func (s *Store) latest(ctx context.Context) int64 {
	var system string
	var flushed int64
	if s.db.QueryRowContext(ctx, primaryPosition).Scan(&system, &flushed) != nil {
		return always
	}
	return flushed
}

// catchUp waits a little for a replica to get to a position.
func (r *replica) catchUp(ctx context.Context, position int64) bool {
	if position == always {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, maxCatchUp)
	defer cancel()
	ticks := time.NewTicker(maxCatchUp / 10)
	defer ticks.Stop()
	for {
		var system string
		var replayed int64
		if r.db.QueryRowContext(ctx, replicaPosition).Scan(&system, &replayed) != nil {
			return false
		}
		if replayed >= position {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-ticks.C:
		}
	}
}

// always is a position that no replica has.
const always = 1<<63 - 1

// Mark returns what a client sends along to see its write from now on, wherever it
// asks; empty where there are no replicas. It must be called once the write is
// committed. It is the position of the log, which the replica must have then.
func (s *Store) Mark(ctx context.Context) string {
	if len(s.replicas) == 0 {
		return ""
	}
	var system string
	var flushed int64
	if err := s.writers.QueryRowContext(ctx, primaryPosition).Scan(&system, &flushed); err != nil {
		flushed = always // then let it ask the primary, for as long as marks hold
		if p := s.primary.Load(); p != nil {
			system = p.system
		}
	}
	until := time.Now().Add(markLife).Unix() //nolint:forbidigo // how long it holds
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "1 %s %x %d", system, flushed, until))
}

// parseMark returns the position that a mark holds, 0 for none.
func (s *Store) parseMark(mark string) int64 {
	p := s.primary.Load()
	text, err := base64.RawURLEncoding.DecodeString(mark)
	if err != nil || mark == "" || len(mark) > 200 || p == nil {
		return 0
	}
	parts := strings.Split(string(text), " ")
	if len(parts) != 4 || parts[0] != "1" || parts[1] != p.system {
		return 0
	}
	position, err := strconv.ParseInt(parts[2], 16, 64)
	until, alsoErr := strconv.ParseInt(parts[3], 10, 64)
	left := time.Until(time.Unix(until, 0)) //nolint:forbidigo // how long it holds
	if err != nil || alsoErr != nil || position < 0 || left <= 0 || left > markLife+time.Second {
		return 0
	}
	return position
}

// read runs a read where its operation was routed to: on a replica, whose name it
// returns, or on the primary. A replica that fails before it returned a row is
// replaced by the primary.
func (s *Store) read(ctx context.Context, q statement, scan func(*sqlx.Rows) error) (rows int, server string, err error) {
	to, _ := ctx.Value(routeKey{}).(*route)
	if to == nil || to.lost.Load() {
		rows, err = s.query(ctx, q, scan)
		return rows, "", err
	}
	rows, err = to.replica.query(ctx, q, scan)
	if err == nil || ctx.Err() != nil || !isLost(err) {
		return rows, to.replica.name, err
	}
	to.lost.Store(true)
	to.replica.seen.Store(0) // until it answers again
	level := slog.LevelWarn
	if e := pq.As(err); e != nil && e.Code == "25006" {
		level = slog.LevelError // it was asked to write
	}
	slog.Log(ctx, level, "a read replica failed", "replica", to.replica.name, "statement", q.name(), "err", err)
	if rows > 0 { // the caller has taken some of them
		return rows, to.replica.name, errors.Join(fault.New(fault.Unavailable, "The database cannot be reached. Try again in a moment."), err)
	}
	rows, err = s.query(ctx, q, scan)
	return rows, "", err
}

// isLost tells whether an error means that the server, or the session, is in
// trouble, and not the statement. A standby also cuts sessions off that are in the
// way of what it replays.
func isLost(err error) bool {
	if e := pq.As(err); e != nil {
		return unavailable(string(e.Code)) || e.Code == "40001" || e.Code == "25006" || e.Code == "55000" || e.Code == "57014"
	}
	var network *net.OpError
	return errors.As(err, &network) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, errNoConnection) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

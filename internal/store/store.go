// Package store is PostgreSQL: every SQL statement of the service is here.
//
// Each statement reads or writes within one advertiser, whose id is its first
// argument; statements over several advertisers join such parts. Text that a
// client sent is only ever an argument.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/fault"
)

// Store reads and writes one database. It is safe for concurrent use.
type Store struct {
	db *sqlx.DB
	// finders is for statements that are fenced by viewer, writers for those that
	// change something; both are db without row-level security.
	finders, writers *sqlx.DB
	// probes is for Ping; it is db where there is no address to connect to again.
	probes *sqlx.DB

	options Options
	now     func() time.Time

	// replicas are asked what only reads; turn says which is first.
	replicas []*replica
	turn     atomic.Uint32
	primary  primary

	mu       sync.Mutex
	uses     uint64 // of prepared statements, so far
	prepared map[string]*prepared
}

// DefaultConnections is the size of the pool unless Resize sets another. A machine's
// cores decide how many statements run well at once, not its clients; see
// docs/benchmarks.md.
const DefaultConnections = 16

// ConnectionsOf returns how many connections a server opens at most whose pool has
// so many: behind row-level security changes and finding out who may see what have
// pools of half the size, and one each listens and probes.
func ConnectionsOf(pool int) int { return pool + 2*(pool/2) + 2 }

// maxPrepared bounds the statements kept prepared on each connection. Screens
// need some dozens; composed statements of an explorer may need many more.
const maxPrepared = 500

// OpenDB connects to a database.
func OpenDB(ctx context.Context, dsn string) (*sqlx.DB, error) {
	connector, err := newLinker(dsn, false)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	db := sqlx.NewDb(sql.OpenDB(connector), "postgres")
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	return db, nil
}

// New makes a Store of a connection pool, which it owns from then on. The clock
// decides what "today" and "already started" mean.
func New(db *sqlx.DB, now func() time.Time) *Store {
	s := &Store{db: db, finders: db, writers: db, probes: db, now: now, prepared: map[string]*prepared{}}
	s.Resize(DefaultConnections)
	return s
}

// Resize sets how many connections there are at most, of 2 or more.
func (s *Store) Resize(connections int) {
	for _, pool := range []*sqlx.DB{s.finders, s.writers, s.db} {
		n := connections
		if pool != s.db {
			n = connections / 2
		}
		pool.SetMaxOpenConns(n)
		pool.SetMaxIdleConns(n) // closing idle connections would throw away prepared statements
	}
}

// Close gives the connections back.
func (s *Store) Close() error {
	errs := []error{s.db.Close(), s.finders.Close(), s.writers.Close(), s.probes.Close()}
	for _, r := range s.replicas {
		errs = append(errs, r.Close())
	}
	return errors.Join(errs...)
}

// Now returns the store's idea of the present.
func (s *Store) Now() time.Time { return s.now() }

// Ping tells whether the database answers and is migrated as far as this program
// needs. It has a connection of its own, so that a busy pool is no reason to say no:
// others would get the requests, and be as busy. Nor is a database without room for
// that connection, while the pool has some.
func (s *Store) Ping(ctx context.Context) error {
	err := s.probes.PingContext(ctx)
	if e := pq.As(err); e != nil && e.Code == tooManyConnections && s.db.Stats().OpenConnections > 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return checkVersion(ctx, s.probes)
}

// statement is a text with its arguments. The text's first line names it.
type statement struct {
	text  string
	args  []any
	fence fence
}

// name returns what stands behind "-- name:".
func (q statement) name() string {
	line, _, _ := strings.Cut(q.text, "\n")
	return strings.TrimPrefix(line, "-- name: ")
}

// each runs a statement and calls scan for each row, counting both for the
// operation that ctx belongs to.
func (s *Store) each(ctx context.Context, q statement, scan func(*sqlx.Rows) error) (err error) {
	if planning(ctx) {
		record(ctx, "", q, 0, 0)
		return nil
	}
	if err := begin(ctx); err != nil {
		return wrap(ctx, q, err)
	}
	start := time.Now()
	if err := enter(ctx); err != nil {
		report(ctx, "", q, 0, start, err)
		return wrap(ctx, q, err)
	}
	defer leave(ctx)
	rows, server, err := s.read(ctx, q, scan)
	number := report(ctx, server, q, rows, start, err)
	if err != nil {
		return wrap(ctx, q, err)
	}
	s.analyze(ctx, q, number)
	return nil
}

// query runs a statement on this store's own server.
func (s *Store) query(ctx context.Context, q statement, scan func(*sqlx.Rows) error) (rows int, err error) {
	p, err := s.acquire(ctx, q)
	if err != nil {
		return 0, err
	}
	defer s.release(p)
	q.fence.asked = time.Now()
	result, err := p.stmt.QueryxContext(context.WithValue(ctx, fenceKey{}, q.fence), q.args...)
	if err != nil {
		return 0, err
	}
	return scanAll(result, scan)
}

// scanAll calls scan for each row of a result, counts them, and closes it.
func scanAll(result *sqlx.Rows, scan func(*sqlx.Rows) error) (rows int, err error) {
	defer func() { _ = result.Close() }() // Err below tells what went wrong
	for result.Next() {
		rows++
		if err := scan(result); err != nil {
			return rows, err
		}
	}
	return rows, result.Err()
}

// prepared is a statement that database/sql prepares once per connection. It
// is closed when it was dropped from the store's table and nobody uses it.
type prepared struct {
	stmt    *sqlx.Stmt
	users   int
	used    uint64 // when it was used last, in uses
	dropped bool
}

// acquire returns the prepared form of a text; release must follow.
func (s *Store) acquire(ctx context.Context, q statement) (*prepared, error) {
	text, db := q.text, s.db
	if q.fence.viewer != 0 {
		db = s.finders
	}
	s.mu.Lock()
	p, ok := s.prepared[text]
	if ok {
		p.users++
		s.uses++
		p.used = s.uses
	}
	s.mu.Unlock()
	if ok {
		return p, nil
	}
	stmt, err := db.PreparexContext(ctx, text)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.prepared[text]; ok { // somebody was quicker
		_ = stmt.Close()
		p.users++
		return p, nil
	}
	if len(s.prepared) >= maxPrepared {
		s.drop()
	}
	s.uses++
	p = &prepared{stmt: stmt, users: 1, used: s.uses}
	s.prepared[text] = p
	return p, nil
}

// drop forgets the statement that was not used for longest. It is closed when
// nobody uses it, and not under the lock: closing talks to the database.
func (s *Store) drop() {
	oldest := ""
	for text, p := range s.prepared {
		if oldest == "" || p.used < s.prepared[oldest].used {
			oldest = text
		}
	}
	p := s.prepared[oldest]
	delete(s.prepared, oldest)
	p.dropped = true
	if p.users == 0 {
		go func() { _ = p.stmt.Close() }()
	}
}

func (s *Store) release(p *prepared) {
	s.mu.Lock()
	p.users--
	unused := p.users == 0 && p.dropped
	s.mu.Unlock()
	if unused {
		_ = p.stmt.Close()
	}
}

// wrap adds the statement's name to an error, and turns what is not our
// mistake into a fault that tells the client what to do.
func wrap(ctx context.Context, q statement, err error) error {
	var network *net.OpError
	serverError := pq.As(err)
	ended, _ := errors.AsType[*fault.Error](context.Cause(ctx)) // nil while ctx goes on
	switch {
	case ended != nil: // whoever ended it says why, such as that the viewer's token has expired
		err = errors.Join(ended, err)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		err = errors.Join(fault.New(fault.Timeout, "The database took too long. Ask for less, or try again."), err)
	case ctx.Err() != nil:
		err = errors.Join(fault.New(fault.Unavailable, "The request was given up."), err)
	case serverError != nil && serverError.Code == "57014": // cancelled by the server's own limit
		err = errors.Join(fault.New(fault.Timeout, "The database took too long. Ask for less, or try again."), err)
	case serverError != nil && serverError.Code == deadlock:
		err = errors.Join(fault.New(fault.Unavailable, "Others changed the same at the same moment. Nothing was changed; try again."), err)
	case serverError != nil && serverError.Code == diskFull:
		slog.ErrorContext(ctx, "the database has no space left: reads go on, changes do not; make room or enlarge its disk", "statement", q.name(), "err", err)
		err = errors.Join(fault.New(fault.Unavailable, "The database has no space left for changes. Nothing was changed; what is there can be read. Try again later.").After(diskFullWait), err)
	case serverError != nil && serverError.Code == tooManyConnections:
		slog.ErrorContext(ctx, "the database takes no more connections: raise its max_connections or lower --connections; adsgraph doctor compares the two", "statement", q.name(), "err", err)
		err = errors.Join(fault.New(fault.Unavailable, "The database is busy. Try again in a moment.").After(busyWait), err)
	case serverError != nil && unavailable(string(serverError.Code)),
		serverError == nil && (errors.As(err, &network) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, driver.ErrBadConn) ||
			errors.Is(err, errNoConnection) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		err = errors.Join(fault.New(fault.Unavailable, "The database cannot be reached. Try again in a moment."), err)
	case serverError != nil && quotes(string(serverError.Code)):
		err = unquoted{serverError}
	}
	return fmt.Errorf("%s: %w", q.name(), err)
}

// States of PostgreSQL that have messages of their own, and how long clients are
// told to wait then.
const (
	diskFull           = "53100"
	tooManyConnections = "53300"
	diskFullWait       = time.Minute
	busyWait           = time.Second
)

// unavailable tells whether an SQLSTATE means that the server, and not the
// statement, is in trouble.
func unavailable(state string) bool {
	switch state {
	case "57P01", "57P02", "57P03", "53200": // stopping, crashed, starting, memory used up
		return true
	}
	return strings.HasPrefix(state, "08") // connection exceptions
}

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
	"net"
	"strings"
	"sync"
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

	now func() time.Time

	mu       sync.Mutex
	uses     uint64 // of prepared statements, so far
	prepared map[string]*prepared
}

// maxConns is the size of the pool. A machine's cores decide how many
// statements run well at once, not its clients; see docs/benchmarks.md.
const maxConns = 16

// maxPrepared bounds the statements kept prepared on each connection. Screens
// need some dozens; composed statements of an explorer may need many more.
const maxPrepared = 500

// OpenDB connects to a database.
func OpenDB(ctx context.Context, dsn string) (*sqlx.DB, error) {
	db, err := sqlx.Open("postgres", dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	return db, nil
}

// New makes a Store of a connection pool, which it owns from then on. The clock
// decides what "today" and "already started" mean.
func New(db *sqlx.DB, now func() time.Time) *Store {
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxConns) // closing idle connections would throw away prepared statements
	return &Store{db: db, finders: db, writers: db, now: now, prepared: map[string]*prepared{}}
}

// Close gives the connections back.
func (s *Store) Close() error { return errors.Join(s.db.Close(), s.finders.Close(), s.writers.Close()) }

// Now returns the store's idea of the present.
func (s *Store) Now() time.Time { return s.now() }

// Ping tells whether the database answers and is migrated as far as this
// program needs.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return checkVersion(ctx, s.db)
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
	if err := begin(ctx); err != nil {
		return wrap(ctx, q, err)
	}
	start, rows := time.Now(), 0
	defer func() { report(ctx, q.name(), rows, start, err) }()
	if err := enter(ctx); err != nil {
		return wrap(ctx, q, err)
	}
	defer leave(ctx)
	p, err := s.acquire(ctx, q)
	if err != nil {
		return wrap(ctx, q, err)
	}
	defer s.release(p)
	q.fence.asked = start
	result, err := p.stmt.QueryxContext(context.WithValue(ctx, fenceKey{}, q.fence), q.args...)
	if err != nil {
		return wrap(ctx, q, err)
	}
	if rows, err = scanAll(result, scan); err != nil {
		return wrap(ctx, q, err)
	}
	return nil
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
	case serverError != nil && unavailable(string(serverError.Code)),
		serverError == nil && (errors.As(err, &network) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, driver.ErrBadConn) ||
			errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		err = errors.Join(fault.New(fault.Unavailable, "The database cannot be reached. Try again in a moment."), err)
	case serverError != nil && quotes(string(serverError.Code)):
		err = unquoted{serverError}
	}
	return fmt.Errorf("%s: %w", q.name(), err)
}

// unavailable tells whether an SQLSTATE means that the server, and not the
// statement, is in trouble.
func unavailable(state string) bool {
	switch state {
	case "57P01", "57P02", "57P03", "53300", "53200", "53100": // stopping, crashed, starting, connections, memory or disk used up
		return true
	}
	return strings.HasPrefix(state, "08") // connection exceptions
}

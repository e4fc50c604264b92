package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/lib/pq"

	"adsgraph/internal/observe"
)

// report tells of a statement that has ended, well or not: the operation that ctx
// belongs to, metrics and traces. Rows is how many it gave or changed, and replica
// where it ran, empty for the primary. It returns the number of the statement within
// its operation.
func report(ctx context.Context, replica string, q statement, rows int, start time.Time, err error) int {
	took := time.Since(start)
	number := record(ctx, replica, q, rows, took)
	s := observe.Statement{Name: q.name(), Rows: rows, Start: start, Duration: took}
	if err != nil {
		s.Failure = "given up"
		if e := pq.As(err); e != nil {
			s.Failure = string(e.Code)
		}
	}
	observe.StatementEnded(ctx, s)
	return number
}

// Pools returns the pools of connections, by what they are for: one, or with
// row-level security one for each role; and those of replicas.
func (s *Store) Pools() map[string]*sql.DB {
	pools := map[string]*sql.DB{"readers": s.db.DB}
	if s.finders != s.db {
		pools["finders"], pools["writers"] = s.finders.DB, s.writers.DB
	}
	for _, r := range s.replicas {
		for role, pool := range r.Pools() {
			pools["replica "+r.name+" "+role] = pool
		}
	}
	return pools
}

// waited adds to what the statements of an operation waited for a connection.
func waited(ctx context.Context, since time.Time) {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		s.waited.Add(int64(time.Since(since)))
	}
}

// Waited returns how long statements waited, all together, for their turn and for
// a connection, and for it to know them. Without row-level security only
// transactions are known to have waited.
func (s *Stats) Waited() time.Duration { return time.Duration(s.waited.Load()) }

// unquoted is an error of the server whose message may quote what was stored or
// sent. It says what happened without that, so that the log may have it.
type unquoted struct{ server *pq.Error }

// Error names the SQLSTATE and what it concerns.
func (e unquoted) Error() string {
	var text strings.Builder
	text.WriteString("pq: " + e.server.Code.Name() + " (" + string(e.server.Code) + ")")
	for _, part := range [...]struct{ what, name string }{
		{"table", e.server.Table}, {"column", e.server.Column}, {"constraint", e.server.Constraint},
	} {
		if part.name != "" {
			text.WriteString(", " + part.what + " " + part.name)
		}
	}
	return text.String()
}

// Unwrap returns the server's error.
func (e unquoted) Unwrap() error { return e.server }

// quotes tells whether the message of an SQLSTATE may hold values: those about data
// do, and those that functions of the database raise.
func quotes(state string) bool {
	return strings.HasPrefix(state, "22") || strings.HasPrefix(state, "P0")
}

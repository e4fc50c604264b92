package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// minServer is the oldest PostgreSQL that statements are written for, as the
// server's setting server_version_num has it.
const minServer = 15_00_00

// MaxSkew is how far the clocks of a server and of its database may differ before
// somebody is told.
const MaxSkew = 2 * time.Second

// Server is what a program wants to know of its database when it starts.
type Server struct {
	// Version is that of PostgreSQL, Schema the number of the last migration.
	Version string
	Schema  int64
	// Skew is by how much the database's clock is ahead of ours.
	Skew time.Duration
}

const serverVersion = `-- name: ServerVersion
SELECT current_setting('server_version'), current_setting('server_version_num')::int`

const serverClock = `-- name: ServerClock
SELECT clock_timestamp()`

// Server looks at the database. It fails if PostgreSQL is too old.
func (s *Store) Server(ctx context.Context) (Server, error) {
	var (
		found  Server
		number int
	)
	if err := s.probes.QueryRowContext(ctx, serverVersion).Scan(&found.Version, &number); err != nil {
		return Server{}, fmt.Errorf("read the version of PostgreSQL: %w", err)
	}
	if err := checkServer(number, found.Version); err != nil {
		return Server{}, err
	}
	var err error
	if found.Schema, _, err = versions(ctx, s.probes); err != nil {
		return Server{}, err
	}
	found.Skew, err = skew(ctx, s.probes, s.now)
	return found, err
}

// checkServer fails for a PostgreSQL that is too old.
func checkServer(number int, version string) error {
	if number < minServer {
		return fmt.Errorf("PostgreSQL %s is too old: %d or newer is needed", version, minServer/10_000)
	}
	return nil
}

// skew returns by how much the database's clock is ahead of ours, at the middle of
// the way to it and back.
func skew(ctx context.Context, db *sqlx.DB, now func() time.Time) (time.Duration, error) {
	var theirs time.Time
	before := now()
	if err := db.GetContext(ctx, &theirs, serverClock); err != nil {
		return 0, fmt.Errorf("read the database's clock: %w", err)
	}
	after := now()
	return theirs.Sub(before.Add(after.Sub(before) / 2)), nil
}

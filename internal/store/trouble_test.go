package store_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestNoMoreConnections takes away the database's room for connections: what has one
// goes on, others are told to wait, and the server stays ready while it has some. A
// pool that is used up does not make it less ready either.
func TestNoMoreConnections(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	admin := pgtest.DB(t, dsn)
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	role := strings.TrimPrefix(u.Path, "/") + "_user" // limits do not hold for superusers
	admin.MustExec("CREATE ROLE " + role + " LOGIN IN ROLE adsgraph_reader, adsgraph_finder, adsgraph_writer")
	t.Cleanup(func() { admin.MustExec("DROP ROLE " + role) })
	u.User = url.User(role)
	s, err := store.Open(t.Context(), u.String(), store.Options{RowSecurity: true}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.Resize(2)
	admin.MustExec("ALTER ROLE " + role + " CONNECTION LIMIT 0")
	if _, err := s.State(t.Context()); err != nil {
		t.Errorf("with a connection: %v", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("not ready: %v", err)
	}
	release, err := store.Occupy(t.Context(), s, 1)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.State(t.Context())
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.Unavailable || f.RetryAfter != time.Second {
		t.Errorf("without a connection: %v", err)
	}
	release()
	admin.MustExec("ALTER ROLE " + role + " CONNECTION LIMIT -1")
	if release, err = store.Occupy(t.Context(), s, 2); err != nil {
		t.Fatal(err)
	}
	defer release()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.State(ctx); fault.CodeOf(err) != fault.Timeout {
		t.Errorf("a pool that is used up: %v", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("with a pool that is used up: %v", err)
	}
}

// TestDiskFull lets a statement end as every change does while the database's disk
// is full.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenOwner(t, pgtest.Database(t))
	err := store.RunText(t.Context(), s, "-- name: HandFull\nDO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$")
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Code != fault.Unavailable || f.RetryAfter != time.Minute || !strings.Contains(f.Message, "no space left") {
		t.Errorf("%v", err)
	}
	if _, err := s.State(t.Context()); err != nil {
		t.Errorf("a read after it: %v", err)
	}
}

// TestServer looks at a database with a clock that is off, and at versions that are
// too old.
func TestServer(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, pgtest.Database(t))
	found, err := s.Server(t.Context())
	if err != nil || found.Version == "" || found.Schema == 0 || found.Skew.Abs() < store.MaxSkew { // tests' clock shows another day
		t.Errorf("%+v %v", found, err)
	}
	if version, err := store.SchemaVersion(); err != nil || version != found.Schema {
		t.Errorf("%d %v", version, err)
	}
	if err := store.CheckServer(140013, "14.13"); err == nil || !strings.Contains(err.Error(), "PostgreSQL 14.13 is too old: 15") {
		t.Error(err)
	}
	if err := store.CheckServer(150000, "15.0"); err != nil {
		t.Error(err)
	}
}

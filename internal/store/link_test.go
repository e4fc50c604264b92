package store_test

import (
	"context"
	"io"
	"syscall"
	"testing"
	"time"

	"adsgraph/internal/devpg"
	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestSilentDatabase stops the database's processes of all connections, so that they
// neither answer nor hear of a cancellation: who waits is told soon after the
// deadline, and who comes next gets another connection.
func TestSilentDatabase(t *testing.T) {
	t.Parallel()
	// A cluster of its own: to make a database, PostgreSQL waits for all its processes.
	cluster, err := devpg.Start(t.Context(), devpg.Config{Dir: t.TempDir() + "/pg", Log: io.Discard, Settings: map[string]string{"shared_buffers": "16MB"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Stop() })
	dsn := cluster.DSN("postgres")
	db := pgtest.DB(t, dsn)
	if err := store.Migrate(t.Context(), db, pgtest.Present, io.Discard); err != nil {
		t.Fatal(err)
	}
	db.MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'one@example.com', 'Anna')`)
	fenced, err := store.Open(t.Context(), dsn, store.Options{RowSecurity: true}, pgtest.Clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fenced.Close() })
	pool, err := store.OpenDB(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	plain := store.New(pool, pgtest.Clock)
	t.Cleanup(func() { _ = plain.Close() })
	for name, s := range map[string]*store.Store{"fenced": fenced, "plain": plain} {
		if _, _, err := s.User(t.Context(), 1); err != nil { // it has connections that work
			t.Fatal(err)
		}
		stopped := []int{}
		resume := func() {
			for _, pid := range stopped {
				_ = syscall.Kill(pid, syscall.SIGCONT)
			}
		}
		t.Cleanup(resume)
		if err := db.Select(&stopped, `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`); err != nil {
			t.Fatal(err)
		}
		for _, pid := range stopped {
			if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
				t.Skip("the database is not on this machine, or somebody else's: ", err)
			}
		}
		const patience = 300 * time.Millisecond
		for tries := 1; ; tries++ {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			start := time.Now()
			who, _, err := s.User(ctx, 1)
			took := time.Since(start)
			cancel()
			if err == nil && who == "Anna" {
				if tries == 1 {
					t.Errorf("%s: nothing was stopped", name)
				}
				break
			}
			if code := fault.CodeOf(err); code != fault.Timeout || took > 10*time.Second || tries > 5 {
				t.Fatalf("%s: %s after %s, %d tries: %v", name, code, took, tries, err)
			}
		}
		ping := func() error {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			return s.Ping(ctx)
		}
		if err := ping(); err != nil { // its own connection may have been one of them
			if err = ping(); err != nil {
				t.Errorf("%s: not ready: %v", name, err)
			}
		}
		resume()
	}
}

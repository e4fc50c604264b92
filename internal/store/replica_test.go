package store_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/devpg"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestReplicas reads from a real standby: what a client wrote it sees, whatever the
// standby lacks, and nothing fails when the standby does.
func TestReplicas(t *testing.T) {
	t.Parallel()
	if pgtest.With == pgtest.WithPooler {
		t.Skip("the pooler stands before the server of all tests only")
	}
	settings := map[string]string{"wal_level": "replica", "max_wal_senders": "4", "shared_buffers": "32MB", "max_connections": "60", "synchronous_commit": "local", "autovacuum": "off"}
	cluster := func(follow *devpg.Cluster) *devpg.Cluster {
		c, err := devpg.Start(t.Context(), devpg.Config{Dir: t.TempDir() + "/pg", Log: io.Discard, Settings: settings, Follow: follow})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Stop() })
		return c
	}
	primary := cluster(nil)
	owner := pgtest.DB(t, primary.DSN("postgres"))
	if err := store.Migrate(t.Context(), owner, pgtest.Present, io.Discard); err != nil {
		t.Fatal(err)
	}
	owner.MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'one@example.com', '0')`)
	standby := cluster(primary)
	replica := pgtest.DB(t, standby.DSN("postgres"))
	s := pgtest.OpenDSN(t, primary.DSN("postgres"))
	until(t, "the standby streams", func() bool {
		return single[int](t, owner, `SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'`) == 1
	})
	if err := s.FollowReplicas(t.Context(), []string{standby.DSN("postgres")}); err != nil {
		t.Fatal(err)
	}
	n := 0
	write := func() (name, mark string) {
		t.Helper()
		n++
		name = fmt.Sprint(n)
		owner.MustExec(`UPDATE app_user SET name = $1 WHERE id = 1`, name)
		return name, s.Mark(t.Context())
	}
	read := func(mark string) (name, server string) {
		t.Helper()
		ctx, stats := store.WithStats(t.Context())
		name, _, err := s.User(s.Route(ctx, mark), 1)
		if err != nil {
			t.Fatal(err)
		}
		return name, stats.Executions()[0].Replica
	}
	want := func(what, mark, name, server string) {
		t.Helper()
		if gotName, gotServer := read(mark); gotName != name || gotServer != server {
			t.Errorf("%s: read %q from %q, want %q from %q", what, gotName, gotServer, name, server)
		}
	}
	want("at first", "", "0", "1")

	name, mark := write()
	until(t, "the standby has the write, and is known to", func() bool { _, server := read(mark); return server == "1" })
	want("with a mark that it has", mark, name, "1")

	replica.MustExec(`SELECT pg_wal_replay_pause()`)
	until(t, "the standby stands still", func() bool { return single[string](t, replica, `SELECT pg_get_wal_replay_pause_state()`) == "paused" })
	old := name
	name, mark = write()
	want("without a mark", "", old, "1")
	want("with a mark that it lacks", mark, name, "")
	want("who wants the latest", store.Latest, name, "")
	for what, none := range map[string]string{
		"noise":               "!",
		"of nothing":          base64.RawURLEncoding.EncodeToString([]byte("1 2 3")),
		"of another database": base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "1 5 00000001 ffffffff %d", time.Now().Add(20*time.Second).Unix())),
	} {
		want("with a mark that is "+what, none, old, "1")
	}
	text, err := base64.RawURLEncoding.DecodeString(mark)
	if err != nil {
		t.Fatal(err)
	}
	var system, timeline string
	var position, end int64
	if _, err := fmt.Sscanf(string(text), "1 %s %s %x %d", &system, &timeline, &position, &end); err != nil {
		t.Fatal(err)
	}
	forge := func(timeline string, position int64, after time.Duration) string {
		return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "1 %s %s %x %d", system, timeline, position, time.Now().Add(after).Unix()))
	}
	want("with a mark that has ended", forge(timeline, position, -time.Second), old, "1")
	want("with a mark that never ends", forge(timeline, position, time.Hour), old, "1")
	want("with a mark of another timeline", forge("0000000F", 1, time.Second), name, "")
	want("with a mark from the future", forge(timeline, 1<<62, 20*time.Second), name, "")
	until(t, "what stands still for long is not used", func() bool { _, server := read(""); return server == "" })
	replica.MustExec(`SELECT pg_wal_replay_resume()`)
	until(t, "the standby catches up, and is known to", func() bool { _, server := read(mark); return server == "1" })
	want("with the same mark", mark, name, "1")

	t.Run("Lost", func(t *testing.T) { // each session is cut off, then the server ends
		for range 5 {
			replica.MustExec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`)
			if got, _ := read(""); got != name {
				t.Errorf("read %q, want %q", got, name)
			}
		}
		_ = replica.Close()
		routed := s.Route(t.Context(), "")
		if err := standby.Stop(); err != nil {
			t.Fatal(err)
		}
		if got, _, err := s.User(routed, 1); err != nil || got != name {
			t.Errorf("in the middle of an operation: %q, %v", got, err)
		}
		name, _ = write()
		want("without the standby", "", name, "")
	})
}

// single returns the single value of a query.
func single[V any](t *testing.T, db *sqlx.DB, query string) (v V) {
	t.Helper()
	if err := db.GetContext(context.Background(), &v, query); err != nil {
		t.Fatal(err)
	}
	return v
}

// until waits for what comes in a moment.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	end := time.After(30 * time.Second)
	ticks := time.NewTicker(20 * time.Millisecond)
	defer ticks.Stop()
	for !done() {
		select {
		case <-end:
			t.Fatalf("it never came that %s", what)
		case <-ticks.C:
		}
	}
}

package pgtest

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/lib/pq"

	"adsgraph/internal/devpg"
	"adsgraph/internal/store"
)

// With is what stands between the tests and their database, from the variable
// ADSGRAPH_TEST_WITH; empty for nothing. The whole suite must pass with each; see make
// test-with.
var With = os.Getenv("ADSGRAPH_TEST_WITH") //nolint:gochecknoglobals // a constant of the test program

// What With may be.
const (
	WithPooler  = "pooler"   // PgBouncer in transaction mode
	WithReplica = "replica"  // a standby, which answers what it can
	WithThree   = "balancer" // three servers, which are asked in turn; see the harness of package graph
)

// beside is what was started beside the server.
var beside struct { //nolint:gochecknoglobals // one per test program
	through func(dsn string) string // of the pooler
	stop    func()
	standby *devpg.Cluster
	dir     string
}

// serverSettings returns the settings of the test server.
func serverSettings() map[string]string {
	s := map[string]string{"timezone": serverZone, "shared_buffers": "128MB", "max_connections": "400", "autovacuum": "off"}
	if With == WithReplica {
		s["wal_level"], s["max_wal_senders"] = "replica", "4"
	}
	return s
}

// startBeside starts what is to stand beside the server.
func startBeside(t testing.TB, cluster *devpg.Cluster) {
	t.Helper()
	switch With {
	case "", WithThree:
	case WithPooler:
		beside.through, beside.stop = Pooler(t, cluster.DSN("postgres"), 12)
	case WithReplica:
		dir, err := os.MkdirTemp("", "adsgraph-test-")
		if err != nil {
			t.Fatal(err)
		}
		beside.dir = dir
		if beside.standby, err = devpg.Start(context.Background(), devpg.Config{Dir: dir, Log: io.Discard, Settings: serverSettings(), Follow: cluster}); err != nil {
			t.Fatal(err)
		}
	default:
		t.Fatalf("ADSGRAPH_TEST_WITH is %s, %s or %s, not %q", WithPooler, WithReplica, WithThree, With)
	}
}

func stopBeside() {
	if beside.stop != nil {
		beside.stop()
	}
	if beside.standby != nil {
		_ = beside.standby.Stop()
		_ = os.RemoveAll(beside.dir)
	}
}

// recorderOf returns what opens connections for a store, by way of what With says.
func recorderOf(t testing.TB, dsn string) driver.Connector {
	t.Helper()
	if beside.through == nil {
		return newRecorder(t, dsn)
	}
	return store.Unprepared(recorder{wholeStatements(t, beside.through(dsn))})
}

// wholeStatements returns what opens connections that send text and values in one
// message, as through a pooler.
func wholeStatements(t testing.TB, dsn string) driver.Connector {
	t.Helper()
	c, err := pq.NewConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	c.BinaryParameters = true
	connector, err := pq.NewConnectorConfig(c)
	if err != nil {
		t.Fatal(err)
	}
	return connector
}

// follow lets a store read from the standby, if there is one.
func follow(t testing.TB, s *store.Store, dsn string) {
	t.Helper()
	if beside.standby == nil {
		return
	}
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.FollowReplicas(t.Context(), []string{beside.standby.DSN(strings.TrimPrefix(u.Path, "/"))}); err != nil {
		t.Fatal(err)
	}
}

// said is printed when the tests have ended, so that nobody takes one way for
// another.
func said() {
	if With != "" {
		_, _ = fmt.Fprintf(os.Stdout, "the tests ran with a %s\n", With)
	}
}

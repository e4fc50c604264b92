// Package pgtest gives each test a migrated database of its own. Only tests
// import it.
package pgtest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/devpg"
	"adsgraph/internal/store"
)

// serverZone is the time zone of the test server: half an hour off the full
// hour, with a summer time of half an hour, so that a day cut in the wrong
// zone shows.
const serverZone = "Australia/Lord_Howe"

// Present is the instant that the tests' clock shows.
var Present = time.Date(2026, time.June, 17, 15, 30, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant

// Clock returns Present.
func Clock() time.Time { return Present }

var server struct { //nolint:gochecknoglobals // one per test program
	sync.Mutex
	cluster *devpg.Cluster
	dir     string
	admin   *sqlx.DB
	base    string // the address, with %s for the database
	made    []string
	count   atomic.Int64
}

// Main runs a package's tests and stops the server they used. Each package
// with a database calls it from its TestMain. If it names itself as the owner of
// statements, those that its tests ran are checked; see sqllint.
func Main(m *testing.M, owner ...string) {
	slog.SetLogLoggerLevel(slog.LevelError) // a line per operation would bury what failed
	code := m.Run()
	said()
	if code == 0 && len(owner) > 0 && server.admin != nil {
		code = lint(owner[0])
	}
	if server.admin != nil {
		if server.cluster == nil { // somebody else's server: leave nothing there
			for _, name := range server.made {
				_, _ = server.admin.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
			}
		}
		_ = server.admin.Close()
	}
	stopBeside()
	if server.cluster != nil {
		_ = server.cluster.Stop()
		_ = os.RemoveAll(server.dir)
	}
	os.Exit(code)
}

// named returns the name of a database of this test program: others may use the
// same server.
func named(what string) string { return fmt.Sprintf("adsgraph_%s_%d", what, os.Getpid()) }

// Template returns the name of a migrated, empty database that tests clone.
func Template() string { return named("template") }

// OpenDSN returns a store on a database whose clock shows Present, behind
// row-level security. It is closed with the test.
func OpenDSN(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s := store.NewStore(recorderOf(t, dsn), store.Options{RowSecurity: true, Pooled: With == WithPooler}, Clock)
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	follow(t, s, dsn)
	return s
}

// OpenOwner returns a store that is not behind row-level security, as loads need.
func OpenOwner(t testing.TB, dsn string) *store.Store {
	t.Helper()
	return store.New(DB(t, dsn), Clock)
}

// DB returns a connection pool to a database. It is closed with the test.
func DB(t testing.TB, dsn string) *sqlx.DB {
	t.Helper()
	db := sqlx.NewDb(sql.OpenDB(newRecorder(t, dsn)), "postgres")
	t.Cleanup(func() { _ = db.Close() })
	if err := db.PingContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

// Database makes a migrated, empty database and returns its address. It is
// dropped with the test.
func Database(t testing.TB) string {
	t.Helper()
	return Clone(t, Template())
}

// Clone makes a copy of a database of the test server and returns its address.
// Nobody may be connected to the original.
func Clone(t testing.TB, template string) string {
	t.Helper()
	start(t)
	name := fmt.Sprintf("%s_%d", named("test"), server.count.Add(1))
	Create(t, name, template)
	t.Cleanup(func() {
		_, _ = server.admin.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	})
	return Address(t, name)
}

// Create makes a database as a copy of another, to be dropped with the server.
func Create(t testing.TB, name, template string) {
	t.Helper()
	start(t)
	server.Lock() // PostgreSQL copies one database once at a time
	defer server.Unlock()
	if _, err := server.admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template+" STRATEGY FILE_COPY"); err != nil {
		t.Fatal(err)
	}
	server.made = append(server.made, name)
}

// Address returns the address of a database of the test server.
func Address(t testing.TB, name string) string {
	t.Helper()
	start(t)
	return strings.Replace(server.base, "%s", name, 1)
}

// start starts the server and makes the template, once. ADSGRAPH_TEST_DATABASE
// names another server to use: the URL of a database whose user may create
// databases.
func start(t testing.TB) {
	t.Helper()
	server.Lock()
	defer server.Unlock()
	if server.admin != nil {
		return
	}
	ctx := context.Background() // the server outlives the test that needed it first
	admin := os.Getenv("ADSGRAPH_TEST_DATABASE")
	if admin == "" {
		dir, err := os.MkdirTemp("", "adsgraph-test-")
		if err != nil {
			t.Fatal(err)
		}
		cluster, err := devpg.Start(ctx, devpg.Config{
			Dir: dir, Log: io.Discard, Install: true,
			Settings: serverSettings(),
		})
		if err != nil {
			t.Fatal(err)
		}
		server.cluster, server.dir = cluster, dir
		startBeside(t, cluster)
		admin = cluster.DSN("postgres")
	}
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/DATABASE"
	server.base = strings.Replace(strings.ReplaceAll(u.String(), "%", "%%"), "DATABASE", "%s", 1)
	server.base = strings.ReplaceAll(server.base, "%%", "%")
	if server.admin, err = store.OpenDB(ctx, admin); err != nil {
		t.Fatal(err)
	}
	if _, err := server.admin.ExecContext(ctx, "CREATE DATABASE "+Template()); err != nil {
		t.Fatal(err)
	}
	server.made = append(server.made, Template())
	db, err := store.OpenDB(ctx, strings.Replace(server.base, "%s", Template(), 1))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := store.Migrate(ctx, db, Present, io.Discard); err != nil {
		t.Fatal(err)
	}
}

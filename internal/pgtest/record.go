package pgtest

import (
	"context"
	"database/sql/driver"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/lib/pq"

	"adsgraph/internal/sqllint"
	"adsgraph/internal/store"
)

// seen is what the tests of this program asked of the database, with the arguments
// of the first time.
var seen struct { //nolint:gochecknoglobals // one per test program
	sync.Mutex
	texts map[string]sqllint.Seen
}

// isOurs tells whether a text is a statement of the store, and neither one of a test
// nor of what Adsgraph is measured beside.
func isOurs(text string) bool {
	name, found := strings.CutPrefix(text, "-- name: ")
	return found && !strings.HasPrefix(name, "Hand") && !strings.HasPrefix(name, "Flat")
}

// record keeps a statement of the store.
func record(text string, args []driver.NamedValue) {
	if !isOurs(text) {
		return
	}
	seen.Lock()
	defer seen.Unlock()
	if _, ok := seen.texts[text]; ok {
		return
	}
	if seen.texts == nil {
		seen.texts = map[string]sqllint.Seen{}
	}
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	seen.texts[text] = sqllint.Seen{Text: text, Args: values}
}

// recorder opens connections of lib/pq that record what is asked of them.
type recorder struct{ driver.Connector }

func newRecorder(t testing.TB, dsn string) driver.Connector {
	t.Helper()
	c, err := pq.NewConnector(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return recorder{c}
}

func (r recorder) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := r.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return recordingConn{conn.(store.Conn)}, nil
}

type recordingConn struct{ store.Conn }

func (c recordingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	record(query, args)
	return c.Conn.QueryContext(ctx, query, args)
}

func (c recordingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	record(query, args)
	return c.Conn.ExecContext(ctx, query, args)
}

func (c recordingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	stmt, err := c.Conn.PrepareContext(ctx, query)
	if err != nil || !isOurs(query) { // such as COPY, whose statement can do more
		return stmt, err
	}
	return recordingStmt{stmt, query}, nil
}

type recordingStmt struct {
	driver.Stmt
	text string
}

func (s recordingStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	record(s.text, args)
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

func (s recordingStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	record(s.text, args)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// lint checks the statements that were recorded and returns the program's exit code.
func lint(owner string) int {
	ctx := context.Background() // the tests are over
	db, err := store.OpenDB(ctx, strings.Replace(server.base, "%s", Template(), 1))
	if err != nil {
		return complain(err)
	}
	defer func() { _ = db.Close() }()
	all := !testing.Short() && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == ""
	faults, err := sqllint.Lint(ctx, db, someOfEach(), owner, all)
	if err != nil {
		return complain(err)
	}
	for _, f := range faults {
		_ = complain(f)
	}
	return min(len(faults), 1)
}

// mostTexts is how many texts of one statement are looked at with the race detector,
// which makes that slow: random documents compose thousands.
const mostTexts = 8

// someOfEach returns what was recorded; with the race detector, of what screens read
// so many texts of each statement, from all over them.
func someOfEach() (list []sqllint.Seen) {
	classes, of := sqllint.Statements(), map[string][]string{}
	for _, text := range slices.Sorted(maps.Keys(seen.texts)) {
		line, _, _ := strings.Cut(text, "\n")
		of[line] = append(of[line], text)
	}
	for line, texts := range of {
		step := 1
		if raced && classes[strings.TrimPrefix(line, "-- name: ")].Class == sqllint.Tenants {
			step = 1 + len(texts)/mostTexts
		}
		for i := 0; i < len(texts); i += step {
			list = append(list, seen.texts[texts[i]])
		}
	}
	return list
}

// complain writes what failed where the results of tests are, and returns the exit
// code for it.
func complain(what any) int {
	_, _ = fmt.Fprintln(os.Stdout, "--- FAIL: statements:", what)
	return 1
}

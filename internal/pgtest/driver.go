package pgtest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/store"
)

// OpenHooked returns a store whose driver calls hook before each execution of
// a prepared statement, to delay it or, by returning an error, to make it fail.
func OpenHooked(t testing.TB, dsn string, hook func(ctx context.Context, query string) error) *store.Store {
	t.Helper()
	s := store.New(sqlx.NewDb(sql.OpenDB(hookedConnector{recorderOf(t, dsn), hook}), "postgres"), Clock)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

type hookedConnector struct {
	driver.Connector
	hook func(context.Context, string) error
}

func (c hookedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return hookedConn{conn, c.hook}, nil
}

type hookedConn struct {
	driver.Conn
	hook func(context.Context, string) error
}

func (c hookedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	stmt, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return hookedStmt{stmt, query, c.hook}, nil
}

func (c hookedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

type hookedStmt struct {
	driver.Stmt
	query string
	hook  func(context.Context, string) error
}

func (s hookedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.hook(ctx, s.query); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

// ExecContext runs a change, which is not hooked.
func (s hookedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// OpenRewritten returns a store whose driver changes the text of each statement on
// its way to the database, behind row-level security or not.
func OpenRewritten(t testing.TB, dsn string, fenced bool, rewrite func(query string) string) *store.Store {
	t.Helper()
	if beside.through != nil {
		return OpenPooled(t, beside.through(dsn), fenced, rewrite)
	}
	plain, err := pq.NewConnector(dsn)
	if err != nil {
		t.Fatal(err)
	}
	s := store.NewStore(rewritingConnector{plain, rewrite}, store.Options{RowSecurity: fenced}, Clock)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// OpenPooled does so at an address of a pooler.
func OpenPooled(t testing.TB, dsn string, fenced bool, rewrite func(query string) string) *store.Store {
	t.Helper()
	s := store.NewStore(store.Unprepared(rewritingConnector{wholeStatements(t, dsn), rewrite}), store.Options{RowSecurity: fenced, Pooled: true}, Clock)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

type rewritingConnector struct {
	driver.Connector
	rewrite func(string) string
}

func (c rewritingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return rewritingConn{conn.(store.Conn), c.rewrite}, nil
}

type rewritingConn struct {
	store.Conn
	rewrite func(string) string
}

func (c rewritingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.Conn.PrepareContext(ctx, c.rewrite(query))
}

func (c rewritingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.Conn.QueryContext(ctx, c.rewrite(query), args)
}

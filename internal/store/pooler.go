package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
)

// A pooler in transaction mode gives a connection of the server to one client for a
// transaction at a time. What would outlast that is not there: prepared statements,
// settings of the session, LISTEN. So statements are sent with their values in one
// message, and the fence is put up within a transaction; see fencedConn.

// connectorOf returns what opens connections at an address, directly or through a
// pooler in transaction mode.
func connectorOf(dsn string, pooled bool) (driver.Connector, error) {
	c, err := newLinker(dsn, pooled)
	if err != nil || !pooled {
		return c, err
	}
	return Unprepared(c), nil
}

// Unprepared returns a connector of lib/pq whose connections prepare nothing: each
// statement is sent whole, each time.
func Unprepared(c driver.Connector) driver.Connector { return pooledConnector{c} }

type pooledConnector struct{ driver.Connector }

func (c pooledConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return pooledConn{conn.(Conn)}, nil
}

type pooledConn struct{ Conn }

// PrepareContext keeps the text. COPY is no statement with values, and is always
// within a transaction.
func (c pooledConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if strings.HasPrefix(query, "COPY ") {
		return c.Conn.PrepareContext(ctx, query)
	}
	return pooledStmt{c.Conn, query}, nil
}

type pooledStmt struct {
	conn Conn
	text string
}

func (s pooledStmt) Close() error  { return nil }
func (s pooledStmt) NumInput() int { return -1 } // the server counts

// errNoContext is for the ways to run a statement that database/sql does not use.
var errNoContext = errors.New("statements are run with a context")

func (s pooledStmt) Exec([]driver.Value) (driver.Result, error) { return nil, errNoContext }
func (s pooledStmt) Query([]driver.Value) (driver.Rows, error)  { return nil, errNoContext }

func (s pooledStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.conn.QueryContext(ctx, s.text, args)
}

func (s pooledStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.conn.ExecContext(ctx, s.text, args)
}

package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"
)

type fencedConnector struct {
	driver.Connector
	role   string
	pooled bool
}

// Connect opens a connection and takes the role.
func (c fencedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if c.pooled {
		return &fencedConn{Conn: conn.(Conn), localRole: c.role}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, connectTime) // the pool itself connects without an end
	defer cancel()
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, "SET ROLE "+c.role, nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &fencedConn{Conn: conn.(Conn)}, nil
}

// Conn is what a connection of lib/pq can do.
type Conn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.QueryerContext
	driver.ExecerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

// fencedConn sets the fence of each statement before it runs, unless it is that
// of the one before. One connection has one user at a time.
//
// Through a pooler in transaction mode the role and the fence hold for a
// transaction, and a statement that is in none gets one of its own, which takes two
// round trips more.
type fencedConn struct {
	Conn
	fence string // as it was set last, empty when that is not known
	// localRole is the role that each transaction takes; empty if the session has it.
	localRole string
	inside    bool // of a transaction that somebody began
}

// setting returns the fence of the statement that ctx belongs to. Without one,
// nothing can be seen.
func setting(ctx context.Context) string {
	f, _ := ctx.Value(fenceKey{}).(fence)
	if !f.asked.IsZero() {
		waited(ctx, f.asked)
	}
	return f.setting()
}

// stays ends no transaction, since none was begun for the statement.
func stays(bool) error { return nil }

// raise puts up the fence, and begins a transaction for it if it needs one. end must
// be called, with whether the statement went well.
func (c *fencedConn) raise(ctx context.Context) (end func(isWell bool) error, err error) {
	want := setting(ctx)
	text := want
	if c.localRole != "" {
		text = "SET LOCAL" + strings.TrimPrefix(want, "SET")
	}
	switch {
	case c.localRole != "" && !c.inside:
		end = func(isWell bool) error {
			how := "ROLLBACK"
			if isWell {
				how = "COMMIT"
			}
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime)
			defer cancel()
			_, err := c.Conn.ExecContext(ctx, how, nil)
			return err
		}
		if _, err := c.Conn.ExecContext(ctx, "BEGIN; SET LOCAL ROLE "+c.localRole+"; "+text, nil); err != nil {
			return nil, errors.Join(fmt.Errorf("set the fence: %w", err), end(false))
		}
		return end, nil
	case want == c.fence:
		return stays, nil
	}
	c.fence = ""
	if _, err := c.Conn.ExecContext(ctx, text, nil); err != nil {
		return nil, fmt.Errorf("set the fence: %w", err)
	}
	c.fence = want
	return stays, nil
}

// endTime is how long the end of a statement's own transaction may take.
const endTime = 5 * time.Second

// query runs a read behind the fence.
func (c *fencedConn) query(ctx context.Context, run func() (driver.Rows, error)) (driver.Rows, error) {
	end, err := c.raise(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := run()
	switch {
	case err != nil:
		return nil, errors.Join(err, end(false))
	case c.localRole == "" || c.inside:
		return rows, nil
	}
	return fencedRows{rows, end}, nil
}

// fencedRows ends the transaction of its statement.
type fencedRows struct {
	driver.Rows
	end func(isWell bool) error
}

func (r fencedRows) Close() error {
	if err := r.Rows.Close(); err != nil {
		return errors.Join(err, r.end(false))
	}
	return r.end(true)
}

// exec runs a change behind the fence.
func (c *fencedConn) exec(ctx context.Context, run func() (driver.Result, error)) (driver.Result, error) {
	end, err := c.raise(ctx)
	if err != nil {
		return nil, err
	}
	result, err := run()
	if err != nil {
		return nil, errors.Join(err, end(false))
	}
	return result, end(true)
}

func (c *fencedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.query(ctx, func() (driver.Rows, error) { return c.Conn.QueryContext(ctx, query, args) })
}

func (c *fencedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return c.exec(ctx, func() (driver.Result, error) { return c.Conn.ExecContext(ctx, query, args) })
}

func (c *fencedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	stmt, err := c.Conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &fencedStmt{stmt, c}, nil
}

// BeginTx begins a transaction. Its end may take settings back.
func (c *fencedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	if c.localRole != "" {
		if _, err := c.Conn.ExecContext(ctx, "SET LOCAL ROLE "+c.localRole, nil); err != nil {
			return nil, errors.Join(err, tx.Rollback())
		}
		c.inside, c.fence = true, ""
	}
	return fencedTx{tx, c}, nil
}

type fencedTx struct {
	driver.Tx
	conn *fencedConn
}

func (t fencedTx) Commit() error {
	t.conn.fence, t.conn.inside = "", false
	return t.Tx.Commit()
}

func (t fencedTx) Rollback() error {
	t.conn.fence, t.conn.inside = "", false
	return t.Tx.Rollback()
}

type fencedStmt struct {
	driver.Stmt
	conn *fencedConn
}

func (s *fencedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.conn.query(ctx, func() (driver.Rows, error) { return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args) })
}

func (s *fencedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.conn.exec(ctx, func() (driver.Result, error) { return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args) })
}

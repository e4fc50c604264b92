package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/lib/pq"
)

// The driver reads until the server answers, whatever becomes of the context: it
// asks the server to cancel, and waits for that. A server that says nothing, or a
// network that swallows everything, would hold the request and its connection for
// as long as TCP believes in them, which is many minutes. So each connection gets a
// deadline of its own.
const (
	// connectTime is how long a server of an address may take until it can be used; the
	// next one is tried then.
	connectTime = 3 * time.Second
	// cancelTime is how long the server may take to cancel a statement, after the end of
	// its context. The connection is given up then.
	cancelTime = time.Second
)

// errNoConnection means that no server could be connected to, or none that may be
// used, such as none that takes writes.
var errNoConnection = errors.New("no connection")

// linker opens connections of lib/pq whose statements end with their context.
type linker struct{ *pq.Connector }

// newLinker reads an address. If statements are whole, text and values go in one
// message.
func newLinker(dsn string, areWhole bool) (linker, error) {
	if err := CheckAddress(dsn); err != nil {
		return linker{}, err
	}
	config, err := pq.NewConfig(dsn)
	if err != nil {
		return linker{}, errAddress // what the driver says may hold a password
	}
	config.BinaryParameters = config.BinaryParameters || areWhole
	c, err := pq.NewConnectorConfig(config)
	if err != nil {
		return linker{}, errAddress
	}
	c.Dialer(dialer{})
	return linker{c}, nil
}

// Connect opens a connection, to the first server of the address that can be used.
func (l linker) Connect(ctx context.Context) (driver.Conn, error) {
	c := &linkConn{}
	conn, err := l.Connector.Connect(context.WithValue(ctx, linkKey{}, c))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoConnection, err)
	}
	c.Conn = conn.(Conn)
	return c, c.link.SetDeadline(time.Time{})
}

type linkKey struct{}

// dialer opens what connections run over, and tells it to the linkConn of ctx. What
// the driver opens without one is to cancel a statement.
type dialer struct{}

func (dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, _ := ctx.Value(linkKey{}).(*linkConn)
	wait := cancelTime
	if c != nil {
		wait = connectTime
	}
	end := time.Now().Add(wait) //nolint:forbidigo // a duration
	if own, ok := ctx.Deadline(); ok && own.Before(end) {
		end = own
	}
	ctx, cancel := context.WithDeadline(ctx, end)
	defer cancel()
	link, err := (&net.Dialer{KeepAliveConfig: keepAlive()}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if c != nil {
		c.link = link
	}
	return link, link.SetDeadline(end)
}

func (d dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

func (d dialer) DialTimeout(network, address string, wait time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// keepAlive finds out within half a minute that the other end of an idle connection
// is gone.
func keepAlive() net.KeepAliveConfig {
	return net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}
}

// linkConn is a connection that is given up when a statement's context has ended
// and the server still does not answer. Ending a transaction counts to the
// statement before it.
type linkConn struct {
	Conn
	link net.Conn
}

// begin sets the deadline for what is asked with ctx.
func (c *linkConn) begin(ctx context.Context) error {
	end, ok := ctx.Deadline()
	if ok {
		end = end.Add(cancelTime)
	}
	if err := c.link.SetDeadline(end); err != nil {
		return driver.ErrBadConn // it is closed
	}
	return nil
}

func (c *linkConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	return c.Conn.QueryContext(ctx, query, args)
}

func (c *linkConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	return c.Conn.ExecContext(ctx, query, args)
}

func (c *linkConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	return c.Conn.BeginTx(ctx, o)
}

func (c *linkConn) Ping(ctx context.Context) error {
	if err := c.begin(ctx); err != nil {
		return err
	}
	return c.Conn.Ping(ctx)
}

func (c *linkConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	stmt, err := c.Conn.PrepareContext(ctx, query)
	if _, ok := stmt.(driver.StmtQueryContext); err != nil || !ok { // COPY, whose statement can do more
		return stmt, err
	}
	return &linkStmt{stmt, c}, nil
}

type linkStmt struct {
	driver.Stmt
	conn *linkConn
}

func (s *linkStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.conn.begin(ctx); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

func (s *linkStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := s.conn.begin(ctx); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// Close tells the server to forget the statement. The deadline of what the connection
// did last may be long over.
func (s *linkStmt) Close() error {
	if err := s.conn.link.SetDeadline(time.Now().Add(cancelTime)); err != nil { //nolint:forbidigo // a duration
		return driver.ErrBadConn
	}
	return s.Stmt.Close()
}

// heartbeatDialer opens connections that somebody asks for a sign of life every
// pingEvery: one on which nothing arrives for longer is dead.
type heartbeatDialer struct{ dialer }

func (d heartbeatDialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// DialContext gives the server as long as for a pool's connection.
func (d heartbeatDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	link, err := d.dialer.DialContext(context.WithValue(ctx, linkKey{}, &linkConn{}), network, address)
	if err != nil {
		return nil, err
	}
	return heartbeatConn{link}, nil
}

type heartbeatConn struct{ net.Conn }

func (c heartbeatConn) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(silence()); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c heartbeatConn) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(silence()); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

// silence is when an answer to the ping is overdue.
func silence() time.Time {
	return time.Now().Add(pingEvery + connectTime) //nolint:forbidigo // a duration
}

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Row-level security is the second fence around a tenant: if a statement lost
// its condition on the advertiser, the database would still show no row of
// another one. It works by a role that the policies apply to, and by two
// settings of the session, which every statement is given before it runs:
// whose rows may be seen.

// fence is what a statement may see: the rows of some advertisers, or, for the
// statements that find out which those are, of all that the viewer is a member of.
type fence struct {
	viewer      int64 // 0 for nobody
	advertisers []int64
}

// settings are the session's settings for a fence, as they are set. They hold
// digits only, and so need no quoting.
func (f fence) settings() string {
	viewer := ""
	if f.viewer != 0 {
		viewer = strconv.FormatInt(f.viewer, 10)
	}
	list := make([]byte, 0, 24)
	for i, id := range f.advertisers {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, id, 10)
	}
	return "SELECT set_config('adsgraph.viewer', '" + viewer + "', false), set_config('adsgraph.advertisers', '" + string(list) + "', false)"
}

type fenceKey struct{}

// fenceRole is the role that policies apply to. Whoever owns the tables, as
// migrations and loads do, is not fenced.
const fenceRole = "adsgraph_reader"

// OpenFenced connects to a database so that row-level security is in force. It
// fails if the database is not prepared for it, which Migrate does.
func OpenFenced(ctx context.Context, dsn string) (*sqlx.DB, error) {
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	db := sqlx.NewDb(sql.OpenDB(Fenced(connector)), "postgres")
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		if e := pq.As(err); e != nil && (e.Code == "22023" || e.Code == "42501") { // no such role, or not ours to take
			return nil, fmt.Errorf("row-level security needs the role %s, and the right to take it: run adsgraph migrate as a superuser or with CREATEROLE, or switch it off with --row-security=false: %w", fenceRole, err)
		}
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	return db, nil
}

// Fenced returns connections like those of a connector of lib/pq, behind
// row-level security.
func Fenced(c driver.Connector) driver.Connector { return fencedConnector{c} }

type fencedConnector struct{ driver.Connector }

// Connect opens a connection and takes the role.
func (c fencedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, "SET ROLE "+fenceRole, nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &fencedConn{pqConn: conn.(pqConn)}, nil
}

// pqConn is what a connection of lib/pq can do.
type pqConn interface {
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
type fencedConn struct {
	pqConn
	fence string // as it was set last, empty when that is not known
}

// raise puts up the fence of the statement that ctx belongs to. Without one,
// nothing can be seen.
func (c *fencedConn) raise(ctx context.Context) error {
	f, _ := ctx.Value(fenceKey{}).(fence)
	want := f.settings()
	if want == c.fence {
		return nil
	}
	c.fence = ""
	if _, err := c.pqConn.ExecContext(ctx, want, nil); err != nil {
		return fmt.Errorf("set the fence: %w", err)
	}
	c.fence = want
	return nil
}

func (c *fencedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.raise(ctx); err != nil {
		return nil, err
	}
	return c.pqConn.QueryContext(ctx, query, args)
}

func (c *fencedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.raise(ctx); err != nil {
		return nil, err
	}
	return c.pqConn.ExecContext(ctx, query, args)
}

func (c *fencedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	stmt, err := c.pqConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return &fencedStmt{stmt, c}, nil
}

// BeginTx begins a transaction. Its end may take settings back.
func (c *fencedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.pqConn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	return fencedTx{tx, c}, nil
}

type fencedTx struct {
	driver.Tx
	conn *fencedConn
}

func (t fencedTx) Commit() error {
	t.conn.fence = ""
	return t.Tx.Commit()
}

func (t fencedTx) Rollback() error {
	t.conn.fence = ""
	return t.Tx.Rollback()
}

type fencedStmt struct {
	driver.Stmt
	conn *fencedConn
}

func (s *fencedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.conn.raise(ctx); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

func (s *fencedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := s.conn.raise(ctx); err != nil {
		return nil, err
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// The parts of the policies. The sub-selects are worked out once per scan.
const (
	fencedIn   = "ANY ((SELECT string_to_array(current_setting('adsgraph.advertisers', true), ','))::bigint[])"
	fencedBy   = "(SELECT nullif(current_setting('adsgraph.viewer', true), '')::bigint)"
	fencedMine = "(SELECT b.advertiser_id FROM member AS b WHERE b.user_id = " + fencedBy + ")"
)

// policies returns, for each table that has one, the condition on the rows that
// may be seen.
func policies() map[string]string {
	list := map[string]string{
		"advertiser": "id = " + fencedIn + " OR id IN " + fencedMine,
		"member":     "advertiser_id = " + fencedIn + " OR user_id = " + fencedBy,
		"app_user":   "id = " + fencedBy,
	}
	for table, class := range Tables() {
		if class == Tenant {
			list[table] = "advertiser_id = " + fencedIn + " OR advertiser_id IN " + fencedMine
		}
	}
	// People are seen where they are members, or left something behind.
	for _, of := range [...]string{
		"member.user_id", "member.added_by", "invitation.invited_by", "member_change.user_id", "member_change.actor_id",
		"saved_view.user_id", "report_template.owner_id", "export_run.user_id",
	} {
		table, column, _ := strings.Cut(of, ".")
		list["app_user"] += " OR id IN (SELECT o." + column + " FROM " + table + " AS o WHERE o.advertiser_id = " + fencedIn + ")"
	}
	return list
}

// prepareFence makes the role and gives it the right to read, and every table its
// policy, where they are missing. The policies change nothing for anybody else.
// Where the migrating user may not make roles, there is a line in the log, and
// OpenFenced will fail.
const prepareFence = `-- name: PrepareFence
DO $do$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '` + fenceRole + `') THEN
    CREATE ROLE ` + fenceRole + ` NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, '` + fenceRole + `', 'MEMBER') THEN
    GRANT ` + fenceRole + ` TO CURRENT_USER;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL; -- somebody was quicker
  WHEN insufficient_privilege THEN NULL;               -- reported below
END $do$`

const fenceExists = `-- name: FenceExists
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = '` + fenceRole + `')`

const fencedTables = `-- name: FencedTables
SELECT p.polrelid::regclass::text, p.polname FROM pg_policy AS p`

const readableViews = `-- name: ReadableViews
SELECT v.viewname FROM pg_views AS v WHERE v.schemaname = current_schema()`

// fencePolicy is the name of the policies. A change of their text takes a new one.
const fencePolicy = "fence_2"

// prepareFences prepares row-level security. It returns false if the role could not
// be made.
func prepareFences(ctx context.Context, tx *sqlx.Tx) (bool, error) {
	if _, err := tx.ExecContext(ctx, prepareFence); err != nil {
		return false, fmt.Errorf("prepare row-level security: %w", err)
	}
	var there bool
	if err := tx.GetContext(ctx, &there, fenceExists); err != nil || !there {
		return false, err
	}
	var fenced []struct{ Polrelid, Polname string }
	if err := tx.SelectContext(ctx, &fenced, fencedTables); err != nil {
		return false, fmt.Errorf("read the policies: %w", err)
	}
	old := map[string][]string{}
	for _, f := range fenced {
		old[f.Polrelid] = append(old[f.Polrelid], f.Polname)
	}
	all, tables := policies(), slices.Sorted(maps.Keys(Tables()))
	var views []string
	if err := tx.SelectContext(ctx, &views, readableViews); err != nil {
		return false, fmt.Errorf("read the views: %w", err)
	}
	for _, table := range append(tables, views...) {
		steps := []string{"GRANT SELECT ON " + table + " TO " + fenceRole}
		if condition := all[table]; condition != "" && !slices.Contains(old[table], fencePolicy) {
			for _, name := range old[table] {
				if strings.HasPrefix(name, "fence_") {
					steps = append(steps, "DROP POLICY "+name+" ON "+table)
				}
			}
			steps = append(steps, "ALTER TABLE "+table+" ENABLE ROW LEVEL SECURITY",
				"CREATE POLICY "+fencePolicy+" ON "+table+" TO "+fenceRole+" USING ("+condition+")")
		}
		for _, step := range steps {
			if _, err := tx.ExecContext(ctx, step); err != nil {
				return false, fmt.Errorf("%s: %w", step, err)
			}
		}
	}
	return true, nil
}

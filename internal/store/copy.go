package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// copyBytes is how much Loading gathers before it sends: enough for the cost
// of a COPY statement per table to vanish, little enough to stay in cache.
const copyBytes = 4 << 20

// Loading fills tables in bulk, in one transaction. Rows are gathered as text
// and sent by COPY, table after table in the order the tables were named, so
// name a table after those that it refers to. A Loading serves one goroutine.
type Loading struct {
	conn   *sqlx.Conn
	tx     *sqlx.Tx
	tables []*Copy
}

// Load runs fill in one transaction on one connection, sends what fill
// gathered, and commits. An error of fill, or of the last sending, undoes
// everything.
func Load(ctx context.Context, db *sqlx.DB, fill func(*Loading) error) error {
	conn, err := db.Connx(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = conn.Close() }() // it goes back to the pool
	tx, err := conn.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	l := &Loading{conn: conn, tx: tx}
	if err := fill(l); err != nil {
		return err
	}
	if err := l.Flush(ctx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Tx returns the transaction, for statements before, between and after the
// rows. Flush first when a statement is to see the rows gathered so far.
func (l *Loading) Tx() *sqlx.Tx { return l.tx }

// Table returns the gatherer of a table's rows, which have these columns.
func (l *Loading) Table(name string, columns ...string) *Copy {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = pq.QuoteIdentifier(c)
	}
	c := &Copy{
		name:      name,
		columns:   len(columns),
		statement: "COPY " + pq.QuoteIdentifier(name) + " (" + strings.Join(quoted, ", ") + ") FROM STDIN",
	}
	l.tables = append(l.tables, c)
	return c
}

// Tables returns the tables in the order they were named.
func (l *Loading) Tables() []*Copy { return l.tables }

// FlushFull sends the gathered rows if they have become many.
func (l *Loading) FlushFull(ctx context.Context) error {
	size := 0
	for _, c := range l.tables {
		size += len(c.text)
	}
	if size < copyBytes {
		return nil
	}
	return l.Flush(ctx)
}

// Flush sends all gathered rows. It returns the first error of a row, be it a
// value of an unknown type or a constraint of the database.
func (l *Loading) Flush(ctx context.Context) error {
	for _, c := range l.tables {
		if c.err != nil {
			return fmt.Errorf("copy into %s: %w", c.name, c.err)
		}
		if len(c.text) == 0 {
			continue
		}
		// One Exec per row would cost more than the server needs to store
		// it. The driver takes whole blocks only below database/sql.
		err := l.conn.Raw(func(connection any) error { return c.send(ctx, connection, c.text) })
		if err != nil {
			return fmt.Errorf("copy into %s: %w", c.name, err)
		}
		c.text = c.text[:0]
	}
	return nil
}

// Copy gathers the rows of one table.
type Copy struct {
	name      string
	statement string
	columns   int
	text      []byte // in the text format of COPY
	spare     []byte // the text before, to be written over
	rows      int64
	err       error
}

// Name returns the table's name.
func (c *Copy) Name() string { return c.name }

// Rows returns the number of rows taken so far.
func (c *Copy) Rows() int64 { return c.rows }

// Row takes a row: one value per column, in their order. Values are numbers,
// strings, booleans, times and pointers to these, where nil is NULL; []string
// is an array of text, and []byte is text as it stands, where nil is NULL. An
// unfit row is reported by the next Flush.
func (c *Copy) Row(values ...any) {
	if len(values) != c.columns && c.err == nil {
		c.err = fmt.Errorf("row %d has %d values for %d columns", c.rows+1, len(values), c.columns)
	}
	for i, v := range values {
		if i > 0 {
			c.text = append(c.text, '\t')
		}
		c.value(v)
	}
	c.text = append(c.text, '\n')
	c.rows++
}

// RowWith is Row for a table whose last columns are numbers.
func (c *Copy) RowWith(numbers []int64, values ...any) {
	if len(values)+len(numbers) != c.columns && c.err == nil {
		c.err = fmt.Errorf("row %d has %d values for %d columns", c.rows+1, len(values)+len(numbers), c.columns)
	}
	for i, v := range values {
		if i > 0 {
			c.text = append(c.text, '\t')
		}
		c.value(v)
	}
	for _, n := range numbers {
		c.text = append(c.text, '\t')
		c.text = strconv.AppendInt(c.text, n, 10)
	}
	c.text = append(c.text, '\n')
	c.rows++
}

// value appends one value. It keeps no reference to v, so that the caller's
// numbers stay on the stack; this is why it spells out the types.
func (c *Copy) value(v any) {
	switch v := v.(type) {
	case int64:
		c.text = strconv.AppendInt(c.text, v, 10)
	case int:
		c.text = strconv.AppendInt(c.text, int64(v), 10)
	case bool:
		c.text = strconv.AppendBool(c.text, v)
	case string:
		c.text = appendCopyText(c.text, v)
	case time.Time:
		c.text = v.AppendFormat(c.text, time.RFC3339Nano)
	case []byte:
		if v == nil {
			c.null()
			return
		}
		c.text = appendCopyText(c.text, string(v))
	case []string:
		array, err := pq.StringArray(v).Value()
		if text, ok := array.(string); ok && err == nil {
			c.text = appendCopyText(c.text, text)
			return
		}
		c.null()
	case *int64:
		if v == nil {
			c.null()
			return
		}
		c.text = strconv.AppendInt(c.text, *v, 10)
	case *int:
		if v == nil {
			c.null()
			return
		}
		c.text = strconv.AppendInt(c.text, int64(*v), 10)
	case *string:
		if v == nil {
			c.null()
			return
		}
		c.text = appendCopyText(c.text, *v)
	case *time.Time:
		if v == nil {
			c.null()
			return
		}
		c.text = v.AppendFormat(c.text, time.RFC3339Nano)
	case nil:
		c.null()
	default:
		if c.err == nil {
			c.err = fmt.Errorf("row %d has a value of type %s", c.rows+1, reflect.TypeOf(v).String())
		}
	}
}

func (c *Copy) null() { c.text = append(c.text, `\N`...) }

// appendCopyText appends s with what COPY's text format escapes.
func appendCopyText(b []byte, s string) []byte {
	for i := range len(s) {
		switch s[i] {
		case '\\':
			b = append(b, `\\`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		default:
			b = append(b, s[i])
		}
	}
	return b
}

// send copies text, gathered rows, into the table, on the driver's connection.
func (c *Copy) send(ctx context.Context, connection any, text []byte) (err error) {
	preparer, ok := connection.(driver.ConnPrepareContext)
	if !ok {
		return fmt.Errorf("the driver's %T does not prepare", connection)
	}
	statement, err := preparer.PrepareContext(ctx, c.statement)
	if err != nil {
		return err
	}
	blocks, ok := statement.(interface {
		CopyData(ctx context.Context, block string) (driver.Result, error)
		Close() error
	})
	if !ok {
		return fmt.Errorf("the driver's %T does not take blocks", statement)
	}
	// The driver ends each block with a line feed of its own.
	_, err = blocks.CopyData(ctx, string(text[:len(text)-1]))
	// Closing waits for the server's answer, which names the unfit row.
	if closed := blocks.Close(); closed != nil {
		return closed
	}
	return err
}

// identityTables have an id that the database counts on with.
func identityTables() []string {
	return []string{
		"app_user", "advertiser", "campaign", "ad_group", "pin", "ad", "change", "audience", "keyword", "label", "conversion_tag",
		"billing_profile", "invoice", "order_line", "ad_credit", "saved_view", "report_template", "export_run", "notification", "recommendation",
		"invitation", "member_change",
	}
}

// dataTables are all tables but those that keep the schema itself.
func dataTables() []string {
	names := []string{}
	for name, class := range Tables() {
		if class != Local {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

const anyAdvertiser = `-- name: AnyAdvertiser
SELECT EXISTS (SELECT 1 FROM advertiser)`

// HasAdvertisers tells whether the database holds any advertiser.
func HasAdvertisers(ctx context.Context, db *sqlx.DB) (found bool, err error) {
	if err := db.GetContext(ctx, &found, anyAdvertiser); err != nil {
		return false, fmt.Errorf("look for advertisers: %w", err)
	}
	return found, nil
}

// Clear removes the rows of all tables, and lets ids count from 1 again.
func (l *Loading) Clear(ctx context.Context) error {
	statement := "-- name: Clear\nTRUNCATE " + strings.Join(dataTables(), ", ") + " RESTART IDENTITY"
	if _, err := l.tx.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("clear: %w", err)
	}
	return nil
}

// AdvanceIdentities lets new ids count on from the loaded ones, leaving aside
// ids from 2^53 on, which stand for those of another numbering.
func (l *Loading) AdvanceIdentities(ctx context.Context) error {
	for _, table := range identityTables() {
		statement := fmt.Sprintf(`-- name: AdvanceIdentity
SELECT setval(pg_get_serial_sequence('%[1]s', 'id'), max(id))
FROM %[1]s
WHERE id < 9007199254740992`, table)
		if _, err := l.tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("advance the ids of %s: %w", table, err)
		}
	}
	return nil
}

// Analyze gives the planner statistics of all tables, and marks their
// rows as visible to all, which the first readers would have to do otherwise.
func Analyze(ctx context.Context, db *sqlx.DB) error {
	statement := "-- name: Analyze\nVACUUM (ANALYZE) " + strings.Join(dataTables(), ", ")
	if _, err := db.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}

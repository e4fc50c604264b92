package store

import (
	"context"

	"github.com/jmoiron/sqlx"
)

const databaseState = `-- name: DatabaseState
SELECT pg_current_snapshot()::text`

// State names what can be seen in the database: while it is the same, no
// transaction that wrote anything has ended.
func (s *Store) State(ctx context.Context) (state string, err error) {
	err = s.each(ctx, statement{text: databaseState}, func(rows *sqlx.Rows) error { return rows.Scan(&state) })
	return state, err
}

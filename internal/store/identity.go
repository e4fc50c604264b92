package store

import (
	"context"

	"github.com/jmoiron/sqlx"
)

const userByIdentity = `-- name: UserByIdentity
SELECT i.user_id
FROM identity AS i
WHERE i.issuer = $1 AND i.subject = $2`

// UserByIdentity returns the user whom an OpenID Connect issuer calls by a
// subject, or 0 for somebody whom nobody has given access.
func (s *Store) UserByIdentity(ctx context.Context, issuer, subject string) (user int64, err error) {
	err = s.each(ctx, statement{text: userByIdentity, args: []any{issuer, subject}}, func(rows *sqlx.Rows) error { return rows.Scan(&user) })
	return user, err
}

package store

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// TheObjects is the statement that lists what a schema consists of.
const TheObjects = theObjects

// SchemaObjects is the list that is embedded.
var SchemaObjects = schemaObjects

// CheckServer fails for a PostgreSQL that is too old.
var CheckServer = checkServer

// RunText runs a statement as reads are run.
func RunText(ctx context.Context, s *Store, text string) error {
	return s.each(ctx, statement{text: text}, func(*sqlx.Rows) error { return nil })
}

// Occupy takes a number of connections of the pool for reads.
func Occupy(ctx context.Context, s *Store, n int) (release func(), err error) {
	var held []*sqlx.Conn
	release = func() {
		for _, c := range held {
			_ = c.Close()
		}
	}
	for range n {
		c, err := s.db.Connx(ctx)
		if err != nil {
			release()
			return nil, err
		}
		held = append(held, c)
	}
	return release, nil
}

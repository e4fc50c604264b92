package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"adsgraph/internal/store"
)

// verify checks that everything the database holds twice agrees, and fails at
// the first difference.
func verify(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(stderr)
	address := databaseFlag(flags, getenv)
	if err := flags.Parse(args); err != nil {
		return err
	}
	db, err := openDatabase(ctx, *address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return store.Verify(ctx, db, func(c store.Check) {
		_, _ = fmt.Fprintf(stdout, "ok  %s (%d rows)\n", c.Name, c.Rows)
	})
}

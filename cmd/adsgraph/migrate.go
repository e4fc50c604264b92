package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"

	"adsgraph/internal/store"
)

// migrate brings a database to the newest schema.
func migrate(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("migrate", flag.ContinueOnError)
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
	if err := store.Migrate(ctx, db, time.Now(), stdout); err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout, "The schema is up to date.")
	return err
}

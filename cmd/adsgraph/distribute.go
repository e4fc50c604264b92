package main

import (
	"context"
	"fmt"
	"io"

	"adsgraph/internal/store"
)

const distributeHelp = `Usage: adsgraph distribute [flags]

Declares the tables of a migrated database to Citus, so that each advertiser's rows
lie together on one node; see docs/scaling.md. Give the address of the coordinator.
What is done already is left alone.

`

// distribute declares the tables to Citus, or prints how.
func distribute(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flagsWithHelp("distribute", distributeHelp, stderr)
	address := databaseFlag(flags, getenv)
	dryRun := flags.Bool("dry-run", false, "print the statements, and do nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("what is %q? There are only flags", flags.Arg(0))
	}
	db, err := openDatabase(ctx, *address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return store.Distribute(ctx, db, *dryRun, stdout)
}

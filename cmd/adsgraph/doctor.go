package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"adsgraph/internal/settings"
	"adsgraph/internal/store"
)

// errUnwell ends a doctor that found what does not work.
var errUnwell = errors.New("the database is not as it has to be")

// doctorCommand looks at a database for a server with these settings.
func doctorCommand(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("doctor", flag.ContinueOnError)
	flags.SetOutput(stderr)
	asJSON := flags.Bool("json", false, "print a JSON object per check")
	full := flags.Bool("full", false, "compare the roll-ups of all advertisers with facts, which reads all of them")
	var only []string
	listFlag(flags, &only, "only", "`name` of a check to make, such as freshness; may be repeated")
	c := &config{}
	if err := c.read(flags, args, getenv, func() []settings.Problem { return nil }); err != nil {
		return err
	}
	for _, name := range only {
		if !slices.Contains(store.CheckNames(), name) {
			return fmt.Errorf("--only: there is no check %q; there are %s", name, strings.Join(store.CheckNames(), ", "))
		}
	}
	db, err := openDatabase(ctx, c.database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var unwell error
	lines := json.NewEncoder(stdout)
	store.Examine(ctx, db, store.Examination{
		Connections: c.connections, Timeout: c.timeout, Fenced: c.rowSecurity, Full: *full, Only: only, Now: time.Now,
	}, func(f store.Finding) {
		if f.Health == store.Failed {
			unwell = errUnwell
		}
		if *asJSON {
			err = errors.Join(err, lines.Encode(f))
			return
		}
		line := fmt.Sprintf("%-5s %-18s %s", f.Health, f.Check, f.Detail)
		if f.Do != "" {
			line += "; to do: " + f.Do
		}
		_, _ = fmt.Fprintln(stdout, line)
	})
	return errors.Join(err, unwell)
}

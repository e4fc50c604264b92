package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/demo"
	"adsgraph/internal/store"
)

// seed fills a migrated database with demo data.
func seed(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("seed", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var o demo.Options
	flags.StringVar((*string)(&o.Size), "size", string(demo.Medium), "`small`, medium or large: 20, 200 or 2,000 advertisers")
	flags.Uint64Var(&o.Seed, "seed", 1, "which of many worlds; the same number gives the same rows")
	flags.Func("as-of", "the `instant` to take for now, as 2006-01-02T15:04:05Z (default the clock's)", func(s string) (err error) {
		o.AsOf, err = time.Parse(time.RFC3339, s)
		return err
	})
	address := databaseFlag(flags, getenv)
	force := flags.Bool("force", false, "remove all rows first")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.AsOf.IsZero() {
		o.AsOf = time.Now()
	}
	db, err := openDatabase(ctx, *address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if !*force {
		found, err := store.HasAdvertisers(ctx, db)
		if err != nil {
			return err
		}
		if found {
			return errors.New("the database already holds advertisers; --force removes all its rows first")
		}
	}
	if err := seedDatabase(ctx, db, o, stderr); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "Filled with %s demo data, seed %d, as of %s.\n", o.Size, o.Seed, o.AsOf.UTC().Format(time.RFC3339))
	return err
}

// databaseFlag adds the flag that names the database.
func databaseFlag(flags *flag.FlagSet, getenv func(string) string) *string {
	address := getenv("DATABASE_URL")
	flags.Var((*addressFlag)(&address), "database", "`URL` of the database (default $DATABASE_URL)")
	return &address
}

// addressFlag is the address of a database, which the help does not show: it may
// hold a password.
type addressFlag string

// String returns nothing.
func (*addressFlag) String() string { return "" }

// Set takes an address.
func (a *addressFlag) Set(text string) error {
	*a = addressFlag(text)
	return nil
}

var errNoDatabase = errors.New("no database: set DATABASE_URL or give --database")

// openDatabase connects to the database at an address.
func openDatabase(ctx context.Context, address string) (*sqlx.DB, error) {
	if address == "" {
		return nil, errNoDatabase
	}
	return store.OpenDB(ctx, address)
}

// openStore returns the store of a database that answers and is migrated.
func openStore(ctx context.Context, address string, o store.Options) (*store.Store, error) {
	if address == "" {
		return nil, errNoDatabase
	}
	s, err := store.Open(ctx, address, o, time.Now)
	if err != nil {
		return nil, err
	}
	if err := s.Ping(ctx); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// seedDatabase replaces all rows of a migrated database with demo data, all or
// none, and tells progress how it goes.
func seedDatabase(ctx context.Context, db *sqlx.DB, o demo.Options, progress io.Writer) error {
	generator, err := demo.New(o)
	if err != nil {
		return err
	}
	start := time.Now()
	say := func(format string, args ...any) {
		_, _ = fmt.Fprintf(progress, "%6.1f s  %s\n", time.Since(start).Seconds(), fmt.Sprintf(format, args...))
	}
	err = store.Load(ctx, db, func(l *store.Loading) error {
		if err := l.Clear(ctx); err != nil {
			return err
		}
		first := o.AsOf.AddDate(0, 0, -demo.HistoryDays-1)
		if err := store.EnsurePartitions(ctx, l.Tx(), first, o.AsOf.AddDate(0, 3, 0)); err != nil {
			return err
		}
		if err := loadDemo(ctx, l, generator, say); err != nil {
			return err
		}
		say("rolling up")
		if err := store.RollUpAll(ctx, l.Tx()); err != nil {
			return err
		}
		return l.AdvanceIdentities(ctx)
	})
	if err != nil {
		return err
	}
	say("analyzing")
	if err := store.Analyze(ctx, db); err != nil {
		return err
	}
	say("done")
	return nil
}

// loadDemo copies the demo's rows into the database while it makes the next
// ones.
func loadDemo(ctx context.Context, l *store.Loading, g *demo.Generator, say func(string, ...any)) error {
	making, stop := context.WithCancelCause(ctx)
	parts := make(chan demoPart, 64)
	go func() {
		defer close(parts)
		if err := makeDemo(making, g, parts); err != nil {
			stop(err)
		}
	}()
	defer func() { // not to leave the maker behind
		stop(nil)
		for range parts {
			continue // until the maker has closed it
		}
	}()
	t := newDemoTables(l)
	for _, u := range g.Users() {
		t.putUser(u)
	}
	for _, i := range g.Identities() {
		t.putIdentity(i)
	}
	accounts, last, lastRows := 0, time.Now(), int64(0)
	for part := range parts {
		if part.account != nil {
			accounts++
			t.putAccount(part.account)
		}
		t.putFacts(part.facts)
		if err := l.FlushFull(ctx); err != nil {
			return err
		}
		if passed := time.Since(last); passed >= progressInterval {
			rows := rowsOf(l)
			say("%d of %d advertisers, %d rows, %.0f rows/s", accounts, g.Advertisers(), rows, float64(rows-lastRows)/passed.Seconds())
			last, lastRows = time.Now(), rows
		}
	}
	if err := context.Cause(making); err != nil {
		return err
	}
	if err := l.Flush(ctx); err != nil {
		return err
	}
	totals := []string{}
	for _, c := range l.Tables() {
		totals = append(totals, fmt.Sprintf("%s %d", c.Name(), c.Rows()))
	}
	say("%d rows: %s", rowsOf(l), strings.Join(totals, ", "))
	return nil
}

// progressInterval is how often seeding tells how far it is.
const progressInterval = 2 * time.Second

// demoPart is an account, or facts of the account before.
type demoPart struct {
	account *demo.Account
	facts   demo.Facts
}

// makeDemo sends all parts of the demo, in order, until ctx ends.
func makeDemo(ctx context.Context, g *demo.Generator, parts chan<- demoPart) error {
	send := func(p demoPart) bool {
		select {
		case parts <- p:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for i := range g.Advertisers() {
		account, err := g.Account(i)
		if err != nil {
			return err
		}
		if !send(demoPart{account: account}) {
			return nil
		}
		for facts := range account.Facts() {
			if !send(demoPart{facts: facts}) {
				return nil
			}
		}
	}
	return nil
}

func rowsOf(l *store.Loading) (rows int64) {
	for _, c := range l.Tables() {
		rows += c.Rows()
	}
	return rows
}

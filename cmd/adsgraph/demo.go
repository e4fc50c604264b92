package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/demo"
	"adsgraph/internal/devpg"
	"adsgraph/internal/store"
)

// demoToken signs in as the demo's agency, which owns every advertiser. It is
// no secret: the demo's data is made up and its server listens to this machine.
const demoToken = "demo-owner"

// demoCommand starts a private PostgreSQL with demo data, and the server.
func demoCommand(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	c := config{open: true}
	if err := c.register(flags, getenv); err != nil {
		return err
	}
	size := flags.String("size", string(demo.Medium), "`small`, medium or large: 20, 200 or 2,000 advertisers")
	dir := flags.String("dir", ".dev/postgres", "`directory` of the private PostgreSQL")
	fresh := flags.Bool("fresh", false, "fill the database anew, up to now")
	address := databaseFlag(flags, getenv)
	if err := flags.Parse(args); err != nil {
		return err
	}
	c.database = *address
	if c.database == "" {
		cluster, err := devpg.Start(ctx, devpg.Config{Dir: *dir, Log: stdout, Install: true})
		if err != nil {
			return err
		}
		defer func() { _ = cluster.Stop() }()
		if err := cluster.CreateDatabase(ctx, "adsgraph"); err != nil {
			return err
		}
		c.database = cluster.DSN("adsgraph")
	}
	if err := prepareDemo(ctx, c.database, demo.Size(*size), *fresh, stdout); err != nil {
		return err
	}
	c.tokens[demoToken], c.signIn = auth.Viewer{UserID: 1}, demoToken
	err := c.serve(ctx, stderr, func(address string) { _, _ = io.WriteString(stdout, welcome(address)) })
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// prepareDemo migrates a database and fills it unless it holds advertisers. It
// says when what it holds has become old: presets such as "last 7 days" would
// show less and less.
func prepareDemo(ctx context.Context, address string, size demo.Size, fresh bool, stdout io.Writer) error {
	db, err := openDatabase(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	now := time.Now()
	if err := store.Migrate(ctx, db, now, stdout); err != nil {
		return err
	}
	filled, err := store.HasAdvertisers(ctx, db)
	if err != nil {
		return err
	}
	if filled && !fresh {
		asOf, err := store.DataAsOf(ctx, db)
		if days := int(now.Sub(asOf).Hours() / 24); err == nil && days > 0 {
			_, _ = fmt.Fprintf(stdout, "the demo's data is %d days old; make demo ARGS=--fresh fills it anew\n", days)
		}
		return err
	}
	_, _ = fmt.Fprintf(stdout, "filling the database with %s demo data\n", size)
	return seedDatabase(ctx, db, demo.Options{Seed: 1, Size: size, AsOf: now}, stdout)
}

// welcome is the demo's last lines: where to look, and a query to paste.
func welcome(address string) string {
	id := ads.Ref{Level: ads.LevelAdvertiser, Advertiser: 1, ID: 1}
	return fmt.Sprintf(`
Playground:  http://%[1]s/playground

Try this in another terminal:

curl -s http://%[1]s/graphql -H 'Content-Type: application/json' -H 'Authorization: Bearer %[2]s' -d '{"query":"{ advertiser(id: \"%[3]s\") { name currency campaigns(first: 3, orderBy: {metric: SPEND, direction: DESC}, report: {dates: {preset: LAST_7_DAYS}, compareTo: PREVIOUS_PERIOD}) { totalCount edges { node { name status delivery { status } } metrics { total { spend { amount } ctr roas } previous { spend { amount } } } } } } }"}'

Ctrl-C stops the server and the database; the data stays in .dev.
`, address, demoToken, id)
}

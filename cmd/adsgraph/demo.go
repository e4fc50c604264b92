package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/demo"
	"adsgraph/internal/devpg"
	"adsgraph/internal/store"
)

// notOfDemo names the settings that the demo has not: it signs people in itself, and
// is there to be played with.
func notOfDemo() []string { return []string{"issuer", "audience", "playground"} }

// demoCommand starts a private PostgreSQL with demo data, and the server.
func demoCommand(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	c := &config{}
	size := flags.String("size", string(demo.Medium), "`small`, medium or large: 20, 200 or 2,000 advertisers")
	dir := flags.String("dir", demoDir, "`directory` of the private PostgreSQL; the key that signs people in is beside it")
	fresh := flags.Bool("fresh", false, "fill the database anew, up to now")
	if err := c.read(flags, args, getenv, c.checkTogether, notOfDemo()...); err != nil {
		return err
	}
	c.open = true
	signIn, err := newDemoSignIn(*dir)
	if err != nil {
		return err
	}
	c.demo, c.audiences = signIn, []string{demoAudience}
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
	err = c.serve(ctx, stderr, func(address string) { _, _ = io.WriteString(stdout, welcome(address, *dir)) })
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
		owner, err := store.New(db, time.Now).UserByIdentity(ctx, demo.Issuer, "owner")
		if err != nil {
			return err
		}
		if owner == 0 {
			return errors.New("the database holds advertisers but nobody who can sign in to the demo: it is not one of the demo, or an old one; make demo ARGS=--fresh replaces all its rows")
		}
		asOf, err := store.DataAsOf(ctx, db)
		if days := int(now.Sub(asOf).Hours() / 24); err == nil && days > 0 {
			_, _ = fmt.Fprintf(stdout, "the demo's data is %d days old; make demo ARGS=--fresh fills it anew\n", days)
		}
		return err
	}
	_, _ = fmt.Fprintf(stdout, "filling the database with %s demo data\n", size)
	return seedDatabase(ctx, db, demo.Options{Seed: 1, Size: size, AsOf: now}, stdout)
}

// welcome is the demo's last lines: where to look, who can sign in, and a query
// to paste.
func welcome(address, dir string) string {
	id := ads.Ref{Level: ads.LevelAdvertiser, Advertiser: 1, ID: 1}
	command := "bin/adsgraph token owner"
	if demoKey(dir) != demoKey(demoDir) {
		command += " --dir '" + dir + "'"
	}
	return fmt.Sprintf(`
Ads Manager: http://%[1]s/
Playground:  http://%[1]s/playground

%[2]s
Try this in another terminal:

curl -s http://%[1]s/graphql -H 'Content-Type: application/json' -H "Authorization: Bearer $(%[3]s)" -d '{"query":"{ advertiser(id: \"%[4]s\") { name currency campaigns(first: 3, orderBy: {metric: SPEND, direction: DESC}, report: {dates: {preset: LAST_7_DAYS}, compareTo: PREVIOUS_PERIOD}) { totalCount edges { node { name status delivery { status } } metrics { total { spend { amount } ctr roas } previous { spend { amount } } } } } } }"}'

Ctrl-C stops the server and the database; the data stays in %[5]s.
`, address, personaTable(), command, id, dir)
}

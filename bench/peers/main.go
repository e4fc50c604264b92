// Command peers measures the screens of Adsgraph beside what else answers them:
// hand-written SQL, PostGraphile and GraphQL Yoga, on one database. See README.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // zones must not depend on the machine

	"github.com/jmoiron/sqlx"

	"adsgraph/bench/hand"
	"adsgraph/internal/devpg"
	"adsgraph/internal/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// options is what the command is told.
type options struct {
	plan
	database   string
	postmaster int
	dir, out   string
	screens    string
	contenders string
	byScale    bool
	telemeter  bool
	plot       string
	serveHand  string
	away       time.Duration
}

// run is main with everything that it touches passed in.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("peers", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var o options
	flags.IntVar(&o.concurrency, "concurrency", 16, "how many requests are under way")
	flags.IntVar(&o.rounds, "rounds", 5, "how often each contender has its turn on each screen")
	flags.DurationVar(&o.round, "round", 3*time.Second, "how long a turn is")
	flags.DurationVar(&o.warmUp, "warm-up", 5*time.Second, "how long each contender is asked for each screen before it is measured")
	flags.StringVar(&o.database, "database", "", "`URL` of a database of the demo to use, whose user is a superuser, on a server of this machine that has pg_stat_statements loaded (default a private PostgreSQL)")
	flags.IntVar(&o.postmaster, "database-pid", 0, "`id` of the first process of that server")
	flags.StringVar(&o.dir, "dir", ".dev/peers", "`directory` of the private PostgreSQL and of the servers' logs")
	flags.StringVar(&o.out, "out", "", "`file` for the tables too (default peers.md in --dir, or telemetry.md)")
	flags.StringVar(&o.screens, "screens", "", "`titles` of the screens to measure, separated by commas (default all)")
	flags.StringVar(&o.contenders, "contenders", "", "`names` of who is measured beside Adsgraph and one statement, separated by commas (default all)")
	flags.DurationVar(&o.away, "away", 0, "how much longer a round trip to the database takes, through a proxy; ask with --concurrency 1 for what that does to latency")
	flags.BoolVar(&o.byScale, "scale", false, "measure Adsgraph alone, against the size of the database and of the advertiser")
	flags.BoolVar(&o.telemeter, "telemetry", false, "measure Adsgraph alone: what metrics and traces cost")
	flags.StringVar(&o.plot, "plot", "docs/scale.svg", "`file` for the plot of --scale")
	flags.StringVar(&o.serveHand, "serve-hand", "", "`address` to answer the hand-written statements at; the command starts itself so")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("%q is too much: there are flags only", flags.Arg(0))
	case o.serveHand != "":
		return serveHand(ctx, o.serveHand, o.database)
	case o.rounds < 1 || o.concurrency < 1 || o.round < time.Millisecond || o.warmUp < time.Millisecond:
		return errors.New("--rounds, --concurrency, --round and --warm-up are 1 and more")
	case o.concurrency > maxConcurrency:
		return fmt.Errorf("--concurrency is at most %d, so that the same request is not under way twice", maxConcurrency)
	case (o.database == "") != (o.postmaster == 0):
		return errors.New("--database and --database-pid go together")
	}
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return err
	}
	if o.byScale {
		return o.writeScale(ctx, stdout, stderr)
	}
	measure, name := o.compare, "peers.md"
	if o.telemeter {
		measure, name = o.telemetry, "telemetry.md"
	}
	text, err := measure(ctx, stderr)
	if err != nil {
		return err
	}
	if o.out == "" {
		o.out = filepath.Join(o.dir, name)
	}
	if err := os.WriteFile(o.out, []byte(text), 0o644); err != nil {
		return err
	}
	_, err = io.WriteString(stdout, text)
	return err
}

// compare starts everything, and returns the tables.
func (o *options) compare(ctx context.Context, progress io.Writer) (string, error) {
	chosen, err := o.chosen()
	if err != nil {
		return "", err
	}
	for name := range strings.SplitSeq(o.contenders, ",") {
		if o.contenders != "" && !slices.ContainsFunc(optional, func(c starter) bool { return c.name == name }) {
			return "", fmt.Errorf("--contenders: there is no contender %q", name)
		}
	}
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(progress, format+"\n", args...) }
	f := field{dir: o.dir, adsgraph: filepath.Join(o.dir, "adsgraph"), database: o.database}
	say("building Adsgraph")
	if err := command(ctx, progress, "", "go", "build", "-trimpath", "-o", f.adsgraph, "adsgraph/cmd/adsgraph"); err != nil {
		return "", err
	}
	if f.node, err = installNode(ctx, progress); err != nil {
		return "", err
	}
	if o.database == "" {
		cluster, err := o.startDatabase(ctx, progress)
		if err != nil {
			return "", err
		}
		defer func() { _ = cluster.Stop() }()
		f.database = cluster.DSN("adsgraph")
	}
	db, err := prepareDatabase(ctx, f, progress)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	if o.away > 0 {
		if f.database, err = moveAway(ctx, f.database, o.away); err != nil {
			return "", err
		}
	}
	contenders, err := o.start(ctx, f, say)
	defer func() {
		for _, c := range contenders {
			c.process.end()
		}
	}()
	if err != nil {
		return "", err
	}
	about, err := o.conditions(ctx, db, f)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	text.WriteString(about + "\n\n")
	for _, s := range chosen {
		questions, err := s.questions(ctx, db)
		if err != nil {
			return "", err
		}
		here := slices.DeleteFunc(slices.Clone(contenders), func(c *contender) bool { return c.url(s) == "" })
		if err := checkEqual(ctx, s, questions, here); err != nil {
			return "", err
		}
		say("%s: %d answers of %d contenders are equal", s.title, len(questions), len(here))
		all, err := measure(ctx, db, o.postmaster, o.plan, s, questions, here, progress)
		if err != nil {
			return "", err
		}
		text.WriteString(table(s.title, all) + "\n")
	}
	return text.String(), nil
}

// chosen returns the screens to measure.
func (o *options) chosen() ([]screen, error) {
	if o.screens == "" {
		return screens, nil
	}
	var list []screen
	for title := range strings.SplitSeq(o.screens, ",") {
		i := slices.IndexFunc(screens, func(s screen) bool { return s.title == title })
		if i < 0 {
			return nil, fmt.Errorf("--screens: there is no screen %q", title)
		}
		list = append(list, screens[i])
	}
	return list, nil
}

// starter starts a contender.
type starter struct {
	name  string
	start func(ctx context.Context, f field) (*contender, error)
}

// Those beside Adsgraph and the hand-written statement, and beside the three
// statements, which the process of the one answers too.
var optional = []starter{ //nolint:gochecknoglobals // a table
	{"PostGraphile", startPostgraphile},
	{"GraphQL Yoga with DataLoader", startYoga},
	{"Adsgraph without row security", func(ctx context.Context, f field) (*contender, error) {
		return startAdsgraph(ctx, f, "Adsgraph without row security", "--row-security=false")
	}},
}

// start starts Adsgraph, the hand-written statements, and who else is chosen. Those
// that run are returned with an error too.
func (o *options) start(ctx context.Context, f field, say func(string, ...any)) (running []*contender, err error) {
	all := append([]starter{
		{"Adsgraph", func(ctx context.Context, f field) (*contender, error) { return startAdsgraph(ctx, f, "Adsgraph") }},
		{"one statement", startHand},
	}, optional...)
	for i, s := range all {
		if i > 1 && o.contenders != "" && !slices.Contains(strings.Split(o.contenders, ","), s.name) {
			continue
		}
		say("starting %s", s.name)
		c, err := s.start(ctx, f)
		if err != nil {
			return running, err
		}
		running = append(running, c)
		if i == 1 {
			running = append(running, flatOf(c))
		}
	}
	return running, nil
}

// startDatabase starts a private PostgreSQL with an empty database, or the one of an
// earlier run.
func (o *options) startDatabase(ctx context.Context, progress io.Writer) (*devpg.Cluster, error) {
	cluster, err := devpg.Start(ctx, devpg.Config{
		Dir: filepath.Join(o.dir, "postgres"), Log: progress, Install: true,
		Settings: map[string]string{"shared_preload_libraries": "pg_stat_statements"},
	})
	if err != nil {
		return nil, err
	}
	if err := cluster.CreateDatabase(ctx, "adsgraph"); err != nil {
		return nil, errors.Join(err, cluster.Stop())
	}
	o.postmaster = cluster.PID()
	return cluster, nil
}

// prepareDatabase migrates the database, fills it unless it is filled, and adds
// what contenders need, each in a schema of its own.
func prepareDatabase(ctx context.Context, f field, progress io.Writer) (*sqlx.DB, error) {
	if err := command(ctx, progress, "", f.adsgraph, "migrate", "--database", f.database); err != nil {
		return nil, err
	}
	db, err := store.OpenDB(ctx, f.database)
	if err != nil {
		return nil, err
	}
	filled, err := store.HasAdvertisers(ctx, db)
	if err == nil && !filled {
		err = command(ctx, progress, "", f.adsgraph, "seed", "--size", "medium", "--database", f.database)
	}
	shown, readErr := postgraphileSchema()
	err = errors.Join(err, readErr)
	for _, text := range []string{"CREATE EXTENSION IF NOT EXISTS pg_stat_statements", hand.Functions, shown} {
		if err == nil {
			_, err = db.ExecContext(ctx, text)
		}
	}
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("prepare the database: %w", err)
	}
	return db, nil
}

// conditions says under which conditions the figures are measured.
func (o *options) conditions(ctx context.Context, db *sqlx.DB, f field) (string, error) {
	var postgres string
	if err := db.GetContext(ctx, &postgres, "SHOW server_version"); err != nil {
		return "", err
	}
	node, err := exec.CommandContext(ctx, f.node, "--version").Output()
	if err != nil {
		return "", fmt.Errorf("ask for the version of node: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(nodeDirectory, "package.json"))
	if err != nil {
		return "", err
	}
	var pinned struct{ Dependencies map[string]string }
	if err := json.Unmarshal(text, &pinned); err != nil {
		return "", fmt.Errorf("read package.json: %w", err)
	}
	postgres, _, _ = strings.Cut(postgres, " ")
	away := ""
	if o.away > 0 {
		away = fmt.Sprintf("The database is %s further away. ", o.away)
	}
	return away + fmt.Sprintf("%d requests under way, %d rounds of %s, %d cores that all share. PostgreSQL %s, %s, Node %s, PostGraphile %s, GraphQL Yoga %s.",
		o.concurrency, o.rounds, o.round, runtime.NumCPU(), postgres, strings.Replace(runtime.Version(), "go", "Go ", 1),
		strings.TrimPrefix(strings.TrimSpace(string(node)), "v"), pinned.Dependencies["postgraphile"], pinned.Dependencies["graphql-yoga"]), nil
}

// command runs a program in a directory; what it writes goes to progress.
func command(ctx context.Context, progress io.Writer, dir, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, progress, progress
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run %s %s: %w", program, args[0], err)
	}
	return nil
}

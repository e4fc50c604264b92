// Command adsgraph is a GraphQL backend for Ads Managers, over PostgreSQL.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	_ "time/tzdata" // zones must not depend on the machine
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	tuneMemory(os.Getenv)
	slog.SetLogLoggerLevel(slog.LevelWarn) // of commands; servers have a logger of their own
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "adsgraph:", err)
		os.Exit(1)
	}
}

// gcPercent lets the heap grow to five times what is in use before it is
// collected. A request leaves much behind and the server keeps little, so that
// the default would collect all the time; see docs/benchmarks.md.
const gcPercent = 400

// tuneMemory sets the collector unless the environment does.
func tuneMemory(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

// flagsWithHelp returns the flags of a subcommand, whose --help prints a text before
// their list.
func flagsWithHelp(name, help string, stderr io.Writer) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		_, _ = io.WriteString(stderr, help)
		flags.PrintDefaults()
	}
	return flags
}

// command is one of the program's subcommands.
type command struct {
	name, does string
	run        func(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error
}

func commands() []command {
	return []command{
		{"demo", "starts a private PostgreSQL with demo data, and the server", demoCommand},
		{"token", "prints a token for one of the demo's people", tokenCommand},
		{"serve", "starts the server on a database", serve},
		{"migrate", "brings a database to the newest schema", migrate},
		{"distribute", "declares the tables of a database to Citus", distribute},
		{"seed", "fills a migrated database with demo data", seed},
		{"import", "reads ads data from files of other systems", importCommand},
		{"export", "writes a list of a screen as CSV or JSON Lines", exportCommand},
		{"explain", "tells what an operation needs: statements, loaders, cost; without running it, or with", explainCommand},
		{"bench", "asks a GraphQL endpoint again and again, and says how long it takes", benchCommand},
		{"client", "writes the schema, documents, manifests and types for a client", clientCommand},
		{"check", "fails if the schema breaks a client that was built before", checkCommand},
		{"documents", "lists the trusted documents and when they were last used", documentsCommand},
		{"switch", "prints what is switched off, or switches an operation or all writes off or on", switchCommand},
		{"config", "prints the settings in force and where they come from, or checks them", configCommand},
		{"doctor", "looks at a database and says what is wrong with it and what to do", doctorCommand},
		{"version", "prints the version, the revision and the schema that it needs", versionCommand},
		{"verify", "checks that the roll-ups of a database equal its facts", verify},
	}
}

// run is main with everything that it touches passed in.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		return usage(stdout)
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, args[1:], getenv, stdout, stderr)
		}
	}
	_ = usage(stderr) // the error below says what matters
	return fmt.Errorf("there is no command %q", args[0])
}

func usage(w io.Writer) error {
	var text strings.Builder
	text.WriteString("Usage: adsgraph <command> [flags]\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&text, "  %-10s %s\n", c.name, c.does)
	}
	text.WriteString("\nadsgraph <command> -h lists a command's flags.\n")
	_, err := io.WriteString(w, text.String())
	return err
}

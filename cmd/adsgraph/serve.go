package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql/playground"

	"adsgraph/graph"
	"adsgraph/internal/auth"
	"adsgraph/internal/httpd"
	"adsgraph/internal/observe"
)

// config is what the server is told. Flags come first, then the environment,
// then the defaults.
type config struct {
	listen   string
	database string
	timeout  time.Duration
	// exports is how many exports run at once, exportTimeout how long each may.
	exports       int
	exportTimeout time.Duration
	logJSON       bool
	tokens        map[string]auth.Viewer
	// open serves the playground and introspection; signIn is the token that the
	// demo's playground uses.
	open   bool
	signIn string
}

// register adds the flags that every command which serves has.
func (c *config) register(flags *flag.FlagSet, getenv func(string) string) error {
	listen := getenv("ADSGRAPH_LISTEN")
	if listen == "" {
		listen = "127.0.0.1:8080"
	}
	flags.StringVar(&c.listen, "listen", listen, "`address` to listen on (ADSGRAPH_LISTEN)")
	flags.DurationVar(&c.timeout, "timeout", 10*time.Second, "how long a request may take; its SQL is cancelled then")
	flags.IntVar(&c.exports, "exports", 2, "how many exports may run at once")
	flags.DurationVar(&c.exportTimeout, "export-timeout", 15*time.Minute, "how long an export may take; its SQL is cancelled then")
	flags.BoolVar(&c.logJSON, "log-json", getenv("ADSGRAPH_LOG") == "json", "log JSON objects instead of lines of text (ADSGRAPH_LOG=json)")
	c.tokens = map[string]auth.Viewer{}
	flags.Func("dev-token", "a fixed `token=user-id` for development; may be repeated (ADSGRAPH_DEV_TOKENS, separated by commas)", c.addToken)
	for pair := range strings.SplitSeq(getenv("ADSGRAPH_DEV_TOKENS"), ",") {
		if pair != "" {
			if err := c.addToken(pair); err != nil {
				return fmt.Errorf("ADSGRAPH_DEV_TOKENS: %w", err)
			}
		}
	}
	return nil
}

func (c *config) addToken(pair string) error {
	token, user, ok := strings.Cut(pair, "=")
	id, err := strconv.ParseInt(user, 10, 64)
	if !ok || err != nil || len(token) < 8 {
		return fmt.Errorf("want a token of 8 characters or more, =, and a user id")
	}
	c.tokens[token] = auth.Viewer{UserID: id}
	return nil
}

// serve starts the server on a database.
func serve(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var c config
	if err := c.register(flags, getenv); err != nil {
		return err
	}
	address := databaseFlag(flags, getenv)
	flags.BoolVar(&c.open, "playground", getenv("ADSGRAPH_PLAYGROUND") == "true", "serve the playground and introspection (ADSGRAPH_PLAYGROUND=true)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	c.database = *address
	return c.serve(ctx, stderr, func(address string) {
		_, _ = fmt.Fprintf(stdout, "Listening on http://%s/graphql\n", address)
	})
}

// serve is the only place where the parts are put together. It calls up when
// requests are answered.
func (c *config) serve(ctx context.Context, stderr io.Writer, up func(address string)) error {
	slog.SetDefault(observe.NewLogger(stderr, c.logJSON, slog.LevelInfo))
	s, err := openStore(ctx, c.database)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	handler, err := graph.NewServer(s, graph.Options{Introspection: c.open})
	if err != nil {
		return err
	}
	exporter, err := graph.NewExporter(s, max(1, c.exports))
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.listen)
	if err != nil {
		return fmt.Errorf("listen on %s (choose another with --listen): %w", c.listen, err)
	}
	edge := httpd.Config{
		GraphQL:       handler,
		Export:        exporter,
		Verify:        auth.NewStatic(c.tokens).Verify,
		Ready:         s.Ping,
		Timeout:       c.timeout,
		ExportTimeout: c.exportTimeout,
	}
	if c.open {
		edge.Playground = c.playground(listener.Addr())
	}
	up(listener.Addr().String())
	return httpd.Serve(ctx, listener, edge)
}

// playground is gqlgen's. On the demo it is signed in, if only this machine can
// reach it: the page is served to whoever asks.
func (c *config) playground(address net.Addr) http.Handler {
	headers := map[string]string{}
	if tcp, ok := address.(*net.TCPAddr); ok && tcp.IP.IsLoopback() && c.signIn != "" {
		headers["Authorization"] = "Bearer " + c.signIn
	}
	return playground.Handler("Adsgraph", "/graphql", playground.WithGraphiqlUiHeaders(headers))
}

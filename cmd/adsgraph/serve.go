package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"runtime/debug"
	"strings"
	"time"

	"adsgraph/graph"
	"adsgraph/graph/documents"
	"adsgraph/internal/auth"
	"adsgraph/internal/demo"
	"adsgraph/internal/httpd"
	"adsgraph/internal/live"
	"adsgraph/internal/observe"
	"adsgraph/internal/webui"
	"adsgraph/web"
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
	// rowSecurity puts every statement behind the policies of the database.
	rowSecurity bool
	// issuers and audiences are whose tokens are taken, and what for.
	issuers, audiences []string
	// origins are those whose pages may use the server, besides its own.
	origins []string
	// documents is the directory of manifests, documentUse the file of what was
	// used; trust is what is done with other documents.
	documents, documentUse, trust string
	// automatic lets clients make documents known.
	automatic bool
	// limits is the mode of all limits, empty for each its own; limit is changes of
	// some.
	limits    string
	limit     []string
	telemetry telemetryFlags
	// open serves the playground and introspection.
	open bool
	// demo signs in the people of the demo; nil for none.
	demo *demoSignIn
}

// register adds the flags that every command which serves has.
func (c *config) register(flags *flag.FlagSet, getenv func(string) string) {
	listen := getenv("ADSGRAPH_LISTEN")
	if listen == "" {
		listen = "127.0.0.1:8080"
	}
	flags.StringVar(&c.listen, "listen", listen, "`address` to listen on (ADSGRAPH_LISTEN)")
	flags.DurationVar(&c.timeout, "timeout", 10*time.Second, "how long a request may take; its SQL is cancelled then")
	flags.IntVar(&c.exports, "exports", 2, "how many exports may run at once")
	flags.DurationVar(&c.exportTimeout, "export-timeout", 15*time.Minute, "how long an export may take; its SQL is cancelled then")
	flags.BoolVar(&c.rowSecurity, "row-security", getenv("ADSGRAPH_ROW_SECURITY") != "false",
		"let the database check once more whose rows a statement reads; needs a session per connection, as without a pooler or with one in session mode (ADSGRAPH_ROW_SECURITY=false)")
	listFlag(flags, &c.origins, "allow-origin", getenv("ADSGRAPH_ALLOW_ORIGINS"),
		"`origin` whose pages may use this server, such as https://ads.example.com; may be repeated (ADSGRAPH_ALLOW_ORIGINS, separated by commas)")
	trust := getenv("ADSGRAPH_TRUSTED_DOCUMENTS")
	if trust == "" {
		trust = string(graph.TrustOpen)
	}
	flags.StringVar(&c.trust, "trusted-documents", trust, "`open`, log or require: run every document, name in the log those that are not trusted, or refuse them (ADSGRAPH_TRUSTED_DOCUMENTS)")
	flags.StringVar(&c.documents, "documents", getenv("ADSGRAPH_DOCUMENTS"), "`directory` of the clients' manifests, which is followed (ADSGRAPH_DOCUMENTS)")
	flags.StringVar(&c.documentUse, "document-use", getenv("ADSGRAPH_DOCUMENT_USE"), "`file` that says when each trusted document was last used; see adsgraph documents (ADSGRAPH_DOCUMENT_USE)")
	flags.BoolVar(&c.automatic, "automatic-persisted-queries", getenv("ADSGRAPH_AUTOMATIC_PERSISTED_QUERIES") == "true",
		"let clients make documents known and then send their hash only (ADSGRAPH_AUTOMATIC_PERSISTED_QUERIES=true)")
	flags.StringVar(&c.limits, "limits", getenv("ADSGRAPH_LIMITS"), "`mode` of all limits: enforce, measure or off; each has its own unless given (ADSGRAPH_LIMITS)")
	listFlag(flags, &c.limit, "limit", "", "another bound or mode of one `limit`, such as depth=14,measure; may be repeated; see docs/limits.md")
	c.telemetry.register(flags, getenv)
	flags.BoolVar(&c.logJSON, "log-json", getenv("ADSGRAPH_LOG") == "json", "log JSON objects instead of lines of text (ADSGRAPH_LOG=json)")
}

// registerSignIn adds the flags that say whose tokens are taken.
func (c *config) registerSignIn(flags *flag.FlagSet, getenv func(string) string) {
	listFlag(flags, &c.issuers, "issuer", getenv("ADSGRAPH_ISSUERS"), "`URL` of an OpenID Connect issuer whose tokens are taken; may be repeated (ADSGRAPH_ISSUERS, separated by commas)")
	listFlag(flags, &c.audiences, "audience", getenv("ADSGRAPH_AUDIENCES"), "`name` of this service in the tokens' aud; may be repeated, one of them is enough (ADSGRAPH_AUDIENCES, separated by commas)")
}

// listFlag adds a flag that may be repeated. Flags replace what the environment
// says, all of it.
func listFlag(flags *flag.FlagSet, list *[]string, name, environment, usage string) {
	for item := range strings.SplitSeq(environment, ",") {
		if item = strings.TrimSpace(item); item != "" {
			*list = append(*list, item)
		}
	}
	given := false
	flags.Func(name, usage, func(item string) error {
		if item == "" {
			return errors.New("it is empty")
		}
		if !given {
			given, *list = true, nil
		}
		*list = append(*list, item)
		return nil
	})
}

// checkSignIn says what is missing or wrong in whose tokens are taken.
func (c *config) checkSignIn() error {
	if len(c.issuers) == 0 {
		return errors.New("nobody could sign in: name the OpenID Connect issuer whose tokens are taken with --issuer https://login.example.com or ADSGRAPH_ISSUERS; see docs/authentication.md")
	}
	if len(c.audiences) == 0 {
		return errors.New("which tokens are meant for this server? Name it as the issuer does, with --audience adsgraph or ADSGRAPH_AUDIENCES; see docs/authentication.md")
	}
	for _, issuer := range c.issuers {
		if strings.TrimSuffix(issuer, "/") == demo.Issuer {
			return fmt.Errorf("%s is the issuer of the demo, which signs in whoever asks; only adsgraph demo takes its tokens", issuer)
		}
		if err := auth.CheckIssuer(issuer); err != nil {
			return fmt.Errorf("--issuer: %w", err)
		}
	}
	return nil
}

// serve starts the server on a database.
func serve(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var c config
	c.register(flags, getenv)
	c.registerSignIn(flags, getenv)
	address := databaseFlag(flags, getenv)
	flags.BoolVar(&c.open, "playground", getenv("ADSGRAPH_PLAYGROUND") == "true", "serve the playground and introspection (ADSGRAPH_PLAYGROUND=true)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	c.database = *address
	if err := c.checkSignIn(); err != nil {
		return err
	}
	return c.serve(ctx, stderr, func(address string) {
		_, _ = fmt.Fprintf(stdout, "Listening on http://%s/graphql\n", address)
	})
}

// memoryLimit is from how much memory on a server collects more often. Many large
// screens at once would take twice as much. It is no bound: what is in use
// stays. GOMEMLIMIT sets another.
const memoryLimit = 400 << 20

// serve is the only place where the parts are put together. It calls up when
// requests are answered.
func (c *config) serve(ctx context.Context, stderr io.Writer, up func(address string)) error {
	slog.SetDefault(observe.NewLogger(stderr, c.logJSON, slog.LevelInfo))
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // nobody set one
		debug.SetMemoryLimit(memoryLimit)
	}
	ctx, stopTelemetry, err := c.telemetry.start(ctx)
	if err != nil {
		return err
	}
	defer stopTelemetry()
	for _, origin := range c.origins {
		if err := httpd.CheckOrigin(origin); err != nil {
			return fmt.Errorf("--allow-origin: %w", err)
		}
	}
	library, err := c.library(ctx)
	if err != nil {
		return err
	}
	limits, err := graph.ParseLimits(c.limits, c.limit)
	if err != nil {
		return fmt.Errorf("--limits or --limit: %w", err)
	}
	s, err := openStore(ctx, c.database, c.rowSecurity)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	exporter, err := graph.NewExporter(s, max(1, c.exports))
	if err != nil {
		return err
	}
	sign := auth.Config{Issuers: c.issuers, Audiences: c.audiences, UserOf: s.UserByIdentity, Now: time.Now}
	if c.demo != nil {
		sign.Development = c.demo.issuer
	}
	verifier, err := auth.NewVerifier(sign)
	if err != nil {
		return err
	}
	go verifier.Run(ctx)
	hub := live.NewHub(time.Now)
	listening, stopListening := context.WithCancel(context.WithoutCancel(ctx)) // until all who listen were sent away
	defer stopListening()
	go func() {
		if err := hub.Run(listening, c.database); err != nil {
			slog.ErrorContext(ctx, "there are no live updates", "err", err)
		}
	}()
	switches := graph.NewSwitches(s)
	if err := switches.Read(ctx); err != nil { // nothing is answered before it is known what is off
		return err
	}
	go switches.Run(ctx)
	handler, err := graph.NewServer(s, graph.Options{
		Introspection: c.open, Live: hub, Verify: verifier.Verify, Origins: c.origins, Timeout: c.timeout,
		Documents: library, Trust: graph.Trust(c.trust), Automatic: c.automatic,
		Limits: limits, Switches: switches,
	})
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.listen)
	if err != nil {
		return fmt.Errorf("listen on %s (choose another with --listen): %w", c.listen, err)
	}
	if err := c.telemetry.serve(ctx, s, hub, exporter); err != nil {
		return err
	}
	edge := httpd.Config{
		GraphQL:       handler,
		Drain:         hub.Drain,
		Export:        exporter,
		Verify:        verifier.Verify,
		Ready:         s.Ping,
		Origins:       c.origins,
		Timeout:       c.timeout,
		ExportTimeout: c.exportTimeout,
	}
	if c.demo != nil {
		edge.Demo = c.demo.handler()
	}
	if edge.Interface, err = webui.App(web.App()); err != nil {
		return err
	}
	if c.open {
		if edge.Playground, err = webui.Playground(web.Playground()); err != nil {
			return err
		}
	}
	up(listener.Addr().String())
	return httpd.Serve(ctx, listener, edge)
}

// library opens the trusted documents, and follows them until ctx ends.
func (c *config) library(ctx context.Context) (*documents.Library, error) {
	switch graph.Trust(c.trust) {
	case graph.TrustOpen, graph.TrustLog:
	case graph.TrustRequire:
		if c.automatic {
			return nil, errors.New("--automatic-persisted-queries lets clients make documents known, and --trusted-documents=require forbids it: choose one")
		}
	default:
		return nil, fmt.Errorf("--trusted-documents is open, log or require, not %q", c.trust)
	}
	library, err := documents.Open(c.documents, c.documentUse, time.Now)
	if err != nil {
		return nil, fmt.Errorf("--documents: %w", err)
	}
	go library.Run(ctx)
	return library, nil
}

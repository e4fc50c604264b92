package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"runtime/debug"
	"time"

	"adsgraph/graph"
	"adsgraph/graph/documents"
	"adsgraph/graph/flags"
	"adsgraph/internal/auth"
	"adsgraph/internal/httpd"
	"adsgraph/internal/live"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
	"adsgraph/internal/webui"
	"adsgraph/web"
)

// serve starts the server on a database.
func serve(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	c, err := readServe("serve", args, getenv, stderr, nil)
	if err != nil {
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
	level := &slog.LevelVar{}
	level.Set(c.level())
	slog.SetDefault(observe.NewLogger(stderr, c.logJSON, level))
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // nobody set one
		debug.SetMemoryLimit(memoryLimit)
	}
	ctx, stopTelemetry, err := c.telemetry.start(ctx, c.getenv)
	if err != nil {
		return err
	}
	defer stopTelemetry()
	library, err := c.library(ctx)
	if err != nil {
		return err
	}
	var tried *flags.Flags // nil for none
	if c.flags != "" {
		if tried, err = c.experiments(ctx); err != nil {
			return err
		}
	}
	s, err := openStore(ctx, c.database, store.Options{RowSecurity: c.rowSecurity, Pooled: c.pooler == "transaction"})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	s.Resize(c.connections)
	if err := s.FollowReplicas(ctx, c.replicas); err != nil {
		return fmt.Errorf("--replica: %w", err)
	}
	if err := greet(ctx, s); err != nil {
		return err
	}
	exporter, err := graph.NewExporter(s, c.exports)
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
		if err := hub.Run(listening, cmp.Or(c.direct, c.database)); err != nil {
			slog.ErrorContext(ctx, "there are no live updates", "err", err)
		}
	}()
	switches := graph.NewSwitches(s)
	if err := switches.Read(ctx); err != nil { // nothing is answered before it is known what is off
		return err
	}
	go switches.Run(ctx)
	kept := &graph.Kept{}
	edge := httpd.Config{
		Drain:         hub.Drain,
		DrainDelay:    c.drainDelay,
		Export:        exporter,
		Verify:        verifier.Verify,
		Ready:         s.Ping,
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
	// What may be reloaded is all that is taken from again; the rest waits for a
	// restart. Requests that are under way keep the one that they began with.
	build := func(again *config) (httpd.Config, error) {
		limits, err := graph.ParseLimits(again.limits, again.limit)
		if err != nil {
			return edge, err
		}
		next := edge
		next.Origins = again.origins
		next.GraphQL, err = graph.NewServer(s, graph.Options{
			Introspection: c.open, Live: hub, Verify: verifier.Verify, Origins: again.origins, Timeout: c.timeout,
			Documents: library, Trust: graph.Trust(c.trust), Automatic: c.automatic,
			Limits: limits, Switches: switches, Kept: kept, Flags: tried,
		})
		return next, err
	}
	first, err := build(c)
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
	if c.demo == nil { // who closes the demo's terminal wants it to end
		first.Next = c.followReloads(ctx, func(c *config) (httpd.Config, error) {
			next, err := build(c)
			if err == nil {
				level.Set(c.level())
			}
			return next, err
		})
	}
	up(listener.Addr().String())
	return httpd.Serve(ctx, listener, first)
}

// library opens the trusted documents, and follows them until ctx ends.
func (c *config) library(ctx context.Context) (*documents.Library, error) {
	library, err := documents.Open(c.documents, c.documentUse, time.Now)
	if err != nil {
		return nil, fmt.Errorf("--documents: %w", err)
	}
	go library.Run(ctx)
	return library, nil
}

// experiments opens the file of feature flags, and follows it until ctx ends.
func (c *config) experiments(ctx context.Context) (*flags.Flags, error) {
	file, err := flags.Open(c.flags)
	if err != nil {
		return nil, fmt.Errorf("--flags: %w", err)
	}
	go file.Run(ctx)
	return flags.New(ctx, file, file.Declared, time.Now)
}

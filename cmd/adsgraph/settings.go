package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"adsgraph/graph"
	"adsgraph/graph/flags"
	"adsgraph/internal/auth"
	"adsgraph/internal/demo"
	"adsgraph/internal/httpd"
	"adsgraph/internal/settings"
	"adsgraph/internal/store"
)

// config is what the server is told; settings says what each field means.
type config struct {
	listen                 string
	database               string
	replicas               []string
	pooler, direct         string
	connections            int
	timeout, exportTimeout time.Duration
	exports                int
	drainDelay             time.Duration
	logJSON                bool
	logLevel               string
	rowSecurity            bool
	issuers, audiences     []string
	origins                []string
	documents, documentUse string
	trust                  string
	automatic              bool
	flags                  string
	limits                 string
	limit                  []string
	telemetry              telemetry
	// open serves the playground and introspection.
	open bool
	// demo signs in the people of the demo; nil for none.
	demo *demoSignIn

	set    *settings.Set
	getenv func(string) string
	// again reads all of it afresh.
	again func() (*config, error)
}

// settings declares every setting of the commands that serve: flags, variables,
// keys of the file, help, bounds and documentation are all made of this.
func (c *config) settings() []*settings.Setting {
	return append([]*settings.Setting{
		settings.Text(&c.database, "database", "DATABASE_URL", "",
			"`address` of the PostgreSQL database, as a URL or as key=value pairs",
			"an address such as postgres://user@host/name?sslmode=verify-full, or host=... dbname=...", store.CheckAddress).Secret(store.MaskAddress),
		settings.List(&c.replicas, "replica", "ADSGRAPH_REPLICAS", " ",
			"`address` of a standby of the database, which answers what only reads; may be repeated; see docs/scaling.md",
			"an address such as postgres://user@host/name?sslmode=verify-full", store.CheckAddress).Secret(store.MaskAddress),
		settings.Choice(&c.pooler, "pooler", "ADSGRAPH_POOLER", "session",
			"`mode` of the pooler that --database is an address of; session without one too", "session", "transaction"),
		settings.Text(&c.direct, "direct-database", "ADSGRAPH_DIRECT_DATABASE", "",
			"`address` of the database itself, where --database is that of a pooler in transaction mode: live updates come from there",
			"an address such as postgres://user@host/name?sslmode=verify-full", store.CheckAddress).Secret(store.MaskAddress),
		settings.Int(&c.connections, "connections", "ADSGRAPH_CONNECTIONS", store.DefaultConnections, 2, 1000,
			"`number` of connections for reads; for changes and for finding out who may see what there are half as many each, and two for waiting and probing"),
		settings.Text(&c.listen, "listen", "ADSGRAPH_LISTEN", "127.0.0.1:8080", "`address` to listen on", "a host and a port, such as 127.0.0.1:8080 or :8080", checkListen),
		settings.Duration(&c.timeout, "timeout", "ADSGRAPH_TIMEOUT", 10*time.Second, 100*time.Millisecond, 10*time.Minute,
			"`time` that a request may take; its SQL is cancelled then"),
		settings.Int(&c.exports, "exports", "ADSGRAPH_EXPORTS", 2, 1, 100, "`number` of exports that run at once; more are answered with 429"),
		settings.Duration(&c.exportTimeout, "export-timeout", "ADSGRAPH_EXPORT_TIMEOUT", 15*time.Minute, time.Second, 24*time.Hour,
			"`time` that an export may take; its SQL is cancelled then"),
		settings.Duration(&c.drainDelay, "drain-delay", "ADSGRAPH_DRAIN_DELAY", 0, 0, 5*time.Minute,
			"`time` from the signal to stop to the closing of the port; /readyz is 503 meanwhile, and requests are answered"),
		settings.Switch(&c.rowSecurity, "row-security", "ADSGRAPH_ROW_SECURITY", true,
			"let the database check once more whose rows a statement reads; through a pooler in transaction mode that takes two round trips more"),
		settings.List(&c.issuers, "issuer", "ADSGRAPH_ISSUERS", ",",
			"`URL` of an OpenID Connect issuer whose tokens are taken; may be repeated", "an https URL, such as https://login.example.com", checkIssuer),
		settings.List(&c.audiences, "audience", "ADSGRAPH_AUDIENCES", ",",
			"`name` of this service in the tokens' aud; may be repeated, one of them is enough", "a name without spaces, as the issuer has it", checkWord),
		settings.List(&c.origins, "allow-origin", "ADSGRAPH_ALLOW_ORIGINS", ",",
			"`origin` whose pages may use this server; may be repeated", "a scheme and a host, such as https://ads.example.com", httpd.CheckOrigin).Reloadable(),
		settings.Choice(&c.trust, "trusted-documents", "ADSGRAPH_TRUSTED_DOCUMENTS", string(graph.TrustOpen),
			"`open`, log or require: run every document, name in the log those that are not trusted, or refuse them",
			string(graph.TrustOpen), string(graph.TrustLog), string(graph.TrustRequire)),
		settings.Text(&c.documents, "documents", "ADSGRAPH_DOCUMENTS", "", "`directory` of the clients' manifests, which is followed", "a directory that is there", checkDirectory),
		settings.Text(&c.documentUse, "document-use", "ADSGRAPH_DOCUMENT_USE", "",
			"`file` that says when each trusted document was last used; see adsgraph documents", "a file in a directory that is there",
			func(path string) error { return checkDirectory(filepath.Dir(path)) }),
		settings.Switch(&c.automatic, "automatic-persisted-queries", "ADSGRAPH_AUTOMATIC_PERSISTED_QUERIES", false,
			"let clients make documents known and then send their hash only"),
		settings.Text(&c.flags, "flags", "ADSGRAPH_FLAGS", "", "`file` of feature flags, which is followed; see docs/experiments.md", "a file of flags, as YAML or JSON",
			func(path string) error {
				_, err := flags.Open(path)
				return err
			}),
		settings.Choice(&c.limits, "limits", "ADSGRAPH_LIMITS", "", "`mode` of all limits; each has its own unless given",
			string(graph.Enforce), string(graph.Measure), string(graph.Off)).Reloadable(),
		settings.List(&c.limit, "limit", "ADSGRAPH_LIMIT", ";", "another bound or mode of one `limit`, such as depth=14,measure; may be repeated; see docs/limits.md",
			"a limit with a bound, a mode or both, such as depth=14,measure", checkLimit).Reloadable(),
		settings.Switch(&c.open, "playground", "ADSGRAPH_PLAYGROUND", false, "serve the playground and introspection"),
		settings.Choice(&c.logLevel, "log-level", "ADSGRAPH_LOG_LEVEL", "info", "`level` from which on lines are logged", "debug", "info", "warn", "error").Reloadable(),
		settings.Switch(&c.logJSON, "log-json", "ADSGRAPH_LOG", false, "log JSON objects instead of lines of text; the variable is json or text").EnvAs(logForm),
	}, c.telemetry.settings()...)
}

// logForm translates what the environment says of the form of logs.
func logForm(text string) string {
	switch text {
	case "json":
		return "true"
	case "text":
		return "false"
	default:
		return text
	}
}

// readServe reads the settings of serve. more, if not nil, adds flags.
func readServe(name string, args []string, getenv func(string) string, stderr io.Writer, more func(*flag.FlagSet)) (*config, error) {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	if more != nil {
		more(flags)
	}
	c := &config{}
	if err := c.read(flags, args, getenv, c.checkServe); err != nil {
		return nil, err
	}
	c.again = func() (*config, error) { return readServe(name, args, getenv, io.Discard, more) }
	return c, nil
}

// read reads the settings with flags, to which it adds theirs, without those of
// some names.
func (c *config) read(flags *flag.FlagSet, args []string, getenv func(string) string, together func() []settings.Problem, without ...string) error {
	c.getenv = getenv
	c.set = settings.New(slices.DeleteFunc(c.settings(), func(s *settings.Setting) bool { return slices.Contains(without, s.Name) })...)
	c.set.Register(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return errors.New("there is something behind the flags, which is not shown, since it may be an address with a password: settings are flags, such as --listen 127.0.0.1:8080")
	}
	return c.set.Read(getenv, together)
}

// checkServe returns what is missing, and what does not go together.
func (c *config) checkServe() (problems []settings.Problem) {
	add := func(name, message string) {
		problems = append(problems, settings.Problem{Name: name, Message: message})
	}
	if c.database == "" {
		add("database", "no database: set DATABASE_URL or give --database")
	}
	if len(c.issuers) == 0 {
		add("issuer", "nobody could sign in: name the OpenID Connect issuer whose tokens are taken with --issuer https://login.example.com or ADSGRAPH_ISSUERS; see docs/authentication.md")
	}
	if len(c.audiences) == 0 {
		add("audience", "which tokens are meant for this server? Name it as the issuer does, with --audience adsgraph or ADSGRAPH_AUDIENCES; see docs/authentication.md")
	}
	return append(problems, c.checkTogether()...)
}

// checkTogether returns what does not go together.
func (c *config) checkTogether() (problems []settings.Problem) {
	if c.automatic && graph.Trust(c.trust) == graph.TrustRequire {
		problems = append(problems, settings.Problem{
			Name:    "automatic-persisted-queries",
			Message: "it lets clients make documents known, and trusted-documents: require forbids it; choose one",
		})
	}
	if c.pooler == "transaction" && c.direct == "" {
		problems = append(problems, settings.Problem{
			Name:    "direct-database",
			Message: "a pooler in transaction mode passes no live updates on: name the address of the database itself",
		})
	}
	return problems
}

// level is the level from which on lines are logged.
func (c *config) level() slog.Level {
	var l slog.Level
	_ = l.UnmarshalText([]byte(c.logLevel)) // it was checked
	return l
}

func checkListen(address string) error {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return errors.New("it has no port")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > math.MaxUint16 {
		return errors.New("the port is no number up to 65535")
	}
	return nil
}

func checkIssuer(issuer string) error {
	if strings.TrimSuffix(issuer, "/") == demo.Issuer {
		return fmt.Errorf("%s is the issuer of the demo, which signs in whoever asks; only adsgraph demo takes its tokens", issuer)
	}
	return auth.CheckIssuer(issuer)
}

func checkWord(text string) error {
	if strings.ContainsAny(text, " \t\r\n") {
		return errors.New("it has a space")
	}
	return nil
}

func checkLimit(text string) error {
	_, err := graph.ParseLimits("", []string{text})
	return err
}

func checkDirectory(path string) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, os.ErrNotExist):
		return errors.New("it is not there")
	case err != nil:
		return err
	case !info.IsDir():
		return errors.New("it is no directory")
	default:
		return nil
	}
}

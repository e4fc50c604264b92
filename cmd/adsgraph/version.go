package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"runtime/debug"
	"time"

	"adsgraph/internal/store"
)

// buildInfo is what is known of how the program was made.
type buildInfo struct {
	version, revision string
	schema            int64 // the version of the schema that it needs
}

// readBuild returns what the toolchain and the migrations say. Without version
// control there is no revision, and "devel" for the version.
func readBuild() (b buildInfo, err error) {
	b = buildInfo{version: "devel", revision: "unknown"}
	if b.schema, err = store.SchemaVersion(); err != nil {
		return b, err
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b, nil
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.version = v
	}
	changed := false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.revision = s.Value
		case "vcs.modified":
			changed = s.Value == "true"
		}
	}
	if changed {
		b.revision += " with changes"
	}
	return b, nil
}

// versionCommand prints what the program is.
func versionCommand(_ context.Context, args []string, _ func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("version", flag.ContinueOnError)
	flags.SetOutput(stderr)
	if err := flags.Parse(args); err != nil {
		return err
	}
	b, err := readBuild()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "adsgraph %s\nrevision %s\ngo       %s %s/%s\nschema   %d\n", b.version, b.revision, runtime.Version(), runtime.GOOS, runtime.GOARCH, b.schema)
	return err
}

// greet looks at the database of a server that starts, fails if it is too old, and
// logs what an operator wants to know first.
func greet(ctx context.Context, s *store.Store) error {
	b, err := readBuild()
	if err != nil {
		return err
	}
	server, err := s.Server(ctx)
	if err != nil {
		return err
	}
	slog.InfoContext(ctx, "starting", "version", b.version, "revision", b.revision, "go", runtime.Version(),
		"schema", b.schema, "database_schema", server.Schema, "postgres", server.Version)
	if server.Schema > b.schema {
		slog.WarnContext(ctx, "the database is newer than this program: that suits while another version takes over, for one release",
			"schema", b.schema, "database_schema", server.Schema)
	}
	if server.Skew.Abs() > store.MaxSkew {
		slog.WarnContext(ctx, "the clocks of this machine and of the database differ: tokens may be refused or live too long, and times in the history are off; look at time synchronisation",
			"skew", server.Skew.Round(time.Millisecond))
	}
	return nil
}

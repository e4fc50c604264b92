package store

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaObjects lists the tables, views, indexes and constraints that the migrations
// make, a line each. A test keeps it up to date.
//
//go:embed schema_objects.txt
var schemaObjects string

// monthsKept and monthsAhead say which monthly partitions a migration makes
// sure of, before and after the present.
const (
	monthsKept  = 14
	monthsAhead = 3
)

// waitForOthers lets one program at a time make partitions and policies; goose's
// lock ends with its migrations. The number means nothing.
const waitForOthers = `-- name: WaitForOthers
SELECT pg_advisory_xact_lock(7312094865)`

// Migrate brings the database to the newest schema and makes the partitions
// around the present, writing a line per step to log. Programs that start at
// once wait for one another.
func Migrate(ctx context.Context, db *sqlx.DB, now time.Time, log io.Writer) error {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("make the migration lock: %w", err)
	}
	provider, err := newProvider(db, goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if current > target { // its policies are newer, too
		return fmt.Errorf("the database has schema version %d, and this program knows %d: migrate with the program that made it so, or a newer one", current, target)
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	for _, r := range results {
		_, _ = fmt.Fprintf(log, "migrated %s in %s\n", r.Source.Path, r.Duration.Round(time.Millisecond))
	}
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if _, err := tx.ExecContext(ctx, waitForOthers); err != nil {
		return fmt.Errorf("wait for other migrations: %w", err)
	}
	if err := EnsurePartitions(ctx, tx, now.AddDate(0, -monthsKept, 0), now.AddDate(0, monthsAhead, 0)); err != nil {
		return err
	}
	fenced, err := prepareFences(ctx, tx)
	if err != nil {
		return err
	}
	if !fenced {
		_, _ = fmt.Fprintf(log, "row-level security is not prepared: this user may not make the roles %s, %s and %s\n", readers, finders, writers)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit the partitions and policies: %w", err)
	}
	return nil
}

// checkVersion fails unless every migration of this program was applied. More may
// have been: migrations suit the program before them, so that it goes on while
// another one takes over.
func checkVersion(ctx context.Context, db *sqlx.DB) error {
	current, target, err := versions(ctx, db)
	if err != nil {
		return err
	}
	if current < target {
		return fmt.Errorf("the database has schema version %d, this program needs %d: run adsgraph migrate", current, target)
	}
	return nil
}

// versions returns the version of a database's schema, and the one that this program
// needs.
func versions(ctx context.Context, db *sqlx.DB) (current, target int64, err error) {
	provider, err := newProvider(db)
	if err != nil {
		return 0, 0, err
	}
	if current, target, err = provider.GetVersions(ctx); err != nil {
		return 0, 0, fmt.Errorf("read the schema's version: %w", err)
	}
	return current, target, nil
}

// SchemaVersion returns the version of the schema that this program needs: the
// number of its last migration.
func SchemaVersion() (version int64, err error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, fmt.Errorf("list the migrations: %w", err)
	}
	for _, name := range files {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("read the number of %s: %w", name, err)
		}
		version = max(version, n)
	}
	return version, nil
}

func newProvider(db *sqlx.DB, options ...goose.ProviderOption) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db.DB, files, options...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return provider, nil
}

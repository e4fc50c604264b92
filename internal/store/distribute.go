package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
)

// onCluster tells whether the database has Citus, by a table of its catalogue.
const onCluster = `-- name: OnCluster
SELECT to_regclass('pg_dist_partition') IS NOT NULL`

// entryNode is 0 on the coordinator, which alone takes DDL.
const entryNode = `-- name: EntryNode
SELECT groupid FROM pg_dist_local_group`

const distributedTables = `-- name: DistributedTables
SELECT p.logicalrelid::text AS table, p.partmethod = 'n' AS is_reference FROM pg_dist_partition AS p`

// schemaTables names the tables of the schema, whether they are cut into partitions,
// and whether rows of theirs lie on this node.
const schemaTables = `-- name: SchemaTables
SELECT c.relname AS name, coalesce(p.relname, '') AS parent, pg_relation_size(c.oid) > 0 AS has_rows
FROM pg_class AS c
LEFT JOIN pg_inherits AS i ON i.inhrelid = c.oid
LEFT JOIN pg_class AS p ON p.oid = i.inhparent
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname`

const schemaReferences = `-- name: SchemaReferences
SELECT c.relname AS child, p.relname AS parent
FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS p ON p.oid = k.confrelid
WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace AND c.oid <> p.oid AND NOT c.relispartition`

const schemaTriggers = `-- name: SchemaTriggers
SELECT c.relname || '.' || t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY 1`

// Distribute declares the tables to Citus as Tables says: reference tables, then
// tenant tables split by advertiser_id, parents first, all co-located with the
// first. It takes policies away, which Citus refuses, and the rows that stay behind
// on the coordinator. What is declared already is left alone, so that Distribute can
// be repeated after it was interrupted. Each statement commits by itself, and is
// written to log.
//
// With dryRun nothing is done and log gets the statements; this works without Citus,
// too. It fails, and does nothing, if the schema is not as this program needs it:
// not migrated, with triggers, with tables that Tables does not know, or declared in
// another way.
func Distribute(ctx context.Context, db *sqlx.DB, dryRun bool, log io.Writer) error {
	if err := checkVersion(ctx, db); err != nil {
		return err
	}
	conn, err := db.Connx(ctx) // the settings are those of a session
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = conn.Close() }() // it goes back to the pool, whose owner ends with this
	d := distribution{conn: conn, done: map[string]bool{}}
	if err := d.look(ctx, dryRun); err != nil {
		return err
	}
	steps, err := d.steps(ctx)
	if err != nil {
		return err
	}
	if len(steps) == 0 {
		_, err := fmt.Fprintln(log, "Every table is distributed.")
		return err
	}
	settings := []string{"SET citus.enable_local_reference_table_foreign_keys = off", "SET citus.multi_shard_modify_mode = 'sequential'"}
	for _, step := range append(settings, steps...) {
		if _, err := fmt.Fprintln(log, step+";"); err != nil {
			return err
		}
		if dryRun {
			continue
		}
		if _, err := conn.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return nil
}

// distribution is a Distribute on its way.
type distribution struct {
	conn   *sqlx.Conn
	tables []schemaTable
	done   map[string]bool // tables that are declared
}

type schemaTable struct {
	Name, Parent string
	HasRows      bool `db:"has_rows"`
}

// look reads the schema, and what was done, and refuses what cannot be distributed.
func (d *distribution) look(ctx context.Context, dryRun bool) error {
	var there bool
	if err := d.conn.GetContext(ctx, &there, onCluster); err != nil {
		return fmt.Errorf("look for Citus: %w", err)
	}
	if !there && !dryRun {
		return errors.New("this database has no Citus: install the extension on every node, add it to shared_preload_libraries, and run CREATE EXTENSION citus; see docs/scaling.md")
	}
	if err := d.conn.SelectContext(ctx, &d.tables, schemaTables); err != nil {
		return fmt.Errorf("read the tables: %w", err)
	}
	for _, t := range d.tables {
		if t.Parent == "" && Tables()[t.Name] == "" {
			return fmt.Errorf("the table %s is not one of this program: move it to another schema first", t.Name)
		}
	}
	var triggers []string
	if err := d.conn.SelectContext(ctx, &triggers, schemaTriggers); err != nil {
		return fmt.Errorf("read the triggers: %w", err)
	}
	if len(triggers) > 0 {
		return fmt.Errorf("the tables have triggers, which Citus refuses: drop %s first", strings.Join(triggers, ", "))
	}
	if !there {
		return nil
	}
	var node int
	if err := d.conn.GetContext(ctx, &node, entryNode); err != nil {
		return fmt.Errorf("ask which node this is: %w", err)
	}
	if node != 0 {
		return errors.New("this is a worker: give the address of the coordinator")
	}
	var declared []struct {
		Table       string
		IsReference bool `db:"is_reference"`
	}
	if err := d.conn.SelectContext(ctx, &declared, distributedTables); err != nil {
		return fmt.Errorf("read what is distributed: %w", err)
	}
	for _, t := range declared {
		if class, known := Tables()[t.Table]; known && (class == Reference) != t.IsReference {
			return fmt.Errorf("the table %s is declared in another way than as a %s table: undistribute it first", t.Table, class)
		}
		d.done[t.Table] = true
	}
	return nil
}

// steps returns the statements that are left to do.
func (d *distribution) steps(ctx context.Context) ([]string, error) {
	order, err := d.parentsFirst(ctx)
	if err != nil {
		return nil, err
	}
	steps, err := d.policies(ctx)
	if err != nil {
		return nil, err
	}
	var declared []string
	declare := func(table, step string) {
		if !d.done[table] {
			steps, declared = append(steps, step), append(declared, table)
		}
	}
	for _, table := range order {
		if Tables()[table] == Reference {
			declare(table, "SELECT create_reference_table('"+table+"')")
		}
	}
	first := ""
	for _, table := range order {
		if Tables()[table] != Tenant {
			continue
		}
		with := first
		if first == "" {
			first, with = table, "none"
		}
		declare(table, "SELECT create_distributed_table('"+table+"', 'advertiser_id', colocate_with => '"+with+"')")
	}
	for _, t := range d.tables {
		root := t.Name
		if t.Parent != "" {
			root = t.Parent
		}
		if t.HasRows && Tables()[root] != Local {
			steps = append(steps, "SELECT truncate_local_data_after_distributing_table('"+t.Name+"')")
		}
	}
	if len(declared) > 0 {
		steps = append(steps, "ANALYZE "+strings.Join(declared, ", "))
	}
	return steps, nil
}

// policies returns the statements that take row-level security away.
func (d *distribution) policies(ctx context.Context) ([]string, error) {
	var fenced []struct{ Table, Name string }
	if err := d.conn.SelectContext(ctx, &fenced, fencedTables); err != nil {
		return nil, fmt.Errorf("read the policies: %w", err)
	}
	tables := map[string]bool{}
	var steps []string
	for _, f := range fenced {
		tables[f.Table] = true
		steps = append(steps, "DROP POLICY "+f.Name+" ON "+f.Table)
	}
	slices.Sort(steps)
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		steps = append(steps, "ALTER TABLE "+table+" DISABLE ROW LEVEL SECURITY")
	}
	return steps, nil
}

// parentsFirst returns the tables, none of them a partition, so that each comes after
// those that it refers to, and by name apart from that.
func (d *distribution) parentsFirst(ctx context.Context) ([]string, error) {
	var references []struct{ Child, Parent string }
	if err := d.conn.SelectContext(ctx, &references, schemaReferences); err != nil {
		return nil, fmt.Errorf("read the foreign keys: %w", err)
	}
	parents := map[string][]string{}
	for _, r := range references {
		parents[r.Child] = append(parents[r.Child], r.Parent)
	}
	var order []string
	seen := map[string]bool{}
	var visit func(table string)
	visit = func(table string) {
		if seen[table] {
			return
		}
		seen[table] = true
		slices.Sort(parents[table])
		for _, parent := range parents[table] {
			visit(parent)
		}
		order = append(order, table)
	}
	for _, t := range d.tables {
		if t.Parent == "" {
			visit(t.Name)
		}
	}
	return order, nil
}

package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lib/pq"
)

// serverConnections returns how many connections this user can have, and how many
// it may have by its own limit and the database's, -1 for any number.
const serverConnections = `-- name: ServerConnections
SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
         - coalesce(current_setting('reserved_connections', true)::int, 0),
       (SELECT r.rolconnlimit FROM pg_roles AS r WHERE r.rolname = session_user),
       (SELECT d.datconnlimit FROM pg_database AS d WHERE d.datname = current_database())`

func (x *examiner) connections(ctx context.Context) (Finding, error) {
	var server, role, database int
	if err := x.db.QueryRowContext(ctx, serverConnections).Scan(&server, &role, &database); err != nil {
		return Finding{}, err
	}
	most, whose := server, "the server's max_connections"
	for limit, name := range map[int]string{role: "the role's connection limit", database: "the database's connection limit"} {
		if limit >= 0 && limit < most {
			most, whose = limit, name
		}
	}
	need := ConnectionsOf(x.Connections)
	const do = "raise it, or lower --connections"
	switch {
	case need > most:
		return fail(do, "a server opens up to %d connections, and %s leaves %d", need, whose, most), nil
	case 2*need > most:
		return warn(do+": while a new server takes over from an old one there are two",
			"a server opens up to %d connections, and %s leaves %d: not enough for two", need, whose, most), nil
	}
	return fine("a server opens up to %d connections of %d", need, most), nil
}

// serverSettings reads settings, as this user has them.
const serverSettings = `-- name: ServerSettings
SELECT s.name, s.setting FROM pg_settings AS s WHERE s.name = ANY ($1)`

// read returns settings of PostgreSQL by name.
func (x *examiner) read(ctx context.Context, names ...string) (map[string]string, error) {
	var rows []struct{ Name, Setting string }
	if err := x.db.SelectContext(ctx, &rows, serverSettings, pq.Array(names)); err != nil {
		return nil, fmt.Errorf("read the settings of PostgreSQL: %w", err)
	}
	found := make(map[string]string, len(rows))
	for _, r := range rows {
		found[r.Name] = r.Setting
	}
	return found, nil
}

// which returns the names of settings that have a value.
func which(found map[string]string, value string, names ...string) (list []string) {
	for _, name := range names {
		if found[name] == value {
			list = append(list, name)
		}
	}
	return list
}

func (x *examiner) durability(ctx context.Context) (Finding, error) {
	names := []string{"fsync", "full_page_writes", "synchronous_commit"}
	found, err := x.read(ctx, names...)
	if err != nil {
		return Finding{}, err
	}
	if off := which(found, "off", names...); len(off) > 0 {
		return warn("set it to on, unless the data can be lost, as a demo's can", "off: %s; a crash of the machine loses changes or the database", some(off)), nil
	}
	return fine("what was committed survives a crash"), nil
}

func (x *examiner) planner(ctx context.Context) (Finding, error) {
	found, err := x.read(ctx, "jit", "plan_cache_mode")
	if err != nil {
		return Finding{}, err
	}
	switch {
	case found["plan_cache_mode"] == "force_custom_plan":
		return warn("set plan_cache_mode to auto", "plan_cache_mode is force_custom_plan: every statement is planned again, which takes 1 to 3 ms for a list"), nil
	case found["jit"] == "on":
		return warn("ALTER DATABASE ... SET jit = off", "jit is on: PostgreSQL may compile a large report for longer than it runs"), nil
	}
	return fine("plans are kept, and not compiled"), nil
}

func (x *examiner) statementTimeout(ctx context.Context) (Finding, error) {
	found, err := x.read(ctx, "statement_timeout")
	if err != nil {
		return Finding{}, err
	}
	limit, err := time.ParseDuration(found["statement_timeout"] + "ms")
	if err != nil {
		return Finding{}, err
	}
	if limit > 0 && limit < x.Timeout {
		return warn("ALTER ROLE ... SET statement_timeout = 0, or lower --timeout",
			"PostgreSQL cancels statements after %s, before a request's time of %s is over; exports and migrations are cut off, too", limit, x.Timeout), nil
	}
	return fine("PostgreSQL cancels nothing before the server does"), nil
}

const isWritable = `-- name: IsWritable
SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'`

func (x *examiner) writable(ctx context.Context) (Finding, error) {
	var ok bool
	if err := x.db.GetContext(ctx, &ok, isWritable); err != nil {
		return Finding{}, err
	}
	if !ok {
		return fail("name the primary, or set default_transaction_read_only to off", "the database takes no changes: it is a standby, or read-only for this user"), nil
	}
	return fine("the database takes changes"), nil
}

// neverAnalyzed lists tables of some size that the planner knows nothing of. Of
// partitioned tables it needs to know besides what it knows of their partitions.
const neverAnalyzed = `-- name: NeverAnalyzed
SELECT c.relname FROM pg_class AS c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  AND CASE c.relkind WHEN 'p' THEN (SELECT coalesce(sum(pg_relation_size(i.inhrelid)), 0) FROM pg_inherits AS i WHERE i.inhparent = c.oid)
      ELSE pg_relation_size(c.oid) END > 65536
  AND NOT EXISTS (SELECT FROM pg_stats AS s WHERE s.schemaname = current_schema() AND s.tablename = c.relname AND s.inherited = (c.relkind = 'p'))
ORDER BY c.relname`

func (x *examiner) statistics(ctx context.Context) (Finding, error) {
	var list []string
	if err := x.db.SelectContext(ctx, &list, neverAnalyzed); err != nil {
		return Finding{}, err
	}
	if len(list) > 0 {
		return warn("run ANALYZE in the database: autovacuum never does for partitioned tables", "never analysed, so that plans are guesses: %s", some(list)), nil
	}
	return fine("the planner knows every table of some size"), nil
}

// deadRows lists tables that hold more than a fifth as many dead rows as live ones, and
// more than autovacuum leaves to a small one.
const deadRows = `-- name: DeadRows
SELECT s.relname || ' (' || s.n_dead_tup || ' of ' || s.n_live_tup + s.n_dead_tup || ' rows)' FROM pg_stat_user_tables AS s
WHERE s.schemaname = current_schema() AND s.n_dead_tup > 10000 AND s.n_dead_tup > s.n_live_tup / 4
ORDER BY s.n_dead_tup DESC`

func (x *examiner) vacuum(ctx context.Context) (Finding, error) {
	names := []string{"autovacuum", "track_counts"}
	found, err := x.read(ctx, names...)
	if err != nil {
		return Finding{}, err
	}
	var list []string
	if err := x.db.SelectContext(ctx, &list, deadRows); err != nil {
		return Finding{}, err
	}
	switch off := which(found, "off", names...); {
	case len(list) > 0:
		return warn("VACUUM (ANALYZE) these, and look for transactions that stay open, which keep autovacuum from it", "many dead rows: %s", some(list)), nil
	case len(off) > 0:
		return warn("set it to on", "off: %s; tables grow, and plans become guesses", some(off)), nil
	}
	return fine("autovacuum keeps up"), nil
}

// roleRights says of the roles of row-level security whether this user may take
// them, and whether they are held by it.
const roleRights = `-- name: RoleRights
SELECT r.rolname AS name, pg_has_role(current_user, r.oid, 'MEMBER') AS can_take, r.rolsuper OR r.rolbypassrls AS is_free
FROM pg_roles AS r WHERE r.rolname = ANY ($1)`

// lackingRights lists the rights of a list of role, table or sequence, and right
// that a role does not have.
const lackingRights = `-- name: LackingRights
SELECT w.role || ' lacks ' || w.what || ' on ' || w.object
FROM unnest($1::text[], $2::text[], $3::text[]) AS w (role, object, what)
WHERE NOT CASE w.what
  WHEN 'USAGE' THEN has_sequence_privilege(w.role, w.object, w.what)
  WHEN 'DELETE' THEN has_table_privilege(w.role, w.object, w.what)
  ELSE has_any_column_privilege(w.role, w.object, w.what) END`

const openTables = `-- name: OpenTables
SELECT w.object || ' lacks ' || w.policy
FROM unnest($1::text[], $2::text[]) AS w (object, policy)
WHERE NOT EXISTS (SELECT FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
  WHERE p.polrelid = w.object::regclass AND p.polname = w.policy AND c.relrowsecurity)`

func (x *examiner) rowSecurity(ctx context.Context) (Finding, error) {
	if !x.Fenced {
		return warn("set row-security to true", "row-level security is switched off: nothing checks once more whose rows a statement reads"), nil
	}
	const do = "run adsgraph migrate as a superuser or with CREATEROLE"
	all := []string{readers, finders, writers}
	var roles []struct {
		Name    string
		CanTake bool `db:"can_take"`
		IsFree  bool `db:"is_free"`
	}
	if err := x.db.SelectContext(ctx, &roles, roleRights, pq.Array(all)); err != nil {
		return Finding{}, err
	}
	if len(roles) < len(all) {
		return fail(do, "of the roles %s there are %d", some(all), len(roles)), nil
	}
	for _, r := range roles {
		switch {
		case !r.CanTake:
			return fail(do, "this user may not take the role %s", r.Name), nil
		case r.IsFree:
			return fail("ALTER ROLE "+r.Name+" NOSUPERUSER NOBYPASSRLS", "no policy holds the role %s", r.Name), nil
		}
	}
	var who, on, what, tables, names []string
	need := func(role, object, right string) {
		who, on, what = append(who, role), append(on, object), append(what, right)
	}
	for table := range Tables() {
		need(readers, table, "SELECT")
		need(finders, table, "SELECT")
		for right := range strings.SplitSeq(writable()[table], ", ") {
			if right, _, _ = strings.Cut(right, " ("); right == "SELECT" || right == "INSERT" || right == "UPDATE" || right == "DELETE" {
				need(writers, table, right)
			}
		}
		if slices.Contains(numbered(), table) {
			need(writers, table+"_id_seq", "USAGE")
		}
	}
	for table, conditions := range policies() {
		for role, condition := range conditions {
			tables, names = append(tables, table), append(names, policyName(role, condition))
		}
	}
	var open, lacking []string
	if err := x.db.SelectContext(ctx, &open, openTables, pq.Array(tables), pq.Array(names)); err != nil {
		return Finding{}, err
	}
	if err := x.db.SelectContext(ctx, &lacking, lackingRights, pq.Array(who), pq.Array(on), pq.Array(what)); err != nil {
		return Finding{}, err
	}
	slices.Sort(open)
	slices.Sort(lacking)
	if open = append(open, lacking...); len(open) > 0 {
		return fail(do, "%s", some(open)), nil
	}
	return fine("%d policies hold %d rights", len(names), len(what)), nil
}

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Row-level security is the second fence around a tenant: if a statement lost
// its condition on the advertiser, the database would still show no row of
// another one. It works by two roles, each with policies and connections of its
// own, and by a setting that every statement is given before it runs.
const (
	// readers see the rows of the advertisers that the setting
	// adsgraph.advertisers lists. Nearly every statement is theirs.
	readers = "adsgraph_reader"
	// finders see the rows of the advertisers that the user of the setting
	// adsgraph.viewer is a member of. Theirs are the few statements that find out
	// which those are. Whoever owns the tables, as migrations and loads do, is not
	// fenced.
	finders = "adsgraph_finder"
	// writers see and change rows as readers see them, of the tables in writable.
	writers = "adsgraph_writer"
)

// writable returns what writers may do, by table.
func writable() map[string]string {
	return map[string]string{
		"campaign": "SELECT, INSERT, UPDATE", "ad_group": "SELECT, INSERT, UPDATE", "ad": "SELECT, INSERT, UPDATE", "change": "INSERT",
		"idempotency_key": "SELECT, INSERT, UPDATE, DELETE", "ad_group_audience": "SELECT, INSERT, UPDATE, DELETE",
		"campaign_label": "SELECT, INSERT, DELETE", "keyword": "SELECT, INSERT", "pin": "SELECT", "audience": "SELECT",
		"label": "SELECT, INSERT, UPDATE (value)", "saved_view": "SELECT, INSERT, UPDATE (name, spec, is_shared, updated_at), DELETE",
		"notification": "SELECT, UPDATE (state)", "recommendation": "SELECT, UPDATE (state)",
		"invitation": "SELECT, INSERT, UPDATE (accepted_at, revoked_at)", "member": "SELECT, INSERT, DELETE", "member_change": "INSERT", "app_user": "SELECT",
	}
}

// numbered returns the tables whose rows writers give numbers before they insert
// them. PostgreSQL itself does it with nobody's right but that to insert.
func numbered() []string { return []string{"campaign", "ad_group", "ad"} }

// fence is what a statement may see: the rows of some advertisers, or if viewer
// is set, those of all that the viewer is a member of.
type fence struct {
	viewer      int64 // 0 for nobody
	advertisers []int64
	// asked is when the statement asked for a connection; zero if nobody measures.
	asked time.Time
}

// setting is the session's setting for a fence, as a statement. It holds digits
// only, and so needs no quoting.
func (f fence) setting() string {
	if f.viewer != 0 {
		return "SET adsgraph.viewer = '" + strconv.FormatInt(f.viewer, 10) + "'"
	}
	list := append(make([]byte, 0, 48), "SET adsgraph.advertisers = '"...)
	for i, id := range f.advertisers {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, id, 10)
	}
	return string(append(list, '\''))
}

type fenceKey struct{}

// Options say how a Store gets to its database.
type Options struct {
	// RowSecurity puts every statement behind row-level security.
	RowSecurity bool
	// Pooled is for an address of a pooler in transaction mode.
	Pooled bool
}

// Open connects to a database. With row-level security it fails if the database is
// not prepared for that, which Migrate does.
func Open(ctx context.Context, dsn string, o Options, now func() time.Time) (*Store, error) {
	connector, err := connectorOf(dsn, o.Pooled)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	s := NewStore(connector, o, now)
	if err := s.reach(ctx); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// reach makes sure that the database can be used as the options say.
func (s *Store) reach(ctx context.Context) error {
	for _, db := range []*sqlx.DB{s.db, s.finders, s.writers} {
		if _, err := db.ExecContext(ctx, "SELECT"); err != nil { // a pooler answers pings itself, and without the role
			return unreachable(err)
		}
	}
	if !s.options.RowSecurity {
		return nil
	}
	var cluster bool
	err := s.db.GetContext(ctx, &cluster, onCluster)
	if err != nil {
		return unreachable(err)
	}
	if cluster {
		return errors.New("row-level security does not work on Citus, which takes no policies with sub-selects: switch it off with --row-security=false")
	}
	return nil
}

func unreachable(err error) error {
	if e := pq.As(err); e != nil && (e.Code == "22023" || e.Code == "42501") { // no such role, or not ours to take
		return fmt.Errorf("row-level security needs the roles %s, %s and %s, and the right to take them: run adsgraph migrate as a superuser or with CREATEROLE, or switch it off with --row-security=false: %w", readers, finders, writers, err)
	}
	return fmt.Errorf("connect to PostgreSQL: %w", err)
}

// NewStore makes a Store of what opens connections of lib/pq.
func NewStore(c driver.Connector, o Options, now func() time.Time) *Store {
	if !o.RowSecurity {
		s := New(sqlx.NewDb(sql.OpenDB(c), "postgres"), now)
		s.options, s.probes = o, sqlx.NewDb(sql.OpenDB(c), "postgres")
		s.probes.SetMaxOpenConns(1)
		return s
	}
	open := func(role string) *sqlx.DB {
		return sqlx.NewDb(sql.OpenDB(fencedConnector{c, role, o.Pooled}), "postgres")
	}
	s := New(open(readers), now)
	s.options = o
	s.finders, s.writers, s.probes = open(finders), open(writers), open(readers)
	s.probes.SetMaxOpenConns(1)
	s.Resize(DefaultConnections)
	return s
}

// The parts of the policies. A sub-select is worked out once per scan, and only
// if a row comes to it: mostly there is one advertiser, and comparing with the
// first of the list is enough.
const (
	listed    = "current_setting('adsgraph.advertisers', true)"
	firstOne  = "(SELECT nullif(split_part(" + listed + ", ',', 1), '')::bigint)"
	anyOfThem = "ANY (coalesce((SELECT string_to_array(nullif(" + listed + ", ''), ',')::bigint[]), '{}'))"
	theViewer = "(SELECT nullif(current_setting('adsgraph.viewer', true), '')::bigint)"
)

// byMembership is the condition that the viewer is a member of a row's advertiser. It
// is looked up for each row, since most statements are about one advertiser, and
// an agency is a member of thousands; OFFSET keeps the planner from listing those
// first. Of facts there are many rows per advertiser, so for them it does.
func byMembership(table, column string) string {
	if isFacts(table) {
		return column + " IN (SELECT b.advertiser_id FROM member AS b WHERE b.user_id = " + theViewer + ")"
	}
	return "EXISTS (SELECT FROM member AS b WHERE b.advertiser_id = " + table + "." + column + " AND b.user_id = " + theViewer + " OFFSET 0)"
}

// isFacts tells whether a table holds numbers by day, hour or window.
func isFacts(table string) bool {
	for _, end := range []string{"_day", "_hour", "_undo", "ad_conversion", "reach"} {
		if strings.HasSuffix(table, end) {
			return true
		}
	}
	return false
}

// policies returns, for each table that has some, by role the condition on the
// rows that may be seen.
func policies() map[string]map[string]string {
	tenant := func(table, column string) map[string]string {
		// CASE and not OR: of CASE the planner expects that half of the rows pass. Of a
		// second comparison it expects what it expects of the first, one advertiser in
		// all, and then takes thousands of rows for one.
		return map[string]string{
			readers: "CASE WHEN " + column + " = " + firstOne + " THEN true ELSE " + column + " = " + anyOfThem + " END",
			finders: byMembership(table, column),
		}
	}
	list := map[string]map[string]string{"advertiser": tenant("advertiser", "id"), "member": tenant("member", "advertiser_id"), "import_account": tenant("import_account", "advertiser_id"), "app_user": {finders: "id = " + theViewer}}
	list["member"][finders] = "user_id = " + theViewer
	for table, class := range Tables() {
		if class == Tenant {
			list[table] = tenant(table, "advertiser_id")
			if writable()[table] != "" {
				list[table][writers] = list[table][readers]
			}
		}
	}
	list["app_user"][readers] = "adsgraph_knows(id)"
	for _, table := range [...]string{"member", "app_user"} {
		list[table][writers] = list[table][readers]
	}
	// Who is invited is no member yet, and must find the invitation.
	list["invitation"][finders] = "(" + list["invitation"][finders] + " OR email = (SELECT u.email FROM app_user AS u WHERE u.id = " + theViewer + "))"
	return list
}

// knows makes the function adsgraph_knows, which tells whether the advertisers of
// the setting have anything to do with a person: people are seen where they are
// members, or left something behind. It runs as its owner, whom no policy holds
// up, and per row: statements come to people by other rows, one at a time, where
// sub-selects on every table would be set up for each statement.
func knows(schema string) string {
	var found []string
	for _, of := range [...]string{
		"member.user_id", "member_change.user_id", "member_change.actor_id", "member.added_by", "invitation.invited_by",
		"saved_view.user_id", "report_template.owner_id", "export_run.user_id", "change.actor_id",
	} {
		table, column, _ := strings.Cut(of, ".")
		found = append(found, "EXISTS (SELECT FROM "+schema+"."+table+" AS o WHERE o.advertiser_id = ANY (listed) AND o."+column+" = person)")
	}
	return `-- name: PrepareKnows
CREATE OR REPLACE FUNCTION adsgraph_knows(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER AS $do$
DECLARE listed bigint[] := string_to_array(nullif(` + listed + `, ''), ',');
BEGIN
  RETURN ` + strings.Join(found, "\n    OR ") + `;
END $do$`
}

// prepareRoles makes the roles. Where the migrating user may not, there is a line
// in the log, and OpenFenced will fail.
const prepareRoles = `-- name: PrepareRoles
DO $do$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['` + readers + `', '` + finders + `', '` + writers + `'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      END IF;
      IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
        EXECUTE format('GRANT %I TO CURRENT_USER', name);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL; -- somebody was quicker
      WHEN insufficient_privilege THEN NULL;               -- reported by our caller
    END;
  END LOOP;
END $do$`

const rolesThere = `-- name: RolesThere
SELECT count(*) = 3 FROM pg_roles WHERE rolname IN ('` + readers + `', '` + finders + `', '` + writers + `')`

const fencedTables = `-- name: FencedTables
SELECT p.polrelid::regclass::text AS table, p.polname AS name FROM pg_policy AS p`

const readableViews = `-- name: ReadableViews
SELECT v.viewname FROM pg_views AS v WHERE v.schemaname = current_schema()`

// policyName names a policy by its condition, so that another one replaces it.
func policyName(role, condition string) string {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(condition))
	return fmt.Sprintf("%s_%08x", role, hash.Sum32())
}

// prepareFences gives the roles the right to read, and every table its policies,
// where they are missing. The policies change nothing for anybody else. It
// returns false if the roles could not be made.
func prepareFences(ctx context.Context, tx *sqlx.Tx) (bool, error) {
	var cluster bool
	if err := tx.GetContext(ctx, &cluster, onCluster); err != nil || cluster { // Citus takes no policies with sub-selects
		return true, err
	}
	if _, err := tx.ExecContext(ctx, prepareRoles); err != nil {
		return false, fmt.Errorf("make the roles of row-level security: %w", err)
	}
	var there bool
	if err := tx.GetContext(ctx, &there, rolesThere); err != nil || !there {
		return false, err
	}
	var schema string
	if err := tx.GetContext(ctx, &schema, `SELECT quote_ident(current_schema())`); err != nil {
		return false, fmt.Errorf("read the schema's name: %w", err)
	}
	if _, err := tx.ExecContext(ctx, knows(schema)); err != nil {
		return false, fmt.Errorf("prepare what policies ask: %w", err)
	}
	var fenced []struct{ Table, Name string }
	if err := tx.SelectContext(ctx, &fenced, fencedTables); err != nil {
		return false, fmt.Errorf("read the policies: %w", err)
	}
	old := map[string][]string{}
	for _, f := range fenced {
		old[f.Table] = append(old[f.Table], f.Name)
	}
	var views []string
	if err := tx.SelectContext(ctx, &views, readableViews); err != nil {
		return false, fmt.Errorf("read the views: %w", err)
	}
	steps := []string{}
	all := policies()
	for _, table := range append(slices.Sorted(maps.Keys(Tables())), views...) {
		steps = append(steps, "GRANT SELECT ON "+table+" TO "+readers+", "+finders)
		if rights := writable()[table]; rights != "" {
			steps = append(steps, "GRANT "+rights+" ON "+table+" TO "+writers)
			if slices.Contains(numbered(), table) {
				steps = append(steps, "GRANT USAGE ON SEQUENCE "+table+"_id_seq TO "+writers)
			}
		}
		for _, role := range [...]string{readers, finders, writers} {
			condition := all[table][role]
			name := policyName(role, condition)
			if condition == "" || slices.Contains(old[table], name) {
				continue
			}
			for _, other := range old[table] {
				if strings.HasPrefix(other, role+"_") {
					steps = append(steps, "DROP POLICY "+other+" ON "+table)
				}
			}
			steps = append(steps, "ALTER TABLE "+table+" ENABLE ROW LEVEL SECURITY",
				"CREATE POLICY "+name+" ON "+table+" TO "+role+" USING ("+condition+")")
		}
	}
	for _, step := range steps {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return false, fmt.Errorf("%s: %w", step, err)
		}
	}
	return true, nil
}

package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// lintSchema returns what breaks the rules that keep the schema portable to a
// cluster of databases: every table classified; tenant tables lead with
// advertiser_id, in the columns, in every unique index and in every foreign key
// between them, which go to tenant or reference tables; named constraints; no
// triggers; no SET NULL or SET DEFAULT; names short enough for a suffix; ids of
// eight bytes, by identity. It also tells of classes without a table.
func lintSchema(t *testing.T, db *sqlx.DB, classes map[string]store.Class) []string {
	t.Helper()
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	type row struct {
		Name, Parent string
		Detail       string
		Ok           bool
	}
	query := func(text string) []row {
		var rows []row
		if err := db.Select(&rows, text); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	there := map[string]bool{}
	const userTable = `c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`
	for _, r := range query(`SELECT c.relname AS name, '' AS parent, coalesce((SELECT a.attname || ' ' || format_type(a.atttypid, NULL) || ' ' || a.attnotnull
	  FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum = 1), '') AS detail,
	  EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype = 'p') AS ok FROM pg_class AS c WHERE ` + userTable) {
		there[r.Name] = true
		if len(r.Name) > 48 {
			fault("table %s has more than 48 characters", r.Name)
		}
		class, known := classes[r.Name]
		if !known {
			fault("table %s has no class", r.Name)
		}
		if class == store.Tenant && r.Detail != "advertiser_id bigint true" {
			fault("tenant table %s starts with %q, not with advertiser_id bigint not null", r.Name, r.Detail)
		}
		if !r.Ok {
			fault("table %s has no primary key", r.Name)
		}
	}
	for _, r := range query(`SELECT i.relname AS name, c.relname AS parent, '' AS detail,
	  (SELECT a.attname = 'advertiser_id' FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum = x.indkey[0]) IS TRUE AS ok
	  FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS c ON c.oid = x.indrelid WHERE ` + userTable) {
		if classes[r.Parent] == store.Tenant && !r.Ok {
			fault("index %s of tenant table %s does not lead with advertiser_id", r.Name, r.Parent)
		}
		if len(r.Name) > 48 {
			fault("index %s has more than 48 characters", r.Name)
		}
	}
	for _, r := range query(`SELECT k.conname AS name, c.relname AS parent, coalesce(f.relname, '') AS detail,
	  k.contype <> 'f' OR (k.confdeltype IN ('a', 'c', 'r') AND k.confupdtype IN ('a', 'r')) AS ok
	  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid LEFT JOIN pg_class AS f ON f.oid = k.confrelid WHERE ` + userTable) {
		if !strings.HasPrefix(r.Name, r.Parent+"_") && classes[r.Parent] != store.Local {
			fault("constraint %s of %s was not named", r.Name, r.Parent)
		}
		for _, suffix := range []string{"_pkey", "_fkey", "_check", "_key"} {
			if strings.HasSuffix(r.Name, suffix) && classes[r.Parent] != store.Local {
				fault("constraint %s of %s has a name that PostgreSQL made", r.Name, r.Parent)
			}
		}
		if len(r.Name) > 48 {
			fault("constraint %s has more than 48 characters", r.Name)
		}
		if !r.Ok {
			fault("foreign key %s sets values on delete or update", r.Name)
		}
		if classes[r.Detail] == store.Local && classes[r.Parent] != store.Local {
			fault("foreign key %s goes to the local table %s", r.Name, r.Detail)
		}
		if r.Detail != "" && classes[r.Parent] != store.Tenant && classes[r.Detail] == store.Tenant {
			fault("foreign key %s goes from a %s table to a tenant table", r.Name, classes[r.Parent])
		}
	}
	for _, r := range query(`SELECT k.conname AS name, c.relname AS parent, f.relname AS detail,
	  EXISTS (SELECT 1 FROM unnest(k.conkey, k.confkey) AS p (mine, theirs)
	    JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = p.mine AND a.attname = 'advertiser_id'
	    JOIN pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = p.theirs AND b.attname = 'advertiser_id') AS ok
	  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS f ON f.oid = k.confrelid
	  WHERE k.contype = 'f' AND ` + userTable) {
		if classes[r.Parent] == store.Tenant && classes[r.Detail] == store.Tenant && !r.Ok {
			fault("foreign key %s between tenant tables does not pair advertiser_id", r.Name)
		}
	}
	for _, r := range query(`SELECT a.attname AS name, c.relname AS parent, format_type(a.atttypid, NULL) AS detail,
	  a.attidentity <> '' AND a.atttypid = 'bigint'::regtype AS ok FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
	  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
	  WHERE (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%') AND ` + userTable) {
		if !r.Ok && classes[r.Parent] != store.Local {
			fault("column %s of %s counts up as %s, not as a bigint by identity", r.Name, r.Parent, r.Detail)
		}
	}
	for table := range classes {
		if !there[table] {
			fault("there is no table %s", table)
		}
	}
	for _, r := range query(`SELECT t.tgname AS name, c.relname AS parent, '' AS detail, true AS ok
	  FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal`) {
		fault("table %s has the trigger %s", r.Parent, r.Name)
	}
	slices.Sort(faults)
	return faults
}

func TestSchemaKeepsItsRules(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	for _, fault := range lintSchema(t, db, store.Tables()) {
		t.Error(fault)
	}
}

// TestSchemaLintFindsFaults plants one fault of each kind.
func TestSchemaLintFindsFaults(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	db.MustExec(`CREATE TABLE unknown (id bigint CONSTRAINT unknown_pk PRIMARY KEY);
	  CREATE TABLE numbered (advertiser_id bigint NOT NULL, id serial, CONSTRAINT numbered_pk PRIMARY KEY (advertiser_id, id));
	  ALTER TABLE numbered ADD CONSTRAINT numbered_with_a_check_whose_name_is_far_too_long_to_suffix CHECK (id > 0);
	  ALTER TABLE numbered ADD CONSTRAINT numbered_local_fk FOREIGN KEY (id) REFERENCES goose_db_version (id);
	  CREATE TABLE table_with_a_name_that_is_far_too_long_for_a_shard_suffix (id bigint);
	  CREATE TABLE bad (id bigint, advertiser_id bigint NOT NULL, campaign_id bigint UNIQUE);
	  CREATE UNIQUE INDEX bad_with_a_name_that_is_far_too_long_for_a_shard_suffix_uq ON bad (advertiser_id, id);
	  ALTER TABLE app_user ADD CONSTRAINT app_user_down_fk FOREIGN KEY (id) REFERENCES bad (campaign_id) ON DELETE SET NULL;
	  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
	  CREATE TRIGGER bad_tr BEFORE INSERT ON bad FOR EACH ROW EXECUTE FUNCTION f();
	  ALTER TABLE bad ADD CONSTRAINT bad_alone_fk FOREIGN KEY (campaign_id) REFERENCES bad (campaign_id)`)
	classes := store.Tables()
	classes["bad"], classes["numbered"], classes["gone"] = store.Tenant, store.Tenant, store.Local
	found := strings.Join(lintSchema(t, db, classes), "\n")
	for _, want := range []string{
		"unknown has no class", "bad starts with", "bad has no primary key", "bad_campaign_id_key of tenant table bad does not lead",
		"more than 48 characters", "a name that PostgreSQL made", "app_user_down_fk sets values", "from a reference table to a tenant table",
		"column id of numbered counts up as integer", "constraint numbered_with_a_check_whose_name_is_far_too_long_to_suffix has more", "numbered_local_fk goes to the local table",
		"table table_with_a_name_that_is_far_too_long_for_a_shard_suffix has more", "there is no table gone",
		"bad_alone_fk between tenant tables does not pair", "the trigger bad_tr",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("the lint did not find %q in:\n%s", want, found)
		}
	}
}

// TestDayTablesHoldEveryMeasure compares the measures with the columns of the
// tables that hold them.
func TestDayTablesHoldEveryMeasure(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	for _, table := range []string{"ad_day", "ad_group_day", "campaign_day", "advertiser_day"} {
		var columns []string
		if err := db.Select(&columns, `SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0
		  AND attname NOT LIKE '%\_id' AND attname <> 'day' ORDER BY attnum`, table); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(columns, metrics.DayColumns[:]) {
			t.Errorf("%s has the columns %v, the measures are %v", table, columns, metrics.DayColumns)
		}
	}
}

package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// standIn is what Distribute asks of Citus, as far as it can be told without it: the
// functions check the order that Citus wants, and keep the rows where they are.
const standIn = `
CREATE SCHEMA citus;
CREATE TABLE citus.pg_dist_partition (logicalrelid regclass, partmethod "char", colocated_with text);
CREATE TABLE citus.pg_dist_local_group (groupid int);
INSERT INTO citus.pg_dist_local_group VALUES (0);
CREATE FUNCTION citus.ready(name regclass) RETURNS void LANGUAGE plpgsql AS $do$
BEGIN
  IF current_setting('citus.multi_shard_modify_mode', true) IS DISTINCT FROM 'sequential' OR current_setting('citus.enable_local_reference_table_foreign_keys', true) IS DISTINCT FROM 'off' THEN
    RAISE 'cannot execute parallel DDL on table %', name;
  END IF;
  IF EXISTS (SELECT FROM pg_policy WHERE polrelid = name) THEN
    RAISE 'cannot create policy';
  END IF;
  IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = name AND confrelid <> name AND contype = 'f' AND confrelid NOT IN (SELECT logicalrelid FROM citus.pg_dist_partition)) THEN
    RAISE 'referenced table must be a distributed table or a reference table';
  END IF;
END $do$;
CREATE FUNCTION citus.create_reference_table(name regclass) RETURNS void LANGUAGE sql AS $do$
  SELECT citus.ready(name); INSERT INTO citus.pg_dist_partition VALUES (name, 'n') $do$;
CREATE FUNCTION citus.create_distributed_table(name regclass, distribution_column text, colocate_with text) RETURNS void LANGUAGE sql AS $do$
  SELECT citus.ready(name); INSERT INTO citus.pg_dist_partition VALUES (name, 'h', colocate_with) $do$;
CREATE FUNCTION citus.truncate_local_data_after_distributing_table(name regclass) RETURNS void LANGUAGE plpgsql AS $do$
BEGIN
  EXECUTE 'TRUNCATE ' || name || ' CASCADE';
END $do$`

// onStandIn returns a database with the stand-in on its search path.
func onStandIn(t *testing.T) *sqlx.DB {
	t.Helper()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(busyWorld)
	db.MustExec(standIn)
	var name string
	if err := db.Get(&name, "SELECT current_database()"); err != nil {
		t.Fatal(err)
	}
	db.MustExec("ALTER DATABASE " + name + " SET search_path = public, citus")
	return pgtest.DB(t, dsn)
}

func TestDistribute(t *testing.T) {
	t.Parallel()
	db := onStandIn(t)
	var dry, log strings.Builder
	if err := store.Distribute(t.Context(), db, true, &dry); err != nil {
		t.Fatal(err)
	}
	var declared int
	if err := db.Get(&declared, "SELECT count(*) FROM pg_dist_partition"); err != nil || declared != 0 {
		t.Errorf("the dry run declared %d tables, %v", declared, err)
	}
	// As if it was interrupted: one table is done, and leaves its rows behind.
	db.MustExec(`INSERT INTO pg_dist_partition VALUES ('app_user', 'n')`)
	if err := store.Distribute(t.Context(), db, false, &log); err != nil {
		t.Fatal(err)
	}
	rest := strings.Replace(dry.String(), "SELECT create_reference_table('app_user');\n", "", 1)
	cut := func(s string) string { before, _, _ := strings.Cut(s, "ANALYZE "); return before }
	if cut(rest) != cut(log.String()) {
		t.Errorf("the dry run said\n%s\nand this was done\n%s", rest, &log)
	}
	var tables []struct{ Name, Method, Beside string }
	if err := db.Select(&tables, `SELECT logicalrelid::text AS name, partmethod::text AS method, coalesce(colocated_with, '') AS beside FROM pg_dist_partition`); err != nil {
		t.Fatal(err)
	}
	beside := map[string]int{}
	for _, d := range tables {
		want := map[store.Class]string{store.Reference: "n", store.Tenant: "h"}[store.Tables()[d.Name]]
		if d.Method != want {
			t.Errorf("%s is declared %s, want %s", d.Name, d.Method, want)
		}
		beside[d.Beside]++
	}
	if len(tables) != len(store.Tables())-1 || beside["none"] != 1 || len(beside) != 3 { // reference tables, the first one, and the others beside it
		t.Errorf("%d tables declared, of %d; beside %v", len(tables), len(store.Tables()), beside)
	}
	var left []string
	if err := db.Select(&left, `SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0`); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(left, []string{"goose_db_version"}) {
		t.Errorf("rows were left in %v", left)
	}
	log.Reset()
	if err := store.Distribute(t.Context(), db, false, &log); err != nil || log.String() != "Every table is distributed.\n" {
		t.Errorf("the second time: %v\n%s", err, &log)
	}
	if err := store.Migrate(t.Context(), db, pgtest.Present, &log); err != nil {
		t.Errorf("migrate: %v", err)
	}
	if err := db.Get(&declared, "SELECT count(*) FROM pg_policy"); err != nil || declared != 0 {
		t.Errorf("migrate made %d policies, %v", declared, err)
	}
}

func TestDistributeRefuses(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]string{
		"no Citus":                              "DROP TABLE citus.pg_dist_partition",
		"is a worker":                           "UPDATE pg_dist_local_group SET groupid = 3",
		"the table mine is not one":             "CREATE TABLE mine (id int)",
		"drop ad.audit first":                   "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER audit BEFORE INSERT ON ad FOR EACH ROW EXECUTE FUNCTION f()",
		"the table campaign is declared in":     "INSERT INTO pg_dist_partition VALUES ('campaign', 'n')",
		"schema version 17, this program needs": "DELETE FROM goose_db_version WHERE version_id > 17",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			db := onStandIn(t)
			db.MustExec(change)
			var log strings.Builder
			if err := store.Distribute(t.Context(), db, false, &log); err == nil || !strings.Contains(fmt.Sprint(err), want) || log.Len() > 0 {
				t.Errorf("%v\n%s", err, &log)
			}
		})
	}
}

// TestDistributeIsPlanned prints the statements for a database without Citus.
func TestDistributeIsPlanned(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	if err := store.Distribute(t.Context(), pgtest.DB(t, pgtest.Database(t)), true, &log); err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, want := range []string{
		"SET citus.multi_shard_modify_mode = 'sequential';", "DROP POLICY", "ALTER TABLE ad DISABLE ROW LEVEL SECURITY;",
		"create_reference_table('advertiser')", "create_reference_table('member')",
		"create_distributed_table('campaign', 'advertiser_id', colocate_with => 'none')",
		"create_distributed_table('ad', 'advertiser_id', colocate_with => 'campaign')", "create_distributed_table('keyword', ", "ANALYZE ",
	} {
		next := strings.Index(log.String(), want)
		if next <= at {
			t.Errorf("%s comes at %d, after %d, in\n%s", want, next, at, &log)
		}
		at = next
	}
}

// TestFencedNeedsOnePostgreSQL opens a distributed database behind row-level security.
func TestFencedNeedsOnePostgreSQL(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	var name string
	if err := db.Get(&name, "SELECT current_database()"); err != nil {
		t.Fatal(err)
	}
	db.MustExec(standIn)
	db.MustExec("GRANT USAGE ON SCHEMA citus TO PUBLIC")
	db.MustExec("ALTER DATABASE " + name + " SET search_path = public, citus")
	if s, err := store.Open(t.Context(), dsn, store.Options{RowSecurity: true}, pgtest.Clock); err == nil || !strings.Contains(err.Error(), "--row-security=false") {
		t.Errorf("%v, %v", s, err)
	}
}

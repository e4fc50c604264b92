package store_test

import (
	"testing"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestEveryTableIsFenced reads the catalogue: each table with rows of tenants has
// row-level security and a policy, and a statement without a fence sees nothing.
func TestEveryTableIsFenced(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	var fenced []string
	if err := db.Select(&fenced, `SELECT c.relname FROM pg_class AS c WHERE c.relrowsecurity
	  AND EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid) ORDER BY c.relname`); err != nil {
		t.Fatal(err)
	}
	is := map[string]bool{}
	for _, name := range fenced {
		is[name] = true
	}
	for table, class := range store.Tables() {
		if class == store.Tenant && !is[table] {
			t.Errorf("%s is not fenced", table)
		}
	}
	for _, name := range []string{"advertiser", "member", "app_user"} {
		if !is[name] {
			t.Errorf("%s is not fenced", name)
		}
	}
	var open []string
	if err := db.Select(&open, `SELECT c.relname FROM pg_class AS c WHERE c.relkind = 'v' AND c.relnamespace = current_schema()::regnamespace
	  AND NOT 'security_invoker=true' = ANY(coalesce(c.reloptions, '{}'))`); err != nil || len(open) > 0 {
		t.Errorf("views %v show what the policies hide, %v", open, err)
	}
	db.MustExec(busyWorld)
	for _, role := range []string{"adsgraph_reader", "adsgraph_finder"} {
		conn, err := pgtest.DB(t, dsn).Connx(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(t.Context(), "SET ROLE "+role); err != nil {
			t.Fatal(err)
		}
		for table := range is {
			var n int
			if err := conn.GetContext(t.Context(), &n, "SELECT count(*) FROM "+table); err != nil || n != 0 {
				t.Errorf("without a setting %s sees %d rows of %s, %v", role, n, table, err)
			}
		}
		for _, write := range []string{`UPDATE advertiser SET name = 'x'`, `DELETE FROM member`, `INSERT INTO app_user (email, name) VALUES ('a@b', 'x')`} {
			if _, err := conn.ExecContext(t.Context(), write); err == nil {
				t.Errorf("%s may %s", role, write)
			}
		}
		_ = conn.Close()
	}
}

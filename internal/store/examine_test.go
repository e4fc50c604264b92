package store_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestSchemaObjects compares the list that Examine uses with what the migrations
// make. UPDATE_GOLDEN=1 writes it.
func TestSchemaObjects(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	var found []string
	if err := db.Select(&found, store.TheObjects); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(found, "\n") + "\n"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile("schema_objects.txt", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text != store.SchemaObjects {
		t.Error("schema_objects.txt is not what the migrations make: UPDATE_GOLDEN=1 go test -run TestSchemaObjects ./internal/store writes it")
	}
}

// examine returns what an examination finds, by check.
func examine(t *testing.T, db *sqlx.DB, change func(*store.Examination)) map[string]store.Finding {
	t.Helper()
	e := store.Examination{Connections: 16, Timeout: 10 * time.Second, Fenced: true, Full: true, Now: time.Now}
	if change != nil {
		change(&e)
	}
	found := map[string]store.Finding{}
	store.Examine(t.Context(), db, e, func(f store.Finding) { found[f.Check] = f })
	return found
}

// TestExamine breaks a database in each way that Examine knows, one after another,
// and takes it back.
func TestExamine(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	db.SetMaxOpenConns(1) // so that settings of the session hold
	db.MustExec(`SET jit = off;
	  INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (1, 'Acme', 'US', 'USD', 'America/New_York');
	  INSERT INTO freshness (advertiser_id, family, data_as_of, final_through) VALUES (1, 'DELIVERY', now(), current_date)`)
	// The template's partitions are those around the tests' present.
	tx := db.MustBegin()
	if err := errors.Join(store.EnsurePartitions(t.Context(), tx, pgtest.Present, time.Now().AddDate(0, 4, 0)), tx.Commit()); err != nil {
		t.Fatal(err)
	}
	present := func(e *store.Examination) { e.Now = pgtest.Clock }
	// The test's server is for tests: it keeps nothing on the disk, and vacuums nothing.
	usual := map[string]store.Health{"durability": store.Warned, "vacuum": store.Warned}
	for name, f := range examine(t, db, nil) {
		want := usual[name]
		if want == "" {
			want = store.Fine
		}
		if f.Health != want || f.Detail == "" || (f.Do == "") != (f.Health == store.Fine) {
			t.Errorf("a fresh database: %+v", f)
		}
	}
	for _, tt := range []struct {
		name, broken, check string
		outcome             store.Health
		says                string
		change              func(*store.Examination)
		mend                string
	}{
		{"Behind", `DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`, "schema", store.Failed, "adsgraph migrate", nil, `INSERT INTO goose_db_version (version_id, is_applied) SELECT max(version_id) + 1, true FROM goose_db_version`},
		{"Ahead", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`, "schema", store.Warned, "9999", nil, `DELETE FROM goose_db_version WHERE version_id = 9999`},
		{"IndexMissing", `ALTER INDEX campaign_pk RENAME TO other`, "objects", store.Failed, "index campaign_pk of campaign", nil, `ALTER INDEX other RENAME TO campaign_pk`},
		{"ConstraintNotValid", `ALTER TABLE campaign ADD CONSTRAINT campaign_odd_ck CHECK (id > 0) NOT VALID`, "objects", store.Failed, "campaign_odd_ck", nil, `ALTER TABLE campaign DROP CONSTRAINT campaign_odd_ck`},
		{"IndexNotValid", `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'advertiser_pk'::regclass`, "objects", store.Failed, "not valid: index advertiser_pk", nil, `UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'advertiser_pk'::regclass`},
		{"RightTaken", `REVOKE SELECT ON campaign FROM adsgraph_reader`, "row security", store.Failed, "adsgraph_reader lacks SELECT on campaign", nil, `GRANT SELECT ON campaign TO adsgraph_reader`},
		{"WriteTaken", `REVOKE UPDATE ON campaign FROM adsgraph_writer`, "row security", store.Failed, "adsgraph_writer lacks UPDATE on campaign", nil, `GRANT UPDATE ON campaign TO adsgraph_writer`},
		{"PoliciesOff", `ALTER TABLE campaign DISABLE ROW LEVEL SECURITY`, "row security", store.Failed, "campaign lacks adsgraph_", nil, `ALTER TABLE campaign ENABLE ROW LEVEL SECURITY`},
		{"SwitchedOff", ``, "row security", store.Warned, "switched off", func(e *store.Examination) { e.Fenced = false }, ``},
		{"MonthMissing", `ALTER TABLE ad_day DETACH PARTITION ad_day_2026_07`, "partitions", store.Failed, "ad_day_2026_07", present, `ALTER TABLE ad_day ATTACH PARTITION ad_day_2026_07 FOR VALUES FROM ('2026-07-01') TO ('2026-08-01')`},
		{"MonthMissingLater", `ALTER TABLE ad_day DETACH PARTITION ad_day_2026_09`, "partitions", store.Warned, "ad_day_2026_09", present, `ALTER TABLE ad_day ATTACH PARTITION ad_day_2026_09 FOR VALUES FROM ('2026-09-01') TO ('2026-10-01')`},
		{"TooFewConnections", ``, "connections", store.Failed, "802 connections", func(e *store.Examination) { e.Connections = 400 }, ``},
		{"ConnectionsForOne", ``, "connections", store.Warned, "not enough for two", func(e *store.Examination) { e.Connections = 150 }, ``},
		{"Compiles", `SET jit = on`, "planner", store.Warned, "jit is on", nil, `SET jit = off`},
		{"PlansAgain", `SET plan_cache_mode = force_custom_plan`, "planner", store.Warned, "force_custom_plan", nil, `RESET plan_cache_mode`},
		{"Timeout", `SET statement_timeout = '5s'`, "statement timeout", store.Warned, "after 5s", nil, `RESET statement_timeout`},
		{"ReadOnly", `SET default_transaction_read_only = on`, "writable", store.Failed, "takes no changes", nil, `SET default_transaction_read_only = off`},
		{"NotDurable", `SET synchronous_commit = off`, "durability", store.Warned, "synchronous_commit", nil, `RESET synchronous_commit`},
		{"Clock", ``, "clock", store.Warned, "ahead", present, ``},
		{"Stale", `UPDATE freshness SET data_as_of = now() - interval '27 hours'`, "freshness", store.Warned, "1 have numbers older than 26h", nil, `UPDATE freshness SET data_as_of = now()`},
		{"NeverAnalysed", `INSERT INTO app_user (id, email, name) SELECT n, n || '@example.com', repeat('x', 100) FROM generate_series(1, 2000) AS n`, "statistics", store.Warned, "app_user", nil, `ANALYZE app_user`},
		{"DeadRows", `INSERT INTO goose_db_version (version_id, is_applied) SELECT -1, true FROM generate_series(1, 11000); DELETE FROM goose_db_version WHERE version_id = -1; SELECT pg_stat_force_next_flush()`, "vacuum", store.Warned, "goose_db_version (", nil, ``},
		{"RollUp", `INSERT INTO advertiser_day (advertiser_id, day, impressions_paid) VALUES (1, '2026-06-01', 1)`, "roll-ups", store.Failed, "advertiser_day", nil, `DELETE FROM advertiser_day`},
		{"RollUpSampled", `INSERT INTO advertiser_day (advertiser_id, day, impressions_paid) VALUES (1, '2026-06-01', 1)`, "roll-ups", store.Failed, "advertiser_day", func(e *store.Examination) { e.Full = false }, `DELETE FROM advertiser_day`},
	} {
		if tt.broken != "" {
			db.MustExec(tt.broken)
		}
		f := examine(t, db, func(e *store.Examination) {
			e.Only = []string{tt.check}
			if tt.change != nil {
				tt.change(e)
			}
		})[tt.check]
		if f.Health != tt.outcome || !strings.Contains(f.Detail+f.Do, tt.says) || f.Do == "" {
			t.Errorf("%s: %+v, want %s with %q", tt.name, f, tt.outcome, tt.says)
		}
		if tt.mend != "" {
			db.MustExec(tt.mend)
		}
	}
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// report writes a report of ads by day, whose amounts depend on a number.
func report(t *testing.T, dir string, ads, days, n int) string {
	t.Helper()
	var text bytes.Buffer
	text.WriteString("date,pin_promotion_id,ad_group_id,campaign_id,advertiser_id,_fivetran_synced,spend_in_micro_dollar,impression_1,total_checkout\n")
	for ad := range ads {
		for d := range days {
			fmt.Fprintf(&text, "%s,%d,%d,%d,77,2026-06-16 0%d:00:00,%d,%d,1\n", pgtest.Present.AddDate(0, 0, d-days).Format(time.DateOnly), ad, ad/5, ad/20, n%10, 1000+n, 10)
		}
	}
	path := filepath.Join(dir, fmt.Sprintf("pin_promotion_report_%d.csv", n))
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestImportKilled kills imports in the middle: each is wholly there or not at all,
// and run again it is there once.
func TestImportKilled(t *testing.T) {
	t.Parallel()
	const ads, days = 60, 60
	dsn, dir, program := pgtest.Database(t), t.TempDir(), build(t)
	db := pgtest.DB(t, dsn)
	db.SetMaxOpenConns(1)
	start := func(path string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), program, "import", "--database", dsn, "--currency", "USD", "--rejects", filepath.Join(dir, "rejects.csv"), path)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	spend := func() (total, rows int64) {
		t.Helper()
		for left := 1; left > 0; { // the database may still be at the commit, or at what it undoes
			if err := db.Get(&left, `SELECT count(*) FROM pg_stat_activity, pg_sleep(0.002) WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.QueryRow(`SELECT coalesce(sum(spend_micros), 0), count(*) FROM ad_day`).Scan(&total, &rows); err != nil {
			t.Fatal(err)
		}
		return total, rows
	}
	usual, cut, done := 800*time.Millisecond, 0, 0
	before := int64(0)
	for n := 1; n <= pgtest.Rounds(30, 6); n++ {
		path, want := report(t, dir, ads, days, n), int64(ads*days*(1000+n))
		began := time.Now()
		c := start(path)
		kill := time.AfterFunc(rand.N(usual*3/2), func() { _ = c.Process.Kill() })
		ended := c.Wait() == nil
		kill.Stop()
		if ended {
			usual = (usual*3 + time.Since(began)) / 4
		}
		switch got, rows := spend(); {
		case got == want && rows == ads*days:
			done++
		case got == before && !ended:
			cut++
			usual += usual / 16
		default:
			t.Fatalf("import %d: spend %d in %d rows, %d before and %d after it, ended %v", n, got, rows, before, want, ended)
		}
		if err := start(path).Wait(); err != nil {
			t.Fatal(err)
		}
		if got, rows := spend(); got != want || rows != ads*days {
			t.Fatalf("import %d run again: spend %d in %d rows, want %d in %d", n, got, rows, want, ads*days)
		}
		before = want
	}
	t.Logf("%d were cut off, %d had ended", cut, done)
	if err := store.Verify(t.Context(), db, func(store.Check) {}); err != nil {
		t.Error(err)
	}
}

// TestImportCommand says what it did, and for whom.
func TestImportCommand(t *testing.T) {
	t.Parallel()
	dsn, dir := pgtest.Database(t), t.TempDir()
	db := pgtest.DB(t, dsn)
	path := report(t, dir, 4, 3, 1)
	command := func(args ...string) (string, string, error) {
		var out, log strings.Builder
		err := run(t.Context(), append([]string{"import", "--database", dsn, "--rejects", filepath.Join(dir, "rejects.csv")}, args...), os.Getenv, &out, &log)
		return out.String(), log.String(), err
	}
	out, _, err := command("--dry-run", "--currency", "USD", path)
	if err != nil || !strings.Contains(out, "ad          4 new, 0 changed") || !strings.Contains(out, "Nothing was written") || !strings.Contains(out, "Nobody can see") {
		t.Errorf("%v\n%s", err, out)
	}
	out, _, err = command("--currency", "USD", "--owner", "Ann@example.com", path)
	if err != nil || !strings.Contains(out, "12 rows added") || !strings.Contains(out, "Ann@example.com is new, and owns") || !strings.Contains(out, "spend 0.00 -> 0.012012 USD") {
		t.Errorf("%v\n%s", err, out)
	}
	var owners int
	if err := db.Get(&owners, `SELECT count(*) FROM member AS b JOIN app_user AS u ON u.id = b.user_id WHERE u.email = 'ann@example.com' AND b.role = 'OWNER'`); err != nil || owners != 1 {
		t.Errorf("%d owners %v", owners, err)
	}
	if out, _, err = command(path); err != nil || !strings.Contains(out, "0 days of advertisers changed") || !strings.Contains(out, "0 new, 0 changed, 4 as they were") {
		t.Errorf("%v\n%s", err, out)
	}
	for args, says := range map[string]string{
		"": "which files", "--dates ymd x": "--dates", "--delimiter ab x": "--delimiter", "--as-of today x": "--as-of", "--time-zone Mars x": "Mars", "--mapping nothing x": "fivetran-pinterest",
		"--replace week x": "--replace", "--currency usd x": "--currency", "--max-rejects -1 x": "--max-rejects", "--owner ann x": "--owner", "--print-mapping x": "google-ads", "/no/such/file": "unreadable",
	} {
		if _, _, err := command(strings.Fields(args)...); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", args, err)
		}
	}
	if out, _, err := command("--print-mapping", "meta-ads"); err != nil || !strings.Contains(out, "Ad set ID") {
		t.Errorf("%v %s", err, out)
	}
	bad := filepath.Join(dir, "pin_promotion_report_bad.csv")
	if err := os.WriteFile(bad, []byte("date,pin_promotion_id,advertiser_id,impression_1\n2026-06-01,1,77,10\nnever,1,77,10\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, log, err := command(bad); err != nil || !strings.Contains(log, "1 lines were left out") {
		t.Errorf("%v %s", err, log)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "rejects.csv")); err != nil || !strings.Contains(string(text), ",3,day,never,is not a date") {
		t.Errorf("%v %s", err, text)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := run(ended, []string{"import", "--database", dsn, path}, os.Getenv, &strings.Builder{}, &strings.Builder{}); err == nil {
		t.Error("an import that was given up went well")
	}
}

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"adsgraph/bench/hand"
	"adsgraph/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// TestDatabase has what contenders add to the database accepted by it, and asks of
// it for every screen.
func TestDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.OwnDemo(t, "small"))
	shown, err := postgraphileSchema()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a database that was used before is used again
		for _, text := range []string{hand.Functions, shown} {
			if _, err := db.ExecContext(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, s := range screens {
		questions, err := s.questions(t.Context(), db)
		if err != nil || len(questions) == 0 {
			t.Fatalf("%s: %d questions, %v", s.title, len(questions), err)
		}
		for i, q := range questions {
			if s.days > 0 && (q.From == "" || q.To.Sub(q.From) != s.days-1 || q.PreviousTo.Add(1) != q.From || q.PreviousTo.Sub(q.PreviousFrom) != s.days-1) {
				t.Errorf("%s: the ranges of %+v do not meet", s.title, q)
			}
			for _, other := range questions[:i] {
				if q == other {
					t.Errorf("%s: %+v is asked twice", s.title, q)
				}
			}
		}
		if _, err := postgraphileFiles.ReadFile("postgraphile/" + string(s.hand) + ".graphql"); err != nil {
			t.Error(err)
		}
	}
}

// TestShape makes of what PostgreSQL holds what Adsgraph answers.
func TestShape(t *testing.T) {
	t.Parallel()
	x := shaper{currency: "USD"}
	r := row{"spend": "1234560", "impressions": "200", "clicks": "3", "checkouts": "0", "value": "0", "previousClicks": "0"}
	got := x.columns(r, "", false)
	want := row{
		"spend": row{"micros": "1234560", "amount": "1.23456"}, "impressions": int64(200), "pinClicks": int64(3), "ctr": 0.015,
		"cpc": row{"amount": "0.41152"}, "checkouts": int64(0), "roas": 0.0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if none := x.columns(r, "previous", true); none["ctr"] != nil || none["cpc"] != nil || none["roas"] != nil {
		t.Errorf("ratios of nothing are %v", none)
	}
	if got := instant("2026-06-17T17:30:00.25+02:00"); got != "2026-06-17T15:30:00Z" {
		t.Error(got)
	}
	if got := instant(nil); got != nil {
		t.Error(got)
	}
	causes := delivery(row{"causes": []any{"CAMPAIGN_PAUSED", "CAMPAIGN_ENDED"}}, false)
	if text, _ := json.Marshal(causes); string(text) != `{"reasons":[{"code":"CAMPAIGN_PAUSED"},{"code":"CAMPAIGN_ENDED"}],"status":"PAUSED"}` {
		t.Errorf("%s", text)
	}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	text := table("nested list", []figures{{contender: "Adsgraph", ratio: 0.5, perSecond: 1234.5, p50: 1.234, p95: 123.4, serverCPU: 10, databaseCPU: 20, statements: 4, memory: 64 << 20, bytes: 2500}})
	if want := "| Adsgraph | 1234 | **0.50** | 1.23 | 123 | 10 | 20 | 4 | 2 | 64 |\n"; !strings.HasPrefix(text, "### Nested list\n") || !strings.HasSuffix(text, want) {
		t.Error(text)
	}
	data := map[string]any{"edges": []any{map[string]any{"cursor": "x", "node": map[string]any{"endCursor": nil}}}}
	hand.WithoutCursors(data)
	if diff := cmp.Diff(map[string]any{"edges": []any{map[string]any{"cursor": "", "node": map[string]any{"endCursor": nil}}}}, data); diff != "" {
		t.Error(diff)
	}
}

// TestFlags refuses what would measure something else than it says.
func TestFlags(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for mentions, args := range map[string][]string{
		"too much":      {"campaigns"},
		"at most 32":    {"--concurrency", "33"},
		"1 and more":    {"--rounds", "0"},
		"go together":   {"--database", "postgres://x"},
		"no screen":     {"--screens", "campaign"},
		"no contender":  {"--contenders", "Hasura"},
		"invalid value": {"--round", "3"},
	} {
		err := run(t.Context(), append(args, "--dir", t.TempDir()), &out, &out)
		if err == nil || !strings.Contains(err.Error(), mentions) {
			t.Errorf("%v: %v, want %q", args, err, mentions)
		}
	}
}

// TestLock keeps hosts of registries out of the lock file, and what is not pinned.
func TestLock(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("node", "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), `"resolved"`) {
		t.Error("the lock file names where packages come from; .npmrc says how to leave that out")
	}
	manifest, err := os.ReadFile(filepath.Join("node", "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(string(manifest), "^~*") {
		t.Error("package.json leaves a version open")
	}
}

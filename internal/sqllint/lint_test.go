package sqllint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/sqllint"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// lint runs the lint over statements with arguments, as if tests of a package had.
func lint(t *testing.T, db *sqlx.DB, ran ...sqllint.Seen) []string {
	t.Helper()
	faults, err := sqllint.Lint(t.Context(), db, ran, "nobody", true)
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

// TestPlansAreLookedAt plants statements that reach further than their names are
// declared to: without the advertiser, with it in a place where it does not count,
// and for several where one is declared.
func TestPlansAreLookedAt(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	const one, two = int64(1), int64(2)
	for _, tt := range []struct {
		name, text string
		args       []any
		want       string // part of what is found, empty for nothing
	}{
		{"by advertiser", "SELECT c.id FROM campaign AS c WHERE c.advertiser_id = $1 AND c.id = $2 FOR UPDATE", []any{one, two}, ""},
		{"two tables, one bound through the other", "SELECT g.id FROM campaign AS c JOIN ad_group AS g ON g.advertiser_id = c.advertiser_id AND g.campaign_id = c.id WHERE c.advertiser_id = $1", []any{one}, ""},
		{"by id alone", "SELECT c.id FROM campaign AS c WHERE c.id = $1", []any{one}, "of campaign AS c has no advertiser of its own"},
		{"an alternative", "SELECT c.id FROM campaign AS c WHERE c.advertiser_id = $1 OR c.id = $2", []any{one, two}, "is fanout"},
		{"a part of a month", "SELECT y.ad_id FROM ad_day AS y WHERE y.day = '2026-06-01'", nil, "ad_day_2026_06"},
		{"below", "SELECT (SELECT count(*) FROM ad AS d WHERE d.campaign_id = c.id) FROM campaign AS c WHERE c.advertiser_id = $1", []any{one}, "of ad AS d has no advertiser of its own"},
		{"beside a lateral", "SELECT n FROM campaign AS c CROSS JOIN LATERAL (SELECT count(*) AS n FROM ad AS d WHERE d.advertiser_id = k.id LIMIT 1) AS l CROSS JOIN unnest($1::bigint[]) AS k (id) WHERE c.advertiser_id = 1", []any{"{1}"}, "error"},
		{"by the advertisers of a list", "SELECT c.id FROM campaign AS c WHERE c.advertiser_id = ANY ($1)", []any{"{1,2}"}, "is tenants: Index Only Scan of campaign AS c is of ANY"},
		{"of two", "SELECT c.id FROM campaign AS c WHERE c.advertiser_id = $1 UNION ALL SELECT c.id FROM campaign AS c WHERE c.advertiser_id = $2", []any{one, two}, "others are of 1"},
		{"an update by id", "UPDATE campaign AS c SET name = $1 WHERE c.id = $2", []any{"x", one}, "is fanout"},
		{"a part that changes", "WITH gone AS (DELETE FROM label AS l WHERE l.id = $1 RETURNING l.id) SELECT id FROM gone", []any{one}, "of label AS l has no"},
		{"new rows of one", "INSERT INTO label (advertiser_id, type, value) VALUES ($1, 'FREE', 'x')", []any{one}, ""},
		{"new rows of a union", "INSERT INTO label (advertiser_id, type, value) SELECT $1::bigint, 'FREE', v FROM unnest('{a,b}'::text[]) AS v UNION ALL SELECT $1::bigint, 'FREE', v FROM unnest('{c,d}'::text[]) AS v", []any{one}, ""},
		{"new rows of a union, some of whoever", "INSERT INTO label (advertiser_id, type, value) SELECT $1::bigint, 'FREE', v FROM unnest('{a,b}'::text[]) AS v UNION ALL SELECT a.id, 'FREE', 'x' FROM advertiser AS a", []any{one}, "takes advertiser_id from a.id"},
		{"new rows of whoever", "INSERT INTO label (advertiser_id, type, value) SELECT a.id, 'FREE', 'x' FROM advertiser AS a", nil, "takes advertiser_id from a.id"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ran := []sqllint.Seen{{Text: "-- name: LockCampaigns\n" + tt.text, Args: tt.args}}
			if tt.want == "error" { // what cannot be explained is not passed over
				if faults, err := sqllint.Lint(t.Context(), db, ran, "nobody", false); err == nil {
					t.Errorf("no error, and %v", faults)
				}
				return
			}
			found := strings.Join(lint(t, db, ran...), "\n")
			if !strings.Contains(found, tt.want) || tt.want == "" && found != "" {
				t.Errorf("found %q, want %q", found, tt.want)
			}
		})
	}
}

// TestTextsAreLookedAt plants what a cluster refuses.
func TestTextsAreLookedAt(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	for text, want := range map[string]string{
		"MERGE INTO label AS l USING campaign AS c ON true WHEN MATCHED THEN DELETE":                                                                                     "no MERGE",
		"UPDATE campaign AS c SET updated_at = clock_timestamp() WHERE c.advertiser_id = 1":                                                                              "SET calls clock_timestamp",
		"UPDATE campaign AS c SET name = coalesce((ARRAY['a'])[1], lower(c.name)) WHERE c.advertiser_id = 1":                                                             "an element is read in SET",
		"UPDATE campaign AS c SET name = 'x', advertiser_id = 2 WHERE c.advertiser_id = 1":                                                                               "SET leaves advertiser_id",
		"INSERT INTO label AS l (advertiser_id, type, value) VALUES (1, 'FREE', 'x') ON CONFLICT (advertiser_id, id) DO UPDATE SET value = upper('x')":                   "DO UPDATE SET calls upper",
		"INSERT INTO label (advertiser_id, id, type, value) VALUES (1, 1, 'FREE', 'x') ON CONFLICT ON CONSTRAINT label_pk DO NOTHING":                                    "ON CONFLICT names columns",
		"DELETE FROM label AS l WHERE l.advertiser_id = 1 RETURNING to_jsonb(l)":                                                                                         "RETURNING calls to_jsonb",
		"INSERT INTO label (advertiser_id, type, value) VALUES (1, 'FREE', (SELECT 'x'))":                                                                                "VALUES has no sub-select",
		"INSERT INTO label (advertiser_id, type, value) SELECT 1, 'FREE', 'x' RETURNING id":                                                                              "INSERT INTO label has no alias",
		"SELECT c.id FROM campaign AS c WHERE c.advertiser_id = ANY ('{1,2}') FOR UPDATE":                                                                                "FOR UPDATE",
		"SELECT c.id FROM campaign AS c CROSS JOIN LATERAL (SELECT 1 LIMIT 1) AS l WHERE c.advertiser_id = ANY ('{1,2}')":                                                "LATERAL is of one advertiser",
		"SELECT c.id FROM campaign AS c WHERE c.advertiser_id = 1 AND c.id IN (SELECT o.id FROM campaign AS o WHERE o.advertiser_id = 1 LIMIT 2 FOR UPDATE SKIP LOCKED)": "IN takes no locked sub-select",
		"SELECT pg_notify('x', c.name) FROM campaign AS c WHERE c.advertiser_id = 1":                                                                                     "have no FROM",
		"SELECT set_config('a.b', 'c', true)":                        "no set_config",
		"SELECT c.ctid FROM campaign AS c WHERE c.advertiser_id = 1": "nothing is of one node",
	} {
		if found := strings.Join(lint(t, db, sqllint.Seen{Text: "-- name: RollUp\n" + text}), "\n"); !strings.Contains(found, want) {
			t.Errorf("%s\nfound %q, want %q", text, found, want)
		}
	}
}

// TestEveryStatementHasAClass compares the declarations with the names in the source
// of the store. Names that are composed, such as those of lists, are found when tests
// run them.
func TestEveryStatementHasAClass(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../store/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	declared, inSource := sqllint.Statements(), map[string]bool{}
	var whole strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		whole.Write(text)
		for _, m := range regexp.MustCompile(`-- name: ([A-Z]\w+)`).FindAllSubmatch(text, -1) {
			inSource[string(m[1])] = true
			if declared[string(m[1])].Class == "" {
				t.Errorf("%s has no class", m[1])
			}
		}
	}
	endings := regexp.MustCompile(`\b(?:statement|title)\b[^\n]*"([A-Z]\w+)"\)`).FindAllStringSubmatch(whole.String(), -1)
	for name := range declared {
		composed := false
		for _, e := range endings {
			composed = composed || strings.HasSuffix(name, e[1])
		}
		if !inSource[name] && !composed && !strings.Contains(whole.String(), `"`+name+`"`) {
			t.Errorf("there is no statement %s", name)
		}
	}
}

// TestFaultsOfDeclarations declares too much, and too little.
func TestFaultsOfDeclarations(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	if found := lint(t, db, sqllint.Seen{Text: "-- name: Unheard\nSELECT 1"}); len(found) != 1 || !strings.Contains(found[0], "Unheard has no class") {
		t.Errorf("found %v", found)
	}
	// Of a whole run of an owner's tests, what was not run is told, and what reached less.
	faults, err := sqllint.Lint(t.Context(), db, []sqllint.Seen{
		{Text: "-- name: AddChanges\nSELECT 1"}, {Text: "-- name: RollUp\nSELECT 1"}, {Text: "-- name: ReadKey\nSELECT k.key FROM idempotency_key AS k WHERE k.advertiser_id = 1"},
	}, "graph", true)
	if err != nil {
		t.Fatal(err)
	}
	found := strings.Join(faults, "\n")
	for _, want := range []string{"ClaimKey was never run by the tests of graph", "RollUp is declared fanout and is no more than reference", "AddChanges is excused from the rule", "SwitchesOff was never"} {
		if !strings.Contains(found, want) {
			t.Errorf("the lint did not find %q", want)
		}
	}
	if strings.Contains(found, "ReadKey") {
		t.Errorf("ReadKey is as declared: %s", found)
	}
}

// TestDocsCountClasses compares docs/scaling.md with the declarations.
func TestDocsCountClasses(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/scaling.md")
	if err != nil {
		t.Fatal(err)
	}
	counts := map[sqllint.Class]int{}
	for _, s := range sqllint.Statements() {
		counts[s.Class]++
	}
	for class, n := range counts {
		if row := fmt.Sprintf("\n| %s | %d |", class, n); !strings.Contains(string(text), row) {
			t.Errorf("docs/scaling.md has no row %q", row)
		}
	}
}

package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/klauspost/compress/gzip"

	"adsgraph/internal/importer"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// snapshot returns every row of every table, by table. Ids and times of rows are
// those that imports decide on.
func snapshot(t *testing.T, db *sqlx.DB) map[string]string {
	t.Helper()
	all := map[string]string{}
	for table, class := range store.Tables() {
		if class == store.Local {
			continue
		}
		var rows string
		if err := db.Get(&rows, "SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\"), '') FROM "+table+" AS t"); err != nil {
			t.Fatal(err)
		}
		all[table] = rows
	}
	return all
}

// meaning returns what a database says, without the ids that it numbers objects by.
func meaning(t *testing.T, db *sqlx.DB) map[string]string {
	t.Helper()
	all := map[string]string{}
	measures := "y.spend_micros, y.impressions_paid, y.impressions_earned, y.clicks_paid, y.saves_paid, y.video_p25, y.conversions, y.checkouts, y.checkout_value_micros"
	for name, text := range map[string]string{
		"ad_day":   "SELECT i.external_id, i.stands_for, y.day, " + measures + " FROM ad_day AS y JOIN import_object AS i ON i.advertiser_id = y.advertiser_id AND i.level = 'AD' AND i.id = y.ad_id",
		"campaign": "SELECT i.external_id, i.version, c.name, c.status, c.daily_budget_micros, c.is_cbo FROM campaign AS c JOIN import_object AS i ON i.advertiser_id = c.advertiser_id AND i.level = 'CAMPAIGN' AND i.id = c.id",
		"ad_group": "SELECT i.external_id, i.version, c.name, c.status, p.external_id FROM ad_group AS c JOIN import_object AS i ON i.advertiser_id = c.advertiser_id AND i.level = 'AD_GROUP' AND i.id = c.id JOIN import_object AS p ON p.advertiser_id = c.advertiser_id AND p.level = 'CAMPAIGN' AND p.id = c.campaign_id",
		"ad":       "SELECT i.external_id, i.version, c.name, c.status, p.external_id, p.stands_for FROM ad AS c JOIN import_object AS i ON i.advertiser_id = c.advertiser_id AND i.level = 'AD' AND i.id = c.id JOIN import_object AS p ON p.advertiser_id = c.advertiser_id AND p.level = 'PIN' AND p.id = c.pin_id",
		"viewer":   "SELECT y.level, i.external_id, y.dimension, y.value, y.day, y.spend_micros, y.impressions_paid FROM breakdown_day AS y LEFT JOIN import_object AS i ON y.level = 'AD_GROUP' AND i.advertiser_id = y.advertiser_id AND i.level = 'AD_GROUP' AND i.id = y.entity_id",
		"fresh":    "SELECT i.external_id, f.family, f.data_as_of, f.final_through FROM freshness AS f JOIN import_account AS i ON i.advertiser_id = f.advertiser_id",
		"account":  "SELECT i.source, i.external_id, i.version, a.name, a.currency, a.time_zone FROM advertiser AS a JOIN import_account AS i ON i.advertiser_id = a.id",
	} {
		var rows string
		if err := db.Get(&rows, "SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\"), '') FROM ("+text+") AS t"); err != nil {
			t.Fatal(err)
		}
		all[name] = rows
	}
	return all
}

func same(t *testing.T, what string, a, b map[string]string) {
	t.Helper()
	for name, rows := range a {
		if rows == b[name] {
			continue
		}
		left, right := strings.Split(rows, "\n"), strings.Split(b[name], "\n")
		for i := range max(len(left), len(right)) {
			l, r := "nothing", "nothing"
			if i < len(left) {
				l = left[i]
			}
			if i < len(right) {
				r = right[i]
			}
			if l != r {
				t.Errorf("%s: %s differs, %d and %d rows, at\n%s\n%s", what, name, len(left), len(right), l, r)
				break
			}
		}
	}
}

func do(t *testing.T, s *store.Store, o *importer.Options) *importer.Summary {
	t.Helper()
	summary, err := importer.Import(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// TestTwiceIsOnce imports the same files again: every table stays as it was. Then
// the last days are restated: they change, others do not.
func TestTwiceIsOnce(t *testing.T) {
	t.Parallel()
	dsn, dir, later := pgtest.Database(t), t.TempDir(), t.TempDir()
	s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
	w := world{accounts: 2, campaigns: 3, groups: 2, ads: 3, days: 500, viewers: 5} // some lie before the partitions
	rows := w.write(t, dir)
	first := do(t, s, options(dir))
	if first.Rows != int64(rows) || first.Different != 0 || first.Rejects != 0 || first.Compared == 0 {
		t.Errorf("%d rows, want %d; %+v", first.Rows, rows, first.ImportChanges)
	}
	verify(t, dsn)
	before := snapshot(t, db)
	if again := do(t, s, options(dir)); again.Added+again.Updated+again.Removed+again.Days+again.Breakdowns != 0 {
		t.Errorf("the second time changed %+v", again.ImportChanges)
	}
	same(t, "the second time", before, snapshot(t, db))
	w.seed, w.restated = 7, 4
	w.write(t, later)
	dry := options(later)
	dry.DryRun = true
	planned := do(t, s, dry)
	same(t, "a dry run", before, snapshot(t, db))
	changed := do(t, s, options(later))
	if changed.Days != 8 || changed.Updated == 0 || changed.Added+changed.Removed+changed.Different != 0 {
		t.Errorf("the restatement changed %+v", changed.ImportChanges)
	}
	if fmt.Sprint(planned.ImportChanges) != fmt.Sprint(changed.ImportChanges) {
		t.Errorf("the dry run said\n%+v and it became\n%+v", planned.ImportChanges, changed.ImportChanges)
	}
	verify(t, dsn)
	// What was there before can be read as it was: the newest numbers and what was undone.
	var wrong int
	if err := db.Get(&wrong, `SELECT count(*) FROM ad_day_undo`); err != nil || int64(wrong) != changed.Updated {
		t.Errorf("%d rows can be undone, want %d; %v", wrong, changed.Updated, err)
	}
	do(t, s, options(dir))
	after := snapshot(t, db)
	for _, table := range []string{"ad_day", "campaign_day", "advertiser_day", "pin_day", "ad_conversion", "campaign_lifetime", "campaign", "ad", "breakdown_day"} {
		same(t, "the restatement taken back", map[string]string{table: before[table]}, after)
	}
}

// scatter puts the lines of files into other files, in any order, some of them
// packed, some with a byte order mark, and some lines twice.
func scatter(t *testing.T, from, to string, dice *rand.Rand) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(from, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		header, rows := lines[0], lines[1:]
		for range len(rows) / 10 {
			rows = append(rows, rows[dice.IntN(len(rows))])
		}
		dice.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		name := strings.TrimSuffix(filepath.Base(file), ".csv")
		for part := 0; len(rows) > 0; part++ {
			n := min(len(rows), 1+dice.IntN(len(rows)))
			body := header + "\n" + strings.Join(rows[:n], "\r\n") + "\n"
			rows = rows[n:]
			if dice.IntN(3) == 0 {
				body = "\xef\xbb\xbf" + body
			}
			target := filepath.Join(to, fmt.Sprintf("%d-%s_%d.csv", dice.IntN(1000), name, part))
			if dice.IntN(3) == 0 {
				var packed bytes.Buffer
				z := gzip.NewWriter(&packed)
				_, _ = io.WriteString(z, body)
				_ = z.Close()
				body, target = packed.String(), target+".gz"
			}
			if err := os.WriteFile(target, []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestAnyOrderIsTheSame imports the same rows in other files and another order,
// some with an older version besides: the result is the same.
func TestAnyOrderIsTheSame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := world{accounts: 2, campaigns: 2, groups: 2, ads: 2, days: 12, viewers: 4}
	w.write(t, dir)
	dsn := pgtest.Database(t)
	do(t, pgtest.OpenOwner(t, dsn), options(dir))
	want := meaning(t, pgtest.DB(t, dsn))
	for round := range pgtest.Rounds(8, 2) {
		other, mixed, dice := t.TempDir(), t.TempDir(), rand.New(rand.NewPCG(uint64(round), 1))
		scatter(t, dir, mixed, dice)
		dsn := pgtest.Database(t)
		s := pgtest.OpenOwner(t, dsn)
		if round%2 == 0 { // what came before does not matter
			older := w
			older.seed, older.restated = uint64(round), 5
			older.write(t, other)
			do(t, s, options(other))
		}
		do(t, s, options(mixed))
		got := meaning(t, pgtest.DB(t, dsn))
		if round%2 == 0 {
			got["fresh"] = want["fresh"] // data never becomes older
		}
		same(t, fmt.Sprintf("round %d", round), want, got)
		verify(t, dsn)
	}
}

// TestDaysOneByOneAreTheSame imports each day as an import of its own, in any order.
func TestDaysOneByOneAreTheSame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	world{accounts: 2, campaigns: 2, groups: 2, ads: 2, days: 7, viewers: 3}.write(t, dir)
	dsn := pgtest.Database(t)
	do(t, pgtest.OpenOwner(t, dsn), options(dir))
	want := meaning(t, pgtest.DB(t, dsn))
	byDay := map[string]map[string][]string{} // by day and file
	files, _ := filepath.Glob(filepath.Join(dir, "*_report.csv"))
	headers := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
			if i == 0 {
				headers[file] = line
				continue
			}
			day := line[:10]
			if byDay[day] == nil {
				byDay[day] = map[string][]string{}
			}
			byDay[day][file] = append(byDay[day][file], line)
		}
	}
	dsn = pgtest.Database(t)
	s := pgtest.OpenOwner(t, dsn)
	days := make([]string, 0, len(byDay))
	for day := range byDay {
		days = append(days, day)
	}
	sort.Strings(days)
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(days), func(i, j int) { days[i], days[j] = days[j], days[i] })
	for _, day := range days {
		one := t.TempDir()
		for file, lines := range byDay[day] {
			if err := os.WriteFile(filepath.Join(one, filepath.Base(file)), []byte(headers[file]+"\n"+strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		o := options(one)
		o.Currency = "USD"
		do(t, s, o)
	}
	histories, _ := filepath.Glob(filepath.Join(dir, "*_history.csv"))
	if filled := do(t, s, options(histories...)); filled.Changed["CAMPAIGN"] == 0 || len(filled.Created) > 0 && filled.Created["CAMPAIGN"] != 0 {
		t.Errorf("the descriptions changed %+v", filled.ImportChanges)
	}
	got := meaning(t, pgtest.DB(t, dsn))
	same(t, "day by day", want, got)
	verify(t, dsn)
}

// TestTooManyRejects leaves every table as it was.
func TestTooManyRejects(t *testing.T) {
	t.Parallel()
	dsn, dir := pgtest.Database(t), t.TempDir()
	s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
	world{accounts: 1, campaigns: 2, groups: 2, ads: 2, days: 5}.write(t, dir)
	do(t, s, options(dir))
	before := snapshot(t, db)
	file := filepath.Join(dir, "pin_promotion_report.csv")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for _, i := range []int{3, 7, 9} {
		lines[i] = strings.Replace(lines[i], ",549760000000,", ",5.4976E+11,", 1)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(strings.Join(lines, "\n"), "04:05:06", "09:05:06")), 0o600); err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	o := options(dir)
	o.MaxRejects, o.Rejects = 2, func() (io.WriteCloser, error) { return discard{&log}, nil }
	_, err = importer.Import(t.Context(), s, o)
	many, ok := errors.AsType[*importer.TooManyRejectsError](err)
	if !ok || many.Last.Line != 10 {
		t.Errorf("%v", err)
	}
	same(t, "too many rejects", before, snapshot(t, db))
	if !strings.Contains(log.String(), ",4,advertiser_id,5.4976E+11,") {
		t.Errorf("the rejects are %q", log.String())
	}
	o.MaxRejects = 3
	if done := do(t, s, o); done.Rejects != 3 || !slices.Contains([]int64{3}, done.Removed) {
		t.Errorf("%d rejects, %+v", done.Rejects, done.ImportChanges)
	}
	verify(t, dsn)
}

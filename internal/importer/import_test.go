package importer_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"adsgraph/internal/importer"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

type discard struct{ io.Writer }

func (discard) Close() error { return nil }

func options(paths ...string) *importer.Options {
	return &importer.Options{Paths: paths, TimeZone: "UTC", Rejects: func() (io.WriteCloser, error) { return discard{io.Discard}, nil }}
}

func verify(t *testing.T, dsn string) {
	t.Helper()
	if err := store.Verify(t.Context(), pgtest.DB(t, dsn), func(store.Check) {}); err != nil {
		t.Error(err)
	}
}

// file writes a file of a test.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestSamples imports the samples of each layout: what they hold is there, and
// verify finds nothing.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path     string
		set      func(*importer.Options)
		facts    string // spend, impressions, clicks, conversions, checkouts and their value
		objects  string // campaigns, ad groups and ads
		rejects  int
		unused   string
		currency string
	}{
		{path: "fivetran", facts: "12345678 3800 41 9 2 59980000", objects: "2 4 4", rejects: 2, unused: "owner_username", currency: "USD"},
		{path: "pinterest-ads-manager.csv", facts: "2469130000 15500 124 3 3 149970000", objects: "2 2 3", unused: "CTR", currency: "EUR", set: func(o *importer.Options) { o.Account, o.Currency = "549", "EUR" }},
		{path: "meta-ads.csv", facts: "1289500000 14345 310 7 7 345500000", objects: "2 2 2", unused: "Reporting ends", currency: "GBP", set: func(o *importer.Options) { o.Account, o.Owner = "act_1", "boss@example.com" }},
		{path: "google-ads.csv", facts: "1234567890 101234 4321 13 13 500250000", objects: "2 2 2", unused: "CTR", currency: "CHF"},
		{path: "own.csv", facts: "1500500000 3000 12 0 0 0", objects: "1 1 1", currency: "SEK", set: func(o *importer.Options) {
			text, err := os.ReadFile("testdata/own.json")
			if err != nil {
				t.Fatal(err)
			}
			if o.Mapping, err = importer.ParseMapping(text); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(test.path, func(t *testing.T) {
			t.Parallel()
			dsn := pgtest.Database(t)
			s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
			o := options(filepath.Join("testdata", test.path))
			o.MaxRejects = 10
			if test.set != nil {
				test.set(o)
			}
			done := do(t, s, o)
			verify(t, dsn)
			var facts, objects, currency string
			if err := db.QueryRow(`SELECT concat_ws(' ', sum(spend_micros), sum(impressions_paid), sum(clicks_paid), sum(conversions), sum(checkouts), sum(checkout_value_micros)),
			  (SELECT concat_ws(' ', (SELECT count(*) FROM campaign), (SELECT count(*) FROM ad_group), (SELECT count(*) FROM ad))),
			  (SELECT string_agg(DISTINCT currency, ' ') FROM advertiser) FROM ad_day`).Scan(&facts, &objects, &currency); err != nil {
				t.Fatal(err)
			}
			if facts != test.facts || objects != test.objects || currency != test.currency || done.Rejects != test.rejects {
				t.Errorf("facts %s, want %s; objects %s, want %s; %s; %d rejects, want %d: %v", facts, test.facts, objects, test.objects, currency, done.Rejects, test.rejects, done.Reasons)
			}
			unused := ""
			for _, f := range done.Files {
				unused += strings.Join(f.Unused, ",") + ","
			}
			if test.unused != "" && !strings.Contains(unused, test.unused) {
				t.Errorf("the columns %s are not taken; %s should be among them", unused, test.unused)
			}
			before := snapshot(t, db)
			do(t, s, o)
			same(t, "the second time", before, snapshot(t, db))
		})
	}
}

const small = "date,pin_promotion_id,ad_group_id,campaign_id,advertiser_id,_fivetran_synced,spend_in_micro_dollar,impression_1\n"

// TestBadFiles has a named error for each, and leaves nothing behind.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
	before := snapshot(t, db)
	row := "2026-06-01,1,2,3,4,2026-06-02 00:00:00,1000000,10\n"
	var packed strings.Builder
	z := gzip.NewWriter(&packed)
	_, _ = io.WriteString(z, small+strings.Repeat(row, 5000))
	_ = z.Close()
	for name, test := range map[string]struct {
		file, text, kind, says string
		currency               string
	}{
		"another file":        {"holiday.csv", "who,where\nAnn,Rome\n", importer.KindUnknown, "who, where", "USD"},
		"empty":               {"pin_promotion_report.csv", "", importer.KindUnknown, "empty", "USD"},
		"semicolons":          {"pin_promotion_report.csv", strings.ReplaceAll(small+row, ",", ";"), importer.KindDelimiter, `";"`, "USD"},
		"a column is missing": {"pin_promotion_report.csv", strings.ReplaceAll(small+row, "date", "when"), importer.KindColumns, "there is no column date", "USD"},
		"no numbers":          {"pin_promotion_report.csv", "date,pin_promotion_id\n2026-06-01,1\n", importer.KindColumns, "numbers", "USD"},
		"cut within quotes":   {"pin_promotion_report.csv", small + row + `2026-06-01,"12`, importer.KindTruncated, "line 3", "USD"},
		"cut within a line":   {"pin_promotion_report.csv", small + row + "2026-06-01,1,2,3", importer.KindTruncated, "line 3", "USD"},
		"gzip is cut off":     {"pin_promotion_report.csv.gz", packed.String()[:packed.Len()/2], importer.KindTruncated, "compressed", "USD"},
		"gzip is corrupt":     {"pin_promotion_report.csv.gz", packed.String()[:packed.Len()-8] + "12345678", importer.KindCorrupt, "", "USD"},
		"no currency":         {"pin_promotion_report.csv", small + row, importer.KindNoCurrency, "--currency", ""},
		"no account":          {"report.csv", "Day,Campaign ID,Impr.,Cost,Currency code\n2026-06-01,1,2,3.00,USD\n", importer.KindNoAccount, "--account", ""},
		"mixed currencies":    {"report.csv", "Day,Customer ID,Campaign ID,Impr.,Cost,Currency code\n2026-06-01,9,1,2,3.00,USD\n2026-06-02,9,1,2,3.00,EUR\n", importer.KindCurrency, "EUR", ""},
		"another currency":    {"report.csv", "Day,Customer ID,Campaign ID,Impr.,Cost,Currency code\n2026-06-01,9,1,2,3.00,USD\n", importer.KindCurrency, "USD", "EUR"},
	} {
		o := options(file(t, test.file, test.text))
		o.Currency = test.currency
		_, err := importer.Import(t.Context(), s, o)
		wrong, ok := errors.AsType[*importer.FileError](err)
		if !ok || wrong.Kind != test.kind || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, before, snapshot(t, db))
	}
}

// TestRejects names each line that is left out, with its field and the reason.
func TestRejects(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenOwner(t, pgtest.Database(t))
	var log strings.Builder
	o := options(file(t, "pin_promotion_report.csv", small+
		"2026-06-01,1,2,3,4,2026-06-02 00:00:00,1000000,10\n"+
		"06/07/2026,1,2,3,4,2026-06-02 00:00:00,1000000,10\n"+
		"2026-06-02,6.87E+11,2,3,4,2026-06-02 00:00:00,1000000,10\n"+
		"2026-06-02,687205395433123456.0,2,3,4,2026-06-02 00:00:00,1000000,10\n"+
		"2026-06-02,1,2,3,4,2026-06-02 00:00:00,-5,10\n"+
		"2026-06-02,1,2,3,4,soon,5,10\n"+
		"2026-06-02,1,2,3,4,2026-06-02 00:00:00,5,\"1,23\"\n"+
		"2026-06-02,1,7,3,4,2026-06-02 00:00:00,5,10\n"+
		"2026-06-02,1,2,3,4,2026-06-02 00:00:00,5,10,11\n"+
		"2026-06-02,1,2\n"+
		"2036-06-02,1,2,3,4,2026-06-02 00:00:00,5,10\n"+
		"1999-06-02,1,2,3,4,2026-06-02 00:00:00,5,10\n"+
		"2026-06-02,,2,3,4,2026-06-02 00:00:00,5,10\n"+
		"2026-06-02,a\x01b,2,3,4,2026-06-02 00:00:00,5,10\n"+
		"2026-06-02,1,2,3,4,2026-06-02 00:00:00,5,1\"0\n"+
		"2026-06-03,1,2,3,4,2026-06-02 00:00:00,\"1,000\",\"1,234\"\n"))
	o.Currency, o.MaxRejects, o.Rejects = "USD", 20, func() (io.WriteCloser, error) { return discard{&log}, nil }
	done := do(t, s, o)
	for line, reason := range map[int]string{
		3: "may be two dates", 4: "exponent", 5: "rounds long ids", 6: "below zero", 7: "not a time", 8: "not a number", 9: "belongs to", 10: "more cells", 11: "fewer cells",
		12: "future", 13: "15 years", 14: "missing", 15: "no text", 16: "quotes",
	} {
		found := false
		for text := range strings.SplitSeq(log.String(), "\n") {
			parts := strings.SplitN(text, ",", 3)
			found = found || len(parts) == 3 && parts[1] == strconv.Itoa(line) && strings.Contains(parts[2], reason)
		}
		if !found {
			t.Errorf("line %d is not refused because %q", line, reason)
		}
	}
	if done.Rejects != 14 || done.Added != 2 || done.Totals[0].ImpressionsAfter != 1244 {
		t.Errorf("%d rejects, %+v\n%s", done.Rejects, done.ImportChanges, log.String())
	}
}

// TestDisksFill fails at the database's disk and at that of the rejects, and leaves
// nothing behind.
func TestDisksFill(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
	before := snapshot(t, db)
	o := options(file(t, "pin_promotion_report.csv", small+strings.Repeat("x,1,2,3,4,2026-06-02 00:00:00,1000000,10\n", 2000)))
	o.Currency, o.MaxRejects, o.Rejects = "USD", 1<<20, func() (io.WriteCloser, error) { return os.OpenFile("/dev/full", os.O_WRONLY, 0) }
	_, err := importer.Import(t.Context(), s, o)
	if _, ok := errors.AsType[*importer.RejectsFileError](err); !ok || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("the rejects: %v", err)
	}
	same(t, "no room for rejects", before, snapshot(t, db))
	db.MustExec(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
	  CREATE TRIGGER full_tr BEFORE INSERT ON campaign_day FOR EACH ROW EXECUTE FUNCTION full_disk()`)
	o = options(file(t, "pin_promotion_report.csv", small+"2026-06-01,1,2,3,4,2026-06-02 00:00:00,1000000,10\n"))
	o.Currency = "USD"
	if _, err := importer.Import(t.Context(), s, o); !errors.Is(err, store.ErrDatabaseFull) {
		t.Errorf("the database: %v", err)
	}
	same(t, "no room in the database", before, snapshot(t, db))
}

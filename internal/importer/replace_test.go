package importer_test

import (
	"math/rand/v2"
	"testing"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/pgtest"
)

// facts returns what was delivered by day and ad, with what an ad stands in for.
func facts(t *testing.T, db *sqlx.DB) string {
	t.Helper()
	var rows string
	if err := db.Get(&rows, `SELECT coalesce(string_agg(concat_ws(' ', y.day, i.external_id, nullif(i.stands_for, ''), y.impressions_paid), ', ' ORDER BY y.day, i.external_id, i.stands_for), '')
	  FROM ad_day AS y JOIN import_object AS i ON i.advertiser_id = y.advertiser_id AND i.level = 'AD' AND i.id = y.ad_id`); err != nil {
		t.Fatal(err)
	}
	return rows
}

// pins returns what was delivered by pin.
func pins(t *testing.T, db *sqlx.DB) string {
	t.Helper()
	var rows string
	if err := db.Get(&rows, `SELECT coalesce(string_agg(concat_ws(' ', p.external_id, y.day, y.impressions_paid), ', ' ORDER BY p.external_id, y.day), '')
	  FROM pin_day AS y JOIN import_object AS p ON p.advertiser_id = y.advertiser_id AND p.level = 'PIN' AND p.id = y.pin_id`); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestRowsThatComeTwice imports ads and days of which several rows come, into an
// empty database: the newest counts, of equal ones the greater, and one without
// delivery is none.
func TestRowsThatComeTwice(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
	o := options(file(t, "pin_promotion_report.csv", "date,pin_promotion_id,ad_group_id,campaign_id,advertiser_id,_fivetran_synced,spend_in_micro_dollar,impression_1,total_signup\n"+
		"2026-06-01,1,2,3,4,2026-06-05 00:00:00,0,10,1\n"+ // older than the last
		"2026-06-02,1,2,3,4,2026-06-05 00:00:00,0,20,2\n"+ // newer than the last
		"2026-06-03,1,2,3,4,2026-06-05 00:00:00,0,30,3\n"+ // less than the last
		"2026-06-04,1,2,3,4,2026-06-05 00:00:00,0,40,4\n"+ // the newest says that there was nothing
		"2026-06-05,1,2,3,4,2026-06-05 00:00:00,0,0,0\n"+ // there was something after all
		"2026-06-06,1,2,3,4,2026-06-05 00:00:00,0,60,6\n"+ // alone
		"2026-06-07,1,2,3,4,2026-06-05 00:00:00,0,0,0\n"+ // nothing, and the newest
		"2026-06-08,1,2,3,4,2026-06-05 00:00:00,0,80,0\n"+ // the middle one of three
		"2026-06-01,1,2,3,4,2026-06-06 00:00:00,0,11,0\n"+
		"2026-06-02,1,2,3,4,2026-06-04 00:00:00,0,21,0\n"+
		"2026-06-03,1,2,3,4,2026-06-05 00:00:00,0,31,0\n"+
		"2026-06-04,1,2,3,4,2026-06-06 00:00:00,0,0,0\n"+
		"2026-06-05,1,2,3,4,2026-06-06 00:00:00,0,51,5\n"+
		"2026-06-07,1,2,3,4,2026-06-04 00:00:00,0,71,7\n"+
		"2026-06-08,1,2,3,4,2026-06-04 00:00:00,0,81,0\n"+
		"2026-06-08,1,2,3,4,2026-06-06 00:00:00,0,82,0\n"+
		"2026-06-01,9,2,3,4,2026-06-05 00:00:00,0,5,0\n"))
	o.Currency = "USD"
	done := do(t, s, o)
	const want = "2026-06-01 1 11, 2026-06-01 9 5, 2026-06-02 1 20, 2026-06-03 1 31, 2026-06-05 1 51, 2026-06-06 1 60, 2026-06-08 1 82"
	if got := facts(t, db); got != want || done.Added != 7 || done.Duplicates != 8 {
		t.Errorf("got  %s\nwant %s\n%+v, %d duplicates", got, want, done.ImportChanges, done.Duplicates)
	}
	verify(t, dsn)
	before := snapshot(t, db)
	do(t, s, o)
	same(t, "the second time", before, snapshot(t, db))
}

// TestLittleMemoryIsTheSame imports rows of several accounts in any order, with and
// without room for their sums.
func TestLittleMemoryIsTheSame(t *testing.T) {
	t.Parallel()
	dir, mixed := t.TempDir(), t.TempDir()
	world{accounts: 3, campaigns: 2, groups: 2, ads: 12, days: 20, viewers: 2}.write(t, dir)
	scatter(t, dir, mixed, rand.New(rand.NewPCG(5, 6)))
	var want map[string]string
	for _, from := range []string{dir, mixed} {
		for _, room := range []int{0, 1, 100_000} {
			dsn := pgtest.Database(t)
			o := options(from)
			o.SumBytes = room
			do(t, pgtest.OpenOwner(t, dsn), o)
			db := pgtest.DB(t, dsn)
			got := meaning(t, db)
			got["pins"] = pins(t, db)
			if want == nil {
				want = got
			}
			same(t, "other room", want, got)
			verify(t, dsn)
		}
	}
}

// TestCoarseAfterFine imports numbers of campaigns after those of their ads: they are
// compared, and change nothing. The other way round the finer ones take over.
func TestCoarseAfterFine(t *testing.T) {
	t.Parallel()
	const head, when = "advertiser_id,_fivetran_synced,spend_in_micro_dollar,impression_1\n", "2026-06-0"
	fine := file(t, "pin_promotion_report.csv", "date,pin_promotion_id,ad_group_id,campaign_id,"+head+when+"1,1,2,3,4,2026-06-05 00:00:00,100,10\n"+when+"1,9,2,3,4,2026-06-05 00:00:00,50,5\n")
	coarse := file(t, "campaign_report.csv", "date,campaign_id,"+head+when+"1,3,4,2026-06-06 00:00:00,150,16\n"+when+"2,3,4,2026-06-06 00:00:00,70,7\n")
	const whole = "2026-06-02 3 CAMPAIGN 7"
	for name, order := range map[string][2]string{"fine first": {fine, coarse}, "coarse first": {coarse, fine}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := pgtest.Database(t)
			s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
			for i, path := range order {
				o := options(path)
				o.Currency = "USD"
				done := do(t, s, o)
				if i == 1 && path == coarse && (done.KeptFiner != 1 || done.Compared != 1 || done.Different != 1 || done.Updated+done.Removed != 0) {
					t.Errorf("%+v", done.ImportChanges)
				}
			}
			if got := facts(t, db); got != "2026-06-01 1 10, 2026-06-01 9 5, "+whole {
				t.Errorf("got %s", got)
			}
			verify(t, dsn)
		})
	}
}

// TestReplaceByHand imports one campaign of two: what becomes of the other is what
// --replace says, or else the kind of file.
func TestReplaceByHand(t *testing.T) {
	t.Parallel()
	const row = ",2026-06-05 00:00:00,100,10\n"
	both := file(t, "pin_promotion_report.csv", small+"2026-06-01,1,2,3,4"+row+"2026-06-02,1,2,3,4"+row+"2026-06-01,7,8,9,4"+row)
	one := file(t, "pin_promotion_report.csv", small+"2026-06-01,1,2,3,4,2026-06-06 00:00:00,100,11\n")
	for mode, want := range map[string]string{
		"":         "2026-06-01 1 11, 2026-06-02 1 10",
		"day":      "2026-06-01 1 11, 2026-06-02 1 10",
		"campaign": "2026-06-01 1 11, 2026-06-01 7 10, 2026-06-02 1 10",
	} {
		t.Run("mode "+mode, func(t *testing.T) {
			t.Parallel()
			dsn := pgtest.Database(t)
			s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
			for _, path := range []string{both, one} {
				o := options(path)
				o.Currency, o.Replace = "USD", mode
				do(t, s, o)
			}
			if got := facts(t, db); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			verify(t, dsn)
		})
	}
}

// TestAdsChangePins lets an ad show the pin of another: its days go with it.
func TestAdsChangePins(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	s, db := pgtest.OpenOwner(t, dsn), pgtest.DB(t, dsn)
	const head = "id,ad_group_id,ad_account_id,created_time,name,pin_id,status,creative_type,destination_url,review_status,_fivetran_synced\n"
	ad := func(id, pin, synced string) string {
		return id + ",2,4,2024-01-02 00:00:00,Ad " + id + "," + pin + ",ACTIVE,REGULAR,https://example.com/,APPROVED,2026-06-0" + synced + " 00:00:00\n"
	}
	const row = ",2026-06-05 00:00:00,100,10\n"
	report := file(t, "pin_promotion_report.csv", small+"2026-06-01,1,2,3,4"+row+"2026-06-01,9,2,3,4"+row+"2026-06-02,9,2,3,4"+row)
	groups := file(t, "ad_group_history.csv", "id,campaign_id,ad_account_id,created_time,name,status,_fivetran_synced\n2,3,4,2024-01-02 00:00:00,Group,ACTIVE,2026-06-01 00:00:00\n")
	for i, step := range []struct{ ads, want string }{
		{ad("1", "501", "1") + ad("9", "502", "1"), "501 2026-06-01 10, 502 2026-06-01 10, 502 2026-06-02 10"},
		{ad("1", "502", "2"), "502 2026-06-01 20, 502 2026-06-02 10"},
		{ad("9", "503", "3"), "502 2026-06-01 10, 503 2026-06-01 10, 503 2026-06-02 10"},
		{ad("1", "501", "1"), "502 2026-06-01 10, 503 2026-06-01 10, 503 2026-06-02 10"}, // older than what is stored
	} {
		paths := []string{file(t, "pin_promotion_history.csv", head+step.ads), groups}
		if i == 0 {
			paths = append(paths, report)
		}
		o := options(paths...)
		o.Currency = "USD"
		do(t, s, o)
		if got := pins(t, db); got != step.want {
			t.Errorf("step %d: got  %s\nwant %s", i, got, step.want)
		}
		verify(t, dsn)
	}
}

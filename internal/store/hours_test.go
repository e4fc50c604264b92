package store_test

import (
	"errors"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestHoursOfEveryLevel sums a few hours of known ads by every level and
// several keys, with hours beside the range that must not count.
func TestHoursOfEveryLevel(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db, s := pgtest.DB(t, dsn), pgtest.OpenDSN(t, dsn)
	db.MustExec(busyWorld + `
UPDATE advertiser SET time_zone = 'Asia/Kolkata';
INSERT INTO ad_hour (advertiser_id, campaign_id, ad_group_id, ad_id, pin_id, hour, spend_micros, impressions_paid)
  SELECT x.advertiser_id, x.campaign_id, x.ad_group_id, x.id, x.pin_id, h, x.advertiser_id * 1000 + x.id, 1
  FROM ad AS x, unnest('{2026-06-14T17:30Z,2026-06-14T18:30Z,2026-06-15T17:30Z,2026-06-15T18:30Z}'::timestamptz[]) AS h WHERE x.id <= 8`)
	accounts := advertisers(t, s, 1, 2)
	measures := metrics.Of(metrics.SpendMicros)
	window := metrics.Range{From: "2026-06-15", To: "2026-06-15"}.Window(metrics.NoComparison) // the two in the middle
	first, last := time.Date(2026, 6, 14, 18, 30, 0, 0, time.UTC).Unix(), time.Date(2026, 6, 15, 17, 30, 0, 0, time.UTC).Unix()
	for level, want := range map[ads.Level][2]int64{ // of ids 1 and 2, beside 1000 for each ad
		ads.LevelAdvertiser: {36 + 8*1000, 36 + 8*2000},
		ads.LevelCampaign:   {1 + 2 + 3 + 4 + 4*1000, 5 + 6 + 7 + 8 + 4*1000},
		ads.LevelAdGroup:    {1 + 2 + 2*1000, 3 + 4 + 2*1000},
		ads.LevelAd:         {1 + 1000, 2 + 1000},
		ads.LevelPin:        {0, 1 + 1000}, // ad n shows pin n + 1
	} {
		keys := []store.SeriesKey{
			{Advertiser: accounts[0], Level: level, ID: 1, Window: window, Measures: measures},
			{Advertiser: accounts[0], Level: level, ID: 2, Window: window, Measures: measures},
		}
		if level == ads.LevelAdvertiser {
			keys[1].Advertiser = accounts[1]
		}
		got, set, err := s.Hours(t.Context(), keys)
		if err != nil || set != measures {
			t.Fatalf("%s: %v %v", level, set, err)
		}
		for i, hours := range got {
			if want[i] == 0 {
				if len(hours) != 0 {
					t.Errorf("%s %d: %v", level, keys[i].ID, hours)
				}
				continue
			}
			if len(hours) != 2 || hours[0].At+hours[1].At != first+last || hours[0].Sums[0] != want[i] || hours[1].Sums[0] != want[i] {
				t.Errorf("%s %d: %v, want %d at %d and %d", level, keys[i].ID, hours, want[i], first, last)
			}
		}
	}
}

// TestRestateReplacesHours loads days with their hours, loads one of them anew
// and then a wrong hour: others stay, hours that are no longer kept go, and
// Verify finds the mistake.
func TestRestateReplacesHours(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db, s := pgtest.DB(t, dsn), pgtest.OpenOwner(t, dsn)
	db.MustExec(busyWorld)
	db.MustExec(`UPDATE advertiser SET time_zone = 'America/New_York';
	  INSERT INTO freshness (advertiser_id, family, data_as_of, final_through) VALUES (1, 'DELIVERY', '2026-06-17T12:00Z', '2026-06-16')`)
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	// Each ad spends so much in the first hour and in the last one of each day.
	load := func(from, to ads.Day, early, late, more int64) {
		t.Helper()
		if err := s.Restate(t.Context(), 1, from, to, func(r *store.Restatement) error {
			zeros := make([]any, metrics.People)
			for i := range zeros {
				zeros[i] = int64(0)
			}
			for _, day := range from.Run(to.Sub(from) + 1) {
				for ad := int64(1); ad <= 3; ad++ {
					parents := []any{int64(1), (ad + 3) / 4, (ad + 1) / 2, ad}
					sum := append(append(append([]any{}, parents...), string(day), early+late), zeros[1:]...)
					r.AdDays.Row(sum...)
					hours := day.Hours(zone)
					for at, spend := range map[time.Time]int64{hours[0]: early, hours[len(hours)-1]: late + more} {
						row := append(append(append([]any{}, parents...), 1+ad%60, at, spend), zeros[1:metrics.Leads+1]...)
						r.AdHours.Row(row...)
					}
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	count := func() (rows, spend int64) {
		t.Helper()
		if err := db.QueryRow("SELECT count(*), sum(spend_micros) FROM ad_hour").Scan(&rows, &spend); err != nil {
			t.Fatal(err)
		}
		return rows, spend
	}
	verify := func() error { return store.Verify(t.Context(), db, func(store.Check) {}) }
	load("2026-06-10", "2026-06-17", 10, 20, 0)
	if rows, spend := count(); rows != 48 || spend != 8*3*30 {
		t.Errorf("%d hours with %d", rows, spend)
	}
	load("2026-06-16", "2026-06-16", 1, 2, 0)
	if rows, spend := count(); rows != 48 || spend != 7*3*30+3*3 {
		t.Errorf("after a day anew: %d hours with %d", rows, spend)
	}
	if err := verify(); err != nil {
		t.Error(err)
	}
	db.MustExec(`INSERT INTO ad_hour (advertiser_id, campaign_id, ad_group_id, ad_id, pin_id, hour, leads) VALUES (1, 1, 1, 1, 2, '2026-06-10T03:00Z', 1), (2, 1, 1, 1, 2, '2026-06-10T03:00Z', 1)`)
	load("2026-06-17", "2026-06-17", 10, 20, 0) // the 10th began at 4 o'clock
	if rows, _ := count(); rows != 49 {
		t.Errorf("%d hours, want those kept and one of another account", rows)
	}
	db.MustExec("DELETE FROM ad_hour WHERE advertiser_id = 2")
	load("2026-06-17", "2026-06-17", 10, 20, 5)
	var difference *store.DifferenceError
	if err := verify(); !errors.As(err, &difference) || difference.Table != "ad_hour" || difference.Column != "spend_micros" || difference.Expected != "30" || difference.Found != "35" {
		t.Errorf("a wrong hour: %v", err)
	}
}

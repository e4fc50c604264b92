package store_test

import (
	"testing"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestRollUpFollowsFacts changes, adds and removes facts of some days and rolls
// those days up again: every level follows, other days and advertisers stay.
func TestRollUpFollowsFacts(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	tx := db.MustBegin()
	defer func() { _ = tx.Rollback() }() // nothing is kept
	tx.MustExec(`INSERT INTO ad_day (advertiser_id, campaign_id, ad_group_id, ad_id, day, spend_micros)
	  SELECT a, a * 10 + n % 4 / 2, a * 10 + n % 4, a * 10 + n, d::date, 100 * n
	  FROM generate_series(1, 2) AS a, generate_series(1, 6) AS n, generate_series('2026-05-20', '2026-06-10', interval '1 day') AS d`)
	if err := store.RollUpAll(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	differences := func() (n int) {
		t.Helper()
		if err := tx.Get(&n, `WITH f AS (SELECT advertiser_id AS a, campaign_id AS c, ad_group_id AS g, day, spend_micros AS s FROM ad_day)
		  SELECT (SELECT count(*) FROM (SELECT a, g, day, sum(s) AS s FROM f GROUP BY 1, 2, 3) AS x
		      FULL JOIN ad_group_day AS y ON y.advertiser_id = x.a AND y.ad_group_id = x.g AND y.day = x.day WHERE x.s IS DISTINCT FROM y.spend_micros)
		    + (SELECT count(*) FROM (SELECT a, c, day, sum(s) AS s FROM f GROUP BY 1, 2, 3) AS x
		      FULL JOIN campaign_day AS y ON y.advertiser_id = x.a AND y.campaign_id = x.c AND y.day = x.day WHERE x.s IS DISTINCT FROM y.spend_micros)
		    + (SELECT count(*) FROM (SELECT a, day, sum(s) AS s FROM f GROUP BY 1, 2) AS x
		      FULL JOIN advertiser_day AS y ON y.advertiser_id = x.a AND y.day = x.day WHERE x.s IS DISTINCT FROM y.spend_micros)
		    + (SELECT count(*) FROM (SELECT a, c, sum(s) AS s FROM f GROUP BY 1, 2) AS x
		      FULL JOIN campaign_lifetime AS y ON y.advertiser_id = x.a AND y.campaign_id = x.c WHERE x.s IS DISTINCT FROM y.spend_micros)`); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := differences(); n != 0 {
		t.Fatalf("%d differences after a full roll-up", n)
	}
	tx.MustExec(`UPDATE ad_day SET spend_micros = spend_micros + 7 WHERE advertiser_id = 1 AND day = '2026-06-01'`)
	tx.MustExec(`DELETE FROM ad_day WHERE advertiser_id = 1 AND day = '2026-06-02'`)
	tx.MustExec(`INSERT INTO ad_day (advertiser_id, campaign_id, ad_group_id, ad_id, day, spend_micros) VALUES (1, 19, 19, 19, '2026-05-31', 5)`)
	if differences() == 0 {
		t.Fatal("the facts changed and nothing differs")
	}
	if err := store.RollUp(t.Context(), tx, 1, "2026-05-31", "2026-06-02"); err != nil {
		t.Fatal(err)
	}
	if n := differences(); n != 0 {
		t.Errorf("%d differences after rolling up the changed days", n)
	}
}

package store_test

import (
	"io"
	"testing"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestBulkLoad empties a database and fills it, as seed does: ids count on from the
// rows that were loaded, what commands look up is found, and a second migration finds
// nothing to do.
func TestBulkLoad(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	if found, err := store.HasAdvertisers(t.Context(), db); err != nil || found {
		t.Errorf("an empty database has advertisers: %v, %v", found, err)
	}
	err := store.Load(t.Context(), db, func(l *store.Loading) error {
		if err := l.Clear(t.Context()); err != nil {
			return err
		}
		l.Table("advertiser", "id", "name", "country", "currency", "time_zone").Row(41, "A", "DE", "EUR", "UTC")
		if err := l.Flush(t.Context()); err != nil {
			return err
		}
		if err := store.RollUpAll(t.Context(), l.Tx()); err != nil {
			return err
		}
		return l.AdvanceIdentities(t.Context())
	})
	if err != nil {
		t.Fatal(err)
	}
	if found, err := store.HasAdvertisers(t.Context(), db); err != nil || !found {
		t.Errorf("the advertiser is not found: %v, %v", found, err)
	}
	var id int64
	if err := db.Get(&id, "INSERT INTO advertiser (name, country, currency, time_zone) VALUES ('B', 'DE', 'EUR', 'UTC') RETURNING id"); err != nil || id != 42 {
		t.Errorf("the next id is %d, %v", id, err)
	}
	db.MustExec(`INSERT INTO app_user (id, email, name) VALUES (7, 'a@example.com', 'Anna'); INSERT INTO member (advertiser_id, user_id, role) VALUES (41, 7, 'ANALYST');
	  INSERT INTO freshness (advertiser_id, family, data_as_of, final_through) VALUES (41, 'DELIVERY', '2026-06-17 12:00+00', '2026-06-16')`)
	if user, err := store.New(db, pgtest.Clock).Member(t.Context(), 41); err != nil || user != 7 {
		t.Errorf("the member is %d, %v", user, err)
	}
	if newest, err := store.DataAsOf(t.Context(), db); err != nil || newest.UTC().Format("2006-01-02 15:04") != "2026-06-17 12:00" {
		t.Errorf("the newest data is of %s, %v", newest, err)
	}
	if err := store.Analyze(t.Context(), db); err != nil {
		t.Error(err)
	}
	if err := store.Migrate(t.Context(), db, pgtest.Present, io.Discard); err != nil {
		t.Error(err)
	}
}

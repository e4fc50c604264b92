package store_test

import (
	"strings"
	"testing"

	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

// TestZonesExist lets no account have a time zone that does not exist, and says
// so where one has it all the same.
func TestZonesExist(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(busyWorld)
	if _, err := db.Exec(`UPDATE advertiser SET time_zone = 'Mars/Olympus_Mons' WHERE id = 1`); err == nil || !strings.Contains(err.Error(), "Mars/Olympus_Mons") {
		t.Errorf("a zone that does not exist: %v", err)
	}
	db.MustExec(`ALTER TABLE advertiser DROP CONSTRAINT advertiser_zone_exists_ck`)
	db.MustExec(`UPDATE advertiser SET time_zone = 'Mars/Olympus_Mons' WHERE id = 1`)
	_, err := pgtest.OpenDSN(t, dsn).Advertisers(t.Context(), owner, []int64{1})
	if fault.CodeOf(err) != fault.Unsupported || !strings.Contains(err.Error(), "Mars/Olympus_Mons") {
		t.Errorf("an account whose zone does not exist: %v", err)
	}
}

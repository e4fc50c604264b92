package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestListen tells of changes in transactions, of which one is undone, and breaks
// the connection that listens.
func TestListen(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	ctx, cancel := context.WithCancel(t.Context())
	heard, ready, ended := make(chan string, 100), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- store.Listen(ctx, dsn, func() { close(ready) },
			func(n store.Notice) { heard <- fmt.Sprint(n.Advertiser, len(n.Campaigns), n.Metrics) }, func() { heard <- "missed" })
	}()
	hear := func(want ...string) {
		t.Helper()
		for _, w := range want {
			select {
			case got := <-heard:
				if got != w {
					t.Fatalf("%s, want %s", got, w)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("nothing is heard, want ", w)
			}
		}
	}
	<-ready
	tell := func(commit bool) {
		t.Helper()
		tx := db.MustBegin()
		ids := make([]int64, 501)
		for i := range ids {
			ids[i] = int64(i + 1)
		}
		if err := store.NotifyCampaigns(ctx, tx, 3, ids); err != nil {
			t.Fatal(err)
		}
		if err := store.NotifyMetrics(ctx, tx, 4); err != nil {
			t.Fatal(err)
		}
		if !commit {
			_ = tx.Rollback()
		} else if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	tell(false)
	tell(true)
	hear("3 500 false", "3 1 false", "4 0 true")
	db.MustExec(`SELECT pg_notify('adsgraph', 'nonsense'), pg_notify('adsgraph', '{}')`)
	db.MustExec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	hear("missed")
	tell(true)
	hear("3 500 false", "3 1 false", "4 0 true")
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestAdvertiserForManyIsThatForEach compares what all users see of each
// advertiser of the demo in one statement, behind row-level security, with what
// each sees alone.
func TestAdvertiserForManyIsThatForEach(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Demo(t, "small")
	s, db := pgtest.OpenDSN(t, dsn), pgtest.DB(t, dsn)
	var users, advertisers []int64
	if err := db.Select(&users, `SELECT id FROM app_user ORDER BY id`); err != nil {
		t.Fatal(err)
	}
	if err := db.Select(&advertisers, `SELECT id FROM advertiser ORDER BY id LIMIT 5`); err != nil {
		t.Fatal(err)
	}
	users = append(slices.Clip(users[:min(len(users), 40)]), 999_999)
	members := 0
	for _, id := range advertisers {
		many, err := s.AdvertiserFor(t.Context(), id, users)
		if err != nil {
			t.Fatal(err)
		}
		members += len(many)
		alone := map[int64]*ads.Advertiser{}
		for _, user := range users {
			found, err := s.Advertisers(t.Context(), user, []int64{id})
			if err != nil {
				t.Fatal(err)
			}
			if a := found[id]; a != nil {
				alone[user] = a
			}
		}
		if diff := cmp.Diff(alone, many, cmpopts.IgnoreFields(ads.Advertiser{}, "Zone")); diff != "" {
			t.Error(diff)
		}
	}
	if members < 6 {
		t.Errorf("only %d members", members)
	}
}

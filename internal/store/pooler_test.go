package store_test

import (
	"maps"
	"slices"
	"sync"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// TestPooler reads through PgBouncer in transaction mode, many at once over three
// connections of the server: with row-level security and without, each sees what it
// may, and settings of one are never those of another.
func TestPooler(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Demo(t, "small")
	through, stop := pgtest.Pooler(t, dsn)
	t.Cleanup(stop)
	direct := pgtest.OpenDSN(t, dsn)
	all := make([]int64, 12)
	for i := range all {
		all[i] = int64(i + 1)
	}
	want := map[int64]map[int64]*ads.Advertiser{}
	users := []int64{1, 2, 3, 4, 5, 6}
	for _, user := range users {
		seen, err := direct.Advertisers(t.Context(), user, all)
		if err != nil {
			t.Fatal(err)
		}
		want[user] = seen
	}
	if len(want[1]) != len(all) || len(want[5]) == len(all) {
		t.Fatalf("the demo has other people: %v", want)
	}
	for _, fenced := range []bool{true, false} {
		s, err := store.Open(t.Context(), through(dsn), store.Options{RowSecurity: fenced, Pooled: true}, pgtest.Clock)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if err := s.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		var together sync.WaitGroup
		for _, user := range users {
			for range 4 {
				together.Go(func() {
					for range 10 {
						seen, err := s.Advertisers(t.Context(), user, all)
						if err != nil || !slices.Equal(ids(seen), ids(want[user])) {
							t.Errorf("fenced %t: user %d sees %v, want %v: %v", fenced, user, ids(seen), ids(want[user]), err)
							return
						}
						for _, a := range seen {
							n, err := s.Namesakes(t.Context(), a, ads.LevelCampaign, "nobody has this name")
							if err != nil || n != 0 {
								t.Errorf("fenced %t: %d %v", fenced, n, err)
								return
							}
						}
					}
				})
			}
		}
		together.Wait()
	}
}

func ids(of map[int64]*ads.Advertiser) []int64 { return slices.Sorted(maps.Keys(of)) }

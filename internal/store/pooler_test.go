package store_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
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
	through, stop := pgtest.Pooler(t, dsn, 3)
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
					}
				})
			}
		}
		together.Wait()
	}
}

// TestPoolerKeepsTheFence takes the conditions out of a statement on its way through
// PgBouncer: with row-level security it still counts the rows of its advertiser
// alone, and without those of all.
func TestPoolerKeepsTheFence(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Demo(t, "small")
	through, stop := pgtest.Pooler(t, dsn, 3)
	t.Cleanup(stop)
	everything := func(query string) string {
		query = strings.ReplaceAll(query, "c.advertiser_id = $1", "$1::bigint IS NOT NULL")
		return strings.ReplaceAll(query, "lower(c.name) = lower($2)", "$2::text IS NOT NULL")
	}
	db := pgtest.DB(t, dsn)
	const living = "SELECT count(*) FROM campaign WHERE status NOT IN ('ARCHIVED', 'DELETED_DRAFT')"
	all := single[int](t, db, living)
	fenced, open := pgtest.OpenPooled(t, through(dsn), true, everything), pgtest.OpenPooled(t, through(dsn), false, everything)
	seen, err := fenced.Advertisers(t.Context(), 1, []int64{1, 2, 3})
	if err != nil || len(seen) != 3 {
		t.Fatal(seen, err)
	}
	var together sync.WaitGroup
	for _, a := range seen {
		own := single[int](t, db, living+" AND advertiser_id = "+strconv.FormatInt(a.ID, 10))
		for range 8 {
			together.Go(func() {
				for range 10 {
					if n, err := fenced.Namesakes(t.Context(), a, ads.LevelCampaign, "any"); err != nil || n != own || n == all {
						t.Errorf("behind the fence advertiser %d has %d campaigns, want %d of %d: %v", a.ID, n, own, all, err)
						return
					}
				}
			})
		}
		if n, err := open.Namesakes(t.Context(), a, ads.LevelCampaign, "any"); err != nil || n != all {
			t.Errorf("without the fence there are %d campaigns, want %d: %v", n, all, err)
		}
	}
	together.Wait()
}

func ids(of map[int64]*ads.Advertiser) []int64 { return slices.Sorted(maps.Keys(of)) }

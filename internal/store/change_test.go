package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// someChanges is a history in two tenants, of entities with the same ids at every
// level, and an analyst of the first one.
const someChanges = `
INSERT INTO app_user (id, email, name) VALUES (2, 'ann@example.com', 'Ann Analyst');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 2, 'ANALYST');
INSERT INTO change (advertiser_id, id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at)
SELECT a, a * 1000 + n, (ARRAY['CAMPAIGN', 'AD_GROUP', 'AD', 'MEMBER', 'ADVERTISER'])[1 + n % 5], CASE WHEN n % 5 = 4 THEN a ELSE 1 + n / 5 % 3 END,
  (ARRAY['status', 'name', 'budget'])[1 + n / 4 % 3], CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN 'null'::jsonb ELSE '"Old"' END, to_jsonb('New ' || n), NULLIF(n % 3, 0),
  (ARRAY['UI', 'API', 'BULK', 'SYSTEM'])[1 + n / 7 % 4], CASE WHEN n % 2 = 0 THEN 'req-' || n END, '2026-03-01 00:00+00'::timestamptz + n / 3 * interval '7 hours'
FROM generate_series(1, 2) AS a, generate_series(1, 120) AS n;`

func everyChange(a *ads.Advertiser) store.ListKey {
	return all(ads.LevelChange, a, "at", "actor", "source", "requestId", "entityLevel", "entity", "field", "old", "new")
}

// analystOf returns the first tenant as its analyst sees it.
func analystOf(t *testing.T, s *store.Store) *ads.Advertiser {
	t.Helper()
	found, err := s.Advertisers(t.Context(), 2, []int64{1})
	if err != nil || found[1] == nil {
		t.Fatal(found, err)
	}
	return found[1]
}

func TestChangePaging(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someChanges)
	for viewer, want := range map[*ads.Advertiser]int{tenants[0]: 120, analystOf(t, s): 96} {
		checkPaging(t, s, everyChange(viewer), func(c *ads.Change) int64 { return c.ID }, want, []sorting[ads.Change]{
			{"ID", func(c *ads.Change) (any, bool) { return c.ID, true }},
		})
	}
}

// TestChangesAreTheRows compares the history that is read with the rows.
func TestChangesAreTheRows(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(twoTenants + someChanges)
	s := pgtest.OpenDSN(t, dsn)
	var want []string
	if err := db.Select(&want, `SELECT concat_ws('|', o.id, extract(epoch FROM o.at)::bigint, u.name, o.source, o.request_id, o.entity_type, o.entity_id,
	    CASE o.entity_type WHEN 'CAMPAIGN' THEN 'Campaign ' || o.entity_id WHEN 'AD_GROUP' THEN 'Group ' || o.entity_id END, o.field, o.old_value, o.new_value)
	  FROM change AS o LEFT JOIN app_user AS u ON u.id = o.actor_id WHERE o.advertiser_id = 1 ORDER BY o.id`); err != nil {
		t.Fatal(err)
	}
	a := advertisers(t, s, 1)[0]
	var got []string
	for _, c := range entitiesOf[ads.Change](t, s, everyChange(a)) {
		parts := []string{fmt.Sprint(c.ID), fmt.Sprint(c.At.Unix())}
		if c.Actor != nil {
			parts = append(parts, c.Actor.Name)
		}
		parts = append(parts, string(c.Source))
		if c.RequestID != nil {
			parts = append(parts, *c.RequestID)
		}
		parts = append(parts, string(c.EntityLevel), fmt.Sprint(c.EntityID))
		if c.EntityName != nil {
			parts = append(parts, *c.EntityName)
		}
		parts = append(parts, c.Field)
		for _, value := range []ads.JSON{c.Old, c.New} {
			if len(value) > 0 {
				parts = append(parts, string(value))
			}
		}
		got = append(got, strings.Join(parts, "|"))
	}
	if !slices.Equal(got, want) || len(got) != 120 {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestChangeFilters compares random filters, and the lists below entities, with
// the same in Go.
func TestChangeFilters(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someChanges)
	a := tenants[0]
	changes := entitiesOf[ads.Change](t, s, everyChange(a))
	some := 0
	for i := range 120 {
		r := rand.New(rand.NewPCG(7, uint64(i)))
		key := everyChange(a)
		f := &key.List.Filter
		conditions := []func(*ads.Change) bool{}
		if r.IntN(3) == 0 {
			levels := []ads.ChangeLevel{"CAMPAIGN", "AD", "MEMBER", "ADVERTISER"}[r.IntN(3):]
			store.AnyOf(f, "LEVEL", levels)
			conditions = append(conditions, func(c *ads.Change) bool { return slices.Contains(levels, c.EntityLevel) })
		}
		if r.IntN(3) == 0 {
			refs := []ads.Ref{{Level: ads.LevelCampaign, Advertiser: 1, ID: 1}, {Level: ads.LevelAdGroup, Advertiser: 1, ID: 2}, {Level: ads.LevelAd, Advertiser: 1, ID: 99}}[:r.IntN(4)]
			store.OfEntities(f, refs)
			conditions = append(conditions, func(c *ads.Change) bool {
				return slices.ContainsFunc(refs, func(ref ads.Ref) bool { return ref.Level == ads.Level(c.EntityLevel) && ref.ID == c.EntityID })
			})
		}
		if r.IntN(3) == 0 {
			fields := []string{"status", "budget", "nothing"}[r.IntN(3):]
			store.AnyOf(f, "FIELD", fields)
			conditions = append(conditions, func(c *ads.Change) bool { return slices.Contains(fields, c.Field) })
		}
		if r.IntN(3) == 0 {
			sources := []ads.ChangeSource{"UI", "SYSTEM"}[:r.IntN(3)]
			store.AnyOf(f, "SOURCE", sources)
			conditions = append(conditions, func(c *ads.Change) bool { return slices.Contains(sources, c.Source) })
		}
		if r.IntN(2) == 0 {
			day := ads.Day("2026-03-01").Add(r.IntN(14))
			store.Is(f, "SINCE", new(store.DayStart(day)))
			conditions = append(conditions, func(c *ads.Change) bool { return ads.DayOf(c.At, a.Zone) >= day })
		}
		if r.IntN(2) == 0 {
			day := ads.Day("2026-03-01").Add(r.IntN(14))
			store.Is(f, "BEFORE", new(store.DayStart(day)))
			conditions = append(conditions, func(c *ads.Change) bool { return ads.DayOf(c.At, a.Zone) < day })
		}
		some += checkFilter(t, s, key, changes, func(c *ads.Change) bool {
			return !slices.ContainsFunc(conditions, func(holds func(*ads.Change) bool) bool { return !holds(c) })
		})
	}
	if some < 45 {
		t.Errorf("only %d filters kept some", some)
	}
	for _, level := range []ads.Level{ads.LevelCampaign, ads.LevelAdGroup} {
		key := everyChange(a)
		key.Parent, key.List.Under = 2, level
		store.AnyOf(&key.List.Filter, "LEVEL", []ads.Level{level})
		if checkFilter(t, s, key, changes, func(c *ads.Change) bool { return c.EntityLevel == ads.ChangeLevel(level) && c.EntityID == 2 }) == 0 {
			t.Errorf("no changes of one %s", level)
		}
	}
}

// TestMarkersOfOddDays compares the markers of accounts in zones with half hours,
// and with days of 23, 25, 23.5 and 24.5 hours and without a midnight, with the
// same in Go: every half hour around the days that are odd has a change.
func TestMarkersOfOddDays(t *testing.T) {
	t.Parallel()
	odd := []struct {
		zone     string
		from, to ads.Day
	}{
		{"Asia/Kolkata", "2026-03-07", "2026-03-10"},
		{"America/New_York", "2026-03-07", "2026-03-10"},    // 23 hours on the 8th
		{"America/New_York", "2026-10-31", "2026-11-03"},    // 25 hours on the 1st
		{"Australia/Lord_Howe", "2026-04-04", "2026-04-07"}, // 24.5 hours on the 5th
		{"Australia/Lord_Howe", "2026-10-03", "2026-10-06"}, // 23.5 hours on the 4th
		{"America/Havana", "2026-03-07", "2026-03-10"},      // no midnight on the 8th
		{"America/Havana", "2026-10-31", "2026-11-03"},      // two midnights on the 1st
		{"Asia/Kathmandu", "2026-05-30", "2026-06-02"},      // over the end of a month and a week
		{"Pacific/Kiritimati", "2026-12-30", "2027-01-02"},  // far in the east
		{"America/St_Johns", "2026-03-07", "2026-03-10"},    // a half hour and 23 hours
	}
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'owner@example.com', 'Olga Owner')`)
	for i, o := range odd {
		db.MustExec(`INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES ($1, 'Account', 'US', 'USD', $2)`, i+1, o.zone)
		db.MustExec(`INSERT INTO member (advertiser_id, user_id, role) VALUES ($1, 1, 'OWNER')`, i+1)
		db.MustExec(`INSERT INTO change (advertiser_id, entity_type, entity_id, field, source, at) SELECT $1::bigint, level, CASE level WHEN 'ADVERTISER' THEN $1::bigint ELSE id END, 'name', 'UI', at
		  FROM generate_series(($2::date - 2)::timestamptz, ($3::date + 3)::timestamptz, interval '30 minutes') AS at, generate_series(1, 2) AS id,
		    unnest(ARRAY['ADVERTISER', 'CAMPAIGN', 'AD_GROUP', 'AD', 'MEMBER']) AS level`, i+1, string(o.from), string(o.to))
	}
	s := pgtest.OpenDSN(t, dsn)
	ids := make([]int64, len(odd))
	for i := range ids {
		ids[i] = int64(i + 1)
	}
	accounts := advertisers(t, s, ids...)
	columns := store.ColumnsOf(ads.LevelChange, []string{"at"})
	for _, level := range []ads.Level{ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd} {
		var keys []store.MarkersKey
		for i, o := range odd {
			for _, g := range []metrics.Granularity{metrics.Daily, metrics.Weekly, metrics.Monthly} {
				for _, id := range []int64{1, 2, 77} {
					if level == ads.LevelAdvertiser {
						id = accounts[i].ID
					}
					keys = append(keys, store.MarkersKey{
						Advertiser: accounts[i], Level: level, ID: id, Range: metrics.Range{From: o.from, To: o.to}, Granularity: g, Each: int(id % 2 * 5), Columns: columns,
					})
				}
			}
		}
		got, err := s.Markers(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range keys {
			var rows []struct {
				ID int64
				At time.Time
			}
			if err := db.Select(&rows, `SELECT id, at FROM change WHERE advertiser_id = $1 AND (entity_type = $2 AND entity_id = $3 OR $2 = 'ADVERTISER' AND entity_type = 'CAMPAIGN') ORDER BY id DESC`,
				k.Advertiser.ID, k.Level, k.ID); err != nil {
				t.Fatal(err)
			}
			steps, ofDay := k.Range.Steps(k.Granularity, k.Advertiser.Zone)
			want := make([]ads.ChangeMarker, len(steps))
			for _, row := range rows {
				if n := ads.DayOf(row.At, k.Advertiser.Zone).Sub(k.Range.From); n >= 0 && n < len(ofDay) {
					m := &want[ofDay[n]]
					m.Start = steps[ofDay[n]].Start
					if m.Count++; len(m.Changes) < k.Each {
						m.Changes = append(m.Changes, ads.Change{Advertiser: k.Advertiser, ID: row.ID, At: row.At.UTC()})
					}
				}
			}
			want = slices.DeleteFunc(want, func(m ads.ChangeMarker) bool { return m.Count == 0 })
			if fmt.Sprint(got[i]) != fmt.Sprint(want) || k.ID != 77 && len(want) == 0 {
				t.Fatalf("%s of %s by %s:\n%v, want\n%v", level, odd[k.Advertiser.ID-1].zone, k.Granularity, got[i], want)
			}
			for _, m := range want {
				if day := m.Start.Add(1).Start(k.Advertiser.Zone).Sub(m.Start.Start(k.Advertiser.Zone)); k.Granularity == metrics.Daily && level == ads.LevelAd && m.Count != int(day/(30*time.Minute)) {
					t.Errorf("%s: %d half hours on %s", odd[k.Advertiser.ID-1].zone, m.Count, m.Start)
				}
			}
		}
	}
}

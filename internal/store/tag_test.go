package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// someTags has tags of three advertisers whose today differs, with events of
// many days. As of pgtest.Present it is the 17th in New York and Berlin, and
// the 18th in Auckland.
const someTags = `
INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (3, 'Early', 'NZ', 'NZD', 'Pacific/Auckland');
INSERT INTO member (advertiser_id, user_id, role) VALUES (3, 1, 'OWNER');
INSERT INTO conversion_tag (advertiser_id, id, name, status, last_fired_at, created_at, updated_at)
SELECT a, n, CASE n % 3 WHEN 0 THEN 'Web ' ELSE 'app ' END || n % 7, (ARRAY['ACTIVE', 'PAUSED', 'ARCHIVED'])[1 + n % 3],
  CASE WHEN n % 4 <> 0 THEN '2026-06-01 00:00+00'::timestamptz + n % 6 * interval '1 day 1 microsecond' END,
  '2026-01-01 00:00+00'::timestamptz + n % 11 * interval '1 day', '2026-03-01 00:00+00'::timestamptz - n % 5 * interval '1 hour'
FROM generate_series(1, 3) AS a, generate_series(1, 40) AS n WHERE a = 1 OR n <= 3;
INSERT INTO tag_event_day (advertiser_id, tag_id, day, event, source, events, matched_events)
SELECT a, n, d::date, e, s, k, k / 2 FROM generate_series(1, 3) AS a, generate_series(1, 3) AS n, generate_series('2026-05-28'::timestamp, '2026-06-18', '1 day') AS d,
  unnest(ARRAY['CHECKOUT', 'PAGE_VISIT']) AS e, unnest(ARRAY['TAG', 'CONVERSIONS_API']) AS s,
  LATERAL (SELECT a * 100 + n * 10 + extract(day FROM d)::int + CASE e WHEN 'PAGE_VISIT' THEN 1000 ELSE 0 END AS k) AS x
WHERE n <> 2 AND (extract(day FROM d)::int + n) % 3 <> 0 AND NOT (e = 'PAGE_VISIT' AND s = 'CONVERSIONS_API');
INSERT INTO label (advertiser_id, id, type, value, created_at)
SELECT a, n, CASE WHEN n % 5 = 0 THEN 'BRAND' ELSE 'CUSTOM' END, CASE n % 2 WHEN 0 THEN 'Spring ' ELSE 'spring ' END || 60 - n, '2026-01-01 00:00+00'::timestamptz + n % 11 * interval '1 day'
FROM generate_series(1, 2) AS a, generate_series(1, 50) AS n;`

func TestConversionTagPaging(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someTags)
	key := store.ListKey{Advertiser: tenants[0], Parent: 1, List: &store.List{
		Level: ads.LevelConversionTag, Under: ads.LevelAdvertiser,
		Columns: store.ColumnsOf(ads.LevelConversionTag, []string{"name", "status", "lastFiredAt", "createdAt", "updatedAt"}),
	}}
	checkPaging(t, s, key, func(o *ads.ConversionTag) int64 { return o.ID }, 40, []sorting[ads.ConversionTag]{
		{"ID", func(o *ads.ConversionTag) (any, bool) { return o.ID, true }},
		{"NAME", func(o *ads.ConversionTag) (any, bool) { return strings.ToLower(o.Name), true }},
		{"STATUS", func(o *ads.ConversionTag) (any, bool) { return string(o.Status), true }},
		{"LAST_FIRED_AT", func(o *ads.ConversionTag) (any, bool) {
			if o.LastFiredAt == nil {
				return nil, false
			}
			return *o.LastFiredAt, true
		}},
		{"CREATED_AT", func(o *ads.ConversionTag) (any, bool) { return o.CreatedAt, true }},
		{"UPDATED_AT", func(o *ads.ConversionTag) (any, bool) { return o.UpdatedAt, true }},
	})
	store.AnyOf(&key.List.Filter, "STATUS", []ads.TagStatus{"PAUSED"})
	for _, o := range entitiesOf[ads.ConversionTag](t, s, key) {
		if o.Status != "PAUSED" {
			t.Errorf("tag %d is %s", o.ID, o.Status)
		}
	}
}

func TestLabelPaging(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someTags)
	key := store.ListKey{Advertiser: tenants[0], Parent: 1, List: &store.List{
		Level: ads.LevelLabel, Under: ads.LevelAdvertiser, Columns: store.ColumnsOf(ads.LevelLabel, []string{"type", "value", "createdAt"}),
	}}
	checkPaging(t, s, key, func(l *ads.Label) int64 { return l.ID }, 50, []sorting[ads.Label]{
		{"ID", func(l *ads.Label) (any, bool) { return l.ID, true }},
		{"VALUE", func(l *ads.Label) (any, bool) { return strings.ToLower(l.Value), true }},
		{"TYPE", func(l *ads.Label) (any, bool) { return string(l.Type), true }},
		{"CREATED_AT", func(l *ads.Label) (any, bool) { return l.CreatedAt, true }},
	})
}

// TestTagEvents compares the events of tags, of several advertisers and over
// several numbers of days in one statement, with sums in Go.
func TestTagEvents(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(twoTenants + someTags)
	s := pgtest.OpenDSN(t, dsn)
	var rows []struct {
		Advertiser int64 `db:"advertiser_id"`
		Tag        int64 `db:"tag_id"`
		Day        ads.Day
		Event      ads.TagEventType
		Source     ads.EventSource
		Events     int64
		Matched    int64 `db:"matched_events"`
	}
	if err := db.Select(&rows, "SELECT advertiser_id, tag_id, day::text AS day, event, source, events, matched_events FROM tag_event_day"); err != nil {
		t.Fatal(err)
	}
	var keys []store.TagEventsKey
	for i, a := range advertisers(t, s, 1, 2, 3) {
		for id := int64(1); id <= 3; id++ {
			keys = append(keys, store.TagEventsKey{Advertiser: a, ID: id, Days: []int{14, 1, 7}[i]})
		}
	}
	ctx, stats := store.WithStats(t.Context())
	lists, err := s.TagEvents(ctx, keys)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(stats.Executions()); n != 1 {
		t.Errorf("%d statements, want 1", n)
	}
	for i, k := range keys {
		today := ads.Day("2026-06-17")
		if k.Advertiser.ID == 3 {
			today = "2026-06-18"
		}
		want := map[string]int64{}
		for _, r := range rows {
			if r.Advertiser == k.Advertiser.ID && r.Tag == k.ID && r.Day <= today && r.Day > today.Add(-k.Days) {
				for _, of := range []string{string(r.Day), "all"} {
					want[fmt.Sprint(r.Event, r.Source, of, "events")] += r.Events
					want[fmt.Sprint(r.Event, r.Source, of, "matched")] += r.Matched
				}
			}
		}
		got := map[string]int64{}
		put := func(e ads.TagEvents, of string, n ads.EventCount) {
			if n.Events > 0 {
				got[fmt.Sprint(e.Type, e.Source, of, "events")], got[fmt.Sprint(e.Type, e.Source, of, "matched")] = n.Events, n.MatchedEvents
			}
		}
		for _, e := range lists[i] {
			put(e, "all", e.EventCount)
			for j, d := range e.Days {
				put(e, string(d.Day), d.EventCount)
				if d.Day != today.Add(j+1-k.Days) {
					t.Errorf("key %d: day %d is %s", i, j, d.Day)
				}
			}
			if len(e.Days) != k.Days {
				t.Errorf("key %d: %d days, want %d", i, len(e.Days), k.Days)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("key %d: got %v, want %v", i, got, want)
		}
		if !slices.IsSortedFunc(lists[i], func(x, y ads.TagEvents) int { return int(y.Events - x.Events) }) {
			t.Errorf("key %d is not in order", i)
		}
		if lists[i] == nil || (k.ID == 2) != (len(lists[i]) == 0) && k.Days > 1 {
			t.Errorf("key %d has %d kinds of events", i, len(lists[i]))
		}
	}
}

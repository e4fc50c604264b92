package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

func newConversionTag() *level {
	return newObject(level{
		name: ads.LevelConversionTag, title: "ConversionTag", noun: "conversion tag", table: "conversion_tag", alias: "o",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "o.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "o.id"}, "NAME": {"lower(o.name)", true, false}, "STATUS": {"o.status", true, false},
			"LAST_FIRED_AT": {expr: instant("o.last_fired_at"), nullable: true},
			"CREATED_AT":    {expr: instant("o.created_at")}, "UPDATED_AT": {expr: instant("o.updated_at")},
		},
		filters: map[string]string{"STATUS": "o.status = ANY({v})"},
	}, []column[ads.ConversionTag]{
		{"name", "o.name", "''", func(o *ads.ConversionTag) any { return &o.Name }, ""},
		{"status", "o.status", "''", func(o *ads.ConversionTag) any { return &o.Status }, ""},
		{"lastFiredAt", "o.last_fired_at", "NULL::timestamptz", func(o *ads.ConversionTag) any { return &o.LastFiredAt }, ""},
		{"enhancedMatch", "o.enhanced_match", "''", func(o *ads.ConversionTag) any { return &o.EnhancedMatch }, ""},
		{"quality", "o.quality", "NULL::text", func(o *ads.ConversionTag) any { return &o.Quality }, ""},
		{"version", "o.version", "0", func(o *ads.ConversionTag) any { return &o.Version }, ""},
		{"createdAt", "o.created_at", "{now}", func(o *ads.ConversionTag) any { return &o.CreatedAt }, ""},
		{"updatedAt", "o.updated_at", "{now}", func(o *ads.ConversionTag) any { return &o.UpdatedAt }, ""},
	}, func(o *ads.ConversionTag, a *ads.Advertiser, id int64) {
		o.Advertiser, o.ID = a, id
		o.LastFiredAt = utc(o.LastFiredAt)
		o.CreatedAt, o.UpdatedAt = o.CreatedAt.UTC(), o.UpdatedAt.UTC()
	})
}

// TagEventsKey asks for a conversion tag's events over the last Days days, of
// the advertiser's time zone, that end with today.
type TagEventsKey struct {
	Advertiser *ads.Advertiser
	ID         int64
	Days       int
}

// TagEvents returns the events of tags by type and source, the most frequent
// first, each with all its days. All keys share one statement.
func (s *Store) TagEvents(ctx context.Context, keys []TagEventsKey) ([][]ads.TagEvents, error) {
	type group struct {
		advertiser *ads.Advertiser
		days       int
	}
	groups := groupIDs(keys, func(k TagEventsKey) (group, int64) { return group{k.Advertiser, k.Days}, k.ID })
	b, days := &builder{}, make([][]ads.Day, len(groups))
	for i, g := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		today := ads.DayOf(s.now(), g.group.advertiser.Zone)
		days[i] = today.Add(1 - g.group.days).Run(g.group.days)
		tenant, from := b.advertiser(g.group.advertiser), b.arg(string(days[i][0]))+"::date"
		b.add("SELECT ", strconv.Itoa(i), ", e.tag_id, e.event, e.source, e.day - ", from, ", e.events, e.matched_events\nFROM tag_event_day AS e\nWHERE e.advertiser_id = ",
			tenant, " AND e.tag_id = ANY(", b.arg(pq.Array(g.ids)), ") AND e.day BETWEEN ", from, " AND ", b.arg(string(today)), "::date")
	}
	type series struct {
		key    int
		event  ads.TagEventType
		source ads.EventSource
	}
	var (
		lists       = empty[ads.TagEvents](len(keys))
		at          = map[series]int{} // in the key's list
		number, day int
		id          int64
		n           ads.EventCount
		of          series
	)
	err := s.each(ctx, b.statement("TagEvents"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(&number, &id, &of.event, &of.source, &day, &n.Events, &n.MatchedEvents); err != nil {
			return err
		}
		for _, of.key = range groups[number].index[id] {
			list := &lists[of.key]
			i, ok := at[of]
			if !ok {
				i = len(*list)
				at[of] = i
				*list = append(*list, newTagEvents(of.event, of.source, days[number]))
			}
			(*list)[i].Add(day, n)
		}
		return nil
	})
	for _, list := range lists {
		slices.SortFunc(list, func(x, y ads.TagEvents) int {
			return cmp.Or(cmp.Compare(y.Events, x.Events), cmp.Compare(x.Type, y.Type), cmp.Compare(x.Source, y.Source))
		})
	}
	return lists, err
}

// newTagEvents returns no events on each of the days.
func newTagEvents(event ads.TagEventType, source ads.EventSource, days []ads.Day) ads.TagEvents {
	e := ads.TagEvents{Type: event, Source: source, Days: make([]ads.TagEventDay, len(days))}
	for i, day := range days {
		e.Days[i].Day = day
	}
	return e
}

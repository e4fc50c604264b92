package store

import (
	"context"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// newChange is the change history. Rows are only ever added, so the newest have
// the largest ids.
func newChange() *level {
	return newObject(level{
		name: ads.LevelChange, title: "Change", noun: "change", table: "change", alias: "ch",
		// The changes of an entity are those below its id that are of its level too:
		// whoever lists them gives the filter LEVEL.
		parents: map[ads.Level]string{ads.LevelAdvertiser: "ch.advertiser_id", ads.LevelCampaign: "ch.entity_id", ads.LevelAdGroup: "ch.entity_id"},
		sorts:   map[string]sortField{"ID": {expr: "ch.id"}},
		visible: "(ch.entity_type <> 'MEMBER' OR {members})",
		filters: map[string]string{
			"LEVEL": "ch.entity_type = ANY({v})", "FIELD": "ch.field = ANY({v})", "SOURCE": "ch.source = ANY({v})",
			"ENTITY": "(ch.entity_type, ch.entity_id) IN (SELECT split_part(e, '.', 1), split_part(e, '.', 2)::bigint FROM unnest({v}::text[]) AS e)",
			"SINCE":  "ch.at >= {v}::timestamptz", "BEFORE": "ch.at < {v}::timestamptz",
		},
		joins: map[string]string{"actor": personAs("w", "ch.actor_id")},
	}, []column[ads.Change]{
		{"at", "ch.at", "{now}", func(c *ads.Change) any { return &c.At }, ""},
		{"actor", "w.name", "NULL::text", func(c *ads.Change) any { return personIn(&c.Actor) }, "actor"},
		{"source", "ch.source", "''", func(c *ads.Change) any { return &c.Source }, ""},
		{"requestId", "ch.request_id", "NULL::text", func(c *ads.Change) any { return &c.RequestID }, ""},
		{"entityLevel entity", "ch.entity_type", "''", func(c *ads.Change) any { return &c.EntityLevel }, ""},
		{"entity", "ch.entity_id", "0::bigint", func(c *ads.Change) any { return &c.EntityID }, ""},
		{"entity", subjectName("ch", "entity_type"), "NULL::text", func(c *ads.Change) any { return &c.EntityName }, ""},
		{"field", "ch.field", "''", func(c *ads.Change) any { return &c.Field }, ""},
		{"old", "ch.old_value", "NULL::jsonb", func(c *ads.Change) any { return &c.Old }, ""},
		{"new", "ch.new_value", "NULL::jsonb", func(c *ads.Change) any { return &c.New }, ""},
	}, func(c *ads.Change, a *ads.Advertiser, id int64) {
		c.Advertiser, c.ID = a, id
		c.At = c.At.UTC()
	})
}

// OfEntities adds the condition that changes are of some campaigns, ad groups
// or ads. Nil is no condition, an empty slice keeps nothing.
func OfEntities(f *Filter, refs []ads.Ref) {
	if refs == nil {
		return
	}
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = string(ref.Level) + "." + strconv.FormatInt(ref.ID, 10)
	}
	AnyOf(f, "ENTITY", names)
}

// MarkersKey asks for the changes of one entity in the steps of a range; of an
// advertiser, for those of its campaigns too.
type MarkersKey struct {
	Advertiser  *ads.Advertiser
	Level       ads.Level // ADVERTISER, CAMPAIGN, AD_GROUP or AD
	ID          int64
	Range       metrics.Range
	Granularity metrics.Granularity // not of hours
	// Each is how many changes are wanted of a step, and Columns what of them.
	Each    int
	Columns Columns
}

// Markers returns the steps in which something changed, in order, for keys of
// one level, which share one statement. It reads the columns that any of them
// wants, and so many changes of each step.
func (s *Store) Markers(ctx context.Context, keys []MarkersKey) ([][]ads.ChangeMarker, error) {
	lv := levels[ads.LevelChange]
	_, _, title := dayTable(keys[0].Level)
	var columns Columns
	each := 1 // which has the count
	for _, k := range keys {
		columns |= k.Columns
		each = max(each, k.Each)
	}
	type group struct {
		advertiser  *ads.Advertiser
		days        metrics.Range
		granularity metrics.Granularity
	}
	groups := groupIDs(keys, func(k MarkersKey) (group, int64) { return group{k.Advertiser, k.Range, k.Granularity}, k.ID })
	steps := make([][]metrics.Bucket, len(groups))
	b := &builder{}
	for i, g := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		a := g.group.advertiser
		steps[i], _ = g.group.days.Steps(g.group.granularity, a.Zone)
		starts := make([]time.Time, len(steps[i]))
		for n, step := range steps[i] {
			starts[n] = step.StartAt
		}
		end := g.group.days.To.Add(1).Start(a.Zone).UTC()
		t := b.tenant(a, s.now())
		of, condition := "ch.advertiser_id", "ch.entity_type IN ('ADVERTISER', 'CAMPAIGN')"
		if keys[0].Level != ads.LevelAdvertiser {
			of, condition = "ch.entity_id", "ch.entity_type = '"+string(keys[0].Level)+"' AND ch.entity_id = ANY("+b.arg(pq.Array(g.ids))+")"
		}
		b.add("(SELECT ", strconv.Itoa(i), ", n.owner, n.step, n.count, ch.id")
		lv.each(columns, func(c int) { b.add(", ", t.fill(lv.selects[c])) })
		b.add("\nFROM (\n  SELECT x.*, count(*) OVER (PARTITION BY x.owner, x.step) AS count, row_number() OVER (PARTITION BY x.owner, x.step ORDER BY x.id DESC) AS rank\n  FROM (",
			"SELECT ch.id, ", of, " AS owner, width_bucket(ch.at, ", b.arg(pq.Array(starts)), "::timestamptz[]) AS step\n    FROM change AS ch\n    WHERE ch.advertiser_id = ", t.id,
			" AND ch.at >= ", b.arg(starts[0]), "::timestamptz AND ch.at < ", b.arg(end), "::timestamptz AND ", condition, ") AS x\n) AS n",
			"\n  JOIN change AS ch ON ch.advertiser_id = ", t.id, " AND ch.id = n.id", t.fill(lv.join(columns)),
			"\nWHERE n.rank <= ", strconv.Itoa(each), "\nORDER BY n.owner, n.step, n.rank)")
	}
	var (
		number, step, count int
		owner, id           int64
	)
	places, take := lv.scan(columns)
	dest := append([]any{&number, &owner, &step, &count, &id}, places...)
	results := make([][]ads.ChangeMarker, len(keys))
	for i := range results {
		results[i] = []ads.ChangeMarker{} // none, but known
	}
	err := s.each(ctx, b.statement(title+"Markers"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		change := take(groups[number].group.advertiser, id).(*ads.Change)
		start := steps[number][step-1].Start // width_bucket counts from 1
		for _, i := range groups[number].index[owner] {
			if n := len(results[i]); n == 0 || results[i][n-1].Start != start {
				results[i] = append(results[i], ads.ChangeMarker{Start: start, Count: count})
			}
			if m := &results[i][len(results[i])-1]; len(m.Changes) < keys[i].Each {
				m.Changes = append(m.Changes, *change)
			}
		}
		return nil
	})
	if planning(ctx) {
		for i, k := range keys {
			m := ads.ChangeMarker{}
			for _, change := range sampleOf(take(k.Advertiser, 1)) {
				m.Changes = append(m.Changes, *change.(*ads.Change))
			}
			results[i] = []ads.ChangeMarker{m}
		}
	}
	return results, err
}

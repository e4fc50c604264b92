package store

import (
	"context"
	"strconv"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// subjectLevel is the level of what a row is about, empty for the account.
func subjectLevel(alias string) string { return "coalesce(" + alias + ".entity_level, '')" }

// subjectID is the id of what a row is about, 0 for the account.
func subjectID(alias string) string { return "coalesce(" + alias + ".entity_id, 0)" }

// subjectName is the name of what a row is about. It comes with the row, so that
// a list of many needs no statement per level that it names. column holds the level.
func subjectName(alias, column string) string {
	name := func(level, table, other string) string {
		return " WHEN '" + level + "' THEN (SELECT " + other + ".name FROM " + table + " AS " + other +
			" WHERE " + other + ".advertiser_id = {a} AND " + other + ".id = " + alias + ".entity_id)"
	}
	return "CASE " + alias + "." + column + name("CAMPAIGN", "campaign", "c") + name("AD_GROUP", "ad_group", "g") + name("AD", "ad", "d") +
		name("CONVERSION_TAG", "conversion_tag", "o") + " END"
}

// unreadFirst puts unread notifications before all others, when sorted
// downwards, and newer ones before older ones: the instant in microseconds,
// which is far below 2^62, and 2^62 more for an unread one.
const unreadFirst = "(CASE nt.state WHEN 'UNREAD' THEN 4611686018427387904 ELSE 0 END + (extract(epoch FROM nt.created_at) * 1000000)::bigint)"

func newNotification() *level {
	return newObject(level{
		name: ads.LevelNotification, title: "Notification", noun: "notification", table: "notification", alias: "nt",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "nt.advertiser_id"},
		sorts:   map[string]sortField{"ID": {expr: "nt.id"}, "UNREAD_FIRST": {expr: unreadFirst}},
		visible: "nt.type = ANY({notifications})",
		filters: map[string]string{
			"SEVERITY": "nt.severity = ANY({v})", "STATE": "nt.state = ANY({v})", "TYPE": "nt.type = ANY({v})",
		},
	}, []column[ads.Notification]{
		{"type", "nt.type", "''", func(n *ads.Notification) any { return &n.Type }, ""},
		{"severity", "nt.severity", "''", func(n *ads.Notification) any { return &n.Severity }, ""},
		{"entity", subjectLevel("nt"), "''", func(n *ads.Notification) any { return &n.Subject.Level }, ""},
		{"entity", subjectID("nt"), "0::bigint", func(n *ads.Notification) any { return &n.Subject.ID }, ""},
		{"entity", subjectName("nt", "entity_level"), "NULL::text", func(n *ads.Notification) any { return &n.Subject.Name }, ""},
		{"textKey", "nt.text_key", "''", func(n *ads.Notification) any { return &n.TextKey }, ""},
		{"params", "nt.params", "'{}'::jsonb", func(n *ads.Notification) any { return &n.Params }, ""},
		{"state", "nt.state", "''", func(n *ads.Notification) any { return &n.State }, ""},
		{"createdAt", "nt.created_at", "{now}", func(n *ads.Notification) any { return &n.CreatedAt }, ""},
	}, func(n *ads.Notification, a *ads.Advertiser, id int64) {
		n.Advertiser, n.ID = a, id
		n.CreatedAt = n.CreatedAt.UTC()
	})
}

// UnreadNotifications returns how many notifications, of those that the viewer
// may see, of each of some advertisers nobody has read.
func (s *Store) UnreadNotifications(ctx context.Context, advertisers []*ads.Advertiser) ([]int, error) {
	counts := make([]int, len(advertisers))
	b := &builder{}
	for i, a := range advertisers {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		t := b.tenant(a, s.now())
		b.add("SELECT ", strconv.Itoa(i), ", count(*)\nFROM notification AS nt\nWHERE nt.advertiser_id = ", t.id, " AND nt.state = 'UNREAD'",
			levels[ads.LevelNotification].visibleTo(t))
	}
	err := s.each(ctx, b.statement("UnreadNotifications"), func(rows *sqlx.Rows) error {
		var number, count int
		if err := rows.Scan(&number, &count); err != nil {
			return err
		}
		counts[number] = count
		return nil
	})
	return counts, err
}

// recommendationRow is a recommendation with the numbers that its impact is
// made of: as they are and as they might be, nil where nobody estimated them.
type recommendationRow struct {
	metrics.Recommendation
	spend, spendAfter         *int64
	clicks, clicksAfter       *int64
	checkouts, checkoutsAfter *int64
}

// impact returns what was estimated.
func (r *recommendationRow) impact() []metrics.Impact {
	impacts := []metrics.Impact{}
	for _, m := range [...]struct {
		metric     metrics.Name
		now, after *int64
	}{
		{metrics.NameSpend, r.spend, r.spendAfter},
		{metrics.NamePinClicks, r.clicks, r.clicksAfter},
		{metrics.NameCheckouts, r.checkouts, r.checkoutsAfter},
	} {
		if m.now != nil && m.after != nil {
			impacts = append(impacts, metrics.NewImpact(m.metric, r.Advertiser.Currency, *m.now, *m.after))
		}
	}
	return impacts
}

func newRecommendation() *level {
	return newLevel(level{
		name: ads.LevelRecommendation, title: "Recommendation", noun: "recommendation", table: "recommendation", alias: "rn",
		parents:  map[ads.Level]string{ads.LevelAdvertiser: "rn.advertiser_id"},
		sorts:    map[string]sortField{"ID": {expr: "rn.id"}},
		filters:  map[string]string{"STATE": "rn.state = ANY({v})", "TYPE": "rn.type = ANY({v})"},
		delivery: "''", // as of every object
	}, []column[recommendationRow]{
		{blank: "''"},
		{"type", "rn.type", "''", func(r *recommendationRow) any { return &r.Type }, ""},
		{"entity", subjectLevel("rn"), "''", func(r *recommendationRow) any { return &r.Subject.Level }, ""},
		{"entity", subjectID("rn"), "0::bigint", func(r *recommendationRow) any { return &r.Subject.ID }, ""},
		{"entity", subjectName("rn", "entity_level"), "NULL::text", func(r *recommendationRow) any { return &r.Subject.Name }, ""},
		{"params", "rn.params", "'{}'::jsonb", func(r *recommendationRow) any { return &r.Params }, ""},
		{"state", "rn.state", "''", func(r *recommendationRow) any { return &r.State }, ""},
		{"impact", "rn.spend_micros", "NULL::bigint", func(r *recommendationRow) any { return &r.spend }, ""},
		{"impact", "rn.spend_micros_after", "NULL::bigint", func(r *recommendationRow) any { return &r.spendAfter }, ""},
		{"impact", "rn.pin_clicks", "NULL::bigint", func(r *recommendationRow) any { return &r.clicks }, ""},
		{"impact", "rn.pin_clicks_after", "NULL::bigint", func(r *recommendationRow) any { return &r.clicksAfter }, ""},
		{"impact", "rn.checkouts", "NULL::bigint", func(r *recommendationRow) any { return &r.checkouts }, ""},
		{"impact", "rn.checkouts_after", "NULL::bigint", func(r *recommendationRow) any { return &r.checkoutsAfter }, ""},
		{"createdAt", "rn.created_at", "{now}", func(r *recommendationRow) any { return &r.CreatedAt }, ""},
	}, func(row *recommendationRow, a *ads.Advertiser, id int64, _ *ads.Delivery) any {
		r := &row.Recommendation
		r.Advertiser, r.ID = a, id
		r.CreatedAt = r.CreatedAt.UTC()
		r.Impact = row.impact()
		return r
	})
}

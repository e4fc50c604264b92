package store

import "adsgraph/internal/ads"

// uses joins, by audience, how many ad groups use it, archived ones aside.
const uses = `
  LEFT JOIN (SELECT h.audience_id, count(*) FILTER (WHERE h.is_included) AS included, count(*) FILTER (WHERE NOT h.is_included) AS excluded
    FROM ad_group_audience AS h JOIN ad_group AS g ON g.advertiser_id = {a} AND g.id = h.ad_group_id
    WHERE h.advertiser_id = {a} AND g.status <> 'ARCHIVED' GROUP BY h.audience_id) AS n ON n.audience_id = u.id`

func newAudience() *level {
	return newObject(level{
		name: ads.LevelAudience, title: "Audience", noun: "audience", table: "audience", alias: "u",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "u.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "u.id"}, "NAME": {"lower(u.name)", true, false}, "SIZE": {expr: "u.size", nullable: true},
			"TYPE": {"u.type", true, false}, "STATUS": {"u.status", true, false},
			"CREATED_AT": {expr: instant("u.created_at")}, "UPDATED_AT": {expr: instant("u.updated_at")},
		},
		joins:   map[string]string{"uses": uses},
		filters: map[string]string{"TYPE": "u.type = ANY({v})", "STATUS": "u.status = ANY({v})", "NAME": contains("u.name")},
	}, []column[ads.Audience]{
		{"name", "u.name", "''", func(u *ads.Audience) any { return &u.Name }, ""},
		{"type", "u.type", "''", func(u *ads.Audience) any { return &u.Type }, ""},
		{"status", "u.status", "''", func(u *ads.Audience) any { return &u.Status }, ""},
		{"size", "u.size", "NULL::bigint", func(u *ads.Audience) any { return &u.Size }, ""},
		{"retentionDays", "u.retention_days", "0", func(u *ads.Audience) any { return &u.RetentionDays }, ""},
		{"rule", "u.rule", "'{}'::jsonb", func(u *ads.Audience) any { return &u.Rule }, ""},
		{"usedBy", "coalesce(n.included, 0)", "0::bigint", func(u *ads.Audience) any { return &u.UsedBy.Included }, "uses"},
		{"usedBy", "coalesce(n.excluded, 0)", "0::bigint", func(u *ads.Audience) any { return &u.UsedBy.Excluded }, "uses"},
		{"version", "u.version", "0", func(u *ads.Audience) any { return &u.Version }, ""},
		{"createdAt", "u.created_at", "{now}", func(u *ads.Audience) any { return &u.CreatedAt }, ""},
		{"updatedAt", "u.updated_at", "{now}", func(u *ads.Audience) any { return &u.UpdatedAt }, ""},
	}, func(u *ads.Audience, a *ads.Advertiser, id int64) {
		u.Advertiser, u.ID = a, id
		u.CreatedAt, u.UpdatedAt = u.CreatedAt.UTC(), u.UpdatedAt.UTC()
	})
}

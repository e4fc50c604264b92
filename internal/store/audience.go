package store

import "adsgraph/internal/ads"

// uses counts the ad groups, but for archived ones, that a link names.
func uses(included string) string {
	return `(SELECT count(*) FROM ad_group_audience AS k JOIN ad_group AS g ON g.advertiser_id = {a} AND g.id = k.ad_group_id
      WHERE k.advertiser_id = {a} AND k.audience_id = u.id AND k.is_included = ` + included + ` AND g.status <> 'ARCHIVED')`
}

func newAudience() *level {
	return newObject(level{
		name: ads.LevelAudience, title: "Audience", noun: "audience", table: "audience", alias: "u",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "u.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "u.id"}, "NAME": {"lower(u.name)", true, false}, "SIZE": {expr: "u.size", nullable: true},
			"TYPE": {"u.type", true, false}, "STATUS": {"u.status", true, false},
			"CREATED_AT": {expr: instant("u.created_at")}, "UPDATED_AT": {expr: instant("u.updated_at")},
		},
		filters: map[string]string{"TYPE": "u.type = ANY({v})", "STATUS": "u.status = ANY({v})", "NAME": contains("u.name")},
	}, []column[ads.Audience]{
		{"name", "u.name", "''", func(u *ads.Audience) any { return &u.Name }, ""},
		{"type", "u.type", "''", func(u *ads.Audience) any { return &u.Type }, ""},
		{"status", "u.status", "''", func(u *ads.Audience) any { return &u.Status }, ""},
		{"size", "u.size", "NULL::bigint", func(u *ads.Audience) any { return &u.Size }, ""},
		{"retentionDays", "u.retention_days", "0", func(u *ads.Audience) any { return &u.RetentionDays }, ""},
		{"rule", "u.rule", "'{}'::jsonb", func(u *ads.Audience) any { return &u.Rule }, ""},
		{"usedBy", uses("true"), "0::bigint", func(u *ads.Audience) any { return &u.UsedBy.Included }, ""},
		{"usedBy", uses("false"), "0::bigint", func(u *ads.Audience) any { return &u.UsedBy.Excluded }, ""},
		{"version", "u.version", "0", func(u *ads.Audience) any { return &u.Version }, ""},
		{"createdAt", "u.created_at", "{now}", func(u *ads.Audience) any { return &u.CreatedAt }, ""},
		{"updatedAt", "u.updated_at", "{now}", func(u *ads.Audience) any { return &u.UpdatedAt }, ""},
	}, func(u *ads.Audience, a *ads.Advertiser, id int64) {
		u.Advertiser, u.ID = a, id
		u.CreatedAt, u.UpdatedAt = u.CreatedAt.UTC(), u.UpdatedAt.UTC()
	})
}

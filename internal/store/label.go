package store

import "adsgraph/internal/ads"

func newLabel() *level {
	return newObject(level{
		name: ads.LevelLabel, title: "Label", noun: "label", table: "label", alias: "l",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "l.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "l.id"}, "VALUE": {"lower(l.value)", true, false}, "TYPE": {"l.type", true, false}, "CREATED_AT": {expr: instant("l.created_at")},
		},
		filters: map[string]string{"TYPE": "l.type = ANY({v})", "VALUE": contains("l.value")},
	}, []column[ads.Label]{
		{"type", "l.type", "''", func(l *ads.Label) any { return &l.Type }, ""},
		{"value", "l.value", "''", func(l *ads.Label) any { return &l.Value }, ""},
		{"createdAt", "l.created_at", "{now}", func(l *ads.Label) any { return &l.CreatedAt }, ""},
	}, func(l *ads.Label, a *ads.Advertiser, id int64) {
		l.Advertiser, l.ID = a, id
		l.CreatedAt = l.CreatedAt.UTC()
	})
}

package store

import (
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// owner joins the person that a column names.
func owner(column string) map[string]string {
	return map[string]string{"owner": "\n  JOIN app_user AS w ON w.id = " + column}
}

func newSavedView() *level {
	return newObject(level{
		name: ads.LevelSavedView, title: "SavedView", noun: "saved view", table: "saved_view", alias: "sv",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "sv.advertiser_id"},
		sorts:   map[string]sortField{"ID": {expr: "sv.id"}, "NAME": {"lower(sv.name)", true, false}},
		filters: map[string]string{"SCREEN": "sv.screen = {v}"},
		visible: "(sv.is_shared OR sv.user_id = {viewer})",
		joins:   owner("sv.user_id"),
	}, []column[ads.SavedView]{
		{"owner isMine", "sv.user_id", "0::bigint", func(v *ads.SavedView) any { return &v.Owner.ID }, ""},
		{"owner.name", "w.name", "''", func(v *ads.SavedView) any { return &v.Owner.Name }, "owner"},
		{"screen", "sv.screen", "''", func(v *ads.SavedView) any { return &v.Screen }, ""},
		{"name", "sv.name", "''", func(v *ads.SavedView) any { return &v.Name }, ""},
		{"spec", "sv.spec", "'{}'::jsonb", func(v *ads.SavedView) any { return &v.Spec }, ""},
		{"isShared", "sv.is_shared", "false", func(v *ads.SavedView) any { return &v.IsShared }, ""},
		{"createdAt", "sv.created_at", "{now}", func(v *ads.SavedView) any { return &v.CreatedAt }, ""},
		{"updatedAt", "sv.updated_at", "{now}", func(v *ads.SavedView) any { return &v.UpdatedAt }, ""},
	}, func(v *ads.SavedView, a *ads.Advertiser, id int64) {
		v.Advertiser, v.ID = a, id
		v.IsMine = v.Owner.ID == a.ViewerID
		v.CreatedAt, v.UpdatedAt = v.CreatedAt.UTC(), v.UpdatedAt.UTC()
	})
}

func newReportTemplate() *level {
	return newObject(level{
		name: ads.LevelReportTemplate, title: "ReportTemplate", noun: "report template", table: "report_template", alias: "rt",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "rt.advertiser_id"},
		sorts:   map[string]sortField{"ID": {expr: "rt.id"}},
		joins:   owner("rt.owner_id"),
	}, []column[ads.ReportTemplate]{
		{"owner.name", "w.name", "''", func(t *ads.ReportTemplate) any { return &t.Owner.Name }, "owner"},
		{"name", "rt.name", "''", func(t *ads.ReportTemplate) any { return &t.Name }, ""},
		{"level", "rt.level", "''", func(t *ads.ReportTemplate) any { return &t.Level }, ""},
		{"columns", "rt.columns", "'{}'::text[]", func(t *ads.ReportTemplate) any { return (*pq.StringArray)(&t.Columns) }, ""},
		{"filters", "rt.filters", "'{}'::jsonb", func(t *ads.ReportTemplate) any { return &t.Filters }, ""},
		{"schedule", "rt.schedule", "''", func(t *ads.ReportTemplate) any { return &t.Schedule }, ""},
		{"createdAt", "rt.created_at", "{now}", func(t *ads.ReportTemplate) any { return &t.CreatedAt }, ""},
		{"updatedAt", "rt.updated_at", "{now}", func(t *ads.ReportTemplate) any { return &t.UpdatedAt }, ""},
	}, func(t *ads.ReportTemplate, a *ads.Advertiser, id int64) {
		t.Advertiser, t.ID = a, id
		t.CreatedAt, t.UpdatedAt = t.CreatedAt.UTC(), t.UpdatedAt.UTC()
	})
}

func newExport() *level {
	return newObject(level{
		name: ads.LevelExport, title: "Export", noun: "export", table: "export_run", alias: "ex",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "ex.advertiser_id"},
		sorts:   map[string]sortField{"ID": {expr: "ex.id"}},
		joins:   owner("ex.user_id"),
	}, []column[ads.Export]{
		{"owner.name", "w.name", "''", func(x *ads.Export) any { return &x.Owner.Name }, "owner"},
		{"name", "ex.name", "''", func(x *ads.Export) any { return &x.Name }, ""},
		{"level", "ex.level", "''", func(x *ads.Export) any { return &x.Level }, ""},
		{"format", "ex.format", "''", func(x *ads.Export) any { return &x.Format }, ""},
		{"state", "ex.state", "''", func(x *ads.Export) any { return &x.State }, ""},
		{"rows", "ex.rows", "0::bigint", func(x *ads.Export) any { return &x.Rows }, ""},
		{"bytes", "ex.bytes", "0::bigint", func(x *ads.Export) any { return &x.Bytes }, ""},
		{"startedAt", "ex.started_at", "{now}", func(x *ads.Export) any { return &x.StartedAt }, ""},
		{"finishedAt", "ex.finished_at", "NULL::timestamptz", func(x *ads.Export) any { return &x.FinishedAt }, ""},
		{"error", "ex.error", "NULL::text", func(x *ads.Export) any { return &x.Error }, ""},
	}, func(x *ads.Export, a *ads.Advertiser, id int64) {
		x.Advertiser, x.ID = a, id
		x.StartedAt, x.FinishedAt = x.StartedAt.UTC(), utc(x.FinishedAt)
	})
}

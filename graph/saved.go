package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// What people keep: views of screens, templates of reports, and the files that
// they took away.

func savedViews(r *Resolver) *setwise.Field {
	return connectionField(r, "savedViews", func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }, func(a *args, sel selected) (*listPlan, error) {
		first, after := setwise.Arg(a, "first", graphql.UnmarshalInt), setwise.Opt(a, "after", graphql.UnmarshalString)
		screen := setwise.Opt(a, "screen", graphql.UnmarshalString)
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planSavedViews(first, after, screen, sel)
	})
}

func planSavedViews(first int, after, screen *string, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelSavedView, First: first}
	if err := whereContains(&l.Filter, "SCREEN", "screen", screen); err != nil {
		return nil, err
	}
	return planObjects(l, after, "NAME", model.DirectionAsc, sel)
}

func (r advertiserResolver) SavedViews(ctx context.Context, a *ads.Advertiser, first int, after, screen *string) (*model.Connection, error) {
	p, err := planSavedViews(first, after, screen, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

func (r advertiserResolver) ReportTemplates(ctx context.Context, a *ads.Advertiser, first int, after *string) (*model.Connection, error) {
	return r.newestFirstNow(ctx, a, ads.LevelReportTemplate, first, after)
}

func (r advertiserResolver) Exports(ctx context.Context, a *ads.Advertiser, first int, after *string) (*model.Connection, error) {
	return r.newestFirstNow(ctx, a, ads.LevelExport, first, after)
}

// The resolvers of the edges.

// SavedViewEdge returns the resolvers of SavedViewEdge.
func (r *Resolver) SavedViewEdge() generated.SavedViewEdgeResolver {
	return edgeResolver[*ads.SavedView]{}
}

// ReportTemplateEdge returns the resolvers of ReportTemplateEdge.
func (r *Resolver) ReportTemplateEdge() generated.ReportTemplateEdgeResolver {
	return edgeResolver[*ads.ReportTemplate]{}
}

// ExportEdge returns the resolvers of ExportEdge.
func (r *Resolver) ExportEdge() generated.ExportEdgeResolver { return edgeResolver[*ads.Export]{} }

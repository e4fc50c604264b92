// Package graph is the GraphQL side: the schema in, calls of the loaders and the
// store out.
//
// gqlgen parses, validates and resolves root fields. What is selected below a
// root field is answered set-wise, by package setwise and the table in
// fields.go. The resolvers of the other types, in this file, run only in tests,
// where gqlgen's own executor must give the same answers.
package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/live"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Resolver answers root fields.
type Resolver struct {
	Store    *store.Store
	registry *setwise.Registry
	live     *live.Hub
	limits   Limits
	// experiments is what is tried out.
	experiments experiments
}

// One accessor per type that has resolvers.

func (r *Resolver) Query() generated.QueryResolver           { return queryResolver{r} }
func (r *Resolver) Viewer() generated.ViewerResolver         { return viewerResolver{r} }
func (r *Resolver) Advertiser() generated.AdvertiserResolver { return advertiserResolver{r} }
func (r *Resolver) Campaign() generated.CampaignResolver     { return campaignResolver{r} }
func (r *Resolver) AdGroup() generated.AdGroupResolver       { return adGroupResolver{r} }
func (r *Resolver) Ad() generated.AdResolver                 { return adResolver{r} }
func (r *Resolver) AdvertiserEdge() generated.AdvertiserEdgeResolver {
	return edgeResolver[*ads.Advertiser]{}
}

func (r *Resolver) CampaignEdge() generated.CampaignEdgeResolver {
	return edgeResolver[*ads.Campaign]{}
}

func (r *Resolver) AdGroupEdge() generated.AdGroupEdgeResolver { return edgeResolver[*ads.AdGroup]{} }
func (r *Resolver) AdEdge() generated.AdEdgeResolver           { return edgeResolver[*ads.Ad]{} }
func (r *Resolver) Pin() generated.PinResolver                 { return pinResolver{r} }
func (r *Resolver) PinEdge() generated.PinEdgeResolver         { return edgeResolver[*ads.Pin]{} }

func (r *Resolver) MetricValues() generated.MetricValuesResolver { return valuesResolver{} }

func (r *Resolver) BreakdownRow() generated.BreakdownRowResolver { return partResolver{r} }

func (r *Resolver) CampaignConnection() generated.CampaignConnectionResolver { return facetResolver{r} }

func (r *Resolver) AdGroupConnection() generated.AdGroupConnectionResolver { return facetResolver{r} }

func (r *Resolver) AdConnection() generated.AdConnectionResolver { return facetResolver{r} }

func (r *Resolver) PinConnection() generated.PinConnectionResolver { return facetResolver{r} }

func (r *Resolver) MetricsReport() generated.MetricsReportResolver { return reportResolver{r} }

type (
	queryResolver       struct{ *Resolver }
	viewerResolver      struct{ *Resolver }
	advertiserResolver  struct{ *Resolver }
	campaignResolver    struct{ *Resolver }
	adGroupResolver     struct{ *Resolver }
	adResolver          struct{ *Resolver }
	reportResolver      struct{ *Resolver }
	pinResolver         struct{ *Resolver }
	facetResolver       struct{ *Resolver }
	edgeResolver[T any] struct{}
	valuesResolver      struct{}
	partResolver        struct{ *Resolver }
)

// Viewer returns who asks.
func (queryResolver) Viewer(ctx context.Context) (*model.Viewer, error) {
	v, err := auth.From(ctx)
	return &model.Viewer{UserID: v.UserID}, err
}

// Advertiser returns an advertiser that the viewer may see.
func (queryResolver) Advertiser(ctx context.Context, id ads.Ref) (*ads.Advertiser, error) {
	if id.Level != ads.LevelAdvertiser {
		return nil, fault.New(fault.NotFound, "The id is not of this kind.").In("id")
	}
	return now(ctx, setwise.Thunk[*ads.Advertiser](loader.From(ctx).Advertiser.Load(ctx, id.Advertiser)))
}

// Campaign returns a campaign of an advertiser that the viewer may see.
func (r queryResolver) Campaign(ctx context.Context, id ads.Ref) (*ads.Campaign, error) {
	return root[*ads.Campaign](ctx, r.Resolver, id, ads.LevelCampaign)
}

// AdGroup returns an ad group of an advertiser that the viewer may see.
func (r queryResolver) AdGroup(ctx context.Context, id ads.Ref) (*ads.AdGroup, error) {
	return root[*ads.AdGroup](ctx, r.Resolver, id, ads.LevelAdGroup)
}

// Ad returns an ad of an advertiser that the viewer may see.
func (r queryResolver) Ad(ctx context.Context, id ads.Ref) (*ads.Ad, error) {
	return root[*ads.Ad](ctx, r.Resolver, id, ads.LevelAd)
}

// Node returns whatever an id names, if the viewer may see it.
func (r queryResolver) Node(ctx context.Context, id ads.Ref) (model.Node, error) {
	nodes, errs := r.nodes(ctx, []ads.Ref{id})
	return nodes[0], errs[0]
}

// Nodes returns what the ids name, nil for what is not there.
func (r queryResolver) Nodes(ctx context.Context, ids []ads.Ref) ([]model.Node, error) {
	if len(ids) > maxIDs {
		return nil, fault.New(fault.TooLarge, "nodes takes at most %d ids, not %d.", maxIDs, len(ids)).In("ids")
	}
	nodes, errs := r.nodes(ctx, ids)
	for i, err := range errs {
		if err != nil && fault.CodeOf(err) != fault.NotFound { // the others are there all the same
			graphql.AddError(ctx, gqlerror.WrapPath(append(graphql.GetPath(ctx), ast.PathIndex(i)), err))
		}
	}
	return nodes, nil
}

// nodes reads entities of any kind: first the advertisers, which decide what
// the viewer may see, then everything below them at once.
func (r queryResolver) nodes(ctx context.Context, ids []ads.Ref) ([]model.Node, []error) {
	nodes, errs := make([]model.Node, len(ids)), make([]error, len(ids))
	load := loader.From(ctx)
	advertisers := make([]setwise.Thunk[*ads.Advertiser], len(ids))
	for i, id := range ids {
		advertisers[i] = setwise.Thunk[*ads.Advertiser](load.Advertiser.Load(ctx, id.Advertiser))
	}
	load.Flush()
	sel := r.registry.Current(ctx)
	below := make([]setwise.Thunk[model.Node], len(ids))
	for i, id := range ids {
		a, err := advertisers[i]()
		if err == nil {
			err = a.Require(id.Level.Capability())
		}
		if err != nil {
			below[i] = failed[model.Node](err)
			continue
		}
		switch id.Level {
		case ads.LevelAdvertiser:
			below[i] = done[model.Node](a)
		case ads.LevelCampaign:
			below[i] = then(campaignOf(ctx, a, id.ID, columns(id.Level, sel)), func(c *ads.Campaign) model.Node { return c })
		case ads.LevelAdGroup:
			below[i] = then(adGroupOf(ctx, a, id.ID, columns(id.Level, sel)), func(g *ads.AdGroup) model.Node { return g })
		case ads.LevelAd:
			below[i] = then(adOf(ctx, a, id.ID, columns(id.Level, sel)), func(d *ads.Ad) model.Node { return d })
		case ads.LevelPin:
			below[i] = then(pinOf(ctx, a, id.ID, columns(id.Level, sel)), func(p *ads.Pin) model.Node { return p })
		default:
			below[i] = objectOf[model.Node](ctx, a, id.Level, id.ID, columns(id.Level, sel))
		}
	}
	load.Flush()
	for i := range ids {
		nodes[i], errs[i] = below[i]()
	}
	return nodes, errs
}

// MetricCatalogue returns every metric.
func (queryResolver) MetricCatalogue(context.Context) ([]metrics.Metric, error) {
	return metrics.Catalogue(), nil
}

// Limits returns what may be asked for at most.
func (r queryResolver) Limits(context.Context) (*model.Limits, error) {
	return &model.Limits{
		PageRows: store.MaxPage, OperationRows: r.limits[LimitRows].Max, Depth: r.limits[LimitDepth].Max,
		Fields: r.limits[LimitFields].Max, RootFields: r.limits[LimitRootFields].Max,
		Ids: maxIDs, Thresholds: maxThresholds, ReportDays: metrics.MaxDays, BreakdownDays: metrics.BreakdownDays, CursorMinutes: int(store.VersionLife.Minutes()),
		HourlyDays: metrics.MaxHourlyDays, HourlyRetentionDays: metrics.HourlyRetentionDays,
	}, nil
}

// What follows is what gqlgen's executor needs below the root fields. Each
// starts the read that fields.go starts, and waits for it alone.

func (viewerResolver) Name(ctx context.Context, v *model.Viewer) (*string, error) {
	return now(ctx, then(person(ctx, v), func(u loader.User) *string { return &u.Name }))
}

func (viewerResolver) Email(ctx context.Context, v *model.Viewer) (*string, error) {
	return now(ctx, then(person(ctx, v), func(u loader.User) *string { return &u.Email }))
}

func (r viewerResolver) Advertisers(ctx context.Context, v *model.Viewer, first int, after, search *string, orderBy *model.AdvertiserOrder, report *model.ReportInput) (*model.Connection, error) {
	p, err := planAccounts(first, after, search, orderBy, report, r.registry.Current(ctx))
	if err != nil {
		return nil, err
	}
	return now(ctx, r.accounts(ctx, v, p))
}

func (r advertiserResolver) Campaigns(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.CampaignFilter, orderBy *model.CampaignOrder, report *model.ReportInput) (*model.Connection, error) {
	p, err := planCampaigns(ads.LevelAdvertiser, listArgs[model.CampaignFilter, model.CampaignOrder]{first, after, filter, orderBy, report}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

func (r advertiserResolver) AdGroups(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.AdGroupFilter, orderBy *model.AdGroupOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.adGroupsNow(ctx, a, ads.LevelAdvertiser, a.ID, listArgs[model.AdGroupFilter, model.AdGroupOrder]{first, after, filter, orderBy, report})
}

func (r advertiserResolver) Ads(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.AdFilter, orderBy *model.AdOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.adsNow(ctx, a, ads.LevelAdvertiser, a.ID, listArgs[model.AdFilter, model.AdOrder]{first, after, filter, orderBy, report})
}

func (r advertiserResolver) Pins(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.PinFilter, orderBy *model.PinOrder, report *model.ReportInput) (*model.Connection, error) {
	p, err := planPins(ads.LevelAdvertiser, listArgs[model.PinFilter, model.PinOrder]{first, after, filter, orderBy, report}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

func (r advertiserResolver) Metrics(ctx context.Context, a *ads.Advertiser, in model.ReportInput) (*metrics.Report, error) {
	return r.reportNow(ctx, a, ads.LevelAdvertiser, a.ID, in)
}

func (campaignResolver) Delivery(ctx context.Context, c *ads.Campaign) (*ads.Delivery, error) {
	return now(ctx, campaignDelivery(ctx, c))
}

func (r campaignResolver) BudgetProgress(ctx context.Context, c *ads.Campaign) (*ads.BudgetProgress, error) {
	return now(ctx, r.campaignProgress(ctx, c))
}

func (r adGroupResolver) BudgetProgress(ctx context.Context, g *ads.AdGroup) (*ads.BudgetProgress, error) {
	return now(ctx, r.adGroupProgress(ctx, g))
}

func (r campaignResolver) AdGroups(ctx context.Context, c *ads.Campaign, first int, after *string, filter *model.AdGroupFilter, orderBy *model.AdGroupOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.adGroupsNow(ctx, c.Advertiser, ads.LevelCampaign, c.ID, listArgs[model.AdGroupFilter, model.AdGroupOrder]{first, after, filter, orderBy, report})
}

func (r campaignResolver) Ads(ctx context.Context, c *ads.Campaign, first int, after *string, filter *model.AdFilter, orderBy *model.AdOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.adsNow(ctx, c.Advertiser, ads.LevelCampaign, c.ID, listArgs[model.AdFilter, model.AdOrder]{first, after, filter, orderBy, report})
}

func (r campaignResolver) Metrics(ctx context.Context, c *ads.Campaign, in model.ReportInput) (*metrics.Report, error) {
	return r.reportNow(ctx, c.Advertiser, ads.LevelCampaign, c.ID, in)
}

func (adGroupResolver) Delivery(ctx context.Context, g *ads.AdGroup) (*ads.Delivery, error) {
	return now(ctx, adGroupDelivery(ctx, g))
}

func (r adGroupResolver) Campaign(ctx context.Context, g *ads.AdGroup) (*ads.Campaign, error) {
	return now(ctx, campaignOf(ctx, g.Advertiser, g.CampaignID, columns(ads.LevelCampaign, r.registry.Current(ctx))))
}

func (r adGroupResolver) Ads(ctx context.Context, g *ads.AdGroup, first int, after *string, filter *model.AdFilter, orderBy *model.AdOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.adsNow(ctx, g.Advertiser, ads.LevelAdGroup, g.ID, listArgs[model.AdFilter, model.AdOrder]{first, after, filter, orderBy, report})
}

func (r adGroupResolver) Metrics(ctx context.Context, g *ads.AdGroup, in model.ReportInput) (*metrics.Report, error) {
	return r.reportNow(ctx, g.Advertiser, ads.LevelAdGroup, g.ID, in)
}

func (adResolver) Delivery(ctx context.Context, a *ads.Ad) (*ads.Delivery, error) {
	return now(ctx, adDelivery(ctx, a))
}

func (r adResolver) Campaign(ctx context.Context, a *ads.Ad) (*ads.Campaign, error) {
	return now(ctx, campaignOf(ctx, a.Advertiser, a.CampaignID, columns(ads.LevelCampaign, r.registry.Current(ctx))))
}

func (r adResolver) AdGroup(ctx context.Context, a *ads.Ad) (*ads.AdGroup, error) {
	return now(ctx, adGroupOf(ctx, a.Advertiser, a.AdGroupID, columns(ads.LevelAdGroup, r.registry.Current(ctx))))
}

func (r adResolver) Pin(ctx context.Context, a *ads.Ad) (*ads.Pin, error) {
	if a.Pin != nil {
		return a.Pin, nil
	}
	return now(ctx, pinOf(ctx, a.Advertiser, a.PinID, columns(ads.LevelPin, r.registry.Current(ctx))))
}

func (r pinResolver) Ads(ctx context.Context, p *ads.Pin, first int, after *string, filter *model.AdFilter, orderBy *model.AdOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.adsNow(ctx, p.Advertiser, ads.LevelPin, p.ID, listArgs[model.AdFilter, model.AdOrder]{first, after, filter, orderBy, report})
}

func (r pinResolver) Metrics(ctx context.Context, p *ads.Pin, in model.ReportInput) (*metrics.Report, error) {
	return r.reportNow(ctx, p.Advertiser, ads.LevelPin, p.ID, in)
}

func (r adResolver) Metrics(ctx context.Context, a *ads.Ad, in model.ReportInput) (*metrics.Report, error) {
	return r.reportNow(ctx, a.Advertiser, ads.LevelAd, a.ID, in)
}

func (r reportResolver) Series(ctx context.Context, report *metrics.Report, g metrics.Granularity) ([]metrics.Bucket, error) {
	p, err := planSeries(g, r.registry.Current(ctx))
	if err != nil {
		return nil, err
	}
	return now(ctx, r.series(ctx, report, p))
}

func (r reportResolver) Breakdown(ctx context.Context, report *metrics.Report, by metrics.Dimension, first int, orderBy *model.BreakdownOrder) (*metrics.Breakdown, error) {
	p, err := planBreakdown(by, first, orderBy, r.registry.Current(ctx))
	if err != nil {
		return nil, err
	}
	return now(ctx, r.breakdown(ctx, report, p))
}

func (r partResolver) Series(ctx context.Context, row *metrics.BreakdownRow, g metrics.Granularity) ([]metrics.Bucket, error) {
	p, err := planSeries(g, r.registry.Current(ctx))
	if err != nil {
		return nil, err
	}
	return now(ctx, partSeries(ctx, row, p))
}

func (valuesResolver) NullReason(_ context.Context, v *metrics.Values, name metrics.Name) (*metrics.NullReason, error) {
	return v.NullReason(name), nil
}

// Node serves every kind of edge.
func (edgeResolver[T]) Node(_ context.Context, e *store.Row) (T, error) { return e.Entity.(T), nil }

// Facets serves every kind of connection that has them.
func (r facetResolver) Facets(ctx context.Context, c *model.Connection) (*model.Facets, error) {
	fields, err := planFacets(nil, r.registry.Current(ctx))
	if err != nil {
		return nil, err
	}
	return now(ctx, facets(ctx, c, fields))
}

func (r *Resolver) listNow(ctx context.Context, a *ads.Advertiser, parent int64, p *listPlan, err error) (*model.Connection, error) {
	if err != nil {
		return nil, err
	}
	return now(ctx, r.list(ctx, a, parent, p))
}

func (r *Resolver) adGroupsNow(ctx context.Context, a *ads.Advertiser, under ads.Level, parent int64, in listArgs[model.AdGroupFilter, model.AdGroupOrder]) (*model.Connection, error) {
	p, err := planAdGroups(under, in, r.registry.Current(ctx))
	return r.listNow(ctx, a, parent, p, err)
}

func (r *Resolver) adsNow(ctx context.Context, a *ads.Advertiser, under ads.Level, parent int64, in listArgs[model.AdFilter, model.AdOrder]) (*model.Connection, error) {
	p, err := planAds(under, in, r.registry.Current(ctx))
	return r.listNow(ctx, a, parent, p, err)
}

func (r *Resolver) reportNow(ctx context.Context, a *ads.Advertiser, level ads.Level, id int64, in model.ReportInput) (*metrics.Report, error) {
	return now(ctx, r.report(ctx, a, level, id, planReport(in, []setwise.Selected{r.registry.Current(ctx)})))
}

package graph

import (
	"context"
	"strings"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

type keywordArgs = listArgs[model.KeywordFilter, model.KeywordOrder]

// keywords is the field of an advertiser or an ad group that lists keywords;
// owner returns its advertiser and its id.
func keywords[T any](r *Resolver, under ads.Level, owner func(*T) (*ads.Advertiser, int64)) *setwise.Field {
	return setwise.Load("keywords", func(a *args, sel selected) (*listPlan, error) {
		in := decodeList[model.KeywordFilter, model.KeywordOrder](a, "KeywordFilter", "KeywordOrder")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planKeywords(under, in, sel)
	}, func(ctx context.Context, obj *T, p *listPlan) setwise.Thunk[*model.Connection] {
		a, id := owner(obj)
		return r.keywords(ctx, a, id, p)
	})
}

func planKeywords(under ads.Level, args keywordArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelKeyword, Under: under, First: args.first}
	var refs ownRefs
	if f := args.filter; f != nil {
		var err error
		if l.Filter.CampaignIDs, err = refs.ids("campaignIds", ads.LevelCampaign, f.CampaignIds); err != nil {
			return nil, err
		}
		if l.Filter.AdGroupIDs, err = refs.ids("adGroupIds", ads.LevelAdGroup, f.AdGroupIds); err != nil {
			return nil, err
		}
		store.AnyOf(&l.Filter, "MATCH_TYPE", f.MatchType)
		store.Is(&l.Filter, "NEGATIVE", f.IsNegative)
		store.Is(&l.Filter, "ARCHIVED", f.IsArchived)
		if err := whereContains(&l.Filter, "VALUE", "valueContains", f.ValueContains); err != nil {
			return nil, err
		}
		if err := commonFilter(&l.Filter, nil, f.Metrics); err != nil {
			return nil, err
		}
	}
	if o := args.orderBy; o != nil {
		if err := setOrder(&l.Order, (*string)(o.Field), o.Metric, nil, o.Direction); err != nil {
			return nil, err
		}
	}
	p, err := planList(l, args.after, args.report, sel, refs...)
	l.Sums = false // keywords overlap
	if err != nil || p.report == nil {
		return p, err
	}
	known := metrics.DeliveredByViewer
	if p.report.attribution != metrics.DefaultAttribution() {
		known &^= metrics.Attributed
	}
	l.Current, l.Prior = l.Current&known, l.Prior&known // whatever is selected of totals, which are null
	return p, checkKeyworded(p, known, sel)
}

// checkKeyworded reports metrics that are asked for, to show, sort or filter,
// and are made of others than the known measures.
func checkKeyworded(p *listPlan, known metrics.Set, sel selected) error {
	asked := map[metrics.Name]bool{p.list.Order.Metric: true}
	for _, t := range p.list.Filter.Metrics {
		asked[t.Metric] = true
	}
	for _, path := range [][]string{{"total"}, {"previous"}, {"change"}, {"series", "values"}} {
		for _, m := range selectedMetrics(sel.Below(append([]string{"edges", "metrics"}, path...)...)) {
			asked[m.Name] = true
		}
	}
	for _, series := range sel.Below("edges", "metrics", "series") {
		if series.Arg("granularity") == string(metrics.Hourly) {
			return fault.New(fault.Unsupported, "Keywords have no numbers by HOUR, only by DAY, WEEK and MONTH.").In("granularity")
		}
	}
	var unknown []string
	hint := ""
	for _, m := range metrics.Catalogue() {
		if !asked[m.Name] || m.Bases()&^known == 0 {
			continue
		}
		unknown = append(unknown, string(m.Name))
		if m.Bases()&^metrics.DeliveredByViewer == 0 {
			hint = " They count conversions under the default attribution only."
		}
	}
	if unknown == nil {
		return nil
	}
	return fault.New(fault.Unsupported, "Keywords have no numbers for %s.%s", strings.Join(unknown, ", "), hint)
}

// keywords starts reading the keywords of one parent.
func (r *Resolver) keywords(ctx context.Context, a *ads.Advertiser, parent int64, p *listPlan) setwise.Thunk[*model.Connection] {
	if p.report != nil {
		today := ads.DayOf(r.Store.Now(), a.Zone)
		window, err := p.report.resolve(today)
		if err == nil {
			err = metrics.BreakdownBy(metrics.ByKeyword).CheckDays(window, today)
		}
		if err != nil {
			return failed[*model.Connection](err)
		}
	}
	return then(r.list(ctx, a, parent, p), func(c *model.Connection) *model.Connection {
		c.Totals = nil // keywords overlap
		return c
	})
}

func (r *Resolver) keywordsNow(ctx context.Context, a *ads.Advertiser, under ads.Level, parent int64, in keywordArgs) (*model.Connection, error) {
	p, err := planKeywords(under, in, r.registry.Current(ctx))
	if err != nil {
		return nil, err
	}
	return now(ctx, r.keywords(ctx, a, parent, p))
}

func (r advertiserResolver) Keywords(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.KeywordFilter, orderBy *model.KeywordOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.keywordsNow(ctx, a, ads.LevelAdvertiser, a.ID, keywordArgs{first, after, filter, orderBy, report})
}

func (r adGroupResolver) Keywords(ctx context.Context, g *ads.AdGroup, first int, after *string, filter *model.KeywordFilter, orderBy *model.KeywordOrder, report *model.ReportInput) (*model.Connection, error) {
	return r.keywordsNow(ctx, g.Advertiser, ads.LevelAdGroup, g.ID, keywordArgs{first, after, filter, orderBy, report})
}

// keywordAdGroup starts reading a keyword's ad group, if it has one.
func keywordAdGroup(ctx context.Context, k *ads.Keyword, columns store.Columns) setwise.Thunk[*ads.AdGroup] {
	if k.AdGroupID == nil {
		return done[*ads.AdGroup](nil)
	}
	return adGroupOf(ctx, k.Advertiser, *k.AdGroupID, columns)
}

type (
	keywordResolver struct{ *Resolver }
)

// Keyword returns the resolvers of Keyword.
func (r *Resolver) Keyword() generated.KeywordResolver { return keywordResolver{r} }

// KeywordEdge returns the resolvers of KeywordEdge.
func (r *Resolver) KeywordEdge() generated.KeywordEdgeResolver { return edgeResolver[*ads.Keyword]{} }

func (r keywordResolver) Campaign(ctx context.Context, k *ads.Keyword) (*ads.Campaign, error) {
	return now(ctx, campaignOf(ctx, k.Advertiser, k.CampaignID, columns(ads.LevelCampaign, r.registry.Current(ctx))))
}

func (r keywordResolver) AdGroup(ctx context.Context, k *ads.Keyword) (*ads.AdGroup, error) {
	return now(ctx, keywordAdGroup(ctx, k, columns(ads.LevelAdGroup, r.registry.Current(ctx))))
}

package graph

import (
	"context"

	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Each function here starts one kind of read and returns what waits for it.
// gqlgen's resolvers and the fields that are answered set-wise share them.

func campaignOf(ctx context.Context, a *ads.Advertiser, id int64, columns store.Columns) setwise.Thunk[*ads.Campaign] {
	return setwise.Thunk[*ads.Campaign](loader.From(ctx).Campaign.Load(ctx, store.EntityKey{Advertiser: a, ID: id, Columns: columns}))
}

func adGroupOf(ctx context.Context, a *ads.Advertiser, id int64, columns store.Columns) setwise.Thunk[*ads.AdGroup] {
	return setwise.Thunk[*ads.AdGroup](loader.From(ctx).AdGroup.Load(ctx, store.EntityKey{Advertiser: a, ID: id, Columns: columns}))
}

func adOf(ctx context.Context, a *ads.Advertiser, id int64, columns store.Columns) setwise.Thunk[*ads.Ad] {
	return setwise.Thunk[*ads.Ad](loader.From(ctx).Ad.Load(ctx, store.EntityKey{Advertiser: a, ID: id, Columns: columns}))
}

func pinOf(ctx context.Context, a *ads.Advertiser, id int64, columns store.Columns) setwise.Thunk[*ads.Pin] {
	return setwise.Thunk[*ads.Pin](loader.From(ctx).Pin.Load(ctx, store.EntityKey{Advertiser: a, ID: id, Columns: columns}))
}

// The deliveries were usually read with the row; if not, they are read now.

func campaignDelivery(ctx context.Context, c *ads.Campaign) setwise.Thunk[*ads.Delivery] {
	if c.Delivery != nil {
		return done(c.Delivery)
	}
	return then(campaignOf(ctx, c.Advertiser, c.ID, store.DeliveryOnly), func(c *ads.Campaign) *ads.Delivery { return c.Delivery })
}

func adGroupDelivery(ctx context.Context, g *ads.AdGroup) setwise.Thunk[*ads.Delivery] {
	if g.Delivery != nil {
		return done(g.Delivery)
	}
	return then(adGroupOf(ctx, g.Advertiser, g.ID, store.DeliveryOnly), func(g *ads.AdGroup) *ads.Delivery { return g.Delivery })
}

func adDelivery(ctx context.Context, a *ads.Ad) setwise.Thunk[*ads.Delivery] {
	if a.Delivery != nil {
		return done(a.Delivery)
	}
	return then(adOf(ctx, a.Advertiser, a.ID, store.DeliveryOnly), func(a *ads.Ad) *ads.Delivery { return a.Delivery })
}

// campaignProgress and adGroupProgress start reading what was spent of a
// budget.

func (r *Resolver) campaignProgress(ctx context.Context, c *ads.Campaign) setwise.Thunk[*ads.BudgetProgress] {
	if c.Budget() == nil {
		return done[*ads.BudgetProgress](nil)
	}
	thunk := loader.From(ctx).Spending.Load(ctx, store.SpendingKey{Advertiser: c.Advertiser, Level: ads.LevelCampaign, ID: c.ID})
	return then(setwise.Thunk[ads.Spending](thunk), func(s ads.Spending) *ads.BudgetProgress { return c.Progress(s, r.Store.Now()) })
}

func (r *Resolver) adGroupProgress(ctx context.Context, g *ads.AdGroup) setwise.Thunk[*ads.BudgetProgress] {
	if g.Budget() == nil {
		return done[*ads.BudgetProgress](nil)
	}
	thunk := loader.From(ctx).Spending.Load(ctx, store.SpendingKey{Advertiser: g.Advertiser, Level: ads.LevelAdGroup, ID: g.ID})
	return then(setwise.Thunk[ads.Spending](thunk), func(s ads.Spending) *ads.BudgetProgress { return g.Progress(s, r.Store.Now()) })
}

// report starts reading the numbers of one entity.
func (r *Resolver) report(ctx context.Context, a *ads.Advertiser, level ads.Level, id int64, p *reportPlan) setwise.Thunk[*metrics.Report] {
	w, err := p.window(a, r.Store.Now())
	if err != nil {
		return failed[*metrics.Report](err)
	}
	made := &metrics.Report{Advertiser: a, Window: w, Level: level, ID: id}
	if p.current|p.prior == 0 { // only the context or a series is wanted
		made.Total, made.Previous = metrics.NewFrame(0, a.Currency).Zero(), metrics.NewFrame(0, a.Currency).Zero()
		return done(made)
	}
	if p.days != 0 && !(p.current | p.prior).Has(metrics.People) { // the days are wanted too, and add up to the rest
		thunk := loader.From(ctx).Series.Load(ctx, store.SeriesKey{
			Advertiser: a, Level: level, ID: id, Window: w, Measures: p.days | p.current | p.prior,
		})
		return func() (*metrics.Report, error) {
			read, err := thunk()
			if err != nil {
				return nil, err
			}
			made.AddUp(read.Days, read.Measures)
			return made, nil
		}
	}
	key := store.TotalsKey{Advertiser: a, Level: level, ID: id, Window: w, Current: p.current, Prior: p.prior}
	thunk := loader.From(ctx).Totals.Load(ctx, key)
	return func() (*metrics.Report, error) {
		t, err := thunk()
		made.Total, made.Previous = t.Total, t.Previous
		return made, err
	}
}

// seriesPlan is a series asked for, whatever it is of.
type seriesPlan struct {
	granularity metrics.Granularity
	measures    metrics.Set
}

func planSeries(g metrics.Granularity, sel setwise.Selected) (*seriesPlan, error) {
	values := sel.Below("values")
	if err := g.Check(selectedMetrics(values)); err != nil {
		return nil, err
	}
	return &seriesPlan{g, measures(values)}, nil
}

// series starts reading a report day by day or hour by hour, to be put into
// buckets.
func (r *Resolver) series(ctx context.Context, report *metrics.Report, p *seriesPlan) setwise.Thunk[[]metrics.Bucket] {
	if p.granularity == metrics.Hourly {
		return hourly(ctx, report, p, r.Store.Now())
	}
	a, days := report.Advertiser, report.Window.Range
	summed := p.measures &^ metrics.Of(metrics.People) // nobody counts people by day
	var thunk func() (loader.Days, error)
	switch key, ofList := report.List.(store.ListKey); {
	case summed == 0: // empty buckets are all that is wanted
		thunk = done(loader.Days{})
	case report.DayMeasures&summed == summed: // read with the report
		thunk = done(loader.Days{Days: report.Days, Measures: report.DayMeasures})
	case ofList:
		thunk = loader.From(ctx).SetSeries.Load(ctx, store.SetSeriesKey{Of: key, Measures: summed})
	default:
		thunk = loader.From(ctx).Series.Load(ctx, store.SeriesKey{
			Advertiser: a, Level: report.Level, ID: report.ID, Window: metrics.Window{Range: days, Attribution: report.Window.Attribution, Version: report.Window.Version}, Measures: summed,
		})
	}
	return func() ([]metrics.Bucket, error) {
		read, err := thunk()
		if err != nil {
			return nil, err
		}
		frame := metrics.NewFrame(read.Measures|p.measures, a.Currency)
		buckets, ofDay := days.Buckets(p.granularity, frame, a.Freshness, a.Zone)
		for _, day := range read.Days {
			if day.Offset < 0 || day.Offset >= len(ofDay) {
				continue // of the earlier range
			}
			sums := buckets[ofDay[day.Offset]].Values.Sums
			for i, n := range day.Sums { // reach is last in a frame, so the positions agree
				sums[i] += n
			}
		}
		return buckets, nil
	}
}

// person starts reading who the viewer is.
func person(ctx context.Context, v *model.Viewer) setwise.Thunk[loader.User] {
	return setwise.Thunk[loader.User](loader.From(ctx).User.Load(ctx, v.UserID))
}

// root reads an entity by its id, with its advertiser, if the viewer may see it.
func root[V any](ctx context.Context, r *Resolver, ref ads.Ref, level ads.Level) (v V, err error) {
	if ref.Level != level {
		return v, fault.New(fault.NotFound, "The id is not of this kind.").In("id")
	}
	if loader.From(ctx).SharesAccess {
		nodes, errs := queryResolver{r}.nodes(ctx, []ads.Ref{ref})
		if errs[0] != nil {
			return v, errs[0]
		}
		return nodes[0].(V), nil
	}
	viewer, err := auth.From(ctx)
	if err != nil {
		return v, err
	}
	found, err := r.Store.Root(ctx, viewer.UserID, ref, columns(level, r.registry.Current(ctx)))
	if err != nil {
		return v, err
	}
	return found.(V), nil
}

// now waits for a read at once, for callers that have nothing to batch it with.
func now[V any](ctx context.Context, t setwise.Thunk[V]) (V, error) {
	loader.From(ctx).Flush()
	return t()
}

// done is the thunk of a value that is there already.
func done[V any](v V) setwise.Thunk[V] {
	return func() (V, error) { return v, nil }
}

// then is the thunk of something that a read value holds.
func then[A, B any](t setwise.Thunk[A], get func(A) B) setwise.Thunk[B] {
	return func() (b B, err error) {
		a, err := t()
		if err != nil {
			return b, err
		}
		return get(a), nil
	}
}

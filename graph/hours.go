package graph

import (
	"context"
	"sort"
	"time"

	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// hourly starts reading a report hour by hour, to be put into buckets.
func hourly(ctx context.Context, report *metrics.Report, p *seriesPlan, now time.Time) setwise.Thunk[[]metrics.Bucket] {
	a, days := report.Advertiser, report.Window.Range
	if err := days.CheckHourly(ads.DayOf(now, a.Zone)); err != nil {
		return failed[[]metrics.Bucket](err)
	}
	var thunk func() (loader.Hours, error)
	switch key, ofList := report.List.(store.ListKey); {
	case p.measures == 0: // empty buckets are all that is wanted
		thunk = done(loader.Hours{})
	case ofList:
		thunk = loader.From(ctx).SetHours.Load(ctx, store.SetSeriesKey{Of: key, Measures: p.measures})
	default:
		thunk = loader.From(ctx).Hours.Load(ctx, store.SeriesKey{
			Advertiser: a, Level: report.Level, ID: report.ID, Window: metrics.Window{Range: days}, Measures: p.measures,
		})
	}
	return func() ([]metrics.Bucket, error) {
		read, err := thunk()
		if err != nil {
			return nil, err
		}
		buckets := days.HourBuckets(metrics.NewFrame(read.Measures, a.Currency), a.Freshness, a.Zone)
		for _, hour := range read.Hours {
			at := time.Unix(hour.At, 0)
			i := sort.Search(len(buckets), func(i int) bool { return buckets[i].StartAt.After(at) }) - 1
			for j, n := range hour.Sums {
				buckets[i].Values.Sums[j] += n
			}
		}
		return buckets, nil
	}
}

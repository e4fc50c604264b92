package loader

import (
	"context"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Hours is the hours in which something delivered, and the measures read.
type Hours struct {
	Hours    []metrics.Hour
	Measures metrics.Set
}

func (l *Loaders) hours(ctx context.Context, keys []store.SeriesKey) ([]Hours, []error) {
	return eachGroup(ctx, keys, func(k store.SeriesKey) ads.Level { return k.Level },
		func(ctx context.Context, _ ads.Level, keys []store.SeriesKey) ([]Hours, []error) {
			hours, measures, err := l.store.Hours(ctx, keys)
			return allOrNone(hoursWith(hours, measures), err)
		})
}

func (l *Loaders) setHours(ctx context.Context, keys []store.SetSeriesKey) ([]Hours, []error) {
	type group struct {
		list     *store.List
		measures metrics.Set
	}
	return eachGroup(ctx, keys, func(k store.SetSeriesKey) group { return group{k.Of.List, k.Measures} },
		func(ctx context.Context, g group, keys []store.SetSeriesKey) ([]Hours, []error) {
			hours, err := l.store.SetHours(ctx, keys)
			return allOrNone(hoursWith(hours, g.measures), err)
		})
}

// hoursWith says of each key's hours which measures they hold.
func hoursWith(hours [][]metrics.Hour, measures metrics.Set) []Hours {
	list := make([]Hours, len(hours))
	for i := range hours {
		list[i] = Hours{hours[i], measures}
	}
	return list
}

// Package loader batches the reads of one response: whoever owns a level of the
// answer asks for every key of it, then flushes, then takes the results.
package loader

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/graph-gophers/dataloader/v7"
	"golang.org/x/sync/errgroup"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Loaders are the loaders of one response for one viewer. They are made afresh
// for each, so that nothing is ever stale or shared between viewers.
type Loaders struct {
	store *store.Store
	flush []func()
	// SharesAccess is true where root fields share the decision who may see what.
	SharesAccess bool

	Advertiser *dataloader.Loader[int64, *ads.Advertiser]
	Campaign   *dataloader.Loader[store.EntityKey, *ads.Campaign]
	AdGroup    *dataloader.Loader[store.EntityKey, *ads.AdGroup]
	Ad         *dataloader.Loader[store.EntityKey, *ads.Ad]
	Pin        *dataloader.Loader[store.EntityKey, *ads.Pin]
	Object     *dataloader.Loader[ObjectKey, any]
	Labels     *dataloader.Loader[store.LinkKey, []ads.Label]
	Audiences  *dataloader.Loader[store.LinkKey, []ads.AdGroupAudience]
	TagEvents  *dataloader.Loader[store.TagEventsKey, []ads.TagEvents]
	Lists      *dataloader.Loader[*Level, Listings]
	Totals     *dataloader.Loader[store.TotalsKey, store.Totals]
	Series     *dataloader.Loader[store.SeriesKey, Days]
	SetSeries  *dataloader.Loader[store.SetSeriesKey, Days]
	Breakdown  *dataloader.Loader[store.BreakdownKey, metrics.Parts]
	PartSeries *dataloader.Loader[store.BreakdownSeriesKey, Days]
	Hours      *dataloader.Loader[store.SeriesKey, Hours]
	SetHours   *dataloader.Loader[store.SetSeriesKey, Hours]
	Markers    *dataloader.Loader[store.MarkersKey, []ads.ChangeMarker]
	Spending   *dataloader.Loader[store.SpendingKey, ads.Spending]
	Facets     *dataloader.Loader[store.FacetsKey, map[store.Facets][]store.Facet]
	Billing    *dataloader.Loader[*ads.Advertiser, *ads.Billing]
	Unread     *dataloader.Loader[*ads.Advertiser, int]
	User       *dataloader.Loader[int64, User]
	Accounts   *dataloader.Loader[*store.AdvertiserList, *store.Listing]
}

// ObjectKey names an object beside the hierarchy, such as an audience.
type ObjectKey struct {
	Kind ads.Level
	store.EntityKey
}

// Days is the days on which something delivered, and the measures read.
type Days struct {
	Days     []metrics.Day
	Measures metrics.Set
}

// User is a person.
type User struct{ Name, Email string }

// wait is only a net for a caller that forgets to flush: it is long enough
// never to split a batch on a busy machine.
const wait = time.Second

// inputs is the size of a loader's queue; it fits a page's worth of keys.
const inputs = 256

// New returns empty loaders that read for a user. Access is that of the
// operation, nil if it has a single root field.
func New(s *store.Store, user int64, access *Access) *Loaders {
	l := &Loaders{store: s, SharesAccess: access != nil}
	l.Advertiser = add(l, func(ctx context.Context, ids []int64) (list []*ads.Advertiser, errs []error) {
		var found map[int64]*ads.Advertiser
		var err error
		if access != nil {
			found, err = access.advertisers(ctx, ids)
		} else {
			found, err = s.Advertisers(ctx, user, ids)
		}
		if err != nil {
			return nil, []error{err}
		}
		list, errs = make([]*ads.Advertiser, len(ids)), make([]error, len(ids))
		for i, id := range ids {
			if list[i] = found[id]; list[i] == nil {
				errs[i] = fault.Missing("advertiser")
			}
		}
		return list, errs
	})
	l.Campaign = entities[*ads.Campaign](l, ads.LevelCampaign, "campaign")
	l.AdGroup = entities[*ads.AdGroup](l, ads.LevelAdGroup, "ad group")
	l.Ad = entities[*ads.Ad](l, ads.LevelAd, "ad")
	l.Pin = entities[*ads.Pin](l, ads.LevelPin, "pin")
	l.Object = add(l, l.objects)
	l.Labels = add(l, oneStatement(s.CampaignLabels))
	l.Audiences = add(l, oneStatement(s.AdGroupAudiences))
	l.TagEvents = add(l, oneStatement(s.TagEvents))
	l.Lists = add(l, l.lists)
	l.Totals = add(l, l.totals)
	l.Series = add(l, l.series)
	l.SetSeries = add(l, l.setSeries)
	l.Hours = add(l, l.hours)
	l.SetHours = add(l, l.setHours)
	l.Markers = add(l, func(ctx context.Context, keys []store.MarkersKey) ([][]ads.ChangeMarker, []error) {
		return eachGroup(ctx, keys, func(k store.MarkersKey) ads.Level { return k.Level },
			func(ctx context.Context, _ ads.Level, keys []store.MarkersKey) ([][]ads.ChangeMarker, []error) {
				return allOrNone(s.Markers(ctx, keys))
			})
	})
	l.Facets = add(l, l.facets)
	l.Breakdown = add(l, l.breakdowns)
	l.PartSeries = add(l, l.partSeries)
	l.Spending = add(l, func(ctx context.Context, keys []store.SpendingKey) ([]ads.Spending, []error) {
		return eachGroup(ctx, keys, func(k store.SpendingKey) ads.Level { return k.Level },
			func(ctx context.Context, _ ads.Level, keys []store.SpendingKey) ([]ads.Spending, []error) {
				return allOrNone(s.Spendings(ctx, keys))
			})
	})
	l.Billing = add(l, oneStatement(s.Billings))
	l.Unread = add(l, oneStatement(s.UnreadNotifications))
	l.User = add(l, func(ctx context.Context, ids []int64) ([]User, []error) {
		return eachAlone(ctx, ids, func(ctx context.Context, id int64) (u User, err error) {
			u.Name, u.Email, err = s.User(ctx, id)
			return u, err
		})
	})
	l.Accounts = add(l, func(ctx context.Context, keys []*store.AdvertiserList) ([]*store.Listing, []error) {
		return eachAlone(ctx, keys, s.AdvertiserListing)
	})
	return l
}

// Flush sends off what was asked for since the last flush, every loader's
// batch at once.
func (l *Loaders) Flush() {
	for _, f := range l.flush {
		f()
	}
}

type contextKey struct{}

// NewContext returns a context that carries loaders.
func NewContext(ctx context.Context, l *Loaders) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From returns the loaders of the response that ctx belongs to.
func From(ctx context.Context) *Loaders { return ctx.Value(contextKey{}).(*Loaders) }

// add makes a loader of a batch function and registers it for Flush. The
// function returns a value and an error per key, or one error for all.
func add[K comparable, V any](l *Loaders, batch func(context.Context, []K) ([]V, []error)) *dataloader.Loader[K, V] {
	made := dataloader.NewBatchedLoader(func(ctx context.Context, keys []K) []*dataloader.Result[V] {
		values, errs := batch(ctx, keys)
		results, pointers := make([]dataloader.Result[V], len(keys)), make([]*dataloader.Result[V], len(keys))
		for i := range keys {
			pointers[i] = &results[i]
			switch {
			case values == nil:
				results[i].Error = errs[0]
			case errs != nil && errs[i] != nil:
				results[i].Error = errs[i]
			default:
				results[i].Data = values[i]
			}
		}
		return pointers
	}, dataloader.WithWait[K, V](wait), dataloader.WithInputCapacity[K, V](inputs))
	l.flush = append(l.flush, made.Flush)
	return made
}

func entities[T any](l *Loaders, level ads.Level, what string) *dataloader.Loader[store.EntityKey, T] {
	return add(l, func(ctx context.Context, keys []store.EntityKey) ([]T, []error) {
		return readEntities[T](ctx, l.store, level, what, keys)
	})
}

func readEntities[T any](ctx context.Context, s *store.Store, level ads.Level, what string, keys []store.EntityKey) ([]T, []error) {
	found, err := s.Entities(ctx, level, keys)
	if err != nil {
		return nil, []error{err}
	}
	list, errs := make([]T, len(keys)), make([]error, len(keys))
	for i := range keys {
		if found[i] == nil {
			errs[i] = fault.Missing(what)
			continue
		}
		list[i] = found[i].(T)
	}
	return list, errs
}

func (l *Loaders) objects(ctx context.Context, keys []ObjectKey) ([]any, []error) {
	return eachGroup(ctx, keys, func(k ObjectKey) ads.Level { return k.Kind },
		func(ctx context.Context, kind ads.Level, keys []ObjectKey) ([]any, []error) {
			plain := make([]store.EntityKey, len(keys))
			for i, k := range keys {
				plain[i] = k.EntityKey
			}
			return readEntities[any](ctx, l.store, kind, store.Noun(kind), plain)
		})
}

// Level is the lists that one field asks for, below all rows of a level of the
// answer: one key for the loader instead of hundreds.
type Level struct{ Keys []store.ListKey }

// Listings is the answer to a Level: a listing or an error for each of its keys.
type Listings struct {
	Listings []*store.Listing
	Errors   []error
}

func (l *Loaders) lists(ctx context.Context, levels []*Level) ([]Listings, []error) {
	return eachGroup(ctx, levels, func(k *Level) *store.List { return k.Keys[0].List },
		func(ctx context.Context, _ *store.List, levels []*Level) ([]Listings, []error) {
			// The same parent may stand in several places of a level, and a level may come
			// in parts. Each list is read once.
			var keys []store.ListKey
			places := map[store.ListKey]int{}
			for _, level := range levels {
				for _, k := range level.Keys {
					if _, again := places[k]; !again {
						places[k] = len(keys)
						keys = append(keys, k)
					}
				}
			}
			found, errs := l.store.Lists(ctx, keys)
			answers := make([]Listings, len(levels))
			for i, level := range levels {
				n := len(level.Keys)
				answers[i] = Listings{make([]*store.Listing, n), make([]error, n)}
				for j, k := range level.Keys {
					answers[i].Listings[j], answers[i].Errors[j] = found[places[k]], errs[places[k]]
				}
			}
			return answers, nil
		})
}

func (l *Loaders) totals(ctx context.Context, keys []store.TotalsKey) ([]store.Totals, []error) {
	return eachGroup(ctx, keys, func(k store.TotalsKey) ads.Level { return k.Level },
		func(ctx context.Context, _ ads.Level, keys []store.TotalsKey) ([]store.Totals, []error) {
			return allOrNone(l.store.Totals(ctx, keys))
		})
}

func (l *Loaders) series(ctx context.Context, keys []store.SeriesKey) ([]Days, []error) {
	return eachGroup(ctx, keys, func(k store.SeriesKey) ads.Level { return k.Level },
		func(ctx context.Context, _ ads.Level, keys []store.SeriesKey) ([]Days, []error) {
			days, measures, err := l.store.Series(ctx, keys)
			return allOrNone(daysWith(days, measures), err)
		})
}

func (l *Loaders) setSeries(ctx context.Context, keys []store.SetSeriesKey) ([]Days, []error) {
	type group struct {
		list     *store.List
		measures metrics.Set
	}
	return eachGroup(ctx, keys, func(k store.SetSeriesKey) group { return group{k.Of.List, k.Measures} },
		func(ctx context.Context, g group, keys []store.SetSeriesKey) ([]Days, []error) {
			days, err := l.store.SetSeries(ctx, keys)
			return allOrNone(daysWith(days, g.measures), err)
		})
}

func (l *Loaders) facets(ctx context.Context, keys []store.FacetsKey) ([]map[store.Facets][]store.Facet, []error) {
	type group struct {
		list   *store.List
		fields store.Facets
	}
	return eachGroup(ctx, keys, func(k store.FacetsKey) group { return group{k.Of.List, k.Fields} },
		func(ctx context.Context, _ group, keys []store.FacetsKey) ([]map[store.Facets][]store.Facet, []error) {
			return allOrNone(l.store.Facets(ctx, keys))
		})
}

// daysWith says of each key's days which measures they hold.
func daysWith(days [][]metrics.Day, measures metrics.Set) []Days {
	list := make([]Days, len(days))
	for i := range days {
		list[i] = Days{days[i], measures}
	}
	return list
}

// oneStatement is a batch of keys that all share a statement.
func oneStatement[K, V any](read func(context.Context, []K) ([]V, error)) func(context.Context, []K) ([]V, []error) {
	return func(ctx context.Context, keys []K) ([]V, []error) { return allOrNone(read(ctx, keys)) }
}

func (l *Loaders) breakdowns(ctx context.Context, keys []store.BreakdownKey) ([]metrics.Parts, []error) {
	return eachGroup(ctx, keys, func(k store.BreakdownKey) ads.Level { return k.Level },
		func(ctx context.Context, _ ads.Level, keys []store.BreakdownKey) ([]metrics.Parts, []error) {
			return allOrNone(l.store.Breakdowns(ctx, keys))
		})
}

func (l *Loaders) partSeries(ctx context.Context, keys []store.BreakdownSeriesKey) ([]Days, []error) {
	type group struct {
		level     ads.Level
		dimension metrics.Dimension
	}
	return eachGroup(ctx, keys, func(k store.BreakdownSeriesKey) group { return group{k.Level, k.Dimension} },
		func(ctx context.Context, _ group, keys []store.BreakdownSeriesKey) ([]Days, []error) {
			days, measures, err := l.store.BreakdownSeries(ctx, keys)
			return allOrNone(daysWith(days, measures), err)
		})
}

func allOrNone[V any](values []V, err error) ([]V, []error) {
	if err != nil {
		return nil, []error{err}
	}
	return values, nil
}

// eachGroup splits keys into groups that can share a statement and reads the
// groups at once.
func eachGroup[K any, G comparable, V any](ctx context.Context, keys []K, group func(K) G,
	read func(context.Context, G, []K) ([]V, []error),
) ([]V, []error) {
	var order []G
	members := map[G][]int{}
	for i, k := range keys {
		g := group(k)
		if members[g] == nil {
			order = append(order, g)
		}
		members[g] = append(members[g], i)
	}
	if len(order) == 1 {
		return read(ctx, order[0], keys)
	}
	values, errs := make([]V, len(keys)), make([]error, len(keys))
	var all errgroup.Group
	for _, g := range order {
		all.Go(func() error {
			mine := make([]K, len(members[g]))
			for j, i := range members[g] {
				mine[j] = keys[i]
			}
			vs, es := safely(ctx, g, mine, read)
			for j, i := range members[g] {
				switch {
				case vs == nil:
					errs[i] = es[0]
				case es != nil && es[j] != nil:
					errs[i] = es[j]
				default:
					values[i] = vs[j]
				}
			}
			return nil
		})
	}
	_ = all.Wait() // the functions return no error
	return values, errs
}

// safely turns a panic into an error: these goroutines have nobody above them
// who would.
func safely[K any, G comparable, V any](ctx context.Context, g G, keys []K, read func(context.Context, G, []K) ([]V, []error)) (values []V, errs []error) {
	defer func() {
		if p := recover(); p != nil {
			values, errs = nil, []error{fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	return read(ctx, g, keys)
}

// eachAlone reads keys that cannot share a statement, at once.
func eachAlone[K comparable, V any](ctx context.Context, keys []K, read func(context.Context, K) (V, error)) ([]V, []error) {
	return eachGroup(ctx, keys, func(k K) K { return k }, func(ctx context.Context, k K, _ []K) ([]V, []error) {
		v, err := read(ctx, k)
		return allOrNone([]V{v}, err)
	})
}

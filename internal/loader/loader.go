// Package loader batches the reads of one response: whoever owns a level of the
// answer asks for every key of it, then flushes, then takes the results.
package loader

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/graph-gophers/dataloader/v7"
	"golang.org/x/sync/errgroup"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// Loaders are the loaders of one response for one viewer. They are made afresh
// for each, so that nothing is ever stale or shared between viewers.
type Loaders struct {
	store *store.Store
	mu    sync.Mutex
	flush []func() // of the loaders that were asked; guarded by mu
	// SharesAccess is true where root fields share the decision who may see what.
	SharesAccess bool
	// trace is what notes down batches; nil for nothing.
	trace *Trace
	field string // that is being asked for, by its path; see Asking

	Advertiser Loader[int64, *ads.Advertiser]
	Campaign   Loader[store.EntityKey, *ads.Campaign]
	AdGroup    Loader[store.EntityKey, *ads.AdGroup]
	Ad         Loader[store.EntityKey, *ads.Ad]
	Pin        Loader[store.EntityKey, *ads.Pin]
	Object     Loader[ObjectKey, any]
	Labels     Loader[store.LinkKey, []ads.Label]
	Audiences  Loader[store.LinkKey, []ads.AdGroupAudience]
	TagEvents  Loader[store.TagEventsKey, []ads.TagEvents]
	Lists      Loader[*Level, Listings]
	Totals     Loader[store.TotalsKey, store.Totals]
	Series     Loader[store.SeriesKey, Days]
	SetSeries  Loader[store.SetSeriesKey, Days]
	Breakdown  Loader[store.BreakdownKey, metrics.Parts]
	PartSeries Loader[store.BreakdownSeriesKey, Days]
	Hours      Loader[store.SeriesKey, Hours]
	SetHours   Loader[store.SetSeriesKey, Hours]
	Markers    Loader[store.MarkersKey, []ads.ChangeMarker]
	Spending   Loader[store.SpendingKey, ads.Spending]
	Facets     Loader[store.FacetsKey, map[store.Facets][]store.Facet]
	Billing    Loader[*ads.Advertiser, *ads.Billing]
	Unread     Loader[*ads.Advertiser, int]
	User       Loader[int64, User]
	Accounts   Loader[*store.AdvertiserList, *store.Listing]
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
// operation, nil if it has a single root field; trace is nil unless somebody wants
// to know of the batches.
func New(s *store.Store, user int64, access *Access, trace *Trace) *Loaders {
	l := &Loaders{store: s, SharesAccess: access != nil, trace: trace}
	l.Advertiser.use(l, "Advertiser", func(ctx context.Context, ids []int64) (list []*ads.Advertiser, errs []error) {
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
	l.Campaign.use(l, "Campaign", entities[*ads.Campaign](l, ads.LevelCampaign, "campaign"))
	l.AdGroup.use(l, "AdGroup", entities[*ads.AdGroup](l, ads.LevelAdGroup, "ad group"))
	l.Ad.use(l, "Ad", entities[*ads.Ad](l, ads.LevelAd, "ad"))
	l.Pin.use(l, "Pin", entities[*ads.Pin](l, ads.LevelPin, "pin"))
	l.Object.use(l, "Object", l.objects)
	l.Labels.use(l, "Labels", oneStatement(s.CampaignLabels))
	l.Audiences.use(l, "Audiences", oneStatement(s.AdGroupAudiences))
	l.TagEvents.use(l, "TagEvents", oneStatement(s.TagEvents))
	l.Lists.use(l, "Lists", l.lists)
	l.Totals.use(l, "Totals", l.totals)
	l.Series.use(l, "Series", l.series)
	l.SetSeries.use(l, "SetSeries", l.setSeries)
	l.Hours.use(l, "Hours", l.hours)
	l.SetHours.use(l, "SetHours", l.setHours)
	l.Markers.use(l, "Markers", func(ctx context.Context, keys []store.MarkersKey) ([][]ads.ChangeMarker, []error) {
		return eachGroup(ctx, keys, func(k store.MarkersKey) ads.Level { return k.Level },
			func(ctx context.Context, _ ads.Level, keys []store.MarkersKey) ([][]ads.ChangeMarker, []error) {
				return allOrNone(s.Markers(ctx, keys))
			})
	})
	l.Facets.use(l, "Facets", l.facets)
	l.Breakdown.use(l, "Breakdown", l.breakdowns)
	l.PartSeries.use(l, "PartSeries", l.partSeries)
	l.Spending.use(l, "Spending", func(ctx context.Context, keys []store.SpendingKey) ([]ads.Spending, []error) {
		return eachGroup(ctx, keys, func(k store.SpendingKey) ads.Level { return k.Level },
			func(ctx context.Context, _ ads.Level, keys []store.SpendingKey) ([]ads.Spending, []error) {
				return allOrNone(s.Spendings(ctx, keys))
			})
	})
	l.Billing.use(l, "Billing", oneStatement(s.Billings))
	l.Unread.use(l, "Unread", oneStatement(s.UnreadNotifications))
	l.User.use(l, "User", func(ctx context.Context, ids []int64) ([]User, []error) {
		return eachAlone(ctx, ids, func(ctx context.Context, id int64) (u User, err error) {
			u.Name, u.Email, err = s.User(ctx, id)
			return u, err
		})
	})
	l.Accounts.use(l, "Accounts", func(ctx context.Context, keys []*store.AdvertiserList) ([]*store.Listing, []error) {
		return eachAlone(ctx, keys, s.AdvertiserListing)
	})
	return l
}

// Flush sends off what was asked for since the last flush, every loader's
// batch at once.
func (l *Loaders) Flush() {
	l.mu.Lock()
	asked := l.flush
	l.mu.Unlock()
	for _, f := range asked {
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

// Loader is a dataloader, which is made when it is first asked: an answer needs
// a few of all that there are.
type Loader[K comparable, V any] struct {
	of    *Loaders
	name  string
	batch func(context.Context, []K) ([]V, []error)
	once  sync.Once
	made  *dataloader.Loader[K, V]
}

// use says how keys are read. The function returns a value and an error per key,
// or one error for all.
func (l *Loader[K, V]) use(of *Loaders, name string, batch func(context.Context, []K) ([]V, []error)) {
	l.of, l.name, l.batch = of, name, batch
}

// Load asks for a key, to be read with all others at the next Flush. The thunk
// waits for that.
func (l *Loader[K, V]) Load(ctx context.Context, key K) dataloader.Thunk[V] {
	l.once.Do(l.build)
	if l.of.trace != nil {
		l.of.trace.asked(l.of, l.name, any(key))
	}
	return l.made.Load(ctx, key)
}

// build makes the dataloader and registers it for Flush.
func (l *Loader[K, V]) build() {
	l.made = dataloader.NewBatchedLoader(func(ctx context.Context, keys []K) []*dataloader.Result[V] {
		if l.of.trace != nil {
			ctx = store.WithBatch(ctx, l.of.trace.began(l.of, l.name, len(keys)))
		}
		ctx, span := observe.StartBatch(ctx, l.name, len(keys))
		defer span.End()
		values, errs := l.batch(ctx, keys)
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
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	l.of.flush = append(l.of.flush, l.made.Flush)
}

func entities[T any](l *Loaders, level ads.Level, what string) func(context.Context, []store.EntityKey) ([]T, []error) {
	return func(ctx context.Context, keys []store.EntityKey) ([]T, []error) {
		return readEntities[T](ctx, l.store, level, what, keys)
	}
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
// answer: one key for the loader instead of hundreds. They share a List, and
// those of an advertiser a window.
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
			type parent struct {
				advertiser *ads.Advertiser
				id         int64
			}
			var keys []store.ListKey
			places := map[parent]int{}
			at := make([][]int, len(levels))
			for i, level := range levels {
				at[i] = make([]int, len(level.Keys))
				for j, k := range level.Keys {
					p := parent{k.Advertiser, k.Parent}
					place, again := places[p]
					if !again {
						place = len(keys)
						places[p] = place
						keys = append(keys, k)
					}
					at[i][j] = place
				}
			}
			found, errs := l.store.Lists(ctx, keys)
			answers := make([]Listings, len(levels))
			for i := range levels {
				answers[i] = Listings{make([]*store.Listing, len(at[i])), make([]error, len(at[i]))}
				for j, place := range at[i] {
					answers[i].Listings[j], answers[i].Errors[j] = found[place], errs[place]
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

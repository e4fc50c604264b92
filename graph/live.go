package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

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
	"adsgraph/internal/store"
)

// The types whose fields gqlgen resolves, and not the set-wise answer.
const (
	subscription  = "Subscription"
	campaignEvent = "CampaignEvent"
)

// eventTime is how long reading for one event may take.
const eventTime = 10 * time.Second

// Subscription returns the resolver of what clients follow.
func (r *Resolver) Subscription() generated.SubscriptionResolver { return subscriptionResolver{r} }

// CampaignEvent returns the resolver of an event's campaign.
func (r *Resolver) CampaignEvent() generated.CampaignEventResolver { return campaignEventResolver{r} }

type (
	subscriptionResolver  struct{ *Resolver }
	campaignEventResolver struct{ *Resolver }
)

// CampaignChanged follows the campaigns of an advertiser.
func (r subscriptionResolver) CampaignChanged(ctx context.Context, advertiser ads.Ref) (<-chan *model.CampaignEvent, error) {
	return follow(ctx, r.Resolver, advertiser, false, func(e *live.Event, a *ads.Advertiser) *model.CampaignEvent {
		return &model.CampaignEvent{Advertiser: a, Event: e, Missed: e.Missed}
	})
}

// MetricsAdvanced follows the numbers of an advertiser.
func (r subscriptionResolver) MetricsAdvanced(ctx context.Context, advertiser ads.Ref) (<-chan *model.MetricsTick, error) {
	return follow(ctx, r.Resolver, advertiser, true, func(e *live.Event, a *ads.Advertiser) *model.MetricsTick {
		return &model.MetricsTick{AdvertiserID: a.Ref(), DataAsOf: a.Freshness.DataAsOf, Missed: e.Missed}
	})
}

// follow subscribes to a topic and passes on its events, each once the viewer
// was found to be still allowed to see it.
func follow[T any](ctx context.Context, r *Resolver, ref ads.Ref, numbers bool, event func(*live.Event, *ads.Advertiser) *T) (<-chan *T, error) {
	viewer, err := auth.From(ctx)
	end := ends(ctx)
	switch {
	case err != nil:
		return nil, err
	case ref.Level != ads.LevelAdvertiser:
		return nil, fault.New(fault.NotFound, "The id is not of this kind.").In("advertiserId")
	case r.live == nil || end == nil:
		return nil, fault.New(fault.Unsupported, "This server has no live updates.")
	}
	// Events are collected before access is looked at: none may be lost between.
	s, err := r.live.Subscribe(live.Topic{Advertiser: ref.Advertiser, Numbers: numbers}, viewer.UserID)
	if err != nil {
		return nil, err
	}
	if _, err := r.followed(ctx, nil, ref.Advertiser, viewer.UserID); err != nil {
		s.Close()
		return nil, err
	}
	end.root = graphql.GetFieldContext(ctx)
	events := make(chan *T)
	go func() {
		defer close(events)
		defer s.Close()
		defer func() {
			if p := recover(); p != nil {
				end.set(recovered(ctx, p))
			}
		}()
		sent := 0
		defer func() {
			slog.InfoContext(ctx, "subscription ended", "field", end.root.Field.Name, "viewer", viewer.UserID, "events", sent)
		}()
		for {
			e := s.Next(ctx)
			if e == nil {
				return
			}
			a, err := r.persistently(ctx, e, viewer.UserID)
			if err != nil {
				end.set(err)
				return
			}
			select {
			case events <- event(e, a):
				sent++
			case <-ctx.Done():
				return
			}
		}
	}()
	return events, nil
}

// persistently reads a followed advertiser for an event. While the database is
// away, which lasts for seconds when it starts anew, it tries again.
func (r *Resolver) persistently(ctx context.Context, e *live.Event, user int64) (*ads.Advertiser, error) {
	for pause := 100 * time.Millisecond; ; pause *= 2 {
		a, err := r.followed(ctx, e, e.Advertiser, user)
		if code := fault.CodeOf(err); ctx.Err() != nil || code != fault.Unavailable && code != fault.Timeout || pause > 4*time.Second {
			return a, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// accessOf is the key of what all subscribers of an event may see.
type accessOf struct{}

// seen is an advertiser as each of those who were asked for sees it.
type seen struct {
	asked []int64 // sorted
	by    map[int64]*ads.Advertiser
}

// followed returns an advertiser that a user follows, read for an event, or for
// none. Everybody who follows it in this process is looked at in one statement.
func (r *Resolver) followed(ctx context.Context, e *live.Event, advertiser, user int64) (*ads.Advertiser, error) {
	var found map[int64]*ads.Advertiser
	if e != nil && r.live.Fresh(e) {
		all, err := e.Memo.Do(ctx, accessOf{}, eventTime, func(ctx context.Context) (any, error) {
			users := r.live.Users(e.Topic)
			by, err := r.Store.AdvertiserFor(ctx, advertiser, users)
			return seen{users, by}, err
		})
		if err != nil {
			return nil, err
		}
		s := all.(seen)
		if _, asked := slices.BinarySearch(s.asked, user); asked {
			found = s.by
		}
	}
	if found == nil {
		ctx, cancel := context.WithTimeout(ctx, eventTime)
		defer cancel()
		byID, err := r.Store.Advertisers(ctx, user, []int64{advertiser})
		if err != nil {
			return nil, err
		}
		found = map[int64]*ads.Advertiser{user: byID[advertiser]}
	}
	a := found[user]
	if a == nil {
		return nil, fault.Missing("advertiser")
	}
	return a, a.Require(ads.ViewCampaigns)
}

// ------------------------------------------------------------------ the event's campaign

// campaignOfEvent starts to read the campaign of an event.
func campaignOfEvent(ctx context.Context, e *model.CampaignEvent, columns store.Columns) setwise.Thunk[*ads.Campaign] {
	if e.Missed {
		return done[*ads.Campaign](nil)
	}
	read := campaignOf(ctx, e.Advertiser, e.Event.Campaign, columns)
	return func() (*ads.Campaign, error) {
		c, err := read()
		if fault.CodeOf(err) == fault.NotFound {
			return nil, nil
		}
		return c, err
	}
}

type heldKey struct{}

// held is the event of a field; gqlgen shows it to nobody but the resolver.
type held struct{ event *model.CampaignEvent }

// Campaign reads the campaign of an event, or shows the event to answerEvent.
func (r campaignEventResolver) Campaign(ctx context.Context, e *model.CampaignEvent) (*ads.Campaign, error) {
	if h, ok := ctx.Value(heldKey{}).(*held); ok {
		h.event = e
		return nil, nil
	}
	return now(ctx, campaignOfEvent(ctx, e, columns(ads.LevelCampaign, r.registry.Current(ctx))))
}

// answered is the answer below an event's campaign.
type answered struct {
	data   graphql.Marshaler // nil for null
	errors gqlerror.List
}

// answerKey names what has the same answer for everybody: a place in a document
// with its variables, for those who may see the same.
type answerKey struct{ query, operation, variables, path, roles string }

// answerEvent answers what is selected below an event's campaign, once for all
// subscribers who ask the same and may see the same.
func (r *Resolver) answerEvent(ctx context.Context, next graphql.Resolver) (any, error) {
	h := &held{}
	if _, err := next(context.WithValue(ctx, heldKey{}, h)); err != nil {
		return nil, err
	}
	if h.event == nil || h.event.Missed {
		return nil, nil
	}
	e := h.event
	ctx, span := startSpan(ctx, " event")
	defer span.End()
	read := func(ctx context.Context) (graphql.Marshaler, error) {
		ctx, err := r.withLoaders(ctx)
		if err != nil {
			return nil, err
		}
		c, err := now(ctx, campaignOfEvent(ctx, e, columns(ads.LevelCampaign, r.registry.Current(ctx))))
		if err != nil || c == nil {
			return nil, err
		}
		return r.registry.Answer(ctx, c, loader.From(ctx).Flush, nil)
	}
	oc, fc := graphql.GetOperationContext(ctx), graphql.GetFieldContext(ctx)
	variables, err := json.Marshal(oc.Variables)
	if err != nil || !r.live.Fresh(e.Event) || !sharable(fc.Field.Selections) {
		ctx, cancel := context.WithTimeout(ctx, eventTime)
		defer cancel()
		m, err := read(ctx)
		return orNil(m), err
	}
	key := answerKey{oc.RawQuery, oc.OperationName, string(variables), fc.Path().String(), fmt.Sprint(e.Advertiser.ViewerRoles)}
	shared, err := e.Event.Memo.Do(ctx, key, eventTime, func(ctx context.Context) (any, error) {
		ctx = graphql.WithResponseContext(ctx, present, recovered)
		m, err := read(ctx)
		return answered{m, graphql.GetErrors(ctx)}, err
	})
	if err != nil {
		return nil, err
	}
	a := shared.(answered)
	for _, e := range a.errors {
		graphql.AddError(ctx, e)
	}
	return orNil(a.data), nil
}

// orNil keeps a nil of an interface from becoming a value.
func orNil(m graphql.Marshaler) any {
	if m == nil {
		return nil
	}
	return m
}

// sharable tells whether what is selected below a campaign is the same for all
// who have the same roles. Only the way back up to the advertiser leads to what
// is one person's own, such as saved views; its scalars are not.
func sharable(set ast.SelectionSet) bool {
	for _, s := range set {
		below, of := ast.SelectionSet(nil), ""
		switch s := s.(type) {
		case *ast.Field:
			below, of = s.SelectionSet, s.Definition.Type.Name()
		case *ast.InlineFragment:
			below = s.SelectionSet
		case *ast.FragmentSpread:
			below = s.Definition.SelectionSet
		}
		if of == "Advertiser" && !scalars(below) || !sharable(below) {
			return false
		}
	}
	return true
}

// scalars tells whether a selection set has nothing but fields without more below
// them.
func scalars(set ast.SelectionSet) bool {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if len(s.SelectionSet) > 0 {
				return false
			}
		case *ast.InlineFragment:
			if !scalars(s.SelectionSet) {
				return false
			}
		case *ast.FragmentSpread:
			if !scalars(s.Definition.SelectionSet) {
				return false
			}
		}
	}
	return true
}

// ------------------------------------------------------------------ how a stream ends

type endKey struct{}

// ending is why a stream ends.
type ending struct {
	// root is the subscription's field.
	root *graphql.FieldContext

	mu   sync.Mutex
	err  error
	told bool
}

func (e *ending) set(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.err = err
}

// take returns why the stream ended, the first time.
func (e *ending) take() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.told {
		return nil
	}
	e.told = e.err != nil
	return e.err
}

// ends returns the end of the subscription that ctx belongs to, nil for none.
func ends(ctx context.Context) *ending {
	e, _ := ctx.Value(endKey{}).(*ending)
	return e
}

// mayEnd gives each subscription a place for why it ends.
func mayEnd(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		ctx = context.WithValue(ctx, endKey{}, &ending{})
	}
	return next(ctx)
}

// rooted returns the field that ctx belongs to. Below a subscription gqlgen loses
// the root field, without which paths would be wrong and fields pass for roots.
func rooted(ctx context.Context) *graphql.FieldContext {
	fc := graphql.GetFieldContext(ctx)
	if end := ends(ctx); end != nil && fc.Parent == nil && fc.Object != subscription {
		fc.Parent = end.root
	}
	return fc
}

// tellEnd makes a last response of the error that ended a stream: gqlgen has
// none for it.
func tellEnd(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	end := ends(ctx)
	if response != nil || end == nil || ctx.Err() != nil {
		return response
	}
	err := end.take()
	if err == nil {
		return nil
	}
	name := end.root.Field.Alias
	graphql.AddError(ctx, gqlerror.WrapPath(ast.Path{ast.PathName(name)}, err))
	return &graphql.Response{Data: []byte("{" + strconv.Quote(name) + ":null}"), Errors: graphql.GetErrors(ctx)}
}

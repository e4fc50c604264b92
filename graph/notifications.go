package graph

import (
	"context"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// What people are told and advised, and the entities that it is about.

type notificationArgs = listArgs[model.NotificationFilter, struct{}]

func planNotifications(args notificationArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelNotification, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "SEVERITY", f.Severity)
		store.AnyOf(&l.Filter, "STATE", f.State)
		store.AnyOf(&l.Filter, "TYPE", f.Type)
	}
	return planObjects(l, args.after, "UNREAD_FIRST", model.DirectionDesc, sel)
}

func (r advertiserResolver) Notifications(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.NotificationFilter) (*model.Connection, error) {
	p, err := planNotifications(notificationArgs{first: first, after: after, filter: filter}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

// unreadCount starts counting what nobody has read, whatever the connection's
// filter.
func unreadCount(ctx context.Context, c *model.Connection, _ struct{}) setwise.Thunk[int] {
	return setwise.Thunk[int](loader.From(ctx).Unread.Load(ctx, c.Of.Advertiser))
}

type recommendationArgs = listArgs[model.RecommendationFilter, struct{}]

func planRecommendations(args recommendationArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelRecommendation, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "STATE", f.State)
		store.AnyOf(&l.Filter, "TYPE", f.Type)
	}
	return planObjects(l, args.after, "", "", sel)
}

func (r advertiserResolver) Recommendations(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.RecommendationFilter) (*model.Connection, error) {
	p, err := planRecommendations(recommendationArgs{first: first, after: after, filter: filter}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

// subjectPlan is what is wanted of the entities that rows are about.
type subjectPlan struct {
	// isNamed is true when the id and the name do, which came with the row.
	isNamed                    bool
	campaign, adGroup, ad, tag store.Columns
}

// planSubject sees what is selected of an entity.
func planSubject(sel selected) *subjectPlan {
	under := []selected{sel}
	p := &subjectPlan{
		isNamed: true, campaign: columns(ads.LevelCampaign, under...), adGroup: columns(ads.LevelAdGroup, under...),
		ad: columns(ads.LevelAd, under...), tag: columns(ads.LevelConversionTag, under...),
	}
	for _, name := range names(under) {
		p.isNamed = p.isNamed && (name == "id" || name == "name" || name == "__typename")
	}
	return p
}

// subject starts reading the entity that a row is about, nil for none.
func subject(ctx context.Context, a *ads.Advertiser, s ads.Subject, p *subjectPlan) setwise.Thunk[model.Node] {
	if s.Level != "" {
		if err := a.Require(s.Level.Capability()); err != nil {
			return failed[model.Node](err)
		}
	}
	switch s.Level {
	case ads.LevelCampaign:
		if p.isNamed && s.Name != nil {
			return done[model.Node](&ads.Campaign{Advertiser: a, ID: s.ID, Name: *s.Name})
		}
		return then(campaignOf(ctx, a, s.ID, p.campaign), func(c *ads.Campaign) model.Node { return c })
	case ads.LevelAdGroup:
		if p.isNamed && s.Name != nil {
			return done[model.Node](&ads.AdGroup{Advertiser: a, ID: s.ID, Name: *s.Name})
		}
		return then(adGroupOf(ctx, a, s.ID, p.adGroup), func(g *ads.AdGroup) model.Node { return g })
	case ads.LevelAd:
		if p.isNamed {
			return done[model.Node](&ads.Ad{Advertiser: a, ID: s.ID, Name: s.Name})
		}
		return then(adOf(ctx, a, s.ID, p.ad), func(d *ads.Ad) model.Node { return d })
	case ads.LevelConversionTag:
		if p.isNamed && s.Name != nil {
			return done[model.Node](&ads.ConversionTag{Advertiser: a, ID: s.ID, Name: *s.Name})
		}
		return objectOf[model.Node](ctx, a, s.Level, s.ID, p.tag)
	default:
		return done[model.Node](nil)
	}
}

// entity is the entity field of a type of rows; about returns their advertiser
// and subject.
func entity[T any](about func(*T) (*ads.Advertiser, ads.Subject)) *setwise.Field {
	return setwise.Load("entity", func(_ *args, sel selected) (*subjectPlan, error) { return planSubject(sel), nil },
		func(ctx context.Context, row *T, p *subjectPlan) setwise.Thunk[model.Node] {
			a, s := about(row)
			return subject(ctx, a, s, p)
		})
}

func aboutNotification(n *ads.Notification) (*ads.Advertiser, ads.Subject) {
	return n.Advertiser, n.Subject
}

func aboutRecommendation(r *metrics.Recommendation) (*ads.Advertiser, ads.Subject) {
	return r.Advertiser, r.Subject
}

type (
	notificationResolver           struct{ *Resolver }
	recommendationResolver         struct{ *Resolver }
	notificationConnectionResolver struct{}
)

// Notification returns the resolvers of Notification.
func (r *Resolver) Notification() generated.NotificationResolver { return notificationResolver{r} }

// Recommendation returns the resolvers of Recommendation.
func (r *Resolver) Recommendation() generated.RecommendationResolver {
	return recommendationResolver{r}
}

// NotificationConnection returns the resolvers of NotificationConnection.
func (r *Resolver) NotificationConnection() generated.NotificationConnectionResolver {
	return notificationConnectionResolver{}
}

// NotificationEdge returns the resolvers of NotificationEdge.
func (r *Resolver) NotificationEdge() generated.NotificationEdgeResolver {
	return edgeResolver[*ads.Notification]{}
}

// RecommendationEdge returns the resolvers of RecommendationEdge.
func (r *Resolver) RecommendationEdge() generated.RecommendationEdgeResolver {
	return edgeResolver[*metrics.Recommendation]{}
}

func (r notificationResolver) Entity(ctx context.Context, n *ads.Notification) (model.Node, error) {
	return now(ctx, subject(ctx, n.Advertiser, n.Subject, planSubject(r.registry.Current(ctx))))
}

func (r recommendationResolver) Entity(ctx context.Context, n *metrics.Recommendation) (model.Node, error) {
	return now(ctx, subject(ctx, n.Advertiser, n.Subject, planSubject(r.registry.Current(ctx))))
}

func (notificationConnectionResolver) UnreadCount(ctx context.Context, c *model.Connection) (*int, error) {
	return now(ctx, then(unreadCount(ctx, c, struct{}{}), func(n int) *int { return &n }))
}

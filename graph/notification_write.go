package graph

import (
	"context"

	"adsgraph/graph/model"
	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// UpdateNotifications marks notifications that the viewer may see.
func (r mutationResolver) UpdateNotifications(ctx context.Context, in model.UpdateNotificationsInput) (*model.UpdateNotificationsPayload, error) {
	if err := checkItems(len(in.Ids), "ids"); err != nil {
		return nil, err
	}
	request, err := requestFor(ctx, in.AdvertiserID, "") // it depends on the type of each
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.MarkNotifications(ctx, request, ownIDs(in.AdvertiserID, ads.LevelNotification, in.Ids), in.State)
	if err != nil {
		return nil, err
	}
	nodes, errs, err := allOrNone[*ads.Notification](ctx, r.Resolver, request.Advertiser, ads.LevelNotification, outcome, "ids", "notifications")
	return &model.UpdateNotificationsPayload{Notifications: nodes, UserErrors: errs}, err
}

// UpdateRecommendations dismisses recommendations, or opens them again.
func (r mutationResolver) UpdateRecommendations(ctx context.Context, in model.UpdateRecommendationsInput) (*model.UpdateRecommendationsPayload, error) {
	if err := checkItems(len(in.Ids), "ids"); err != nil {
		return nil, err
	}
	request, err := requestFor(ctx, in.AdvertiserID, ads.EditCampaigns)
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.MarkRecommendations(ctx, request, ownIDs(in.AdvertiserID, ads.LevelRecommendation, in.Ids), in.State)
	if err != nil {
		return nil, err
	}
	nodes, errs, err := allOrNone[*metrics.Recommendation](ctx, r.Resolver, request.Advertiser, ads.LevelRecommendation, outcome, "ids", "recommendations")
	return &model.UpdateRecommendationsPayload{Recommendations: nodes, UserErrors: errs}, err
}

package graph

import (
	"context"

	"adsgraph/graph/model"
	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// CreateSavedView saves a view as the viewer's own.
func (r mutationResolver) CreateSavedView(ctx context.Context, in model.CreateSavedViewInput) (*model.CreateSavedViewPayload, error) {
	begun, err := begin(ctx, in.AdvertiserID, ads.ViewCampaigns, in.IdempotencyKey, []any{"createSavedView", in.Screen, in.Name, string(in.Spec), in.IsShared})
	if err != nil {
		return nil, err
	}
	v, problems := ads.NewView(in.Screen, in.Name, in.Spec, in.IsShared)
	outcome := &store.SavedID{Problems: problems}
	if problems == nil {
		if outcome, err = r.Store.CreateSavedView(ctx, begun, v); err != nil {
			return nil, err
		}
	}
	node, errs, err := one[*ads.SavedView](ctx, r.Resolver, begun.Advertiser, ads.LevelSavedView, outcome.ID, outcome.Problems, "savedView")
	return &model.CreateSavedViewPayload{SavedView: node, UserErrors: errs, IsReplay: outcome.IsReplay}, err
}

// UpdateSavedView changes a view of the viewer's own.
func (r mutationResolver) UpdateSavedView(ctx context.Context, in model.UpdateSavedViewInput) (*model.UpdateSavedViewPayload, error) {
	request, err := requestFor(ctx, in.AdvertiserID, ads.ViewCampaigns)
	if err != nil {
		return nil, err
	}
	p := ads.ViewPatch{Name: optional(in.Name), IsShared: optional(in.IsShared)}
	if spec, isSet := in.Spec.ValueOK(); isSet {
		p.Spec.IsSet = true
		if spec != nil {
			p.Spec.Value = &spec
		}
	}
	outcome, err := r.Store.UpdateSavedView(ctx, request, ownID(in.AdvertiserID, ads.LevelSavedView, in.ID, 0), p)
	if err != nil {
		return nil, err
	}
	node, errs, err := one[*ads.SavedView](ctx, r.Resolver, request.Advertiser, ads.LevelSavedView, outcome.ID, outcome.Problems, "savedView")
	return &model.UpdateSavedViewPayload{SavedView: node, UserErrors: errs}, err
}

// DeleteSavedView throws a view of the viewer's own away.
func (r mutationResolver) DeleteSavedView(ctx context.Context, in model.DeleteSavedViewInput) (*model.DeleteSavedViewPayload, error) {
	request, err := requestFor(ctx, in.AdvertiserID, ads.ViewCampaigns)
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.DeleteSavedView(ctx, request, ownID(in.AdvertiserID, ads.LevelSavedView, in.ID, 0))
	if err != nil {
		return nil, err
	}
	payload := &model.DeleteSavedViewPayload{}
	if outcome.ID != 0 {
		payload.DeletedID = &in.ID
	}
	payload.UserErrors, err = ofInput(outcome.Problems)
	return payload, err
}

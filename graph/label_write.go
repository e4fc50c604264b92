package graph

import (
	"context"

	"adsgraph/graph/model"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/store"
)

// CreateLabels makes labels.
func (r mutationResolver) CreateLabels(ctx context.Context, in model.CreateLabelsInput) (*model.CreateLabelsPayload, error) {
	if err := checkItems(len(in.Labels), "labels"); err != nil {
		return nil, err
	}
	labels := make([]store.LabelText, len(in.Labels))
	for i, l := range in.Labels {
		labels[i] = store.LabelText{Type: l.Type, Value: l.Value}
	}
	begun, err := begin(ctx, in.AdvertiserID, ads.EditCampaigns, in.IdempotencyKey, []any{"createLabels", labels})
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.CreateLabels(ctx, begun, labels)
	if err != nil {
		return nil, err
	}
	nodes, errs, err := allOrNone[*ads.Label](ctx, r.Resolver, begun.Advertiser, ads.LevelLabel, outcome, "labels", "labels")
	return &model.CreateLabelsPayload{Labels: nodes, UserErrors: errs, IsReplay: outcome.IsReplay}, err
}

// RenameLabels gives labels other texts.
func (r mutationResolver) RenameLabels(ctx context.Context, in model.RenameLabelsInput) (*model.RenameLabelsPayload, error) {
	if err := checkItems(len(in.Labels), "labels"); err != nil {
		return nil, err
	}
	request, err := requestFor(ctx, in.AdvertiserID, ads.EditCampaigns)
	if err != nil {
		return nil, err
	}
	labels := make([]store.LabelText, len(in.Labels))
	for i, l := range in.Labels {
		labels[i] = store.LabelText{ID: ownID(in.AdvertiserID, ads.LevelLabel, l.ID, i), Value: l.Value}
	}
	outcome, err := r.Store.RenameLabels(ctx, request, labels)
	if err != nil {
		return nil, err
	}
	nodes, errs, err := allOrNone[*ads.Label](ctx, r.Resolver, request.Advertiser, ads.LevelLabel, outcome, "labels", "labels")
	return &model.RenameLabelsPayload{Labels: nodes, UserErrors: errs}, err
}

// SetCampaignLabels changes the labels of campaigns.
func (r mutationResolver) SetCampaignLabels(ctx context.Context, in model.SetCampaignLabelsInput) (*model.SetCampaignLabelsPayload, error) {
	if err := checkItems(len(in.Campaigns), "campaigns"); err != nil {
		return nil, err
	}
	for field, refs := range map[string][]ads.Ref{"addLabelIds": in.AddLabelIds, "removeLabelIds": in.RemoveLabelIds} {
		if n := len(refs); n > store.MaxPatches {
			return nil, fault.New(fault.TooLarge, "At most %d labels can be given at once, not %d.", store.MaxPatches, n).In(field)
		}
	}
	all := ownIDs(in.AdvertiserID, ads.LevelLabel, append(append([]ads.Ref{}, in.AddLabelIds...), in.RemoveLabelIds...))
	u := store.SetLabels{
		Campaigns: make([]store.CampaignVersion, len(in.Campaigns)), Add: all[:len(in.AddLabelIds)], Remove: all[len(in.AddLabelIds):],
		SkipFailed: in.ErrorPolicy == model.ErrorPolicySkipFailed,
	}
	ids := make([]int64, len(in.Campaigns))
	for i, c := range in.Campaigns {
		u.Campaigns[i] = store.CampaignVersion{ID: ownID(in.AdvertiserID, ads.LevelCampaign, c.ID, i), Version: c.Version}
	}
	var err error
	if u.Request, err = begin(ctx, in.AdvertiserID, ads.EditCampaigns, in.IdempotencyKey, []any{"labels", u.Campaigns, u.Add, u.Remove, u.SkipFailed}); err != nil {
		return nil, err
	}
	outcome, err := r.Store.SetCampaignLabels(ctx, u)
	if err != nil {
		return nil, err
	}
	for i, c := range u.Campaigns {
		if outcome.Applied[i] {
			ids[i] = c.ID
		}
	}
	nodes, err := readBack(ctx, u.Advertiser, ids, columns(ads.LevelCampaign, r.registry.Current(ctx).Below("campaigns")...), campaignOf)
	if err != nil {
		return nil, err
	}
	whole, err := ofInput(outcome.Whole)
	if err != nil {
		return nil, err
	}
	errs, err := userErrors("campaigns", outcome.Problems)
	return &model.SetCampaignLabelsPayload{Campaigns: nodes, UserErrors: append(whole, errs...), IsReplay: outcome.IsReplay}, err
}

package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// Mutation returns the resolvers of Mutation.
func (r *Resolver) Mutation() generated.MutationResolver { return mutationResolver{r} }

type mutationResolver struct{ *Resolver }

// UpdateCampaigns changes campaigns.
func (r mutationResolver) UpdateCampaigns(ctx context.Context, in model.UpdateCampaignsInput) (*model.UpdateCampaignsPayload, error) {
	patches := make([]ads.Patch, len(in.Campaigns))
	for i, p := range in.Campaigns {
		patches[i] = ads.Patch{
			ID: ownID(in.AdvertiserID, ads.LevelCampaign, p.ID, i), Version: p.Version, Name: optional(p.Name), Status: optional(p.Status),
			Budget: micros(p.BudgetMicros), StartAt: optional(p.StartAt), EndAt: optional(p.EndAt),
		}
	}
	w := writeRequest{in.AdvertiserID, ads.LevelCampaign, patches, in.ErrorPolicy, in.IdempotencyKey, "campaigns"}
	nodes, errs, isReplay, err := update(ctx, r.Resolver, w, campaignOf)
	if err != nil {
		return nil, err
	}
	return &model.UpdateCampaignsPayload{Campaigns: nodes, UserErrors: errs, IsReplay: isReplay}, nil
}

// UpdateAdGroups changes ad groups.
func (r mutationResolver) UpdateAdGroups(ctx context.Context, in model.UpdateAdGroupsInput) (*model.UpdateAdGroupsPayload, error) {
	patches := make([]ads.Patch, len(in.AdGroups))
	for i, p := range in.AdGroups {
		patches[i] = ads.Patch{
			ID: ownID(in.AdvertiserID, ads.LevelAdGroup, p.ID, i), Version: p.Version, Name: optional(p.Name), Status: optional(p.Status),
			Budget: micros(p.BudgetMicros), Bid: micros(p.BidMicros), StartAt: optional(p.StartAt), EndAt: optional(p.EndAt),
		}
	}
	w := writeRequest{in.AdvertiserID, ads.LevelAdGroup, patches, in.ErrorPolicy, in.IdempotencyKey, "adGroups"}
	nodes, errs, isReplay, err := update(ctx, r.Resolver, w, adGroupOf)
	if err != nil {
		return nil, err
	}
	return &model.UpdateAdGroupsPayload{AdGroups: nodes, UserErrors: errs, IsReplay: isReplay}, nil
}

// UpdateAds changes ads.
func (r mutationResolver) UpdateAds(ctx context.Context, in model.UpdateAdsInput) (*model.UpdateAdsPayload, error) {
	patches := make([]ads.Patch, len(in.Ads))
	for i, p := range in.Ads {
		patches[i] = ads.Patch{ID: ownID(in.AdvertiserID, ads.LevelAd, p.ID, i), Version: p.Version, Name: optional(p.Name), Status: optional(p.Status)}
	}
	w := writeRequest{in.AdvertiserID, ads.LevelAd, patches, in.ErrorPolicy, in.IdempotencyKey, "ads"}
	nodes, errs, isReplay, err := update(ctx, r.Resolver, w, adOf)
	if err != nil {
		return nil, err
	}
	return &model.UpdateAdsPayload{Ads: nodes, UserErrors: errs, IsReplay: isReplay}, nil
}

// ownID returns the id that a reference names in an advertiser. For one of
// another advertiser or kind it is one that nothing has, another for each item.
func ownID(advertiser ads.Ref, level ads.Level, ref ads.Ref, item int) int64 {
	if ref.Level != level || ref.Advertiser != advertiser.Advertiser {
		return -int64(item) - 1
	}
	return ref.ID
}

func optional[T any](o graphql.Omittable[*T]) ads.Optional[T] {
	value, isSet := o.ValueOK()
	return ads.Optional[T]{IsSet: isSet, Value: value}
}

func micros(o graphql.Omittable[*ads.Micros]) ads.Optional[int64] {
	value, isSet := o.ValueOK()
	return ads.Optional[int64]{IsSet: isSet, Value: (*int64)(value)}
}

// writeRequest is an update as it was asked for.
type writeRequest struct {
	advertiser ads.Ref
	level      ads.Level
	patches    []ads.Patch
	policy     model.ErrorPolicy
	key        *string
	field      string // of the items, in the input and in the payload
}

// update makes an update of entities of type T, and reads those that it was
// applied to as they are then.
func update[T any](ctx context.Context, r *Resolver, w writeRequest, read func(context.Context, *ads.Advertiser, int64, store.Columns) setwise.Thunk[T]) (
	nodes []T, userErrors []model.UserError, isReplay bool, err error,
) {
	if w.advertiser.Level != ads.LevelAdvertiser {
		return nil, nil, false, fault.New(fault.NotFound, "The id is not of this kind.").In("advertiserId")
	}
	switch n := len(w.patches); {
	case n < 1:
		return nil, nil, false, fault.New(fault.Invalid, "There is nothing to change: give 1 to %d items.", store.MaxPatches).In(w.field)
	case n > store.MaxPatches:
		return nil, nil, false, fault.New(fault.TooLarge, "At most %d items can be changed at once, not %d. Send the others in another request.", store.MaxPatches, n).In(w.field)
	}
	if w.key != nil && (len(*w.key) < 8 || len(*w.key) > 128) {
		return nil, nil, false, fault.New(fault.Invalid, "An idempotency key has 8 to 128 characters.").In("idempotencyKey")
	}
	a, err := now(ctx, setwise.Thunk[*ads.Advertiser](loader.From(ctx).Advertiser.Load(ctx, w.advertiser.Advertiser)))
	if err != nil {
		return nil, nil, false, err
	}
	if err := a.Require(ads.EditCampaigns); err != nil {
		return nil, nil, false, err
	}
	u := store.Update{Advertiser: a, Level: w.level, Patches: w.patches, SkipFailed: w.policy == model.ErrorPolicySkipFailed, RequestID: observe.RequestID(ctx)}
	if w.key != nil {
		u.Key = *w.key
		if u.Hash, err = hashOf(w); err != nil {
			return nil, nil, false, err
		}
	}
	outcome, err := r.Store.Update(ctx, u)
	if err != nil {
		return nil, nil, false, err
	}
	thunks := make([]setwise.Thunk[T], len(w.patches))
	wanted := columns(w.level, r.registry.Current(ctx).Below(w.field)...)
	for i, p := range w.patches {
		if outcome.Applied[i] {
			thunks[i] = read(ctx, a, p.ID, wanted)
		}
	}
	loader.From(ctx).Flush()
	nodes = make([]T, len(w.patches))
	for i, wait := range thunks {
		if wait == nil {
			continue
		}
		if nodes[i], err = wait(); err != nil {
			return nil, nil, false, err
		}
	}
	userErrors, err = w.userErrors(outcome.Problems)
	return nodes, userErrors, outcome.IsReplay, err
}

// hashOf tells the input of a request from others. What is left out differs from
// null in it.
func hashOf(w writeRequest) (string, error) {
	text, err := json.Marshal([]any{w.level, w.policy, w.patches})
	if err != nil {
		return "", fmt.Errorf("hash the input: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// userErrors shows problems to clients.
func (w writeRequest) userErrors(problems []store.ItemProblem) ([]model.UserError, error) {
	shown := make([]model.UserError, len(problems))
	for i, p := range problems {
		path := []string{w.field, strconv.Itoa(p.Index)}
		if p.Field != "" {
			path = append(path, p.Field)
		}
		shown[i] = model.UserError{Code: p.Code, Path: path, Message: p.Message}
		if p.Params == nil {
			continue
		}
		text, err := json.Marshal(p.Params)
		if err != nil {
			return nil, fmt.Errorf("show what a problem says: %w", err)
		}
		shown[i].Params = text
	}
	return shown, nil
}

package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

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
	w := updateRequest{in.AdvertiserID, ads.LevelCampaign, campaignPatches(in.AdvertiserID, in.Campaigns), in.ErrorPolicy, in.IdempotencyKey, "campaigns"}
	nodes, o, err := update(ctx, r.Resolver, w, campaignOf)
	if err != nil {
		return nil, err
	}
	return &model.UpdateCampaignsPayload{Campaigns: nodes, UserErrors: o.userErrors, UndoToken: o.undoToken, IsReplay: o.isReplay}, nil
}

// UpdateAdGroups changes ad groups.
func (r mutationResolver) UpdateAdGroups(ctx context.Context, in model.UpdateAdGroupsInput) (*model.UpdateAdGroupsPayload, error) {
	w := updateRequest{in.AdvertiserID, ads.LevelAdGroup, adGroupPatches(in.AdvertiserID, in.AdGroups), in.ErrorPolicy, in.IdempotencyKey, "adGroups"}
	nodes, o, err := update(ctx, r.Resolver, w, adGroupOf)
	if err != nil {
		return nil, err
	}
	return &model.UpdateAdGroupsPayload{AdGroups: nodes, UserErrors: o.userErrors, UndoToken: o.undoToken, IsReplay: o.isReplay}, nil
}

// UpdateAds changes ads.
func (r mutationResolver) UpdateAds(ctx context.Context, in model.UpdateAdsInput) (*model.UpdateAdsPayload, error) {
	w := updateRequest{in.AdvertiserID, ads.LevelAd, adPatches(in.AdvertiserID, in.Ads), in.ErrorPolicy, in.IdempotencyKey, "ads"}
	nodes, o, err := update(ctx, r.Resolver, w, adOf)
	if err != nil {
		return nil, err
	}
	return &model.UpdateAdsPayload{Ads: nodes, UserErrors: o.userErrors, UndoToken: o.undoToken, IsReplay: o.isReplay}, nil
}

func campaignPatches(advertiser ads.Ref, in []model.CampaignPatch) []ads.Patch {
	patches := make([]ads.Patch, len(in))
	for i, p := range in {
		patches[i] = ads.Patch{
			ID: ownID(advertiser, ads.LevelCampaign, p.ID, i), Version: p.Version, Name: optional(p.Name), Status: optional(p.Status),
			Objective: optional(p.Objective), BudgetType: optional(p.BudgetType), Budget: micros(p.BudgetMicros),
			StartAt: optional(p.StartAt), EndAt: optional(p.EndAt),
		}
	}
	return patches
}

func adGroupPatches(advertiser ads.Ref, in []model.AdGroupPatch) []ads.Patch {
	patches := make([]ads.Patch, len(in))
	for i, p := range in {
		targeting, isSet := p.Targeting.ValueOK()
		patches[i] = ads.Patch{
			ID: ownID(advertiser, ads.LevelAdGroup, p.ID, i), Version: p.Version, Name: optional(p.Name), Status: optional(p.Status),
			BudgetType: optional(p.BudgetType), Budget: micros(p.BudgetMicros), BidStrategy: optional(p.BidStrategy), Bid: micros(p.BidMicros),
			BillableEvent: optional(p.BillableEvent), Pacing: optional(p.Pacing), Placement: optional(p.Placement),
			Targeting: ads.Optional[ads.Targeting]{IsSet: isSet, Value: targetingOf(targeting)},
			StartAt:   optional(p.StartAt), EndAt: optional(p.EndAt),
		}
	}
	return patches
}

func adPatches(advertiser ads.Ref, in []model.AdPatch) []ads.Patch {
	patches := make([]ads.Patch, len(in))
	for i, p := range in {
		patches[i] = ads.Patch{
			ID: ownID(advertiser, ads.LevelAd, p.ID, i), Version: p.Version, Name: optional(p.Name), Status: optional(p.Status),
			DestinationURL: optional(p.DestinationURL),
		}
		if pin, isSet := p.PinID.ValueOK(); isSet {
			patches[i].PinID.IsSet = true
			if pin != nil {
				patches[i].PinID.Value = new(ownID(advertiser, ads.LevelPin, *pin, i))
			}
		}
	}
	return patches
}

// targetingOf takes over a targeting, nil for null.
func targetingOf(in *model.TargetingInput) *ads.Targeting {
	if in == nil {
		return nil
	}
	return &ads.Targeting{
		Locations: in.Locations, Ages: in.AgeBuckets, Genders: in.Genders, Interests: in.Interests, Devices: in.Devices,
		Include: in.AudienceIds, Exclude: in.ExcludedAudienceIds,
	}
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

// updateRequest is an update as it was asked for.
type updateRequest struct {
	advertiser ads.Ref
	level      ads.Level
	patches    []ads.Patch
	policy     model.ErrorPolicy
	key        *string
	field      string // of the items, in the input and in the payload
}

// updated is what became of an update, besides the nodes.
type updated struct {
	userErrors []model.UserError
	undoToken  *string
	isReplay   bool
}

// readNode starts reading a node of type T.
type readNode[T any] func(context.Context, *ads.Advertiser, int64, store.Columns) setwise.Thunk[T]

// update makes an update of entities of type T, and reads those that it was
// applied to as they are then.
func update[T any](ctx context.Context, r *Resolver, w updateRequest, read readNode[T]) ([]T, *updated, error) {
	if err := checkItems(len(w.patches), w.field); err != nil {
		return nil, nil, err
	}
	begun, err := begin(ctx, w.advertiser, ads.EditCampaigns, w.key, []any{w.level, w.policy, w.patches})
	if err != nil {
		return nil, nil, err
	}
	outcome, err := r.Store.Update(ctx, store.Update{Request: begun, Level: w.level, Patches: w.patches, SkipFailed: w.policy == model.ErrorPolicySkipFailed})
	if err != nil {
		return nil, nil, err
	}
	ids := make([]int64, len(w.patches))
	for i, p := range w.patches {
		if outcome.Applied[i] {
			ids[i] = p.ID
		}
	}
	nodes, err := readBack(ctx, begun.Advertiser, ids, columns(w.level, r.registry.Current(ctx).Below(w.field)...), read)
	if err != nil {
		return nil, nil, err
	}
	o := &updated{isReplay: outcome.IsReplay}
	if o.undoToken, err = undoToken(begun.Advertiser, w.level, outcome.Undo, r.Store.Now()); err != nil {
		return nil, nil, err
	}
	o.userErrors, err = userErrors(w.field, outcome.Problems)
	return nodes, o, err
}

// checkItems checks how many items a write has.
func checkItems(n int, field string) error {
	switch {
	case n < 1:
		return fault.New(fault.Invalid, "There is nothing to do: give 1 to %d items.", store.MaxPatches).In(field)
	case n > store.MaxPatches:
		return fault.New(fault.TooLarge, "At most %d items can be given at once, not %d. Send the others in another request.", store.MaxPatches, n).In(field)
	}
	return nil
}

// begin returns what a write has to begin with: the advertiser, in which the viewer must
// have a capability, and the key, nil for none. input tells the request from others
// with the key.
func begin(ctx context.Context, advertiser ads.Ref, c ads.Capability, key *string, input any) (store.Request, error) {
	if key != nil && !isKey(*key) {
		return store.Request{}, fault.New(fault.Invalid, "An idempotency key has 8 to 128 characters of ASCII that can be seen, or spaces.").In("idempotencyKey")
	}
	a, err := permitted(ctx, advertiser, c)
	if err != nil {
		return store.Request{}, err
	}
	begun := store.Request{Advertiser: a, RequestID: observe.RequestID(ctx)}
	if key != nil {
		begun.Key = *key
		if begun.Hash, err = hashOf(input); err != nil {
			return store.Request{}, err
		}
	}
	return begun, nil
}

// editable returns an advertiser whose campaigns the viewer may change.
func editable(ctx context.Context, advertiser ads.Ref) (*ads.Advertiser, error) {
	return permitted(ctx, advertiser, ads.EditCampaigns)
}

// permitted returns an advertiser in which the viewer has a capability; "" is that of
// every member.
func permitted(ctx context.Context, advertiser ads.Ref, c ads.Capability) (*ads.Advertiser, error) {
	if advertiser.Level != ads.LevelAdvertiser {
		return nil, fault.New(fault.NotFound, "The id is not of this kind.").In("advertiserId")
	}
	a, err := now(ctx, setwise.Thunk[*ads.Advertiser](loader.From(ctx).Advertiser.Load(ctx, advertiser.Advertiser)))
	if err != nil {
		return nil, err
	}
	return a, a.Require(c)
}

// readBack reads nodes by their ids; the zero T stands where there is no id.
func readBack[T any](ctx context.Context, a *ads.Advertiser, ids []int64, wanted store.Columns, read readNode[T]) ([]T, error) {
	thunks := make([]setwise.Thunk[T], len(ids))
	for i, id := range ids {
		if id != 0 {
			thunks[i] = read(ctx, a, id, wanted)
		}
	}
	loader.From(ctx).Flush()
	nodes := make([]T, len(ids))
	for i, wait := range thunks {
		if wait == nil {
			continue
		}
		var err error
		if nodes[i], err = wait(); err != nil && fault.CodeOf(err) != fault.NotFound { // somebody may have deleted it since
			return nil, err
		}
	}
	return nodes, nil
}

// isKey tells whether a text is an idempotency key.
func isKey(text string) bool {
	return len(text) >= 8 && len(text) <= 128 && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

// hashOf tells an input from others. What is left out differs from null in it.
func hashOf(input any) (string, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return "", fmt.Errorf("hash the input: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// userErrors shows the problems of items of a field of the input to clients.
func userErrors(field string, problems []store.ItemProblem) ([]model.UserError, error) {
	shown := make([]model.UserError, len(problems))
	for i, p := range problems {
		var err error
		if shown[i], err = userError([]string{field, strconv.Itoa(p.Index)}, p.Problem); err != nil {
			return nil, err
		}
	}
	return shown, nil
}

// userError shows a problem to clients, with the path to what has it.
func userError(path []string, p ads.Problem) (model.UserError, error) {
	if p.Field != "" {
		path = append(path, strings.Split(p.Field, ".")...)
	}
	params, err := paramsOf(p.Params)
	return model.UserError{Code: p.Code, Path: path, Message: p.Message, Params: params}, err
}

func paramsOf(params map[string]any) (ads.JSON, error) {
	if params == nil {
		return nil, nil
	}
	text, err := json.Marshal(params)
	if err != nil {
		return nil, fmt.Errorf("show what a message says: %w", err)
	}
	return text, nil
}

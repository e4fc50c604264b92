package graph

import (
	"context"

	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/loader"
	"adsgraph/internal/store"
)

// InviteMember invites somebody.
func (r mutationResolver) InviteMember(ctx context.Context, in model.InviteMemberInput) (*model.InviteMemberPayload, error) {
	begun, err := begin(ctx, in.AdvertiserID, ads.EditMembers, in.IdempotencyKey, []any{"inviteMember", in.Email, in.Roles})
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.InviteMember(ctx, begun, in.Email, in.Roles)
	if err != nil {
		return nil, err
	}
	node, errs, err := one[*ads.Invitation](ctx, r.Resolver, begun.Advertiser, ads.LevelInvitation, outcome.ID, outcome.Problems, "invitation")
	return &model.InviteMemberPayload{Invitation: node, UserErrors: errs, IsReplay: outcome.IsReplay}, err
}

// RevokeInvitation takes an open invitation back.
func (r mutationResolver) RevokeInvitation(ctx context.Context, in model.RevokeInvitationInput) (*model.RevokeInvitationPayload, error) {
	request, err := requestFor(ctx, in.AdvertiserID, ads.EditMembers)
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.RevokeInvitation(ctx, request, ownID(in.AdvertiserID, ads.LevelInvitation, in.ID, 0))
	if err != nil {
		return nil, err
	}
	node, errs, err := one[*ads.Invitation](ctx, r.Resolver, request.Advertiser, ads.LevelInvitation, outcome.ID, outcome.Problems, "invitation")
	return &model.RevokeInvitationPayload{Invitation: node, UserErrors: errs}, err
}

// AcceptInvitation makes the viewer a member of the account of an invitation.
func (r mutationResolver) AcceptInvitation(ctx context.Context, in model.AcceptInvitationInput) (*model.AcceptInvitationPayload, error) {
	viewer, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	ref := in.ID
	if ref.Level != ads.LevelInvitation {
		ref.ID = -1 // nothing has it
	}
	outcome, err := r.Store.AcceptInvitation(ctx, viewer.UserID, ref)
	if err != nil {
		return nil, err
	}
	payload := &model.AcceptInvitationPayload{}
	if payload.UserErrors, err = ofInput(outcome.Problems); err != nil || outcome.ID == 0 {
		return payload, err
	}
	payload.Advertiser, err = now(ctx, setwise.Thunk[*ads.Advertiser](loader.From(ctx).Advertiser.Load(ctx, ref.Advertiser)))
	return payload, err
}

// GrantRoles gives a member roles.
func (r mutationResolver) GrantRoles(ctx context.Context, in model.GrantRolesInput) (*model.GrantRolesPayload, error) {
	request, err := requestFor(ctx, in.AdvertiserID, ads.EditMembers)
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.GrantRoles(ctx, request, ownID(in.AdvertiserID, ads.LevelMember, in.MemberID, 0), in.Roles)
	if err != nil {
		return nil, err
	}
	node, errs, err := r.member(ctx, request, outcome)
	return &model.GrantRolesPayload{Member: node, UserErrors: errs}, err
}

// RevokeRoles takes roles from a member.
func (r mutationResolver) RevokeRoles(ctx context.Context, in model.RevokeRolesInput) (*model.RevokeRolesPayload, error) {
	request, err := requestFor(ctx, in.AdvertiserID, ads.EditMembers)
	if err != nil {
		return nil, err
	}
	outcome, err := r.Store.RevokeRoles(ctx, request, ownID(in.AdvertiserID, ads.LevelMember, in.MemberID, 0), in.Roles)
	if err != nil {
		return nil, err
	}
	node, errs, err := r.member(ctx, request, outcome)
	return &model.RevokeRolesPayload{Member: node, UserErrors: errs}, err
}

func (r mutationResolver) member(ctx context.Context, request store.Request, outcome *store.Admitted) (*ads.Member, []model.UserError, error) {
	return one[*ads.Member](ctx, r.Resolver, request.Advertiser, ads.LevelMember, outcome.ID, outcome.Problems, "member")
}

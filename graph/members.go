package graph

import (
	"context"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// Who may do what in an account, who was invited, and how it came about.

type memberArgs = listArgs[model.MemberFilter, model.MemberOrder]

func planMembers(args memberArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelMember, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "ROLE", f.Role)
		if err := whereContains(&l.Filter, "TEXT", "textContains", f.TextContains); err != nil {
			return nil, err
		}
	}
	o := model.MemberOrder{Field: model.MemberFieldName, Direction: model.DirectionAsc}
	if args.orderBy != nil {
		o = *args.orderBy
	}
	return planObjects(l, args.after, string(o.Field), o.Direction, sel)
}

func (r advertiserResolver) Members(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.MemberFilter, orderBy *model.MemberOrder) (*model.Connection, error) {
	p, err := planMembers(memberArgs{first, after, filter, orderBy, nil}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

type invitationArgs = listArgs[model.InvitationFilter, struct{}]

func planInvitations(args invitationArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelInvitation, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "STATUS", f.Status)
		store.AnyOf(&l.Filter, "ROLE", f.Role)
		if err := whereContains(&l.Filter, "EMAIL", "emailContains", f.EmailContains); err != nil {
			return nil, err
		}
	}
	return planObjects(l, args.after, "", "", sel)
}

func (r advertiserResolver) Invitations(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.InvitationFilter) (*model.Connection, error) {
	p, err := planInvitations(invitationArgs{first: first, after: after, filter: filter}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

type accessLogArgs = listArgs[model.AccessChangeFilter, struct{}]

func planAccessLog(args accessLogArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelAccessChange, First: args.first}
	if f := args.filter; f != nil {
		store.AnyOf(&l.Filter, "ROLE", f.Role)
		store.AnyOf(&l.Filter, "ACTION", f.Action)
		if err := whereContains(&l.Filter, "TEXT", "textContains", f.TextContains); err != nil {
			return nil, err
		}
	}
	return planObjects(l, args.after, "", "", sel)
}

func (r advertiserResolver) AccessLog(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.AccessChangeFilter) (*model.Connection, error) {
	p, err := planAccessLog(accessLogArgs{first: first, after: after, filter: filter}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

// The resolvers of the edges.

// MemberEdge returns the resolvers of MemberEdge.
func (r *Resolver) MemberEdge() generated.MemberEdgeResolver { return edgeResolver[*ads.Member]{} }

// InvitationEdge returns the resolvers of InvitationEdge.
func (r *Resolver) InvitationEdge() generated.InvitationEdgeResolver {
	return edgeResolver[*ads.Invitation]{}
}

// AccessChangeEdge returns the resolvers of AccessChangeEdge.
func (r *Resolver) AccessChangeEdge() generated.AccessChangeEdgeResolver {
	return edgeResolver[*ads.AccessChange]{}
}

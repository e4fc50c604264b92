package graph

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/loader"
	"adsgraph/internal/store"
)

// guard returns FORBIDDEN unless the viewer has a capability in the advertiser
// that obj belongs to. A test finds fields that require one and whose objects
// are not known here.
func guard(obj any, capability string) error {
	switch o := obj.(type) {
	case *ads.Advertiser:
		return o.Require(ads.Capability(capability))
	case *ads.AdGroup:
		return o.Advertiser.Require(ads.Capability(capability))
	case *store.Row: // of a page of advertisers
		if a, ok := o.Entity.(*ads.Advertiser); ok {
			return a.Require(ads.Capability(capability))
		}
	}
	return fmt.Errorf("nobody knows whose a %T is", obj)
}

// requires is the guard for gqlgen's executor. Root fields look for themselves,
// since only their ids tell whose they are.
func requires(ctx context.Context, obj any, next graphql.Resolver, capability ads.Capability) (any, error) {
	if graphql.GetFieldContext(ctx).Parent.Parent != nil {
		if err := guard(obj, string(capability)); err != nil {
			return nil, err
		}
	}
	return next(ctx)
}

type accessKey struct{}

// shareAccess lets the root fields of a query decide together, in one statement,
// which advertisers the viewer may see. A query with one root field does so in
// the statement that reads it, and the fields of a mutation one after another.
func (r *Resolver) shareAccess(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	v, err := auth.From(ctx)
	if ids := advertisersOf(graphql.GetOperationContext(ctx)); err == nil && ids != nil {
		ctx = context.WithValue(ctx, accessKey{}, loader.NewAccess(r.Store, v.UserID, ids))
	}
	return next(ctx)
}

// advertisersOf returns the advertisers that the root fields of a query name, nil
// if there are not at least two such fields.
func advertisersOf(oc *graphql.OperationContext) (ids []int64) {
	if oc.Operation.Operation != ast.Query {
		return nil
	}
	fields := 0
	for _, field := range graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{"Query"}) {
		before := len(ids)
		for _, value := range field.ArgumentMap(oc.Variables) {
			list, isList := value.([]any)
			if !isList {
				list = []any{value}
			}
			for _, v := range list {
				text, _ := v.(string)
				if ref, err := ads.ParseRef(text); err == nil {
					ids = append(ids, ref.Advertiser)
				}
			}
		}
		if len(ids) > before {
			fields++
		}
	}
	if fields < 2 {
		return nil
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// viewerCan is the field that tells whether the viewer has a capability.
func viewerCan(name string, c ads.Capability) *setwise.Field {
	return setwise.Leaf("viewerCan"+name, func(b []byte, a *ads.Advertiser) []byte { return strconv.AppendBool(b, a.Can(c)) })
}

// The same for gqlgen's executor.

func (advertiserResolver) ViewerCanViewCampaigns(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.ViewCampaigns), nil
}

func (advertiserResolver) ViewerCanEditCampaigns(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.EditCampaigns), nil
}

func (advertiserResolver) ViewerCanViewBilling(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.ViewBilling), nil
}

func (advertiserResolver) ViewerCanViewOrderLines(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.ViewOrderLines), nil
}

func (advertiserResolver) ViewerCanViewAudiences(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.ViewAudiences), nil
}

func (advertiserResolver) ViewerCanViewConversionTags(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.ViewConversionTags), nil
}

func (advertiserResolver) ViewerCanViewMembers(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.ViewMembers), nil
}

func (advertiserResolver) ViewerCanEditMembers(_ context.Context, a *ads.Advertiser) (bool, error) {
	return a.Can(ads.EditMembers), nil
}

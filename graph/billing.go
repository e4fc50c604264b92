package graph

import (
	"context"

	"adsgraph/graph/generated"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/loader"
	"adsgraph/internal/store"
)

// How an account pays: the object billing, and the lists of documents and
// orders.

func billing(ctx context.Context, a *ads.Advertiser) setwise.Thunk[*ads.Billing] {
	return setwise.Thunk[*ads.Billing](loader.From(ctx).Billing.Load(ctx, a))
}

func (advertiserResolver) Billing(ctx context.Context, a *ads.Advertiser) (*ads.Billing, error) {
	return now(ctx, billing(ctx, a))
}

// plainArgs is the arguments of a list that has an order of its own and no
// filter.
type plainArgs = listArgs[struct{}, struct{}]

// newestFirst plans a list of a kind of object by id, the newest first.
func newestFirst(kind ads.Level) func(plainArgs, selected) (*listPlan, error) {
	return func(args plainArgs, sel selected) (*listPlan, error) {
		return planObjects(&store.List{Level: kind, First: args.first}, args.after, "", "", sel)
	}
}

// newestFirstNow answers such a list for gqlgen's executor.
func (r *Resolver) newestFirstNow(ctx context.Context, a *ads.Advertiser, kind ads.Level, first int, after *string) (*model.Connection, error) {
	p, err := newestFirst(kind)(plainArgs{first: first, after: after}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

type invoiceArgs = listArgs[model.InvoiceFilter, model.InvoiceOrder]

func planInvoices(args invoiceArgs, sel selected) (*listPlan, error) {
	l := &store.List{Level: ads.LevelInvoice, First: args.first}
	if f := args.filter; f != nil {
		if f.DueFrom != nil && f.DueTo != nil && *f.DueFrom > *f.DueTo {
			return nil, fault.New(fault.Invalid, "dueFrom, %s, is after dueTo, %s: nothing can match.", *f.DueFrom, *f.DueTo).In("filter")
		}
		store.AnyOf(&l.Filter, "STATUS", f.Status)
		store.AnyOf(&l.Filter, "TYPE", f.Type)
		store.Is(&l.Filter, "DUE_FROM", (*string)(f.DueFrom))
		store.Is(&l.Filter, "DUE_TO", (*string)(f.DueTo))
	}
	o := model.InvoiceOrder{Field: model.InvoiceFieldDueDate, Direction: model.DirectionDesc}
	if args.orderBy != nil {
		o = *args.orderBy
	}
	return planObjects(l, args.after, string(o.Field), o.Direction, sel)
}

func (r advertiserResolver) Invoices(ctx context.Context, a *ads.Advertiser, first int, after *string, filter *model.InvoiceFilter, orderBy *model.InvoiceOrder) (*model.Connection, error) {
	p, err := planInvoices(invoiceArgs{first, after, filter, orderBy, nil}, r.registry.Current(ctx))
	return r.listNow(ctx, a, a.ID, p, err)
}

func (r advertiserResolver) OrderLines(ctx context.Context, a *ads.Advertiser, first int, after *string) (*model.Connection, error) {
	return r.newestFirstNow(ctx, a, ads.LevelOrderLine, first, after)
}

// The resolvers of the edges.

// InvoiceEdge returns the resolvers of InvoiceEdge.
func (r *Resolver) InvoiceEdge() generated.InvoiceEdgeResolver { return edgeResolver[*ads.Invoice]{} }

// OrderLineEdge returns the resolvers of OrderLineEdge.
func (r *Resolver) OrderLineEdge() generated.OrderLineEdgeResolver {
	return edgeResolver[*ads.OrderLine]{}
}

package graph

import (
	"context"
	"reflect"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/graph/documents"
	"adsgraph/graph/flags"
	"adsgraph/graph/generated"
	"adsgraph/internal/auth"
	"adsgraph/internal/live"
	"adsgraph/internal/loader"
	"adsgraph/internal/quota"
	"adsgraph/internal/store"
)

// Options are the choices of whoever runs the server.
type Options struct {
	// Introspection lets clients ask for the schema.
	Introspection bool
	// Executor answers everything with gqlgen's own executor instead of
	// set-wise. The answers are the same, more slowly; tests compare the two.
	Executor bool
	// Live feeds subscriptions; nil for none.
	Live *live.Hub
	// Verify returns the viewer that a token stands for which comes over a
	// WebSocket; nil takes only those whose request carried a viewer.
	Verify func(ctx context.Context, token string) (auth.Viewer, error)
	// Documents are the trusted ones; nil for those of the screens.
	Documents *documents.Library
	// Trust is what is done with other documents; empty for TrustOpen.
	Trust Trust
	// Automatic lets clients make documents known, and then send their hash only.
	Automatic bool
	// Origins are those whose pages may open WebSockets, besides the server's own.
	Origins []string
	// Timeout is how long an operation may take that is no subscription; 0 leaves
	// that to the request's context.
	Timeout time.Duration
	// Limits bounds what clients may ask for; nil for DefaultLimits without a
	// budget.
	Limits Limits
	// Switches is what operators have switched off; nil for nothing.
	Switches *Switches
	// Flags says which variants of experiments viewers get, by whatever OpenFeature
	// provider; nil for none.
	Flags *flags.Flags
	// Kept is what the servers of a process share that follow one another; nil for
	// nothing.
	Kept *Kept

	flights *flights // for tests that look into it; nil for its own
}

// Kept is what outlives a server when another one with other limits takes over:
// what viewers have spent, as long as the budget stays the same, and the documents
// that clients made known. Servers that share it are made one after another.
type Kept struct {
	automatic *cache[string]
	budgets   *quota.Budgets
	most      int
	flights   flights
}

// budgetsOf returns the budgets of so many points.
func (k *Kept) budgetsOf(most int, now func() time.Time) *quota.Budgets {
	if k.budgets == nil || k.most != most {
		k.budgets, k.most = quota.New(most, now), most
	}
	return k.budgets
}

// NewServer returns the GraphQL handler. Requests must carry a viewer; see
// auth.NewContext.
func NewServer(s *store.Store, o Options) (*handler.Server, error) {
	if o.Limits == nil {
		o.Limits = DefaultLimits()
		delete(o.Limits, LimitBudget)
	}
	r := &Resolver{Store: s, live: o.Live, limits: o.Limits, experiments: experiments{o.Flags}}
	schema := executable(r)
	var err error
	if r.registry, err = r.fields(schema.Schema()); err != nil {
		return nil, err
	}
	srv := handler.New(schema)
	parsed := newCache("documents", maxParsed, func(text string, _ *ast.QueryDocument) int { return parsedFactor * len(text) })
	a := &admission{library: o.Documents, trust: o.Trust, parsed: parsed, experiments: r.experiments}
	if a.library == nil {
		if a.library, err = documents.Open("", "", s.Now); err != nil {
			return nil, err
		}
	}
	if o.Kept == nil {
		o.Kept = &Kept{}
	}
	if o.flights == nil {
		o.flights = &o.Kept.flights // what was written is known to later servers too
	}
	if o.Automatic {
		if o.Kept.automatic == nil {
			o.Kept.automatic = newCache("automatic", maxAutomatic, func(hash, text string) int { return len(hash) + len(text) })
		}
		a.automatic = o.Kept.automatic
	}
	if o.Live != nil {
		srv.AddTransport(Socket{Live: o.Live, Verify: o.Verify, Origins: o.Origins, admission: a})
	}
	srv.AddTransport(HTTP{
		Live: o.Live, Timeout: o.Timeout, admission: a,
		store: s, flights: o.flights,
		marks: newCache("marks", maxMarks, func(asked string, m mark) int { return len(asked) + len(m.state) + len(m.tag) }),
	})
	srv.SetQueryCache(parsed)
	srv.SetParserTokenLimit(o.Limits.parserTokens())
	srv.SetValidationRulesFn(validation)
	srv.SetDisableSuggestion(!o.Introspection)
	srv.SetErrorPresenter(present)
	srv.SetRecoverFunc(recovered)
	srv.Use(explainer{o.Introspection, a.library}) // outermost: what is only planned is not charged
	srv.AroundOperations(r.shareAccess)
	srv.AroundOperations(mayEnd)
	srv.AroundOperations(observeBeginning)
	srv.AroundResponses(logOperation)
	srv.AroundResponses(tellEnd)
	srv.AroundResponses(readAfter(s))
	if o.Switches != nil {
		srv.Use(o.Switches)
	}
	o.Limits.use(srv, a.library, r.registry.Reads, func(most int) *quota.Budgets { return o.Kept.budgetsOf(most, s.Now) })
	if o.Introspection {
		srv.Use(extension.Introspection{})
	}
	if o.Executor {
		srv.AroundFields(r.plainly)
	} else {
		srv.AroundFields(r.setWise)
	}
	return srv, nil
}

// Schema returns the schema that servers answer.
func Schema() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() }

// executable returns the schema with its resolvers and the guard of its fields.
func executable(r *Resolver) graphql.ExecutableSchema {
	c := generated.Config{Resolvers: r}
	c.Directives.Requires = requires
	return generated.NewExecutableSchema(c)
}

// setWise lets gqlgen resolve a field, then answers what is selected below the
// result for all rows at once. Since nothing below is left to gqlgen, this only
// ever sees root fields, and the fields of introspection.
func (r *Resolver) setWise(ctx context.Context, next graphql.Resolver) (any, error) {
	fc := rooted(ctx)
	switch {
	case !r.answers(fc), fc.Object == subscription: // what it gives comes later
		return next(ctx)
	case len(fc.Field.Selections) == 0: // a scalar
		ctx, err := r.withLoaders(ctx)
		if err != nil {
			return nil, err
		}
		return next(ctx)
	case fc.Object == campaignEvent:
		return r.answerEvent(ctx, next)
	}
	ctx, err := r.withLoaders(ctx)
	if err != nil {
		return nil, err
	}
	value, err := next(ctx)
	if err != nil || value == nil {
		return nil, err
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, nil
	}
	l := loader.From(ctx)
	return r.registry.Answer(ctx, value, l.Flush, l.Asking())
}

// plainly gives each root field loaders and leaves the rest to gqlgen.
func (r *Resolver) plainly(ctx context.Context, next graphql.Resolver) (any, error) {
	if fc := rooted(ctx); r.answers(fc) && fc.Object != subscription && (fc.Parent.Parent == nil || fc.Object == campaignEvent) {
		var err error
		if ctx, err = r.withLoaders(ctx); err != nil {
			return nil, err
		}
	}
	return next(ctx)
}

// answers tells whether a field is one of ours, and not of introspection.
func (r *Resolver) answers(fc *graphql.FieldContext) bool {
	return !strings.HasPrefix(fc.Object, "__") && !strings.HasPrefix(fc.Field.Name, "__")
}

// withLoaders gives a root field loaders of its own: nothing is shared between
// the fields of a mutation, or the events of a subscription, which must read
// afresh.
func (r *Resolver) withLoaders(ctx context.Context) (context.Context, error) {
	v, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	access, _ := ctx.Value(accessKey{}).(*loader.Access)
	l := loader.New(r.Store, v.UserID, access, traceOf(ctx))
	if asking := l.Asking(); asking != nil {
		asking(graphql.GetFieldContext(ctx).Field.Alias)
	}
	return loader.NewContext(ctx, l), nil
}

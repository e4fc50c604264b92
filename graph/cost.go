package graph

import (
	"context"
	"math"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/observe"
	"adsgraph/internal/quota"
	"adsgraph/internal/store"
)

// Cost is counted in points: statementPoints for each statement, 1 for each row
// that the database returns, and 1 for each metric and 30 days of its range.
const statementPoints = 10

// About how many statements a mutation and a plan of one need.
const (
	writeStatements = 10
	planStatements  = 3
)

// estimate returns what an operation of that size costs at most, save that a
// statement may return more rows than it has pages for, as facets do.
func (s size) estimate() int { return plus(plus(statementPoints*s.statements, s.read), s.metrics) }

// actual returns what an operation did cost. What it read of its metrics is as
// estimated: no count of rows tells.
func (s size) actual(executions []store.Execution) int {
	if len(executions) == 0 {
		return 0
	}
	points := statementPoints*len(executions) + s.metrics
	for _, e := range executions {
		points += e.Rows
	}
	return points
}

// price adds to s, the size of what is below a field, what reading the field
// costs.
func (m *measurer) price(f *ast.Field, args map[string]any, months int, s *size) {
	object := f.ObjectDefinition.Name
	if object == "MetricValues" {
		s.metrics = plus(s.metrics, max(1, months))
	}
	switch {
	case object == "Mutation": // one transaction, and what is read back
		s.statements = plus(s.statements, writeStatements)
		s.read = plus(s.read, longest(m.variables))
	case object == "Query" && f.Definition.Arguments.ForName("input") != nil: // a plan, of what it matches or names
		in, _ := args["input"].(map[string]any)
		n, _ := graphql.UnmarshalInt(in["maxAffected"]) // 0 without
		s.statements = plus(s.statements, planStatements)
		s.read = plus(s.read, max(0, min(n, store.MaxPatches), longest(in)))
	case (object == "Query" || object == subscription) && len(f.SelectionSet) > 0, m.reads(object, f.Name):
		s.statements = plus(s.statements, 1)
		s.read = plus(s.read, 1)
	}
	if n := pageSize(f, args); n > 0 {
		s.rows = min(n*(1+s.rows), manyOf)
		s.read = min(n*(1+s.read), manyOf)
	}
	if days, err := graphql.UnmarshalInt(args["days"]); err == nil {
		s.read = plus(s.read, min(max(days, 0), manyOf))
	}
	if g, ok := args["granularity"].(string); ok {
		s.read = plus(s.read, steps(metrics.Granularity(g), max(1, months)))
	}
}

// steps returns how many steps a series over some months has at most.
func steps(g metrics.Granularity, months int) int {
	switch g {
	case metrics.Hourly:
		return 25 * metrics.MaxHourlyDays
	case metrics.Daily:
		return 30 * months
	case metrics.Weekly:
		return 5 * months
	default:
		return months
	}
}

// monthsOf returns how many 30 days the report of a field covers, begun ones and
// those that it is compared with included; 0 for a field without a report.
func monthsOf(f *ast.Field, args map[string]any) int {
	if f.Definition.Arguments.ForName("report") == nil {
		return 0
	}
	report, _ := args["report"].(map[string]any)
	dates, _ := report["dates"].(map[string]any)
	if dates == nil {
		return 0
	}
	months := 1
	switch dates["preset"] {
	case string(metrics.ThisMonth), string(metrics.LastMonth):
		months = 2
	}
	from, _ := dates["from"].(string)
	to, _ := dates["to"].(string)
	first, err := time.Parse(time.DateOnly, from)
	last, alsoErr := time.Parse(time.DateOnly, to)
	if err == nil && alsoErr == nil && !last.Before(first) { // anything else is refused later
		months = int(math.Ceil(min(last.Sub(first).Hours()/24+1, metrics.MaxDays) / 30))
	}
	if report["compareTo"] != nil {
		months *= 2
	}
	return months
}

// charges bills viewers for what they ask, and tells them.
type charges struct {
	limit   Limit
	budgets *quota.Budgets
}

var (
	_ graphql.OperationInterceptor = &charges{}
	_ graphql.ResponseInterceptor  = &charges{}
)

// ExtensionName names the extension.
func (*charges) ExtensionName() string { return "Cost" }

// Validate accepts every schema.
func (*charges) Validate(graphql.ExecutableSchema) error { return nil }

type chargeKey struct{}

// charge is what was taken for an operation that runs.
type charge struct {
	key    quota.Key
	size   size
	points int
}

// InterceptOperation takes the estimate from the viewer's budget, or refuses.
func (c *charges) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	key, size, ok := asked(ctx)
	if !ok {
		return next(ctx)
	}
	points, wait := c.budgets.Take(key, size.estimate())
	switch {
	case wait > 0 && c.limit.Mode == Enforce:
		observe.MetricsFrom(ctx).LimitPassed(string(LimitBudget), true)
		return graphql.OneShot(logOperation(ctx, func(context.Context) *graphql.Response {
			f := fault.New(fault.RateLimited, "You have asked for much within a minute: this operation costs up to %d points, and fewer are left of %d, which fill again within a minute. Wait as long as Retry-After says.", size.estimate(), c.limit.Max)
			r := &graphql.Response{Errors: gqlerror.List{faultError(f.After(wait))}}
			c.tell(r, key, size, nil)
			return r
		}))
	case wait > 0:
		warnPassed(ctx, LimitBudget, size.estimate(), c.budgets.State(key).Remaining)
		points = min(size.estimate(), c.limit.Max)
		c.budgets.Spend(key, points)
	}
	return next(context.WithValue(ctx, chargeKey{}, charge{key, size, points}))
}

// InterceptResponse gives back what the operation did not cost, or takes what it
// cost more. The events of a subscription are free: what they read is shared.
func (c *charges) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	ctx, stats := store.WithStats(ctx)
	response := next(ctx)
	paid, ok := ctx.Value(chargeKey{}).(charge)
	if !ok { // it cannot be run, so nothing was taken
		paid.key, paid.size, ok = asked(ctx)
	}
	if response == nil || !ok || ends(ctx) != nil && len(response.Errors) == 0 {
		return response
	}
	executions := stats.Executions()
	if ends(ctx) == nil {
		c.budgets.Spend(paid.key, paid.size.actual(executions)-paid.points)
	}
	c.tell(response, paid.key, paid.size, executions)
	return response
}

// tell adds to a response what it cost.
func (c *charges) tell(r *graphql.Response, key quota.Key, s size, executions []store.Execution) {
	if r.Extensions == nil {
		r.Extensions = map[string]any{}
	}
	left := c.budgets.State(key)
	r.Extensions["cost"] = struct {
		Estimated  int   `json:"estimated"`
		Actual     int   `json:"actual"`
		Statements int   `json:"statements"`
		Budget     int   `json:"budget"`
		Remaining  int   `json:"remaining"`
		ResetMs    int64 `json:"resetMs"`
	}{s.estimate(), s.actual(executions), len(executions), left.Budget, left.Remaining, left.Reset.Milliseconds()}
}

// asked returns who asks for what advertiser, and how much; false if nobody does,
// or the operation was not measured, since it cannot be run.
func asked(ctx context.Context) (quota.Key, size, bool) {
	v, err := auth.From(ctx)
	oc := graphql.GetOperationContext(ctx)
	s, ok := oc.Stats.GetExtension(limiter{}.ExtensionName()).(size)
	if err != nil || !ok {
		return quota.Key{}, size{}, false
	}
	return quota.Key{Viewer: v.UserID, Advertiser: advertiserOf(oc)}, s, true
}

// advertiserOf returns the advertiser that the root fields of an operation name,
// 0 if they name none or several.
func advertiserOf(oc *graphql.OperationContext) (advertiser int64) {
	for _, field := range graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{"Query", "Mutation", subscription}) {
		for _, value := range field.ArgumentMap(oc.Variables) {
			text, _ := value.(string)
			if in, ok := value.(map[string]any); ok {
				text, _ = in["advertiserId"].(string)
			}
			ref, err := ads.ParseRef(text)
			switch {
			case err != nil, ref.Advertiser == advertiser:
			case advertiser == 0:
				advertiser = ref.Advertiser
			default:
				return 0
			}
		}
	}
	return advertiser
}

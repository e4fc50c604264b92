package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"adsgraph/graph/flags"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
)

// coalesceFlag is whether identical queries that a viewer asks at once are run once.
// Who switches it off loses nothing but time.
const coalesceFlag = "adsgraph.coalesce"

// experimentsExtension is under what an operation keeps the variants that were
// decided for it.
const experimentsExtension = "Experiments"

// experiments is what is tried out with viewers.
type experiments struct{ flags *flags.Flags }

// decide decides which variants the viewer of an operation gets, for as long as it
// runs. It costs nothing where there are no flags.
func (x experiments) decide(ctx context.Context, oc *graphql.OperationContext) {
	if x.flags == nil {
		return
	}
	v, err := auth.From(ctx)
	if err != nil {
		return // nobody is shown anything
	}
	if values := x.flags.Evaluate(ctx, v.UserID); values != nil {
		oc.Stats.SetExtension(experimentsExtension, values)
	}
}

// experimentsOf returns the variants that were decided for an operation, nil if there
// are no flags.
func experimentsOf(oc *graphql.OperationContext) flags.Values {
	values, _ := oc.Stats.GetExtension(experimentsExtension).(flags.Values)
	return values
}

// enabled returns the value of a flag that switches something of the server, which
// the viewer is exposed to so; fallback if there is no such flag, or it is no switch.
func (x experiments) enabled(ctx context.Context, oc *graphql.OperationContext, key string, fallback bool) bool {
	value := experimentsOf(oc).Find(key)
	if value == nil {
		return fallback
	}
	on, ok := value.Value.(bool)
	if !ok {
		return fallback
	}
	if v, err := auth.From(ctx); err == nil {
		x.flags.Expose(ctx, v.UserID, value)
	}
	return on
}

// shown returns the variants that a viewer is shown, each once, in the order of the
// keys.
func (x experiments) shown(ctx context.Context, v *model.Viewer, keys []string) setwise.Thunk[[]flags.Value] {
	if len(keys) > maxIDs {
		return failed[[]flags.Value](fault.New(fault.TooLarge, "experiments takes at most %d keys, not %d.", maxIDs, len(keys)).In("keys"))
	}
	values := experimentsOf(graphql.GetOperationContext(ctx))
	e, explained := ctx.Value(explainKey{}).(*explaining)
	planned := explained && e.mode == ExplainPlan // nobody sees anything
	list := flags.Values{}
	for _, key := range keys {
		value := values.Find(key)
		if value == nil || list.Find(key) != nil {
			continue
		}
		list = append(list, *value)
		if !planned {
			x.flags.Expose(ctx, v.UserID, value)
		}
	}
	return done([]flags.Value(list))
}

// Experiments does the same for gqlgen's executor.
func (r viewerResolver) Experiments(ctx context.Context, v *model.Viewer, keys []string) ([]flags.Value, error) {
	return now(ctx, r.experiments.shown(ctx, v, keys))
}

// unmarshalKeys reads a list of keys, or one of them alone.
func unmarshalKeys(v any) ([]string, error) {
	items := graphql.CoerceList(v)
	keys := make([]string, len(items))
	for i, item := range items {
		var err error
		if keys[i], err = graphql.UnmarshalString(item); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// traceExperiments says on the span of an operation which variants its viewer has, by
// the conventions for feature flags.
func traceExperiments(span trace.Span, values flags.Values) {
	for i := range values {
		span.AddEvent("feature_flag.evaluation", trace.WithAttributes(
			semconv.FeatureFlagKey(values[i].Key), semconv.FeatureFlagResultVariant(values[i].Variant)))
	}
}

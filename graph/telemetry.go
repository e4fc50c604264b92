package graph

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// known is what admission has found of an operation, as it is kept with it for logs, metrics and traces.
type known struct {
	// hash is the SHA-256 of the document, in hex.
	hash string
	// trusted is the name of the operation in a trusted document, and empty in
	// another: what a client calls its own is no label.
	trusted string
	// parsed is whether the document had been parsed before.
	parsed bool
}

// knownExtension is under what an operation keeps what is known of it.
const knownExtension = "Known"

// knownOf returns what is known of an operation, the zero value if it was not
// admitted so far.
func knownOf(oc *graphql.OperationContext) known {
	k, _ := oc.Stats.GetExtension(knownExtension).(known)
	return k
}

// kindOf returns what an operation does, "unknown" if it could not be told.
func kindOf(oc *graphql.OperationContext) string {
	if oc.Operation == nil {
		return "unknown"
	}
	return string(oc.Operation.Operation)
}

// The outcomes of operations, as metrics have them.
const (
	outcomeOK          = "ok"
	outcomeInvalid     = "invalid"     // the client has to send something else
	outcomeDenied      = "denied"      // the viewer may not, or cannot see it
	outcomeLimited     = "limited"     // a limit was passed
	outcomeUnavailable = "unavailable" // something that is needed is away, or switched off
	outcomeTimeout     = "timeout"
	outcomeInternal    = "internal"
)

// outcomeOf returns the class of an error's code, that of no error for "".
func outcomeOf(code fault.Code) string {
	switch code {
	case "":
		return outcomeOK
	case fault.Forbidden, fault.Unauthenticated, fault.NotFound, fault.CSRFPrevented, fault.UnknownDocument:
		return outcomeDenied
	case fault.TooMany, fault.TooLarge, fault.TooManyTokens, fault.TooDeep, fault.TooManyAliases, fault.TooManyRootFields,
		fault.TooManyFields, fault.TooManyDirectives, fault.TooManyItems, fault.TooManyRows, fault.ResponseTooLarge, fault.RateLimited:
		return outcomeLimited
	case fault.Unavailable, fault.SwitchedOff:
		return outcomeUnavailable
	case fault.Timeout:
		return outcomeTimeout
	case fault.Internal, fault.StatementBudget:
		return outcomeInternal
	default:
		return outcomeInvalid
	}
}

// codesOf returns the codes of a response's errors, each once, in their order.
func codesOf(r *graphql.Response) []string {
	var list []string
	for _, e := range r.Errors {
		if code, _ := e.Extensions["code"].(string); !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	return list
}

// startSpan begins the span of an operation, or of a part of one such as an event
// of a subscription, which is named after its kind.
func startSpan(ctx context.Context, part string) (context.Context, trace.Span) {
	oc := graphql.GetOperationContext(ctx)
	k := knownOf(oc)
	name := kindOf(oc)
	if k.trusted != "" {
		name += " " + k.trusted
	}
	ctx, span := observe.StartOperation(ctx, name+part)
	if span.IsRecording() {
		called, hash := called(oc)
		span.SetAttributes(semconv.GraphQLOperationTypeKey.String(kindOf(oc)), semconv.GraphQLOperationName(called),
			attribute.String("adsgraph.document.hash", hash[:16]), attribute.Bool("adsgraph.document.trusted", k.trusted != ""))
		if part == "" {
			traceExperiments(span, experimentsOf(oc))
		}
	}
	return ctx, span
}

// endSpan says on a span with which errors it ended, by their codes.
func endSpan(span trace.Span, errors []string) {
	if span.IsRecording() && len(errors) > 0 {
		span.SetAttributes(semconv.ErrorTypeKey.String(errors[0]), attribute.StringSlice("adsgraph.error.codes", errors))
		switch outcomeOf(fault.Code(errors[0])) {
		case outcomeUnavailable, outcomeTimeout, outcomeInternal: // the others are no failure of ours
			span.SetStatus(codes.Error, "")
		}
	}
	span.End()
}

// observeBeginning counts a subscription when it begins, and traces what that
// reads.
func observeBeginning(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	oc := graphql.GetOperationContext(ctx)
	if oc.Operation.Operation != ast.Subscription {
		return next(ctx)
	}
	observe.MetricsFrom(ctx).OperationSeen(knownOf(oc).trusted, kindOf(oc), outcomeOK)
	ctx, span := startSpan(ctx, "")
	defer span.End()
	return next(ctx)
}

// slowest is a statement that was run for a slow operation, all its runs together.
type slowest struct {
	Name string  `json:"name"`
	Ms   float64 `json:"ms"`
	Rows int     `json:"rows"`
	// Times is how often it was run.
	Times int `json:"times"`
}

// maxSlowest is how many statements a line about a slow operation names.
const maxSlowest = 5

// slowestOf returns the statements that took longest, the longest first.
func slowestOf(executions []store.Execution) []slowest {
	var list []slowest
	for _, e := range executions {
		i := slices.IndexFunc(list, func(s slowest) bool { return s.Name == e.Name })
		if i < 0 {
			i = len(list)
			list = append(list, slowest{Name: e.Name})
		}
		list[i].Ms += milliseconds(e.Duration)
		list[i].Rows += e.Rows
		list[i].Times++
	}
	slices.SortStableFunc(list, func(a, b slowest) int { return cmp.Compare(b.Ms, a.Ms) })
	return list[:min(len(list), maxSlowest)]
}

// logSlow tells of an operation that was slow: what it did meanwhile, but not for
// whom or with which variables, which the line of the operation is for.
func logSlow(ctx context.Context, oc *graphql.OperationContext, took time.Duration, stats *store.Stats) {
	slow := observe.SlowFrom(ctx)
	if slow == nil || took < slow.Threshold {
		return
	}
	observe.MetricsFrom(ctx).SlowOperation()
	dropped, ok := slow.Take(time.Now(), took) //nolint:forbidigo // of the log
	if !ok {
		return
	}
	name, hash := called(oc)
	slog.WarnContext(ctx, "slow operation", "name", name, "hash", hash[:16], "ms", milliseconds(took),
		"slowest", slowestOf(stats.Executions()), "waitedMs", milliseconds(stats.Waited()),
		"cached", knownOf(oc).parsed, "untold", dropped)
}

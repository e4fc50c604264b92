package graph

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"

	"adsgraph/graph/documents"
	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/quota"
	"adsgraph/internal/store"
)

// Mode is what is done when a limit is passed.
type Mode string

// The modes.
const (
	Enforce Mode = "enforce" // the operation is refused
	Measure Mode = "measure" // the operation is run, and the log says by how much
	Off     Mode = "off"     // nobody looks
)

// LimitName names a limit.
type LimitName string

// The limits. Fragments count as often as they are spread.
const (
	LimitTokens     LimitName = "tokens"      // of a document
	LimitDepth      LimitName = "depth"       // fields below fields
	LimitAliases    LimitName = "aliases"     // fields under another name
	LimitRootFields LimitName = "root-fields" // fields of an operation itself
	LimitFields     LimitName = "fields"      // of an operation
	LimitDirectives LimitName = "directives"  // of an operation
	LimitItems      LimitName = "items"       // of one list, in variables or arguments
	LimitRows       LimitName = "rows"        // of all lists, if every page is full
	LimitResponse   LimitName = "response"    // bytes of an answer's data
	LimitBudget     LimitName = "budget"      // points a minute; see quotas
	LimitStatements LimitName = "statements"  // those that a screen's document declares
)

// Limit is a bound, and what is done beyond it.
type Limit struct {
	Max  int // 0 for LimitStatements: each document declares its own
	Mode Mode
}

// Limits bounds what clients may ask for. A limit that is missing is off.
type Limits map[LimitName]Limit

// DefaultLimits returns the limits that hold unless an operator says otherwise.
// The screens need 11 fields of depth, 4 aliases, 5 root fields and 226 fields.
func DefaultLimits() Limits {
	return Limits{
		LimitTokens:     {2000, Enforce}, // repeating a field thousands of times would take seconds to validate
		LimitDepth:      {12, Enforce},
		LimitAliases:    {30, Enforce},
		LimitRootFields: {10, Enforce},
		LimitFields:     {2000, Enforce},
		LimitDirectives: {50, Enforce},
		LimitItems:      {500, Enforce},
		LimitRows:       {20_000, Enforce},
		LimitResponse:   {8 << 20, Enforce},
		LimitBudget:     {100_000, Enforce},
		LimitStatements: {0, Measure},
	}
}

// ParseLimits returns the default limits changed by what an operator says: a mode
// for all of them, or none, and then limits such as depth=12,measure or
// depth=measure or depth=12.
func ParseLimits(all string, each []string) (Limits, error) {
	limits := DefaultLimits()
	if all != "" {
		mode, err := parseMode(all)
		if err != nil {
			return nil, err
		}
		for name, l := range limits {
			limits[name] = Limit{l.Max, mode}
		}
	}
	for _, text := range each {
		name, value, _ := strings.Cut(text, "=")
		l, ok := limits[LimitName(name)]
		if !ok {
			return nil, fmt.Errorf("there is no limit %q; there are %s", name, slices.Sorted(maps.Keys(limits)))
		}
		for part := range strings.SplitSeq(value, ",") {
			if n, err := strconv.Atoi(part); err == nil {
				if n < 1 || LimitName(name) == LimitStatements {
					return nil, fmt.Errorf("%s: %d is no bound of it", text, n)
				}
				l.Max = n
				continue
			}
			mode, err := parseMode(part)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", text, err)
			}
			l.Mode = mode
		}
		limits[LimitName(name)] = l
	}
	return limits, nil
}

func parseMode(text string) (Mode, error) {
	switch m := Mode(text); m {
	case Enforce, Measure, Off:
		return m, nil
	default:
		return "", fmt.Errorf("%q is neither enforce, measure nor off", text)
	}
}

// mostTokens is where the parser stops when the limit is not enforced: some
// thousands more would hold a processor for seconds.
const mostTokens = 10_000

// parserTokens returns where the parser is to stop.
func (l Limits) parserTokens() int {
	if t := l[LimitTokens]; t.Mode == Enforce {
		return t.Max
	}
	return mostTokens
}

// use puts the limits into force.
func (l Limits) use(srv *handler.Server, library *documents.Library, reads func(object, field string) bool, budgets func(most int) *quota.Budgets) {
	srv.Use(limiter{l, library, reads})
	if m := l[LimitStatements].Mode; m == Enforce || m == Measure {
		srv.AroundResponses(statementBudgets{m, library}.around)
	}
	if b := l[LimitBudget]; b.Mode == Enforce || b.Mode == Measure {
		srv.Use(&charges{b, budgets(b.Max)})
	}
}

// passed tells whether an operation is to be refused that has got of what a limit
// bounds. In measure mode it says so in the log, and returns false.
func (l Limits) passed(ctx context.Context, name LimitName, got int) bool {
	limit := l[name]
	switch {
	case limit.Mode != Enforce && limit.Mode != Measure, got <= limit.Max:
		return false
	case limit.Mode == Measure:
		warnPassed(ctx, name, got, limit.Max)
		return false
	default:
		return true
	}
}

// warnPassed writes to the log that an operation was run although it passed a
// limit.
func warnPassed(ctx context.Context, limit LimitName, got, most int) {
	observe.MetricsFrom(ctx).LimitPassed(string(limit), false)
	name, hash := called(graphql.GetOperationContext(ctx))
	slog.WarnContext(ctx, "limit passed", "limit", limit, "got", got, "max", most, "name", name, "hash", hash[:16])
}

// limiter refuses what is too large, before anything of it is run, for every
// transport and for cached documents alike. What the text of a trusted document
// is like was decided when it became one.
type limiter struct {
	limits  Limits
	library *documents.Library
	// reads tells which fields of objects need a statement.
	reads func(object, field string) bool
}

var (
	_ graphql.OperationParameterMutator = limiter{}
	_ graphql.OperationContextMutator   = limiter{}
	_ graphql.ResponseInterceptor       = limiter{}
)

// ExtensionName names the extension; what was measured is kept under it.
func (limiter) ExtensionName() string { return "Limits" }

// Validate accepts every schema.
func (limiter) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters counts tokens where the parser is not to refuse them.
func (g limiter) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	limit := g.limits[LimitTokens]
	if limit.Mode != Measure || len(params.Query) <= limit.Max { // a token has a byte at least
		return nil
	}
	l := lexer.New(&ast.Source{Input: params.Query})
	for n := 0; ; n++ {
		token, err := l.ReadToken()
		if err != nil {
			return nil //nolint:nilerr // the parser will say what is wrong
		}
		if token.Kind == lexer.EOF {
			graphql.GetOperationContext(ctx).RawQuery = params.Query
			g.limits.passed(ctx, LimitTokens, n)
			return nil
		}
	}
}

// MutateOperationContext measures the operation.
func (g limiter) MutateOperationContext(ctx context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	m := measurer{fragments: map[spread]size{}, variables: oc.Variables, reads: g.reads}
	s := m.measure(oc.Operation.SelectionSet, 0)
	s.directives = plus(s.directives, len(oc.Operation.Directives))
	for _, v := range oc.Variables {
		s.items = max(s.items, longest(v))
	}
	oc.Stats.SetExtension(g.ExtensionName(), s)
	for _, c := range [...]struct {
		limit   LimitName
		got     int
		code    fault.Code
		message string
	}{
		{LimitDepth, s.depth, fault.TooDeep, "The operation is more than %d fields deep. Ask for what lies deeper by its id, in another operation."},
		{LimitAliases, s.aliases, fault.TooManyAliases, "The operation has more than %d aliases, with its fragments spread. Send its parts as several operations, or ask for a list."},
		{LimitRootFields, s.top, fault.TooManyRootFields, "The operation has more than %d root fields. Send its parts as several operations."},
		{LimitFields, s.fields, fault.TooManyFields, "The operation has more than %d fields, with its fragments spread. Send its parts as several operations."},
		{LimitDirectives, s.directives, fault.TooManyDirectives, "The operation has more than %d directives, with its fragments spread. Send an operation without the parts that are to be left out."},
		{LimitItems, s.items, fault.TooManyItems, "A list in the variables or arguments has more than %d items. Send it in parts."},
		{LimitRows, s.rows, fault.TooManyRows, "The operation asks for more than %d rows, page sizes multiplied along nested lists. Ask for smaller pages."},
	} {
		if c.got > g.limits[c.limit].Max && c.limit.ofText() && g.isTrusted(oc) {
			continue
		}
		if g.limits.passed(ctx, c.limit, c.got) {
			observe.MetricsFrom(ctx).LimitPassed(string(c.limit), true)
			return faultError(fault.New(c.code, c.message, g.limits[c.limit].Max))
		}
	}
	return nil
}

// InterceptResponse refuses an answer that is too large. That of a mutation is
// sent: the client must hear that it was done.
func (g limiter) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil || !g.limits.passed(ctx, LimitResponse, len(response.Data)) {
		return response
	}
	limit := g.limits[LimitResponse].Max
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation {
		warnPassed(ctx, LimitResponse, len(response.Data), limit)
		return response
	}
	observe.MetricsFrom(ctx).LimitPassed(string(LimitResponse), true)
	response.Data = nil
	response.Errors = gqlerror.List{faultError(fault.New(fault.ResponseTooLarge, "The answer has more than %d bytes. Ask for smaller pages, or for fewer fields.", limit))}
	return response
}

// ofText tells whether a document passes the limit whatever its variables are. Who
// trusted it has seen that it does, so that it is not held against clients.
func (n LimitName) ofText() bool {
	switch n {
	case LimitDepth, LimitAliases, LimitRootFields, LimitFields, LimitDirectives:
		return true
	default:
		return false
	}
}

func (g limiter) isTrusted(oc *graphql.OperationContext) bool {
	_, hash := called(oc)
	return g.library.Has(hash)
}

// size is how large a selection set is. Each number ends at manyOf.
type size struct {
	depth, fields, aliases, directives, top int
	// items is how long the longest list in the arguments is.
	items int
	// rows is how many rows its pages may have for one parent, and read how many
	// with those of series and of what is read besides.
	rows, read int
	// statements is how many fields have to be read, each for all parents at once.
	statements int
	// metrics is how many metrics it has, each as often as the range has 30 days.
	metrics int
}

// manyOf is where counting ends, so that doubling fragments cannot overflow.
const manyOf = 1 << 30

func plus(a, b int) int { return min(a+b, manyOf) }

func (s *size) add(o size) {
	s.depth = max(s.depth, o.depth)
	s.items = max(s.items, o.items)
	for _, n := range [...]struct {
		to *int
		of int
	}{
		{&s.fields, o.fields},
		{&s.aliases, o.aliases},
		{&s.directives, o.directives},
		{&s.top, o.top},
		{&s.rows, o.rows},
		{&s.read, o.read},
		{&s.statements, o.statements},
		{&s.metrics, o.metrics},
	} {
		*n.to = plus(*n.to, n.of)
	}
}

// spread is a fragment below a report that covers some months.
type spread struct {
	fragment string
	months   int
}

// measurer measures selection sets. It looks at each fragment once for each
// length of report that it is spread below, of which there are few.
type measurer struct {
	fragments map[spread]size
	variables map[string]any
	reads     func(object, field string) bool
}

// measure measures what is selected below a report of so many months, 0 for none.
func (m *measurer) measure(set ast.SelectionSet, months int) (s size) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			s.add(m.field(sel, months))
		case *ast.InlineFragment:
			below := m.measure(sel.SelectionSet, months)
			below.directives = plus(below.directives, len(sel.Directives))
			s.add(below)
		case *ast.FragmentSpread: // validation has refused cycles
			key := spread{sel.Name, months}
			known, ok := m.fragments[key]
			if !ok {
				known = m.measure(sel.Definition.SelectionSet, months)
				m.fragments[key] = known
			}
			known.directives = plus(known.directives, len(sel.Directives))
			s.add(known)
		}
	}
	return s
}

func (m *measurer) field(f *ast.Field, months int) size {
	var args map[string]any
	if len(f.Definition.Arguments) > 0 {
		args = f.ArgumentMap(m.variables)
	}
	if n := monthsOf(f, args); n > 0 {
		months = n
	}
	s := m.measure(f.SelectionSet, months)
	s.depth++
	if f.Name == "__schema" || f.Name == "__type" { // how deep these go is a rule of validation
		s.depth = 1
	}
	s.fields = plus(s.fields, 1)
	s.directives = plus(s.directives, len(f.Directives))
	s.top = 1
	if f.Alias != f.Name {
		s.aliases = plus(s.aliases, 1)
	}
	for _, a := range f.Arguments {
		s.items = max(s.items, longestLiteral(a.Value))
	}
	m.price(f, args, months, &s)
	return s
}

// pageSize returns how many rows a field's list may have, 0 for a field that
// is not a list. What is out of bounds is refused later, with a better message.
func pageSize(f *ast.Field, args map[string]any) int {
	if f.Definition.Arguments.ForName("first") == nil {
		return 0
	}
	n, err := graphql.UnmarshalInt(args["first"])
	if err != nil {
		return 0
	}
	return max(0, min(n, store.MaxPage))
}

// longest returns how many items the longest list in a variable has.
func longest(v any) (n int) {
	switch v := v.(type) {
	case []any:
		n = len(v)
		for _, item := range v {
			n = max(n, longest(item))
		}
	case map[string]any:
		for _, item := range v {
			n = max(n, longest(item))
		}
	}
	return n
}

// longestLiteral does the same for a value that the document holds.
func longestLiteral(v *ast.Value) (n int) {
	if v.Kind == ast.ListValue {
		n = len(v.Children)
	}
	for _, c := range v.Children {
		n = max(n, longestLiteral(c.Value))
	}
	return n
}

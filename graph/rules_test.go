package graph

import (
	"strings"
	"testing"
)

// TestScalarsAreNotObjects gives objects, as literals and as variables, where a
// scalar, an enum or a list of them is due.
func TestScalarsAreNotObjects(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	const report = `, report: {dates: {preset: LAST_7_DAYS}}`
	for name, tt := range map[string]struct{ literal, variable, arguments string }{
		"Boolean": {`{}`, `Boolean`, `keywords(first: 1, filter: {isNegative: %s})`},
		"Int":     {`{a: 1}`, `Int!`, `keywords(first: %s)`},
		"String":  {`{}`, `String`, `audiences(first: 1, filter: {nameContains: %s})`},
		"Float":   {`{}`, `Float`, `campaigns(first: 1, filter: {metrics: [{metric: SPEND, min: %s}]}` + report + `)`},
		"Enum":    {`{}`, `MetricName!`, `campaigns(first: 1, orderBy: {metric: %s, direction: ASC}` + report + `)`},
		"Enums":   {`{}`, `[KeywordMatch!]`, `keywords(first: 1, filter: {matchType: %s})`},
		"Ids":     {`{}`, `[ID!]`, `keywords(first: 1, filter: {adGroupIds: %s})`},
		"Include": {`{}`, `Boolean!`, `campaigns(first: 1) @include(if: %s)`},
		"Our own": {`{}`, `Date`, `campaigns(first: 1, report: {dates: {from: %s}})`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			field := func(value string) string {
				return `{ advertiser(id: "` + advertiserID(acme) + `") { ` + strings.Replace(tt.arguments, "%s", value, 1) + ` { totalCount } } }`
			}
			for _, a := range []answer{
				w.ask(t, field(tt.literal), nil),
				w.ask(t, `query ($v: `+tt.variable+`) `+field("$v"), map[string]any{"v": map[string]any{}}),
			} {
				if codes := a.codes(); len(codes) == 0 || codes[0] == "INTERNAL" {
					t.Errorf("got %s", a.sortedErrors())
				}
			}
		})
	}
}

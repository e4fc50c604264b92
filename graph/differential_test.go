package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/graph/generated"
	"adsgraph/graph/operations"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
)

// TestDifferential asks every screen and thousands of random documents of both
// ways of executing; the answers must be the same to the byte, the errors the
// same but for their order.
func TestDifferential(t *testing.T) {
	t.Parallel()
	setWise, plain := demoWorld(t, Options{}), demoWorld(t, Options{Executor: true})
	same := func(t *testing.T, query string, variables map[string]any) answer {
		t.Helper()
		got, want := setWise.ask(t, query, variables), plain.ask(t, query, variables)
		if got.data != want.data {
			t.Fatalf("the answers differ for\n%s\n%v\nset-wise: %s\n%s\nplain:    %s\n%s", query, variables,
				excerpt(got.data, want.data), got.sortedErrors(), excerpt(want.data, got.data), want.sortedErrors())
		}
		if g, w := got.sortedErrors(), want.sortedErrors(); g != w {
			t.Fatalf("the errors differ for\n%s\n%v\nset-wise:\n%s\nplain:\n%s", query, variables, g, w)
		}
		if slices.Contains(got.codes(), string(fault.Internal)) {
			t.Fatalf("a mistake of ours for\n%s\n%v\n%s", query, variables, got.sortedErrors())
		}
		return got
	}
	t.Run("Screens", func(t *testing.T) {
		all, err := operations.All()
		if err != nil {
			t.Fatal(err)
		}
		for name, o := range all {
			got := same(t, o.Text, screenVariables(t, name, 25))
			if len(got.errors) > 0 {
				t.Errorf("%s: %s", name, got.sortedErrors())
			}
		}
	})
	t.Run("Random", func(t *testing.T) {
		documents := 2500
		if testing.Short() {
			documents = 300
		}
		const seed = 7
		failed, answered := 0, 0
		for i := range documents {
			g := &generator{rand: rand.New(rand.NewPCG(seed, uint64(i))), schema: schemaOf(t)}
			query := g.document()
			got := same(t, query, map[string]any{"yes": true, "no": false})
			if len(got.errors) > 0 {
				failed++
			}
			if len(got.data) > 200 {
				answered++
			}
			if t.Failed() {
				return
			}
		}
		t.Logf("seed %d: %d documents, %d with errors, %d with more than 200 bytes of data", seed, documents, failed, answered)
		if failed < documents/20 || answered < documents/4 {
			t.Errorf("the documents are too tame or too broken to prove anything")
		}
	})
}

// TestFailingStatements lets one statement after another fail in every screen:
// both ways of executing must give the same answer, the part of the screen that
// needs the statement is null, and the rest is there.
func TestFailingStatements(t *testing.T) {
	t.Parallel()
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	dsn := pgtest.Demo(t, "small")
	whole := newWorld(t, pgtest.OpenDSN(t, dsn), Options{})
	for name, o := range all {
		variables := screenVariables(t, name, 3)
		good := whole.ask(t, o.Text, variables)
		for _, statement := range slices.Compact(good.statements()) {
			t.Run(name+"/"+statement, func(t *testing.T) {
				t.Parallel()
				broken := func(_ context.Context, query string) error {
					if strings.HasPrefix(query, "-- name: "+statement+"\n") {
						return errors.New("secret of the database")
					}
					return nil
				}
				s := pgtest.OpenHooked(t, dsn, broken)
				got := newWorld(t, s, Options{}).ask(t, o.Text, variables)
				want := newWorld(t, s, Options{Executor: true}).ask(t, o.Text, variables)
				if got.data != want.data || got.sortedErrors() != want.sortedErrors() {
					t.Fatalf("set-wise: %s\n%s\nplain:    %s\n%s", excerpt(got.data, want.data), got.sortedErrors(),
						excerpt(want.data, got.data), want.sortedErrors())
				}
				if len(got.errors) == 0 || got.codes()[0] != string(fault.Internal) {
					t.Errorf("errors = %s, want INTERNAL", got.sortedErrors())
				}
				if strings.Contains(got.sortedErrors(), "secret") {
					t.Errorf("the database shows: %s", got.sortedErrors())
				}
				nothing := map[string]string{
					"AdvertiserByID": `{"advertiser":null}`, "CampaignByID": `{"campaign":null}`, "AdGroupByID": `{"adGroup":null}`, "AdByID": `{"ad":null}`,
				}[statement] // what the root's own statement may do
				if got.data != nothing && strings.HasSuffix(got.data, `":null}`) && strings.Count(got.data, ":") == 1 {
					t.Errorf("one failing part took the screen with it: %s", got.data)
				}
			})
		}
	}
}

// TestSlowPartTimesOut lets one statement take longer than the request may: the
// part that needs it says so, and what does not lie deeper than it is there.
func TestSlowPartTimesOut(t *testing.T) {
	t.Parallel()
	slow := func(ctx context.Context, query string) error {
		if strings.HasPrefix(query, "-- name: AdList\n") {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	w := newWorld(t, pgtest.OpenHooked(t, pgtest.Demo(t, "small"), slow), Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	a := w.askIn(ctx, t, document(t, "MobileCampaign").Text, screenVariables(t, "MobileCampaign", 3))
	if len(a.errors) != 1 || a.codes()[0] != string(fault.Timeout) || !strings.HasSuffix(a.data, `"ads":null}}`) || !strings.Contains(a.data, `"series":[{`) {
		t.Errorf("got %s\n%s", a.sortedErrors(), a.data)
	}
}

func schemaOf(t *testing.T) *ast.Schema {
	t.Helper()
	return generated.NewExecutableSchema(generated.Config{}).Schema()
}

// excerpt returns the surroundings of the first difference.
func excerpt(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-150):min(len(a), i+150)]
}

// screenVariables returns the variables of a screen's example, with pages of
// rows rows.
func screenVariables(t testing.TB, name string, rows int) map[string]any {
	t.Helper()
	o := document(t, name)
	variables := maps.Clone(o.Example)
	if o.Rows != "" {
		variables[o.Rows] = rows
	}
	return variables
}

// generator makes random documents that are valid, with arguments that are
// mostly, but not always, sensible.
type generator struct {
	rand      *rand.Rand
	schema    *ast.Schema
	fragments []string
	aliases   int
	fields    int
	// keywords tells whether what is written lies below a list of keywords, of
	// which few metrics are known.
	keywords bool
	// apart tells whether every field gets an alias, since types that differ in
	// a field of one name meet.
	apart bool
	// split is set below a breakdown, whose metrics are fewer.
	split  bool
	short  bool // the dates of the report are few and recent, so that it has hours
	hourly bool // the series is by the hour
}

func (g *generator) chance(percent int) bool { return g.rand.IntN(100) < percent }

func (g *generator) document() string {
	var b strings.Builder
	b.WriteString("query Random($yes: Boolean!, $no: Boolean!) {\n")
	for range 1 + g.rand.IntN(2) {
		g.root(&b)
	}
	// Both variables must be used.
	b.WriteString("  a: __typename @include(if: $yes)\n  b: __typename @skip(if: $no)\n}\n")
	return b.String() + strings.Join(g.fragments, "")
}

func (g *generator) root(b *strings.Builder) {
	if g.chance(12) {
		g.breakdown(b)
		return
	}
	names := []string{"advertiser", "campaign", "adGroup", "ad", "node", "nodes", "viewer", "metricCatalogue"}
	weights := []int{40, 15, 8, 6, 8, 8, 10, 5}
	n, i := g.rand.IntN(100), 0
	for n >= weights[i] {
		n -= weights[i]
		i++
	}
	g.field(b, g.schema.Query.Fields.ForName(names[i]), 1)
}

// breakdown writes a root field down to a breakdown of a report that has
// numbers, of one entity or of the rows of a list.
func (g *generator) breakdown(b *strings.Builder) {
	report := g.pick(`{dates: {preset: LAST_30_DAYS}}`, `{dates: {preset: LAST_30_DAYS}, compareTo: PREVIOUS_PERIOD}`, `{dates: {preset: LAST_7_DAYS}, compareTo: PREVIOUS_PERIOD}`,
		`{dates: {from: "2026-05-20", to: "2026-06-10"}}`, `{dates: {preset: LAST_14_DAYS}, attribution: {reportTime: CONVERSION}}`)
	g.aliases++
	opened := g.pick(`advertiser(id: "MUEx") { metrics(report: `+report+`) {`, `campaign(id: "MUMxLjE") { metrics(report: `+report+`) {`,
		`advertiser(id: "MUEx") { campaigns(first: 3, orderBy: {metric: SPEND, direction: DESC}, report: `+report+`) { edges { metrics {`,
		`advertiser(id: "MUEx") { ads(first: 2, report: `+report+`) { edges { metrics {`, `campaign(id: "MUMxLjI") { adGroups(first: 3, report: `+report+`) { totals {`,
		`campaign(id: "MUMxLjI") { adGroups(first: 3, report: `+report+`) { edges { metrics {`, `viewer { advertisers(first: 4, report: `+report+`) { edges { metrics {`)
	fmt.Fprintf(b, "  f%d: %s\n", g.aliases, opened)
	g.field(b, g.schema.Types["MetricsReport"].Fields.ForName("breakdown"), 4)
	fmt.Fprintf(b, "  %s\n", strings.Repeat("} ", strings.Count(opened, "{")-strings.Count(opened, "}")))
}

// field writes one field with arguments and what is below it.
func (g *generator) field(b *strings.Builder, fd *ast.FieldDefinition, depth int) {
	g.fields++
	indent := strings.Repeat("  ", depth)
	g.aliases++
	alias := fmt.Sprintf("f%d: ", g.aliases)
	if len(fd.Arguments) == 0 && !g.apart && g.chance(80) {
		alias = ""
	}
	short, hourly := g.short, g.hourly
	defer func() { g.short, g.hourly = short, hourly }() // they hold below the field
	fmt.Fprintf(b, "%s%s%s%s%s", indent, alias, fd.Name, g.arguments(fd), g.condition())
	def := g.schema.Types[fd.Type.Name()]
	if fd.Name == "keywords" {
		defer func(before bool) { g.keywords = before }(g.keywords)
		g.keywords = true
	}
	if def.IsCompositeType() {
		outside := g.split
		g.split = g.split || def.Name == "Breakdown"
		b.WriteString(" {\n")
		g.selection(b, def, depth+1)
		b.WriteString(indent + "}")
		g.split = outside
	}
	b.WriteString("\n")
}

func (g *generator) condition() string {
	switch n := g.rand.IntN(100); {
	case n < 4:
		return " @include(if: $yes)"
	case n < 6:
		return " @skip(if: $yes)"
	case n < 8:
		return " @skip(if: $no)"
	case n < 9:
		return " @include(if: $no)"
	}
	return ""
}

func (g *generator) selection(b *strings.Builder, def *ast.Definition, depth int) {
	indent := strings.Repeat("  ", depth)
	if g.chance(15) {
		b.WriteString(indent + "__typename\n")
	}
	if def.Kind == ast.Interface {
		b.WriteString(indent + "id\n")
		defer func(before bool) { g.apart = before }(g.apart)
		g.apart = true
		for _, possible := range g.schema.PossibleTypes[def.Name] {
			if g.chance(50) {
				fmt.Fprintf(b, "%s... on %s {\n", indent, possible.Name)
				g.selection(b, possible, depth+1)
				b.WriteString(indent + "}\n")
			}
		}
		return
	}
	written := 0
	for _, i := range g.rand.Perm(len(def.Fields)) {
		fd := def.Fields[i]
		composite := g.schema.Types[fd.Type.Name()].IsCompositeType()
		if strings.HasPrefix(fd.Name, "__") || composite && (depth > 9 || g.fields > 60) {
			continue
		}
		m, ok := metrics.ByField(fd.Name)
		if ok && g.keywords && def.Name == "MetricValues" && m.Bases()&^metrics.DeliveredByViewer != 0 && g.chance(98) {
			continue
		}
		if ok && def.Name == "MetricValues" && !g.suits(m) {
			continue
		}
		if ok && g.split && len(m.Breakdowns()) < 11 && g.chance(95) || g.split && fd.Name == "nullReason" && g.chance(80) {
			continue
		}
		g.field(b, fd, depth)
		if written++; written >= 2+g.rand.IntN(4) {
			break
		}
	}
	if written == 0 {
		b.WriteString(indent + "__typename\n")
	}
	if g.chance(20) { // the same type again, through a fragment
		var f strings.Builder
		below := &generator{rand: g.rand, schema: g.schema, aliases: g.aliases + 1000*(len(g.fragments)+1), fields: 50, keywords: g.keywords, apart: g.apart, split: g.split, short: g.short, hourly: g.hourly}
		below.selection(&f, def, 1)
		if g.chance(50) {
			below.aliases++ // a fragment within may have the name of this number
			name := fmt.Sprintf("F%d", below.aliases)
			fmt.Fprintf(b, "%s...%s%s\n", indent, name, g.condition())
			g.fragments = append(g.fragments, fmt.Sprintf("fragment %s on %s {\n%s}\n", name, def.Name, f.String()))
		} else {
			fmt.Fprintf(b, "%s... on %s%s {\n%s%s}\n", indent, def.Name, g.condition(), f.String(), indent)
		}
		g.fragments = append(g.fragments, below.fragments...)
		g.aliases = below.aliases
	}
}

func (g *generator) pick(values ...string) string { return values[g.rand.IntN(len(values))] }

// arguments writes a field's arguments.
func (g *generator) arguments(fd *ast.FieldDefinition) string {
	var list []string
	for _, a := range fd.Arguments {
		if !a.Type.NonNull && g.chance(40) && a.Name != "report" {
			continue
		}
		if a.Name == "report" && !a.Type.NonNull && g.chance(25) || a.Name == "after" && g.chance(85) {
			continue
		}
		list = append(list, a.Name+": "+g.value(fd, a.Name, a.Type))
	}
	if len(list) == 0 {
		return ""
	}
	return "(" + strings.Join(list, ", ") + ")"
}

func (g *generator) value(fd *ast.FieldDefinition, name string, t *ast.Type) string {
	if !t.NonNull && g.chance(5) {
		return "null"
	}
	if t.Elem != nil {
		var items []string
		for range 1 + g.rand.IntN(2) {
			items = append(items, g.value(fd, name, t.Elem))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	switch t.Name() {
	case "ID":
		return g.id(fd.Name, name)
	case "Int":
		if name == "days" {
			return g.pick("1", "7", "14", "14", "15", "0")
		}
		if fd.Name == "breakdown" {
			return g.pick("1", "2", "3", "5", "200", "2", "3", "25", "25", "0")
		}
		return g.pick("1", "2", "3", "5", "200", "0", "201")
	case "Boolean":
		return g.pick("true", "false")
	case "String":
		if name == "after" {
			return g.pick(`""`, `"nonsense"`, `"aTEuMS4x"`)
		}
		if name == "screen" {
			return g.pick(`"CampaignsTable"`, `"AdsTable"`, `"x"`, `""`)
		}
		return g.pick(`"a"`, `"summer"`, `""`, `"é"`)
	case "Float":
		return g.pick("0", "0.5", "1", "10", "1000", "-1")
	case "Date":
		return g.pick(`"2026-06-01"`, `"2026-06-10"`, `"2026-05-20"`, `"2025-12-31"`, `"2020-01-01"`, `"2026-02-30"`, `"today"`)
	case "AttributionInput":
		return g.pick("{}", "{clickWindowDays: 7, engagementWindowDays: 7}", "{reportTime: CONVERSION}", "{clickWindowDays: 60, reportTime: CONVERSION}",
			"{clickWindowDays: 1, engagementWindowDays: 1}", "{viewWindowDays: 30}", "{clickWindowDays: 5}")
	case "DatesInput":
		if g.short = g.chance(30); g.short {
			return g.pick("{preset: TODAY}", "{preset: YESTERDAY}", `{from: "2026-06-11", to: "2026-06-12"}`, `{from: "2026-06-15", to: "2026-06-17"}`)
		}
		if g.chance(70) {
			return "{preset: " + g.enum("DatePreset") + "}"
		}
		if g.chance(60) {
			return `{from: "2026-05-20", to: "2026-06-10"}`
		}
	case "Granularity":
		step := g.enum("Granularity")
		if step == "HOUR" && !g.short && g.chance(80) {
			step = "DAY"
		}
		if g.short && g.chance(60) {
			step = "HOUR"
		}
		g.hourly = step == "HOUR"
		return step
	case "MetricName":
		for {
			name := g.enum("MetricName")
			if m, _ := metrics.ByName(metrics.Name(name)); g.suits(m) {
				return name
			}
		}
	case "BreakdownOrder":
		if g.chance(85) {
			return "{metric: " + g.pick("SPEND", "CTR", "CPC", "ROAS", "CHECKOUTS") + ", direction: " + g.enum("Direction") + "}"
		}
	case "CampaignOrder", "AdGroupOrder", "AdOrder", "AdvertiserOrder", "KeywordOrder", "PinOrder":
		if t.Name() == "KeywordOrder" && g.chance(50) {
			return "{metric: " + g.pick("SPEND", "IMPRESSIONS", "CTR", "ROAS", "CHECKOUTS", "SAVES") + ", direction: " + g.enum("Direction") + "}"
		}
		if g.chance(50) {
			return "{metric: " + g.enum("MetricName") + ", direction: " + g.enum("Direction") + "}"
		}
		if g.chance(80) {
			return "{field: " + g.enum(strings.TrimSuffix(t.Name(), "Order")+"Field") + ", direction: " + g.enum("Direction") + "}"
		}
	}
	def := g.schema.Types[t.Name()]
	if def.Kind == ast.Enum {
		return g.enum(def.Name)
	}
	var fields []string
	for _, f := range def.Fields {
		if f.Type.NonNull || g.chance(30) {
			fields = append(fields, f.Name+": "+g.value(fd, f.Name, f.Type))
		}
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// suits tells whether a series that is being written may have a metric; now and
// then it has another one.
func (g *generator) suits(m *metrics.Metric) bool {
	return !g.hourly || metrics.Hourly.Check([]*metrics.Metric{m}) == nil || g.chance(3)
}

func (g *generator) enum(name string) string {
	values := g.schema.Types[name].EnumValues
	return values[g.rand.IntN(len(values))].Name
}

// id writes an id, mostly of the right kind and of something that exists.
func (g *generator) id(field, argument string) string {
	a := int64(1 + g.rand.IntN(4))
	ref := ads.Ref{Level: ads.LevelAdvertiser, Advertiser: a, ID: a}
	switch {
	case field == "campaign" || argument == "campaignIds":
		ref.Level, ref.ID = ads.LevelCampaign, int64(1+g.rand.IntN(40))
	case field == "adGroup" || argument == "adGroupIds":
		ref.Level, ref.ID = ads.LevelAdGroup, int64(1+g.rand.IntN(80))
	case argument == "audienceIds":
		ref.Level, ref.ID = ads.LevelAudience, int64(1+g.rand.IntN(8))
	case argument == "labelIds":
		ref.Level, ref.ID = ads.LevelLabel, int64(1+g.rand.IntN(8))
	case field == "ad":
		ref.Level, ref.ID = ads.LevelAd, int64(1+g.rand.IntN(200))
	case field == "node" || field == "nodes":
		levels := []ads.Level{
			ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd, ads.LevelPin,
			ads.LevelAudience, ads.LevelKeyword, ads.LevelLabel, ads.LevelConversionTag,
			ads.LevelInvoice, ads.LevelOrderLine, ads.LevelSavedView, ads.LevelReportTemplate, ads.LevelExport, ads.LevelNotification, ads.LevelRecommendation,
		}
		ref.Level, ref.Advertiser = levels[g.rand.IntN(len(levels))], 1
		ref.ID = int64(1 + g.rand.IntN(30))
		switch ref.Level {
		case ads.LevelAdvertiser:
			ref.ID = 1
		case ads.LevelKeyword: // the demo numbers them by ad group
			ref.ID = 100*ref.ID + int64(g.rand.IntN(4))
		case ads.LevelConversionTag:
			ref.ID = 2_612_000_000_001
		default:
		}
	}
	if ref.Level != ads.LevelAdvertiser && g.chance(70) {
		ref.Advertiser = 1
	}
	switch g.rand.IntN(50) {
	case 0:
		return `"not an id"`
	case 1:
		return `"` + ads.Ref{Level: ads.LevelCampaign, Advertiser: 999999, ID: 1}.String() + `"`
	}
	return `"` + ref.String() + `"`
}

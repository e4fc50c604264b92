package graph

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

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
		if name == "keys" {
			return g.pick(`"table"`, `"export"`, `"none"`)
		}
		if name == "field" {
			return g.pick(`"status"`, `"name"`, `"budget"`, `""`)
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
	case argument == "entityIds":
		ref.Level = [...]ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd}[g.rand.IntN(3)]
		ref.ID = int64(1 + g.rand.IntN(40))
	case argument == "labelIds":
		ref.Level, ref.ID = ads.LevelLabel, int64(1+g.rand.IntN(8))
	case field == "ad":
		ref.Level, ref.ID = ads.LevelAd, int64(1+g.rand.IntN(200))
	case field == "node" || field == "nodes":
		levels := []ads.Level{
			ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd, ads.LevelPin,
			ads.LevelAudience, ads.LevelKeyword, ads.LevelLabel, ads.LevelConversionTag,
			ads.LevelInvoice, ads.LevelOrderLine, ads.LevelSavedView, ads.LevelReportTemplate, ads.LevelExport, ads.LevelNotification, ads.LevelRecommendation,
			ads.LevelMember, ads.LevelInvitation, ads.LevelAccessChange, ads.LevelChange,
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

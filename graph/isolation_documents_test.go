package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
)

// documentSet is made from the schema: documents that together select every field
// of every object type and use every argument and input field. A field that is
// added to the schema is in them without anybody's doing, or the build fails
// because nothing can reach it or no value is known for an argument.
type documentSet struct {
	schema *ast.Schema
	// ids are what the arguments called id take, by root field.
	ids map[string]string
	// listed are what arguments and input fields that take ids are given.
	listed []string
	report string
	// split is true while documents below a breakdown are written.
	split bool
	// of is the field whose arguments are written.
	of    string
	keys  int                               // made so far
	paths map[string][]*ast.FieldDefinition // to each object type, from the root
	list  map[string]string                 // documents by what they are for
}

// theDocuments returns the documents for a viewer whose own things are ids, and
// who tries listed wherever several ids are taken.
func theDocuments(schema *ast.Schema, ids map[string]string, listed []string) *documentSet {
	d := &documentSet{
		schema: schema, ids: ids, listed: listed, report: "{dates: {preset: LAST_30_DAYS}, compareTo: PREVIOUS_PERIOD}",
		paths: map[string][]*ast.FieldDefinition{}, list: map[string]string{},
	}
	d.walk("Query")
	d.walk("Mutation") // what only a change gives
	for _, name := range slices.Sorted(maps.Keys(d.paths)) {
		d.ofType(name)
	}
	d.plans()
	return d
}

// plans adds plans that would change something: of the viewer's own, of all that
// match, and of what is listed.
func (d *documentSet) plans() {
	const change = `change: {status: PAUSED, %s startAt: "2035-01-01T00:00:00Z", endAt: "2036-01-01T00:00:00Z"}, errorPolicy: SKIP_FAILED`
	for _, level := range [...]struct{ field, id, change string }{
		{"campaignPlan", "campaign", fmt.Sprintf(change, "budgetPercent: 100")},
		{"adGroupPlan", "adGroup", fmt.Sprintf(change, "bidPercent: 100")},
		{"adPlan", "ad", "change: {status: PAUSED}, errorPolicy: SKIP_FAILED"},
	} {
		def := d.schema.Query.Fields.ForName(level.field)
		plan := d.schema.Types[def.Type.Name()]
		fields := d.leaves(plan) + " items { __typename" + d.leaves(d.schema.Types["PlannedItem"]) + " difference { __typename"
		for _, f := range d.schema.Types["Difference"].Fields {
			fields += " " + f.Name + d.step(f)
		}
		fields += " } warnings { __typename" + d.leaves(d.schema.Types["PlanWarning"]) + " } userErrors { __typename" + d.leaves(d.schema.Types["UserError"]) + " } } dailyBudget" +
			d.step(plan.Fields.ForName("dailyBudget")) + " lifetimeBudget" + d.step(plan.Fields.ForName("lifetimeBudget"))
		for use, matching := range map[string]string{
			"own": `matching: {ids: ["` + d.ids[level.id] + `"]}`, "all": `matching: {status: [ACTIVE]}, maxAffected: 500`, "listed": `matching: {ids: ["` + strings.Join(d.listed, `", "`) + `"]}`,
		} {
			d.list["Query."+level.field+"#"+use] = fmt.Sprintf("{ %s(advertiserId: %q, input: {%s, %s}) { __typename%s } }", level.field, d.ids["advertiser"], matching, level.change, fields)
		}
	}
}

// step selects what is before and after.
func (d *documentSet) step(f *ast.FieldDefinition) string {
	def := d.schema.Types[f.Type.Name()]
	text := d.leaves(def)
	for _, f := range def.Fields {
		if of := d.schema.Types[f.Type.Name()]; !of.IsLeafType() {
			text += " " + f.Name + " { __typename" + d.leaves(of) + " }"
		}
	}
	return " { __typename" + text + " }"
}

// walk finds a shortest path from a root to each type that has none yet, through lists rather than single
// entities, since they have more to show.
func (d *documentSet) walk(root string) {
	d.paths[root] = nil
	for queue := []string{root}; len(queue) > 0; queue = queue[1:] {
		for _, f := range d.schema.Types[queue[0]].Fields {
			to := d.schema.Types[f.Type.Name()]
			byID := queue[0] == "Query" && f.Arguments.ForName("id") != nil && f.Name != "advertiser"
			if strings.HasPrefix(f.Name, "__") || to.Kind != ast.Object || byID || to.Name == "MetricsReport" && f.Name == "totals" && queue[0] == "AdvertiserConnection" {
				continue // the last is always null
			}
			if _, known := d.paths[to.Name]; known {
				continue
			}
			d.paths[to.Name] = append(slices.Clone(d.paths[queue[0]]), f)
			queue = append(queue, to.Name)
		}
	}
}

// under writes a selection at the end of the path to a type.
func (d *documentSet) under(name, selection string) string {
	path := d.paths[name]
	text := selection
	for _, f := range slices.Backward(path) {
		text = fmt.Sprintf("%s%s { __typename %s }", f.Name, d.arguments(f, nil), text)
	}
	if name == "Mutation" || len(path) > 0 && d.schema.Mutation.Fields.ForName(path[0].Name) != nil {
		return "mutation { " + text + " }"
	}
	return "{ " + text + " }"
}

// ofType adds the documents of one type: one that selects all its fields, and one
// for each way to use each argument.
func (d *documentSet) ofType(name string) {
	var all []string
	d.split = strings.HasPrefix(name, "Breakdown") || name == "MetricsReport"
	for _, f := range d.schema.Types[name].Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		if name != "Query" && name != "Mutation" { // root fields have documents of their own: one may fail
			all = append(all, f.Name+d.arguments(f, nil)+d.below(f))
		} else {
			d.list[name+"."+f.Name] = d.under(name, f.Name+d.arguments(f, nil)+d.below(f))
		}
		for _, a := range f.Arguments {
			d.of = f.Name
			for i, value := range d.values(a.Name, a.Type) {
				use := fmt.Sprintf("%s.%s(%s)#%d", name, f.Name, a.Name, i)
				d.list[use] = d.under(name, f.Name+d.arguments(f, map[string]string{a.Name: value})+d.below(f))
			}
		}
	}
	if all != nil {
		d.list[name] = d.under(name, strings.Join(all, " "))
	}
}

// token is one of a plan that is stale.
func (d *documentSet) token(isUndo bool) string {
	ref, _ := ads.ParseRef(d.ids["campaign"]) // of none where only the forms of documents matter
	packed, err := (&token{
		Advertiser: ref.Advertiser, Level: ads.LevelCampaign, Ends: pgtest.Present.Add(planLife), IsUndo: isUndo,
		Patches: []ads.Patch{{ID: ref.ID, Version: 999999, Name: set(new("Canary"))}},
	}).pack()
	if err != nil {
		panic(err)
	}
	return packed
}

// below is what is selected of a field: the leaves of what it holds, and for a
// connection those of its rows, its totals and counts.
func (d *documentSet) below(f *ast.FieldDefinition) string {
	def := d.schema.Types[f.Type.Name()]
	switch {
	case def.IsLeafType():
		return ""
	case def.IsAbstractType():
		text := " { __typename id"
		for _, possible := range d.schema.PossibleTypes[def.Name] {
			text += " ... on " + possible.Name + " {" + strings.ReplaceAll(d.leaves(possible), " ", " "+strings.ToLower(possible.Name)+"_") + " }"
		}
		return aliased(text) + " }"
	}
	text := d.leaves(def)
	if edges := def.Fields.ForName("edges"); edges != nil {
		row := d.schema.Types[edges.Type.Name()]
		text += " edges { __typename cursor node { __typename" + d.leaves(d.schema.Types[row.Fields.ForName("node").Type.Name()]) + " } } pageInfo { __typename endCursor }"
	}
	return " { __typename" + text + " }"
}

// leaves writes the fields without arguments that hold scalars.
func (d *documentSet) leaves(def *ast.Definition) string {
	var b strings.Builder
	for _, f := range def.Fields {
		m, isMetric := metrics.ByField(f.Name)
		if isMetric && def.Name == "MetricValues" && d.split && len(m.Breakdowns()) < 11 {
			continue // not counted by every dimension
		}
		if d.schema.Types[f.Type.Name()].IsLeafType() && len(f.Arguments) == 0 && !strings.HasPrefix(f.Name, "__") {
			b.WriteString(" " + f.Name)
		}
	}
	return b.String()
}

// aliased turns type_field into an alias of the field, so that types that differ
// in a field of one name can stand side by side.
func aliased(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if _, field, ok := strings.Cut(w, "_"); ok && field != "" && !strings.HasPrefix(w, "__") {
			words[i] = w + ": " + field
		}
	}
	return " " + strings.Join(words, " ")
}

// arguments writes those of a field that are required or make it show most, and
// the given ones.
func (d *documentSet) arguments(f *ast.FieldDefinition, given map[string]string) string {
	var list []string
	for _, a := range f.Arguments {
		value, ok := given[a.Name]
		switch {
		case ok:
		case a.Name == "id":
			if value = d.ids[f.Name]; value == "" {
				panic("no id for " + f.Name)
			}
			value = `"` + value + `"`
		case a.Name == "report" && (given == nil || given["orderBy"] == "" || a.Type.NonNull || strings.Contains(given["orderBy"], "metric")):
			value = d.report
			if f.Name == "keywords" {
				value = "{dates: {preset: LAST_30_DAYS}}" // the earlier range is not kept
			}
		case a.Type.NonNull:
			d.of = f.Name
			value = d.values(a.Name, a.Type)[0]
		default:
			continue
		}
		list = append(list, a.Name+": "+value)
	}
	if list == nil {
		return ""
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// values returns ways to give an argument or input field, which together use
// every input field below it.
func (d *documentSet) values(name string, t *ast.Type) []string {
	if t.Elem != nil {
		if t.Name() == "ID" {
			return []string{`["` + strings.Join(d.listed, `", "`) + `"]`}
		}
		if name == "roles" && d.of == "revokeRoles" { // which nobody has who is asked about
			return []string{"[CATALOGS_MANAGER]"}
		}
		if name == "roles" && d.of == "grantRoles" {
			return []string{"[OWNER]"}
		}
		if def := d.schema.Types[t.Name()]; def.Kind == ast.Enum {
			var names []string
			for _, v := range def.EnumValues {
				names = append(names, v.Name)
			}
			return []string{"[" + strings.Join(names, ", ") + "]"}
		}
		var lists []string
		for _, v := range d.values(name, t.Elem) {
			lists = append(lists, "["+v+"]")
		}
		return lists
	}
	if name == "level" && d.of == "namesakes" {
		return []string{"CAMPAIGN", "AD_GROUP", "AD"}
	}
	def := d.schema.Types[t.Name()]
	switch t.Name() {
	case "ID":
		switch name {
		case "advertiserId":
			return []string{`"` + d.ids["advertiser"] + `"`}
		case "memberId": // who is OWNER already
			return []string{`"` + ads.Ref{Level: ads.LevelMember, Advertiser: mine, ID: firstPerson}.String() + `"`}
		case "id":
			if root := map[string]string{
				"updateCampaigns": "campaign", "updateAdGroups": "adGroup", "updateAds": "ad", "campaignPlan": "campaign", "adGroupPlan": "adGroup", "adPlan": "ad",
				"publishCampaigns": "campaign", "setCampaignLabels": "campaign",
				"duplicateCampaigns": "node", "duplicateAdGroups": "node", "duplicateAds": "node", // none of these: nothing is made
			}[d.of]; root != "" {
				return []string{`"` + d.ids[root] + `"`}
			}
		}
		var list []string
		for _, id := range d.listed {
			list = append(list, `"`+id+`"`)
		}
		return list
	case "Int":
		if strings.HasSuffix(name, "WindowDays") {
			return []string{"30"}
		}
		if name == "version" { // no item has it: nothing is changed, and every change says why
			return []string{"999999"}
		}
		return []string{"5"}
	case "Float":
		return []string{"0.5"}
	case "Boolean":
		return []string{"true", "false"}
	case "String":
		switch name {
		case "after":
			return []string{`"bm9uc2Vuc2U"`} // real ones have a test of their own
		case "keys":
			return []string{`"table"`}
		case "idempotencyKey":
			d.keys++
			return []string{fmt.Sprintf(`"canary key %d"`, d.keys)}
		case "token":
			return []string{`"` + d.token(d.of == "undoChanges") + `"`}
		case "name":
			if d.of != "namesakes" {
				return []string{`""`} // nothing is called so: nothing is made
			}
		case "value": // of a label
			return []string{`""`}
		}
		return []string{`"Canary"`}
	case "JSON": // no view may have it
		return []string{`"Canary"`}
	case "Date":
		return []string{`"2026-06-01"`}
	case "DateTime":
		return []string{`"2026-07-01T00:00:00Z"`}
	case "Int64":
		return []string{`"10000000"`}
	case "DatesInput":
		return []string{"{preset: LAST_30_DAYS}", `{from: "2026-06-01", to: "2026-06-10"}`}
	case "MetricThreshold":
		return []string{"{metric: SPEND, min: 0.5}", "{metric: SPEND, max: 1000000}"}
	}
	if def.Kind == ast.Enum {
		var names []string
		for _, v := range def.EnumValues {
			names = append(names, v.Name)
		}
		if t.Name() == "MetricName" {
			names = []string{"SPEND", "CTR"}
		}
		if t.Name() == "Granularity" {
			names = []string{"DAY", "WEEK", "MONTH"} // HOUR takes shorter ranges, and has a document of its own
		}
		return names
	}
	var required []string // with each of the others once
	var lists []string
	for _, f := range def.Fields {
		if f.Type.NonNull {
			required = append(required, f.Name+": "+d.values(f.Name, f.Type)[0])
		}
	}
	for _, f := range def.Fields {
		with := required
		if f.Name == "of" || f.Name == "direction" {
			if metric := def.Fields.ForName("metric"); metric != nil && !metric.Type.NonNull {
				with = append([]string{"metric: SPEND"}, with...)
			}
		}
		for _, v := range d.values(f.Name, f.Type) {
			others := slices.DeleteFunc(slices.Clone(with), func(s string) bool { return strings.HasPrefix(s, f.Name+":") })
			lists = append(lists, "{"+strings.Join(append(others, f.Name+": "+v), ", ")+"}")
		}
	}
	return lists
}

// idsOf returns an id of each kind of thing that an advertiser of the demo has.
func idsOf(t *testing.T, w *world, advertiser int64) map[ads.Level]string {
	t.Helper()
	ids := map[ads.Level]string{ads.LevelAdvertiser: advertiserID(advertiser)}
	for level, field := range map[ads.Level]string{
		ads.LevelCampaign: "campaigns", ads.LevelAdGroup: "adGroups", ads.LevelAd: "ads", ads.LevelPin: "pins", ads.LevelAudience: "audiences", ads.LevelKeyword: "keywords",
		ads.LevelLabel: "labels", ads.LevelConversionTag: "conversionTags", ads.LevelInvoice: "invoices", ads.LevelOrderLine: "orderLines", ads.LevelSavedView: "savedViews",
		ads.LevelReportTemplate: "reportTemplates", ads.LevelExport: "exports", ads.LevelNotification: "notifications", ads.LevelRecommendation: "recommendations",
	} {
		order := ""
		if strings.HasPrefix(string(level), "AD") || level == ads.LevelCampaign { // those that have numbers
			order = `, orderBy: {metric: SPEND, direction: DESC}, report: {dates: {preset: LAST_30_DAYS}}`
		}
		a := w.ask(t, `{ advertiser(id: "`+advertiserID(advertiser)+`") { `+field+`(first: 1`+order+`) { edges { node { id } } } } }`, nil)
		_, id, ok := strings.Cut(a.data, `"id":"`)
		if !ok {
			t.Fatalf("advertiser %d has no %s: %s %s", advertiser, field, a.data, a.sortedErrors())
		}
		ids[level], _, _ = strings.Cut(id, `"`)
	}
	return ids
}

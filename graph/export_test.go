package graph

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// newExporter returns an exporter over a store.
func newExporter(t testing.TB, s *store.Store) *Exporter {
	t.Helper()
	x, err := NewExporter(s, 2)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// reply is a response that is closed with the test.
type reply struct{ *http.Response }

// sendExport asks for a file as a viewer. The body is JSON, or what becomes it.
func sendExport(t testing.TB, x http.Handler, viewer int64, body any, change func(*http.Request)) reply {
	t.Helper()
	text, ok := body.(string)
	if !ok {
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		text = string(b)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/export", strings.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	if viewer != 0 {
		r = r.WithContext(auth.NewContext(r.Context(), auth.Viewer{UserID: viewer}))
	}
	if change != nil {
		change(r)
	}
	rec := httptest.NewRecorder()
	x.ServeHTTP(rec, r)
	res := rec.Result()
	t.Cleanup(func() { _ = res.Body.Close() })
	return reply{res}
}

// exportFile returns the file that a request gives.
func exportFile(t testing.TB, x http.Handler, body any) (string, reply) {
	t.Helper()
	res := sendExport(t, x, agency, body, nil)
	text := bodyOf(t, res)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%d %s\n%v", res.StatusCode, text, body)
	}
	return text, res
}

func bodyOf(t testing.TB, res reply) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := b.ReadFrom(res.Body); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// exportLines takes the lines of JSON Lines apart: the rows, and the last one.
func exportLines(t testing.TB, file string) (rows []map[string]any, last map[string]any) {
	t.Helper()
	for line := range strings.Lines(file) {
		dec := json.NewDecoder(strings.NewReader(line))
		dec.UseNumber()
		var object map[string]any
		if err := dec.Decode(&object); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		rows = append(rows, object)
	}
	return rows[:len(rows)-1], rows[len(rows)-1]
}

// randomExport is a request for random rows and numbers of an advertiser, over
// a range that never holds today.
func randomExport(r *rand.Rand, advertiser int64) map[string]any {
	level := []ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd}[r.IntN(3)]
	pick := func(values ...string) []string {
		r.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
		return values[:1+r.IntN(len(values))]
	}
	var all, chosen []string
	for _, m := range metrics.Catalogue() {
		all = append(all, string(m.Name))
	}
	chosen = pick(slices.Clone(all)...)
	to := ads.Day("2026-06-16").Add(-r.IntN(50))
	report := map[string]any{"dates": map[string]any{"from": string(to.Add(-r.IntN(40))), "to": string(to)}}
	if r.IntN(2) == 0 {
		report["compareTo"] = []string{"PREVIOUS_PERIOD", "SAME_WEEKDAYS_LAST_YEAR"}[r.IntN(2)]
	}
	if r.IntN(3) == 0 {
		report["attribution"] = map[string]any{"clickWindowDays": 7, "engagementWindowDays": 7, "viewWindowDays": 1, "reportTime": pick("AD_ACTION", "CONVERSION")[0]}
	}
	filter := map[string]any{}
	if r.IntN(3) == 0 {
		filter["status"] = pick("ACTIVE", "PAUSED", "ARCHIVED", "DRAFT")
	}
	if r.IntN(4) == 0 {
		filter["delivery"] = pick("RUNNING", "COMPLETED", "PAUSED", "NOT_DELIVERING")
	}
	if r.IntN(4) == 0 {
		filter["nameContains"] = pick("a", "e", "–", "2")[0]
	}
	if r.IntN(3) == 0 {
		filter["metrics"] = []any{map[string]any{"metric": pick("SPEND", "CTR", "ROAS", "CPC", "IMPRESSIONS")[0], "min": r.Float64()}}
	}
	order := map[string]any{"direction": pick("ASC", "DESC")[0]}
	if r.IntN(3) == 0 {
		order["field"] = pick("ID", "NAME", "STATUS", "CREATED_AT", "UPDATED_AT")[0]
	} else {
		order["metric"] = all[r.IntN(len(all))]
	}
	return map[string]any{
		"advertiser": advertiserID(advertiser), "level": level, "format": "JSONL", "report": report, "filter": filter, "orderBy": order,
		"fields": []string{"id", "name", "status", "delivery", "updatedAt"}, "metrics": chosen,
	}
}

// screen asks GraphQL for all pages of what a request exports and returns the
// rows and totals as an export writes them.
func (w *world) screen(t testing.TB, request map[string]any) (rows []map[string]any, totals, context map[string]any) {
	t.Helper()
	l := exportLists[request["level"].(ads.Level)]
	names := request["metrics"].([]string)
	var values []string
	for _, name := range names {
		m, _ := metrics.ByName(metrics.Name(name))
		values = append(values, m.Field)
		if m.Unit == metrics.UnitMoney {
			values[len(values)-1] += " { amount }"
		}
	}
	block := "{ total { " + strings.Join(values, " ") + " } previous { " + strings.Join(values, " ") + " } }"
	query := `query ($id: ID!, $after: String, $filter: ` + l.filter + `, $orderBy: ` + l.order + `, $report: ReportInput) {
	  advertiser(id: $id) { list: ` + l.field + `(first: 37, after: $after, filter: $filter, orderBy: $orderBy, report: $report) {
	    totalCount pageInfo { hasNextPage endCursor }
	    totals { context { from to previousFrom previousTo timeZone currency attribution { clickWindowDays engagementWindowDays viewWindowDays reportTime }
	      dataAsOf deliveryFinalThrough conversionsFinalThrough isPartial } ...R }
	    edges { node { id name status delivery { status } updatedAt } metrics { ...R } } } } }
	  fragment R on MetricsReport ` + block
	flat := func(report map[string]any, to map[string]any) map[string]any {
		put := func(prefix string, values any) {
			of, ok := values.(map[string]any)
			if !ok {
				return
			}
			for field, v := range of {
				if money, ok := v.(map[string]any); ok {
					v = money["amount"]
				}
				if prefix != "" {
					field = prefix + strings.ToUpper(field[:1]) + field[1:]
				}
				to[field] = v
			}
		}
		put("", report["total"])
		put("previous", report["previous"])
		return to
	}
	after := any(nil)
	for {
		a := w.ask(t, query, map[string]any{
			"id": request["advertiser"], "after": after, "filter": request["filter"], "orderBy": request["orderBy"], "report": request["report"],
		})
		if len(a.errors) > 0 {
			t.Fatal(a.sortedErrors())
		}
		var out struct {
			Advertiser struct {
				List struct {
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
					Totals map[string]any
					Edges  []struct{ Node, Metrics map[string]any }
				}
			}
		}
		dec := json.NewDecoder(strings.NewReader(a.data))
		dec.UseNumber()
		if err := dec.Decode(&out); err != nil {
			t.Fatal(err)
		}
		list := out.Advertiser.List
		for _, e := range list.Edges {
			row := map[string]any{}
			for name, v := range e.Node {
				if name == "delivery" {
					v = v.(map[string]any)["status"]
				}
				row[name] = v
			}
			rows = append(rows, flat(e.Metrics, row))
		}
		if !list.PageInfo.HasNextPage {
			return rows, flat(list.Totals, map[string]any{}), list.Totals["context"].(map[string]any)
		}
		after = list.PageInfo.EndCursor
	}
}

// canonical is a value as text in which equal numbers look alike: GraphQL may
// write an exponent.
func canonical(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for name, value := range v {
			parts = append(parts, name+"="+canonical(value))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	case json.Number:
		if f, err := strconv.ParseFloat(v.String(), 64); err == nil && strings.ContainsAny(v.String(), ".eE") {
			return strconv.FormatFloat(f, 'g', -1, 64)
		}
		return v.String()
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}

// TestExportIsTheScreen exports random lists: rows, order, numbers, totals and
// context are those that paging through GraphQL gives, additive metrics add up
// to the totals, and CSV holds the same.
func TestExportIsTheScreen(t *testing.T) {
	t.Parallel()
	requests, seed := pgtest.Rounds(200, 60), uint64(3)
	s := pgtest.OpenDSN(t, pgtest.Demo(t, "small"))
	w, x := newWorld(t, s, Options{}), newExporter(t, s)
	rowsSeen := 0
	for i := range requests {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		request := randomExport(r, 1+r.Int64N(20))
		what := fmt.Sprintf("request %d of seed %d: %v", i, seed, request)
		wantRows, wantTotals, wantContext := w.screen(t, request)
		file, res := exportFile(t, x, request)
		rows, last := exportLines(t, file)
		if got := res.Trailer.Get("Adsgraph-Rows"); got != strconv.Itoa(len(wantRows)) || canonical(last["rows"]) != got || len(rows) != len(wantRows) {
			t.Fatalf("%d rows, %v in the last line, %q in the trailer, want %d\n%s", len(rows), last["rows"], got, len(wantRows), what)
		}
		for i := range rows {
			if got, want := canonical(rows[i]), canonical(wantRows[i]); got != want {
				t.Fatalf("row %d is\n%s, want\n%s\n%s", i, got, want, what)
			}
		}
		if got, want := canonical(last["totals"]), canonical(wantTotals); got != want {
			t.Fatalf("totals are\n%s, want\n%s\n%s", got, want, what)
		}
		if got, want := canonical(last["context"]), canonical(wantContext); got != want {
			t.Fatalf("the context is\n%s, want\n%s\n%s", got, want, what)
		}
		addsUp(t, rows, last["totals"].(map[string]any), what)
		request["format"] = "CSV"
		file, res = exportFile(t, x, request)
		sameInCSV(t, file, rows, last["totals"].(map[string]any), what)
		if res.Header.Get("Adsgraph-Context") == "" || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/csv; charset=utf-8") {
			t.Fatalf("headers %v\n%s", res.Header, what)
		}
		rowsSeen += len(rows)
	}
	t.Logf("seed %d: %d requests, %d rows", seed, requests, rowsSeen)
	if rowsSeen < 5*requests {
		t.Error("the requests match too little to prove anything")
	}
}

// addsUp checks that the rows' additive metrics are the totals.
func addsUp(t *testing.T, rows []map[string]any, totals map[string]any, what string) {
	t.Helper()
	micros := func(v any) int64 {
		whole, fraction, _ := strings.Cut(fmt.Sprint(v), ".")
		n, err := strconv.ParseInt(whole+(fraction + "000000")[:6], 10, 64)
		if err != nil {
			t.Fatalf("%v is not a number", v)
		}
		return n
	}
	for _, m := range metrics.Catalogue() {
		for _, name := range []string{m.Field, "previous" + strings.ToUpper(m.Field[:1]) + m.Field[1:]} {
			total, ok := totals[name]
			if !ok || m.Kind != metrics.KindAdditive {
				continue
			}
			sum := int64(0)
			for _, row := range rows {
				sum += micros(row[name])
			}
			if sum != micros(total) {
				t.Fatalf("%s adds up to %d millionths, the total is %v\n%s", name, sum, total, what)
			}
		}
	}
}

// sameInCSV checks that a CSV file holds the rows and totals.
func sameInCSV(t *testing.T, file string, rows []map[string]any, totals map[string]any, what string) {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil || len(records) != len(rows)+2 {
		t.Fatalf("%d records, want %d; %v\n%s", len(records), len(rows)+2, err, what)
	}
	plain := func(v any) string {
		if v == nil {
			return ""
		}
		return strings.ReplaceAll(fmt.Sprint(v), "'", "")
	}
	header := records[0]
	for i, record := range records[1:] {
		row, isTotal := totals, i == len(rows)
		if !isTotal {
			row = rows[i]
		}
		for j, name := range header {
			want := plain(row[name])
			if isTotal && j == 0 {
				want = "Total"
			}
			if got := strings.ReplaceAll(record[j], "'", ""); got != want {
				t.Fatalf("%s of record %d is %q, want %q\n%s", name, i, record[j], want, what)
			}
		}
	}
}

// TestExportSamples compares files of the small world with golden ones.
func TestExportSamples(t *testing.T) {
	t.Parallel()
	x := newExporter(t, pgtest.OpenDSN(t, smallDatabase(t, `
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo) VALUES
  (1, 17, '=HYPERLINK("http://evil.example.com","x")', 'AWARENESS', false), (1, 18, E'+1;@x\r\n-2, "so"', 'AWARENESS', false)`)))
	for name, request := range map[string]map[string]any{
		"campaigns": {
			"level": "CAMPAIGN", "format": "CSV", "fields": []string{"id", "name", "status", "delivery", "deliveryReasons", "budget", "budgetType", "currency", "startAt"},
			"metrics": []string{"SPEND", "IMPRESSIONS", "CTR", "CPC", "REACH", "FREQUENCY", "ROAS"}, "orderBy": map[string]any{"metric": "SPEND", "direction": "DESC"},
			"report": map[string]any{"dates": map[string]any{"from": "2026-06-10", "to": "2026-06-16"}, "compareTo": "PREVIOUS_PERIOD"},
		},
		"adGroups": {
			"level": "AD_GROUP", "format": "JSONL", "metrics": []string{"SPEND", "CHECKOUTS", "CHECKOUT_VALUE"},
			"fields": []string{"id", "name", "campaignId", "campaignName", "status", "delivery", "bid", "bidStrategy", "targeting", "isLearning", "frequencyCap"},
			"report": map[string]any{"dates": map[string]any{"preset": "LAST_14_DAYS"}, "compareTo": "PREVIOUS_PERIOD"},
		},
		"adsByWeek": {
			"level": "AD", "format": "CSV", "granularity": "WEEK", "metrics": []string{"SPEND", "REACH"},
			"fields": []string{"id", "name", "campaignName", "adGroupName", "pinTitle", "review", "rejectedReasons", "destinationUrl"},
			"report": map[string]any{"dates": map[string]any{"from": "2026-05-28", "to": "2026-06-16"}}, "orderBy": map[string]any{"field": "NAME", "direction": "ASC"},
		},
		"entities": {"level": "CAMPAIGN", "format": "JSONL", "filter": map[string]any{"status": []string{"ACTIVE"}}},
		"nothing":  {"level": "AD", "format": "CSV", "bom": true, "filter": map[string]any{"status": []string{}}},
	} {
		request["advertiser"] = advertiserID(acme)
		file, res := exportFile(t, x, request)
		var head strings.Builder
		for _, h := range []string{"Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options", "Trailer", "Adsgraph-Context"} {
			fmt.Fprintf(&head, "%s: %s\n", h, res.Header.Get(h))
		}
		fmt.Fprintf(&head, "\n%s\nAdsgraph-Rows: %s\n", strings.ReplaceAll(file, "\r\n", "␍␊\n"), res.Trailer.Get("Adsgraph-Rows"))
		golden(t, filepath.Join("testdata", "export", name+".golden"), head.String())
	}
}

// TestExportFields checks that every scalar of a level's type is a field of its
// export, and holds what GraphQL says.
func TestExportFields(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, pgtest.Demo(t, "small"))
	w, x := newWorld(t, s, Options{}), newExporter(t, s)
	schema := schemaOf(t)
	for level, typeName := range map[ads.Level]string{ads.LevelCampaign: "Campaign", ads.LevelAdGroup: "AdGroup", ads.LevelAd: "Ad"} {
		var known, scalars []string
		for _, f := range exportFields(level) {
			known = append(known, f.name)
		}
		for _, f := range schema.Types[typeName].Fields {
			if schema.Types[f.Type.Name()].IsLeafType() && f.Type.Elem == nil {
				if scalars = append(scalars, f.Name); !slices.Contains(known, f.Name) {
					t.Errorf("%s.%s is not exported: add it to graph/export_fields.go", typeName, f.Name)
				}
			}
		}
		file, _ := exportFile(t, x, map[string]any{"advertiser": advertiserID(1), "level": level, "format": "JSONL", "fields": known})
		rows, _ := exportLines(t, file)
		deep := map[ads.Level]string{
			ads.LevelCampaign: "advertiser { id name currency timeZone } delivery { status reasons { code } } budget { type amount { amount } }",
			ads.LevelAdGroup:  "advertiser { id name currency timeZone } delivery { status reasons { code } } budget { amount { amount } } bid { amount } campaign { id name }",
			ads.LevelAd:       "advertiser { id name currency timeZone } delivery { status reasons { code } } campaign { id name } adGroup { id name } pin { id title } review { status rejectedReasons reviewedAt }",
		}[level]
		a := w.ask(t, `{ advertiser(id: "`+advertiserID(1)+`") { list: `+exportLists[level].field+`(first: 200) { edges { node { `+strings.Join(scalars, " ")+" "+deep+` } } } } }`, nil)
		var out struct {
			Advertiser struct {
				List struct {
					Edges []struct{ Node map[string]any }
				}
			}
		}
		dec := json.NewDecoder(strings.NewReader(a.data))
		dec.UseNumber()
		if err := dec.Decode(&out); err != nil {
			t.Fatal(err, a.sortedErrors())
		}
		edges := out.Advertiser.List.Edges
		if len(edges) < 5 || len(rows) < len(edges) {
			t.Fatalf("%d rows, %d in GraphQL", len(rows), len(edges))
		}
		for i, e := range edges {
			if got, want := canonical(rows[i]), canonical(flatNode(e.Node)); got != want {
				t.Fatalf("%s %d is\n%s, in GraphQL\n%s", typeName, i, got, want)
			}
		}
	}
}

// flatNode is an entity of GraphQL as an export writes it.
func flatNode(node map[string]any) map[string]any {
	flat := map[string]any{}
	at := func(v any, path ...string) any {
		for _, name := range path {
			object, ok := v.(map[string]any)
			if !ok {
				return nil
			}
			v = object[name]
		}
		return v
	}
	words := func(list any, name string) string {
		var parts []string
		for _, v := range list.([]any) {
			if name != "" {
				v = at(v, name)
			}
			parts = append(parts, v.(string))
		}
		return strings.Join(parts, " ")
	}
	for name, v := range node {
		switch name {
		case "advertiser":
			flat["advertiserId"], flat["advertiserName"], flat["currency"], flat["timeZone"] = at(v, "id"), at(v, "name"), at(v, "currency"), at(v, "timeZone")
		case "campaign", "adGroup":
			flat[name+"Id"], flat[name+"Name"] = at(v, "id"), at(v, "name")
		case "pin":
			flat["pinId"], flat["pinTitle"] = at(v, "id"), at(v, "title")
		case "delivery":
			flat["delivery"], flat["deliveryReasons"] = at(v, "status"), words(at(v, "reasons"), "code")
		case "budget":
			flat["budget"] = at(v, "amount", "amount")
			if _, ownType := node["budgetType"]; !ownType {
				flat["budgetType"] = at(v, "type")
			}
		case "bid":
			flat["bid"] = at(v, "amount")
		case "review":
			flat["review"], flat["rejectedReasons"], flat["reviewedAt"] = at(v, "status"), words(at(v, "rejectedReasons"), ""), at(v, "reviewedAt")
		default:
			flat[name] = v
		}
	}
	return flat
}

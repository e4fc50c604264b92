package graph

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/graph/export"
	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Exporter writes whole lists as files: the rows, order and totals of a screen's
// list, without its pages. It plans one by asking the list of GraphQL, which
// tells what it would read instead of reading it, so that both take the same
// input, check it alike and read the same.
type Exporter struct {
	store    *store.Store
	executor *executor.Executor
	slots    chan struct{} // one per export that runs for a request
}

// NewExporter returns an exporter that answers at most so many requests at once.
func NewExporter(s *store.Store, atOnce int) (*Exporter, error) {
	r := &Resolver{Store: s}
	schema := executable(r)
	var err error
	if r.registry, err = r.fields(schema.Schema()); err != nil {
		return nil, err
	}
	x := &Exporter{store: s, executor: executor.New(schema), slots: make(chan struct{}, atOnce)}
	x.executor.SetErrorPresenter(present)
	x.executor.SetRecoverFunc(recovered)
	x.executor.AroundFields(r.setWise)
	return x, nil
}

// Running returns how many exports run for requests, and how many may at once.
func (x *Exporter) Running() (running, most int) { return len(x.slots), cap(x.slots) }

// exportRequest is what a client asks for.
type exportRequest struct {
	Advertiser  string              `json:"advertiser"`
	Level       ads.Level           `json:"level"`
	Format      exportFormat        `json:"format"`
	BOM         bool                `json:"bom"`
	Filter      any                 `json:"filter"`
	OrderBy     any                 `json:"orderBy"`
	Report      any                 `json:"report"`
	Granularity metrics.Granularity `json:"granularity"`
	EmptySteps  bool                `json:"emptySteps"`
	Fields      []string            `json:"fields"`
	Metrics     []metrics.Name      `json:"metrics"`
}

// exportFormat is the form of a file.
type exportFormat string

// The formats.
const (
	formatCSV   exportFormat = "CSV"
	formatJSONL exportFormat = "JSONL"
)

// exportColumns is the columns asked for.
type exportColumns struct {
	fields  []exportField
	metrics []*metrics.Metric
}

// Export is a planned export: what can be checked beforehand was.
type Export struct {
	store   *store.Store
	read    store.Export
	format  exportFormat
	bom     bool
	columns exportColumns
}

// Plan reads a request, a JSON object, and checks it for the viewer of ctx.
// Errors are a fault or what GraphQL says of the same input.
func (x *Exporter) Plan(ctx context.Context, request io.Reader) (*Export, error) {
	in, err := decodeExport(request)
	if err != nil {
		return nil, err
	}
	columns, err := in.columns()
	if err != nil {
		return nil, err
	}
	key, err := x.list(ctx, in, columns)
	if err != nil {
		return nil, err
	}
	e := &Export{store: x.store, format: in.Format, bom: in.BOM, columns: columns, read: store.Export{
		Of: key, Steps: in.Granularity, EmptySteps: in.EmptySteps,
		Ancestors: slices.ContainsFunc(columns.fields, func(f exportField) bool { return f.ancestors }),
	}}
	return e, e.checkSteps()
}

// decodeExport reads a request and checks what GraphQL will not.
func decodeExport(request io.Reader) (*exportRequest, error) {
	in := &exportRequest{}
	dec := json.NewDecoder(request)
	dec.UseNumber() // a 64-bit number must not pass through a float
	dec.DisallowUnknownFields()
	if err := dec.Decode(in); err != nil {
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
			return nil, fault.New(fault.Invalid, "%s must not be a JSON %s.", wrong.Field, wrong.Value).In(wrong.Field)
		}
		if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			return nil, fault.New(fault.Invalid, "An export has no member %s.", name).In(strings.Trim(name, `"`))
		}
		return nil, errors.Join(fault.New(fault.Invalid, "The request is not a JSON object that describes an export."), err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "Something follows the JSON object in the request.")
	}
	switch {
	case in.Format != formatCSV && in.Format != formatJSONL:
		return nil, fault.New(fault.Invalid, "format is CSV or JSONL.").In("format")
	case exportLists[in.Level].field == "":
		return nil, fault.New(fault.Invalid, "level is CAMPAIGN, AD_GROUP or AD.").In("level")
	case in.BOM && in.Format != formatCSV:
		return nil, fault.New(fault.Unsupported, "Only CSV has a byte order mark; leave bom out for %s.", in.Format).In("bom")
	case !slices.Contains([]metrics.Granularity{"", metrics.Daily, metrics.Weekly, metrics.Monthly}, in.Granularity):
		return nil, fault.New(fault.Invalid, "granularity is DAY, WEEK, MONTH or null.").In("granularity")
	case in.Granularity == "" && in.EmptySteps:
		return nil, fault.New(fault.Unsupported, "emptySteps needs a granularity: without one there are no steps.").In("emptySteps")
	case in.Report == nil && (len(in.Metrics) > 0 || in.Granularity != ""):
		return nil, fault.New(fault.Invalid, "Numbers need the report, which says over which dates.").In("report")
	}
	return in, nil
}

// columns returns what the names of fields and metrics stand for.
func (in *exportRequest) columns() (c exportColumns, err error) {
	known := exportFields(in.Level)
	if in.Fields == nil {
		in.Fields = []string{"id", "name", "status"}
	}
	if len(in.Fields) == 0 {
		return c, fault.New(fault.Invalid, "An export needs at least one field, to tell its rows apart.").In("fields")
	}
	for i, name := range in.Fields {
		at := slices.IndexFunc(known, func(f exportField) bool { return f.name == name })
		switch {
		case at < 0:
			return c, fault.New(fault.Invalid, "%.40q is not a field of this level. There are %s.", name, fieldNames(known)).In("fields")
		case slices.Contains(in.Fields[:i], name):
			return c, fault.New(fault.Invalid, "The field %s is there twice.", name).In("fields")
		}
		c.fields = append(c.fields, known[at])
	}
	for i, name := range in.Metrics {
		m, ok := metrics.ByName(name)
		switch {
		case !ok:
			return c, fault.New(fault.Invalid, "%.40q is not a metric; metricCatalogue lists them.", string(name)).In("metrics")
		case slices.Contains(in.Metrics[:i], name):
			return c, fault.New(fault.Invalid, "The metric %s is there twice.", name).In("metrics")
		}
		c.metrics = append(c.metrics, m)
	}
	return c, nil
}

// fieldNames lists fields for a sentence.
func fieldNames(fields []exportField) string {
	list := make([]string, len(fields))
	for i, f := range fields {
		list[i] = f.name
	}
	return strings.Join(list, ", ")
}

// checkSteps reports what steps cannot be made of.
func (e *Export) checkSteps() error {
	switch l := e.read.Of.List; {
	case e.read.Steps == "":
	case e.read.Of.Window.Compares():
		return fault.New(fault.Unsupported, "Steps have no earlier range to compare with: leave out granularity or report.compareTo.").In("granularity")
	case l.Current&^metrics.Of(metrics.People) == 0:
		return fault.New(fault.Invalid, "Steps need a metric that is known by day; reach is not.").In("metrics")
	}
	return nil
}

// exportLists is, by level, the field of Advertiser that lists it and the names
// of its inputs.
var exportLists = map[ads.Level]struct{ field, filter, order string }{ //nolint:gochecknoglobals // a constant table
	ads.LevelCampaign: {"campaigns", "CampaignFilter", "CampaignOrder"},
	ads.LevelAdGroup:  {"adGroups", "AdGroupFilter", "AdGroupOrder"},
	ads.LevelAd:       {"ads", "AdFilter", "AdOrder"},
}

// exportAlias is the list's key in the document that plans it.
const exportAlias = "rows"

// document composes the query whose list is exported.
func (c exportColumns) document(level ads.Level) string {
	var node, values strings.Builder
	node.WriteString("id")
	for _, f := range c.fields {
		node.WriteString(" " + f.selects)
	}
	for _, m := range c.metrics {
		values.WriteString(" " + m.Field)
		if m.Unit == metrics.UnitMoney {
			values.WriteString(" { micros }")
		}
	}
	numbers := ""
	if len(c.metrics) > 0 {
		numbers = " metrics { total {" + values.String() + " } previous {" + values.String() + " } }"
	}
	l := exportLists[level]
	return "query Export($advertiser: ID!, $filter: " + l.filter + ", $orderBy: " + l.order + ", $report: ReportInput) { advertiser(id: $advertiser) { " +
		exportAlias + ": " + l.field + "(first: 1, filter: $filter, orderBy: $orderBy, report: $report) { edges { node { " + node.String() + " }" + numbers + " } } } }"
}

// list asks GraphQL for the list and returns what it would read.
func (x *Exporter) list(ctx context.Context, in *exportRequest, columns exportColumns) (store.ListKey, error) {
	var planned store.ListKey
	ctx = graphql.StartOperationTrace(context.WithValue(ctx, plannedKey{}, &planned))
	oc, errs := x.executor.CreateOperationContext(ctx, &graphql.RawParams{Query: columns.document(in.Level), Variables: map[string]any{
		"advertiser": in.Advertiser, "filter": in.Filter, "orderBy": in.OrderBy, "report": in.Report,
	}})
	if len(errs) == 0 {
		next, ctx := x.executor.DispatchOperation(ctx, oc)
		errs = next(ctx).Errors
	}
	for _, err := range errs {
		asOfExport(err)
	}
	switch {
	case len(errs) > 0:
		return planned, errs
	case planned.List == nil:
		return planned, errors.New("the list was not planned")
	}
	return planned, nil
}

type plannedKey struct{}

// plannedList returns where a list leaves what it would read, or nil if it is
// to read it.
func plannedList(ctx context.Context) *store.ListKey {
	key, _ := ctx.Value(plannedKey{}).(*store.ListKey)
	return key
}

// asOfExport turns an error about the document that plans an export into one
// about the request: its path and argument are those of the request, and what
// the schema does not allow is INVALID.
func asOfExport(err *gqlerror.Error) {
	path := err.Path
	first := func() string {
		if len(path) == 0 {
			return ""
		}
		name, _ := path[0].(ast.PathName)
		return string(name)
	}
	take := func(name string) bool {
		if first() != name {
			return false
		}
		path = path[1:]
		return true
	}
	if !take("variable") && take("advertiser") && !take(exportAlias) { // the advertiser itself
		take("id")
		path = append(ast.Path{ast.PathName("advertiser")}, path...)
	}
	err.Path, err.Locations = path, nil
	if err.Extensions == nil {
		err.Extensions = map[string]any{}
	}
	if name := first(); name != "" && (err.Extensions["argument"] == nil || name == "advertiser") {
		err.Extensions["argument"] = name
	}
	if code, _ := err.Extensions["code"].(string); strings.HasPrefix(code, "GRAPHQL_") {
		err.Extensions["code"] = string(fault.Invalid)
	}
}

// Write reads the rows and writes the file. progress, unless it is nil, is
// called with the number of rows so far. After an error the file has no totals.
func (e *Export) Write(ctx context.Context, w io.Writer, progress func(rows int)) (rows int, err error) {
	table, cells := e.table(), []export.Cell(nil)
	out := export.NewCSV(w, table, e.bom)
	if e.format == formatJSONL {
		out = export.NewJSONL(w, table)
	}
	var totals []export.Cell
	begin := func(_ int, total, previous metrics.Values) error {
		totals = e.numbers(nil, total, previous)
		return out.Begin()
	}
	err = e.store.Export(ctx, &e.read, begin, func(r *store.ExportRow) error {
		rows++
		if progress != nil {
			progress(rows)
		}
		cells = e.numbers(e.labels(cells[:0], r), r.Total, r.Previous)
		return out.Row(cells)
	})
	if err != nil {
		return rows, err
	}
	return rows, out.End(totals, rows, e.Context())
}

// stepColumn is the column of a step's first day.
const stepColumn = "date"

// table names the columns.
func (e *Export) table() (t export.Table) {
	for _, f := range e.columns.fields {
		t.Labels = append(t.Labels, f.name)
	}
	if e.read.Steps != "" {
		t.Labels = append(t.Labels, stepColumn)
	}
	for _, m := range e.columns.metrics {
		t.Numbers = append(t.Numbers, m.Field)
	}
	if e.read.Of.Window.Compares() {
		for _, m := range e.columns.metrics {
			t.Numbers = append(t.Numbers, "previous"+strings.ToUpper(m.Field[:1])+m.Field[1:])
		}
	}
	return t
}

// labels appends what a row is.
func (e *Export) labels(cells []export.Cell, r *store.ExportRow) []export.Cell {
	for i := range e.columns.fields {
		cells = append(cells, e.columns.fields[i].cell(r))
	}
	if e.read.Steps != "" {
		cells = append(cells, export.Text(r.Step))
	}
	return cells
}

// numbers appends the metrics of the range and, if there is one, of the earlier
// one.
func (e *Export) numbers(cells []export.Cell, total, previous metrics.Values) []export.Cell {
	for _, m := range e.columns.metrics {
		cells = append(cells, number(m, total))
	}
	if e.read.Of.Window.Compares() {
		for _, m := range e.columns.metrics {
			cells = append(cells, number(m, previous))
		}
	}
	return cells
}

// number returns a metric as a cell, null if it has no value.
func number(m *metrics.Metric, v metrics.Values) export.Cell {
	if m.Unit == metrics.UnitFraction || m.Unit == metrics.UnitPerPerson {
		if f, ok := v.Float(m); ok {
			return export.Float(f)
		}
		return export.Cell{}
	}
	n, ok := v.Int(m)
	switch {
	case !ok:
		return export.Cell{}
	case m.Unit == metrics.UnitMoney:
		return export.Amount(ads.Money{Micros: ads.Micros(n), Currency: v.Frame.Currency})
	}
	return export.Int(n)
}

// Context returns what the numbers rest on, as MetricsContext in GraphQL: a JSON
// object in ASCII, or nothing without a report.
func (e *Export) Context() []byte {
	key := e.read.Of
	if key.Window == (metrics.Window{}) {
		return nil
	}
	c := (&metrics.Report{Advertiser: key.Advertiser, Window: key.Window}).Context()
	type attribution struct {
		ClickWindowDays      int                `json:"clickWindowDays"`
		EngagementWindowDays int                `json:"engagementWindowDays"`
		ViewWindowDays       int                `json:"viewWindowDays"`
		ReportTime           metrics.ReportTime `json:"reportTime"`
	}
	text, err := json.Marshal(struct {
		From                    ads.Day     `json:"from"`
		To                      ads.Day     `json:"to"`
		PreviousFrom            *ads.Day    `json:"previousFrom"`
		PreviousTo              *ads.Day    `json:"previousTo"`
		TimeZone                string      `json:"timeZone"`
		Currency                string      `json:"currency"`
		Attribution             attribution `json:"attribution"`
		DataAsOf                *time.Time  `json:"dataAsOf"`
		DeliveryFinalThrough    *ads.Day    `json:"deliveryFinalThrough"`
		ConversionsFinalThrough *ads.Day    `json:"conversionsFinalThrough"`
		IsPartial               bool        `json:"isPartial"`
	}{
		c.From(), c.To(), c.PreviousFrom(), c.PreviousTo(), c.TimeZone, c.Currency, attribution(c.Attribution),
		c.DataAsOf, c.DeliveryFinalThrough, c.ConversionsFinalThrough, c.IsPartial,
	})
	if err != nil {
		panic(err) // it holds nothing that JSON cannot
	}
	return text
}

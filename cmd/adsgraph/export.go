package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/graph"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/store"
)

// exportHelp stands before the list of flags.
const exportHelp = `Usage: adsgraph export --advertiser ID [flags]

Writes the rows of a screen's list, all of them, with the screen's totals at the
end. A file appears under its name when it is whole and not before; see
docs/export.md.

  adsgraph export --advertiser 1 --level campaign --preset LAST_30_DAYS \
    --metrics SPEND,ROAS --order-by metric:ROAS:desc --output campaigns.csv

`

// exportFlags is what the command line says.
type exportFlags struct {
	advertiser, level, format, output      string
	fields, metrics                        string
	preset, from, to, compare, attribution string
	filter, orderBy, granularity           string
	emptySteps, bom                        bool
	user                                   int64
	timeout                                time.Duration
}

func (f *exportFlags) register(flags *flag.FlagSet) {
	flags.StringVar(&f.advertiser, "advertiser", "", "`id` of the advertiser, a number or as GraphQL returns it")
	flags.Int64Var(&f.user, "user", 0, "`id` of the user on whose behalf it is read (default a member of the advertiser, its owner first)")
	flags.StringVar(&f.level, "level", "campaign", "`campaign`, ad_group or ad")
	flags.StringVar(&f.format, "format", "csv", "`csv` or jsonl")
	flags.StringVar(&f.output, "output", "-", "`file` to write, - for the standard output")
	flags.StringVar(&f.fields, "fields", "", "`names` of the columns before the numbers, separated by commas (default id,name,status)")
	flags.StringVar(&f.metrics, "metrics", "", "`names` of metrics, separated by commas, such as SPEND,ROAS")
	flags.StringVar(&f.preset, "preset", "", "`dates` relative to today, such as LAST_30_DAYS")
	flags.StringVar(&f.from, "from", "", "first `day`, as 2026-01-31; with --to instead of --preset")
	flags.StringVar(&f.to, "to", "", "last `day`")
	flags.StringVar(&f.compare, "compare", "", "earlier `range` beside it: PREVIOUS_PERIOD or SAME_WEEKDAYS_LAST_YEAR")
	flags.StringVar(&f.attribution, "attribution", "", "AttributionInput of the schema as `JSON`, such as {\"clickWindowDays\":7,\"engagementWindowDays\":7}")
	flags.StringVar(&f.filter, "filter", "", "filter of the level as `JSON`, such as {\"status\":[\"ACTIVE\"]}")
	flags.StringVar(&f.orderBy, "order-by", "", "`order`: metric:NAME or field:NAME, then :asc or :desc (default newest first)")
	flags.StringVar(&f.granularity, "granularity", "", "a row per entity and `step`: DAY, WEEK or MONTH")
	flags.BoolVar(&f.emptySteps, "empty-steps", false, "rows for steps without delivery too")
	flags.BoolVar(&f.bom, "bom", false, "begin CSV with a byte order mark, for Excel")
	flags.DurationVar(&f.timeout, "timeout", 0, "how long it may take (default for ever)")
}

// request returns the request that the flags make, as POST /export takes it.
func (f *exportFlags) request() ([]byte, error) {
	in := map[string]any{"level": strings.ToUpper(f.level), "format": strings.ToUpper(f.format), "emptySteps": f.emptySteps, "bom": f.bom}
	in["advertiser"] = f.advertiser
	if id, err := strconv.ParseInt(f.advertiser, 10, 64); err == nil {
		in["advertiser"] = ads.Ref{Level: ads.LevelAdvertiser, Advertiser: id, ID: id}.String()
	}
	set := func(to map[string]any, name, value string) {
		if value != "" {
			to[name] = value
		}
	}
	set(in, "granularity", strings.ToUpper(f.granularity))
	if f.fields != "" {
		in["fields"] = strings.Split(f.fields, ",")
	}
	if f.metrics != "" {
		in["metrics"] = strings.Split(strings.ToUpper(f.metrics), ",")
	}
	dates, report := map[string]any{}, map[string]any{}
	set(dates, "preset", f.preset)
	set(dates, "from", f.from)
	set(dates, "to", f.to)
	set(report, "compareTo", f.compare)
	for name, value := range map[string]string{"filter": f.filter, "attribution": f.attribution} {
		switch {
		case value == "":
		case !json.Valid([]byte(value)):
			return nil, fmt.Errorf("--%s is not JSON", name)
		case name == "filter":
			in[name] = json.RawMessage(value)
		default:
			report[name] = json.RawMessage(value)
		}
	}
	if len(dates)+len(report) > 0 {
		report["dates"] = dates
		in["report"] = report
	}
	if f.orderBy != "" {
		parts := strings.Split(f.orderBy, ":")
		if len(parts) != 3 || parts[0] != "metric" && parts[0] != "field" {
			return nil, fmt.Errorf("--order-by is metric:NAME:desc or field:NAME:asc, not %q", f.orderBy)
		}
		in["orderBy"] = map[string]any{parts[0]: strings.ToUpper(parts[1]), "direction": strings.ToUpper(parts[2])}
	}
	return json.Marshal(in)
}

// exportCommand writes a list to a file.
func exportCommand(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flagsWithHelp("export", exportHelp, stderr)
	var f exportFlags
	f.register(flags)
	address := databaseFlag(flags, getenv)
	switch err := flags.Parse(args); {
	case err != nil:
		return err
	case flags.NArg() > 0:
		return fmt.Errorf("%q is not a flag; --output names the file", flags.Arg(0))
	case f.advertiser == "":
		return errors.New("whose? --advertiser names the advertiser")
	}
	request, err := f.request()
	if err != nil {
		return err
	}
	if f.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
		defer cancel()
	}
	s, err := openStore(ctx, *address, store.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	rows, err := f.export(ctx, s, request, stdout, stderr)
	if err != nil {
		return readable(err)
	}
	_, err = fmt.Fprintf(stderr, "%d rows\n", rows)
	return err
}

// export plans the request, then writes the file.
func (f *exportFlags) export(ctx context.Context, s *store.Store, request []byte, stdout, progress io.Writer) (rows int, err error) {
	user := f.user
	if user == 0 {
		id, err := strconv.ParseInt(f.advertiser, 10, 64)
		if err != nil {
			ref, err := ads.ParseRef(f.advertiser)
			if err != nil {
				return 0, err
			}
			id = ref.Advertiser
		}
		if user, err = s.Member(ctx, id); err != nil {
			return 0, err
		}
	}
	ctx = auth.NewContext(ctx, auth.Viewer{UserID: user})
	exporter, err := graph.NewExporter(s, 1)
	if err != nil {
		return 0, err
	}
	planned, err := exporter.Plan(ctx, bytes.NewReader(request))
	if err != nil {
		return 0, err
	}
	start := time.Now()
	said := start
	tell := func(rows int) {
		if rows%1000 == 0 && time.Since(said) > 2*time.Second {
			said = time.Now()
			_, _ = fmt.Fprintf(progress, "%6.1f s  %d rows\n", time.Since(start).Seconds(), rows)
		}
	}
	err = writeWhole(f.output, stdout, func(w io.Writer) error {
		rows, err = planned.Write(ctx, w, tell)
		return err
	})
	return rows, err
}

// writeWhole writes a file that appears under its name when it is whole: until
// then it has another, and after an error it is gone. What is no ordinary file,
// a pipe or a device, is written as it is, and so is the standard output, "-".
func writeWhole(name string, stdout io.Writer, write func(io.Writer) error) (err error) {
	if name == "-" {
		return write(stdout)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		special, err := os.OpenFile(name, os.O_WRONLY, 0) //nolint:gosec // whoever runs the command names it
		if err != nil {
			return err
		}
		return errors.Join(write(special), special.Close())
	}
	// A name of its own: two exports to one file must not write into each other.
	partial, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.partial")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = partial.Close() // a second time does no harm
			_ = os.Remove(partial.Name())
		}
	}()
	if err := write(partial); err != nil {
		return err
	}
	if err := errors.Join(partial.Sync(), partial.Close()); err != nil {
		return err
	}
	if err := os.Rename(partial.Name(), name); err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(name))
}

// syncDirectory makes a new name outlast a power failure, where directories can
// be synchronised.
func syncDirectory(name string) error {
	dir, err := os.Open(name) //nolint:gosec // whoever runs the command names it
	if err != nil {
		return err
	}
	_ = dir.Sync() // some systems cannot
	return dir.Close()
}

// readable returns what GraphQL says of an input as one error of several lines,
// each with the place.
func readable(err error) error {
	list, ok := errors.AsType[gqlerror.List](err)
	if !ok {
		return err
	}
	lines := make([]string, len(list))
	for i, e := range list {
		if lines[i] = e.Message; len(e.Path) > 0 {
			lines[i] = e.Path.String() + ": " + e.Message
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}

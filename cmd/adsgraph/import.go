package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"adsgraph/internal/importer"
	"adsgraph/internal/store"
)

// importHelp stands before the list of flags.
const importHelp = `Usage: adsgraph import [flags] PATH...

Reads ads data from files, or all files of directories, into the database: the
tables of Fivetran's Pinterest Ads connector, reports of Pinterest's, Meta's and
Google's Ads Managers, and any other CSV by a mapping. See docs/import.md.

All of it is imported, or nothing. Days that files hold are replaced, other days
stay: of warehouse tables, which hold whole accounts, the day of the account; of
reports, which may hold some campaigns only, the campaigns that they hold of that
day. --replace says otherwise. To import the same files again changes nothing.

  adsgraph import --dry-run sync/            what would change
  adsgraph import --owner ann@example.com sync/*.csv.gz
  adsgraph import --currency EUR --account 1234567890 google-report.csv
  adsgraph import --mapping our-report.yaml --max-rejects 0 report.csv
  adsgraph import --print-mapping meta-ads > our-report.yaml

`

// importFlags is what the command line says.
type importFlags struct {
	o                         importer.Options
	mapping, printed, rejects string
	delimiter, asOf           string
}

func (f *importFlags) register(flags *flag.FlagSet) {
	flags.StringVar(&f.mapping, "mapping", "", "`file` of a mapping, YAML or JSON, or the name of one of: "+strings.Join(importer.MappingNames(), ", ")+" (default whichever fits)")
	flags.StringVar(&f.printed, "print-mapping", "", "prints the mapping of this `name`, to begin one's own with")
	flags.StringVar(&f.o.Account, "account", "", "the vendor's `id` of the account, where no column says it")
	flags.StringVar(&f.o.Currency, "currency", "", "`code` of the currency, where files do not say it")
	flags.StringVar(&f.o.TimeZone, "time-zone", "UTC", "`zone` of new advertisers, where files do not say it")
	flags.StringVar(&f.delimiter, "delimiter", "", "`character` between cells, or tab (default the mapping's)")
	flags.StringVar(&f.o.Dates, "dates", "", "`order` of 01/02/2026: mdy or dmy (default the mapping's)")
	flags.StringVar(&f.o.Replace, "replace", "", "what is replaced of a `day` that files hold: day (of the account) or campaign (those in the files)")
	flags.StringVar(&f.asOf, "as-of", "", "`instant` up to which files count everything (default the newest sync in them, or now)")
	flags.StringVar(&f.o.Owner, "owner", "", "`e-mail` address of who becomes owner of new advertisers")
	flags.IntVar(&f.o.MaxRejects, "max-rejects", 100, "`lines` that may be left out; with more nothing is imported")
	flags.StringVar(&f.rejects, "rejects", "import-rejects.csv", "`file` that lines left out are named in; written only if there are some")
	flags.BoolVar(&f.o.DryRun, "dry-run", false, "work out what would change, and change nothing")
}

// options checks what the flags say.
func (f *importFlags) options() (*importer.Options, error) {
	o := &f.o
	if f.mapping != "" {
		all, err := importer.Mappings()
		if err != nil {
			return nil, err
		}
		if o.Mapping = all[f.mapping]; o.Mapping == nil {
			text, err := os.ReadFile(f.mapping)
			if err != nil {
				return nil, fmt.Errorf("--mapping is a file or one of %s: %w", strings.Join(importer.MappingNames(), ", "), err)
			}
			if o.Mapping, err = importer.ParseMapping(text); err != nil {
				return nil, fmt.Errorf("%s: %w", f.mapping, err)
			}
			o.Mapping.Name = f.mapping
		}
	}
	switch r := []rune(f.delimiter); {
	case f.delimiter == "tab":
		o.Delimiter = '\t'
	case len(r) == 1 && !strings.ContainsAny(f.delimiter, "\"\r\n"):
		o.Delimiter = r[0]
	case f.delimiter != "":
		return nil, fmt.Errorf("--delimiter is one character, or tab, not %q", f.delimiter)
	}
	if f.asOf != "" {
		at, err := time.Parse(time.RFC3339, f.asOf)
		if err != nil {
			return nil, fmt.Errorf("--as-of is written 2006-01-02T15:04:05Z, not %q", f.asOf)
		}
		o.AsOf = at
	}
	if _, err := time.LoadLocation(o.TimeZone); err != nil || o.TimeZone == "Local" {
		return nil, fmt.Errorf("--time-zone: there is no zone %q", o.TimeZone)
	}
	for flag, ok := range map[string]bool{
		"--dates is mdy or dmy":            slices.Contains([]string{"", "mdy", "dmy"}, o.Dates),
		"--replace is day or campaign":     slices.Contains([]string{"", "day", "campaign"}, o.Replace),
		"--currency is a code such as USD": o.Currency == "" || importer.IsCurrency(o.Currency),
		"--max-rejects is 0 or more":       o.MaxRejects >= 0,
		"--owner is an e-mail address":     o.Owner == "" || strings.Contains(o.Owner, "@"),
	} {
		if !ok {
			return nil, errors.New(flag)
		}
	}
	o.Rejects = func() (io.WriteCloser, error) { return os.Create(f.rejects) }
	return o, nil
}

// importCommand reads files into the database.
func importCommand(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flagsWithHelp("import", importHelp, stderr)
	var f importFlags
	f.register(flags)
	address := databaseFlag(flags, getenv)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if f.printed != "" {
		text, err := importer.MappingText(f.printed)
		if err != nil {
			return fmt.Errorf("there is no mapping %q; there are %s", f.printed, strings.Join(importer.MappingNames(), ", "))
		}
		_, err = stdout.Write(text)
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("which files? Name files or directories after the flags")
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	o.Paths = flags.Args()
	s, err := openStore(ctx, *address, store.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	start := time.Now()
	o.Progress = importProgress(stderr, start)
	summary, err := importer.Import(ctx, s, o)
	if summary != nil && summary.Rejects > 0 {
		tellRejects(stderr, summary, f.rejects)
	}
	if err != nil {
		return err
	}
	return tellImport(stdout, summary, o, time.Since(start))
}

// importProgress writes a line every other second.
func importProgress(w io.Writer, start time.Time) func(importer.Progress) {
	last := start
	return func(p importer.Progress) {
		passed := time.Since(start)
		switch {
		case p.File == "":
			_, _ = fmt.Fprintf(w, "%6.1f s  %d rows read; writing what they change\n", passed.Seconds(), p.Rows)
		case time.Since(last) >= progressInterval:
			last = time.Now()
			_, _ = fmt.Fprintf(w, "%6.1f s  %3.0f %% of the files, %d rows, %.0f rows/s, %s\n", passed.Seconds(), 100*float64(p.Bytes)/float64(max(p.Size, 1)), p.Rows,
				float64(p.Rows)/passed.Seconds(), p.File)
		}
	}
}

// Package importer reads ads data that other systems wrote as files: warehouse
// tables and exports of reports. Mappings say what their columns are; the store
// works out what the rows change.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Options say how files are imported.
type Options struct {
	// Paths are files, or directories whose files that end in .csv, .tsv or .txt,
	// or in one of these with .gz, are taken.
	Paths []string
	// Mapping is the only one to try; nil for all that come with the program.
	Mapping *Mapping
	// Account is the vendor's id of the account, where files do not say it.
	Account string
	// Currency and TimeZone are those of accounts where files do not say them;
	// TimeZone is UTC if empty.
	Currency, TimeZone string
	// Delimiter separates cells, Dates is mdy or dmy; zero for what mappings say.
	Delimiter rune
	Dates     string
	// Replace is "day" or "campaign", empty for what mappings say. With day, a day of
	// an account that files hold is replaced as a whole; with campaign, only the
	// campaigns that they hold of that day are.
	Replace string
	// AsOf is up to when files count everything; zero for the newest time in them,
	// or now.
	AsOf time.Time
	// Owner is the e-mail address of who is to own new advertisers.
	Owner string
	// MaxRejects is how many lines may be left out; Rejects opens the file that
	// names them, when there is one.
	MaxRejects int
	Rejects    func() (io.WriteCloser, error)
	// SumBytes is how much memory sums of new accounts may take before they are sent;
	// 0 is 64 MB. With less, more days are summed by the database.
	SumBytes int
	// DryRun works everything out and writes nothing.
	DryRun bool
	// Progress is called now and then, with the bytes of all files.
	Progress func(Progress)
}

// Progress is how far an import is.
type Progress struct {
	File        string // empty once all files are read
	Rows        int64
	Bytes, Size int64 // of the files as they are, packed or not
}

// Summary is what became of an import.
type Summary struct {
	*store.ImportChanges
	Files []FileSummary
	// Rows are the records of all files.
	Rows int64
	// Seen counts the objects that files name, by level.
	Seen map[ads.Level]int64
	// Duplicates is how many rows were of an object and day of which there was one.
	Duplicates int64
	// Rounded is how many numbers had more decimals than are kept.
	Rounded int64
	// OutOfRetention is how many rows by viewer were of days that are not kept any
	// more, OtherDimensions how many of dimensions that are not known.
	OutOfRetention, OtherDimensions int64
	// Rejects is how many lines were left out, Reasons how many for each reason.
	Rejects int
	Reasons map[string]int
	// NewAccounts is how many advertisers were created.
	NewAccounts int
}

// FileSummary is what was in one file.
type FileSummary struct {
	Path, Mapping, Table string
	Rows                 int64
	// Unused are the columns that are not taken.
	Unused []string
	// IsSkipped tells that the file is known and not needed.
	IsSkipped bool
}

// session is one import.
type session struct {
	context  context.Context //nolint:containedctx // it lives as long as the import
	options  *Options
	store    *store.Store
	im       *store.Import
	rejects  rejects
	summary  *Summary
	accounts map[string]*account // by source and id
	latest   *account            // of the record before
	ids      [levels][]int64
	first    int32
	last     int32
	tooEarly int32 // the day before the first that is taken
	tooLate  int32
	viewers  int32 // the first day of which numbers by viewer are kept
	// monthsFrom and monthsUntil are days between which facts can be written.
	monthsFrom, monthsUntil int32
	cells                   int // of all accounts
	row                     row
	texts                   byDay[string]
}

// Import imports files into a store that is not behind row-level security.
func Import(ctx context.Context, s *store.Store, o *Options) (*Summary, error) {
	files, err := survey(o)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	summary := &Summary{Seen: map[ads.Level]int64{}}
	in := &session{
		context: ctx, options: o, store: s, summary: summary, accounts: map[string]*account{},
		rejects:  rejects{open: o.Rejects, most: o.MaxRejects},
		tooEarly: days(now.AddDate(-15, 0, 0)) - 1, tooLate: days(now) + 2, viewers: days(now) - metrics.BreakdownDays,
		first: 1 << 30, last: -1 << 30, monthsFrom: 1 << 30, monthsUntil: -1 << 30,
	}
	defer func() { _ = in.rejects.close() }() // after an error, that one matters
	err = s.Import(ctx, o.DryRun, func(im *store.Import) error {
		in.im = im
		var size, before int64
		for _, l := range files {
			size += l.size
		}
		for _, l := range files {
			if err := in.read(l, before, size); err != nil {
				return err
			}
			before += l.size
		}
		if err := in.rejects.close(); err != nil {
			return err
		}
		if o.Progress != nil {
			o.Progress(Progress{Rows: summary.Rows, Bytes: size, Size: size})
		}
		plan, err := in.write()
		if err != nil {
			return err
		}
		summary.ImportChanges, err = im.Finish(ctx, plan)
		return err
	})
	summary.Rejects, summary.Reasons = in.rejects.count, in.rejects.reasons
	if err != nil {
		return summary, err
	}
	return summary, nil
}

// read takes the records of one file.
func (in *session) read(l *layout, before, size int64) error {
	done := FileSummary{Path: l.path, Mapping: l.mapping.Name, Table: l.table.Name, Unused: l.unused, IsSkipped: l.table.Holds == "nothing"}
	if done.IsSkipped {
		in.summary.Files = append(in.summary.Files, done)
		return nil
	}
	s, err := open(l.path, l.delimiter)
	if err != nil {
		return err
	}
	defer func() { _ = s.close() }()
	var held Reject // a line that, as the last one, shows that the file was cut off
	refuse := func(r Reject) error {
		if r.Reason == "" {
			return nil
		}
		return in.rejects.add(r)
	}
	for {
		record, line, err := s.next()
		if errors.Is(err, io.EOF) && held.Reason == errTooFew.Error() && s.endsWithin() {
			return &FileError{KindTruncated, l.path, fmt.Sprintf("line %d, the last one, ends in the middle", held.Line)}
		}
		if _, cut := errors.AsType[*FileError](err); !cut {
			if err := refuse(held); err != nil {
				return err
			}
			held = Reject{}
		}
		switch {
		case errors.Is(err, io.EOF):
			in.summary.Files = append(in.summary.Files, done)
			in.summary.Rows += done.Rows
			return nil
		case errors.Is(err, errQuotes):
			held = Reject{File: l.path, Line: line, Reason: err.Error()}
			continue
		case err != nil:
			return err
		case line <= l.header || len(record) == 1 && record[0] == "" || l.ignores(record):
			continue
		}
		done.Rows++
		reject, err := in.take(l, record, line)
		if err != nil {
			return err
		}
		reject.File, reject.Line = l.path, line
		if reject.Reason == errTooFew.Error() {
			held = reject
		} else if err := refuse(reject); err != nil {
			return err
		}
		if done.Rows%4096 == 0 {
			if err := in.context.Err(); err != nil {
				return err
			}
			if err := in.im.FlushBehind(in.context); err != nil {
				return err
			}
			if in.options.Progress != nil {
				in.options.Progress(Progress{File: l.path, Rows: in.summary.Rows + done.Rows, Bytes: before + min(s.bytes.n, l.size), Size: size})
			}
		}
	}
}

// ignores tells whether a record is no row, such as the line of totals.
func (l *layout) ignores(record []string) bool {
	if len(l.table.Ignore) == 0 {
		return false
	}
	i := slices.IndexFunc(record, func(c string) bool { return c != "" })
	return i >= 0 && slices.ContainsFunc(l.table.Ignore, func(start string) bool { return len(record[i]) >= len(start) && record[i][:len(start)] == start })
}

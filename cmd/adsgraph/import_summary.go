package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/importer"
	"adsgraph/internal/store"
)

// mostTotals is how many advertisers a summary lists.
const mostTotals = 20

// tellImport writes what an import changed, or would change.
func tellImport(w io.Writer, s *importer.Summary, o *importer.Options, took time.Duration) error {
	var t strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&t, format+"\n", args...) }
	for _, f := range s.Files {
		if f.IsSkipped {
			say("%s: %s, which is not needed", f.Path, f.Table)
			continue
		}
		say("%s: %s of %s, %d rows", f.Path, f.Table, f.Mapping, f.Rows)
		if len(f.Unused) > 0 {
			say("  columns not taken: %s", strings.Join(f.Unused, ", "))
		}
	}
	for _, level := range []ads.Level{ads.LevelAdvertiser, ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd} {
		say("%-10s  %d new, %d changed, %d as they were", strings.ToLower(string(level)), s.Created[level], s.Changed[level], s.Seen[level]-s.Created[level]-s.Changed[level])
	}
	say("numbers     %d days of advertisers changed: %d rows added, %d changed, %d removed; by viewer %d", s.Days, s.Added, s.Updated, s.Removed, s.Breakdowns)
	for _, n := range []struct {
		count int64
		what  string
	}{
		{s.Duplicates, "rows were of an object and day that had one: the latest counts"},
		{s.KeptFiner, "rows were left aside: the database has finer numbers of their days"},
		{s.Rounded, "numbers had more decimals than are kept, and were rounded"},
		{s.OutOfRetention, "rows by viewer are of days that are not kept any more"},
		{s.OtherDimensions, "rows by viewer are of dimensions that are not taken"},
	} {
		if n.count > 0 {
			say("%d %s", n.count, n.what)
		}
	}
	if s.Compared > 0 {
		say("%d rows of campaigns, ad groups or accounts were compared with their ads: %d differ", s.Compared, s.Different)
	}
	shown := s.Totals
	slices.SortStableFunc(shown, func(a, b store.ImportTotal) int { return cmp.Compare(b.SpendAfter, a.SpendAfter) })
	for _, a := range shown[:min(len(shown), mostTotals)] {
		money := func(n int64) string { return ads.Money{Micros: ads.Micros(n), Currency: a.Currency}.Amount() }
		say("%s (id %d): spend %s -> %s %s, impressions %d -> %d", a.Name, a.ID, money(a.SpendBefore), money(a.SpendAfter), a.Currency, a.ImpressionsBefore, a.ImpressionsAfter)
	}
	if len(shown) > mostTotals {
		say("and %d advertisers more", len(shown)-mostTotals)
	}
	if s.NewAccounts > 0 {
		switch {
		case o.Owner == "":
			say("Nobody can see the %d new advertisers yet: import with --owner, or add a member.", s.NewAccounts)
		case s.IsOwnerNew:
			say("%s is new, and owns the %d new advertisers. To sign in takes a row of the table identity, see docs/authentication.md.", o.Owner, s.NewAccounts)
		default:
			say("%s owns the %d new advertisers.", o.Owner, s.NewAccounts)
		}
	}
	verb := "Imported"
	if o.DryRun {
		verb = "Nothing was written. An import would take"
	}
	say("%s %d rows in %.1f s, %.0f rows/s.", verb, s.Rows, took.Seconds(), float64(s.Rows)/took.Seconds())
	_, err := io.WriteString(w, t.String())
	return err
}

// tellRejects writes how many lines were left out, and why.
func tellRejects(w io.Writer, s *importer.Summary, file string) {
	_, _ = fmt.Fprintf(w, "%d lines were left out; %s names each:\n", s.Rejects, file)
	for _, reason := range slices.SortedFunc(maps.Keys(s.Reasons), func(a, b string) int { return s.Reasons[b] - s.Reasons[a] }) {
		_, _ = fmt.Fprintf(w, "  %6d  %s\n", s.Reasons[reason], reason)
	}
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"adsgraph/graph"
	"adsgraph/graph/bundle"
	"adsgraph/graph/documents"
)

// clientCommand writes what a client is built from.
func clientCommand(_ context.Context, args []string, _ func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("client", flag.ContinueOnError)
	flags.SetOutput(stderr)
	name := flags.String("name", "screens", "`name` of the client")
	manifests := flags.String("documents", "", "`directory` of the client's manifests, in place of the documents of the screens")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("where to? adsgraph client [flags] DIR")
	}
	set, err := documents.Load(*manifests)
	if err != nil {
		return err
	}
	own := []string{documents.Interface} // what is not of the client
	if *manifests != "" {
		own = append(own, documents.Builtin)
	}
	for hash, d := range set {
		if !slices.ContainsFunc(d.Sources, func(s string) bool { return !slices.Contains(own, s) }) {
			delete(set, hash)
		}
	}
	about, err := bundle.Write(flags.Arg(0), *name, graph.Schema(), set)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s: client %s, version %s, %d documents\n", flags.Arg(0), about.Client, about.Version, about.Documents)
	return err
}

// checkCommand tells what the schema of this program does to clients.
func checkCommand(_ context.Context, args []string, _ func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(stderr)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("which clients? adsgraph check BUNDLE..., directories that adsgraph client made")
	}
	breaking := 0
	for _, dir := range flags.Args() {
		b, err := bundle.Read(dir)
		if err != nil {
			return err
		}
		found, err := bundle.Check(b, graph.Schema())
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Breaking {
				breaking++
			}
			if _, err := fmt.Fprintln(stdout, f); err != nil {
				return err
			}
		}
		if len(found) == 0 {
			if _, err := fmt.Fprintf(stdout, "ok: %s (%s), %d documents\n", b.Client, b.Version, b.Documents); err != nil {
				return err
			}
		}
	}
	if breaking > 0 {
		return fmt.Errorf("the schema breaks clients in %d ways", breaking)
	}
	return nil
}

// documentsCommand lists the trusted documents and when they were last used.
func documentsCommand(_ context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("documents", flag.ContinueOnError)
	flags.SetOutput(stderr)
	dir := flags.String("documents", getenv("ADSGRAPH_DOCUMENTS"), "`directory` of the clients' manifests (ADSGRAPH_DOCUMENTS)")
	unused := flags.Int("unused", 0, "list only those that were not used for so many `days`, such as 90")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("where does it stand? adsgraph documents [flags] FILE..., those that servers wrote with --document-use")
	}
	set, err := documents.Load(*dir)
	if err != nil {
		return err
	}
	last := documents.Use{}
	for _, path := range flags.Args() {
		use, err := documents.ReadUse(path)
		if err != nil {
			return err
		}
		for hash, at := range use {
			if last[hash].Before(at) {
				last[hash] = at
			}
		}
	}
	lines := make([]string, 0, len(set))
	for hash, d := range set {
		at, used := last[hash]
		if *unused > 0 && used && time.Since(at) < time.Duration(*unused)*24*time.Hour {
			continue
		}
		when := "never     "
		if used {
			when = at.Format(time.DateOnly)
		}
		lines = append(lines, fmt.Sprintf("%s  %s  %s  %s\n", when, hash, d.Name, strings.Join(d.Sources, " ")))
	}
	slices.Sort(lines)
	_, err = io.WriteString(stdout, strings.Join(lines, ""))
	return err
}

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/graph"
	"adsgraph/graph/operations"
	"adsgraph/internal/bundle"
)

var (
	clientName    = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
	clientVersion = regexp.MustCompile(`^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?$`)
)

// clientCommand writes the bundle of a client.
func clientCommand(_ context.Context, args []string, _ func(string) string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("client", flag.ContinueOnError)
	f.SetOutput(stderr)
	name := f.String("client", "screens", "the client's `name`: small letters, digits, dots and dashes")
	version := f.String("version", "", "the bundle's `version`, such as 1.4.0; 0.0.0 with the schema's hash unless given")
	documents := f.String("documents", "", "the `directory` of the client's .graphql files; the screens of adsgraph unless given")
	f.Usage = func() {
		_, _ = io.WriteString(stderr, "Usage: adsgraph client [flags] DIRECTORY\n\nWrites what a client's team pulls into a directory: the schema, the documents, their manifests in the formats of\nApollo and Relay, and types for TypeScript.\n\n")
		f.PrintDefaults()
	}
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return errors.New("give the directory to write")
	}
	b := &bundle.Bundle{Client: *name, Version: *version, SDL: bundle.Print(graph.Schema())}
	if b.Version == "" {
		sum := sha256.Sum256([]byte(b.SDL))
		b.Version = "0.0.0-" + hex.EncodeToString(sum[:])[:12]
	}
	if !clientName.MatchString(b.Client) {
		return fmt.Errorf("--client %q is not small letters, digits, dots and dashes", b.Client)
	}
	if !clientVersion.MatchString(b.Version) {
		return fmt.Errorf("--version %q is not of the form 1.4.0", b.Version)
	}
	if *documents != "" {
		var err error
		if b.Documents, err = bundle.ReadDocuments(*documents); err != nil {
			return err
		}
	} else {
		all, err := operations.All()
		if err != nil {
			return err
		}
		for _, o := range all {
			b.Documents = append(b.Documents, bundle.Document{Name: o.Name, Text: o.Text, Hash: o.Hash})
		}
	}
	if err := b.Write(f.Arg(0)); err != nil {
		return err
	}
	_, err := fmt.Fprintf(stdout, "%s %s: %d documents in %s\n", b.Client, b.Version, len(b.Documents), f.Arg(0))
	return err
}

// check fails if the schema breaks a document of a bundle.
func check(_ context.Context, args []string, _ func(string) string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("check", flag.ContinueOnError)
	f.SetOutput(stderr)
	file := f.String("schema", "", "the schema `file` to check; that of this program unless given")
	f.Usage = func() {
		_, _ = io.WriteString(stderr, "Usage: adsgraph check [flags] DIRECTORY...\n\nChecks that the schema breaks no document of the bundles that adsgraph client wrote: those that clients out there\nstill send. Prints what breaks, by client and screen, and what clients may not be prepared for.\n\n")
		f.PrintDefaults()
	}
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() == 0 {
		return errors.New("give the directories of the bundles to check")
	}
	schema, err := schemaOf(*file)
	if err != nil {
		return err
	}
	breaking := 0
	for _, dir := range f.Args() {
		b, err := bundle.Read(dir)
		if err != nil {
			return err
		}
		found, err := b.Check(schema)
		if err != nil {
			return err
		}
		for _, finding := range found {
			word := "may surprise"
			if finding.IsBreaking {
				word = "breaks"
				breaking++
			}
			if _, err := fmt.Fprintf(stdout, "%s %s %s %s: %s\n", word, finding.Client, finding.Version, finding.Document, finding.Message); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(stdout, "%s %s: %d documents checked\n", b.Client, b.Version, len(b.Documents)); err != nil {
			return err
		}
	}
	if breaking > 0 {
		return fmt.Errorf("the schema breaks documents that clients send: %d findings", breaking)
	}
	return nil
}

// schemaOf reads a schema file, or returns the program's own.
func schemaOf(file string) (*ast.Schema, error) {
	if file == "" {
		return graph.Schema(), nil
	}
	text, err := os.ReadFile(file) //nolint:gosec // whoever runs the program names it
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: file, Input: string(text)})
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	return schema, nil
}

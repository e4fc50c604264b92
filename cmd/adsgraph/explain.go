package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/graph"
	"adsgraph/internal/auth"
	"adsgraph/internal/store"
)

// explainHelp stands before the list of flags.
const explainHelp = `Usage: adsgraph explain [flags] FILE

Tells what an operation needs: its size, what it costs, which loaders are asked by
which fields, and which SQL statements that makes. Without --run nothing is run,
and no database is needed. Mutations are never run. FILE is a document, - for the
standard input.

  adsgraph explain graph/operations/CampaignsTable.graphql --variables '{"id": "MUEx", ...}'
  adsgraph explain --run --user 1 --database postgres://... --variables @variables.json table.graphql

`

// explainFlags is what the command line says.
type explainFlags struct {
	operation, variables string
	run, analyze, text   bool
	asJSON               bool
	user                 int64
}

// explainCommand explains a document.
func explainCommand(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	flags := flagsWithHelp("explain", explainHelp, stderr)
	var f explainFlags
	flags.StringVar(&f.operation, "operation", "", "`name` of the operation, if the document has several")
	flags.StringVar(&f.variables, "variables", "{}", "variables as `JSON`, or @ and the name of a file with them")
	flags.BoolVar(&f.run, "run", false, "run it, in the database, on behalf of --user")
	flags.BoolVar(&f.analyze, "analyze", false, "run it, and each statement once more for PostgreSQL's plan")
	flags.Int64Var(&f.user, "user", 0, "`id` of the user on whose behalf it is run")
	flags.BoolVar(&f.text, "sql", false, "print the text of the statements too")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON, as extensions.explain has it")
	address := databaseFlag(flags, getenv)
	var file string
	for len(args) > 0 { // flags may follow the file
		if err := flags.Parse(args); err != nil {
			return err
		}
		if args = flags.Args(); len(args) > 0 {
			if file != "" {
				return fmt.Errorf("%q is too much: a document is one file", args[0])
			}
			file, args = args[0], args[1:]
		}
	}
	if file == "" {
		return errors.New("which document? Give the file, or - for the standard input")
	}
	request, err := f.request(file)
	if err != nil {
		return err
	}
	s, err := f.open(ctx, *address)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	answer, err := f.ask(ctx, s, request)
	if err != nil {
		return err
	}
	if f.asJSON {
		var b bytes.Buffer
		if err := json.Indent(&b, answer, "", "  "); err != nil {
			return err
		}
		_, err = fmt.Fprintln(stdout, b.String())
		return err
	}
	return f.print(stdout, answer)
}

// request returns the request that the flags make.
func (f *explainFlags) request(file string) ([]byte, error) {
	var document []byte
	var err error
	if file == "-" {
		document, err = io.ReadAll(os.Stdin)
	} else {
		document, err = os.ReadFile(file) //nolint:gosec // the user names it
	}
	if err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	variables := []byte(f.variables)
	if name, ok := strings.CutPrefix(f.variables, "@"); ok {
		if variables, err = os.ReadFile(name); err != nil { //nolint:gosec // the user names it
			return nil, fmt.Errorf("--variables: %w", err)
		}
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(variables, &object); err != nil || object == nil {
		return nil, errors.New("--variables is no JSON object")
	}
	return json.Marshal(map[string]any{"query": string(document), "operationName": f.operation, "variables": object})
}

// open opens the database if the operation is to be run there. What only plans
// needs none.
func (f *explainFlags) open(ctx context.Context, address string) (*store.Store, error) {
	switch {
	case !f.run && !f.analyze:
		return store.Planner(time.Now), nil
	case f.user == 0:
		return nil, errors.New("on whose behalf? --user names the user; what is read, and what may be, depends on who asks")
	}
	return openStore(ctx, address, store.Options{})
}

// ask returns the explanation of a request.
func (f *explainFlags) ask(ctx context.Context, s *store.Store, request []byte) (json.RawMessage, error) {
	server, err := graph.NewServer(s, graph.Options{Introspection: true})
	if err != nil {
		return nil, err
	}
	mode := graph.ExplainPlan
	switch {
	case f.analyze:
		mode = graph.ExplainAnalyze
	case f.run:
		mode = graph.ExplainRun
	}
	ctx = auth.NewContext(ctx, auth.Viewer{UserID: f.user})
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(request))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(graph.ExplainHeader, string(mode))
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, r)
	var answer struct {
		Errors     gqlerror.List
		Extensions struct{ Explain json.RawMessage }
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
		return nil, err
	}
	if answer.Extensions.Explain == nil {
		return nil, answer.Errors
	}
	return answer.Extensions.Explain, nil
}

// print writes an explanation for people.
func (f *explainFlags) print(w io.Writer, explanation json.RawMessage) error {
	var e struct {
		Mode      string
		Operation struct{ Name, Kind, Hash string }
		Size      struct{ Depth, Fields, Rows, Points int }
		Declared  *int
		Requires  []string
		Batches   []struct {
			Loader      string
			Fields      []string
			Asked, Keys int
		}
		Hits       int
		Statements []struct {
			Name, Text string
			Batch      int
			Rows       int
			Ms         float64
			Plan       json.RawMessage
		}
		Ms   float64
		Note string
	}
	if err := json.Unmarshal(explanation, &e); err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s (%s)\n", e.Operation.Kind, e.Operation.Name, e.Operation.Hash[:16])
	fmt.Fprintf(&b, "%d fields, %d deep; up to %d rows and %d points\n", e.Size.Fields, e.Size.Depth, e.Size.Rows, e.Size.Points)
	if len(e.Requires) > 0 {
		fmt.Fprintf(&b, "requires %s\n", strings.Join(e.Requires, ", "))
	}
	ran := e.Mode != string(graph.ExplainPlan)
	switch {
	case e.Note != "":
		fmt.Fprintln(&b, e.Note)
	case ran:
		fmt.Fprintf(&b, "%d statements in %.1f ms; loaders answered %d times from what they had\n", len(e.Statements), e.Ms, e.Hits)
	default:
		fmt.Fprintf(&b, "%d statements, of which none was run\n", len(e.Statements))
	}
	if e.Declared != nil {
		fmt.Fprintf(&b, "the document declares %d statements\n", *e.Declared)
	}
	b.WriteString("\n")
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	if len(e.Statements) > 0 {
		_, _ = fmt.Fprintln(t, "STATEMENT\tROWS\tMS\tLOADER\tKEYS\tFOR")
	}
	for _, s := range e.Statements {
		rows, ms, loader, keys, fields := "-", "-", "-", "-", "the root field"
		if ran {
			rows, ms = fmt.Sprint(s.Rows), fmt.Sprintf("%.1f", s.Ms)
		}
		if s.Batch > 0 {
			batch := e.Batches[s.Batch-1]
			loader, keys, fields = batch.Loader, fmt.Sprint(batch.Keys), strings.Join(batch.Fields, ", ")
		}
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", s.Name, rows, ms, loader, keys, fields)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, s := range e.Statements {
		if f.text {
			fmt.Fprintf(&b, "\n%s\n", s.Text)
		}
		if s.Plan != nil {
			fmt.Fprintf(&b, "\n%s: PostgreSQL's plan\n", s.Name)
			var plan bytes.Buffer
			if err := json.Indent(&plan, s.Plan, "", " "); err != nil {
				return err
			}
			fmt.Fprintln(&b, plan.String())
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

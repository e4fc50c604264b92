package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// TestExplainCommand plans a document without a database, and runs it in one.
func TestExplainCommand(t *testing.T) {
	t.Parallel()
	explain := func(args ...string) (string, error) {
		var out, errs bytes.Buffer
		err := run(t.Context(), append([]string{"explain"}, args...), noEnv, &out, &errs)
		return out.String(), err
	}
	file := filepath.Join(t.TempDir(), "document.graphql")
	const document = `query Names($id: ID!) { advertiser(id: $id) { name campaigns(first: 2) { edges { node { name labels { value } } } } } }
mutation Leave($input: RevokeRolesInput!) { revokeRoles(input: $input) { userErrors { code } } }`
	if err := os.WriteFile(file, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	variables := `{"id": "` + ads.Ref{Level: ads.LevelAdvertiser, Advertiser: 1, ID: 1}.String() + `"}`
	planned, err := explain(file, "--operation", "Names", "--variables", variables, "--sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"query Names", "3 statements, of which none was run", "advertiser.campaigns.edges.node.labels", "-- name: CampaignLabels\n", "requires VIEW_CAMPAIGNS"} {
		if !strings.Contains(planned, want) {
			t.Errorf("there is no %q in\n%s", want, planned)
		}
	}
	dsn := pgtest.Demo(t, "small")
	ran, err := explain("--analyze", "--user", "1", "--database", dsn, "--operation", "Names", "--variables", variables, "--json", file)
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Mode       string
		Statements []struct {
			Name string
			Rows int
			Plan map[string]any
		}
	}
	if err := json.Unmarshal([]byte(ran), &told); err != nil {
		t.Fatal(err)
	}
	if told.Mode != "analyze" || len(told.Statements) != 3 {
		t.Fatal(ran)
	}
	for _, s := range told.Statements {
		if s.Plan["Execution Time"] == nil || s.Name == "CampaignList" && s.Rows != 2 {
			t.Errorf("%+v", s)
		}
	}
	if out, err := explain(file, "--operation", "Leave", "--variables", `{"input": {"advertiserId": "MUEx", "memberId": "MUEx", "roles": ["OWNER"]}}`); err != nil || !strings.Contains(out, "never run") {
		t.Errorf("a mutation: %v\n%s", err, out)
	}
	for want, args := range map[string][]string{
		"which document":       {},
		"too much":             {file, file},
		"no JSON object":       {file, "--variables", "[1]"},
		"no such file":         {"nowhere.graphql"},
		"on whose behalf":      {file, "--run", "--database", dsn},
		"id must be defined":   {file, "--operation", "Names"},
		"operation  not found": {file},
		"no database":          {file, "--run", "--user", "1"},
		"--variables: open no": {file, "--variables", "@nowhere.json"},
	} {
		if out, err := explain(args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v %s, want %s", args, err, out, want)
		}
	}
}

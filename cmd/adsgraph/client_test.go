package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adsgraph/graph"
	"adsgraph/internal/bundle"
)

// TestClientBundles writes the bundle of the screens, checks it against the schema,
// and against one that breaks a screen.
func TestClientBundles(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "bundle")
	var out, logs bytes.Buffer
	program := func(args ...string) error {
		out.Reset()
		return run(t.Context(), args, noEnv, &out, &logs)
	}
	if err := program("client", "--client", "web", "--version", "1.2.0", dir); err != nil || !strings.Contains(out.String(), "web 1.2.0: ") {
		t.Fatal(err, out.String())
	}
	if err := program("check", dir); err != nil || strings.Contains(out.String(), "breaks") {
		t.Errorf("%v\n%s", err, out.String())
	}
	newer := strings.Replace(bundle.Print(graph.Schema()), "enum DeliveryStatus {", "enum DeliveryStatus {\n\tSNOOZED", 1)
	newer = strings.Replace(newer, "budgetProgress: BudgetProgress", "budgetPace: BudgetProgress", 1)
	file := filepath.Join(t.TempDir(), "schema.graphqls")
	if err := os.WriteFile(file, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	err := program("check", "--schema", file, dir)
	if err == nil || !strings.Contains(err.Error(), "breaks documents") || !strings.Contains(out.String(), "breaks web 1.2.0 AdGroupDetail: ") ||
		!strings.Contains(out.String(), "may surprise web 1.2.0 CampaignsTable: Delivery.status may be SNOOZED now") {
		t.Errorf("%v\n%s", err, out.String())
	}
	for mentions, args := range map[string][]string{
		"directory": {"client"}, "--client": {"client", "--client", "A B", dir}, "--version": {"client", "--version", "one", dir},
		"no .graphql files": {"client", "--documents", t.TempDir(), dir}, "directories": {"check"}, "no bundle": {"check", t.TempDir()}, "read the schema": {"check", "--schema", "/nowhere", dir},
	} {
		if err := program(args...); err == nil || !strings.Contains(err.Error(), mentions) {
			t.Errorf("%v: %v, want %q", args, err, mentions)
		}
	}
}

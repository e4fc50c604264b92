package graph

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/graph/generated"
	"adsgraph/graph/operations"
	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

// TestDifferential asks every screen and thousands of random documents of both
// ways of executing; the answers must be the same to the byte, the errors the
// same but for their order.
func TestDifferential(t *testing.T) {
	t.Parallel()
	tried, _, _ := tryOut(t, twoFlags)
	setWise, plain := demoWorld(t, Options{Limits: Limits{}, Flags: tried}), demoWorld(t, Options{Executor: true, Limits: Limits{}, Flags: tried})
	same := func(t *testing.T, query string, variables map[string]any) answer {
		t.Helper()
		got, want := setWise.ask(t, query, variables), plain.ask(t, query, variables)
		if got.data != want.data {
			t.Fatalf("the answers differ for\n%s\n%v\nset-wise: %s\n%s\nplain:    %s\n%s", query, variables,
				excerpt(got.data, want.data), got.sortedErrors(), excerpt(want.data, got.data), want.sortedErrors())
		}
		if g, w := got.sortedErrors(), want.sortedErrors(); g != w {
			t.Fatalf("the errors differ for\n%s\n%v\nset-wise:\n%s\nplain:\n%s", query, variables, g, w)
		}
		if slices.Contains(got.codes(), string(fault.Internal)) {
			t.Fatalf("a mistake of ours for\n%s\n%v\n%s", query, variables, got.sortedErrors())
		}
		return got
	}
	t.Run("Screens", func(t *testing.T) {
		all, err := operations.All()
		if err != nil {
			t.Fatal(err)
		}
		for name, o := range all {
			got := same(t, o.Text, screenVariables(t, name, 25))
			if len(got.errors) > 0 {
				t.Errorf("%s: %s", name, got.sortedErrors())
			}
		}
	})
	t.Run("AskedAgain", func(t *testing.T) { // what is kept of a document depends on what variables decided, and on nothing else
		const query = `query Again($id: ID!, $names: Boolean!, $numbers: Boolean!, $of: MetricName!, $granularity: Granularity!) {
		  advertiser(id: $id) {
		    name @include(if: $names)
		    ...More
		    campaigns(first: 2, report: {dates: {preset: LAST_7_DAYS}}) {
		      edges { node { id ... @skip(if: $names) { status } } metrics @include(if: $numbers) { total { spend { micros } nullReason(metric: $of) } series(granularity: $granularity) { start } } }
		    }
		  }
		}
		fragment More on Advertiser { again: name @skip(if: $names) timeZone @include(if: $numbers) }`
		for range 2 {
			for _, names := range []bool{true, false} {
				for _, numbers := range []bool{true, false} {
					for of, granularity := range map[string]string{"ROAS": "DAY", "FREQUENCY": "WEEK"} {
						got := same(t, query, map[string]any{"id": advertiserID(1), "names": names, "numbers": numbers, "of": of, "granularity": granularity})
						if len(got.errors) > 0 || strings.Contains(got.data, `"status"`) == names || strings.Contains(got.data, `"series"`) != numbers {
							t.Errorf("names %v, numbers %v: %s %s", names, numbers, got.data, got.sortedErrors())
						}
					}
				}
			}
		}
	})
	t.Run("Random", func(t *testing.T) {
		documents := pgtest.Rounds(2500, 300)
		const seed = 7
		failed, answered := 0, 0
		for i := range documents {
			g := &generator{rand: rand.New(rand.NewPCG(seed, uint64(i))), schema: schemaOf(t)}
			query := g.document()
			got := same(t, query, map[string]any{"yes": true, "no": false})
			if len(got.errors) > 0 {
				failed++
			}
			if len(got.data) > 200 {
				answered++
			}
			if t.Failed() {
				return
			}
		}
		t.Logf("seed %d: %d documents, %d with errors, %d with more than 200 bytes of data", seed, documents, failed, answered)
		if failed < documents/20 || answered < documents/4 {
			t.Errorf("the documents are too tame or too broken to prove anything")
		}
	})
}

// TestFailingStatements lets one statement after another fail in every screen:
// both ways of executing must give the same answer, the part of the screen that
// needs the statement is null, and the rest is there.
func TestFailingStatements(t *testing.T) {
	t.Parallel()
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	dsn := pgtest.Demo(t, "small")
	whole := newWorld(t, pgtest.OpenDSN(t, dsn), Options{})
	for name, o := range all {
		variables := screenVariables(t, name, 3)
		good := whole.ask(t, o.Text, variables)
		for _, statement := range slices.Compact(good.statements()) {
			t.Run(name+"/"+statement, func(t *testing.T) {
				t.Parallel()
				broken := func(_ context.Context, query string) error {
					if strings.HasPrefix(query, "-- name: "+statement+"\n") {
						return errors.New("secret of the database")
					}
					return nil
				}
				s := pgtest.OpenHooked(t, dsn, broken)
				got := newWorld(t, s, Options{}).ask(t, o.Text, variables)
				want := newWorld(t, s, Options{Executor: true}).ask(t, o.Text, variables)
				if got.data != want.data || got.sortedErrors() != want.sortedErrors() {
					t.Fatalf("set-wise: %s\n%s\nplain:    %s\n%s", excerpt(got.data, want.data), got.sortedErrors(),
						excerpt(want.data, got.data), want.sortedErrors())
				}
				if len(got.errors) == 0 || got.codes()[0] != string(fault.Internal) {
					t.Errorf("errors = %s, want INTERNAL", got.sortedErrors())
				}
				if strings.Contains(got.sortedErrors(), "secret") {
					t.Errorf("the database shows: %s", got.sortedErrors())
				}
				nothing := map[string]string{
					"AdvertiserByID": `{"advertiser":null}`, "CampaignByID": `{"campaign":null}`, "AdGroupByID": `{"adGroup":null}`, "AdByID": `{"ad":null}`,
				}[statement] // what the root's own statement may do
				if got.data != nothing && strings.HasSuffix(got.data, `":null}`) && strings.Count(got.data, ":") == 1 {
					t.Errorf("one failing part took the screen with it: %s", got.data)
				}
			})
		}
	}
}

// TestSlowPartTimesOut lets one statement take longer than the request may: the
// part that needs it says so, and what does not lie deeper than it is there.
func TestSlowPartTimesOut(t *testing.T) {
	t.Parallel()
	slow := func(ctx context.Context, query string) error {
		if strings.HasPrefix(query, "-- name: AdList\n") {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	w := newWorld(t, pgtest.OpenHooked(t, pgtest.Demo(t, "small"), slow), Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	a := w.askIn(ctx, t, document(t, "MobileCampaign").Text, screenVariables(t, "MobileCampaign", 3))
	if len(a.errors) != 1 || a.codes()[0] != string(fault.Timeout) || !strings.HasSuffix(a.data, `"ads":null}}`) || !strings.Contains(a.data, `"series":[{`) {
		t.Errorf("got %s\n%s", a.sortedErrors(), a.data)
	}
}

func schemaOf(t *testing.T) *ast.Schema {
	t.Helper()
	return generated.NewExecutableSchema(generated.Config{}).Schema()
}

// excerpt returns the surroundings of the first difference.
func excerpt(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-150):min(len(a), i+150)]
}

// screenVariables returns the variables of a screen's example, with pages of
// rows rows.
func screenVariables(t testing.TB, name string, rows int) map[string]any {
	t.Helper()
	o := document(t, name)
	variables := maps.Clone(o.Example)
	if o.Rows != "" {
		variables[o.Rows] = rows
	}
	return variables
}

package graph

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"adsgraph/graph/operations"
	"adsgraph/internal/pgtest"
)

// TestStatementsAreConstant runs every screen with pages of 1 to 200 rows, on
// 1, 2 and 8 processors, with random delays in the driver, again and again: the
// statements must be the same each time, by name and count, and no more than
// the document declares.
func TestStatementsAreConstant(t *testing.T) {
	repeats := 200
	if testing.Short() {
		repeats = 10
	}
	jitter := func(ctx context.Context, _ string) error {
		select {
		case <-time.After(time.Duration(rand.IntN(400)) * time.Microsecond):
		case <-ctx.Done():
		}
		return nil
	}
	w := newWorld(t, pgtest.OpenHooked(t, pgtest.Demo(t, "small"), jitter), Options{})
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	seen := map[string][]string{}
	for _, processors := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(processors)
		for _, rows := range []int{1, 10, 100, 200} {
			for name, o := range all {
				variables := screenVariables(t, name, rows)
				for range repeats/12 + 1 {
					a := w.ask(t, o.Text, variables)
					if len(a.errors) > 0 {
						t.Fatalf("%s: %s", name, a.sortedErrors())
					}
					got := a.statements()
					if len(got) > o.Statements {
						t.Fatalf("%s: %d statements, its budget is %d: %v", name, len(got), o.Statements, got)
					}
					if want, ok := seen[name]; ok && !slices.Equal(got, want) {
						t.Fatalf("%s with %d rows on %d processors: statements %v, before %v", name, rows, processors, got, want)
					}
					seen[name] = got
				}
			}
		}
	}
	for name, o := range all {
		t.Logf("%s: %d of %d: %v", name, len(seen[name]), o.Statements, seen[name])
		if len(seen[name]) != o.Statements {
			t.Errorf("%s declares %d statements and needs %d", name, o.Statements, len(seen[name]))
		}
	}
}

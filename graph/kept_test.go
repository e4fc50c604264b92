package graph

import (
	"testing"

	"adsgraph/graph/documents"
	"adsgraph/internal/pgtest"
)

// TestKept lets a server with other limits take over from another one: what was
// spent is spent, and documents that clients made known are known. Another budget
// begins anew, and each server has the limits that it was made with.
func TestKept(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, smallDatabase(t, people))
	kept := &Kept{}
	server := func(depth, budget int) *world {
		limits := DefaultLimits()
		limits[LimitDepth], limits[LimitBudget] = Limit{depth, Enforce}, Limit{budget, Enforce}
		return newWorld(t, s, Options{Limits: limits, Automatic: true, Kept: kept})
	}
	const text = "{ viewer { name } }"
	query := `{ advertiser(id: "` + advertiserID(acme) + `") { campaigns(first: 20) { edges { node { name } } } } }`
	first := server(12, 1_000_000)
	_, cost := first.costly(t, query, nil)
	spent := 1_000_000 - cost.Remaining
	hash := map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": documents.Hash(text)}}
	first.sendAs(t, agency, nil, jsonOf(t, map[string]any{"query": text, "extensions": hash}), nil)
	next := server(2, 1_000_000)
	if got := next.sendAs(t, agency, nil, jsonOf(t, map[string]any{"extensions": hash}), nil); got.Code != 200 || got.Body.String()[:8] != `{"data":` {
		t.Errorf("a document that was known: %s", got.Body)
	}
	if rec, cost := next.costly(t, query, nil); cost.Actual != 0 || cost.Remaining != 1_000_000-spent {
		t.Errorf("too deep, with %+v left of what was: %s", cost, rec.Body)
	}
	if rec, _ := first.costly(t, query, nil); rec.Code != 200 {
		t.Errorf("the first has limits of the second: %s", rec.Body)
	}
	if _, cost := server(12, 2_000_000).costly(t, query, nil); cost.Remaining != 2_000_000-cost.Actual {
		t.Errorf("another budget: %+v", cost)
	}
}

package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/graph/documents"
	"adsgraph/graph/operations"
	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

// told is what a response says of its cost.
type told struct{ Estimated, Actual, Statements, Budget, Remaining, ResetMs int }

// costly sends a document and returns the response with what it says of its cost.
func (w *world) costly(t testing.TB, query string, variables map[string]any) (*httptest.ResponseRecorder, told) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	ctx := auth.NewContext(context.Background(), auth.Viewer{UserID: w.viewer})
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	var out struct{ Extensions struct{ Cost told } }
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
		t.Fatalf("%v: %s", err, rec.Body)
	}
	return rec, out.Extensions.Cost
}

// TestCostOfScreens compares what screens are estimated to cost with what they do.
func TestCostOfScreens(t *testing.T) {
	t.Parallel()
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	w := smallWorld(t, Options{Limits: DefaultLimits()})
	spent := 0
	for name, o := range all {
		rec, cost := w.costly(t, o.Text, goldenVariables(t, name))
		t.Logf("%s: %+v", name, cost)
		if rec.Code != http.StatusOK || cost.Statements != o.Statements || cost.Estimated < cost.Actual || cost.Estimated > 20*cost.Actual {
			t.Errorf("%s: %d %+v with %d statements", name, rec.Code, cost, o.Statements)
		}
		spent += cost.Actual
	}
	t.Logf("all screens cost %d", spent)
	if most := DefaultLimits()[LimitBudget].Max; 5*spent > most {
		t.Errorf("all screens once cost %d of %d", spent, most)
	}
}

// TestBudgets has one viewer ask for ten times the budget: the others, and the
// viewer's other advertisers, have all of theirs.
func TestBudgets(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, smallDatabase(t, people))
	limits := DefaultLimits()
	limits[LimitBudget] = Limit{600, Enforce}
	w := newWorld(t, s, Options{Limits: limits})
	query := func(advertiser int64) string {
		return `{ advertiser(id: "` + advertiserID(advertiser) + `") { campaigns(first: 20) { edges { node { name } } } } }`
	}
	_, first := w.costly(t, query(acme), nil)
	if first.Budget != 600 || first.Actual == 0 || first.Actual >= first.Estimated || first.Remaining != 600-first.Actual || first.ResetMs != 100*first.Actual {
		t.Fatalf("the first costs %+v", first)
	}
	refused, left := 0, first.Remaining
	for range 10 * 600 / first.Actual {
		rec, cost := w.costly(t, query(acme), nil)
		if rec.Code == http.StatusOK {
			if left -= cost.Actual; cost.Remaining != left {
				t.Fatalf("%+v, want %d left", cost, left)
			}
			continue
		}
		refused++
		retry, err := strconv.Atoi(rec.Header().Get("Retry-After"))
		if rec.Code != http.StatusTooManyRequests || err != nil || retry < 1 || retry > 60 || !strings.Contains(rec.Body.String(), string(fault.RateLimited)) ||
			cost.Actual != 0 || cost.Statements != 0 || cost.Remaining != left || cost.Estimated <= left {
			t.Fatalf("%d %v %s", rec.Code, rec.Header(), rec.Body)
		}
	}
	if refused < 5*600/first.Actual {
		t.Errorf("only %d were refused", refused)
	}
	if rec, _ := w.costly(t, `{ advertiser(id: "`+advertiserID(acme)+`") { nonsense } }`, nil); rec.Code == http.StatusTooManyRequests {
		t.Error("what is not valid is limited")
	}
	if _, cost := w.costly(t, query(2), nil); cost.Remaining != 600-cost.Actual {
		t.Errorf("another advertiser: %+v", cost)
	}
	if _, cost := w.as(2).costly(t, query(acme), nil); cost.Remaining != 600-cost.Actual {
		t.Errorf("another viewer: %+v", cost)
	}
	over := "{ advertiser(id: \"" + advertiserID(acme) + "\") {" + strings.Repeat(" name", 2001) + " } }"
	if rec, cost := w.as(2).costly(t, over, nil); rec.Code == http.StatusTooManyRequests || cost.Actual != 0 {
		t.Errorf("%d %+v", rec.Code, cost)
	}
}

// TestBudgetsOfSubscriptions has a socket subscribe until the budget is used up.
func TestBudgetsOfSubscriptions(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	limits := DefaultLimits()
	limits[LimitBudget] = Limit{70, Enforce}
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{Limits: limits})
	c := p.signIn(t, agency)
	for i := range 3 {
		c.subscribe(t, fmt.Sprint("s", i), follower, advertiserID(acme))
		p.subscribers(t, i+1)
	}
	c.subscribe(t, "over", follower, advertiserID(acme))
	if got, err := c.hear(); err != nil || !strings.Contains(got, string(fault.RateLimited)) || !strings.Contains(got, "retryAfterMs") {
		t.Errorf("got %s %v", got, err)
	}
}

// TestMeasuredBudget spends more than there is, and looks into the log.
func TestMeasuredBudget(t *testing.T) { //nolint:paralleltest // it replaces the log
	limits := DefaultLimits()
	limits[LimitBudget] = Limit{30, Measure}
	w := smallWorld(t, Options{Limits: limits})
	l := collectLog(t)
	for range 3 {
		if rec, _ := w.costly(t, `{ advertiser(id: "`+advertiserID(acme)+`") { campaigns(first: 5) { totalCount } } }`, nil); rec.Code != http.StatusOK {
			t.Fatal(rec.Body)
		}
	}
	if !strings.Contains(l.text(), `msg="limit passed" limit=budget`) {
		t.Errorf("the log says: %s", l.text())
	}
}

// TestStatementBudget runs a trusted document that declares what it needs, and one
// that declares less.
func TestStatementBudget(t *testing.T) { //nolint:paralleltest // it replaces the log
	s := pgtest.OpenDSN(t, smallDatabase(t))
	o := document(t, "CampaignsTable")
	tooFew := strings.Replace(o.Text, fmt.Sprintf("statements: %d)", o.Statements), fmt.Sprintf("statements: %d)", o.Statements-1), 1)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "TooFew.graphql"), []byte(tooFew), 0o600); err != nil {
		t.Fatal(err)
	}
	library, err := documents.Open(dir, "", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, mode := range []Mode{Enforce, Measure, Off} {
		limits := DefaultLimits()
		limits[LimitStatements] = Limit{0, mode}
		w := newWorld(t, s, Options{Limits: limits, Documents: library})
		for _, text := range []string{o.Text, tooFew, tooFew + " "} { // the last is nobody's, so that it declares nothing
			l := collectLog(t)
			a := w.ask(t, text, goldenVariables(t, "CampaignsTable"))
			switch {
			case mode == Enforce && text == tooFew:
				if len(a.codes()) == 0 || a.codes()[0] != string(fault.StatementBudget) || len(a.executions) != o.Statements-1 || !strings.Contains(a.data, "totalCount") {
					t.Errorf("%s: %s %.300s", mode, a.sortedErrors(), a.data)
				}
			case len(a.errors) > 0 || len(a.executions) != o.Statements:
				t.Errorf("%s: %s", mode, a.sortedErrors())
			}
			if told := strings.Contains(l.text(), "limit=statements"); told != (mode == Measure && text == tooFew) {
				t.Errorf("%s: the log says %s", mode, l.text())
			}
		}
	}
}

// TestTimeoutCancelsStatements lets a statement sleep in the database for longer
// than an operation may take: it does not go on afterwards.
func TestTimeoutCancelsStatements(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	for _, fenced := range []bool{false, true} {
		var started atomic.Bool
		s := pgtest.OpenRewritten(t, dsn, fenced, func(query string) string {
			if strings.HasPrefix(query, "-- name: CampaignList\n") {
				started.Store(true)
				return strings.Replace(query, "\n", "\nWITH late AS MATERIALIZED (SELECT pg_sleep(60)) SELECT q.* FROM late, LATERAL (", 1) + ") AS q"
			}
			return query
		})
		w := newWorld(t, s, Options{Timeout: 300 * time.Millisecond})
		a := w.ask(t, `{ advertiser(id: "`+advertiserID(acme)+`") { name campaigns(first: 1) { edges { node { name } } } } }`, nil)
		if len(a.errors) != 1 || a.codes()[0] != string(fault.Timeout) || !strings.Contains(a.data, `"campaigns":null`) || !started.Load() {
			t.Fatalf("got %s %s", a.sortedErrors(), a.data)
		}
		idle(t, pgtest.DB(t, dsn))
	}
}

// idle fails unless the database runs nothing for anybody else half a second
// later at the latest.
func idle(t *testing.T, db *sqlx.DB) {
	t.Helper()
	deadline := time.Now().Add(500 * time.Millisecond)
	for {
		var running []string
		if err := db.Select(&running, `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'`); err != nil {
			t.Fatal(err)
		}
		if len(running) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("still running: %s", running)
		}
	}
}

package graph

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jmoiron/sqlx"
	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"

	"adsgraph/graph/flags"
	"adsgraph/internal/auth"
	"adsgraph/internal/observe"
	"adsgraph/internal/pgtest"
)

// twoFlags is a file of flags: user 2 has what is new.
const twoFlags = `
table: {variants: {old: false, new: true}, default: old, users: {new: [2]}}
export: {variants: {"off": {formats: []}, "on": {formats: [csv, "<b>"]}}, default: "on"}
`

// tryOut returns the flags of a text, with their file.
func tryOut(t testing.TB, text string) (*flags.Flags, *flags.File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "flags.yaml")
	rewrite(t, path, text)
	file, err := flags.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := flags.New(t.Context(), file, file.Declared, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return f, file, path
}

// rewrite puts another file in the place of one.
func rewrite(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// asks sends a document to a process as a user, and returns the body.
func (p *process) asks(t testing.TB, user, query string, more http.Header) string {
	t.Helper()
	header := http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + user}}
	for name := range more {
		header.Set(name, more.Get(name))
	}
	status, body := p.send(t, http.MethodPost, "/graphql", jsonOf(t, map[string]any{"query": query}), header)
	if status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	return body
}

const shownTable = `{ viewer { experiments(keys: ["export", "table", "none", "table"]) { key variant value } } }`

// TestExperiments asks a server over HTTP, and looks for what it was answered in all
// that is recorded.
func TestExperiments(t *testing.T) { //nolint:paralleltest // it replaces the log
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	f, _, _ := tryOut(t, twoFlags)
	logs := &logged{}
	before := slog.Default()
	slog.SetDefault(observe.NewLogger(logs, false, slog.LevelInfo))
	t.Cleanup(func() { slog.SetDefault(before) })
	ctx, w := watch(context.Background())
	p := newProcessIn(ctx, t, dsn, pgtest.OpenDSN(t, dsn), Options{Introspection: true, Flags: f})
	answers := map[string]string{
		"1": `{"data":{"viewer":{"experiments":[{"key":"export","variant":"on","value":{"formats":["csv","\u003cb\u003e"]}},{"key":"table","variant":"old","value":false}]}}}`,
		"2": `{"data":{"viewer":{"experiments":[{"key":"export","variant":"on","value":{"formats":["csv","\u003cb\u003e"]}},{"key":"table","variant":"new","value":true}]}}}`,
	}
	told := func(want int) {
		t.Helper()
		if n := strings.Count(logs.text(), "msg=exposure "); n != want {
			t.Errorf("%d exposures, want %d\n%s", n, want, logs.text())
		}
	}
	plan := http.Header{}
	plan.Set(ExplainHeader, string(ExplainPlan))
	if body := p.asks(t, "1", shownTable, plan); !strings.Contains(body, `"experiments":[{"key":"table","variant":"old"},{"key":"export","variant":"on"}]`) {
		t.Errorf("explained: %s", body)
	}
	p.asks(t, "1", "{ viewer { name } }", nil)
	told(0) // nobody was shown anything
	for range 3 {
		for user, want := range answers {
			if body := p.asks(t, user, shownTable, nil); body != want {
				t.Errorf("%s is told %s\nwant %s", user, body, want)
			}
		}
	}
	told(4)
	for _, line := range []string{"flag=table variant=old viewer=1", "flag=table variant=new viewer=2"} {
		if strings.Count(logs.text(), "msg=exposure "+line) != 1 {
			t.Errorf("no single line %s", line)
		}
	}
	if text := logs.text(); !strings.Contains(text, `code="" experiments="table=old,export=on"`) || !strings.Contains(text, `code="" experiments="table=new,export=on"`) {
		t.Errorf("the lines of operations have no variants: %s", text)
	}
	var events []string
	for _, s := range w.spans.GetSpans() {
		for _, e := range s.Events {
			events = append(events, fmt.Sprint(e.Name, e.Attributes[0].Key, e.Attributes[0].Value.AsString(), e.Attributes[1].Key, e.Attributes[1].Value.AsString()))
		}
	}
	if text := strings.Join(events, "\n"); !strings.Contains(text, "feature_flag.evaluation"+"feature_flag.key"+"table"+"feature_flag.result.variant"+"new") {
		t.Errorf("spans: %s", text)
	}
	many := strings.Repeat(`"a",`, maxIDs+1)
	if body := p.asks(t, "1", "{ viewer { experiments(keys: ["+many+"]) { key } } }", nil); !strings.Contains(body, "experiments takes at most 200 keys, not 201.") {
		t.Errorf("%s", body)
	}

	// A change is found in the history by its request, and that in the log with the variants.
	var version int
	if err := db.Get(&version, "SELECT version FROM campaign WHERE advertiser_id = $1 AND id = 11", acme); err != nil {
		t.Fatal(err)
	}
	body := p.asks(t, "1", fmt.Sprintf(`mutation { updateCampaigns(input: {advertiserId: %q, idempotencyKey: "experiments 1", campaigns: [{id: %q, version: %d, name: "Tried"}]}) { campaigns { name } userErrors { message } } }`,
		advertiserID(acme), campaignID(acme, 11), version), http.Header{"X-Request-Id": {"TRIED1"}})
	var request string
	if err := db.Get(&request, "SELECT request_id FROM change WHERE advertiser_id = $1 AND entity_id = 11 AND field = 'name' ORDER BY id DESC LIMIT 1", acme); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if line := regexp.MustCompile(`msg=operation .*experiments="table=old,export=on".* request=` + request + `[ \n]`); request == "" || !line.MatchString(logs.text()) {
		t.Errorf("no line of the request %q: %s\n%s", request, body, logs.text())
	}
}

// fickle is a provider that gives another variant each time that it is asked, and
// notes down what it is told.
type fickle struct {
	*memprovider.InMemoryProvider
	mu   sync.Mutex
	told []openfeature.FlattenedContext
}

func (f *fickle) StringEvaluation(_ context.Context, _, _ string, who openfeature.FlattenedContext) openfeature.StringResolutionDetail {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = append(f.told, who)
	v := fmt.Sprintf("v%d", len(f.told))
	return openfeature.StringResolutionDetail{Value: v, ProviderResolutionDetail: openfeature.ProviderResolutionDetail{Variant: v}}
}

// TestDecidedOncePerOperation asks a provider that never gives the same twice, which
// must be told of people nothing but their ids.
func TestDecidedOncePerOperation(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	provider := &fickle{InMemoryProvider: &memprovider.InMemoryProvider{}}
	f, err := flags.New(t.Context(), provider, func(ctx context.Context) (context.Context, []flags.Flag) {
		return ctx, []flags.Flag{{Key: "table", Default: ""}}
	}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{Introspection: true, Flags: f})
	run := http.Header{}
	run.Set(ExplainHeader, string(ExplainRun))
	variant := regexp.MustCompile(`"variant":"(v\d+)"`)
	for i := 1; i <= 3; i++ {
		body := p.asks(t, "1", `{ viewer { name email experiments(keys: ["table"]) { variant } again: experiments(keys: "table") { variant } } other: viewer { experiments(keys: ["table"]) { variant } } }`, run)
		found := variant.FindAllStringSubmatch(body, -1)
		if len(found) != 4 { // three in the data, one in the explanation
			t.Fatalf("%s", body)
		}
		for _, m := range found {
			if m[1] != fmt.Sprintf("v%d", i) {
				t.Errorf("operation %d: %s", i, body)
			}
		}
	}
	for _, who := range provider.told {
		if !reflect.DeepEqual(who, openfeature.FlattenedContext{openfeature.TargetingKey: "1"}) {
			t.Errorf("the provider is told %v", who)
		}
	}
}

// holdCampaigns keeps statements from reading campaigns until the function is called
// that it returns.
func holdCampaigns(t testing.TB, db *sqlx.DB) (release func()) {
	t.Helper()
	tx := db.MustBegin()
	tx.MustExec("LOCK TABLE campaign IN ACCESS EXCLUSIVE MODE")
	return func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}
}

// stuck waits until so many statements wait for campaigns.
func stuck(t testing.TB, db *sqlx.DB, want int) {
	t.Helper()
	soon(t, fmt.Sprintf("%d statements wait", want), func() bool {
		return count(t, db, `SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'campaign'::regclass`) == want
	})
}

// later sends a document and returns the body once it is there.
func (p *process) later(t testing.TB, query string) <-chan string {
	t.Helper()
	body := make(chan string, 1)
	go func() {
		response := p.post(context.Background(), t, "1", plainJSON, jsonOf(t, map[string]any{"query": query}))
		b, err := io.ReadAll(response.Body)
		if err != nil {
			t.Error(err)
		}
		body <- string(b)
	}()
	return body
}

// TestTheFileChangesMeanwhile changes the file while an operation waits for the
// database, and while another one comes that is the same but for the variant.
func TestTheFileChangesMeanwhile(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	f, file, path := tryOut(t, twoFlags)
	p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{Flags: f})
	query := fmt.Sprintf(`{ advertiser(id: %q) { campaigns(first: 1) { totalCount } } viewer { experiments(keys: ["table"]) { variant } } }`, advertiserID(acme))
	release := holdCampaigns(t, db)
	first := p.later(t, query)
	stuck(t, db, 1)
	rewrite(t, path, strings.ReplaceAll(twoFlags, "default: old", "default: new"))
	file.Reload(t.Context())
	second := p.later(t, query)
	stuck(t, db, 2) // it does not join the first
	release()
	if body := <-first; !strings.Contains(body, `[{"variant":"old"}]`) {
		t.Errorf("first: %s", body)
	}
	if body := <-second; !strings.Contains(body, `[{"variant":"new"}]`) {
		t.Errorf("second: %s", body)
	}
}

// TestCoalesceFlag asks the same twice at once, with sharing and without.
func TestCoalesceFlag(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t)
	db := pgtest.DB(t, dsn)
	query := fmt.Sprintf(`{ advertiser(id: %q) { campaigns(first: 1) { totalCount } } }`, advertiserID(acme))
	for variants, want := range map[string]int{"{on: true, off: false}, default: on": 1, "{on: true, off: false}, default: off": 2, "{on: yes please}, default: on": 1} {
		f, _, _ := tryOut(t, coalesceFlag+": {variants: "+variants+"}")
		fl := &flights{}
		p := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{Flags: f, flights: fl})
		release := holdCampaigns(t, db)
		first := p.later(t, query)
		stuck(t, db, 1)
		second := p.later(t, query)
		if want == 1 {
			soon(t, "the second waits for the first", func() bool {
				fl.mu.Lock()
				defer fl.mu.Unlock()
				for _, flight := range fl.running {
					return flight.waiting == 2
				}
				return false
			})
		}
		stuck(t, db, want)
		release()
		if one, two := <-first, <-second; one != two || !strings.Contains(one, `"totalCount":`) {
			t.Errorf("%s: %s\n%s", variants, one, two)
		}
	}
}

// TestNoFlagsCostNothing counts what an operation allocates for experiments where
// there are none.
func TestNoFlagsCostNothing(t *testing.T) { //nolint:paralleltest // it counts allocations
	ctx := auth.NewContext(t.Context(), auth.Viewer{UserID: 1})
	oc := &graphql.OperationContext{}
	var x experiments
	if n := testing.AllocsPerRun(100, func() {
		x.decide(ctx, oc)
		if !x.enabled(ctx, oc, coalesceFlag, true) || experimentsOf(oc).String() != "" || experimentsOf(oc) != nil {
			t.Fatal("there are experiments")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

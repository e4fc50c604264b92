package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"

	"adsgraph/graph/flags"
	"adsgraph/internal/ads"
	"adsgraph/internal/auth"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// The proof that nobody sees what is not theirs. In a copy of the demo every
// text of every tenant is made to say whose it is: a canary. Then documents made
// from the schema, which reach every field with every argument, are asked as
// every role and as strangers, with own and foreign ids.

const (
	mine, theirs = 1, 3 // the advertisers: that of most viewers, and another one

	firstPerson = 9001 // the first of the persons below, one for each role in mine
	outsider    = 9100 // is a member of nothing
	neighbour   = 9200 // owns theirs
)

// tell sends a document and returns the body and headers of what comes back.
func (w *world) tell(t *testing.T, document string) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(auth.NewContext(t.Context(), auth.Viewer{UserID: w.viewer}), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	var headers bytes.Buffer
	_ = rec.Header().Write(&headers)
	return rec.Body.String() + "\n" + headers.String()
}

// proof is the state of the test.
type proof struct {
	db      *sqlx.DB
	dsn     string
	viewers map[int64][]ads.Role
	friends map[int64]bool // people that members of mine may hear of
	planted []string
	flags   *flags.Flags

	own, foreign *documentSet
}

// leaks returns the canaries in an answer that a viewer must not see.
func (p *proof) leaks(viewer int64, text string) (found []string) {
	for _, m := range canary.FindAllStringSubmatch(text, -1) {
		var a ads.Advertiser
		switch m[1] {
		case fmt.Sprint(mine):
			a.ViewerRoles = p.viewers[viewer]
		case fmt.Sprint(theirs):
			if viewer == neighbour {
				a.ViewerRoles = []ads.Role{ads.RoleOwner}
			}
		}
		if capability, ok := shown[m[2]]; !ok || a.ViewerRoles == nil || a.Require(capability) != nil {
			found = append(found, m[0])
		}
	}
	for _, m := range userCanary.FindAllStringSubmatch(text, -1) {
		var id int64
		_, _ = fmt.Sscan(m[1], &id)
		if id != viewer && viewer != neighbour && (!p.friends[id] || viewer == outsider) {
			found = append(found, m[0])
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(found)))
}

func newProof(t *testing.T) *proof {
	t.Helper()
	p := &proof{dsn: pgtest.OwnDemo(t, "small"), friends: map[int64]bool{}}
	p.flags, _, _ = tryOut(t, twoFlags)
	p.db = pgtest.DB(t, p.dsn)
	p.viewers = addPeople(p.db)
	s := pgtest.OpenDSN(t, p.dsn)
	w := newWorld(t, s, Options{Limits: Limits{}})
	mineIDs, theirIDs := idsOf(t, w.as(firstPerson), mine), idsOf(t, w.as(neighbour), theirs)
	p.planted = plant(t, p.db)
	var ids []int64
	if err := p.db.Select(&ids, `SELECT user_id FROM member WHERE advertiser_id = $1 UNION SELECT user_id FROM saved_view WHERE advertiser_id = $1
	  UNION SELECT owner_id FROM report_template WHERE advertiser_id = $1 UNION SELECT user_id FROM export_run WHERE advertiser_id = $1
	  UNION SELECT user_id FROM member_change WHERE advertiser_id = $1 AND user_id IS NOT NULL
	  UNION SELECT actor_id FROM change WHERE advertiser_id = $1 AND actor_id IS NOT NULL`, mine); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		p.friends[id] = true
	}
	roots := func(ids map[ads.Level]string) map[string]string {
		return map[string]string{
			"advertiser": ids[ads.LevelAdvertiser], "campaign": ids[ads.LevelCampaign], "adGroup": ids[ads.LevelAdGroup], "ad": ids[ads.LevelAd], "node": ids[ads.LevelAudience],
		}
	}
	every := func(ids map[ads.Level]string) []string { return slices.Sorted(maps.Values(ids)) }
	schema := schemaOf(t)
	p.own = theDocuments(schema, roots(mineIDs), every(mineIDs))
	p.foreign = theDocuments(schema, roots(theirIDs), every(theirIDs))
	// Own lists with foreign ids in their filters.
	for name, document := range theDocuments(schema, roots(mineIDs), every(theirIDs)).list {
		if strings.Contains(document, "Ids: [") {
			p.foreign.list["filtered "+name] = document
		}
	}
	for granularity, days := range map[string]string{"HOUR": "TODAY", "DAY": "LAST_7_DAYS"} { // what has rules of its own
		p.own.list["series by "+granularity] = fmt.Sprintf(`{ advertiser(id: %q) { __typename metrics(report: {dates: {preset: %s}}) { __typename series(granularity: %s) {
		  __typename start end values { __typename impressions spend { __typename amount } } } } } }`, mineIDs[ads.LevelAdvertiser], days, granularity)
	}
	for name, selection := range map[string]string{ // what the newest rows do not have
		"budgets of ad groups": `adGroups(first: 200) { __typename edges { __typename node { __typename budget { __typename } budgetProgress { __typename } } } }`,
		"people of the log":    `accessLog(first: 200) { __typename edges { __typename node { __typename person { __typename name } } } }`,
		"why it is null":       `metrics(report: {dates: {from: "2026-06-02", to: "2026-06-04"}}) { __typename total { __typename nullReason(metric: REACH) } }`,
	} {
		p.own.list[name] = fmt.Sprintf("{ advertiser(id: %q) { __typename %s } }", mineIDs[ads.LevelAdvertiser], selection)
	}
	group, err := ads.ParseRef(mineIDs[ads.LevelAdGroup])
	if err != nil {
		t.Fatal(err)
	}
	var version int
	if err := p.db.Get(&version, `SELECT version FROM ad_group WHERE advertiser_id = $1 AND id = $2`, mine, group.ID); err != nil {
		t.Fatal(err)
	}
	for _, placement := range []string{"BROWSE", "SEARCH"} { // one of them is a change
		p.own.list["plan of "+placement] = fmt.Sprintf(`{ adGroupPlan(advertiserId: %q, input: {adGroups: [{id: %q, version: %d, placement: %s}], errorPolicy: SKIP_FAILED}) {
		  __typename items { __typename difference { __typename others { __typename field old new } } } } }`, mineIDs[ads.LevelAdvertiser], group, version, placement)
	}
	p.db.MustExec(`UPDATE billing_profile SET credit_limit_micros = 5000000 WHERE credit_limit_micros IS NULL`)
	return p
}

// ask sends documents as a viewer and returns the answers by document name.
func (p *proof) ask(t *testing.T, s *store.Store, viewer int64, list map[string]string) map[string]string {
	t.Helper()
	w := newWorld(t, s, Options{Limits: Limits{}, Flags: p.flags}).as(viewer)
	answers := map[string]string{}
	var mu sync.Mutex
	var all sync.WaitGroup
	names := make(chan string)
	for range 4 {
		all.Go(func() {
			for name := range names {
				text := w.tell(t, list[name])
				mu.Lock()
				answers[name] = text
				mu.Unlock()
			}
		})
	}
	for name := range list {
		names <- name
	}
	close(names)
	all.Wait()
	return answers
}

// TestIsolation is the proof. Its parts share one database, which the last of
// them changes.
func TestIsolation(t *testing.T) {
	t.Parallel()
	p := newProof(t)
	s := pgtest.OpenDSN(t, p.dsn)
	schema := schemaOf(t)

	before := p.ask(t, s, firstPerson, p.own.list)
	covered, seen, asked := newCoverage(), map[string]bool{}, len(before)
	for name, text := range before {
		if found := p.leaks(firstPerson, text); found != nil {
			t.Errorf("an owner sees %v: %s", found, name)
		}
		var answer struct {
			Data   json.RawMessage
			Errors []answerError
		}
		body, _, _ := strings.Cut(text, "\n")
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatalf("%s: %v %s", name, err, body)
		}
		for _, e := range answer.Errors {
			if code := e.Extensions["code"]; code == "GRAPHQL_VALIDATION_FAILED" || code == "INTERNAL" || code == "FORBIDDEN" || code == "GRAPHQL_PARSE_FAILED" {
				t.Errorf("%s: %s\n%s", name, e.Message, p.own.list[name])
			}
		}
		covered.add(t, schema, p.own.list[name], string(answer.Data))
		for _, m := range canary.FindAllStringSubmatch(text, -1) {
			seen[m[2]+"."+m[3]] = true
		}
	}
	covered.report(t, schema)
	for _, column := range p.planted { // otherwise the canaries prove nothing
		if _, ok := unshown[column]; !seen[column] && !ok {
			t.Errorf("no answer to an owner shows %s", column)
		}
	}

	for viewer, roles := range p.viewers {
		for which, list := range map[string]map[string]string{"own": p.own.list, "foreign": p.foreign.list} {
			if viewer == firstPerson && which == "own" {
				continue // asked above
			}
			list = maps.Clone(list)
			maps.DeleteFunc(list, func(name, _ string) bool { // strangers try everything, roles each field and each argument once
				return len(roles) > 0 && strings.Contains(name, "#") && !strings.HasSuffix(name, "#0")
			})
			for name, text := range p.ask(t, s, viewer, list) {
				asked++
				if found := p.leaks(viewer, text); found != nil {
					t.Errorf("%v, %d, sees %v: %s ids, %s", p.viewers[viewer], viewer, found, which, name)
				}
			}
		}
	}
	t.Logf("%d answers looked through", asked)
	p.foreignIsMissing(t, s)
	p.foreignCursors(t, s)
	p.withoutConditions(t, before)
	p.disturb(t)
	compare(t, "other tenants' data changes an answer", before, p.ask(t, s, firstPerson, p.own.list))
}

// varying is what differs between two answers to one mutation with a key.
var varying = regexp.MustCompile(`"isReplay":(?:true|false)|Content-Length: \d+`)

// compare reports answers that are not the same, request ids aside.
func compare(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	for name := range want {
		if varying.ReplaceAllString(want[name], "") != varying.ReplaceAllString(got[name], "") {
			t.Errorf("%s: %s: %s\nwas %s", what, name, excerpt(got[name], want[name]), excerpt(want[name], got[name]))
		}
	}
}

// foreignIsMissing compares the answers to foreign ids with those to ids that
// exist nowhere: a stranger must not be able to tell which is which.
func (p *proof) foreignIsMissing(t *testing.T, s *store.Store) {
	t.Helper()
	w := newWorld(t, s, Options{Limits: Limits{}}).as(firstPerson)
	for _, id := range p.foreign.listed {
		ref, err := ads.ParseRef(id)
		if err != nil {
			t.Fatal(err)
		}
		missing := ref
		missing.Advertiser = 987654
		if ref.Level == ads.LevelAdvertiser {
			missing.ID = missing.Advertiser
		}
		for _, document := range []string{
			`{ node(id: "%s") { id } }`, `{ nodes(ids: ["%s"]) { id } }`, `{ advertiser(id: "%s") { name } }`, `{ campaign(id: "%s") { name } }`, `{ adGroup(id: "%s") { name } }`,
			`{ ad(id: "%s") { name } }`, `{ a: node(id: "%s") { id } viewer { advertisers(first: 1) { totalCount } } b: node(id: "` + p.own.ids["campaign"] + `") { id } }`,
			`{ advertiser(id: "` + p.own.ids["advertiser"] + `") { adGroups(first: 1, filter: {campaignIds: ["%s"]}) { totalCount } } }`,
			`{ advertiser(id: "` + p.own.ids["advertiser"] + `") { campaigns(first: 1, filter: {labelIds: ["%s"]}) { totalCount } } }`,
			`{ advertiser(id: "` + p.own.ids["advertiser"] + `") { changes(first: 1, filter: {entityIds: ["%s"]}) { totalCount } } }`,
		} {
			foreign, none := w.tell(t, fmt.Sprintf(document, id)), w.tell(t, fmt.Sprintf(document, missing))
			foreign, none = strings.ReplaceAll(foreign, id, "ID"), strings.ReplaceAll(none, missing.String(), "ID")
			foreign, none = anyLength.ReplaceAllString(foreign, ""), anyLength.ReplaceAllString(none, "")
			if foreign != none {
				t.Errorf("%s tells a foreign %s from a missing one: %s\n%s", document, ref.Level, foreign, none)
			}
		}
	}
}

var anyLength = regexp.MustCompile(`Content-Length: \d+`)

// foreignCursors continues lists of mine behind rows of theirs.
func (p *proof) foreignCursors(t *testing.T, s *store.Store) {
	t.Helper()
	w := newWorld(t, s, Options{Limits: Limits{}})
	lists := 0
	for _, f := range p.own.schema.Types["Advertiser"].Fields {
		if f.Arguments.ForName("after") == nil {
			continue
		}
		lists++
		for _, report := range []string{"", `, orderBy: {metric: SPEND, direction: DESC}, report: {dates: {preset: LAST_7_DAYS}}`} {
			if report != "" && f.Arguments.ForName("report") == nil {
				continue
			}
			page := func(viewer int64, id, after string) string {
				return w.as(viewer).tell(t, fmt.Sprintf(`{ advertiser(id: "%s") { %s(first: 1%s%s) { edges { node { id } } pageInfo { endCursor } } } }`, id, f.Name, report, after))
			}
			_, cursor, ok := strings.Cut(page(neighbour, p.foreign.ids["advertiser"], ""), `"endCursor":"`)
			cursor, _, _ = strings.Cut(cursor, `"`)
			if !ok {
				t.Errorf("%s has no rows", f.Name)
			}
			for _, viewer := range []int64{firstPerson, outsider} {
				for _, id := range []string{p.own.ids["advertiser"], p.foreign.ids["advertiser"]} {
					got := page(viewer, id, `, after: "`+cursor+`"`)
					if !strings.Contains(got, "INVALID_CURSOR") && !strings.Contains(got, "NOT_FOUND") || strings.Contains(got, `"node"`) {
						t.Errorf("%s behind a foreign row, as %d: %s", f.Name, viewer, got)
					}
				}
			}
			// A real cursor of one's own works, so that after is covered.
			_, cursor, _ = strings.Cut(page(firstPerson, p.own.ids["advertiser"], ""), `"endCursor":"`)
			cursor, _, _ = strings.Cut(cursor, `"`)
			if got := page(firstPerson, p.own.ids["advertiser"], `, after: "`+cursor+`"`); !strings.Contains(got, `"edges":[{"node"`) || p.leaks(firstPerson, got) != nil {
				t.Errorf("%s, second page: %s", f.Name, got)
			}
		}
	}
	t.Logf("%d kinds of lists continued", lists)
}

// conditions are what keeps statements within a tenant or to a viewer.
var conditions = regexp.MustCompile(`\b(?:(?:\w+\.)?advertiser_id|b\.user_id|a\.id) = (?:ANY\(\$\d+\)|\$\d+\b)|FROM app_user\nWHERE id = \$1`)

// withoutConditions takes the conditions on the advertiser and the viewer out of
// every statement, on their way to the database: row-level security alone must
// give the same answers; without it, they show what is not the viewer's.
func (p *proof) withoutConditions(t *testing.T, want map[string]string) {
	t.Helper()
	taken := sync.Map{}
	remove := func(query string) string {
		if name, _, ok := strings.Cut(query, "\n"); ok && conditions.MatchString(query) {
			taken.Store(name, true)
		}
		return conditions.ReplaceAllStringFunc(query, func(condition string) string {
			if from, where, ok := strings.Cut(condition, "WHERE "); ok {
				return from + "WHERE (" + where + " OR true)"
			}
			return "(" + condition + " OR true)"
		})
	}
	compare(t, "row-level security alone gives another answer", want, p.ask(t, pgtest.OpenRewritten(t, p.dsn, true, remove), firstPerson, p.own.list))
	for name, text := range p.ask(t, pgtest.OpenRewritten(t, p.dsn, true, remove), neighbour, p.foreign.list) {
		if found := p.leaks(neighbour, text); found != nil {
			t.Errorf("row-level security alone shows %v: %s", found, name)
		}
	}
	leaked := 0
	for _, text := range p.ask(t, pgtest.OpenRewritten(t, p.dsn, false, remove), firstPerson, p.own.list) {
		if p.leaks(firstPerson, text) != nil {
			leaked++
		}
	}
	statements := 0
	taken.Range(func(any, any) bool { statements++; return true })
	t.Logf("the conditions were taken out of %d statements; without row-level security %d answers leaked", statements, leaked)
	if statements < 20 || leaked < 20 {
		t.Errorf("that is too few to prove anything")
	}
}

// disturb changes everything that belongs to other tenants.
func (p *proof) disturb(t *testing.T) {
	t.Helper()
	var columns []struct{ Table, Column, Type string }
	if err := p.db.Select(&columns, `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type
	  FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
	  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
	    AND format_type(a.atttypid, NULL) IN ('bigint', 'text') AND a.attname !~ '(^|_)id$' AND a.attname NOT IN ('time_zone')
	    AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY(i.indkey))`); err != nil {
		t.Fatal(err)
	}
	changed := 0
	for _, c := range columns {
		if store.Tables()[c.Table] != store.Tenant {
			continue
		}
		value := map[string]string{"bigint": c.Column + " * 3 + 7", "text": "'Disturbed ' || md5(ctid::text)"}[c.Type]
		if _, err := p.db.Exec(fmt.Sprintf("UPDATE %s SET %s = %s WHERE advertiser_id <> %d", c.Table, c.Column, value, mine)); err == nil { // some are enums, or bound to others
			changed++
		}
	}
	for _, table := range []string{"campaign_label", "notification", "saved_view", "report_template", "export_run", "recommendation", "ad_credit", "invoice", "order_line", "reach"} {
		p.db.MustExec(fmt.Sprintf("DELETE FROM %s WHERE advertiser_id <> %d AND advertiser_id %% 2 = 0", table, mine))
	}
	p.db.MustExec("UPDATE campaign SET status = 'ARCHIVED' WHERE advertiser_id <> $1", mine)
	p.db.MustExec("DELETE FROM member WHERE advertiser_id <> $1 AND advertiser_id % 3 = 0", mine)
	t.Logf("%d columns of other tenants changed", changed)
	if changed < 100 {
		t.Error("that is too few to prove anything")
	}
}

func parse(t *testing.T, schema *ast.Schema, document string) *ast.QueryDocument {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		t.Fatalf("%v\n%s", err, document)
	}
	if errs := validator.Validate(schema, doc); errs != nil { //nolint:staticcheck // the default rules
		t.Fatalf("%v\n%s", errs, document)
	}
	return doc
}

package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// people is a person for each role in account 1, and one with two roles.
const people = `
INSERT INTO app_user (id, email, name) VALUES (10, 'p10@example.com', 'Owner'), (11, 'p11@example.com', 'Admin'), (12, 'p12@example.com', 'Manager'),
  (13, 'p13@example.com', 'Analyst'), (14, 'p14@example.com', 'Audience'), (15, 'p15@example.com', 'Finance'), (16, 'p16@example.com', 'Catalogs'), (17, 'p17@example.com', 'Both');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 10, 'OWNER'), (1, 11, 'ADMIN'), (1, 12, 'CAMPAIGN_MANAGER'), (1, 13, 'ANALYST'),
  (1, 14, 'AUDIENCE_MANAGER'), (1, 15, 'FINANCE_MANAGER'), (1, 16, 'CATALOGS_MANAGER'), (1, 17, 'AUDIENCE_MANAGER'), (1, 17, 'FINANCE_MANAGER'),
  (3, 15, 'ANALYST'), (3, 14, 'OWNER');`

// The persons of people.
const (
	manager  = 12
	analyst  = 13
	audience = 14
	finance  = 15
	catalogs = 16
	both     = 17
	nobody   = 3 // of the small world
)

// as returns the world as somebody else sees it.
func (w *world) as(viewer int64) *world { return &world{w.handler, viewer} }

// matrix is what each person may do in account 1. It repeats on purpose what
// the code says.
var matrix = map[int64]string{
	10:       "VIEW_CAMPAIGNS EDIT_CAMPAIGNS VIEW_BILLING VIEW_ORDER_LINES VIEW_AUDIENCES VIEW_CONVERSION_TAGS VIEW_MEMBERS EDIT_MEMBERS",
	11:       "VIEW_CAMPAIGNS EDIT_CAMPAIGNS VIEW_BILLING VIEW_ORDER_LINES VIEW_AUDIENCES VIEW_CONVERSION_TAGS VIEW_MEMBERS EDIT_MEMBERS",
	manager:  "VIEW_CAMPAIGNS EDIT_CAMPAIGNS VIEW_BILLING VIEW_ORDER_LINES VIEW_AUDIENCES VIEW_CONVERSION_TAGS",
	analyst:  "VIEW_CAMPAIGNS VIEW_AUDIENCES VIEW_CONVERSION_TAGS",
	audience: "VIEW_AUDIENCES",
	finance:  "VIEW_BILLING VIEW_ORDER_LINES",
	catalogs: "",
	both:     "VIEW_AUDIENCES VIEW_BILLING VIEW_ORDER_LINES",
}

// required returns the capability that a field requires, or "".
func required(f *ast.FieldDefinition) string {
	if d := f.Directives.ForName("requires"); d != nil {
		return d.Arguments.ForName("capability").Value.Raw
	}
	return ""
}

// probe is a selection of a field that is as small as can be.
func probe(f *ast.FieldDefinition) string {
	var args []string
	for _, a := range f.Arguments {
		switch {
		case !a.Type.NonNull:
		case a.Name == "first":
			args = append(args, "first: 1")
		case a.Name == "report":
			args = append(args, `report: {dates: {preset: LAST_7_DAYS}}`)
		default:
			panic("no value for " + a.Name)
		}
	}
	text := f.Name
	if args != nil {
		text += "(" + strings.Join(args, ", ") + ")"
	}
	return text + " { __typename }"
}

// TestRolesDecideWhatIsShown asks every field that requires a capability as each
// role: what the role may not see is null with a reason, the rest is there.
func TestRolesDecideWhatIsShown(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, people)
	for _, executor := range []bool{false, true} {
		w := newWorld(t, pgtest.OpenDSN(t, dsn), Options{Executor: executor})
		for viewer, can := range matrix {
			t.Run(fmt.Sprintf("%d/%v", viewer, executor), func(t *testing.T) {
				t.Parallel()
				w := w.as(viewer)
				for _, f := range schemaOf(t).Types["Advertiser"].Fields {
					flag, isFlag := strings.CutPrefix(f.Name, "viewerCan")
					if isFlag {
						got := w.ask(t, `{ advertiser(id: "`+advertiserID(acme)+`") { `+f.Name+` } }`, nil)
						allowed := slices.ContainsFunc(strings.Fields(can), func(c string) bool {
							return strings.EqualFold(strings.ReplaceAll(c, "_", ""), flag)
						})
						if want := fmt.Sprintf(`{"advertiser":{"%s":%v}}`, f.Name, allowed); got.data != want {
							t.Errorf("got %s %s, want %s", got.data, got.sortedErrors(), want)
						}
					}
					capability := required(f)
					if capability == "" {
						continue
					}
					got := w.ask(t, `{ advertiser(id: "`+advertiserID(acme)+`") { name `+probe(f)+` } }`, nil)
					if slices.Contains(strings.Fields(can), capability) {
						if len(got.errors) > 0 || !strings.Contains(got.data, `"`+f.Name+`":`) || strings.Contains(got.data, "null") {
							t.Errorf("%s: %s %s", f.Name, got.data, got.sortedErrors())
						}
						continue
					}
					if want := `{"advertiser":{"name":"Acme Outdoor","` + f.Name + `":null}}`; got.data != want {
						t.Errorf("%s: %s", f.Name, got.data)
					}
					if len(got.errors) != 1 || got.codes()[0] != "FORBIDDEN" || string(got.errors[0].Path) != `["advertiser","`+f.Name+`"]` ||
						got.errors[0].Extensions["requires"] != capability || !strings.Contains(got.errors[0].Message, "OWNER, ADMIN") {
						t.Errorf("%s: %s", f.Name, got.sortedErrors())
					}
					if names := got.statements(); len(names) != 1 {
						t.Errorf("%s: statements %v ran for nothing", f.Name, names)
					}
				}
			})
		}
	}
}

// TestIdsShowNoMoreThanLists loads objects of each kind by their ids alone.
func TestIdsShowNoMoreThanLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, people)), Options{})
	ids := map[string]string{ // of a thing, by what it requires
		campaignID(1, 11):                     "VIEW_CAMPAIGNS",
		refOf(ads.LevelAdGroup, 1, 111):       "VIEW_CAMPAIGNS",
		refOf(ads.LevelAd, 1, 1111):           "VIEW_CAMPAIGNS",
		refOf(ads.LevelPin, 1, 1001):          "VIEW_CAMPAIGNS",
		refOf(ads.LevelKeyword, 1, 607):       "VIEW_CAMPAIGNS",
		refOf(ads.LevelAudience, 1, 501):      "VIEW_AUDIENCES",
		refOf(ads.LevelConversionTag, 1, 801): "VIEW_CONVERSION_TAGS",
	}
	for viewer, can := range matrix {
		for id, capability := range ids {
			got := w.as(viewer).ask(t, `query ($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id})
			want := `{"node":{"id":"` + id + `"}}`
			if !slices.Contains(strings.Fields(can), capability) {
				if want = `{"node":null}`; len(got.errors) != 1 || got.codes()[0] != "FORBIDDEN" {
					t.Errorf("viewer %d, %s: %s", viewer, id, got.sortedErrors())
				}
			}
			if got.data != want {
				t.Errorf("viewer %d, %s: %s", viewer, id, got.data)
			}
		}
	}
	for root, id := range map[string]string{"campaign": campaignID(1, 11), "adGroup": refOf(ads.LevelAdGroup, 1, 111), "ad": refOf(ads.LevelAd, 1, 1111)} {
		for viewer, code := range map[int64]string{finance: "FORBIDDEN", audience: "FORBIDDEN", nobody: "NOT_FOUND", 2: "NOT_FOUND"} {
			got := w.as(viewer).ask(t, `query ($id: ID!) { `+root+`(id: $id) { id } }`, map[string]any{"id": id})
			if got.data != `{"`+root+`":null}` || len(got.errors) != 1 || got.codes()[0] != code {
				t.Errorf("%s as %d: %s %s", root, viewer, got.data, got.sortedErrors())
			}
		}
	}
}

// TestNotificationsAreThoseOfTheRole lists and counts notifications as people who
// may see some of them.
func TestNotificationsAreThoseOfTheRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, people, `
		DELETE FROM notification WHERE advertiser_id = 1;
		INSERT INTO notification (advertiser_id, id, type, severity, text_key, params, state, created_at) VALUES
		  (1, 1, 'AD_REJECTED', 'WARNING', 'a', '{}', 'UNREAD', '2026-06-01 00:00+00'), (1, 2, 'PAYMENT_FAILED', 'CRITICAL', 'b', '{}', 'UNREAD', '2026-06-02 00:00+00'),
		  (1, 3, 'TAG_SILENT', 'WARNING', 'c', '{}', 'READ', '2026-06-03 00:00+00'), (1, 4, 'INVOICE_OVERDUE', 'CRITICAL', 'd', '{}', 'READ', '2026-06-04 00:00+00');`)), Options{})
	for viewer, want := range map[int64]string{
		10:       `"totalCount":4,"unreadCount":2`,
		manager:  `"totalCount":4,"unreadCount":2`,
		analyst:  `"totalCount":2,"unreadCount":1`,
		finance:  `"totalCount":2,"unreadCount":1`,
		audience: `"totalCount":0,"unreadCount":0`,
	} {
		got := w.as(viewer).ask(t, `{ advertiser(id: "`+advertiserID(acme)+`") { notifications(first: 9) { totalCount unreadCount edges { node { type } } } } }`, nil)
		if !strings.Contains(got.data, want) {
			t.Errorf("viewer %d: %s %s, want %s", viewer, got.data, got.sortedErrors(), want)
		}
		sees := strings.Contains(got.data, "INVOICE_OVERDUE")
		byID := w.as(viewer).ask(t, `query ($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": refOf(ads.LevelNotification, 1, 4)})
		if (byID.data == `{"node":null}`) == sees {
			t.Errorf("viewer %d sees %v in the list, by id %s", viewer, sees, byID.data)
		}
	}
}

// TestAccountsHideNumbers sorts a person's accounts by a metric that may be seen
// in some of them only.
func TestAccountsHideNumbers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, people)), Options{})
	for _, direction := range []string{"ASC", "DESC"} {
		// Page by page it is the same.
		first := w.as(finance).ask(t, `{ viewer { advertisers(first: 1, orderBy: {metric: SPEND, direction: `+direction+`}, report: {dates: {preset: LAST_30_DAYS}}) {
		  edges { node { name } } pageInfo { endCursor } } } }`, nil)
		_, cursor, _ := strings.Cut(first.data, `"endCursor":"`)
		cursor, _, _ = strings.Cut(cursor, `"`)
		second := w.as(finance).ask(t, `{ viewer { advertisers(first: 1, after: "`+cursor+`", orderBy: {metric: SPEND, direction: `+direction+`}, report: {dates: {preset: LAST_30_DAYS}}) {
		  edges { node { name } } pageInfo { hasNextPage } } } }`, nil)
		if !strings.Contains(first.data, "東京堂") || second.data != `{"viewer":{"advertisers":{"edges":[{"node":{"name":"Acme Outdoor"}}],"pageInfo":{"hasNextPage":false}}}}` {
			t.Errorf("%s: %s then %s", direction, first.data, second.data)
		}
		got := w.as(finance).ask(t, `{ viewer { advertisers(first: 9, orderBy: {metric: SPEND, direction: `+direction+`}, report: {dates: {preset: LAST_30_DAYS}}) {
		  totalCount edges { node { name viewerRoles } metrics { total { spend { micros } } } } } } }`, nil)
		// Account 3 is the analyst's; account 1 comes last whatever its spend.
		if !strings.HasPrefix(got.data, `{"viewer":{"advertisers":{"totalCount":2,"edges":[{"node":{"name":"東京堂","viewerRoles":["ANALYST"]},"metrics":{"total":`) ||
			!strings.HasSuffix(got.data, `{"node":{"name":"Acme Outdoor","viewerRoles":["FINANCE_MANAGER"]},"metrics":null}]}}}`) {
			t.Errorf("%s: %s", direction, got.data)
		}
		if len(got.errors) != 1 || got.codes()[0] != "FORBIDDEN" || string(got.errors[0].Path) != `["viewer","advertisers","edges",1,"metrics"]` {
			t.Errorf("%s: %s", direction, got.sortedErrors())
		}
	}
}

// TestAccessIsDecidedOnce asks for several advertisers and entities in one
// query: who may see them is one statement for all.
func TestAccessIsDecidedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, people)), Options{})
	got := w.ask(t, `query ($a: ID!, $b: ID!, $c: ID!, $d: ID!, $foreign: ID!) {
	  a: advertiser(id: $a) { name } b: advertiser(id: $b) { name } campaign(id: $c) { name } adGroup(id: $d) { name }
	  node(id: $c) { id } nodes(ids: [$c, $d, $foreign]) { id } ...More }
	fragment More on Query { foreign: campaign(id: $foreign) { name } }`, map[string]any{
		"a": advertiserID(1), "b": advertiserID(3), "c": campaignID(1, 11), "d": refOf(ads.LevelAdGroup, 1, 111), "foreign": campaignID(2, 21),
	})
	want := `{"a":{"name":"Acme Outdoor"},"b":{"name":"東京堂"},"campaign":{"name":"Spring sale"},"adGroup":{"name":"Hikers"},"node":{"id":"` + campaignID(1, 11) +
		`"},"nodes":[{"id":"` + campaignID(1, 11) + `"},{"id":"` + refOf(ads.LevelAdGroup, 1, 111) + `"},null],"foreign":null}`
	if got.data != want || len(got.errors) != 1 || got.codes()[0] != "NOT_FOUND" {
		t.Errorf("got %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
	decisions := 0
	for _, name := range got.statements() {
		if name == "AdvertiserByID" {
			decisions++
		}
	}
	if decisions != 1 {
		t.Errorf("access was decided %d times: %v", decisions, got.statements())
	}
}

// TestARoleTakenAwayIsGone takes roles away between two requests of a person.
func TestARoleTakenAwayIsGone(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, people)
	db := pgtest.DB(t, dsn)
	w := newWorld(t, pgtest.OpenDSN(t, dsn), Options{}).as(both)
	const query = `query ($id: ID!) { advertiser(id: $id) { viewerRoles invoices(first: 1) { __typename } audiences(first: 1) { __typename } } }`
	ask := func() answer { return w.ask(t, query, map[string]any{"id": advertiserID(acme)}) }
	if got := ask(); len(got.errors) > 0 || !strings.Contains(got.data, `"viewerRoles":["AUDIENCE_MANAGER","FINANCE_MANAGER"]`) {
		t.Fatalf("%s %s", got.data, got.sortedErrors())
	}
	db.MustExec(`DELETE FROM member WHERE user_id = $1 AND role = 'FINANCE_MANAGER'`, both)
	if got := ask(); len(got.errors) != 1 || got.codes()[0] != "FORBIDDEN" || !strings.Contains(got.data, `"invoices":null,"audiences":{`) {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
	db.MustExec(`DELETE FROM member WHERE user_id = $1`, both)
	if got := ask(); got.data != `{"advertiser":null}` || len(got.errors) != 1 || got.codes()[0] != "NOT_FOUND" || !strings.Contains(got.errors[0].Message, "ask an owner") {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
}

// TestWhatIsSensitiveRequires reads the schema: whatever can be reached without a
// capability must be on the list of what every member may see, or of what shows
// by other means that it may be seen.
func TestWhatIsSensitiveRequires(t *testing.T) {
	t.Parallel()
	schema := schemaOf(t)
	public := map[string]string{ // types whose fields everybody may read who got an object of them, and why
		"Viewer": "who asks", "Experiment": "of the viewer alone, and about no advertiser", "Limits": "the same for all", "MetricDefinition": "the same for all", "BreakdownSupport": "the same for all",
		"AdvertiserConnection": "of the viewer's own accounts", "AdvertiserEdge": "", "PageInfo": "", "Advertiser": "every member", "MetricsReport": "AdvertiserConnection.totals is always null",
		"NotificationConnection": "of those that the viewer may see", "NotificationEdge": "", "BidFloor": "goes by the currency alone", "Money": "of bid floors", "ObjectiveOptions": "the same for all", "TargetingOptions": "the same for all", "TargetingChoice": "the same for all", "Notification": "only those that the viewer may see",
	}
	open := map[string]bool{ // fields of Advertiser and Query that every member may read
		"Advertiser.notifications": true, "Query.viewer": true, "Query.node": true, "Query.nodes": true, "Query.advertiser": true, "Query.metricCatalogue": true, "Query.limits": true,
		"Advertiser.bidFloors": true, "Query.objectiveOptions": true, "Query.targetingOptions": true,
	}
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		def := schema.Types[name]
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") || required(f) != "" {
				continue
			}
			of := schema.Types[f.Type.Name()]
			switch {
			case of.IsLeafType() || of.Name == "Node": // ids show no more than lists
				continue
			case (name == "Advertiser" || name == "Query") && !open[name+"."+f.Name]:
				t.Errorf("%s.%s requires nothing: add @requires, or say in this test why everybody may read it", name, f.Name)
			}
			if _, ok := public[of.Name]; !ok {
				t.Errorf("%s.%s gives a %s to everybody: add @requires, or say in this test why", name, f.Name, of.Name)
			}
			if of.Name != "MetricsReport" {
				visit(of.Name)
			}
		}
	}
	visit("Query")
	for name := range public {
		if !seen[name] && name != "MetricsReport" {
			t.Errorf("%s is on the list for nothing", name)
		}
	}
	free := map[string]bool{ // what anybody may ask to be changed, since something else decides
		"updateNotifications": true, // the type of each
		"acceptInvitation":    true, // the address that it was sent to
	}
	for _, root := range []*ast.Definition{schema.Mutation, schema.Subscription} {
		if root == nil {
			continue
		}
		for _, f := range root.Fields {
			if !strings.HasPrefix(f.Name, "__") && (required(f) == "") != free[f.Name] {
				t.Errorf("%s.%s requires nothing, or is on the list for nothing", root.Name, f.Name)
			}
		}
	}
	owners := map[string]any{"Advertiser": &ads.Advertiser{}, "AdGroup": &ads.AdGroup{Advertiser: &ads.Advertiser{}}, "AdvertiserEdge": &store.Row{Entity: &ads.Advertiser{}}}
	for name, def := range schema.Types {
		for _, f := range def.Fields {
			if required(f) == "" || name == "Query" || name == "Mutation" || name == "Subscription" {
				continue
			}
			if owner, ok := owners[name]; !ok {
				t.Errorf("%s.%s: guard does not know whose a %s is", name, f.Name, name)
			} else if err := guard(owner, required(f)); err == nil || !strings.Contains(err.Error(), required(f)) {
				t.Errorf("%s.%s is not guarded: %v", name, f.Name, err)
			}
		}
	}
	for _, c := range ads.Capabilities() {
		if schema.Types["Capability"].EnumValues.ForName(string(c)) == nil {
			t.Errorf("the enum Capability lacks %s", c)
		}
	}
	for _, r := range ads.Roles() {
		v := schema.Types["Role"].EnumValues.ForName(string(r))
		if v == nil {
			t.Fatalf("the enum Role lacks %s", r)
		}
		if len(r.Capabilities()) < len(ads.Capabilities()) { // the others say "Everything."
			for _, c := range ads.Capabilities() {
				if strings.Contains(v.Description, string(c)) != slices.Contains(r.Capabilities(), c) {
					t.Errorf("the description of %s is wrong about %s", r, c)
				}
			}
		}
	}
}

package graph

import (
	"fmt"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// paperwork is the screens of an account's paperwork.
func paperwork() []string {
	return []string{"SavedReports", "Billing", "Notifications", "MobileAlerts"}
}

// TestPaperworkIsTheMembers asks the screens as the demo's user 5, an analyst of
// the third account and of no other.
func TestPaperworkIsTheMembers(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	w.viewer = 5
	for _, name := range paperwork() {
		variables := screenVariables(t, name, 10)
		for a := int64(1); a <= int64(4); a++ {
			variables["id"] = advertiserID(a)
			got := w.ask(t, document(t, name).Text, variables)
			switch {
			case a == 3 && name == "Billing": // but its numbers, which analysts see
				if got.sortedErrors() == "" || strings.Contains(got.data, `"billing":{`) || !strings.Contains(got.data, `"metrics":{`) {
					t.Errorf("%s of the own account: %s %s", name, got.data, got.sortedErrors())
				}
			case a == 3 && (len(got.errors) > 0 || !strings.HasPrefix(got.data, `{"advertiser":{"`)):
				t.Errorf("%s of the own account: %s %s", name, got.data, got.sortedErrors())
			case a != 3 && (got.data != `{"advertiser":null}` || len(got.errors) != 1 || got.codes()[0] != string(fault.NotFound)):
				t.Errorf("%s of account %d: %s %s", name, a, got.data, got.sortedErrors())
			}
		}
	}
}

// TestPaperworkByID asks for each kind of object by its id: of the own account,
// of another, and for a view that its owner did not share.
func TestPaperworkByID(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	for name, tt := range map[string]struct {
		kind         ads.Level
		own, foreign int64
		want         string
	}{
		"Invoice":        {ads.LevelInvoice, 101, 201, `"number":"INV-202603-1"`},
		"OrderLine":      {ads.LevelOrderLine, 401, 403, `"name":"Q2 brand"`},
		"SavedView":      {ads.LevelSavedView, 602, 605, `"viewName":"Nina's, shared"`},
		"ReportTemplate": {ads.LevelReportTemplate, 702, 703, `"reportName":"Films"`},
		"Export":         {ads.LevelExport, 801, 804, `"exportName":"Campaigns, May"`},
		"Notification":   {ads.LevelNotification, 902, 907, `"textKey":"campaign.budgetSpent","entity":{"id":"MUMxLjE1","name":"Used up"}`},
		"Recommendation": {ads.LevelRecommendation, 951, 954, `"adviceType":"RAISE_BUDGET"`},
	} {
		const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
		  ... on Invoice { number } ... on OrderLine { name } ... on SavedView { viewName: name } ... on ReportTemplate { reportName: name }
		  ... on Export { exportName: name } ... on Recommendation { adviceType: type }
		  ... on Notification { textKey entity { id ... on Campaign { name } } } } }`
		ref := func(a, id int64) string { return ads.Ref{Level: tt.kind, Advertiser: a, ID: id}.String() }
		got := w.ask(t, query, map[string]any{"ids": []string{ref(acme, tt.own), ref(2, tt.foreign), ref(acme, tt.foreign), ref(acme, 99999)}})
		want := `{"nodes":[{"__typename":"` + name + `","id":"` + ref(acme, tt.own) + `",` + tt.want + `},null,null,null]}`
		if got.data != want || len(got.errors) > 0 {
			t.Errorf("%s: %s %s, want %s", name, got.data, got.sortedErrors(), want)
		}
	}
	private := ads.Ref{Level: ads.LevelSavedView, Advertiser: acme, ID: 603}.String()
	if got := w.ask(t, `{ node(id: "`+private+`") { id } }`, nil); got.data != `{"node":null}` || got.codes()[0] != string(fault.NotFound) {
		t.Errorf("another's own view: %s %s", got.data, got.sortedErrors())
	}
	for _, user := range []int64{1, 3} {
		w.viewer = user
		got := w.ask(t, `{ advertiser(id: "MUEx") { savedViews(first: 10, screen: "CampaignsTable") { totalCount edges { node { name isMine } } } } }`, nil)
		want := map[int64]string{
			1: `{"advertiser":{"savedViews":{"totalCount":2,"edges":[{"node":{"name":"Nina's, shared","isMine":false}},{"node":{"name":"running, by spend","isMine":true}}]}}}`,
			3: `{"advertiser":null}`, // she is no member any more
		}[user]
		if got.data != want {
			t.Errorf("user %d: %s, want %s", user, got.data, want)
		}
	}
}

// TestNobodySeesAnothersViews reads all views of the demo's first account as
// each of its members.
func TestNobodySeesAnothersViews(t *testing.T) {
	t.Parallel()
	w := demoWorld(t, Options{})
	own := 0
	for _, user := range []int64{1, 2, 3} {
		w.viewer = user
		got := w.ask(t, `{ advertiser(id: "MUEx") { savedViews(first: 200) { totalCount edges { node { isMine isShared } } } } }`, nil)
		if len(got.errors) > 0 || strings.Contains(got.data, `{"isMine":false,"isShared":false}`) {
			t.Errorf("user %d: %s %s", user, got.data, got.sortedErrors())
		}
		shown, mine := strings.Count(got.data, `"node"`), strings.Count(got.data, `"isMine":true`)
		if !strings.Contains(got.data, fmt.Sprintf(`"totalCount":%d,`, shown)) || shown == mine {
			t.Errorf("user %d: %d views, %d of them own: %s", user, shown, mine, got.data)
		}
		own += mine
	}
	if own < 10 {
		t.Errorf("only %d views", own)
	}
}

// TestUnreadCountIgnoresTheFilter counts what the filter leaves out.
func TestUnreadCountIgnoresTheFilter(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	got := w.ask(t, `{ advertiser(id: "MUEx") { name a: notifications(first: 1, filter: {state: [DISMISSED]}) { totalCount unreadCount }
	  b: notifications(first: 1, filter: {type: []}) { unreadCount } } }`, nil)
	if want := `{"advertiser":{"name":"Acme Outdoor","a":{"totalCount":1,"unreadCount":3},"b":{"unreadCount":3}}}`; got.data != want {
		t.Errorf("got %s %s, want %s", got.data, got.sortedErrors(), want)
	}
	if names := strings.Join(got.statements(), " "); names != "AdvertiserByID NotificationList UnreadNotifications" {
		t.Errorf("statements %s", names)
	}
}

// TestEntitiesAreReadPerLevel asks for more of the entities than comes with the
// rows: one statement per level, shared by notifications and recommendations.
func TestEntitiesAreReadPerLevel(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	const entity = `entity { __typename id ... on Campaign { status } ... on AdGroup { status } ... on Ad { adName: name status } ... on ConversionTag { tagStatus: status } }`
	got := w.ask(t, `{ advertiser(id: "MUEx") { notifications(first: 10) { edges { node { `+entity+` } } } recommendations(first: 10) { edges { node { `+entity+` } } } } }`, nil)
	if names := strings.Join(got.statements(), " "); names != "AdByID AdGroupByID AdvertiserByID CampaignByID ConversionTagByID NotificationList RecommendationList" {
		t.Errorf("statements %s", names)
	}
	for _, want := range []string{
		`"entity":null`, `{"__typename":"ConversionTag","id":"MVQxLjgwMg","tagStatus":"PAUSED"}`, `{"__typename":"Campaign","id":"MUMxLjE1","status":"ACTIVE"}`, `{"__typename":"AdGroup","id":"MUcxLjExMw","status":"ACTIVE"}`,
		`{"__typename":"Ad","id":"MUQxLjExMzE","adName":"Rejected one","status":"ACTIVE"}`,
	} {
		if !strings.Contains(got.data, want) {
			t.Errorf("no %s in %s", want, got.data)
		}
	}
}

// TestInvoiceDaysAreChecked refuses a range that nothing can match, and text
// that is no screen.
func TestInvoiceDaysAreChecked(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	for query, want := range map[string]fault.Code{
		`invoices(first: 1, filter: {dueFrom: "2026-06-02", dueTo: "2026-06-01"}) { totalCount }`: fault.Invalid,
		`invoices(first: 0) { totalCount }`:                          fault.Invalid,
		`savedViews(first: 1, screen: "") { totalCount }`:            fault.Invalid,
		`notifications(first: 1, after: "bm8") { edges { cursor } }`: fault.InvalidCursor,
	} {
		got := w.ask(t, `{ advertiser(id: "MUEx") { name `+query+` } }`, nil)
		if len(got.errors) != 1 || got.codes()[0] != string(want) || !strings.HasPrefix(got.data, `{"advertiser":{"name":"Acme Outdoor","`) {
			t.Errorf("%s: %s %s", query, got.data, got.sortedErrors())
		}
	}
}

// TestBillingOfManyAccounts is one statement, each in its own currency.
func TestBillingOfManyAccounts(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	got := w.ask(t, `{ viewer { advertisers(first: 10, orderBy: {field: ID, direction: ASC}) { edges { node { billing { balance { amount currency } amountDue { amount } profiles { label } } } } } } }`, nil)
	want := `{"viewer":{"advertisers":{"edges":[` +
		`{"node":{"billing":{"balance":{"amount":"123.45","currency":"USD"},"amountDue":{"amount":"311.38"},"profiles":[{"label":"Visa •••• 4242"},{"label":"Mastercard •••• 4444"}]}}},` +
		`{"node":{"billing":{"balance":{"amount":"25000","currency":"JPY"},"amountDue":{"amount":"0"},"profiles":[{"label":"前払い"}]}}},` +
		`{"node":{"billing":{"balance":null,"amountDue":{"amount":"0.00"},"profiles":[]}}}]}}}`
	if got.data != want {
		t.Errorf("got %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
	if names := strings.Join(got.statements(), " "); names != "AdvertiserList Billing" {
		t.Errorf("statements %s", names)
	}
}

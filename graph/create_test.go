package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// tree is a campaign as people make one in a wizard, complete.
func tree() map[string]any {
	ad := func() map[string]any {
		return map[string]any{"name": "Boots, new", "pinId": refOf(ads.LevelPin, 1, 1001), "destinationUrl": "https://acme.example.com/new"}
	}
	return map[string]any{
		"name": "Autumn", "objective": "CONSIDERATION", "budgetType": "DAILY", "budgetMicros": "25000000", "endAt": "2026-12-01T00:00:00Z",
		"adGroups": []any{map[string]any{
			"name": "Walkers", "bidStrategy": "MAX_BID", "bidMicros": "400000",
			"targeting": map[string]any{"locations": []any{"US", "US-CA"}, "genders": []any{"female"}, "audienceIds": []any{refOf(ads.LevelAudience, 1, 501)}, "excludedAudienceIds": []any{refOf(ads.LevelAudience, 1, 502)}},
			"ads":       []any{ad(), ad()},
		}, map[string]any{"name": "Runners", "targeting": map[string]any{"locations": []any{"CA"}}, "ads": []any{ad()}}},
	}
}

// in returns what lies at a path of maps and lists.
func in(v any, path ...any) any {
	for _, step := range path {
		if key, ok := step.(string); ok {
			v = v.(map[string]any)[key]
		} else {
			v = v.([]any)[step.(int)]
		}
	}
	return v
}

// with returns a tree with a value put at a path.
func with(value any, path ...any) map[string]any {
	t := tree()
	in(t, path[:len(path)-1]...).(map[string]any)[path[len(path)-1].(string)] = value
	return t
}

type made struct {
	Nodes []*struct {
		ID, Name, Status string
		AdGroups         struct {
			Edges []struct {
				Node struct {
					ID, Name, Status string
					Ads              struct{ TotalCount int }
				}
			}
		}
	}
	UserErrors []struct {
		Code    string
		Path    []string
		Message string
	}
	IsReplay bool
}

// codes returns what is wrong, as code and path.
func (m made) codes() (list []string) {
	for _, e := range m.UserErrors {
		list = append(list, e.Code+" "+strings.Join(e.Path, "."))
	}
	slices.Sort(list)
	return list
}

// create makes campaigns of account 1.
func (w *world) create(t *testing.T, key string, campaigns ...map[string]any) (made, answer) {
	t.Helper()
	got := w.ask(t, `mutation ($in: CreateCampaignsInput!) { made: createCampaigns(input: $in) { nodes: campaigns { id name status
	  adGroups(first: 10) { edges { node { id name status ads(first: 1) { totalCount } } } } } userErrors { code path message } isReplay } }`,
		map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "campaigns": campaigns, "idempotencyKey": key}})
	var out struct{ Made made }
	if err := json.Unmarshal([]byte(got.data), &out); err != nil {
		t.Fatal(err, got.sortedErrors())
	}
	return out.Made, got
}

// TestCreateTree makes a draft, looks at what was stored with it, and publishes it.
func TestCreateTree(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`DELETE FROM change`)
	m, got := w.as(manager).create(t, "make-a-tree", tree())
	if len(m.UserErrors) > 0 || len(m.Nodes) != 1 || m.Nodes[0].Status != "DRAFT" || len(m.Nodes[0].AdGroups.Edges) != 2 || m.Nodes[0].AdGroups.Edges[1].Node.Ads.TotalCount != 2 {
		t.Fatalf("%s %s", got.data, got.sortedErrors())
	}
	var stored string
	if err := db.Get(&stored, `SELECT string_agg(x, e'\n' ORDER BY x) FROM (
	  SELECT concat_ws(' ', 'c', name, objective, status, is_cbo, daily_budget_micros, version) AS x FROM campaign WHERE id > 100000 AND advertiser_id = 1 OR name = 'Autumn'
	  UNION ALL SELECT concat_ws(' ', 'g', g.name, g.status, g.budget_type, g.bid_strategy, g.bid_micros, g.billable_event, g.pacing, g.targeting) FROM ad_group AS g WHERE g.name IN ('Walkers', 'Runners')
	  UNION ALL SELECT concat_ws(' ', 'k', g.name, k.audience_id, k.is_included) FROM ad_group_audience AS k JOIN ad_group AS g ON g.advertiser_id = k.advertiser_id AND g.id = k.ad_group_id WHERE g.name = 'Walkers'
	  UNION ALL SELECT concat_ws(' ', 'd', d.name, d.status, d.creative_type, d.review_status, d.destination_url, d.pin_id) FROM ad AS d WHERE d.name = 'Boots, new'
	  UNION ALL SELECT concat_ws(' ', 'h', entity_type, count(*), count(DISTINCT entity_id)) FROM change GROUP BY entity_type) AS all_of_it`); err != nil {
		t.Fatal(err)
	}
	id := func(n int64) string { return `"` + refOf(ads.LevelAudience, 1, n) + `"` }
	want := `c Autumn CONSIDERATION DRAFT t 25000000 1
d Boots, new DRAFT REGULAR PENDING https://acme.example.com/new 1001
d Boots, new DRAFT REGULAR PENDING https://acme.example.com/new 1001
d Boots, new DRAFT REGULAR PENDING https://acme.example.com/new 1001
g Runners DRAFT CBO_ADGROUP AUTOMATIC_BID CLICKTHROUGH STANDARD {"LOCATION": ["CA"]}
g Walkers DRAFT CBO_ADGROUP MAX_BID 400000 CLICKTHROUGH STANDARD {"GENDER": ["female"], "LOCATION": ["US", "US-CA"], "AUDIENCE_EXCLUDE": [` + id(502) + `], "AUDIENCE_INCLUDE": [` + id(501) + `]}
h AD 15 3
h AD_GROUP 17 2
h CAMPAIGN 6 1
k Walkers 501 t
k Walkers 502 f`
	if stored != want {
		t.Errorf("got\n%s\nwant\n%s", stored, want)
	}
	if names := got.statements(); len(names) > 10 { // three of them read the answer
		t.Errorf("statements %v", names)
	}
	publish := func(extra string) answer {
		return w.ask(t, `mutation { publishCampaigns(input: {advertiserId: "`+advertiserID(1)+`", campaigns: [{id: "`+m.Nodes[0].ID+`", version: 1}], idempotencyKey: "publish-it`+extra+`" `+extra+`}) {
		  campaigns { name status version } nodes { level name isPublished userErrors { code path } } userErrors { code path } isReplay } }`, nil)
	}
	got = publish("")
	if want := `{"publishCampaigns":{"campaigns":[{"name":"Autumn","status":"ACTIVE","version":2}],"nodes":[` +
		`{"level":"CAMPAIGN","name":"Autumn","isPublished":true,"userErrors":[]},{"level":"AD_GROUP","name":"Walkers","isPublished":true,"userErrors":[]},` +
		`{"level":"AD","name":"Boots, new","isPublished":true,"userErrors":[]},{"level":"AD","name":"Boots, new","isPublished":true,"userErrors":[]},` +
		`{"level":"AD_GROUP","name":"Runners","isPublished":true,"userErrors":[]},{"level":"AD","name":"Boots, new","isPublished":true,"userErrors":[]}],"userErrors":[],"isReplay":false}}`; got.data != want {
		t.Errorf("got  %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
	if again := publish(""); !strings.Contains(again.data, `"isReplay":true`) || !strings.Contains(again.data, `"isPublished":true`) {
		t.Errorf("%s", again.data)
	}
}

// TestNewThingsBreakRules makes campaigns, each with one mistake, and looks where it
// is found; the same mistakes are found by campaignCheck.
func TestNewThingsBreakRules(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	w = w.as(manager)
	group, ad := []any{"adGroups", 0}, []any{"adGroups", 0, "ads", 1}
	at := func(base []any, more ...any) []any { return append(slices.Clone(base), more...) }
	before := settingsOf(t, dsn)
	for i, tt := range []struct {
		value any
		path  []any
		want  string
	}{
		{"", []any{"name"}, "NAME_INVALID name"},
		{strings.Repeat("x", 256), []any{"name"}, "NAME_INVALID name"},
		{"tab\tin it", at(group, "name"), "NAME_INVALID adGroups.0.name"},
		{"\u202e\u0000", at(ad, "name"), "NAME_INVALID adGroups.0.ads.1.name"},
		{"0", []any{"budgetMicros"}, "AMOUNT_INVALID budgetMicros"},
		{"1", []any{"budgetMicros"}, "AMOUNT_INVALID budgetMicros"},
		{"9223372036854775807", []any{"budgetMicros"}, "AMOUNT_INVALID budgetMicros"},
		{nil, []any{"budgetMicros"}, "REQUIRED budgetMicros"},
		{"CBO_ADGROUP", []any{"budgetType"}, "NOT_ALLOWED budgetType REQUIRED adGroups.0.budgetType REQUIRED adGroups.1.budgetType"},
		{"LIFETIME", at(group, "budgetType"), "END_REQUIRED adGroups.0.endAt NOT_ALLOWED adGroups.0.budgetType REQUIRED adGroups.0.budgetMicros"},
		{"2026-06-01T00:00:00Z", []any{"startAt"}, "SCHEDULE_PAST startAt"},
		{"2026-06-01T00:00:00Z", []any{"endAt"}, "SCHEDULE_PAST endAt"},
		{"2026-12-02T00:00:00Z", []any{"startAt"}, "SCHEDULE_ORDER endAt"},
		{"2026-12-02T00:00:00Z", at(group, "endAt"), "SCHEDULE_OUTSIDE_PARENT adGroups.0.endAt"},
		{"10000", at(group, "bidMicros"), "BID_BELOW_FLOOR adGroups.0.bidMicros"},
		{"10001", at(group, "bidMicros"), "AMOUNT_INVALID adGroups.0.bidMicros"},
		{nil, at(group, "bidMicros"), "REQUIRED adGroups.0.bidMicros"},
		{"AUTOMATIC_BID", at(group, "bidStrategy"), "NOT_ALLOWED adGroups.0.bidMicros"},
		{"IMPRESSION", at(group, "billableEvent"), "BID_BELOW_FLOOR adGroups.0.bidMicros OPTION_NOT_ALLOWED adGroups.0.billableEvent"},
		{"VIDEO_V_50_MRC", at(group, "billableEvent"), "OPTION_NOT_ALLOWED adGroups.0.billableEvent"},
		{"ACCELERATED", at(group, "pacing"), "OPTION_NOT_ALLOWED adGroups.0.pacing"},
		{[]any{"Mars"}, at(group, "targeting", "locations"), "TARGETING_INVALID adGroups.0.targeting.locations"},
		{[]any{"US", "US"}, at(group, "targeting", "locations"), "TARGETING_INVALID adGroups.0.targeting.locations"},
		{[]any{}, at(group, "targeting", "locations"), "REQUIRED adGroups.0.targeting.locations"},
		{[]any{"12-17"}, at(group, "targeting", "ageBuckets"), "TARGETING_INVALID adGroups.0.targeting.ageBuckets"},
		{[]any{"nobody"}, at(group, "targeting", "genders"), "TARGETING_INVALID adGroups.0.targeting.genders"},
		{[]any{"fridge"}, at(group, "targeting", "devices"), "TARGETING_INVALID adGroups.0.targeting.devices"},
		{[]any{"\n"}, at(group, "targeting", "interests"), "TARGETING_INVALID adGroups.0.targeting.interests"},
		{[]any{refOf(ads.LevelAudience, 2, 505)}, at(group, "targeting", "audienceIds"), "NOT_FOUND adGroups.0.targeting.audienceIds"},
		{[]any{refOf(ads.LevelAudience, 1, 999)}, at(group, "targeting", "audienceIds"), "NOT_FOUND adGroups.0.targeting.audienceIds"},
		{[]any{refOf(ads.LevelCampaign, 1, 11)}, at(group, "targeting", "excludedAudienceIds"), "NOT_FOUND adGroups.0.targeting.excludedAudienceIds"},
		{[]any{refOf(ads.LevelAudience, 1, 502)}, at(group, "targeting", "audienceIds"), "TARGETING_INVALID adGroups.0.targeting.excludedAudienceIds"},
		{refOf(ads.LevelPin, 1, 999), at(ad, "pinId"), "NOT_FOUND adGroups.0.ads.1.pinId"},
		{refOf(ads.LevelPin, 2, 2001), at(ad, "pinId"), "NOT_FOUND adGroups.0.ads.1.pinId"},
		{refOf(ads.LevelAd, 1, 1111), at(ad, "pinId"), "NOT_FOUND adGroups.0.ads.1.pinId"},
		{refOf(ads.LevelPin, 1, 1002), at(ad, "pinId"), "NOT_ALLOWED adGroups.0.ads.1.pinId"},
		{"javascript:alert(1)", at(ad, "destinationUrl"), "URL_INVALID adGroups.0.ads.1.destinationUrl"},
		{"https://user:word@example.com", at(ad, "destinationUrl"), "URL_INVALID adGroups.0.ads.1.destinationUrl"},
		{"https://example.com/" + strings.Repeat("x", 2048), at(ad, "destinationUrl"), "URL_INVALID adGroups.0.ads.1.destinationUrl"},
		{"CATALOG_SALES", []any{"objective"}, "OPTION_NOT_ALLOWED adGroups.0.ads.0.pinId OPTION_NOT_ALLOWED adGroups.0.ads.1.pinId OPTION_NOT_ALLOWED adGroups.1.ads.0.pinId"},
		{"ARCHIVED", []any{"status"}, "STATUS_NOT_ALLOWED adGroups.0.ads.0.status STATUS_NOT_ALLOWED adGroups.0.ads.1.status STATUS_NOT_ALLOWED adGroups.0.status STATUS_NOT_ALLOWED adGroups.1.ads.0.status STATUS_NOT_ALLOWED adGroups.1.status STATUS_NOT_ALLOWED status"},
	} {
		wrong := with(tt.value, tt.path...)
		if wrong["status"] == nil {
			wrong["status"] = "PAUSED"
		}
		m, got := w.create(t, fmt.Sprintf("mistake-%d", i), wrong)
		var list []string
		for j, word := range strings.Fields(tt.want) {
			if j%2 == 1 {
				word = "campaigns.0." + word
			}
			list = append(list, word)
		}
		want := strings.Join(list, " ")
		if found := strings.Join(m.codes(), " "); found != want || len(m.Nodes) != 1 || m.Nodes[0] != nil {
			t.Errorf("%.60v at %v: %.300s, want %s %s", tt.value, tt.path, found, want, got.sortedErrors())
		}
		checked := w.ask(t, `query ($a: ID!, $c: NewCampaign!) { campaignCheck(advertiserId: $a, campaign: $c) { code path } }`, map[string]any{"a": advertiserID(1), "c": wrong})
		var out struct {
			CampaignCheck []struct {
				Code string
				Path []string
			}
		}
		if err := json.Unmarshal([]byte(checked.data), &out); err != nil {
			t.Fatal(err, checked.sortedErrors())
		}
		var same []string
		for _, e := range out.CampaignCheck {
			same = append(same, e.Code+" "+strings.Join(e.Path, "."))
		}
		slices.Sort(same)
		if strings.Join(same, " ") != tt.want {
			t.Errorf("campaignCheck of %.60v at %v: %v", tt.value, tt.path, same)
		}
		for _, e := range m.UserErrors {
			if e.Message == "" || strings.Contains(e.Message, "_ck") || strings.Contains(e.Message, "_fk") || strings.Contains(e.Message, "ad_group") {
				t.Errorf("%q", e.Message)
			}
		}
	}
	if settingsOf(t, dsn) != before {
		t.Error("a mistake left something behind")
	}
}

// TestSeventyAdGroups fills a campaign that holds the budget, by many at once.
func TestSeventyAdGroups(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	add := func(key string, n int, policy string) made {
		var items []any
		for i := range n {
			items = append(items, map[string]any{"campaignId": campaignID(1, 16), "adGroup": map[string]any{"name": fmt.Sprintf("Group %d", i)}})
		}
		got := w.ask(t, `mutation ($in: CreateAdGroupsInput!) { made: createAdGroups(input: $in) { nodes: adGroups { id name status } userErrors { code path message } isReplay } }`,
			map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "adGroups": items, "idempotencyKey": key, "errorPolicy": policy}})
		var out struct{ Made made }
		if err := json.Unmarshal([]byte(got.data), &out); err != nil {
			t.Fatal(err, got.sortedErrors())
		}
		return out.Made
	}
	if m := add("too-many-1", 71, "ALL_OR_NOTHING"); len(m.UserErrors) != 1 || m.codes()[0] != "TOO_MANY_AD_GROUPS adGroups.70.adGroup" {
		t.Errorf("%v", m.codes())
	}
	if m := add("too-many-2", 71, "SKIP_FAILED"); len(m.UserErrors) != 1 || m.Nodes[69] == nil || m.Nodes[70] != nil {
		t.Errorf("%v", m.codes())
	}
	pgtest.DB(t, dsn).MustExec(`UPDATE ad_group SET status = 'DELETED_DRAFT' WHERE campaign_id = 16 AND id IN (SELECT id FROM ad_group WHERE campaign_id = 16 ORDER BY id LIMIT 5)`)
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() { add(fmt.Sprintf("at-once-%d", i), 1, "SKIP_FAILED") })
	}
	all.Wait()
	var living int
	if err := pgtest.DB(t, dsn).Get(&living, `SELECT count(*) FROM ad_group WHERE campaign_id = 16 AND status <> 'DELETED_DRAFT'`); err != nil || living != 70 {
		t.Errorf("%d ad groups, %v", living, err)
	}
}

// TestParentsOfNewThings puts ads and ad groups where they cannot be.
func TestParentsOfNewThings(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	ad := map[string]any{"pinId": refOf(ads.LevelPin, 1, 1001)}
	got := w.ask(t, `mutation ($in: CreateAdsInput!) { made: createAds(input: $in) { nodes: ads { id name status } userErrors { code path message } } }`, map[string]any{"in": map[string]any{
		"advertiserId": advertiserID(1), "idempotencyKey": "ads-anywhere", "errorPolicy": "SKIP_FAILED", "ads": []any{
			map[string]any{"adGroupId": refOf(ads.LevelAdGroup, 1, 111), "ad": ad, "status": "ACTIVE"},
			map[string]any{"adGroupId": refOf(ads.LevelAdGroup, 2, 211), "ad": ad},
			map[string]any{"adGroupId": refOf(ads.LevelAdGroup, 1, 999), "ad": ad},
			map[string]any{"adGroupId": campaignID(1, 11), "ad": ad},
			map[string]any{"adGroupId": refOf(ads.LevelAdGroup, 1, 131), "ad": ad},
		},
	}})
	var out struct{ Made made }
	if err := json.Unmarshal([]byte(got.data), &out); err != nil {
		t.Fatal(err, got.sortedErrors())
	}
	if list := strings.Join(out.Made.codes(), " "); list != "NOT_FOUND ads.1.adGroupId NOT_FOUND ads.2.adGroupId NOT_FOUND ads.3.adGroupId PARENT_ARCHIVED ads.4.ad" || out.Made.Nodes[0] == nil || out.Made.Nodes[0].Status != "ACTIVE" {
		t.Errorf("%s %s", list, got.data)
	}
}

// TestCreateOnce sends one creation 50 times at once.
func TestCreateOnce(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	var all sync.WaitGroup
	ids := make([]string, 50)
	for i := range ids {
		all.Go(func() {
			if m, got := w.create(t, "only-once-please", tree()); len(m.Nodes) == 1 && m.Nodes[0] != nil {
				ids[i] = m.Nodes[0].ID
			} else {
				t.Errorf("%s %s", got.data, got.sortedErrors())
			}
		})
	}
	all.Wait()
	var n int
	if err := pgtest.DB(t, dsn).Get(&n, `SELECT count(*) FROM campaign WHERE name = 'Autumn'`); err != nil || n != 1 || len(slices.Compact(ids)) != 1 {
		t.Errorf("%d were made, %v %v", n, ids, err)
	}
	other := tree()
	other["name"] = "Winter"
	got := w.ask(t, `mutation ($in: CreateCampaignsInput!) { createCampaigns(input: $in) { isReplay } }`, map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "campaigns": []any{other}, "idempotencyKey": "only-once-please"}})
	if len(got.errors) != 1 || got.codes()[0] != "CONFLICT" {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
}

// TestDuplicate copies a campaign with all that belongs to it, an ad group and an
// ad.
func TestDuplicate(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	got := w.ask(t, `mutation ($a: ID!, $c: ID!, $g: ID!, $d: ID!) {
	  c: duplicateCampaigns(input: {advertiserId: $a, idempotencyKey: "copy-campaign", items: [{id: $c}, {id: $c, name: "Another"}]}) { campaigns { name status version labels { value } adGroups(first: 9) { edges { node { name status audiences { isIncluded audience { name } } keywords(first: 9) { totalCount } ads(first: 9) { totalCount } } } } } userErrors { code path } }
	  g: duplicateAdGroups(input: {advertiserId: $a, idempotencyKey: "copy-ad-group", items: [{id: $g}]}) { adGroups { name status campaign { name } ads(first: 9) { totalCount } } userErrors { code path } }
	  d: duplicateAds(input: {advertiserId: $a, idempotencyKey: "copy-an-ad", items: [{id: $d, name: "New boots"}, {id: $a}]  errorPolicy: SKIP_FAILED}) { ads { name status adGroup { name } review { status } } userErrors { code path } }
	}`, map[string]any{"a": advertiserID(1), "c": campaignID(1, 11), "g": refOf(ads.LevelAdGroup, 1, 112), "d": refOf(ads.LevelAd, 1, 1111)})
	copied := func(name string) string {
		return `{"name":"` + name + `","status":"DRAFT","version":1,"labels":[{"value":"Acme Outdoor"},{"value":"always on"}],"adGroups":{"edges":[` +
			`{"node":{"name":"Review","status":"DRAFT","audiences":[],"keywords":{"totalCount":0},"ads":{"totalCount":2}}},` +
			`{"node":{"name":"Climbers","status":"DRAFT","audiences":[{"isIncluded":true,"audience":{"name":"Past buyers"}}],"keywords":{"totalCount":1},"ads":{"totalCount":1}}},` +
			`{"node":{"name":"Hikers","status":"DRAFT","audiences":[{"isIncluded":true,"audience":{"name":"All site visitors 30d"}},{"isIncluded":false,"audience":{"name":"Past buyers"}}],"keywords":{"totalCount":4},"ads":{"totalCount":2}}}]}}`
	}
	want := `{"c":{"campaigns":[` + copied("Spring sale (copy)") + `,` + copied("Another") + `],"userErrors":[]},` +
		`"g":{"adGroups":[{"name":"Climbers (copy)","status":"DRAFT","campaign":{"name":"Spring sale"},"ads":{"totalCount":1}}],"userErrors":[]},` +
		`"d":{"ads":[{"name":"New boots","status":"DRAFT","adGroup":{"name":"Hikers"},"review":{"status":"PENDING"}},null],"userErrors":[{"code":"NOT_FOUND","path":["items","1","id"]}]}}`
	if got.data != want {
		t.Errorf("got  %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
	var flexible, negative int
	if err := pgtest.DB(t, dsn).QueryRow(`SELECT (SELECT count(*) FROM campaign WHERE name IN ('Another', 'Spring sale (copy)') AND is_flexible_daily),
	  (SELECT count(*) FROM keyword WHERE value = 'wholesale')`).Scan(&flexible, &negative); err != nil || flexible != 2 || negative != 3 {
		t.Errorf("%d %d %v", flexible, negative, err)
	}
}

// TestPublishSkips publishes what is complete of a tree, and leaves the rest.
func TestPublishSkips(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	draft := tree()
	draft["adGroups"].([]any)[0].(map[string]any)["targeting"] = map[string]any{}
	draft["adGroups"] = append(draft["adGroups"].([]any), map[string]any{"name": "Nothing to show", "targeting": map[string]any{"locations": []any{"US"}}})
	m, _ := w.create(t, "an incomplete one", draft)
	publish := func(policy string) string {
		got := w.ask(t, `mutation { publishCampaigns(input: {advertiserId: "`+advertiserID(1)+`", campaigns: [{id: "`+m.Nodes[0].ID+`", version: 1}], idempotencyKey: "publish `+policy+`", errorPolicy: `+policy+`, status: PAUSED}) {
		  campaigns { status } nodes { name isPublished userErrors { code path } } userErrors { code } } }`, nil)
		return got.data + got.sortedErrors()
	}
	faults := func(isPublished string) string {
		return `{"name":"Walkers","isPublished":false,"userErrors":[{"code":"REQUIRED","path":["targeting","locations"]}]},{"name":"Boots, new","isPublished":false,"userErrors":[]},{"name":"Boots, new","isPublished":false,"userErrors":[]},` +
			`{"name":"Runners","isPublished":` + isPublished + `,"userErrors":[]},{"name":"Boots, new","isPublished":` + isPublished + `,"userErrors":[]},{"name":"Nothing to show","isPublished":false,"userErrors":[{"code":"CHILD_REQUIRED","path":["ads"]}]}],"userErrors":[]}}`
	}
	if got, want := publish("ALL_OR_NOTHING"), `{"publishCampaigns":{"campaigns":[{"status":"DRAFT"}],"nodes":[{"name":"Autumn","isPublished":false,"userErrors":[]},`+faults("false"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := publish("SKIP_FAILED"), `{"publishCampaigns":{"campaigns":[{"status":"PAUSED"}],"nodes":[{"name":"Autumn","isPublished":true,"userErrors":[]},`+faults("true"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// What is left can be published later, below a campaign that delivers, once it is complete.
	if got := w.ask(t, `mutation { publishCampaigns(input: {advertiserId: "`+advertiserID(1)+`", campaigns: [{id: "`+m.Nodes[0].ID+`", version: 1}, {id: "`+campaignID(1, 11)+`", version: 3}, {id: "`+campaignID(2, 21)+`", version: 1}], idempotencyKey: "publish again"}) {
	  campaigns { name } nodes { name } userErrors { code path } } }`, nil); got.data != `{"publishCampaigns":{"campaigns":[null,null,null],"nodes":[],"userErrors":[{"code":"STALE_VERSION","path":["campaigns","0","version"]},{"code":"NOTHING_TO_CHANGE","path":["campaigns","1","id"]},{"code":"NOT_FOUND","path":["campaigns","2","id"]}]}}` {
		t.Errorf("%s %s", got.data, got.sortedErrors())
	}
}

// TestDraftsChange edits what only drafts can have changed.
func TestDraftsChange(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	m, _ := w.create(t, "draft to edit", tree())
	c, g := m.Nodes[0].ID, m.Nodes[0].AdGroups.Edges[1].Node.ID
	got := w.ask(t, `mutation ($a: ID!, $c: ID!, $g: ID!, $live: ID!, $ad: ID!) {
	  c: updateCampaigns(input: {advertiserId: $a, campaigns: [{id: $c, version: 1, objective: WEB_CONVERSION, budgetType: null}]}) { campaigns { objective isCbo budget { type } version } userErrors { code path } }
	  g: updateAdGroups(input: {advertiserId: $a, adGroups: [{id: $g, version: 1, budgetType: DAILY, budgetMicros: "5000000", billableEvent: IMPRESSION, bidStrategy: AUTOMATIC_BID, pacing: ACCELERATED, placement: SEARCH, targeting: {locations: ["GB"], audienceIds: ["`+refOf(ads.LevelAudience, 1, 503)+`"]}}]})
	    { adGroups { budgetType budget { amount { amount } } billableEvent bidStrategy bid { amount } pacing placement targeting audiences { audience { name } } } userErrors { code path } }
	  live: updateCampaigns(input: {advertiserId: $a, campaigns: [{id: $live, version: 3, objective: AWARENESS, budgetType: LIFETIME}]}) { userErrors { code path } }
	  ad: updateAds(input: {advertiserId: $a, ads: [{id: $ad, version: 1, destinationUrl: "https://acme.example.com/other"}]}) { ads { destinationUrl review { status } } userErrors { code path } }
	}`, map[string]any{"a": advertiserID(1), "c": c, "g": g, "live": campaignID(1, 11), "ad": refOf(ads.LevelAd, 1, 1111)})
	want := `{"c":{"campaigns":[{"objective":"WEB_CONVERSION","isCbo":false,"budget":null,"version":2}],"userErrors":[]},` +
		`"g":{"adGroups":[{"budgetType":"DAILY","budget":{"amount":{"amount":"5.00"}},"billableEvent":"IMPRESSION","bidStrategy":"AUTOMATIC_BID","bid":null,"pacing":"ACCELERATED","placement":"SEARCH","targeting":{"LOCATION": ["GB"], "AUDIENCE_INCLUDE": ["` + refOf(ads.LevelAudience, 1, 503) + `"]},"audiences":[{"audience":{"name":"newsletter “VIP”, 2026"}}]}],"userErrors":[]},` +
		`"live":{"userErrors":[{"code":"DRAFT_ONLY","path":["campaigns","0","objective"]},{"code":"DRAFT_ONLY","path":["campaigns","0","budgetType"]}]},` +
		`"ad":{"ads":[{"destinationUrl":"https://acme.example.com/other","review":{"status":"PENDING"}}],"userErrors":[]}}`
	if got.data != want {
		t.Errorf("got  %s %s\nwant %s", got.data, got.sortedErrors(), want)
	}
}

// TestRandomTreesAreMadeOrRefused makes random campaigns, changes and publishes
// them: whatever happens, it is never our mistake.
func TestRandomTreesAreMadeOrRefused(t *testing.T) {
	t.Parallel()
	w, _ := writable(t)
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(m map[string]any, key string, values ...any) {
		if v := values[r.IntN(len(values))]; v != "left out" {
			m[key] = v
		}
	}
	dates := []any{"left out", "left out", "left out", nil, "2026-06-18T00:00:00Z", "2026-07-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-06-01T00:00:00Z"}
	amounts := []any{"left out", nil, "0", "2000000", "5000000", "6000000", "5000001", "9223372036854775807"}
	budget := func(m map[string]any, none any) {
		pick(m, "budgetType", "left out", none, "DAILY", "LIFETIME")
		if m["budgetType"] != nil && m["budgetType"] != none || r.IntN(4) == 0 {
			pick(m, "budgetMicros", amounts...)
		}
		pick(m, "startAt", dates...)
		pick(m, "endAt", dates...)
	}
	group := func() map[string]any {
		m := map[string]any{}
		budget(m, "CBO_ADGROUP")
		pick(m, "bidStrategy", "left out", "AUTOMATIC_BID", "MAX_BID", "TARGET_AVG")
		if r.IntN(2) == 0 {
			pick(m, "bidMicros", amounts...)
		}
		pick(m, "pacing", "left out", "left out", "STANDARD", "ACCELERATED")
		pick(m, "billableEvent", "left out", "left out", "CLICKTHROUGH", "IMPRESSION", "VIDEO_V_50_MRC")
		pick(m, "targeting", "left out", map[string]any{"locations": []any{"GB"}}, map[string]any{"locations": []any{"US"}}, map[string]any{"audienceIds": []any{refOf(ads.LevelAudience, 1, 501)}})
		return m
	}
	objectives := []any{"AWARENESS", "CONSIDERATION", "WEB_CONVERSION", "CATALOG_SALES", "VIDEO_COMPLETION"}
	names := []any{"Name", "🌞", strings.Repeat("é", 255), "Name", "Name", "Name", ""}
	made, published := 0, 0
	check := func(got answer) {
		t.Helper()
		if len(got.errors) > 0 {
			t.Errorf("%s %s", got.data, got.sortedErrors())
		}
	}
	for i := range 400 {
		c := tree()
		if r.IntN(2) == 0 {
			budget(c, nil)
		}
		if r.IntN(4) == 0 {
			pick(c, "objective", objectives...)
			pick(c, "name", names...)
		}
		pick(c, "status", "left out", "DRAFT", "ACTIVE", "PAUSED")
		for _, g := range c["adGroups"].([]any) {
			if r.IntN(2) == 0 {
				maps.Copy(g.(map[string]any), group())
			}
		}
		m, got := w.create(t, fmt.Sprintf("random tree %d", i), c)
		check(got)
		if m.Nodes[0] == nil {
			continue
		}
		made++
		id := m.Nodes[0].ID
		change := map[string]any{"id": id, "version": 1}
		budget(change, nil)
		pick(change, "objective", objectives...)
		check(w.ask(t, `mutation ($in: UpdateCampaignsInput!) { updateCampaigns(input: $in) { userErrors { code } } }`, map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "campaigns": []any{change}}}))
		for _, e := range m.Nodes[0].AdGroups.Edges {
			g := group()
			g["id"], g["version"] = e.Node.ID, 1
			check(w.ask(t, `mutation ($in: UpdateAdGroupsInput!) { updateAdGroups(input: $in) { userErrors { code } } }`, map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "adGroups": []any{g}}}))
		}
		check(w.ask(t, `mutation ($in: DuplicateInput!) { duplicateCampaigns(input: $in) { userErrors { code } } }`, map[string]any{"in": map[string]any{"advertiserId": advertiserID(1), "items": []any{map[string]any{"id": id}}, "idempotencyKey": "copy of " + id}}))
		for version := 1; version <= 2; version++ {
			got := w.ask(t, `mutation ($in: PublishCampaignsInput!) { publishCampaigns(input: $in) { nodes { isPublished } userErrors { code } } }`, map[string]any{"in": map[string]any{
				"advertiserId": advertiserID(1), "campaigns": []any{map[string]any{"id": id, "version": version}}, "idempotencyKey": fmt.Sprintf("publish %s %d", id, version), "errorPolicy": "SKIP_FAILED",
			}})
			check(got)
			published += strings.Count(got.data, `"isPublished":true`)
		}
	}
	t.Logf("%d of 400 were made, %d nodes published", made, published)
	if made < 20 || published < 5 {
		t.Errorf("only %d were made, %d nodes published", made, published)
	}
}

package graph

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// TestExportsAreIsolated asks for files as people who may not have them, and with
// foreign ids in filters.
func TestExportsAreIsolated(t *testing.T) {
	t.Parallel()
	dsn := pgtest.OwnDemo(t, "small")
	db := pgtest.DB(t, dsn)
	viewers := addPeople(db)
	s := pgtest.OpenDSN(t, dsn)
	w := newWorld(t, s, Options{})
	foreign := idsOf(t, w.as(neighbour), theirs)
	plant(t, db)
	x, err := NewExporter(s, 4)
	if err != nil {
		t.Fatal(err)
	}
	request := func(advertiser int64, format string, filter any) map[string]any {
		in := map[string]any{
			"advertiser": advertiserID(advertiser), "level": "AD_GROUP", "format": format, "fields": []string{"id", "name", "campaignName"}, "metrics": []string{"SPEND"},
			"report": map[string]any{"dates": map[string]any{"preset": "LAST_7_DAYS"}},
		}
		if filter != nil {
			in["filter"] = filter
		}
		return in
	}
	p := &proof{viewers: viewers}
	for viewer, roles := range viewers {
		for _, format := range []string{"CSV", "JSONL"} {
			for name, in := range map[string]map[string]any{
				"own": request(mine, format, nil), "foreign": request(theirs, format, nil), "filtered": request(mine, format, map[string]any{"campaignIds": []string{foreign[ads.LevelCampaign]}}),
			} {
				res := sendExport(t, x, viewer, in, nil)
				var headers bytes.Buffer
				_ = res.Header.Write(&headers)
				text := bodyOf(t, res) + headers.String()
				if found := p.leaks(viewer, text); found != nil {
					t.Errorf("%v sees %v: %s %s", roles, found, name, format)
				}
				mayHave := name == "own" && viewer != outsider && viewer != neighbour && (&ads.Advertiser{ViewerRoles: roles}).Can(ads.ViewCampaigns) || name == "foreign" && viewer == neighbour
				if has := strings.Contains(text, "Canary"); has != mayHave || has != (res.StatusCode == http.StatusOK) {
					t.Errorf("%v gets %d: %s %s: %.200s", roles, res.StatusCode, name, format, text)
				}
			}
		}
	}
}

// TestSubscriptionsAreIsolated has everybody follow an account, with documents
// that select every field of every event: only who may see campaigns hears
// anything, and nobody of another account.
func TestSubscriptionsAreIsolated(t *testing.T) {
	t.Parallel()
	dsn := smallDatabase(t, people)
	db := pgtest.DB(t, dsn)
	process := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	schema := schemaOf(t)
	d := theDocuments(schema, map[string]string{"advertiser": "x", "campaign": "x", "adGroup": "x", "ad": "x", "node": "x"}, []string{"x"})
	following, sockets := 0, map[int64]*socketClient{}
	for viewer, can := range matrix {
		sockets[viewer] = process.signIn(t, viewer)
		if strings.Contains(can, "VIEW_CAMPAIGNS") {
			following += len(schema.Subscription.Fields)
		}
	}
	for _, stranger := range []int64{nobody, 2} {
		sockets[stranger] = process.signIn(t, stranger)
	}
	for _, f := range schema.Subscription.Fields {
		event := schema.Types[f.Type.Name()]
		selection := "__typename"
		for _, field := range event.Fields {
			selection += " " + field.Name + d.below(field)
		}
		document := fmt.Sprintf("subscription ($id: ID!) { %s(advertiserId: $id) { %s } }", f.Name, selection)
		for viewer, c := range sockets {
			c.subscribe(t, f.Name, document, advertiserID(acme))
			if strings.Contains(matrix[viewer], "VIEW_CAMPAIGNS") {
				continue
			}
			got, err := c.hear()
			if err != nil || !strings.Contains(got, `"type":"error"`) || !strings.Contains(got, "FORBIDDEN") && !strings.Contains(got, "NOT_FOUND") || strings.Contains(got, "Acme") {
				t.Errorf("viewer %d, %s: %s %v", viewer, f.Name, got, err)
			}
		}
	}
	process.subscribers(t, following)
	change(t, db, 2, 21, "Canary of another", 2) // nobody here follows that account
	change(t, db, acme, 11, "Canary", 9)
	db.MustExec(`SELECT pg_notify('adsgraph', '{"a":1,"m":true}')`)
	for viewer, can := range matrix {
		if !strings.Contains(can, "VIEW_CAMPAIGNS") {
			continue
		}
		heard := ""
		for range schema.Subscription.Fields {
			got, err := sockets[viewer].hear()
			if err != nil {
				t.Fatal(err)
			}
			heard += got
		}
		if !strings.Contains(heard, `"name":"Canary"`) || !strings.Contains(heard, `"dataAsOf":"`) || strings.Contains(heard, "another") || strings.Contains(heard, "errors") {
			t.Errorf("viewer %d heard %s", viewer, heard)
		}
	}
}

// TestChangesReachFollowers changes a campaign by the API, in bulk with a mistake,
// and archives an ad group: followers hear of what was changed, and only that.
func TestChangesReachFollowers(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	process := newProcess(t, dsn, pgtest.OpenDSN(t, dsn), Options{})
	c := process.signIn(t, analyst)
	c.subscribe(t, "1", follower, advertiserID(acme))
	process.subscribers(t, 1)
	w.change(t, "", patch(11, 3, `name: "Not this"`), patch(12, 99, `name: "Stale"`)) // nothing is changed
	w.change(t, "", patch(11, 3, `name: "This"`))
	c.hears(t, next("1", renamed("This", 4)))
	got := w.ask(t, `mutation ($a: ID!, $g: ID!) { updateAdGroups(input: {advertiserId: $a, adGroups: [{id: $g, version: 1, status: ARCHIVED}]}) { adGroups { status } userErrors { code } } }`,
		map[string]any{"a": advertiserID(1), "g": refOf(ads.LevelAdGroup, 1, 111)})
	if !strings.Contains(got.data, `"ARCHIVED"`) {
		t.Fatalf("%s %s", got.data, got.sortedErrors())
	}
	c.hears(t, next("1", renamed("This", 4))) // something below it
}

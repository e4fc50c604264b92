package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

func refOf(kind ads.Level, a, id int64) string {
	return ads.Ref{Level: kind, Advertiser: a, ID: id}.String()
}

// TestObjectsOfTheSmallWorld asks for what stands beside the hierarchy, as the
// comment of each case says, and for the statements that it takes.
func TestObjectsOfTheSmallWorld(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	for name, tt := range map[string]struct {
		query, want string
		statements  []string
	}{
		"LabelsOfManyCampaigns": { // brands first, then by value in any case; one statement for all
			`{ advertiser(id: "%[1]s") { campaigns(first: 6, orderBy: {field: ID, direction: ASC}) { edges { node { labels { type value } } } } } }`,
			`{"advertiser":{"campaigns":{"edges":[{"node":{"labels":[{"type":"BRAND","value":"Acme Outdoor"},{"type":"CUSTOM","value":"always on"}]}},` +
				`{"node":{"labels":[{"type":"BRAND","value":"Acme Outdoor"},{"type":"CUSTOM","value":"Q2 2026"}]}},` +
				`{"node":{"labels":[]}},{"node":{"labels":[]}},{"node":{"labels":[]}},{"node":{"labels":[]}}]}}}`,
			[]string{"AdvertiserByID", "CampaignLabels", "CampaignList"},
		},
		"AudiencesOfManyAdGroups": { // included ones first, then by name; one statement for all
			`{ advertiser(id: "%[1]s") { adGroups(first: 3, orderBy: {field: ID, direction: ASC}) { edges { node { audiences { isIncluded audience { name size usedBy { included excluded } } } } } } } }`,
			`{"advertiser":{"adGroups":{"edges":[{"node":{"audiences":[{"isIncluded":true,"audience":{"name":"All site visitors 30d","size":48213,"usedBy":{"included":2,"excluded":0}}},` +
				`{"isIncluded":false,"audience":{"name":"Past buyers","size":3120,"usedBy":{"included":1,"excluded":1}}}]}},` +
				`{"node":{"audiences":[{"isIncluded":true,"audience":{"name":"Past buyers","size":3120,"usedBy":{"included":1,"excluded":1}}}]}},{"node":{"audiences":[]}}]}}}`,
			[]string{"AdGroupAudiences", "AdGroupList", "AdvertiserByID"},
		},
		"KeywordsOfManyAdGroups": { // without those of the campaign; one statement for all
			`{ advertiser(id: "%[1]s") { adGroups(first: 3, orderBy: {field: ID, direction: ASC}) { edges { node { keywords(first: 2, filter: {isNegative: false}, orderBy: {field: VALUE, direction: DESC}) {
			  totalCount edges { node { value matchType } } } } } } } }`,
			`{"advertiser":{"adGroups":{"edges":[{"node":{"keywords":{"totalCount":3,"edges":[{"node":{"value":"trail shoes","matchType":"PHRASE"}},{"node":{"value":"Hiking Boots","matchType":"EXACT"}}]}}},` +
				`{"node":{"keywords":{"totalCount":2,"edges":[{"node":{"value":"trail shoes","matchType":"BROAD"}},{"node":{"value":"climbing shoes","matchType":"BROAD"}}]}}},` +
				`{"node":{"keywords":{"totalCount":0,"edges":[]}}}]}}}`,
			[]string{"AdGroupList", "AdvertiserByID", "KeywordList"},
		},
		"CampaignsByLabel": {
			`{ advertiser(id: "%[1]s") { campaigns(first: 9, filter: {labelIds: ["%[2]s", "%[3]s"]}) { totalCount edges { node { name } } } } }`,
			`{"advertiser":{"campaigns":{"totalCount":2,"edges":[{"node":{"name":"Summer 🌞 “hot”, 50% off"}},{"node":{"name":"Spring sale"}}]}}}`,
			nil,
		},
		"AdGroupsByAudience": { // included or excluded
			`{ advertiser(id: "%[1]s") { adGroups(first: 9, filter: {audienceIds: ["%[4]s"]}) { totalCount edges { node { name } } } } }`,
			`{"advertiser":{"adGroups":{"totalCount":2,"edges":[{"node":{"name":"Climbers"}},{"node":{"name":"Hikers"}}]}}}`,
			nil,
		},
		"NoLabelsAtAll": { // an empty list keeps nothing
			`{ advertiser(id: "%[1]s") { campaigns(first: 9, filter: {labelIds: []}) { totalCount } } }`,
			`{"advertiser":{"campaigns":{"totalCount":0}}}`,
			nil,
		},
		"Labels": {
			`{ advertiser(id: "%[1]s") { labels(first: 2, filter: {type: [CUSTOM], valueContains: "ON"}, orderBy: {field: VALUE, direction: ASC}) { totalCount pageInfo { hasNextPage } edges { node { id type value createdAt } } } } }`,
			`{"advertiser":{"labels":{"totalCount":1,"pageInfo":{"hasNextPage":false},"edges":[{"node":{"id":"` + refOf(ads.LevelLabel, 1, 703) + `","type":"CUSTOM","value":"always on","createdAt":"2026-03-02T12:00:00Z"}}]}}}`,
			[]string{"AdvertiserByID", "LabelList"},
		},
		"Nodes": { // of every kind, with columns of their own; another advertiser's are not there
			`{ nodes(ids: ["%[5]s", "%[6]s", "%[2]s", "%[7]s", "%[8]s", "%[9]s"]) { id ... on Audience { usedBy { included excluded } } ... on Keyword { value adGroup { name } }
			  ... on Label { labelValue: value } ... on ConversionTag { name events(days: 1) { type events } } } }`,
			`{"nodes":[{"id":"` + refOf(ads.LevelAudience, 1, 501) + `","usedBy":{"included":2,"excluded":0}},{"id":"` + refOf(ads.LevelKeyword, 1, 607) + `","value":"wholesale","adGroup":null},` +
				`{"id":"` + refOf(ads.LevelLabel, 1, 702) + `","labelValue":"Q2 2026"},{"id":"` + refOf(ads.LevelConversionTag, 1, 801) + `","name":"Website","events":[{"type":"PAGE_VISIT","events":917},{"type":"CHECKOUT","events":37}]},null,null]}`,
			[]string{"AdvertiserByID", "AudienceByID", "ConversionTagByID", "KeywordByID", "LabelByID", "TagEvents"},
		},
		"TotalsOfKeywords": { // null, whatever is selected of them
			`{ advertiser(id: "%[1]s") { keywords(first: 1, filter: {matchType: [EXACT]}, report: {dates: {from: "2026-06-01", to: "2026-06-07"}, attribution: {clickWindowDays: 7, engagementWindowDays: 7}}) {
			  totalCount totals { total { reach leads checkouts spend { micros } } } edges { metrics { total { impressions } series(granularity: WEEK) { start values { impressions } } } } } } }`,
			`{"advertiser":{"keywords":{"totalCount":1,"totals":null,"edges":[{"metrics":{"total":{"impressions":2940},"series":[{"start":"2026-06-01","values":{"impressions":2940}}]}}]}}}`,
			[]string{"AdvertiserByID", "KeywordList", "KeywordSeries"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			query := fmt.Sprintf(tt.query, advertiserID(acme), refOf(ads.LevelLabel, 1, 702), refOf(ads.LevelLabel, 1, 703), refOf(ads.LevelAudience, 1, 502),
				refOf(ads.LevelAudience, 1, 501), refOf(ads.LevelKeyword, 1, 607), refOf(ads.LevelConversionTag, 1, 801), refOf(ads.LevelAudience, 2, 505), refOf(ads.LevelKeyword, 1, 608))
			a := w.ask(t, query, nil)
			if a.data != tt.want || len(a.errors) > 0 {
				t.Errorf("got  %s %s\nwant %s", a.data, a.sortedErrors(), tt.want)
			}
			if got := slices.Compact(a.statements()); tt.statements != nil && !slices.Equal(got, tt.statements) {
				t.Errorf("statements %v, want %v", got, tt.statements)
			}
		})
	}
}

// TestObjectsRefuse asks for what does not exist, is somebody else's or is not
// known.
func TestObjectsRefuse(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	const report = `report: {dates: {preset: LAST_7_DAYS}}`
	for name, tt := range map[string]struct {
		field    string
		code     fault.Code
		mentions string
	}{
		"ForeignAdGroup":   {`keywords(first: 1, filter: {adGroupIds: ["` + refOf(ads.LevelAdGroup, 2, 211) + `"]}) { totalCount }`, fault.NotFound, refOf(ads.LevelAdGroup, 2, 211)},
		"ForeignCampaign":  {`keywords(first: 1, filter: {campaignIds: ["` + campaignID(2, 21) + `"]}) { totalCount }`, fault.NotFound, campaignID(2, 21)},
		"ForeignLabel":     {`campaigns(first: 1, filter: {labelIds: ["` + refOf(ads.LevelLabel, 2, 704) + `"]}) { totalCount }`, fault.NotFound, "does not have"},
		"ForeignAudience":  {`adGroups(first: 1, filter: {audienceIds: ["` + refOf(ads.LevelAudience, 2, 505) + `"]}) { totalCount }`, fault.NotFound, "does not have"},
		"OtherKind":        {`campaigns(first: 1, filter: {labelIds: ["` + campaignID(1, 11) + `"]}) { totalCount }`, fault.Invalid, "labelIds"},
		"UnknownShown":     {`keywords(first: 1, ` + report + `) { edges { metrics { total { spend { micros } reach leads costPerLead { micros } } } } }`, fault.Unsupported, "REACH, LEADS, COST_PER_LEAD."},
		"UnknownInSeries":  {`keywords(first: 1, ` + report + `) { edges { metrics { series(granularity: DAY) { values { videoStarts } } } } }`, fault.Unsupported, "VIDEO_STARTS"},
		"UnknownBefore":    {`keywords(first: 1, ` + report + `) { edges { metrics { previous { signups } } } }`, fault.Unsupported, "SIGNUPS"},
		"UnknownSort":      {`keywords(first: 1, orderBy: {metric: CPV, direction: ASC}, ` + report + `) { totalCount }`, fault.Unsupported, "CPV"},
		"UnknownThreshold": {`keywords(first: 1, filter: {metrics: [{metric: FREQUENCY, min: 1}]}, ` + report + `) { totalCount }`, fault.Unsupported, "FREQUENCY"},
		"OtherAttribution": {
			`keywords(first: 1, report: {dates: {preset: LAST_7_DAYS}, attribution: {reportTime: CONVERSION}}) { edges { metrics { total { roas spend { micros } } } } }`,
			fault.Unsupported, "ROAS. They count conversions under the default attribution only.",
		},
		"BeyondRetention": {
			`keywords(first: 1, report: {dates: {from: "2026-01-01", to: "2026-05-01"}}) { totalCount }`,
			fault.BeyondRetention, "kept from",
		},
		"SortWithoutReport": {`keywords(first: 1, orderBy: {metric: SPEND, direction: ASC}) { totalCount }`, fault.Invalid, "report"},
		"LongText":          {`audiences(first: 1, filter: {nameContains: ""}) { totalCount }`, fault.Invalid, "nameContains"},
		"PageSize":          {`labels(first: 201) { totalCount }`, fault.Invalid, "200"},
		"Cursor":            {`conversionTags(first: 1, after: "aTEuMS4x") { edges { cursor } }`, fault.InvalidCursor, "first page"},
		"TooManyDays":       {`conversionTags(first: 1) { edges { node { events(days: 15) { type } } } }`, fault.Invalid, "14"},
		"NoDays":            {`conversionTags(first: 1) { edges { node { events(days: 0) { type } } } }`, fault.Invalid, "14"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := w.ask(t, `{ advertiser(id: "`+advertiserID(acme)+`") { name `+tt.field+` } }`, nil)
			if len(a.errors) != 1 || a.codes()[0] != string(tt.code) || !strings.Contains(a.errors[0].Message, tt.mentions) {
				t.Errorf("got %s, want %s that mentions %q", a.sortedErrors(), tt.code, tt.mentions)
			}
			if !strings.Contains(a.data, `"name":"Acme Outdoor"`) {
				t.Errorf("the rest is gone: %s", a.data)
			}
		})
	}
}

// TestObjectsAreOneStatementPerKind pages through objects of every kind beside
// one another: each list is a statement, its rows bring none.
func TestObjectsAreOneStatementPerKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, crowd)), Options{})
	for _, first := range []int{1, 200} {
		a := w.ask(t, `query ($id: ID!, $first: Int!) { advertiser(id: $id) {
		  audiences(first: $first) { edges { node { id rule usedBy { included } } } }
		  keywords(first: $first) { edges { node { id value adGroup { audiences { audience { id } } keywords(first: 2) { totalCount } } campaign { labels { value } } } } }
		  conversionTags(first: $first) { edges { node { id events { events } } } } } }`, map[string]any{"id": advertiserID(acme), "first": first})
		want := []string{
			"AdGroupAudiences", "AdGroupByID", "AdvertiserByID", "AudienceList", "CampaignByID", "CampaignLabels", "ConversionTagList", "KeywordList", "KeywordList", "TagEvents",
		}
		if !slices.Equal(a.statements(), want) || len(a.errors) > 0 {
			t.Errorf("pages of %d: statements %v, want %v; %s", first, a.statements(), want, a.sortedErrors())
		}
		if n := strings.Count(a.data, `"node":`); n < 3*first {
			t.Errorf("pages of %d: %d rows", first, n)
		}
	}
}

// TestLinkedObjectsAreWhole asks for what stands beside the objects that an
// entity is linked to.
func TestLinkedObjectsAreWhole(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	a := w.ask(t, `{ campaign(id: "`+campaignID(acme, 11)+`") { adGroups(first: 1, orderBy: {field: ID, direction: ASC}) { edges { node {
	  audiences { isIncluded audience { name usedBy { included excluded } } } } } } } }`, nil)
	const want = `"audiences":[{"isIncluded":true,"audience":{"name":"All site visitors 30d","usedBy":{"included":2,"excluded":0}}},` +
		`{"isIncluded":false,"audience":{"name":"Past buyers","usedBy":{"included":1,"excluded":1}}}]`
	if len(a.errors) > 0 || !strings.Contains(a.data, want) {
		t.Errorf("got %s %s, want %s", a.data, a.sortedErrors(), want)
	}
}

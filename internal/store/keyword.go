package store

import (
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// newKeyword makes the level of keywords. They have days, those of the view
// keyword_day, which hold the measures of metrics.DeliveredByViewer only and overlap:
// they must not be summed over keywords.
func newKeyword() *level {
	return newObject(level{
		name: ads.LevelKeyword, title: "Keyword", noun: "keyword", table: "keyword", alias: "k", dayTable: "keyword_day", idColumn: "keyword_id",
		sums: (*listQuery).keywordSums, isUnversioned: true,
		parents: map[ads.Level]string{ads.LevelAdvertiser: "k.advertiser_id", ads.LevelAdGroup: "k.ad_group_id"},
		sorts: map[string]sortField{
			"ID": {expr: "k.id"}, "VALUE": {"lower(k.value)", true, false}, "MATCH_TYPE": {"k.match_type", true, false},
			"CREATED_AT": {expr: instant("k.created_at")}, "UPDATED_AT": {expr: instant("k.updated_at")},
		},
		filters: map[string]string{
			"MATCH_TYPE": "k.match_type = ANY({v})", "NEGATIVE": "(k.match_type IN ('EXACT_NEGATIVE', 'PHRASE_NEGATIVE')) = {v}::boolean",
			"ARCHIVED": "k.is_archived = {v}::boolean", "VALUE": contains("k.value"),
		},
	}, []column[ads.Keyword]{
		{"campaign", "k.campaign_id", "0::bigint", func(k *ads.Keyword) any { return &k.CampaignID }, ""},
		{"adGroup", "k.ad_group_id", "NULL::bigint", func(k *ads.Keyword) any { return &k.AdGroupID }, ""},
		{"value", "k.value", "''", func(k *ads.Keyword) any { return &k.Value }, ""},
		{"matchType isNegative", "k.match_type", "''", func(k *ads.Keyword) any { return &k.MatchType }, ""},
		{"isArchived", "k.is_archived", "false", func(k *ads.Keyword) any { return &k.IsArchived }, ""},
		{"version", "k.version", "0", func(k *ads.Keyword) any { return &k.Version }, ""},
		{"createdAt", "k.created_at", "{now}", func(k *ads.Keyword) any { return &k.CreatedAt }, ""},
		{"updatedAt", "k.updated_at", "{now}", func(k *ads.Keyword) any { return &k.UpdatedAt }, ""},
	}, func(k *ads.Keyword, a *ads.Advertiser, id int64) {
		k.Advertiser, k.ID = a, id
		k.CreatedAt, k.UpdatedAt = k.CreatedAt.UTC(), k.UpdatedAt.UTC()
	})
}

// keywordSums composes m for keywords. It gives what the view would, and sums
// before it looks for the keywords of each text: several times faster where the
// whole account is sorted. The ad groups are named, so that the primary key
// leads to their rows.
func (q *listQuery) keywordSums(current, prior metrics.Set) {
	const positive = " AND h.match_type IN ('BROAD', 'PHRASE', 'EXACT')"
	groups := "ARRAY(SELECT h.ad_group_id FROM keyword AS h WHERE h.advertiser_id = " + q.tenant.id + positive + ")"
	if q.list.Under == ads.LevelAdGroup {
		groups = q.arg(pq.Array(q.branch.parents))
	}
	q.add("m AS MATERIALIZED (\n  SELECT h.id")
	q.cells(current, prior, func(name string, _ metrics.Base) string { return "b." + name })
	q.add("\n  FROM keyword AS h\n  JOIN (\n    SELECT y.entity_id, lower(y.value) AS value", q.days.sums(current, prior), "\n    FROM breakdown_day AS y\n    WHERE y.advertiser_id = ", q.tenant.id,
		" AND y.level = 'AD_GROUP' AND y.dimension = 'KEYWORD' AND y.entity_id = ANY(", groups, ") AND ", q.days.within(prior != 0),
		"\n    GROUP BY y.entity_id, lower(y.value)\n  ) AS b ON b.entity_id = h.ad_group_id AND b.value = lower(h.value)\n  WHERE h.advertiser_id = ", q.tenant.id, positive, "\n), ")
}

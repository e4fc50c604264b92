package hand

import "strings"

// columns makes the seven columns of CampaignDetail of the sums that an
// alias holds.
func columns(alias string) string {
	return strings.ReplaceAll(`json_build_object('spend', json_build_object('micros', @.spend::text, 'amount', hand.amount(@.spend)),
    'impressions', @.impressions, 'pinClicks', @.clicks, 'ctr', @.clicks::float8 / nullif(@.impressions, 0),
    'cpc', CASE WHEN @.clicks > 0 THEN json_build_object('amount', hand.amount(round(@.spend::numeric / @.clicks)::bigint)) END,
    'checkouts', @.checkouts, 'roas', @.value::float8 / nullif(@.spend, 0))`, "@", alias)
}

const sums = `coalesce(sum(y.spend_micros), 0)::bigint AS spend, coalesce(sum(y.impressions_paid + y.impressions_earned), 0)::bigint AS impressions,
    coalesce(sum(y.clicks_paid + y.clicks_earned), 0)::bigint AS clicks, coalesce(sum(y.checkouts), 0)::bigint AS checkouts,
    coalesce(sum(y.checkout_value_micros), 0)::bigint AS value`

// campaignDetail takes: advertiser, user, campaign, from, to, previous from,
// previous to, now, ad groups, ads.
func campaignDetail() string {
	return `-- name: HandCampaignDetail
WITH ` + reasons + `, cur AS (
  SELECT ` + sums + ` FROM campaign_day AS y WHERE y.advertiser_id = $1 AND y.campaign_id = $3 AND y.day BETWEEN $4 AND $5
), prev AS (
  SELECT ` + sums + ` FROM campaign_day AS y WHERE y.advertiser_id = $1 AND y.campaign_id = $3 AND y.day BETWEEN $6 AND $7
), m AS (
  SELECT y.ad_group_id AS id, ` + sums + `
  FROM ad_group_day AS y
  WHERE y.advertiser_id = $1 AND y.day BETWEEN $4 AND $5
    AND y.ad_group_id IN (SELECT g.id FROM ad_group AS g WHERE g.advertiser_id = $1 AND g.campaign_id = $3)
  GROUP BY y.ad_group_id
), f AS (
  SELECT g.id, coalesce(m.spend, 0) AS spend, coalesce(m.impressions, 0) AS impressions, coalesce(m.clicks, 0) AS clicks,
    coalesce(m.checkouts, 0) AS checkouts, coalesce(m.value, 0) AS value
  FROM ad_group AS g LEFT JOIN m ON m.id = g.id
  WHERE g.advertiser_id = $1 AND g.campaign_id = $3
), total AS (
  SELECT count(*) AS n, sum(spend)::bigint AS spend, sum(impressions)::bigint AS impressions, sum(clicks)::bigint AS clicks,
    sum(checkouts)::bigint AS checkouts, sum(value)::bigint AS value FROM f
)
SELECT json_build_object('data', json_build_object('campaign', json_build_object(
  'id', hand.id('C', $1, c.id), 'name', c.name, 'objective', c.objective, 'status', c.status,
  'delivery', (SELECT json_build_object('status', coalesce((SELECT r.status FROM reason AS r WHERE r.code = split_part(k.causes, ',', 1)), 'RUNNING'),
      'reasons', coalesce((SELECT json_agg(json_build_object('code', r.code, 'level', r.level, 'message', r.message) ORDER BY o.n)
        FROM unnest(string_to_array(nullif(k.causes, ''), ',')) WITH ORDINALITY AS o (code, n) JOIN reason AS r ON r.code = o.code), '[]'::json))
    FROM (SELECT concat_ws(',',
      CASE c.status WHEN 'ARCHIVED' THEN 'CAMPAIGN_ARCHIVED' WHEN 'DELETED_DRAFT' THEN 'CAMPAIGN_DELETED_DRAFT' WHEN 'DRAFT' THEN 'CAMPAIGN_DRAFT' END,
      CASE WHEN a.status = 'DISABLED' THEN 'ADVERTISER_DISABLED' END, CASE WHEN c.status = 'PAUSED' THEN 'CAMPAIGN_PAUSED' END,
      CASE WHEN c.start_at > $8 THEN 'CAMPAIGN_NOT_STARTED' END, CASE WHEN c.end_at <= $8 THEN 'CAMPAIGN_ENDED' END,
      CASE WHEN c.lifetime_budget_micros <= (SELECT t.spend_micros FROM campaign_lifetime AS t
        WHERE t.advertiser_id = $1 AND t.campaign_id = c.id) THEN 'CAMPAIGN_BUDGET_SPENT' END,
      CASE WHEN c.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM ad_group AS g
        WHERE g.advertiser_id = $1 AND g.campaign_id = c.id AND g.status = 'ACTIVE' AND (g.start_at IS NULL OR g.start_at <= $8)
          AND (g.end_at IS NULL OR g.end_at > $8) AND EXISTS (SELECT 1 FROM ad AS x WHERE x.advertiser_id = $1 AND x.ad_group_id = g.id
          AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED')) THEN 'CAMPAIGN_NO_SERVABLE_CHILD' END) AS causes) AS k),
  'budget', CASE WHEN c.daily_budget_micros IS NOT NULL THEN json_build_object('type', 'DAILY', 'amount', json_build_object('micros',
      c.daily_budget_micros::text, 'amount', hand.amount(c.daily_budget_micros), 'currency', a.currency), 'isFlexible', c.is_flexible_daily)
    WHEN c.lifetime_budget_micros IS NOT NULL THEN json_build_object('type', 'LIFETIME', 'amount', json_build_object('micros',
      c.lifetime_budget_micros::text, 'amount', hand.amount(c.lifetime_budget_micros), 'currency', a.currency), 'isFlexible', false) END,
  'startAt', hand.instant(c.start_at), 'endAt', hand.instant(c.end_at), 'version', c.version,
  'createdAt', hand.instant(c.created_at), 'updatedAt', hand.instant(c.updated_at),
  'advertiser', json_build_object('id', hand.id('A', a.id, NULL), 'name', a.name, 'currency', a.currency, 'timeZone', a.time_zone),
  'metrics', json_build_object(
    'context', json_build_object('from', $4::date, 'to', $5::date, 'previousFrom', $6::date, 'previousTo', $7::date,
      'timeZone', a.time_zone, 'currency', a.currency, 'dataAsOf', hand.instant(fd.data_as_of),
      'deliveryFinalThrough', fd.final_through, 'conversionsFinalThrough', fc.final_through,
      'isPartial', (fd.data_as_of AT TIME ZONE a.time_zone)::date <= $5::date),
    'total', (SELECT ` + columns("cur") + ` FROM cur), 'previous', (SELECT ` + columns("prev") + ` FROM prev),
    'series', (SELECT json_agg(json_build_object('start', d::date, 'isPartial', (fd.data_as_of AT TIME ZONE a.time_zone)::date <= d::date,
        'values', json_build_object('spend', json_build_object('micros', coalesce(y.spend_micros, 0)::text),
          'impressions', coalesce(y.impressions_paid + y.impressions_earned, 0), 'pinClicks', coalesce(y.clicks_paid + y.clicks_earned, 0),
          'checkouts', coalesce(y.checkouts, 0))) ORDER BY d)
      FROM generate_series($4::date::timestamp, $5::date::timestamp, '1 day') AS d
      LEFT JOIN campaign_day AS y ON y.advertiser_id = $1 AND y.campaign_id = $3 AND y.day = d::date)),
  'adGroups', json_build_object('totalCount', t.n,
    'pageInfo', json_build_object('hasNextPage', t.n > $9, 'endCursor', ''),
    'totals', json_build_object('total', ` + columns("t") + `),
    'edges', coalesce((SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('G', $1, g.id), 'name', g.name, 'status', g.status,
        'delivery', (SELECT json_build_object('status', coalesce((SELECT r.status FROM reason AS r WHERE r.code = split_part(k.causes, ',', 1)), 'RUNNING'),
            'reasons', coalesce((SELECT json_agg(json_build_object('code', o.code) ORDER BY o.n)
              FROM unnest(string_to_array(nullif(k.causes, ''), ',')) WITH ORDINALITY AS o (code, n)), '[]'::json))
          FROM (SELECT concat_ws(',',
            CASE g.status WHEN 'ARCHIVED' THEN 'AD_GROUP_ARCHIVED' WHEN 'DELETED_DRAFT' THEN 'AD_GROUP_DELETED_DRAFT' WHEN 'DRAFT' THEN 'AD_GROUP_DRAFT' END,
            CASE c.status WHEN 'ARCHIVED' THEN 'CAMPAIGN_ARCHIVED' WHEN 'DELETED_DRAFT' THEN 'CAMPAIGN_DELETED_DRAFT' WHEN 'DRAFT' THEN 'CAMPAIGN_DRAFT' END,
            CASE WHEN a.status = 'DISABLED' THEN 'ADVERTISER_DISABLED' END, CASE WHEN g.status = 'PAUSED' THEN 'AD_GROUP_PAUSED' END,
            CASE WHEN c.status = 'PAUSED' THEN 'CAMPAIGN_PAUSED' END, CASE WHEN g.start_at > $8 THEN 'AD_GROUP_NOT_STARTED' END,
            CASE WHEN c.start_at > $8 THEN 'CAMPAIGN_NOT_STARTED' END, CASE WHEN g.end_at <= $8 THEN 'AD_GROUP_ENDED' END,
            CASE WHEN c.end_at <= $8 THEN 'CAMPAIGN_ENDED' END,
            CASE WHEN g.budget_type = 'LIFETIME' AND g.budget_micros <= (SELECT l.spend_micros FROM ad_group_lifetime AS l
              WHERE l.advertiser_id = $1 AND l.ad_group_id = g.id) THEN 'AD_GROUP_BUDGET_SPENT' END,
            CASE WHEN c.lifetime_budget_micros <= (SELECT l.spend_micros FROM campaign_lifetime AS l
              WHERE l.advertiser_id = $1 AND l.campaign_id = c.id) THEN 'CAMPAIGN_BUDGET_SPENT' END,
            CASE WHEN g.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM ad AS x WHERE x.advertiser_id = $1 AND x.ad_group_id = g.id
              AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED') THEN 'AD_GROUP_NO_SERVABLE_CHILD' END) AS causes) AS k),
        'budgetType', g.budget_type,
        'budget', CASE WHEN g.budget_micros IS NOT NULL THEN json_build_object('amount', json_build_object('amount', hand.amount(g.budget_micros), 'currency', a.currency)) END,
        'bid', CASE WHEN g.bid_micros IS NOT NULL THEN json_build_object('amount', hand.amount(g.bid_micros), 'currency', a.currency) END,
        'ads', json_build_object('edges', coalesce((SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('D', $1, d.id), 'name', d.name,
            'status', d.status, 'creativeType', d.creative_type, 'pin', json_build_object('id', hand.id('P', $1, i.id), 'title', i.title,
            'thumbUrl', i.thumb_url, 'isDeleted', i.is_deleted))) ORDER BY d.id DESC)
          FROM (SELECT * FROM ad AS d WHERE d.advertiser_id = $1 AND d.ad_group_id = g.id ORDER BY d.id DESC LIMIT $10) AS d
          JOIN pin AS i ON i.advertiser_id = $1 AND i.id = d.pin_id), '[]'::json))),
      'metrics', json_build_object('total', ` + columns("p") + `)) ORDER BY p.spend DESC, p.id DESC)
      FROM (SELECT * FROM f ORDER BY spend DESC, id DESC LIMIT $9) AS p
      JOIN ad_group AS g ON g.advertiser_id = $1 AND g.id = p.id), '[]'::json)))))
FROM campaign AS c
JOIN advertiser AS a ON a.id = $1
CROSS JOIN total AS t
LEFT JOIN freshness AS fd ON fd.advertiser_id = $1 AND fd.family = 'DELIVERY'
LEFT JOIN freshness AS fc ON fc.advertiser_id = $1 AND fc.family = 'CONVERSION'
WHERE c.advertiser_id = $1 AND c.id = $3 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = $1 AND b.user_id = $2)`
}

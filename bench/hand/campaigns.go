package hand

// campaignsTable takes: advertiser, user, from, to, previous from, previous to,
// rows, now.
const campaignsTable = `-- name: HandCampaignsTable
WITH m AS MATERIALIZED (
  SELECT y.campaign_id AS id,
    sum(y.spend_micros) FILTER (WHERE y.day BETWEEN $3 AND $4)::bigint AS c_spend,
    sum(y.impressions_paid + y.impressions_earned) FILTER (WHERE y.day BETWEEN $3 AND $4)::bigint AS c_impressions,
    sum(y.clicks_paid + y.clicks_earned) FILTER (WHERE y.day BETWEEN $3 AND $4)::bigint AS c_clicks,
    sum(y.checkouts) FILTER (WHERE y.day BETWEEN $3 AND $4)::bigint AS c_checkouts,
    sum(y.checkout_value_micros) FILTER (WHERE y.day BETWEEN $3 AND $4)::bigint AS c_value,
    sum(y.spend_micros) FILTER (WHERE y.day BETWEEN $5 AND $6)::bigint AS p_spend,
    sum(y.impressions_paid + y.impressions_earned) FILTER (WHERE y.day BETWEEN $5 AND $6)::bigint AS p_impressions,
    sum(y.clicks_paid + y.clicks_earned) FILTER (WHERE y.day BETWEEN $5 AND $6)::bigint AS p_clicks,
    sum(y.checkouts) FILTER (WHERE y.day BETWEEN $5 AND $6)::bigint AS p_checkouts,
    sum(y.checkout_value_micros) FILTER (WHERE y.day BETWEEN $5 AND $6)::bigint AS p_value
  FROM campaign_day AS y
  WHERE y.advertiser_id = $1 AND y.day BETWEEN $5 AND $4
  GROUP BY y.campaign_id
), f AS (
  SELECT c.id, coalesce(c_spend, 0) AS c_spend, coalesce(c_impressions, 0) AS c_impressions, coalesce(c_clicks, 0) AS c_clicks,
    coalesce(c_checkouts, 0) AS c_checkouts, coalesce(c_value, 0) AS c_value, coalesce(p_spend, 0) AS p_spend,
    coalesce(p_impressions, 0) AS p_impressions, coalesce(p_clicks, 0) AS p_clicks, coalesce(p_checkouts, 0) AS p_checkouts,
    coalesce(p_value, 0) AS p_value
  FROM campaign AS c LEFT JOIN m ON m.id = c.id
  WHERE c.advertiser_id = $1
), ` + reasons + `, total AS (
  SELECT count(*) AS n, sum(c_spend)::bigint AS c_spend, sum(c_impressions)::bigint AS c_impressions, sum(c_clicks)::bigint AS c_clicks,
    sum(c_checkouts)::bigint AS c_checkouts, sum(c_value)::bigint AS c_value, sum(p_spend)::bigint AS p_spend,
    sum(p_impressions)::bigint AS p_impressions, sum(p_clicks)::bigint AS p_clicks, sum(p_checkouts)::bigint AS p_checkouts,
    sum(p_value)::bigint AS p_value
  FROM f
), page AS (
  SELECT f.*, c.name, c.objective, c.status, c.daily_budget_micros, c.lifetime_budget_micros, c.is_flexible_daily, c.start_at, c.end_at,
    c.version, c.updated_at,
    concat_ws(',',
      CASE c.status WHEN 'ARCHIVED' THEN 'CAMPAIGN_ARCHIVED' WHEN 'DELETED_DRAFT' THEN 'CAMPAIGN_DELETED_DRAFT' WHEN 'DRAFT' THEN 'CAMPAIGN_DRAFT' END,
      CASE WHEN (SELECT a.status FROM advertiser AS a WHERE a.id = $1) = 'DISABLED' THEN 'ADVERTISER_DISABLED' END,
      CASE WHEN c.status = 'PAUSED' THEN 'CAMPAIGN_PAUSED' END,
      CASE WHEN c.start_at > $8 THEN 'CAMPAIGN_NOT_STARTED' END,
      CASE WHEN c.end_at <= $8 THEN 'CAMPAIGN_ENDED' END,
      CASE WHEN c.lifetime_budget_micros <= (SELECT t.spend_micros FROM campaign_lifetime AS t
        WHERE t.advertiser_id = $1 AND t.campaign_id = c.id) THEN 'CAMPAIGN_BUDGET_SPENT' END,
      CASE WHEN c.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM ad_group AS g
        WHERE g.advertiser_id = $1 AND g.campaign_id = c.id AND g.status = 'ACTIVE' AND (g.start_at IS NULL OR g.start_at <= $8)
          AND (g.end_at IS NULL OR g.end_at > $8) AND EXISTS (SELECT 1 FROM ad AS x WHERE x.advertiser_id = $1 AND x.ad_group_id = g.id
          AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED')) THEN 'CAMPAIGN_NO_SERVABLE_CHILD' END) AS causes
  FROM (SELECT * FROM f ORDER BY c_spend DESC, id DESC LIMIT $7) AS f
  JOIN campaign AS c ON c.advertiser_id = $1 AND c.id = f.id
)
SELECT json_build_object('data', json_build_object('advertiser', json_build_object(
  'id', hand.id('A', a.id, NULL), 'name', a.name, 'currency', a.currency, 'timeZone', a.time_zone,
  'campaigns', json_build_object(
    'totalCount', t.n,
    'pageInfo', json_build_object('hasNextPage', t.n > $7, 'hasPreviousPage', false, 'startCursor', '', 'endCursor', ''),
    'totals', json_build_object(
      'context', json_build_object('from', $3::date, 'to', $4::date, 'previousFrom', $5::date, 'previousTo', $6::date,
        'timeZone', a.time_zone, 'currency', a.currency, 'dataAsOf', hand.instant(fd.data_as_of),
        'deliveryFinalThrough', fd.final_through, 'conversionsFinalThrough', fc.final_through,
        'isPartial', (fd.data_as_of AT TIME ZONE a.time_zone)::date <= $4::date),
      'total', json_build_object('spend', json_build_object('micros', t.c_spend::text, 'amount', hand.amount(t.c_spend)),
        'impressions', t.c_impressions, 'pinClicks', t.c_clicks, 'ctr', t.c_clicks::float8 / nullif(t.c_impressions, 0),
        'cpc', CASE WHEN t.c_clicks > 0 THEN json_build_object('micros', round(t.c_spend::numeric / t.c_clicks)::text, 'amount', hand.amount(round(t.c_spend::numeric / t.c_clicks)::bigint)) END,
        'checkouts', t.c_checkouts, 'checkoutValue', json_build_object('micros', t.c_value::text, 'amount', hand.amount(t.c_value)),
        'roas', t.c_value::float8 / nullif(t.c_spend, 0)),
      'previous', json_build_object('spend', json_build_object('micros', t.p_spend::text, 'amount', hand.amount(t.p_spend)),
        'impressions', t.p_impressions, 'pinClicks', t.p_clicks, 'ctr', t.p_clicks::float8 / nullif(t.p_impressions, 0),
        'cpc', CASE WHEN t.p_clicks > 0 THEN json_build_object('micros', round(t.p_spend::numeric / t.p_clicks)::text, 'amount', hand.amount(round(t.p_spend::numeric / t.p_clicks)::bigint)) END,
        'checkouts', t.p_checkouts, 'checkoutValue', json_build_object('micros', t.p_value::text, 'amount', hand.amount(t.p_value)),
        'roas', t.p_value::float8 / nullif(t.p_spend, 0))),
    'edges', (SELECT json_agg(json_build_object('cursor', '', 'node', json_build_object(
        'id', hand.id('C', $1, p.id), 'name', p.name, 'objective', p.objective, 'status', p.status,
        'delivery', json_build_object('status', coalesce((SELECT r.status FROM reason AS r WHERE r.code = split_part(p.causes, ',', 1)), 'RUNNING'),
          'reasons', coalesce((SELECT json_agg(json_build_object('code', r.code, 'level', r.level, 'message', r.message) ORDER BY o.n)
            FROM unnest(string_to_array(nullif(p.causes, ''), ',')) WITH ORDINALITY AS o (code, n) JOIN reason AS r ON r.code = o.code), '[]'::json)),
        'budget', CASE WHEN p.daily_budget_micros IS NOT NULL THEN json_build_object('type', 'DAILY', 'amount', json_build_object('micros',
            p.daily_budget_micros::text, 'amount', hand.amount(p.daily_budget_micros), 'currency', a.currency), 'isFlexible', p.is_flexible_daily)
          WHEN p.lifetime_budget_micros IS NOT NULL THEN json_build_object('type', 'LIFETIME', 'amount', json_build_object('micros',
            p.lifetime_budget_micros::text, 'amount', hand.amount(p.lifetime_budget_micros), 'currency', a.currency), 'isFlexible', false) END,
        'startAt', hand.instant(p.start_at), 'endAt', hand.instant(p.end_at), 'version', p.version, 'updatedAt', hand.instant(p.updated_at)),
      'metrics', json_build_object(
        'total', json_build_object('spend', json_build_object('micros', p.c_spend::text, 'amount', hand.amount(p.c_spend)),
          'impressions', p.c_impressions, 'pinClicks', p.c_clicks, 'ctr', p.c_clicks::float8 / nullif(p.c_impressions, 0),
          'cpc', CASE WHEN p.c_clicks > 0 THEN json_build_object('micros', round(p.c_spend::numeric / p.c_clicks)::text, 'amount', hand.amount(round(p.c_spend::numeric / p.c_clicks)::bigint)) END,
          'checkouts', p.c_checkouts, 'checkoutValue', json_build_object('micros', p.c_value::text, 'amount', hand.amount(p.c_value)),
          'roas', p.c_value::float8 / nullif(p.c_spend, 0)),
        'previous', json_build_object('spend', json_build_object('micros', p.p_spend::text, 'amount', hand.amount(p.p_spend)),
          'impressions', p.p_impressions, 'pinClicks', p.p_clicks, 'ctr', p.p_clicks::float8 / nullif(p.p_impressions, 0),
          'cpc', CASE WHEN p.p_clicks > 0 THEN json_build_object('micros', round(p.p_spend::numeric / p.p_clicks)::text, 'amount', hand.amount(round(p.p_spend::numeric / p.p_clicks)::bigint)) END,
          'checkouts', p.p_checkouts, 'checkoutValue', json_build_object('micros', p.p_value::text, 'amount', hand.amount(p.p_value)),
          'roas', p.p_value::float8 / nullif(p.p_spend, 0)))) ORDER BY p.c_spend DESC, p.id DESC) FROM page AS p)))))
FROM advertiser AS a
CROSS JOIN total AS t
LEFT JOIN freshness AS fd ON fd.advertiser_id = a.id AND fd.family = 'DELIVERY'
LEFT JOIN freshness AS fc ON fc.advertiser_id = a.id AND fc.family = 'CONVERSION'
WHERE a.id = $1 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = a.id AND b.user_id = $2)`

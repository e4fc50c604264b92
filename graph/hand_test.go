package graph

import (
	"database/sql"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/graph/setwise"
)

// The same screens as one hand-written SQL statement each that makes the JSON:
// what a careful engineer would write without this project. The benchmarks
// compare with it.

// money writes an amount as the contract has it; %s is an expression in micros.
const handFunctions = `
CREATE SCHEMA IF NOT EXISTS hand;
CREATE OR REPLACE FUNCTION hand.amount(micros bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN scale(trim_scale(micros * 0.000001)) < 2 THEN round(micros * 0.000001, 2) ELSE trim_scale(micros * 0.000001) END::text $$;
CREATE OR REPLACE FUNCTION hand.id(letter text, a bigint, id bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT translate(rtrim(encode(convert_to('1' || letter || a || coalesce('.' || id, ''), 'UTF8'), 'base64'), '='), '+/', '-_') $$;
CREATE OR REPLACE FUNCTION hand.instant(t timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$;
`

const handCampaignsTable = `
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
), ` + handReasons + `, total AS (
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

const handNested = `
SELECT json_build_object('data', json_build_object('advertiser', json_build_object('id', hand.id('A', a.id, NULL), 'name', a.name,
  'campaigns', json_build_object('edges', (
    SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('C', $1, c.id), 'name', c.name, 'objective', c.objective,
      'status', c.status, 'version', c.version, 'adGroups', json_build_object('edges', coalesce((
        SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('G', $1, g.id), 'name', g.name, 'status', g.status,
          'placement', g.placement, 'version', g.version, 'ads', json_build_object('edges', coalesce((
            SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('D', $1, d.id), 'name', d.name, 'status', d.status,
              'creativeType', d.creative_type, 'version', d.version)) ORDER BY d.id DESC)
            FROM (SELECT * FROM ad AS d WHERE d.advertiser_id = $1 AND d.ad_group_id = g.id ORDER BY d.id DESC LIMIT 3) AS d), '[]'::json)))) ORDER BY g.id DESC)
        FROM (SELECT * FROM ad_group AS g WHERE g.advertiser_id = $1 AND g.campaign_id = c.id ORDER BY g.id DESC LIMIT 4) AS g), '[]'::json)))) ORDER BY c.id DESC)
    FROM (SELECT * FROM campaign AS c WHERE c.advertiser_id = $1 ORDER BY c.id DESC LIMIT 50) AS c)))))
FROM advertiser AS a
WHERE a.id = $1 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = a.id AND b.user_id = $2)`

const nestedDocument = `query Nested($id: ID!) {
  advertiser(id: $id) {
    id name
    campaigns(first: 50) { edges { node {
      id name objective status version
      adGroups(first: 4) { edges { node {
        id name status placement version
        ads(first: 3) { edges { node { id name status creativeType version } } }
      } } }
    } } }
  }
}`

const handReasons = `reason (code, status, level, message) AS (VALUES
  ('CAMPAIGN_ARCHIVED', 'ARCHIVED', 'CAMPAIGN', 'The campaign is archived.'),
  ('CAMPAIGN_DELETED_DRAFT', 'DELETED_DRAFT', 'CAMPAIGN', 'The campaign is a deleted draft.'),
  ('CAMPAIGN_DRAFT', 'DRAFT', 'CAMPAIGN', 'The campaign is a draft.'),
  ('ADVERTISER_DISABLED', 'ADVERTISER_DISABLED', 'ADVERTISER', 'The advertiser is disabled.'),
  ('CAMPAIGN_PAUSED', 'PAUSED', 'CAMPAIGN', 'The campaign is paused.'),
  ('CAMPAIGN_NOT_STARTED', 'NOT_STARTED', 'CAMPAIGN', 'The campaign has not started yet.'),
  ('CAMPAIGN_ENDED', 'COMPLETED', 'CAMPAIGN', 'The campaign has ended.'),
  ('CAMPAIGN_BUDGET_SPENT', 'COMPLETED', 'CAMPAIGN', 'The lifetime budget of the campaign is used up.'),
  ('CAMPAIGN_NO_SERVABLE_CHILD', 'NOT_DELIVERING', 'CAMPAIGN', 'The campaign has no active, approved ad to show.'),
  ('AD_GROUP_ARCHIVED', 'ARCHIVED', 'AD_GROUP', ''), ('AD_GROUP_DELETED_DRAFT', 'DELETED_DRAFT', 'AD_GROUP', ''),
  ('AD_GROUP_DRAFT', 'DRAFT', 'AD_GROUP', ''), ('AD_GROUP_PAUSED', 'PAUSED', 'AD_GROUP', ''),
  ('AD_GROUP_NOT_STARTED', 'NOT_STARTED', 'AD_GROUP', ''), ('AD_GROUP_ENDED', 'COMPLETED', 'AD_GROUP', ''),
  ('AD_GROUP_BUDGET_SPENT', 'COMPLETED', 'AD_GROUP', ''), ('AD_GROUP_NO_SERVABLE_CHILD', 'NOT_DELIVERING', 'AD_GROUP', ''))`

// handColumns makes the seven columns of CampaignDetail of the sums that an
// alias holds.
func handColumns(alias string) string {
	return strings.ReplaceAll(`json_build_object('spend', json_build_object('micros', @.spend::text, 'amount', hand.amount(@.spend)),
    'impressions', @.impressions, 'pinClicks', @.clicks, 'ctr', @.clicks::float8 / nullif(@.impressions, 0),
    'cpc', CASE WHEN @.clicks > 0 THEN json_build_object('amount', hand.amount(round(@.spend::numeric / @.clicks)::bigint)) END,
    'checkouts', @.checkouts, 'roas', @.value::float8 / nullif(@.spend, 0))`, "@", alias)
}

const handSums = `coalesce(sum(y.spend_micros), 0)::bigint AS spend, coalesce(sum(y.impressions_paid + y.impressions_earned), 0)::bigint AS impressions,
    coalesce(sum(y.clicks_paid + y.clicks_earned), 0)::bigint AS clicks, coalesce(sum(y.checkouts), 0)::bigint AS checkouts,
    coalesce(sum(y.checkout_value_micros), 0)::bigint AS value`

// handCampaignDetail takes: advertiser, user, campaign, from, to, previous from,
// previous to, now, ad groups, ads.
func handCampaignDetail() string {
	return `
WITH ` + handReasons + `, cur AS (
  SELECT ` + handSums + ` FROM campaign_day AS y WHERE y.advertiser_id = $1 AND y.campaign_id = $3 AND y.day BETWEEN $4 AND $5
), prev AS (
  SELECT ` + handSums + ` FROM campaign_day AS y WHERE y.advertiser_id = $1 AND y.campaign_id = $3 AND y.day BETWEEN $6 AND $7
), m AS (
  SELECT y.ad_group_id AS id, ` + handSums + `
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
    'total', (SELECT ` + handColumns("cur") + ` FROM cur), 'previous', (SELECT ` + handColumns("prev") + ` FROM prev),
    'series', (SELECT json_agg(json_build_object('start', d::date, 'isPartial', (fd.data_as_of AT TIME ZONE a.time_zone)::date <= d::date,
        'values', json_build_object('spend', json_build_object('micros', coalesce(y.spend_micros, 0)::text),
          'impressions', coalesce(y.impressions_paid + y.impressions_earned, 0), 'pinClicks', coalesce(y.clicks_paid + y.clicks_earned, 0),
          'checkouts', coalesce(y.checkouts, 0))) ORDER BY d)
      FROM generate_series($4::date::timestamp, $5::date::timestamp, '1 day') AS d
      LEFT JOIN campaign_day AS y ON y.advertiser_id = $1 AND y.campaign_id = $3 AND y.day = d::date)),
  'adGroups', json_build_object('totalCount', t.n,
    'pageInfo', json_build_object('hasNextPage', t.n > $9, 'endCursor', ''),
    'totals', json_build_object('total', ` + handColumns("t") + `),
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
      'metrics', json_build_object('total', ` + handColumns("p") + `)) ORDER BY p.spend DESC, p.id DESC)
      FROM (SELECT * FROM f ORDER BY spend DESC, id DESC LIMIT $9) AS p
      JOIN ad_group AS g ON g.advertiser_id = $1 AND g.id = p.id), '[]'::json)))))
FROM campaign AS c
JOIN advertiser AS a ON a.id = $1
CROSS JOIN total AS t
LEFT JOIN freshness AS fd ON fd.advertiser_id = $1 AND fd.family = 'DELIVERY'
LEFT JOIN freshness AS fc ON fc.advertiser_id = $1 AND fc.family = 'CONVERSION'
WHERE c.advertiser_id = $1 AND c.id = $3 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = $1 AND b.user_id = $2)`
}

// The nested list again, as flat statements whose rows are put together in Go.
const (
	flatCampaigns = `SELECT c.id, c.name, c.objective, c.status, c.version, a.name FROM campaign AS c JOIN advertiser AS a ON a.id = c.advertiser_id
	  WHERE c.advertiser_id = $1 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = $1 AND b.user_id = $2) ORDER BY c.id DESC LIMIT 50`
	flatAdGroups = `SELECT * FROM (SELECT g.campaign_id, g.id, g.name, g.status, g.placement, g.version,
	    row_number() OVER (PARTITION BY g.campaign_id ORDER BY g.id DESC) AS rank
	  FROM ad_group AS g WHERE g.advertiser_id = $1 AND g.campaign_id = ANY($2)) AS r WHERE rank <= 4 ORDER BY campaign_id, rank`
	flatAds = `SELECT * FROM (SELECT d.ad_group_id, d.id, d.name, d.status, d.creative_type, d.version,
	    row_number() OVER (PARTITION BY d.ad_group_id ORDER BY d.id DESC) AS rank
	  FROM ad AS d WHERE d.advertiser_id = $1 AND d.ad_group_id = ANY($2)) AS r WHERE rank <= 3 ORDER BY ad_group_id, rank`
)

// flatNested answers the nested list with three statements and JSON appended by
// hand: about the least that Go and database/sql can do.
func flatNested(b *testing.B, db *sqlx.DB, advertiser, user int64) http.Handler {
	b.Helper()
	prepare := func(text string) *sqlx.Stmt {
		stmt, err := db.Preparex(text)
		if err != nil {
			b.Fatal(err)
		}
		return stmt
	}
	campaigns, adGroups, ads := prepare(flatCampaigns), prepare(flatAdGroups), prepare(flatAds)
	type entity struct {
		parent, id, version int64
		name                sql.NullString
		a, b                string
	}
	read := func(r *http.Request, stmt *sqlx.Stmt, ids []int64) (list []entity, err error) {
		rows, err := stmt.QueryContext(r.Context(), advertiser, pq.Array(ids))
		if err != nil {
			return nil, err
		}
		defer func() { _ = rows.Close() }()
		var e entity
		var rank int
		for rows.Next() {
			if err := rows.Scan(&e.parent, &e.id, &e.name, &e.a, &e.b, &e.version, &rank); err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		return list, rows.Err()
	}
	head := func(out []byte, first bool, letter string, e *entity, b string) []byte {
		if !first {
			out = append(out, ',')
		}
		out = append(out, `{"node":{"id":"`...)
		out = base64.RawURLEncoding.AppendEncode(out, []byte("1"+letter+strconv.FormatInt(advertiser, 10)+"."+strconv.FormatInt(e.id, 10)))
		out = append(out, `","name":`...)
		if e.name.Valid {
			out = setwise.AppendString(out, e.name.String)
		} else {
			out = append(out, "null"...)
		}
		out = append(append(append(out, `,"status":"`...), e.a...), `","`+b+`":"`...)
		out = append(append(out, e.b...), `","version":`...)
		return strconv.AppendInt(out, e.version, 10)
	}
	answer := func(r *http.Request) ([]byte, error) {
		rows, err := campaigns.QueryContext(r.Context(), advertiser, user)
		if err != nil {
			return nil, err
		}
		defer func() { _ = rows.Close() }()
		var list []entity
		var e entity
		var account string
		for rows.Next() {
			if err := rows.Scan(&e.id, &e.name, &e.b, &e.a, &e.version, &account); err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		ids := make([]int64, len(list))
		for i := range list {
			ids[i] = list[i].id
		}
		groups, err := read(r, adGroups, ids)
		if err != nil {
			return nil, err
		}
		groupsOf, ids := map[int64][]entity{}, ids[:0:0]
		for _, g := range groups {
			groupsOf[g.parent] = append(groupsOf[g.parent], g)
			ids = append(ids, g.id)
		}
		found, err := read(r, ads, ids)
		if err != nil {
			return nil, err
		}
		adsOf := map[int64][]entity{}
		for _, d := range found {
			adsOf[d.parent] = append(adsOf[d.parent], d)
		}
		out := append(make([]byte, 0, 64<<10), `{"data":{"advertiser":{"id":"`+advertiserID(advertiser)+`","name":`...)
		out = append(setwise.AppendString(out, account), `,"campaigns":{"edges":[`...)
		for i := range list {
			out = append(head(out, i == 0, "C", &list[i], "objective"), `,"adGroups":{"edges":[`...)
			for j, g := range groupsOf[list[i].id] {
				out = append(head(out, j == 0, "G", &g, "placement"), `,"ads":{"edges":[`...)
				for k, d := range adsOf[g.id] {
					out = append(head(out, k == 0, "D", &d, "creativeType"), "}}"...)
				}
				out = append(out, "]}}}"...)
			}
			out = append(out, "]}}}"...)
		}
		return append(out, "]}}}}"...), nil
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		body, err := answer(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})
}

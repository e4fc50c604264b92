-- What PostGraphile is shown: views with the relations of their tables as smart comments, and functions for what sums.
-- Functions return sets, so that PostgreSQL plans them as a part of the statement that calls them. Nothing else sees
-- this schema, and it is made anew for each run.
DROP SCHEMA IF EXISTS peers CASCADE;
CREATE SCHEMA peers;

CREATE VIEW peers.advertiser AS
SELECT a.id, a.name, a.currency, a.time_zone, a.status, fd.data_as_of, fd.final_through AS delivery_final_through,
  fc.final_through AS conversions_final_through, (fd.data_as_of AT TIME ZONE a.time_zone)::date AS data_day
FROM public.advertiser AS a
LEFT JOIN public.freshness AS fd ON fd.advertiser_id = a.id AND fd.family = 'DELIVERY'
LEFT JOIN public.freshness AS fc ON fc.advertiser_id = a.id AND fc.family = 'CONVERSION';
COMMENT ON VIEW peers.advertiser IS '@primaryKey id';

CREATE VIEW peers.campaign AS
SELECT advertiser_id, id, name, objective, status, daily_budget_micros, lifetime_budget_micros, is_flexible_daily, start_at, end_at,
  version, created_at, updated_at
FROM public.campaign;
COMMENT ON VIEW peers.campaign IS E'@primaryKey advertiser_id,id\n@foreignKey (advertiser_id) references advertiser (id)|@foreignFieldName campaigns';

CREATE VIEW peers.ad_group AS
SELECT advertiser_id, id, campaign_id, name, status, placement, version FROM public.ad_group;
COMMENT ON VIEW peers.ad_group IS E'@primaryKey advertiser_id,id\n@foreignKey (advertiser_id, campaign_id) references campaign (advertiser_id, id)|@foreignFieldName adGroups';

CREATE VIEW peers.pin AS SELECT advertiser_id, id, title, thumb_url, is_deleted FROM public.pin;
COMMENT ON VIEW peers.pin IS '@primaryKey advertiser_id,id';

-- The type of a row of a campaign's ad groups with their metrics; nobody reads the view.
CREATE VIEW peers.ad_group_row AS
SELECT g.advertiser_id, g.id, g.name, g.status, g.budget_type, g.budget_micros, g.bid_micros, ARRAY[]::text[] AS causes,
  0::bigint AS spend, 0::bigint AS impressions, 0::bigint AS clicks, 0::bigint AS checkouts, 0::bigint AS value
FROM public.ad_group AS g WHERE false;
COMMENT ON VIEW peers.ad_group_row IS E'@primaryKey advertiser_id,id\n@behavior -query:resource:list -query:resource:connection';

CREATE VIEW peers.ad AS
SELECT advertiser_id, id, ad_group_id, pin_id, name, status, creative_type, version FROM public.ad;
COMMENT ON VIEW peers.ad IS E'@primaryKey advertiser_id,id\n@foreignKey (advertiser_id, ad_group_id) references ad_group (advertiser_id, id)|@foreignFieldName ads\n@foreignKey (advertiser_id, ad_group_id) references ad_group_row (advertiser_id, id)|@foreignFieldName ads\n@foreignKey (advertiser_id, pin_id) references pin (advertiser_id, id)|@fieldName pin';

CREATE TYPE peers.measures AS (spend bigint, impressions bigint, clicks bigint, checkouts bigint, value bigint);
CREATE TYPE peers.day AS (day date, spend bigint, impressions bigint, clicks bigint, checkouts bigint);
CREATE TYPE peers.campaign_row AS (
  id bigint, name text, objective text, status text, daily_budget_micros bigint, lifetime_budget_micros bigint, is_flexible_daily boolean,
  start_at timestamptz, end_at timestamptz, version int, updated_at timestamptz, causes text[],
  spend bigint, impressions bigint, clicks bigint, checkouts bigint, value bigint,
  previous_spend bigint, previous_impressions bigint, previous_clicks bigint, previous_checkouts bigint, previous_value bigint);
CREATE TYPE peers.campaigns_page AS (
  total_count bigint, spend bigint, impressions bigint, clicks bigint, checkouts bigint, value bigint,
  previous_spend bigint, previous_impressions bigint, previous_clicks bigint, previous_checkouts bigint, previous_value bigint,
  campaigns peers.campaign_row[]);

CREATE FUNCTION peers.advertisers_seen_by(viewer bigint, advertiser bigint) RETURNS SETOF peers.advertiser LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT a.* FROM peers.advertiser AS a
  WHERE a.id = advertiser AND EXISTS (SELECT 1 FROM public.member AS b WHERE b.advertiser_id = a.id AND b.user_id = viewer)
$$;

CREATE FUNCTION peers.campaigns_seen_by(viewer bigint, advertiser bigint, campaign bigint) RETURNS SETOF peers.campaign LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT c.* FROM peers.campaign AS c
  WHERE c.advertiser_id = advertiser AND c.id = campaign
    AND EXISTS (SELECT 1 FROM public.member AS b WHERE b.advertiser_id = advertiser AND b.user_id = viewer)
$$;

CREATE FUNCTION peers.advertiser_totals(a peers.advertiser, first_day date, last_day date) RETURNS SETOF peers.measures LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT coalesce(sum(y.spend_micros), 0)::bigint, coalesce(sum(y.impressions_paid + y.impressions_earned), 0)::bigint,
    coalesce(sum(y.clicks_paid + y.clicks_earned), 0)::bigint, coalesce(sum(y.checkouts), 0)::bigint, coalesce(sum(y.checkout_value_micros), 0)::bigint
  FROM public.advertiser_day AS y WHERE y.advertiser_id = a.id AND y.day BETWEEN first_day AND last_day
$$;

CREATE FUNCTION peers.advertiser_days(a peers.advertiser, first_day date, last_day date) RETURNS SETOF peers.day LANGUAGE sql STABLE ROWS 60 AS $$
  SELECT y.day, y.spend_micros, y.impressions_paid + y.impressions_earned, y.clicks_paid + y.clicks_earned, y.checkouts
  FROM public.advertiser_day AS y WHERE y.advertiser_id = a.id AND y.day BETWEEN first_day AND last_day ORDER BY y.day
$$;

CREATE FUNCTION peers.campaign_totals(c peers.campaign, first_day date, last_day date) RETURNS SETOF peers.measures LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT coalesce(sum(y.spend_micros), 0)::bigint, coalesce(sum(y.impressions_paid + y.impressions_earned), 0)::bigint,
    coalesce(sum(y.clicks_paid + y.clicks_earned), 0)::bigint, coalesce(sum(y.checkouts), 0)::bigint, coalesce(sum(y.checkout_value_micros), 0)::bigint
  FROM public.campaign_day AS y WHERE y.advertiser_id = c.advertiser_id AND y.campaign_id = c.id AND y.day BETWEEN first_day AND last_day
$$;

CREATE FUNCTION peers.campaign_days(c peers.campaign, first_day date, last_day date) RETURNS SETOF peers.day LANGUAGE sql STABLE ROWS 30 AS $$
  SELECT y.day, y.spend_micros, y.impressions_paid + y.impressions_earned, y.clicks_paid + y.clicks_earned, y.checkouts
  FROM public.campaign_day AS y WHERE y.advertiser_id = c.advertiser_id AND y.campaign_id = c.id AND y.day BETWEEN first_day AND last_day ORDER BY y.day
$$;

-- What keeps a campaign from delivering. Codes only: clients have the words.
CREATE FUNCTION peers.campaign_causes(c peers.campaign) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN c.status IN ('ARCHIVED', 'DELETED_DRAFT', 'DRAFT') THEN 'CAMPAIGN_' || c.status END,
    CASE WHEN (SELECT a.status FROM public.advertiser AS a WHERE a.id = c.advertiser_id) = 'DISABLED' THEN 'ADVERTISER_DISABLED' END,
    CASE WHEN c.status = 'PAUSED' THEN 'CAMPAIGN_PAUSED' END,
    CASE WHEN c.start_at > now() THEN 'CAMPAIGN_NOT_STARTED' END,
    CASE WHEN c.end_at <= now() THEN 'CAMPAIGN_ENDED' END,
    CASE WHEN c.lifetime_budget_micros <= (SELECT t.spend_micros FROM public.campaign_lifetime AS t
      WHERE t.advertiser_id = c.advertiser_id AND t.campaign_id = c.id) THEN 'CAMPAIGN_BUDGET_SPENT' END,
    CASE WHEN c.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM public.ad_group AS g
      WHERE g.advertiser_id = c.advertiser_id AND g.campaign_id = c.id AND g.status = 'ACTIVE' AND (g.start_at IS NULL OR g.start_at <= now())
        AND (g.end_at IS NULL OR g.end_at > now()) AND EXISTS (SELECT 1 FROM public.ad AS x WHERE x.advertiser_id = g.advertiser_id
        AND x.ad_group_id = g.id AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED')) THEN 'CAMPAIGN_NO_SERVABLE_CHILD' END], NULL)
$$;

CREATE FUNCTION peers.campaigns_by_spend(viewer bigint, advertiser bigint, first_day date, last_day date, previous_first date, previous_last date, size int)
RETURNS SETOF peers.campaigns_page LANGUAGE sql STABLE ROWS 1 AS $$
  WITH m AS MATERIALIZED (
    SELECT y.campaign_id AS id,
      sum(y.spend_micros) FILTER (WHERE y.day BETWEEN first_day AND last_day)::bigint AS spend,
      sum(y.impressions_paid + y.impressions_earned) FILTER (WHERE y.day BETWEEN first_day AND last_day)::bigint AS impressions,
      sum(y.clicks_paid + y.clicks_earned) FILTER (WHERE y.day BETWEEN first_day AND last_day)::bigint AS clicks,
      sum(y.checkouts) FILTER (WHERE y.day BETWEEN first_day AND last_day)::bigint AS checkouts,
      sum(y.checkout_value_micros) FILTER (WHERE y.day BETWEEN first_day AND last_day)::bigint AS value,
      sum(y.spend_micros) FILTER (WHERE y.day BETWEEN previous_first AND previous_last)::bigint AS previous_spend,
      sum(y.impressions_paid + y.impressions_earned) FILTER (WHERE y.day BETWEEN previous_first AND previous_last)::bigint AS previous_impressions,
      sum(y.clicks_paid + y.clicks_earned) FILTER (WHERE y.day BETWEEN previous_first AND previous_last)::bigint AS previous_clicks,
      sum(y.checkouts) FILTER (WHERE y.day BETWEEN previous_first AND previous_last)::bigint AS previous_checkouts,
      sum(y.checkout_value_micros) FILTER (WHERE y.day BETWEEN previous_first AND previous_last)::bigint AS previous_value
    FROM public.campaign_day AS y
    WHERE y.advertiser_id = advertiser AND y.day BETWEEN previous_first AND last_day
    GROUP BY y.campaign_id
  ), f AS MATERIALIZED (
    SELECT c.id, coalesce(m.spend, 0) AS spend, coalesce(m.impressions, 0) AS impressions, coalesce(m.clicks, 0) AS clicks,
      coalesce(m.checkouts, 0) AS checkouts, coalesce(m.value, 0) AS value, coalesce(m.previous_spend, 0) AS previous_spend,
      coalesce(m.previous_impressions, 0) AS previous_impressions, coalesce(m.previous_clicks, 0) AS previous_clicks,
      coalesce(m.previous_checkouts, 0) AS previous_checkouts, coalesce(m.previous_value, 0) AS previous_value
    FROM public.campaign AS c LEFT JOIN m ON m.id = c.id
    WHERE c.advertiser_id = advertiser AND EXISTS (SELECT 1 FROM public.member AS b WHERE b.advertiser_id = advertiser AND b.user_id = viewer)
  )
  SELECT count(*), sum(spend)::bigint, sum(impressions)::bigint, sum(clicks)::bigint, sum(checkouts)::bigint, sum(value)::bigint,
    sum(previous_spend)::bigint, sum(previous_impressions)::bigint, sum(previous_clicks)::bigint, sum(previous_checkouts)::bigint,
    sum(previous_value)::bigint,
    ARRAY(SELECT ROW(c.id, c.name, c.objective, c.status, c.daily_budget_micros, c.lifetime_budget_micros, c.is_flexible_daily,
        c.start_at, c.end_at, c.version, c.updated_at, array_remove(ARRAY[
          CASE WHEN c.status IN ('ARCHIVED', 'DELETED_DRAFT', 'DRAFT') THEN 'CAMPAIGN_' || c.status END,
          CASE WHEN a.status = 'DISABLED' THEN 'ADVERTISER_DISABLED' END,
          CASE WHEN c.status = 'PAUSED' THEN 'CAMPAIGN_PAUSED' END,
          CASE WHEN c.start_at > now() THEN 'CAMPAIGN_NOT_STARTED' END,
          CASE WHEN c.end_at <= now() THEN 'CAMPAIGN_ENDED' END,
          CASE WHEN c.lifetime_budget_micros <= (SELECT t.spend_micros FROM public.campaign_lifetime AS t
            WHERE t.advertiser_id = advertiser AND t.campaign_id = c.id) THEN 'CAMPAIGN_BUDGET_SPENT' END,
          CASE WHEN c.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM public.ad_group AS g
            WHERE g.advertiser_id = advertiser AND g.campaign_id = c.id AND g.status = 'ACTIVE' AND (g.start_at IS NULL OR g.start_at <= now())
              AND (g.end_at IS NULL OR g.end_at > now()) AND EXISTS (SELECT 1 FROM public.ad AS x WHERE x.advertiser_id = advertiser
              AND x.ad_group_id = g.id AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED')) THEN 'CAMPAIGN_NO_SERVABLE_CHILD' END], NULL),
        p.spend, p.impressions, p.clicks, p.checkouts, p.value, p.previous_spend, p.previous_impressions, p.previous_clicks,
        p.previous_checkouts, p.previous_value)::peers.campaign_row
      FROM (SELECT * FROM f ORDER BY spend DESC, id DESC LIMIT size) AS p
      JOIN public.campaign AS c ON c.advertiser_id = advertiser AND c.id = p.id
      JOIN public.advertiser AS a ON a.id = advertiser
      ORDER BY p.spend DESC, p.id DESC)
  FROM f
$$;

CREATE FUNCTION peers.ad_groups_by_spend(viewer bigint, advertiser bigint, campaign bigint, first_day date, last_day date, size int)
RETURNS SETOF peers.ad_group_row LANGUAGE sql STABLE ROWS 10 AS $$
  SELECT g.advertiser_id, g.id, g.name, g.status, g.budget_type, g.budget_micros, g.bid_micros, array_remove(ARRAY[
      CASE WHEN g.status IN ('ARCHIVED', 'DELETED_DRAFT', 'DRAFT') THEN 'AD_GROUP_' || g.status END,
      CASE WHEN c.status IN ('ARCHIVED', 'DELETED_DRAFT', 'DRAFT') THEN 'CAMPAIGN_' || c.status END,
      CASE WHEN a.status = 'DISABLED' THEN 'ADVERTISER_DISABLED' END,
      CASE WHEN g.status = 'PAUSED' THEN 'AD_GROUP_PAUSED' END,
      CASE WHEN c.status = 'PAUSED' THEN 'CAMPAIGN_PAUSED' END,
      CASE WHEN g.start_at > now() THEN 'AD_GROUP_NOT_STARTED' END,
      CASE WHEN c.start_at > now() THEN 'CAMPAIGN_NOT_STARTED' END,
      CASE WHEN g.end_at <= now() THEN 'AD_GROUP_ENDED' END,
      CASE WHEN c.end_at <= now() THEN 'CAMPAIGN_ENDED' END,
      CASE WHEN g.budget_type = 'LIFETIME' AND g.budget_micros <= (SELECT l.spend_micros FROM public.ad_group_lifetime AS l
        WHERE l.advertiser_id = advertiser AND l.ad_group_id = g.id) THEN 'AD_GROUP_BUDGET_SPENT' END,
      CASE WHEN c.lifetime_budget_micros <= (SELECT l.spend_micros FROM public.campaign_lifetime AS l
        WHERE l.advertiser_id = advertiser AND l.campaign_id = c.id) THEN 'CAMPAIGN_BUDGET_SPENT' END,
      CASE WHEN g.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM public.ad AS x WHERE x.advertiser_id = advertiser AND x.ad_group_id = g.id
        AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED') THEN 'AD_GROUP_NO_SERVABLE_CHILD' END], NULL),
    coalesce(m.spend, 0), coalesce(m.impressions, 0), coalesce(m.clicks, 0), coalesce(m.checkouts, 0), coalesce(m.value, 0)
  FROM public.ad_group AS g
  JOIN public.campaign AS c ON c.advertiser_id = advertiser AND c.id = campaign
  JOIN public.advertiser AS a ON a.id = advertiser
  LEFT JOIN LATERAL (
    SELECT sum(y.spend_micros)::bigint AS spend, sum(y.impressions_paid + y.impressions_earned)::bigint AS impressions,
      sum(y.clicks_paid + y.clicks_earned)::bigint AS clicks, sum(y.checkouts)::bigint AS checkouts, sum(y.checkout_value_micros)::bigint AS value
    FROM public.ad_group_day AS y WHERE y.advertiser_id = advertiser AND y.ad_group_id = g.id AND y.day BETWEEN first_day AND last_day
  ) AS m ON true
  WHERE g.advertiser_id = advertiser AND g.campaign_id = campaign
    AND EXISTS (SELECT 1 FROM public.member AS b WHERE b.advertiser_id = advertiser AND b.user_id = viewer)
  ORDER BY coalesce(m.spend, 0) DESC, g.id DESC LIMIT size
$$;

CREATE TYPE peers.ad_group_totals AS (total_count bigint, spend bigint, impressions bigint, clicks bigint, checkouts bigint, value bigint);
CREATE FUNCTION peers.campaign_ad_group_totals(c peers.campaign, first_day date, last_day date) RETURNS SETOF peers.ad_group_totals LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT count(DISTINCT g.id), coalesce(sum(y.spend_micros), 0)::bigint, coalesce(sum(y.impressions_paid + y.impressions_earned), 0)::bigint,
    coalesce(sum(y.clicks_paid + y.clicks_earned), 0)::bigint, coalesce(sum(y.checkouts), 0)::bigint, coalesce(sum(y.checkout_value_micros), 0)::bigint
  FROM public.ad_group AS g
  LEFT JOIN public.ad_group_day AS y ON y.advertiser_id = c.advertiser_id AND y.ad_group_id = g.id AND y.day BETWEEN first_day AND last_day
  WHERE g.advertiser_id = c.advertiser_id AND g.campaign_id = c.id
$$;

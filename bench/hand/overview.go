package hand

import "strings"

// tiles makes the six tiles of the overview of the sums that an alias holds.
func tiles(alias string) string {
	return strings.ReplaceAll(`json_build_object('spend', json_build_object('micros', @.spend::text, 'amount', hand.amount(@.spend), 'currency', a.currency),
    'impressions', @.impressions, 'pinClicks', @.clicks, 'ctr', @.clicks::float8 / nullif(@.impressions, 0),
    'checkouts', @.checkouts, 'roas', @.value::float8 / nullif(@.spend, 0))`, "@", alias)
}

// advertiserOverview takes: advertiser, user, from, to, previous from, previous
// to. The account's days are read once, for tiles and series.
func advertiserOverview() string {
	return `-- name: HandAdvertiserOverview
WITH days AS MATERIALIZED (
  SELECT * FROM advertiser_day AS y WHERE y.advertiser_id = $1 AND y.day BETWEEN $5 AND $4
), cur AS (
  SELECT ` + sums + ` FROM days AS y WHERE y.day BETWEEN $3 AND $4
), prev AS (
  SELECT ` + sums + ` FROM days AS y WHERE y.day BETWEEN $5 AND $6
)
SELECT json_build_object('data', json_build_object('advertiser', json_build_object(
  'id', hand.id('A', a.id, NULL), 'name', a.name, 'currency', a.currency, 'timeZone', a.time_zone, 'status', a.status,
  'metrics', json_build_object(
    'context', json_build_object('from', $3::date, 'to', $4::date, 'previousFrom', $5::date, 'previousTo', $6::date,
      'timeZone', a.time_zone, 'currency', a.currency, 'dataAsOf', hand.instant(fd.data_as_of),
      'deliveryFinalThrough', fd.final_through, 'conversionsFinalThrough', fc.final_through,
      'isPartial', (fd.data_as_of AT TIME ZONE a.time_zone)::date <= $4::date),
    'total', (SELECT ` + tiles("cur") + ` FROM cur), 'previous', (SELECT ` + tiles("prev") + ` FROM prev),
    'series', (SELECT json_agg(json_build_object('start', d::date, 'isPartial', (fd.data_as_of AT TIME ZONE a.time_zone)::date <= d::date,
        'values', json_build_object('spend', json_build_object('micros', coalesce(y.spend_micros, 0)::text),
          'impressions', coalesce(y.impressions_paid + y.impressions_earned, 0), 'pinClicks', coalesce(y.clicks_paid + y.clicks_earned, 0),
          'checkouts', coalesce(y.checkouts, 0))) ORDER BY d)
      FROM generate_series($3::date::timestamp, $4::date::timestamp, '1 day') AS d
      LEFT JOIN days AS y ON y.day = d::date)))))
FROM advertiser AS a
LEFT JOIN freshness AS fd ON fd.advertiser_id = a.id AND fd.family = 'DELIVERY'
LEFT JOIN freshness AS fc ON fc.advertiser_id = a.id AND fc.family = 'CONVERSION'
WHERE a.id = $1 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = a.id AND b.user_id = $2)`
}

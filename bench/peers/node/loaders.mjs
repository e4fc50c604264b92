// What a request reads: a DataLoader for each question, so that one statement answers it for all rows that ask.
import DataLoader from 'dataloader'
import pg from 'pg'

pg.types.setTypeParser(pg.types.builtins.INT8, Number) // ids, counts and micros are below 2^53
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.CONNECTIONS), idleTimeoutMillis: 0 })
const viewer = Number(process.env.VIEWER)

// A statement with a name is prepared once per connection.
const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows

const sums = `coalesce(sum(y.spend_micros), 0)::bigint AS spend,
  coalesce(sum(y.impressions_paid + y.impressions_earned), 0)::bigint AS impressions,
  coalesce(sum(y.clicks_paid + y.clicks_earned), 0)::bigint AS clicks,
  coalesce(sum(y.checkouts), 0)::bigint AS checkouts,
  coalesce(sum(y.checkout_value_micros), 0)::bigint AS value`

// keyed puts rows into the order of keys.
const keyed = (keys, list, keyOf) => {
  const found = new Map(list.map((row) => [keyOf(row), row]))
  return keys.map((key) => found.get(key) ?? null)
}

// grouped does so with lists.
const grouped = (keys, list, keyOf) => {
  const found = new Map()
  for (const row of list) {
    const of = found.get(keyOf(row))
    if (of) of.push(row)
    else found.set(keyOf(row), [row])
  }
  return keys.map((key) => found.get(key) ?? [])
}

const pair = (ref) => `${ref.advertiser}.${ref.id}`
const columns = (refs) => [refs.map((r) => r.advertiser), refs.map((r) => r.id)]
const byRef = { cacheKeyFn: pair }

// entities loads rows of a table by advertiser and id.
const entities = (name, table) =>
  new DataLoader(
    async (refs) =>
      keyed(
        refs.map(pair),
        await rows(name, `SELECT t.* FROM unnest($1::bigint[], $2::bigint[]) AS k (advertiser_id, id) JOIN ${table} AS t USING (advertiser_id, id)`, columns(refs)),
        (row) => `${row.advertiser_id}.${row.id}`,
      ),
    byRef,
  )

// children loads the first rows below a parent, newest first.
const children = (name, table, parent) =>
  new DataLoader(
    async (keys) =>
      grouped(
        keys.map(pair),
        await rows(
          name,
          `SELECT t.* FROM unnest($1::bigint[], $2::bigint[], $3::int[]) AS k (advertiser_id, parent, n)
CROSS JOIN LATERAL (SELECT * FROM ${table} AS t WHERE t.advertiser_id = k.advertiser_id AND t.${parent} = k.parent ORDER BY t.id DESC LIMIT k.n) AS t
ORDER BY t.id DESC`,
          [...columns(keys), keys.map((k) => k.first)],
        ),
        (row) => `${row.advertiser_id}.${row[parent]}`,
      ),
    { cacheKeyFn: (key) => `${pair(key)}.${key.first}` },
  )

// spent loads what was spent since the start.
const spent = (name, table, id) =>
  new DataLoader(
    async (refs) =>
      keyed(
        refs.map(pair),
        await rows(name, `SELECT t.advertiser_id, t.${id} AS id, t.spend_micros FROM unnest($1::bigint[], $2::bigint[]) AS k (a, id) JOIN ${table} AS t ON t.advertiser_id = k.a AND t.${id} = k.id`, columns(refs)),
        (row) => `${row.advertiser_id}.${row.id}`,
      ),
    byRef,
  )

// servable loads whether something below can be shown.
const servable = (name, condition) =>
  new DataLoader(
    async (refs) =>
      keyed(
        refs.map(pair),
        await rows(name, `SELECT k.a AS advertiser_id, k.id FROM unnest($1::bigint[], $2::bigint[]) AS k (a, id) WHERE EXISTS (${condition})`, columns(refs)),
        (row) => `${row.advertiser_id}.${row.id}`,
      ),
    byRef,
  )

const approved = (adGroup) => `SELECT 1 FROM ad AS x WHERE x.advertiser_id = k.a AND x.ad_group_id = ${adGroup} AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED'`

// dayTables are where the days of a level are, and the column of its id.
const dayTables = { advertiser: ['advertiser_day', 'advertiser_id'], campaign: ['campaign_day', 'campaign_id'] }

const totals = (level) => {
  const [table, id] = dayTables[level]
  return new DataLoader(
    (keys) =>
      rows(
        `totals_${level}`,
        `SELECT ${sums} FROM unnest($1::bigint[], $2::bigint[], $3::date[], $4::date[]) WITH ORDINALITY AS k (a, id, first, last, n)
LEFT JOIN ${table} AS y ON y.advertiser_id = k.a AND y.${id} = k.id AND y.day BETWEEN k.first AND k.last
GROUP BY k.n ORDER BY k.n`,
        [...columns(keys), keys.map((k) => k.from), keys.map((k) => k.to)],
      ),
    { cacheKeyFn: (key) => `${pair(key)}.${key.from}.${key.to}` },
  )
}

const series = (level) => {
  const [table, id] = dayTables[level]
  return new DataLoader(
    async (keys) =>
      grouped(
        keys.map((_, n) => n + 1),
        await rows(
          `series_${level}`,
          `SELECT k.n, y.day, y.spend_micros AS spend, y.impressions_paid + y.impressions_earned AS impressions,
  y.clicks_paid + y.clicks_earned AS clicks, y.checkouts, y.checkout_value_micros AS value
FROM unnest($1::bigint[], $2::bigint[], $3::date[], $4::date[]) WITH ORDINALITY AS k (a, id, first, last, n)
JOIN ${table} AS y ON y.advertiser_id = k.a AND y.${id} = k.id AND y.day BETWEEN k.first AND k.last`,
          [...columns(keys), keys.map((k) => k.from), keys.map((k) => k.to)],
        ),
        (row) => row.n,
      ),
    { cacheKeyFn: (key) => `${pair(key)}.${key.from}.${key.to}` },
  )
}

// ranked is a page of rows by spend, with both ranges, the totals of all rows and their count: one statement per list.
const ranked = (name, table, days, id, parent) => {
  const range = (prefix, first, last) =>
    ['spend_micros:spend', 'impressions_paid + y.impressions_earned:impressions', 'clicks_paid + y.clicks_earned:clicks', 'checkouts:checkouts', 'checkout_value_micros:value']
      .map((measure) => measure.split(':'))
      .map(([column, as]) => `coalesce(sum(y.${column}) FILTER (WHERE y.day BETWEEN ${first} AND ${last}), 0)::bigint AS ${prefix}_${as}`)
      .join(',\n    ')
  const measures = ['c', 'p'].flatMap((prefix) => ['spend', 'impressions', 'clicks', 'checkouts', 'value'].map((m) => `${prefix}_${m}`))
  const text = `WITH m AS MATERIALIZED (
  SELECT y.${id} AS id,
    ${range('c', '$2::date', '$3::date')},
    ${range('p', '$4::date', '$5::date')}
  FROM ${days} AS y
  WHERE y.advertiser_id = $1 AND (y.day BETWEEN $2 AND $3 OR y.day BETWEEN $4 AND $5)${parent ? ` AND y.${id} IN (SELECT t.id FROM ${table} AS t WHERE t.advertiser_id = $1 AND t.${parent} = $7)` : ''}
  GROUP BY y.${id}
), f AS MATERIALIZED (
  SELECT t.id, ${measures.map((m) => `coalesce(m.${m}, 0) AS ${m}`).join(', ')}
  FROM ${table} AS t LEFT JOIN m ON m.id = t.id
  WHERE t.advertiser_id = $1${parent ? ` AND t.${parent} = $7` : ''}
), total AS (
  SELECT count(*) AS n, ${measures.map((m) => `coalesce(sum(f.${m}), 0)::bigint AS t${m}`).join(', ')} FROM f
)
SELECT total.*, p.*, t.*
FROM total
LEFT JOIN (SELECT * FROM f ORDER BY c_spend DESC, id DESC LIMIT $6) AS p ON true
LEFT JOIN ${table} AS t ON t.advertiser_id = $1 AND t.id = p.id
ORDER BY p.c_spend DESC, p.id DESC`
  return (ref, report, first) => {
    const { current, previous } = report
    const values = [ref.advertiser, current.from, current.to, previous?.from ?? null, previous?.to ?? null, first]
    return rows(name, text, parent ? [...values, ref.id] : values)
  }
}

const rankedCampaigns = ranked('ranked_campaigns', 'campaign', 'campaign_day', 'campaign_id')
const rankedAdGroups = ranked('ranked_ad_groups', 'ad_group', 'ad_group_day', 'ad_group_id', 'campaign_id')

// loaders returns those of one request.
export const loaders = () => ({
  now: new Date(),
  advertiser: new DataLoader(async (ids) =>
    keyed(
      ids,
      await rows(
        'advertisers',
        `SELECT a.id, a.name, a.currency, a.time_zone, a.status, fd.data_as_of, fd.final_through AS delivery_final,
  fc.final_through AS conversions_final, (fd.data_as_of AT TIME ZONE a.time_zone)::date AS data_day
FROM advertiser AS a
LEFT JOIN freshness AS fd ON fd.advertiser_id = a.id AND fd.family = 'DELIVERY'
LEFT JOIN freshness AS fc ON fc.advertiser_id = a.id AND fc.family = 'CONVERSION'
WHERE a.id = ANY ($1) AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = a.id AND b.user_id = $2)`,
        [ids, viewer],
      ),
      (row) => row.id,
    ),
  ),
  campaign: entities('campaigns', 'campaign'),
  pin: entities('pins', 'pin'),
  adGroupsOf: children('ad_groups_of', 'ad_group', 'campaign_id'),
  adsOf: children('ads_of', 'ad', 'ad_group_id'),
  campaignSpent: spent('campaign_spent', 'campaign_lifetime', 'campaign_id'),
  adGroupSpent: spent('ad_group_spent', 'ad_group_lifetime', 'ad_group_id'),
  campaignServable: servable(
    'campaign_servable',
    `SELECT 1 FROM ad_group AS g WHERE g.advertiser_id = k.a AND g.campaign_id = k.id AND g.status = 'ACTIVE'
  AND (g.start_at IS NULL OR g.start_at <= now()) AND (g.end_at IS NULL OR g.end_at > now()) AND EXISTS (${approved('g.id')})`,
  ),
  adGroupServable: servable('ad_group_servable', approved('k.id')),
  totals: { advertiser: totals('advertiser'), campaign: totals('campaign') },
  series: { advertiser: series('advertiser'), campaign: series('campaign') },
  newestCampaigns: (advertiser, first) => rows('newest_campaigns', 'SELECT * FROM campaign AS c WHERE c.advertiser_id = $1 ORDER BY c.id DESC LIMIT $2', [advertiser, first]),
  rankedCampaigns,
  rankedAdGroups,
})

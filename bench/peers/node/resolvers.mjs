import { GraphQLScalarType } from 'graphql'
import { adGroupDelivery, campaignDelivery } from './delivery.mjs'

const day = 24 * 60 * 60 * 1000
const addDays = (date, n) => new Date(Date.parse(date) + n * day).toISOString().slice(0, 10)

const instant = (date) => date && `${date.toISOString().slice(0, 19)}Z`

const ref = (letter, advertiser, id) => Buffer.from(id === undefined ? `1${letter}${advertiser}` : `1${letter}${advertiser}.${id}`).toString('base64url')
const parse = (id) => {
  const [advertiser, entity] = Buffer.from(id, 'base64url').toString().slice(2).split('.').map(Number)
  return { advertiser, id: entity ?? advertiser }
}

// amount writes micros as a decimal with two digits at least.
const amount = (micros) => {
  const digits = String(micros).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0+$/, '').padEnd(2, '0')}`
}
const money = (micros, currency) => (micros === null ? null : { micros, currency })

// report is the ranges of a ReportInput.
const report = ({ dates: { from, to }, compareTo }) => {
  const days = (Date.parse(to) - Date.parse(from)) / day + 1
  return { current: { from, to }, previous: compareTo ? { from: addDays(from, -days), to: addDays(from, -1) } : null }
}

// values are sums of measures that share a prefix in a row.
const values = (row, prefix, currency) => ({
  spend: row[`${prefix}spend`],
  impressions: row[`${prefix}impressions`],
  clicks: row[`${prefix}clicks`],
  checkouts: row[`${prefix}checkouts`],
  value: row[`${prefix}value`],
  currency,
})

const advertiserOf = (row, context) => context.advertiser.load(row.advertiser_id)

// metrics of one entity are loaded when they are selected.
const metrics = (level, advertiser, key, input) => {
  const { current, previous } = report(input)
  return {
    advertiser,
    current,
    previousRange: previous,
    total: async (_, context) => ({ ...(await context.totals[level].load({ ...key, ...current })), currency: advertiser.currency }),
    previous: async (_, context) => previous && { ...(await context.totals[level].load({ ...key, ...previous })), currency: advertiser.currency },
    days: (context) => context.series[level].load({ ...key, ...current }),
  }
}

// connection is a page of rows by spend, which came with their metrics.
const connection = (rows, first, advertiser, ranges) => {
  const page = rows.filter((row) => row.id !== null)
  const of = (row, prefix) => ({
    advertiser,
    current: ranges.current,
    previousRange: ranges.previous,
    total: values(row, `${prefix}c_`, advertiser.currency),
    previous: ranges.previous && values(row, `${prefix}p_`, advertiser.currency),
  })
  return {
    totalCount: rows[0].n,
    totals: of(rows[0], 't'),
    ...edges(page, rows[0].n > first),
    edges: page.map((row) => ({ cursor: String(row.id), node: row, metrics: of(row, '') })),
  }
}

const edges = (rows, hasNextPage) => ({
  pageInfo: { hasNextPage, hasPreviousPage: false, startCursor: rows.length ? String(rows[0].id) : null, endCursor: rows.length ? String(rows.at(-1).id) : null },
  edges: rows.map((node) => ({ cursor: String(node.id), node })),
})

export const resolvers = {
  Long: new GraphQLScalarType({ name: 'Long', serialize: (n) => n }),
  Query: {
    advertiser: (_, { id }, context) => context.advertiser.load(parse(id).advertiser),
    campaign: async (_, { id }, context) => {
      const key = parse(id)
      const [advertiser, campaign] = await Promise.all([context.advertiser.load(key.advertiser), context.campaign.load(key)])
      return advertiser && campaign
    },
  },
  Advertiser: {
    id: (row) => ref('A', row.id),
    timeZone: (row) => row.time_zone,
    metrics: (row, { report: input }) => metrics('advertiser', row, { advertiser: row.id, id: row.id }, input),
    campaigns: async (row, { first, report: input }, context) => {
      if (!input) return edges(await context.newestCampaigns(row.id, first), false)
      const ranges = report(input)
      return connection(await context.rankedCampaigns({ advertiser: row.id }, ranges, first), first, row, ranges)
    },
  },
  Campaign: {
    id: (row) => ref('C', row.advertiser_id, row.id),
    delivery: campaignDelivery,
    budget: async (row, _, context) => {
      const micros = row.daily_budget_micros ?? row.lifetime_budget_micros
      if (micros === null) return null
      const { currency } = await advertiserOf(row, context)
      const daily = row.daily_budget_micros !== null
      return { type: daily ? 'DAILY' : 'LIFETIME', amount: money(micros, currency), isFlexible: daily && row.is_flexible_daily }
    },
    startAt: (row) => instant(row.start_at),
    endAt: (row) => instant(row.end_at),
    createdAt: (row) => instant(row.created_at),
    updatedAt: (row) => instant(row.updated_at),
    advertiser: (row, _, context) => advertiserOf(row, context),
    metrics: async (row, { report: input }, context) => metrics('campaign', await advertiserOf(row, context), { advertiser: row.advertiser_id, id: row.id }, input),
    adGroups: async (row, { first, report: input }, context) => {
      const key = { advertiser: row.advertiser_id, id: row.id }
      if (!input) return edges(await context.adGroupsOf.load({ ...key, first }), false)
      const ranges = report(input)
      const [advertiser, rows] = await Promise.all([advertiserOf(row, context), context.rankedAdGroups(key, ranges, first)])
      return connection(rows, first, advertiser, ranges)
    },
  },
  AdGroup: {
    id: (row) => ref('G', row.advertiser_id, row.id),
    delivery: adGroupDelivery,
    budgetType: (row) => row.budget_type,
    budget: async (row, _, context) =>
      row.budget_micros === null ? null : { type: row.budget_type, amount: money(row.budget_micros, (await advertiserOf(row, context)).currency), isFlexible: false },
    bid: async (row, _, context) => money(row.bid_micros, (await advertiserOf(row, context)).currency),
    ads: async (row, { first }, context) => edges(await context.adsOf.load({ advertiser: row.advertiser_id, id: row.id, first }), false),
  },
  Ad: {
    id: (row) => ref('D', row.advertiser_id, row.id),
    creativeType: (row) => row.creative_type,
    pin: (row, _, context) => context.pin.load({ advertiser: row.advertiser_id, id: row.pin_id }),
  },
  Pin: {
    id: (row) => ref('P', row.advertiser_id, row.id),
    thumbUrl: (row) => row.thumb_url,
    isDeleted: (row) => row.is_deleted,
  },
  Metrics: {
    context: ({ advertiser, current, previousRange }) => ({ advertiser, current, previous: previousRange }),
    series: async (parent, _, context) => {
      const { advertiser, current } = parent
      const found = new Map((await parent.days(context)).map((row) => [row.day, row]))
      const none = { spend: 0, impressions: 0, clicks: 0, checkouts: 0, value: 0 }
      const points = []
      for (let start = current.from; start <= current.to; start = addDays(start, 1)) {
        points.push({ start, isPartial: advertiser.data_day <= start, values: values(found.get(start) ?? none, '', advertiser.currency) })
      }
      return points
    },
  },
  MetricsContext: {
    from: ({ current }) => current.from,
    to: ({ current }) => current.to,
    previousFrom: ({ previous }) => previous?.from,
    previousTo: ({ previous }) => previous?.to,
    timeZone: ({ advertiser }) => advertiser.time_zone,
    currency: ({ advertiser }) => advertiser.currency,
    dataAsOf: ({ advertiser }) => instant(advertiser.data_as_of),
    deliveryFinalThrough: ({ advertiser }) => advertiser.delivery_final,
    conversionsFinalThrough: ({ advertiser }) => advertiser.conversions_final,
    isPartial: ({ advertiser, current }) => advertiser.data_day <= current.to,
  },
  MetricValues: {
    spend: (v) => money(v.spend, v.currency),
    pinClicks: (v) => v.clicks,
    ctr: (v) => (v.impressions ? v.clicks / v.impressions : null),
    cpc: (v) => (v.clicks ? money(Math.round(v.spend / v.clicks), v.currency) : null),
    checkoutValue: (v) => money(v.value, v.currency),
    roas: (v) => (v.spend ? v.value / v.spend : null),
  },
  Money: {
    micros: (m) => String(m.micros),
    amount: (m) => amount(m.micros),
  },
}

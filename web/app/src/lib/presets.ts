// Which columns a table shows: ready-made sets, or any of one's own choice.
import { metrics, type Metric, type MetricGroup } from './columns'
import { list, type Search } from './search'

export const presets: Record<string, { name: string; columns: string[] }> = {
  performance: { name: 'Performance', columns: ['BUDGET', 'SPEND', 'IMPRESSIONS', 'PIN_CLICKS', 'CTR', 'CPC', 'CHECKOUTS', 'ROAS', 'TREND'] },
  delivery: { name: 'Delivery', columns: ['BUDGET', 'SPEND', 'IMPRESSIONS', 'PAID_IMPRESSIONS', 'REACH', 'FREQUENCY', 'CPM', 'TREND'] },
  engagement: { name: 'Engagement', columns: ['SPEND', 'IMPRESSIONS', 'ENGAGEMENTS', 'ENGAGEMENT_RATE', 'SAVES', 'SAVE_RATE', 'CPE'] },
  traffic: { name: 'Traffic', columns: ['SPEND', 'PIN_CLICKS', 'OUTBOUND_CLICKS', 'CTR', 'OUTBOUND_CTR', 'CPC', 'COST_PER_OUTBOUND_CLICK'] },
  conversions: { name: 'Conversions', columns: ['SPEND', 'CHECKOUTS', 'CHECKOUT_VALUE', 'ROAS', 'COST_PER_CHECKOUT', 'CHECKOUT_CONVERSION_RATE', 'ADD_TO_CARTS', 'LEADS'] },
  video: { name: 'Video', columns: ['SPEND', 'VIDEO_STARTS', 'VIDEO_VIEWS_2S', 'VIDEO_VIEWS_3S', 'VIDEO_COMPLETIONS', 'VIDEO_COMPLETION_RATE', 'CPV'] },
  setup: { name: 'Set-up', columns: ['OBJECTIVE', 'BUDGET', 'BID', 'SCHEDULE', 'LABELS', 'PARENT', 'CHILDREN', 'UPDATED', 'SPEND'] },
}

export const byName = new Map(metrics.map((m) => [m.name, m]))
export const metricNamed = (name: string): Metric | undefined => byName.get(name)

export const columnsOf = (s: Search): string[] => {
  const own = list(s.cols)
  return own.length === 1 && presets[own[0]!] ? presets[own[0]!]!.columns : own.length ? own : presets.performance!.columns
}
export const presetName = (s: Search) => (s.cols ? (presets[s.cols]?.name ?? 'Custom') : presets.performance!.name)

// Which groups of metrics a query has to ask for.
export type Groups = Record<MetricGroup, boolean> & { setup: boolean; trend: boolean }
export function groupsOf(columns: readonly string[]): Groups {
  const wanted = new Set(columns.map((c) => byName.get(c)?.group))
  return {
    basics: wanted.has('basics'),
    delivery: wanted.has('delivery'),
    engagement: wanted.has('engagement'),
    traffic: wanted.has('traffic'),
    conversions: wanted.has('conversions'),
    video: wanted.has('video'),
    setup: columns.some((c) => ['LABELS', 'CHILDREN'].includes(c)),
    trend: columns.includes('TREND'),
  }
}

// -SPEND or NAME, as the server's order.
export function orderOf(sort: string) {
  const direction = sort.startsWith('-') ? ('DESC' as const) : ('ASC' as const)
  const by = sort.replace('-', '')
  return byName.has(by) ? { metric: by as never, direction } : { field: by as never, direction }
}

// Dates of a report, from the address to the server.
import type { Search } from './search'

export const ranges = ['TODAY', 'YESTERDAY', 'LAST_7_DAYS', 'LAST_14_DAYS', 'LAST_30_DAYS', 'THIS_MONTH', 'LAST_MONTH'] as const
export type Preset = (typeof ranges)[number]
export const rangeNames: Record<Preset, string> = {
  TODAY: 'Today',
  YESTERDAY: 'Yesterday',
  LAST_7_DAYS: 'Last 7 days',
  LAST_14_DAYS: 'Last 14 days',
  LAST_30_DAYS: 'Last 30 days',
  THIS_MONTH: 'This month',
  LAST_MONTH: 'Last month',
}

export type Compare = 'previous' | 'year' | 'none'
export const compareNames: Record<Compare, string> = { previous: 'Previous period', year: 'Same weekdays last year', none: 'No comparison' }

const isDay = (s: string | undefined) => s !== undefined && /^\d{4}-\d\d-\d\d$/.test(s)
export const presetOf = (s: Search, standard: Preset = 'LAST_30_DAYS'): Preset | null =>
  isDay(s.from) && isDay(s.to) ? null : ((ranges as readonly string[]).includes(s.range ?? '') ? (s.range as Preset) : standard)
export const compareOf = (s: Search): Compare => (s.compare === 'year' || s.compare === 'none' ? s.compare : 'previous')

export type Report = {
  dates: { preset: Preset } | { from: string; to: string }
  compareTo?: 'PREVIOUS_PERIOD' | 'SAME_WEEKDAYS_LAST_YEAR'
}

export function reportOf(s: Search, standard: Preset = 'LAST_30_DAYS'): Report {
  const preset = presetOf(s, standard)
  const compare = compareOf(s)
  return {
    dates: preset ? { preset } : { from: s.from!, to: s.to! },
    ...(compare === 'none' ? {} : { compareTo: compare === 'year' ? ('SAME_WEEKDAYS_LAST_YEAR' as const) : ('PREVIOUS_PERIOD' as const) }),
  }
}

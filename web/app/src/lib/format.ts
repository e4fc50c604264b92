// Numbers, money and dates for people, through Intl alone. Nothing is
// computed here: the server sends totals, changes and percents.
import type { Metric, MetricUnit } from './columns'

let locale: string = typeof navigator === 'undefined' ? 'en-US' : navigator.language
export const setLocale = (l: string) => {
  locale = l
  cache.clear()
}
export const getLocale = () => locale

export const none = '–'
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = 'n' + JSON.stringify(options)
  let f = cache.get(key) as Intl.NumberFormat | undefined
  if (!f) cache.set(key, (f = new Intl.NumberFormat(locale, options)))
  return f
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = 'd' + JSON.stringify(options)
  let f = cache.get(key) as Intl.DateTimeFormat | undefined
  if (!f) cache.set(key, (f = new Intl.DateTimeFormat(locale, options)))
  return f
}

type Amount = string | number | null | undefined
type Formattable = Parameters<Intl.NumberFormat['format']>[0]

// Decimals reach Intl as text, which keeps every digit.
const exact = (value: string | number) => value as Formattable

export const money = (amount: Amount, currency: string) =>
  amount == null ? none : numbers({ style: 'currency', currency }).format(exact(amount))
export const wholeMoney = (amount: Amount, currency: string) =>
  amount == null ? none : numbers({ style: 'currency', currency, maximumFractionDigits: 0, minimumFractionDigits: 0 }).format(exact(amount))
export const shortMoney = (amount: Amount, currency: string) =>
  amount == null ? none : numbers({ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 }).format(exact(amount))
export const count = (n: Amount) => (n == null ? none : numbers({}).format(exact(n)))
export const shortCount = (n: Amount) => (n == null ? none : numbers({ notation: 'compact', maximumFractionDigits: 1 }).format(exact(n)))
export const fraction = (n: Amount) => (n == null ? none : numbers({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(exact(n)))
export const ratio = (n: Amount) => (n == null ? none : numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(exact(n)))
export const percentChange = (n: Amount) =>
  n == null ? none : numbers({ style: 'percent', signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(exact(n))
export const percentWhole = (n: Amount) => (n == null ? none : numbers({ style: 'percent', maximumFractionDigits: 0 }).format(exact(n)))

export type Value = { readonly amount: string } | string | number | null | undefined

const amountOf = (value: Value): Amount => (value !== null && typeof value === 'object' ? value.amount : value)

export function metric(value: Value, unit: MetricUnit, currency: string, short = false): string {
  const amount = amountOf(value)
  switch (unit) {
    case 'money':
      return short ? shortMoney(amount, currency) : money(amount, currency)
    case 'count':
      return short ? shortCount(amount) : count(amount)
    case 'fraction':
      return fraction(amount)
    case 'ratio':
      return amount == null ? none : `${ratio(amount)}×`
  }
}

export const metricOf = (m: Metric, values: object | null | undefined, currency: string, short = false) =>
  metric((values as Record<string, Value> | null | undefined)?.[m.field], m.unit, currency, short)

// A calendar day, which has no zone: noon in UTC, shown in UTC.
const noon = (day: string) => new Date(`${day}T12:00:00Z`)
export const day = (d: string | null | undefined) => (d ? dates({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(noon(d)) : none)
export const shortDay = (d: string) => dates({ day: 'numeric', month: 'short', timeZone: 'UTC' }).format(noon(d))
export const weekday = (d: string) => dates({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(noon(d))
export const dayRange = (from: string, to: string) =>
  dates({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(noon(from), noon(to))
export const shortDayRange = (from: string, to: string) => dates({ day: 'numeric', month: 'short', timeZone: 'UTC' }).formatRange(noon(from), noon(to))

export const instant = (at: string | null | undefined, timeZone: string) =>
  at ? dates({ dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at)) : none
export const dayOf = (at: string | null | undefined, timeZone: string) =>
  at ? dates({ day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(new Date(at)) : none
export const timeOf = (at: string, timeZone: string) => dates({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone }).format(new Date(at))
export const sameDay = (a: string, b: Date, timeZone: string) => {
  const f = dates({ dateStyle: 'short', timeZone })
  return f.format(new Date(a)) === f.format(b)
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]
export function ago(at: string, now = Date.now()): string {
  const past = now - Date.parse(at)
  const [unit, size] = steps.find(([, s]) => past >= s) ?? ['minute', 60_000]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(-Math.floor(past / size), unit)
}

// SOME_VALUE as words.
export const words = (value: string) => {
  const text = value.replaceAll('_', ' ').toLowerCase()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const regionName = (code: string) => new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
export const zoneName = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ')

// What a person typed as an amount, in millionths; null if it is no amount.
export function microsOf(text: string | number): string | null {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(String(text).trim())
  return match ? String(BigInt(match[1]! + (match[2] ?? '').padEnd(6, '0'))) : null
}

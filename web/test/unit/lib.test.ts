import { describe, expect, test } from 'vitest'
import { metrics } from '../../app/src/lib/columns'
import * as f from '../../app/src/lib/format'
import { columnsOf, groupsOf, orderOf, presets } from '../../app/src/lib/presets'
import { reportOf } from '../../app/src/lib/range'
import { parseSearch, stringifySearch, thresholds, thresholdText, validateSearch } from '../../app/src/lib/search'

describe('format', () => {
  test('money keeps every digit and the currency’s decimals', () => {
    f.setLocale('en-US')
    expect(f.money('90071992547409931.25', 'USD')).toBe('$90,071,992,547,409,931.25')
    expect(f.money('1234', 'JPY')).toBe('¥1,234')
    expect(f.money(null, 'USD')).toBe('–')
    f.setLocale('de-DE')
    expect(f.money('1234.5', 'EUR')).toBe('1.234,50\u00a0€')
    f.setLocale('en-US')
  })
  test('percents come as fractions and carry a sign', () => {
    expect(f.percentChange(0.123)).toBe('+12.3%')
    expect(f.percentChange(-0.05)).toBe('-5.0%')
    expect(f.percentChange(0)).toBe('0.0%')
    expect(f.fraction(0.00668)).toBe('0.67%')
  })
  test('a day is that day in any zone of the reader', () => {
    expect(f.day('2026-03-01')).toBe('Mar 1, 2026')
    expect(f.dayRange('2026-10-26', '2026-11-24').replaceAll('\u2009', ' ')).toBe('Oct 26 – Nov 24, 2026')
  })
  test('amounts become millionths exactly, or nothing', () => {
    expect(f.microsOf('99.5')).toBe('99500000')
    expect(f.microsOf('0.000001')).toBe('1')
    expect(f.microsOf('100000000')).toBe('100000000000000')
    for (const wrong of ['', 'abc', '1,5', '-3', '1e3', '1.1234567']) expect(f.microsOf(wrong)).toBeNull()
  })
})

describe('address', () => {
  test('lists and thresholds stay readable', () => {
    const text = stringifySearch({ status: 'ACTIVE,PAUSED', where: 'SPEND:100:', q: 'a&b c', range: undefined })
    expect(text).toBe('?status=ACTIVE,PAUSED&where=SPEND:100:&q=a%26b+c')
    expect(validateSearch(parseSearch(text))).toEqual({ status: 'ACTIVE,PAUSED', where: 'SPEND:100:', q: 'a&b c' })
    expect(validateSearch({ q: 12, nonsense: 'x' })).toEqual({})
  })
  test('thresholds survive the way there and back', () => {
    const all = [{ metric: 'SPEND', min: 100 }, { metric: 'CTR', max: 0.01 }, { metric: 'ROAS', min: 1, max: 2.5 }]
    expect(thresholds(thresholdText(all))).toEqual(all)
  })
  test('a report is asked for by preset or by days', () => {
    expect(reportOf({})).toEqual({ dates: { preset: 'LAST_30_DAYS' }, compareTo: 'PREVIOUS_PERIOD' })
    expect(reportOf({ from: '2026-01-01', to: '2026-01-31', compare: 'none' })).toEqual({ dates: { from: '2026-01-01', to: '2026-01-31' } })
    expect(reportOf({ range: 'nonsense', from: 'x', to: 'y' }).dates).toEqual({ preset: 'LAST_30_DAYS' })
  })
})

describe('columns', () => {
  test('presets name metrics that exist, and attributes', () => {
    const known = new Set([...metrics.map((m) => m.name), 'BUDGET', 'TREND', 'OBJECTIVE', 'BID', 'SCHEDULE', 'LABELS', 'PARENT', 'CHILDREN', 'UPDATED'])
    for (const p of Object.values(presets)) for (const c of p.columns) expect(known).toContain(c)
  })
  test('only what is shown is asked for', () => {
    expect(groupsOf(columnsOf({}))).toEqual({ basics: true, delivery: false, engagement: false, traffic: false, conversions: false, video: false, setup: false, trend: true })
    expect(groupsOf(columnsOf({ cols: 'CPV,REACH' }))).toMatchObject({ basics: false, video: true, delivery: true, trend: false })
  })
  test('an order is by a metric or by a field', () => {
    expect(orderOf('-SPEND')).toEqual({ metric: 'SPEND', direction: 'DESC' })
    expect(orderOf('NAME')).toEqual({ field: 'NAME', direction: 'ASC' })
  })
})

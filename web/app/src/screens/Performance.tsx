// Tiles with their changes, and the days of those that are chosen: pick one for
// the line, a second to see it beside.
import { useMemo } from 'react'
import { graphql, useFragment } from 'react-relay'
import * as f from '../lib/format'
import { metricNamed } from '../lib/presets'
import { join, list, type Patch, type Search } from '../lib/search'
import { Delta, type Change } from '../ui/kit'
import { Chart, type Marker } from '../ui/chart'
import { Hint } from '../ui/table'
import type { Performance_report$key } from '../__generated__/Performance_report.graphql'

const names = ['SPEND', 'IMPRESSIONS', 'PIN_CLICKS', 'CTR', 'CPC', 'CHECKOUTS', 'ROAS'] as const

export function Performance({ of, search, patch, children }: { of: Performance_report$key; search: Search; patch: Patch; children?: React.ReactNode }) {
  const report = useFragment(
    graphql`
      fragment Performance_report on MetricsReport {
        context {
          from
          to
          timeZone
          currency
          isPartial
        }
        total {
          spend {
            amount
          }
          impressions
          pinClicks
          ctr
          cpc {
            amount
          }
          checkouts
          roas
        }
        previous {
          spend {
            amount
          }
          impressions
          pinClicks
          ctr
          cpc {
            amount
          }
          checkouts
          roas
        }
        change {
          spend {
            percent
            verdict
          }
          impressions {
            percent
            verdict
          }
          pinClicks {
            percent
            verdict
          }
          ctr {
            percent
            verdict
          }
          cpc {
            percent
            verdict
          }
          checkouts {
            percent
            verdict
          }
          roas {
            percent
            verdict
          }
        }
        series(granularity: DAY) {
          start
          isPartial
          isMissing
          values {
            spend {
              amount
            }
            impressions
            pinClicks
            ctr
            cpc {
              amount
            }
            checkouts
            roas
          }
        }
        markers(granularity: DAY) {
          start
          count
          changes {
            id
            field
            old
            new
            actor {
              name
            }
            entity {
              __typename
              ... on Campaign {
                name
              }
              ... on AdGroup {
                name
              }
              ... on Ad {
                adName: name
              }
            }
          }
        }
      }
    `,
    of,
  )
  const { currency } = report.context
  const chosen = (list(search.metric).length ? list(search.metric) : ['SPEND', 'CHECKOUTS']).filter((c) => (names as readonly string[]).includes(c)).slice(0, 2)
  const toggle = (name: string) => {
    const next = chosen.includes(name) ? (chosen.length > 1 ? chosen.filter((c) => c !== name) : chosen) : [...chosen.slice(-1), name]
    patch({ metric: join(next) === 'SPEND,CHECKOUTS' ? undefined : join(next) })
  }
  const series = useMemo(() => report.series ?? [], [report.series])
  const days = useMemo(() => series.map((s) => s.start), [series])
  const lines = useMemo(
    () =>
      chosen.map((name, i) => {
        const m = metricNamed(name)!
        return {
          label: m.title,
          scale: i === 0 ? ('y' as const) : ('y2' as const),
          color: i === 0 ? '--accent' : '--good-fill',
          format: (v: number) => f.metric(m.unit === 'money' ? { amount: String(v) } : v, m.unit, currency, true),
          values: series.map((s) => {
            const v = (s.values as unknown as Record<string, f.Value>)[m.field]
            return s.isMissing || v == null ? null : Number(typeof v === 'object' ? v.amount : v)
          }),
        }
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- names in place of a list that is new each time
    [chosen.join(), series, currency],
  )
  const markers = useMemo<Marker[]>(
    () =>
      (report.markers ?? []).flatMap((m) => {
        const index = days.indexOf(m.start)
        return index < 0 ? [] : [{ index, count: m.count, text: m.changes.map((c) => said(c, currency)) }]
      }),
    [report.markers, days, currency],
  )
  const partial = series.findIndex((s) => s.isPartial)
  return (
    <>
      <div className="tiles swipe" role="group" aria-label="Numbers of the range; pick up to two for the chart">
        {names.map((name) => {
          const m = metricNamed(name)!
          const on = chosen.includes(name)
          return (
            <button key={name} className="tile" aria-pressed={on} onClick={() => toggle(name)} title={m.description}>
              <span className="t">
                {on ? <i className="swatch" style={{ background: `var(${chosen.indexOf(name) === 0 ? '--accent' : '--good-fill'})` }} /> : null}
                {m.title}
              </span>
              <span className="v">
                {f.metricOf(m, report.total, currency, m.unit === 'count' || name === 'SPEND')}
                <Delta change={(report.change as unknown as Record<string, Change> | null)?.[m.field]} />
              </span>
              <span className="p">{report.previous ? `vs ${f.metricOf(m, report.previous, currency, m.unit === 'count' || name === 'SPEND')}` : m.description}</span>
            </button>
          )
        })}
      </div>
      <section className="card" aria-label="By day">
        <header>
          <h2>{chosen.map((c) => metricNamed(c)!.title).join(' and ')} by day</h2>
          {markers.length ? <Hint text="Numbers in circles say how many settings were changed that day. Hover or focus one to see them." /> : null}
          <span className="end">{children}</span>
        </header>
        <div className="body">{days.length ? <Chart days={days} series={lines} markers={markers} partialFrom={partial < 0 ? undefined : partial} label={`${lines.map((l) => l.label).join(' and ')} by day`} /> : null}</div>
      </section>
    </>
  )
}

type ChangeData = {
  readonly field: string
  readonly old: unknown
  readonly new: unknown
  readonly actor?: { readonly name: string } | null
  readonly entity?: { readonly __typename: string; readonly name?: string; readonly adName?: string | null } | null
}

const fieldNames: Record<string, string> = { budget: 'budget', status: 'status', bid: 'bid', endAt: 'end', startAt: 'start', name: 'name', review: 'review', targeting: 'targeting' }
export const fieldName = (field: string) => fieldNames[field] ?? f.words(field.replaceAll(/([A-Z])/g, '_$1')).toLowerCase()

// A value of the history, for people.
export function valueText(value: unknown, currency: string): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? f.instant(value, 'UTC') : /^[A-Z_]+$/.test(value) ? f.words(value) : value
  if (typeof value === 'object' && 'micros' in value) {
    const micros = String(value.micros).padStart(7, '0')
    return f.money(`${micros.slice(0, -6)}.${micros.slice(-6)}`, (value as { currency?: string }).currency ?? currency)
  }
  if (Array.isArray(value)) return value.map((v) => valueText(v, currency)).join(', ')
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : JSON.stringify(value)
}

export const said = (c: ChangeData, currency: string) =>
  `${c.entity?.name ?? c.entity?.adName ?? 'Account'}: ${fieldName(c.field)} ${valueText(c.old, currency)} → ${valueText(c.new, currency)} (${c.actor?.name ?? 'system'})`

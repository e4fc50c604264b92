// What the tables of campaigns, ad groups and ads share: tools above, pages
// below, columns of metrics between.
import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, Columns3, Download, ListFilter, Plus, Search as SearchIcon, SearchX, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { readInlineData } from 'relay-runtime'
import * as f from '../lib/format'
import { columnChanges, columnValues, metrics } from '../lib/columns'
import { columnsOf, metricNamed, presetName, presets } from '../lib/presets'
import { join, list, thresholds, thresholdText, type Patch, type Search, type Threshold } from '../lib/search'
import { Button, Checkbox, Delta, Dialog, MenuButton, PopButton, Sparkline, State, statusName, type Change } from '../ui/kit'
import type { Column } from '../ui/table'
import type { columns_values$key } from '../__generated__/columns_values.graphql'
import type { columns_changes$key } from '../__generated__/columns_changes.graphql'

export type Numbers = {
  readonly total: columns_values$key
  readonly change?: columns_changes$key | null
  readonly series?: readonly { readonly values: { readonly spend: { readonly amount: string } } }[] | null
}

export function metricColumns<Row>(visible: readonly string[], currency: string, of: (row: Row) => Numbers | null | undefined, totals: Numbers | null | undefined): Column<Row>[] {
  const read = (n: Numbers | null | undefined) => (n ? (readInlineData(columnValues, n.total) as object) : null)
  const changes = (n: Numbers | null | undefined) => (n?.change ? (readInlineData(columnChanges, n.change) as unknown as Record<string, Change>) : null)
  return visible.flatMap((name): Column<Row>[] => {
    if (name === 'TREND')
      return [
        {
          id: 'TREND',
          head: 'Spend by day',
          cell: (row) => <Sparkline label="Spend by day" points={(of(row)?.series ?? []).map((s) => Number(s.values.spend.amount))} />,
          total: <Sparkline label="Spend by day, all rows" points={(totals?.series ?? []).map((s) => Number(s.values.spend.amount))} />,
        },
      ]
    const m = metricNamed(name)
    if (!m) return []
    const cell = (n: Numbers | null | undefined) => {
      const values = read(n)
      if (!values) return <span className="muted">{f.none}</span>
      const change = changes(n)?.[m.field]
      return (
        <span className="two">
          <span>{f.metricOf(m, values, currency)}</span>
          {n?.change ? <Delta change={change} bare none={f.none} /> : null}
        </span>
      )
    }
    return [{ id: name, head: m.title, hint: m.description, sort: name, right: true, cell: (row) => cell(of(row)), total: cell(totals) }]
  })
}

export function SearchBox({ search, patch, what }: { search: Search; patch: Patch; what: string }) {
  const q = search.q ?? ''
  const [text, setText] = useState(q)
  const [sent, setSent] = useState(q)
  // The address follows what was sent a moment later. When it says something else,
  // as after going back, the field does too.
  const [seen, setSeen] = useState(q)
  if (q !== seen) {
    setSeen(q)
    if (q !== sent) {
      setSent(q)
      setText(q)
    }
  }
  useEffect(() => {
    const value = text.trim()
    if (value === sent) return
    const t = setTimeout(() => {
      setSent(value)
      patch({ q: value || undefined }, { replace: true })
    }, 300)
    return () => clearTimeout(t)
  }, [text, sent, patch])
  return (
    <div className="search" {...(text ? {} : { 'data-empty': true })}>
      <SearchIcon className="i" aria-hidden />
      <input type="search" aria-label={`Search ${what}`} placeholder={`Search ${what}`} maxLength={255} value={text} onChange={(e) => setText(e.target.value)} />
      <button aria-label="Clear search" onClick={() => setText('')}>
        <X aria-hidden />
      </button>
    </div>
  )
}

export type FacetData = readonly { readonly value: string; readonly count: number }[]

export function StatusChips({ search, patch, facets }: { search: Search; patch: Patch; facets: FacetData | null }) {
  const chosen = list(search.status)
  return (
    <div role="group" aria-label="Status" style={{ display: 'flex', gap: 6, flexWrap: 'wrap' }}>
      <button className="chip" aria-pressed={chosen.length === 0} onClick={() => patch({ status: undefined })}>
        All
      </button>
      {['ACTIVE', 'PAUSED', 'DRAFT', 'ARCHIVED'].map((s) => {
        const n = facets?.find((x) => x.value === s)?.count
        return (
          <button key={s} className="chip" aria-pressed={chosen.includes(s)} onClick={() => patch({ status: join(chosen.includes(s) ? chosen.filter((c) => c !== s) : [...chosen, s]) })}>
            {f.words(s)} {n === undefined ? null : <span className="n">{f.count(n)}</span>}
          </button>
        )
      })}
    </div>
  )
}

export type Choice = { key: 'objective' | 'review' | 'type' | 'delivery'; title: string; values: readonly string[]; facets?: FacetData | undefined; name?: (v: string) => string }
export const deliveries = ['RUNNING', 'NOT_DELIVERING', 'COMPLETED', 'NOT_STARTED', 'PAUSED', 'PENDING', 'REJECTED']

export function Filters({ search, patch, choices }: { search: Search; patch: Patch; choices: readonly Choice[] }) {
  const n = choices.filter((c) => search[c.key]).length + thresholds(search.where).length
  return (
    <PopButton
      label="Filters"
      button={
        <Button>
          <ListFilter className="i" aria-hidden /> Filters{n ? <span className="badge info">{n}</span> : null}
        </Button>
      }
    >
      <div style={{ display: 'grid', gap: 14, width: 300, maxWidth: '100%' }}>
        {choices.map((c) => {
          const chosen = list(search[c.key])
          return (
            <fieldset key={c.key} style={{ border: 0, margin: 0, padding: 0 }}>
              <legend style={{ fontWeight: 600, fontSize: 13, padding: '0 0 3px' }}>{c.title}</legend>
              {c.values.map((v) => (
                <Checkbox key={v} label={v} on={chosen.includes(v)} onChange={(on) => patch({ [c.key]: join(on ? [...chosen, v] : chosen.filter((x) => x !== v)) })}>
                  <span>{(c.name ?? f.words)(v)}</span>
                  {c.facets ? <span className="n">{f.count(c.facets.find((x) => x.value === v)?.count ?? 0)}</span> : null}
                </Checkbox>
              ))}
            </fieldset>
          )
        })}
        <Thresholds search={search} patch={patch} />
      </div>
    </PopButton>
  )
}

function Thresholds({ search, patch }: { search: Search; patch: Patch }) {
  const [metric, setMetric] = useState('IMPRESSIONS')
  const [side, setSide] = useState<'min' | 'max'>('min')
  const [text, setText] = useState('')
  const unit = metricNamed(metric)?.unit
  const bound = text.trim() === '' ? NaN : Number(text)
  const add = () => {
    if (!Number.isFinite(bound)) return
    const value = unit === 'fraction' ? Number((bound / 100).toPrecision(12)) : bound
    patch({ where: thresholdText([...thresholds(search.where), { metric, [side]: value }]) })
    setText('')
  }
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 7 }}>
      <legend style={{ fontWeight: 600, fontSize: 13, padding: '0 0 5px' }}>By a metric</legend>
      <select className="input" aria-label="Metric" value={metric} onChange={(e) => setMetric(e.target.value)}>
        {metrics.map((m) => (
          <option key={m.name} value={m.name}>
            {m.title}
          </option>
        ))}
      </select>
      <div style={{ display: 'grid', gridTemplateColumns: '105px 1fr auto', gap: 7 }}>
        <select className="input" aria-label="Bound" value={side} onChange={(e) => setSide(e.target.value as 'min')}>
          <option value="min">at least</option>
          <option value="max">at most</option>
        </select>
        <input className="input" inputMode="decimal" aria-label={unit === 'fraction' ? 'Percent' : 'Value'} placeholder={unit === 'fraction' ? '%' : '0'} value={text} onChange={(e) => setText(e.target.value)} onKeyDown={(e) => e.key === 'Enter' && add()} />
        <Button icon aria-label="Add" isDisabled={!Number.isFinite(bound)} onPress={add}>
          <Plus className="i" aria-hidden />
        </Button>
      </div>
    </fieldset>
  )
}

const bound = (t: Threshold, currency: string) => {
  const m = metricNamed(t.metric)
  const say = (v: number) => (m ? f.metric(m.unit === 'money' ? { amount: String(v) } : v, m.unit, currency) : String(v))
  return `${m?.title ?? t.metric} ${t.min !== undefined ? `≥ ${say(t.min)}` : ''}${t.min !== undefined && t.max !== undefined ? ' and ' : ''}${t.max !== undefined ? `≤ ${say(t.max)}` : ''}`
}

// The filters as sentences, each with a way to drop it.
export function Chips({ search, patch, choices, currency, extra }: { search: Search; patch: Patch; choices: readonly Choice[]; currency: string; extra?: { text: string; clear: Search }[] }) {
  const where = thresholds(search.where)
  const all: { text: string; clear: Search }[] = [
    ...(extra ?? []),
    ...choices.filter((c) => search[c.key]).map((c) => ({ text: `${c.title} is ${list(search[c.key]).map(c.name ?? f.words).join(' or ')}`, clear: { [c.key]: undefined } })),
    ...where.map((t, i) => ({ text: bound(t, currency), clear: { where: thresholdText(where.filter((_, n) => n !== i)) } })),
  ]
  if (!all.length) return null
  return (
    <div className="chips">
      {all.map((c) => (
        <span key={c.text} className="chip on sentence">
          {c.text}
          <button aria-label={`Remove the filter: ${c.text}`} onClick={() => patch(c.clear)}>
            <X aria-hidden />
          </button>
        </span>
      ))}
      <button className="linkish" onClick={() => patch(cleared)}>
        Clear all
      </button>
    </div>
  )
}
export const cleared: Search = { where: undefined, status: undefined, delivery: undefined, objective: undefined, review: undefined, type: undefined, q: undefined, campaigns: undefined, groups: undefined, labels: undefined }
export const isFiltered = (s: Search) => Object.keys(cleared).some((k) => s[k as keyof Search])

export function ColumnsButton({ search, patch, attributes }: { search: Search; patch: Patch; attributes: Record<string, string> }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <MenuButton
        label="Columns"
        selected={search.cols ?? 'performance'}
        button={
          <Button>
            <Columns3 className="i" aria-hidden /> <span className="hide-phone">Columns:</span> {presetName(search)}
          </Button>
        }
        items={[
          ...Object.entries(presets).map(([id, p]) => ({ id, label: p.name, do: () => patch({ cols: id === 'performance' ? undefined : id }) })),
          { id: 'own', label: 'Choose and order…', do: () => setOpen(true) },
        ]}
      />
      {open ? <ColumnsDialog columns={columnsOf(search)} attributes={attributes} onClose={() => setOpen(false)} onApply={(c) => patch({ cols: join(c) })} /> : null}
    </>
  )
}

function ColumnsDialog({ columns, attributes, onClose, onApply }: { columns: string[]; attributes: Record<string, string>; onClose: () => void; onApply: (c: string[]) => void }) {
  const [chosen, setChosen] = useState(columns.filter((c) => attributes[c] || metricNamed(c)))
  const [text, setText] = useState('')
  const all = [...Object.entries(attributes), ...metrics.map((m) => [m.name, m.title] as const)]
  const title = (c: string) => attributes[c] ?? metricNamed(c)?.title ?? c
  const move = (i: number, by: number) => {
    const next = [...chosen]
    next.splice(i + by, 0, ...next.splice(i, 1))
    setChosen(next)
  }
  return (
    <Dialog
      open
      wide
      title="Columns"
      text="Pick what the table shows, and in which order. The set is part of the page’s address, so a link shares it."
      onClose={onClose}
      end={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={chosen.length === 0}
            onPress={() => {
              onApply(chosen)
              onClose()
            }}
          >
            Show {chosen.length} columns
          </Button>
        </>
      }
    >
      <div className="pick">
        <div>
          <div className="search">
            <SearchIcon className="i" aria-hidden />
            <input type="search" aria-label="Find a column" placeholder="Find a column" style={{ width: '100%' }} value={text} onChange={(e) => setText(e.target.value)} />
          </div>
          <div className="pick-list">
            {all
              .filter(([, t]) => t.toLowerCase().includes(text.toLowerCase()))
              .map(([id, t]) => (
                <Checkbox key={id} label={t} on={chosen.includes(id)} onChange={(on) => setChosen(on ? [...chosen, id] : chosen.filter((c) => c !== id))}>
                  {t}
                </Checkbox>
              ))}
          </div>
        </div>
        <ol className="pick-list" aria-label="Order">
          {chosen.map((c, i) => (
            <li key={c}>
              <span>{title(c)}</span>
              <button aria-label={`Move ${title(c)} up`} disabled={i === 0} onClick={() => move(i, -1)}>
                <ArrowUp className="i" aria-hidden />
              </button>
              <button aria-label={`Move ${title(c)} down`} disabled={i === chosen.length - 1} onClick={() => move(i, 1)}>
                <ArrowDown className="i" aria-hidden />
              </button>
              <button aria-label={`Remove ${title(c)}`} onClick={() => setChosen(chosen.filter((x) => x !== c))}>
                <X className="i" aria-hidden />
              </button>
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  )
}

export function ExportButton({ onPress }: { onPress: () => void }) {
  return (
    <Button onPress={onPress} aria-label="Export CSV">
      <Download className="i" aria-hidden /> <span className="hide-phone">Export</span>
    </Button>
  )
}

export const rowsOf = (s: Search) => (s.rows === '25' || s.rows === '100' ? Number(s.rows) : 50)

export function Pager({ search, patch, shown, total, next, what }: { search: Search; patch: Patch; shown: number; total: number | null | undefined; next: string | null; what: string }) {
  const trail = list(search.after)
  const first = trail.length * rowsOf(search) + 1
  return (
    <div className="foot">
      <span className="num">
        {shown === 0 ? 'None' : `${f.count(first)}–${f.count(first + shown - 1)}`} of {f.count(total)} {what}
      </span>
      <span className="end">
        <label className="hide-phone" style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
          Rows
          <select className="input" style={{ minHeight: 30, width: 66, padding: '0 6px' }} value={rowsOf(search)} onChange={(e) => patch({ rows: e.target.value === '50' ? undefined : e.target.value })}>
            {[25, 50, 100].map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>
        </label>
        <Button small icon aria-label="Previous page" isDisabled={trail.length === 0} onPress={() => patch({ after: join(trail.slice(0, -1)) })}>
          <ChevronLeft className="i" aria-hidden />
        </Button>
        <Button small icon aria-label="Next page" isDisabled={next === null} onPress={() => patch({ after: join([...trail, next!]) })}>
          <ChevronRight className="i" aria-hidden />
        </Button>
      </span>
    </div>
  )
}

export function NoRows({ search, patch, what, create }: { search: Search; patch: Patch; what: string; create?: ReactNode }) {
  if (isFiltered(search))
    return (
      <State icon={<SearchX />} title={`No ${what} match`} acts={<Button onPress={() => patch(cleared)}>Clear search and filters</Button>}>
        None fits everything that is asked for. Drop a filter to see more.
      </State>
    )
  return (
    <State icon={<Plus />} title={`No ${what} yet`} acts={create}>
      As soon as there are some, they are here with their numbers.
    </State>
  )
}

export const deliveryChoice: Choice = { key: 'delivery', title: 'Delivery', values: deliveries, name: statusName }

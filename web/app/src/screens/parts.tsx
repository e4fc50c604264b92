// Parts that several screens have.
import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import * as f from '../lib/format'
import { failureOfField, type Caught } from '../relay/errors'
import { Failed } from '../relay/screen'

// A part of a screen that can fail by itself.
export function Part<T>({ of, retry, children }: { of: Caught<T | null | undefined>; retry?: () => void; children: (value: T) => ReactNode }) {
  if (!of.ok) return <Failed failure={failureOfField(of)} {...(retry ? { retry } : {})} />
  if (of.value == null) return <p className="muted body">There is nothing to show.</p>
  return <>{children(of.value)}</>
}

export function Card({ title, end, className, children, flush }: { title: ReactNode; end?: ReactNode; className?: string; children: ReactNode; flush?: boolean }) {
  return (
    <section className={`card ${className ?? ''}`}>
      <header>
        <h2>{title}</h2>
        {end ? <span className="end">{end}</span> : null}
      </header>
      {flush ? <div style={{ paddingTop: 8 }}>{children}</div> : <div className="body">{children}</div>}
    </section>
  )
}

export function Crumbs({ items }: { items: ReactNode[] }) {
  return (
    <nav className="crumbs" aria-label="Where this is">
      {items.map((c, i) => (
        <Fragment key={i}>
          {i > 0 ? <ChevronRight aria-hidden /> : null}
          {c}
        </Fragment>
      ))}
    </nav>
  )
}

type PartRow = { readonly value: string; readonly label: string; readonly values: { readonly spend: { readonly amount: string }; readonly impressions: number; readonly ctr?: number | null } }
type Parts = { readonly rows: readonly PartRow[]; readonly remainder?: { readonly spend: { readonly amount: string }; readonly impressions: number; readonly ctr?: number | null } | null }

// A breakdown: bars by spend, with the numbers beside.
export function Bars({ of, currency, title }: { of: Parts | null | undefined; currency: string; title: string }) {
  if (!of) return <p className="muted">Not available for this range.</p>
  const rest = of.remainder && Number(of.remainder.spend.amount) !== 0 ? [{ value: '', label: 'Others and unknown', values: of.remainder }] : []
  const rows = [...of.rows, ...rest]
  if (rows.length === 0) return <p className="muted">Nothing was delivered in this range.</p>
  const top = Math.max(...rows.map((r) => Number(r.values.spend.amount)), 1e-9)
  return (
    <table className="bars">
      <caption className="sr">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">Spend</th>
          <th scope="col">CTR</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r) => (
          <tr key={r.value}>
            <th scope="row">
              <span>{r.label}</span>
              <span className="bar">
                <i style={{ width: `${(100 * Math.max(0, Number(r.values.spend.amount))) / top}%` }} />
              </span>
            </th>
            <td>{f.wholeMoney(r.values.spend.amount, currency)}</td>
            <td>{f.fraction(r.values.ctr)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Progress = { readonly spent: { readonly amount: string }; readonly expected?: { readonly amount: string } | null; readonly pace?: number | null; readonly daysLeft?: number | null }

// How a budget is spent: a bar up to now, and a mark where even spending would be.
export function Pacing({ budget, progress, currency, none }: { budget: { readonly type: string; readonly amount: { readonly amount: string } } | null | undefined; progress: Progress | null | undefined; currency: string; none: string }) {
  if (!budget) return <p className="muted">{none}</p>
  const all = Number(budget.amount.amount) || 1
  const share = (x: string) => `${Math.min(100, (100 * Number(x)) / all)}%`
  const pace = progress?.pace
  const tone = pace == null ? '' : pace > 1.15 ? 'warn' : pace < 0.85 ? 'info' : 'good'
  return (
    <div style={{ display: 'grid', gap: 10 }}>
      <div style={{ display: 'flex', alignItems: 'baseline', gap: 8, flexWrap: 'wrap' }}>
        <strong style={{ fontSize: 20, letterSpacing: '-.02em' }} className="num">
          {f.money(progress?.spent.amount, currency)}
        </strong>
        <span className="muted">
          of {f.money(budget.amount.amount, currency)} {budget.type === 'LIFETIME' ? 'in all' : 'today'}
        </span>
      </div>
      {progress ? (
        <div className="meter" role="img" aria-label={`${f.money(progress.spent.amount, currency)} of ${f.money(budget.amount.amount, currency)} spent${progress.expected ? `, ${f.money(progress.expected.amount, currency)} expected by now` : ''}`}>
          <i style={{ width: share(progress.spent.amount) }} />
          {progress.expected ? <b style={{ left: share(progress.expected.amount) }} /> : null}
        </div>
      ) : null}
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', alignItems: 'center', fontSize: 13 }} className="num">
        {pace == null ? null : <span className={`badge ${tone}`}>{pace > 1.15 ? 'Ahead of plan' : pace < 0.85 ? 'Behind plan' : 'On plan'} · {f.percentWhole(pace)}</span>}
        {progress?.expected ? <span className="muted">Even spending: {f.money(progress.expected.amount, currency)} by now</span> : null}
        {progress?.daysLeft == null ? null : <span className="muted">{progress.daysLeft === 1 ? '1 day left' : `${f.count(progress.daysLeft)} days left`}</span>}
      </div>
    </div>
  )
}

export function PageSkeleton() {
  return (
    <>
      <span className="skel" style={{ height: 30, width: 300 }} />
      <div className="tiles">
        {[1, 2, 3, 4, 5, 6].map((n) => (
          <span key={n} className="skel" style={{ height: 86 }} />
        ))}
      </div>
      <span className="skel" style={{ height: 290 }} />
      <div className="cols">
        <span className="skel w6" style={{ height: 220 }} />
        <span className="skel w6" style={{ height: 220 }} />
      </div>
    </>
  )
}

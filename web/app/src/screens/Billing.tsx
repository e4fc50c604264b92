// How the account pays and stands, and what it was billed.
import { useParams } from '@tanstack/react-router'
import { graphql, useFragment } from 'react-relay'
import { CreditCard } from 'lucide-react'
import { useMemo } from 'react'
import * as f from '../lib/format'
import { list, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Chart } from '../ui/chart'
import { Card, PageSkeleton, Part } from './parts'
import { Shell } from './Shell'
import { Pager } from './tables'
import type { BillingQuery } from '../__generated__/BillingQuery.graphql'
import type { Billing_account$key } from '../__generated__/Billing_account.graphql'

const query = graphql`
  query BillingQuery($account: ID!, $after: String, $filter: InvoiceFilter) @screen(statements: 7) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...Billing_account
    }
  }
`

export function Billing() {
  const { account } = useParams({ from: '/a/$account/billing' })
  const [search, patch] = useSearchState()
  const screen = useScreen<BillingQuery>(query, { account, after: list(search.after).at(-1) ?? null, filter: search.status ? { status: [search.status as never] } : null })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <Account of={advertiser.value} search={search} patch={patch} /> : null)}
      </Panel>
    </Shell>
  )
}

function Account({ of, search, patch }: { of: Billing_account$key; search: Search; patch: Patch }) {
  const data = useFragment(
    graphql`
      fragment Billing_account on Advertiser {
        currency
        timeZone
        billing @catch {
          balance { amount }
          threshold { amount }
          creditLimit { amount }
          creditRemaining { amount }
          amountDue { amount }
          profiles { type status label expiresOn isDefault balance { amount } }
          credits { name total { amount } remaining { amount } isActive expiresOn }
        }
        month: metrics(report: { dates: { preset: THIS_MONTH } }) @catch {
          context { from to }
          total { spend { amount } }
          series(granularity: DAY) {
            start
            isPartial
            isMissing
            values { spend { amount } }
          }
        }
        invoices(first: 25, after: $after, filter: $filter) @catch {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges {
            node { id number type status periodFirst periodLast dueOn net { amount } tax { amount } discount { amount } billed { amount } paidAt }
          }
        }
        orderLines(first: 20) @catch {
          edges {
            node { id name budget { amount } paidType status startsOn endsOn }
          }
        }
      }
    `,
    of,
  )
  const { currency } = data
  const month = data.month.ok ? data.month.value : null
  const series = month?.series
  const days = useMemo(() => (series ?? []).map((s) => s.start), [series])
  const lines = useMemo(() => [{ label: 'Spend', format: (v: number) => f.shortMoney(v, currency), values: (series ?? []).map((s) => (s.isMissing ? null : Number(s.values.spend.amount))) }], [series, currency])
  const partial = (series ?? []).findIndex((s) => s.isPartial)
  const tile = (title: string, value: string, note: string) => (
    <div className="tile">
      <span className="t">{title}</span>
      <span className="v">{value}</span>
      <span className="p">{note}</span>
    </div>
  )
  return (
    <>
      <div className="page-head">
        <h1>Billing</h1>
      </div>
      <Part of={data.billing}>
        {(b) => (
          <div className="tiles swipe" tabIndex={0} role="group" aria-label="How the account stands">
            {tile('Not charged yet', f.money(b.balance?.amount, currency), b.threshold ? `charged at ${f.money(b.threshold.amount, currency)}` : 'at the end of the month')}
            {tile('Open invoices', f.money(b.amountDue.amount, currency), 'all documents that are open')}
            {tile('Credit left', f.money(b.creditRemaining.amount, currency), 'of active ad credits')}
            {month ? tile('Spend this month', f.money(month.total.spend.amount, currency), f.dayRange(month.context.from, month.context.to)) : null}
          </div>
        )}
      </Part>
      <div className="cols">
        <Card title="Spend by day, this month" className="w7">{days.length ? <Chart days={days} series={lines} height={190} partialFrom={partial < 0 ? undefined : partial} label="Spend by day" /> : <Part of={data.month}>{() => null}</Part>}</Card>
        <Card title="Ways to pay" className="w5">
          <Part of={data.billing}>
            {(b) => (
              <ul style={{ display: 'grid', gap: 12 }}>
                {b.profiles.map((p) => (
                  <li key={p.label} style={{ display: 'flex', gap: 11, alignItems: 'center' }}>
                    <span className="thumb" style={{ '--t': 'var(--accent-fill)' } as never} aria-hidden><CreditCard className="i" /></span>
                    <span style={{ flex: 1 }}>
                      <strong style={{ fontWeight: 560 }}>{p.label}</strong>
                      <span className="small" style={{ display: 'block' }}>{f.words(p.type)}{p.expiresOn ? `, good until ${f.day(p.expiresOn)}` : ''}</span>
                    </span>
                    {p.isDefault ? <span className="badge info">charged</span> : null}
                    <span className={`badge ${p.status === 'VALID' ? 'good' : p.status === 'INVALID' ? 'bad' : 'warn'}`}>{f.words(p.status)}</span>
                  </li>
                ))}
                {b.credits.map((c) => (
                  <li key={c.name}>
                    <div style={{ display: 'flex', fontSize: 13, marginBottom: 5 }}>
                      <span>{c.name}{c.isActive ? '' : ' (over)'}</span>
                      <span className="muted num" style={{ marginLeft: 'auto' }}>
                        {f.money(c.remaining.amount, currency)} of {f.money(c.total.amount, currency)}{c.expiresOn ? `, until ${f.day(c.expiresOn)}` : ''}
                      </span>
                    </div>
                    <div className="bar"><i style={{ width: `${(100 * Number(c.remaining.amount)) / (Number(c.total.amount) || 1)}%` }} /></div>
                  </li>
                ))}
              </ul>
            )}
          </Part>
        </Card>
      </div>
      <section className="card table-card" aria-label="Invoices">
        <div className="tools">
          <h2>Invoices</h2>
          <div role="group" aria-label="Status" style={{ display: 'flex', gap: 6 }}>
            {[['', 'All'], ['OPEN', 'Open'], ['CLOSED', 'Closed']].map(([v, t]) => (
              <button key={v} className="chip" aria-pressed={(search.status ?? '') === v} onClick={() => patch({ status: v || undefined })}>{t}</button>
            ))}
          </div>
        </div>
        <Part of={data.invoices}>
          {(inv) => (
            <>
              <div className="scroll" tabIndex={0} role="region" aria-label="Invoices">
                <table className="grid">
                  <caption className="sr">Invoices</caption>
                  <thead>
                    <tr>
                      <th scope="col">Number</th>
                      <th scope="col">Period</th>
                      <th scope="col">Due</th>
                      <th scope="col">Status</th>
                      <th scope="col" className="r">Net</th>
                      <th scope="col" className="r">Tax</th>
                      <th scope="col" className="r">Credits</th>
                      <th scope="col" className="r">To pay</th>
                    </tr>
                  </thead>
                  <tbody>
                    {inv.edges.map(({ node: i }) => (
                      <tr key={i.id}>
                        <th scope="row" style={{ fontWeight: 560 }}>{i.number}{i.type === 'CREDIT_MEMO' ? <span className="badge" style={{ marginLeft: 8 }}>credit memo</span> : null}</th>
                        <td>{f.dayRange(i.periodFirst, i.periodLast)}</td>
                        <td>{f.day(i.dueOn)}</td>
                        <td>{i.status === 'OPEN' ? <span className="badge warn">Open</span> : <span className="badge good">{i.paidAt ? `Paid ${f.dayOf(i.paidAt, data.timeZone)}` : 'Closed'}</span>}</td>
                        <td className="r">{f.money(i.net.amount, currency)}</td>
                        <td className="r">{f.money(i.tax.amount, currency)}</td>
                        <td className="r">{f.money(i.discount.amount, currency)}</td>
                        <td className="r"><strong>{f.money(i.billed.amount, currency)}</strong></td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager search={{ ...search, rows: '25' }} patch={patch} shown={inv.edges.length} total={inv.totalCount} next={inv.pageInfo.hasNextPage ? (inv.pageInfo.endCursor ?? null) : null} what="documents" />
            </>
          )}
        </Part>
      </section>
      {data.orderLines.ok && data.orderLines.value?.edges.length ? (
        <Card title="Ordered in advance" flush>
          <div className="list-scroll">
            <table className="list">
              <thead>
                <tr>
                  <th scope="col">Order</th>
                  <th scope="col">Days</th>
                  <th scope="col">Kind</th>
                  <th scope="col">Status</th>
                  <th scope="col" className="r">Budget</th>
                </tr>
              </thead>
              <tbody>
                {data.orderLines.value.edges.map(({ node: o }) => (
                  <tr key={o.id}>
                    <td>{o.name}</td>
                    <td>{o.endsOn ? f.dayRange(o.startsOn, o.endsOn) : `from ${f.day(o.startsOn)}`}</td>
                    <td>{f.words(o.paidType)}</td>
                    <td>{f.words(o.status)}</td>
                    <td className="r">{f.money(o.budget.amount, currency)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      ) : null}
    </>
  )
}

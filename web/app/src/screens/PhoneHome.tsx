// The home on a phone: today, the week and what needs attention, in one small answer.
import { Link, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { graphql, useFragment } from 'react-relay'
import * as f from '../lib/format'
import { reportOf } from '../lib/range'
import { kept, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Delta } from '../ui/kit'
import { Chart } from '../ui/chart'
import { DateRange } from '../ui/range'
import { Alert } from './Alert'
import { Card, PageSkeleton, Part } from './parts'
import { Fresh, Shell } from './Shell'
import type { PhoneHomeQuery } from '../__generated__/PhoneHomeQuery.graphql'
import type { PhoneHome_account$key } from '../__generated__/PhoneHome_account.graphql'

const query = graphql`
  query PhoneHomeQuery($account: ID!, $report: ReportInput!) @screen(statements: 8) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...PhoneHome_account
    }
  }
`

export function PhoneHome() {
  const { account } = useParams({ from: '/a/$account/overview' })
  const [search, patch] = useSearchState()
  const screen = useScreen<PhoneHomeQuery>(query, { account, report: reportOf(search, 'LAST_7_DAYS') })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <Home of={advertiser.value} account={account} search={search} patch={patch} reload={screen.reload} /> : null)}
      </Panel>
    </Shell>
  )
}

function Home({ of, account, search, patch, reload }: { of: PhoneHome_account$key; account: string; search: Search; patch: Patch; reload: () => void }) {
  const data = useFragment(
    graphql`
      fragment PhoneHome_account on Advertiser {
        currency
        timeZone
        today: metrics(report: { dates: { preset: TODAY } }) @catch {
          total {
            spend {
              amount
            }
            pinClicks
            conversions
          }
        }
        range: metrics(report: $report) @catch {
          context {
            ...Shell_context @relay(mask: false)
          }
          total {
            spend {
              amount
            }
            pinClicks
            conversions
            roas
          }
          change {
            spend {
              percent
              verdict
            }
            pinClicks {
              percent
              verdict
            }
            conversions {
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
            values {
              spend {
                amount
              }
            }
          }
        }
        alerts: notifications(first: 3, filter: { state: [UNREAD] }) @catch {
          edges {
            node {
              id
              ...Alert_notification
            }
          }
        }
        running: campaigns(first: 5, filter: { delivery: [RUNNING] }, orderBy: { metric: SPEND, direction: DESC }, report: $report) @catch {
          totalCount
          edges {
            node {
              id
              name
            }
            metrics {
              total {
                spend {
                  amount
                }
                roas
              }
            }
          }
        }
      }
    `,
    of,
  )
  const { currency } = data
  const range = data.range.ok ? data.range.value : null
  const today = data.today.ok ? data.today.value : null
  const series = range?.series
  const days = useMemo(() => (series ?? []).map((s) => s.start), [series])
  const lines = useMemo(() => [{ label: 'Spend', format: (v: number) => f.shortMoney(v, currency), values: (series ?? []).map((s) => Number(s.values.spend.amount)) }], [series, currency])
  const partial = (series ?? []).findIndex((s) => s.isPartial)
  const tile = (title: string, value: string, change: Parameters<typeof Delta>[0]['change'], note: string) => (
    <div className="tile">
      <span className="t">{title}</span>
      <span className="v">
        {value} <Delta change={change} />
      </span>
      <span className="p">{note}</span>
    </div>
  )
  return (
    <>
      <div className="page-head">
        <h1>Overview</h1>
        {range ? <Fresh context={range.context} account={account} reload={reload} /> : null}
      </div>
      <DateRange search={search} patch={patch} context={range?.context ?? null} timeZone={data.timeZone} standard="LAST_7_DAYS" />
      {range ? (
        <div className="tiles" style={{ gridTemplateColumns: '1fr 1fr' }}>
          {tile('Spend', f.shortMoney(range.total.spend.amount, currency), range.change?.spend, `today ${f.wholeMoney(today?.total.spend.amount, currency)}`)}
          {tile('ROAS', f.metric(range.total.roas, 'ratio', currency), range.change?.roas, 'of checkouts')}
          {tile('Pin clicks', f.shortCount(range.total.pinClicks), range.change?.pinClicks, `today ${f.count(today?.total.pinClicks)}`)}
          {tile('Conversions', f.shortCount(range.total.conversions), range.change?.conversions, `today ${f.count(today?.total.conversions)}`)}
        </div>
      ) : (
        <Card title="Numbers"><Part of={data.range} retry={reload}>{() => null}</Part></Card>
      )}
      {days.length ? <Card title="Spend by day"><Chart days={days} series={lines} height={160} partialFrom={partial < 0 ? undefined : partial} label="Spend by day" /></Card> : null}
      <Card title="Needs attention" flush end={<Link to="/a/$account/notifications" params={{ account }}>All alerts</Link>}>
        <Part of={data.alerts}>{(a) => (a.edges.length ? a.edges.map((e) => <Alert key={e.node.id} of={e.node} account={account} timeZone={data.timeZone} />) : <p className="muted" style={{ padding: '0 16px 16px' }}>Nothing new.</p>)}</Part>
      </Card>
      <Card title="Running, by spend" flush end={<Link to="/a/$account/campaigns" params={{ account }} search={kept(search) as never}>All campaigns</Link>}>
        <Part of={data.running}>
          {(c) => (
            <table className="list">
              <thead>
                <tr>
                  <th scope="col">Campaign</th>
                  <th scope="col" className="r">Spend</th>
                  <th scope="col" className="r">ROAS</th>
                </tr>
              </thead>
              <tbody>
                {c.edges.map(({ node, metrics }) => (
                  <tr key={node.id}>
                    <td>
                      <Link className="ink clip2" to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.id }} search={kept(search) as never}>
                        {node.name}
                      </Link>
                    </td>
                    <td className="r">{f.wholeMoney(metrics?.total.spend.amount, currency)}</td>
                    <td className="r">{f.metric(metrics?.total.roas, 'ratio', currency)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Part>
      </Card>
    </>
  )
}

// The home of an account: how it does, what needs attention, what moves.
import { Link, useParams } from '@tanstack/react-router'
import { graphql, useFragment } from 'react-relay'
import * as f from '../lib/format'
import { reportOf } from '../lib/range'
import { kept, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Delivery, Delta, Thumb } from '../ui/kit'
import { DateRange } from '../ui/range'
import { Alert } from './Alert'
import { Card, PageSkeleton, Part } from './parts'
import { Performance } from './Performance'
import { Fresh, Shell } from './Shell'
import type { OverviewQuery } from '../__generated__/OverviewQuery.graphql'
import type { Overview_account$key } from '../__generated__/Overview_account.graphql'

const query = graphql`
  query OverviewQuery($account: ID!, $report: ReportInput!) @screen(statements: 10) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...Overview_account
    }
  }
`

export function Overview() {
  const { account } = useParams({ from: '/a/$account/overview' })
  const [search, patch] = useSearchState()
  const screen = useScreen<OverviewQuery>(query, { account, report: reportOf(search) })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <Account of={advertiser.value} account={account} search={search} patch={patch} reload={screen.reload} /> : null)}
      </Panel>
    </Shell>
  )
}

function Account({ of, account, search, patch, reload }: { of: Overview_account$key; account: string; search: Search; patch: Patch; reload: () => void }) {
  const data = useFragment(
    graphql`
      fragment Overview_account on Advertiser {
        currency
        timeZone
        billing @catch {
          balance {
            amount
          }
          threshold {
            amount
          }
          creditRemaining {
            amount
          }
          amountDue {
            amount
          }
        }
        alerts: notifications(first: 4, filter: { state: [UNREAD, READ] }) @catch {
          edges {
            node {
              id
              ...Alert_notification
            }
          }
        }
        metrics(report: $report) @catch {
          context {
            ...Shell_context @relay(mask: false)
          }
          ...Performance_report
          byObjective: breakdown(by: OBJECTIVE) {
            rows {
              value
              label
              values {
                spend {
                  amount
                }
                checkouts
                roas
              }
            }
          }
        }
        top: campaigns(first: 6, orderBy: { metric: SPEND, direction: DESC }, report: $report) @catch {
          edges {
            node {
              id
              name
              status
              delivery {
                status
              }
            }
            metrics {
              total {
                spend {
                  amount
                }
                roas
              }
              change {
                spend {
                  percent
                  verdict
                }
              }
            }
          }
        }
        movers: campaigns(first: 6, orderBy: { metric: CHECKOUTS, of: DIFFERENCE, direction: ASC }, report: $report) @catch {
          edges {
            node {
              id
              name
            }
            metrics {
              total {
                checkouts
              }
              change {
                checkouts {
                  difference
                  percent
                  verdict
                }
              }
            }
          }
        }
        topAds: ads(first: 6, filter: { metrics: [{ metric: CHECKOUTS, min: 5 }] }, orderBy: { metric: ROAS, direction: DESC }, report: $report) @catch {
          edges {
            node {
              id
              adName: name
              creativeType
              pin {
                id
                title
              }
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
  const { currency, timeZone } = data
  const context = data.metrics.ok ? data.metrics.value?.context : null
  const more = (to: '/a/$account/campaigns' | '/a/$account/ads' | '/a/$account/notifications' | '/a/$account/billing', sort?: string) => (
    <Link to={to} params={{ account }} search={{ ...kept(search), sort } as never}>
      See all<span className="sr"> in the {to.split('/').at(-1)} screen</span>
    </Link>
  )
  return (
    <>
      <div className="page-head">
        <h1>Overview</h1>
        {context ? <Fresh context={context} account={account} reload={reload} /> : null}
        <div className="end">
          <DateRange search={search} patch={patch} context={context ?? null} timeZone={timeZone} />
        </div>
      </div>
      {data.metrics.ok && data.metrics.value ? <Performance of={data.metrics.value} search={search} patch={patch} /> : <Card title="Performance"><Part of={data.metrics}>{() => null}</Part></Card>}
      <div className="cols">
        <Card title="Needs attention" className="w5" flush end={more('/a/$account/notifications')}>
          <Part of={data.alerts}>{(a) => (a.edges.length ? a.edges.map((e) => <Alert key={e.node.id} of={e.node} account={account} timeZone={timeZone} />) : <p className="muted" style={{ padding: 16 }}>Nothing does at the moment.</p>)}</Part>
        </Card>
        <Card title="Campaigns that spend most" className="w7" flush end={more('/a/$account/campaigns')}>
          <Part of={data.top}>
            {(top) => (
              <div className="list-scroll">
                <table className="list">
                  <thead>
                    <tr>
                      <th scope="col">Campaign</th>
                      <th scope="col" className="r">Spend</th>
                      <th scope="col" className="r">Change</th>
                      <th scope="col" className="r">ROAS</th>
                    </tr>
                  </thead>
                  <tbody>
                    {top.edges.map(({ node, metrics }) => (
                      <tr key={node.id}>
                        <td>
                          <Link to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.id }} search={kept(search) as never} className="ink clip2">
                            {node.name}
                          </Link>
                          <div className="small"><Delivery delivery={node.delivery} brief /></div>
                        </td>
                        <td className="r">{f.wholeMoney(metrics?.total.spend.amount, currency)}</td>
                        <td className="r"><Delta change={metrics?.change?.spend} none={f.none} /></td>
                        <td className="r">{f.metric(metrics?.total.roas, 'ratio', currency)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Part>
        </Card>
        <Card title="Largest falls in checkouts" className="w4" flush end={more('/a/$account/campaigns', 'CHECKOUTS')}>
          <Part of={data.movers}>
            {(m) => (
              <table className="list">
                <thead>
                  <tr>
                    <th scope="col">Campaign</th>
                    <th scope="col" className="r">Checkouts</th>
                    <th scope="col" className="r">Change</th>
                  </tr>
                </thead>
                <tbody>
                  {m.edges.map(({ node, metrics }) => (
                    <tr key={node.id}>
                      <td>
                        <Link to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.id }} search={kept(search) as never} className="ink clip2">
                          {node.name}
                        </Link>
                      </td>
                      <td className="r">{f.count(metrics?.total.checkouts)}</td>
                      <td className="r"><Delta change={metrics?.change?.checkouts} none={f.none} /></td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Part>
        </Card>
        <Card title="Best ads by ROAS" className="w4" flush end={more('/a/$account/ads', '-ROAS')}>
          <Part of={data.topAds}>
            {(ads) => (
              <table className="list">
                <thead>
                  <tr>
                    <th scope="col">Ad, from 5 checkouts</th>
                    <th scope="col" className="r">Spend</th>
                    <th scope="col" className="r">ROAS</th>
                  </tr>
                </thead>
                <tbody>
                  {ads.edges.map(({ node, metrics }) => (
                    <tr key={node.id}>
                      <td>
                        <span style={{ display: 'flex', gap: 9, alignItems: 'center' }}>
                          <Thumb id={node.pin?.id ?? node.id} label={f.words(node.creativeType)} size={28} />
                          <Link to="/a/$account/ads/$ad" params={{ account, ad: node.id }} search={kept(search) as never} className="ink clip2">
                            {node.adName ?? node.pin?.title ?? 'Unnamed'}
                          </Link>
                        </span>
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
        <div className="w4" style={{ display: 'grid', gap: 14, alignContent: 'start' }}>
          <Card title="By objective">
            {data.metrics.ok ? (
              <table className="bars">
                <caption className="sr">By objective</caption>
                <thead>
                  <tr>
                    <th scope="col">Objective</th>
                    <th scope="col">Spend</th>
                    <th scope="col">ROAS</th>
                  </tr>
                </thead>
                <tbody>
                  {data.metrics.value?.byObjective?.rows.map((r, _, all) => (
                    <tr key={r.value}>
                      <th scope="row">
                        <span>{f.words(r.value)}</span>
                        <span className="bar">
                          <i style={{ width: `${(100 * Number(r.values.spend.amount)) / Number(all[0]!.values.spend.amount || 1)}%` }} />
                        </span>
                      </th>
                      <td>{f.wholeMoney(r.values.spend.amount, currency)}</td>
                      <td>{f.metric(r.values.roas, 'ratio', currency)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            ) : null}
          </Card>
          {data.billing.ok && data.billing.value ? (
            <Card title="Billing" end={more('/a/$account/billing')}>
              <dl className="facts num">
                <dt>Not charged yet</dt>
                <dd>{f.money(data.billing.value.balance?.amount, currency)}</dd>
                <dt>Open invoices</dt>
                <dd>{f.money(data.billing.value.amountDue.amount, currency)}</dd>
                <dt>Credit left</dt>
                <dd>{f.money(data.billing.value.creditRemaining.amount, currency)}</dd>
              </dl>
            </Card>
          ) : null}
        </div>
      </div>
    </>
  )
}

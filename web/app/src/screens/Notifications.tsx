// What people should know, and changes that would pay.
import { Link, useParams } from '@tanstack/react-router'
import { BellOff, Lightbulb } from 'lucide-react'
import { graphql, useFragment } from 'react-relay'
import * as f from '../lib/format'
import { metricNamed } from '../lib/presets'
import { list, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { State } from '../ui/kit'
import { Alert, Subject } from './Alert'
import { Card, PageSkeleton, Part } from './parts'
import { valueText } from './Performance'
import { Shell } from './Shell'
import { Pager } from './tables'
import type { NotificationsQuery } from '../__generated__/NotificationsQuery.graphql'
import type { Notifications_all$key } from '../__generated__/Notifications_all.graphql'

const query = graphql`
  query NotificationsQuery($account: ID!, $after: String, $filter: NotificationFilter) @screen(statements: 6) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...Notifications_all
    }
  }
`

export function Notifications() {
  const { account } = useParams({ from: '/a/$account/notifications' })
  const [search, patch] = useSearchState()
  const screen = useScreen<NotificationsQuery>(query, {
    account,
    after: list(search.after).at(-1) ?? null,
    filter: { state: ['UNREAD', 'READ'], ...(search.severity ? { severity: [search.severity as never] } : {}) },
  })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <All of={advertiser.value} account={account} search={search} patch={patch} /> : null)}
      </Panel>
    </Shell>
  )
}

function All({ of, account, search, patch }: { of: Notifications_all$key; account: string; search: Search; patch: Patch }) {
  const data = useFragment(
    graphql`
      fragment Notifications_all on Advertiser {
        currency
        timeZone
        all: notifications(first: 25, after: $after, filter: $filter) @catch {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              ...Alert_notification
            }
          }
        }
        recommendations(first: 10, filter: { state: [OPEN] }) @catch {
          totalCount
          edges {
            node {
              id
              type
              params
              entity {
                __typename
                id
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
              impact {
                metric
                current {
                  money {
                    amount
                  }
                  count
                }
                estimated {
                  money {
                    amount
                  }
                  count
                }
              }
            }
          }
        }
      }
    `,
    of,
  )
  const severities = ['CRITICAL', 'WARNING', 'INFO']
  return (
    <>
      <div className="page-head">
        <h1>Notifications</h1>
      </div>
      <div className="cols">
        <section className="card table-card w7" aria-label="Notifications">
          <div className="tools" role="group" aria-label="How much they matter">
            <button className="chip" aria-pressed={!search.severity} onClick={() => patch({ severity: undefined })}>All</button>
            {severities.map((s) => (
              <button key={s} className="chip" aria-pressed={search.severity === s} onClick={() => patch({ severity: search.severity === s ? undefined : s })}>
                {f.words(s)}
              </button>
            ))}
          </div>
          <Part of={data.all}>
            {(all) =>
              all.edges.length ? (
                <>
                  <div style={{ borderTop: '1px solid var(--line)' }}>{all.edges.map((e) => <Alert key={e.node.id} of={e.node} account={account} timeZone={data.timeZone} />)}</div>
                  <Pager search={{ ...search, rows: '25' }} patch={patch} shown={all.edges.length} total={all.totalCount} next={all.pageInfo.hasNextPage ? (all.pageInfo.endCursor ?? null) : null} what="notifications" />
                </>
              ) : (
                <State icon={<BellOff />} title="Nothing to tell">{search.severity ? 'None matters that much.' : 'Rejected ads, spent budgets and payment problems appear here.'}</State>
              )
            }
          </Part>
        </section>
        <Card title="Recommendations" className="w5" flush>
          <Part of={data.recommendations}>
            {(r) =>
              r.edges.length ? (
                r.edges.map(({ node }) => (
                  <article key={node.id} className="alert">
                    <span className="dot" aria-hidden><Lightbulb /></span>
                    <div className="two">
                      <strong style={{ fontWeight: 600 }}>{f.words(node.type)}</strong>
                      <Subject entity={node.entity as never} account={account} />
                      <Advice params={node.params} currency={data.currency} />
                      {node.impact.length ? (
                        <dl className="facts num" style={{ marginTop: 4, fontSize: 12.5, gap: '3px 14px' }}>
                          {node.impact.map((i) => {
                            const say = (v: typeof i.current) => (v.money ? f.money(v.money.amount, data.currency) : f.count(v.count))
                            return (
                              <div key={i.metric} style={{ display: 'contents' }}>
                                <dt>{metricNamed(i.metric)?.title}, a week</dt>
                                <dd>
                                  {say(i.current)} → <strong>{say(i.estimated)}</strong> <span className="muted">estimated</span>
                                </dd>
                              </div>
                            )
                          })}
                        </dl>
                      ) : null}
                    </div>
                    {node.entity?.__typename === 'Campaign' ? (
                      <Link className="btn small" to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.entity.id! }}>Look<span className="sr"> at {node.entity.name}</span></Link>
                    ) : null}
                  </article>
                ))
              ) : (
                <State icon={<Lightbulb />} title="No recommendations">What would pay is advised here.</State>
              )
            }
          </Part>
        </Card>
      </div>
    </>
  )
}

function Advice({ params, currency }: { params: unknown; currency: string }) {
  const all = Object.entries((params ?? {}) as Record<string, unknown>)
  if (!all.length) return null
  return <span style={{ fontSize: 13, color: 'var(--ink-2)' }}>{all.map(([k, v]) => `${f.words(k.replaceAll(/([A-Z])/g, '_$1'))}: ${valueText(v, currency)}`).join(' · ')}</span>
}

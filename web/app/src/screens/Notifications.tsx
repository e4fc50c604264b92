// What people should know, and changes that would pay.
import { Link, useParams } from '@tanstack/react-router'
import { BellOff, CheckCheck, Lightbulb, X } from 'lucide-react'
import { graphql, useFragment, useMutation } from 'react-relay'
import * as f from '../lib/format'
import { metricNamed } from '../lib/presets'
import { list, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Button, State } from '../ui/kit'
import { toast } from '../ui/toast'
import { Alert, Subject } from './Alert'
import { Card, PageSkeleton, Part } from './parts'
import { valueText } from './Performance'
import { Shell } from './Shell'
import { Pager } from './tables'
import type { NotificationsQuery } from '../__generated__/NotificationsQuery.graphql'
import type { NotificationsReadMutation } from '../__generated__/NotificationsReadMutation.graphql'
import type { NotificationsAdviceMutation } from '../__generated__/NotificationsAdviceMutation.graphql'
import type { Notifications_all$data, Notifications_all$key } from '../__generated__/Notifications_all.graphql'

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

const update = graphql`
  mutation NotificationsReadMutation($input: UpdateNotificationsInput!) {
    updateNotifications(input: $input) {
      notifications {
        id
        state
        advertiser {
          id
          notifications(first: 1) {
            unreadCount
          }
        }
      }
      userErrors {
        message
      }
    }
  }
`
const advise = graphql`
  mutation NotificationsAdviceMutation($input: UpdateRecommendationsInput!) {
    updateRecommendations(input: $input) {
      recommendations {
        id
        state
      }
      userErrors {
        message
      }
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
        viewerCanEditCampaigns
        all: notifications(first: 25, after: $after, filter: $filter) @catch {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              state
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
              state
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
  const [send] = useMutation<NotificationsReadMutation>(update)
  const [sendAdvice] = useMutation<NotificationsAdviceMutation>(advise)
  type Row = NonNullable<Extract<Notifications_all$data['all'], { ok: true }>['value']>['edges'][number]['node']
  const mark = (rows: readonly Row[], state: 'UNREAD' | 'READ' | 'DISMISSED') =>
    send({
      variables: { input: { advertiserId: account, ids: rows.map((r) => r.id), state } },
      optimisticUpdater: (store) => rows.forEach((r) => store.get(r.id)?.setValue(state, 'state')),
      onCompleted: ({ updateNotifications }, errors) => {
        const wrong = updateNotifications ? updateNotifications.userErrors[0]?.message : errors?.[0]?.message
        if (wrong) toast(wrong, { bad: true })
        else if (state === 'DISMISSED') toast('Put away', { action: { label: 'Undo', do: () => mark(rows, 'READ') } })
      },
      onError: (e) => toast(`Not changed: ${e.message}`, { bad: true }),
    })
  const dismissAdvice = (id: string, state: 'DISMISSED' | 'OPEN') =>
    sendAdvice({
      variables: { input: { advertiserId: account, ids: [id], state } },
      optimisticUpdater: (store) => store.get(id)?.setValue(state, 'state'),
      onCompleted: ({ updateRecommendations }, errors) => {
        const wrong = updateRecommendations ? updateRecommendations.userErrors[0]?.message : errors?.[0]?.message
        if (wrong) toast(wrong, { bad: true })
        else if (state === 'DISMISSED') toast('Recommendation put away', { action: { label: 'Undo', do: () => dismissAdvice(id, 'OPEN') } })
      },
      onError: (e) => toast(`Not changed: ${e.message}`, { bad: true }),
    })
  const shown = (data.all.ok ? (data.all.value?.edges ?? []) : []).map((e) => e.node).filter((n) => n.state !== 'DISMISSED')
  const unread = shown.filter((n) => n.state === 'UNREAD')
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
            {unread.length ? (
              <span className="end">
                <Button small onPress={() => mark(unread, 'READ')}>
                  <CheckCheck className="i" aria-hidden /> Mark all as read
                </Button>
              </span>
            ) : null}
          </div>
          <Part of={data.all}>
            {(all) =>
              shown.length ? (
                <>
                  <div style={{ borderTop: '1px solid var(--line)' }}>{shown.map((n) => <Alert key={n.id} of={n} account={account} timeZone={data.timeZone} onRead={() => mark([n], 'READ')} onDismiss={() => mark([n], 'DISMISSED')} />)}</div>
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
                r.edges.filter(({ node }) => node.state === 'OPEN').map(({ node }) => (
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
                    {data.viewerCanEditCampaigns ? (
                      <Button look="quiet" small icon aria-label={`Put away: ${f.words(node.type)}`} onPress={() => dismissAdvice(node.id, 'DISMISSED')}>
                        <X className="i" aria-hidden />
                      </Button>
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

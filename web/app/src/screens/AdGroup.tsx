// One ad group: whom it reaches, what it bids, how its ads and keywords do.
import { Link, useParams } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { graphql, useFragment } from 'react-relay'
import { useEdit } from '../lib/edit'
import * as f from '../lib/format'
import { reportOf } from '../lib/range'
import { kept, useSearchState, type Patch, type Search } from '../lib/search'
import { failureOfField } from '../relay/errors'
import { Failed, Panel, useScreen } from '../relay/screen'
import { Button, Delivery, Thumb } from '../ui/kit'
import { DateRange } from '../ui/range'
import { Budget, type BudgetItem } from './Budget'
import { Cells } from './Campaign'
import { Toggle } from './Campaigns'
import { Bars, Card, Crumbs, PageSkeleton, Pacing, Part } from './parts'
import { Performance } from './Performance'
import { Fresh, Shell } from './Shell'
import type { AdGroupQuery } from '../__generated__/AdGroupQuery.graphql'
import type { AdGroup_detail$key } from '../__generated__/AdGroup_detail.graphql'

const query = graphql`
  query AdGroupQuery($account: ID!, $adGroup: ID!, $report: ReportInput!) @screen(statements: 12) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      viewerCanEditCampaigns
    }
    adGroup(id: $adGroup) @catch {
      ...AdGroup_detail
    }
  }
`

export function AdGroup() {
  const { account, adGroup } = useParams({ from: '/a/$account/ad-groups/$adGroup' })
  const [search, patch] = useSearchState()
  const screen = useScreen<AdGroupQuery>(query, { account, adGroup, report: reportOf(search) })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {(d) =>
          d.adGroup.ok && d.adGroup.value ? (
            <Detail of={d.adGroup.value} canEdit={d.advertiser.ok && (d.advertiser.value?.viewerCanEditCampaigns ?? false)} account={account} search={search} patch={patch} reload={screen.reload} />
          ) : (
            <Failed
              failure={d.adGroup.ok ? { code: 'NOT_FOUND', message: 'There is no such ad group.' } : failureOfField(d.adGroup)}
              acts={
                <Link className="btn" to="/a/$account/ad-groups" params={{ account }}>
                  All ad groups
                </Link>
              }
            />
          )
        }
      </Panel>
    </Shell>
  )
}

const kinds: Record<string, string> = { GENDER: 'Gender', AGE_BUCKET: 'Age', LOCATION: 'Location', INTEREST: 'Interests', DEVICE: 'Devices', LOCALE: 'Languages', KEYWORD: 'Keywords' }

function Detail({ of, canEdit, account, search, patch, reload }: { of: AdGroup_detail$key; canEdit: boolean; account: string; search: Search; patch: Patch; reload: () => void }) {
  const g = useFragment(
    graphql`
      fragment AdGroup_detail on AdGroup {
        id
        name
        status
        version
        startAt
        endAt
        targeting
        autoTargeting
        frequencyCap
        isLearning
        bidStrategy
        billableEvent
        pacing
        placement
        bid {
          amount
        }
        delivery {
          status
          reasons {
            code
            message
          }
        }
        budget {
          type
          amount {
            micros
            amount
            currency
          }
        }
        budgetProgress {
          spent {
            amount
          }
          expected {
            amount
          }
          pace
          daysLeft
        }
        advertiser {
          currency
          timeZone
        }
        campaign {
          id
          name
        }
        audiences @catch {
          isIncluded
          audience {
            id
            name
            type
            size
          }
        }
        metrics(report: $report) @catch {
          context {
            ...Shell_context @relay(mask: false)
          }
          ...Performance_report
          people: total {
            reach
            frequency
            whyNoReach: nullReason(metric: REACH)
          }
          age: breakdown(by: AGE, first: 8) @catch {
            rows { value label values { spend { amount } impressions ctr } }
            remainder { spend { amount } impressions ctr }
          }
          gender: breakdown(by: GENDER, first: 5) @catch {
            rows { value label values { spend { amount } impressions ctr } }
            remainder { spend { amount } impressions ctr }
          }
          device: breakdown(by: DEVICE, first: 6) @catch {
            rows { value label values { spend { amount } impressions ctr } }
            remainder { spend { amount } impressions ctr }
          }
        }
        keywords(first: 8, filter: { isNegative: false, isArchived: false }, orderBy: { metric: SPEND, direction: DESC }, report: $report) @catch {
          edges {
            node { id value matchType }
            metrics { total { spend { amount } pinClicks ctr } }
          }
        }
        ads(first: 12, orderBy: { metric: SPEND, direction: DESC }, report: $report) @catch {
          totalCount
          totals {
            total { spend { amount } impressions pinClicks ctr cpc { amount } checkouts roas }
          }
          edges {
            node {
              id
              adName: name
              status
              version
              creativeType
              delivery { status reasons { code message } }
              pin { id title }
            }
            metrics {
              total { spend { amount } impressions pinClicks ctr cpc { amount } checkouts roas }
            }
          }
        }
      }
    `,
    of,
  )
  const { edit } = useEdit('AD_GROUP', account)
  const ads = useEdit('AD', account)
  const [budget, setBudget] = useState<BudgetItem | null>(null)
  const { currency, timeZone } = g.advertiser
  const m = g.metrics.ok ? g.metrics.value : null
  const targeting = Object.entries((g.targeting ?? {}) as Record<string, unknown>).filter(([k]) => !k.startsWith('AUDIENCE'))
  const bars = (title: string, of: NonNullable<typeof m>['age'] | undefined) => (
    <Card title={title} className="w4">
      {of ? <Part of={of}>{(b) => <Bars of={b} currency={currency} title={title} />}</Part> : null}
    </Card>
  )
  return (
    <>
      <Crumbs
        items={[
          <Link key="1" to="/a/$account/campaigns" params={{ account }} search={kept(search) as never}>
            Campaigns
          </Link>,
          g.campaign ? (
            <Link key="2" to="/a/$account/campaigns/$campaign" params={{ account, campaign: g.campaign.id }} search={kept(search) as never}>
              {g.campaign.name}
            </Link>
          ) : null,
          <span key="3" aria-current="page">{g.name}</span>,
        ]}
      />
      <div className="page-head">
        <div className="title-line">
          <Toggle node={g} canEdit={canEdit} onChange={(on) => void edit([g], { status: on ? 'ACTIVE' : 'PAUSED' })} />
          <h1>{g.name}</h1>
          <Delivery delivery={g.delivery} />
          {g.isLearning ? <span className="badge info">Learning</span> : null}
          {m ? <Fresh context={m.context} account={account} reload={reload} /> : null}
        </div>
        <div className="end">
          <DateRange search={search} patch={patch} context={m?.context ?? null} timeZone={timeZone} />
        </div>
      </div>
      {g.metrics.ok && g.metrics.value ? <Performance of={g.metrics.value} search={search} patch={patch} /> : <Card title="Performance"><Part of={g.metrics} retry={reload}>{() => null}</Part></Card>}
      <div className="cols">
        <Card
          title="Budget and bid"
          className="w4"
          end={
            canEdit && g.budget && g.status !== 'ARCHIVED' ? (
              <Button small onPress={() => setBudget({ ...g, budget: g.budget! })}>
                <Pencil className="i" aria-hidden /> Change
              </Button>
            ) : null
          }
        >
          <Pacing budget={g.budget} progress={g.budgetProgress} currency={currency} none="The campaign holds the budget." />
          <dl className="facts" style={{ marginTop: 14 }}>
            <dt>Bid</dt>
            <dd>{g.bid ? f.money(g.bid.amount, currency) : 'Automatic'}{g.bidStrategy ? `, ${f.words(g.bidStrategy).toLowerCase()}` : ''}</dd>
            <dt>Paid for</dt>
            <dd>{f.words(g.billableEvent)}</dd>
            <dt>Pacing</dt>
            <dd>{f.words(g.pacing)}</dd>
            <dt>Schedule</dt>
            <dd>{g.startAt ? f.dayOf(g.startAt, timeZone) : 'With its campaign'} – {g.endAt ? f.dayOf(g.endAt, timeZone) : 'no end'}</dd>
          </dl>
        </Card>
        <Card title="Whom it reaches" className="w4">
          <dl className="facts">
            {targeting.map(([k, v]) => (
              <FactPair key={k} name={kinds[k] ?? f.words(k)} value={Array.isArray(v) ? v.map((x) => (k === 'LOCATION' && String(x).length === 2 ? f.regionName(String(x)) : k === 'INTEREST' ? String(x) : f.words(String(x)))).join(', ') : String(v)} />
            ))}
            <dt>Placement</dt>
            <dd>{f.words(g.placement)}</dd>
            <dt>Widened</dt>
            <dd>{g.autoTargeting ? 'Yes, to people likely to respond' : 'No'}</dd>
            <dt>Cap</dt>
            <dd>{g.frequencyCap ? `${f.count(g.frequencyCap)} impressions a person in 30 days` : 'None'}</dd>
            <dt>Reach</dt>
            <dd className="num">{m?.people.reach == null ? `Not known${m?.people.whyNoReach ? `: ${f.words(m.people.whyNoReach).toLowerCase()}` : ''}` : `${f.count(m.people.reach)}, ${f.ratio(m.people.frequency)} times each`}</dd>
          </dl>
        </Card>
        <Card title="Audiences" className="w4">
          <Part of={g.audiences}>
            {(all) =>
              all.length ? (
                <ul style={{ display: 'grid', gap: 9, fontSize: 13 }}>
                  {all.map((a) => (
                    <li key={a.audience.id} style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
                      <span className={`badge ${a.isIncluded ? 'good' : ''}`}>{a.isIncluded ? 'shown' : 'kept out'}</span>
                      <span>{a.audience.name}</span>
                      <span className="muted num" style={{ marginLeft: 'auto' }}>{f.shortCount(a.audience.size)}</span>
                    </li>
                  ))}
                </ul>
              ) : (
                <p className="muted">No audience restricts it.</p>
              )
            }
          </Part>
        </Card>
        <Card title={<>Ads{g.ads.ok ? ` (${f.count(g.ads.value?.totalCount)})` : ''}</>} className="w12" flush end={<Link to="/a/$account/ads" params={{ account }} search={{ ...kept(search), groups: g.id } as never}>As a table</Link>}>
          <Part of={g.ads} retry={reload}>
            {(list) => (
              <div className="list-scroll" tabIndex={0} role="region" aria-label="Ads with their numbers">
                <table className="list">
                  <thead>
                    <tr>
                      <th scope="col">On</th>
                      <th scope="col">Ad</th>
                      {['Spend', 'Impressions', 'Pin clicks', 'CTR', 'CPC', 'Checkouts', 'ROAS'].map((h) => <th key={h} scope="col" className="r">{h}</th>)}
                    </tr>
                  </thead>
                  <tbody>
                    {list.edges.map(({ node, metrics }) => {
                      const name = node.adName ?? node.pin?.title ?? 'Unnamed'
                      return (
                        <tr key={node.id}>
                          <td>
                            <Toggle node={{ ...node, name }} canEdit={canEdit} onChange={(on) => void ads.edit([{ ...node, name }], { status: on ? 'ACTIVE' : 'PAUSED' })} />
                          </td>
                          <td>
                            <span style={{ display: 'flex', gap: 10, alignItems: 'center' }}>
                              <Thumb id={node.pin?.id ?? node.id} label={f.words(node.creativeType)} />
                              <span>
                                <Link className="ink" to="/a/$account/ads/$ad" params={{ account, ad: node.id }} search={kept(search) as never}>
                                  {name}
                                </Link>
                                <span className="small" style={{ display: 'block' }}><Delivery delivery={node.delivery} /></span>
                              </span>
                            </span>
                          </td>
                          <Cells total={metrics?.total} currency={currency} />
                        </tr>
                      )
                    })}
                    {list.totals ? (
                      <tr className="total">
                        <td />
                        <td>All ads</td>
                        <Cells total={list.totals.total} currency={currency} />
                      </tr>
                    ) : null}
                  </tbody>
                </table>
              </div>
            )}
          </Part>
        </Card>
        {bars('By age', m?.age)}
        {bars('By gender', m?.gender)}
        {bars('By device', m?.device)}
        <Card title="Keywords" className="w12" flush>
          <Part of={g.keywords}>
            {(k) =>
              k.edges.length ? (
                <table className="list">
                  <thead>
                    <tr>
                      <th scope="col">Keyword</th>
                      <th scope="col">Match</th>
                      <th scope="col" className="r">Spend</th>
                      <th scope="col" className="r">Pin clicks</th>
                      <th scope="col" className="r">CTR</th>
                    </tr>
                  </thead>
                  <tbody>
                    {k.edges.map(({ node, metrics }) => (
                      <tr key={node.id}>
                        <td>{node.value}</td>
                        <td>{f.words(node.matchType)}</td>
                        <td className="r">{f.money(metrics?.total.spend.amount, currency)}</td>
                        <td className="r">{f.count(metrics?.total.pinClicks)}</td>
                        <td className="r">{f.fraction(metrics?.total.ctr)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              ) : (
                <p className="muted" style={{ padding: '0 16px 16px' }}>It has no keywords.</p>
              )
            }
          </Part>
        </Card>
      </div>
      {budget ? <Budget account={account} level="AD_GROUP" item={budget} onClose={() => setBudget(null)} /> : null}
    </>
  )
}

function FactPair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

// One campaign: how it does, what was changed, who saw it, its ad groups.
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
import { Toggle } from './Campaigns'
import { Bars, Card, Crumbs, PageSkeleton, Pacing, Part } from './parts'
import { fieldName, Performance, valueText } from './Performance'
import { Fresh, Shell } from './Shell'
import type { CampaignQuery } from '../__generated__/CampaignQuery.graphql'
import type { Campaign_detail$key } from '../__generated__/Campaign_detail.graphql'

const query = graphql`
  query CampaignQuery($account: ID!, $campaign: ID!, $report: ReportInput!) @screen(statements: 12) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      viewerCanEditCampaigns
    }
    campaign(id: $campaign) @catch {
      ...Campaign_detail
    }
  }
`

export function Campaign() {
  const { account, campaign } = useParams({ from: '/a/$account/campaigns/$campaign' })
  const [search, patch] = useSearchState()
  const screen = useScreen<CampaignQuery>(query, { account, campaign, report: reportOf(search) })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {(d) =>
          d.campaign.ok && d.campaign.value ? (
            <Detail of={d.campaign.value} canEdit={d.advertiser.ok && (d.advertiser.value?.viewerCanEditCampaigns ?? false)} account={account} search={search} patch={patch} reload={screen.reload} />
          ) : (
            <Failed
              failure={d.campaign.ok ? { code: 'NOT_FOUND', message: 'There is no such campaign.' } : failureOfField(d.campaign)}
              retry={screen.reload}
              acts={
                <Link className="btn" to="/a/$account/campaigns" params={{ account }}>
                  All campaigns
                </Link>
              }
            />
          )
        }
      </Panel>
    </Shell>
  )
}

function Detail({ of, canEdit, account, search, patch, reload }: { of: Campaign_detail$key; canEdit: boolean; account: string; search: Search; patch: Patch; reload: () => void }) {
  const c = useFragment(
    graphql`
      fragment Campaign_detail on Campaign {
        id
        name
        objective
        status
        version
        startAt
        endAt
        createdAt
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
        labels {
          id
          value
        }
        advertiser {
          currency
          timeZone
        }
        metrics(report: $report) @catch {
          context {
            ...Shell_context @relay(mask: false)
          }
          ...Performance_report
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
          placement: breakdown(by: PLACEMENT, first: 4) @catch {
            rows { value label values { spend { amount } impressions ctr } }
            remainder { spend { amount } impressions ctr }
          }
        }
        adGroups(first: 10, orderBy: { metric: SPEND, direction: DESC }, report: $report) @catch {
          totalCount
          totals {
            total { spend { amount } impressions pinClicks ctr cpc { amount } checkouts roas }
          }
          edges {
            node {
              id
              name
              status
              version
              delivery { status reasons { code message } }
              budget { type amount { micros amount currency } }
              bid { amount }
              ads(first: 3) {
                edges { node { id creativeType pin { id } } }
              }
            }
            metrics {
              total { spend { amount } impressions pinClicks ctr cpc { amount } checkouts roas }
            }
          }
        }
        changes(first: 5) @catch {
          edges {
            node {
              id
              at
              actor { name }
              field
              old
              new
            }
          }
        }
      }
    `,
    of,
  )
  const { edit } = useEdit('CAMPAIGN', account)
  const groups = useEdit('AD_GROUP', account)
  const [budget, setBudget] = useState<BudgetItem | null>(null)
  const { currency, timeZone } = c.advertiser
  const m = c.metrics.ok ? c.metrics.value : null
  const bar = (title: string, of: NonNullable<typeof m>['age'] | undefined) => (
    <Card title={title} className="w3">
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
          <span key="2" aria-current="page">{c.name}</span>,
        ]}
      />
      <div className="page-head">
        <div className="title-line">
          <Toggle node={c} canEdit={canEdit} onChange={(on) => void edit([c], { status: on ? 'ACTIVE' : 'PAUSED' })} />
          <h1>{c.name}</h1>
          <Delivery delivery={c.delivery} />
          {m ? <Fresh context={m.context} account={account} reload={reload} /> : null}
        </div>
        <div className="end">
          <DateRange search={search} patch={patch} context={m?.context ?? null} timeZone={timeZone} />
        </div>
      </div>
      {c.metrics.ok && c.metrics.value ? <Performance of={c.metrics.value} search={search} patch={patch} /> : <Card title="Performance"><Part of={c.metrics} retry={reload}>{() => null}</Part></Card>}
      <div className="cols">
        <Card
          title="Budget"
          className="w4"
          end={
            canEdit && c.budget && c.status !== 'ARCHIVED' ? (
              <Button small onPress={() => setBudget({ ...c, budget: c.budget! })}>
                <Pencil className="i" aria-hidden /> Change
              </Button>
            ) : null
          }
        >
          <Pacing budget={c.budget} progress={c.budgetProgress} currency={currency} none="The ad groups hold the budgets." />
        </Card>
        <Card title="Settings" className="w4">
          <dl className="facts">
            <dt>Objective</dt>
            <dd>{f.words(c.objective)}</dd>
            <dt>Schedule</dt>
            <dd>
              {c.startAt ? f.dayOf(c.startAt, timeZone) : 'At once'} – {c.endAt ? f.dayOf(c.endAt, timeZone) : 'no end'}
            </dd>
            <dt>Made</dt>
            <dd>{f.dayOf(c.createdAt, timeZone)}</dd>
            <dt>Labels</dt>
            <dd style={{ display: 'flex', gap: 5, flexWrap: 'wrap' }}>{c.labels?.length ? c.labels.map((l) => <span key={l.id} className="badge">{l.value}</span>) : f.none}</dd>
          </dl>
        </Card>
        <Card title="Latest changes" className="w4" end={<Link to="/a/$account/history" params={{ account }} search={{ ids: c.id } as never}>All<span className="sr"> changes</span></Link>}>
          <Part of={c.changes}>
            {(changes) =>
              changes.edges.length ? (
                <ul style={{ display: 'grid', gap: 8, fontSize: 13 }}>
                  {changes.edges.map(({ node }) => (
                    <li key={node.id}>
                      <strong style={{ fontWeight: 550 }}>{f.words(fieldName(node.field))}</strong> {valueText(node.old, currency)} → {valueText(node.new, currency)}
                      <div className="small">
                        {node.actor?.name ?? 'System'} · <span title={f.instant(node.at, timeZone)}>{f.ago(node.at)}</span>
                      </div>
                    </li>
                  ))}
                </ul>
              ) : (
                <p className="muted">It is as it was made.</p>
              )
            }
          </Part>
        </Card>
        <Card
          title={<>Ad groups{c.adGroups.ok ? ` (${f.count(c.adGroups.value?.totalCount)})` : ''}</>}
          className="w12"
          flush
          end={
            <>
              <Link to="/a/$account/ads" params={{ account }} search={{ ...kept(search), campaigns: c.id } as never}>Its ads</Link>
              <Link to="/a/$account/ad-groups" params={{ account }} search={{ ...kept(search), campaigns: c.id } as never}>As a table</Link>
            </>
          }
        >
          <Part of={c.adGroups} retry={reload}>
            {(g) => (
              <div className="list-scroll" tabIndex={0} role="region" aria-label="Ad groups with their numbers">
                <table className="list">
                  <thead>
                    <tr>
                      <th scope="col">On</th>
                      <th scope="col">Ad group</th>
                      <th scope="col">Ads</th>
                      <th scope="col" className="r">Budget</th>
                      {['Spend', 'Impressions', 'Pin clicks', 'CTR', 'CPC', 'Checkouts', 'ROAS'].map((h) => <th key={h} scope="col" className="r">{h}</th>)}
                    </tr>
                  </thead>
                  <tbody>
                    {g.edges.map(({ node, metrics }) => (
                      <tr key={node.id}>
                        <td>
                          <Toggle node={node} canEdit={canEdit} onChange={(on) => void groups.edit([node], { status: on ? 'ACTIVE' : 'PAUSED' })} />
                        </td>
                        <td>
                          <Link className="ink" to="/a/$account/ad-groups/$adGroup" params={{ account, adGroup: node.id }} search={kept(search) as never}>
                            {node.name}
                          </Link>
                          <div className="small"><Delivery delivery={node.delivery} /></div>
                        </td>
                        <td>
                          <span style={{ display: 'flex' }}>
                            {node.ads?.edges.map((a) => <span key={a.node.id} style={{ marginRight: -8, border: '2px solid var(--card)', borderRadius: 9 }}><Thumb id={a.node.pin?.id ?? a.node.id} label={f.words(a.node.creativeType)} size={28} /></span>)}
                          </span>
                        </td>
                        <td className="r">{node.budget ? f.money(node.budget.amount.amount, currency) : <span className="muted">by campaign</span>}</td>
                        <Cells total={metrics?.total} currency={currency} />
                      </tr>
                    ))}
                    {g.totals ? (
                      <tr className="total">
                        <td />
                        <td>All ad groups</td>
                        <td />
                        <td />
                        <Cells total={g.totals.total} currency={currency} />
                      </tr>
                    ) : null}
                  </tbody>
                </table>
              </div>
            )}
          </Part>
        </Card>
        {bar('By age', m?.age)}
        {bar('By gender', m?.gender)}
        {bar('By device', m?.device)}
        {bar('By placement', m?.placement)}
      </div>
      {budget ? <Budget account={account} level="CAMPAIGN" item={budget} onClose={() => setBudget(null)} /> : null}
    </>
  )
}

type Total = { readonly spend: { readonly amount: string }; readonly impressions: number; readonly pinClicks: number; readonly ctr?: number | null; readonly cpc?: { readonly amount: string } | null; readonly checkouts: number; readonly roas?: number | null }
export function Cells({ total, currency }: { total: Total | null | undefined; currency: string }) {
  return (
    <>
      <td className="r">{f.money(total?.spend.amount, currency)}</td>
      <td className="r">{f.count(total?.impressions)}</td>
      <td className="r">{f.count(total?.pinClicks)}</td>
      <td className="r">{f.fraction(total?.ctr)}</td>
      <td className="r">{f.money(total?.cpc?.amount, currency)}</td>
      <td className="r">{f.count(total?.checkouts)}</td>
      <td className="r">{f.metric(total?.roas, 'ratio', currency)}</td>
    </>
  )
}

// The campaigns on a phone: cards with what matters there, and the two things
// that people do on the way: pause, and change a budget.
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { graphql, useFragment } from 'react-relay'
import { useEdit } from '../lib/edit'
import * as f from '../lib/format'
import { orderOf } from '../lib/presets'
import { reportOf } from '../lib/range'
import { kept, list, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Button, Delivery, Delta, MenuButton, Sparkline } from '../ui/kit'
import { DateRange } from '../ui/range'
import { Budget, type BudgetItem } from './Budget'
import { campaignFilter, Toggle } from './Campaigns'
import { sortOf } from './ListPage'
import { Part } from './parts'
import { Fresh, Shell } from './Shell'
import { NoRows, Pager, SearchBox, StatusChips } from './tables'
import type { PhoneCampaignsQuery } from '../__generated__/PhoneCampaignsQuery.graphql'
import type { PhoneCampaigns_list$key } from '../__generated__/PhoneCampaigns_list.graphql'

const query = graphql`
  query PhoneCampaignsQuery($account: ID!, $first: Int!, $after: String, $filter: CampaignFilter, $orderBy: CampaignOrder, $report: ReportInput!) @screen(statements: 6) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...PhoneCampaigns_list
    }
  }
`
const sorts = { '-SPEND': 'Most spend', '-ROAS': 'Best ROAS', '-CHECKOUTS': 'Most checkouts', NAME: 'Name', '-UPDATED_AT': 'Changed last' }

export function PhoneCampaigns() {
  const { account } = useParams({ from: '/a/$account/campaigns' })
  const [search, patch] = useSearchState()
  const screen = useScreen<PhoneCampaignsQuery>(query, {
    account,
    first: 25,
    after: list(search.after).at(-1) ?? null,
    filter: campaignFilter(search),
    orderBy: orderOf(sortOf(search)) as never,
    report: reportOf(search),
  })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={[1, 2, 3, 4, 5].map((n) => <span key={n} className="skel" style={{ height: n === 1 ? 44 : 132 }} />)}>
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <List of={advertiser.value} account={account} search={search} patch={patch} reload={screen.reload} pending={screen.pending} /> : null)}
      </Panel>
    </Shell>
  )
}

function List({ of, account, search, patch, reload, pending }: { of: PhoneCampaigns_list$key; account: string; search: Search; patch: Patch; reload: () => void; pending: boolean }) {
  const data = useFragment(
    graphql`
      fragment PhoneCampaigns_list on Advertiser {
        currency
        timeZone
        viewerCanEditCampaigns
        campaigns(first: $first, after: $after, filter: $filter, orderBy: $orderBy, report: $report) @catch {
          totalCount
          facets {
            status {
              value
              count
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totals {
            context {
              ...Shell_context @relay(mask: false)
            }
          }
          edges {
            node {
              id
              name
              status
              version
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
                roas {
                  percent
                  verdict
                }
              }
              series(granularity: DAY) {
                values {
                  spend {
                    amount
                  }
                }
              }
            }
          }
        }
      }
    `,
    of,
  )
  const { currency, viewerCanEditCampaigns: canEdit } = data
  const { edit } = useEdit('CAMPAIGN', account)
  const [budget, setBudget] = useState<BudgetItem | null>(null)
  const value = data.campaigns.ok ? data.campaigns.value : null
  const context = value?.totals?.context
  const sort = sortOf(search)
  return (
    <>
      <div className="page-head">
        <h1>Campaigns</h1>
        {context ? <Fresh context={context} account={account} reload={reload} /> : null}
      </div>
      <DateRange search={search} patch={patch} context={context ?? null} timeZone={data.timeZone} />
      <div className="phone-tools">
        <SearchBox search={search} patch={patch} what="campaigns" />
        <MenuButton label="Sort" selected={sort} button={<Button><span className="sub">Sort</span> {sorts[sort as keyof typeof sorts] ?? f.words(sort.replace('-', ''))}</Button>} items={Object.entries(sorts).map(([id, label]) => ({ id, label, do: () => patch({ sort: id === '-SPEND' ? undefined : id }) }))} />
      </div>
      <StatusChips search={search} patch={patch} facets={value?.facets?.status ?? null} />
      <div className={`pcards ${pending ? 'busy' : ''}`}>
        <Part of={data.campaigns} retry={reload}>
          {(c) =>
            c.edges.length === 0 ? (
              <NoRows search={search} patch={patch} what="campaigns" />
            ) : (
              <>
                {c.edges.map(({ node, metrics }) => (
                  <article key={node.id} className="card pcard">
                    <div className="first">
                      <span className="two">
                        <Link to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.id }} search={kept(search) as never}>
                          {node.name}
                        </Link>
                        <small><Delivery delivery={node.delivery} /></small>
                      </span>
                      <Toggle node={node} canEdit={canEdit} onChange={(on) => void edit([node], { status: on ? 'ACTIVE' : 'PAUSED' })} />
                    </div>
                    <dl>
                      <div>
                        <dt>Spend</dt>
                        <dd>{f.wholeMoney(metrics?.total.spend.amount, currency)} <Delta change={metrics?.change?.spend} bare /></dd>
                      </div>
                      <div>
                        <dt>ROAS</dt>
                        <dd>{f.metric(metrics?.total.roas, 'ratio', currency)} <Delta change={metrics?.change?.roas} bare /></dd>
                      </div>
                      <div style={{ justifySelf: 'end' }}>
                        <dt>By day</dt>
                        <dd><Sparkline label="Spend by day" points={(metrics?.series ?? []).map((s) => Number(s.values.spend.amount))} /></dd>
                      </div>
                    </dl>
                    {node.budget && canEdit && ['ACTIVE', 'PAUSED', 'DRAFT'].includes(node.status) ? (
                      <Button small onPress={() => setBudget({ ...node, budget: node.budget! })}>
                        <span className="sub">Budget</span> {f.money(node.budget.amount.amount, currency)} {node.budget.type === 'DAILY' ? 'a day' : 'in all'}
                        <span className="sr">, change it for {node.name}</span>
                      </Button>
                    ) : null}
                  </article>
                ))}
                <div className="card"><Pager search={{ ...search, rows: '25' }} patch={patch} shown={c.edges.length} total={c.totalCount} next={c.pageInfo.hasNextPage ? (c.pageInfo.endCursor ?? null) : null} what="campaigns" /></div>
              </>
            )
          }
        </Part>
      </div>
      {budget ? <Budget account={account} level="CAMPAIGN" item={budget} onClose={() => setBudget(null)} /> : null}
    </>
  )
}

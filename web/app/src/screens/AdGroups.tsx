// The ad groups of an account, or of the campaigns chosen before.
import { Link, useParams } from '@tanstack/react-router'
import { useMemo, useState, type ReactNode } from 'react'
import { graphql, useFragment } from 'react-relay'
import { useEdit } from '../lib/edit'
import * as f from '../lib/format'
import { columnsOf, groupsOf, orderOf } from '../lib/presets'
import { reportOf } from '../lib/range'
import { kept, list, thresholds, useSearchState, type Search } from '../lib/search'
import { useScreen } from '../relay/screen'
import { Delivery } from '../ui/kit'
import type { Column } from '../ui/table'
import { Budget, type BudgetItem } from './Budget'
import { BudgetCell, Toggle } from './Campaigns'
import { ListPage, sortOf, type Kind, type LoadedProps } from './ListPage'
import { deliveryChoice, rowsOf, type Choice } from './tables'
import type { AdGroupsQuery } from '../__generated__/AdGroupsQuery.graphql'
import type { AdGroups_list$data, AdGroups_list$key } from '../__generated__/AdGroups_list.graphql'

const query = graphql`
  query AdGroupsQuery(
    $account: ID!
    $first: Int!
    $after: String
    $filter: AdGroupFilter
    $orderBy: AdGroupOrder
    $report: ReportInput!
    $basics: Boolean!
    $delivery: Boolean!
    $engagement: Boolean!
    $traffic: Boolean!
    $conversions: Boolean!
    $video: Boolean!
    $trend: Boolean!
  ) @screen(statements: 8) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...AdGroups_list
    }
  }
`

const fragment = graphql`
  fragment AdGroups_list on Advertiser {
    currency
    timeZone
    viewerCanEditCampaigns
    adGroups(first: $first, after: $after, filter: $filter, orderBy: $orderBy, report: $report) @catch {
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
        total {
          ...columns_values
        }
        change {
          ...columns_changes
        }
        series(granularity: DAY) @include(if: $trend) {
          values {
            spend {
              amount
            }
          }
        }
      }
      edges {
        node {
          id
          name
          status
          version
          updatedAt
          startAt
          endAt
          isLearning
          placement
          bidStrategy
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
          bid {
            amount
          }
          campaign {
            id
            name
          }
        }
        metrics {
          total {
            ...columns_values
          }
          change {
            ...columns_changes
          }
          series(granularity: DAY) @include(if: $trend) {
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
`

type Edge = NonNullable<Extract<AdGroups_list$data['adGroups'], { ok: true }>['value']>['edges'][number]

const kind: Kind = {
  level: 'AD_GROUP',
  title: 'Ad groups',
  what: 'ad groups',
  filter: (s) => ({
    ...(s.campaigns ? { campaignIds: list(s.campaigns) } : {}),
    ...(s.status ? { status: list(s.status) } : {}),
    ...(s.delivery ? { delivery: list(s.delivery) } : {}),
    ...(s.q ? { nameContains: s.q } : {}),
    ...(s.where ? { metrics: thresholds(s.where) } : {}),
  }),
  fields: ['id', 'name', 'campaignName', 'status', 'delivery', 'currency'],
  attributes: { BUDGET: 'Budget', BID: 'Bid', SCHEDULE: 'Schedule', PARENT: 'Campaign', UPDATED: 'Changed' },
}

export function AdGroups() {
  const { account } = useParams({ from: '/a/$account/ad-groups' })
  const [search, patch] = useSearchState()
  const { setup: _, ...groups } = groupsOf(columnsOf(search))
  const screen = useScreen<AdGroupsQuery>(query, {
    account,
    first: rowsOf(search),
    after: list(search.after).at(-1) ?? null,
    filter: kind.filter(search) as never,
    orderBy: orderOf(sortOf(search)) as never,
    report: reportOf(search),
    ...groups,
  })
  return (
    <ListPage<AdGroupsQuery, Edge> kind={kind} account={account} search={search} patch={patch} screen={screen}>
      {(table, advertiser) => <Rows of={advertiser as unknown as AdGroups_list$key} account={account} search={search} table={table} />}
    </ListPage>
  )
}

function Rows({ of, account, search, table }: { of: AdGroups_list$key; account: string; search: Search; table: (p: LoadedProps<Edge>) => ReactNode }) {
  const data = useFragment(fragment, of)
  const { currency, timeZone, viewerCanEditCampaigns: canEdit } = data
  const { edit } = useEdit('AD_GROUP', account)
  const [budget, setBudget] = useState<BudgetItem | null>(null)
  const attributes = useMemo<Record<string, Column<Edge>>>(
    () => ({
      BUDGET: { id: 'BUDGET', head: 'Budget', sort: 'BUDGET', right: true, cell: ({ node }) => <BudgetCell node={node} canEdit={canEdit} none="by campaign" onEdit={setBudget} /> },
      BID: { id: 'BID', head: 'Bid', sort: 'BID', right: true, cell: ({ node }) => (node.bid ? f.money(node.bid.amount, currency) : <span className="muted">automatic</span>) },
      SCHEDULE: { id: 'SCHEDULE', head: 'Schedule', sort: 'START_AT', cell: ({ node }) => `${node.startAt ? f.dayOf(node.startAt, timeZone) : 'With its campaign'} – ${node.endAt ? f.dayOf(node.endAt, timeZone) : 'no end'}` },
      PARENT: {
        id: 'PARENT',
        head: 'Campaign',
        cell: ({ node }) =>
          node.campaign ? (
            <Link to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.campaign.id }} search={kept(search) as never}>
              {node.campaign.name}
            </Link>
          ) : (
            f.none
          ),
      },
      UPDATED: { id: 'UPDATED', head: 'Changed', sort: 'UPDATED_AT', cell: ({ node }) => f.instant(node.updatedAt, timeZone) },
    }),
    [account, canEdit, currency, search, timeZone],
  )
  const first = useMemo<Column<Edge>[]>(
    () => [
      { id: 'On', head: 'On', className: 'pin2 c-on', cell: ({ node }) => <Toggle node={node} canEdit={canEdit} onChange={(on) => void edit([node], { status: on ? 'ACTIVE' : 'PAUSED' })} /> },
      {
        id: 'NAME',
        head: 'Ad group',
        sort: 'NAME',
        rowHead: true,
        className: 'pin3 c-name',
        cell: ({ node }) => (
          <span className="two">
            <Link className="name" to="/a/$account/ad-groups/$adGroup" params={{ account, adGroup: node.id }} search={kept(search) as never} title={node.name}>
              {node.name}
            </Link>
            <small>
              <Delivery delivery={node.delivery} />
              {node.isLearning ? <span className="badge info" style={{ minHeight: 16, fontSize: 11 }}>learning</span> : null}
              <span className="clip1">{node.campaign?.name}</span>
            </small>
          </span>
        ),
      },
    ],
    [account, canEdit, edit, search],
  )
  const extra = search.campaigns ? [{ text: list(search.campaigns).length === 1 ? 'In one campaign' : `In ${list(search.campaigns).length} campaigns`, clear: { campaigns: undefined } }] : []
  return (
    <>
      {table({ list: data.adGroups, currency, timeZone, canEdit, first, attributes, choices, extra })}
      {budget ? <Budget account={account} level="AD_GROUP" item={budget} onClose={() => setBudget(null)} /> : null}
    </>
  )
}
const choices: Choice[] = [deliveryChoice]

// The campaigns of an account with their numbers.
import { Link, useParams } from '@tanstack/react-router'
import { Pencil, Plus } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { graphql, useFragment } from 'react-relay'
import { useEdit } from '../lib/edit'
import * as f from '../lib/format'
import { columnsOf, groupsOf, orderOf } from '../lib/presets'
import { reportOf } from '../lib/range'
import { kept, list, thresholds, useSearchState, type Search } from '../lib/search'
import { useScreen } from '../relay/screen'
import { Delivery, Switch, Tip } from '../ui/kit'
import type { Column } from '../ui/table'
import { Budget, type BudgetItem } from './Budget'
import { ListPage, sortOf, type Kind, type LoadedProps } from './ListPage'
import { deliveryChoice, rowsOf, type Choice } from './tables'
import type { CampaignsQuery } from '../__generated__/CampaignsQuery.graphql'
import type { Campaigns_list$data, Campaigns_list$key } from '../__generated__/Campaigns_list.graphql'

const query = graphql`
  query CampaignsQuery(
    $account: ID!
    $first: Int!
    $after: String
    $filter: CampaignFilter
    $orderBy: CampaignOrder
    $report: ReportInput!
    $basics: Boolean!
    $delivery: Boolean!
    $engagement: Boolean!
    $traffic: Boolean!
    $conversions: Boolean!
    $video: Boolean!
    $setup: Boolean!
    $trend: Boolean!
  ) @screen(statements: 9) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...Campaigns_list
    }
  }
`

const fragment = graphql`
  fragment Campaigns_list on Advertiser {
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
        objective {
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
          objective
          updatedAt
          name
          status
          version
          startAt
          endAt
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
          ... @include(if: $setup) {
            labels {
              id
              value
            }
            adGroups(first: 1) {
              totalCount
            }
            ads(first: 1) {
              totalCount
            }
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

type List = Extract<Campaigns_list$data['campaigns'], { ok: true }>['value']
type Edge = NonNullable<List>['edges'][number]

export const campaignFilter = (s: Search) => ({
  ...(s.status ? { status: list(s.status) as never } : {}),
  ...(s.delivery ? { delivery: list(s.delivery) as never } : {}),
  ...(s.objective ? { objective: list(s.objective) as never } : {}),
  ...(s.labels ? { labelIds: list(s.labels) } : {}),
  ...(s.q ? { nameContains: s.q } : {}),
  ...(s.where ? { metrics: thresholds(s.where) as never } : {}),
})
export const objectives = ['AWARENESS', 'CONSIDERATION', 'WEB_CONVERSION', 'CATALOG_SALES', 'VIDEO_COMPLETION']

const kind: Kind = {
  level: 'CAMPAIGN',
  title: 'Campaigns',
  what: 'campaigns',
  filter: campaignFilter,
  fields: ['id', 'name', 'status', 'delivery', 'objective', 'currency'],
  attributes: { OBJECTIVE: 'Objective', BUDGET: 'Budget', SCHEDULE: 'Schedule', LABELS: 'Labels', CHILDREN: 'Ad groups, ads', UPDATED: 'Changed' },
}

export function Campaigns() {
  const { account } = useParams({ from: '/a/$account/campaigns' })
  const [search, patch] = useSearchState()
  const screen = useScreen<CampaignsQuery>(query, {
    account,
    first: rowsOf(search),
    after: list(search.after).at(-1) ?? null,
    filter: campaignFilter(search),
    orderBy: orderOf(sortOf(search)) as never,
    report: reportOf(search),
    ...groupsOf(columnsOf(search)),
  })
  return (
    <ListPage<CampaignsQuery, Edge> kind={kind} account={account} search={search} patch={patch} screen={screen}>
      {(table, advertiser) => <Rows of={advertiser as unknown as Campaigns_list$key} account={account} search={search} table={table} />}
    </ListPage>
  )
}

function Rows({ of, account, search, table }: { of: Campaigns_list$key; account: string; search: Search; table: (p: LoadedProps<Edge>) => ReactNode }) {
  const data = useFragment(fragment, of)
  const { currency, timeZone, viewerCanEditCampaigns: canEdit } = data
  const { edit } = useEdit('CAMPAIGN', account)
  const [budget, setBudget] = useState<BudgetItem | null>(null)
  const attributes = useMemo<Record<string, Column<Edge>>>(
    () => ({
      OBJECTIVE: { id: 'OBJECTIVE', head: 'Objective', sort: 'OBJECTIVE', cell: ({ node }) => f.words(node.objective) },
      BUDGET: {
        id: 'BUDGET',
        head: 'Budget',
        sort: 'BUDGET',
        right: true,
        cell: ({ node }) => <BudgetCell node={node} canEdit={canEdit} none="by ad group" onEdit={setBudget} />,
      },
      SCHEDULE: {
        id: 'SCHEDULE',
        head: 'Schedule',
        sort: 'START_AT',
        cell: ({ node }) => (
          <span>
            {node.startAt ? f.dayOf(node.startAt, timeZone) : 'At once'} – {node.endAt ? f.dayOf(node.endAt, timeZone) : 'no end'}
          </span>
        ),
      },
      LABELS: { id: 'LABELS', head: 'Labels', cell: ({ node }) => <span style={{ display: 'flex', gap: 4 }}>{node.labels?.slice(0, 3).map((l) => <span key={l.id} className="badge">{l.value}</span>)}</span> },
      CHILDREN: { id: 'CHILDREN', head: 'Ad groups, ads', right: true, cell: ({ node }) => `${f.count(node.adGroups?.totalCount)} · ${f.count(node.ads?.totalCount)}` },
      UPDATED: { id: 'UPDATED', head: 'Changed', sort: 'UPDATED_AT', cell: ({ node }) => f.instant(node.updatedAt, timeZone) },
    }),
    [canEdit, timeZone],
  )
  const first = useMemo<Column<Edge>[]>(
    () => [
      {
        id: 'On',
        head: 'On',
        className: 'pin2 c-on',
        cell: ({ node }) => <Toggle node={node} canEdit={canEdit} onChange={(on) => void edit([node], { status: on ? 'ACTIVE' : 'PAUSED' })} />,
      },
      {
        id: 'NAME',
        head: 'Campaign',
        sort: 'NAME',
        rowHead: true,
        className: 'pin3 c-name',
        cell: ({ node }) => (
          <span className="two">
            <Link className="name" to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.id }} search={kept(search) as never} title={node.name}>
              {node.name}
            </Link>
            <small>
              <Delivery delivery={node.delivery} />
              <span aria-hidden>·</span> {f.words(node.objective)}
            </small>
          </span>
        ),
      },
    ],
    [account, canEdit, edit, search],
  )
  const choices: Choice[] = [{ key: 'objective', title: 'Objective', values: objectives, facets: data.campaigns.ok ? data.campaigns.value?.facets?.objective : undefined }, deliveryChoice]
  const create = canEdit ? (
    <Link to="/a/$account/create" params={{ account }} className="btn primary">
      <Plus className="i" aria-hidden /> Create
    </Link>
  ) : null
  return (
    <>
      {table({ list: data.campaigns, currency, timeZone, canEdit, first, attributes, choices, create, plan: true })}
      {budget ? <Budget account={account} level="CAMPAIGN" item={budget} onClose={() => setBudget(null)} /> : null}
    </>
  )
}

type BudgetNode = { readonly id: string; readonly name: string; readonly version: number; readonly status: string; readonly budget?: BudgetItem['budget'] | null }

export function BudgetCell({ node, canEdit, none, onEdit }: { node: BudgetNode; canEdit: boolean; none: string; onEdit: (item: BudgetItem) => void }) {
  const { budget } = node
  if (!budget) return <span className="muted">{none}</span>
  const amount = f.money(budget.amount.amount, budget.amount.currency)
  return (
    <span className="two">
      {canEdit && ['ACTIVE', 'PAUSED', 'DRAFT'].includes(node.status) ? (
        <button className="linkish cell-edit" onClick={() => onEdit({ ...node, budget })}>
          <Pencil className="i" aria-hidden />
          <span className="sr">Change the budget of {node.name}:</span>
          {amount}
        </button>
      ) : (
        <span>{amount}</span>
      )}
      <small>{budget.type === 'LIFETIME' ? 'in all' : 'a day'}</small>
    </span>
  )
}

export function Toggle({ node, canEdit, onChange }: { node: { name: string; status: string }; canEdit: boolean; onChange: (on: boolean) => void }) {
  const final = node.status !== 'ACTIVE' && node.status !== 'PAUSED'
  const toggle = <Switch label={`${node.name} is ${node.status === 'ACTIVE' ? 'on' : 'off'}`} on={node.status === 'ACTIVE'} disabled={!canEdit || final} onChange={onChange} />
  if (!canEdit || final) {
    const why = final ? `It is ${f.words(node.status).toLowerCase()}, so it cannot be switched.` : 'Switching needs the right to edit campaigns, which your roles in this account do not have.'
    return (
      <Tip text={why}>
        <button className="linkish" style={{ lineHeight: 0 }} aria-label={why}>
          <span inert>{toggle}</span>
        </button>
      </Tip>
    )
  }
  return toggle
}

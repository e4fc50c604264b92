// The campaigns of an account with their numbers.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Archive, Pause, Pencil, Play, Plus, Wallet, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { graphql, useFragment } from 'react-relay'
import { useEdit, type Problem } from '../lib/edit'
import { download } from '../lib/export'
import * as f from '../lib/format'
import { columnsOf, groupsOf, orderOf, metricNamed } from '../lib/presets'
import { compareOf, reportOf } from '../lib/range'
import { kept, list, thresholds, useSearchState, type Patch, type Search } from '../lib/search'
import { failureOfField } from '../relay/errors'
import { Failed, Panel, useScreen } from '../relay/screen'
import { Button, Delivery, Dialog, Switch, Tip } from '../ui/kit'
import { DateRange } from '../ui/range'
import { DataTable, TableSkeleton, type Column, type Selection } from '../ui/table'
import { Budget, type BudgetItem } from './Budget'
import { Fresh, Shell } from './Shell'
import { Chips, ColumnsButton, deliveryChoice, ExportButton, Filters, isFiltered, metricColumns, NoRows, Pager, rowsOf, SearchBox, StatusChips, type Choice } from './tables'
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
          from
          to
          previousFrom
          previousTo
          timeZone
          dataAsOf
          conversionsFinalThrough
          isPartial
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
const sortOf = (s: Search) => s.sort ?? '-SPEND'
export const objectives = ['AWARENESS', 'CONSIDERATION', 'WEB_CONVERSION', 'CATALOG_SALES', 'VIDEO_COMPLETION']

export function Campaigns() {
  const { account } = useParams({ from: '/a/$account/campaigns' })
  const [search, patch] = useSearchState()
  const columns = columnsOf(search)
  const screen = useScreen<CampaignsQuery>(query, {
    account,
    first: rowsOf(search),
    after: list(search.after).at(-1) ?? null,
    filter: campaignFilter(search),
    orderBy: orderOf(sortOf(search)) as never,
    report: reportOf(search),
    ...groupsOf(columns),
  })
  const [picked, setPicked] = useState<Record<string, Edge>>({})
  const body = (
    <Panel
      screen={screen}
      fallback={
        <>
          <Head search={search} patch={patch} account={account} />
          <div className="card table-card">
            <div className="tools">
              <SearchBox search={search} patch={patch} what="campaigns" />
              <StatusChips search={search} patch={patch} facets={null} />
            </div>
            <TableSkeleton />
          </div>
        </>
      }
      failed={(failure) => (
        <>
          <Head search={search} patch={patch} account={account} />
          <div className="card table-card">
            <div className="tools">
              <SearchBox search={search} patch={patch} what="campaigns" />
              <StatusChips search={search} patch={patch} facets={null} />
            </div>
            <Failed failure={failure} retry={screen.reload} acts={search.after ? <Button onPress={() => patch({ after: undefined })}>Go to the first page</Button> : null} />
          </div>
        </>
      )}
    >
      {({ advertiser }) => (advertiser.ok && advertiser.value ? <Loaded of={advertiser.value} account={account} search={search} patch={patch} pending={screen.pending} reload={screen.reload} picked={picked} setPicked={setPicked} /> : null)}
    </Panel>
  )
  return <Shell screen={screen}>{body}</Shell>
}

function Head(p: { search: Search; patch: Patch; account: string; list?: List; timeZone?: string; canEdit?: boolean; reload?: () => void }) {
  const context = p.list?.totals?.context
  return (
    <div className="page-head">
      <h1>Campaigns</h1>
      {context ? <Fresh context={context} account={p.account} reload={p.reload!} /> : null}
      <div className="end">
        <DateRange search={p.search} patch={p.patch} context={context ?? null} {...(p.timeZone ? { timeZone: p.timeZone } : {})} />
        {p.canEdit ? (
          <Link to="/a/$account/create" params={{ account: p.account }} className="btn primary">
            <Plus className="i" aria-hidden /> Create
          </Link>
        ) : null}
      </div>
    </div>
  )
}

function Loaded(p: { of: Campaigns_list$key; account: string; search: Search; patch: Patch; pending: boolean; reload: () => void; picked: Record<string, Edge>; setPicked: (p: Record<string, Edge>) => void }) {
  const { account, search, patch } = p
  const data = useFragment(fragment, p.of)
  const { currency, timeZone, viewerCanEditCampaigns: canEdit } = data
  const { edit } = useEdit('CAMPAIGN', account)
  const [budget, setBudget] = useState<BudgetItem | null>(null)
  const rows = data.campaigns.ok ? (data.campaigns.value?.edges ?? noEdges) : noEdges
  const totals = data.campaigns.ok ? data.campaigns.value?.totals : null
  const total = data.campaigns.ok ? data.campaigns.value?.totalCount : null
  const columns = useMemo<Column<Edge>[]>(() => {
    const attributes: Record<string, Column<Edge>> = {
      OBJECTIVE: { id: 'OBJECTIVE', head: 'Objective', sort: 'OBJECTIVE', cell: ({ node }) => f.words(node.objective) },
      BUDGET: {
        id: 'BUDGET',
        head: 'Budget',
        sort: 'BUDGET',
        right: true,
        cell: ({ node }) =>
          node.budget ? (
            <span className="two">
              {canEdit && node.status !== 'ARCHIVED' ? (
                <button className="linkish cell-edit" aria-label={`Change the budget of ${node.name}: ${f.money(node.budget.amount.amount, currency)}`} onClick={() => setBudget({ ...node, budget: node.budget! })}>
                  <Pencil className="i" aria-hidden />
                  {f.money(node.budget.amount.amount, currency)}
                </button>
              ) : (
                <span>{f.money(node.budget.amount.amount, currency)}</span>
              )}
              <small>{node.budget.type === 'DAILY' ? 'a day' : 'in all'}</small>
            </span>
          ) : (
            <span className="muted">by ad group</span>
          ),
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
    }
    const visible = columnsOf(search)
    const metric = metricColumns<Edge>(visible, currency, (r) => r.metrics, totals)
    return [
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
        total: <>Total of {f.count(total)} {isFiltered(search) ? 'that match' : 'campaigns'}</>,
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
      ...visible.flatMap((c) => attributes[c] ?? metric.find((m) => m.id === c) ?? []),
    ]
  }, [search, currency, timeZone, canEdit, account, totals, total, edit])
  const selection = useMemo<Selection>(() => Object.fromEntries(Object.keys(p.picked).map((k) => [k, true])) as Selection, [p.picked])
  const value = data.campaigns.ok ? data.campaigns.value : null
  const choices: Choice[] = [
    { key: 'objective', title: 'Objective', values: objectives, facets: value?.facets?.objective },
    deliveryChoice,
  ]
  return (
    <>
      <Head search={search} patch={patch} account={account} list={value} timeZone={timeZone} canEdit={canEdit} reload={p.reload} />
      <div className={`card table-card ${p.pending ? 'busy' : ''}`} aria-busy={p.pending}>
        <div className="tools">
          <SearchBox search={search} patch={patch} what="campaigns" />
          <StatusChips search={search} patch={patch} facets={value?.facets?.status ?? null} />
          <div className="end">
            <Filters search={search} patch={patch} choices={choices} />
            <ColumnsButton search={search} patch={patch} attributes={{ OBJECTIVE: 'Objective', BUDGET: 'Budget', SCHEDULE: 'Schedule', LABELS: 'Labels', CHILDREN: 'Ad groups, ads', UPDATED: 'Changed', TREND: 'Spend by day' }} />
            <ExportButton
              onPress={() =>
                void download({
                  advertiser: account,
                  level: 'CAMPAIGN',
                  format: 'CSV',
                  bom: true,
                  fields: ['id', 'name', 'status', 'delivery', 'objective', 'currency'],
                  metrics: columnsOf(search).filter(metricNamed),
                  filter: campaignFilter(search),
                  orderBy: orderOf(sortOf(search)),
                  report: reportOf(search),
                })
              }
            />
          </div>
        </div>
        <Chips search={search} patch={patch} choices={choices} currency={currency} />
        {!data.campaigns.ok ? (
          <Failed failure={failureOfField(data.campaigns)} retry={p.reload} acts={search.after ? <Button onPress={() => patch({ after: undefined })}>Go to the first page</Button> : null} />
        ) : rows.length === 0 ? (
          <NoRows search={search} patch={patch} what="campaigns" create={canEdit ? <Link to="/a/$account/create" params={{ account }} className="btn primary">Create a campaign</Link> : null} />
        ) : (
          <>
            <div className="scroll" tabIndex={0} role="region" aria-label="Campaigns with their numbers">
              <DataTable
                label={`Campaigns, ${compareOf(search) === 'none' ? '' : 'with change against the earlier range'}`}
                columns={columns}
                rows={rows}
                idOf={(r) => r.node.id}
                nameOf={(r) => r.node.name}
                totals
                sort={sortOf(search)}
                onSort={(sort) => patch({ sort: sort === '-SPEND' ? undefined : sort })}
                {...(canEdit
                  ? {
                      selection,
                      canSelect: (r: Edge) => r.node.status !== 'ARCHIVED' && r.node.status !== 'DELETED_DRAFT',
                      onSelection: (s: Selection) => p.setPicked(Object.fromEntries(Object.keys(s).map((id) => [id, rows.find((r) => r.node.id === id) ?? p.picked[id]!]))),
                    }
                  : {})}
              />
            </div>
            <Pager search={search} patch={patch} shown={rows.length} total={total} next={value?.pageInfo.hasNextPage ? (value.pageInfo.endCursor ?? null) : null} what="campaigns" />
          </>
        )}
      </div>
      {budget ? <Budget account={account} level="CAMPAIGN" item={budget} onClose={() => setBudget(null)} /> : null}
      {Object.keys(p.picked).length > 0 ? <Bulk account={account} search={search} picked={p.picked} rows={rows} total={total ?? null} clear={() => p.setPicked({})} /> : null}
    </>
  )
}
const noEdges: readonly Edge[] = []

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

function Bulk({ account, search, picked, rows, total, clear }: { account: string; search: Search; picked: Record<string, Edge>; rows: readonly Edge[]; total: number | null; clear: () => void }) {
  const navigate = useNavigate()
  const { edit } = useEdit('CAMPAIGN', account)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [archiving, setArchiving] = useState(false)
  // Versions as they are now, which changes of colleagues have moved on.
  const items = Object.entries(picked).map(([id, e]) => (rows.find((r) => r.node.id === id) ?? e).node)
  const run = async (status: 'ACTIVE' | 'PAUSED' | 'ARCHIVED') => {
    const wrong = await edit(items, { status })
    if (wrong.length === 0) clear()
    else if (items.length > 1) setProblems(wrong)
  }
  const plan = (all: boolean) =>
    void navigate({ to: '/a/$account/campaigns/edit', params: { account }, search: { ...search, after: undefined, ids: all ? undefined : items.map((i) => i.id).join(',') } as never })
  return (
    <>
      <div className="bulk" role="region" aria-label="Selected campaigns">
        <strong>{items.length} selected</strong>
        <Button onPress={() => void run('PAUSED')}>
          <Pause className="i" aria-hidden /> Pause
        </Button>
        <Button onPress={() => void run('ACTIVE')}>
          <Play className="i" aria-hidden /> Activate
        </Button>
        <Button onPress={() => plan(false)}>
          <Wallet className="i" aria-hidden /> Edit and preview…
        </Button>
        <Button onPress={() => setArchiving(true)}>
          <Archive className="i" aria-hidden /> Archive
        </Button>
        {total !== null && total > items.length ? <Button onPress={() => plan(true)}>Edit all {f.count(total)} that match…</Button> : null}
        <Button icon aria-label="Clear selection" onPress={clear}>
          <X className="i" aria-hidden />
        </Button>
      </div>
      <Dialog
        open={archiving}
        title={`Archive ${items.length === 1 ? `“${items[0]!.name}”` : `${items.length} campaigns`}?`}
        text="Archiving stops them and everything below them for good. Their numbers stay."
        onClose={() => setArchiving(false)}
        end={
          <>
            <Button onPress={() => setArchiving(false)}>Keep</Button>
            <Button
              look="danger"
              onPress={() => {
                setArchiving(false)
                void run('ARCHIVED')
              }}
            >
              Archive
            </Button>
          </>
        }
      />
      <Dialog
        open={problems.length > 0}
        wide
        title={`${problems.length} of ${items.length} were not changed`}
        text="The others were. What was not changed stays selected."
        onClose={() => setProblems([])}
        end={
          <Button look="primary" onPress={() => setProblems([])}>
            Close
          </Button>
        }
      >
        <table className="list">
          <thead>
            <tr>
              <th scope="col">Campaign</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((e, i) => (
              <tr key={i}>
                <td>{items[Number(e.path[1])]?.name ?? f.none}</td>
                <td>{e.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Dialog>
    </>
  )
}

// The page of a table: campaigns, ad groups or ads with their numbers, how to
// find them, and what can be done with those that are picked.
import { useNavigate } from '@tanstack/react-router'
import { Archive, Pause, Play, Wallet, X } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import type { OperationType } from 'relay-runtime'
import { useEdit, type Item, type Level, type Problem } from '../lib/edit'
import { download } from '../lib/export'
import * as f from '../lib/format'
import { columnsOf, metricNamed, orderOf } from '../lib/presets'
import { reportOf } from '../lib/range'
import type { Patch, Search } from '../lib/search'
import { failureOfField, type Caught } from '../relay/errors'
import { Failed, Panel, type Screen } from '../relay/screen'
import { Button, Dialog } from '../ui/kit'
import { DateRange, type Context } from '../ui/range'
import { DataTable, TableSkeleton, type Column, type Selection } from '../ui/table'
import { Fresh, Shell, type ShellData } from './Shell'
import { Chips, ColumnsButton, ExportButton, Filters, isFiltered, metricColumns, NoRows, Pager, SearchBox, StatusChips, type Choice, type FacetData, type Numbers } from './tables'

export type Edge = {
  readonly node: { readonly id: string; readonly name?: string | null; readonly status: string; readonly version: number }
  readonly metrics?: Numbers | null
}
type ListData<E extends Edge> = {
  readonly totalCount?: number | null
  readonly facets?: { readonly status: FacetData } | null
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
  readonly totals?: (Numbers & { readonly context: Context & { readonly dataAsOf?: string | null; readonly timeZone: string; readonly isPartial: boolean; readonly conversionsFinalThrough?: string | null } }) | null
  readonly edges: readonly E[]
}

export const sortOf = (s: Search) => s.sort ?? '-SPEND'

export type Kind = {
  level: Level
  title: string
  // Several of them, in a sentence.
  what: string
  filter: (s: Search) => Record<string, unknown>
  // What an export says of a row.
  fields: string[]
  // Columns that are no metrics, by their titles.
  attributes: Record<string, string>
}

type Props<Q extends OperationType, E extends Edge> = {
  kind: Kind
  account: string
  search: Search
  patch: Patch
  screen: Screen<Q>
  children: (table: (p: LoadedProps<E>) => ReactNode, advertiser: Extract<ShellData['advertiser'], { ok: true }>['value']) => ReactNode
}

export function ListPage<Q extends OperationType, E extends Edge>(p: Props<Q, E>) {
  const { kind, account, search, patch, screen } = p
  const [picked, setPicked] = useState<Record<string, E>>({})
  const around = (body: ReactNode) => (
    <>
      <div className="page-head">
        <h1>{kind.title}</h1>
        <div className="end">
          <DateRange search={search} patch={patch} />
        </div>
      </div>
      <div className="card table-card">
        <div className="tools">
          <SearchBox search={search} patch={patch} what={kind.what} />
          <StatusChips search={search} patch={patch} facets={null} />
        </div>
        {body}
      </div>
    </>
  )
  return (
    <Shell screen={screen}>
      <Panel
        screen={screen}
        fallback={around(<TableSkeleton />)}
        failed={(failure) => around(<Failed failure={failure} retry={screen.reload} acts={search.after ? <Button onPress={() => patch({ after: undefined })}>Go to the first page</Button> : null} />)}
      >
        {(data) => {
          const { advertiser } = data as ShellData
          return advertiser.ok && advertiser.value
            ? p.children((props) => <Loaded {...props} kind={kind} account={account} search={search} patch={patch} pending={screen.pending} reload={screen.reload} picked={picked} setPicked={setPicked} />, advertiser.value)
            : null
        }}
      </Panel>
    </Shell>
  )
}

export type LoadedProps<E extends Edge> = {
  list: Caught<ListData<E> | null | undefined>
  currency: string
  timeZone: string
  canEdit: boolean
  // The columns that come first, and those that are no metrics.
  first: Column<E>[]
  attributes: Record<string, Column<E>>
  choices: Choice[]
  extra?: { text: string; clear: Search }[]
  create?: ReactNode
  plan?: boolean
}

type Inner<E extends Edge> = LoadedProps<E> & {
  kind: Kind
  account: string
  search: Search
  patch: Patch
  pending: boolean
  reload: () => void
  picked: Record<string, E>
  setPicked: (p: Record<string, E>) => void
}

const nameOf = (e: Edge) => e.node.name ?? 'Unnamed'

function Loaded<E extends Edge>(p: Inner<E>) {
  const { kind, account, search, patch, list, currency } = p
  const value = list.ok ? (list.value ?? null) : null
  const rows = useMemo(() => value?.edges ?? [], [value])
  const columns = useMemo<Column<E>[]>(() => {
    const visible = columnsOf(search)
    const metric = metricColumns<E>(visible, currency, (r) => r.metrics, value?.totals)
    const lead = p.first.at(-1)
    const name = { ...lead!, total: `Total of ${f.count(value?.totalCount)} ${isFiltered(search) ? 'that match' : kind.what}` }
    return [...p.first.slice(0, -1), name, ...visible.flatMap((c) => p.attributes[c] ?? metric.find((m) => m.id === c) ?? [])]
  }, [search, currency, value, p.first, p.attributes, kind])
  const selection = useMemo<Selection>(() => Object.fromEntries(Object.keys(p.picked).map((k) => [k, true])) as Selection, [p.picked])
  const context = value?.totals?.context
  const firstPage = search.after ? <Button onPress={() => patch({ after: undefined })}>Go to the first page</Button> : null
  return (
    <>
      <div className="page-head">
        <h1>{kind.title}</h1>
        {context ? <Fresh context={context} account={account} reload={p.reload} /> : null}
        <div className="end">
          <DateRange search={search} patch={patch} context={context ?? null} timeZone={p.timeZone} />
          {p.create}
        </div>
      </div>
      <div className={`card table-card ${p.pending ? 'busy' : ''}`} aria-busy={p.pending}>
        <div className="tools">
          <SearchBox search={search} patch={patch} what={kind.what} />
          <StatusChips search={search} patch={patch} facets={value?.facets?.status ?? null} />
          <div className="end">
            <Filters search={search} patch={patch} choices={p.choices} />
            <ColumnsButton search={search} patch={patch} attributes={{ ...kind.attributes, TREND: 'Spend by day' }} />
            <ExportButton
              onPress={() =>
                void download({
                  advertiser: account,
                  level: kind.level,
                  format: 'CSV',
                  bom: true,
                  fields: kind.fields,
                  metrics: columnsOf(search).filter(metricNamed),
                  filter: kind.filter(search),
                  orderBy: orderOf(sortOf(search)),
                  report: reportOf(search),
                })
              }
            />
          </div>
        </div>
        <Chips search={search} patch={patch} choices={p.choices} currency={currency} extra={p.extra ?? []} />
        {!list.ok ? (
          <Failed failure={failureOfField(list)} retry={p.reload} acts={firstPage} />
        ) : rows.length === 0 ? (
          <NoRows search={search} patch={patch} what={kind.what} create={p.create} />
        ) : (
          <>
            <div className="scroll" tabIndex={0} role="region" aria-label={`${kind.title} with their numbers`}>
              <DataTable
                label={`${kind.title} with their numbers`}
                columns={columns}
                rows={rows}
                idOf={(r) => r.node.id}
                nameOf={nameOf}
                totals
                sort={sortOf(search)}
                onSort={(sort) => patch({ sort: sort === '-SPEND' ? undefined : sort })}
                {...(p.canEdit
                  ? {
                      selection,
                      canSelect: (r: E) => r.node.status !== 'ARCHIVED' && r.node.status !== 'DELETED_DRAFT',
                      onSelection: (s: Selection) => p.setPicked(Object.fromEntries(Object.keys(s).map((id) => [id, rows.find((r) => r.node.id === id) ?? p.picked[id]!]))),
                    }
                  : {})}
              />
            </div>
            <Pager search={search} patch={patch} shown={rows.length} total={value?.totalCount} next={value?.pageInfo.hasNextPage ? (value.pageInfo.endCursor ?? null) : null} what={kind.what} />
          </>
        )}
      </div>
      {Object.keys(p.picked).length > 0 ? <Bulk kind={kind} account={account} search={search} picked={p.picked} rows={rows} total={value?.totalCount ?? null} plan={p.plan ?? false} clear={() => p.setPicked({})} /> : null}
    </>
  )
}

function Bulk<E extends Edge>({ kind, account, search, picked, rows, total, plan, clear }: { kind: Kind; account: string; search: Search; picked: Record<string, E>; rows: readonly E[]; total: number | null; plan: boolean; clear: () => void }) {
  const navigate = useNavigate()
  const { edit } = useEdit(kind.level, account)
  const [problems, setProblems] = useState<{ name: string; problem: Problem }[]>([])
  const [archiving, setArchiving] = useState(false)
  // Versions as they are now, which changes of colleagues have moved on.
  const items: Item[] = Object.entries(picked).map(([id, e]) => {
    const now = rows.find((r) => r.node.id === id) ?? e
    return { id, version: now.node.version, name: nameOf(now) }
  })
  const run = async (status: 'ACTIVE' | 'PAUSED' | 'ARCHIVED') => {
    const wrong = await edit(items, { status })
    if (wrong.length === 0) clear()
    else if (items.length > 1) setProblems(wrong.map((problem) => ({ name: items[Number(problem.path[1])]?.name ?? f.none, problem })))
  }
  const preview = (all: boolean) =>
    void navigate({ to: '/a/$account/campaigns/edit', params: { account }, search: { ...search, after: undefined, ids: all ? undefined : items.map((i) => i.id).join(',') } as never })
  return (
    <>
      <div className="bulk" role="region" aria-label={`Selected ${kind.what}`}>
        <strong>{items.length} selected</strong>
        <Button onPress={() => void run('PAUSED')}>
          <Pause className="i" aria-hidden /> Pause
        </Button>
        <Button onPress={() => void run('ACTIVE')}>
          <Play className="i" aria-hidden /> Activate
        </Button>
        {plan ? (
          <Button onPress={() => preview(false)}>
            <Wallet className="i" aria-hidden /> Edit and preview…
          </Button>
        ) : null}
        <Button onPress={() => setArchiving(true)}>
          <Archive className="i" aria-hidden /> Archive
        </Button>
        {plan && total !== null && total > items.length ? <Button onPress={() => preview(true)}>Edit all {f.count(total)} that match…</Button> : null}
        <Button icon aria-label="Clear selection" onPress={clear}>
          <X className="i" aria-hidden />
        </Button>
      </div>
      <Dialog
        open={archiving}
        title={`Archive ${items.length === 1 ? `“${items[0]!.name}”` : `${items.length} ${kind.what}`}?`}
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
              <th scope="col">Name</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((e, i) => (
              <tr key={i}>
                <td>{e.name}</td>
                <td>{e.problem.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Dialog>
    </>
  )
}


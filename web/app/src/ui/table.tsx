// A table of entities with their numbers: sticky heading, totals and names;
// rows that can be picked; columns that sort on the server.
import { ArrowDown, ArrowUp, Info } from 'lucide-react'
import { rowSelectionFeature, tableFeatures, useTable, type ColumnDef, type RowSelectionState } from '@tanstack/react-table'
import { useMemo, type ReactNode } from 'react'
import { Checkbox, Tip } from './kit'
import { Button as AriaButton } from 'react-aria-components'
import { Slow } from '../relay/screen'

const features = tableFeatures({ rowSelectionFeature })

export type Column<Row> = {
  id: string
  head: string
  hint?: string
  // What the server sorts by; none for what it cannot sort by.
  sort?: string
  right?: boolean
  className?: string
  cell: (row: Row) => ReactNode
  total?: ReactNode
  rowHead?: boolean
}

export type Selection = RowSelectionState

export function DataTable<Row>(p: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  idOf: (row: Row) => string
  nameOf: (row: Row) => string
  totals?: boolean
  sort: string
  onSort: (sort: string) => void
  selection?: Selection
  onSelection?: (s: Selection) => void
  canSelect?: (row: Row) => boolean
}) {
  const selectable = p.onSelection !== undefined
  const columns = useMemo<ColumnDef<typeof features, { row: Row }>[]>(
    () => p.columns.map((c) => ({ id: c.id, header: c.head, cell: ({ row }) => c.cell(row.original.row) })),
    [p.columns],
  )
  const data = useMemo(() => p.rows.map((row) => ({ row })), [p.rows])
  const selection = useMemo(() => p.selection ?? {}, [p.selection])
  const table = useTable({
    features,
    columns,
    data,
    getRowId: ({ row }) => p.idOf(row),
    enableRowSelection: ({ original }) => p.canSelect?.(original.row) ?? true,
    state: { rowSelection: selection },
    onRowSelectionChange: (next) => p.onSelection?.(typeof next === 'function' ? next(selection) : next),
  })
  const descending = p.sort.startsWith('-')
  const by = p.sort.replace('-', '')
  return (
    <table className="grid">
      <caption className="sr">{p.label}</caption>
      <thead>
        <tr>
          {selectable ? (
            <th className="pin c-select" scope="col">
              <Checkbox label="Select all on this page" on={table.getIsAllRowsSelected()} some={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()} onChange={(on) => table.toggleAllRowsSelected(on)} />
            </th>
          ) : null}
          {p.columns.map((c) => {
            const active = c.sort !== undefined && c.sort === by
            return (
              <th
                key={c.id}
                scope="col"
                className={`${c.right ? 'r' : ''} ${c.className ?? ''}`}
                {...(c.sort ? { 'aria-sort': active ? (descending ? ('descending' as const) : ('ascending' as const)) : ('none' as const) } : {})}
              >
                {c.sort ? (
                  <Heading hint={c.hint}>
                    <AriaButton className="sort" onPress={() => p.onSort(active ? (descending ? c.sort! : '-' + c.sort) : c.right ? '-' + c.sort : c.sort!)}>
                      {c.right ? active && !descending ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden /> : null}
                      {c.head}
                      {c.right ? null : active && descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />}
                    </AriaButton>
                  </Heading>
                ) : (
                  c.head || <span className="sr">{c.id}</span>
                )}
              </th>
            )
          })}
        </tr>
        {p.totals ? (
          <tr className="totals">
            {selectable ? <td className="pin c-select" /> : null}
            {p.columns.map((c) =>
              c.rowHead ? (
                <th key={c.id} scope="row" className={c.className ?? ''}>
                  {c.total}
                </th>
              ) : (
                <td key={c.id} className={`${c.right ? 'r' : ''} ${c.className ?? ''}`}>
                  {c.total}
                </td>
              ),
            )}
          </tr>
        ) : null}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} {...(selection[row.id] ? { 'data-selected': true } : {})}>
            {selectable ? (
              <td className="pin c-select">
                <Checkbox label={`Select ${p.nameOf(row.original.row)}`} on={row.getIsSelected()} disabled={!row.getCanSelect()} onChange={(on) => row.toggleSelected(on)} />
              </td>
            ) : null}
            {row.getAllCells().map((cell, i) => {
              const c = p.columns[i]!
              const className = `${c.right ? 'r' : ''} ${c.className ?? ''}`
              return c.rowHead ? (
                <th key={cell.id} scope="row" className={className}>
                  <table.FlexRender cell={cell} />
                </th>
              ) : (
                <td key={cell.id} className={className}>
                  <table.FlexRender cell={cell} />
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Heading({ hint, children }: { hint: string | undefined; children: ReactNode }) {
  return hint ? <Tip text={hint}>{children}</Tip> : <>{children}</>
}

export function Hint({ text }: { text: string }) {
  return (
    <Tip text={text}>
      <AriaButton className="linkish" aria-label={text} style={{ lineHeight: 0, color: 'var(--ink-3)' }}>
        <Info className="i" style={{ width: 14 }} aria-hidden />
      </AriaButton>
    </Tip>
  )
}

export function TableSkeleton({ columns = 9, rows = 10 }: { columns?: number; rows?: number }) {
  return (
    <div className="scroll">
      <Slow />
      <table className="grid" aria-hidden>
        <tbody>
          {Array.from({ length: rows + 2 }, (_, r) => (
            <tr key={r}>
              {Array.from({ length: columns }, (_, c) => (
                <td key={c}>
                  <span className="skel" style={{ height: 12, width: c === 1 ? 220 : c === 0 ? 34 : 64 }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

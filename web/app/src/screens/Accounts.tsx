// All accounts of the viewer with their numbers, each in its own currency.
import { Link } from '@tanstack/react-router'
import { Blocks } from 'lucide-react'
import { graphql } from 'react-relay'
import * as f from '../lib/format'
import { orderOf } from '../lib/presets'
import { reportOf } from '../lib/range'
import { useSearchState } from '../lib/search'
import { session } from '../lib/session'
import { failureOfField } from '../relay/errors'
import { Failed, Panel, useScreen } from '../relay/screen'
import { Button, Delta, initials, MenuButton, Sparkline, State } from '../ui/kit'
import { DateRange } from '../ui/range'
import { DataTable, TableSkeleton, type Column } from '../ui/table'
import { SearchBox } from './tables'
import { Thumb2 } from './Shell'
import type { AccountsQuery, AccountsQuery$data } from '../__generated__/AccountsQuery.graphql'

const query = graphql`
  query AccountsQuery($search: String, $report: ReportInput!, $orderBy: AdvertiserOrder!) @screen(statements: 3) {
    viewer {
      name
      email
      advertisers(first: 100, search: $search, report: $report, orderBy: $orderBy) @catch {
        totalCount
        edges {
          node {
            id
            name
            country
            currency
            timeZone
            status
            viewerRoles
          }
          metrics {
            total {
              spend {
                amount
              }
              impressions
              pinClicks
              ctr
              checkouts
              roas
            }
            change {
              spend {
                percent
                verdict
              }
              impressions {
                percent
                verdict
              }
              pinClicks {
                percent
                verdict
              }
              ctr {
                percent
                verdict
              }
              checkouts {
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
  }
`

type Row = NonNullable<Extract<AccountsQuery$data['viewer']['advertisers'], { ok: true }>['value']>['edges'][number]

const number = (id: string, head: string, field: 'spend' | 'impressions' | 'pinClicks' | 'ctr' | 'checkouts' | 'roas', unit: 'money' | 'count' | 'fraction' | 'ratio'): Column<Row> => ({
  id,
  head,
  sort: id,
  right: true,
  cell: ({ node, metrics }) =>
    metrics ? (
      <span className="two">
        <span>{f.metric(metrics.total[field] as never, unit, node.currency)}</span>
        <Delta change={metrics.change?.[field]} bare none={f.none} />
      </span>
    ) : (
      <span className="muted">{f.none}</span>
    ),
})

const columns: Column<Row>[] = [
  {
    id: 'NAME',
    head: 'Account',
    sort: 'NAME',
    rowHead: true,
    className: 'c-name',
    cell: ({ node }) => (
      <span style={{ display: 'flex', gap: 11, alignItems: 'center' }}>
        <Thumb2 name={node.name} />
        <span className="two">
          <Link className="name" to="/a/$account/overview" params={{ account: node.id }}>
            {node.name}
          </Link>
          <small>
            {f.regionName(node.country)} · {f.zoneName(node.timeZone)}
            {node.status === 'DISABLED' ? <span className="badge bad">disabled</span> : null}
          </small>
        </span>
      </span>
    ),
  },
  { id: 'CURRENCY', head: 'Currency', cell: ({ node }) => node.currency },
  number('SPEND', 'Spend', 'spend', 'money'),
  number('IMPRESSIONS', 'Impressions', 'impressions', 'count'),
  number('PIN_CLICKS', 'Pin clicks', 'pinClicks', 'count'),
  number('CTR', 'CTR', 'ctr', 'fraction'),
  number('CHECKOUTS', 'Checkouts', 'checkouts', 'count'),
  number('ROAS', 'ROAS', 'roas', 'ratio'),
  { id: 'TREND', head: 'Spend by day', cell: ({ metrics }) => <Sparkline label="Spend by day" points={(metrics?.series ?? []).map((s) => Number(s.values.spend.amount))} /> },
]

export function Accounts() {
  const [search, patch] = useSearchState()
  const sort = search.sort ?? 'NAME'
  const screen = useScreen<AccountsQuery>(query, { search: search.q ?? null, report: reportOf(search, 'LAST_7_DAYS'), orderBy: orderOf(sort) as never })
  return (
    <div className="shell" style={{ gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateAreas: "'top' 'main'" }}>
      <header className="topbar">
        <Link to="/" className="brand">
          <img src="/icon.svg" alt="Accounts" />
          <span>Ads Manager</span>
        </Link>
        <div className="end">
          <Panel screen={screen} fallback={null} failed={() => null}>
            {({ viewer }) => (
              <MenuButton
                label="You"
                button={
                  <Button look="quiet" icon>
                    <span className="person">{initials(viewer.name ?? '·')}</span>
                    <span className="sr">, signed in as {viewer.name ?? 'unknown'}</span>
                  </Button>
                }
                items={[{ id: 'out', label: `Sign out ${viewer.name ?? ''}`, do: () => session.set(null) }]}
              />
            )}
          </Panel>
        </div>
      </header>
      <main className="page" style={{ maxWidth: 1360, width: '100%', margin: '0 auto' }}>
        <div className="page-head">
          <h1>Accounts</h1>
          <div className="end">
            <DateRange search={search} patch={patch} standard="LAST_7_DAYS" />
          </div>
        </div>
        <div className={`card table-card ${screen.pending ? 'busy' : ''}`}>
          <div className="tools">
            <SearchBox search={search} patch={patch} what="accounts" />
            <p className="muted" style={{ fontSize: 13 }}>Each account in its own currency and days.</p>
          </div>
          <Panel screen={screen} fallback={<TableSkeleton columns={8} />}>
            {({ viewer }) => {
              if (!viewer.advertisers.ok) return <Failed failure={failureOfField(viewer.advertisers)} retry={screen.reload} />
              const rows = viewer.advertisers.value?.edges ?? []
              if (rows.length === 0)
                return (
                  <State icon={<Blocks />} title={search.q ? 'No account has that name or id' : 'No account was shared with you'} acts={search.q ? <Button onPress={() => patch({ q: undefined })}>Clear the search</Button> : <Button onPress={() => session.set(null)}>Sign in as somebody else</Button>}>
                    {search.q ? 'Look for a part of the name.' : `You are signed in as ${viewer.email ?? viewer.name ?? 'somebody'}. An owner of an account can add you to it.`}
                  </State>
                )
              return (
                <div className="scroll" tabIndex={0} role="region" aria-label="Accounts with their numbers">
                  <DataTable label="Accounts" columns={columns} rows={rows} idOf={(r) => r.node.id} nameOf={(r) => r.node.name} sort={sort} onSort={(s) => patch({ sort: s === 'NAME' ? undefined : s })} />
                </div>
              )
            }}
          </Panel>
        </div>
      </main>
    </div>
  )
}

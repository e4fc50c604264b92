// A report: the account split by what one wants to know, and the campaigns that
// spend most, each split the same way.
import { Link, useParams } from '@tanstack/react-router'
import { graphql, useFragment, readInlineData } from 'react-relay'
import { Fragment, useState } from 'react'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { columnValues } from '../lib/columns'
import { download } from '../lib/export'
import * as f from '../lib/format'
import { columnsOf, groupsOf, metricNamed, presetName, presets } from '../lib/presets'
import { reportOf } from '../lib/range'
import { kept, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Button, MenuButton, Sparkline } from '../ui/kit'
import { DateRange } from '../ui/range'
import { TableSkeleton } from '../ui/table'
import { Part } from './parts'
import { Fresh, Shell } from './Shell'
import { ExportButton } from './tables'
import type { columns_values$key } from '../__generated__/columns_values.graphql'
import type { ReportsQuery } from '../__generated__/ReportsQuery.graphql'
import type { Reports_report$key } from '../__generated__/Reports_report.graphql'

const query = graphql`
  query ReportsQuery(
    $account: ID!
    $report: ReportInput!
    $by: Dimension!
    $step: Granularity!
    $basics: Boolean!
    $delivery: Boolean!
    $engagement: Boolean!
    $traffic: Boolean!
    $conversions: Boolean!
    $video: Boolean!
    $trend: Boolean!
    $campaigns: Boolean!
  ) @screen(statements: 9) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...Reports_report
    }
  }
`

const dimensions = ['AGE', 'GENDER', 'COUNTRY', 'REGION', 'DEVICE', 'PLACEMENT', 'KEYWORD', 'INTEREST', 'CREATIVE_TYPE', 'OBJECTIVE', 'DAY']
const steps = ['DAY', 'WEEK', 'MONTH']

export function Reports() {
  const { account } = useParams({ from: '/a/$account/reports' })
  const [search, patch] = useSearchState()
  const by = dimensions.includes(search.by ?? '') ? search.by! : 'AGE'
  const step = steps.includes(search.step ?? '') ? search.step! : 'WEEK'
  const columns = columnsOf(search).filter(metricNamed)
  const { setup: _, trend: __, ...groups } = groupsOf(columns)
  const screen = useScreen<ReportsQuery>(query, {
    account,
    report: reportOf(search),
    by: by as never,
    step: step as never,
    ...groups,
    trend: by !== 'DAY',
    campaigns: by !== 'OBJECTIVE',
  })
  return (
    <Shell screen={screen}>
      <Panel
        screen={screen}
        fallback={
          <>
            <div className="page-head">
              <h1>Reports</h1>
            </div>
            <div className="card table-card">
              <TableSkeleton columns={8} />
            </div>
          </>
        }
      >
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <Report of={advertiser.value} account={account} search={search} patch={patch} by={by} step={step} columns={columns} pending={screen.pending} reload={screen.reload} /> : null)}
      </Panel>
    </Shell>
  )
}

function Report({ of, account, search, patch, by, step, columns, pending, reload }: { of: Reports_report$key; account: string; search: Search; patch: Patch; by: string; step: string; columns: string[]; pending: boolean; reload: () => void }) {
  const data = useFragment(
    graphql`
      fragment Reports_report on Advertiser {
        currency
        timeZone
        metrics(report: $report) @catch {
          context {
            ...Shell_context @relay(mask: false)
          }
          breakdown(by: $by, first: 50) @catch {
            isPartition
            rowCount
            total {
              ...columns_values
            }
            remainder {
              ...columns_values
            }
            rows {
              value
              label
              values {
                ...columns_values
              }
              series(granularity: $step) @include(if: $trend) {
                start
                values {
                  spend {
                    amount
                  }
                }
              }
            }
          }
        }
        campaigns(first: 10, orderBy: { metric: SPEND, direction: DESC }, report: $report) @include(if: $campaigns) @catch {
          edges {
            node {
              id
              name
            }
            metrics {
              breakdown(by: $by, first: 10) {
                total {
                  ...columns_values
                }
                rows {
                  value
                  label
                  values {
                    ...columns_values
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
  const [open, setOpen] = useState<Record<string, boolean>>({})
  const { currency } = data
  const context = data.metrics.ok ? data.metrics.value?.context : null
  const cells = (key: columns_values$key | null | undefined) => {
    const values = key ? (readInlineData(columnValues, key) as object) : null
    return columns.map((c) => (
      <td key={c} className="r">
        {f.metricOf(metricNamed(c)!, values, currency)}
      </td>
    ))
  }
  const heads = columns.map((c) => (
    <th key={c} scope="col" className="r" title={metricNamed(c)!.description}>
      {metricNamed(c)!.title}
    </th>
  ))
  return (
    <>
      <div className="page-head">
        <h1>Reports</h1>
        {context ? <Fresh context={context} account={account} reload={reload} /> : null}
        <div className="end">
          <DateRange search={search} patch={patch} context={context ?? null} timeZone={data.timeZone} />
        </div>
      </div>
      <div className={`card table-card ${pending ? 'busy' : ''}`}>
        <div className="tools">
          <MenuButton label="Split by" selected={by} button={<Button><span className="sub">Split by</span> {f.words(by)}</Button>} items={dimensions.map((d) => ({ id: d, label: f.words(d), do: () => patch({ by: d === 'AGE' ? undefined : d }) }))} />
          <MenuButton label="Steps" selected={step} button={<Button isDisabled={by === 'DAY'}><span className="sub">Line by</span> {f.words(step).toLowerCase()}</Button>} items={steps.map((d) => ({ id: d, label: f.words(d), do: () => patch({ step: d === 'WEEK' ? undefined : d }) }))} />
          <MenuButton
            label="Columns"
            selected={search.cols ?? 'performance'}
            button={<Button><span className="sub">Columns</span> {presetName(search)}</Button>}
            items={Object.entries(presets)
              .filter(([id]) => !['setup', 'delivery'].includes(id))
              .map(([id, p]) => ({ id, label: p.name, do: () => patch({ cols: id === 'performance' ? undefined : id }) }))}
          />
          <div className="end">
            <MenuButton
              label="Export"
              button={<ExportButton onPress={() => {}} />}
              items={[
                { id: 'total', label: 'Campaigns, one row each', do: () => void download({ advertiser: account, level: 'CAMPAIGN', format: 'CSV', bom: true, fields: ['id', 'name', 'status', 'objective', 'currency'], metrics: columns, orderBy: { metric: 'SPEND', direction: 'DESC' }, report: reportOf(search) }) },
                ...steps.map((s) => ({
                  id: s,
                  label: `Campaigns by ${s.toLowerCase()}`,
                  do: () => void download({ advertiser: account, level: 'CAMPAIGN', format: 'CSV', bom: true, granularity: s, fields: ['id', 'name', 'currency'], metrics: columns, orderBy: { metric: 'SPEND', direction: 'DESC' }, report: { dates: reportOf(search).dates } }),
                })),
                { id: 'ads', label: 'Ads by day', do: () => void download({ advertiser: account, level: 'AD', format: 'CSV', bom: true, granularity: 'DAY', fields: ['id', 'name', 'adGroupName', 'campaignName', 'currency'], metrics: columns, report: { dates: reportOf(search).dates } }) },
              ]}
            />
          </div>
        </div>
        <Part of={data.metrics} retry={reload}>
          {(m) => (
            <Part of={m.breakdown} retry={reload}>
              {(b) => (
                <>
                  <div className="scroll" tabIndex={0} role="region" aria-label={`The account by ${f.words(by).toLowerCase()}`}>
                    <table className="grid report">
                      <caption className="sr">The account by {f.words(by).toLowerCase()}</caption>
                      <thead>
                        <tr>
                          <th scope="col" className="pin c-name">{f.words(by)}</th>
                          {heads}
                          {by === 'DAY' ? null : <th scope="col">Spend by {step.toLowerCase()}</th>}
                        </tr>
                        <tr className="totals">
                          <th scope="row" className="pin">Whole account</th>
                          {cells(b.total)}
                          {by === 'DAY' ? null : <td />}
                        </tr>
                      </thead>
                      <tbody>
                        {b.rows.map((r) => (
                          <tr key={r.value}>
                            <th scope="row" className="pin">{by === 'DAY' ? f.weekday(r.value) : by === 'CREATIVE_TYPE' || by === 'OBJECTIVE' ? f.words(r.value) : r.label}</th>
                            {cells(r.values)}
                            {by === 'DAY' ? null : (
                              <td>
                                <Sparkline label={`Spend of ${r.label} by ${step.toLowerCase()}`} points={(r.series ?? []).map((s) => Number(s.values.spend.amount))} />
                              </td>
                            )}
                          </tr>
                        ))}
                        {b.remainder ? (
                          <tr className="off">
                            <th scope="row" className="pin">{b.rowCount > b.rows.length ? 'Others and unknown' : 'Unknown'}</th>
                            {cells(b.remainder)}
                            {by === 'DAY' ? null : <td />}
                          </tr>
                        ) : null}
                      </tbody>
                    </table>
                  </div>
                  {b.isPartition ? null : <div className="foot">Parts overlap: one impression may count for several of them, so they do not add up to the whole account.</div>}
                </>
              )}
            </Part>
          )}
        </Part>
      </div>
      {data.campaigns ? (
        <section className="card table-card" aria-label="Campaigns">
          <header style={{ paddingBottom: 12 }}>
            <h2>The ten campaigns that spend most, by {f.words(by).toLowerCase()}</h2>
          </header>
          <Part of={data.campaigns} retry={reload}>
            {(c) => (
              <div className="scroll" tabIndex={0} role="region" aria-label="Campaigns, each split">
                <table className="grid report">
                  <caption className="sr">Campaigns by {f.words(by).toLowerCase()}</caption>
                  <thead>
                    <tr>
                      <th scope="col" className="pin c-name">Campaign</th>
                      {heads}
                    </tr>
                  </thead>
                  <tbody>
                    {c.edges.map(({ node, metrics }) => {
                      const is = open[node.id] ?? false
                      return (
                        <Fragment key={node.id}>
                          <tr>
                            <th scope="row" className="pin">
                              <span style={{ display: 'flex', gap: 4, alignItems: 'center' }}>
                                <button className="btn quiet icon small" aria-expanded={is} aria-label={`Parts of ${node.name}`} onClick={() => setOpen({ ...open, [node.id]: !is })}>
                                  {is ? <ChevronDown className="i" aria-hidden /> : <ChevronRight className="i" aria-hidden />}
                                </button>
                                <Link className="name clip1" to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.id }} search={kept(search) as never}>
                                  {node.name}
                                </Link>
                              </span>
                            </th>
                            {cells(metrics?.breakdown?.total)}
                          </tr>
                          {is
                            ? metrics?.breakdown?.rows.map((r) => (
                                <tr key={r.value} className="off">
                                  <th scope="row" className="pin" style={{ paddingLeft: 50 }}>{r.label}</th>
                                  {cells(r.values)}
                                </tr>
                              ))
                            : null}
                        </Fragment>
                      )
                    })}
                  </tbody>
                </table>
              </div>
            )}
          </Part>
        </section>
      ) : null}
    </>
  )
}

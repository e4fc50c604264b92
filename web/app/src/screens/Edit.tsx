// Changes many campaigns at once: say what is to change, look at what that does
// to each, apply exactly that, and take it back if it was a mistake.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowRight, CircleAlert, Eye, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { graphql, useFragment, useMutation } from 'react-relay'
import { useEdit } from '../lib/edit'
import * as f from '../lib/format'
import { reportOf } from '../lib/range'
import { list, useSearchState } from '../lib/search'
import { failureOfField } from '../relay/errors'
import { Failed, Panel, useScreen } from '../relay/screen'
import { Button, Checkbox } from '../ui/kit'
import { TableSkeleton } from '../ui/table'
import { toast } from '../ui/toast'
import { campaignFilter } from './Campaigns'
import { Card, Crumbs, Part } from './parts'
import { Shell } from './Shell'
import type { EditQuery } from '../__generated__/EditQuery.graphql'
import type { Edit_plan$key } from '../__generated__/Edit_plan.graphql'
import type { EditApplyMutation } from '../__generated__/EditApplyMutation.graphql'

const query = graphql`
  query EditQuery($account: ID!, $input: CampaignPlanInput!, $preview: Boolean!, $filter: CampaignFilter, $report: ReportInput!) @screen(statements: 8) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      currency
      timeZone
      viewerCanEditCampaigns
      campaigns(first: 50, filter: $filter, orderBy: { metric: SPEND, direction: DESC }, report: $report) @catch {
        totalCount
        edges {
          node {
            id
            name
            status
            budget {
              type
              amount {
                amount
              }
            }
          }
          metrics {
            total {
              spend {
                amount
              }
            }
          }
        }
        totals {
          total {
            spend {
              amount
            }
          }
        }
      }
    }
    campaignPlan(advertiserId: $account, input: $input) @include(if: $preview) @catch {
      ...Edit_plan
    }
  }
`

const apply = graphql`
  mutation EditApplyMutation($input: ApplyPlanInput!) {
    applyPlan(input: $input) {
      nodes {
        id
        ... on Campaign {
          ...edit_campaign @alias(as: "campaign")
        }
      }
      userErrors {
        code
        message
        path
      }
      undoToken
    }
  }
`

type Change = { status?: 'ACTIVE' | 'PAUSED' | 'ARCHIVED'; budgetMicros?: string; budgetPercent?: number }

export function Edit() {
  const { account } = useParams({ from: '/a/$account/campaigns/edit' })
  const [search] = useSearchState()
  const filter = search.ids ? { ids: list(search.ids) } : campaignFilter(search)
  const [change, setChange] = useState<Change | null>(null)
  const screen = useScreen<EditQuery>(query, {
    account,
    filter,
    report: reportOf(search),
    preview: change !== null,
    input: { matching: filter, report: reportOf(search), change: change ?? {}, maxAffected: 500, errorPolicy: 'SKIP_FAILED' },
  })
  const [status, setStatus] = useState('')
  const [how, setHow] = useState<'' | 'set' | 'raise' | 'cut'>('')
  const [text, setText] = useState('')
  const number = text.trim() === '' ? NaN : Number(text)
  const micros = f.microsOf(text)
  const wanted: Change = {
    ...(status ? { status: status as 'ACTIVE' } : {}),
    ...(how === 'set' && micros ? { budgetMicros: micros } : {}),
    ...(how === 'raise' && Number.isFinite(number) ? { budgetPercent: number } : {}),
    ...(how === 'cut' && Number.isFinite(number) ? { budgetPercent: -number } : {}),
  }
  const wrong = how !== '' && (how === 'set' ? micros === null || micros === '0' : !(number > 0 && (how === 'raise' || number < 100)))
  const ready = Object.keys(wanted).length > 0 && !wrong
  return (
    <Shell screen={screen}>
      <Crumbs
        items={[
          <Link key="1" to="/a/$account/campaigns" params={{ account }}>
            Campaigns
          </Link>,
          <span key="2" aria-current="page">Edit many</span>,
        ]}
      />
      <div className="page-head">
        <h1>Edit many campaigns</h1>
      </div>
      <div className="cols">
        <Card title="1. What is to change" className="w4">
          <form
            style={{ display: 'grid', gap: 14 }}
            onSubmit={(e) => {
              e.preventDefault()
              if (ready) setChange(wanted)
            }}
          >
            <label className="field">
              <span className="label">Status</span>
              <select className="input" value={status} onChange={(e) => setStatus(e.target.value)}>
                <option value="">Leave as it is</option>
                <option value="ACTIVE">Activate</option>
                <option value="PAUSED">Pause</option>
                <option value="ARCHIVED">Archive, for good</option>
              </select>
            </label>
            <label className="field">
              <span className="label">Budget</span>
              <select className="input" value={how} onChange={(e) => setHow(e.target.value as 'set')}>
                <option value="">Leave as it is</option>
                <option value="set">Set to an amount</option>
                <option value="raise">Raise by percent</option>
                <option value="cut">Cut by percent</option>
              </select>
            </label>
            {how ? (
              <label className="field">
                <span className="label">{how === 'set' ? 'Amount' : 'Percent'}</span>
                <input className="input" inputMode="decimal" value={text} aria-invalid={wrong && text !== ''} onChange={(e) => setText(e.target.value)} />
                {wrong && text !== '' ? <span className="wrong">{how === 'set' ? 'An amount is a number above 0.' : how === 'cut' ? 'More than 0 and less than 100.' : 'More than 0.'}</span> : null}
              </label>
            ) : null}
            <Button type="submit" look="primary" isDisabled={!ready || screen.pending}>
              <Eye className="i" aria-hidden /> {screen.pending ? 'Working it out…' : 'Preview'}
            </Button>
            <p className="muted" style={{ fontSize: 12.5 }}>Nothing is changed until you apply it.</p>
          </form>
        </Card>
        <section className={`card table-card w8 ${screen.pending ? 'busy' : ''}`} aria-label={change ? 'What that does' : 'Which campaigns'}>
          <Panel screen={screen} fallback={<TableSkeleton columns={5} rows={6} />}>
            {(d) => {
              if (!d.advertiser.ok || !d.advertiser.value) return null
              const a = d.advertiser.value
              if (!a.viewerCanEditCampaigns) return <Failed failure={{ code: 'FORBIDDEN', message: 'Editing needs the right to edit campaigns. An owner of the account can give you a role that has it.' }} />
              if (d.campaignPlan) return d.campaignPlan.ok ? d.campaignPlan.value ? <Plan of={d.campaignPlan.value} account={account} stale={JSON.stringify(change) !== JSON.stringify(wanted)} again={screen.reload} /> : null : <Failed failure={failureOfField(d.campaignPlan)} retry={screen.reload} />
              return (
                <Part of={a.campaigns}>
                  {(c) => (
                    <>
                      <header style={{ padding: '13px 16px' }}>
                        <h2>
                          {f.count(c.totalCount)} {c.totalCount === 1 ? 'campaign' : 'campaigns'} {search.ids ? 'chosen' : 'match'}
                        </h2>
                      </header>
                      <div className="scroll" tabIndex={0} role="region" aria-label="Campaigns">
                        <table className="list">
                          <thead>
                            <tr>
                              <th scope="col">Campaign</th>
                              <th scope="col">Status</th>
                              <th scope="col" className="r">Budget</th>
                              <th scope="col" className="r">Spend</th>
                            </tr>
                          </thead>
                          <tbody>
                            {c.edges.map(({ node, metrics }) => (
                              <tr key={node.id}>
                                <td>{node.name}</td>
                                <td>{f.words(node.status)}</td>
                                <td className="r">{node.budget ? `${f.money(node.budget.amount.amount, a.currency)} ${node.budget.type === 'DAILY' ? 'a day' : 'in all'}` : 'by ad group'}</td>
                                <td className="r">{f.money(metrics?.total.spend.amount, a.currency)}</td>
                              </tr>
                            ))}
                          </tbody>
                        </table>
                      </div>
                      {c.totalCount && c.totalCount > c.edges.length ? <div className="foot">The {c.edges.length} that spend most are shown; the change is for all {f.count(c.totalCount)}.</div> : null}
                    </>
                  )}
                </Part>
              )
            }}
          </Panel>
        </section>
      </div>
    </Shell>
  )
}

type Step = { readonly old?: { readonly amount: string; readonly currency: string } | null; readonly new?: { readonly amount: string; readonly currency: string } | null; readonly percent?: number | null } | null | undefined

function Move({ step }: { step: Step }) {
  if (!step) return <span className="muted">{f.none}</span>
  return (
    <span className="num" style={{ whiteSpace: 'nowrap' }}>
      {step.old ? f.money(step.old.amount, step.old.currency) : f.none} <ArrowRight className="i" style={{ width: 12, verticalAlign: -3 }} aria-label="becomes" /> <strong>{step.new ? f.money(step.new.amount, step.new.currency) : f.none}</strong>
      {step.percent == null ? null : <span className="muted"> {f.percentChange(step.percent / 100)}</span>}
    </span>
  )
}

function Plan({ of, account, stale, again }: { of: Edit_plan$key; account: string; stale: boolean; again: () => void }) {
  const plan = useFragment(
    graphql`
      fragment Edit_plan on UpdatePlan {
        token
        expiresAt
        changing
        blocked
        dailyBudget {
          old { amount currency }
          new { amount currency }
          percent
        }
        lifetimeBudget {
          old { amount currency }
          new { amount currency }
          percent
        }
        items {
          id
          name
          difference {
            status { old new }
            budget {
              old { amount currency }
              new { amount currency }
              percent
            }
          }
          warnings { code message }
          userErrors { code message }
        }
      }
    `,
    of,
  )
  const navigate = useNavigate()
  const { undoBy } = useEdit('CAMPAIGN', account)
  const [send, busy] = useMutation<EditApplyMutation>(apply)
  const [sure, setSure] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const forGood = plan.items.some((i) => i.warnings.some((w) => w.code === 'CANNOT_BE_UNDONE'))
  const warned = plan.items.some((i) => i.warnings.some((w) => w.code !== 'CHANGES_NOTHING'))
  const run = () =>
    send({
      variables: { input: { advertiserId: account, token: plan.token! } },
      onCompleted: ({ applyPlan }, errors) => {
        const wrong = applyPlan?.userErrors[0]?.message ?? (applyPlan ? null : (errors?.[0]?.message ?? 'Nothing was changed.'))
        if (wrong) {
          setFailed(`Nothing was changed: ${wrong} Preview again to see what it is now.`)
          return
        }
        const token = applyPlan!.undoToken
        toast(`Changed ${applyPlan!.nodes.length} campaigns`, token ? { action: { label: 'Undo', do: () => undoBy(token) } } : {})
        void navigate({ to: '/a/$account/campaigns', params: { account } })
      },
      onError: (e) => setFailed(e.message),
    })
  return (
    <>
      <header style={{ padding: '13px 16px', display: 'flex', gap: 14, flexWrap: 'wrap', alignItems: 'center' }}>
        <h2>2. What that does</h2>
        <span className="badge good">{f.count(plan.changing)} change</span>
        {plan.blocked ? <span className="badge bad">{f.count(plan.blocked)} cannot</span> : null}
        {plan.dailyBudget ? (
          <span style={{ fontSize: 13 }}>
            <span className="muted">A day, together:</span> <Move step={plan.dailyBudget} />
          </span>
        ) : null}
        {plan.lifetimeBudget ? (
          <span style={{ fontSize: 13 }}>
            <span className="muted">Whole runs, together:</span> <Move step={plan.lifetimeBudget} />
          </span>
        ) : null}
      </header>
      <div className="scroll" tabIndex={0} role="region" aria-label="The change, campaign by campaign">
        <table className="list">
          <thead>
            <tr>
              <th scope="col">Campaign</th>
              <th scope="col">Status</th>
              <th scope="col">Budget</th>
              <th scope="col">To look at</th>
            </tr>
          </thead>
          <tbody>
            {plan.items.map((i) => (
              <tr key={i.id} className={i.userErrors.length ? 'off' : ''}>
                <td>{i.name ?? i.id}</td>
                <td style={{ whiteSpace: 'nowrap' }}>{i.difference?.status ? <>{f.words(i.difference.status.old)} → <strong>{f.words(i.difference.status.new)}</strong></> : f.none}</td>
                <td><Move step={i.difference?.budget} /></td>
                <td style={{ fontSize: 12.5 }}>
                  {i.userErrors.map((e) => (
                    <div key={e.code} style={{ color: 'var(--bad)', display: 'flex', gap: 6 }}><CircleAlert className="i" aria-label="Cannot" /> {e.message}</div>
                  ))}
                  {i.warnings.map((w) => (
                    <div key={w.code} style={{ color: w.code === 'CHANGES_NOTHING' ? 'var(--ink-3)' : 'var(--warn)', display: 'flex', gap: 6 }}>{w.code === 'CHANGES_NOTHING' ? null : <TriangleAlert className="i" aria-label="Warning" />} {w.message}</div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {failed ? <div className="notice bad" role="alert" style={{ margin: 12 }}>{failed}<span className="end"><button className="linkish" onClick={again}>Preview again</button></span></div> : null}
      <div className="foot">
        {warned ? <Checkbox label="I looked at the warnings" on={sure} onChange={setSure}>{forGood ? 'I know that some of this is for good' : 'I looked at the warnings'}</Checkbox> : <span>Can be taken back for 24 hours.</span>}
        <span className="end">
          {stale ? <span className="muted">The form says something else by now: preview again.</span> : null}
          <Button look={forGood ? 'danger' : 'primary'} isDisabled={!plan.token || busy || stale || (warned && !sure)} onPress={run}>
            {busy ? 'Applying…' : `Apply to ${f.count(plan.changing)}`}
          </Button>
        </span>
      </div>
    </>
  )
}

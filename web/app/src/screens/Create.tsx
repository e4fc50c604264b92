// Makes a campaign in steps: what it is for, whom it reaches, what it costs,
// what it shows. The server says at once what is wrong, where; a draft can be
// kept at any time.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { graphql, useMutation } from 'react-relay'
import * as f from '../lib/format'
import { useSearchState } from '../lib/search'
import { failureOfField } from '../relay/errors'
import { Failed, Panel, useScreen } from '../relay/screen'
import { Button, Checkbox, Notice, Thumb } from '../ui/kit'
import { toast } from '../ui/toast'
import { objectives } from './Campaigns'
import { Card, Crumbs, PageSkeleton, Part } from './parts'
import { Shell } from './Shell'
import type { CreateQuery, CreateQuery$data, NewCampaign } from '../__generated__/CreateQuery.graphql'
import type { CreateMutation } from '../__generated__/CreateMutation.graphql'

const query = graphql`
  query CreateQuery($account: ID!, $campaign: NewCampaign!, $name: String!, $named: Boolean!) @screen(statements: 9) {
    viewer {
      ...Shell_viewer
    }
    objectiveOptions {
      objective
      canHoldBudget
      bidStrategies
      creativeTypes
      needsDestination
    }
    targetingOptions {
      locations { value label }
      ageBuckets { value label }
      genders { value label }
      interests { value label }
      devices { value label }
    }
    campaignCheck(advertiserId: $account, campaign: $campaign) @catch {
      code
      path
      message
    }
    namesakes(advertiserId: $account, level: CAMPAIGN, name: $name) @include(if: $named) @catch
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      currency
      timeZone
      viewerCanEditCampaigns
      pins(first: 24) @catch {
        edges { node { id title creativeType isDeleted } }
      }
      audiences(first: 50, filter: { status: [READY] }, orderBy: { field: NAME, direction: ASC }) @catch {
        edges { node { id name size } }
      }
      drafts: campaigns(first: 5, filter: { status: [DRAFT] }, orderBy: { field: UPDATED_AT, direction: DESC }) @catch {
        edges { node { id name objective updatedAt } }
      }
    }
  }
`

const create = graphql`
  mutation CreateMutation($input: CreateCampaignsInput!) {
    createCampaigns(input: $input) {
      campaigns {
        id
        name
        status
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`

type Form = {
  name: string
  objective: string
  budgetType: 'DAILY' | 'LIFETIME'
  budget: string
  start: string
  end: string
  locations: string[]
  genders: string[]
  ageBuckets: string[]
  interests: string[]
  devices: string[]
  audienceIds: string[]
  pins: string[]
  url: string
}
const empty: Form = { name: '', objective: 'WEB_CONVERSION', budgetType: 'DAILY', budget: '', start: '', end: '', locations: ['US'], genders: [], ageBuckets: [], interests: [], devices: [], audienceIds: [], pins: [], url: '' }
const places = ['What it is for', 'Whom it reaches', 'What it costs', 'What it shows', 'Look and publish']
const stored = (account: string) => `adsgraph.draft.${account}`

function read(account: string): Form {
  try {
    return { ...empty, ...(JSON.parse(sessionStorage.getItem(stored(account)) ?? '{}') as Partial<Form>) }
  } catch {
    return empty
  }
}

// A day of the account's zone as an instant, roughly: the day's noon in UTC is within it everywhere that people advertise.
const at = (day: string) => (day ? `${day}T12:00:00Z` : null)

const campaignOf = (v: Form, status: 'DRAFT' | 'ACTIVE' | 'PAUSED', canHold: boolean): NewCampaign => {
  const micros = f.microsOf(v.budget)
  const budget = { budgetType: v.budgetType, budgetMicros: micros }
  return {
    name: v.name.trim() || 'Untitled',
    objective: v.objective as never,
    status,
    startAt: at(v.start),
    endAt: at(v.end),
    ...(canHold && micros ? budget : {}),
    adGroups: [
      {
        name: `${v.name.trim() || 'Untitled'} – 1`,
        ...(canHold ? { budgetType: 'CBO_ADGROUP' as const } : budget),
        targeting: { locations: v.locations, genders: v.genders, ageBuckets: v.ageBuckets, interests: v.interests, devices: v.devices, audienceIds: v.audienceIds },
        ads: v.pins.map((pinId) => ({ pinId, ...(v.url.trim() ? { destinationUrl: v.url.trim() } : {}) })),
      },
    ],
  } as NewCampaign
}
// Which objectives let the campaign hold the budget; the server knows, and says so with the options.
const holds = new Map<string, boolean>()

export function Create() {
  const { account } = useParams({ from: '/a/$account/create' })
  const [search, patch] = useSearchState()
  const [form, setForm] = useState(() => read(account))
  const [checked, setChecked] = useState(form)
  useEffect(() => {
    sessionStorage.setItem(stored(account), JSON.stringify(form))
    const t = setTimeout(() => setChecked(form), 500)
    return () => clearTimeout(t)
  }, [form, account])
  const settled = useDeferredValue(checked)
  const screen = useScreen<CreateQuery>(query, {
    account,
    campaign: campaignOf(settled, 'ACTIVE', holds.get(settled.objective) ?? true),
    name: settled.name.trim() || '-',
    named: settled.name.trim() !== '',
  })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {(d) =>
          d.advertiser.ok && d.advertiser.value ? (
            d.advertiser.value.viewerCanEditCampaigns ? (
              <Wizard d={d} account={account} form={form} setForm={setForm} step={Math.min(4, Number(search.step ?? 0) || 0)} go={(n) => patch({ step: n ? String(n) : undefined })} fresh={checked === form && !screen.pending} />
            ) : (
              <Failed failure={{ code: 'FORBIDDEN', message: 'Creating needs the right to edit campaigns. An owner of the account can give you a role that has it.' }} />
            )
          ) : null
        }
      </Panel>
    </Shell>
  )
}

// At which step the field is that an error is about.
function stepOf(path: readonly string[]): number {
  const text = path.join('.')
  if (/targeting|audience/.test(text)) return 1
  if (/budget|bid|startAt|endAt/.test(text)) return 2
  if (/ads|pin|destination/.test(text)) return 3
  return 0
}

function Wizard({ d, account, form, setForm, step, go, fresh }: { d: CreateQuery$data; account: string; form: Form; setForm: (f: Form) => void; step: number; go: (n: number) => void; fresh: boolean }) {
  const navigate = useNavigate()
  const [send, busy] = useMutation<CreateMutation>(create)
  const [seen, setSeen] = useState(step)
  const a = d.advertiser.ok ? d.advertiser.value! : null
  for (const o of d.objectiveOptions) holds.set(o.objective, o.canHoldBudget)
  const option = d.objectiveOptions.find((o) => o.objective === form.objective)
  const wrong = d.campaignCheck.ok ? (d.campaignCheck.value ?? []) : []
  const problems = form.name.trim() ? wrong : [{ code: 'NAME_INVALID', path: ['name'], message: 'It needs a name.' }, ...wrong]
  const at = (n: number) => problems.filter((p) => stepOf(p.path) === n)
  const set = (values: Partial<Form>) => setForm({ ...form, ...values })
  const move = (n: number) => {
    setSeen(Math.max(seen, n))
    go(n)
  }
  const save = (status: 'DRAFT' | 'ACTIVE' | 'PAUSED') =>
    send({
      variables: { input: { advertiserId: account, idempotencyKey: crypto.randomUUID(), campaigns: [campaignOf(form, status, option?.canHoldBudget ?? true)] } },
      onCompleted: ({ createCampaigns }, errors) => {
        const made = createCampaigns?.campaigns[0]
        if (!made) {
          toast(`Not saved: ${createCampaigns?.userErrors[0]?.message ?? errors?.[0]?.message ?? 'the server did not say why.'}`, { bad: true })
          return
        }
        sessionStorage.removeItem(stored(account))
        toast(status === 'DRAFT' ? `Saved the draft “${made.name}”` : `Published “${made.name}”`)
        void navigate({ to: '/a/$account/campaigns/$campaign', params: { account, campaign: made.id } })
      },
      onError: (e) => toast(`Not saved: ${e.message} What you typed is still here.`, { bad: true }),
    })
  const pick = (key: 'locations' | 'genders' | 'ageBuckets' | 'interests' | 'devices' | 'audienceIds' | 'pins', value: string, on: boolean) => set({ [key]: on ? [...form[key], value] : form[key].filter((x) => x !== value) })
  const choices = (title: string, key: 'locations' | 'genders' | 'ageBuckets' | 'interests' | 'devices' | 'audienceIds', all: readonly { readonly value: string; readonly label: string }[]) => (
    <fieldset className="choices">
      <legend>{title}</legend>
      <div>
        {all.map((c) => (
          <button type="button" key={c.value} className="chip" aria-pressed={form[key].includes(c.value)} onClick={() => pick(key, c.value, !form[key].includes(c.value))}>
            {c.label}
          </button>
        ))}
      </div>
    </fieldset>
  )
  const errors = (n: number) =>
    seen > n || step === 4
      ? at(n).map((p) => (
          <p key={p.path.join() + p.code} className="wrong" role="alert" style={{ color: 'var(--bad)', fontSize: 13 }}>
            {p.message}
          </p>
        ))
      : null
  return (
    <>
      <Crumbs
        items={[
          <Link key="1" to="/a/$account/campaigns" params={{ account }}>
            Campaigns
          </Link>,
          <span key="2" aria-current="page">Create</span>,
        ]}
      />
      <div className="page-head">
        <h1>Create a campaign</h1>
        <div className="end">
          <Button isDisabled={busy || !form.name.trim()} onPress={() => save('DRAFT')}>
            Save as draft
          </Button>
        </div>
      </div>
      <ol className="steps" aria-label="Steps">
        {places.map((p, n) => (
          <li key={p}>
            <button aria-current={n === step ? 'step' : undefined} onClick={() => move(n)}>
              <i className={seen > n && at(n).length === 0 ? 'done' : ''}>{seen > n && at(n).length === 0 && n < 4 ? <Check className="i" aria-label="done" /> : n + 1}</i>
              <span>{p}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className="cols">
        <Card title={places[step]} className="w8">
          <div style={{ display: 'grid', gap: 18 }}>
            {step === 0 ? (
              <>
                <label className="field">
                  <span className="label">Name</span>
                  <input className="input" maxLength={255} value={form.name} onChange={(e) => set({ name: e.target.value })} />
                  {d.namesakes?.ok && d.namesakes.value ? <span className="hint">There {d.namesakes.value === 1 ? 'is a campaign' : `are ${f.count(d.namesakes.value)} campaigns`} of that name already.</span> : null}
                </label>
                <fieldset className="choices">
                  <legend>Objective</legend>
                  <div className="tiles">
                    {objectives.map((o) => (
                      <button type="button" key={o} className="tile" aria-pressed={form.objective === o} onClick={() => set({ objective: o })}>
                        <strong>{f.words(o)}</strong>
                        <span className="small">{goals[o]}</span>
                      </button>
                    ))}
                  </div>
                </fieldset>
              </>
            ) : step === 1 ? (
              <>
                {choices('Locations', 'locations', d.targetingOptions.locations)}
                {choices('Gender', 'genders', d.targetingOptions.genders)}
                {choices('Age', 'ageBuckets', d.targetingOptions.ageBuckets)}
                {choices('Devices', 'devices', d.targetingOptions.devices)}
                {choices('Interests', 'interests', d.targetingOptions.interests)}
                {a?.audiences.ok && a.audiences.value?.edges.length ? choices('Audiences', 'audienceIds', a.audiences.value.edges.map((e) => ({ value: e.node.id, label: `${e.node.name} (${f.shortCount(e.node.size)})` }))) : null}
                <p className="muted" style={{ fontSize: 13 }}>A list in which nothing is chosen does not restrict.</p>
              </>
            ) : step === 2 ? (
              <>
                <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 14 }}>
                  <label className="field">
                    <span className="label">Budget</span>
                    <select className="input" value={form.budgetType} onChange={(e) => set({ budgetType: e.target.value as 'DAILY' })}>
                      <option value="DAILY">For each day</option>
                      <option value="LIFETIME">For the whole run</option>
                    </select>
                  </label>
                  <label className="field">
                    <span className="label">Amount</span>
                    <span className="affix">
                      <span>{a?.currency}</span>
                      <input inputMode="decimal" value={form.budget} onChange={(e) => set({ budget: e.target.value })} />
                    </span>
                  </label>
                  <label className="field">
                    <span className="label">First day</span>
                    <input className="input" type="date" value={form.start} onChange={(e) => set({ start: e.target.value })} />
                    <span className="hint">Empty for at once.</span>
                  </label>
                  <label className="field">
                    <span className="label">Last day</span>
                    <input className="input" type="date" min={form.start} value={form.end} onChange={(e) => set({ end: e.target.value })} />
                    <span className="hint">Empty for no end.</span>
                  </label>
                </div>
                <p className="muted" style={{ fontSize: 13 }}>{option?.canHoldBudget ? 'The campaign holds the budget and shares it out to its ad groups.' : 'Campaigns with this objective leave the budget to their ad groups.'} Bids are found by the system.</p>
              </>
            ) : step === 3 ? (
              <>
                <label className="field">
                  <span className="label">Where the ads lead{option?.needsDestination ? '' : ' (if anywhere)'}</span>
                  <input className="input" type="url" placeholder="https://" value={form.url} onChange={(e) => set({ url: e.target.value })} />
                </label>
                <fieldset className="choices">
                  <legend>Pins, each an ad</legend>
                  {a ? (
                    <Part of={a.pins}>
                      {(pins) => (
                        <div className="pins">
                          {pins.edges
                            .filter(({ node }) => !node.isDeleted && (option?.creativeTypes ?? []).includes(node.creativeType))
                            .map(({ node }) => (
                              <div key={node.id} className="pin-pick">
                                <Thumb id={node.id} label={f.words(node.creativeType)} size={44} />
                                <Checkbox label={node.title} on={form.pins.includes(node.id)} onChange={(on) => pick('pins', node.id, on)}>
                                  <span className="clip2">{node.title || 'Untitled Pin'}</span>
                                </Checkbox>
                              </div>
                            ))}
                        </div>
                      )}
                    </Part>
                  ) : null}
                </fieldset>
              </>
            ) : (
              <>
                <dl className="facts">
                  <dt>Name</dt>
                  <dd>{form.name || f.none}</dd>
                  <dt>Objective</dt>
                  <dd>{f.words(form.objective)}</dd>
                  <dt>Reaches</dt>
                  <dd>{form.locations.map(f.regionName).join(', ') || 'nowhere yet'}</dd>
                  <dt>Budget</dt>
                  <dd>{f.microsOf(form.budget) ? f.money(form.budget.trim(), a?.currency ?? 'USD') : f.none} {form.budgetType === 'DAILY' ? 'a day' : 'in all'}</dd>
                  <dt>Days</dt>
                  <dd>{form.start ? f.day(form.start) : 'at once'} – {form.end ? f.day(form.end) : 'no end'}</dd>
                  <dt>Ads</dt>
                  <dd>{f.count(form.pins.length)}</dd>
                </dl>
                {problems.length ? (
                  <Notice tone="warn">{problems.length === 1 ? 'One thing is missing or wrong.' : `${problems.length} things are missing or wrong.`} It can be saved as a draft all the same.</Notice>
                ) : null}
                {[0, 1, 2, 3].map((n) =>
                  at(n).map((p) => (
                    <p key={p.path.join() + p.code} style={{ fontSize: 13 }}>
                      <button className="linkish" onClick={() => move(n)}>{places[n]}</button>: {p.message}
                    </p>
                  )),
                )}
              </>
            )}
            {step < 4 ? errors(step) : null}
            {d.campaignCheck.ok ? null : <Failed failure={failureOfField(d.campaignCheck)} />}
            <div style={{ display: 'flex', gap: 9, justifyContent: 'flex-end' }}>
              {step > 0 ? <Button onPress={() => move(step - 1)}>Back</Button> : null}
              {step < 4 ? (
                <Button look="primary" onPress={() => move(step + 1)}>
                  Next
                </Button>
              ) : (
                <>
                  <Button isDisabled={busy || problems.length > 0 || !fresh} onPress={() => save('PAUSED')}>
                    Publish paused
                  </Button>
                  <Button look="primary" isDisabled={busy || problems.length > 0 || !fresh} onPress={() => save('ACTIVE')}>
                    {busy ? 'Publishing…' : 'Publish'}
                  </Button>
                </>
              )}
            </div>
          </div>
        </Card>
        <Card title="Drafts" className="w4">
          {a ? (
            <Part of={a.drafts}>
              {(drafts) =>
                drafts.edges.length ? (
                  <ul style={{ display: 'grid', gap: 10, fontSize: 13 }}>
                    {drafts.edges.map(({ node }) => (
                      <li key={node.id}>
                        <Link to="/a/$account/campaigns/$campaign" params={{ account, campaign: node.id }}>{node.name}</Link>
                        <div className="small">{f.words(node.objective)} · {f.ago(node.updatedAt)}</div>
                      </li>
                    ))}
                  </ul>
                ) : (
                  <p className="muted">There are none.</p>
                )
              }
            </Part>
          ) : null}
        </Card>
      </div>
    </>
  )
}

const goals: Record<string, string> = {
  AWARENESS: 'Be seen by many',
  CONSIDERATION: 'Clicks on the Pin',
  WEB_CONVERSION: 'Actions on your site',
  CATALOG_SALES: 'Sales of your catalogue',
  VIDEO_COMPLETION: 'Videos watched',
}

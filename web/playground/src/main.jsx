// The playground: GraphiQL, with everything that it needs from this server.
import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './playground.css'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { createClient as createStream } from 'graphql-sse'
import { createClient as createSocket } from 'graphql-ws'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import examples from './examples.json'

const parameters = new URLSearchParams(location.search)
const socketAddress = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`

// Whoever signs in below the editor; a header in the editor comes first.
let token = sessionStorage.getItem('adsgraph.playground.token') ?? ''
const bearer = (headers) => headers?.Authorization ?? headers?.authorization ?? (token ? `Bearer ${token}` : '')
const plain = createGraphiQLFetcher({ url: '/graphql', enableIncrementalDelivery: false })

// Each operation with the headers of the moment.
const fetcher = (params, options) => {
  const authorization = bearer(options?.headers)
  const kind = options?.documentAST?.definitions.find(
    (d) => d.kind === 'OperationDefinition' && (!params.operationName || d.name?.value === params.operationName),
  )?.operation
  const isSubscription = kind === 'subscription'
  if (isSubscription && parameters.get('transport') === 'sse')
    return createStream({ url: '/graphql', headers: { Authorization: authorization } }).iterate(params)
  if (isSubscription) return createSocket({ url: socketAddress, connectionParams: { authorization }, retryAttempts: 2 }).iterate(params)
  const isIntrospection = params.operationName === 'IntrospectionQuery'
  // A mutation that is explained is not run: only who asks for a plan wants that.
  const explain = isIntrospection || (kind === 'mutation' && mode !== 'plan') ? {} : { 'X-Adsgraph-Explain': mode }
  return plain(params, { ...options, headers: { ...options?.headers, ...(authorization ? { Authorization: authorization } : {}), ...explain } }).then((answer) => {
    if (!isIntrospection) explained.set({ name: params.operationName ?? 'The operation', ...answer.extensions })
    return answer
  })
}

// How queries are explained: run, plan or analyze.
let mode = sessionStorage.getItem('adsgraph.playground.explain') ?? 'run'

// What was run for the last answer.
const explained = {
  value: null,
  hear: new Set(),
  set(value) {
    explained.value = value
    for (const f of explained.hear) f()
  },
  subscribe(f) {
    explained.hear.add(f)
    return () => explained.hear.delete(f)
  },
}

const Explain = {
  title: 'Explain',
  icon: () => (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d="M4 20V10M10 20V4M16 20v-7M21 20H3" strokeLinecap="round" />
    </svg>
  ),
  content: () => <Explanation />,
}

const modes = {
  run: 'Run, and tell what was run',
  plan: 'Plan only: run nothing',
  analyze: "Run, with PostgreSQL's plans",
}

function Explanation() {
  const it = useSyncExternalStore(explained.subscribe, () => explained.value)
  const [chosen, choose] = useState(mode)
  const number = (n) => n.toLocaleString('en')
  return (
    <div className="explain">
      <div className="examples-title">What is run</div>
      <select
        aria-label="How operations are explained"
        value={chosen}
        onChange={(e) => {
          mode = e.target.value
          sessionStorage.setItem('adsgraph.playground.explain', mode)
          choose(mode)
        }}
      >
        {Object.entries(modes).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {!it ? (
        <p>Run an operation: its SQL statements, rows and times appear here.</p>
      ) : !it.explain && it.cost ? (
        <p>{it.name} was run, and is not explained: a mutation that is to be explained is only planned.</p>
      ) : !it.explain ? (
        <p>{it.name} was refused before anything was run.</p>
      ) : (
        <>
          <p>
            {it.name}: {it.explain.statements.length} statements
            {it.explain.mode === 'plan' ? ', of which none was run' : ` in ${number(Math.round(it.explain.ms))} ms`}. Each is one batch of a loader, for all rows at once.
          </p>
          {it.explain.note ? <p>{it.explain.note}</p> : null}
          <table>
            <thead>
              <tr>
                <th scope="col">Statement</th>
                <th scope="col">Rows</th>
                <th scope="col">ms</th>
              </tr>
            </thead>
            <tbody>
              {it.explain.statements.map((s, i) => (
                <tr key={i}>
                  <td>
                    <details>
                      <summary>{s.name}</summary>
                      {s.batch ? <p>For {it.explain.batches[s.batch - 1].fields.join(', ')}</p> : null}
                      <pre>{s.text}</pre>
                      {s.plan ? <pre>{JSON.stringify(s.plan, null, 1)}</pre> : null}
                    </details>
                  </td>
                  <td>{it.explain.mode === 'plan' ? '–' : number(s.rows)}</td>
                  <td>{it.explain.mode === 'plan' ? '–' : s.ms.toFixed(1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>
            Up to {number(it.explain.size.rows)} rows and {number(it.explain.size.points)} points
            {it.explain.requires.length ? `; it requires ${it.explain.requires.join(', ')}` : ''}.
          </p>
          {it.cost && it.explain.mode !== 'plan' ? (
            <p>
              Cost: {number(it.cost.actual)} points, estimated {number(it.cost.estimated)}. {number(it.cost.remaining)} of {number(it.cost.budget)} are left this minute.
            </p>
          ) : null}
        </>
      )}
    </div>
  )
}

const Examples = {
  title: 'Examples',
  icon: () => (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d="M4 5h16M4 10h16M4 15h10M4 20h7" strokeLinecap="round" />
    </svg>
  ),
  content: () => <ExampleList />,
}

function useOpen() {
  const { addTab } = useGraphiQLActions()
  const queryEditor = useGraphiQL((s) => s.queryEditor)
  const variableEditor = useGraphiQL((s) => s.variableEditor)
  return (example) => {
    if (queryEditor?.getValue().trim()) addTab()
    queryEditor?.setValue(example.query)
    variableEditor?.setValue(example.variables)
  }
}

function ExampleList() {
  const open = useOpen()
  const [text, setText] = useState('')
  const found = examples.filter((e) => `${e.title} ${e.description}`.toLowerCase().includes(text.toLowerCase()))
  return (
    <div className="examples">
      <div className="examples-title">One document for each screen</div>
      <input type="search" aria-label="Find an example" placeholder="Find an example" value={text} onChange={(e) => setText(e.target.value)} />
      <ul>
        {found.map((e) => (
          <li key={e.id}>
            <button type="button" onClick={() => open(e)}>
              <strong>{e.title}</strong>
              <span>{e.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

// In the demo, who asks.
function Personas({ onToken }) {
  const [people, setPeople] = useState(null)
  const [persona, setPersona] = useState(sessionStorage.getItem('adsgraph.playground.persona') ?? '')
  const sign = async (name) => {
    const answer = await fetch('/demo/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ persona: name }) })
    if (!answer.ok) return
    token = (await answer.json()).token
    sessionStorage.setItem('adsgraph.playground.token', token)
    sessionStorage.setItem('adsgraph.playground.persona', name)
    setPersona(name)
    onToken()
  }
  useEffect(() => {
    fetch('/demo/personas')
      .then((r) => (r.ok && r.headers.get('Content-Type')?.includes('json') ? r.json() : null))
      .then((all) => {
        if (!all) return onToken()
        setPeople(all.personas)
        return sign(persona || 'owner')
      })
      .catch(onToken)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, at the start
  }, [])
  return (
    <header className="bar">
      <a href="/">
        <img src="/icon.svg" alt="" width="22" height="22" />
        Adsgraph playground
      </a>
      {people ? (
        <label>
          Signed in as
          <select value={persona} onChange={(e) => void sign(e.target.value)}>
            {people.map((p) => (
              <option key={p.name} value={p.name}>
                {p.person} ({p.roles.join(', ').toLowerCase().replaceAll('_', ' ') || 'no role'})
              </option>
            ))}
          </select>
        </label>
      ) : (
        <span className="hint">Put Authorization into the headers below the editor.</span>
      )}
    </header>
  )
}

const wanted = examples.find((e) => e.id === parameters.get('example'))
const isNew = !localStorage.getItem('graphiql:tabState')
const first = wanted ?? (isNew ? examples.find((e) => e.id === 'CampaignsTable') : undefined)

function OpenWanted() {
  const open = useOpen()
  const ready = useGraphiQL((s) => Boolean(s.queryEditor && s.variableEditor))
  const [done, setDone] = useState(false)
  if (ready && wanted && !isNew && !done) {
    setDone(true)
    setTimeout(() => open(wanted))
  }
  return null
}

function Playground() {
  const [ready, setReady] = useState(false)
  return (
    <>
      <Personas
        onToken={() => setReady(true)}
      />
      {ready ? (
        <GraphiQL
          fetcher={fetcher}
          plugins={[HISTORY_PLUGIN, Examples, Explain]}
          {...(innerWidth < 720 ? {} : { visiblePlugin: Examples })}
          shouldPersistHeaders={false}
          {...(isNew && first ? { initialQuery: first.query, initialVariables: first.variables } : {})}
        >
          <OpenWanted />
        </GraphiQL>
      ) : null}
    </>
  )
}

createRoot(document.getElementById('playground')).render(<Playground />)

// Real clients against a server that a Go test starts: graph/clients_test.go.
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { Client as Urql, fetchExchange } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import { EventSource } from 'eventsource'
import { serverAudits } from 'graphql-http'
import { createClient as createSSE } from 'graphql-sse'
import { createClient as createWS } from 'graphql-ws'
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import WebSocket from 'ws'

const { OPEN, LOCKED, CONTROL, ADVERTISER } = process.env
const token = '1' // as the Go test verifies it
const headers = { authorization: `Bearer ${token}`, 'x-adsgraph-csrf': '1' }
const sha256 = text => createHash('sha256').update(text).digest('hex')
const control = action => fetch(CONTROL + action, { method: 'POST' })
const follow = `subscription ($id: ID!) { campaignChanged(advertiserId: $id) { campaign { name } } }`
const variables = { id: ADVERTISER }
const patience = { timeout: 60_000 }

// counted is fetch that keeps what was sent.
function counted(sent) {
  return async (url, init = {}) => {
    const response = await fetch(url, init)
    sent.push({ method: init.method ?? 'GET', url: String(url), body: init.body, status: response.status })
    return response
  }
}

const audits = serverAudits({
  url: OPEN,
  fetchFn: (url, init = {}) => fetch(url, { ...init, headers: { ...headers, ...init.headers } }),
})
test('there are 61 audits', () => assert.equal(audits.length, 61))
for (const audit of audits) {
  test(`graphql-http ${audit.id} ${audit.name}`, patience, async () => {
    const result = await audit.fn()
    if (result.response) assert.equal(result.status, 'ok', `${result.reason}: ${result.response.status}`)
    else assert.equal(result.status, 'ok', result.reason)
  })
}

test('urql sends persisted documents to a locked server', patience, async () => {
  const sent = []
  const text = 'query Switcher { viewer { name } }' // is in the manifest of the Go test
  const client = new Urql({
    url: LOCKED,
    fetch: counted(sent),
    preferGetMethod: false,
    fetchOptions: { headers },
    exchanges: [
      persistedExchange({ enforcePersistedQueries: true, preferGetForPersistedQueries: true, generateHash: async () => sha256(text) }),
      fetchExchange,
    ],
  })
  const result = await client.query(text, {}).toPromise()
  assert.equal(result.error, undefined)
  assert.equal(result.data.viewer.name, 'Olga Owner')
  assert.deepEqual(sent.map(s => s.method), ['GET'])
  const refused = await new Urql({ url: LOCKED, fetchOptions: { headers }, preferGetMethod: false, exchanges: [fetchExchange] }).query('{ viewer { email } }', {}).toPromise()
  assert.equal(refused.error.graphQLErrors[0].extensions.code, 'PERSISTED_DOCUMENT_UNKNOWN')
})

test('Apollo Client makes documents known, then sends hashes', patience, async () => {
  const sent = []
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(new HttpLink({ uri: OPEN, headers, fetch: counted(sent) })),
  })
  const query = gql`query Automatic { viewer { name email } }`
  for (let i = 0; i < 2; i++) {
    const { data } = await client.query({ query, fetchPolicy: 'no-cache' })
    assert.equal(data.viewer.name, 'Olga Owner')
  }
  assert.deepEqual(sent.map(s => s.method), ['GET', 'POST', 'GET'])
  assert.ok(JSON.parse(sent[1].body).query)
  await assert.rejects(client.query({ query: gql`query Wrong { viewer { nonsense } }`, fetchPolicy: 'no-cache' }), /nonsense/)
})

test('Relay sends ids of its persisted documents to a locked server', patience, async () => {
  const texts = Object.entries(JSON.parse(readFileSync('out/documents/relay.json', 'utf8')))
  const id = name => texts.find(([, text]) => text.includes(`query ${name}(`))[0]
  const ask = async (documentId, variables) => {
    const response = await fetch(LOCKED, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ documentId, variables }),
    })
    const { data, errors } = await response.json()
    assert.equal(errors, undefined)
    return data
  }
  const first = (await ask(id('CampaignsQuery'), { id: ADVERTISER, first: 1 })).advertiser.campaigns
  assert.equal(first.pageInfo.hasNextPage, true)
  const { node } = await ask(id('CampaignsPaginationQuery'), { id: ADVERTISER, first: 1, after: first.pageInfo.endCursor })
  assert.notEqual(node.campaigns.edges[0].node.id, first.edges[0].node.id)
})

const socket = (more = {}) =>
  createWS({ url: OPEN.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams: { authorization: token }, ...more })

test('graphql-ws hears events, keeps alive, and comes back', patience, async () => {
  let connected = 0
  let pongs = 0
  const client = socket({ keepAlive: 50, shouldRetry: () => true, retryWait: async () => {}, on: { connected: () => connected++, pong: () => pongs++ } })
  const events = client.iterate({ query: follow, variables })
  const hear = async () => {
    const next = events.next()
    const again = setInterval(() => control('/change'), 200) // until it follows
    const { value } = await next
    clearInterval(again)
    return value
  }
  assert.match((await hear()).data.campaignChanged.campaign.name, /^Changed/)
  await new Promise(resolve => { const timer = setInterval(() => pongs > 1 && resolve(clearInterval(timer)), 10) })
  client.terminate()
  while (connected < 2) await hear()
  assert.equal(connected, 2)
  await events.return()
  await client.dispose()
})

test('graphql-ws does not come back when it is not let in', patience, async () => {
  let attempts = 0
  const client = socket({ connectionParams: { authorization: 'nobody' }, retryAttempts: 5, shouldRetry: () => true, on: { connecting: () => attempts++ } })
  await assert.rejects(client.iterate({ query: follow, variables }).next(), e => e.code === 4401)
  assert.equal(attempts, 1)
})

const closed = (...messages) =>
  new Promise((resolve, reject) => {
    const s = new WebSocket(OPEN.replace('http', 'ws'), 'graphql-transport-ws')
    s.on('open', () => messages.forEach(m => s.send(typeof m === 'string' ? m : JSON.stringify(m))))
    s.on('close', resolve)
    s.on('error', reject)
  })
test('sockets are closed with the codes of the protocol', patience, async () => {
  const init = { type: 'connection_init', payload: { authorization: token } }
  const subscribe = { type: 'subscribe', id: '1', payload: { query: follow, variables } }
  assert.equal(await closed(init, init), 4429)
  assert.equal(await closed(subscribe), 4401)
  assert.equal(await closed({ type: 'connection_init', payload: 5 }), 4400)
  assert.equal(await closed(init, 'rubbish'), 4400)
  assert.equal(await closed({ type: 'ping' }, init, subscribe, subscribe), 4409)
})

test('graphql-sse hears events, and comes back', patience, async () => {
  let tries = 0
  const client = createSSE({ url: OPEN, headers, retryAttempts: 10, retry: async () => {}, onMessage: undefined, fetchFn: (...a) => (tries++, fetch(...a)) })
  const events = client.iterate({ query: follow, variables })
  const hear = async () => {
    const next = events.next()
    const again = setInterval(() => control('/change'), 200)
    const { value } = await next
    clearInterval(again)
    return value
  }
  assert.match((await hear()).data.campaignChanged.campaign.name, /^Changed/)
  await control('/drop')
  while (tries < 2) await hear()
  await events.return()
  const once = []
  for await (const result of client.iterate({ query: '{ viewer { name } }' })) once.push(result)
  assert.deepEqual(once, [{ data: { viewer: { name: 'Olga Owner' } } }])
  client.dispose()
})

test('graphql-sse is not let in without a token', patience, async () => {
  const client = createSSE({ url: OPEN, retryAttempts: 0, headers: { authorization: 'Bearer nobody' } })
  await assert.rejects(client.iterate({ query: follow, variables }).next(), e => e.response?.status === 401)
})

test('EventSource follows by GET, and hears the end', patience, async () => {
  const url = query => `${OPEN}?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`
  const open = query => new EventSource(url(query), { fetch: (u, init) => fetch(u, { ...init, headers: { ...init.headers, ...headers } }) })
  const source = open(follow)
  const next = new Promise(resolve => source.addEventListener('next', e => resolve(JSON.parse(e.data))))
  const again = setInterval(() => control('/change'), 200)
  assert.match((await next).data.campaignChanged.campaign.name, /^Changed/)
  clearInterval(again)
  source.close()
  const short = open('query ($id: ID!) { advertiser(id: $id) { id } }')
  await new Promise(resolve => short.addEventListener('complete', resolve))
  short.close()
})

// How documents get to the server, and answers into the store.
import { createClient, type Client } from 'graphql-ws'
import {
  Environment,
  Network,
  Observable,
  RecordSource,
  Store,
  type GraphQLResponse,
  type RequestParameters,
  type Variables,
} from 'relay-runtime'
import { session } from '../lib/session'
import { failureOf, RequestError } from './errors'

type Payload = { data?: Record<string, unknown> | null; errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[] }

// What the next requests must see: the mark of the last write, and shortly after
// somebody's was heard of, everything. By then replicas have it.
const written = { mark: '', until: 0 }
let heardUntil = 0
const readAfterHeader = (): Record<string, string> => {
  const now = Date.now()
  const mark = now < heardUntil ? 'latest' : now < written.until ? written.mark : ''
  return mark ? { 'X-Adsgraph-Read-After': mark } : {}
}

async function send(params: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
  const answer = await post('/graphql', { documentId: params.id, operationName: params.name, variables }, readAfterHeader())
  const mark = answer.headers.get('X-Adsgraph-Read-After')
  if (mark) Object.assign(written, { mark, until: Date.now() + 30_000 })
  const payload = (await answer.json().catch(() => ({}))) as Payload
  if (payload.data == null) {
    throw new RequestError(
      payload.errors?.length
        ? failureOf(payload.errors, answer.headers.get('Retry-After'))
        : { code: answer.status >= 502 ? 'UNAVAILABLE' : 'INTERNAL', message: `The server answered with status ${answer.status}.` },
    )
  }
  // Relay hides the messages of errors from components, but not extensions.
  for (const e of payload.errors ?? []) e.extensions = { ...e.extensions, said: e.message }
  return payload as GraphQLResponse
}

// Sends JSON as the one who is signed in. When the session has ended it waits
// for a new one and sends again.
export async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  for (;;) {
    const token = session.get()?.token
    if (!token) {
      await session.renew()
      continue
    }
    let answer: Response
    try {
      answer = await fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json', Authorization: `Bearer ${token}`, ...headers },
        body: JSON.stringify(body),
      })
    } catch {
      throw new RequestError({ code: 'OFFLINE', message: 'Check your connection. What you see may be out of date; nothing that you typed is lost.' })
    }
    if (answer.status !== 401) return answer
    if (session.get()?.token === token) await session.renew()
  }
}

let client: Client | null = null
function socket(): Client {
  client ??= createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: () => ({ authorization: `Bearer ${session.get()?.token ?? ''}` }),
    lazy: true,
    lazyCloseTimeout: 1000,
    retryAttempts: Infinity,
    shouldRetry: (e) => e instanceof CloseEvent && session.get() !== null,
    on: { error: () => {} },
  })
  return client
}

function listen(params: RequestParameters, variables: Variables) {
  return Observable.create<GraphQLResponse>((sink) =>
    socket().subscribe(
      // graphql-ws sends nothing without a query, so there is an empty one
      { query: '', documentId: params.id, operationName: params.name, variables } as { query: string; variables: Variables },
      {
        next: (value) => {
          heardUntil = Date.now() + 5_000
          sink.next(value as GraphQLResponse)
        },
        error: (error) => sink.error(error instanceof Error ? error : new Error('The stream ended.')),
        complete: () => sink.complete(),
      },
    ),
  )
}

export const makeEnvironment = (of: string) =>
  new Environment({ configName: of, network: Network.create(send, listen), store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }) })

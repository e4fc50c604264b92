// What went wrong with a request, in the words of the interface. The server's
// codes are in docs; its messages are whole sentences for people.
export type Failure = { code: string; message: string; requires?: string; retryAfter?: number }

type PayloadError = { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }

export class RequestError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

export function failureOf(errors: readonly PayloadError[], retryAfter?: string | null): Failure {
  const first = errors[0]
  const code = String(first?.extensions?.code ?? 'INTERNAL')
  return {
    code,
    message: code === 'PERSISTED_DOCUMENT_UNKNOWN' ? older : (first?.message ?? 'The server could not answer.'),
    requires: first?.extensions?.requires as string | undefined,
    ...(retryAfter ? { retryAfter: Number(retryAfter) } : {}),
  }
}

// A field that Relay caught: its errors hold what the server said of it.
export type Caught<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly unknown[] }

export function failureOfField(caught: { readonly ok: false; readonly errors: readonly unknown[] }): Failure {
  const error = (caught.errors[0] ?? {}) as PayloadError & { said?: string }
  return failureOf([{ message: String(error.extensions?.said ?? error.message ?? 'This part could not be read.'), extensions: error.extensions ?? {} }])
}

const titles: Record<string, string> = {
  OFFLINE: 'The server cannot be reached',
  UNAVAILABLE: 'The service is not available right now',
  TIMEOUT: 'This took too long',
  FORBIDDEN: 'You do not have access to this',
  NOT_FOUND: 'There is nothing here',
  TOO_LARGE: 'That is more than can be shown at once',
  UNSUPPORTED: 'That combination is not available',
  BEYOND_RETENTION: 'The numbers are not kept that long',
  INVALID: 'That request cannot be answered',
  TOO_MANY: 'Too many requests at once',
  RATE_LIMITED: 'That was a lot at once',
  SWITCHED_OFF: 'This is switched off at the moment',
  TOO_MANY_ROWS: 'That is more than can be shown at once',
  RESPONSE_TOO_LARGE: 'That is more than can be shown at once',
  PERSISTED_DOCUMENT_UNKNOWN: 'A newer version is running',
}

// What this page sends was in the server when the page was loaded.
const older = 'Load the page again to get it.'


export const titleOf = (f: Failure) => titles[f.code] ?? 'Something went wrong'

// Whether asking again may help.
export const canRetry = (f: Failure) => !['FORBIDDEN', 'NOT_FOUND', 'TOO_LARGE', 'UNSUPPORTED', 'BEYOND_RETENTION', 'INVALID', 'TOO_MANY_ROWS', 'RESPONSE_TOO_LARGE', 'PERSISTED_DOCUMENT_UNKNOWN'].includes(f.code)

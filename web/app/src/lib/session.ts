// Who is signed in. The token lives in this tab's session storage only; other
// tabs sign in for themselves, so that two personas can be compared.
import { useSyncExternalStore } from 'react'

export type Session = { token: string; expiresAt: string | null; persona: string | null }

const key = 'adsgraph.session'
const listeners = new Set<() => void>()
let current: Session | null = read()
let renewing: { promise: Promise<void>; done: () => void } | null = null

function read(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Session | null
  } catch {
    return null
  }
}

function changed() {
  for (const l of listeners) l()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const session = {
  get: () => current,
  set(next: Session | null) {
    current = next
    if (next) sessionStorage.setItem(key, JSON.stringify(next))
    else sessionStorage.removeItem(key)
    if (next && renewing) {
      renewing.done()
      renewing = null
    }
    changed()
  },
  // Waits until somebody has signed in again. The page stays as it is below the
  // dialog that asks for it, so nothing that was typed is lost.
  renew(): Promise<void> {
    if (!renewing) {
      let done = () => {}
      const promise = new Promise<void>((resolve) => (done = resolve))
      renewing = { promise, done }
      changed()
    }
    return renewing.promise
  },
  isRenewing: () => renewing !== null,
}

export const useSession = () => useSyncExternalStore(subscribe, session.get)
export const useRenewing = () => useSyncExternalStore(subscribe, session.isRenewing)

export type Persona = { name: string; person: string; email: string; roles: string[]; accounts: string }

// The people of the demo; null on a server that is not the demo.
export async function personas(): Promise<Persona[] | null> {
  const response = await fetch('/demo/personas')
  if (!response.ok || !response.headers.get('Content-Type')?.includes('json')) return null
  return ((await response.json()) as { personas: Persona[] }).personas
}

export async function signIn(persona: string): Promise<void> {
  const response = await fetch('/demo/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ persona }),
  })
  if (!response.ok) throw new Error('The demo could not sign in.')
  const { token, expiresAt } = (await response.json()) as { token: string; expiresAt: string }
  session.set({ token, expiresAt, persona })
}

// Signing in: as one of the people of the demo, or with a token of the
// organisation's issuer.
import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import * as f from '../lib/format'
import { personas, session, signIn, useRenewing, useSession, type Persona } from '../lib/session'
import { Button, Dialog, initials } from '../ui/kit'

export function SignIn() {
  return (
    <main className="signin">
      <div className="card">
        <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
          <img src="/icon.svg" alt="" width={40} height={40} />
          <div>
            <h1>Ads Manager</h1>
            <p className="muted">The reference interface of Adsgraph</p>
          </div>
        </div>
        <Ways />
      </div>
    </main>
  )
}

function Ways() {
  const [people, setPeople] = useState<Persona[] | null | undefined>(undefined)
  const [wrong, setWrong] = useState<string | null>(null)
  const [token, setToken] = useState('')
  const load = () => {
    setWrong(null)
    personas().then(setPeople, () => setWrong('The server cannot be reached.'))
  }
  useEffect(load, [])
  return (
    <>
      {people ? (
        <>
          <p style={{ color: 'var(--ink-2)' }}>This is the demo: its data is made up, and everybody may be anybody. What each person sees differs.</p>
          <div className="who">
            {people.map((p) => (
              <button key={p.name} className="persona" onClick={() => void signIn(p.name).catch((e: Error) => setWrong(e.message))}>
                <span className="person">{initials(p.person)}</span>
                <span className="two">
                  <strong>{p.person}</strong>
                  <small>{p.roles.length ? `${p.roles.map(f.words).join(', ')} · ${p.accounts === 'all' ? 'all accounts' : `account${p.accounts.includes(',') ? 's' : ''} ${p.accounts}`}` : 'No access to any account'}</small>
                </span>
                <ChevronRight className="i" aria-hidden />
              </button>
            ))}
          </div>
        </>
      ) : people === null ? (
        <form
          style={{ display: 'grid', gap: 12 }}
          onSubmit={(e) => {
            e.preventDefault()
            if (token.trim()) session.set({ token: token.trim().replace(/^Bearer /, ''), expiresAt: null, persona: null })
          }}
        >
          <label className="field">
            <span className="label">Access token</span>
            <textarea className="input" rows={5} spellCheck={false} autoComplete="off" value={token} onChange={(e) => setToken(e.target.value)} />
            <span className="hint">Your organisation’s sign-in gives tokens for this server. It stays in this tab only.</span>
          </label>
          <Button type="submit" look="primary" isDisabled={!token.trim()}>
            Sign in
          </Button>
        </form>
      ) : wrong ? null : (
        <div className="who" aria-label="Loading">
          {[1, 2, 3, 4].map((n) => (
            <span key={n} className="skel" style={{ height: 54 }} />
          ))}
        </div>
      )}
      {wrong ? (
        <div className="notice bad" role="alert">
          {wrong}
          <span className="end">
            <button className="linkish" onClick={load}>
              Try again
            </button>
          </span>
        </div>
      ) : null}
    </>
  )
}

// When a session ends, a dialog over the page asks to sign in again. The page
// stays, and requests that wait for it are sent afterwards.
export function Renew() {
  const renewing = useRenewing()
  const now = useSession()
  const [wrong, setWrong] = useState(false)
  if (!now) return null
  return (
    <Dialog
      open={renewing}
      fixed
      title="Your session has ended"
      text="Sign in again to go on. What you typed and chose is still here."
      onClose={() => {}}
      end={
        <>
          <Button
            onPress={() => {
              session.set(null)
              location.assign('/')
            }}
          >
            Sign in as somebody else
          </Button>
          {now.persona ? (
            <Button look="primary" onPress={() => void signIn(now.persona!).catch(() => setWrong(true))}>
              Go on as {now.persona}
            </Button>
          ) : null}
        </>
      }
    >
      {wrong ? <div className="notice bad">The server cannot be reached. Try again in a moment.</div> : null}
    </Dialog>
  )
}

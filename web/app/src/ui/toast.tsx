// Short messages at the foot of the page: what was done, with a way back.
import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'

type Toast = { id: number; text: string; bad?: boolean; action?: { label: string; do: () => void } }

let toasts: Toast[] = []
let next = 1
const listeners = new Set<() => void>()
const set = (t: Toast[]) => {
  toasts = t
  for (const l of listeners) l()
}
const drop = (id: number) => set(toasts.filter((t) => t.id !== id))

export function toast(text: string, more: { bad?: boolean; action?: Toast['action'] } = {}) {
  const id = next++
  set([...toasts.slice(-2), { id, text, ...more }])
  setTimeout(() => drop(id), more.bad ? 12_000 : 8000)
}

export function Toasts() {
  const all = useSyncExternalStore(
    (l) => (listeners.add(l), () => listeners.delete(l)),
    () => toasts,
  )
  return (
    <div className="toasts" role="status" aria-live="polite">
      {all.map((t) => (
        <div key={t.id} className={`toast ${t.bad ? 'bad' : ''}`}>
          <span>{t.text}</span>
          {t.action ? (
            <button
              onClick={() => {
                drop(t.id)
                t.action!.do()
              }}
            >
              {t.action.label}
            </button>
          ) : null}
          <button className="x" aria-label="Dismiss" onClick={() => drop(t.id)}>
            <X className="i" aria-hidden />
          </button>
        </div>
      ))}
    </div>
  )
}

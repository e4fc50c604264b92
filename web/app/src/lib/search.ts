// What the address says of a screen: a link shows a colleague the same thing.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

const keys = [
  'range', 'from', 'to', 'compare', 'sort', 'cols', 'q', 'status', 'delivery', 'objective', 'labels', 'review', 'type',
  'campaigns', 'groups', 'where', 'after', 'rows', 'metric', 'by', 'step', 'level', 'source', 'field', 'severity', 'tab', 'ids',
] as const
export type Search = Partial<Record<(typeof keys)[number], string>>

export function validateSearch(raw: Record<string, unknown>): Search {
  const search: Search = {}
  for (const k of keys) if (typeof raw[k] === 'string' && raw[k] !== '') search[k] = raw[k]
  return search
}

// Plain text in the address, no JSON: status=ACTIVE,PAUSED.
export const parseSearch = (text: string) => Object.fromEntries(new URLSearchParams(text))
export function stringifySearch(search: Record<string, unknown>) {
  const pairs = Object.entries(search).filter(([, v]) => v !== undefined && v !== '') as [string, string][]
  const text = new URLSearchParams(pairs).toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return text ? '?' + text : ''
}

// What stays when one goes from screen to screen.
export const kept = (s: Search): Search => ({ range: s.range, from: s.from, to: s.to, compare: s.compare })

export const list = (text: string | undefined) => (text ? text.split(',') : [])
export const join = (values: readonly string[]) => values.join(',') || undefined

export type Patch = (values: Search, options?: { replace?: boolean }) => void

export function useSearchState(): [Search, Patch] {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const patch = useCallback<Patch>(
    (values, options) => {
      // Whatever changes the set of rows begins at its first page again.
      const page = 'after' in values || 'metric' in values || 'cols' in values ? {} : { after: undefined }
      void navigate({ to: '.', search: ((prev: Search) => ({ ...prev, ...page, ...values })) as never, replace: options?.replace ?? false, resetScroll: false })
    },
    [navigate],
  )
  return [search, patch]
}

export type Threshold = { metric: string; min?: number; max?: number }
// SPEND:100: stands for at least 100, CTR::0.01 for at most 1 %.
export const thresholds = (text: string | undefined): Threshold[] =>
  list(text).map((t) => {
    const [metric, min, max] = t.split(':')
    return { metric: metric!, ...(min ? { min: Number(min) } : {}), ...(max ? { max: Number(max) } : {}) }
  })
export const thresholdText = (all: readonly Threshold[]) => join(all.map((t) => `${t.metric}:${t.min ?? ''}:${t.max ?? ''}`))

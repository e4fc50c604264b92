// A screen is one query. It is sent once, when the screen or its variables
// change; the parts of the screen read it at their own pace, each with its own
// skeleton and its own error.
import { CloudOff, RotateCw, SearchX, ShieldAlert, TriangleAlert } from 'lucide-react'
import { Component, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useState, type ReactNode } from 'react'
import { usePreloadedQuery, useQueryLoader, type PreloadedQuery } from 'react-relay'
import type { GraphQLTaggedNode, OperationType } from 'relay-runtime'
import { Button, State } from '../ui/kit'
import { canRetry, RequestError, titleOf, type Failure } from './errors'

export type Screen<Q extends OperationType> = {
  query: GraphQLTaggedNode
  ref: PreloadedQuery<Q> | null
  pending: boolean
  reload: () => void
}

export function useScreen<Q extends OperationType>(query: GraphQLTaggedNode, variables: Q['variables']): Screen<Q> {
  const [ref, load] = useQueryLoader<Q>(query)
  const [turn, setTurn] = useState(0)
  const key = JSON.stringify(variables)
  useEffect(() => {
    load(JSON.parse(key) as Q['variables'], { fetchPolicy: 'store-and-network' })
  }, [load, key, turn])
  const shown = useDeferredValue(ref)
  const reload = useCallback(() => setTurn((t) => t + 1), [])
  const pending = shown !== ref
  return useMemo(() => ({ query, ref: shown ?? null, pending, reload }), [query, shown, pending, reload])
}

export function Panel<Q extends OperationType>(p: {
  screen: Screen<Q>
  fallback: ReactNode
  failed?: (failure: Failure) => ReactNode
  children: (data: Q['response']) => ReactNode
}) {
  const { screen } = p
  if (!screen.ref) return <>{p.fallback}</>
  return (
    <Boundary of={screen.ref} failed={p.failed ?? ((failure) => <Failed failure={failure} retry={screen.reload} />)}>
      <Suspense fallback={p.fallback}>
        <Reader screen={screen} queryRef={screen.ref}>
          {p.children}
        </Reader>
      </Suspense>
    </Boundary>
  )
}

function Reader<Q extends OperationType>(p: { screen: Screen<Q>; queryRef: PreloadedQuery<Q>; children: (data: Q['response']) => ReactNode }) {
  return <>{p.children(usePreloadedQuery<Q>(p.screen.query, p.queryRef))}</>
}

type BoundaryProps = { of: unknown; failed: (f: Failure) => ReactNode; children: ReactNode }

// Shows a failure until something else is loaded. What is below is not made anew
// with each load: it would lose the focus, and what is being typed.
class Boundary extends Component<BoundaryProps, { of: unknown; failure: Failure | null }> {
  override state = { of: this.props.of, failure: null as Failure | null }
  static getDerivedStateFromProps(props: BoundaryProps, state: { of: unknown }) {
    return props.of === state.of ? null : { of: props.of, failure: null }
  }
  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof RequestError ? error.failure : { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) } }
  }
  override render() {
    return this.state.failure ? this.props.failed(this.state.failure) : this.props.children
  }
}

const icons: Record<string, ReactNode> = {
  OFFLINE: <CloudOff />,
  UNAVAILABLE: <CloudOff />,
  FORBIDDEN: <ShieldAlert />,
  NOT_FOUND: <SearchX />,
}

export function Failed({ failure, retry, acts }: { failure: Failure; retry?: () => void; acts?: ReactNode }) {
  return (
    <State
      icon={icons[failure.code] ?? <TriangleAlert />}
      bad={failure.code !== 'FORBIDDEN' && failure.code !== 'NOT_FOUND'}
      title={titleOf(failure)}
      acts={
        <>
          {retry && canRetry(failure) ? (
            <Button onPress={retry}>
              <RotateCw className="i" aria-hidden /> Try again
            </Button>
          ) : null}
          {acts}
        </>
      }
    >
      {failure.message}
    </State>
  )
}

// What a skeleton says once waiting gets long.
export function Slow() {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const t = setTimeout(() => setSlow(true), 4000)
    return () => clearTimeout(t)
  }, [])
  return (
    <div role="status" className={slow ? 'slow' : 'sr'}>
      {slow ? 'Still loading. This is taking longer than usual; nothing has to be done again.' : 'Loading'}
    </div>
  )
}

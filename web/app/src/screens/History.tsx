// Who changed what, newest first.
import { useParams } from '@tanstack/react-router'
import { History as Icon } from 'lucide-react'
import { graphql, useFragment } from 'react-relay'
import * as f from '../lib/format'
import { list, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Button, initials, MenuButton, State } from '../ui/kit'
import { TableSkeleton } from '../ui/table'
import { Subject } from './Alert'
import { Part } from './parts'
import { fieldName, valueText } from './Performance'
import { Shell } from './Shell'
import { Pager, rowsOf } from './tables'
import type { HistoryQuery } from '../__generated__/HistoryQuery.graphql'
import type { History_changes$key } from '../__generated__/History_changes.graphql'

const query = graphql`
  query HistoryQuery($account: ID!, $first: Int!, $after: String, $filter: ChangeFilter) @screen(statements: 4) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...History_changes
    }
  }
`
const levels = ['ADVERTISER', 'CAMPAIGN', 'AD_GROUP', 'AD', 'MEMBER']
const sources = ['UI', 'API', 'BULK', 'SYSTEM']
const sourceNames: Record<string, string> = { UI: 'By hand', API: 'By a program', BULK: 'Many at once', SYSTEM: 'By the system' }
const levelName = (l: string) => (l === 'ADVERTISER' ? 'Account' : f.words(l))

export function History() {
  const { account } = useParams({ from: '/a/$account/history' })
  const [search, patch] = useSearchState()
  const screen = useScreen<HistoryQuery>(query, {
    account,
    first: rowsOf(search),
    after: list(search.after).at(-1) ?? null,
    filter: {
      ...(search.level ? { level: [search.level as never] } : {}),
      ...(search.source ? { source: [search.source as never] } : {}),
      ...(search.ids ? { entityIds: list(search.ids) } : {}),
      ...(search.from && search.to ? { from: search.from, to: search.to } : {}),
    },
  })
  return (
    <Shell screen={screen}>
      <div className="page-head">
        <h1>Change history</h1>
      </div>
      <div className={`card table-card ${screen.pending ? 'busy' : ''}`}>
        <div className="tools">
          <MenuButton
            label="What was changed"
            selected={search.level ?? ''}
            button={<Button><span className="sub">Of</span> {search.level ? levelName(search.level) : 'everything'}</Button>}
            items={[{ id: '', label: 'Everything', do: () => patch({ level: undefined }) }, ...levels.map((l) => ({ id: l, label: levelName(l), do: () => patch({ level: l }) }))]}
          />
          <MenuButton
            label="How"
            selected={search.source ?? ''}
            button={<Button><span className="sub">Made</span> {search.source ? sourceNames[search.source]!.toLowerCase() : 'in any way'}</Button>}
            items={[{ id: '', label: 'In any way', do: () => patch({ source: undefined }) }, ...sources.map((s) => ({ id: s, label: sourceNames[s]!, do: () => patch({ source: s }) }))]}
          />
          <label className="check-line" style={{ display: 'flex', gap: 6, fontSize: 13 }}>
            From <input className="input" type="date" style={{ width: 150 }} value={search.from ?? ''} onChange={(e) => patch({ from: e.target.value || undefined, to: e.target.value ? (search.to ?? e.target.value) : undefined })} />
          </label>
          <label className="check-line" style={{ display: 'flex', gap: 6, fontSize: 13 }}>
            to <input className="input" type="date" style={{ width: 150 }} min={search.from} value={search.to ?? ''} onChange={(e) => patch({ to: e.target.value || undefined, from: e.target.value ? (search.from ?? e.target.value) : undefined })} />
          </label>
          {search.ids || search.level || search.source || search.from ? (
            <Button look="quiet" onPress={() => patch({ ids: undefined, level: undefined, source: undefined, from: undefined, to: undefined })}>
              Show all
            </Button>
          ) : null}
        </div>
        <Panel screen={screen} fallback={<TableSkeleton columns={6} />}>
          {({ advertiser }) => (advertiser.ok && advertiser.value ? <Changes of={advertiser.value} account={account} search={search} patch={patch} reload={screen.reload} /> : null)}
        </Panel>
      </div>
    </Shell>
  )
}

function Changes({ of, account, search, patch, reload }: { of: History_changes$key; account: string; search: Search; patch: Patch; reload: () => void }) {
  const data = useFragment(
    graphql`
      fragment History_changes on Advertiser {
        currency
        timeZone
        changes(first: $first, after: $after, filter: $filter) @catch {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              at
              source
              entityLevel
              field
              old
              new
              actor {
                name
              }
              entity {
                __typename
                id
                ... on Campaign {
                  name
                }
                ... on AdGroup {
                  name
                }
                ... on Ad {
                  adName: name
                }
              }
            }
          }
        }
      }
    `,
    of,
  )
  return (
    <Part of={data.changes} retry={reload}>
      {(changes) =>
        changes.edges.length === 0 ? (
          <State icon={<Icon />} title="No changes" acts={<Button onPress={() => patch({ ids: undefined, level: undefined, source: undefined, from: undefined, to: undefined })}>Show all changes</Button>}>
            Nothing was changed that fits what is asked for.
          </State>
        ) : (
          <>
            <div className="scroll" tabIndex={0} role="region" aria-label="Changes">
              <table className="grid">
                <caption className="sr">Changes, newest first</caption>
                <thead>
                  <tr>
                    <th scope="col">When</th>
                    <th scope="col">Who</th>
                    <th scope="col">What</th>
                    <th scope="col">Setting</th>
                    <th scope="col">Before</th>
                    <th scope="col">After</th>
                    <th scope="col">How</th>
                  </tr>
                </thead>
                <tbody>
                  {changes.edges.map(({ node }) => (
                    <tr key={node.id}>
                      <td>
                        <span className="two">
                          <span>{f.instant(node.at, data.timeZone)}</span>
                          <small>{f.ago(node.at)}</small>
                        </span>
                      </td>
                      <td>
                        <span style={{ display: 'flex', gap: 9, alignItems: 'center' }}>
                          <span className="person" aria-hidden>{node.actor ? initials(node.actor.name) : '⚙'}</span>
                          {node.actor?.name ?? 'System'}
                        </span>
                      </td>
                      <td>
                        <span className="two" style={{ maxWidth: 320 }}>
                          <span>{node.entity ? <Subject entity={node.entity as never} account={account} /> : levelName(node.entityLevel)}</span>
                          <small>{levelName(node.entityLevel)}</small>
                        </span>
                      </td>
                      <td>{f.words(fieldName(node.field))}</td>
                      <td className="off clip1">{valueText(node.old, data.currency)}</td>
                      <td><strong className="clip1" style={{ fontWeight: 600 }}>{valueText(node.new, data.currency)}</strong></td>
                      <td>{sourceNames[node.source] ?? f.words(node.source)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <Pager search={search} patch={patch} shown={changes.edges.length} total={changes.totalCount} next={changes.pageInfo.hasNextPage ? (changes.pageInfo.endCursor ?? null) : null} what="changes" />
          </>
        )
      }
    </Part>
  )
}

// Who may do what in the account, and how that came about.
import { useParams } from '@tanstack/react-router'
import { graphql, useFragment } from 'react-relay'
import * as f from '../lib/format'
import { list, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { initials } from '../ui/kit'
import { Card, PageSkeleton, Part } from './parts'
import { Shell } from './Shell'
import { Pager, SearchBox } from './tables'
import type { MembersQuery } from '../__generated__/MembersQuery.graphql'
import type { Members_all$key } from '../__generated__/Members_all.graphql'

const query = graphql`
  query MembersQuery($account: ID!, $after: String, $filter: MemberFilter) @screen(statements: 6) {
    viewer {
      ...Shell_viewer
    }
    advertiser(id: $account) @catch {
      ...Shell_advertiser
      ...Members_all
    }
  }
`

export function Members() {
  const { account } = useParams({ from: '/a/$account/members' })
  const [search, patch] = useSearchState()
  const screen = useScreen<MembersQuery>(query, { account, after: list(search.after).at(-1) ?? null, filter: search.q ? { textContains: search.q } : null })
  return (
    <Shell screen={screen}>
      <Panel screen={screen} fallback={<PageSkeleton />}>
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <All of={advertiser.value} search={search} patch={patch} reload={screen.reload} /> : null)}
      </Panel>
    </Shell>
  )
}

const tones: Record<string, string> = { OPEN: 'info', ACCEPTED: 'good', EXPIRED: '', REVOKED: 'bad' }
const verbs: Record<string, string> = { INVITED: 'was offered', GRANTED: 'became', REVOKED: 'is no longer', EXPIRED: 'did not become' }

function All({ of, search, patch, reload }: { of: Members_all$key; search: Search; patch: Patch; reload: () => void }) {
  const data = useFragment(
    graphql`
      fragment Members_all on Advertiser {
        timeZone
        members(first: 25, after: $after, filter: $filter) @catch {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              person {
                name
              }
              email
              roles
              addedBy {
                name
              }
              addedAt
            }
          }
        }
        invitations(first: 10) @catch {
          edges {
            node {
              id
              email
              roles
              status
              invitedBy {
                name
              }
              expiresAt
            }
          }
        }
        accessLog(first: 12) @catch {
          edges {
            node {
              id
              at
              actor {
                name
              }
              person {
                name
              }
              email
              role
              action
            }
          }
        }
      }
    `,
    of,
  )
  return (
    <>
      <div className="page-head">
        <h1>Members</h1>
      </div>
      <section className="card table-card" aria-label="Members">
        <div className="tools">
          <SearchBox search={search} patch={patch} what="members" />
        </div>
        <Part of={data.members} retry={reload}>
          {(m) => (
            <>
              <div className="scroll" tabIndex={0} role="region" aria-label="Members">
                <table className="grid">
                  <caption className="sr">Members</caption>
                  <thead>
                    <tr>
                      <th scope="col">Person</th>
                      <th scope="col">Roles</th>
                      <th scope="col">Since</th>
                      <th scope="col">Added by</th>
                    </tr>
                  </thead>
                  <tbody>
                    {m.edges.map(({ node }) => (
                      <tr key={node.id}>
                        <th scope="row">
                          <span style={{ display: 'flex', gap: 11, alignItems: 'center' }}>
                            <span className="person" aria-hidden>{initials(node.person.name)}</span>
                            <span className="two">
                              <strong style={{ fontWeight: 560 }}>{node.person.name}</strong>
                              <small>{node.email}</small>
                            </span>
                          </span>
                        </th>
                        <td>
                          <span style={{ display: 'flex', gap: 5 }}>{node.roles.map((r) => <span key={r} className={`badge ${r === 'OWNER' || r === 'ADMIN' ? 'info' : ''}`}>{f.words(r)}</span>)}</span>
                        </td>
                        <td>{f.dayOf(node.addedAt, data.timeZone)}</td>
                        <td>{node.addedBy?.name ?? <span className="muted">–</span>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager search={{ ...search, rows: '25' }} patch={patch} shown={m.edges.length} total={m.totalCount} next={m.pageInfo.hasNextPage ? (m.pageInfo.endCursor ?? null) : null} what="members" />
            </>
          )}
        </Part>
      </section>
      <div className="cols">
        <Card title="Invitations" className="w6" flush>
          <Part of={data.invitations}>
            {(i) =>
              i.edges.length ? (
                <div className="list-scroll">
                  <table className="list">
                    <thead>
                      <tr>
                        <th scope="col">Address</th>
                        <th scope="col">Roles</th>
                        <th scope="col">Status</th>
                      </tr>
                    </thead>
                    <tbody>
                      {i.edges.map(({ node }) => (
                        <tr key={node.id}>
                          <td>
                            {node.email}
                            <div className="small">by {node.invitedBy?.name ?? 'nobody known'}{node.status === 'OPEN' ? `, until ${f.dayOf(node.expiresAt, data.timeZone)}` : ''}</div>
                          </td>
                          <td>{node.roles.map(f.words).join(', ')}</td>
                          <td><span className={`badge ${tones[node.status] ?? ''}`}>{f.words(node.status)}</span></td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              ) : (
                <p className="muted" style={{ padding: '0 16px 16px' }}>Nobody was invited.</p>
              )
            }
          </Part>
        </Card>
        <Card title="Latest changes of access" className="w6">
          <Part of={data.accessLog}>
            {(log) => (
              <ul style={{ display: 'grid', gap: 10, fontSize: 13 }}>
                {log.edges.map(({ node }) => (
                  <li key={node.id}>
                    <strong style={{ fontWeight: 560 }}>{node.person?.name ?? node.email}</strong> {verbs[node.action] ?? f.words(node.action).toLowerCase()} {f.words(node.role).toLowerCase()}
                    <div className="small">
                      {node.actor?.name ?? 'System'} · {f.instant(node.at, data.timeZone)}
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </Part>
        </Card>
      </div>
    </>
  )
}

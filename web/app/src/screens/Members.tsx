// Who may do what in the account, and how that came about.
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { UserPlus } from 'lucide-react'
import { graphql, useFragment, useMutation } from 'react-relay'
import * as f from '../lib/format'
import { list, useSearchState, type Patch, type Search } from '../lib/search'
import { Panel, useScreen } from '../relay/screen'
import { Button, Checkbox, Dialog, initials } from '../ui/kit'
import { toast } from '../ui/toast'
import { Card, PageSkeleton, Part } from './parts'
import { Shell } from './Shell'
import { Pager, SearchBox } from './tables'
import type { MembersQuery } from '../__generated__/MembersQuery.graphql'
import type { MembersInviteMutation } from '../__generated__/MembersInviteMutation.graphql'
import type { MembersRevokeMutation } from '../__generated__/MembersRevokeMutation.graphql'
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
        {({ advertiser }) => (advertiser.ok && advertiser.value ? <All of={advertiser.value} account={account} search={search} patch={patch} reload={screen.reload} /> : null)}
      </Panel>
    </Shell>
  )
}

const tones: Record<string, string> = { OPEN: 'info', ACCEPTED: 'good', EXPIRED: '', REVOKED: 'bad' }
const verbs: Record<string, string> = { INVITED: 'was offered', GRANTED: 'became', REVOKED: 'is no longer', EXPIRED: 'did not become' }

function All({ of, account, search, patch, reload }: { of: Members_all$key; account: string; search: Search; patch: Patch; reload: () => void }) {
  const data = useFragment(
    graphql`
      fragment Members_all on Advertiser {
        timeZone
        viewerCanEditMembers
        viewerRoles
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
  const [inviting, setInviting] = useState(false)
  const [send] = useMutation<MembersRevokeMutation>(revoke)
  const takeBack = (id: string) =>
    send({
      variables: { input: { advertiserId: account, id } },
      onCompleted: ({ revokeInvitation }, errors) => {
        const wrong = revokeInvitation ? revokeInvitation.userErrors[0]?.message : errors?.[0]?.message
        toast(wrong ?? 'The invitation was taken back', { bad: !!wrong })
      },
      onError: (e) => toast(e.message, { bad: true }),
    })
  return (
    <>
      <div className="page-head">
        <h1>Members</h1>
        {data.viewerCanEditMembers ? (
          <div className="end">
            <Button look="primary" onPress={() => setInviting(true)}>
              <UserPlus className="i" aria-hidden /> Invite
            </Button>
          </div>
        ) : null}
      </div>
      {inviting ? <Invite account={account} isOwner={data.viewerRoles.includes('OWNER')} onClose={() => setInviting(false)} onDone={reload} /> : null}
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
                          <td><span className={`badge ${tones[node.status] ?? ''}`}>{f.words(node.status)}</span>{node.status === 'OPEN' && data.viewerCanEditMembers ? <button className="linkish" style={{ marginLeft: 10 }} onClick={() => takeBack(node.id)}>Take back<span className="sr"> the invitation of {node.email}</span></button> : null}</td>
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

const invite = graphql`
  mutation MembersInviteMutation($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      invitation {
        id
        email
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`
const revoke = graphql`
  mutation MembersRevokeMutation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      invitation {
        id
        status
      }
      userErrors {
        message
      }
    }
  }
`

const roleTexts: Record<string, string> = {
  OWNER: 'Everything, and who owns the account',
  ADMIN: 'Everything',
  CAMPAIGN_MANAGER: 'Campaigns, billing and audiences',
  ANALYST: 'Sees campaigns and numbers',
  AUDIENCE_MANAGER: 'Sees audiences',
  FINANCE_MANAGER: 'Sees billing and orders',
}

function Invite({ account, isOwner, onClose, onDone }: { account: string; isOwner: boolean; onClose: () => void; onDone: () => void }) {
  const [email, setEmail] = useState('')
  const [roles, setRoles] = useState<string[]>(['ANALYST'])
  const [wrong, setWrong] = useState<string | null>(null)
  const [send, busy] = useMutation<MembersInviteMutation>(invite)
  const [key] = useState(() => crypto.randomUUID())
  const go = () =>
    send({
      variables: { input: { advertiserId: account, email: email.trim(), roles: roles as never, idempotencyKey: `${key}-${email.trim()}-${roles.join('.')}`.slice(0, 128) } },
      onCompleted: ({ inviteMember }, errors) => {
        if (inviteMember?.invitation) {
          toast(`Invited ${inviteMember.invitation.email}`)
          onDone()
          onClose()
        } else setWrong(inviteMember?.userErrors[0]?.message ?? errors?.[0]?.message ?? 'It was not sent.')
      },
      onError: (e) => setWrong(e.message),
    })
  return (
    <Dialog
      open
      title="Invite somebody"
      text="The invitation can be accepted for 14 days."
      onClose={onClose}
      end={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={busy || !email.trim() || roles.length === 0} onPress={go}>
            {busy ? 'Inviting…' : 'Invite'}
          </Button>
        </>
      }
    >
      <label className="field">
        <span className="label">E-mail address</span>
        <input
          className="input"
          type="email"
          autoFocus
          aria-invalid={wrong !== null}
          value={email}
          onChange={(e) => {
            setEmail(e.target.value)
            setWrong(null)
          }}
        />
        {wrong ? (
          <span className="wrong" role="alert">
            {wrong}
          </span>
        ) : null}
      </label>
      <fieldset className="choices">
        <legend>Roles</legend>
        {Object.entries(roleTexts)
          .filter(([r]) => isOwner || r !== 'OWNER')
          .map(([r, text]) => (
            <Checkbox key={r} label={f.words(r)} on={roles.includes(r)} onChange={(on) => setRoles(on ? [...roles, r] : roles.filter((x) => x !== r))}>
              <span>{f.words(r)}</span> <span className="muted">{text}</span>
            </Checkbox>
          ))}
      </fieldset>
    </Dialog>
  )
}

// What is around every screen: the account, the ways to other screens, who is
// signed in. It is part of the screen's one query.
import { Link, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { Bell, Blocks, ChartColumn, ChevronsUpDown, CreditCard, FolderKanban, History, House, Images, Layers, LogOut, Moon, Search as SearchIcon, Sun, SunMoon, Users } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { graphql, useFragment, useSubscription } from 'react-relay'
import type { OperationType } from 'relay-runtime'
import * as f from '../lib/format'
import { kept, useSearchState, type Search } from '../lib/search'
import { session } from '../lib/session'
import { failureOfField, type Caught } from '../relay/errors'
import { Failed, Panel, useScreen, type Screen } from '../relay/screen'
import { Button, initials, MenuButton, PopButton, Tip } from '../ui/kit'
import type { Shell_advertiser$data, Shell_advertiser$key } from '../__generated__/Shell_advertiser.graphql'
import type { Shell_viewer$key } from '../__generated__/Shell_viewer.graphql'
import type { ShellSwitcherQuery } from '../__generated__/ShellSwitcherQuery.graphql'
import type { ShellLiveSubscription } from '../__generated__/ShellLiveSubscription.graphql'
import type { ShellNumbersSubscription } from '../__generated__/ShellNumbersSubscription.graphql'

export type Facts = Shell_advertiser$data & { viewerName: string | null }
export type ShellData = { readonly viewer: Shell_viewer$key; readonly advertiser: Caught<Shell_advertiser$key | null | undefined> }

// What was last known of each account, shown while the next screen loads.
const known = new Map<string, Facts>()

export function Shell<Q extends OperationType>({ screen, children }: { screen: Screen<Q>; children: ReactNode }) {
  const { account } = useParams({ strict: false }) as { account: string }
  return (
    <div className="shell">
      <Panel
        screen={screen}
        fallback={<Frame account={account} facts={known.get(account) ?? null} />}
        failed={() => <Frame account={account} facts={known.get(account) ?? null} />}
      >
        {(data) => {
          const d = data as ShellData
          if (!d.advertiser.ok || !d.advertiser.value) return <Frame account={account} facts={null} />
          return <Known account={account} viewer={d.viewer} advertiser={d.advertiser.value} reload={screen.reload} />
        }}
      </Panel>
      <main className="page" id="main" tabIndex={-1}>
        <Panel
          screen={screen}
          fallback={children}
          failed={() => children}
        >
          {(data) => {
            const { advertiser } = data as ShellData
            if (advertiser.ok && advertiser.value) return children
            return <Failed failure={advertiser.ok ? { code: 'NOT_FOUND', message: 'There is no such account, or it was not shared with you.' } : failureOfField(advertiser)} acts={<Link to="/" className="btn">All accounts</Link>} />
          }}
        </Panel>
      </main>
    </div>
  )
}

function Known(p: { account: string; viewer: Shell_viewer$key; advertiser: Shell_advertiser$key; reload: () => void }) {
  const viewer = useFragment(
    graphql`
      fragment Shell_viewer on Viewer {
        name
      }
    `,
    p.viewer,
  )
  const advertiser = useFragment(
    graphql`
      fragment Shell_advertiser on Advertiser {
        id
        name
        country
        currency
        timeZone
        status
        viewerCanViewCampaigns
        viewerCanEditCampaigns
        viewerCanViewBilling
        viewerCanViewMembers
        notifications(first: 1) {
          unreadCount
        }
      }
    `,
    p.advertiser,
  )
  const facts = { ...advertiser, viewerName: viewer.name ?? null }
  known.set(p.account, facts)
  useEffect(() => {
    localStorage.setItem('adsgraph.account', p.account)
  }, [p.account])
  return (
    <>
      <Frame account={p.account} facts={facts} />
      {advertiser.viewerCanViewCampaigns ? <Live account={p.account} /> : null}
    </>
  )
}

// Whether numbers came in that the screen does not show yet, by account.
const advanced = new Set<string>()
const advancedListeners = new Set<() => void>()
const setAdvanced = (account: string, is: boolean) => {
  if (is) advanced.add(account)
  else advanced.delete(account)
  for (const l of advancedListeners) l()
}
export function useAdvanced(account: string): [boolean, () => void] {
  const is = useSyncExternalStore(
    (l) => (advancedListeners.add(l), () => advancedListeners.delete(l)),
    () => advanced.has(account),
  )
  return [is, () => setAdvanced(account, false)]
}

const liveSubscription = graphql`
  subscription ShellLiveSubscription($account: ID!) {
    campaignChanged(advertiserId: $account) {
      missed
      campaign {
        id
        name
        status
        version
        updatedAt
        delivery {
          status
          reasons {
            code
            message
          }
        }
        budget {
          type
          amount {
            micros
            amount
            currency
          }
        }
        startAt
        endAt
      }
    }
  }
`
const numbersSubscription = graphql`
  subscription ShellNumbersSubscription($account: ID!) {
    metricsAdvanced(advertiserId: $account) {
      dataAsOf
    }
  }
`

// Changes of colleagues appear where they stand: Relay's store holds each
// campaign once. New numbers are announced and not pushed in, so that no row
// moves below the pointer.
function Live({ account }: { account: string }) {
  useSubscription<ShellLiveSubscription>({ subscription: liveSubscription, variables: { account } })
  useSubscription<ShellNumbersSubscription>({
    subscription: numbersSubscription,
    variables: { account },
    onNext: () => setAdvanced(account, true),
  })
  return null
}

const links = [
  { to: '/a/$account/overview', name: 'Overview', icon: House, need: 'viewerCanViewCampaigns' },
  { to: '/a/$account/campaigns', name: 'Campaigns', icon: FolderKanban, need: 'viewerCanViewCampaigns' },
  { to: '/a/$account/ad-groups', name: 'Ad groups', icon: Layers, need: 'viewerCanViewCampaigns' },
  { to: '/a/$account/ads', name: 'Ads', icon: Images, need: 'viewerCanViewCampaigns' },
  { to: '/a/$account/reports', name: 'Reports', icon: ChartColumn, need: 'viewerCanViewCampaigns' },
  { to: '/a/$account/history', name: 'Change history', icon: History, need: 'viewerCanViewCampaigns' },
  null,
  { to: '/a/$account/notifications', name: 'Notifications', icon: Bell },
  { to: '/a/$account/members', name: 'Members', icon: Users, need: 'viewerCanViewMembers' },
  { to: '/a/$account/billing', name: 'Billing', icon: CreditCard, need: 'viewerCanViewBilling' },
] as const

const current = (path: string, to: string, account: string) => {
  const own = to.replace('$account', account)
  return path === own || path.startsWith(own + '/')
}

function Frame({ account, facts }: { account: string; facts: Facts | null }) {
  const path = useRouterState({ select: (s) => s.location.pathname })
  const [search] = useSearchState()
  const unread = facts?.notifications?.unreadCount ?? 0
  const may = (l: (typeof links)[number]) => l === null || !('need' in l) || facts === null || facts[l.need]
  const tabs = [links[0], links[1], links[2], links[3], links[7]].filter((l) => l && may(l))
  return (
    <>
      <header className="topbar">
        <Link to="/" className="brand">
          <img src="/icon.svg" alt="Accounts" />
          <span>Ads Manager</span>
        </Link>
        <PopButton
          label="Accounts"
          button={
            <Button className="switcher">
              <span className="sr">Account:</span>
              <span className="nm">{facts?.name ?? <span className="skel" style={{ width: 130, height: 13 }} />}</span>
              {facts ? (
                <span className="sub">
                  {facts.currency} · {f.zoneName(facts.timeZone)}
                </span>
              ) : null}
              <ChevronsUpDown className="i" aria-hidden />
            </Button>
          }
        >
          {(close) => <Switcher current={account} close={close} />}
        </PopButton>
        {facts?.status === 'DISABLED' ? <span className="badge bad hide-phone">Account disabled</span> : null}
        <div className="end">
          <Tip text="Notifications">
            <Link to="/a/$account/notifications" params={{ account }} className="btn quiet icon bell hide-phone" aria-label={`Notifications, ${unread} unread`}>
              <Bell className="i" aria-hidden />
              {unread > 0 ? <b aria-hidden>{unread}</b> : null}
            </Link>
          </Tip>
          <Theme />
          <UserMenu name={facts?.viewerName ?? null} />
        </div>
      </header>
      <aside className="side">
        <nav aria-label="Screens">
          {links.map((l, i) =>
            l === null ? (
              <div key={i} className="gap" />
            ) : may(l) ? (
              <Link key={l.to} to={l.to} params={{ account }} search={kept(search) as never} title={l.name} aria-current={current(path, l.to, account) ? 'page' : undefined}>
                <l.icon className="i" aria-hidden />
                <span>{l.name}</span>
                {l.name === 'Notifications' && unread > 0 ? <span className="badge bad">{unread}</span> : null}
              </Link>
            ) : null,
          )}
        </nav>
      </aside>
      <nav className="tabs" aria-label="Screens">
        {tabs.map((l) =>
          l ? (
            <Link key={l.to} to={l.to} params={{ account }} search={kept(search) as never} aria-current={current(path, l.to, account) ? 'page' : undefined}>
              <l.icon aria-hidden />
              {l.name === 'Notifications' ? 'Alerts' : l.name}
              {l.name === 'Notifications' && unread > 0 ? <b aria-label={`${unread} unread`}>{unread}</b> : null}
            </Link>
          ) : null,
        )}
      </nav>
    </>
  )
}

const themes = { auto: SunMoon, light: Sun, dark: Moon }
export function applyTheme() {
  const t = localStorage.getItem('adsgraph.theme')
  if (t === 'light' || t === 'dark') document.documentElement.dataset.theme = t
  else delete document.documentElement.dataset.theme
}

function Theme() {
  const [theme, setTheme] = useState(() => (localStorage.getItem('adsgraph.theme') ?? 'auto') as keyof typeof themes)
  const Icon = themes[theme]
  const set = (t: keyof typeof themes) => {
    localStorage.setItem('adsgraph.theme', t)
    applyTheme()
    setTheme(t)
  }
  return (
    <MenuButton
      label="Theme"
      selected={theme}
      button={
        <Button look="quiet" icon aria-label={`Theme: ${theme}`}>
          <Icon className="i" aria-hidden />
        </Button>
      }
      items={(['auto', 'light', 'dark'] as const).map((t) => ({ id: t, label: t === 'auto' ? 'As the system' : f.words(t), do: () => set(t) }))}
    />
  )
}

function UserMenu({ name }: { name: string | null }) {
  const navigate = useNavigate()
  return (
    <MenuButton
      label="You"
      button={
        <Button look="quiet" icon>
          <span className="person">{initials(name ?? '·')}</span>
          <span className="sr">, signed in as {name ?? '…'}</span>
        </Button>
      }
      items={[
        { id: 'accounts', label: 'All accounts', icon: <Blocks className="i" aria-hidden />, do: () => void navigate({ to: '/' }) },
        { id: 'playground', label: 'API playground', icon: <ChartColumn className="i" aria-hidden />, do: () => window.open('/playground', '_blank', 'noopener') },
        {
          id: 'out',
          label: name ? `Sign out ${name}` : 'Sign out',
          text: 'Sign out',
          icon: <LogOut className="i" aria-hidden />,
          do: () => {
            session.set(null)
            location.assign('/')
          },
        },
      ]}
    />
  )
}

const switcherQuery = graphql`
  query ShellSwitcherQuery($search: String, $report: ReportInput!) @screen(statements: 2) {
    viewer {
      advertisers(first: 50, search: $search, report: $report) @catch {
        totalCount
        edges {
          node {
            id
            name
            currency
            timeZone
            status
          }
          metrics {
            total {
              spend {
                amount
                currency
              }
            }
          }
        }
      }
    }
  }
`

function Switcher({ current: here, close }: { current: string; close: () => void }) {
  const [text, setText] = useState('')
  const [search, setSearch] = useState('')
  useEffect(() => {
    const t = setTimeout(() => setSearch(text.trim()), 250)
    return () => clearTimeout(t)
  }, [text])
  const screen = useScreen<ShellSwitcherQuery>(switcherQuery, { search: search || null, report: { dates: { preset: 'LAST_7_DAYS' } } })
  return (
    <div className="switch-list">
      <div className="search">
        <SearchIcon className="i" aria-hidden />
        <input type="search" aria-label="Search accounts" placeholder="Search accounts by name or id" value={text} onChange={(e) => setText(e.target.value)} autoFocus />
      </div>
      <Panel screen={screen} fallback={<ul aria-hidden>{[1, 2, 3, 4, 5].map((n) => <li key={n} className="acct"><span className="skel" style={{ height: 30, width: '100%' }} /></li>)}</ul>}>
        {({ viewer }) =>
          viewer.advertisers.ok ? (
            <>
              <ul>
                {viewer.advertisers.value?.edges.map(({ node, metrics }) => (
                  <li key={node.id}>
                    <Link to="/a/$account/overview" params={{ account: node.id }} className="acct" aria-current={node.id === here ? 'true' : undefined} onClick={close}>
                      <Thumb2 name={node.name} />
                      <span className="two">
                        <span>{node.name}</span>
                        <small>
                          {node.currency} · {f.zoneName(node.timeZone)}
                          {node.status === 'DISABLED' ? ' · disabled' : ''}
                        </small>
                      </span>
                      <span className="n">{metrics ? f.wholeMoney(metrics.total.spend.amount, metrics.total.spend.currency) : ''}</span>
                    </Link>
                  </li>
                ))}
              </ul>
              <p className="muted" style={{ fontSize: 12.5, paddingTop: 8 }}>
                {viewer.advertisers.value?.totalCount === 0 ? 'No account has that name or id.' : 'Spend of the last 7 days, each account in its currency.'}
              </p>
            </>
          ) : (
            <Failed failure={failureOfField(viewer.advertisers)} />
          )
        }
      </Panel>
    </div>
  )
}

export function Thumb2({ name }: { name: string }) {
  return (
    <span className="person" style={{ borderRadius: 8 }} aria-hidden>
      {initials(name)}
    </span>
  )
}

// What Fresh and DateRange say of numbers. Whoever spreads it hands it on to them, so it is not masked.
void graphql`
  fragment Shell_context on MetricsContext {
    from
    to
    previousFrom
    previousTo
    timeZone
    dataAsOf
    conversionsFinalThrough
    isPartial
  }
`

// Where the account and its numbers stand: how far they go, and a way to newer ones.
export function Fresh({ context, account, reload }: { context: { readonly dataAsOf?: string | null; readonly timeZone: string; readonly isPartial: boolean; readonly conversionsFinalThrough?: string | null }; account: string; reload: () => void }) {
  const [is, seen] = useAdvanced(account)
  const at = context.dataAsOf
  if (is)
    return (
      <button
        className="badge info"
        style={{ border: 0, cursor: 'pointer', minHeight: 26 }}
        onClick={() => {
          seen()
          reload()
        }}
      >
        New numbers are in · Update
      </button>
    )
  if (!at) return <span className="fresh partial">No numbers yet</span>
  const when = f.sameDay(at, new Date(), context.timeZone) ? f.timeOf(at, context.timeZone) : f.instant(at, context.timeZone)
  const final = context.conversionsFinalThrough
  return (
    <Tip text={<>Counted up to {f.instant(at, context.timeZone)}, {f.zoneName(context.timeZone)} time.{final ? ` Conversions still grow after ${f.day(final)}.` : ''}{context.isPartial ? ' The last day is not over.' : ''}</>}>
      <button className={`fresh linkish ${context.isPartial ? 'partial' : ''}`} style={{ fontWeight: 400, color: 'var(--ink-2)' }}>
        Data to {when}
      </button>
    </Tip>
  )
}

export type { Search }

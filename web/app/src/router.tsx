import { createRootRoute, createRoute, createRouter, lazyRouteComponent as later, Link, Navigate, Outlet, type RouteComponent } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { parseSearch, stringifySearch, validateSearch } from './lib/search'
import { usePhone } from './lib/phone'
import { useSession } from './lib/session'
import { Accounts } from './screens/Accounts'
import { Campaigns } from './screens/Campaigns'
import { Renew, SignIn } from './screens/SignIn'
import { State } from './ui/kit'
import { Toasts } from './ui/toast'

function Root() {
  const signedIn = useSession() !== null
  return (
    <>
      {signedIn ? <Outlet /> : <SignIn />}
      <Renew />
      <Toasts />
    </>
  )
}

function Lost() {
  return (
    <main className="signin">
      <State icon={<SearchX />} title="There is no such page" acts={<Link to="/" className="btn">All accounts</Link>}>
        The address may be cut off or out of date.
      </State>
    </main>
  )
}

const root = createRootRoute({ component: Root, notFoundComponent: Lost, validateSearch })
const screen = <P extends string>(path: P, component: RouteComponent) => createRoute({ getParentRoute: () => root, path, component })
const home = createRoute({ getParentRoute: () => root, path: '/a/$account', component: Home })
function Home() {
  return <Navigate to="/a/$account/overview" params={home.useParams()} />
}

const PhoneList = later(() => import('./screens/PhoneCampaigns'), 'PhoneCampaigns')
const PhoneStart = later(() => import('./screens/PhoneHome'), 'PhoneHome')
const Start = later(() => import('./screens/Overview'), 'Overview')

const routes = root.addChildren([
  screen('/', Accounts),
  home,
  screen('/a/$account/campaigns', () => (usePhone() ? <PhoneList /> : <Campaigns />)),
  screen('/a/$account/overview', () => (usePhone() ? <PhoneStart /> : <Start />)),
  screen('/a/$account/campaigns/edit', later(() => import('./screens/Edit'), 'Edit')),
  screen('/a/$account/campaigns/$campaign', later(() => import('./screens/Campaign'), 'Campaign')),
  screen('/a/$account/ad-groups', later(() => import('./screens/AdGroups'), 'AdGroups')),
  screen('/a/$account/ad-groups/$adGroup', later(() => import('./screens/AdGroup'), 'AdGroup')),
  screen('/a/$account/ads', later(() => import('./screens/Ads'), 'Ads')),
  screen('/a/$account/ads/$ad', later(() => import('./screens/Ad'), 'Ad')),
  screen('/a/$account/reports', later(() => import('./screens/Reports'), 'Reports')),
  screen('/a/$account/history', later(() => import('./screens/History'), 'History')),
  screen('/a/$account/notifications', later(() => import('./screens/Notifications'), 'Notifications')),
  screen('/a/$account/members', later(() => import('./screens/Members'), 'Members')),
  screen('/a/$account/billing', later(() => import('./screens/Billing'), 'Billing')),
  screen('/a/$account/create', later(() => import('./screens/Create'), 'Create')),
])

export const router = createRouter({ routeTree: routes, parseSearch, stringifySearch, scrollRestoration: true, defaultPreload: false })
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

import { createRoot } from 'react-dom/client'
import { RouterProvider } from '@tanstack/react-router'
import { I18nProvider } from 'react-aria-components'
import { RelayEnvironmentProvider } from 'react-relay'
import { useMemo } from 'react'
import './ui/tokens.css'
import './ui/ui.css'
import './ui/shell.css'
import { session, useSession } from './lib/session'
import { makeEnvironment } from './relay/environment'
import { router } from './router'
import { applyTheme } from './screens/Shell'

applyTheme()

// Each person has a store of their own: what one may see must not show for another.
function App() {
  const persona = useSession()?.persona ?? session.get()?.token ?? ''
  const environment = useMemo(() => makeEnvironment(persona), [persona])
  return (
    <RelayEnvironmentProvider environment={environment} key={persona}>
      <RouterProvider router={router} />
    </RelayEnvironmentProvider>
  )
}

createRoot(document.getElementById('app')!).render(
  <I18nProvider locale={navigator.language}>
    <App />
  </I18nProvider>,
)

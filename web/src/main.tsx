import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import './theme/theme.css'
import { MantineProvider } from '@mantine/core'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { LucideProvider } from 'lucide-react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { config } from 'zod/mini'
import { keepForOffline } from './offline/keep-for-offline.ts'
import { JOIN } from './paths.ts'
import { accountQuery } from './people/requests.ts'
import { NotSignedInError, RefusedError } from './reach/ask-engine.ts'
import { router } from './router.tsx'
import { theme } from './theme/theme.ts'

// Schemas are never compiled: the content security policy lets nothing be evaluated.
config({ jitless: true })

// The live connection keeps the caches fresh, and asks again where it is not there.
const queries = { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always' } as const
// The session may end, and what somebody may do may change, while the page is open: then it is looked at again.
const onError = (error: Error) => {
  const isRefused = error instanceof RefusedError && [401, 403].includes(error.status)
  const isAboutWho = error instanceof NotSignedInError || isRefused
  if (isAboutWho) void client.invalidateQueries({ queryKey: accountQuery.queryKey })
}
const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries, mutations: { networkMode: 'always' } },
})

if (import.meta.env.PROD) keepForOffline()
// Who it is decides what is drawn: asked before the first thing is.
if (!location.pathname.endsWith(JOIN)) void client.prefetchQuery(accountQuery)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <LucideProvider size={16}>
          <RouterProvider router={router} />
        </LucideProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)

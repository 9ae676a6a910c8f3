import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import type { TransactionsAnswer } from '#core/api/transactions.ts'
import { ConnectionStatus } from './frame/connection-status.tsx'
import { CopyLine } from './frame/copy-line.tsx'
import { type Badge, Frame } from './frame/frame.tsx'
import { TryAgain, WholePage } from './frame/whole-page.tsx'
import { OverviewSkeleton, useNothingYet } from './overview/index.ts'
import { countsOf, prepareAlerts } from './overview/prepare-alerts.ts'
import { pages } from './pages.ts'
import { NotSignedInError, RefusedError } from './reach/ask-engine.ts'
import { LiveProvider } from './reach/live.tsx'
import { alertsQuery, metricsQuery, transactionsQuery } from './reach/queries.ts'

const TRY_AGAIN_MS = 3000

/** Which page is shown: the one in the address, or why it cannot be. */
export function App() {
  const metrics = useQuery({
    ...metricsQuery,
    // Until there is something to show; afterwards the live connection decides.
    refetchInterval: ({ state }) =>
      state.data === undefined && state.error !== null && !(state.error instanceof NotSignedInError)
        ? TRY_AGAIN_MS
        : false,
  })
  const { data, error, refetch, isFetching } = metrics
  const again = () => void refetch()
  const page = pages.find(({ path }) => path === location.pathname)

  if (page === undefined) {
    return (
      <WholePage title="There is no such page">
        <p>
          Nothing is at {location.pathname}. <a href={pages[0]!.path}>Go to the Overview.</a>
        </p>
      </WholePage>
    )
  }
  if (error instanceof NotSignedInError) return <SignIn again={again} busy={isFetching} />
  if (error instanceof RefusedError && error.status === 403) {
    return (
      <WholePage title="You may not see this">
        <p>Your account is not allowed to see the figures. An owner of this shop can change that under Users.</p>
        <TryAgain again={again} busy={isFetching} />
      </WholePage>
    )
  }
  if (data === undefined) {
    if (error === null) {
      return (
        <Frame bare>
          <OverviewSkeleton />
        </Frame>
      )
    }
    return (
      <WholePage title="The engine does not answer">
        <p>
          {error.message}. Nothing is lost: what it has accepted, it keeps. Start it, and this page goes on by itself.
        </p>
        <CopyLine lines={['npx counterflow start']} />
        <TryAgain again={again} busy={isFetching} />
      </WholePage>
    )
  }
  return (
    <LiveProvider>
      <LiveFrame metrics={data}>
        <page.Page />
      </LiveFrame>
    </LiveProvider>
  )
}

function LiveFrame({ metrics, children }: { readonly metrics: MetricsAnswer; readonly children: ReactNode }) {
  const { data: badges } = useQuery({ ...alertsQuery, select: badgesOf })
  const { data: madeUp } = useQuery({ ...transactionsQuery, select: isMadeUp })
  const empty = useNothingYet()
  const { by, key } = metrics.scope
  return (
    <Frame
      scope={key === undefined ? 'All stores' : `${by.charAt(0).toUpperCase()}${by.slice(1)} ${key}`}
      merchant={madeUp ? 'Simulated sales' : undefined}
      status={<ConnectionStatus />}
      badges={badges ?? {}}
      bare={empty}
    >
      {children}
    </Frame>
  )
}

function badgesOf(answer: AlertsAnswer): Record<string, Badge> {
  const alerts = prepareAlerts(answer, 0)
  if (alerts.waiting === '0') return {}
  return { alerts: { text: alerts.waiting, critical: alerts.critical !== '', meaning: countsOf(alerts) } }
}

/** The newest sale came from the simulator: no real shop is connected. */
const isMadeUp = ({ items }: TransactionsAnswer): boolean => items[0]?.source === 'simulator'

function SignIn({ again, busy }: { readonly again: () => void; readonly busy: boolean }) {
  useEffect(() => {
    // The link is opened in another tab: back here, the cookie is there.
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  })
  return (
    <WholePage title="You are not signed in here">
      <p>
        Open the link that the terminal printed when the engine started. It signs one browser in, once. If it is gone,
        ask for a new one:
      </p>
      <CopyLine lines={['npx counterflow link']} />
      <TryAgain again={again} busy={busy} />
    </WholePage>
  )
}

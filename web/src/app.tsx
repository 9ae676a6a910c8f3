import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import { Link, useLocation } from 'wouter'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import type { AccountAnswer } from '#core/api/people.ts'
import type { TransactionsAnswer } from '#core/api/transactions.ts'
import { counted } from './format/format-number.ts'
import { AccountMenu } from './frame/account-menu.tsx'
import { CardBoundary } from './frame/card-boundary.tsx'
import { ConnectionStatus } from './frame/connection-status.tsx'
import { CopyLine } from './frame/copy-line.tsx'
import { type Badge, Frame } from './frame/frame.tsx'
import { usePageTitle } from './frame/use-page-title.ts'
import { TryAgain, WholePage } from './frame/whole-page.tsx'
import { lazyPage } from './lazy-page.tsx'
import { OverviewSkeleton, useNothingYet } from './overview/index.ts'
import { countsOf, prepareAlerts } from './overview/prepare-alerts.ts'
import { type Page, pages, pagesFor } from './pages.ts'
import { HOME, JOIN } from './paths.ts'
import { AccountContext, useAccount } from './people/account-context.ts'
import { accountQuery } from './people/requests.ts'
import { LiveProvider } from './reach/live.tsx'
import { alertsQuery, metricsQuery, transactionsQuery } from './reach/queries.ts'

const TRY_AGAIN_MS = 3000

// Whoever is signed in needs neither.
const SignInPage = lazyPage(async () => (await import('./people/sign-in-page.tsx')).SignInPage)
const JoinPage = lazyPage(async () => (await import('./people/join-page.tsx')).JoinPage)

/** Which page is shown: the one in the address, or why it cannot be. */
export function App() {
  const [path] = useLocation()
  return <Suspense>{path === JOIN ? <JoinPage /> : <ForWhoeverIsSignedIn path={path} />}</Suspense>
}

function ForWhoeverIsSignedIn({ path }: { readonly path: string }) {
  const { data, error, refetch, isFetching } = useQuery({
    ...accountQuery,
    refetchInterval: ({ state }) => (state.data === undefined && state.error !== null ? TRY_AGAIN_MS : false),
  })
  if (data === null) return <SignInPage />
  if (data === undefined) {
    if (error !== null) return <NoAnswer error={error} again={() => void refetch()} busy={isFetching} />
    return (
      <Frame pages={[]} bare>
        <OverviewSkeleton />
      </Frame>
    )
  }
  const own = pagesFor(data.rights)
  const page = own.find((each) => each.path === path)
  const content = page === undefined ? <NoPage path={path} account={data} /> : <PageContent page={page} />
  return (
    <AccountContext value={data}>
      {data.rights.includes('figures:read') ? (
        <LiveProvider>
          <FiguresFrame pages={own} page={page}>
            {content}
          </FiguresFrame>
        </LiveProvider>
      ) : (
        <Frame pages={own} merchant={data.merchant} account={<AccountMenu />}>
          {content}
        </Frame>
      )}
    </AccountContext>
  )
}

function PageContent({ page }: { readonly page: Page }) {
  usePageTitle(page.name)
  return (
    // A page of its own for React too: what broke on one is not shown on the next.
    <CardBoundary key={page.path} name={page.name}>
      <Suspense>
        <page.Page />
      </Suspense>
    </CardBoundary>
  )
}

type FiguresFrameProps = {
  readonly pages: readonly Page[]
  readonly page: Page | undefined
  readonly children: ReactNode
}

/** The frame of those who see figures: what they are of and how fresh they are stands in it, on every page. */
function FiguresFrame({ pages: own, page, children }: FiguresFrameProps) {
  const account = useAccount()
  const { data, error, refetch, isFetching } = useQuery({
    ...metricsQuery,
    // Until there is something to show; afterwards the live connection decides.
    refetchInterval: ({ state }) => (state.data === undefined && state.error !== null ? TRY_AGAIN_MS : false),
  })
  const { data: badges } = useQuery({ ...alertsQuery, select: badgesOf })
  const { data: madeUp } = useQuery({ ...transactionsQuery, select: isMadeUp })
  const empty = useNothingYet()
  if (data === undefined && error !== null && page?.needs === 'figures:read')
    return <NoAnswer error={error} again={() => void refetch()} busy={isFetching} />
  return (
    <Frame
      pages={own}
      scope={scopeOf(account)}
      merchant={madeUp ? `${account.merchant}, simulated sales` : account.merchant}
      status={data && <ConnectionStatus />}
      account={<AccountMenu />}
      badges={badges ?? {}}
      bare={empty}
    >
      {children}
    </Frame>
  )
}

const scopeOf = ({ stores }: AccountAnswer): string =>
  stores === null ? 'All stores' : `Your ${counted(stores.length, 'store', 'stores')}`

function badgesOf(answer: AlertsAnswer): Record<string, Badge> {
  const alerts = prepareAlerts(answer, 0)
  if (alerts.waiting === '0') return {}
  return { alerts: { text: alerts.waiting, critical: alerts.critical !== '', meaning: countsOf(alerts) } }
}

/** The newest sale came from the simulator: no real shop is connected. */
const isMadeUp = ({ items }: TransactionsAnswer): boolean => items[0]?.source === 'simulator'

function NoPage({ path, account }: { readonly path: string; readonly account: AccountAnswer }) {
  const hidden = pages.find((page) => page.path === path)
  return (
    <WholePage inFrame title={hidden === undefined ? 'There is no such page' : `You may not see ${hidden.name}`}>
      <p>
        {hidden === undefined
          ? `Nothing is at ${path}.`
          : `It is not part of your role at ${account.merchant}. An owner can change that under People.`}{' '}
        <Link href={HOME}>Go to the first page.</Link>
      </p>
    </WholePage>
  )
}

type NoAnswerProps = { readonly error: Error; readonly again: () => void; readonly busy: boolean }

const NoAnswer = ({ error, again, busy }: NoAnswerProps) => (
  <WholePage title="The engine does not answer">
    <p>{error.message}. Nothing is lost: what it has accepted, it keeps. Start it, and this page goes on by itself.</p>
    <CopyLine lines={['npx counterflow start']} />
    <TryAgain again={again} busy={busy} />
  </WholePage>
)

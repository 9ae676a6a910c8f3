import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useDeferredValue } from 'react'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import type { AccountAnswer } from '#core/api/people.ts'
import { counted } from './format/format-number.ts'
import { AccountMenu } from './frame/account-menu.tsx'
import { CardBoundary } from './frame/card-boundary.tsx'
import { ConnectionStatus } from './frame/connection-status.tsx'
import classes from './frame/frame.module.css'
import { Frame } from './frame/frame.tsx'
import type { Badges } from './frame/navigation.tsx'
import { PageLink } from './frame/page-link.tsx'
import { OpenPageContext, useAddress, useOpenPage } from './frame/page-path.ts'
import { usePageTitle } from './frame/use-page-title.ts'
import { WholePage } from './frame/whole-page.tsx'
import { words } from './frame/words.ts'
import { lazyPage } from './lazy-part.tsx'
import { AlertToasts } from './notices/alert-toasts.tsx'
import { Bell } from './notices/bell.tsx'
import { NewVersionBanner } from './offline/new-version-banner.tsx'
import { NoAnswer } from './offline/no-answer.tsx'
import { OverviewPage, OverviewSkeleton, useNothingYet } from './overview/index.ts'
import { countAlerts, countsOf } from './overview/prepare-alerts.ts'
import { type Page, pages, pagesFor } from './pages.ts'
import { ALERTS, HOME, JOIN } from './paths.ts'
import { AccountContext, useAccount } from './people/account-context.ts'
import { PasswordBanner } from './people/password-banner.tsx'
import { useSession } from './people/use-session.ts'
import { LiveProvider } from './reach/live.tsx'
import { alertsQuery, metricsQuery, standingQuery } from './reach/queries.ts'
import { ScopeBar } from './scope/scope-bar.tsx'
import { useIsDayKnown } from './scope/use-scope.ts'

const TRY_AGAIN_MS = 3000

// Whoever is signed in needs neither.
const SignInPage = lazyPage(async () => (await import('./people/sign-in-page.tsx')).SignInPage)
const SignInAgain = lazyPage(async () => (await import('./people/sign-in-again.tsx')).SignInAgain)
const JoinPage = lazyPage(async () => (await import('./people/join-page.tsx')).JoinPage)

/** Which page is shown: the one in the address, or why it cannot be. */
export function App() {
  const open = useOpenPage()
  const { pattern } = open
  return (
    <OpenPageContext value={open}>
      <Suspense>{pattern === JOIN ? <JoinPage /> : <ForWhoeverIsSignedIn pattern={pattern} />}</Suspense>
    </OpenPageContext>
  )
}

function ForWhoeverIsSignedIn({ pattern }: { readonly pattern: string | undefined }) {
  const { account, isOver, error, refetch, isFetching } = useSession()
  // Deferred: the frame stays until the page's code is there, too. A fallback of its own would stay for 300 ms more.
  const data = useDeferredValue(account)
  // Whoever leaves takes the page along at once: one that stayed would go on asking, for nobody.
  const hasLeft = account === null && data !== undefined
  if (data === null || hasLeft) return <SignInPage />
  if (data === undefined) {
    if (error !== null) return <NoAnswer error={error} again={() => void refetch()} busy={isFetching} />
    return (
      <Frame pages={[]}>
        <OverviewSkeleton />
      </Frame>
    )
  }
  const own = pagesFor(data.rights)
  const page = own.find(({ path }) => path === pattern)
  const shown = page === undefined ? <NoPage pattern={pattern} account={data} /> : <PageContent page={page} />
  const content = (
    <>
      <NewVersionBanner />
      <PasswordBanner />
      {shown}
    </>
  )
  return (
    // Another person has pages of their own: nothing of whoever was here before stays.
    <AccountContext key={data.id} value={data}>
      {isOver && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
      {data.rights.includes('figures:read') ? (
        <LiveProvider>
          <FiguresFrame pages={own} page={page}>
            {content}
          </FiguresFrame>
        </LiveProvider>
      ) : (
        <Frame
          pages={own}
          merchant={data.merchant}
          account={<AccountMenu />}
          findsStores={data.rights.includes('catalogue:read')}
        >
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
      {page.scoped ? <OnceDayIsKnown Page={page.Page} /> : <page.Page />}
    </CardBoundary>
  )
}

function OnceDayIsKnown({ Page: Scoped }: Pick<Page, 'Page'>) {
  if (useIsDayKnown()) return <Scoped />
  return Scoped === OverviewPage ? <OverviewSkeleton /> : null
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
  const empty = useNothingYet()
  if (data === undefined && error !== null && page?.needs === 'figures:read')
    return <NoAnswer error={error} again={() => void refetch()} busy={isFetching} />
  return (
    <Frame
      pages={own}
      scope={page?.scoped && !empty ? <ScopeBar of={page.scoped} /> : undefined}
      merchant={[account.merchant, storesOf(account)].filter(Boolean).join(', ')}
      status={
        <>
          <AlertToasts />
          <ModeBadge />
          {data && <ConnectionStatus />}
          <Bell />
        </>
      }
      account={<AccountMenu />}
      badges={badges ?? {}}
      findsStores
    >
      {children}
    </Frame>
  )
}

/** Of those who see some of the stores. */
const storesOf = ({ stores }: AccountAnswer): string =>
  stores === null ? '' : words.yourStores(counted(stores.length, 'store', 'stores'))

/** Whether the sales are real. */
function ModeBadge() {
  const { data: standing } = useQuery(standingQuery)
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const mode = standing?.mode ?? metrics?.mode
  if (mode === undefined) return null
  const isMock = mode === 'mock'
  return (
    <span
      className={classes.mode}
      data-mock={isMock || undefined}
      title={isMock ? words.mockMeaning : words.liveModeMeaning}
    >
      {isMock ? words.mock : words.liveMode}
    </span>
  )
}

function badgesOf(answer: AlertsAnswer): Badges {
  const alerts = countAlerts(answer)
  if (alerts.waiting === '0') return {}
  return { [ALERTS]: { text: alerts.waiting, critical: alerts.critical !== '', meaning: countsOf(alerts) } }
}

function NoPage({ pattern, account }: { readonly pattern: string | undefined; readonly account: AccountAnswer }) {
  const at = useAddress()
  const hidden = pages.find(({ path }) => path === pattern)
  return (
    <WholePage inFrame title={hidden === undefined ? words.noPage : words.notYours(hidden.name)}>
      <p>
        {hidden === undefined ? words.nothingAt(at) : words.notYourRole(account.merchant)}{' '}
        <PageLink to={HOME}>{words.firstPage}</PageLink>
      </p>
    </WholePage>
  )
}

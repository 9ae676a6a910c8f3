import { type AnyRouter, createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { App } from './app.tsx'
import { pages } from './pages.ts'
import { JOIN } from './paths.ts'
import { ScopeControls } from './scope/scope-bar.tsx'

const root = createRootRoute({ component: App, notFoundComponent: Outlet })

// Which of the pages at an address is shown depends on who is signed in: `App` decides it.
const addresses = [...new Set([JOIN, ...pages.map(({ path }) => path)])]
const routes = addresses.map((path) =>
  createRoute({
    getParentRoute: () => root,
    path,
    loader: () => {
      const code = codeOf(path)
      // Whoever opens the dashboard sees its frame meanwhile; who comes from another page goes on seeing that one.
      return router.state.resolvedLocation === undefined ? undefined : code
    },
  }),
)

/** The code of what is drawn at an address. */
async function codeOf(path: string): Promise<void> {
  const here = pages.filter((page) => page.path === path && page.without === undefined)
  await Promise.all([
    ...here.map(({ Page }) => 'preload' in Page && Page.preload()),
    here.some(({ scoped }) => scoped) && ScopeControls.preload(),
  ])
}

export const router: AnyRouter = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/app',
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultNotFoundComponent: Outlet,
  // Plain text: `?store=12` is the store '12', and an address can be read and written by a person.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ).toString()
    return text === '' ? '' : `?${text}`
  },
})

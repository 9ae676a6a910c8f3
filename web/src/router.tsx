import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { App } from './app.tsx'
import { pages } from './pages.ts'
import { JOIN } from './paths.ts'

const root = createRootRoute({ component: App, notFoundComponent: Outlet })

// Which of the pages at an address is shown depends on who is signed in: `App` decides it.
const addresses = [...new Set([JOIN, ...pages.map(({ path }) => path)])]
const routes = addresses.map((path) => createRoute({ getParentRoute: () => root, path }))

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/app',
  scrollRestoration: true,
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

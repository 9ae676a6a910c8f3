import type { Scope } from '../scope/scope.ts'

type Search = Readonly<Record<string, string>>

/** What belongs to every page: the rest of an address is the page's own. */
const KEPT: readonly (keyof Scope)[] = ['period', 'from', 'to', 'compare', 'store', 'region', 'category']

/** The query of a link to another page. */
export const keptSearch = (search: Search): Search =>
  Object.fromEntries(KEPT.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])))

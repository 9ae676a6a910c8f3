/** Ways of looking at the inventory that somebody has kept: a name, and what the address says. */
export type View = {
  readonly name: string
  /** The query of the address, without its question mark. */
  readonly search: string
}

/** As many are kept; the oldest one goes. */
export const MOST_VIEWS = 20
const LONGEST_NAME = 60

/** In the browser, by person: two who share one keep theirs apart. */
export const viewsKey = (merchantId: string, personId: string): string =>
  `counterflow-inventory-views ${JSON.stringify([merchantId, personId])}`

/** What was written there; whatever makes no sense is left out. */
export function readViews(text: string | null): View[] {
  const said = parsed(text ?? '[]')
  return Array.isArray(said) ? said.filter(isView).slice(0, MOST_VIEWS) : []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isView(said: unknown): said is View {
  if (typeof said !== 'object' || said === null) return false
  const { name, search } = said as Partial<Record<keyof View, unknown>>
  return typeof name === 'string' && name !== '' && typeof search === 'string'
}

/** Newest first; one of the same name is replaced. */
export function withView(views: readonly View[], name: string, search: string): View[] {
  const named = name.trim().slice(0, LONGEST_NAME)
  return [{ name: named, search }, ...withoutView(views, named)].slice(0, MOST_VIEWS)
}

export const withoutView = (views: readonly View[], name: string): View[] => views.filter((view) => view.name !== name)

/** What the address says, as the router takes it. */
export const searchOf = ({ search }: View): Readonly<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(search))

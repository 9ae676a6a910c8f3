import type { Scope, ScopeSpan, Span } from './scope.ts'

export type Split = 'total' | 'product' | 'category' | 'brand' | 'store' | 'region' | 'channel' | 'reason'

/** Why the engine has no figure of it: only-today: of products in some stores. category-by-store: of two things at once. */
export type NotKept = 'only-today' | 'category-by-store'

type Asked = {
  readonly scope: Pick<Scope, 'store' | 'region' | 'category'>
  readonly span: Pick<ScopeSpan, 'isToday'>
  /** The viewer may see some stores alone. */
  readonly someStores: boolean
}

/** Figures of products in some stores are kept for the business day so far; undefined: what is asked is kept. */
export function notKept({ scope, span, someStores }: Asked, by: Split): NotKept | undefined {
  const ofProducts = by === 'product' || by === 'category' || by === 'brand' || scope.category !== undefined
  if (!ofProducts) return undefined
  if (scope.category !== undefined && (by === 'store' || by === 'region' || by === 'channel'))
    return 'category-by-store'
  return isOfSomeStores({ scope, someStores }) && !span.isToday ? 'only-today' : undefined
}

export const isOfSomeStores = ({ scope, someStores }: Pick<Asked, 'scope' | 'someStores'>): boolean =>
  someStores || scope.store !== undefined || scope.region !== undefined

const MINUTE_MS = 60_000
const QUARTER_MS = 15 * MINUTE_MS
const KEEP_MINUTES_MS = 8 * 24 * 60 * MINUTE_MS

/** Minutes are kept for 8 days: an earlier span that ends before them ends with the quarter of an hour, as in `/metrics`. */
export function earlierKept<S extends Span & { readonly to: string }>(earlier: S, nowMs: number): S {
  const toMs = Date.parse(earlier.to)
  // A day to spare: the engine's clock decides, and the span is the same for a while.
  if (toMs > nowMs - KEEP_MINUTES_MS + 24 * 60 * MINUTE_MS) return earlier
  const ended = Math.ceil(toMs / QUARTER_MS) * QUARTER_MS
  return { ...earlier, to: new Date(ended).toISOString().replace('.000Z', 'Z') }
}

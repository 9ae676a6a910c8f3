import type { Scope, ScopeSpan } from './scope.ts'

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

import type { ScopeBy } from '#core/api/metrics.ts'

import type { By } from './cells.ts'

/** Where figures are read: from cells, or of products in some stores from the sums that ride in their stock rows. */
export type ReadBy = By | 'stock'

export type CellScope = { readonly zone: string } & (
  | { readonly by: 'total' }
  | { readonly by: 'store' | 'product'; readonly keys: readonly string[] }
)
/** These products (absent: all) in these stores. */
export type StockScope = {
  readonly zone: string
  readonly by: 'stock'
  readonly storeIds: readonly string[]
  readonly productIds?: readonly string[]
}
/** What a figure is about: the merchant's totals, stores or products. Its days are those of `zone`. */
export type Scope = CellScope | StockScope

/** What was asked for, by the name people know it by. */
export type AskedScope = { readonly by: ScopeBy; readonly key: string | undefined }

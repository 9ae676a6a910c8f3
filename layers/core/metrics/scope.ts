import type { SeriesBy } from '#core/api/metrics.ts'

/** What a figure is about: cells of these stores or products, or the merchant's totals. Their days are those of `zone`. */
export type Scope = { readonly zone: string } & (
  | { readonly by: 'total' }
  | { readonly by: 'store' | 'product'; readonly keys: readonly string[] }
)

/** What was asked for, by the name people know it by. */
export type AskedScope = { readonly by: SeriesBy; readonly key: string | undefined }

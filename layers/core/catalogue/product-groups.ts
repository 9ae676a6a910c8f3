/** Which products have a category or a brand, so that a question about one reads no other's listing. */
import { hash53 } from '#core/metrics/distinct-sketch.ts'
import { type Derived, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'

export const GROUP_FIELDS = ['category', 'brand'] as const
export type GroupField = (typeof GROUP_FIELDS)[number]
type Grouped = { readonly [F in GroupField]?: string | undefined }

/** Derived: a product came into a group, or left it. */
const PRODUCT_GROUPED = 'product.grouped'
type ProductGrouped = {
  readonly field: GroupField
  readonly value: string
  readonly productId: string
  readonly isGone: boolean
}

/** What a changed listing means for the groups. */
export function groupFacts(before: Grouped, after: Grouped, productId: string): Derived[] {
  return GROUP_FIELDS.flatMap((field) => {
    if (before[field] === after[field]) return []
    const fact = (value: string | undefined, isGone: boolean): Derived[] =>
      value === undefined
        ? []
        : [{ type: PRODUCT_GROUPED, data: { field, value, productId, isGone } satisfies ProductGrouped }]
    return [...fact(before[field], true), ...fact(after[field], false)]
  })
}

export type GroupedProduct = { readonly value: string; readonly productId: string }

/** A value is long text, and a key is not: its hash stands for it, and the row says which value it is. */
export const groupPrefix = (merchantId: string, field: GroupField, value: string): [string, string, string] => [
  merchantId,
  field,
  hash53(value).toString(36),
]

/** Listings are the same in every shard: one of them keeps the groups. */
export const productGroups = projection<GroupedProduct>({
  name: 'product-groups',
  version: 1,
  of: [PRODUCT_GROUPED],
  key: (e) => {
    if (e.shard !== 0) return undefined
    const { field, value, productId } = e.data as ProductGrouped
    return rowKey(...groupPrefix(e.merchantId, field, value), productId)
  },
  empty: { value: '', productId: '' },
  fold: (_row, e) => {
    const { value, productId, isGone } = e.data as ProductGrouped
    return isGone ? undefined : { value, productId }
  },
})

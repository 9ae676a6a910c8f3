/** What customers may take while a product is out: others of its kind that the same store has. */

export interface Stocked {
  readonly productId: string
  readonly storeId: string
  readonly category?: string | undefined
  readonly subCategory?: string | undefined
  /** Undefined: nobody knows. */
  readonly onHand?: number | undefined
  /** Units wanted a day, for which its stock is there already. */
  readonly dailyDemand: number
}

const MOST = 3

/**
 * Product ids by store and product: of the same sub-category (where none is said: of the category), first those with most to
 * spare beyond `days` of their own demand. None that has nothing to spare.
 */
export function substitutesIn(stocked: readonly Stocked[], days: number): (one: Stocked) => readonly string[] {
  const groups = Map.groupBy(stocked, kindOf)
  const spareOf = ({ onHand = 0, dailyDemand }: Stocked) => onHand - days * dailyDemand
  const sorted = new Map(
    [...groups].map(([kind, members]) => [
      kind,
      members
        .filter((one) => spareOf(one) >= 1)
        .sort((a, b) => spareOf(b) - spareOf(a) || (a.productId < b.productId ? -1 : 1)),
    ]),
  )
  return (one) =>
    one.category === undefined
      ? []
      : sorted
          .get(kindOf(one))!
          .filter(({ productId }) => productId !== one.productId)
          .slice(0, MOST)
          .map(({ productId }) => productId)
}

const kindOf = ({ storeId, category, subCategory }: Stocked): string => JSON.stringify([storeId, category, subCategory])

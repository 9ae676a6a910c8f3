/** Derived: something to be added to the cells of its time, besides what trade itself books. */
export const COUNTED = 'counted'

export type Counted = {
  readonly productId?: string
  /** By measure (`measure-names.ts`); may be negative where a count moves to another time. */
  readonly sums: Readonly<Record<string, number>>
}

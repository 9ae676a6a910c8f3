import { z } from 'zod'
import { Currency, event, Id, Minor, PositiveInt, Text } from './envelope.ts'

/** What a merchant says about a product. A later listing replaces an earlier one whole, where it is not partial. */
export const productListed = event(
  'product.listed',
  1,
  'A product entered the catalogue, or its entry changed.',
  {
    productId: Id,
    /** What is absent stays as it was: the source does not know all that the merchant says of the product. */
    isPartial: z.literal(true).optional(),
    /** What it is called. */
    title: Text.min(1),
    /** What it is among: figures, settings and searches go by it. */
    category: Text.optional(),
    /** What it is among within its category. */
    subCategory: Text.optional(),
    /** Whose make it is. */
    brand: Text.optional(),
    /** Other names that sources have for it, such as the number of a stock item. */
    aliases: z.array(Id).max(50).optional(),
    supplierId: Id.optional(),
    basePriceMinor: Minor.optional(),
    unitCostMinor: Minor.optional(),
    currency: Currency.optional(),
    /** For so many days it can be sold. */
    shelfLifeDays: PositiveInt.optional(),
    /** It is ordered in packs of so many units. */
    packSize: PositiveInt.optional(),
    /** Its supplier takes no order of fewer units. */
    minOrder: z.int().min(0).optional(),
  },
  { everyShard: true },
)
export type ProductListed = z.infer<typeof productListed.data>

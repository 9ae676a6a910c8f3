import { z } from 'zod'
import { Currency, event, Id, Minor, PositiveInt, Text } from './envelope.ts'

/** What a merchant says about a product. A later listing replaces an earlier one whole. */
export const productListed = event(
  'product.listed',
  1,
  'A product entered the catalogue, or its entry changed.',
  {
    productId: Id,
    title: Text.min(1),
    category: Text.optional(),
    subCategory: Text.optional(),
    brand: Text.optional(),
    /** Other names that sources have for it, such as the number of a stock item. */
    aliases: z.array(Id).max(50).optional(),
    supplierId: Id.optional(),
    basePriceMinor: Minor.optional(),
    unitCostMinor: Minor.optional(),
    currency: Currency.optional(),
    shelfLifeDays: PositiveInt.optional(),
    packSize: PositiveInt.optional(),
    minOrder: z.int().min(0).optional(),
  },
  { everyShard: true },
)
export type ProductListed = z.infer<typeof productListed.data>

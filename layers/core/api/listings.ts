import { z } from 'zod'
import { Id } from '#core/events/envelope.ts'
import { productListed } from '#core/events/product-listed.ts'
import { storeListed } from '#core/events/store-listed.ts'
import { freshness } from './freshness.ts'

/** What the merchant said last of each product and store; whatever was not said is absent. */
export const productItem = productListed.data
export const storeItem = z.object({ storeId: Id, ...storeListed.data.shape })

export const productsAnswer = z.object({ ...freshness, items: z.array(productItem), next: z.string().nullable() })
export type ProductsAnswer = z.infer<typeof productsAnswer>
export const storesAnswer = z.object({ ...freshness, items: z.array(storeItem), next: z.string().nullable() })
export type StoresAnswer = z.infer<typeof storesAnswer>

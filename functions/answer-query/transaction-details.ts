import type { TransactionDetails } from '#core/api/transactions.ts'
import type { StateStore } from '#core/ports.ts'
import { transactionItemOf } from '#core/trade/transaction-item.ts'
import type { Transaction } from '#core/trade/transactions.ts'
import { readListedStores, readProducts } from '#runtime/read-catalogue.ts'

/** Booked lines as people read them, with what the catalogue says of their products and stores now. */
export async function detailsOf(
  state: StateStore,
  merchantId: string,
  rows: readonly Transaction[],
): Promise<TransactionDetails[]> {
  const stores = await readListedStores(
    state,
    merchantId,
    rows.map(({ storeId }) => storeId),
  )
  const products = await readProducts(
    state,
    merchantId,
    rows.flatMap(({ productId }) => productId ?? []),
  )
  return rows.map((row) => {
    const store = stores.get(row.storeId)
    const product = products.get(row.productId ?? '')
    return {
      ...transactionItemOf(row, product?.title, store?.name),
      category: product?.category ?? null,
      brand: product?.brand ?? null,
      city: store?.city ?? null,
      region: store?.region ?? null,
    }
  })
}

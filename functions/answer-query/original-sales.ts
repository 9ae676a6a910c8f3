/** The sales that refunds give back, as orders remember them. */
import type { OriginalSale } from '#core/api/refunds.ts'
import type { StateStore } from '#core/ports.ts'
import { descendingTime, rowKey, under } from '#core/row-key.ts'
import { type Order, orders } from '#core/trade/orders.ts'
import { type Transaction, transactions } from '#core/trade/transactions.ts'

/** The order of each refund, in their order; undefined: it names none, or that one is not remembered. */
export async function ordersOf(
  state: StateStore,
  merchantId: string,
  refunds: readonly Transaction[],
): Promise<(Order | undefined)[]> {
  const named = refunds.filter(({ orderId }) => orderId !== undefined)
  const rows = await state.getMany(
    named.map(({ storeId, orderId }) => ({ table: orders.name, key: rowKey(merchantId, storeId, orderId!) })),
  )
  const found = new Map(named.map((refund, i) => [refund, rows[i] as Order | undefined]))
  return refunds.map((refund) => found.get(refund))
}

/** From the order's first sale to the refund; undefined: no sale is known, or the shop's clock put it after the refund. */
export function betweenMs(refund: Transaction, order: Order | undefined): number | undefined {
  const soldAt = order?.firsts.orders?.at
  return soldAt === undefined || soldAt > refund.at ? undefined : refund.at - soldAt
}

export async function originalSales(
  state: StateStore,
  merchantId: string,
  refunds: readonly Transaction[],
): Promise<(OriginalSale | null)[]> {
  const found = await ordersOf(state, merchantId, refunds)
  const salesAt = salesOnce(state, merchantId)
  return Promise.all(
    refunds.map(async (refund, i) => {
      const order = found[i]
      const between = betweenMs(refund, order)
      if (order === undefined || between === undefined) return null
      const line = order.lines.find(({ productId }) => productId === refund.productId)
      return {
        id: saleId(await salesAt(refund.storeId, refund.at - between), refund),
        at: new Date(refund.at - between).toISOString(),
        betweenMs: between,
        quantity: line?.quantity ?? null,
        paidMinor: line?.paidMinor ?? null,
        currency: line?.currency ?? null,
      }
    }),
  )
}

type SalesAt = (storeId: string, at: number) => Promise<readonly Transaction[]>

/** What a store sold at an instant, each read once: lines of one order that come back together ask for the same. */
function salesOnce(state: StateStore, merchantId: string): SalesAt {
  const known = new Map<string, Promise<readonly Transaction[]>>()
  const read = async (storeId: string, at: number): Promise<readonly Transaction[]> => {
    const range = under(merchantId, storeId, descendingTime(at))
    const rows = await state.query({ table: transactions.name, range, limit: 200 })
    return rows.map(({ row }) => row as Transaction).filter(({ kind }) => kind === 'sale')
  }
  return (storeId, at) => {
    const place = rowKey(storeId, descendingTime(at))
    const sales = known.get(place) ?? read(storeId, at)
    known.set(place, sales)
    return sales
  }
}

/** Lines of an order as a rule are of one time: the product's, else any of the order's. */
function saleId(sales: readonly Transaction[], { orderId, productId }: Transaction): string | null {
  const ofOrder = sales.filter((sale) => sale.orderId === orderId)
  return (ofOrder.find((sale) => sale.productId === productId) ?? ofOrder[0])?.id ?? null
}

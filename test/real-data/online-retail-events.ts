/** Lines of the file as the events that an import makes of them, for tests that need no import. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { onlineRetail } from '#core/sources/online-retail.ts'
import type { Happening } from '#test/fakes/engine-in-test.ts'

type Goods = { readonly productId?: string; readonly quantity?: number; readonly orderId?: string }
export type Sold = { readonly day: string; readonly product: string; readonly order: string; readonly units: number }

export const goodsOf = (event: Happening): Goods => event.data as Goods
export const dayOf = ({ at }: Happening): string => businessDateOf(typeof at === 'number' ? at : Date.parse(at), 'UTC')

/** Events from the first day to the last (YYYY-MM-DD) of the products that sold most units in them; nobody's name. */
export function mostSold(file: string, from: string, to: string, products: number): readonly Happening[] {
  const lines: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true })
  const events = lines.flatMap((line, at): Happening[] => {
    const time = line.invoice_ts!
    if (time < from || time.slice(0, 10) > to) return []
    const outcome = onlineRetail.translate(line, { currency: '' })
    if (!outcome.ok) return []
    return outcome.value.drafts.map(({ type, storeId, occurredAt, data }, k) => {
      const { customer: _, ...known } = data as Record<string, unknown>
      return { type, storeId: storeId!, at: occurredAt!, id: `${at}-${k}`, data: known }
    })
  })
  const units = new Map<string, number>()
  for (const { product, units: sold } of salesIn(events)) units.set(product, (units.get(product) ?? 0) + sold)
  const most = [...units].sort((a, b) => b[1] - a[1]).slice(0, products)
  const kept = new Set(most.map(([product]) => product))
  return events.filter((event) => kept.has(goodsOf(event).productId ?? ''))
}

export const salesIn = (events: readonly Happening[]): Sold[] =>
  events.flatMap((event): Sold[] => {
    if (event.type !== 'sale.recorded') return []
    const { productId, quantity, orderId } = goodsOf(event)
    return [{ day: dayOf(event), product: productId!, order: orderId!, units: quantity! }]
  })

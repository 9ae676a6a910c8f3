/** The job of the bench in the house's own terms: its own events, its own rule for late ones, five small folds. */
import { z } from 'zod'
import { parseTime } from '#core/events/parse-time.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { type Beside, type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'

const MINUTE_MS = 60_000
const WATERMARK_MS = 5 * MINUTE_MS
const TRAILING_MINUTES = 60
const INITIAL_STOCK = 500

const Text = z.string().min(1)
const lineOf = <T extends string>(type: T, quantity: z.ZodType<number>) =>
  z.object({
    id: Text,
    merchantId: Text,
    storeId: Text,
    type: z.literal(type),
    occurredAt: Text,
    data: z.object({ productId: Text, quantity, unitPriceMinor: z.int().min(0), currency: Text }),
  })
const schemas = {
  'sale.recorded': lineOf('sale.recorded', z.int().min(1)),
  'sale.refunded': lineOf('sale.refunded', z.int().min(1)),
  'stock.received': lineOf('stock.received', z.int().min(1)),
  'stock.adjusted': lineOf('stock.adjusted', z.union([z.int().min(1), z.int().max(-1)])),
} as const
const isType = (type: unknown): type is keyof typeof schemas => typeof type === 'string' && Object.hasOwn(schemas, type)

const utf8 = new TextDecoder()

export function decodeLine(bytes: Uint8Array, shard: number): Outcome<Folded> {
  let raw: { type?: unknown } | null
  try {
    raw = JSON.parse(utf8.decode(bytes))
  } catch {
    return wrong('', 'not JSON')
  }
  if (!isType(raw?.type)) return wrong('type', 'not a type of this job')
  const checked = schemas[raw.type].safeParse(raw)
  if (!checked.success) return wrong(checked.error.issues[0]!.path.join('.'), checked.error.issues[0]!.message)
  const { id, merchantId, storeId, type, occurredAt, data } = checked.data
  const at = parseTime(occurredAt)
  if (Number.isNaN(at)) return wrong('occurredAt', 'not a time')
  return ok({ id, merchantId, storeId, type, at, receivedAt: at, data, shard, source: 'bench', businessDate: '' })
}

const minuteOf = (e: Folded) => Math.floor(e.at / MINUTE_MS)
const SALES = ['sale.recorded', 'sale.refunded'] as const
const TYPES = [...SALES, 'stock.received', 'stock.adjusted'] as const

type Watermark = { readonly newestAt: number; readonly late: number }
/** The newest time before this event; last of the steps, so that the others see it as it stood. */
const watermark = projection<Watermark>({
  name: 'watermark',
  version: 1,
  of: TYPES,
  key: () => 'all',
  empty: { newestAt: Number.NEGATIVE_INFINITY, late: 0 },
  fold: (row, e) => {
    const late = SALES.includes(e.type as 'sale.recorded') && isLate(e, row) ? 1 : 0
    return e.at <= row.newestAt && late === 0 ? row : { newestAt: Math.max(row.newestAt, e.at), late: row.late + late }
  },
})
const isLate = (e: Folded, { newestAt }: Watermark) => (minuteOf(e) + 1) * MINUTE_MS <= newestAt - WATERMARK_MS

const levelOf = (stock: number, units60: number) =>
  stock < 24 * units60 ? 'CRITICAL' : stock < 72 * units60 ? 'WARNING' : 'OK'

/** Sold units by minute, [minute, units, ...] ascending, without the minutes that have left the trailing hour. */
function soldLately(sold: readonly number[], newest: number, minute: number, units: number): readonly number[] {
  const oldest = newest - TRAILING_MINUTES
  const adds = units > 0 && minute > oldest
  if (!adds && (sold.length === 0 || sold[0]! > oldest)) return sold
  const kept: number[] = []
  let placed = !adds
  for (let i = 0; i < sold.length; i += 2) {
    const m = sold[i]!
    if (m <= oldest) continue
    if (!placed && minute <= m) {
      placed = true
      kept.push(minute, minute === m ? sold[i + 1]! + units : units)
      if (minute === m) continue
    }
    kept.push(m, sold[i + 1]!)
  }
  if (!placed) kept.push(minute, units)
  return kept
}

type Cover = {
  readonly onHand: number
  readonly newestMinute: number
  readonly units60: number
  readonly level: string
  readonly sold: readonly number[]
}
const stockCover = projection<Cover>({
  name: 'stock-cover',
  version: 1,
  of: TYPES,
  key: (e) => rowKey(e.storeId, e.data.productId),
  empty: { onHand: INITIAL_STOCK, newestMinute: 0, units60: 0, level: 'OK', sold: [] },
  fold: (row, e) => {
    const isSale = e.type === 'sale.recorded'
    const minute = minuteOf(e)
    const newestMinute = Math.max(row.newestMinute, minute)
    const onHand = row.onHand + (isSale ? -e.data.quantity : e.data.quantity)
    const sold = soldLately(row.sold, newestMinute, minute, isSale ? e.data.quantity : 0)
    let units60 = row.units60
    if (sold !== row.sold) {
      units60 = 0
      for (let i = 1; i < sold.length; i += 2) units60 += sold[i]!
    }
    return { onHand, newestMinute, units60, level: levelOf(onHand, units60), sold }
  },
  tells: (before, after, e) =>
    before.level === after!.level
      ? undefined
      : [{ channel: 'notice', topic: 'level', subject: '', data: [e.storeId, e.data.productId, e.id, after!.level] }],
})

type Cell = { readonly orders: number; readonly units: number; readonly refunds: number; readonly revenueMinor: number }
const salesWindow = (name: string, of: (e: Folded) => string) =>
  projection<Cell>({
    name,
    version: 1,
    of: SALES,
    key: (e) => rowKey(of(e), String(minuteOf(e))),
    empty: { orders: 0, units: 0, refunds: 0, revenueMinor: 0 },
    beside: { newest: { of: watermark, key: () => 'all' } },
    fold: (row, e, { newest }: Beside) => {
      if (isLate(e, newest)) return row
      const { quantity, unitPriceMinor } = e.data
      const amount = quantity * unitPriceMinor
      const { orders, units, refunds, revenueMinor } = row
      return e.type === 'sale.recorded'
        ? { orders: orders + 1, units: units + quantity, refunds, revenueMinor: revenueMinor + amount }
        : { orders, units, refunds: refunds + 1, revenueMinor: revenueMinor - amount }
    },
  })

export const WINDOWS = { product: 'sales-by-product', store: 'sales-by-store', total: 'sales-in-all' } as const
export const retailCoreSteps = [
  stockCover,
  salesWindow(WINDOWS.product, (e) => e.data.productId),
  salesWindow(WINDOWS.store, (e) => e.storeId),
  salesWindow(WINDOWS.total, () => 'all'),
  watermark,
]

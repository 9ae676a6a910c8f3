import type { StockItem } from '#core/api/stock.ts'

/** How long it lasts, most urgent first. uncounted: nobody has said how much is there. */
export const RISKS = ['oversold', 'out', 'critical', 'low', 'enough', 'uncounted'] as const
export type Risk = (typeof RISKS)[number]

export type StockRow = {
  /** Of the table. */
  readonly key: string
  readonly productId: string
  readonly storeId: string
  /** As people call them: the id where there is no name. */
  readonly product: string
  readonly store: string
  readonly category: string | null
  readonly onHand: number
  /** Ordered and still to come. */
  readonly inbound: number
  readonly soldToday: number | null
  readonly unitsPerDay: number
  /** null: nothing sells, so that it lasts for ever. */
  readonly daysOfCover: number | null
  readonly risk: Risk
  /** Probability of running out within three days, 0 to 1. */
  readonly stockOutRisk: number
  readonly priceMinor: number | null
  readonly currency: string | null
  /** Epoch ms of what happened last, a count or a movement; null: never. */
  readonly movedAt: number | null
  readonly countedAt: number | null
}

export const stockKeyOf = ({ storeId, productId }: Pick<StockItem, 'storeId' | 'productId'>): string =>
  JSON.stringify([storeId, productId])

export function riskOf({ alert, tracked }: Pick<StockItem, 'alert' | 'tracked'>): Risk {
  if (alert === null) return tracked ? 'enough' : 'uncounted'
  if (alert.kind === 'OVERSOLD') return 'oversold'
  if (alert.kind === 'OUT_OF_STOCK') return 'out'
  return alert.severity === 'CRITICAL' ? 'critical' : 'low'
}

/** Rows of several questions, each once, where it comes first: the answers are the same, whichever question they came with. */
export function eachOnce(items: readonly StockItem[]): StockItem[] {
  const byPlace = new Map<string, StockItem>()
  for (const item of items) {
    const key = stockKeyOf(item)
    if (!byPlace.has(key)) byPlace.set(key, item)
  }
  return [...byPlace.values()]
}

export const prepareStock = (items: readonly StockItem[], storeNames: ReadonlyMap<string, string>): StockRow[] =>
  items.map((item) => stockRowOf(item, storeNames))

function stockRowOf(item: StockItem, storeNames: ReadonlyMap<string, string>): StockRow {
  const { storeId, productId, title, category, onHand, unitsPerDay, daysOfCover, stockOutRisk } = item
  const times = [item.movedAt, item.countedAt].flatMap((at) => (at === null ? [] : [Date.parse(at)]))
  return {
    key: stockKeyOf(item),
    productId,
    storeId,
    product: title ?? productId,
    store: storeNames.get(storeId) ?? storeId,
    category,
    onHand,
    inbound: item.inbound,
    soldToday: item.today?.units ?? null,
    unitsPerDay,
    daysOfCover,
    risk: riskOf(item),
    stockOutRisk,
    priceMinor: item.priceMinor,
    currency: item.currency,
    movedAt: times.length === 0 ? null : Math.max(...times),
    countedAt: item.countedAt === null ? null : Date.parse(item.countedAt),
  }
}

/** A product in all stores that one may see, least cover first: of what lasts for ever, the least stock. */
export function byCover(rows: readonly StockRow[]): StockRow[] {
  const cover = ({ daysOfCover }: StockRow) => daysOfCover ?? Number.POSITIVE_INFINITY
  return [...rows].sort((a, b) => {
    const risk = RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk)
    if (risk !== 0) return risk
    return cover(a) === cover(b) ? a.onHand - b.onHand : cover(a) - cover(b)
  })
}

/** What somebody has on the shelf in all: oversold places have nothing, and owe. */
export const totalsOf = (rows: readonly StockRow[]) => ({
  onHand: rows.reduce((sum, { onHand }) => sum + Math.max(0, onHand), 0),
  owed: rows.reduce((sum, { onHand }) => sum + Math.max(0, -onHand), 0),
  unitsPerDay: rows.reduce((sum, { unitsPerDay }) => sum + unitsPerDay, 0),
})

/**
 * Cells: what was added up in one minute, quarter of an hour or day, for a merchant in total, by store and by product.
 * A total or a product is fed by many shards, so each shard keeps a cell of its own and readers add them up. What each
 * store sold through which channel is kept by the day alone.
 *
 * Keys begin with merchant and time, so that all stores or products of one time lie together.
 */
import { CannotApplyError, type Folded, type Projection, projection } from '#core/projection.ts'
import { ascendingTime, partAt, rowKey, timeOfAscending } from '#core/row-key.ts'
import { DAY_MS, startOfMinute, startOfQuarter } from './business-time.ts'
import { addDistinct, type Distinct, EMPTY_DISTINCT } from './distinct-sketch.ts'
import type { Sums } from './measure-names.ts'
import { MEASURED, type Measured } from './measures.ts'

export type Cell = {
  readonly sums: Sums
  /** Who bought: see `keepsPeople`. */
  readonly customers?: Distinct
}
export const EMPTY_CELL: Cell = { sums: {} }

export type Width = 'minute' | 'quarter' | 'day'
export type By = 'total' | 'store' | 'product'
export const WIDTHS: readonly Width[] = ['minute', 'quarter', 'day']
export const BYS: readonly By[] = ['total', 'store', 'product']

/** How long cells are kept; days for ever. Older history that is brought in makes day cells alone. */
export const KEEP_CELLS_MS: Readonly<Record<Width, number>> = {
  minute: 8 * DAY_MS,
  quarter: 100 * DAY_MS,
  day: Number.POSITIVE_INFINITY,
}

/** Whether cells remember who bought: of a store's minute they would be too many sketches, a product's are never asked. */
export const keepsPeople = (width: Width, by: By): boolean => by === 'total' || (by === 'store' && width !== 'minute')

/** The time part of a key: epoch ms for minutes and quarters, a date for days. */
const timePart: Readonly<Record<Exclude<Width, 'day'>, (atMs: number) => string>> = {
  minute: (atMs) => ascendingTime(startOfMinute(atMs)),
  quarter: (atMs) => ascendingTime(startOfQuarter(atMs)),
}

/** Table of what came through which channel, by store and day. */
export const CHANNEL_CELLS = 'day-by-channel'

export const cellTable = (width: Width, by: By): string => `${width}-by-${by}`

/** Keys under which readers find cells; `time`: epoch ms of the start, or the date of a day. */
export const cellKey = {
  total: (merchantId: string, time: number | string, shard: number) =>
    rowKey(merchantId, timeText(time), String(shard)),
  store: (merchantId: string, time: number | string, storeId: string) => rowKey(merchantId, timeText(time), storeId),
  product: (merchantId: string, time: number | string, productId: string, shard: number) =>
    rowKey(merchantId, timeText(time), productId, String(shard)),
  channel: (merchantId: string, date: string, storeId: string, channel: string) =>
    rowKey(merchantId, date, storeId, channel),
}
export const timeText = (time: number | string): string => (typeof time === 'number' ? ascendingTime(time) : time)

function keyOf(width: Width, by: By, e: Folded): string | undefined {
  const { merchantDate, productId } = e.data as Measured
  if (by === 'product' && productId === undefined) return undefined
  if (e.receivedAt - e.at >= KEEP_CELLS_MS[width]) return undefined
  const time = width === 'day' ? (by === 'store' ? e.businessDate : merchantDate) : timePart[width](e.at)
  if (by === 'total') return rowKey(e.merchantId, time, String(e.shard))
  return by === 'store'
    ? rowKey(e.merchantId, time, e.storeId)
    : rowKey(e.merchantId, time, productId!, String(e.shard))
}

function cells(width: Width, by: By): Projection {
  const keepMs = KEEP_CELLS_MS[width]
  const countsPeople = keepsPeople(width, by)
  return projection<Cell>({
    name: cellTable(width, by),
    version: width === 'minute' && by === 'total' ? 2 : 1,
    of: [MEASURED],
    key: (e) => keyOf(width, by, e),
    empty: EMPTY_CELL,
    fold: (cell, e) => {
      const { goods, sums, customer } = e.data as Measured
      const added = addSums(cell.sums, by === 'product' ? goods : sums)
      const people = cell.customers ?? EMPTY_DISTINCT
      const customers = countsPeople && customer !== undefined ? addDistinct(people, customer) : people
      if (added === cell.sums && customers === people) return cell
      return customers === EMPTY_DISTINCT ? cellOf(added) : { sums: added, customers }
    },
    ...(width !== 'day' && { expiresAt: (_cell, key) => timeOfAscending(partAt(key, 1)) + keepMs }),
  })
}

/**
 * What came through which door (`amazon`, `shopify`, `collect`, `simulator`), by store and day: a row for most stores, since
 * one door feeds them, and one more fold for each event. Who bought is not remembered.
 */
const dayByChannel = projection<Cell>({
  name: CHANNEL_CELLS,
  version: 1,
  of: [MEASURED],
  key: (e) => cellKey.channel(e.merchantId, e.businessDate, e.storeId, e.source),
  empty: EMPTY_CELL,
  fold: (cell, e) => {
    const added = addSums(cell.sums, (e.data as Measured).sums)
    return added === cell.sums ? cell : cellOf(added)
  },
})

export const allCells: readonly Projection[] = [
  ...WIDTHS.flatMap((width) => BYS.map((by) => cells(width, by))),
  dayByChannel,
]

/** A cell that what it counted has left is none: equal sums are equal rows, whatever led to them. */
const cellOf = (sums: Sums): Cell | undefined => (isEmpty(sums) ? undefined : { sums })

function isEmpty(sums: Sums): boolean {
  for (const _ in sums) return false
  return true
}

function cannotCount(name: string): never {
  throw new CannotApplyError(`the sum of ${name} is too much to count exactly`)
}

/**
 * The sums of both; a measure at zero is left out. `ifTooMuch`: what stands for a sum that leaves the integers that a
 * number holds exactly.
 * @throws CannotApplyError in place of such a sum, where nothing else is said.
 */
export function addSums(a: Sums, b: Sums, ifTooMuch: (name: string) => number = cannotCount): Sums {
  let sums: Record<string, number> | undefined
  for (const name in b) {
    if (b[name] === 0) continue
    sums ??= { ...a }
    let sum = (a[name] ?? 0) + b[name]!
    if (!Number.isSafeInteger(sum)) sum = ifTooMuch(name)
    if (sum === 0) delete sums[name]
    else sums[name] = sum
  }
  return sums ?? a
}

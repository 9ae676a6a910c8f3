/** Cells as readers need them: of a scope, over pieces of time, added over the shards that feed them. */
import { currentSumsAt, currentTimeOf } from '#core/inventory/current-sums.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import {
  type Cell,
  CHANNEL_CELLS,
  cellKey,
  cellTable,
  EMPTY_CELL,
  keepsPeople,
  timeText,
  type Width,
} from '#core/metrics/cells.ts'
import { addCells, sumOf } from '#core/metrics/figures.ts'
import type { CellScope, Scope, StockScope } from '#core/metrics/scope.ts'
import { coverOf, isJust, type Piece, runsOf, type Span } from '#core/metrics/spans.ts'
import type { RowRef, StateStore } from '#core/ports.ts'
import { partAt, partsOf, under } from '#core/row-key.ts'

export type Reading = {
  readonly state: StateStore
  readonly shards: number
  readonly merchantId: string
  readonly nowMs: number
  /** false: nobody asks who bought, and cells are read without it. */
  readonly withPeople?: boolean
}
/** A sum, and whether each of its cells remembers who bought. */
export type Added = { readonly cell: Cell; readonly knowsPeople: boolean }

/** Above this many keys a range of a whole time is read rather than key by key: the wider a cell, the more others there are. */
const KEYS_AT_ONCE: Readonly<Record<Width, number>> = { minute: 20, quarter: 200, day: 5_000 }

/** Everything that the scopes' cells hold of the span; undefined where no cells make up just that span. */
export async function readSpan(reading: Reading, scopes: readonly Scope[], span: Span): Promise<Added | undefined> {
  const cells: Promise<Cell>[] = []
  const refs: RowRef[] = []
  let knowsPeople = true
  for (const scope of scopes) {
    if (scope.by === 'stock') {
      const sums = await readCurrentSums(reading, scope, span)
      if (sums === undefined) return undefined
      cells.push(...[...sums.values()].map(async (cell) => cell))
      knowsPeople = false
      continue
    }
    const cover = coverOf(span, scope.zone, reading.nowMs)
    if (!isJust(cover, span)) return undefined
    for (const piece of cover.pieces) {
      if (isWide(reading, scope, piece)) cells.push(readWhole(reading, scope, piece))
      else for (const ref of refsOf(reading, scope, piece)) refs.push(ref)
    }
    knowsPeople &&= cover.pieces.every(({ width }) => keepsPeople(width, scope.by))
  }
  const rows = await reading.state.getMany(refs)
  const found = rows.filter((row) => row !== undefined)
  return { cell: sumOf([addedUp(reading, found), ...(await Promise.all(cells))]), knowsPeople }
}

/**
 * What the scope's stock rows hold of the span by product, added over its stores; undefined: it is neither their business
 * day nor the quarter of an hour so far, or a shop's clock is ahead of ours.
 */
export async function readCurrentSums(
  reading: Reading,
  scope: StockScope,
  span: Span,
): Promise<Map<string, Cell> | undefined> {
  const { nowMs } = reading
  const time = currentTimeOf(span, scope.zone, nowMs)
  if (time === undefined) return undefined
  const byProduct = new Map<string, Cell>()
  for (const { productId, row } of await readStock(reading, scope)) {
    const sums = currentSumsAt(row, time, scope.zone, nowMs)
    if (sums === undefined) return undefined
    if (Object.keys(sums).length > 0)
      byProduct.set(productId, addCells(byProduct.get(productId) ?? EMPTY_CELL, { sums }))
  }
  return byProduct
}

async function readStock(
  { state, merchantId }: Reading,
  { storeIds, productIds }: StockScope,
): Promise<{ readonly productId: string; readonly row: Stock }[]> {
  const table = stockLevel.name
  if (productIds !== undefined && productIds.length <= KEYS_AT_ONCE.quarter) {
    const places = storeIds.flatMap((storeId) => productIds.map((productId) => ({ storeId, productId })))
    const rows = await state.getMany(
      places.map(({ storeId, productId }) => ({ table, key: stockKey(merchantId, storeId, productId) })),
    )
    return places.flatMap(({ productId }, i) => (rows[i] === undefined ? [] : [{ productId, row: rows[i] as Stock }]))
  }
  const wanted = productIds === undefined ? undefined : new Set(productIds)
  const found: { productId: string; row: Stock }[] = []
  for (const storeId of storeIds) {
    for (const { key, row } of await state.query({ table, range: under(merchantId, storeId) })) {
      const productId = partAt(key, 2)
      if (wanted?.has(productId) !== false) found.push({ productId, row: row as Stock })
    }
  }
  return found
}

type KeyedScope = Exclude<CellScope, { by: 'total' }>

const everyShard = ({ shards }: Reading) => Array.from({ length: shards }, (_, shard) => shard)

/** So many keys that the whole time is read instead. */
const isWide = ({ shards }: Reading, scope: CellScope, { width }: Piece): scope is KeyedScope =>
  scope.by !== 'total' && scope.keys.length * (scope.by === 'product' ? shards : 1) > KEYS_AT_ONCE[width]

async function readWhole(reading: Reading, { by, keys }: KeyedScope, { width, time }: Piece): Promise<Cell> {
  const wanted = new Set(keys)
  const range = under(reading.merchantId, timeText(time))
  const rows = await reading.state.query({ table: cellTable(width, by), range })
  return addedUp(
    reading,
    rows.flatMap(({ key, row }) => (wanted.has(partAt(key, 2)) ? [row] : [])),
  )
}

function refsOf(reading: Reading, scope: CellScope, { width, time }: Piece): RowRef[] {
  const { merchantId } = reading
  const table = cellTable(width, scope.by)
  if (scope.by === 'total')
    return everyShard(reading).map((shard) => ({ table, key: cellKey.total(merchantId, time, shard) }))
  if (scope.by === 'store') return scope.keys.map((key) => ({ table, key: cellKey.store(merchantId, time, key) }))
  return scope.keys.flatMap((key) =>
    everyShard(reading).map((shard) => ({ table, key: cellKey.product(merchantId, time, key, shard) })),
  )
}

const addedUp = ({ withPeople }: Reading, rows: readonly object[]): Cell =>
  sumOf(withPeople === false ? (rows as Cell[]).map(({ sums }) => ({ sums })) : (rows as Cell[]))

/**
 * Cells of times that follow each other are read as one range, of so many times: a request each would be thousands. A
 * time may have many thousand products, whose rows lie in memory together.
 */
const TIMES_AT_ONCE = { store: 32, product: 4, channel: 32 } as const

/** What a span holds by store or product. */
export type Groups = {
  /** By id, of those that have any cell in it. */
  readonly cells: ReadonlyMap<string, Cell>
  /** By zone, whether all of their cells remember who bought; absent: the days of that zone do not make up just the span. */
  readonly zones: ReadonlyMap<string, boolean>
}

/** Cells of every store or product that has any in the span; `zoneOf` says by whose days each one's are. */
export async function readGroups(
  reading: Reading,
  by: 'store' | 'product',
  zones: Iterable<string>,
  zoneOf: (id: string) => string,
  span: Span,
): Promise<Groups> {
  const { state, merchantId, nowMs } = reading
  const cells = new Map<string, Cell>()
  const known = new Map<string, boolean>()
  for (const zone of zones) {
    const cover = coverOf(span, zone, nowMs)
    if (!isJust(cover, span)) continue
    known.set(
      zone,
      cover.pieces.every(({ width }) => keepsPeople(width, by)),
    )
    for (const { width, first, last } of runsOf(cover.pieces, TIMES_AT_ONCE[by])) {
      const range = { from: under(merchantId, timeText(first)).from, to: under(merchantId, timeText(last)).to }
      for (const { key, row } of await state.query({ table: cellTable(width, by), range })) {
        const id = partAt(key, 2)
        if (zoneOf(id) !== zone) continue
        const present = cells.get(id)
        const cell = reading.withPeople === false ? { sums: (row as Cell).sums } : (row as Cell)
        cells.set(id, present === undefined ? cell : addCells(present, cell))
      }
    }
  }
  return { cells, zones: known }
}

/** What each channel brought to these stores on these dates, which follow each other and of which each store has its own days. */
export async function readChannels(
  { state, merchantId }: Reading,
  stores: ReadonlySet<string>,
  dates: readonly string[],
): Promise<ReadonlyMap<string, Cell>> {
  const channels = new Map<string, Cell>()
  const days = dates.map((time) => ({ width: 'day' as const, time }))
  for (const { first, last } of runsOf(days, TIMES_AT_ONCE.channel)) {
    const range = { from: under(merchantId, timeText(first)).from, to: under(merchantId, timeText(last)).to }
    for (const { key, row } of await state.query({ table: CHANNEL_CELLS, range })) {
      const [, , storeId, channel] = partsOf(key) as [string, string, string, string]
      if (stores.has(storeId)) channels.set(channel, addCells(channels.get(channel) ?? EMPTY_CELL, row as Cell))
    }
  }
  return channels
}

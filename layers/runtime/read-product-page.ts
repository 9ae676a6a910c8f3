/** Cells of products, a page of products at a time: whole spans of many thousand products are too many rows for one answer. */
import { businessDateOf } from '#core/metrics/business-time.ts'
import { type Cell, cellKey, cellTable, EMPTY_CELL, timeText } from '#core/metrics/cells.ts'
import { addCells } from '#core/metrics/figures.ts'
import type { Piece } from '#core/metrics/spans.ts'
import { compareKeys, partsOf, under } from '#core/row-key.ts'
import type { Reading } from './read-cells.ts'

/** What is kept of a product in each of the spans that were asked for. */
export type ProductCells = {
  readonly productId: string
  readonly cells: readonly Cell[]
  /** Date of the last piece of the first span in which any was sold. */
  readonly lastSoldOn: string | undefined
}
export type ProductPage = { readonly products: readonly ProductCells[]; readonly next: string | undefined }

export type PageAsked = {
  /** The pieces that make up each span. */
  readonly spans: readonly (readonly Piece[])[]
  /** By whose days the pieces are. */
  readonly zone: string
  /** Products behind this one alone. */
  readonly after: string | undefined
  readonly limit: number
  /** These alone, in the order of keys; undefined: all that have cells. */
  readonly only?: readonly string[] | undefined
}

/** A cell of one product in one shard, and where it belongs. */
type Found = { readonly productId: string; readonly span: number; readonly piece: Piece; readonly cell: Cell }

/** About so many cells make up one answer: of more pieces it has fewer products. */
const ENOUGH_CELLS = 12_000

/** The next products by id, each whole; `next`: behind which product there may be more. */
export async function readProductPage(reading: Reading, asked: PageAsked): Promise<ProductPage> {
  const pieces = asked.spans.flatMap((of, span) => of.map((piece) => ({ piece, span })))
  const { found, until } =
    asked.only === undefined
      ? await behind(reading, pieces, asked.after, asked.limit)
      : await ofThese(reading, pieces, asked.only, asked.after, asked.limit)
  const products = [...added(found, asked.spans.length, asked.zone).values()]
    .filter(({ productId }) => until === undefined || compareKeys(productId, until) <= 0)
    .sort((a, b) => compareKeys(a.productId, b.productId))
  const shown = products.slice(0, asked.limit)
  return { products: shown, next: products.length > shown.length ? shown.at(-1)!.productId : until }
}

type Placed = { readonly piece: Piece; readonly span: number }

/** Each piece's next cells; `until`: the last product of which all of them were read. */
async function behind(
  { state, merchantId, shards }: Reading,
  pieces: readonly Placed[],
  after: string | undefined,
  many: number,
): Promise<{ found: Found[]; until: string | undefined }> {
  let found: Found[] = []
  let until: string | undefined
  for (const { piece, span } of pieces) {
    const all = under(merchantId, timeText(piece.time))
    const behindAfter = (id: string) => under(merchantId, timeText(piece.time), id).to
    const range = {
      from: after === undefined ? all.from : behindAfter(after),
      to: until === undefined ? all.to : behindAfter(until),
    }
    const limit = (many + 1) * shards
    const rows = await state.query({ table: cellTable(piece.width, 'product'), range, limit })
    const ids = rows.map(({ key }) => partsOf(key)[2]!)
    // The last product may have more cells than were read.
    if (rows.length === limit) until = ids.findLast((id) => id !== ids.at(-1)) ?? until
    for (const [i, { row }] of rows.entries()) found.push({ productId: ids[i]!, span, piece, cell: row as Cell })
    if (found.length <= ENOUGH_CELLS) continue
    const half = ids[ids.length >> 1]!
    const last = until === undefined || compareKeys(half, until) < 0 ? half : until
    until = last
    found = found.filter(({ productId }) => compareKeys(productId, last) <= 0)
  }
  return { found, until }
}

/** The next of the named products. */
async function ofThese(
  { state, merchantId, shards }: Reading,
  pieces: readonly Placed[],
  only: readonly string[],
  after: string | undefined,
  many: number,
): Promise<{ found: Found[]; until: string | undefined }> {
  const rest = only.filter((id) => after === undefined || compareKeys(id, after) > 0)
  const wanted = rest.slice(0, Math.min(many, Math.ceil(ENOUGH_CELLS / (pieces.length * shards))))
  const found: Found[] = []
  for (const { piece, span } of pieces) {
    const places = wanted.flatMap((productId) => Array.from({ length: shards }, (_, shard) => ({ productId, shard })))
    const rows = await state.getMany(
      places.map(({ productId, shard }) => ({
        table: cellTable(piece.width, 'product'),
        key: cellKey.product(merchantId, piece.time, productId, shard),
      })),
    )
    for (const [i, { productId }] of places.entries())
      if (rows[i] !== undefined) found.push({ productId, span, piece, cell: rows[i] as Cell })
  }
  return { found, until: rest.length > wanted.length ? wanted.at(-1) : undefined }
}

function added(found: readonly Found[], spans: number, zone: string): Map<string, ProductCells> {
  const products = new Map<string, ProductCells>()
  for (const { productId, span, piece, cell } of found) {
    const present = products.get(productId) ?? {
      productId,
      cells: Array.from({ length: spans }, () => EMPTY_CELL),
      lastSoldOn: undefined,
    }
    const date = piece.width === 'day' ? piece.time : businessDateOf(piece.time, zone)
    const isSold = span === 0 && (cell.sums.lines ?? 0) > 0 && date > (present.lastSoldOn ?? '')
    products.set(productId, {
      productId,
      cells: present.cells.with(span, addCells(present.cells[span]!, cell)),
      lastSoldOn: isSold ? date : present.lastSoldOn,
    })
  }
  return products
}

/** Rows that lie by store, newest first in each (merchant, store, descending time, id), as one list over many stores. */
import type { StateStore } from '#core/ports.ts'
import { compareKeys, descendingTime, type KeyRange, partsOf, rowKey, under } from '#core/row-key.ts'

/** A row and its place in the list: time and id, as text that sorts newest first. */
export type Placed<R> = { readonly place: string; readonly row: R }

export type Newest = {
  readonly table: string
  readonly merchantId: string
  readonly storeIds: readonly string[]
  /** The place behind which the rows begin, as whoever asks gives it. */
  readonly after?: string | undefined
  /** Rows of [fromMs, toMs) alone; absent: of all times. */
  readonly span?: { readonly fromMs: number; readonly toMs: number } | undefined
  readonly limit: number
}

/** The newest rows of the stores, at most `limit`. */
export async function readNewest<R>(state: StateStore, asked: Newest): Promise<Placed<R>[]> {
  const read = async (storeId: string, until: string | undefined, limit: number): Promise<Placed<R>[]> => {
    const range = rangeOf(asked, storeId, until)
    const rows = await state.query({ table: asked.table, range, limit })
    return rows.map(({ key, row }) => ({ place: placeOf(key), row: row as R }))
  }
  // The newest of all are among the newest of each: who has none of them is not read further.
  const heads = await Promise.all(
    asked.storeIds.map(async (storeId) => ({ storeId, head: (await read(storeId, undefined, 1))[0] })),
  )
  const ranked = heads
    .flatMap(({ storeId, head }) => (head === undefined ? [] : [{ storeId, place: head.place }]))
    .sort(byPlace)
  const last = ranked[asked.limit - 1]?.place
  const pages = await Promise.all(ranked.slice(0, asked.limit).map(({ storeId }) => read(storeId, last, asked.limit)))
  return pages.flat().sort(byPlace).slice(0, asked.limit)
}

const byPlace = (a: { readonly place: string }, b: { readonly place: string }): number => compareKeys(a.place, b.place)

const placeOf = (key: string): string => rowKey(...(partsOf(key).slice(2) as [string, ...string[]]))

/** A store's rows behind `after`, up to and with the place `until`. */
function rangeOf({ merchantId, after, span }: Newest, storeId: string, until: string | undefined): KeyRange {
  const all = under(merchantId, storeId)
  const inSpan =
    span === undefined
      ? all
      : {
          from: rowKey(merchantId, storeId, descendingTime(span.toMs - 1)),
          to: under(merchantId, storeId, descendingTime(span.fromMs)).to,
        }
  const behind = after === undefined ? inSpan.from : `${rowKey(merchantId, storeId, after)}\u0000`
  const upTo = until === undefined ? inSpan.to : `${rowKey(merchantId, storeId, until)}\u0000`
  return { from: compareKeys(behind, inSpan.from) < 0 ? inSpan.from : behind, to: upTo }
}

/** Minutes that are over, as a store of time series outside takes them: cells added over the shards that feed them. */
import type { MirroredWindow } from '#core/ports.ts'
import { partAt, rowKey, timeOfAscending } from '#core/row-key.ts'
import { addSums, type By, type Cell } from './cells.ts'

type CellRow = { readonly key: string; readonly row: object }

/** The windows of a merchant's minute cells; of one minute and id there is one, whichever shards fed it. */
export function windowsOf(merchantId: string, by: By, rows: readonly CellRow[]): MirroredWindow[] {
  const windows = new Map<string, MirroredWindow>()
  for (const { key, row } of rows) {
    const { sums } = row as Cell
    const atMs = timeOfAscending(partAt(key, 1))
    const id = by === 'total' ? '-' : partAt(key, 2)
    const at = rowKey(String(atMs), id)
    const known = windows.get(at)
    windows.set(
      at,
      known === undefined ? { merchantId, by, id, atMs, sums } : { ...known, sums: addSums(known.sums, sums) },
    )
  }
  return [...windows.values()]
}

/** Starts of the minutes in which something came after they were final. */
export const correctedMinutes = (totals: readonly CellRow[]): number[] => [
  ...new Set(
    totals.filter(({ row }) => ((row as Cell).sums.late ?? 0) > 0).map(({ key }) => timeOfAscending(partAt(key, 1))),
  ),
]

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { StateStore } from '#core/ports.ts'
import { EVERY_KEY, partsOf, under } from '#core/row-key.ts'
import { type Checkpoint, OUTBOX_TABLE } from '#runtime/run-batch.ts'
import { WINDOWS } from './retail-core-projections.ts'

const MINUTE_MS = 60_000

type Writer = { writeDump(to: string, counts: object, sets: object): void }
type Cover = { onHand: number; level: string }
type Cell = { orders: number; units: number; refunds: number; revenueMinor: number }

/** The answer of one shard as the job's checker reads it; its writer lies in the folder of the job. */
export async function writeDump(
  job: string,
  store: StateStore,
  { held: bad, duplicate, applied: accepted }: Checkpoint,
  lines: number,
  to: string,
): Promise<void> {
  const canonical: Writer = await import(pathToFileURL(join(job, 'canonical.mjs')).href)
  const rowsOf = async <T>(table: string) =>
    (await store.query({ table, range: EVERY_KEY })) as unknown as { key: string; row: T }[]
  const covers = await rowsOf<Cover>('stock-cover')
  const cells = await Promise.all(
    Object.entries(WINDOWS).map(async ([kind, table]) =>
      (await rowsOf<Cell>(table)).map(({ key, row: { orders, units, refunds, revenueMinor } }) => {
        const [name, minute] = partsOf(key)
        return [kind, name, Number(minute) * MINUTE_MS, orders, units, refunds, revenueMinor].join(',')
      }),
    ),
  )
  const alerts = await alertsOf(store)
  const [newest] = await rowsOf<{ late: number }>('watermark')
  const pair = (key: string) => partsOf(key).join(',')
  canonical.writeDump(
    to,
    { lines, bad, duplicate, accepted, late: newest!.row.late },
    {
      stock: covers.map(({ key, row }) => `${pair(key)},${row.onHand}`),
      windows: cells.flat(),
      alerts,
      levels: covers.flatMap(({ key, row }) => (row.level === 'OK' ? [] : [`${pair(key)},${row.level}`])),
    },
  )
}

async function alertsOf(store: StateStore): Promise<string[]> {
  const rows = await store.query({ table: OUTBOX_TABLE, range: under('0') })
  return rows.map(({ row }) => (row as { data: readonly string[] }).data.join(','))
}

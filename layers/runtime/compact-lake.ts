/** Once a day: small raw objects, which the archiver puts each quarter of an hour, become one a shard and partition, or several large ones. */
import { compactionsOf, coveredIn } from '#core/lake/raw-compaction.ts'
import { RAW } from '#core/lake/raw-names.ts'
import { archivedBefore, type LakeMark, SWEPT_TABLES } from '#core/lake/raw-retention.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { letOthersIn } from './let-others-in.ts'
import type { Ports } from './ports.ts'
import { LAKE_MARKS, LAKE_SWEEPS } from './sweep-lake.ts'

/**
 * What has been in the lake for this long is what every backup's rows know that is being taken, and what no archiver puts
 * again: so an object never spans what rows of an earlier moment would take back.
 */
const SETTLED_DAYS = 1

/**
 * Cut off anywhere, it is done again: what a larger object covers does not count, and is deleted first.
 * Answers how many objects became how many; undefined: it was done today.
 */
export async function compactLake({
  state,
  objects,
  clock,
  compactor,
}: Pick<Ports, 'state' | 'objects' | 'clock' | 'compactor'>): Promise<{ before: number; after: number } | undefined> {
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const last = (await state.get(LAKE_SWEEPS, 'compacted')) as { readonly day: string } | undefined
  if (last?.day === today) return undefined
  const rows = await state.query({ table: LAKE_MARKS, range: EVERY_KEY })
  const marks = rows.map(({ key, row }) => ({ day: key, archived: (row as Omit<LakeMark, 'day'>).archived }))
  const settled = archivedBefore(marks, today, SETTLED_DAYS) ?? []
  const done = { before: 0, after: 0 }
  for (const { table } of SWEPT_TABLES) {
    const names = await objects.list(`${RAW}${table}/`)
    for (const name of coveredIn(names)) await objects.delete(name)
    for (const compaction of compactionsOf(names, settled)) {
      done.before += compaction.names.length
      done.after += await compactor.compact(compaction)
      await letOthersIn()
    }
  }
  await state.commitDurable([{ table: LAKE_SWEEPS, key: 'compacted', row: { day: today } }])
  return done
}

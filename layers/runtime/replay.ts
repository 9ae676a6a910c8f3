/** The log folded again into other rows: what `verify` compares and a rebuild keeps. */
import { setImmediate as turn } from 'node:timers/promises'
import type { LogRecord } from '#core/ports.ts'
import type { BatchRunner } from './run-batch.ts'

/** Records of one shard in order, from wherever they are kept now: the log, or the archive behind it. */
export type RecordSource = (shard: number, after: string) => AsyncIterable<readonly LogRecord[]>

export type Replay = {
  readonly engine: BatchRunner
  readonly records: RecordSource
  /** By shard: the last sequence that is in the rows already, and the last that shall be; '' for none. */
  readonly from: readonly string[]
  readonly until: readonly string[]
  readonly onProgress?: (records: number) => void
}

/** Folds every record of each shard after `from`, up to and including `until`; others have their turn between batches. */
export async function replay({ engine, records, from, until, onProgress }: Replay): Promise<void> {
  for (const [shard, last] of until.entries()) {
    if (last === '' || last <= from[shard]!) continue
    for await (const batch of records(shard, from[shard]!)) {
      const wanted = batch.filter(({ sequence }) => sequence > from[shard]! && sequence <= last)
      await engine.run(shard, wanted)
      await turn()
      onProgress?.(wanted.length)
      if (batch.at(-1)!.sequence >= last) break
    }
  }
}

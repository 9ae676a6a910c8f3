/**
 * One run of the job of `retail-core-bench.ts`: `retail-core-run.ts FILE FOLDER [DUMP]`, in a process of its own. Writes
 * what it measured as JSON.
 *
 * The measured span runs from opening the file until log, rows, ids, alerts, held lines and checkpoint are all on the disk;
 * the dump comes after it. One shard. Lines go to the product's durable log, and what the log hands on as durable is
 * folded, in batches as the log grouped them, while the next lines are being written. Rows go down as in the product:
 * about each second or each 100,000 changed rows, one atomic, synced batch at a time.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import type { LogRecord } from '#core/ports.ts'
import { BatchRunner, type Checkpoint, NO_CHECKPOINT } from '#runtime/run-batch.ts'
import { writeDump } from './retail-core-dump.ts'
import { decodeLine, retailCoreSteps } from './retail-core-projections.ts'

const CHUNK_BYTES = 1 << 20
const NEWLINE = 10
/** Rows of each projection that stay in memory. The job has 609,122 pairs at 2 M events; the yardstick keeps all of them. */
const RECENT_ROWS = 100_000
const ID_SPAN_MS = 600_000
const IDS_PER_ROW = 2_000
/** While these are on their way to the disk, those before them are folded. */
const APPENDS_AT_ONCE = 4

const [file, folder, dump] = process.argv.slice(2) as [string, string, string | undefined]
const fail = (error: unknown): never => {
  console.error(error)
  process.exit(1)
}

const durable: (readonly LogRecord[])[] = []
const log = new LmdbEventLog({
  path: join(folder, 'log'),
  shards: 1,
  onAppended: (_shard, records) => durable.push(records),
})
const store = new LmdbStateStore({ path: join(folder, 'state'), onFlushError: fail })
const runner = new BatchRunner({
  steps: retailCoreSteps,
  decode: decodeLine,
  store,
  objects: new FolderObjectStore(join(folder, 'objects')),
  idSpanMs: ID_SPAN_MS,
  idsPerRow: IDS_PER_ROW,
  recentRows: RECENT_ROWS,
  onFoldError: fail,
})
let checkpoint: Checkpoint = NO_CHECKPOINT
async function fold(): Promise<void> {
  for (let records = durable.shift(); records !== undefined; records = durable.shift())
    checkpoint = (await runner.run(0, records)).checkpoint
}

function* linesOf(path: string): Generator<Uint8Array[]> {
  const handle = openSync(path, 'r')
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  let rest = Buffer.alloc(0)
  for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
    const bytes = Buffer.concat([rest, chunk.subarray(0, read)])
    const lines: Uint8Array[] = []
    let from = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      lines.push(bytes.subarray(from, end))
      from = end + 1
    }
    rest = bytes.subarray(from)
    yield lines
  }
  if (rest.length > 0) yield [rest]
  closeSync(handle)
}

const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
let events = 0
const appending: Promise<unknown>[] = []
for (const lines of linesOf(file)) {
  events += lines.length
  appending.push(log.append([{ eventIds: [], records: lines.map((bytes) => ({ shard: 0, bytes })) }]))
  if (appending.length >= APPENDS_AT_ONCE) await appending.shift()
  await fold()
}
for (const last of appending) {
  await last
  await fold()
}
await store.flush()
const seconds = (performance.now() - startedAt) / 1000
const { user, system } = process.cpuUsage(cpuBefore)
const peakRssMiB = process.resourceUsage().maxRSS / 1024

if (dump !== undefined) await writeDump(process.env.RETAIL_CORE_DIR!, store, checkpoint, events, dump)
await log.close()
await store.close()
console.log(JSON.stringify({ events, seconds, cpuUs: user + system, peakRssMiB }))

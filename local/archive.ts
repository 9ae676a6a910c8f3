/**
 * The log's past: records that the log no longer keeps lie in the object store, by shard, in files named by the first
 * and last sequence they hold. Until there is a lake this is the only copy of them, and it is kept for ever.
 */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { EventLog, LogRecord, ObjectStore } from '#core/ports.ts'
import type { RecordSource } from '#runtime/replay.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

const RECORDS_PER_FILE = 50_000
const RECORDS_AT_ONCE = 2_000

const folderOf = (shard: number): string => `archive/${shard}/`
const rangeOf = (name: string): [first: string, last: string] => {
  const [, first, last] = /(\d+)-(\d+)\.ndjson\.gz$/.exec(name)!
  return [first!, last!]
}

/** Copies a shard's records before `sequence` that are not archived yet. Bytes may be anything: a line is base64. */
export async function archiveBefore(
  log: EventLog,
  objects: ObjectStore,
  shard: number,
  sequence: string,
  onFile: () => void = () => {},
): Promise<void> {
  const last = (await objects.list(folderOf(shard))).at(-1)
  let after = last === undefined ? '' : rangeOf(last)[1]
  for (;;) {
    const records: LogRecord[] = []
    for await (const batch of logRecords(log)(shard, after)) {
      records.push(...batch.filter((record) => record.sequence < sequence))
      if (records.length >= RECORDS_PER_FILE || batch.at(-1)!.sequence >= sequence) break
    }
    if (records.length === 0) return
    const lines = records.map((record) => `${record.sequence} ${Buffer.from(record.bytes).toString('base64')}`)
    const name = `${folderOf(shard)}${records[0]!.sequence}-${records.at(-1)!.sequence}.ndjson.gz`
    await objects.put(name, await compress(lines.join('\n')))
    after = records.at(-1)!.sequence
    onFile()
  }
}

/** Records that the log itself still keeps. */
export const logRecords = (log: EventLog): RecordSource =>
  async function* (shard, after) {
    for (let from = after; ; ) {
      const found = await log.read(shard, from === '' ? undefined : from, RECORDS_AT_ONCE)
      const records = found.filter(({ sequence }) => sequence > after && sequence > from)
      if (records.length === 0) return
      yield records
      from = records.at(-1)!.sequence
    }
  }

/** Every record there ever was: the archive first, then the log. */
export const allRecords = (log: EventLog, objects: ObjectStore): RecordSource =>
  async function* (shard, after) {
    let reached = after
    for (const name of await objects.list(folderOf(shard))) {
      if (rangeOf(name)[1] <= reached) continue
      const records = (await readArchive(objects, name)).filter(({ sequence }) => sequence > reached)
      if (records.length === 0) continue
      for (let i = 0; i < records.length; i += RECORDS_AT_ONCE) yield records.slice(i, i + RECORDS_AT_ONCE)
      reached = records.at(-1)!.sequence
    }
    yield* logRecords(log)(shard, reached)
  }

async function readArchive(objects: ObjectStore, name: string): Promise<LogRecord[]> {
  const text = (await decompress((await objects.get(name))!)).toString('latin1')
  return text.split('\n').map((line) => {
    const space = line.indexOf(' ')
    return { sequence: line.slice(0, space), bytes: Buffer.from(line.slice(space + 1), 'base64') }
  })
}

/**
 * An engine that takes the records of a log from stdin: `fed-engine.ts DATA`, as fast as it folds and stores them. It is
 * the product's `Engine` without doors and sockets. A line is the shard's digit and the record's bytes.
 *
 * Each 100 ms it writes how far it is, as JSON; when stdin ends, once more when everything is folded and on the disk.
 */
import { Engine } from '#local/engine.ts'
import { readCheckpoints, taken } from '#runtime/read-lag.ts'
import type { FedStatus } from './feed-engine.ts'
import { anonRssMiB } from './own-process.ts'

/** Records that may wait to be folded: far below where the engine's doors close. */
const MAX_PENDING = 20_000
const RECORDS_AT_ONCE = 1_000
const NEWLINE = 10
const ZERO = 48

const engine = await Engine.open({
  data: process.argv[2]!,
  log: () => {},
  onFatal: (error) => {
    console.error(error)
    process.exit(1)
  },
})
let startedAtMs: number | undefined
let cpuBefore = process.cpuUsage()
let accepted = await acceptedBefore()
let appending: Promise<unknown> = Promise.resolve()

async function acceptedBefore(): Promise<number> {
  return (await engine.eventLog.status()).shards.reduce((sum, { appended }) => sum + appended, 0)
}

async function folded(): Promise<number> {
  return (await readCheckpoints(engine.state, engine.folder.shards)).reduce((sum, each) => sum + taken(each), 0)
}

async function status(isDurable: boolean): Promise<FedStatus> {
  const { user, system } = process.cpuUsage(cpuBefore)
  const seconds = startedAtMs === undefined ? 0 : (performance.now() - startedAtMs) / 1000
  const anonymous = anonRssMiB(process.pid)!
  return { accepted, folded: await folded(), seconds, cpuUs: user + system, anonRssMiB: anonymous, isDurable }
}
const say = async (isDurable: boolean) => process.stdout.write(`${JSON.stringify(await status(isDurable))}\n`)

/** One append is on its way to the disk while the records of the one before are folded. */
async function append(records: { shard: number; bytes: Uint8Array }[]): Promise<void> {
  await appending
  while (accepted - (await folded()) > MAX_PENDING) await new Promise((done) => setTimeout(done, 1))
  accepted += records.length
  appending = engine.eventLog.append([{ eventIds: [], records }])
}

const saying = setInterval(() => void say(false), 100)
let rest = Buffer.alloc(0)
for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
  if (startedAtMs === undefined) {
    startedAtMs = performance.now()
    cpuBefore = process.cpuUsage()
  }
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
  let records: { shard: number; bytes: Uint8Array }[] = []
  let from = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
    records.push({ shard: bytes[from]! - ZERO, bytes: new Uint8Array(bytes.subarray(from + 1, end)) })
    from = end + 1
    if (records.length < RECORDS_AT_ONCE) continue
    await append(records)
    records = []
  }
  if (records.length > 0) await append(records)
  rest = Buffer.from(bytes.subarray(from))
}
await appending
await engine.settled()
await engine.state.flush()
clearInterval(saying)
await say(true)
await engine.close()

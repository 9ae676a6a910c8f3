/** Appends documents of three shards to a log, several at once, and says each one's claim when it was answered. */
import { writeSync } from 'node:fs'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'

const log = new LmdbEventLog({ path: process.argv[2]!, shards: 3 })
for (let i = 0; ; i += 5) {
  await Promise.all(
    Array.from({ length: 5 }, async (_, k) => {
      const claim = `document ${i + k}`
      const records = [0, 1, 2].map((shard) => ({ shard, bytes: Buffer.from(claim) }))
      const [taken] = await log.append([
        { claim: { key: claim, keepForEver: false }, eventIds: [`id ${i + k}`], records },
      ])
      writeSync(1, `${JSON.stringify({ claim, eventIds: taken!.eventIds })}\n`)
    }),
  )
}

import { describe, expect, onTestFinished, test } from 'vitest'
import { LmdbEventLog, type LmdbEventLogOptions } from '#adapters/embedded/lmdb-event-log.ts'
import { type EventLogImplementation, eventLogContract, type OpenLog } from './event-log.contract.ts'
import { killWhenItSays } from './killed-child.ts'
import { temporaryFolder } from './temporary-folder.ts'

const lmdb: EventLogImplementation = {
  name: 'LmdbEventLog',
  open: async (options) => openLmdb({ ...options, path: temporaryFolder() }),
}

function openLmdb(options: LmdbEventLogOptions): OpenLog {
  let refusal: string | undefined
  let isOpen = true
  const log = new LmdbEventLog({ ...options, refusal: () => refusal })
  const close = async () => {
    if (isOpen) await log.close()
    isOpen = false
  }
  return {
    log,
    reopen: async () => {
      await close()
      return openLmdb(options)
    },
    dropBefore: (shard, sequence) => log.dropBefore(shard, sequence),
    refuse: (why) => {
      refusal = why
    },
    close,
  }
}

eventLogContract(lmdb)

describe('LmdbEventLog', () => {
  const start = (options: Partial<LmdbEventLogOptions> = {}) => {
    const log = new LmdbEventLog({ path: temporaryFolder(), shards: 2, ...options })
    onTestFinished(() => log.close())
    return log
  }
  const document = (text: string, shard = 0) => ({
    eventIds: [text],
    records: [{ shard, bytes: Buffer.from(text) }],
  })

  test('hands on each record once, in order, when it can be read and before its append is answered', async () => {
    const handed: string[] = []
    const log = start({
      onAppended: (shard, records) => {
        for (const { sequence, bytes } of records) handed.push(`${shard} ${sequence} ${Buffer.from(bytes)}`)
      },
    })
    await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        await log.append([document(`event ${i}`, i % 2)])
        expect(handed.some((line) => line.endsWith(` event ${i}`))).toBe(true)
      }),
    )
    for (const shard of [0, 1]) {
      const read = await log.read(shard, undefined, 100)
      const own = handed.filter((line) => line.startsWith(`${shard} `))
      expect(own).toEqual(read.map(({ sequence, bytes }) => `${shard} ${sequence} ${Buffer.from(bytes)}`))
    }
  })

  test('is copied whole while it grows', async () => {
    const log = start()
    await log.append([document('a'), document('b', 1)])
    const path = temporaryFolder()
    const growing = log.append([document('c')])
    await log.backup(path)
    await growing
    const copy = start({ path })
    const texts = (await copy.read(0, undefined, 10)).map(({ bytes }) => Buffer.from(bytes).toString())
    expect(texts.slice(0, 1)).toEqual(['a'])
    expect((await copy.read(1, undefined, 10)).length).toBe(1)
  })

  test('loses nothing that it answered for when its process is killed, and keeps the claims', async () => {
    for (const said of [3, 40]) {
      const path = temporaryFolder()
      const lines = await killWhenItSays('append-until-killed.ts', [path], said)
      const log = start({ path, shards: 3 })
      const answered = lines.map((line) => JSON.parse(line) as { claim: string; eventIds: string[] })
      expect(answered.length).toBeGreaterThanOrEqual(said)
      const perShard = await Promise.all(
        [0, 1, 2].map(async (shard) =>
          (await log.read(shard, undefined, 100_000)).map(({ bytes }) => Buffer.from(bytes).toString()),
        ),
      )
      for (const { claim, eventIds } of answered) {
        for (const texts of perShard) expect(texts.filter((text) => text === claim).length).toBe(1)
        const repeated = { claim: { key: claim, keepForEver: false }, eventIds: ['new'], records: [] }
        expect(await log.append([repeated])).toEqual([{ repeat: true, eventIds }])
      }
      // One transaction holds a document whole: whatever else was on its way is in every shard or in none.
      expect(perShard[1]).toEqual(perShard[0])
      expect(perShard[2]).toEqual(perShard[0])
    }
  })
})

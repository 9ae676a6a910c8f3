import { randomUUID } from 'node:crypto'
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newKinesisClient } from '#adapters/aws/kinesis-client.ts'
import { KinesisEventLog } from '#adapters/aws/kinesis-event-log.ts'
import { LmdbEventLog, type LmdbEventLogOptions } from '#adapters/embedded/lmdb-event-log.ts'
import { randomIds, systemClock } from '#adapters/embedded/system-clock.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryDynamoStateStore } from '#test/fakes/memory-state-store.ts'
import { type EventLogImplementation, eventLogContract, type OpenLog } from './event-log.contract.ts'
import { killWhenItSays } from './killed-child.ts'
import { onAws } from './on-aws.ts'
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

const BY_AGE_ALONE = 'records leave the stream by their age alone'

const kinesis: EventLogImplementation = {
  name: 'KinesisEventLog',
  open: async ({ shards }) => {
    const client = newKinesisClient()
    const streamName = `contract-${randomUUID()}`
    await client.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 2 }))
    const status = async () =>
      (await client.send(new DescribeStreamSummaryCommand({ StreamName: streamName }))).StreamDescriptionSummary
    while ((await status())?.StreamStatus !== 'ACTIVE') await new Promise((done) => setTimeout(done, 20))
    const [state, objects] = [new MemoryDynamoStateStore(), new MemoryObjectStore()]
    let refusal: string | undefined
    const refusing = {
      send: async (command: never) => {
        if (refusal !== undefined && (command as object) instanceof PutRecordsCommand)
          throw Object.assign(new Error(refusal), { name: 'LimitExceededException', $fault: 'client' })
        return client.send(command)
      },
    } as Pick<KinesisClient, 'send'>
    const opened = (): OpenLog => ({
      log: new KinesisEventLog({
        client: refusing,
        streamName,
        shards,
        state,
        objects,
        clock: systemClock,
        ids: randomIds,
        patienceMs: 300,
      }),
      reopen: async () => opened(),
      dropBefore: () => Promise.reject(new Error(BY_AGE_ALONE)),
      refuse: (why) => {
        refusal = why
      },
      close: async () => {
        await client.send(new DeleteStreamCommand({ StreamName: streamName })).catch(() => {}) // it was closed before
      },
    })
    return opened()
  },
  breaks: {
    'the status names the sequence of the next record': 'Kinesis gives a record its number when it comes',
    'records of any bytes and of up to 1 MiB come back as they were':
      'a record of Kinesis is 1 MiB with its key and its frame: ours may have 1 KiB less',
    'they go with their records, unless they are kept for ever': BY_AGE_ALONE,
    'what lies before is gone, what lies after is as it was': BY_AGE_ALONE,
    'sequences go on': BY_AGE_ALONE,
    'sequences go on even when nothing is left': BY_AGE_ALONE,
    'is one that has too much waiting for the disk': 'nothing waits for a disk: each call is sent as it comes',
  },
}

for (const implementation of [lmdb, ...onAws<EventLogImplementation>([kinesis])]) eventLogContract(implementation)

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

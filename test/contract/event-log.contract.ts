/** What every `EventLog` promises. */
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type EventLog, type Intake, LogFullError } from '#core/ports.ts'

export type OpenLog = {
  readonly log: EventLog
  /** Ends the program that holds the log, and opens it as the next one would. */
  readonly reopen: () => Promise<OpenLog>
  /** Lets go of whole blocks before this sequence, and of the claims in them; answers how many records went. */
  readonly dropBefore: (shard: number, sequence: string) => Promise<number>
  /** Why the log must not grow from now on; undefined: it may. */
  readonly refuse: (why: string | undefined) => void
  readonly close: () => Promise<void>
}
export type EventLogImplementation = {
  readonly name: string
  readonly open: (options: { readonly shards: number; readonly maxWaitingBytes?: number }) => Promise<OpenLog>
  /** Promises, by the name of their test, that it cannot keep, and why: the test says so when that is over. */
  readonly breaks?: Readonly<Record<string, string>>
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text)
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
const EVERYTHING = 1_000_000

const textsIn = async (log: EventLog, shard: number, from?: string, limit = EVERYTHING): Promise<string[]> =>
  (await log.read(shard, from, limit)).map(({ bytes }) => textOf(bytes))

/** A document whose records say `text`, one in each of the shards. */
const document = (text: string, { shards = [0], claim, keepForEver = false }: DocumentOptions = {}): Intake => ({
  ...(claim !== undefined && { claim: { key: claim, keepForEver } }),
  eventIds: [`id of ${text}`],
  records: shards.map((shard) => ({ shard, bytes: bytesOf(text) })),
})
type DocumentOptions = { readonly shards?: number[]; readonly claim?: string; readonly keepForEver?: boolean }

export function eventLogContract({ name, open, breaks = {} }: EventLogImplementation): void {
  const promise = (what: string, run: () => Promise<void>) => (what in breaks ? test.fails : test)(what, run)

  const start = async (options: { shards?: number; maxWaitingBytes?: number } = {}) => {
    const opened = await open({ shards: 3, ...options })
    onTestFinished(() => opened.close())
    return opened
  }
  const again = async (opened: OpenLog) => {
    const reopened = await opened.reopen()
    onTestFinished(() => reopened.close())
    return reopened
  }

  describe(`${name} is an event log`, () => {
    describe('reading', () => {
      test('an empty log holds nothing and is at its beginning', async () => {
        const { log } = await start()
        const { shards, repeats } = await log.status()
        expect(log.shards).toBe(3)
        expect(shards.map(({ appended }) => appended)).toEqual([0, 0, 0])
        expect(repeats).toBe(0)
        expect(await log.read(0, undefined, 10)).toEqual([])
        expect(await log.read(0, shards[0]!.next, 10)).toEqual([])
      })

      test('the first sequence sorts after the empty text, which is the checkpoint before it', async () => {
        const { log } = await start()
        await log.append([document('a')])
        expect((await log.read(0, undefined, 1))[0]!.sequence > '').toBe(true)
      })

      test('records come in the order of their documents, with sequences that ascend as text', async () => {
        const { log } = await start()
        const texts = Array.from({ length: 120 }, (_, i) => `event ${i}`)
        for (let i = 0; i < texts.length; i += 7) await log.append(texts.slice(i, i + 7).map((text) => document(text)))
        const records = await log.read(0, undefined, EVERYTHING)
        expect(records.map(({ bytes }) => textOf(bytes))).toEqual(texts)
        const sequences = records.map(({ sequence }) => sequence)
        expect(new Set(sequences).size).toBe(120)
        expect(sequences.toSorted()).toEqual(sequences)
      })

      test('reads from a sequence on, that one included, as many as asked for', async () => {
        const { log } = await start()
        const texts = Array.from({ length: 30 }, (_, i) => `event ${i}`)
        for (let i = 0; i < 30; i += 4) await log.append(texts.slice(i, i + 4).map((text) => document(text)))
        const sequences = (await log.read(0, undefined, EVERYTHING)).map(({ sequence }) => sequence)
        for (const from of [0, 1, 3, 4, 5, 17, 28, 29]) {
          expect(await textsIn(log, 0, sequences[from])).toEqual(texts.slice(from))
          expect(await textsIn(log, 0, sequences[from], 5)).toEqual(texts.slice(from, from + 5))
        }
        expect(await textsIn(log, 0, undefined, 1)).toEqual(texts.slice(0, 1))
        expect(await textsIn(log, 0, undefined, 0)).toEqual([])
        expect(await textsIn(log, 1)).toEqual([])
      })

      promise('the status names the sequence of the next record', async () => {
        const { log } = await start()
        await log.append([document('a'), document('b', { shards: [1] }), document('c')])
        const { shards } = await log.status()
        expect(shards.map(({ appended }) => appended)).toEqual([2, 1, 0])
        expect(await log.read(0, shards[0]!.next, 10)).toEqual([])
        await log.append([document('d')])
        const next = await log.read(0, shards[0]!.next, 10)
        expect(next.map(({ sequence, bytes }) => [sequence, textOf(bytes)])).toEqual([[shards[0]!.next, 'd']])
      })

      test('what was read stays as it was while the log is read and grows', async () => {
        const { log } = await start()
        const big = (fill: string) => fill.repeat(5_000)
        for (const fill of 'abcdefgh') await log.append([document(big(fill)), document(fill)])
        const read = await log.read(0, undefined, EVERYTHING)
        for (const fill of 'ijkl') await log.append([document(big(fill))])
        for (let i = 0; i < 20; i++) await log.read(0, undefined, EVERYTHING)
        expect(read.map(({ bytes }) => textOf(bytes))).toEqual([...'abcdefgh'].flatMap((fill) => [big(fill), fill]))
      })

      promise('records of any bytes and of up to 1 MiB come back as they were', async () => {
        const opened = await start()
        const sizes = [0, 1, 255, 256, 65_535, 65_536, 1 << 20]
        const records = sizes.map((size) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255))
        await opened.log.append(records.map((bytes, i) => ({ eventIds: [String(i)], records: [{ shard: 0, bytes }] })))
        const { log } = await again(opened)
        const found = await log.read(0, undefined, EVERYTHING)
        expect(found.map(({ bytes }) => bytes.length)).toEqual(sizes)
        for (const [i, { bytes }] of found.entries()) expect(Buffer.compare(bytes, records[i]!)).toBe(0)
      })
    })

    describe('appending', () => {
      test('a document without a claim is new each time', async () => {
        const { log } = await start()
        const one = document('a')
        expect(await log.append([one, one])).toEqual([
          { repeat: false, eventIds: ['id of a'] },
          { repeat: false, eventIds: ['id of a'] },
        ])
        await log.append([one])
        expect(await textsIn(log, 0)).toEqual(['a', 'a', 'a'])
      })

      test('no documents are appended at once', async () => {
        const { log } = await start()
        expect(await log.append([])).toEqual([])
      })

      test('calls at the same time keep the order of each', async () => {
        const { log } = await start()
        const calls = ['a', 'b', 'c', 'd'].map((caller) =>
          log.append(Array.from({ length: 50 }, (_, i) => document(`${caller}${i}`))),
        )
        await Promise.all(calls)
        const texts = await textsIn(log, 0)
        expect(texts.length).toBe(200)
        for (const caller of ['a', 'b', 'c', 'd']) {
          const own = texts.filter((text) => text.startsWith(caller))
          expect(own).toEqual(Array.from({ length: 50 }, (_, i) => `${caller}${i}`))
        }
      })

      test('one that was answered can be read', async () => {
        const { log } = await start()
        const seen: boolean[] = []
        await Promise.all(
          Array.from({ length: 20 }, async (_, i) => {
            await log.append([document(`event ${i}`, { shards: [i % 3] })])
            seen.push((await textsIn(log, i % 3)).includes(`event ${i}`))
          }),
        )
        expect(seen).toEqual(Array.from({ length: 20 }, () => true))
      })

      test('a document of several shards is in all of them, once', async () => {
        const opened = await start()
        const every = { shards: [0, 1, 2], claim: 'setting 1' }
        await Promise.all([opened.log.append([document('a', every)]), opened.log.append([document('a', every)])])
        const { log } = await again(opened)
        expect((await log.append([document('again', every)]))[0]!.repeat).toBe(true)
        for (const shard of [0, 1, 2]) expect(await textsIn(log, shard)).toEqual(['a'])
      })
    })

    describe('claims', () => {
      const first = { repeat: false, eventIds: ['id of first'] }
      const repeat = { repeat: true, eventIds: ['id of first'] }
      const pair = () => [document('first', { claim: 'order 1' }), document('second', { claim: 'order 1' })] as const

      test('of two documents with one claim in a call the first is appended, and answers for both', async () => {
        const { log } = await start()
        const [a, b] = pair()
        expect(await log.append([a, document('other'), b])).toEqual([
          first,
          { repeat: false, eventIds: ['id of other'] },
          repeat,
        ])
        expect(await textsIn(log, 0)).toEqual(['first', 'other'])
        expect((await log.status()).repeats).toBe(1)
      })

      test('of two in flight at once one is appended', async () => {
        const { log } = await start()
        const [a, b] = pair()
        const [[taken], [repeated]] = await Promise.all([log.append([a]), log.append([b])])
        expect([taken, repeated]).toEqual([first, repeat])
        expect(await textsIn(log, 0)).toEqual(['first'])
      })

      test('one that comes later is a repeat', async () => {
        const { log } = await start()
        const [a, b] = pair()
        await log.append([a])
        await log.append([document('between')])
        expect(await log.append([b])).toEqual([repeat])
        expect(await textsIn(log, 0)).toEqual(['first', 'between'])
      })

      test('one that comes after the program was started again is a repeat', async () => {
        const opened = await start()
        const [a, b] = pair()
        await opened.log.append([a])
        const { log } = await again(opened)
        expect((await log.status()).repeats).toBe(0)
        expect(await log.append([b])).toEqual([repeat])
        expect((await log.status()).repeats).toBe(1)
        expect(await textsIn(log, 0)).toEqual(['first'])
      })

      test('a repeat is not answered before what it repeats is durable', async () => {
        const { log } = await start()
        const [a, b] = pair()
        const order: string[] = []
        await Promise.all([
          log.append([a]).then(() => order.push('first')),
          log.append([b]).then(() => order.push('repeat')),
        ])
        expect(order).toEqual(['first', 'repeat'])
      })

      test.each(['order:1/é', '\u{1f600}'.repeat(40), 'x'.repeat(300), '__proto__'])('may be %s', async (claim) => {
        const opened = await start()
        await opened.log.append([document('first', { claim }), document('near', { claim: `${claim}.` })])
        const { log } = await again(opened)
        expect(await log.append([document('second', { claim })])).toEqual([repeat])
      })

      promise('they go with their records, unless they are kept for ever', async () => {
        const opened = await start()
        const kept = { claim: 'import 1', keepForEver: true }
        await opened.log.append([document('first', { claim: 'order 1' }), document('first', kept)])
        await opened.log.append([document('last', { claim: 'order 2' })])
        const [, , last] = await opened.log.read(0, undefined, 3)
        expect(await opened.dropBefore(0, last!.sequence)).toBe(2)
        const later = document('again', { claim: 'order 2' })
        expect((await opened.log.append([document('again', kept), later])).map((it) => it.repeat)).toEqual([true, true])
        const { log } = await again(opened)
        expect(await log.append([document('again', kept)])).toEqual([repeat])
        expect((await log.append([later]))[0]!.repeat).toBe(true)
        expect(await log.append([document('again', { claim: 'order 1' })])).toEqual([
          { repeat: false, eventIds: ['id of again'] },
        ])
      })
    })

    describe('letting go', () => {
      const filled = async () => {
        const opened = await start()
        for (let i = 0; i < 10; i++)
          await opened.log.append([document(`event ${i}`), document(`other ${i}`, { shards: [1] })])
        const sequences = (await opened.log.read(0, undefined, EVERYTHING)).map(({ sequence }) => sequence)
        return { ...opened, sequences }
      }

      promise('what lies before is gone, what lies after is as it was', async () => {
        const opened = await filled()
        expect(await opened.dropBefore(0, opened.sequences[4]!)).toBe(4)
        const isAsItShouldBe = async ({ log }: OpenLog) => {
          expect(await textsIn(log, 0)).toEqual(['event 4', 'event 5', 'event 6', 'event 7', 'event 8', 'event 9'])
          expect(await textsIn(log, 0, opened.sequences[1], 1)).toEqual(['event 4'])
          expect((await textsIn(log, 1)).length).toBe(10)
          expect((await log.status()).shards[0]!.appended).toBe(10)
        }
        await isAsItShouldBe(opened)
        expect(await opened.dropBefore(0, opened.sequences[4]!)).toBe(0)
        await isAsItShouldBe(await again(opened))
      })

      promise('sequences go on', async () => {
        const opened = await filled()
        await opened.dropBefore(0, opened.sequences[9]!)
        const { log } = await again(opened)
        await log.append([document('event 10')])
        const [, added] = await log.read(0, undefined, 2)
        expect(added!.sequence > opened.sequences[9]!).toBe(true)
      })

      promise('sequences go on even when nothing is left', async () => {
        const opened = await filled()
        const { next } = (await opened.log.status()).shards[0]!
        expect(await opened.dropBefore(0, next)).toBe(10)
        const { log } = await again(opened)
        expect((await log.status()).shards[0]).toEqual({ next, appended: 10 })
      })
    })

    describe('a full log', () => {
      test('takes nothing of the call, and the same documents later', async () => {
        const { log, refuse } = await start()
        const call = [document('a', { claim: 'order 1' }), document('b')]
        refuse('the disk is nearly full')
        const refused = await log.append(call).catch((error) => error)
        expect(refused).toBeInstanceOf(LogFullError)
        expect(refused.message).toContain('the disk is nearly full')
        expect(refused.retryAfterSeconds).toBeGreaterThan(0)
        expect((await log.status()).shards[0]!.appended).toBe(0)
        refuse(undefined)
        expect((await log.append(call)).map(({ repeat }) => repeat)).toEqual([false, false])
        expect(await textsIn(log, 0)).toEqual(['a', 'b'])
      })

      promise('is one that has too much waiting for the disk', async () => {
        const { log } = await start({ maxWaitingBytes: 1_000 })
        const taking = log.append([document('x'.repeat(1_001))])
        await expect(log.append([document('too much')])).rejects.toThrow(LogFullError)
        await taking
        await log.append([document('later')])
        expect((await textsIn(log, 0)).at(-1)).toBe('later')
      })
    })

    test('is the log of a model, whatever comes in whatever order, also after each start', async () => {
      const documents = fc.record({
        claim: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
        shards: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1 }),
      })
      const step = fc.oneof(
        { weight: 6, arbitrary: fc.array(fc.array(documents, { maxLength: 4 }), { minLength: 1, maxLength: 3 }) },
        { weight: 1, arbitrary: fc.constant('reopen' as const) },
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          let opened = await open({ shards: 3 })
          const shards: string[][] = [[], [], []]
          const claims = new Map<number, string>()
          let n = 0
          try {
            for (const calls of steps) {
              if (calls === 'reopen') {
                opened = await opened.reopen()
                continue
              }
              const expected: { repeat: boolean; eventIds: string[] }[][] = []
              const appending = calls.map((call) => {
                const intakes: Intake[] = []
                expected.push(
                  call.map(({ claim, shards: into }) => {
                    const text = `document ${n++}`
                    intakes.push(
                      document(text, { shards: into, ...(claim !== undefined && { claim: `claim ${claim}` }) }),
                    )
                    const first = claim === undefined ? undefined : claims.get(claim)
                    if (first !== undefined) return { repeat: true, eventIds: [first] }
                    if (claim !== undefined) claims.set(claim, `id of ${text}`)
                    for (const shard of into) shards[shard]!.push(text)
                    return { repeat: false, eventIds: [`id of ${text}`] }
                  }),
                )
                return opened.log.append(intakes)
              })
              expect(await Promise.all(appending)).toEqual(expected)
            }
            for (const [shard, texts] of shards.entries()) expect(await textsIn(opened.log, shard)).toEqual(texts)
          } finally {
            await opened.close()
          }
        }),
        { numRuns: 25 },
      )
    })
  })
}

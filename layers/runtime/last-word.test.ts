import { expect, test } from 'vitest'
import { LogFullError } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { haveLastWords, LAST_WORDS, sweepWords, type Word } from './last-word.ts'

const AT = Date.parse('2026-03-02T10:00:00Z')

function newWords() {
  const [state, clock] = [new MemoryStateStore(), new FixedClock(AT)]
  const ports = { state, clock }
  /** Says `value`, and answers what was said before. */
  const say = (about: string, value: string, work = async () => {}) =>
    haveLastWords<string, string | undefined>(
      ports,
      'm',
      [{ about: [about], value, isLeft: () => true }],
      async ([last]): Promise<string | undefined> => {
        await work()
        return last?.value
      },
    )
  const rows = async () =>
    (await state.query({ table: LAST_WORDS, range: EVERY_KEY })).map(({ key, row }) => ({
      key,
      ...(row as Word<string> & { readonly version: number }),
    }))
  return { ports, state, clock, say, rows }
}

test('each is told of the one before, for half a minute', async () => {
  const { clock, say } = newWords()
  expect(await say('a', 'first')).toBeUndefined()
  expect(await say('b', 'other')).toBeUndefined()
  clock.set(AT + 29_999)
  expect(await say('a', 'second')).toBe('first')
  clock.set(AT + 59_998)
  expect(await say('a', 'third')).toBe('second')
  clock.set(AT + 89_998)
  expect(await say('a', 'fourth')).toBeUndefined()
})

test('what failed was not said, and the word before it is the last one again', async () => {
  const { say, clock } = newWords()
  const fail = () => Promise.reject(new Error('the log is away'))
  await expect(say('a', 'first', fail)).rejects.toThrow('away')
  expect(await say('a', 'second')).toBeUndefined()
  clock.set(AT + 10_000)
  await expect(say('a', 'third', fail)).rejects.toThrow('away')
  clock.set(AT + 29_999)
  expect(await say('a', 'fourth')).toBe('second')
})

test('one of which nobody knows whether it came to be stays the last one; the same is said again as if it were not', async () => {
  const { say, clock, rows } = newWords()
  const fail = (isUncertain: boolean) => () => Promise.reject(new LogFullError('the log is away', 1, isUncertain))
  await say('a', 'first')
  clock.set(AT + 20_000)
  await expect(say('a', 'second', fail(true))).rejects.toThrow('away')
  await expect(say('a', 'second', fail(true))).rejects.toThrow('away')
  await expect(say('a', 'second', fail(false))).rejects.toThrow('away')
  await expect(say('a', 'third', fail(false))).rejects.toThrow('away')
  expect((await rows()).map(({ value, at }) => [value, at])).toEqual([['second', AT + 20_000]])
  expect(await say('a', 'third')).toBe('second')
  await expect(say('a', 'fourth', fail(true))).rejects.toThrow('away')
  expect(await say('a', 'fourth')).toBe('third')
  await expect(say('a', 'fifth', fail(true))).rejects.toThrow('away')
  clock.set(AT + 49_999)
  expect(await say('a', 'sixth')).toBe('fifth')
})

test('the same that is said again hears of a word before it no longer than rows take', async () => {
  const { say, clock } = newWords()
  await say('a', 'first')
  clock.set(AT + 20_000)
  await expect(say('a', 'second', () => Promise.reject(new LogFullError('away', 1, true)))).rejects.toThrow('away')
  clock.set(AT + 30_000)
  expect(await say('a', 'second')).toBeUndefined()
})

test('one that is refused leaves none of the others said', async () => {
  const { ports, rows } = newWords()
  const refused = () => {
    throw new Error('refused')
  }
  const small = { ...ports, state: Object.create(ports.state, { maxItems: { value: 1 } }) as MemoryStateStore }
  const asked = [
    { about: ['a'], value: 'said', isLeft: () => true },
    { about: ['b'], value: 'said', isLeft: refused },
  ]
  await expect(haveLastWords(small, 'm', asked, async () => 'done')).rejects.toThrow('refused')
  expect((await rows()).map(({ value, at }) => [value, at])).toEqual([[null, 0]])
})

test('where nothing is left to say nothing is written, and what is to be done hears the last word', async () => {
  const { ports, state, say } = newWords()
  await say('a', 'first')
  const before = state.calls.commitDurable
  const heard = await haveLastWords<string, unknown>(
    ports,
    'm',
    [{ about: ['a'], value: 'second', isLeft: () => false }],
    async (lasts) => lasts,
  )
  expect(heard).toMatchObject([{ value: 'first', at: AT }])
  expect(state.calls.commitDurable).toBe(before)
})

test('words that rows know of are swept, newer ones are not', async () => {
  const { ports, say, clock, rows } = newWords()
  await say('a', 'old')
  clock.set(AT + 1)
  await say('b', 'newer')
  clock.set(AT + 30_000)
  await sweepWords(ports)
  expect((await rows()).map(({ value }) => value)).toEqual(['newer'])
})

test('a sweep takes away no word that is said meanwhile', async () => {
  const { ports, state, say, clock, rows } = newWords()
  await say('a', 'old')
  clock.set(AT + 30_000)
  const { query } = state
  state.query = async (of) => {
    const found = await query.call(state, of)
    if (of.table === LAST_WORDS) {
      state.query = query
      await say('a', 'newer')
    }
    return found
  }
  await sweepWords(ports)
  expect((await rows()).map(({ value }) => value)).toEqual(['newer'])
})

test('no version comes twice, though a word was swept between them', async () => {
  const { ports, say, clock, rows } = newWords()
  await say('a', 'first')
  const [first] = await rows()
  clock.set(AT + 30_000)
  await sweepWords(ports)
  await say('a', 'second')
  const [second] = await rows()
  expect(second!.version).toBeGreaterThan(first!.version)
})

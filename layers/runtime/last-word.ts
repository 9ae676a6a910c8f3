/**
 * The last word about what an event decides, from when somebody has it until that event is surely folded: rows follow their
 * events, so that of two people who saw the same row both would otherwise be right.
 */
import { conditionsHold, mayBeInLog, type RowRef } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'
import { sweepRows } from './sweep-rows.ts'

/** Key: merchant, what it is about. */
export const LAST_WORDS = 'last-words'
/** Rows are this far behind at most, unless the engine is down. */
const UNTIL_FOLDED_MS = 30_000

type Value = string | number | boolean | null
export type Word<V extends Value> = { readonly value: V /** Epoch ms. */; readonly at: number }
type WordRow<V extends Value> = Word<V> & {
  /** That of no earlier one, though it was swept since. */
  readonly version: number
  /** Where nobody knows whether it came to be: the word before it; null: none. */
  readonly unsureAfter?: Word<V> | null
}

export type Asked<V extends Value> = {
  /** What it is about, each once; parts of a key. */
  readonly about: readonly string[]
  /** What is to be said. */
  readonly value: V
  /**
   * Whether it is left to say after the last word, undefined where rows surely know of all that was said. It may be asked more
   * than once. @throws to say nothing about any of them
   */
  readonly isLeft: (last: Word<V> | undefined) => boolean
}

type WordPorts = Pick<Ports, 'state' | 'clock'>
type Had<V extends Value> = {
  readonly ref: RowRef
  readonly last: Word<V> | undefined
  readonly before: WordRow<V> | undefined
  readonly said: WordRow<V> | undefined
}

/**
 * Takes each word and has done what they say, given the last word before each. What fails takes them back: who was
 * told of one meanwhile was told of something that did not come to be. Where nobody knows whether it failed they stay,
 * and who sends the same again is not told of their own.
 */
export async function haveLastWords<V extends Value, T>(
  ports: WordPorts,
  merchantId: string,
  asked: readonly Asked<V>[],
  work: (lasts: readonly (Word<V> | undefined)[]) => Promise<T>,
): Promise<T> {
  const { maxItems } = ports.state
  const had: Had<V>[] = []
  try {
    for (let from = 0; from < asked.length; from += maxItems)
      had.push(...(await takeSome(ports, merchantId, asked.slice(from, from + maxItems))))
    return await work(had.map(({ last }) => last))
  } catch (error) {
    await Promise.all(had.map((one) => (mayBeInLog(error) ? doubt(ports, one) : takeBack(ports, one))))
    throw error
  }
}

async function takeSome<V extends Value>(
  { state, clock }: WordPorts,
  merchantId: string,
  asked: readonly Asked<V>[],
): Promise<readonly Had<V>[]> {
  const refs = asked.map(({ about }) => ({ table: LAST_WORDS, key: rowKey(merchantId, ...about) }))
  for (;;) {
    const rows = (await state.getMany(refs)) as (WordRow<V> | undefined)[]
    const at = clock.now()
    const had = asked.map(({ value, isLeft }, n): Had<V> => {
      const before = rows[n]
      const isSameAgain = before?.unsureAfter !== undefined && before.value === value
      const last = newerThanRows(isSameAgain ? before.unsureAfter : before, at)
      const version = Math.max(at, (before?.version ?? 0) + 1)
      return { ref: refs[n]!, last, before, said: isLeft(last) ? { version, value, at } : undefined }
    })
    const taken = had.filter(({ said }) => said !== undefined)
    if (taken.length === 0) return had
    const isTaken = await conditionsHold(() =>
      state.commitDurable(
        taken.map(({ ref, said }) => ({ ...ref, row: said })),
        taken.map(({ ref, before }) => isUnmoved(ref, before)),
      ),
    )
    if (isTaken) return had
  }
}

const newerThanRows = <V extends Value>(word: Word<V> | null | undefined, nowMs: number): Word<V> | undefined =>
  word && nowMs - word.at < UNTIL_FOLDED_MS ? { value: word.value, at: word.at } : undefined

/** What was said before still is. */
async function takeBack<V extends Value>(ports: WordPorts, { ref, before, said }: Had<V>): Promise<void> {
  if (said !== undefined) await leave<V | null>(ports, ref, said, before ?? { value: null, at: 0 })
}

async function doubt<V extends Value>(ports: WordPorts, { ref, last, said }: Had<V>): Promise<void> {
  if (said !== undefined) await leave(ports, ref, said, { ...said, unsureAfter: last ?? null })
}

/** Unless somebody had the word since, whose it then is. */
async function leave<V extends Value>(
  { state }: WordPorts,
  ref: RowRef,
  said: WordRow<V>,
  left: Omit<WordRow<V>, 'version'>,
): Promise<void> {
  const row: WordRow<V> = { ...left, version: said.version + 1 }
  await conditionsHold(() => state.commitDurable([{ ...ref, row }], [isUnmoved(ref, said)]))
}

/** Deletes those that rows surely know of. */
export async function sweepWords({ state, clock }: WordPorts): Promise<void> {
  const before = clock.now() - UNTIL_FOLDED_MS
  await sweepRows<WordRow<Value>>(state, { table: LAST_WORDS, told: 'version', isOver: ({ at }) => at <= before })
}

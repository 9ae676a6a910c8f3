/**
 * The last word about what an event decides, from when somebody has it until that event is surely folded: rows follow their
 * events, so that of two people who saw the same row both would otherwise be right.
 */
import { conditionsHold, type RowRef } from '#core/ports.ts'
import { EVERY_KEY, rowKey } from '#core/row-key.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'

/** Key: merchant, what it is about. */
export const LAST_WORDS = 'last-words'
/** Rows are this far behind at most, unless the engine is down. */
const UNTIL_FOLDED_MS = 30_000

type Value = string | number | boolean | null
export type Word<V extends Value> = { readonly value: V /** Epoch ms. */; readonly at: number }
/** `version`: that of no earlier one, though it was swept since. */
type WordRow<V extends Value> = Word<V> & { readonly version: number }

export type Asked<V extends Value> = {
  /** What it is about, each once; parts of a key. */
  readonly about: readonly string[]
  /**
   * What is said after the last word, undefined where rows surely know of all that was said. Answers undefined where nothing
   * is left to say. It may be asked more than once. @throws to say nothing about any of them
   */
  readonly say: (last: Word<V> | undefined) => V | undefined
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
 * told of one meanwhile was told of something that did not come to be.
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
    await Promise.all(had.map((one) => takeBack(ports, one)))
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
    const had = asked.map(({ say }, n): Had<V> => {
      const before = rows[n]
      const last = before !== undefined && at - before.at < UNTIL_FOLDED_MS ? before : undefined
      const value = say(last)
      const version = Math.max(at, (before?.version ?? 0) + 1)
      return { ref: refs[n]!, last, before, said: value === undefined ? undefined : { version, value, at } }
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

/** What was said before still is; unless somebody had the word since, whose it then is. */
async function takeBack<V extends Value>({ state }: WordPorts, { ref, before, said }: Had<V>): Promise<void> {
  if (said === undefined) return
  const row: WordRow<V | null> = { ...(before ?? { value: null, at: 0 }), version: said.version + 1 }
  await conditionsHold(() => state.commitDurable([{ ...ref, row }], [isUnmoved(ref, said)]))
}

/** Deletes those that rows surely know of. */
export async function sweepWords({ state, clock }: WordPorts): Promise<void> {
  const before = clock.now() - UNTIL_FOLDED_MS
  for (const { key, row } of await state.query({ table: LAST_WORDS, range: EVERY_KEY })) {
    const [ref, word] = [{ table: LAST_WORDS, key }, row as WordRow<Value>]
    if (word.at <= before)
      await conditionsHold(() => state.commitDurable([{ ...ref, row: undefined }], [isUnmoved(ref, word)]))
  }
}

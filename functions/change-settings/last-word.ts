/**
 * The last word about each setting, from when it was taken until it is surely folded: rows follow their events, so that of
 * two people who saw the same value both would otherwise be right.
 */
import { ConditionFailedError } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { conflict } from '#runtime/http-handler.ts'
import { isUnmoved } from '#runtime/is-unmoved.ts'
import type { Ports } from '#runtime/ports.ts'

type Value = string | number | boolean | null
/** Key: merchant, the setting's place. `version` is raised by each change. */
type LastWord = { readonly version: number; readonly value: Value; readonly at: number }
const LAST_WORDS = 'last-words-on-settings'
/** Rows are this far behind at most, unless the engine is down. */
const UNTIL_FOLDED_MS = 30_000

export type Word = {
  readonly merchantId: string
  /** Of the setting, such as `safetyDays of Shoes`. */
  readonly place: string
  readonly name: string
  readonly value: Value
  /** What the setting's row says now. */
  readonly folded: Value
  /** What whoever changes it saw; undefined: whatever it is. */
  readonly expected: Value | undefined
}

/**
 * Takes the word and makes the change, which is told what was decided before.
 * @throws HttpError 409 where that is not what was expected
 */
export async function haveLastWord<T>(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  { merchantId, place, name, value, folded, expected }: Word,
  change: (before: Value) => Promise<T>,
): Promise<T> {
  const row = { table: LAST_WORDS, key: rowKey(merchantId, place) }
  const commit = (next: LastWord, word: LastWord | undefined) =>
    state.commitDurable([{ ...row, row: next }], [isUnmoved(row, word)])
  for (;;) {
    const word = (await state.get(row.table, row.key)) as LastWord | undefined
    const before = word !== undefined && clock.now() - word.at < UNTIL_FOLDED_MS ? word.value : folded
    if (expected !== undefined && expected !== before)
      throw conflict('Somebody else changed this setting', { name, value: before })
    const next: LastWord = { version: (word?.version ?? 0) + 1, value, at: clock.now() }
    try {
      await commit(next, word)
    } catch (error) {
      if (error instanceof ConditionFailedError) continue // somebody was faster: look again
      throw error
    }
    try {
      return await change(before)
    } catch (error) {
      await takeBack(commit({ version: next.version + 1, value: before, at: word?.at ?? 0 }, next))
      throw error
    }
  }
}

/** It was not said, and what was decided before still is; unless somebody had the word since, whose it then is. */
async function takeBack(commit: Promise<void>): Promise<void> {
  try {
    await commit
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error
  }
}

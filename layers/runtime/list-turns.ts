/**
 * Turns at a merchant's list: what rests on the whole of it (how many there are, that no two are alike) is changed in one, so that
 * of two who looked at it at once one looks again.
 */
import type { Condition, StateStore, Write } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { isUnmoved } from './is-unmoved.ts'

/** Key: merchant, table of what is listed. */
export const LIST_TURNS = 'list-turns'
type TurnRow = { readonly turn: number }

/** What takes the turn, with the change in one commit. */
export type Turn = { readonly writes: readonly Write[]; readonly conditions: readonly Condition[] }

/** Of a change that rests on nothing else in the list. */
export const NO_TURN: Turn = { writes: [], conditions: [] }

/** Asked for before the list is looked at. */
export async function nextTurn(state: StateStore, merchantId: string, table: string): Promise<Turn> {
  const place = { table: LIST_TURNS, key: rowKey(merchantId, table) }
  const last = (await state.get(place.table, place.key)) as TurnRow | undefined
  const row: TurnRow = { turn: (last?.turn ?? 0) + 1 }
  return { writes: [{ ...place, row }], conditions: [isUnmoved(place, last, 'turn')] }
}

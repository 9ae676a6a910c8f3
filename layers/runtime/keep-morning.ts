/** Writes what a morning has answered, so many rows at a time; what people decide meanwhile stays. */
import { ConditionFailedError, type RowRef, type StateStore, type Write } from '#core/ports.ts'
import { afterMorning, type Morning } from '#core/reorders/after-morning.ts'
import {
  REORDER_PLACES,
  REORDER_REASONS,
  REORDERS,
  type ReasonRow,
  type ReorderFigures,
  type ReorderPlace,
  type ReorderRow,
} from '#core/reorders/reorder-row.ts'
import { rowKey } from '#core/row-key.ts'
import { isUnmoved } from './is-unmoved.ts'
import { letOthersIn } from './let-others-in.ts'
import { placeWrite, reasonKey, reorderKey } from './reorder-rows.ts'

/** Of one product in one store. */
export type MorningAnswer = ReorderPlace & { readonly figures?: ReorderFigures; readonly reason?: ReasonRow }

/** Writes and conditions of one answer, at most. */
const ITEMS_OF_ONE = 5
const MOST_ITEMS = 1_000
const TRIES = 5

/** Answers how many proposals are not as they were. Done again, it changes nothing. */
export async function keepMorning(
  state: StateStore,
  merchantId: string,
  morning: Morning,
  answers: readonly MorningAnswer[],
): Promise<number> {
  const atOnce = Math.floor(Math.min(MOST_ITEMS, state.maxItems) / ITEMS_OF_ONE)
  let changed = 0
  for (let from = 0; from < answers.length; from += atOnce) {
    await letOthersIn()
    changed += await keepSome(state, merchantId, morning, answers.slice(from, from + atOnce), TRIES)
  }
  return changed
}

async function keepSome(
  state: StateStore,
  merchantId: string,
  morning: Morning,
  answers: readonly MorningAnswer[],
  tries: number,
): Promise<number> {
  const refs: RowRef[] = answers.flatMap((answer) => [
    { table: REORDERS, key: reorderKey(merchantId, answer) },
    { table: REORDER_REASONS, key: reasonKey(merchantId, answer) },
  ])
  const rows = await state.getMany(refs)
  const writes: Write[] = []
  const conditions = []
  let changed = 0
  for (const [nth, answer] of answers.entries()) {
    const before = rows[2 * nth] as ReorderRow | undefined
    const [proposal, reason] = [refs[2 * nth]!, refs[2 * nth + 1]!]
    const after = afterMorning(
      before,
      { storeId: answer.storeId, productId: answer.productId },
      answer.figures,
      morning,
    )
    if (after !== before) {
      writes.push({ ...proposal, row: after }, ...movedPlace(merchantId, before, after))
      conditions.push(isUnmoved(proposal, before))
      changed++
    }
    if (JSON.stringify(rows[2 * nth + 1]) !== JSON.stringify(answer.reason))
      writes.push({ ...reason, row: answer.reason })
  }
  if (writes.length === 0) return 0
  try {
    await state.commitDurable(writes, conditions)
    return changed
  } catch (error) {
    if (!(error instanceof ConditionFailedError) || tries === 1) throw error
    return keepSome(state, merchantId, morning, answers, tries - 1)
  }
}

function movedPlace(merchantId: string, before: ReorderRow | undefined, after: ReorderRow | undefined): Write[] {
  if (before?.id === after?.id) return []
  const gone = before && { table: REORDER_PLACES, key: rowKey(merchantId, before.id), row: undefined }
  return [...(gone ? [gone] : []), ...(after ? [placeWrite(merchantId, after)] : [])]
}

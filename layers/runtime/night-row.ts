/** What a merchant's warehouse knows of the lake, and what its newest night has decided to make. */
import type { StateStore } from '#core/ports.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { WarehouseRun } from './make-part.ts'

export type NightPlan = Omit<WarehouseRun, 'merchantId'> & {
  /** By shard: the last record of the lake that this night knows. */
  readonly known: readonly string[]
}

/** Key: the merchant. */
export type NightRow = {
  /** Counts changes of the row. */
  readonly turn: number
  /** By shard: the last record of the lake that the published nights know; '' for none. */
  readonly known: readonly string[]
  /** The business date of the last one; '' before the first. */
  readonly date: string
  /** Of the newest, published or not. */
  readonly planned?: NightPlan
}
export const NIGHTS_TABLE = 'nights'

export const readNight = async (state: StateStore, merchantId: string): Promise<NightRow | undefined> =>
  (await state.get(NIGHTS_TABLE, merchantId)) as NightRow | undefined

/** @throws ConditionFailedError where somebody else has changed it since `before` was read: nothing was written. */
export async function writeNight(
  state: StateStore,
  merchantId: string,
  before: NightRow | undefined,
  next: Omit<NightRow, 'turn'>,
): Promise<void> {
  const place = { table: NIGHTS_TABLE, key: merchantId }
  const row: NightRow = { ...next, turn: (before?.turn ?? 0) + 1 }
  await state.commitDurable([{ ...place, row }], [isUnmoved(place, before, 'turn')])
}

/** A later run has decided otherwise: what was begun by this one is of no use any more. */
export class PlanGoneError extends Error {
  override readonly name = 'PlanGoneError'
}

/** What the night of this version has decided. @throws PlanGoneError */
export async function plannedRun(
  state: StateStore,
  merchantId: string,
  version: string,
): Promise<WarehouseRun & NightPlan> {
  const { planned } = (await readNight(state, merchantId)) ?? {}
  if (planned?.version !== version)
    throw new PlanGoneError(`a later night has begun: ${version} is not finished any more`)
  return { merchantId, ...planned }
}

/** Results of a run's checks, each a row. */
import type { CheckResult } from '#core/lake/table-checks.ts'
import type { StateStore } from '#core/ports.ts'
import { ascendingNumber, type KeyRange, rowKey, under } from '#core/row-key.ts'
import { deleteUnder } from './delete-under.ts'

/** Key: merchant, run, table, number. */
export const CHAIN_CHECKS = 'chain-checks'

/** `day`: the part that was checked, '' for a table that is whole. */
export type KeptCheck = CheckResult & { readonly day: string }
type RunOf = { readonly merchantId: string; readonly run: string }

const ROWS_AT_ONCE = 50

/** In place of what an earlier try has found of this table. */
export async function keepChecks(
  state: StateStore,
  { merchantId, run }: RunOf,
  table: string,
  checks: readonly KeptCheck[],
): Promise<void> {
  await deleteUnder(state, CHAIN_CHECKS, merchantId, run, table)
  const writes = checks.map((row, i) => ({
    table: CHAIN_CHECKS,
    key: rowKey(merchantId, run, table, ascendingNumber(i)),
    row,
  }))
  for (let i = 0; i < writes.length; i += ROWS_AT_ONCE) await state.commitDurable(writes.slice(i, i + ROWS_AT_ONCE))
}

export const checksRange = ({ merchantId, run }: RunOf): KeyRange => under(merchantId, run)

/** How many came out how, and the first of those that failed, then of those that warned. */
export type CheckSummary = {
  readonly counts: Readonly<Record<CheckResult['outcome'], number>>
  readonly wrong: readonly KeptCheck[]
}
const WRONG_SHOWN = 100

export function summaryOf(checks: readonly KeptCheck[]): CheckSummary {
  const of = (outcome: CheckResult['outcome']) => checks.filter((check) => check.outcome === outcome)
  const [passed, failed, warned, skipped] = [of('passed'), of('failed'), of('warned'), of('skipped')]
  return {
    counts: { passed: passed.length, failed: failed.length, warned: warned.length, skipped: skipped.length },
    wrong: [...failed, ...warned].slice(0, WRONG_SHOWN),
  }
}

export async function checksOf(state: StateStore, run: RunOf): Promise<readonly KeptCheck[]> {
  const rows = await state.query({ table: CHAIN_CHECKS, range: checksRange(run) })
  return rows.map(({ row }) => row as KeptCheck)
}

/** What each check found, run after run: a row a run, which stays as long as its run is kept. */
import type { CheckResult } from '#core/lake/table-checks.ts'
import type { Write } from '#core/ports.ts'
import { descendingTime, type KeyRange, rowKey, under } from '#core/row-key.ts'
import type { KeptCheck } from './chain-checks.ts'

/** Key: merchant, newest date first, chain. */
export const CHECK_HISTORY = 'check-history'

/** A check of a table over all the parts that a run has made of it: of the part that came out worst, the newest of these. */
export type CheckOfRun = KeptCheck & {
  /** How many parts it was asked of, and of how many it failed or warned. */
  readonly parts: number
  readonly wrong: number
}
export type CheckHistoryRow = {
  readonly chain: string
  /** The business date that the run is for. */
  readonly date: string
  readonly attempt: number
  /** Epoch ms. */
  readonly endedAt: number
  readonly checks: readonly CheckOfRun[]
}

type RunOf = { readonly merchantId: string; readonly chain: string; readonly date: string }

const keyOf = ({ merchantId, chain, date }: RunOf): string =>
  rowKey(merchantId, descendingTime(Date.parse(`${date}T00:00:00Z`)), chain)

export const checkHistoryRange = (merchantId: string): KeyRange => under(merchantId)

/** `row` undefined: its run is not kept any more. */
export const checkHistoryWrite = (run: RunOf, row: CheckHistoryRow | undefined): Write => ({
  table: CHECK_HISTORY,
  key: keyOf(run),
  row,
})

const BADNESS: Readonly<Record<CheckResult['outcome'], number>> = { skipped: 0, passed: 1, warned: 2, failed: 3 }

/** One of each table's check, in the order in which they were asked first. */
export function checksOfRun(checks: readonly KeptCheck[]): CheckOfRun[] {
  const found = new Map<string, CheckOfRun>()
  for (const check of checks) {
    const name = JSON.stringify([check.table, check.check])
    const before = found.get(name)
    const isWrong = check.outcome === 'failed' || check.outcome === 'warned'
    const counts = { parts: (before?.parts ?? 0) + 1, wrong: (before?.wrong ?? 0) + (isWrong ? 1 : 0) }
    found.set(name, { ...(before === undefined || isWorse(check, before) ? check : before), ...counts })
  }
  return [...found.values()]
}

const isWorse = (check: KeptCheck, than: KeptCheck): boolean => {
  const [a, b] = [BADNESS[check.outcome], BADNESS[than.outcome]]
  return a > b || (a === b && check.day > than.day)
}

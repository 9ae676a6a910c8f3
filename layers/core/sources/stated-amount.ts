import { z } from 'zod'
import { toMinor } from '#core/events/money.ts'
import { type Outcome, wrong } from '#core/outcome.ts'

const IS_NO_DECIMAL = 'must be a decimal number or text such as 9.99'
const DECIMAL = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** An amount as providers state it: 999, 9.99, "9.99". */
export const StatedAmount = z.union([z.number(), z.string().regex(DECIMAL, IS_NO_DECIMAL)], IS_NO_DECIMAL)
type StatedAmount = z.infer<typeof StatedAmount>

/** The amount in minor units. Without a currency there is none: said is only what is wrong in every currency. */
export function minorOf(
  field: string,
  amount: StatedAmount,
  currency: string | undefined,
  belowZero = 'must not be below 0',
): Outcome<number> {
  if (Number(amount) < 0) return wrong(field, belowZero)
  if (currency === undefined) return { ok: false, problems: [] }
  const minor = toMinor(amount, currency)
  return minor.ok ? minor : wrong(field, minor.problems[0]!.message)
}

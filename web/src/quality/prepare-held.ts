import type { HeldItem } from '#core/api/quarantine.ts'
import { counted } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { words } from './words.ts'

export type HeldRow = {
  readonly id: string
  /** The first reason, and how many more there are. */
  readonly reason: string
  readonly more: string
  readonly at: string
  readonly iso: string
  readonly attempts: string
}

/** Documents that were set aside, as a list says them. */
export const prepareHeld = (items: readonly HeldItem[], nowMs: number, timeZone: string): HeldRow[] =>
  items.map(({ id, heldAt, attempts, problems }) => ({
    id,
    reason: problems.length === 0 ? words.quarantine.noReason : problemText(problems[0]!),
    more: problems.length < 2 ? '' : words.quarantine.more(problems.length - 1),
    at: formatMoment(Date.parse(heldAt), nowMs, timeZone),
    iso: heldAt,
    attempts: attempts === 0 ? '' : counted(attempts, 'try', 'tries'),
  }))

/** 'data.price is not a number': the engine's words begin small where they go on from the field's name. */
export function problemText({ field, message }: HeldItem['problems'][number]): string {
  if (field === '') return message.charAt(0).toUpperCase() + message.slice(1)
  return /^\p{Ll}/u.test(message) ? `${field} ${message}` : `${field}: ${message}`
}

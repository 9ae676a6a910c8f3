import { REFUND_REASONS, type RefundReason } from '#core/events/sale-refunded.ts'

/** A source's words for why something came back: one of ours, or `other` with the words kept as they are. */
export function refundReason(words: string | undefined): { reason: RefundReason; note?: string } {
  if (words === undefined || words === '') return { reason: 'other' }
  const normal = words
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  const known = REFUND_REASONS.find((reason) => reason === normal)
  return known === undefined || known === 'other' ? { reason: 'other', note: words } : { reason: known }
}

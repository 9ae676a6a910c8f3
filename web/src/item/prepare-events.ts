import type { ItemAnswer } from '#core/api/item.ts'
import { moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'

export const EVENT_KINDS = [
  'sale',
  'refund',
  'cancellation',
  'charge',
  'correction',
  'stock.received',
  'stock.adjusted',
  'stock.counted',
  'price.changed',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export type EventLine = {
  readonly id: string
  readonly kind: EventKind
  /** Epoch ms. */
  readonly at: number
  readonly storeId: string
  /** '2', '+12', '−1', '40'; '': no units. */
  readonly units: string
  /** '1,234.50 INR'; '': none. */
  readonly amount: string
  /** Why, in the words of who said it; '': nobody did. */
  readonly why: string
}

/** What happened to the product, newest first, as its lines are read. What we have no word for is left out. */
export const prepareEvents = (recent: ItemAnswer['recent'], locale?: string): EventLine[] =>
  recent.flatMap(({ id, type, storeId, occurredAt, quantity, amountMinor, currency, reason, note }) => {
    const kind = EVENT_KINDS.find((each) => each === type)
    if (kind === undefined) return []
    const isSigned = kind === 'stock.adjusted' || kind === 'stock.received'
    const units = quantity === null ? '' : formatNumber(quantity, isSigned ? { signDisplay: 'exceptZero' } : {}, locale)
    const amount =
      amountMinor === null || currency === null ? '' : `${moneyText(amountMinor, currency, locale)} ${currency}`
    // `own-use`: the engine's names are of words.
    const why = note ?? reason?.replaceAll(/[_-]/g, ' ') ?? ''
    return [{ id, kind, at: Date.parse(occurredAt), storeId, units, amount, why }]
  })

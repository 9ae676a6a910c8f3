import type { Derivation, Derived, Folded } from '#core/projection.ts'
import { merchantSettings, settingOf, settingsKey } from '#core/settings/settings.ts'
import { BOOKED, type Booked } from '#core/trade/booked.ts'
import { businessDateOf } from './business-time.ts'
import { COUNTED, type Counted } from './counted.ts'
import { amount, refundedFor, refundsFor, type Sums } from './measure-names.ts'
import { isLate, tick, tickKey, watermark, watermarkKey } from './watermark.ts'

/** Derived: what every cell of its time, store and product adds. */
export const MEASURED = 'measured'

export type Measured = {
  readonly productId: string | undefined
  /** Who bought, by token. */
  readonly customer: string | undefined
  /** For the cells of the product. */
  readonly goods: Sums
  /** For the cells of total and store: the goods, and the papers, which do not belong to one product. */
  readonly sums: Sums
  /** The date in the merchant's zone; the event's own `businessDate` is in the store's. */
  readonly merchantDate: string
}

/** The one place that says what counts as what. */
export const measures: Derivation = {
  name: 'measures',
  of: [BOOKED, COUNTED, 'product.viewed', 'product.clicked', 'cart.changed'],
  beside: {
    settings: { of: merchantSettings, key: settingsKey },
    newest: { of: watermark, key: watermarkKey },
    tick: { of: tick, key: tickKey },
  },
  derives: (e, { settings, newest, tick: lastTick }): readonly Derived[] | undefined => {
    let goods = goodsOf(e)
    const papers = papersOf(e)
    if (goods === NONE && papers === NONE) return undefined
    // What is counted beside an event, or moved to another time, is not one more late event.
    if (e.type !== COUNTED && isLate(e, newest, lastTick)) goods = { ...goods, late: 1 }
    const data: Measured = {
      productId: e.data.productId,
      customer: e.type === BOOKED && (e.data as Booked).kind === 'sale' ? e.data.customer : undefined,
      goods,
      sums: papers === NONE ? goods : { ...goods, ...papers },
      merchantDate: businessDateOf(e.at, settingOf('timeZone', settings)),
    }
    return [{ type: MEASURED, data }]
  },
}

const NONE: Sums = {}
const A_VIEW: Sums = { views: 1 }
const A_CLICK: Sums = { clicks: 1 }
const A_CART: Sums = { carts: 1 }

function goodsOf(e: Folded): Sums {
  switch (e.type) {
    case BOOKED:
      return bookedSums(e.data as Booked)
    case COUNTED:
      return (e.data as Counted).productId === undefined ? NONE : (e.data as Counted).sums
    case 'product.viewed':
      return A_VIEW
    case 'product.clicked':
      return A_CLICK
    default:
      // A cart with an id is counted once, by its own row.
      return e.data.cartId === undefined ? A_CART : NONE
  }
}

function papersOf(e: Folded): Sums {
  if (e.type === BOOKED) return (e.data as Booked).counts
  return e.type === COUNTED && (e.data as Counted).productId === undefined ? (e.data as Counted).sums : NONE
}

/** What a booked line adds to the sums of its product. HOT. */
export function bookedSums({
  kind,
  quantity,
  amountMinor,
  discountMinor,
  taxMinor,
  currency,
  reason,
  reversal,
}: Booked): Sums {
  switch (kind) {
    case 'sale': {
      const sums: Record<string, number> = { lines: 1, units: quantity, [amount('gross', currency)]: amountMinor }
      if (discountMinor > 0) sums[amount('discount', currency)] = discountMinor
      if (taxMinor > 0) sums[amount('tax', currency)] = taxMinor
      return sums
    }
    case 'cancellation':
      return { cancelledUnits: quantity, [amount('cancelled', currency)]: amountMinor }
    case 'correction':
      return {
        [amount('gross', currency)]: amountMinor,
        [amount('discount', currency)]: discountMinor,
        [amount('tax', currency)]: taxMinor,
      }
    case 'refund':
      return {
        refunds: 1,
        refundedUnits: quantity,
        [amount('refunded', currency)]: amountMinor,
        [refundsFor(reason!)]: 1,
        [refundedFor(reason!, currency)]: amountMinor,
      }
    case 'charge': {
      const sums = { [amount('charges', currency)]: amountMinor }
      return reversal ? { ...sums, [amount('chargeReversals', currency)]: amountMinor } : sums
    }
  }
}

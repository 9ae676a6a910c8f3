/** What somebody types into the dialog, as what the engine is asked to do, and the level that follows. */
import type { StockChange, StockReason } from '#core/api/stock-changes.ts'

export const CHANGE_KINDS = ['stock.received', 'stock.adjusted', 'stock.counted'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** A form's values: nothing is chosen and typed yet, or anything. */
export type ChangeForm = {
  readonly type: ChangeKind
  readonly storeId: string
  readonly productId: string
  readonly amount: number | ''
  readonly reason: StockReason | ''
  readonly note: string
}

/** Reasons that fit, the usual one first. */
export const REASONS: Readonly<Record<ChangeKind, readonly StockReason[]>> = {
  'stock.received': ['delivery', 'transfer', 'found', 'correction'],
  'stock.adjusted': ['damaged', 'expired', 'lost', 'stolen', 'own-use', 'transfer', 'found', 'correction'],
  'stock.counted': ['stocktake', 'correction'],
}
export const usualReason = (type: ChangeKind): StockReason => REASONS[type][0]!

const MOST = 1_000_000_000

export type FormProblem = 'store' | 'product' | 'whole' | 'positive' | 'zero' | 'negative' | 'large' | 'reason' | 'note'
const LONGEST_NOTE = 400

/** What is wrong with it, by field; none: it may be sent. */
export function problemsOf({
  type,
  storeId,
  productId,
  amount,
  reason,
  note,
}: ChangeForm): Partial<Record<keyof ChangeForm, FormProblem>> {
  return {
    ...(storeId === '' && { storeId: 'store' as const }),
    ...(productId === '' && { productId: 'product' as const }),
    ...amountProblem(type, amount),
    ...((reason === '' || !REASONS[type].includes(reason)) && { reason: 'reason' as const }),
    ...(note.length > LONGEST_NOTE && { note: 'note' as const }),
  }
}

function amountProblem(type: ChangeKind, amount: number | ''): { amount?: FormProblem } {
  if (amount === '' || !Number.isInteger(amount)) return { amount: 'whole' }
  if (Math.abs(amount) > MOST) return { amount: 'large' }
  if (type === 'stock.received' && amount < 1) return { amount: 'positive' }
  if (type === 'stock.adjusted' && amount === 0) return { amount: 'zero' }
  return type === 'stock.counted' && amount < 0 ? { amount: 'negative' } : {}
}

/** What is asked of the engine; undefined: the form is not good yet. */
export function changeOf(form: ChangeForm): StockChange | undefined {
  const { type, storeId, productId, amount, reason, note } = form
  if (Object.keys(problemsOf(form)).length > 0 || amount === '' || reason === '') return undefined
  const about = { storeId, productId, reason, ...(note.trim() !== '' && { note: note.trim() }) }
  return type === 'stock.counted' ? { type, ...about, level: amount } : { type, ...about, quantity: amount }
}

/** The level that would follow; null: it cannot be said yet. `onHand`: as known now; undefined: nothing is known. */
export function levelAfter({ type, amount }: ChangeForm, onHand: number | undefined): number | null {
  if (amount === '' || Object.keys(amountProblem(type, amount)).length > 0) return null
  return type === 'stock.counted' ? amount : (onHand ?? 0) + amount
}

/** The opposite entry; undefined: nothing was changed by it. Sales meanwhile stay as they are. */
export function oppositeOf(
  change: StockChange,
  before: number | null,
  after: number,
  note: string,
): StockChange | undefined {
  const quantity = (before ?? 0) - after
  const { storeId, productId } = change
  return quantity === 0
    ? undefined
    : { type: 'stock.adjusted', storeId, productId, quantity, reason: 'correction', note }
}

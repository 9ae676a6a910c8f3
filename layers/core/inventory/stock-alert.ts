import { daysOfCover } from './days-of-cover.ts'

/** What may be wrong with the stock of one product in one store, at most one of them at a time. */
export type AlertKind = 'LOW_STOCK' | 'OUT_OF_STOCK' | 'OVERSOLD'
export type Severity = 'WARNING' | 'CRITICAL'
export type StockCondition = { readonly kind: AlertKind; readonly severity: Severity }

export type Thresholds = {
  readonly warningDays: number
  readonly criticalDays: number
  /** How far above its threshold cover must be before an alert eases, as a share. */
  readonly hysteresis: number
}

const OVERSOLD: StockCondition = { kind: 'OVERSOLD', severity: 'CRITICAL' }
const OUT_OF_STOCK: StockCondition = { kind: 'OUT_OF_STOCK', severity: 'CRITICAL' }
const CRITICAL: StockCondition = { kind: 'LOW_STOCK', severity: 'CRITICAL' }
const WARNING: StockCondition = { kind: 'LOW_STOCK', severity: 'WARNING' }

/**
 * The condition of stock now, given the one before: cover has to rise clear of a threshold before the alert eases, but
 * crosses it downwards at once.
 */
export function stockCondition(
  onHand: number,
  unitsPerDay: number,
  before: StockCondition | undefined,
  { warningDays, criticalDays, hysteresis }: Thresholds,
): StockCondition | undefined {
  if (onHand < 0) return OVERSOLD
  if (onHand === 0) return OUT_OF_STOCK
  const cover = daysOfCover(onHand, unitsPerDay)
  if (cover === null) return undefined
  const wasLow = before?.kind === 'LOW_STOCK'
  const wasCritical = wasLow && before.severity === 'CRITICAL'
  if (cover < (wasCritical ? criticalDays * (1 + hysteresis) : criticalDays)) return CRITICAL
  return cover < (wasLow ? warningDays * (1 + hysteresis) : warningDays) ? WARNING : undefined
}

/** What is known of the stock of one product in one store. */
export type KnownStock = {
  readonly onHand: number
  /** Somebody has said how much is there. */
  readonly tracked: boolean
  readonly unitsPerDay: number
}

/** As `stockCondition`. Zero of what nobody has counted is not sold out: nothing is known of it. */
export const conditionOf = (
  { onHand, tracked, unitsPerDay }: KnownStock,
  before: StockCondition | undefined,
  thresholds: Thresholds,
): StockCondition | undefined =>
  onHand === 0 && !tracked ? undefined : stockCondition(onHand, unitsPerDay, before, thresholds)

/** What a changed threshold would do to the alerts of stock as it stands: decided by the functions that the fold decides by. */
import type { SettingChanged } from '#core/events/setting-changed.ts'
import { type ProductSettingsRow, type SettingsRow, settingsAfter, valuesAfter } from '#core/settings/settings.ts'
import { conditionOf, type KnownStock, type StockCondition } from './stock-alert.ts'
import { thresholdsOf } from './thresholds.ts'

/** opens, resolves; worsens: a warning becomes critical; eases: what is critical becomes a warning. */
export const PREVIEWED = ['opens', 'worsens', 'eases', 'resolves'] as const
export type Previewed = (typeof PREVIEWED)[number]

/** Stock of one product in one store, and what the merchant decided of it. */
export type PreviewedStock = {
  readonly stock: KnownStock
  readonly alert: StockCondition | undefined
  readonly category: string | undefined
  readonly ofProduct: ProductSettingsRow | undefined
}
export type PreviewOutcome = { readonly does: Previewed; readonly after: StockCondition | undefined }

/**
 * What becomes of its alert with the next movement, if the setting is changed now and stock and pace stay as they are.
 * `settings`: the merchant's, as they are; `isOfProduct`: whether the change is of this very product. Undefined: nothing.
 */
export function previewThreshold(
  { stock, alert, category, ofProduct }: PreviewedStock,
  settings: SettingsRow,
  change: SettingChanged,
  isOfProduct: boolean,
): PreviewOutcome | undefined {
  const ofMerchant = change.productId === undefined
  if (!ofMerchant && !isOfProduct) return undefined
  const own = ofProduct ?? { values: {} }
  const before = thresholdsOf(settings, category, own)
  const after = ofMerchant
    ? thresholdsOf(settingsAfter(settings, change), category, own)
    : thresholdsOf(settings, category, { values: valuesAfter(own.values, change) })
  const isSame =
    before.warningDays === after.warningDays &&
    before.criticalDays === after.criticalDays &&
    before.hysteresis === after.hysteresis
  if (isSame) return undefined
  const condition = conditionOf(stock, alert, after)
  const does = changeBetween(alert, condition)
  return does && { does, after: condition }
}

function changeBetween(before: StockCondition | undefined, after: StockCondition | undefined): Previewed | undefined {
  if (after === undefined) return before === undefined ? undefined : 'resolves'
  if (before === undefined || before.kind !== after.kind) return 'opens'
  if (before.severity === after.severity) return undefined
  return after.severity === 'CRITICAL' ? 'worsens' : 'eases'
}

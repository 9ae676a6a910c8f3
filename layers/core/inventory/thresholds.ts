import { type ProductSettingsRow, type SettingName, type SettingsRow, settingOf } from '#core/settings/settings.ts'
import type { Thresholds } from './stock-alert.ts'

/** The settings that stock alerts are made by. */
export const THRESHOLD_SETTINGS = [
  'lowStockWarningDays',
  'lowStockCriticalDays',
  'alertHysteresis',
] as const satisfies SettingName[]

/** Those of one product: its own, else its category's, else the merchant's. HOT. */
export const thresholdsOf = (
  settings: SettingsRow,
  category: string | undefined,
  ofProduct: ProductSettingsRow | undefined,
): Thresholds => ({
  warningDays: settingOf('lowStockWarningDays', settings, category, ofProduct),
  criticalDays: settingOf('lowStockCriticalDays', settings, category, ofProduct),
  hysteresis: settingOf('alertHysteresis', settings),
})

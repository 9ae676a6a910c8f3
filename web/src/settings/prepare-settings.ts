import type { KeptItem, SettingsAnswer } from '#core/api/settings.ts'
import { moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { nameOfSetting } from './setting-names.ts'
import { words } from './words.ts'

type Value = string | number | boolean
export type Setting = SettingsAnswer['settings'][number]
export type Settings = ReadonlyMap<string, Setting>

export const settingsIn = ({ settings }: Pick<SettingsAnswer, 'settings'>): Settings =>
  new Map(settings.map((setting) => [setting.name, setting]))

/** A change to send: `before` is what the reader saw decided, null where it was at its default. */
export type Change = { readonly name: string; readonly value: Value; readonly before: Value | null }

/** A form takes a dot in the name of a field for a step into it. */
export const fieldOf = (name: string): string => name.replaceAll('.', '-')

/** What differs between the settings that were seen and the values that are wanted, by their fields. */
export function changesTo(seen: Settings, wanted: Readonly<Record<string, Value>>): readonly Change[] {
  return [...seen.values()].flatMap(({ name, value: before, changed }) => {
    const value = wanted[fieldOf(name)]
    if (value === undefined || value === before) return []
    return [{ name, value, before: changed ? before : null }]
  })
}

/** The settings as they will be once a change that was taken has been applied. */
export const afterChanges = (settings: readonly Setting[], changes: readonly Change[]): Setting[] =>
  settings.map((setting) => {
    const change = changes.find(({ name }) => name === setting.name)
    return change === undefined ? setting : { ...setting, value: change.value, changed: true }
  })

export type ThresholdRow = { readonly name: string; readonly value: string; readonly more: string }

const PER_CENT: readonly string[] = ['alertHysteresis']

/** The thresholds as people read them. */
export function prepareThresholds(settings: Settings, locale?: string): readonly ThresholdRow[] {
  return ['lowStockWarningDays', 'lowStockCriticalDays', 'alertHysteresis'].flatMap((name) => {
    const setting = settings.get(name)
    if (setting === undefined) return []
    const value = Number(setting.value)
    const isShare = PER_CENT.includes(name)
    const text = formatNumber(isShare ? value * 100 : value, { maximumFractionDigits: 1 }, locale)
    const categories = Object.keys(setting.categories).length
    return [
      {
        name: nameOfSetting(name),
        value: isShare ? words.share(text) : words.days(value, text),
        more: categories === 0 ? '' : words.byCategory(categories),
      },
    ]
  })
}

export type KeptRow = { readonly id: string; readonly what: string; readonly long: string }

export const prepareKept = (kept: readonly KeptItem[], locale?: string): readonly KeptRow[] =>
  kept.map(({ what, about, days }) => ({
    id: what,
    what: words.keptNames[what] ?? about,
    long: days === null ? words.forEver : words.keptDays(formatNumber(days, {}, locale)),
  }))

/** The reasons of refunds, as settings of the engine's. */
export const RESTOCK = 'restock.'
export const restockNames = (settings: Settings): readonly string[] =>
  [...settings.keys()].filter((name) => name.startsWith(RESTOCK))

/** 'INR – Indian rupee'; a code that the browser has no name for stands alone. */
export function currencyText(code: string, locale?: string): string {
  const name = new Intl.DisplayNames(locale ?? [], { type: 'currency' }).of(code) ?? code
  return name === code ? code : `${code} – ${name}`
}

export type Unit = 'days' | 'units' | 'money' | 'percent' | 'switch'

/** '7 days', '95 %', '1,250.00 INR'; '': not known yet. What 0 means is said beside the field. */
export function numberText(value: Value | undefined, unit: Unit, currency: string, locale?: string): string {
  if (value === undefined) return ''
  if (unit === 'switch') return value === true ? words.on : words.off
  const number = Number(value)
  if (unit === 'percent') return `${formatNumber(100 * number, { maximumFractionDigits: 1 }, locale)} %`
  if (unit === 'money') return `${moneyText(number, currency, locale)} ${currency}`
  return unit === 'days'
    ? words.days(number, formatNumber(number, {}, locale))
    : words.units(number, formatNumber(number, {}, locale))
}

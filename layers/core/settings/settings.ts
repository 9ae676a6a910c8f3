import { z } from 'zod'
import { CURRENCIES, MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import type { RefundReason } from '#core/events/sale-refunded.ts'
import type { SettingChanged } from '#core/events/setting-changed.ts'
import { isTimeZone } from '#core/metrics/business-time.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { type Folded, projection } from '#core/projection.ts'
import type { ProductClass } from '#core/reorders/arithmetic-line.ts'
import { USUAL_SERVICE_LEVELS } from '#core/reorders/service-levels.ts'
import { rowKey } from '#core/row-key.ts'

/** What a merchant may decide. `scoped` settings may differ by category and product. */
type Setting = {
  readonly about: string
  readonly schema: z.ZodType<string | number | boolean>
  readonly default: string | number | boolean
  readonly scoped?: boolean
}

const days = z.number().min(0).max(365)

export const SETTINGS = {
  timeZone: {
    about: 'The merchant’s own zone: its totals are by days of this zone. Stores may have zones of their own.',
    schema: z.string().refine(isTimeZone, 'is not a time zone like Asia/Kolkata'),
    default: 'UTC',
  },
  currency: {
    about: 'Amounts that come without a currency are in this one.',
    schema: z.string().refine((code) => CURRENCIES.has(code), 'is not a currency of ISO 4217'),
    default: 'INR',
  },
  lowStockWarningDays: {
    about: 'Below this many days of cover stock is low.',
    schema: days,
    default: 3,
    scoped: true,
  },
  lowStockCriticalDays: {
    about: 'Below this many days of cover stock is critically low.',
    schema: days,
    default: 1,
    scoped: true,
  },
  alertHysteresis: {
    about: 'An alert eases only when cover is this share above its threshold, so that it does not flap.',
    schema: z.number().min(0).max(5),
    default: 0.2,
  },
  rawRetentionDays: {
    about: 'For how many days the lake keeps raw events after it got them; what the warehouse made of them stays.',
    schema: z.int().min(30).max(3_650),
    default: 400,
  },
  reorderReviewDays: {
    about: 'Days until one can order again: proposals are made each morning, and orders placed as often as this.',
    schema: z.int().min(1).max(60),
    default: 1,
  },
  reorderCycleDays: {
    about: 'Days that an order is to last beyond the next time one can order.',
    schema: z.int().min(0).max(60),
    default: 6,
  },
  reorderBudgetMinor: {
    about: 'What all orders of a morning may cost, in minor units of the merchant’s currency; 0: no limit.',
    schema: z.int().min(0).max(MAX_AMOUNT_MINOR),
    default: 0,
  },
  shelfCapacityUnits: {
    about: 'Units of a product that a store has room for; 0: no limit.',
    schema: z.int().min(0).max(1_000_000_000),
    default: 0,
    scoped: true,
  },
  supplierLeadDays: {
    about:
      'Days from order to delivery that are counted on while nothing of the supplier has come yet; 0: as many as others need, a week where nobody has delivered.',
    schema: z.int().min(0).max(60),
    default: 0,
    scoped: true,
  },
  'serviceLevel.AX': serviceLevel('AX'),
  'serviceLevel.AY': serviceLevel('AY'),
  'serviceLevel.AZ': serviceLevel('AZ'),
  'serviceLevel.BX': serviceLevel('BX'),
  'serviceLevel.BY': serviceLevel('BY'),
  'serviceLevel.BZ': serviceLevel('BZ'),
  'serviceLevel.CX': serviceLevel('CX'),
  'serviceLevel.CY': serviceLevel('CY'),
  'serviceLevel.CZ': serviceLevel('CZ'),
  trainOnDrift: {
    about: 'The demand model is trained at once when forecasts no longer fit, and not only on Sundays.',
    schema: z.boolean(),
    default: false,
  },
  noticeWebhookUrl: {
    about: 'New alerts are posted to this address; empty: nowhere.',
    schema: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
    default: '',
  },
  'restock.defective': restock('defective', false),
  'restock.wrong_item': restock('wrong_item', true),
  'restock.not_as_described': restock('not_as_described', true),
  'restock.changed_mind': restock('changed_mind', true),
  'restock.damaged_shipping': restock('damaged_shipping', false),
  'restock.other': restock('other', false),
} as const satisfies Record<string, Setting>

function restock(reason: RefundReason, saleable: boolean) {
  return {
    about: `Whether goods that come back as ${reason} are for sale again.`,
    schema: z.boolean(),
    default: saleable,
  }
}

function serviceLevel(of: ProductClass) {
  return {
    about: `Chance of no stock-out until the delivery after an order, for products of class ${of}: ABC by revenue, XYZ by how steadily they sell.`,
    schema: z.number().min(0.5).max(0.995),
    default: USUAL_SERVICE_LEVELS[of],
  }
}

export type SettingName = keyof typeof SETTINGS
type Value = string | number | boolean

/** Settings that were changed, of one merchant, by category where they differ there. */
export type SettingsRow = {
  readonly values: Readonly<Record<string, Value>>
  readonly categories: Readonly<Record<string, Readonly<Record<string, Value>>>>
}
/** Settings that were changed for one product. */
export type ProductSettingsRow = { readonly values: Readonly<Record<string, Value>> }

const shardOf = (e: Folded) => String(e.shard)

export const merchantSettings = projection<SettingsRow>({
  name: 'settings',
  version: 1,
  of: ['setting.changed'],
  key: (e) => (e.data.productId === undefined ? settingsKey(e) : undefined),
  empty: { values: {}, categories: {} },
  fold: (row, e) => settingsAfter(row, e.data as SettingChanged),
})

/** The merchant's settings after a change that is of no single product. */
export function settingsAfter(row: SettingsRow, change: SettingChanged): SettingsRow {
  const { category } = change
  if (category === undefined) return { ...row, values: valuesAfter(row.values, change) }
  const values = valuesAfter(row.categories[category] ?? {}, change)
  return { ...row, categories: { ...row.categories, [category]: values } }
}

export const productSettings = projection<ProductSettingsRow>({
  name: 'product-settings',
  version: 1,
  of: ['setting.changed'],
  key: (e) => (e.data.productId === undefined ? undefined : productSettingsKey(e)),
  empty: { values: {} },
  fold: (row, e) => ({ values: valuesAfter(row.values, e.data as SettingChanged) }),
})

/** Of the merchant of any event, as the event's own shard knows them. */
export const settingsKey = (e: Folded): string => rowKey(shardOf(e), e.merchantId)
export const productSettingsKey = (e: Folded): string | undefined =>
  e.data.productId === undefined ? undefined : rowKey(shardOf(e), e.merchantId, e.data.productId)

export function valuesAfter(
  values: Readonly<Record<string, Value>>,
  { name, value }: SettingChanged,
): Record<string, Value> {
  const next = { ...values }
  if (value === undefined) delete next[name]
  else next[name] = value
  return next
}

const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name)

/** Whether a person's change makes sense, before it becomes an event. */
export function checkSetting(change: SettingChanged): Outcome<SettingChanged> {
  const { name, value, category, productId } = change
  if (!isSettingName(name)) return wrong('name', `is none of ${Object.keys(SETTINGS).join(', ')}`)
  const setting: Setting = SETTINGS[name]
  if ((category !== undefined || productId !== undefined) && setting.scoped !== true) {
    return wrong(productId === undefined ? 'category' : 'productId', `${name} is for the whole merchant`)
  }
  if (category !== undefined && productId !== undefined) {
    return wrong('category', 'is one scope too many: name a category or a product')
  }
  if (value === undefined) return ok(change)
  const parsed = setting.schema.safeParse(value)
  return parsed.success ? ok({ ...change, value: parsed.data }) : wrong('value', parsed.error.issues[0]!.message)
}

type ValueOf<N extends SettingName> = (typeof SETTINGS)[N] extends { readonly default: infer D }
  ? D extends string
    ? string
    : D extends number
      ? number
      : D extends boolean
        ? boolean
        : Value
  : Value

/** The value that counts: the product's, else its category's, else the merchant's, else the default. */
export function settingOf<N extends SettingName>(
  name: N,
  settings: SettingsRow,
  category?: string,
  product?: ProductSettingsRow,
): ValueOf<N> {
  const value =
    product?.values[name] ??
    (category === undefined ? undefined : settings.categories[category]?.[name]) ??
    settings.values[name] ??
    SETTINGS[name].default
  return value as ValueOf<N>
}

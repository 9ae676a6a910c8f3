import { z } from 'zod'
import { Id, Text } from '#core/events/envelope.ts'
import { settingChanged } from '#core/events/setting-changed.ts'
import type { Previewed } from '#core/inventory/preview-threshold.ts'
import { THRESHOLD_SETTINGS } from '#core/inventory/thresholds.ts'
import { alertItem } from './alerts.ts'
import { freshness } from './freshness.ts'
import { NEXT } from './parameters.ts'

const value = z.union([z.string(), z.number(), z.boolean()])
export const settingItem = z.object({
  name: z.string(),
  about: z.string(),
  value,
  default: value,
  changed: z.boolean(),
  categories: z.record(z.string(), value),
})
/** What is kept, and for how many days; null: for ever. */
const keptItem = z.object({ what: z.string(), about: z.string(), days: z.number().nullable() })
export type KeptItem = z.infer<typeof keptItem>
export const settingsAnswer = z.object({ ...freshness, settings: z.array(settingItem), kept: z.array(keptItem) })
export type SettingsAnswer = z.infer<typeof settingsAnswer>
/**
 * No `value` takes the setting back to its default. Who changes it is known from the request. `before`: what was decided
 * when they looked, null for the default; where somebody else has decided otherwise since, the change is refused.
 */
export const settingChange = settingChanged.data.omit({ changedBy: true }).extend({
  /** What was decided when they looked, null for the default: otherwise nothing is changed. */
  before: value.nullable().optional(),
})

export const productSettingsItem = z.object({
  productId: z.string(),
  /** Null: nobody has listed it. */
  title: z.string().nullable(),
  category: z.string().nullable(),
  /** What is decided of this product, by the names of settings. */
  values: z.record(z.string(), value),
})
export const productSettingsAnswer = z.object({
  ...freshness,
  items: z.array(productSettingsItem),
  next: z.string().nullable(),
})
export type ProductSettingsAnswer = z.infer<typeof productSettingsAnswer>

/** How many rows of stock one preview looks at, and how many of each outcome it names. */
export const PREVIEWED_ROWS = 2_000
export const PREVIEWED_NAMES = 50

/** No `value`: its default, or what counts where nothing is decided of the category or product. */
export const previewRequest = z.strictObject({
  /** Which threshold. */
  name: z.enum(THRESHOLD_SETTINGS),
  /** What it would be. */
  value: z.number().optional(),
  /** Of products of one category alone. */
  category: Text.optional(),
  /** Of one product alone. */
  productId: Id.optional(),
  next: NEXT.optional(),
})
const condition = z.object({ kind: alertItem.shape.kind, severity: alertItem.shape.severity }).nullable()
export const previewItem = z.object({
  storeId: z.string(),
  storeName: z.string().nullable(),
  productId: z.string(),
  title: z.string().nullable(),
  onHand: z.number(),
  unitsPerDay: z.number(),
  daysOfCover: z.number().nullable(),
  /** The alert that is open, and that there would be; null: none. */
  before: condition,
  after: condition,
})
export type PreviewItem = z.infer<typeof previewItem>
/** How many there are, and the first of them, those that last shortest first. */
const previewed = z.object({ count: z.int(), items: z.array(previewItem) })
/** Of the rows of stock that were looked at: `next` goes on with the others. */
export const previewAnswer = z.object({
  ...freshness,
  /** How many rows of stock this answer is about. */
  looked: z.int(),
  ...({ opens: previewed, worsens: previewed, eases: previewed, resolves: previewed } satisfies Record<
    Previewed,
    typeof previewed
  >),
  next: z.string().nullable(),
})
export type PreviewAnswer = z.infer<typeof previewAnswer>

import { z } from 'zod'
import { settingChanged } from '#core/events/setting-changed.ts'
import { freshness } from './freshness.ts'

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
export const settingChange = settingChanged.data
  .omit({ changedBy: true })
  .extend({ before: value.nullable().optional() })

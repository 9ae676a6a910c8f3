import { z } from 'zod'
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
export const settingsAnswer = z.object({ ...freshness, settings: z.array(settingItem) })
export type SettingsAnswer = z.infer<typeof settingsAnswer>
/** No `value` takes the setting back to its default. */
export const settingChange = z.object({
  name: z.string(),
  value: value.optional(),
  category: z.string().optional(),
  productId: z.string().optional(),
})

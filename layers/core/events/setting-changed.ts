import { z } from 'zod'
import { event, Id, Text } from './envelope.ts'

/** A merchant decided how figures and alerts are made. Folds use the settings as they stood at each event. */
export const settingChanged = event(
  'setting.changed',
  1,
  'A merchant changed a setting.',
  {
    /** Which setting: `GET /settings` names all of them. */
    name: Id,
    /** Undefined takes the setting back to its default. */
    value: z.union([z.string().max(500), z.number(), z.boolean()]).optional(),
    /** The settings of one category or one product, over the merchant's own. */
    category: Text.optional(),
    productId: Id.optional(),
    changedBy: Id.optional(),
  },
  { everyShard: true },
)
export type SettingChanged = z.infer<typeof settingChanged.data>

import { z } from 'zod'
import { Text } from '#core/events/envelope.ts'
import { freshness } from './freshness.ts'

export const heldItem = z.object({
  /** Shard and sequence. */
  id: z.string(),
  status: z.enum(['held', 'replayed', 'discarded']),
  heldAt: z.string(),
  attempts: z.number(),
  problems: z.array(z.object({ field: z.string(), message: z.string() })),
})
export type HeldItem = z.infer<typeof heldItem>
export const quarantineAnswer = z.object({ ...freshness, items: z.array(heldItem), next: z.string().nullable() })
/** One held document, whole. `document`: its text, where it is UTF-8; else base64. */
export const heldDocument = heldItem.extend({
  ...freshness,
  document: z.string(),
  encoding: z.enum(['utf-8', 'base64']),
})
/** Why it is given up, for the audit. */
export const discardRequest = z.object({
  /** Why it is given up, for the audit. */
  reason: Text.min(1).optional(),
})
/** `document`: the text to try in its place. */
export const replayRequest = z.object({
  /** The text to try in its place; the one that is kept if absent. */
  document: z.string().optional(),
})

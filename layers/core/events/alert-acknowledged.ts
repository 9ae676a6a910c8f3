import type { z } from 'zod'
import { event, Id, Text } from './envelope.ts'

export const alertAcknowledged = event('alert.acknowledged', 1, 'A person has seen an alert and deals with it.', {
  alertId: Id,
  productId: Id,
  acknowledgedBy: Text,
})
export type AlertAcknowledged = z.infer<typeof alertAcknowledged.data>

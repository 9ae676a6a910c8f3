import { instantText } from './local-time.ts'
import type { Run } from './world.ts'

/** Says that something happens now. HOT. */
export function emit({ world, documents }: Run, type: string, storeId: string, data: object): void {
  const id = `${world.key}-${(world.counts.documents++).toString(36)}`
  documents.push({ type, id, storeId, occurredAt: instantText(world.writer, world.nowMs), data })
}

import type { SourceDocument } from '#core/events/envelope.ts'
import type { Viewer } from '#core/ports.ts'
import { audited } from '#runtime/audit.ts'
import type { Ports } from '#runtime/ports.ts'

/** As many things are named in a row of the audit. */
const NAMED = 20
const LISTINGS = ['product.listed', 'store.listed']

/** What a person sends from the dashboard is in the audit, as every change of theirs; a program's events are in the log alone. */
export async function byHand<T>(
  ports: Pick<Ports, 'state' | 'clock' | 'ids'>,
  viewer: Viewer,
  documents: readonly SourceDocument[],
  work: () => Promise<T>,
): Promise<T> {
  const drafts = documents.flatMap((document) => document.drafts)
  if (viewer.bearer?.kind !== 'session' || drafts.length === 0) return work()
  const subject = [...new Set(drafts.map(({ type }) => type))].join(', ')
  // Of other events a customer may be a part.
  const after = drafts.flatMap(({ type, storeId, data }) => (LISTINGS.includes(type) ? [{ storeId, ...data }] : []))
  return audited(ports, viewer, { what: 'events.sent', subject, after: after.slice(0, NAMED) }, work)
}

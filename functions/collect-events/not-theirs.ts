import { maySend, notToSend } from '#core/access/may-send.ts'
import type { SourceDocument } from '#core/events/envelope.ts'
import type { Problem } from '#core/outcome.ts'
import type { Viewer } from '#core/ports.ts'

/** What shoppers do: nothing of it moves stock or money. */
const STOREFRONT_TYPES = ['product.viewed', 'product.clicked', 'cart.changed', 'campaign.shown', 'campaign.clicked']

/** What this viewer may not send of a document. */
export function notTheirs(viewer: Viewer, isStorefront: boolean, { drafts }: SourceDocument): readonly Problem[] {
  return drafts.flatMap(({ type, storeId }): Problem[] => {
    if (isStorefront && !STOREFRONT_TYPES.includes(type))
      return [{ field: 'type', message: `a storefront's key sends ${STOREFRONT_TYPES.join(', ')} alone` }]
    return maySend(viewer, { type, storeId }) ? [] : [{ field: 'storeId', message: notToSend(type) }]
  })
}

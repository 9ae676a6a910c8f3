import type { Viewer } from '#core/ports.ts'
import { maySeeAllStores, maySeeStore } from './may-see.ts'

/** What is said of a product or of a currency counts in all stores, whichever one the envelope names. */
const OF_ALL_STORES: ReadonlySet<string> = new Set(['product.listed', 'rate.recorded'])

/** Whether this viewer may send an event of this type about this store. */
export const maySend = (viewer: Viewer, { type, storeId }: { readonly type: string; readonly storeId: string }) =>
  OF_ALL_STORES.has(type) ? maySeeAllStores(viewer) : maySeeStore(viewer, viewer.merchantId, storeId)

/** Why not. */
export const notToSend = (type: string): string =>
  OF_ALL_STORES.has(type)
    ? 'counts in all stores, and you may send for some alone'
    : 'is of none of the stores that you may send for'

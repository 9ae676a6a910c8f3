import type { Viewer } from '#core/ports.ts'

/** Whether a row of this merchant and store may reach this viewer. Every answer and message passes here. */
export const maySeeStore = (viewer: Viewer, merchantId: string, storeId: string): boolean =>
  viewer.merchantId === merchantId && (viewer.stores === undefined || viewer.stores.includes(storeId))

/** Whether the viewer may see sums over all of the merchant's stores. */
export const maySeeAllStores = (viewer: Viewer): boolean => viewer.stores === undefined

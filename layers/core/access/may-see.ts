import type { Viewer } from '#core/ports.ts'

/** Whether a row of this merchant and store may reach this viewer. Every answer and message passes here. */
export const maySeeStore = (viewer: Viewer, merchantId: string, storeId: string): boolean =>
  viewer.merchantId === merchantId && (viewer.stores === undefined || viewer.stores.includes(storeId))

/** Of stores that something was once limited to, those that the viewer may see now; null: it is limited to none. */
export const seenOf = (viewer: Viewer, storeIds: readonly string[] | null | undefined): string[] | null =>
  storeIds?.filter((storeId) => maySeeStore(viewer, viewer.merchantId, storeId)) ?? null

/** Whether the viewer may see sums over all of the merchant's stores. */
export const maySeeAllStores = (viewer: Viewer): boolean => viewer.stores === undefined

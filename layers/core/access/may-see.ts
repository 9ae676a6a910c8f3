import type { Viewer } from '#core/ports.ts'

/** Whether a row of this merchant and store may reach this viewer. Every answer and message passes here. */
export const maySeeStore = (viewer: Viewer, merchantId: string, storeId: string): boolean =>
  viewer.merchantId === merchantId && (viewer.stores === undefined || viewer.stores.includes(storeId))

/** Those of the merchant's stores that the viewer may see. */
export const visibleStores = ({ stores }: Viewer, storeIds: Iterable<string>): string[] =>
  stores === undefined ? [...storeIds] : [...storeIds].filter((id) => stores.includes(id))

/** Whether the viewer may see sums over all of the merchant's stores. */
export const maySeeAllStores = (viewer: Viewer): boolean => viewer.stores === undefined

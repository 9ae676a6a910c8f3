import { projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { alertPlace } from './alert-item.ts'
import { ALERT_RANKED, type AlertRanked } from './alerts.ts'

/** Where the row of an open alert is. */
export type RankedAlert = { readonly storeId: string; readonly productId: string }

/** Open alerts in the order in which people read them: their own rows lie by store, and there may be many. */
export const rankedAlerts = projection<RankedAlert>({
  name: 'ranked-alerts',
  version: 1,
  of: [ALERT_RANKED],
  key: (e) => rowKey(e.merchantId, alertPlace((e.data as AlertRanked).alert)),
  empty: { storeId: '', productId: '' },
  fold: (_row, e) => {
    const { alert, isGone } = e.data as AlertRanked
    return isGone ? undefined : { storeId: alert.storeId, productId: alert.productId }
  },
})

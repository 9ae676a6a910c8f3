import { projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { ALERT_RANKED, type AlertRanked } from './alerts.ts'
import type { RankedAlert } from './ranked-alerts.ts'

/** Where the row of an open alert is, by the alert's id: whoever acknowledges one names no store and no product. */
export const alertPlaces = projection<RankedAlert>({
  name: 'alert-places',
  version: 1,
  of: [ALERT_RANKED],
  key: (e) => rowKey(e.merchantId, (e.data as AlertRanked).alert.alertId),
  empty: { storeId: '', productId: '' },
  fold: (_row, e) => {
    const { alert, isGone } = e.data as AlertRanked
    return isGone ? undefined : { storeId: alert.storeId, productId: alert.productId }
  },
})

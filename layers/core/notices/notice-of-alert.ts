import type { AlertItem } from '#core/api/alerts.ts'
import type { AlertKind } from '#core/inventory/stock-alert.ts'
import type { Notice } from '#core/ports.ts'
import type { NoticeKind, NoticeSeverity } from './notice-kinds.ts'

const KIND_OF: Readonly<Record<AlertKind, NoticeKind>> = {
  LOW_STOCK: 'low-stock',
  OUT_OF_STOCK: 'out-of-stock',
  OVERSOLD: 'oversold',
}

/** The same for one alert and level, however often it gets there; of characters that any header may bear, and no full stop. */
export const noticeIdOf = (alertId: string, severity: NoticeSeverity): string =>
  `${alertId}-${severity.toLowerCase()}`.replaceAll(
    /[^A-Za-z0-9_-]/gu,
    (character) => `_${character.codePointAt(0)!.toString(16)}_`,
  )

/** An alert as it is told to people outside. */
export function noticeOfAlert(merchantId: string, item: AlertItem): Notice {
  return {
    id: noticeIdOf(item.id, item.severity),
    merchantId,
    storeId: item.storeId,
    kind: KIND_OF[item.kind],
    severity: item.severity,
    at: item.changedAt,
    subject: `${item.severity.toLowerCase()}: ${item.title ?? item.productId}`,
    text: item.text,
    data: item,
  }
}

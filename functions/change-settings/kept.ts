import type { KeptItem } from '#core/api/settings.ts'
import { KEEP_ALERTS_MS } from '#core/inventory/alerts.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { KEEP_CELLS_MS } from '#core/metrics/cells.ts'
import { KEEP_REFUNDS_MS } from '#core/trade/refunds.ts'
import { KEEP_TRANSACTIONS_MS } from '#core/trade/transactions.ts'
import { KEEP_DELIVERIES_MS } from '#runtime/delivery-log.ts'
import { KEEP_NOTICES_MS } from '#runtime/notice-log.ts'

const FOR_EVER = Number.POSITIVE_INFINITY
const kept = (what: string, about: string, ms: number): KeptItem => ({
  what,
  about,
  days: ms === FOR_EVER ? null : ms / DAY_MS,
})

/** What is kept how long, the longest first. Each is said where it is kept; nobody can change them. */
export const KEPT: readonly KeptItem[] = [
  kept('events', 'Every event as it came, in the log and then in its archive.', FOR_EVER),
  kept('days', 'Figures by business day.', KEEP_CELLS_MS.day),
  kept('audit', 'Who changed what, and when.', FOR_EVER),
  kept('refunds', 'Refunds, one by one.', KEEP_REFUNDS_MS),
  kept('alerts', 'Alerts that are over.', KEEP_ALERTS_MS),
  kept('quarters', 'Figures by the quarter of an hour.', KEEP_CELLS_MS.quarter),
  kept('transactions', 'Lines of trade, one by one.', KEEP_TRANSACTIONS_MS),
  kept('minutes', 'Figures by the minute.', KEEP_CELLS_MS.minute),
  kept('deliveries', 'What providers delivered, with its body.', KEEP_DELIVERIES_MS),
  kept('notices', 'Notices that were sent, and what came of them.', KEEP_NOTICES_MS),
]

/** What was told to open screens, as the messages that say it. */
import type { LiveMessage } from '#core/api/live.ts'
import { type Alert, openAlerts } from '#core/inventory/alerts.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { type Stock, stockKey } from '#core/inventory/stock-level.ts'
import type { StateStore } from '#core/ports.ts'
import { transactionItemOf } from '#core/trade/transaction-item.ts'
import type { Transaction } from '#core/trade/transactions.ts'
import type { Change } from './change-stream.ts'
import { readAlertItems } from './read-alerts.ts'
import { readProducts, readStores, readZones } from './read-catalogue.ts'
import type { Telling } from './run-batch.ts'

/** A change for each telling, in their order, and for each open alert that says how much is left of what has moved. */
export async function changesOf(
  state: StateStore,
  merchantId: string,
  tellings: readonly Telling[],
  nowMs: number,
): Promise<Change[]> {
  if (tellings.length === 0) return []
  const all = [...tellings, ...(await alertsMoved(state, merchantId, tellings))]
  const products = await readProducts(
    state,
    merchantId,
    all.flatMap((telling) => productOf(telling) ?? []),
  )
  const zone = await readZones(state, merchantId)
  const stores = all.some(({ topic }) => topic === 'transaction') ? await readStores(state, merchantId) : new Map()
  const alerts = all.filter(({ topic }) => topic === 'alert')
  const alertItems = await readAlertItems(
    state,
    merchantId,
    alerts.map(({ data }) => data as Alert),
  )
  const itemOf = new Map(alerts.map((telling, i) => [telling, alertItems[i]!]))
  return all.map((telling): Change => {
    const { storeId, topic, subject, data } = telling
    const times = {
      occurredAt: new Date(telling.occurredAt).toISOString(),
      acceptedAt: new Date(telling.acceptedAt).toISOString(),
    }
    const productId = productOf(telling)
    const listing = products.get(productId ?? '')
    const change = (message: LiveMessage & { topic: Change['topic'] }): Change => ({
      topic: message.topic,
      storeId,
      subject,
      text: JSON.stringify(message),
    })
    switch (topic) {
      case 'stock': {
        const item = stockItemOf(data as Stock, storeId, productId!, listing, zone(storeId), nowMs)
        return change({ topic, ...times, data: item })
      }
      case 'alert':
        return change({ topic, ...times, data: itemOf.get(telling)! })
      default: {
        const item = transactionItemOf(data as Transaction, listing?.title, stores.get(storeId)?.name)
        return change({ topic: 'transaction', ...times, data: item })
      }
    }
  })
}

/** An open alert says what is left: it is told again when its stock moves, though the alert itself did not change. */
async function alertsMoved(state: StateStore, merchantId: string, tellings: readonly Telling[]): Promise<Telling[]> {
  const told = new Set(tellings.flatMap(({ topic, subject }) => (topic === 'alert' ? [subject] : [])))
  const moved = tellings.filter(({ topic, data }) => {
    const alert = topic === 'stock' ? (data as Stock).alert : undefined
    return alert !== undefined && !told.has(alert.id)
  })
  const keys = moved.map((telling) => stockKey(merchantId, telling.storeId, productOf(telling)!))
  const rows = await state.getMany(keys.map((key) => ({ table: openAlerts.name, key })))
  return moved.flatMap((telling, i) => {
    const row = rows[i] as Alert | undefined
    return row === undefined ? [] : [{ ...telling, topic: 'alert', subject: row.alertId, data: row }]
  })
}

function productOf({ topic, storeId, subject, data }: Telling): string | undefined {
  return topic === 'stock' ? subject.slice(storeId.length + 1) : (data as { productId?: string }).productId
}

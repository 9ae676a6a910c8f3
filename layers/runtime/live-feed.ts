/** What open screens hear: the newest state of everything that changed, in frames, each to those who may see it. */

import { maySeeAllStores, maySeeStore } from '#core/access/may-see.ts'
import type { LiveFrame, LiveMessage } from '#core/api/live.ts'
import { type Alert, openAlerts } from '#core/inventory/alerts.ts'
import { stockItemOf } from '#core/inventory/stock-item.ts'
import { type Stock, stockKey } from '#core/inventory/stock-level.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { transactionItemOf } from '#core/trade/transaction-item.ts'
import type { Transaction } from '#core/trade/transactions.ts'
import { CONNECTION_TABLE, type LiveConnection } from './live-connections.ts'
import type { Ports } from './ports.ts'
import { readAlertItems } from './read-alerts.ts'
import { readProducts, readStores, readZones } from './read-catalogue.ts'
import { readLag } from './read-lag.ts'
import { readMetrics } from './read-metrics.ts'
import type { BatchResult, Telling } from './run-batch.ts'

/** A frame holds no more of these; a screen shows the newest anyway. */
const MAX_TRANSACTIONS = 50
const MAX_STOCKS = 200
/** A connection with more than this on its way is slow: frames pass it by until it has caught up. */
const MAX_BACKLOG_BYTES = 256 * 1024

/** By topic, store and subject, oldest first. */
type Changes = Map<string, Telling>
type FeedPorts = Pick<Ports, 'state' | 'log' | 'live' | 'clock'>

export class LiveFeed {
  private changes = new Map<string, Changes>()
  /** By merchant and connection: how many messages have passed a slow one by. Its next frame says so: it must ask again. */
  private readonly missed = new Map<string, ReadonlyMap<string, number>>()
  private readonly ports: FeedPorts

  constructor(ports: FeedPorts) {
    this.ports = ports
  }

  /** Takes a batch's tellings; newest wins within a topic and subject. */
  offer({ live, merchants }: Pick<BatchResult, 'live' | 'merchants'>): void {
    for (const merchantId of merchants) this.changesOf(merchantId)
    for (const telling of live) {
      const changes = this.changesOf(telling.merchantId)
      const name = rowKey(telling.topic, telling.storeId, telling.subject)
      changes.delete(name) // so that the newest is last
      changes.set(name, telling)
    }
  }

  get isEmpty(): boolean {
    return this.changes.size === 0
  }

  private changesOf(merchantId: string): Changes {
    let changes = this.changes.get(merchantId)
    if (changes === undefined) {
      changes = new Map()
      this.changes.set(merchantId, changes)
    }
    return changes
  }

  /** Sends what was offered since the last time to every connection that keeps up. */
  async send(): Promise<void> {
    const changes = this.changes
    this.changes = new Map()
    for (const [merchantId, newest] of changes) {
      const connections = await this.ports.state.query({ table: CONNECTION_TABLE, range: under(merchantId) })
      if (connections.length === 0) continue
      await this.sendTo(merchantId, connections as { key: string; row: LiveConnection }[], [...newest.values()])
    }
  }

  private async sendTo(
    merchantId: string,
    connections: readonly { readonly key: string; readonly row: LiveConnection }[],
    tellings: readonly Telling[],
  ): Promise<void> {
    const { state, log, live, clock } = this.ports
    const nowMs = clock.now()
    const shown = limited(tellings)
    const withAlerts = [...shown, ...(await alertsMoved(state, merchantId, shown))]
    const messages = await messagesOf(state, merchantId, withAlerts, nowMs)
    const metrics = await readMetrics(this.ports, merchantId, { scope: { by: 'total', key: undefined } })
    const kpi: LiveMessage = { topic: 'kpi', data: metrics }
    const lagMs = await readLag(log, state, nowMs)
    const frameFor = (viewer: Viewer, skipped: number): string => {
      const visible = messages
        .filter(({ storeId }) => maySeeStore(viewer, merchantId, storeId))
        .map(({ message }) => message)
      const body: LiveFrame = {
        asOf: new Date(nowMs).toISOString(),
        lagMs,
        mode: metrics.mode,
        messages: maySeeAllStores(viewer) ? [kpi, ...visible] : visible,
        skipped,
      }
      return JSON.stringify(body)
    }
    const frames = new Map<string, string>()
    const missed = new Map<string, number>()
    for (const { key, row } of connections) {
      const connectionId = partsOf(key)[1]!
      const before = this.missed.get(merchantId)?.get(connectionId) ?? 0
      if (live.backlog(connectionId) > MAX_BACKLOG_BYTES) {
        missed.set(connectionId, before + tellings.length)
        continue
      }
      const skipped = before + tellings.length - shown.length
      const name = JSON.stringify([skipped, row.viewer.stores ?? null])
      const frame = frames.get(name) ?? frameFor(row.viewer, skipped)
      frames.set(name, frame)
      if (!(await live.send(connectionId, frame)))
        await state.commit([{ table: CONNECTION_TABLE, key, row: undefined }])
    }
    this.missed.set(merchantId, missed)
  }
}

/** The newest of each topic, in order. */
function limited(tellings: readonly Telling[]): Telling[] {
  const room: Record<string, number> = { transaction: MAX_TRANSACTIONS, stock: MAX_STOCKS }
  const shown: Telling[] = []
  for (const telling of tellings.toReversed()) {
    const left = room[telling.topic]
    if (left === 0) continue
    if (left !== undefined) room[telling.topic] = left - 1
    shown.push(telling)
  }
  return shown.reverse()
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

type Addressed = { readonly storeId: string; readonly message: LiveMessage }

async function messagesOf(
  state: StateStore,
  merchantId: string,
  tellings: readonly Telling[],
  nowMs: number,
): Promise<Addressed[]> {
  const products = await readProducts(
    state,
    merchantId,
    tellings.flatMap((telling) => productOf(telling) ?? []),
  )
  const zone = await readZones(state, merchantId)
  const stores = tellings.some(({ topic }) => topic === 'transaction') ? await readStores(state, merchantId) : new Map()
  const alerts = tellings.filter(({ topic }) => topic === 'alert')
  const alertItems = await readAlertItems(
    state,
    merchantId,
    alerts.map(({ data }) => data as Alert),
  )
  const itemOf = new Map(alerts.map((telling, i) => [telling, alertItems[i]!]))
  return tellings.map((telling): Addressed => {
    const { storeId, topic, data } = telling
    const times = {
      occurredAt: new Date(telling.occurredAt).toISOString(),
      acceptedAt: new Date(telling.acceptedAt).toISOString(),
    }
    const productId = productOf(telling)
    const title = products.get(productId ?? '')?.title
    switch (topic) {
      case 'stock': {
        const item = stockItemOf(data as Stock, storeId, productId!, title, zone(storeId), nowMs)
        return { storeId, message: { topic, ...times, data: item } }
      }
      case 'alert':
        return { storeId, message: { topic, ...times, data: itemOf.get(telling)! } }
      default: {
        const item = transactionItemOf(data as Transaction, title, stores.get(storeId)?.name)
        return { storeId, message: { topic: 'transaction', ...times, data: item } }
      }
    }
  })
}

function productOf({ topic, storeId, subject, data }: Telling): string | undefined {
  return topic === 'stock' ? subject.slice(storeId.length + 1) : (data as { productId?: string }).productId
}

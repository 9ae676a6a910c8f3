/** What one screen hears at /ws while orders are sent, and how long after each was due. How: `latency-bench.ts`. */
import type { WebSocket } from 'ws'
import type { LiveFrame } from '#core/api/live.ts'
import { percentilesMs, rounded } from './percentiles.ts'

const PERCENTS = [50, 95, 99] as const

export class Screen {
  /** By order: when its request was due; in the order of sending. */
  private readonly due = new Map<string, number>()
  private readonly dueInOrder: number[] = []
  private ordersBefore: number | undefined
  private readonly byKpi: number[] = []
  private readonly byTransaction: number[] = []

  constructor(socket: WebSocket) {
    socket.on('message', (data) => {
      const heardMs = performance.now()
      for (const message of (JSON.parse(String(data)) as LiveFrame).messages) {
        if (message.topic === 'kpi') this.hearCount(message.data.counts.orders.value ?? 0, heardMs)
        if (message.topic === 'transaction') this.hearOrder(message.data.orderId ?? '', heardMs)
      }
    })
  }

  /** From now on; `orders` is what the screens show already. */
  begin(orders: number): void {
    this.due.clear()
    for (const each of [this.dueInOrder, this.byKpi, this.byTransaction]) each.length = 0
    this.ordersBefore = orders
  }

  sends(orderId: string, dueMs: number): void {
    this.due.set(orderId, dueMs)
    this.dueInOrder.push(dueMs)
  }

  private hearCount(orders: number, heardMs: number): void {
    if (this.ordersBefore === undefined) return
    const shown = Math.min(orders - this.ordersBefore, this.dueInOrder.length)
    while (this.byKpi.length < shown) this.byKpi.push(heardMs - this.dueInOrder[this.byKpi.length]!)
  }

  private hearOrder(orderId: string, heardMs: number): void {
    const dueMs = this.due.get(orderId)
    if (dueMs !== undefined) this.byTransaction.push(heardMs - dueMs)
    this.due.delete(orderId)
  }

  get isComplete(): boolean {
    return this.byKpi.length === this.dueInOrder.length
  }

  figures() {
    const sent = this.dueInOrder.length
    const shownShare = rounded(this.byTransaction.length / sent, 4)
    const transactions = { shownShare, ...percentilesMs(this.byTransaction, PERCENTS) }
    return { ...percentilesMs(this.byKpi, PERCENTS), events: sent, notShown: sent - this.byKpi.length, transactions }
  }
}

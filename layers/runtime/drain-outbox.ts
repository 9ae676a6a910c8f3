/** The outbox becomes deliveries: who gets each notice, by what and when, is decided here and kept; nothing is sent. */
import type { AlertItem } from '#core/api/alerts.ts'
import { alertItemOf } from '#core/inventory/alert-item.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { noticeIdOf, noticeOfAlert } from '#core/notices/notice-of-alert.ts'
import type { Notice, StateStore, Write } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import { type Audience, commitGroups, deliveriesOf, readAudience } from './hand-on-notice.ts'
import { letOthersIn } from './let-others-in.ts'
import { NOTICES_TOLD } from './notice-queue.ts'
import type { Ports } from './ports.ts'
import { readProducts, readStore } from './read-catalogue.ts'
import { OUTBOX_TABLE, type Telling } from './run-batch.ts'

const ROWS_AT_ONCE = 100

type DrainPorts = Pick<Ports, 'log' | 'state'>

/**
 * Takes everything out of the outbox, which is durable, a page at a time: its deliveries and its end are one commit, so
 * that a kill repeats a page or does not, and makes the same rows again. Answers how many notices it handed on.
 */
export async function drainOutbox({ log, state }: DrainPorts, nowMs: number): Promise<number> {
  const audiences = new Map<string, Promise<Audience>>()
  const audienceOf = (merchantId: string): Promise<Audience> => {
    const known = audiences.get(merchantId) ?? readAudience(state, merchantId)
    audiences.set(merchantId, known)
    return known
  }
  if (draining.has(state)) return 0
  draining.add(state)
  try {
    return await drainAll(log.shards, state, audienceOf, nowMs)
  } finally {
    draining.delete(state)
  }
}

/** A run that begins while another one still drains leaves it to that one. */
const draining = new WeakSet<StateStore>()

async function drainAll(
  shards: number,
  state: StateStore,
  audienceOf: (merchantId: string) => Promise<Audience>,
  nowMs: number,
): Promise<number> {
  let count = 0
  for (let shard = 0; shard < shards; shard++) {
    for (;;) {
      const page = await state.query({ table: OUTBOX_TABLE, range: under(String(shard)), limit: ROWS_AT_ONCE })
      if (page.length === 0) break
      count += await drainPage(state, page as OutboxPage, audienceOf, nowMs)
      if (page.length < ROWS_AT_ONCE) break
    }
  }
  return count
}

type OutboxPage = readonly { readonly key: string; readonly row: Telling }[]

async function drainPage(
  state: StateStore,
  page: OutboxPage,
  audienceOf: (merchantId: string) => Promise<Audience>,
  nowMs: number,
): Promise<number> {
  const ids = page.map(({ row }) => {
    const { alertId, severity } = row.data as Alert
    return rowKey(row.merchantId, noticeIdOf(alertId, severity))
  })
  const before = await state.getMany(ids.map((key) => ({ table: NOTICES_TOLD, key })))
  const isTold = new Set(ids.filter((_, i) => before[i] !== undefined))
  const groups: (readonly Write[])[] = []
  let count = 0
  for (const [i, { key, row }] of page.entries()) {
    await letOthersIn()
    const told: Write[] = []
    if (!isTold.has(ids[i]!)) {
      isTold.add(ids[i]!)
      groups.push(...(await deliveriesOf(state, await noticeOf(state, row), await audienceOf(row.merchantId), nowMs)))
      told.push({ table: NOTICES_TOLD, key: ids[i]!, row: { at: nowMs } })
      count++
    }
    groups.push([...told, { table: OUTBOX_TABLE, key, row: undefined }])
  }
  await commitGroups(state, groups)
  return count
}

async function noticeOf(state: StateStore, { merchantId, storeId, data }: Telling): Promise<Notice> {
  const alert = data as Alert
  const { title, category } = (await readProducts(state, merchantId, [alert.productId])).get(alert.productId) ?? {}
  const { name: storeName } = await readStore(state, merchantId, storeId)
  // What made it and not what is left by now: a notice that is sent again says the same.
  const item: AlertItem = alertItemOf(alert, { title, category, storeName, stock: undefined })
  return noticeOfAlert(merchantId, item)
}

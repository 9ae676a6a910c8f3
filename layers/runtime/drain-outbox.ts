/** The outbox becomes deliveries: who gets each notice, by what and when, is decided here and kept; nothing is sent. */
import type { AlertItem } from '#core/api/alerts.ts'
import { alertItemOf } from '#core/inventory/alert-item.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { decideDeliveries, type Person } from '#core/notices/decide-deliveries.ts'
import { noticeIdOf, noticeOfAlert } from '#core/notices/notice-of-alert.ts'
import type { Notice, StateStore, Write } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import { letOthersIn } from './let-others-in.ts'
import { findMerchant } from './merchants.ts'
import { peopleToTell } from './notice-choices.ts'
import { collected, deliveryKey, enqueued, NOTICE_DELIVERIES, NOTICES_TOLD, unique } from './notice-queue.ts'
import { type NoticeWebhook, webhooksOf } from './notice-webhooks.ts'
import type { Ports } from './ports.ts'
import { readProducts, readStore } from './read-catalogue.ts'
import { OUTBOX_TABLE, type Telling } from './run-batch.ts'

const ROWS_AT_ONCE = 100

type Audience = { readonly people: readonly Person[]; readonly webhooks: readonly NoticeWebhook[] }
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

async function readAudience(state: StateStore, merchantId: string): Promise<Audience> {
  const merchant = await findMerchant(state, merchantId)
  if (merchant === undefined || merchant.status === 'removed') return { people: [], webhooks: [] }
  const webhooks = await webhooksOf(state, merchantId)
  return {
    people: await peopleToTell({ state }, merchantId),
    webhooks: webhooks.filter(({ status }) => status === 'active'),
  }
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
      groups.push(...(await groupsFor(state, await noticeOf(state, row), await audienceOf(row.merchantId), nowMs)))
      told.push({ table: NOTICES_TOLD, key: ids[i]!, row: { at: nowMs } })
      count++
    }
    groups.push([...told, { table: OUTBOX_TABLE, key, row: undefined }])
  }
  await commitGroups(state, groups)
  return count
}

/** The writes of each delivery. Those that are there already, of a page that was cut off in the middle, stay as they are. */
async function groupsFor(
  state: StateStore,
  notice: Notice,
  { people, webhooks }: Audience,
  nowMs: number,
): Promise<readonly (readonly Write[])[]> {
  const decided = decideDeliveries(notice, people, webhooks, nowMs)
  const lanes = decided.map(({ to, channel }) => ({ merchantId: notice.merchantId, to, channel }))
  const known = await state.getMany(
    lanes.map((lane) => ({ table: NOTICE_DELIVERIES, key: deliveryKey(lane, notice.id) })),
  )
  return decided.flatMap(({ when }, i) => {
    if (known[i] !== undefined) return []
    const lane = lanes[i]!
    if (when.how === 'digest') return [collected(lane, notice, when.atMs)]
    return [enqueued(lane, notice, when.how === 'now' ? nowMs : when.atMs, nowMs)]
  })
}

/**
 * As many whole groups in one commit as it may hold, in order: what takes a notice out of the outbox comes after all of
 * its deliveries, and a delivery is never there without its place in the queue.
 */
async function commitGroups(state: StateStore, groups: readonly (readonly Write[])[]): Promise<void> {
  let next: Write[] = []
  for (const group of groups) {
    if (next.length + group.length > state.maxItems) {
      await state.commit(unique(next))
      next = []
    }
    next.push(...group)
  }
  if (next.length > 0) await state.commit(unique(next))
}

async function noticeOf(state: StateStore, { merchantId, storeId, data }: Telling): Promise<Notice> {
  const alert = data as Alert
  const { title, category } = (await readProducts(state, merchantId, [alert.productId])).get(alert.productId) ?? {}
  const { name: storeName } = await readStore(state, merchantId, storeId)
  // What made it and not what is left by now: a notice that is sent again says the same.
  const item: AlertItem = alertItemOf(alert, { title, category, storeName, stock: undefined })
  return noticeOfAlert(merchantId, item)
}

/** A notice becomes a delivery for each who is to get it; nothing is sent here. */
import { decideDeliveries, type Person } from '#core/notices/decide-deliveries.ts'
import type { Notice, StateStore, Write } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { findMerchant } from './merchants.ts'
import { peopleToTell } from './notice-choices.ts'
import { collected, deliveryKey, enqueued, NOTICE_DELIVERIES, NOTICES_TOLD, unique } from './notice-queue.ts'
import { type NoticeWebhook, webhooksOf } from './notice-webhooks.ts'

export type Audience = { readonly people: readonly Person[]; readonly webhooks: readonly NoticeWebhook[] }

export async function readAudience(state: StateStore, merchantId: string): Promise<Audience> {
  const merchant = await findMerchant(state, merchantId)
  if (merchant === undefined || merchant.status === 'removed') return { people: [], webhooks: [] }
  const webhooks = await webhooksOf(state, merchantId)
  return {
    people: await peopleToTell({ state }, merchantId),
    webhooks: webhooks.filter(({ status }) => status === 'active'),
  }
}

/** The writes of each delivery. Those that are there already, of a page that was cut off in the middle, stay as they are. */
export async function deliveriesOf(
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
export async function commitGroups(state: StateStore, groups: readonly (readonly Write[])[]): Promise<void> {
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

/** Hands on what no alert has made, once: who was told of it by this id is not told again. */
export async function handOnNotice(state: StateStore, notice: Notice, nowMs: number): Promise<void> {
  const key = rowKey(notice.merchantId, notice.id)
  if ((await state.get(NOTICES_TOLD, key)) !== undefined) return
  const groups = await deliveriesOf(state, notice, await readAudience(state, notice.merchantId), nowMs)
  await commitGroups(state, [...groups, [{ table: NOTICES_TOLD, key, row: { at: nowMs } }]])
}

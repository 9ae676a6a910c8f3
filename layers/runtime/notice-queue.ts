/**
 * Deliveries that wait, each in the lane of its receiver, so that one that is slow or away holds up nobody else's. All of
 * these tables lie in one store, so that a delivery moves from the outbox to its end in whole steps.
 */
import type { Channel, RecipientKey } from '#core/notices/decide-deliveries.ts'
import type { DeliveryStatus } from '#core/notices/retry-schedule.ts'
import type { Notice, Write } from '#core/ports.ts'
import { ascendingTime, type KeyRange, partsOf, rowKey, under } from '#core/row-key.ts'

/** One notice for one receiver. Key: merchant, recipient, channel, notice's id. */
export const NOTICE_DELIVERIES = 'notice-deliveries'
/** Which of them wait, until when. Key: merchant, recipient, channel, time, notice's id. */
export const NOTICE_QUEUE = 'notice-queue'
/** Receivers for whom anything waits. Key: merchant, recipient, channel. */
export const NOTICE_LANES = 'notice-lanes'
/** Notices that were handed on, so that an alert is told once a level. Key: merchant, notice's id. */
export const NOTICES_TOLD = 'notices-told'
/** Notices that are collected. Key: merchant, recipient, channel, time of the digest, notice's id. */
export const DIGEST_ENTRIES = 'notice-digest-entries'
/** Digests that are to be sent. Key: time, merchant, recipient, channel. */
export const DIGEST_DUES = 'notice-digest-dues'

export type Lane = { readonly merchantId: string; readonly to: RecipientKey; readonly channel: Channel }
export type NoticeDelivery = Lane & {
  readonly notice: Notice
  readonly status: DeliveryStatus
  /** How often it was tried. */
  readonly attempts: number
  /** When it was made, and while it waits, when it is tried next: epoch ms. */
  readonly madeAt: number
  readonly dueAt: number | null
  /** Its newest line in the recipient's log; 0: none. */
  readonly lastNumber: number
}

export const laneKey = ({ merchantId, to, channel }: Lane): string => rowKey(merchantId, to, channel)
export function laneOf(key: string): Lane {
  const [merchantId, to, channel] = partsOf(key) as [string, RecipientKey, Channel]
  return { merchantId, to, channel }
}
export const deliveryKey = ({ merchantId, to, channel }: Lane, noticeId: string): string =>
  rowKey(merchantId, to, channel, noticeId)
const queueKey = ({ merchantId, to, channel }: Lane, dueAt: number, noticeId: string): string =>
  rowKey(merchantId, to, channel, ascendingTime(dueAt), noticeId)

/** What of a lane is due at `nowMs`. */
export function dueIn({ merchantId, to, channel }: Lane, nowMs: number): KeyRange {
  const { from } = under(merchantId, to, channel)
  return { from, to: rowKey(merchantId, to, channel, ascendingTime(nowMs + 1)) }
}

/** A new delivery, which waits until `dueAt`. */
export function enqueued(lane: Lane, notice: Notice, dueAt: number, nowMs: number): Write[] {
  const { merchantId, to, channel } = lane
  const row: NoticeDelivery = {
    merchantId,
    to,
    channel,
    notice,
    status: 'waiting',
    attempts: 0,
    madeAt: nowMs,
    dueAt,
    lastNumber: 0,
  }
  return [
    { table: NOTICE_DELIVERIES, key: deliveryKey(lane, notice.id), row },
    { table: NOTICE_QUEUE, key: queueKey(lane, dueAt, notice.id), row: {} },
    { table: NOTICE_LANES, key: laneKey(lane), row: { last: notice.id } },
  ]
}

/** The delivery after a change: its row, and its place in the queue. */
export function moved(before: NoticeDelivery, after: NoticeDelivery): Write[] {
  const { id } = after.notice
  const writes: Write[] = [{ table: NOTICE_DELIVERIES, key: deliveryKey(after, id), row: after }]
  if (before.dueAt === after.dueAt) return writes
  if (before.dueAt !== null)
    writes.push({ table: NOTICE_QUEUE, key: queueKey(before, before.dueAt, id), row: undefined })
  if (after.dueAt !== null) writes.push({ table: NOTICE_QUEUE, key: queueKey(after, after.dueAt, id), row: {} })
  return writes
}

/** A notice that waits for a digest. */
export function collected({ merchantId, to, channel }: Lane, notice: Notice, dueAt: number): Write[] {
  const due = ascendingTime(dueAt)
  return [
    { table: DIGEST_ENTRIES, key: rowKey(merchantId, to, channel, due, notice.id), row: notice },
    { table: DIGEST_DUES, key: rowKey(due, merchantId, to, channel), row: {} },
  ]
}

/** The last of several writes to one row, as a lane has when it gets several notices. */
export const unique = (writes: readonly Write[]): Write[] => [
  ...new Map(writes.map((write) => [`${write.table} ${write.key}`, write])).values(),
]

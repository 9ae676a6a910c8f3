/** What was sent to each recipient lately: the newest thousand attempts, for seven days. */
import type { NoticeLogItem } from '#core/api/notices.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { Channel, RecipientKey } from '#core/notices/decide-deliveries.ts'
import type { StateStore, Write } from '#core/ports.ts'
import { ascendingNumber, rowKey, under } from '#core/row-key.ts'
import { allMerchants } from './merchants.ts'
import { deliveryKey, NOTICE_DELIVERIES, NOTICES_TOLD, type NoticeDelivery, unique } from './notice-queue.ts'
import type { Ports } from './ports.ts'
import { commitNumbered, lastNumber } from './running-number.ts'
import { sweepRows } from './sweep-rows.ts'

/** Key: merchant, recipient, place in its ring. */
export const NOTICE_LOG = 'notice-log'
/** The number of a recipient's newest line. Key: merchant, recipient. */
const NOTICE_LOG_NUMBERS = 'notice-log-numbers'
export const NOTICE_LINES_KEPT = 1_000
export const KEEP_NOTICES_MS = 7 * DAY_MS
/** A notice that was told is told no more for so long; an alert that is open longer and worsens again is told again. */
const TOLD_KEEP_MS = 400 * DAY_MS

/** A line: what one attempt came to. */
export type NoticeLine = Omit<NoticeLogItem, 'at' | 'nextAt'> & {
  /** Epoch ms. */
  readonly at: number
  readonly nextAt: number | null
  /** Absent in lines of before it was kept. */
  readonly storeId?: string
}

type Place = { readonly merchantId: string; readonly to: RecipientKey }

const lineKey = ({ merchantId, to }: Place, number: number): string =>
  rowKey(merchantId, to, ascendingNumber(number % NOTICE_LINES_KEPT))
const numberKey = ({ merchantId, to }: Place): string => rowKey(merchantId, to)

/**
 * Puts a line into a recipient's log in one commit with what `alsoOf` its number is written, and answers that number. What
 * it pushes out goes with the delivery that it was the last line of, so that both are bounded.
 */
export function logLine(
  state: StateStore,
  place: Place,
  line: Omit<NoticeLine, 'number'>,
  alsoOf: (number: number) => readonly Write[],
): Promise<number> {
  return commitNumbered(state, NOTICE_LOG_NUMBERS, numberKey(place), async (number) => {
    const key = lineKey(place, number)
    const pushedOut = (await state.get(NOTICE_LOG, key)) as NoticeLine | undefined
    return unique([
      { table: NOTICE_LOG, key, row: { ...line, number } satisfies NoticeLine },
      ...(pushedOut === undefined ? [] : await deliveryPushedOut(state, place, pushedOut)),
      ...alsoOf(number),
    ])
  })
}

async function deliveryPushedOut(state: StateStore, place: Place, line: NoticeLine): Promise<Write[]> {
  const key = deliveryKey({ ...place, channel: line.channel }, line.noticeId)
  const delivery = (await state.get(NOTICE_DELIVERIES, key)) as NoticeDelivery | undefined
  const isOver = delivery !== undefined && delivery.dueAt === null && delivery.lastNumber <= line.number
  return isOver ? [{ table: NOTICE_DELIVERIES, key, row: undefined }] : []
}

/** Newest first, from before the number `before` on (undefined: from the newest). */
export async function linesOf(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  place: Place,
  before: number | undefined,
  limit: number,
): Promise<{ readonly lines: readonly NoticeLine[]; readonly next: number | null }> {
  const newest = await lastNumber(state, NOTICE_LOG_NUMBERS, numberKey(place))
  const oldest = Math.max(1, newest - NOTICE_LINES_KEPT + 1)
  const from = Math.min(newest, before === undefined ? newest : before - 1)
  const numbers = Array.from({ length: Math.max(0, Math.min(limit, from - oldest + 1)) }, (_, i) => from - i)
  const rows = await state.getMany(numbers.map((number) => ({ table: NOTICE_LOG, key: lineKey(place, number) })))
  const since = clock.now() - KEEP_NOTICES_MS
  const lines = (rows as (NoticeLine | undefined)[]).filter(
    (row): row is NoticeLine => row !== undefined && row.at >= since,
  )
  const last = lines.at(-1)
  const isMore = last !== undefined && lines.length === limit && last.number > oldest
  return { lines, next: isMore ? last.number : null }
}

/** undefined: it is not kept any more. */
export async function lineOf(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  place: Place,
  number: number,
): Promise<NoticeLine | undefined> {
  const row = (await state.get(NOTICE_LOG, lineKey(place, number))) as NoticeLine | undefined
  return row?.number === number && row.at >= clock.now() - KEEP_NOTICES_MS ? row : undefined
}

/** The delivery that a line is of; undefined: it is not kept any more. */
export async function deliveryAt(
  state: StateStore,
  place: Place,
  { channel, noticeId }: { readonly channel: Channel; readonly noticeId: string },
): Promise<NoticeDelivery | undefined> {
  return (await state.get(NOTICE_DELIVERIES, deliveryKey({ ...place, channel }, noticeId))) as
    | NoticeDelivery
    | undefined
}

/** Deletes what is older than it may be. */
export async function sweepNotices({ state, clock }: Pick<Ports, 'state' | 'clock'>): Promise<void> {
  const before = clock.now() - KEEP_NOTICES_MS
  const toldBefore = clock.now() - TOLD_KEEP_MS
  await sweepRows<NoticeLine>(state, { table: NOTICE_LOG, told: 'number', isOver: ({ at }) => at < before })
  for (const { id } of await allMerchants(state))
    await sweepRows<NoticeDelivery>(state, {
      table: NOTICE_DELIVERIES,
      range: under(id),
      told: 'lastNumber',
      isOver: ({ dueAt, madeAt }) => dueAt === null && madeAt < before,
    })
  const isToldLongAgo = ({ at }: { readonly at: number }): boolean => at < toldBefore
  await sweepRows<{ readonly at: number }>(state, { table: NOTICES_TOLD, told: 'at', isOver: isToldLongAgo })
}

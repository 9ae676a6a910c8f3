/** Deliveries that are due are sent, each receiver's by itself, and what came of it is noted. */

import { type Channel, mayBeTold, type Person, type RecipientKey } from '#core/notices/decide-deliveries.ts'
import { digestIdOf, digestOf } from '#core/notices/digest.ts'
import { quietUntil } from '#core/notices/quiet-hours.ts'
import { afterAttempt, type DeliveryStatus, jitterOf } from '#core/notices/retry-schedule.ts'
import {
  conditionsHold,
  type Notice,
  type NoticeAnswer,
  type Receiver,
  type StateStore,
  type Write,
} from '#core/ports.ts'
import { ascendingTime, EVERY_KEY, partsOf, under } from '#core/row-key.ts'
import { secretsOf } from './connection-secrets.ts'
import { letOthersIn } from './let-others-in.ts'
import { findPerson } from './notice-choices.ts'
import { logLine, type NoticeLine } from './notice-log.ts'
import {
  DIGEST_DUES,
  DIGEST_ENTRIES,
  deliveryKey,
  dueIn,
  enqueued,
  type Lane,
  laneKey,
  laneOf,
  moved,
  NOTICE_DELIVERIES,
  NOTICE_LANES,
  NOTICE_QUEUE,
  type NoticeDelivery,
} from './notice-queue.ts'
import { disableWebhook, findWebhook, type NoticeWebhook } from './notice-webhooks.ts'
import type { Ports } from './ports.ts'

/** To one receiver. */
const AT_ONCE = 8
const ROWS_AT_ONCE = 100
/** The most that one digest holds. */
const MAX_ENTRIES = 1_000
/** What a commit of one holds beside its entries: the delivery, its places in the queue, the condition. */
const DIGEST_WRITES = 4

type SendPorts = Pick<Ports, 'state' | 'secrets' | 'clock' | 'notifier'>

/**
 * Lanes that are at work, by store: a run leaves alone what another one is at. In memory, since on one machine one process
 * sends; where there are several, a notice may go twice under its one id.
 */
const working = new WeakMap<StateStore, Set<string>>()
const ended = new WeakSet<StateStore>()

/** Nothing more is sent or noted, as if the process were killed here: what is under way goes again when it starts anew. */
export const stopSending = (state: StateStore): void => void ended.add(state)

/**
 * Sends what is due at `nowMs`, all receivers at once. It ends with the slowest of them; another run may begin before
 * that and takes the others further. Rejects with the defects that it met, after everything else.
 */
export async function sendDue(ports: SendPorts, nowMs: number): Promise<void> {
  const { state } = ports
  await closeDigests(ports, nowMs)
  let busy = working.get(state)
  if (busy === undefined) working.set(state, (busy = new Set()))
  const lanes = await state.query({ table: NOTICE_LANES, range: EVERY_KEY })
  const idle = lanes.filter(({ key }) => !busy.has(key))
  const runs = idle.map(async ({ key, row }) => {
    busy.add(key)
    try {
      await workThrough(ports, laneOf(key), (row as { readonly last: string }).last, nowMs)
    } finally {
      busy.delete(key)
    }
  })
  const defects = (await Promise.allSettled(runs)).flatMap((it) => (it.status === 'rejected' ? [it.reason] : []))
  if (defects.length > 0) throw new AggregateError(defects, defects.map(String).join('; '))
}

async function workThrough(ports: SendPorts, lane: Lane, last: string, nowMs: number): Promise<void> {
  const { state } = ports
  for (;;) {
    const rows = await state.query({ table: NOTICE_QUEUE, range: dueIn(lane, nowMs), limit: ROWS_AT_ONCE })
    const reach = await reachOf(ports, lane)
    const waiting = rows.map(({ key }) => key)
    const worker = async (): Promise<void> => {
      for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
        await letOthersIn()
        await sendQueued(ports, lane, reach, key)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    if (rows.length < ROWS_AT_ONCE || ended.has(state)) break
  }
  if (ended.has(state)) return
  const { merchantId, to, channel } = lane
  const left = await state.query({ table: NOTICE_QUEUE, range: under(merchantId, to, channel), limit: 1 })
  if (left.length > 0) return
  const row = { table: NOTICE_LANES, key: laneKey(lane) }
  // If not, something has come for it meanwhile: the next run sends it.
  await conditionsHold(() => state.commit([{ ...row, row: undefined }], [{ ...row, field: 'last', equals: last }]))
}

// --- Whom a lane reaches -------------------------------------------------------------------------------------------

/** As things are now, not as they were when the delivery was decided. `why`: nobody any more. */
type Reach =
  | { readonly receiver: Receiver; readonly person?: Person; readonly webhook?: NoticeWebhook }
  | { readonly why: string }

async function reachOf(ports: SendPorts, { merchantId, to, channel }: Lane): Promise<Reach> {
  const { state } = ports
  const id = to.slice(to.indexOf('/') + 1)
  if (channel === 'webhook') {
    const webhook = await findWebhook(state, merchantId, id)
    if (webhook === undefined) return { why: 'the webhook was removed' }
    if (webhook.status === 'disabled') return { why: 'the webhook is disabled: its receiver said that it is gone' }
    return { webhook, receiver: { channel, url: webhook.url, secrets: await secretsOf(ports, id) } }
  }
  const person = await findPerson(ports, merchantId, id)
  if (person === undefined) return { why: 'the person has no account any more' }
  if (channel === 'log') return { person, receiver: { channel, name: id } }
  if (person.email === undefined) return { why: 'there is no e-mail address: choose one' }
  return { person, receiver: { channel, address: person.email } }
}

const NOT_THEIRS = 'the person may not see this store any more'

/** What is done with one notice by this lane now. */
type Step = { readonly send: Receiver } | { readonly waitUntil: number } | { readonly drop: string }

function stepFor(reach: Reach, notice: Notice, nowMs: number): Step {
  if ('why' in reach) return { drop: reach.why }
  const { person, receiver } = reach
  if (person === undefined) return { send: receiver }
  if (!mayBeTold(person.viewer, notice)) return { drop: NOT_THEIRS }
  const { quietHours } = person.choices
  const endMs = quietHours === null ? undefined : quietUntil(nowMs, quietHours, person.timeZone)
  return endMs === undefined ? { send: receiver } : { waitUntil: endMs }
}

// --- One delivery --------------------------------------------------------------------------------------------------

async function sendQueued(ports: SendPorts, lane: Lane, reach: Reach, queueKey: string): Promise<void> {
  const { state, clock } = ports
  if (ended.has(state)) return
  const key = deliveryKey(lane, partsOf(queueKey)[4]!)
  const delivery = (await state.get(NOTICE_DELIVERIES, key)) as NoticeDelivery | undefined
  if (delivery === undefined || delivery.status !== 'waiting') {
    await state.commit([{ table: NOTICE_QUEUE, key: queueKey, row: undefined }])
    return
  }
  const step = stepFor(reach, delivery.notice, clock.now())
  if ('waitUntil' in step) {
    await state.commit(moved(delivery, { ...delivery, dueAt: step.waitUntil }))
    return
  }
  if ('drop' in step) {
    const line = { status: 'dropped' as const, receiverStatus: null, durationMs: 0, error: step.drop, nextAt: null }
    await note(ports, delivery, { ...delivery, status: 'dropped', dueAt: null }, { ...line, way: 'delivery' })
    return
  }
  const { answer, durationMs, defect } = await tried(ports, delivery.notice, step.send)
  if (ended.has(state)) return
  const attempts = delivery.attempts + 1
  const jitter = jitterOf(`${key} ${attempts}`)
  const { status, dueAt } = afterAttempt(attempts, answer, clock.now(), jitter)
  await note(
    ports,
    delivery,
    { ...delivery, attempts, status, dueAt },
    { ...saidBy(answer, status), durationMs, nextAt: dueAt, way: 'delivery' },
  )
  if (answer.fate === 'gone' && 'webhook' in reach && reach.webhook !== undefined)
    await disableWebhook(state, reach.webhook, clock.now())
  if (defect !== undefined) throw defect
}

type Tried = { readonly answer: NoticeAnswer; readonly durationMs: number; readonly defect?: unknown }

/** A defect of ours counts as an attempt, so that it is not met each second, and is told. */
async function tried({ notifier }: SendPorts, notice: Notice, to: Receiver): Promise<Tried> {
  const startedAt = performance.now()
  const durationMs = () => Math.round(performance.now() - startedAt)
  try {
    return { answer: await notifier.notify(notice, to), durationMs: durationMs() }
  } catch (defect) {
    const answer: NoticeAnswer = { fate: 'later', status: null, error: 'a defect of ours, and was logged' }
    return { answer, durationMs: durationMs(), defect }
  }
}

type Said = Pick<NoticeLine, 'status' | 'receiverStatus' | 'error'>

const saidBy = (answer: NoticeAnswer, status: DeliveryStatus): Said => ({
  status: status === 'waiting' ? 'failed' : answer.fate === 'gone' ? 'gone' : status,
  receiverStatus: answer.status,
  error: answer.fate === 'taken' ? null : answer.error,
})

type Outcome = Said & Pick<NoticeLine, 'durationMs' | 'nextAt' | 'way'>

/** The delivery after an attempt, and a line of it in its recipient's log, in one commit. */
async function note(
  { state, clock }: SendPorts,
  before: NoticeDelivery,
  after: NoticeDelivery,
  outcome: Outcome,
): Promise<NoticeLine> {
  const { id, storeId, kind, severity, subject } = after.notice
  const line = {
    at: clock.now(),
    noticeId: id,
    storeId,
    kind,
    severity,
    subject,
    channel: after.channel,
    attempt: after.attempts,
    ...outcome,
  }
  const number = await logLine(state, after, line, (lastNumber) => moved(before, { ...after, lastNumber }))
  return { ...line, number }
}

// --- By hand -------------------------------------------------------------------------------------------------------

/** A test of one way, at once and once, whatever the hour. */
export function sendTest(ports: SendPorts, lane: Lane, notice: Notice): Promise<NoticeLine> {
  const nowMs = ports.clock.now()
  return sendByHand(
    ports,
    { ...lane, notice, status: 'dropped', attempts: 0, madeAt: nowMs, dueAt: null, lastNumber: 0 },
    'test',
  )
}

/** The same notice once more, at once. Where it waits and is not taken now, it goes on waiting. */
export const redeliver = (ports: SendPorts, delivery: NoticeDelivery): Promise<NoticeLine> =>
  sendByHand(ports, delivery, 'redelivery')

async function sendByHand(ports: SendPorts, delivery: NoticeDelivery, way: 'redelivery' | 'test'): Promise<NoticeLine> {
  const reach = await reachOf(ports, delivery)
  const isTest = way === 'test'
  const mayNot =
    'person' in reach && reach.person !== undefined && !isTest && !mayBeTold(reach.person.viewer, delivery.notice)
  const why = 'why' in reach ? reach.why : mayNot ? NOT_THEIRS : undefined
  const { answer, durationMs, defect }: Tried =
    why === undefined && 'receiver' in reach
      ? await tried(ports, delivery.notice, reach.receiver)
      : { answer: { fate: 'never', status: null, error: why! }, durationMs: 0 }
  if (defect !== undefined) throw defect
  const isTaken = answer.fate === 'taken'
  const said = saidBy(answer, isTaken ? 'taken' : answer.fate === 'later' ? 'waiting' : 'refused')
  const attempts = isTest && why === undefined ? 1 : delivery.attempts
  const after = isTaken ? { ...delivery, attempts, status: 'taken' as const, dueAt: null } : { ...delivery, attempts }
  return note(ports, delivery, after, { ...said, durationMs, nextAt: after.dueAt, way })
}

// --- Digests -------------------------------------------------------------------------------------------------------

/** Digests whose time has come are put together and queued: each is one commit with the end of what it holds. */
async function closeDigests(ports: SendPorts, nowMs: number): Promise<void> {
  const range = { from: EVERY_KEY.from, to: ascendingTime(nowMs + 1) }
  const dues = await ports.state.query({ table: DIGEST_DUES, range })
  for (const { key } of dues) {
    const [due, merchantId, to, channel] = partsOf(key) as [string, string, RecipientKey, Channel]
    await closeDigest(ports, { merchantId, to, channel }, due, nowMs)
    await ports.state.commit([{ table: DIGEST_DUES, key, row: undefined }])
  }
}

async function closeDigest(ports: SendPorts, lane: Lane, due: string, nowMs: number): Promise<void> {
  const { state } = ports
  const { merchantId, to, channel } = lane
  const subject = to.slice(to.indexOf('/') + 1)
  const person = await findPerson(ports, merchantId, subject)
  const range = under(merchantId, to, channel, due)
  const limit = Math.min(MAX_ENTRIES, state.maxItems - DIGEST_WRITES)
  // Its parts are numbered by what is there already, so that one that was cut off between two of them goes on.
  for (let part = 0; ; part++) {
    const entries = await state.query({ table: DIGEST_ENTRIES, range, limit })
    if (entries.length === 0) return
    const id = digestIdOf(subject, channel, Number(due), part)
    const writes: Write[] = entries.map(({ key }) => ({ table: DIGEST_ENTRIES, key, row: undefined }))
    const notices = entries.map(({ row }) => row as Notice)
    const allowed = notices.filter((notice) => person !== undefined && mayBeTold(person.viewer, notice))
    if (allowed.length > 0) {
      const digest = digestOf(id, allowed, new Date(Number(due)).toISOString())
      writes.push(...enqueued(lane, digest, nowMs, nowMs))
    }
    const isNew = { table: NOTICE_DELIVERIES, key: deliveryKey(lane, id), field: undefined } as const
    await conditionsHold(() => state.commit(writes, [isNew]))
  }
}

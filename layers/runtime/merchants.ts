/** Who uses this engine. The demo merchant is always there; others are added by whoever runs it. */
import type { StateStore } from '#core/ports.ts'
import { EVERY_KEY, rowKey, under } from '#core/row-key.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { HttpError } from './http-handler.ts'
import type { Ports } from './ports.ts'
import { changeConnection, connectionsOf } from './provider-connections.ts'
import { PEOPLE_TABLE } from './take-in.ts'

/** Key: merchant. */
export const MERCHANTS = 'merchants'
/** Events taken through connections on a day (UTC). Key: merchant, date. Kept only of merchants with such a quota. */
export const MERCHANT_USAGE = 'merchant-usage'

export type Merchant = {
  readonly id: string
  readonly name: string
  /** suspended: nothing of theirs is taken; removed: nobody of them is let in either, and their id is not used again. */
  readonly status: 'active' | 'suspended' | 'removed'
  /** Epoch ms; 0: it was always there. */
  readonly createdAt: number
  /** Quotas; absent: none. */
  readonly eventsPerDay?: number | undefined
  readonly connections?: number | undefined
}
type Usage = { readonly events: number }

const DEMO: Merchant = { id: DEMO_MERCHANT, name: 'Demo', status: 'active', createdAt: 0 }

export async function findMerchant(state: StateStore, id: string): Promise<Merchant | undefined> {
  const found = (await state.get(MERCHANTS, id)) as Merchant | undefined
  return found ?? (id === DEMO_MERCHANT ? DEMO : undefined)
}

export async function allMerchants(state: StateStore): Promise<readonly Merchant[]> {
  const rows = (await state.query({ table: MERCHANTS, range: EVERY_KEY })).map(({ row }) => row as Merchant)
  return rows.some(({ id }) => id === DEMO_MERCHANT) ? rows : [DEMO, ...rows]
}

/** @throws HttpError 409 where there is one of that id. */
export async function addMerchant(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  given: Omit<Merchant, 'status' | 'createdAt'>,
): Promise<Merchant> {
  if ((await findMerchant(state, given.id)) !== undefined)
    throw new HttpError(409, `There is a merchant ${given.id} already`)
  const merchant: Merchant = { ...given, status: 'active', createdAt: clock.now() }
  await state.commitDurable([{ table: MERCHANTS, key: merchant.id, row: merchant }])
  return merchant
}

/** @throws HttpError 404 where there is none of that id. */
export async function setMerchantStatus(state: StateStore, id: string, status: Merchant['status']): Promise<Merchant> {
  const found = await findMerchant(state, id)
  if (found === undefined || found.status === 'removed')
    throw new HttpError(404, `There is no merchant ${id}: \`counterflow merchant list\` names them`)
  const merchant = { ...found, status }
  await state.commitDurable([{ table: MERCHANTS, key: id, row: merchant }])
  return merchant
}

/**
 * Closes their doors, lets nobody of them in, and forgets their people. Their events and figures, which name nobody any
 * more, leave with the log. @throws HttpError 404; 409 for the demo merchant.
 */
export async function removeMerchant(ports: Pick<Ports, 'state' | 'secrets' | 'clock'>, id: string): Promise<Merchant> {
  const { state } = ports
  if (id === DEMO_MERCHANT) throw new HttpError(409, 'The demo merchant stays: remove its connections instead')
  const merchant = await setMerchantStatus(state, id, 'removed')
  for (const connection of await connectionsOf(state, id)) await changeConnection(ports, id, connection.id, 'remove')
  for (;;) {
    const people = await state.query({ table: PEOPLE_TABLE, range: under(id), limit: PEOPLE_AT_ONCE })
    await state.commitDurable(people.map(({ key }) => ({ table: PEOPLE_TABLE, key, row: undefined })))
    if (people.length < PEOPLE_AT_ONCE) return merchant
  }
}
const PEOPLE_AT_ONCE = 100

/** How many more events the merchant's connections may bring today; undefined: as many as come. */
export async function eventsLeft(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  { id, eventsPerDay }: Merchant,
): Promise<number | undefined> {
  if (eventsPerDay === undefined) return undefined
  return eventsPerDay - (await usageOf(state, id, clock.now())).events
}

export async function countEvents(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  { id, eventsPerDay }: Merchant,
  events: number,
): Promise<void> {
  if (eventsPerDay === undefined || events === 0) return
  const before = await usageOf(state, id, clock.now())
  await state.commit([
    { table: MERCHANT_USAGE, key: rowKey(id, dateOf(clock.now())), row: { events: before.events + events } },
  ])
}

const usageOf = async (state: StateStore, id: string, nowMs: number): Promise<Usage> =>
  ((await state.get(MERCHANT_USAGE, rowKey(id, dateOf(nowMs)))) as Usage | undefined) ?? { events: 0 }
const dateOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10)

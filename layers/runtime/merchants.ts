/** Who uses this engine. The demo merchant is always there; others are added by whoever runs it. */
import { ConditionFailedError, type StateStore } from '#core/ports.ts'
import { EVERY_KEY, rowKey, under } from '#core/row-key.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { HttpError } from './http-handler.ts'
import type { Ports } from './ports.ts'
import { changeConnection, connectionsOf } from './provider-connections.ts'
import { PEOPLE_TABLE } from './take-in.ts'

/** Key: merchant. */
export const MERCHANTS = 'merchants'
/** Events taken on a day (UTC). Key: merchant, date. Kept only of merchants with such a quota. */
const MERCHANT_USAGE = 'merchant-usage'

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
  await state.commitDurable(
    [{ table: MERCHANTS, key: merchant.id, row: merchant }],
    [{ table: MERCHANTS, key: merchant.id, field: undefined }],
  )
  return merchant
}

/** @throws HttpError 404 where there is none of that id. */
export async function setMerchantStatus(
  state: StateStore,
  id: string,
  status: 'active' | 'suspended',
): Promise<Merchant> {
  const found = await findMerchant(state, id)
  if (found === undefined || found.status === 'removed') throw noSuchMerchant(id)
  return withStatus(state, found, status)
}

const noSuchMerchant = (id: string): HttpError =>
  new HttpError(404, `There is no merchant ${id}: \`counterflow merchant list\` names them`)

async function withStatus(state: StateStore, found: Merchant, status: Merchant['status']): Promise<Merchant> {
  const merchant = { ...found, status }
  await state.commitDurable([{ table: MERCHANTS, key: found.id, row: merchant }])
  return merchant
}

/**
 * Lets nobody of them in, closes their doors, and forgets their people. Their events and figures, which name nobody any
 * more, leave with the log. Cut off in the middle, it is done again. @throws HttpError 404; 409 for the demo merchant.
 */
export async function removeMerchant(ports: Pick<Ports, 'state' | 'secrets' | 'clock'>, id: string): Promise<Merchant> {
  const { state } = ports
  if (id === DEMO_MERCHANT) throw new HttpError(409, 'The demo merchant stays: `counterflow demo reset` empties it')
  const found = await findMerchant(state, id)
  if (found === undefined) throw noSuchMerchant(id)
  const merchant = await withStatus(state, found, 'removed')
  for (const connection of await connectionsOf(state, id)) await changeConnection(ports, id, connection.id, 'remove')
  for (;;) {
    const people = await state.query({ table: PEOPLE_TABLE, range: under(id), limit: PEOPLE_AT_ONCE })
    await state.commitDurable(people.map(({ key }) => ({ table: PEOPLE_TABLE, key, row: undefined })))
    if (people.length < PEOPLE_AT_ONCE) return merchant
  }
}
const PEOPLE_AT_ONCE = 100

/**
 * Takes so many events of the merchant in, if it may send them now: what is not new is given back to the day's quota.
 * @throws HttpError 403 suspended, 422 more at once than a day's quota, 429 the quota is used up: nothing was taken.
 */
export async function withinQuota<T extends { readonly repeat: boolean }>(
  ports: Pick<Ports, 'state' | 'clock'>,
  merchantId: string,
  events: readonly number[],
  take: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const merchant = await findMerchant(ports.state, merchantId)
  // Who has an account and no row is no concern of the doors: tests, and merchants of before there was a list.
  if (merchant !== undefined && merchant.status !== 'active') throw new HttpError(403, 'This merchant is suspended')
  const { eventsPerDay } = merchant ?? {}
  if (eventsPerDay === undefined) return take()
  const asked = events.reduce((sum, count) => sum + count, 0)
  if (asked > eventsPerDay)
    throw new HttpError(422, `One request may hold ${eventsPerDay} events, which is the day's quota`)
  await count(ports, merchantId, asked, eventsPerDay)
  let taken: readonly T[] = []
  try {
    taken = await take()
    return taken
  } finally {
    const isNew = (n: number): boolean => taken[n] !== undefined && !taken[n].repeat
    const unused = events.reduce((sum, count, n) => (isNew(n) ? sum : sum + count), 0)
    if (unused > 0) await count(ports, merchantId, -unused, Number.POSITIVE_INFINITY)
  }
}

/** Adds to the day's count, whoever else does at the same time. @throws HttpError 429 where that is more than may be. */
async function count(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  merchantId: string,
  events: number,
  most: number,
): Promise<void> {
  const now = new Date(clock.now()).toISOString()
  const row = { table: MERCHANT_USAGE, key: rowKey(merchantId, now.slice(0, 10)) }
  for (;;) {
    const before = (await state.get(row.table, row.key)) as Usage | undefined
    const after = Math.max(0, (before?.events ?? 0) + events)
    if (after > most) {
      const leftOfDay = DAY_SECONDS - (Math.floor(clock.now() / 1000) % DAY_SECONDS)
      throw new HttpError(429, `The ${most} events of today are used up`, [], leftOfDay)
    }
    const unmoved =
      before === undefined
        ? ({ ...row, field: undefined } as const)
        : ({ ...row, field: 'events', equals: before.events } as const)
    try {
      await state.commit([{ ...row, row: { events: after } satisfies Usage }], [unmoved])
      return
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error
    }
  }
}
const DAY_SECONDS = 86_400

/** Counts of days that are over. */
export async function sweepUsage({ state, clock }: Pick<Ports, 'state' | 'clock'>): Promise<void> {
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  for (const { id } of await allMerchants(state)) {
    const days = await state.query({ table: MERCHANT_USAGE, range: { ...under(id), to: rowKey(id, today) } })
    if (days.length > 0) await state.commit(days.map(({ key }) => ({ table: MERCHANT_USAGE, key, row: undefined })))
  }
}

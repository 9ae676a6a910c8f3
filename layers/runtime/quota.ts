/** How much of a merchant may be taken in. What is counted is counted by one conditional write, whoever else does it too. */
import { conditionsHold, type StateStore } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import { HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import { allMerchants, findMerchant, type Merchant } from './merchants.ts'
import type { Ports } from './ports.ts'

/** Counts of merchants with a quota. Key: merchant, and a date (UTC) for events taken on that day, or `people`. */
const MERCHANT_USAGE = 'merchant-usage'
type Usage = { readonly n: number }

export type Quota = {
  readonly state: StateStore
  readonly key: string
  readonly most: number
  readonly refusal: () => HttpError
}

/** @throws HttpError `refusal` where that were more than may be: then nothing is counted. */
export async function count({ state, key, most, refusal }: Quota, more: number): Promise<void> {
  const row = { table: MERCHANT_USAGE, key }
  for (;;) {
    const before = (await state.get(row.table, key)) as Usage | undefined
    const n = Math.max(0, (before?.n ?? 0) + more)
    if (more > 0 && n > most) throw refusal()
    const counted: Usage = { n }
    if (await conditionsHold(() => state.commit([{ ...row, row: counted }], [isUnmoved(row, before, 'n')]))) return
  }
}

export const giveBack = (quota: Quota, unused: number): Promise<void> => count(quota, -unused)

/** The merchant, if anything of theirs may be taken now. @throws HttpError 403 */
export async function sendingMerchant(state: StateStore, merchantId: string): Promise<Merchant> {
  const merchant = await findMerchant(state, merchantId)
  if (merchant?.status !== 'active') throw new HttpError(403, 'This merchant is suspended')
  return merchant
}

/**
 * Takes so many events of the merchant in: what is not new is given back to the day's quota.
 * @throws HttpError 422 more at once than a day's quota, 429 the quota is used up: nothing was taken.
 */
export async function withinQuota<T extends { readonly repeat: boolean }>(
  ports: Pick<Ports, 'state' | 'clock'>,
  { id, eventsPerDay }: Merchant,
  events: readonly number[],
  take: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (eventsPerDay === undefined) return take()
  const quota = eventsQuota(ports, id, eventsPerDay)
  const asked = events.reduce((sum, each) => sum + each, 0)
  if (asked > quota.most)
    throw new HttpError(422, `One request may hold ${quota.most} events, which is the day's quota`)
  await count(quota, asked)
  let taken: readonly T[] = []
  try {
    taken = await take()
    return taken
  } finally {
    const isNew = (n: number): boolean => taken[n] !== undefined && !taken[n].repeat
    const unused = events.reduce((sum, each, n) => (isNew(n) ? sum : sum + each), 0)
    if (unused > 0) await giveBack(quota, unused)
  }
}

function eventsQuota({ state, clock }: Pick<Ports, 'state' | 'clock'>, merchantId: string, most: number): Quota {
  const nowMs = clock.now()
  const refusal = () => {
    const leftOfDay = DAY_SECONDS - (Math.floor(nowMs / 1000) % DAY_SECONDS)
    return new HttpError(429, `The ${most} events of today are used up`, [], leftOfDay)
  }
  return { state, key: rowKey(merchantId, new Date(nowMs).toISOString().slice(0, 10)), most, refusal }
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

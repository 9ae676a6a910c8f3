/** Who uses this engine. The demo merchant is always there; others are added by whoever runs it. */
import { conditionsHold, type StateStore } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { conflict, HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'

/** Key: merchant. */
export const MERCHANTS = 'merchants'

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
  readonly people?: number | undefined
  /** Each change adds one; absent before the first. */
  readonly version?: number
}

const DEMO: Merchant = { id: DEMO_MERCHANT, name: 'Demo', status: 'active', createdAt: 0 }

export async function findMerchant(state: StateStore, id: string): Promise<Merchant | undefined> {
  const found = (await state.get(MERCHANTS, id)) as Merchant | undefined
  return found ?? (id === DEMO_MERCHANT ? DEMO : undefined)
}

export async function allMerchants(state: StateStore): Promise<readonly Merchant[]> {
  const rows = (await state.query({ table: MERCHANTS, range: EVERY_KEY })).map(({ row }) => row as Merchant)
  return rows.some(({ id }) => id === DEMO_MERCHANT) ? rows : [DEMO, ...rows]
}

/** How much the engine takes and keeps is how much all its merchants trade: one of several is not told, but whoever runs it. */
export const mayBeToldOfAll = async (state: StateStore, merchantId: string): Promise<boolean> =>
  merchantId === DEMO_MERCHANT || (await allMerchants(state)).length === 1

/** @throws HttpError 409 where there is one of that id. */
export async function addMerchant(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  given: Omit<Merchant, 'status' | 'createdAt'>,
): Promise<Merchant> {
  if ((await findMerchant(state, given.id)) !== undefined)
    throw new HttpError(409, `There is a merchant ${given.id} already`)
  const merchant: Merchant = { ...given, status: 'active', createdAt: clock.now() }
  await keepMerchant(state, undefined, merchant)
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

/** @throws HttpError 409 where somebody else has changed them since `found` was read. */
export const nameMerchant = (state: StateStore, found: Merchant, name: string): Promise<Merchant> =>
  changeMerchant(state, found, { name })

/** @throws HttpError 409 where somebody else has changed them since `found` was read. */
export const withStatus = (state: StateStore, found: Merchant, status: Merchant['status']): Promise<Merchant> =>
  changeMerchant(state, found, { status })

async function changeMerchant(
  state: StateStore,
  found: Merchant,
  change: Partial<Pick<Merchant, 'name' | 'status'>>,
): Promise<Merchant> {
  const after: Merchant = { ...found, ...change, version: (found.version ?? 0) + 1 }
  await keepMerchant(state, found === DEMO ? undefined : found, after)
  return after
}

async function keepMerchant(state: StateStore, before: Merchant | undefined, after: Merchant): Promise<void> {
  const place = { table: MERCHANTS, key: after.id }
  if (await conditionsHold(() => state.commitDurable([{ ...place, row: after }], [isUnmoved(place, before)]))) return
  const { id, name, status } = (await findMerchant(state, after.id))!
  throw conflict('Somebody else changed the merchant', { id, name, status })
}

export const noSuchMerchant = (id: string): HttpError =>
  new HttpError(404, `There is no merchant ${id}: \`counterflow merchant list\` names them`)

/** Who is who: a token stands for a person from the door on. */
import { createHmac } from 'node:crypto'
import { ConditionFailedError, type StateStore, type Write } from '#core/ports.ts'
import { rowKey, under } from '#core/row-key.ts'
import { HttpError } from './http-handler.ts'
import { findMerchant } from './merchants.ts'
import type { Ports } from './ports.ts'
import { count, giveBack, type Quota } from './quota.ts'

/** Who a token stands for is known by this row alone: key merchant, keyed hash of the person's identifier. */
export const PEOPLE_TABLE = 'people'
const PEOPLE_SECRET = 'people'

type PeoplePorts = Pick<Ports, 'state' | 'ids' | 'secrets'>

/**
 * A token for each of these people; new ones get theirs now, durably, before any event bears it.
 * @throws HttpError 403 where they would be more than the merchant's quota.
 */
export async function tokensFor(
  ports: PeoplePorts,
  merchantId: string,
  people: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  if (people.size === 0) return new Map()
  const secret = await peopleSecret(ports)
  const keys = new Map([...people].map((person) => [person, personKey(secret, merchantId, person)]))
  const most = (await findMerchant(ports.state, merchantId))?.people
  const quota = most === undefined ? undefined : peopleQuota(ports.state, merchantId, most)
  const tokens = await tokensAt(ports, [...new Set(keys.values())], quota)
  return new Map([...keys].map(([person, key]) => [person, tokens.get(key)!]))
}

/** What starts every token. */
const TOKEN = 'c_'
export const isToken = (customer: string): boolean => customer.startsWith(TOKEN)

/** The JSON of an event with the token of whoever it names: somebody may have written who that is. */
export async function withTokens(ports: PeoplePorts, merchantId: string, document: string): Promise<string> {
  const event = JSON.parse(document) as { readonly data?: { readonly customer?: unknown } }
  const customer = event.data?.customer
  if (typeof customer !== 'string' || isToken(customer)) return document
  const tokens = await tokensFor(ports, merchantId, new Set([customer]))
  return JSON.stringify({ ...event, data: { ...event.data, customer: tokens.get(customer)! } })
}

/** The token of a person as the shop knows them, or the token itself; undefined: nobody has met them. Makes none. */
export async function knownToken(
  { state, secrets }: Pick<Ports, 'state' | 'secrets'>,
  merchantId: string,
  person: string,
): Promise<string | undefined> {
  const secret = await secrets.get(PEOPLE_SECRET)
  const row = secret === undefined ? undefined : await state.get(PEOPLE_TABLE, personKey(secret, merchantId, person))
  return (row as { token: string } | undefined)?.token ?? (isToken(person) ? person : undefined)
}

/** The key of the row that says which token stands for a person, or for whom a token stands; undefined: nobody has met them. */
export async function mappingOf(
  { state, secrets }: Pick<Ports, 'state' | 'secrets'>,
  merchantId: string,
  person: string,
): Promise<string | undefined> {
  const secret = await secrets.get(PEOPLE_SECRET)
  if (secret === undefined) return undefined
  const key = personKey(secret, merchantId, person)
  if ((await state.get(PEOPLE_TABLE, key)) !== undefined) return key
  return isToken(person) ? mappingTo(state, merchantId, person) : undefined
}

const ROWS_AT_ONCE = 1_000
/** Rows lie by person: all of the merchant's are looked at. */
async function mappingTo(state: StateStore, merchantId: string, token: string): Promise<string | undefined> {
  let range = under(merchantId)
  for (;;) {
    const rows = await state.query({ table: PEOPLE_TABLE, range, limit: ROWS_AT_ONCE })
    const found = rows.find(({ row }) => (row as { token: string }).token === token)
    if (found !== undefined || rows.length < ROWS_AT_ONCE) return found?.key
    range = { ...range, from: `${rows.at(-1)!.key}\u0000` }
  }
}

/** Once a mapping is deleted the merchant may know one person more. */
export async function giveBackPerson(state: StateStore, merchantId: string): Promise<void> {
  const most = (await findMerchant(state, merchantId))?.people
  if (most !== undefined) await giveBack(peopleQuota(state, merchantId, most), 1)
}

const peopleQuota = (state: StateStore, merchantId: string, most: number): Quota => ({
  state,
  key: rowKey(merchantId, 'people'),
  most,
  refusal: () => new HttpError(403, `The merchant's ${most} people are all known: no order of a new one can be taken`),
})

/** The tokens in these rows of `people`; rows that are not there yet are made. */
async function tokensAt(
  { state, ids }: PeoplePorts,
  keys: readonly string[],
  quota: Quota | undefined,
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>()
  for (let from = 0; from < keys.length; ) {
    const some = keys.slice(from, from + state.maxItems)
    const rows = await state.getMany(some.map((key) => ({ table: PEOPLE_TABLE, key })))
    const writes: Write[] = []
    for (const [i, key] of some.entries()) {
      const known = rows[i] as { token: string } | undefined
      const token = known?.token ?? TOKEN + ids.next()
      tokens.set(key, token)
      if (known === undefined) writes.push({ table: PEOPLE_TABLE, key, row: { token } })
    }
    const unmet = writes.map(({ table, key }) => ({ table, key, field: undefined }))
    if (quota !== undefined && writes.length > 0) await count(quota, writes.length)
    try {
      if (writes.length > 0) await state.commitDurable(writes, unmet)
      from += some.length
    } catch (error) {
      if (quota !== undefined) await giveBack(quota, writes.length)
      // Somebody else met one of them at the same time: look again.
      if (!(error instanceof ConditionFailedError)) throw error
    }
  }
  return tokens
}

const personKey = (secret: string, merchantId: string, person: string): string =>
  rowKey(merchantId, createHmac('sha256', secret).update(person.trim().toLowerCase()).digest('base64url'))

/** Requests that are the first ones together must not each make a secret: a person would get a token by each. */
const peopleSecrets = new WeakMap<PeoplePorts['secrets'], Promise<string>>()

function peopleSecret(ports: PeoplePorts): Promise<string> {
  const known = peopleSecrets.get(ports.secrets)
  if (known !== undefined) return known
  const found = findOrMakePeopleSecret(ports).catch((error) => {
    peopleSecrets.delete(ports.secrets)
    throw error
  })
  peopleSecrets.set(ports.secrets, found)
  return found
}

async function findOrMakePeopleSecret({ secrets, ids }: PeoplePorts): Promise<string> {
  const known = await secrets.get(PEOPLE_SECRET)
  if (known !== undefined) return known
  const made = ids.next() + ids.next()
  await secrets.set(PEOPLE_SECRET, made)
  return made
}

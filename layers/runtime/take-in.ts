/**
 * What every door does with documents it has understood: gives their events identity, time, place and a token in place
 * of a person, and appends them to the log, once.
 */
import { createHmac, hash } from 'node:crypto'
import type { StoreListing } from '#core/catalogue/listings.ts'
import { currencyOf, zoneOf } from '#core/catalogue/listings.ts'
import { EVENT_TYPES } from '#core/events/catalogue.ts'
import { type Draft, NO_STORE, type SourceDocument } from '#core/events/envelope.ts'
import { parseTime } from '#core/events/parse-time.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { ConditionFailedError, type Intake, type Taken, type Write } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { merchantSettings, type SettingsRow } from '#core/settings/settings.ts'
import type { Ports } from './ports.ts'

/** Whose documents these are and through which door they come. */
export type Door = {
  readonly merchantId: string
  /** Provider ids are unique within a connection. */
  readonly connectionId: string
  readonly source: string
  /** Ids of imports are kept for ever, so that the same file changes nothing years later. */
  readonly keepIdsForEver?: boolean
}

type TakeInPorts = Pick<Ports, 'log' | 'state' | 'clock' | 'ids' | 'secrets'>

/** Answers each document, in order, when all of their events are durable. @throws LogFullError: nothing was taken. */
export async function takeIn(
  ports: TakeInPorts,
  door: Door,
  documents: readonly SourceDocument[],
): Promise<readonly Taken[]> {
  const receivedAt = ports.clock.now()
  const tokens = await tokensFor(ports, door.merchantId, documents)
  const intakes: Intake[] = []
  for (const document of documents) intakes.push(await intakeOf(ports, door, document, tokens, receivedAt))
  return ports.log.append(intakes)
}

/** Currency of a merchant's documents that name none, from the settings as shard 0 knows them. */
export async function defaultCurrency({ state }: Pick<Ports, 'state'>, merchantId: string): Promise<string> {
  return currencyOf({}, await settingsIn(state, 0, merchantId))
}

async function intakeOf(
  { log, state, ids }: TakeInPorts,
  door: Door,
  document: SourceDocument,
  tokens: ReadonlyMap<string, string>,
  receivedAt: number,
): Promise<Intake> {
  const { merchantId, connectionId, source } = door
  const claimKey =
    document.providerId === undefined ? undefined : digest([merchantId, connectionId, document.providerId])
  const eventIds: string[] = []
  const records: { shard: number; bytes: Uint8Array }[] = []
  for (const [i, draft] of document.drafts.entries()) {
    const id = claimKey === undefined ? ids.next() : digest([claimKey, String(i)])
    eventIds.push(id)
    const type = EVENT_TYPES.get(draft.type)!
    const home = shardOf(merchantId, draft.storeId, log.shards)
    const occurredAt = draft.occurredAt === undefined ? receivedAt : parseTime(draft.occurredAt)
    const event = {
      id,
      merchantId,
      storeId: draft.storeId,
      source,
      type: draft.type,
      version: type.version,
      occurredAt: new Date(occurredAt).toISOString(),
      receivedAt: new Date(receivedAt).toISOString(),
      businessDate: businessDateOf(occurredAt, await zoneFor(state, home, merchantId, draft.storeId)),
      data: dataOf(draft, id, tokens),
    }
    const bytes = Buffer.from(JSON.stringify(event))
    const shards = type.everyShard ? Array.from({ length: log.shards }, (_, shard) => shard) : [home]
    for (const shard of shards) records.push({ shard, bytes })
  }
  if (claimKey === undefined) return { eventIds, records }
  return { claim: { key: claimKey, keepForEver: door.keepIdsForEver === true }, eventIds, records }
}

/** A sale or refund without a paper of its own is its own paper. */
function dataOf({ type, data }: Draft, id: string, tokens: ReadonlyMap<string, string>): object {
  const { customer } = data as { customer?: string }
  return {
    ...(type === 'sale.recorded' && { orderId: id }),
    ...(type === 'sale.refunded' && { refundId: id }),
    ...data,
    ...(customer !== undefined && { customer: tokens.get(customer)! }),
  }
}

async function zoneFor(state: Ports['state'], shard: number, merchantId: string, storeId: string): Promise<string> {
  const settings = await settingsIn(state, shard, merchantId)
  const listing =
    storeId === NO_STORE ? undefined : await state.get('store-listings', rowKey(String(shard), merchantId, storeId))
  return zoneOf((listing as StoreListing | undefined) ?? {}, settings)
}

async function settingsIn(state: Ports['state'], shard: number, merchantId: string): Promise<SettingsRow> {
  const row = await state.get(merchantSettings.name, rowKey(String(shard), merchantId))
  return (row ?? merchantSettings.empty) as SettingsRow
}

/** Hex of 128 bits of SHA-256; the parts are told apart by a character that no id holds. */
const digest = (parts: readonly string[]): string => hash('sha256', parts.join('\u0001'), 'hex').slice(0, 32)

// --- People --------------------------------------------------------------------------------------------------------

/** Who a token stands for is known by this row alone: key merchant, keyed hash of the person's identifier. */
export const PEOPLE_TABLE = 'people'
const PEOPLE_SECRET = 'people'

/** A token for everybody the documents name; new people get theirs now, durably, before any event bears it. */
async function tokensFor(
  ports: TakeInPorts,
  merchantId: string,
  documents: readonly SourceDocument[],
): Promise<ReadonlyMap<string, string>> {
  const people = new Set<string>()
  for (const { drafts } of documents) {
    for (const { data } of drafts) {
      const { customer } = data as { customer?: string }
      if (customer !== undefined) people.add(customer)
    }
  }
  if (people.size === 0) return new Map()
  const secret = await peopleSecret(ports)
  const keys = new Map([...people].map((person) => [person, personKey(secret, merchantId, person)]))
  const tokens = await tokensAt(ports, [...new Set(keys.values())])
  return new Map([...keys].map(([person, key]) => [person, tokens.get(key)!]))
}

/** The tokens in these rows of `people`; rows that are not there yet are made. */
async function tokensAt({ state, ids }: TakeInPorts, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>()
  for (let from = 0; from < keys.length; ) {
    const some = keys.slice(from, from + state.maxItems)
    const rows = await state.getMany(some.map((key) => ({ table: PEOPLE_TABLE, key })))
    const writes: Write[] = []
    for (const [i, key] of some.entries()) {
      const known = rows[i] as { token: string } | undefined
      const token = known?.token ?? `c_${ids.next()}`
      tokens.set(key, token)
      if (known === undefined) writes.push({ table: PEOPLE_TABLE, key, row: { token } })
    }
    const unmet = writes.map(({ table, key }) => ({ table, key, field: undefined }))
    try {
      if (writes.length > 0) await state.commitDurable(writes, unmet)
      from += some.length
    } catch (error) {
      // Somebody else met one of them at the same time: look again.
      if (!(error instanceof ConditionFailedError)) throw error
    }
  }
  return tokens
}

const personKey = (secret: string, merchantId: string, person: string): string =>
  rowKey(merchantId, createHmac('sha256', secret).update(person.trim().toLowerCase()).digest('base64url'))

/** Requests that are the first ones together must not each make a secret: a person would get a token by each. */
const peopleSecrets = new WeakMap<TakeInPorts['secrets'], Promise<string>>()

function peopleSecret(ports: TakeInPorts): Promise<string> {
  const known = peopleSecrets.get(ports.secrets)
  if (known !== undefined) return known
  const found = findOrMakePeopleSecret(ports).catch((error) => {
    peopleSecrets.delete(ports.secrets)
    throw error
  })
  peopleSecrets.set(ports.secrets, found)
  return found
}

async function findOrMakePeopleSecret({ secrets, ids }: TakeInPorts): Promise<string> {
  const known = await secrets.get(PEOPLE_SECRET)
  if (known !== undefined) return known
  const made = ids.next() + ids.next()
  await secrets.set(PEOPLE_SECRET, made)
  return made
}

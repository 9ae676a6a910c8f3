/**
 * What every door does with documents it has understood: gives their events identity, time, place and a token in place
 * of a person, and appends them to the log, once.
 */
import { hash } from 'node:crypto'
import type { StoreListing } from '#core/catalogue/listings.ts'
import { currencyOf, zoneOf } from '#core/catalogue/listings.ts'
import { EVENT_TYPES } from '#core/events/catalogue.ts'
import { type Draft, NO_STORE, type SourceDocument } from '#core/events/envelope.ts'
import { parseTime } from '#core/events/parse-time.ts'
import { withoutContacts } from '#core/events/personal-fields.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { storeListed } from '#core/events/store-listed.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import type { Intake, Taken } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { merchantSettings, type SettingsRow } from '#core/settings/settings.ts'
import { tokensFor } from './people.ts'
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

/** Answers each document, in order, when all of their events are durable. @throws LogFullError, HttpError: nothing was taken. */
export async function takeIn(
  ports: TakeInPorts,
  door: Door,
  documents: readonly SourceDocument[],
): Promise<readonly Taken[]> {
  const receivedAt = ports.clock.now()
  const tokens = await tokensFor(ports, door.merchantId, peopleIn(documents))
  const intakes: Intake[] = []
  const zones = new Zones(ports.state, door.merchantId)
  for (const document of documents) intakes.push(await intakeOf(ports, door, document, tokens, zones, receivedAt))
  return ports.log.append(intakes)
}

/** Everybody whom the documents name, each once. */
function peopleIn(documents: readonly SourceDocument[]): ReadonlySet<string> {
  const people = new Set<string>()
  for (const { drafts } of documents) {
    for (const { data } of drafts) {
      const { customer } = data as { customer?: string }
      if (customer !== undefined) people.add(customer)
    }
  }
  return people
}

/** Currency of a merchant's documents that name none, from the settings as shard 0 knows them. */
export async function defaultCurrency({ state }: Pick<Ports, 'state'>, merchantId: string): Promise<string> {
  return currencyOf({}, await settingsIn(state, 0, merchantId))
}

async function intakeOf(
  { log, ids }: TakeInPorts,
  door: Door,
  document: SourceDocument,
  tokens: ReadonlyMap<string, string>,
  zones: Zones,
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
    if (draft.type === storeListed.type) await zones.list(home, draft.storeId, draft.data as StoreListing)
    const event = {
      id,
      merchantId,
      storeId: draft.storeId,
      source,
      type: draft.type,
      version: type.version,
      occurredAt: new Date(occurredAt).toISOString(),
      receivedAt: new Date(receivedAt).toISOString(),
      businessDate: businessDateOf(occurredAt, await zones.of(home, draft.storeId)),
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
  const { customer, reason, note } = data as { customer?: string; reason?: string; note?: string }
  return {
    ...(type === 'sale.recorded' && { orderId: id }),
    ...(type === 'sale.refunded' && { refundId: id }),
    ...data,
    ...(customer !== undefined && { customer: tokens.get(customer)! }),
    // What people type may say whom to call.
    ...(reason !== undefined && { reason: withoutContacts(reason, customer) }),
    ...(note !== undefined && { note: withoutContacts(note, customer) }),
  }
}

/** Zones of one call's events. Each is looked up once: a call holds many documents of few stores, and a look-up may be a request. */
class Zones {
  private readonly known = new Map<string, Promise<string>>()
  private readonly state: Ports['state']
  private readonly merchantId: string

  constructor(state: Ports['state'], merchantId: string) {
    this.state = state
    this.merchantId = merchantId
  }

  of(shard: number, storeId: string): Promise<string> {
    const key = rowKey(String(shard), storeId)
    let zone = this.known.get(key)
    if (zone === undefined) this.known.set(key, (zone = zoneFor(this.state, shard, this.merchantId, storeId)))
    return zone
  }

  /** What follows a listing in the same call has its zone, though no row says so yet. */
  async list(shard: number, storeId: string, listing: StoreListing): Promise<void> {
    const zone = zoneOf(listing, await settingsIn(this.state, shard, this.merchantId))
    this.known.set(rowKey(String(shard), storeId), Promise.resolve(zone))
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

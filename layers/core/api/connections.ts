import { z } from 'zod'
import { CONNECTION_STATUSES, type ProviderConnection, versionOf } from '#core/access/provider-connection.ts'
import { Id, StoreId } from '#core/events/envelope.ts'
import { PROOFS, PROVIDERS, providerOf } from '#core/sources/registry.ts'
import { freshness, listSpan, span } from './freshness.ts'

const MIN_SECRET = 16
/** Deliveries a second, in the long run. */
const RatePerSecond = z.number().min(1).max(10_000)

export const connectionRequest = z
  .object({
    /** Whose documents come in by it. */
    source: z.enum(PROVIDERS.map(({ name }) => name)),
    /** The source's own if absent. */
    proof: z.enum(PROOFS).optional(),
    /** Where documents that name no store belong. */
    storeId: StoreId.optional(),
    /** What people call it. */
    label: Id.optional(),
    /** 200 if absent. */
    ratePerSecond: RatePerSecond.optional(),
    /** Where the provider made the secret, as Shopify does; else one is made. */
    secret: z.string().min(MIN_SECRET).max(500).optional(),
  })
  .refine(({ source, proof }) => proof === undefined || providerOf(source)?.proofs.includes(proof), {
    path: ['proof'],
    message: 'is not one that this source can use',
  })

/** What is absent stays as it is. */
export const connectionPatch = z
  .strictObject({
    /** active: deliveries are let in; until the first one is taken, it waits. */
    status: z.enum(['active', 'paused']).optional(),
    /** What people call it. */
    label: Id.optional(),
    ratePerSecond: RatePerSecond.optional(),
    /** null: none. */
    storeId: StoreId.nullable().optional(),
    /** The one that was looked at: at another one nothing is changed. */
    version: z.int().min(0).optional(),
  })
  .refine(({ version: _, ...change }) => Object.keys(change).length > 0, {
    message: 'changes nothing: name status, label, ratePerSecond or storeId',
    when: ({ issues }) => issues.length === 0,
  })

export const connectionItem = z.object({
  id: z.string(),
  source: z.string(),
  proof: z.enum([...PROOFS, 'none']),
  /** Where deliveries are sent. */
  path: z.string(),
  storeId: z.string().nullable(),
  label: z.string(),
  status: z.enum(CONNECTION_STATUSES),
  createdAt: z.string(),
  /** When the first delivery was accepted. */
  acceptedAt: z.string().nullable(),
  ratePerSecond: z.number(),
  /** How often it was changed. */
  version: z.number(),
})
export type ConnectionItem = z.infer<typeof connectionItem>
const timeText = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString())

/** A connection as its merchant sees it. */
export const connectionItemOf = (connection: ProviderConnection): ConnectionItem => {
  const { id, source, proof, storeId, label, status, createdAt, acceptedAt, ratePerSecond } = connection
  return {
    id,
    source,
    proof,
    path: proof === 'none' ? `/integrations/${source}/webhook` : `/integrations/${source}/webhook/${id}`,
    storeId: storeId ?? null,
    label,
    status,
    createdAt: timeText(createdAt)!,
    acceptedAt: timeText(acceptedAt),
    ratePerSecond,
    version: versionOf(connection),
  }
}
export const connectionsAnswer = z.object({ ...freshness, items: z.array(connectionItem), next: z.string().nullable() })
export type ConnectionsAnswer = z.infer<typeof connectionsAnswer>
/** `secret` is shown this once. */
export const newConnectionAnswer = connectionItem.extend({ secret: z.string() })
export type NewConnectionAnswer = z.infer<typeof newConnectionAnswer>

export const rotateRequest = z.object({
  /** How long the secret before it still counts; 24 if absent. */
  overlapHours: z.number().min(0).max(720).optional(),
  /** Where the provider made it; else one is made. */
  secret: z.string().min(MIN_SECRET).max(500).optional(),
})
/** `secret` is shown this once. */
export const rotateAnswer = z.object({ id: z.string(), secret: z.string(), version: z.number() })

export const deliveryItem = z.object({
  /** Of its connection, from 1. */
  number: z.number(),
  at: z.string(),
  status: z.number(),
  /** What was found of its proof: `proved`, or why not. `none`: a door of this machine. */
  proof: z.enum(['proved', 'none', 'missing', 'malformed', 'stale', 'wrong']),
  durationMs: z.number(),
  /** What it was answered, as JSON. */
  answer: z.string(),
  /** How it came: from the provider, again by hand, or as a test. */
  way: z.enum(['delivery', 'redelivery', 'test']),
})
export type DeliveryItem = z.infer<typeof deliveryItem>
export const deliveriesAnswer = z.object({
  ...freshness,
  /** What came in it. */
  window: listSpan,
  items: z.array(deliveryItem),
  next: z.string().nullable(),
})
export type DeliveriesAnswer = z.infer<typeof deliveriesAnswer>
export const deliveryAnswer = deliveryItem.extend({
  ...freshness,
  headers: z.record(z.string(), z.string().optional()),
  /** The document without personal fields; null: it is not kept. */
  body: z.string().nullable(),
})
/** What came through a connection: `unproved` and the other refusals are of deliveries that were not taken. */
const activityHour = z.object({
  /** The hour's beginning, RFC 3339. */
  start: z.string(),
  taken: z.number(),
  /** Taken before, or nothing of it is booked. */
  repeated: z.number(),
  /** Their sender was not proved. */
  unproved: z.number(),
  /** They could not be understood. */
  unreadable: z.number(),
  /** The connection is paused, too fast, or over a quota; or the engine was full. */
  turnedAway: z.number(),
  /** The sum of all of them took so long, ms. */
  tookMs: z.number(),
})
export type ActivityHour = z.infer<typeof activityHour>
export const activityAnswer = z.object({
  ...freshness,
  /** Hours that began in it. */
  window: span,
  /** Oldest first; an hour in which nothing came is absent. */
  hours: z.array(activityHour),
})
export type ActivityAnswer = z.infer<typeof activityAnswer>

/** What the door answered to a redelivery or a test. */
export const redeliveryAnswer = z.object({ status: z.number(), answer: z.string() })

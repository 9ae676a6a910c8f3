import { mayDo } from '#core/access/may-do.ts'
import { maySeeStore } from '#core/access/may-see.ts'
import type { Notice, Viewer } from '#core/ports.ts'
import { type NoticeChoices, type PersonChannel, rhythmOf } from './choices.ts'
import { storesIn } from './digest.ts'
import { digestDueAt } from './digest-period.ts'
import { isAtLeast } from './notice-kinds.ts'
import { quietUntil } from './quiet-hours.ts'

/** Somebody who may be told of things, with what they chose. */
export type Person = {
  readonly viewer: Viewer
  /** Where their e-mail goes; undefined: they have no address. */
  readonly email: string | undefined
  readonly choices: NoticeChoices
  /** In which their day is: their own, or the merchant's. */
  readonly timeZone: string
}

export type Channel = PersonChannel | 'webhook'
/** Whom a delivery goes to: `person/…` or `webhook/…`, unique within a merchant. */
export type RecipientKey = `person/${string}` | `webhook/${string}`
export const personKey = (subject: string): RecipientKey => `person/${subject}`
export const webhookKey = (id: string): RecipientKey => `webhook/${id}`

/** `atMs`, epoch ms: of `later` when the quiet hours end, of `digest` when the period does. */
export type When =
  | { readonly how: 'now' }
  | { readonly how: 'later'; readonly atMs: number }
  | { readonly how: 'digest'; readonly atMs: number }
export type Decided = { readonly to: RecipientKey; readonly channel: Channel; readonly when: When }

/** Who gets this notice, by what and when: people by their rights, stores and choices, webhooks everything and at once. */
export function decideDeliveries(
  notice: Notice,
  people: readonly Person[],
  webhooks: readonly { readonly id: string }[],
  nowMs: number,
): readonly Decided[] {
  const toPeople = people
    .filter((person) => mayBeTold(person.viewer, notice) && wants(person.choices, notice))
    .flatMap(({ viewer, choices, timeZone }) => {
      const when = whenFor(choices, timeZone, nowMs)
      return [...new Set(choices.channels)].map((channel) => ({ to: personKey(viewer.subject), channel, when }))
    })
  return [
    ...toPeople,
    ...webhooks.map(({ id }) => ({ to: webhookKey(id), channel: 'webhook' as const, when: { how: 'now' as const } })),
  ]
}

/** Rights may change between a decision and its sending: this is asked each time. */
export const mayBeTold = (viewer: Viewer, notice: Notice): boolean =>
  mayDo(viewer, 'figures:read') && storesIn(notice).every((storeId) => maySeeStore(viewer, notice.merchantId, storeId))

/**
 * Whether what was sent may still be read by its receiver: it names products, and they may have lost the store since. A test
 * and a digest say nothing but numbers in a log. `storeId` absent: nobody kept it, a week ago at most.
 */
export const mayReadLine = (viewer: Viewer, line: { readonly kind: string; readonly storeId?: string }): boolean =>
  viewer.stores === undefined ||
  line.kind === 'test' ||
  line.kind === 'digest' ||
  (line.storeId !== undefined && maySeeStore(viewer, viewer.merchantId, line.storeId))

function wants(choices: NoticeChoices, { kind, severity, storeId }: Notice): boolean {
  return (
    choices.kinds.some((each) => each === kind) &&
    isAtLeast(severity, choices.leastSeverity) &&
    (choices.stores === null || choices.stores.includes(storeId))
  )
}

function whenFor(choices: NoticeChoices, zone: string, nowMs: number): When {
  const rhythm = rhythmOf(choices)
  if (rhythm === undefined) {
    const endMs = choices.quietHours === null ? undefined : quietUntil(nowMs, choices.quietHours, zone)
    return endMs === undefined ? { how: 'now' } : { how: 'later', atMs: endMs }
  }
  const dueMs = digestDueAt(nowMs, rhythm, zone)
  const endMs = choices.quietHours === null ? undefined : quietUntil(dueMs, choices.quietHours, zone)
  return { how: 'digest', atMs: endMs ?? dueMs }
}

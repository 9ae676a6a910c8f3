/** Who hears what on the socket: topics by right, rows by store. */
import { type Subscription, TOPICS, type Topic } from '#core/api/live.ts'
import type { Problem } from '#core/outcome.ts'
import type { Viewer } from '#core/ports.ts'
import { mayDo } from './may-do.ts'
import { maySeeStore } from './may-see.ts'
import { RIGHTS, type Right } from './rights.ts'

const RIGHT_OF: Readonly<Record<Topic, Right>> = {
  kpi: 'figures:read',
  stock: 'figures:read',
  alert: 'figures:read',
  transaction: 'figures:read',
  mode: 'catalogue:read',
  lag: 'catalogue:read',
}

export const mayHear = (viewer: Viewer, topic: Topic): boolean => mayDo(viewer, RIGHT_OF[topic])

/** What one connection hears: no more than its viewer may, and no more than it asked for. */
export type Hearing = {
  readonly topics: readonly Topic[]
  /** undefined: every store of the merchant. */
  readonly stores: readonly string[] | undefined
}

/** `asked` undefined: it said nothing, and hears everything it may. */
export function hearingOf(viewer: Viewer, asked: Subscription | undefined): Hearing {
  const topics = TOPICS.filter((topic) => mayHear(viewer, topic) && (asked?.topics?.includes(topic) ?? true))
  const visible = asked?.stores?.filter((store) => maySeeStore(viewer, viewer.merchantId, store)) ?? viewer.stores
  return { topics, stores: visible && [...new Set(visible)].sort() }
}

/** Whether a row of this topic and store is among what is heard. */
export const hears = ({ topics, stores }: Hearing, topic: Topic, storeId: string): boolean =>
  topics.includes(topic) && (stores === undefined || stores.includes(storeId))

/** What of a subscription the viewer may not have, by field. */
export function refusedIn(viewer: Viewer, { topics = [], stores = [] }: Subscription): Problem[] {
  const unheard = topics.flatMap((topic, i): Problem[] =>
    mayHear(viewer, topic)
      ? []
      : [{ field: `topics.${i}`, message: `needs the right ${RIGHT_OF[topic]} (${RIGHTS[RIGHT_OF[topic]]})` }],
  )
  const unseen = stores.flatMap((store, i): Problem[] =>
    maySeeStore(viewer, viewer.merchantId, store)
      ? []
      : [{ field: `stores.${i}`, message: 'is not among the stores that you may see' }],
  )
  return [...unheard, ...unseen]
}

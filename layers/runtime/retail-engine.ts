import { decodeEvent } from '#core/events/decode-event.ts'
import { LAKE_FACTS } from '#core/lake/lake-facts.ts'
import { MINUTE_MS } from '#core/metrics/business-time.ts'
import type { ObjectStore, StateStore } from '#core/ports.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { BatchRunner, type BatchRunnerOptions } from './run-batch.ts'

/** Event ids are remembered this long by the shard's clock: repeats within the log come from retries of minutes. */
const ID_SPAN_MS = 10 * MINUTE_MS
const RECENT_ROWS = 20_000
const IDS_PER_ROW = 2_000

/** The engine with the retail steps: the one that runs in production, in replays and in rebuilds. */
export const retailEngine = (
  store: StateStore,
  objects: ObjectStore,
  onFoldError?: BatchRunnerOptions['onFoldError'],
): BatchRunner =>
  new BatchRunner({
    steps: retailSteps,
    decode: decodeEvent,
    keeps: (type) => LAKE_FACTS.has(type),
    store,
    objects,
    idSpanMs: ID_SPAN_MS,
    // A store without a limit is on this machine, where to write a row again costs next to nothing.
    idsPerRow: store.maxItems === Number.POSITIVE_INFINITY ? IDS_PER_ROW : 1,
    recentRows: RECENT_ROWS,
    ...(onFoldError !== undefined && { onFoldError }),
  })

import type { QualityAnswer } from '#core/api/quality.ts'
import { type Unlisted, unlistedProducts, unlistedStores } from '#core/catalogue/listings.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { partsOf, under } from '#core/row-key.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import { mayBeToldOfAll } from '#runtime/merchants.ts'
import type { Ports } from '#runtime/ports.ts'
import { freshnessAt, readCheckpoints, taken } from '#runtime/read-lag.ts'
import { readMetrics } from '#runtime/read-metrics.ts'
import { latestSeal } from '#runtime/seal-names.ts'

const LATE_DAYS = 7
const FIRST = 20

/** The ledger by shard, where it is the viewer's to see, and everything that somebody should look at. */
export async function answerQuality(ports: Ports, request: HttpRequest): Promise<QualityAnswer> {
  const { log, state, objects, clock, machine } = ports
  const { merchantId, stores } = viewerIn(request)
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const seesAll = await mayBeToldOfAll(state, merchantId)
  // Checkpoints first: what is appended after them is pending, never too much.
  const checkpoints = await readCheckpoints(state, log.shards)
  const { shards, repeats } = await log.status()
  const ledger = checkpoints.map((checkpoint, shard) => {
    const { sequence, applied, duplicate, held, discarded } = checkpoint
    const accepted = shards[shard]!.appended
    const pending = accepted - taken(checkpoint)
    return { shard, sequence, accepted, applied, duplicate, held, discarded, pending }
  })
  const total = { by: 'total', key: undefined } as const
  const week = { scope: total, stores, fromMs: nowMs - LATE_DAYS * DAY_MS, toMs: nowMs, compares: false }
  const { window, counts } = await readMetrics(ports, merchantId, week)
  return {
    ...fresh,
    ledger: seesAll ? ledger : null,
    balanced: ledger.every(({ pending }) => pending >= 0),
    repeatsAtDoor: seesAll ? repeats : null,
    late: counts.late.value,
    window,
    unlistedProducts: await unlisted(state, unlistedProducts.name, merchantId),
    unlistedStores: await unlisted(state, unlistedStores.name, merchantId),
    lastSeal: seesAll ? await latestSeal(objects) : null,
    disk: seesAll ? (machine.disk() ?? null) : null,
  }
}

async function unlisted(
  state: Ports['state'],
  table: string,
  merchantId: string,
): Promise<QualityAnswer['unlistedProducts']> {
  const since = new Map<string, number>()
  for (const { key, row } of await state.query({ table, range: under(merchantId) })) {
    const id = partsOf(key)[1]!
    since.set(id, Math.min(since.get(id) ?? Number.POSITIVE_INFINITY, (row as Unlisted).since))
  }
  const first = [...since].slice(0, FIRST).map(([id, ms]) => ({ id, since: new Date(ms).toISOString() }))
  return { count: since.size, first }
}

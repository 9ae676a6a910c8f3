/** A merchant's weekly training of the demand model: a challenger, and whether it serves from here on. */
import { byEngine } from '#core/access/by.ts'
import { withJudged } from '#core/demand/champion.ts'
import type { TrainingEffort } from '#core/demand/demand-learner.ts'
import type { ModelManifest } from '#core/demand/model-manifest.ts'
import { daysOf } from '#core/lake/published.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { Clock, IdSource, ObjectStore, StateStore } from '#core/ports.ts'
import { keepChampion, manifestOf, readChampion } from './demand-models.ts'
import type { DemandWork } from './demand-work.ts'
import { inTurn } from './in-turn.ts'
import { keepModelLineage } from './keep-lineage.ts'
import { readPublished } from './published-warehouse.ts'

export type TrainPorts = {
  readonly state: StateStore
  readonly objects: ObjectStore
  readonly ids: IdSource
  readonly demand: DemandWork
  readonly clock: Clock
}

export type DemandTrained = {
  /** Absent: nothing could be trained. */
  readonly version?: string
  readonly isPromoted: boolean
  /** Why it serves, or why it does not. */
  readonly reason: string
  /** The version that serves now; null: the baseline does. */
  readonly champion: string | null
  readonly baseline: string
  readonly scores?: ModelManifest['scores']
}

/** 4 folds to choose on and 4 to score on, as the model card has them. */
export const FULL_EFFORT: TrainingEffort = { choosing: 4, scored: 4, rows: 40_000 }

/**
 * Trains on what the merchant's warehouse has. The version is named by the first day that it does not know: the same day again
 * trains nothing, and goes on where it was cut off. `now`: epoch ms. @param onStep is told how many members were made.
 * @throws WarehouseQueryError, ModelFilesError; ConditionFailedError where somebody promotes a version meanwhile.
 */
export const trainDemand = (
  ports: TrainPorts,
  merchantId: string,
  now: number,
  options: TrainOptions = {},
): Promise<DemandTrained> =>
  // A second one finds what the first has made.
  inTurn(ports.state, `training ${merchantId}`, () => trainNow(ports, merchantId, now, options))

type TrainOptions = {
  readonly effort?: TrainingEffort
  readonly onStep?: (done: number) => void
  /** Of a chain, whose part it is. */
  readonly run?: string
}

async function trainNow(
  ports: TrainPorts,
  merchantId: string,
  now: number,
  { effort = FULL_EFFORT, onStep = () => {}, run }: TrainOptions,
): Promise<DemandTrained> {
  const { state, objects, ids, demand } = ports
  const before = await readChampion(state, merchantId)
  const serving = { champion: before.champion?.version ?? null, baseline: before.baseline }
  const published = await readPublished(objects, merchantId)
  const lastDay = daysOf(published, 'fact_sales').at(-1)
  if (lastDay === undefined) return { isPromoted: false, reason: 'there is no warehouse yet', ...serving }
  const version = addDays(lastDay, 1)
  const kept = await manifestOf(objects, merchantId, version)
  if (kept !== undefined && before.judged?.version === version) {
    const { isPromoted, reason } = before.judged
    return { version, isPromoted, reason, ...serving, scores: kept.scores }
  }
  const task = { published, version, champion: before.champion?.version, effort }
  const startedAt = ports.clock.now()
  const made = kept === undefined ? await demand.train(task, onStep) : { manifest: kept }
  if ('refused' in made) return { isPromoted: false, reason: made.refused, ...serving }
  const durationMs = ports.clock.now() - startedAt
  await keepModelLineage(objects, published, made.manifest, { madeAt: now, durationMs, run: run ?? null })
  const { bestBaseline, decision, champion, scores } = made.manifest
  const after = withJudged(
    before,
    { version, baseline: bestBaseline, comparedWith: champion?.version, ...decision },
    now,
  )
  const clock = { now: () => now }
  const what = after.judged!.isPromoted ? 'model.promoted' : 'model.kept'
  await keepChampion({ state, ids, clock }, byEngine(merchantId), what, before, after)
  const { isPromoted, reason } = after.judged!
  return { version, isPromoted, reason, champion: after.champion?.version ?? null, baseline: after.baseline, scores }
}

/** The heavy part of training and forecasting: reads objects, asks the warehouse, writes objects. It needs no row, so any thread can do it. */
import type { DemandExplained, ServedRow, TrainingEffort } from '#core/demand/demand-learner.ts'
import type { ModelManifest } from '#core/demand/model-manifest.ts'
import type { Published } from '#core/lake/published.ts'

export type TrainTask = {
  readonly published: Published
  readonly version: string
  /** The version that serves. */
  readonly champion?: string | undefined
  readonly effort: TrainingEffort
}
export type ForecastTask = {
  readonly published: Published
  /** The first day that the warehouse does not know. */
  readonly madeOn: string
  /** Of the part that is written. */
  readonly partVersion: string
  /** The version that serves; absent: the baseline does. */
  readonly champion?: string | undefined
  readonly baseline: string
}
export type ForecastWritten = {
  readonly rows: number
  /** What was run; absent: the baseline. */
  readonly model?: string
  /** Why the version that serves could not be run. */
  readonly unusable?: string
}

export type ExplainTask = { readonly merchantId: string; readonly version: string; readonly row: ServedRow }

/** Of one merchant each of these but the last one at a time: while they ask, they keep in one place what they ask about. */
export interface DemandWork {
  /** Keeps a version; one that is kept already is not trained again. refused: the history is too short. */
  train(
    task: TrainTask,
    onStep: (done: number) => void,
  ): Promise<{ readonly manifest: ModelManifest } | { readonly refused: string }>
  /** Writes the rows of the day as Parquet, for nobody to read yet. */
  forecast(task: ForecastTask): Promise<ForecastWritten>
  /** Undefined: no tree has a part in it, or the version is gone. Rejects with ModelFilesError. */
  explain(task: ExplainTask): Promise<DemandExplained | undefined>
}

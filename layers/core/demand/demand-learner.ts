/** What the rest of the program asks of the demand model, which knows neither objects nor SQL. `models/demand` implements it. */
import type { DemandPanel } from './demand-panel.ts'
import type { ForecastColumns } from './forecast-columns.ts'
import type { ModelManifest } from './model-manifest.ts'
import type { MembersSaid, SaidKind } from './served-rows.ts'
import type { FeatureCounts } from './stability.ts'

/** Objects of one version by name, without the folder. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>

/** How much is tried and learnt. */
export type TrainingEffort = {
  /** Weekly folds to choose on, and to score on, at most: as many as the history has room for. */
  readonly choosing: number
  readonly scored: number
  /** Examples that each ensemble of trees learns from. */
  readonly rows: number
  /** Trees of an ensemble; absent: as many as its recipe says. */
  readonly rounds?: number
}

export type DemandTraining = {
  /** With planned days behind those that are known. */
  readonly panel: DemandPanel
  readonly known: number
  readonly leftOut: number
  readonly version: string
  readonly effort: TrainingEffort
  /** The version that serves. */
  readonly champion?: ModelFiles | undefined
}

/** The history has no room for folds; the message says how much is needed. */
export class ShortHistoryError extends Error {
  override readonly name = 'ShortHistoryError'
}

export type DemandForecast = {
  readonly columns: ForecastColumns
  /** By series: how it sells, and what forecast it. */
  readonly segments: readonly string[]
  readonly servedBy: readonly string[]
  /** What each method said that was run. */
  readonly said: MembersSaid
  /** What the trees were told; absent where none were run. */
  readonly told?: ToldRows
  /** How often that lies where, beside what they were trained on; absent where the version does not say what that was. */
  readonly counts?: readonly FeatureCounts[]
}

/** Rows in the order of a forecast's cells; column-major, NaN where missing. */
export type ToldRows = {
  readonly features: readonly string[]
  readonly values: Float32Array
  /** By row: recent units a day, in which trees count. */
  readonly levels: Float64Array
}

/** One row of a forecast as it was kept. */
export type ServedRow = {
  readonly servedBy: string
  readonly features: ReadonlyMap<string, number>
  readonly level: number
  /** By method, then by kind. */
  readonly said: ReadonlyMap<string, Readonly<Partial<Record<SaidKind, number>>>>
}

/** Why a median is what it is, in units: all parts add up to it. */
export type DemandExplained = {
  readonly median: number
  /** What the trees would say if they knew nothing but how much usually sells. */
  readonly base: number
  readonly features: readonly { readonly feature: string; readonly value: number | null; readonly units: number }[]
  /** Methods without features: their share of the blend, and the units that are of it. */
  readonly methods: readonly { readonly name: string; readonly weight: number; readonly units: number }[]
  /** What keeping it at 0 or above, and rounding, have changed. */
  readonly rest: number
}

export interface DemandLearner {
  /**
   * The same files for the same training, whenever; `onStep` is told how many members were made, of how many.
   * @throws ShortHistoryError, DemandPanelError, ModelFilesError on the champion's files.
   */
  train(
    training: DemandTraining,
    onStep: (done: number, of: number) => void,
  ): Promise<{ readonly manifest: ModelManifest; readonly files: ModelFiles }>
  /**
   * The week behind `known`. `model`: a version's files, or the name of a simple baseline.
   * @throws ModelFilesError where files are not what their manifest says, or do not predict what they did in training.
   */
  forecast(panel: DemandPanel, known: number, model: ModelFiles | string): Promise<DemandForecast>
  /**
   * Of a row that the blend serves; undefined where a simple method does, or no tree has a part in it.
   * @throws ModelFilesError where the files cannot be trusted.
   */
  explain(files: ModelFiles, row: ServedRow): DemandExplained | undefined
  newSums(): DemandSums
}

/** Totals by group that agree with their parts, of the weeks of panels of the same days. */
export interface DemandSums {
  /** `groupsOf`: the totals that a series belongs to, by its place in the panel. */
  add(
    panel: DemandPanel,
    known: number,
    columns: ForecastColumns,
    groupsOf: (series: number) => readonly string[],
  ): void
  /** In the order of their first series, the columns of one series each: Float64[7]. */
  totals(): Iterable<readonly [group: string, columns: ForecastColumns]>
}

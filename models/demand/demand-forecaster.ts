/** From the members' forecasts of earlier folds to one forecast: a blend by kind, quantiles in order, a calibrated interval. */

import type { DemandPanel } from '#core/demand/demand-panel.ts'
import {
  FORECAST_KINDS,
  type ForecastColumns,
  type ForecastKind,
  sortQuantiles,
} from '#core/demand/forecast-columns.ts'
import { blendColumns, chooseWeights, type MemberColumns } from './blend.ts'
import { applyCalibration, calibrateInterval, type IntervalCalibration } from './calibrate-interval.ts'
import type { MemberForecasts } from './demand-members.ts'
import type { Fold } from './score-forecasts.ts'

/** What all members forecast from one origin. */
export interface MemberFold {
  readonly origin: number
  readonly members: MemberForecasts
}

interface Weighted {
  readonly member: string
  /** The member's column that is taken. */
  readonly column: ForecastKind
  /** Of one kind they add up to 1. */
  readonly weight: number
}
export type Blend = Readonly<Record<ForecastKind, readonly Weighted[]>>

export interface DemandForecaster {
  readonly blend: Blend
  /** Blended forecasts whose actuals are known, and which had no part in the blend: the interval is calibrated on them. */
  readonly recent: readonly Fold[]
  readonly calibration: IntervalCalibration
}

/**
 * Columns that may stand for a kind. A median never stands for a mean, although RMSSE, which takes the root of each series' week
 * before the mean over series, would prefer it where sales are skewed: a mean is what stock is bought by, and must not be low.
 */
const STANDS_FOR: Readonly<Partial<Record<ForecastKind, readonly ForecastKind[]>>> = {
  median: ['median', 'q50'],
  q50: ['q50', 'median'],
}

/**
 * Chooses by the folds given, and by nothing else. The interval is calibrated on forecasts blended with weights that each
 * fold had no part in, where there are two folds or more.
 */
export function fitForecaster(panel: DemandPanel, folds: readonly MemberFold[]): DemandForecaster {
  const recent = folds.map((fold): Fold => {
    const others = folds.filter((other) => other !== fold)
    return { origin: fold.origin, columns: blended(fold, chooseBlend(panel, others.length > 0 ? others : folds)) }
  })
  return { blend: chooseBlend(panel, folds), recent, calibration: calibrateInterval(panel, recent) }
}

/**
 * The same blend when the week of `fold` has passed: the interval is calibrated on as many weeks as before, the latest ones.
 * How wide an interval must be moves with the season, and a calibration that stays behind covers less and less.
 */
export function afterWeek(panel: DemandPanel, { blend, recent }: DemandForecaster, fold: MemberFold): DemandForecaster {
  const later = [...recent.slice(1), { origin: fold.origin, columns: blended(fold, blend) }]
  return { blend, recent: later, calibration: calibrateInterval(panel, later) }
}

export function forecastDemand(
  { blend, calibration }: Pick<DemandForecaster, 'blend' | 'calibration'>,
  fold: MemberFold,
): ForecastColumns {
  return applyCalibration(blended(fold, blend), calibration)
}

export function chooseBlend(panel: DemandPanel, folds: readonly MemberFold[]): Blend {
  const origins = folds.map(({ origin }) => origin)
  return byKind((kind) => {
    const pool = poolOf(folds[0]!.members, kind)
    const columns: MemberColumns = pool.map(({ member, column }) => folds.map((fold) => columnOf(fold, member, column)))
    const weights = chooseWeights(panel, origins, kind, columns)
    return pool.map((one, k) => ({ ...one, weight: weights[k]! }))
  })
}

/** Quantiles in ascending order. */
export function blended(fold: MemberFold, blend: Blend): ForecastColumns {
  const columns = byKind((kind) => {
    const parts = blend[kind].filter(({ weight }) => weight > 0)
    return blendColumns(
      parts.map(({ member, column }) => [columnOf(fold, member, column)]),
      0,
      Float64Array.from(parts, ({ weight }) => weight),
    )
  })
  return sortQuantiles(columns)
}

function poolOf(members: MemberForecasts, kind: ForecastKind): readonly { member: string; column: ForecastKind }[] {
  const stands = STANDS_FOR[kind] ?? [kind]
  return [...members].flatMap(([member, columns]) => {
    const given = stands.filter((column) => columns[column] !== undefined)
    // A simple candidate's median and mean are one and the same column.
    return given
      .filter((column, k) => given.findIndex((other) => same(columns[other]!, columns[column]!)) === k)
      .map((column) => ({ member, column }))
  })
}

const same = (a: Float64Array, b: Float64Array): boolean => a === b || a.every((value, cell) => value === b[cell])

function columnOf({ members, origin }: MemberFold, member: string, column: ForecastKind): Float64Array {
  const found = members.get(member)?.[column]
  if (!found) throw new RangeError(`${member} has no ${column} from origin ${origin}`)
  return found
}

const byKind = <T>(make: (kind: ForecastKind) => T): Readonly<Record<ForecastKind, T>> =>
  Object.fromEntries(FORECAST_KINDS.map((kind) => [kind, make(kind)])) as Record<ForecastKind, T>

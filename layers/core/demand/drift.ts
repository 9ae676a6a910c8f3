/** What drift checks found of a merchant's demand model, and whether somebody is told. */
import type { ErrorDrift } from './error-drift.ts'
import { isWorse } from './error-drift.ts'
import type { FeatureShift } from './stability.ts'

export type DriftCheck = {
  /** The first day of the forecasts that were looked at, YYYY-MM-DD. */
  readonly madeOn: string
  /** Epoch ms. */
  readonly at: number
  /** null: no model made them. */
  readonly model: string | null
  /** Products of stores that they are of. */
  readonly series: number
  /** How many features were looked at; null: no model, or nobody kept what it was trained on. */
  readonly features: number | null
  /** Those that shifted most, the worst first. */
  readonly shifts: readonly FeatureShift[]
  /** null: there are too few weeks. */
  readonly error: ErrorDrift | null
  readonly isAlarm: boolean
  /** A training was asked for because of it. */
  readonly trains: boolean
}

/** The oldest first. */
export type DriftRow = { readonly checks: readonly DriftCheck[] }

const MOST_CHECKS = 90
const SHOWN_SHIFTS = 12

export const isShifted = ({ psi, bound }: FeatureShift): boolean => psi > bound

type Found = {
  readonly madeOn: string
  readonly at: number
  readonly model: string | null
  readonly series: number
  readonly shifts: readonly FeatureShift[] | null
  readonly error: ErrorDrift | undefined
}

export function driftCheck({ shifts, error, ...found }: Found): Omit<DriftCheck, 'trains'> {
  return {
    ...found,
    features: shifts?.length ?? null,
    shifts: (shifts ?? []).toSorted((a, b) => b.psi / b.bound - a.psi / a.bound).slice(0, SHOWN_SHIFTS),
    error: error ?? null,
    isAlarm: (shifts ?? []).some(isShifted) || (error !== undefined && isWorse(error)),
  }
}

/** The check of a day takes the place of an earlier one of that day. */
export function withCheck({ checks }: DriftRow, check: DriftCheck): DriftRow {
  const others = checks.filter(({ madeOn }) => madeOn < check.madeOn)
  return { checks: [...others, check].slice(-MOST_CHECKS) }
}

/** An alarm is told when it begins: not again on each day that it lasts. */
export const isNews = ({ checks }: DriftRow, check: Pick<DriftCheck, 'madeOn' | 'isAlarm'>): boolean =>
  check.isAlarm && checks.findLast(({ madeOn }) => madeOn < check.madeOn)?.isAlarm !== true

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** For people: what has drifted, by how much. */
export function driftText({ error, shifts }: Pick<DriftCheck, 'error' | 'shifts'>): string {
  const shifted = shifts.filter(isShifted)
  const words: string[] = []
  if (error !== null && isWorse(error))
    words.push(
      `Forecasts of the last week were off by ${percent(error.wape)} of what sold; ${percent(error.usual)} is usual, and chance stays below ${percent(error.bound)}`,
    )
  if (shifted.length > 0)
    words.push(
      `What the model is told has shifted since it was trained, most of all ${shifted
        .slice(0, 3)
        .map(({ feature, psi }) => `${feature} (${psi.toFixed(2)})`)
        .join(', ')}`,
    )
  return words.join('. ')
}

/** What forecasts were worth once their days were over. */
import { addDays } from '#core/metrics/business-time.ts'
import type { WarehouseRow } from '#core/ports.ts'

/** Sums over products of stores. `error`: of the median, in units; `naive`, `moving`: the same of the simple methods. */
export type AccuracySums = {
  readonly forecasts: number
  readonly actual: number
  readonly median: number
  readonly mean: number
  readonly error: number
  readonly naive: number
  readonly moving: number
  /** How many actuals lay within q10..q90. */
  readonly inside: number
}
export type AccuracyDay = AccuracySums & { readonly day: string }
/** Minor units: what errors of the mean cost, by the rule of `demand-accuracy.sql`. */
export type AccuracyMoney = {
  readonly currency: string
  readonly forecasts: number
  readonly model: number
  readonly naive: number
  readonly moving: number
}
export type Accuracy = { readonly days: readonly AccuracyDay[]; readonly money: readonly AccuracyMoney[] }

const NOTHING: AccuracySums = { forecasts: 0, actual: 0, median: 0, mean: 0, error: 0, naive: 0, moving: 0, inside: 0 }
const SUMS = Object.keys(NOTHING) as (keyof AccuracySums)[]

export const addSums = (all: readonly AccuracySums[]): AccuracySums =>
  all.reduce(
    (sum, one) => Object.fromEntries(SUMS.map((name) => [name, sum[name] + one[name]])) as AccuracySums,
    NOTHING,
  )

/** Rows of `demand-accuracy.sql`, in order of their days. */
export function accuracyOf(rows: readonly WarehouseRow[]): Accuracy {
  const sumsOf = (row: WarehouseRow): AccuracySums => ({
    forecasts: Number(row.forecasts),
    actual: Number(row.actual),
    median: Number(row.median),
    mean: Number(row.mean),
    error: Number(row.error),
    naive: Number(row.naive_error),
    moving: Number(row.moving_error),
    inside: Number(row.inside),
  })
  const days = [...Map.groupBy(rows, ({ day }) => String(day))].map(([day, its]) => ({
    day,
    ...addSums(its.map(sumsOf)),
  }))
  const priced = rows.filter(({ currency }) => currency !== null)
  const money = [...Map.groupBy(priced, ({ currency }) => String(currency))].map(([currency, its]): AccuracyMoney => {
    const sum = (name: string) => its.reduce((all, row) => all + Number(row[name]), 0)
    return {
      currency,
      forecasts: sum('forecasts'),
      model: Math.round(sum('loss')),
      naive: Math.round(sum('naive_loss')),
      moving: Math.round(sum('moving_loss')),
    }
  })
  return { days, money: money.sort((a, b) => (a.currency < b.currency ? -1 : 1)) }
}

export type AccuracyScores = {
  /** Absolute errors over units sold; null: nothing was sold. */
  readonly wape: number | null
  readonly naive: number | null
  readonly moving: number | null
  /** Sum of forecasts over units sold, less 1. */
  readonly biasOfMedian: number | null
  readonly biasOfMean: number | null
  /** Share of actuals within q10..q90; null: there was no forecast. */
  readonly coverage80: number | null
}

export function scoresOf({
  forecasts,
  actual,
  median,
  mean,
  error,
  naive,
  moving,
  inside,
}: AccuracySums): AccuracyScores {
  const over = (value: number): number | null => (actual > 0 ? value / actual : null)
  const bias = (value: number): number | null => (actual > 0 ? value / actual - 1 : null)
  return {
    wape: over(error),
    naive: over(naive),
    moving: over(moving),
    biasOfMedian: bias(median),
    biasOfMean: bias(mean),
    coverage80: forecasts > 0 ? inside / forecasts : null,
  }
}

const WEEK = 7

/** WAPE of calendar weeks that end on the newest day, the newest last; none of one that lacks a day or in which nothing sold. */
export function weeklyErrors(days: readonly AccuracyDay[]): readonly number[] {
  const [first, newest] = [days[0]?.day, days.at(-1)?.day]
  if (first === undefined || newest === undefined) return []
  const weeks: number[] = []
  for (let end = newest; end >= first; end = addDays(end, -WEEK)) {
    const week = days.filter(({ day }) => day > addDays(end, -WEEK) && day <= end)
    const { wape } = scoresOf(addSums(week))
    if (week.length === WEEK && wape !== null) weeks.unshift(wape)
  }
  return weeks
}

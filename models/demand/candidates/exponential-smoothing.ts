/**
 * Exponential smoothing with additive errors, the form chosen by AICc: level alone (SES), damped trend (Holt), additive and
 * multiplicative week. R. Hyndman, A. Koehler, J. Ord, R. Snyder, Forecasting with Exponential Smoothing (2008), chapters 2, 5
 * and 7. Nothing is learnt on a day whose units are unknown.
 */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import type { Candidate } from './candidate.ts'
import { minimise } from './minimise.ts'

const WEEK = HORIZON_DAYS

interface Form {
  readonly trend: boolean
  readonly season: 'none' | 'additive' | 'multiplicative'
  /** Where the search for smoothing parameters begins: level, then trend and damping, then season. */
  readonly start: readonly number[]
}

const FORMS: readonly Form[] = [
  { trend: false, season: 'none', start: [0.1] },
  { trend: true, season: 'none', start: [0.1, 0.02, 0.9] },
  { trend: false, season: 'additive', start: [0.1, 0.05] },
  { trend: false, season: 'multiplicative', start: [0.1, 0.05] },
]

/** States after each day: what a forecast from that day needs. */
interface Path {
  readonly squaredErrors: number
  readonly observed: number
  readonly level: Float64Array
  readonly trend: Float64Array
  /** By known days and place in the week, Float64[(days + 1) x 7]; empty without a season. */
  readonly season: Float64Array
  readonly damping: number
}

export const exponentialSmoothing: Candidate = {
  name: 'exponential smoothing',
  fit: (past) => {
    const positive = past.every((value) => !(value <= 0))
    const enough = past.length >= 3 * WEEK
    const forms = FORMS.filter(({ season }) => season === 'none' || (enough && (season === 'additive' || positive)))
    const fitted = forms.map((form) => {
      const parameters = minimise((values) => walk(past, form, inside(values, form)).squaredErrors, form.start)
      const path = walk(past, form, inside(parameters, form), true)
      return {
        form,
        path,
        aicc: aicc(path, parameters.length + (form.season === 'none' ? 1 : WEEK) + Number(form.trend)),
      }
    })
    const { form, path } = fitted.reduce((a, b) => (b.aicc < a.aicc ? b : a))
    return (known) =>
      Float64Array.from({ length: HORIZON_DAYS }, (_, k) => Math.max(0, ahead(path, form, known, k + 1)))
  },
}

/** AIC for small samples, of Gaussian errors. @param parameters smoothing parameters and initial states. */
function aicc({ squaredErrors, observed }: Path, parameters: number): number {
  const k = parameters + 1
  if (observed - k - 1 <= 0) return Number.POSITIVE_INFINITY
  return observed * Math.log(Math.max(squaredErrors / observed, 1e-12)) + 2 * k + (2 * k * (k + 1)) / (observed - k - 1)
}

/** Level and season between 0 and 1, damping between 0.8 and 0.98. */
const inside = (values: ArrayLike<number>, { trend }: Form): number[] =>
  Array.from(values, (value, k) => (trend && k === 2 ? clamp(value, 0.8, 0.98) : clamp(value, 1e-3, 0.99)))

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

function walk(past: Float64Array, form: Form, parameters: readonly number[], keep = false): Path {
  const alpha = parameters[0]!
  const beta = form.trend ? parameters[1]! * alpha : 0
  const damping = form.trend ? parameters[2]! : 1
  const gamma = form.season === 'none' ? 0 : parameters[1]! * (1 - alpha)
  const size = keep ? past.length + 1 : 0
  const path = {
    level: new Float64Array(size),
    trend: new Float64Array(size),
    season: new Float64Array(form.season === 'none' ? 0 : size * WEEK),
  }
  const season = firstSeason(past, form)
  let level = knownMean(past.subarray(0, 2 * WEEK))
  let trend = 0
  let squaredErrors = 0
  let observed = 0
  const remember = (known: number) => {
    path.level[known] = level
    path.trend[known] = trend
    if (form.season !== 'none') path.season.set(season, known * WEEK)
  }
  if (keep) remember(0)
  for (let day = 0; day < past.length; day++) {
    const place = day % WEEK
    const base = level + damping * trend
    const factor = season[place]!
    const value = past[day]!
    level = base
    trend *= damping
    if (!Number.isNaN(value)) {
      const error = value - (form.season === 'multiplicative' ? base * factor : base + factor)
      squaredErrors += error * error
      observed++
      const scale = form.season === 'multiplicative' ? Math.max(factor, 0.05) : 1
      level += (alpha * error) / scale
      trend += (beta * error) / scale
      season[place] = factor + (gamma * error) / (form.season === 'multiplicative' ? Math.max(base, 1e-3) : 1)
    }
    if (keep) remember(day + 1)
  }
  return { ...path, squaredErrors, observed, damping }
}

/** By place in the week, from the first four weeks: what a day differs from their mean, or its ratio to it. */
function firstSeason(past: Float64Array, { season }: Form): Float64Array {
  if (season === 'none') return new Float64Array(WEEK)
  const weeks = past.subarray(0, 4 * WEEK)
  const all = knownMean(weeks)
  return Float64Array.from({ length: WEEK }, (_, place) => {
    const own = knownMean(weeks.filter((_, day) => day % WEEK === place))
    if (season === 'additive') return own - all
    return all > 0 ? Math.max(own / all, 0.05) : 1
  })
}

/** 0 where nothing is known. */
function knownMean(values: Float64Array): number {
  let sum = 0
  let count = 0
  for (const value of values)
    if (!Number.isNaN(value)) {
      sum += value
      count++
    }
  return count === 0 ? 0 : sum / count
}

function ahead(path: Path, { season }: Form, known: number, horizon: number): number {
  let base = path.level[known]!
  for (let k = 1, damp = path.damping; k <= horizon; k++, damp *= path.damping) base += damp * path.trend[known]!
  if (season === 'none') return base
  const factor = path.season[known * WEEK + ((known + horizon - 1) % WEEK)]!
  return season === 'additive' ? base + factor : base * factor
}

/** Versions of the demand model, what they were worth, and drift. */
import { z } from 'zod'
import { modelManifest } from '#core/demand/model-manifest.ts'
import { LocalDate } from '#core/events/envelope.ts'
import { freshness } from './freshness.ts'

const instant = z.string().meta({ format: 'date-time' })
const { version, codeVersion, training, folds, scores, bestBaseline, champion, serves, decision } = modelManifest.shape

const servingItem = z.object({
  /** null: no version serves, but the simple method `baseline`. */
  version: z.string().nullable(),
  since: instant.nullable(),
  baseline: z.string(),
})

export const demandModelsAnswer = z.object({
  ...freshness,
  serving: servingItem,
  /** Counts decisions about which version serves, those of trainings too: what the next one names in `If-Match`. */
  version: z.int(),
  /** Versions that served before, the newest last: `rollback` goes back to it. */
  earlier: z.array(z.string()),
  /** The last training that was judged; null: there was none. */
  judged: z.object({ version: z.string(), isPromoted: z.boolean(), reason: z.string(), at: instant }).nullable(),
  /** The newest first. */
  versions: z.array(
    z.object({
      version,
      isServing: z.boolean(),
      codeVersion,
      training,
      folds,
      /** On the scored weeks: of the model, and of each simple method. */
      scores,
      bestBaseline,
      /** What it was compared with on weeks that neither had learnt from; null: nothing served. */
      champion,
      /** By how products sell, what serves them: `blend`, or a simple method. */
      serves,
      /** Whether it was better, and why or why not. */
      decision,
      features: z.int(),
    }),
  ),
})
export type DemandModelsAnswer = z.infer<typeof demandModelsAnswer>

export const promoteRequest = z.object({
  /** As `GET /models/demand` names it; null: none, but the simple method. */
  version: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'is no version: they are named by a day')
    .nullable(),
})
export const servingAnswer = z.object({
  ...freshness,
  serving: servingItem,
  /** As `GET /models/demand` counts it. */
  version: z.int(),
})

const accuracyScores = z.object({
  /** Absolute errors of the median over units sold; null: nothing was sold. */
  wape: z.number().nullable(),
  /** The same of what sold a week before. */
  naive: z.number().nullable(),
  /** The same of the mean of 28 days. */
  moving: z.number().nullable(),
  /** Sum of forecasts over units sold, less 1. */
  biasOfMedian: z.number().nullable(),
  biasOfMean: z.number().nullable(),
  /** Share of actuals within 10 to 90 %; it is meant to be 0.8. */
  coverage80: z.number().nullable(),
})

export const ACCURACY_DAYS = { most: 182, usual: 56 } as const
export const accuracyAnswer = z.object({
  ...freshness,
  /** How many days ahead the forecasts were made, 1 to 7. */
  ahead: z.int(),
  /** Of all days together. */
  all: accuracyScores.extend({ forecasts: z.int() }),
  /** Days that are over and were forecast, the oldest first. Days on which a product ran out judge nothing. */
  days: z.array(
    accuracyScores.extend({
      day: LocalDate,
      /** Products of stores. */
      forecasts: z.int(),
      actual: z.number(),
      median: z.number(),
      mean: z.number(),
    }),
  ),
  /** What errors of the mean cost, by the currency of unit costs, in minor units: a unit too many its cost, a unit too few its margin (list price less cost). Products without a cost and a price are left out: `forecasts` says how many are in. */
  money: z.array(
    z.object({ currency: z.string(), forecasts: z.int(), model: z.int(), naive: z.int(), moving: z.int() }),
  ),
})
export type AccuracyAnswer = z.infer<typeof accuracyAnswer>

const featureShift = z.object({
  feature: z.string(),
  /** What it is about, in words. */
  about: z.string(),
  /** Population stability index against training. */
  psi: z.number(),
  /** Beyond it is an alarm. */
  bound: z.number(),
})

export const driftAnswer = z.object({
  ...freshness,
  /** Share of checks that alarm although nothing has changed: at most this, of features together and of the error each. */
  falseAlarms: z.number(),
  /** Whether an alarm has the model trained. */
  trainOnDrift: z.boolean(),
  /** The newest first, 90 at the most. */
  checks: z.array(
    z.object({
      madeOn: LocalDate,
      at: instant,
      model: z.string().nullable(),
      series: z.int(),
      /** How many were looked at; null: no model, or none that says what it was trained on. */
      features: z.int().nullable(),
      /** Those that shifted most, the worst first. */
      shifts: z.array(featureShift),
      /** The last week against the weeks before; null: there are fewer than 9. */
      error: z.object({ wape: z.number(), usual: z.number(), bound: z.number(), weeks: z.int() }).nullable(),
      isAlarm: z.boolean(),
      trains: z.boolean(),
    }),
  ),
})
export type DriftAnswer = z.infer<typeof driftAnswer>

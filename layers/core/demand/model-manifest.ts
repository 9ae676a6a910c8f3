/** What a version of the demand model says of itself: `manifest.json`. */
import { z } from 'zod'

const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/)

/** The definitions are those of `models/demand/score-forecasts.ts`. A score is null where nothing was sold to compare with. */
const scores = z.strictObject({
  wape: z.number().nullable(),
  rmsse: z.number().nullable(),
  mase: z.number().nullable(),
  /** Sum of forecasts over sum of sales, less 1: of the median and of the mean. */
  biasOfMedian: z.number().nullable(),
  biasOfMean: z.number().nullable(),
  weightedQuantileLoss: z.number().nullable(),
  /** Share of days within q10..q90. */
  coverage80: z.number().nullable(),
  points: z.int(),
})
export type ManifestScores = z.infer<typeof scores>

export const modelManifest = z.strictObject({
  format: z.literal('counterflow-demand'),
  formatVersion: z.literal(1),
  version: Day,
  /** Of the program that trained it. */
  codeVersion: z.string(),
  seed: z.int(),
  /** In the order of the trees' columns. */
  features: z.array(z.strictObject({ name: z.string(), kind: z.enum(['number', 'category']) })),
  training: z.strictObject({
    from: Day,
    /** The last day that was learnt from. */
    until: Day,
    series: z.int(),
    /** Products of stores that sold, and were too many to learn from. */
    leftOut: z.int(),
    /** Examples that each ensemble of trees learnt from, at most. */
    rows: z.int(),
  }),
  /** First days of the weeks on which the blend was chosen, and of those that it is scored on. */
  folds: z.strictObject({ choosing: z.array(Day), scored: z.array(Day) }),
  /** On the scored folds: of what serves, and of each simple baseline by name. */
  scores: z.strictObject({ model: scores, baselines: z.record(z.string(), scores) }),
  /** The simple baseline of the least weighted quantile loss. */
  bestBaseline: z.string(),
  /** Against the champion: on the scored weeks that it had not learnt from. null: there was none. */
  champion: z
    .strictObject({ version: Day, folds: z.array(Day), model: scores.nullable(), champion: scores.nullable() })
    .nullable(),
  /** By segment, what serves: `blend`, or the name of a simple baseline. */
  serves: z.record(z.string(), z.string()),
  decision: z.strictObject({ isBetter: z.boolean(), reason: z.string() }),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})
export type ModelManifest = z.infer<typeof modelManifest>

/** A version's objects are not what its manifest says, or are none that this program reads. */
export class ModelFilesError extends Error {
  override readonly name = 'ModelFilesError'
}

/** @throws ModelFilesError */
export function readManifest(bytes: Uint8Array): ModelManifest {
  const parsed = modelManifest.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw new ModelFilesError(`this is no manifest of a demand model: ${[...path.map(String), message].join(': ')}`)
}

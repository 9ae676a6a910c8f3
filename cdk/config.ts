/** What differs between deployments, declared and checked once. The only file of `cdk` that reads the environment. */
import { z } from 'zod'

/** CloudWatch keeps logs for these numbers of days alone. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 180, 365] as const

const stageFields = z.strictObject({
  /** Twelve digits; absent: the account of whoever deploys. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be twelve digits')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, like `eu-central-1`')
    .default('us-east-1'),
  /** The dashboard's and the API's name; CloudFront wants its certificate in us-east-1. */
  domain: z
    .strictObject({
      name: z.hostname(),
      certificateArn: z.string().regex(/^arn:aws:acm:us-east-1:/, 'must be a certificate in us-east-1'),
    })
    .optional(),
  /** A WAF access list of the CloudFront scope. */
  webAclArn: z.string().startsWith('arn:aws:wafv2:us-east-1:').optional(),
  /** What holds data outlives its stack. */
  retain: z.boolean(),
  /** A KMS key of the account's own for what is stored; false: the service's keys. */
  ownKey: z.boolean().default(false),
  logDays: z.literal(LOG_DAYS).default(30),
  /** How long the stream keeps events for a replay. */
  streamHours: z.int().min(24).max(8760).default(168),
  stream: z.union([z.literal('on-demand'), z.strictObject({ shards: z.int().min(1).max(500) })]),
  /** Fixed at the first deploy: keys are spread over this many shards, however many the stream has. */
  logicalShards: z.int().min(1).max(1024).default(8),
  /** Who hears of alarms. */
  alarmAddress: z.email().optional(),
  /** Dollars a month; above 80 % of it `alarmAddress` hears of it. */
  budgetUsd: z.number().positive().optional(),
  /** The sender of notices by e-mail, verified with SES; absent: none are sent. */
  mailFrom: z.email().optional(),
  /** Pages of these origins may ask the API, with a token of their own. */
  origins: z.array(z.url()).default([]),
  /**
   * A new version of what lets events in or applies them gets a tenth of the work for five minutes first, and is rolled back
   * where it fails. A deployment takes as much longer.
   */
  canary: z.boolean().default(true),
  /** Steps of the chains ask Athena in place of DuckDB within their function: docs/decisions/0031-sql-on-aws.md. */
  athena: z.boolean().default(false),
  /** The simulated chain sells for the demo merchant while nothing real is connected to it. On an emulator only by `-c demo=true`. */
  demo: z.boolean().default(false),
  /** Jobs that must not overlap get one reserved execution; a new account has too few executions for that. */
  reserveConcurrency: z.boolean().default(false),
  /** Requests a second of one route: of those that let events in, and of the others. */
  requestsPerSecond: z
    .strictObject({ doors: z.int().min(1), others: z.int().min(1) })
    .default({ doors: 500, others: 100 }),
})

/** A budget of which nobody hears is none. */
const stageSchema = stageFields.refine(
  ({ budgetUsd, alarmAddress }) => budgetUsd === undefined || alarmAddress !== undefined,
  { path: ['budgetUsd'], message: 'nobody would hear of it: name an `alarmAddress` too' },
)

const STAGES: Readonly<Record<string, z.input<typeof stageSchema>>> = {
  dev: { retain: false, logDays: 7, streamHours: 24, stream: { shards: 1 }, canary: false, demo: true },
  prod: { retain: true, ownKey: true, stream: { shards: 1 }, reserveConcurrency: true },
}

/**
 * What an emulator may lack, and is left out there, or made up for. canary: CodeDeploy, and the aliases it moves.
 * concurrency-path: a Map's MaxConcurrencyPath. operations: alarms of
 * formulas, and a dashboard of them.
 */
export type Part = 'budget' | 'canary' | 'concurrency-path' | 'operations' | 'timestream'
/** One table of what each emulator lacks. `callback` is where its sockets are called back, before `/{apiId}/{stage}`. */
const EMULATORS: Readonly<Record<string, { readonly lacks: readonly Part[]; readonly callback: string }>> = {
  ministack: {
    lacks: ['budget', 'canary', 'concurrency-path', 'operations', 'timestream'],
    callback: '/_aws/execute-api',
  },
  localstack: { lacks: ['budget', 'canary'], callback: '/_aws/execute-api' },
}
/** Timestream's own rule for names. */
const DATABASE = /^[A-Za-z0-9_.-]{3,256}$/
const EMULATOR_URL = 'http://127.0.0.1:4566'
const EMULATOR_ACCOUNT = '000000000000'

export type Config = z.output<typeof stageSchema> & {
  readonly stage: string
  /** A Timestream database of the account, into which windows are mirrored. */
  readonly timestream?: string
  readonly emulator?: { readonly name: string; readonly lacks: readonly Part[]; readonly callbackUrl: string }
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type Environment = Readonly<Record<string, string | undefined>>
type Given = { readonly [option in 'env' | 'emulator' | 'timestream' | 'demo']?: unknown }

/**
 * The configuration that `-c env=NAME` (`dev` if absent), `-c emulator=NAME`,
 * `-c timestream=DATABASE` and `-c demo=true` choose.
 * @throws ConfigError that names the field, and what it must be.
 */
export function readConfig(
  { env: stage = 'dev', emulator, timestream, demo }: Given,
  stages: Readonly<Record<string, unknown>> = STAGES,
  environment: Environment = process.env,
): Config {
  if (typeof stage !== 'string' || !Object.hasOwn(stages, stage))
    throw new ConfigError(`env: there is no stage ${String(stage)} in cdk/config.ts, only ${namesOf(stages)}`)
  if (!/^[a-z][a-z0-9]{0,11}$/.test(stage))
    throw new ConfigError(`env: ${stage} is in names: up to 12 small letters and digits`)
  const parsed = stageSchema.safeParse(stages[stage])
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => sentenceOf(stage, issue)).join('\n'))
  const database = z.string().regex(DATABASE).optional().safeParse(timestream)
  if (!database.success) throw new ConfigError(`timestream: ${String(timestream)} is no name of a database`)
  const config = { ...parsed.data, stage, ...(database.data === undefined ? {} : { timestream: database.data }) }
  const asked = z.enum(['true', 'false']).optional().safeParse(demo)
  if (!asked.success) throw new ConfigError(`demo: must be true or false, not ${String(demo)}`)
  const isDemo = asked.data === undefined ? undefined : asked.data === 'true'
  if (emulator === undefined) return { ...config, demo: isDemo ?? config.demo }
  if (typeof emulator !== 'string' || !Object.hasOwn(EMULATORS, emulator))
    throw new ConfigError(`emulator: ${String(emulator)} is not known, only ${namesOf(EMULATORS)}`)
  const { lacks, callback } = EMULATORS[emulator]!
  const callbackUrl = `${environment.AWS_ENDPOINT_URL ?? EMULATOR_URL}${callback}`
  return {
    ...config,
    demo: isDemo ?? false,
    account: EMULATOR_ACCOUNT,
    retain: false,
    emulator: { name: emulator, lacks, callbackUrl },
  }
}

const namesOf = (table: object): string => Object.keys(table).join(', ')
const sentenceOf = (stage: string, { path, message }: { path: PropertyKey[]; message: string }): string =>
  `${[stage, ...path].join('.')}: ${message}`

export const has = ({ emulator }: Config, part: Part): boolean => !emulator?.lacks.includes(part)

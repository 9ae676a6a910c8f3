/**
 * List prices in dollars, us-east-1, without free tiers, as the services' price pages said them on the date below. They
 * change: look at https://aws.amazon.com/<service>/pricing/ before money depends on them.
 */
export const PRICES_OF = '2026-11-22'

const MILLION = 1e6
export const HOURS_A_MONTH = 730
export const DAYS_A_MONTH = 30.4

export const prices = {
  httpApi: { perRequest: 1.0 / MILLION },
  socketApi: { perMessage: 1.0 / MILLION, perConnectionMinute: 0.25 / MILLION },
  /** arm64 */
  lambda: { perRequest: 0.2 / MILLION, perGbSecond: 0.0000133334 },
  kinesis: { perShardHour: 0.015, perPutUnit: 0.014 / MILLION, perShardHourKept: 0.02 },
  /** On demand. */
  dynamo: { perWriteUnit: 0.625 / MILLION, perReadUnit: 0.125 / MILLION, perGbMonth: 0.25, perGbMonthRestorable: 0.2 },
  s3: { perPut: 0.005 / 1000, perGbMonth: 0.023 },
  cloudFront: { perRequest: 0.01 / 10_000, perGb: 0.085 },
  cloudWatch: { perLogGb: 0.5, perAlarm: 0.1, perDashboard: 3 },
  scheduler: { perRun: 1.0 / MILLION },
  /** Standard executions. */
  stepFunctions: { perTransition: 25 / MILLION },
  /** x86-64, since DuckDB is there for the machine that deploys; the disk is what is over 512 MB. */
  lambdaX86: { perGbSecond: 0.0000166667, perDiskGbSecond: 0.0000000309 },
  athena: { perTb: 5, leastMb: 10 },
  secrets: { perSecret: 0.4, perCall: 0.05 / 10_000 },
  kms: { perKey: 1 },
} as const

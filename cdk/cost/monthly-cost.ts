/** What a month of Counterflow costs on AWS, by service: arithmetic over list prices and over what was measured. */
import { sizesFor } from '../scale/simulate-scale.ts'
import { DAYS_A_MONTH, HOURS_A_MONTH, prices } from './prices.ts'

export type Trade = {
  readonly eventsPerDay: number
  readonly stores: number
  /** Screens that are open at the same time, for `HOURS_OPEN` of each day. */
  readonly viewers: number
}
export type Line = { readonly service: string; readonly dollars: number; readonly why: string }

/** Write units of one event by the size of its batch: `npm run bench -- cloud` prints them. */
export const WRITE_UNITS: readonly (readonly [batch: number, units: number])[] = [
  [1, 28.16],
  [10, 10.46],
  [100, 4.86],
  [500, 3.59],
]

const SECONDS_A_DAY = 86_400
const MINUTES_A_MONTH = DAYS_A_MONTH * 24 * 60
/** Kinesis is polled about once a second: a batch holds what came meanwhile. */
const POLL_SECONDS = 1
const MOST_IN_A_BATCH = 500
/** Lines of an order that come in one document. */
const EVENTS_A_DOCUMENT = 2
const HOURS_OPEN = 10
const FRAMES_A_SECOND = 1
const MESSAGE_KB = 3
const QUESTIONS_A_VIEWER_MINUTE = 12
const READS_A_QUESTION = 40
/** Whoever listens is looked at twice a minute, by the feed of each shard: their session or token, their account, the merchant. */
const READS_TO_LOOK_AGAIN = 2 * 3
const ANSWER_KB = 8
/** Of a delivery: claim twice, delivery log, counters. */
const WRITES_A_DOCUMENT = 6
const KEPT_HOURS = 24
const BYTES_A_LOG_LINE = 400
/** Rows of stores and products, and cells of days, which stay. */
const GB_A_MILLION_EVENTS = 0.15
const GB_A_STORE = 0.002
/** Of `prod`, counted in its templates. */
export const ALARMS = 61
const SECRETS = 6

const SCHEDULES_A_MONTH = (MINUTES_A_MONTH * 3 + MINUTES_A_MONTH / 60) as number

/** Stores of one merchant, as far as the sizes depend on it. */
const STORES_A_MERCHANT = 10

/** Events in a batch of one logical shard, at the mean rate of the day: with more shards they are smaller, and dearer. */
export const batchOf = (eventsPerDay: number, logicalShards: number): number =>
  Math.min(MOST_IN_A_BATCH, Math.max(1, ((eventsPerDay / SECONDS_A_DAY) * POLL_SECONDS) / logicalShards))

/** Between what was measured, by the logarithm of the batch. */
export function writeUnitsOf(batch: number): number {
  const after = WRITE_UNITS.findIndex(([size]) => size >= batch)
  if (after === 0) return WRITE_UNITS[0]![1]
  if (after < 0) return WRITE_UNITS.at(-1)![1]
  const [[fromSize, from], [toSize, to]] = [WRITE_UNITS[after - 1]!, WRITE_UNITS[after]!]
  const part = Math.log(batch / fromSize) / Math.log(toSize / fromSize)
  return from + (to - from) * part
}

export function monthlyCost({ eventsPerDay, stores, viewers }: Trade): readonly Line[] {
  const events = eventsPerDay * DAYS_A_MONTH
  const documents = events / EVENTS_A_DOCUMENT
  const merchants = Math.max(1, Math.round(stores / STORES_A_MERCHANT))
  const { shards, logicalShards } = sizesFor({ eventsPerDay, stores, merchants, viewers })
  const batch = batchOf(eventsPerDay, logicalShards)
  const openMinutes = viewers * HOURS_OPEN * 60 * DAYS_A_MONTH
  const questions = openMinutes * QUESTIONS_A_VIEWER_MINUTE
  // No more frames than there are batches to tell of.
  const frames = openMinutes * 60 * Math.min(FRAMES_A_SECOND, eventsPerDay / SECONDS_A_DAY + 1 / 60)
  const batches = Math.min(
    events / batch + MINUTES_A_MONTH * shards,
    shards * MINUTES_A_MONTH * 60 + events / MOST_IN_A_BATCH,
  )
  const units = writeUnitsOf(batch)
  const writes = events * units + documents * WRITES_A_DOCUMENT
  const reads = questions * READS_A_QUESTION + events * 2 + openMinutes * READS_TO_LOOK_AGAIN * shards
  const gb = (events / 1e6) * GB_A_MILLION_EVENTS + stores * GB_A_STORE
  // Seconds x GB of memory: doors and questions at 512 MB, the consumer at 1,769.
  const gbSeconds = documents * 0.02 * 0.5 + questions * 0.03 * 0.5 + batches * (0.05 + batch * 0.001) * 1.73
  const requests = documents + questions * 2 + batches + frames / Math.max(1, viewers)
  const logGb = ((documents + questions + batches) * BYTES_A_LOG_LINE) / 1e9
  const { httpApi, socketApi, lambda, kinesis, dynamo, s3, cloudFront, cloudWatch, scheduler, secrets, kms } = prices
  const n = (value: number) => Math.round(value).toLocaleString('en')
  return [
    {
      service: 'API Gateway, HTTP',
      dollars: (documents + questions) * httpApi.perRequest,
      why: `${n(documents)} deliveries, ${n(questions)} questions`,
    },
    {
      service: 'API Gateway, WebSocket',
      dollars: frames * socketApi.perMessage + openMinutes * socketApi.perConnectionMinute,
      why: `${n(frames)} frames to ${n(viewers)} screens, open ${HOURS_OPEN} hours a day`,
    },
    {
      service: 'Lambda',
      dollars: requests * lambda.perRequest + gbSeconds * lambda.perGbSecond,
      why: `${n(requests)} invocations, ${n(gbSeconds)} GB-seconds`,
    },
    {
      service: 'Kinesis',
      dollars:
        shards * HOURS_A_MONTH * (kinesis.perShardHour + (KEPT_HOURS > 24 ? kinesis.perShardHourKept : 0)) +
        documents * kinesis.perPutUnit,
      why: `${n(shards)} shard${shards === 1 ? '' : 's'}, ${n(documents)} records`,
    },
    {
      service: 'DynamoDB',
      dollars:
        writes * dynamo.perWriteUnit +
        reads * dynamo.perReadUnit +
        gb * (dynamo.perGbMonth + dynamo.perGbMonthRestorable),
      why: `${n(writes)} write units (${units.toFixed(1)} an event in batches of ${n(batch)}), ${n(reads)} read units, ${gb.toFixed(1)} GB`,
    },
    { service: 'S3', dollars: events * 0.001 * s3.perPut + gb * s3.perGbMonth, why: 'what is held, and the dashboard' },
    {
      service: 'CloudFront',
      dollars:
        questions * cloudFront.perRequest + ((questions * ANSWER_KB + frames * MESSAGE_KB) / 1e6) * cloudFront.perGb,
      why: `${n(questions)} requests`,
    },
    {
      service: 'CloudWatch',
      dollars: logGb * cloudWatch.perLogGb + ALARMS * cloudWatch.perAlarm + cloudWatch.perDashboard,
      why: `${logGb.toFixed(2)} GB of logs, ${ALARMS} alarms, a dashboard`,
    },
    {
      service: 'EventBridge Scheduler',
      dollars: SCHEDULES_A_MONTH * scheduler.perRun,
      why: `${n(SCHEDULES_A_MONTH)} runs`,
    },
    {
      service: 'Secrets Manager, KMS',
      dollars: SECRETS * secrets.perSecret + MINUTES_A_MONTH * secrets.perCall + kms.perKey,
      why: `${SECRETS} secrets, read once a minute, a key`,
    },
  ]
}

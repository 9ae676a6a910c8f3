/** Puts frames into the stream: each shard's in order, several shards side by side, what failed again. */
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis'
import { hashKeyOf, partitionKeyOf } from '#core/logical-shard.ts'
import { framedSequence } from '#core/record-frame.ts'

/** Frames of one logical shard; `records`: how many each holds. */
export type Lane = {
  readonly shard: number
  readonly frames: readonly { readonly bytes: Uint8Array; readonly records: number }[]
}
/** What became of a lane. */
export type LanePut = {
  /** Records that are in the stream: the first so many of the lane. */
  readonly records: number
  /** The next frame may be in it too: it was sent, and nothing was heard of it. */
  readonly isUncertain: boolean
  /** Sequence behind the last record; undefined: none was put. */
  readonly next: string | undefined
}
export type PutResult = {
  readonly lanes: readonly LanePut[]
  /** Why not all of it was put. */
  readonly failure: Error | undefined
}
export type PutOptions = {
  readonly client: Pick<KinesisClient, 'send'>
  readonly streamName: string
  readonly shards: number
  /** How long it tries, ms. */
  readonly patienceMs: number
  readonly sleep: (ms: number) => Promise<void>
}

/** Of a request: 500 records, 5 MiB with partition keys. */
const MOST_RECORDS = 500
const MOST_BYTES = 4_500_000
const FIRST_WAIT_MS = 25
const LONGEST_WAIT_MS = 500

type Progress = { readonly lane: Lane; frame: number; records: number; isUncertain: boolean; next: string | undefined }
/** The stream has no room now: the records are not in it, and may be later. */
const BUSY: readonly string[] = [
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'ThrottlingException',
  'KMSThrottlingException',
  'RequestLimitExceeded',
]

/** Never throws for what the stream answers: it says how far each lane came. */
export async function putFrames(lanes: readonly Lane[], options: PutOptions): Promise<PutResult> {
  const progress = lanes.map((lane): Progress => ({ lane, frame: 0, records: 0, isUncertain: false, next: undefined }))
  let waitedMs = 0
  let waitMs = FIRST_WAIT_MS
  let failure: Error | undefined
  while (true) {
    const heads = takeHeads(progress)
    if (heads.length === 0) return { lanes: progress, failure: undefined }
    const before = heads.reduce((sum, { frame }) => sum + frame, 0)
    failure = await putHeads(heads, options)
    if (failure !== undefined && !isPassing(failure)) return { lanes: progress, failure }
    if (heads.reduce((sum, { frame }) => sum + frame, 0) > before) waitMs = FIRST_WAIT_MS
    if (failure === undefined) continue
    if (waitedMs >= options.patienceMs) return { lanes: progress, failure }
    const jittered = waitMs * (0.5 + Math.random() / 2)
    await options.sleep(jittered)
    waitedMs += jittered
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
  }
}

/** The next frame of each lane, as many as one request takes. */
function takeHeads(progress: readonly Progress[]): Progress[] {
  const heads: Progress[] = []
  let bytes = 0
  for (const each of progress) {
    const frame = each.lane.frames[each.frame]
    if (frame === undefined) continue
    bytes += frame.bytes.length
    if (heads.length > 0 && (bytes > MOST_BYTES || heads.length === MOST_RECORDS)) break
    heads.push(each)
  }
  return heads
}

/** What kept some of them from being put, if anything did. */
async function putHeads(
  heads: readonly Progress[],
  { client, streamName, shards }: PutOptions,
): Promise<Error | undefined> {
  const Records = heads.map(
    ({ lane, frame }): PutRecordsRequestEntry => ({
      Data: lane.frames[frame]!.bytes,
      PartitionKey: partitionKeyOf(lane.shard),
      ExplicitHashKey: String(hashKeyOf(lane.shard, shards)),
    }),
  )
  try {
    const answer = await client.send(new PutRecordsCommand({ StreamName: streamName, Records }))
    let failure: Error | undefined
    for (const [i, { ErrorCode, ErrorMessage, SequenceNumber }] of (answer.Records ?? []).entries()) {
      const head = heads[i]!
      if (ErrorCode === undefined) advance(head, SequenceNumber!)
      else {
        head.isUncertain ||= !BUSY.includes(ErrorCode)
        failure = Object.assign(new Error(ErrorMessage ?? ErrorCode), { name: ErrorCode })
      }
    }
    return failure
  } catch (error) {
    for (const head of heads) head.isUncertain ||= !isRefusal(error as Error)
    return error as Error
  }
}

function advance(head: Progress, sequenceNumber: string): void {
  const { records } = head.lane.frames[head.frame]!
  head.frame++
  head.records += records
  head.isUncertain = false
  head.next = framedSequence(sequenceNumber, records)
}

type ServiceError = Error & { readonly $fault?: 'client' | 'server' }
/** The stream has heard it, and has said no. */
const isRefusal = (error: ServiceError): boolean => BUSY.includes(error.name) || error.$fault === 'client'
/** Worth another try: not what is wrong with the request itself, or with who sends it. */
export const isPassing = (error: ServiceError): boolean => BUSY.includes(error.name) || error.$fault !== 'client'

/** Calls of DynamoDB again that may well succeed the next time: throttles, conflicts, and answers that never came. */
import { setTimeout as sleep } from 'node:timers/promises'

export type Patience = {
  /** How often a call is made at most. */
  readonly attempts: number
  readonly wait: (ms: number) => Promise<unknown>
  /** 0 to 1. */
  readonly random: () => number
}
/** Up to about ten seconds in all. */
export const PATIENCE: Patience = { attempts: 12, wait: (ms) => sleep(ms), random: Math.random }

const FIRST_MS = 25
const LONGEST_MS = 2_000

/**
 * Full jitter: anything from nothing to twice as long as the last time at most.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter
 */
export const pause = ({ wait, random }: Patience, attempt: number): Promise<unknown> =>
  wait(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt))

/** @throws the last error, where it is not one of these or came too often. */
export async function patiently<T>(patience: Patience, call: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (!isTransient(error) || attempt + 1 >= patience.attempts) throw error
      await pause(patience, attempt)
    }
  }
}

const TRANSIENT = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflictException',
  'TransactionInProgressException',
  // codes of Node's own errors
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
])
/** Why each item of a transaction was refused; the others are None. */
const TRANSIENT_REASONS = new Set(['None', 'TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError'])

type AwsError = {
  readonly name?: string
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly CancellationReasons?: readonly { readonly Code?: string | undefined }[]
}

function isTransient(error: unknown): boolean {
  const { name, code, $metadata } = error as AwsError
  if (name === 'TransactionCanceledException') return reasonsOf(error).every((reason) => TRANSIENT_REASONS.has(reason))
  return TRANSIENT.has(name ?? '') || TRANSIENT.has(code ?? '') || ($metadata?.httpStatusCode ?? 0) >= 500
}

/** Whether a transaction was refused since a condition did not hold. */
export const isConditionLost = (error: unknown): boolean => reasonsOf(error).includes('ConditionalCheckFailed')

const reasonsOf = (error: unknown): string[] =>
  ((error as AwsError).CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')

import { HOUR_MS, MINUTE_MS } from '#core/metrics/business-time.ts'
import type { NoticeAnswer } from '#core/ports.ts'

/**
 * How long after an attempt that failed the next one comes: ten attempts in 75 hours and 35 minutes. The example schedule
 * of Standard Webhooks, "Deliverability and reliability"
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
export const RETRY_DELAYS_MS = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const
export const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1

/** Many that failed together do not come back together: each waits up to this share longer. */
const JITTER = 0.1
/** A receiver that asks for more time gets this much at most. */
const MAX_ASKED_MS = 24 * HOUR_MS

/** waiting: it is tried again at `dueAt`, epoch ms. The others are final. */
export type DeliveryStatus = 'waiting' | 'taken' | 'refused' | 'given-up' | 'dropped'
export type AfterAttempt = { readonly status: DeliveryStatus; readonly dueAt: number | null }

/** What becomes of a delivery after its attempt number `attempt`, from 1. `jitter`: 0 to 1. */
export function afterAttempt(attempt: number, answer: NoticeAnswer, nowMs: number, jitter: number): AfterAttempt {
  switch (answer.fate) {
    case 'taken':
      return { status: 'taken', dueAt: null }
    case 'never':
    case 'gone':
      return { status: 'refused', dueAt: null }
    case 'later': {
      const delayMs = RETRY_DELAYS_MS[attempt - 1]
      if (delayMs === undefined) return { status: 'given-up', dueAt: null }
      const askedMs = Math.min(answer.retryAfterMs ?? 0, MAX_ASKED_MS)
      return { status: 'waiting', dueAt: nowMs + Math.max(Math.ceil(delayMs * (1 + JITTER * jitter)), askedMs) }
    }
  }
}

/** 0 to 1, the same for one delivery and attempt each time (FNV-1a). */
export function jitterOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0) / 2 ** 32
}

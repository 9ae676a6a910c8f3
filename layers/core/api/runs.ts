/** Runs of the chains that work at night. */
import { z } from 'zod'
import { LocalDate } from '#core/events/envelope.ts'
import { freshness, listSpan } from './freshness.ts'

const failure = z.object({
  /** Which state stopped; null: none had begun. */
  state: z.string().nullable(),
  /** The kind of error, `CheckFailedError`. */
  error: z.string(),
  /** In words: which table, which check, what was measured. */
  cause: z.string(),
})

const STATUSES = ['waiting', 'running', 'succeeded', 'failed'] as const

export const runItem = z.object({
  /** Chain and date: `nightly-2026-03-04`. */
  id: z.string(),
  chain: z.string(),
  /** The business date that it is for, which was over when it ran. */
  date: z.string(),
  status: z.enum(STATUSES),
  /** Counts from 1 how often it was asked for after it was over. */
  attempt: z.int(),
  /** `schedule`: its time had come; otherwise whoever asked, by their id. */
  askedBy: z.string(),
  askedAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** The state that it began at; null: the first. */
  from: z.string().nullable(),
  failure: failure.nullable(),
})
export type RunItem = z.infer<typeof runItem>
export const runsAnswer = z.object({
  ...freshness,
  /** Runs that were asked for in it. */
  window: listSpan,
  items: z.array(runItem),
  /** Send it back as `next` for older ones; null: there are none. */
  next: z.string().nullable(),
})
export type RunsAnswer = z.infer<typeof runsAnswer>

export const runState = z.object({
  name: z.string(),
  status: z.enum(STATUSES),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** How many tasks of it have ended. */
  tasks: z.int(),
  /** How often these were begun, together: more than `tasks` where some were tried again. */
  tries: z.int(),
  /** Rows that it has read and written; null: it counts none. */
  rowsIn: z.int().nullable(),
  rowsOut: z.int().nullable(),
  /** What it says beside that: days that were made, rows by table, checks by outcome. */
  about: z.record(z.string(), z.unknown()),
  failure: failure.omit({ state: true }).nullable(),
})

export const runCheck = z.object({
  /** Of the warehouse; `raw`: of the lake. */
  table: z.string(),
  /** The day that was checked; empty: the table is whole. */
  day: z.string(),
  /** What is to hold, in words. */
  check: z.string(),
  /** hard: one that fails stops the run before anything is replaced. */
  severity: z.enum(['hard', 'soft']),
  outcome: z.enum(['passed', 'failed', 'warned', 'skipped']),
  /** null: there was nothing to measure. */
  measured: z.number().nullable(),
  /** What it is compared with; null: there was nothing to compare it with. */
  bound: z.number().nullable(),
})

/** The chain as it was when the run began, to draw it. */
const runShape = z.object({
  /** `kind`: its type in the States Language, `Task`, `Map`, `Choice`, `Succeed`, `Fail`. `about`: what it does. */
  states: z.array(z.object({ name: z.string(), kind: z.string(), about: z.string() })),
  /** `onFailure`: the way where `from` fails. */
  steps: z.array(z.object({ from: z.string(), to: z.string(), onFailure: z.boolean() })),
})

export const runAnswer = runItem.extend({
  ...freshness,
  /** null: it has not begun. */
  shape: runShape.nullable(),
  /** Whether what its states have answered is kept: `POST /runs` may say the one to begin `from`. */
  isResumable: z.boolean(),
  /** When it is tried again by itself, because it has failed; null: it is not. */
  retryAt: z.string().nullable(),
  /** The last date whose tables are published, whatever became of this run; null: there are none. */
  shown: z.string().nullable(),
  /** In their order, those that have not begun too. */
  states: z.array(runState),
  /** How many of its checks came out how; null: it is not over. */
  checks: z.object({ passed: z.int(), failed: z.int(), warned: z.int(), skipped: z.int() }).nullable(),
  /** Those that failed, then those that warned: the first 100. */
  wrong: z.array(runCheck),
})
export type RunAnswer = z.infer<typeof runAnswer>

export const runChecksAnswer = z.object({
  ...freshness,
  items: z.array(runCheck),
  /** Send it back as `next` for the others; null: there are none. */
  next: z.string().nullable(),
})

/** Of the parts that a run has made of a table: the one that came out worst, the newest of these. */
const checkOfRun = runCheck.extend({
  /** How many parts it was asked of. */
  parts: z.int(),
  /** Of how many of them it failed or warned. */
  wrong: z.int(),
})

export const checkHistoryAnswer = z.object({
  ...freshness,
  /** Runs that were over in it. */
  window: listSpan,
  /** A run each, newest date first. */
  items: z.array(
    z.object({
      run: z.string(),
      chain: z.string(),
      date: z.string(),
      attempt: z.int(),
      endedAt: z.string(),
      checks: z.array(checkOfRun),
    }),
  ),
  /** Send it back as `next` for older ones; null: there are none. */
  next: z.string().nullable(),
})
export type CheckHistoryAnswer = z.infer<typeof checkHistoryAnswer>

export const runRequest = z.object({
  /** Its name: `nightly`, `forecasts`, `weekly`. */
  chain: z.string().regex(/^[a-z]+$/, 'is no name of a chain'),
  /** The last day that is over if absent; with it, that day is made though nothing has come for it. */
  date: LocalDate.optional(),
  /** The state to begin at, of the run that was asked for last: what those before it have answered stays. */
  from: z.string().min(1).max(80).optional(),
})

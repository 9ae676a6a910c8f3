/** What the page of one run says. */
import type { RunAnswer } from '#core/api/runs.ts'
import { formatNumber } from '../format/format-number.ts'
import { askerOf, dateText, momentText, tookMs, tookText } from './prepare-runs.ts'
import { isWorking } from './requests.ts'
import { words } from './words.ts'

export type StateStatus = RunAnswer['status'] | 'not-reached'
export type StateLine = {
  readonly name: string
  readonly does: string
  readonly status: StateStatus
  readonly statusText: string
  readonly beganMs: number | null
  readonly tookMs: number | null
  readonly took: string
  readonly rowsIn: number | null
  readonly rowsOut: number | null
  readonly tries: number
  readonly says: string
}

export type RunSight = {
  readonly nowMs: number
  readonly zone: string
  readonly names: ReadonlyMap<string, string>
}

export const stateWord = (status: StateStatus): string =>
  status === 'not-reached' ? words.notReached : words.statuses[status]

/** A state that waits in a run that is over is not reached any more. */
export function prepareStates(run: RunAnswer, nowMs: number): readonly StateLine[] {
  const about = new Map(run.shape?.states.map((state) => [state.name, state.about]))
  return run.states.map((state) => {
    const status = state.status === 'waiting' && !isWorking(run) ? 'not-reached' : state.status
    const took = tookMs(state, nowMs)
    return {
      name: state.name,
      does: about.get(state.name) ?? '',
      status,
      statusText: stateWord(status),
      beganMs: state.startedAt === null ? null : Date.parse(state.startedAt),
      tookMs: took,
      took: tookText(took),
      rowsIn: state.rowsIn,
      rowsOut: state.rowsOut,
      tries: state.tries,
      says: state.failure === null ? aboutText(state.about) : `${state.failure.error}: ${state.failure.cause}`,
    }
  })
}

const SHOWN = 3

/** 'days 2026-03-03, 2026-03-04; date 2026-03-04'. */
export function aboutText(about: Readonly<Record<string, unknown>>): string {
  return Object.entries(about)
    .filter(([, value]) => value !== null && value !== 0 && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join('; ')
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value)
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const first = value.slice(0, SHOWN).map(String).join(', ')
  return value.length > SHOWN ? `${first} ${words.states.more(value.length - SHOWN)}` : first
}

/** Names and values, those that there are. */
export function prepareFacts(run: RunAnswer, { nowMs, zone, names }: RunSight): readonly (readonly [string, string])[] {
  const facts = [
    [words.facts.asked, words.askedBy(momentText(run.askedAt, nowMs, zone), askerOf(run.askedBy, names))],
    [words.facts.began, momentText(run.startedAt, nowMs, zone)],
    [words.facts.ended, momentText(run.endedAt, nowMs, zone)],
    [words.facts.took, tookText(tookMs(run, nowMs))],
    [words.facts.attempt, formatNumber(run.attempt)],
    [words.facts.from, run.from ?? ''],
    [words.facts.tables, run.shown === null ? words.shownNone : words.shownUpTo(dateText(run.shown))],
    [words.facts.cost, words.noCost],
  ] as const
  return facts.filter(([, value]) => value !== '')
}

export type WrongCheck = {
  readonly key: string
  readonly isHard: boolean
  readonly where: string
  readonly check: string
  readonly measured: string
}

/** Those that failed, then those that warned. */
export const prepareWrong = ({ wrong }: RunAnswer): readonly WrongCheck[] =>
  wrong.map(({ table, day, check, severity, outcome, measured, bound }, i) => ({
    key: `${table} ${day} ${check} ${i}`,
    isHard: severity === 'hard' && outcome === 'failed',
    where: words.checks.of(table, day),
    check,
    measured:
      measured === null
        ? words.checks.nothing
        : words.checks.measured(formatNumber(measured), bound === null ? '' : formatNumber(bound)),
  }))

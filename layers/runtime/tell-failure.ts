import { z } from 'zod'
import { noticeIdOf } from '#core/notices/notice-of-alert.ts'
import { findRun, type RunRow } from './chain-runs.ts'
import { type TaskFailure, tasksOf } from './chain-tasks.ts'
import { handOnNotice } from './hand-on-notice.ts'
import { readNight } from './night-row.ts'
import type { Ports } from './ports.ts'
import { step } from './step.ts'

/** As Step Functions hands it to a Catch. */
const takes = z.object({ failure: z.object({ Error: z.string(), Cause: z.string() }) })

/** Says which state stopped the run, why, and what stays in place: once for each try of a run. */
export const tellFailure = step(takes, async (ports, input) => {
  const { merchantId, run, date, failure } = input
  const { chain = run, attempt = 1 } = (await findRun(ports.state, merchantId, run)) ?? {}
  await tellStop(
    ports,
    { merchantId, run, date, chain, attempt },
    { error: failure.Error, cause: causeIn(failure.Cause) },
  )
  return {}
})

type Stopped = Pick<RunRow, 'merchantId' | 'date' | 'chain' | 'attempt'> & { readonly run: string }

/** Told once of each try, however often it is asked for. */
export async function tellStop(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  { merchantId, run, date, chain, attempt }: Stopped,
  { error, cause }: TaskFailure,
): Promise<void> {
  const tasks = await tasksOf(state, { merchantId, run })
  const [name] = [...tasks].find(([, its]) => its.some(({ failure }) => failure)) ?? []
  const { date: last = '' } = (await readNight(state, merchantId)) ?? {}
  const nowMs = clock.now()
  const notice = {
    id: noticeIdOf(`${run}-${attempt}`, 'CRITICAL'),
    merchantId,
    storeId: '-',
    kind: 'run-failed',
    severity: 'CRITICAL',
    at: new Date(nowMs).toISOString(),
    subject: `critical: the ${chain} run of ${date} stopped`,
    text: `The ${chain} run of ${date} stopped${name === undefined ? '' : ` at ${name}`}: ${cause}. ${whatStays(chain, name, last)}.`,
    data: { run, chain, date, state: name ?? null, error, cause, shown: last === '' ? null : last },
  } as const
  await handOnNotice(state, notice, nowMs)
}

/** Where a state has stopped the chain. `last`: the date that the tables were made for, '' for none. */
export const whatStays = (chain: string, state: string | undefined, last: string): string =>
  STAYS[chain]?.(state) ?? (last === '' ? 'There are no tables yet' : `The tables stay as they were made for ${last}`)

/** By chain; of all others it is the tables. */
const STAYS: Readonly<Record<string, (state: string | undefined) => string>> = {
  forecasts: (state) =>
    state === undefined
      ? 'What it has published stays; all else is as it was'
      : state === 'check-drift'
        ? 'Forecasts and proposals are new; whether the model still fits was not looked at'
        : state === 'propose-reorders'
          ? 'The forecasts are new; proposals to order stay as they were'
          : 'Forecasts and proposals to order stay as they were',
  weekly: (state) =>
    state === undefined
      ? 'A model that it has promoted serves; else the one that served'
      : state === 'check-drift'
        ? 'Training is over; whether the model still fits was not looked at'
        : 'The model that served goes on serving',
}

/** Of a Lambda function the cause is a document with the message in it. */
export function causeIn(text: string): string {
  try {
    const { errorMessage } = JSON.parse(text) as { errorMessage?: unknown }
    return typeof errorMessage === 'string' ? errorMessage : text
  } catch {
    return text
  }
}

/** Looks whether a merchant's demand model still fits its trade; says so when it begins not to, and has it trained where that is wanted. */
import { z } from 'zod'
import { weeklyErrors } from '#core/demand/accuracy.ts'
import { type DriftCheck, type DriftRow, driftCheck, driftText, isNews, withCheck } from '#core/demand/drift.ts'
import { errorDrift } from '#core/demand/error-drift.ts'
import { noticeIdOf } from '#core/notices/notice-of-alert.ts'
import type { StateStore } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import { askForRun } from './chain-runs.ts'
import { handOnNotice } from './hand-on-notice.ts'
import { HttpError } from './http-handler.ts'
import { readPublished } from './published-warehouse.ts'
import { readSettings } from './read-catalogue.ts'
import { readDemandAccuracy } from './read-demand-accuracy.ts'
import { newestPart, readServedAbout } from './served-rows.ts'
import { type StepPorts, step } from './step.ts'

/** Key: the merchant. */
export const DRIFT_TABLE = 'demand-drift'

/** 26 weeks before the last one: a week more is no better, and half a year ago trade was another. */
const DAYS = 27 * 7

export async function readDrift(state: StateStore, merchantId: string): Promise<DriftRow> {
  return ((await state.get(DRIFT_TABLE, merchantId)) as DriftRow | undefined) ?? { checks: [] }
}

/** `mayTrain`: a run that trains already asks for no other. */
const takes = z.object({ mayTrain: z.boolean() })

export const checkDrift = step(takes, async (ports, { merchantId, mayTrain }) => {
  const { state, objects, warehouse, clock } = ports
  const published = await readPublished(objects, merchantId)
  const part = newestPart(published)
  if (part === undefined) return { about: { reason: 'nothing was forecast yet' } }
  const about = await readServedAbout(objects, merchantId, part)
  const settings = await readSettings(state, merchantId)
  const asked = { days: DAYS, ahead: 1, currency: settingOf('currency', settings) }
  const { days } = await readDemandAccuracy(warehouse, published, asked)
  const found = driftCheck({
    madeOn: part.madeOn,
    at: clock.now(),
    model: about?.model ?? null,
    series: about?.series ?? 0,
    shifts: about?.shifts ?? null,
    error: errorDrift(weeklyErrors(days)),
  })
  const before = await readDrift(state, merchantId)
  const trained = before.checks.find(({ madeOn, trains }) => madeOn === found.madeOn && trains) !== undefined
  const isNew = isNews(before, found)
  const wanted = settingOf('trainOnDrift', settings)
  const trains = trained || (isNew && mayTrain && wanted)
  const check: DriftCheck = { ...found, trains }
  if (trains && !trained) await askForTraining(ports, merchantId)
  if (isNew) await tell(ports, merchantId, check)
  await state.commitDurable([{ table: DRIFT_TABLE, key: merchantId, row: withCheck(before, check) }])
  const { isAlarm, features, error } = check
  return { about: { madeOn: part.madeOn, isAlarm, features, weeks: error?.weeks ?? 0, trains } }
})

/** One that is asked for already, for whichever date, is as good. */
async function askForTraining(ports: StepPorts, merchantId: string): Promise<void> {
  try {
    await askForRun(ports, merchantId, { chain: 'weekly' }, 'drift')
  } catch (error) {
    if (!(error instanceof HttpError && error.status === 409)) throw error
  }
}

async function tell({ state, clock }: StepPorts, merchantId: string, check: DriftCheck): Promise<void> {
  const nowMs = clock.now()
  const follows = check.trains
    ? 'A training was asked for; it serves if it is better'
    : 'The weekly training goes on as always; `counterflow train demand` does it now'
  const notice = {
    id: noticeIdOf(`drift-${check.madeOn}`, 'WARNING'),
    merchantId,
    storeId: '-',
    kind: 'forecast-drift',
    severity: 'WARNING',
    at: new Date(nowMs).toISOString(),
    subject: `warning: the demand model of ${check.madeOn} no longer fits`,
    text: `${driftText(check)}. ${follows}.`,
    data: { madeOn: check.madeOn, model: check.model, error: check.error, shifts: check.shifts, trains: check.trains },
  } as const
  await handOnNotice(state, notice, nowMs)
}

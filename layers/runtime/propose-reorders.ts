/** A merchant's proposals of a morning: what to order of each product for each store, or why nothing. */
import { createHash } from 'node:crypto'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import type { CheckResult } from '#core/lake/table-checks.ts'
import { addDays, businessDateOf, dayOfDate, startOfBusinessDay } from '#core/metrics/business-time.ts'
import type { Clock, StateStore } from '#core/ports.ts'
import { type Morning, staysDecided } from '#core/reorders/after-morning.ts'
import { type NoReorderReason, PRODUCT_CLASSES, type ServiceLevels } from '#core/reorders/arithmetic-line.ts'
import { type ReorderAnswer, type ReorderPolicy, reasonNotToAsk } from '#core/reorders/reorder-policy.ts'
import {
  figuresOf,
  type MorningRow,
  REORDER_MORNINGS,
  REORDERS,
  type ReorderRow,
  reasonOf,
} from '#core/reorders/reorder-row.ts'
import { type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { keepMorning, type MorningAnswer } from './keep-morning.ts'
import type { ComputedPorts } from './publish-computed.ts'
import { publishReorders } from './publish-reorders.ts'
import { readPublished } from './published-warehouse.ts'
import { readSettings } from './read-catalogue.ts'
import { readOrderTimes } from './read-order-times.ts'
import { type HistoryPorts, readReorderHistory } from './read-reorder-history.ts'
import { type AskedQuestion, questionPages } from './reorder-questions.ts'
import { reorderKey } from './reorder-rows.ts'

export type ProposePorts = HistoryPorts & ComputedPorts & { readonly reorders: ReorderPolicy; readonly clock: Clock }

export type ReordersProposed = Omit<MorningRow, 'at'> & {
  /** Of the part of `fact_reorders`; none where the same was published before. */
  readonly checks: readonly CheckResult[]
  /** Products of stores that were looked at. */
  readonly looked: number
  /** Proposals that are not as they were. */
  readonly changed: number
}

/**
 * The same rows again where nothing has changed. What is expected to sell most (5,000 products of stores) is asked about in one go, so
 * that a budget goes where it is worth most; all others pass by page by page. `now`: epoch ms. `run`: of a chain, whose part of
 * `fact_reorders` it is; where a hard check of that part fails, what was asked about stays as it was. refused: there is nothing to
 * go by, and all proposals of before stay. @throws WarehouseQueryError
 */
export async function proposeReorders(
  ports: ProposePorts,
  merchantId: string,
  now: number,
  run: string | null = null,
): Promise<ReordersProposed | { readonly refused: string }> {
  const { state, objects, reorders, clock } = ports
  const startedAt = clock.now()
  const published = await readPublished(objects, merchantId)
  const history = await readReorderHistory(ports, published)
  if (history === undefined) return { refused: 'nothing was forecast yet' }
  const settings = await readSettings(state, merchantId)
  const zone = settingOf('timeZone', settings)
  const today = businessDateOf(now, zone)
  if (dayOfDate(today) - dayOfDate(history.forecastsOf) >= HORIZON_DAYS)
    return { refused: `the newest forecasts begin on ${history.forecastsOf}: their days are over` }

  const [from, to] = [startOfBusinessDay(today, zone), startOfBusinessDay(addDays(today, 1), zone)]
  const asked: AskedQuestion[] = []
  const ordered = new Set<string>()
  const morning: Morning = { today, isOrdered: (id) => ordered.has(id), newId: idIn(merchantId, today) }
  const reasons: Partial<Record<NoReorderReason, number>> = {}
  let [looked, changed] = [0, 0]
  const keep = async (answers: readonly MorningAnswer[]): Promise<void> => {
    for (const { reason } of answers) if (reason) reasons[reason.reason] = (reasons[reason.reason] ?? 0) + 1
    changed += await keepMorning(state, merchantId, morning, answers)
  }
  const about = { merchantId, settings, history, today, dayLeft: (to - now) / (to - from) }
  for await (const page of questionPages(state, about)) {
    looked += page.length
    for (const { orderIds } of page) for (const id of orderIds) ordered.add(id)
    const isAsked = ({ question }: AskedQuestion) => reasonNotToAsk(question) === undefined
    asked.push(...(await withDecided(state, merchantId, page.filter(isAsked), morning)))
    await keep(page.filter((one) => !isAsked(one)).map(unasked))
  }
  const answers = await reorders.propose({
    today: dayOfDate(today),
    questions: asked.map(({ question }) => question),
    leadTimes: await readOrderTimes(state, merchantId),
    errors: history.errors,
    ...rulesOf(settings),
  })
  const made = { day: today, durationMs: clock.now() - startedAt, run }
  const { isPublished, checks } = await publishReorders(ports, published, asked, answers, made, now)
  const told = { madeOn: today, forecastsOf: history.forecastsOf, looked, checks }
  if (!isPublished) return { ...told, proposals: 0, reasons, changed }
  await keep(answers.map((answer, nth) => answered(answer, asked[nth]!)))
  const proposals = answers.filter(({ kind }) => kind === 'proposal').length
  const row: MorningRow = { at: now, madeOn: today, forecastsOf: history.forecastsOf, proposals, reasons }
  await state.commitDurable([{ table: REORDER_MORNINGS, key: merchantId, row }])
  return { ...told, proposals, reasons, changed }
}

/** Each with whether its proposal was decided and stands. */
async function withDecided(
  state: StateStore,
  merchantId: string,
  asked: readonly AskedQuestion[],
  morning: Morning,
): Promise<AskedQuestion[]> {
  const rows = await state.getMany(
    asked.map(({ question }) => ({ table: REORDERS, key: reorderKey(merchantId, question) })),
  )
  return asked.map((one, nth) => {
    const row = rows[nth] as ReorderRow | undefined
    return row !== undefined && staysDecided(row, morning)
      ? { ...one, question: { ...one.question, isDecided: true } }
      : one
  })
}

function rulesOf(settings: SettingsRow) {
  const budgetMinor = settingOf('reorderBudgetMinor', settings)
  return {
    serviceLevels: Object.fromEntries(
      PRODUCT_CLASSES.map((of) => [of, settingOf(`serviceLevel.${of}`, settings)]),
    ) as ServiceLevels,
    reviewDays: settingOf('reorderReviewDays', settings),
    cycleDays: settingOf('reorderCycleDays', settings),
    ...(budgetMinor > 0 && { budgetMinor }),
  }
}

function unasked({ question }: AskedQuestion): MorningAnswer {
  const { storeId, productId } = question
  return { storeId, productId, reason: { storeId, productId, reason: reasonNotToAsk(question)!, lines: [] } }
}

function answered(answer: ReorderAnswer, { money }: AskedQuestion): MorningAnswer {
  const { storeId, productId } = answer
  // The decision itself says why.
  if (answer.kind === 'none' && answer.reason === 'decided') return { storeId, productId }
  return answer.kind === 'none'
    ? { storeId, productId, reason: reasonOf(answer) }
    : { storeId, productId, figures: figuresOf(answer, money) }
}

const idIn =
  (merchantId: string, today: string): Morning['newId'] =>
  ({ storeId, productId }, before) => {
    const names = [merchantId, storeId, productId, today, before?.id ?? '']
    return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 24)
  }

/** What to order today, for each product in each store: a proposal with its arithmetic, or the reason for none. */
import type { ArithmeticLine, NoReorderReason, ProductClass } from '#core/reorders/arithmetic-line.ts'
import {
  type NoReorder,
  type ReorderAnswer,
  type ReorderProposal,
  type ReorderQuestion,
  reasonNotToAsk,
} from '#core/reorders/reorder-policy.ts'
import { type DayDemand, daysAhead } from './day-demand.ts'
import { type Chances, drawChances } from './demand-draws.ts'
import type { LeadTime } from './lead-times.ts'
import { type OrderQuantity, orderQuantity } from './order-quantity.ts'
import { type ReorderLevels, reorderLevels } from './reorder-levels.ts'
import type { ReorderRules } from './reorder-rules.ts'
import { shareLimits } from './share-limits.ts'
import { substitutesIn } from './substitutes.ts'

/** Demand is looked at so far ahead; a lead time beyond it, less review and cycle, is cut. */
export const HORIZON_DAYS = 90
const DRAWS = 512

/** In the order of the questions: an answer to each. The same questions, rules and seed have the same answers. */
export function proposeReorders(questions: readonly ReorderQuestion[], rules: ReorderRules): ReorderAnswer[] {
  const { dependence, seed } = rules
  const chances = drawChances({ draws: DRAWS, days: HORIZON_DAYS, dependence, seed })
  const decided = questions.map((question) => decide(question, rules, chances))
  const wishing = decided.filter(
    (one) => 'levels' in one && one.order.quantity > 0 && !one.question.isDecided,
  ) as Decided[]
  const shares = shareLimits(
    wishing.map(({ question, levels, order, position }) => ({
      ...order,
      storeId: question.storeId,
      position,
      protection: levels.protection,
      unitCostMinor: question.unitCostMinor,
      unitMarginMinor: marginOf(question),
    })),
    rules,
  )
  const shareOf = new Map(wishing.map((one, place) => [one, shares[place]!]))
  const substitutes = substitutesIn(
    questions.map((question) => ({ ...question, dailyDemand: question.forecast?.[0]?.mean ?? 0 })),
    rules.reviewDays,
  )
  return decided.map((one): ReorderAnswer => {
    if (!('levels' in one)) return one
    if (one.question.isDecided) return nothingOf(one, 'decided', rules)
    const share = shareOf.get(one)
    const reason = share?.quantity === 0 ? share.shortened : one.order.reason
    if (reason !== undefined || !share) return nothingOf(one, reason ?? 'enough', rules)
    const { question } = one
    return proposalOf(one, share.quantity, rules, substitutes({ ...question, dailyDemand: 0 }))
  })
}

interface Decided {
  readonly question: ReorderQuestion & { readonly supplierId: string }
  readonly ahead: readonly DayDemand[]
  readonly levels: ReorderLevels
  readonly order: OrderQuantity
  readonly position: number
  readonly lines: readonly ArithmeticLine[]
}

function decide(question: ReorderQuestion, rules: ReorderRules, chances: Chances): Decided | NoReorder {
  const { productId, storeId } = question
  const reason = reasonNotToAsk(question)
  if (reason !== undefined) return { kind: 'none', productId, storeId, reason, lines: [] }
  const [supplierId, counted, forecast] = [question.supplierId!, question.onHand!, question.forecast!]
  const { today, reviewDays, cycleDays, leadTimes } = rules
  const serviceLevel = rules.serviceLevels[question.productClass]
  const shelf = Math.max(0, counted)
  const wantedToday = Math.min(shelf, Math.round(question.wantedToday ?? 0))
  const onHand = shelf - wantedToday
  const ahead = daysAhead(forecast, HORIZON_DAYS)
  // The quantity that the regression is asked about: what is to last for a review and a cycle.
  const usual = ahead.slice(0, reviewDays + cycleDays).reduce((sum, { mean }) => sum + mean, 0)
  const quantity = Math.max(question.minOrder ?? 0, question.packSize ?? 1, Math.ceil(usual))
  const lead = leadTimes.predict({ supplierId, placedOn: today, quantity, ...promiseOf(question) })
  const inbound = question.inbound.map(({ outstanding, placedOn }) => ({ outstanding, ageDays: today - placedOn }))
  const { shelfLifeDays } = question
  const levels = reorderLevels(
    { onHand, inbound, ahead, lead, serviceLevel, reviewDays, cycleDays, shelfLifeDays },
    chances,
  )
  const underWay = inbound.reduce((sum, { outstanding }) => sum + outstanding, 0)
  const order = orderQuantity(levels, onHand, underWay, question)
  const lines: ArithmeticLine[] = [
    ...levelLines(levels, lead, serviceLevel, question.productClass, rules),
    { what: 'on-hand', value: shelf, unit: 'units' },
    ...(wantedToday > 0 ? [{ what: 'wanted-today', value: wantedToday, unit: 'units' } as const] : []),
    ...order.lines,
  ]
  return { question: { ...question, supplierId }, ahead, levels, order, position: onHand + underWay, lines }
}

const promiseOf = ({ promisedDays }: ReorderQuestion) => (promisedDays === undefined ? {} : { promisedDays })

function levelLines(
  levels: ReorderLevels,
  lead: LeadTime,
  serviceLevel: number,
  productClass: ProductClass,
  { reviewDays, cycleDays }: ReorderRules,
): ArithmeticLine[] {
  return [
    { what: 'service-level', value: serviceLevel, unit: 'share', productClass },
    { what: 'review-days', value: reviewDays, unit: 'days' },
    ...(cycleDays > 0 ? [{ what: 'cycle-days', value: cycleDays, unit: 'days' } as const] : []),
    { what: 'lead-days', value: levels.leadDaysMean, unit: 'days', orders: lead.orders },
    { what: 'demand-over-lead', value: levels.demandOverLead, unit: 'units' },
    { what: 'demand-over-protection', value: levels.demandOverProtection, unit: 'units' },
    { what: 'reorder-point', value: levels.reorderPoint, unit: 'units' },
    { what: 'order-up-to', value: levels.orderUpTo, unit: 'units' },
  ]
}

function nothingOf(
  { question, lines, levels, position, ahead }: Decided,
  reason: NoReorderReason,
  rules: ReorderRules,
): NoReorder {
  const { productId, storeId } = question
  const spare = position - levels.reorderPoint
  const orderOn = rules.today + daysOf(ahead, Math.max(0, spare)) + 1
  return { kind: 'none', productId, storeId, reason, lines, ...(reason === 'enough' && { orderOn }) }
}

function proposalOf(
  one: Decided,
  quantity: number,
  rules: ReorderRules,
  substitutes: readonly string[],
): ReorderProposal {
  const { question, levels, order, position, ahead } = one
  const { productId, storeId, supplierId, unitCostMinor } = question
  const costMinor = unitCostMinor === undefined ? undefined : quantity * unitCostMinor
  const lines: ArithmeticLine[] = [...one.lines]
  if (quantity < order.quantity) lines.push({ what: 'after-limits', value: quantity, unit: 'units' })
  lines.push({ what: 'quantity', value: quantity, unit: 'units' })
  if (unitCostMinor !== undefined && costMinor !== undefined)
    lines.push(
      { what: 'unit-cost', value: unitCostMinor, unit: 'minor' },
      { what: 'cost', value: costMinor, unit: 'minor' },
    )
  return {
    kind: 'proposal',
    productId,
    storeId,
    supplierId,
    quantity,
    reorderPoint: levels.reorderPoint,
    orderUpTo: levels.orderUpTo,
    orderOn: rules.today,
    arrivesOn: rules.today + Math.round(levels.leadDaysMean),
    coverDays: daysOf(ahead, position + quantity),
    stockoutChance: levels.stockoutChance,
    ...(costMinor !== undefined && { costMinor }),
    substitutes,
    lines,
  }
}

/** Whole days for which so many units are expected to last. */
function daysOf(ahead: readonly DayDemand[], units: number): number {
  let left = units
  const day = ahead.findIndex(({ mean }) => (left -= mean) < 0)
  return day < 0 ? ahead.length : day
}

function marginOf({ unitCostMinor, unitPriceMinor }: ReorderQuestion): number | undefined {
  return unitCostMinor === undefined || unitPriceMinor === undefined
    ? undefined
    : Math.max(0, unitPriceMinor - unitCostMinor)
}

/** From sums to the figures that people read. Pure: rows in, answer out. */
import {
  COUNT_MEASURES,
  type CountMeasure,
  type Measure,
  type MetricsAnswer,
  MONEY_MEASURES,
  type MoneyMeasure,
} from '#core/api/metrics.ts'
import { REFUND_REASONS } from '#core/events/sale-refunded.ts'
import { addSums, type Cell, EMPTY_CELL } from './cells.ts'
import { countDistinct, EMPTY_DISTINCT, mergeDistinct } from './distinct-sketch.ts'
import { type AmountName, amount, refundedFor, refundsFor, type Sums } from './measure-names.ts'

export function addCells(a: Cell, b: Cell): Cell {
  const sums = addSums(a.sums, b.sums)
  if (b.customers === undefined) return a.customers === undefined ? { sums } : { sums, customers: a.customers }
  return { sums, customers: mergeDistinct(a.customers ?? EMPTY_DISTINCT, b.customers) }
}
export const sumOf = (cells: readonly Cell[]): Cell => cells.reduce(addCells, EMPTY_CELL)

/** What a span adds up to; `oldCarts`: of the part of it in which carts have had their time. */
export type SpanCells = { readonly all: Cell; readonly oldCarts: Cell }

const get = (sums: Sums, name: string): number => sums[name] ?? 0

export function countOf(measure: CountMeasure, { all, oldCarts }: SpanCells): number | null {
  const { sums, customers } = all
  switch (measure) {
    case 'activeCustomers':
      return countDistinct(customers ?? EMPTY_DISTINCT).value
    case 'abandonedCarts':
      return get(oldCarts.sums, 'followedCarts') - get(oldCarts.sums, 'cartsBought')
    case 'conversion':
      return get(sums, 'views') === 0 ? null : get(sums, 'orders') / get(sums, 'views')
    default:
      return get(sums, measure)
  }
}

/** In minor units of the currency; null where it is a ratio over nothing. */
export function moneyOf(measure: MoneyMeasure, currency: string, sums: Sums): number | null {
  const of = (name: AmountName) => get(sums, amount(name, currency))
  switch (measure) {
    case 'grossRevenue':
      return of('gross')
    case 'discounts':
      return of('discount')
    case 'tax':
      return of('tax')
    case 'refundAmount':
      return of('refunded')
    case 'cancelledAmount':
      return of('cancelled')
    case 'charges':
      return of('charges')
    case 'chargeReversals':
      return of('chargeReversals')
    case 'goodsRevenue':
      return of('gross') - of('discount') - of('refunded') - of('cancelled')
    case 'netRevenue':
      return of('gross') - of('discount') - of('refunded') - of('cancelled') + of('charges')
    case 'averageOrderValue':
      return get(sums, 'orders') === 0 ? null : Math.round((of('gross') - of('discount')) / get(sums, 'orders'))
  }
}

const CURRENCY = /:([A-Z]{3})$/

/** Currencies that the sums hold amounts of, in order of the alphabet. */
export function currenciesIn(sums: Sums): string[] {
  const found = new Set<string>()
  for (const name of Object.keys(sums)) {
    const code = CURRENCY.exec(name)?.[1]
    if (code !== undefined) found.add(code)
  }
  return [...found].sort()
}

type Figures = Pick<MetricsAnswer, 'counts' | 'money' | 'refundReasons' | 'activeCustomersExact'>

/** Every measure of a span beside the same span a day and a week earlier. */
export function figuresOf(
  now: SpanCells,
  dayEarlier: SpanCells,
  weekEarlier: SpanCells,
  mainCurrency: string,
): Figures {
  const beside = (of: (cells: SpanCells) => number | null): Measure => ({
    value: of(now),
    dayEarlier: of(dayEarlier),
    weekEarlier: of(weekEarlier),
  })
  const spans = [now, dayEarlier, weekEarlier]
  const currencies = new Set([mainCurrency, ...spans.flatMap(({ all }) => currenciesIn(all.sums))])
  return {
    counts: record(COUNT_MEASURES, (measure) => beside((cells) => countOf(measure, cells))),
    money: record([...currencies], (currency) =>
      // An order may hold several currencies' lines: its average is said in its own currency alone.
      record(MONEY_MEASURES, (measure) =>
        beside(({ all }) =>
          measure === 'averageOrderValue' && currenciesIn(all.sums).length > 1
            ? null
            : moneyOf(measure, currency, all.sums),
        ),
      ),
    ),
    refundReasons: REFUND_REASONS.flatMap((reason) => {
      const { sums } = now.all
      const count = get(sums, refundsFor(reason))
      const amounts = record(currenciesIn(sums), (currency) => get(sums, refundedFor(reason, currency)))
      return count === 0 ? [] : [{ reason, count, amounts }]
    }),
    activeCustomersExact: countDistinct(now.all.customers ?? EMPTY_DISTINCT).exact,
  }
}

const record = <N extends string, V>(names: readonly N[], of: (name: N) => V): Record<N, V> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, V>

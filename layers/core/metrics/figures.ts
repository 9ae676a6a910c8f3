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
import { addSums, type Cell } from './cells.ts'
import { countDistinct, type Distinct, EMPTY_DISTINCT, mergeAllDistinct, mergeDistinct } from './distinct-sketch.ts'
import { type AmountName, amount, refundedFor, refundsFor, type Sums } from './measure-names.ts'
import type { ReadBy } from './scope.ts'

/** What was folded stays readable: a sum that no number holds exactly is unknown from there on. */
const unknown = (): number => Number.NaN

export function addCells(a: Cell, b: Cell): Cell {
  const sums = addSums(a.sums, b.sums, unknown)
  if (b.customers === undefined) return a.customers === undefined ? { sums } : { sums, customers: a.customers }
  return { sums, customers: mergeDistinct(a.customers ?? EMPTY_DISTINCT, b.customers) }
}

/** As adding them one to the other, in one go: thousands make up a region's day. */
export function sumOf(cells: readonly Cell[]): Cell {
  const sums: Record<string, number> = {}
  const people: Distinct[] = []
  for (const cell of cells) {
    if (cell.customers !== undefined) people.push(cell.customers)
    for (const name in cell.sums) {
      const sum = (sums[name] ?? 0) + cell.sums[name]!
      sums[name] = Number.isSafeInteger(sum) ? sum : Number.NaN
    }
  }
  for (const name in sums) if (sums[name] === 0) delete sums[name]
  return people.length === 0 ? { sums } : { sums, customers: mergeAllDistinct(people) }
}

/** The sums of the first without those of the second; people, of whom nobody can be taken away again, are left out. */
export const lessSums = (all: Cell, part: Cell): Cell =>
  sumOf([
    { sums: all.sums },
    { sums: Object.fromEntries(Object.entries(part.sums).map(([name, sum]) => [name, -sum])) },
  ])

/** What cells of one kind add up to over a span. */
export type SpanCells = {
  readonly by: ReadBy
  readonly all: Cell
  /** Of the part of the span in which carts have had their time. */
  readonly oldCarts: Cell
  /** Whether each of the cells remembers who bought. */
  readonly knowsPeople: boolean
}

/**
 * Papers, people and carts belong to no one product, so its cells do not hold them: of a product, category or brand they
 * are unknown. (Charges belong to no product either, and are truly none of it.)
 */
const NOT_OF_PRODUCTS: ReadonlySet<CountMeasure> = new Set([
  'orders',
  'cancellations',
  'documents',
  'carts',
  'abandonedCarts',
  'conversion',
  'activeCustomers',
  'newCustomers',
])

/** Stock rows hold what was booked, and nothing of what was looked at, came late or ran out. */
const NOT_OF_STOCK: ReadonlySet<CountMeasure> = new Set([...NOT_OF_PRODUCTS, 'views', 'clicks', 'stockOuts', 'late'])

const notKept: Readonly<Record<ReadBy, ReadonlySet<CountMeasure>>> = {
  total: new Set(),
  store: new Set(),
  product: NOT_OF_PRODUCTS,
  stock: NOT_OF_STOCK,
}

const get = (sums: Sums, name: string): number => sums[name] ?? 0
/** What is not a number, since a sum was too much, is unknown. */
const known = (figure: number): number | null => (Number.isNaN(figure) ? null : figure)

/** null: it cannot be said, since it is a ratio over nothing or no cell holds it. */
export function countOf(measure: CountMeasure, { by, all, oldCarts, knowsPeople }: SpanCells): number | null {
  if (notKept[by].has(measure)) return null
  const { sums, customers } = all
  switch (measure) {
    case 'activeCustomers':
      return knowsPeople ? countDistinct(customers ?? EMPTY_DISTINCT).value : null
    case 'abandonedCarts':
      return known(get(oldCarts.sums, 'followedCarts') - get(oldCarts.sums, 'cartsBought'))
    case 'conversion':
      return get(sums, 'views') === 0 ? null : known(get(sums, 'orders') / get(sums, 'views'))
    default:
      return known(get(sums, measure))
  }
}

/** In minor units of the currency; null where it is a ratio over nothing, or too much to be said exactly. */
export function moneyOf(measure: MoneyMeasure, currency: string, sums: Sums): number | null {
  const minor = minorOf(measure, currency, sums)
  return Number.isSafeInteger(minor) ? minor : null
}

function minorOf(measure: MoneyMeasure, currency: string, sums: Sums): number {
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
      // An order may hold several currencies' lines: its average is said in its own currency alone.
      if (currenciesIn(sums).some((code) => code !== currency)) return Number.NaN
      return Math.round((of('gross') - of('discount')) / get(sums, 'orders'))
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

/** Every measure of a span beside the same span a day and a week earlier; undefined: no cells make up just that span. */
export function figuresOf(
  now: SpanCells | undefined,
  dayEarlier: SpanCells | undefined,
  weekEarlier: SpanCells | undefined,
  mainCurrency: string,
): Figures {
  const beside = (of: (cells: SpanCells) => number | null): Measure => {
    const said = (cells: SpanCells | undefined) => (cells === undefined ? null : of(cells))
    return { value: said(now), dayEarlier: said(dayEarlier), weekEarlier: said(weekEarlier) }
  }
  const spans = [now, dayEarlier, weekEarlier]
  const currencies = new Set([mainCurrency, ...spans.flatMap((span) => currenciesIn(span?.all.sums ?? {}))])
  const sums = now?.all.sums ?? {}
  return {
    counts: record(COUNT_MEASURES, (measure) => beside((cells) => countOf(measure, cells))),
    money: record([...currencies], (currency) =>
      record(MONEY_MEASURES, (measure) => beside(({ all }) => moneyOf(measure, currency, all.sums))),
    ),
    refundReasons: REFUND_REASONS.flatMap((reason) => {
      const count = get(sums, refundsFor(reason))
      const amounts = record(currenciesIn(sums), (currency) => get(sums, refundedFor(reason, currency)))
      return count === 0 ? [] : [{ reason, count, amounts }]
    }),
    activeCustomersExact:
      now !== undefined && !notKept[now.by].has('activeCustomers') && now.knowsPeople
        ? countDistinct(now.all.customers ?? EMPTY_DISTINCT).exact
        : null,
  }
}

const record = <N extends string, V>(names: readonly N[], of: (name: N) => V): Record<N, V> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, V>

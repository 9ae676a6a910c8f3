/** Every setting of every policy on one shop, in a process of its own: `replenishment-runs.ts SEED` prints them as JSON. */
import { reorderPolicy } from './replenishment-policy.ts'
import { minMaxRule, movingAverageRule, normalRule, normalRuleByForecast } from './replenishment-rules.ts'
import { makeShop } from './replenishment-shop.ts'
import { type Policy, runYear, type YearFigures } from './replenishment-year.ts'

export const STORES = 12
export const PRODUCTS = 200

export const POLICIES = [
  'moving average',
  '(s, S) rule of thumb',
  'normal safety stock',
  'normal safety stock by our forecast',
  'reorders',
  'reorders, campaigns planned 21 days ahead',
] as const
export type PolicyName = (typeof POLICIES)[number]

export interface ShopRun extends YearFigures {
  readonly policy: PolicyName
  readonly setting: string
}

interface Setting {
  readonly policy: PolicyName
  readonly setting: string
  readonly make: () => Policy
}

const FACTORS = [1, 1.3, 1.6, 2, 2.4]
const DEVIATIONS = [1, 2, 3, 4]
/** Fewer where the rule orders for a week more at once: with this stock it is out more often, and orders half as often. */
const WEEK_FACTORS = [1.2, 1.6, 2]
const WEEK_DEVIATIONS = [1.5, 2.5]
const LEVELS = [0.9, 0.95, 0.98]

function settings(): Setting[] {
  const of = (policy: PolicyName, setting: string, make: () => Policy): Setting => ({ policy, setting, make })
  return [
    ...FACTORS.map((factor) => of('moving average', `x ${factor}`, () => movingAverageRule(factor))),
    ...cycles(FACTORS, WEEK_FACTORS).map(([factor, days]) =>
      of('(s, S) rule of thumb', `x ${factor}, S ${days} days above`, () => minMaxRule(factor, days)),
    ),
    ...cycles(DEVIATIONS, WEEK_DEVIATIONS).map(([deviations, days]) =>
      of('normal safety stock', `${deviations} deviations, S ${days} days above`, () => normalRule(deviations, days)),
    ),
    ...[1.5, 2.5].map((deviations) =>
      of('normal safety stock by our forecast', `${deviations} deviations`, () => normalRuleByForecast(deviations)),
    ),
    ...LEVELS.map((serviceLevel) => of('reorders', `${serviceLevel}`, () => reorderPolicy({ serviceLevel }))),
    of('reorders', 'by class', () => reorderPolicy({ serviceLevel: 'by class' })),
    of('reorders, campaigns planned 21 days ahead', '0.95', () =>
      reorderPolicy({ serviceLevel: 0.95, plannedDays: 21 }),
    ),
  ]
}

const cycles = (daily: readonly number[], weekly: readonly number[]): (readonly [number, number])[] => [
  ...daily.map((factor) => [factor, 0] as const),
  ...weekly.map((factor) => [factor, 7] as const),
]

if (import.meta.main) {
  const shop = makeShop(Number(process.argv[2]), STORES, PRODUCTS)
  const runs = settings().map(({ policy, setting, make }): ShopRun => ({ policy, setting, ...runYear(shop, make()) }))
  process.stdout.write(JSON.stringify({ series: shop.series.length, runs }))
}

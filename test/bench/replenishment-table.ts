/** What came out of the replenishment bench: the frontier, and each policy beside the rules at the same stock. */
import { POLICIES, type PolicyName, type ShopRun } from './replenishment-runs.ts'

/** The rules that shops go by, which the policy is to halve the stock-outs of. */
export const RULES = ['moving average', '(s, S) rule of thumb', 'normal safety stock'] as const satisfies PolicyName[]

type Stock = 'stockUnits' | 'stockValueMinor'

/** Means over the shops of each setting, in the order of the first shop's runs. */
export function meanRuns(shops: readonly (readonly ShopRun[])[]): ShopRun[] {
  return shops[0]!.map((first, place) => {
    const mean = (figure: keyof Omit<ShopRun, 'policy' | 'setting'>) =>
      shops.reduce((sum, runs) => sum + runs[place]![figure], 0) / shops.length
    return {
      policy: first.policy,
      setting: first.setting,
      stockUnits: mean('stockUnits'),
      stockValueMinor: mean('stockValueMinor'),
      stockoutDays: mean('stockoutDays'),
      emptyShare: mean('emptyShare'),
      lostShare: mean('lostShare'),
      orders: mean('orders'),
    }
  })
}

/**
 * The fewest stock-out days that a rule reaches with this stock, whichever of its settings is best: on the lower left edge of
 * its settings, between two of them by the logarithm. NaN where the stock is beyond them.
 */
export function stockoutsAt(runs: readonly ShopRun[], stock: Stock, at: number): number {
  let best = Number.NaN
  for (const less of runs)
    for (const more of runs) {
      const [from, to] = [less[stock], more[stock]]
      if (from > at || to < at) continue
      const share = to === from ? 0 : (at - from) / (to - from)
      const value = less.stockoutDays ** (1 - share) * more.stockoutDays ** share
      if (!(value >= best)) best = value
    }
  return best
}

export interface Compared {
  readonly policy: PolicyName
  readonly setting: string
  readonly rule: (typeof RULES)[number]
  /** Stock-out days over the rule's best at the same stock: 0.5 is half. null: it has no setting with that stock. */
  readonly atSameUnits: number | null
  readonly atSameValue: number | null
}

export function compareRuns(runs: readonly ShopRun[]): Compared[] {
  const ratio = (one: ShopRun, rule: readonly ShopRun[], stock: Stock) => {
    const value = one.stockoutDays / stockoutsAt(rule, stock, one[stock])
    return Number.isNaN(value) ? null : value
  }
  return runs
    .filter(({ policy }) => !(RULES as readonly PolicyName[]).includes(policy))
    .flatMap((one) =>
      RULES.map((rule): Compared => {
        const ofRule = runs.filter(({ policy }) => policy === rule)
        const { policy, setting } = one
        return {
          policy,
          setting,
          rule,
          atSameUnits: ratio(one, ofRule, 'stockUnits'),
          atSameValue: ratio(one, ofRule, 'stockValueMinor'),
        }
      }),
    )
}

export function replenishmentTable(runs: readonly ShopRun[], compared: readonly Compared[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  const frontier = POLICIES.flatMap((policy) => runs.filter((run) => run.policy === policy))
  const ratio = (value: number | null) => (value === null ? '' : value.toFixed(2))
  const beside = Map.groupBy(compared, ({ policy, setting }) => `${policy}, ${setting}`)
  return [
    '| policy | setting | stock, units | stock at cost, million | stock-out days | shelf empty | units lost | orders |',
    '| --- | --- | --: | --: | --: | --: | --: | --: |',
    ...frontier.map(
      (run) =>
        `| ${run.policy} | ${run.setting} | ${run.stockUnits.toFixed(1)} | ${(run.stockValueMinor / 1e8).toFixed(2)} | ${percent(run.stockoutDays)} | ${percent(run.emptyShare)} | ${percent(run.lostShare)} | ${run.orders.toFixed(0)} |`,
    ),
    '',
    'Stock-out days over the best of a rule at the same stock in units (in money):',
    '',
    `| | ${RULES.join(' | ')} |`,
    `| --- | ${RULES.map(() => '--:').join(' | ')} |`,
    ...[...beside].map(
      ([name, ofRules]) =>
        `| ${name} | ${ofRules.map(({ atSameUnits, atSameValue }) => `${ratio(atSameUnits)} (${ratio(atSameValue)})`).join(' | ')} |`,
    ),
  ].join('\n')
}

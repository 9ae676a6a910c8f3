import { Temporal } from 'temporal-polyfill'
import type { Comparison, Period, Scope, ScopeSpan } from './scope.ts'

const DAY = { day: 'numeric', month: 'short' } as const

const days = ({ firstDay, lastDay }: ScopeSpan): string => {
  const [first, last] = [Temporal.PlainDate.from(firstDay), Temporal.PlainDate.from(lastDay)]
  const end = last.toLocaleString(undefined, { ...DAY, year: 'numeric' })
  return firstDay === lastDay ? end : `${first.toLocaleString(undefined, DAY)} – ${end}`
}

const periods: Readonly<Record<Period, string>> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': '7 days',
  '28d': '28 days',
  '90d': '90 days',
  custom: 'Custom',
}
const comparisons: Readonly<Record<Comparison, string>> = {
  previous: 'vs the period before',
  week: 'vs the same days, weeks earlier',
  none: 'no comparison',
}

export const words = {
  bar: 'What the figures are about',
  periodLabel: 'Period',
  periods,
  period: (scope: Scope, span: ScopeSpan): string => (scope.period === 'custom' ? days(span) : periods[scope.period]),
  days,
  compareLabel: 'Compare with',
  comparisons: (period: Period): Readonly<Record<Comparison, string>> =>
    period === 'today' || period === 'yesterday'
      ? { previous: 'vs the day before', week: 'vs the same day last week', none: 'no comparison' }
      : comparisons,
  comparedWith: ({ period, compare }: Scope): string =>
    period === 'today'
      ? compare === 'week'
        ? 'than last week'
        : 'than yesterday'
      : compare === 'week'
        ? 'than the same days, weeks earlier'
        : period === 'yesterday'
          ? 'than the day before'
          : 'than the period before',
  shortComparison: (period: Period, compare: Comparison): string =>
    compare === 'none'
      ? 'no comparison'
      : compare === 'week'
        ? 'vs last week'
        : period === 'today'
          ? 'vs yesterday'
          : 'vs before',
  customFrom: 'First day',
  customTo: 'Last day',
  customApply: 'Show these days',
  customBad: 'Choose two days, the first not after the last, at most a year apart.',
  placeLabel: 'Store or region',
  everything: 'All stores',
  groups: { store: 'Stores', region: 'Regions' },
  categoryLabel: 'Category',
  everyCategory: 'All categories',
  allCategories: (category: string) =>
    `Figures are of all categories: of ${category} in some of the stores no sums are kept over time. Transactions, Alerts and Inventory show both.`,
  none: 'Nothing is called so.',
  sheet: 'What the figures are about',
  done: 'Done',
  reset: 'Today, everything',
  showToday: 'Show today',
  notKept: {
    'only-today': {
      title: 'Of products in some stores only today is kept',
      why: 'Figures of one product or category in one store are kept for the business day so far. Of whole stores every day is.',
    },
    'category-by-store': {
      title: 'Not kept for one category',
      why: 'What one category sold in each store or channel is not kept over time. Leave the category out, or split by product.',
    },
  },
}

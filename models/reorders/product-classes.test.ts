import { expect, it } from 'vitest'
import { classProducts } from './product-classes.ts'

const series = (revenueMinor: number, ...weeklyUnits: number[]) => ({ revenueMinor, weeklyUnits })
const steady = (revenueMinor: number) => series(revenueMinor, 5, 5, 5)

it.each([
  ['80 and 95 % of revenue, in any order', [steady(4), steady(80), steady(15), steady(1)], ['CX', 'AX', 'BX', 'CX']],
  [
    'the one that crosses a bound is still of the class before',
    [steady(70), steady(25), steady(5)],
    ['AX', 'AX', 'CX'],
  ],
  ['one alone', [steady(10)], ['AX']],
  ['no revenue', [steady(0), steady(0)], ['CX', 'CX']],
  ['deviation half of the mean', [series(1, 5, 15)], ['AX']],
  ['a little more', [series(1, 4.9, 15)], ['AY']],
  ['as much as the mean', [series(1, 0, 10)], ['AY']],
  ['more than the mean', [series(1, 0, 0, 10)], ['AZ']],
  ['never sold', [series(0, 0, 0)], ['CZ']],
  ['weeks that are not known do not count', [series(1, Number.NaN, 5, 5)], ['AX']],
])('%s', (_, all, classes) => expect(classProducts(all)).toEqual(classes))

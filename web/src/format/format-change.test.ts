import { expect, test } from 'vitest'
import { afterChange, changeOf } from './format-change.ts'

test.each([
  [110, 100, 'up', { way: 'up', text: '+10 %', verdict: 'better' }],
  [110, 100, 'down', { way: 'up', text: '+10 %', verdict: 'worse' }],
  [90, 100, 'up', { way: 'down', text: '−10 %', verdict: 'worse' }],
  [90, 100, 'down', { way: 'down', text: '−10 %', verdict: 'better' }],
  [1082, 1000, 'up', { way: 'up', text: '+8.2 %', verdict: 'better' }],
  [10995, 10000, 'up', { way: 'up', text: '+10 %', verdict: 'better' }],
  [10994, 10000, 'up', { way: 'up', text: '+9.9 %', verdict: 'better' }],
  [10005, 10000, 'up', { way: 'up', text: '+0.1 %', verdict: 'better' }],
  [10004, 10000, 'up', { way: 'same', text: '0.0 %', verdict: null }],
  [-10004, -10000, 'up', { way: 'same', text: '0.0 %', verdict: null }],
  [100, 100, 'up', { way: 'same', text: '0 %', verdict: null }],
  [0, 0, 'up', { way: 'same', text: '0 %', verdict: null }],
  [0, 100, 'up', { way: 'down', text: '−100 %', verdict: 'worse' }],
  [5, 0, 'up', { way: 'up', text: 'from 0', verdict: null }],
  [-5, 0, 'up', { way: 'down', text: 'from 0', verdict: null }],
  [50, -100, 'up', { way: 'up', text: '+150 %', verdict: 'better' }],
  [-200, -100, 'up', { way: 'down', text: '−100 %', verdict: 'worse' }],
  [1099, 100, 'up', { way: 'up', text: '+999 %', verdict: 'better' }],
  [1100, 100, 'up', { way: 'up', text: 'over +999 %', verdict: 'better' }],
  [null, 100, 'up', null],
  [100, null, 'up', null],
] as const)('from the second to the first: %s, %s, good is %s', (value, earlier, good, change) => {
  expect(changeOf(value, earlier, good, 'en')).toEqual(change)
})

test.each([
  [5, 0, 'yesterday'],
  [5, 4, 'than yesterday'],
  [5, 5, 'as yesterday'],
])('%d where there were %d: than yesterday is said as %s', (value, earlier, said) => {
  expect(afterChange(changeOf(value, earlier, 'up')!, 'than yesterday')).toBe(said)
})

import { expect, test } from 'vitest'
import { seriesSample } from '../samples/answers.ts'
import { prepareSparkLine } from './prepare-spark-line.ts'

const over = { status: 'final' } as const
const draw = (values: (number | null)[], allOver = true) =>
  prepareSparkLine(seriesSample(values, {}, allOver ? { [values.length - 1]: over } : {}), 100, 10)

test.each([
  ['nothing known', [null, null], null],
  ['no minute at all', [], null],
  ['from zero to the largest', [0, 5, 10], { lines: ['M0 10L50 5L100 0'], unfinished: null, zeroY: 10 }],
  ['below zero', [10, -10], { lines: ['M0 0L100 10'], unfinished: null, zeroY: 5 }],
  ['all zero lies on the ground', [0, 0], { lines: ['M0 10L100 10'], unfinished: null, zeroY: 10 }],
  ['all the same does not float', [4, 4], { lines: ['M0 0L100 0'], unfinished: null, zeroY: 10 }],
  [
    'a missing minute is a gap, and a lone one a dot',
    [1, null, 1, null, 1],
    { lines: ['M0 0h0', 'M50 0h0', 'M100 0h0'], unfinished: null, zeroY: 10 },
  ],
])('%s', (_, values, line) => {
  expect(draw(values)).toEqual(line)
})

test('the minute that is not over is a line of its own', () => {
  expect(draw([2, 2, 1], false)).toEqual({ lines: ['M0 0L50 0'], unfinished: 'M50 0L100 5', zeroY: 10 })
  expect(draw([2, null, 1], false)).toEqual({ lines: ['M0 0h0'], unfinished: 'M100 5h0', zeroY: 10 })
})

test('a series that the engine has not is no line', () => {
  expect(prepareSparkLine(seriesSample([1, 2], { series: [] }), 100, 10)).toBeNull()
})

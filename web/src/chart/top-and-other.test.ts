import { expect, test } from 'vitest'
import { topAndOther } from './top-and-other.ts'

const group = (key: string, ...values: (number | null)[]) => ({ key, name: key.toUpperCase(), values })

test('the largest by their sums, and the rest as one', () => {
  const series = topAndOther([group('a', 1, 1), group('b', 5, null), group('c', 0, 3)], 'Other', 1)
  expect(series.map(({ key, values }) => [key, values])).toEqual([
    ['b', [5, null]],
    ['other', [1, 4]],
  ])
  expect(series.at(-1)).toMatchObject({ name: 'Other', colour: 'other' })
})

test('what the engine calls other is part of the rest, however large', () => {
  const series = topAndOther([group('other', 100, null), group('a', 1, null)], 'Other')
  expect(series.map(({ key, values }) => [key, values])).toEqual([
    ['a', [1, null]],
    ['other', [100, null]],
  ])
})

test('without a rest there is no other', () => {
  expect(topAndOther([group('a', 1)], 'Other').map(({ key }) => key)).toEqual(['a'])
  expect(topAndOther([], 'Other')).toEqual([])
})

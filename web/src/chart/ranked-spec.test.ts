import { expect, test } from 'vitest'
import { seriesSample } from '../samples/answers.ts'
import { groupSums, rankedSpecOf } from './ranked-spec.ts'

const of = (...series: [key: string, ...values: (number | null)[]][]) =>
  seriesSample([1, 2], { series: series.map(([key, ...values]) => ({ key, label: key.toUpperCase(), values })) })
const about = {
  title: 'Revenue',
  span: 'today',
  of: 'Product',
  than: 'than yesterday',
  unit: { kind: 'count' },
  good: 'up',
  most: 2,
} as const

test('answers of neighbouring spans are one; what nothing is known of stays unknown', () => {
  const sums = groupSums(of(['a', 1, 2], ['b', null, null]), of(['a', 3, null], ['c', 0, 0]))
  expect([...sums].map(([key, { sum }]) => [key, sum])).toEqual([
    ['a', 6],
    ['b', null],
    ['c', 0],
  ])
})

test('the largest come first, with share and change; the rest is one row without a change', () => {
  const sums = groupSums(of(['a', 10, 0], ['b', 60, 0], ['c', 20, 0], ['other', 10, 0], ['d', null, null]))
  const spec = rankedSpecOf(sums, groupSums(of(['b', 30, 0])), { ...about, toOf: (key) => `/item/${key}` }, 'en')
  expect(spec.rows.map(({ key, name, value, share, to }) => [key, name, value, share, to])).toEqual([
    ['b', 'B', 60, 0.6, '/item/b'],
    ['c', 'C', 20, 0.2, '/item/c'],
    ['other', 'Other', 20, 0.2, undefined],
  ])
  expect(spec.rows.map(({ change }) => change?.text ?? null)).toEqual(['+100 %', 'from 0', null])
})

test('without anything to compare with there is no change, and below zero no share', () => {
  const spec = rankedSpecOf(groupSums(of(['a', -5, 0])), null, about)
  expect(spec.rows[0]).toEqual({ key: 'a', name: 'A', value: -5, share: null, colour: 'amount' })
})

import { describe, expect, test } from 'vitest'
import { refundTimes } from './refund-times.ts'

const of = (times: readonly (number | undefined)[], reason = 'other') =>
  times.map((betweenMs) => ({ reason, betweenMs }))

describe('the time between sale and refund', () => {
  test.each([
    [[], 0, null, null],
    [[undefined], 0, null, null],
    [[5], 1, 5, 5],
    [[5, undefined], 1, 5, 5],
    [[2, 1], 2, 1, 2],
    [[3, 1, 2], 3, 2, 3],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 10, 5, 9],
    [[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11, 6, 10],
  ])('of %j: %i are linked, half came within %s, nine of ten within %s', (times, linked, medianMs, p90Ms) => {
    const { byReason, ...all } = refundTimes(of(times))
    expect(all).toEqual({ refunds: times.length, linked, medianMs, p90Ms })
    expect(byReason).toEqual(times.length === 0 ? [] : [{ reason: 'other', ...all }])
  })

  test('is by reason too, that with the most first', () => {
    const { byReason } = refundTimes([...of([4]), ...of([1, 3], 'defective')])
    expect(byReason.map(({ reason, medianMs, p90Ms }) => [reason, medianMs, p90Ms])).toEqual([
      ['defective', 1, 3],
      ['other', 4, 4],
    ])
  })
})

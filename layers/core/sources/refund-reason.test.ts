import { expect, it } from 'vitest'
import { REFUND_REASONS } from '#core/events/sale-refunded.ts'
import { refundReason } from './refund-reason.ts'

it.each(REFUND_REASONS.filter((reason) => reason !== 'other'))('knows %s, however it is written', (reason) => {
  const words = reason.replaceAll('_', ' ')
  for (const form of [reason, words, words.toUpperCase(), `  ${reason.replaceAll('_', '-')} `]) {
    expect(refundReason(form)).toEqual({ reason })
  }
})

it.each([
  ['too small', { reason: 'other', note: 'too small' }],
  ['Did Not Like It', { reason: 'other', note: 'Did Not Like It' }],
  ['other', { reason: 'other', note: 'other' }],
  ['constructor', { reason: 'other', note: 'constructor' }],
  ['', { reason: 'other' }],
  [undefined, { reason: 'other' }],
])('%j is %j', (words, expected) => {
  expect(refundReason(words)).toEqual(expected)
})

import { expect, test } from 'vitest'
import { RefusedError, UnreachableError } from '../reach/ask-engine.ts'
import { prepareRefusal, waitText } from './prepare-refusal.ts'

const labels = { email: 'The address', next: 'The new password' }
const nothing = { fields: {}, message: '', waitSeconds: null }

test('each problem stands at its field, in a sentence', () => {
  const error = new RefusedError(422, 'See its problems', {
    problems: [
      { field: 'email', message: 'Invalid email address' },
      { field: 'password', message: 'is too short: take 10 characters or more' },
    ],
  })
  expect(prepareRefusal(error, labels, { password: 'next' })).toEqual({
    ...nothing,
    fields: {
      email: 'Invalid email address',
      next: 'The new password is too short: take 10 characters or more',
    },
  })
})

test('of two problems with a field the first is shown, and a part of a field is the field’s', () => {
  const problems = [
    { field: 'email.0', message: 'is odd' },
    { field: 'email', message: 'is wrong' },
  ]
  expect(prepareRefusal(new RefusedError(422, 'No', { problems }), labels).fields).toEqual({
    email: 'The address is odd',
  })
})

test('a problem with a field that the form has not is said all the same', () => {
  const problems = [{ field: 'version', message: 'must be a number' }]
  expect(prepareRefusal(new RefusedError(422, 'No', { problems }), labels)).toEqual({
    ...nothing,
    message: 'Version must be a number',
  })
})

test('without problems the title is the reason', () => {
  expect(prepareRefusal(new RefusedError(401, 'The password is wrong'), labels).message).toBe('The password is wrong')
})

test.each([
  [null, 1, 'Too many tries. Wait 1 s, then try again.'],
  [32, 32, 'Too many tries. Wait 32 s, then try again.'],
  [900, 900, 'Too many tries. Wait 15 min, then try again.'],
])('429 with Retry-After %s waits %i s', (retryAfter, waitSeconds, message) => {
  const error = new RefusedError(429, 'Too many tries', {}, retryAfter)
  expect(prepareRefusal(error, labels)).toEqual({ fields: {}, message, waitSeconds })
})

test('an engine that cannot be reached is no fault of a field', () => {
  expect(prepareRefusal(new UnreachableError('The engine cannot be reached'), labels)).toEqual({
    ...nothing,
    message: 'The engine cannot be reached. Try again.',
  })
})

test.each([
  [89, '89 s'],
  [90, '2 min'],
  [121, '3 min'],
])('%i seconds are %s', (seconds, text) => {
  expect(waitText(seconds)).toBe(text)
})

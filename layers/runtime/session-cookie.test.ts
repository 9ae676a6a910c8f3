import { expect, test } from 'vitest'
import { SESSION_COOKIE, tokenIn } from './session-cookie.ts'

const cookie = (value: string) => `${SESSION_COOKIE}=${value}`

test.each([
  ['a bearer', { authorization: 'Bearer abc' }, [], 'abc'],
  ['in any case', { authorization: 'bearer abc' }, [], 'abc'],
  ['a cookie', {}, ['a=b', cookie('x.y.z'), 'c=d'], 'x.y.z'],
  ['the bearer before the cookie', { authorization: 'Bearer abc' }, [cookie('x')], 'abc'],
  ['the cookie beside another scheme', { authorization: 'Basic abc' }, [cookie('x')], 'x'],
  ['a value with = in it', {}, [cookie('a=b=')], 'a=b='],
  ['nothing', {}, [], undefined],
  ['an empty header', { authorization: '' }, [], undefined],
  ['a bearer of nothing', { authorization: 'Bearer ' }, [], undefined],
  ['a bearer of two words', { authorization: 'Bearer a b' }, [], undefined],
  ['a cookie whose name only begins so', {}, [`${SESSION_COOKIE}-2=x`, `my-${SESSION_COOKIE}=y`], undefined],
] as const)('%s', (_what, headers, cookies, token) => {
  expect(tokenIn(headers, cookies)).toBe(token)
})

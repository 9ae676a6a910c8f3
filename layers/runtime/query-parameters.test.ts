import { describe, expect, test } from 'vitest'
import { HttpError, type HttpRequest } from '#runtime/http-handler.ts'
import {
  currencyIn,
  cursorIn,
  cursorOf,
  instantIn,
  limitIn,
  longLimitIn,
  nameIn,
  refuseBackward,
  restOf,
} from './query-parameters.ts'

const request = (query: Record<string, string>) => ({ query }) as unknown as HttpRequest
const refused = (ask: () => unknown): string => {
  try {
    return `answered ${String(ask())}`
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError)
    return `${(error as HttpError).status} ${(error as HttpError).problems[0]!.field}`
  }
}

test.each([
  ['2026-03-02T09:59:59Z', Date.UTC(2026, 2, 2, 9, 59, 59)],
  ['2026-03-02T09:59:59.5+05:30', Date.UTC(2026, 2, 2, 4, 29, 59, 500)],
  ['1971-01-01T00:00:00Z', Date.UTC(1971)],
  ['9998-01-01T00:00:00Z', Date.UTC(9998)],
])('a time: %s', (from, ms) => {
  expect(instantIn(request({ from }), 'from')).toBe(ms)
})

test.each(['', '2026-03-02', 'yesterday', '5', '1970-12-31T23:59:59Z', '9998-01-01T00:00:01Z', '9999-12-31T23:59:59Z'])(
  'no time: %j',
  (from) => {
    expect(refused(() => instantIn(request({ from }), 'from'))).toBe('422 from')
    expect(instantIn(request({ from }), 'to')).toBeUndefined()
  },
)

test('a name: any but an empty one', () => {
  expect(nameIn(request({ store: ' ' }), 'store')).toBe(' ')
  expect(nameIn(request({}), 'store')).toBeUndefined()
  expect(refused(() => nameIn(request({ store: '' }), 'store'))).toBe('422 store')
})

test.each(['usd', 'XXX', '', 'EURO', '__proto__'])('no currency: %j', (currency) => {
  expect(refused(() => currencyIn(request({ currency })))).toBe('422 currency')
})
test('a currency, or none', () => {
  expect(currencyIn(request({ currency: 'EUR' }))).toBe('EUR')
  expect(currencyIn(request({}))).toBeUndefined()
})

describe('a span', () => {
  test.each<[Record<string, string>, string]>([
    [{ from: 'x' }, 'from'],
    [{ from: 'x', to: 'y' }, 'from'],
    [{ to: 'y' }, 'to'],
  ])('ends after it begins, or %j names the wrong parameter', (query, field) => {
    expect(refuseBackward(request(query), 4, 5)).toBeUndefined()
    expect(refused(() => refuseBackward(request(query), 5, 5))).toBe(`422 ${field}`)
    expect(refused(() => refuseBackward(request(query), 6, 5))).toBe(`422 ${field}`)
  })
})

describe('how many', () => {
  test.each([
    [undefined, 50],
    ['1', 1],
    ['500', 500],
  ])('%s', (limit, count) => {
    expect(limitIn(request(limit === undefined ? {} : { limit }), 50)).toBe(count)
  })

  test.each(['', '0', '-1', '501', '1.5', 'x', '1e9', 'NaN', 'Infinity'])('not %j', (limit) => {
    expect(refused(() => limitIn(request({ limit }), 50))).toBe('422 limit')
  })
})

describe('how many of a long list', () => {
  test.each([
    [undefined, 100],
    ['2000', 2000],
  ])('%s', (limit, count) => {
    expect(longLimitIn(request(limit === undefined ? {} : { limit }))).toBe(count)
  })

  test.each(['0', '2001'])('not %j', (limit) => {
    expect(refused(() => longLimitIn(request({ limit })))).toBe('422 limit')
  })
})

describe('where a page goes on', () => {
  test.each(['a', 'demo\u0001s\u0001lamp', 'é中\u{1f600}'])('after %j', (key) => {
    expect(cursorIn(request({ next: cursorOf(key) }))).toBe(key)
  })

  test.each(['', '%', 'a b', '====', 'w6', cursorOf('x') + '=', '_w'])('nowhere: %j', (next) => {
    expect(refused(() => cursorIn(request({ next })))).toBe('422 next')
  })

  test.each([
    [undefined, { from: 'm\u0001', to: 'm\u0002' }],
    ['m\u0001b', { from: 'm\u0001b\u0000', to: 'm\u0002' }],
    ['a', { from: 'm\u0001', to: 'm\u0002' }],
    ['m', { from: 'm\u0001', to: 'm\u0002' }],
    ['z', { from: 'z\u0000', to: 'm\u0002' }],
  ])('within its range: %j', (after, rest) => {
    expect(restOf({ from: 'm\u0001', to: 'm\u0002' }, after)).toEqual(rest)
  })
})

test('what is longer than any key is none', () => {
  expect(refused(() => cursorIn(request({ next: cursorOf(`demo\u001f${'9'.repeat(9_000)}`) })))).toBe('422 next')
  expect(refused(() => nameIn(request({ product: 'x'.repeat(501) }), 'product'))).toBe('422 product')
})

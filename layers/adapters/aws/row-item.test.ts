import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, type Item, itemOf, MAX_ITEM_BYTES, RowTooLargeError, rowOf } from './row-item.ts'

const again = (row: object) => rowOf(itemOf('rows', 'a', row))

describe('a row', () => {
  test('comes back as it was, with its key', () => {
    const field = fc.oneof(fc.string(), fc.constantFrom('$bytes', '$$bytes', '$', 'bytes', '__proto__'))
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.uint8Array({ maxLength: 5 }))
    const { row } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('row')),
      row: fc.dictionary(field, tie('value'), { maxKeys: 4 }),
    }))
    fc.assert(
      fc.property(row, fc.string({ minLength: 1 }), (it, key) => {
        const found = rowOf(itemOf('rows', key, it as object))
        expect(found.key).toBe(key)
        expect({ ...found.row }).toEqual({ ...(it as object) })
      }),
    )
  })

  test('of Node’s own bytes, which are copied', () => {
    const bytes = Buffer.from('hello')
    const item = itemOf('rows', 'a', { bytes })
    bytes.fill(0)
    expect(rowOf(item).row).toEqual({ bytes: Uint8Array.from(Buffer.from('hello')) })
  })

  test('without what is undefined', () => {
    expect(again({ a: undefined, b: 1 }).row).toEqual({ b: 1 })
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('with %d is refused', (n) => {
    expect(() => itemOf('rows', 'a', { deep: [{ n }] })).toThrow(`a row with ${n}`)
  })

  test('has one tag, another row another', () => {
    const tagOf = (row: object) => itemOf('rows', 'a', row).tag!.S
    expect(tagOf({ n: 1 })).toBe(tagOf({ n: 1 }))
    expect(
      new Set([{ n: 1 }, { n: 2 }, { n: '1' }, { b: Uint8Array.of(1) }, { b: Uint8Array.of(2) }].map(tagOf)).size,
    ).toBe(5)
  })

  test('of 400 KB is taken, of a byte more it is not', () => {
    const of = (length: number) => ({ text: 'x'.repeat(length) })
    const room = MAX_ITEM_BYTES - bytesOf(itemOf('rows', 'a', of(0)))
    expect(bytesOf(itemOf('rows', 'a', of(room)))).toBe(MAX_ITEM_BYTES)
    expect(() => itemOf('rows', 'a', of(room + 1))).toThrow(RowTooLargeError)
  })
})

test.each<[string, Item, number]>([
  ['names and text in UTF-8', { é: { S: '中' } }, 5],
  ['bytes', { b: { B: new Uint8Array(10) } }, 11],
  ['a list', { b: { L: [{ B: new Uint8Array(10) }, { S: 'x' }] } }, 1 + 3 + 11 + 2],
  ['a number of ten digits', { n: { N: '1772409600' } }, 7],
])('the size counts %s', (_what, item, bytes) => {
  expect(bytesOf(item)).toBe(bytes)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffOf, faultIn, laidOut, saysTheSame, shortened } from './prepare-document.ts'

test('JSON is laid out, and what is none stays', () => {
  expect(laidOut('{"a":1,"b":[2]}')).toBe('{\n  "a": 1,\n  "b": [\n    2\n  ]\n}')
  expect(laidOut('{"a":')).toBe('{"a":')
})

test.each([
  ['{"a":1}', null],
  ['', 'There is nothing here: put the document back, or discard it'],
  ['[1]', 'This is JSON, and no object: a document begins with { and ends with }'],
  ['5', 'This is JSON, and no object: a document begins with { and ends with }'],
])('%j can be sent: %s', (text, fault) => {
  expect(faultIn(text)).toBe(fault)
})

test('what is not JSON yet says about where', () => {
  expect(faultIn('{\n  "a": 1\n  "b": 2\n}')).toMatch(/^This is not JSON yet/)
})

test('the same, however it is laid out', () => {
  expect(saysTheSame('{"a":1}', '{ "a": 1 }')).toBe(true)
  expect(saysTheSame('{"a":1}', '{"a":2}')).toBe(false)
  expect(saysTheSame('{', '{')).toBe(true)
})

describe('the difference', () => {
  test('names what went and what came', () => {
    expect(diffOf('a\nb\nc', 'a\nx\nc\nd')).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'gone', text: 'b' },
      { kind: 'new', text: 'x' },
      { kind: 'same', text: 'c' },
      { kind: 'new', text: 'd' },
    ])
  })

  test('gives both texts back', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffOf(before, after)
        const of = (without: string) =>
          lines
            .filter(({ kind }) => kind !== without)
            .map((line) => line.text)
            .join('\n')
        expect([of('new'), of('gone')]).toEqual([before, after])
      }),
    )
  })

  test('is shown with a little around it', () => {
    const lines = diffOf('1\n2\n3\n4\n5\n6\n7\n8', '1\n2\n3\n4\n5\n6\nx\n8')
    expect(shortened(lines, 1).map((line) => line?.text ?? null)).toEqual([null, '6', '7', 'x', '8'])
    expect(shortened(diffOf('a', 'a'))).toEqual([null])
  })
})

import { expect, test } from 'vitest'
import { csvOf } from './save-lines.ts'

test.each([
  [['a', 'b'], 'a,b\r\n'],
  [['a, b', 'say "c"', 'd\ne'], '"a, b","say ""c""","d\ne"\r\n'],
  [['=1+1', '@x', '-2', '+3'], "'=1+1,'@x,'-2,'+3\r\n"],
])('%j', (line, text) => {
  expect(csvOf([line])).toBe(text)
})

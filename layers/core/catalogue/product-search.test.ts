import { expect, it } from 'vitest'
import { isFound, wordsOf } from './product-search.ts'

const lamp = { productId: 'SKU-7', title: 'Desk Lamp, Café', brand: 'Asha', category: 'Lighting', aliases: ['B0LAMP'] }

it.each([
  ['lamp', true],
  ['LAMP desk', true],
  ['  asha   lighting ', true],
  ['cafe', true],
  ['café', true],
  ['sku-7', true],
  ['b0la', true],
  ['lamp kettle', false],
  ['', true],
])('%j: %j', (query, found) => {
  expect(isFound(lamp, wordsOf(query))).toBe(found)
})

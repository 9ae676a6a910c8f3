import { describe, expect, it, test } from 'vitest'
import { prepareThresholds, rowOf, valueIn } from './prepare-thresholds.ts'

const setting = (name: string, value: number, more = {}) => ({
  name,
  about: '',
  value,
  default: value,
  changed: false,
  categories: {},
  ...more,
})
const settings = [
  setting('lowStockWarningDays', 4, { default: 3, changed: true, categories: { Lamps: 5 } }),
  setting('lowStockCriticalDays', 1, { categories: { Pens: 2 } }),
  setting('alertHysteresis', 0.2),
]

describe('thresholds', () => {
  const rows = prepareThresholds(settings, [
    { productId: 'P1', title: 'Zebra pen', category: 'Pens', values: { lowStockWarningDays: 9 } },
    { productId: 'P2', title: null, category: null, values: { lowStockCriticalDays: 3 } },
    { productId: 'P3', title: 'Of another kind', category: null, values: { other: 1 } },
  ])
  it('are of the merchant, of categories, of products', () => {
    expect(rows.map(({ name, scope }) => [name, scope])).toEqual([
      ['', {}],
      ['Lamps', { category: 'Lamps' }],
      ['Pens', { category: 'Pens' }],
      ['P2', { productId: 'P2' }],
      ['Zebra pen', { productId: 'P1' }],
    ])
  })

  it('count as decided, or as what is above them says', () => {
    const [merchant, lamps, pens, , zebra] = rows
    expect(merchant!.thresholds).toMatchObject([
      { value: 4, own: 4, otherwise: 3, from: 'default' },
      { value: 1, own: null, otherwise: 1, from: 'default' },
      { name: 'alertHysteresis', value: 0.2, own: null },
    ])
    expect(lamps!.thresholds).toMatchObject([
      { value: 5, own: 5, otherwise: 4, from: 'merchant' },
      { value: 1, own: null, otherwise: 1, from: 'merchant' },
    ])
    expect(pens!.thresholds[0]).toMatchObject({ value: 4, own: null })
    expect(zebra!.thresholds).toMatchObject([
      { value: 9, own: 9, otherwise: 4, from: 'merchant' },
      { value: 2, own: null, otherwise: 2, from: 'category' },
    ])
  })

  it('of what nothing is decided of yet are those above it', () => {
    expect(rowOf(settings, { category: 'New' }, 'New', '').thresholds.map(({ value }) => value)).toEqual([4, 1])
  })
})

test.each([
  ['5', 'lowStockWarningDays', 5],
  [' 2,5 ', 'lowStockWarningDays', 2.5],
  ['0', 'lowStockCriticalDays', 0],
  ['365', 'lowStockWarningDays', 365],
  ['365.1', 'lowStockWarningDays', undefined],
  ['-1', 'lowStockWarningDays', undefined],
  ['', 'lowStockWarningDays', undefined],
  ['many', 'lowStockWarningDays', undefined],
  ['20', 'alertHysteresis', 0.2],
  ['7', 'alertHysteresis', 0.07],
  ['500', 'alertHysteresis', 5],
  ['501', 'alertHysteresis', undefined],
] as const)('%j of %s is %j', (text, name, value) => {
  expect(valueIn(text, name)).toBe(value)
})

import { describe, expect, it } from 'vitest'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { GROUP_FIELDS, type GroupedProduct, groupPrefix } from './product-groups.ts'

const listed = (productId: string, data: object = {}): Happening => ({
  type: 'product.listed',
  at: '2026-03-02T10:00:00Z',
  storeId: '-',
  data: { productId, title: productId, ...data },
})

async function groupsAfter(...happenings: readonly Happening[]): Promise<string[]> {
  const engine = await fold(happenings, { shards: 2 })
  const rows: Record<string, GroupedProduct> = await engine.rows('product-groups')
  return Object.entries(rows)
    .map(([key, { value, productId }]) => {
      const field = GROUP_FIELDS.find((it) => key === [...groupPrefix('m', it, value), productId].join('/'))
      return `${field} ${value}: ${productId}`
    })
    .sort()
}

describe('products by group', () => {
  it.each<[string, readonly Happening[], readonly string[]]>([
    ['a listing', [listed('P', { category: 'Pens', brand: 'Asha' })], ['brand Asha: P', 'category Pens: P']],
    ['a listing without any', [listed('P')], []],
    ['the same listing again', [listed('P', { brand: 'A' }), listed('P', { brand: 'A' })], ['brand A: P']],
    ['another category', [listed('P', { category: 'Pens' }), listed('P', { category: 'Ink' })], ['category Ink: P']],
    ['none any more', [listed('P', { category: 'Pens' }), listed('P')], []],
    [
      'a partial one, which leaves the rest',
      [listed('P', { brand: 'A' }), listed('P', { isPartial: true })],
      ['brand A: P'],
    ],
    [
      'the way back',
      [listed('P', { brand: 'A' }), listed('P', { brand: 'B' }), listed('P', { brand: 'A' })],
      ['brand A: P'],
    ],
    ['two products', [listed('P', { brand: 'A' }), listed('Q', { brand: 'A' })], ['brand A: P', 'brand A: Q']],
    ['a long name', [listed('P', { brand: 'é'.repeat(500) })], [`brand ${'é'.repeat(500)}: P`]],
  ])('%s', async (_, happenings, expected) => {
    expect(await groupsAfter(...happenings)).toEqual(expected)
  })
})

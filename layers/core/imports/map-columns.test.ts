import { describe, expect, it } from 'vitest'
import { mapColumns } from './map-columns.ts'

const problemsOf = (...asked: Parameters<typeof mapColumns>) => {
  const mapped = mapColumns(...asked)
  return mapped.ok ? [] : mapped.problems.map(({ field }) => field)
}
const columns = ['SKU', 'Name', 'Price', 'Twice', 'Twice']

describe('a mapping of a table', () => {
  it.each([
    [{ product_id: 'SKU', title: 'Name' }, []],
    [{ product_id: 'SKU' }, ['title']],
    [{ product_id: 'SKU', title: 'Name', colour: 'Price' }, ['colour']],
    [{ product_id: 'SKU', title: 'Name', base_price: 5 }, ['base_price']],
    [{ product_id: 'SKU', title: 'Gone' }, ['title']],
    [{ product_id: 'SKU', title: 'Twice' }, ['title']],
    [{}, ['product_id', 'title']],
  ])('%j is wrong in %j', (mapping, wrong) => expect(problemsOf('products', mapping, columns)).toEqual(wrong))

  it('reads rows by our names, and tells what is wrong by the file’s', () => {
    const mapped = mapColumns('products', { product_id: 'SKU', title: 'Name', base_price: 'Price' }, columns)
    if (!mapped.ok) throw new Error('it is one')
    const { cellsOf, inFile, groupColumn, ignoredColumns } = mapped.value
    expect(cellsOf(['A', 'B', '1', '', ''])).toEqual({
      ok: true,
      value: { product_id: 'A', title: 'B', base_price: '1' },
    })
    expect(cellsOf(['A', 'B'])).toMatchObject({ ok: false, problems: [{ message: 'has 2 fields, and the header 5' }] })
    expect(
      inFile([
        { field: 'base_price', message: 'm' },
        { field: '', message: 'm' },
      ]),
    ).toEqual([
      { field: 'Price', message: 'm' },
      { field: '', message: 'm' },
    ])
    expect([groupColumn, ignoredColumns]).toEqual(['SKU', ['Twice', 'Twice']])
  })
})

describe('a mapping of sales', () => {
  const mapping = {
    ...{
      orderId: 'R',
      productId: 'P',
      quantity: 'Q',
      amount: 'A',
      currency: { value: 'GBP' },
      storeId: { value: 's' },
    },
    occurredAt: { columns: ['T'] },
  }
  it('is grouped by order', () => {
    const mapped = mapColumns('sales', mapping, ['R', 'P', 'Q', 'A', 'T', 'more'])
    expect(mapped).toMatchObject({ ok: true, value: { groupColumn: 'R', ignoredColumns: ['more'] } })
  })
  it.each([
    [mapping, ['R', 'P', 'Q', 'A'], ['T']],
    [{ ...mapping, amount: undefined }, ['R', 'P', 'Q', 'A', 'T'], ['unitPrice']],
    [{ ...mapping, storeId: undefined }, ['R', 'P', 'Q', 'A', 'T'], ['storeId']],
    [{}, [], ['orderId', 'productId', 'quantity', 'currency', 'storeId', 'occurredAt']],
  ])('%j of %j is wrong in %j', (asked, names, wrong) => expect(problemsOf('sales', asked, names)).toEqual(wrong))
})

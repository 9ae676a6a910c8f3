import { expect, test } from 'vitest'
import { WAREHOUSE_TABLES } from '../lake/warehouse-tables.ts'
import { exportWay, storesAsText } from './export-scope.ts'

/** Said here once more, table by table: a new one is not there until somebody has said what of it is a store's. */
test('what somebody with some stores may take along', () => {
  expect(
    Object.fromEntries(WAREHOUSE_TABLES.map((table) => [table.name, exportWay({ stores: ['a'] }, table)])),
  ).toEqual({
    fact_sales: 'of-stores',
    fact_refunds: 'of-stores',
    fact_reorders: 'of-stores',
    fact_inventory: 'of-stores',
    fact_predictions: 'of-stores',
    dim_product: 'products-of-stores',
    dim_store: 'of-stores',
    dim_customer: 'customers-of-stores',
    dim_supplier: 'suppliers-of-stores',
    dim_date: 'whole',
  })
  expect(exportWay({ stores: [] }, { name: 'of_tomorrow', columns: [] })).toBeUndefined()
})

test('who sees all stores takes along all of it', () => {
  for (const table of WAREHOUSE_TABLES) expect(exportWay({}, table)).toBe('whole')
})

test('stores are parted by what no id holds', () => {
  expect(storesAsText(['a', 'b'])).toBe('\u0001a\u0001b\u0001')
  expect(storesAsText([])).toBe('\u0001\u0001')
})

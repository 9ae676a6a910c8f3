/** What training, forecasting and pages of forecasts ask of a merchant's warehouse: SELECTs that make no table of it. */
import type { TableColumn } from '#core/ports.ts'

/** Which products of stores; kept while the other questions are asked, which read it under this name. */
export const DEMAND_SERIES: { readonly table: string; readonly columns: readonly TableColumn[] } = {
  table: 'demand_series',
  columns: [
    { name: 'store_id', type: 'text' },
    { name: 'product_id', type: 'text' },
    { name: 'category', type: 'text' },
    { name: 'sub_category', type: 'text' },
    { name: 'place', type: 'bigint' },
  ],
}

/** Files in `sql/`. */
export const DEMAND_QUESTIONS = {
  stores: 'demand-stores',
  series: 'demand-series',
  days: 'demand-days',
  stockOuts: 'demand-stock-outs',
  prices: 'demand-prices',
  holidays: 'demand-holidays',
} as const

/** What people are told of forecasts is asked by these. */
export const FORECAST_QUESTIONS = {
  days: 'forecast-days',
  history: 'forecast-history',
  products: 'forecast-products',
  servedBy: 'forecast-served-by',
  servedRows: 'forecast-served-rows',
  stockOuts: 'forecast-stock-outs',
  totals: 'forecast-totals',
  accuracy: 'demand-accuracy',
} as const

import type { CountMeasure, MoneyMeasure } from '#core/api/metrics.ts'

/** What of the sales is looked at. */
export const SALES_MEASURES = ['net', 'gross', 'units', 'orders'] as const
export type SalesMeasure = (typeof SALES_MEASURES)[number]

/** As the engine names them. Of products, charges are none: their net revenue is that of the goods. */
export const ENGINE_MEASURE = {
  net: 'netRevenue',
  gross: 'grossRevenue',
  units: 'units',
  orders: 'orders',
} as const satisfies Readonly<Record<SalesMeasure, CountMeasure | MoneyMeasure>>

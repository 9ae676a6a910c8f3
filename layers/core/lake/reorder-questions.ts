/** What proposals ask of a merchant's warehouse: SELECTs that make no table of it. Files in `sql/`. */
export const REORDER_QUESTIONS = {
  forecasts: 'reorder-forecasts',
  sales: 'reorder-sales',
  errors: 'reorder-errors',
} as const

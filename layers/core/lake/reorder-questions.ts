/** What proposals ask of a merchant's warehouse: SELECTs that make no table of it. Files in `sql/`. */
export const REORDER_QUESTIONS = {
  least: 'reorder-least',
  forecasts: 'reorder-forecasts',
  sales: 'reorder-sales',
  errors: 'reorder-errors',
} as const

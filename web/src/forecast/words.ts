import { counted, formatNumber } from '../format/format-number.ts'

export const units = (value: number): string => formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 })

export const words = {
  title: 'Forecast',
  about: 'What sold, and what the next seven days will bring.',
  store: 'Store',
  allStores: 'All stores',
  everything: 'All products',
  chart: (of: string) => `Units a day, ${of}`,
  span: (madeOn: string) => `units sold, and forecast from ${madeOn} on: on the grey ground lie four of five days`,
  sold: 'Sold',
  median: 'Forecast (median)',
  low: '10 % of such days',
  high: '90 % of such days',
  stockOut: (stores: number) => `Out of stock in ${counted(stores, 'store', 'stores')}`,
  days: 'The next seven days',
  daysAbout: 'Units. On four of five days what sells lies from low to high.',
  columns: { day: 'Day', median: 'Median', mean: 'Mean', low: 'Low', high: 'High' },
  served: 'Who forecasts it',
  baseline: 'no model yet',
  version: (version: string) => `model of ${version}`,
  servedBy: (by: string) => (by === 'blend' ? 'A blend of all methods' : by === 'category' ? 'Its category' : by),
  segment: (segment: string, series: number) =>
    segment === 'new'
      ? `${counted(series, 'new product', 'new products')}`
      : `${counted(series, 'product of a store', 'products of stores')}, ${segment}`,
  methods: 'What each method said',
  methodsAbout: 'Units of the seven days together, by its median.',
  method: 'Method',
  why: 'Why',
  whyAbout: (day: string, median: string) => `${day}: ${median} units`,
  whyDay: 'Day',
  whyPick: 'Choose a product and a store: a forecast of one product in one store is explained.',
  whyPickTitle: 'Nothing to explain yet',
  noWhy: 'The trees have no part in it',
  base: 'What products usually sell',
  otherMethods: 'Other methods of the blend',
  rest: 'Rounding',
  part: 'Part',
  products: 'What sells most',
  productsAbout: 'Expected units of the next seven days.',
  product: 'Product',
  week: 'Next 7 days',
  inStores: 'Stores',
  nothing: 'Nothing was forecast yet',
  nothingWhy:
    'Forecasts are made each morning from what the night before has put into the warehouse. Now: counterflow run nightly, then counterflow run forecasts; counterflow run weekly trains the model.',
  notSold: 'It is not forecast',
  notSoldWhy: 'It has not sold here for 91 days.',
  older: 'No totals are kept of this forecast',
  olderWhy: 'An earlier release made it. The next morning makes them; a single product is shown already.',
} as const

import { counted } from '../format/format-number.ts'
import type { SalesMeasure } from './sales-measure.ts'
import type { Split } from './sales-questions.ts'

const measures: Readonly<Record<SalesMeasure, string>> = {
  net: 'Net revenue',
  gross: 'Gross revenue',
  units: 'Units',
  orders: 'Orders',
}
const things: Readonly<Record<Split, string>> = {
  product: 'Product',
  category: 'Category',
  store: 'Store',
  region: 'Region',
  channel: 'Channel',
}

/** Doors by the names that merchants know them by. */
const channels: Readonly<Record<string, string>> = {
  amazon: 'Amazon',
  myntra: 'Myntra',
  meesho: 'Meesho',
  shopify: 'Shopify',
  woocommerce: 'WooCommerce',
  generic: 'Own bridge',
  collect: 'Tills and storefront',
  simulator: 'Simulator',
  engine: 'By hand',
}

export const words = {
  page: 'Sales',
  measure: 'Measure',
  measures,
  things,
  splits: 'Split by',
  splitTitle: (measure: SalesMeasure, split: Split) => `${measures[measure]} by ${things[split].toLowerCase()}`,
  overTime: (measure: SalesMeasure) => `${measures[measure]} by product over time`,
  channel: (key: string) => channels[key] ?? key.replace(/^import:/, 'Import: '),
  heatTitle: (measure: SalesMeasure) => `${measures[measure]} by hour and weekday`,
  heatSpan: (days: number, label: string) =>
    `mean of each such hour that is over, ${label === '' ? `last ${days} days` : label}`,
  weekday: 'Weekday',
  hour: 'Hour',
  anHour: 'an hour',
  ordersOfNoProductTitle: 'Orders are not of one product',
  ordersOfNoProductWhy:
    'An order may hold several products: it is counted by store, region and channel. Choose another measure.',
  heatQuiet: {
    title: 'No hour with sales is over yet',
    why: 'The mean of each hour of the week shows here from the first full hour on.',
  },
  nothingTitle: 'Nothing was sold in this time',
  nothingWhy: 'What is sold shows here within a second of being reported.',
  table: 'Products',
  tableAbout: (span: string, than: string) => [span, than && `change ${than}`].filter(Boolean).join(' · '),
  loading: (products: number) => `${counted(products, 'product', 'products')} so far, more are on their way`,
  partial: (products: number, why: string) => `The first ${counted(products, 'product', 'products')}: ${why}`,
  tryAgain: 'Try again',
  otherCurrencies: (codes: readonly string[]) => `Without what was sold in ${codes.join(', ')}`,
  columns: {
    product: 'Product',
    productId: 'Id',
    category: 'Category',
    brand: 'Brand',
    units: 'Units',
    gross: 'Gross',
    discounts: 'Discounts',
    refunds: 'Refunds',
    refundAmount: 'Refunded',
    cancelled: 'Called off',
    net: 'Net',
    share: 'Share',
    change: 'Change',
    earlier: 'Net before',
    lastSold: 'Last sale',
  },
}

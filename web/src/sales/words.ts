import { counted, formatNumber } from '../format/format-number.ts'
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
  by: (split: Split) => `By ${things[split].toLowerCase()}`,
  splits: 'Split by',
  splitTitle: (measure: SalesMeasure, split: Split) => `${measures[measure]} by ${things[split].toLowerCase()}`,
  overTime: (measure: SalesMeasure) => `${measures[measure]} by product over time`,
  today: (measure: SalesMeasure) => `${measures[measure]} by product today`,
  others: (label: string) => label.replace(/^(\d+) others$/, (_, n: string) => `Other (${formatNumber(Number(n))})`),
  none: 'Without one',
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
  onlyTodayTitle: 'By product in some stores only today is kept',
  onlyTodayWhy:
    'Figures of one product in one store are kept for the business day so far. Of whole stores every day is.',
  showToday: 'Show today',
  notOfCategoryTitle: (split: Split) => `Not kept by ${things[split].toLowerCase()} and category`,
  notOfCategoryWhy:
    'What one category sold in one store is not kept over time. Choose another split, or leave the category out.',
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
    share: 'Share of net',
    change: 'Change of net',
    earlier: 'Net before',
    lastSold: 'Last sale',
  },
}

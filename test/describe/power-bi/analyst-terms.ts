/** What a model for analysts says beyond the warehouse's tables: how one goes from years to days, and what is added up how. */

export type Hierarchy = { readonly table: string; readonly name: string; readonly levels: readonly string[] }

export const HIERARCHIES: readonly Hierarchy[] = [
  { table: 'dim_date', name: 'Calendar', levels: ['year', 'quarter', 'month', 'day'] },
  { table: 'dim_date', name: 'Weeks', levels: ['iso_year', 'iso_week', 'day'] },
  { table: 'dim_product', name: 'Assortment', levels: ['category', 'sub_category', 'brand', 'title'] },
  { table: 'dim_store', name: 'Places', levels: ['region', 'city', 'name'] },
]

export type Measure = {
  readonly table: string
  readonly name: string
  readonly meaning: string
  /** DAX. */
  readonly expression: string
  readonly format: string
}

const COUNT = '#,0'
const MONEY = '#,0.00'
const SHARE = '0.0%'

/** In whole units of the one currency that is in sight; blank where there are several: they cannot be added. */
const money = (table: string, minor: string): string =>
  `DIVIDE(${minor}, LOOKUPVALUE(currency[minor_units], currency[code], SELECTEDVALUE(${table}[currency])))`

export const MEASURES: readonly Measure[] = [
  {
    table: 'fact_sales',
    name: 'Gross revenue',
    meaning: 'Sold, before discount, in the currency in sight; blank where there are several.',
    expression: money('fact_sales', 'SUM(fact_sales[gross_minor])'),
    format: MONEY,
  },
  {
    table: 'fact_sales',
    name: 'Sold revenue',
    meaning: 'Gross less discounts and cancellations, with charges; before refunds.',
    expression: money('fact_sales', 'SUM(fact_sales[net_minor])'),
    format: MONEY,
  },
  {
    table: 'fact_sales',
    name: 'Net revenue',
    meaning: 'Sold revenue less the refunds of these days, in its currency: the live net revenue.',
    expression:
      'VAR code = SELECTEDVALUE(fact_sales[currency]) VAR refunded = CALCULATE(SUM(fact_refunds[refunded_minor]), fact_refunds[currency] = code) RETURN DIVIDE(SUM(fact_sales[net_minor]) - refunded, LOOKUPVALUE(currency[minor_units], currency[code], code))',
    format: MONEY,
  },
  {
    table: 'fact_sales',
    name: 'Discount share',
    meaning: 'What was taken off, of the gross amount.',
    expression: 'DIVIDE(SUM(fact_sales[discount_minor]), SUM(fact_sales[gross_minor]))',
    format: SHARE,
  },
  {
    table: 'fact_sales',
    name: 'Units sold',
    meaning: 'Less those that were called off.',
    expression: 'SUM(fact_sales[units]) - SUM(fact_sales[cancelled_units])',
    format: COUNT,
  },
  {
    table: 'fact_sales',
    name: 'Orders',
    meaning: 'With a sale, called off or not. Orders are numbered by store.',
    expression:
      'COUNTROWS(SUMMARIZE(FILTER(fact_sales, fact_sales[kind] = "sale"), fact_sales[store_id], fact_sales[order_id]))',
    format: COUNT,
  },
  {
    table: 'fact_sales',
    name: 'Average order',
    meaning: 'Sold revenue by order.',
    expression: 'DIVIDE([Sold revenue], [Orders])',
    format: MONEY,
  },
  {
    table: 'fact_sales',
    name: 'Customers',
    meaning: 'Who bought, as far as they are known.',
    expression: 'DISTINCTCOUNTNOBLANK(fact_sales[customer])',
    format: COUNT,
  },
  {
    table: 'fact_refunds',
    name: 'Refunded',
    meaning: 'Money that went back, in the currency in sight; blank where there are several.',
    expression: money('fact_refunds', 'SUM(fact_refunds[refunded_minor])'),
    format: MONEY,
  },
  {
    table: 'fact_refunds',
    name: 'Units returned',
    meaning: 'Units that came back, or that the money was for.',
    expression: 'SUM(fact_refunds[units])',
    format: COUNT,
  },
  {
    table: 'fact_refunds',
    name: 'Return share',
    meaning: 'Units returned, of units sold in the same days.',
    expression: 'DIVIDE([Units returned], [Units sold])',
    format: SHARE,
  },
  {
    table: 'fact_inventory',
    name: 'On hand',
    meaning: 'Units at the end of the last day in sight: days are not added up.',
    expression: 'CALCULATE(SUM(fact_inventory[on_hand]), LASTDATE(dim_date[day]))',
    format: COUNT,
  },
  {
    table: 'fact_inventory',
    name: 'Out of stock',
    meaning: 'Products in stores with nothing on hand at the end of the last day in sight, where stock is tracked.',
    expression:
      'CALCULATE(COUNTROWS(fact_inventory), fact_inventory[is_tracked] = TRUE(), fact_inventory[on_hand] <= 0, LASTDATE(dim_date[day]))',
    format: COUNT,
  },
]

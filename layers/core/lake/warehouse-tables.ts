/** The star schema: what each table means, how it is made and what is to hold of it. */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { QUANTILES } from '#core/demand/forecast-columns.ts'
import { REFUND_REASONS } from '#core/events/sale-refunded.ts'
import type { ColumnType } from './raw-columns.ts'
import type { ComputedTable, SelectedTable, WarehouseColumn, WarehouseTable } from './warehouse-table.ts'

const column = (name: string, type: ColumnType, meaning: string): WarehouseColumn => ({ name, type, meaning })

const lineColumns = {
  lineId: column('line_id', 'text', 'shard, sequence and number of the line in its record'),
  eventId: column('event_id', 'text', 'the event that booked it'),
  orderId: column('order_id', 'text', "the order, by its store's own number"),
  day: column('day', 'date', "the business date in the merchant's zone, by which the live totals are"),
  storeDay: column('store_day', 'date', "the business date in the store's zone, by which its live figures are"),
  occurredAt: column('occurred_at', 'timestamp', 'when it happened, UTC'),
  receivedAt: column('received_at', 'timestamp', 'when it was taken in, UTC'),
  storeId: column('store_id', 'text', 'the store; `-`: none'),
  productId: column('product_id', 'text', 'the product; null for a charge'),
  customer: column('customer', 'text', 'the token that stands for the person; null: not known'),
  currency: column('currency', 'text', 'ISO 4217'),
}

const toProduct = { column: 'product_id', table: 'dim_product', to: 'product_id' }
const toStore = { column: 'store_id', table: 'dim_store', to: 'store_id' }
const toSupplier = { column: 'supplier_id', table: 'dim_supplier', to: 'supplier_id' }
const toCustomer = { column: 'customer', table: 'dim_customer', to: 'customer' }
const toDate = { column: 'day', table: 'dim_date', to: 'day' }

const refersTo = (...refers: WarehouseTable['refers']) =>
  refers.map((refer) => ({ severity: 'hard' as const, kind: 'refers' as const, ...refer }))

const ofThisDay = (kinds: string): string =>
  `raw.merchant_id = run.merchant_id and raw.occurred_at >= run.day_start and raw.occurred_at < run.day_end and raw.kind ${kinds}`

const factSales: SelectedTable = {
  name: 'fact_sales',
  meaning: 'A booked line of a sale, a cancellation, a correction of a price, or a charge.',
  key: ['line_id'],
  columns: [
    lineColumns.lineId,
    lineColumns.eventId,
    column('kind', 'text', 'sale, cancellation, correction or charge'),
    lineColumns.orderId,
    lineColumns.day,
    lineColumns.storeDay,
    lineColumns.occurredAt,
    lineColumns.receivedAt,
    lineColumns.storeId,
    lineColumns.productId,
    lineColumns.customer,
    column('channel', 'text', 'how the goods were sold, or the code of the charge'),
    column('payment_method', 'text', 'as the source says'),
    lineColumns.currency,
    column('units', 'bigint', 'units sold'),
    column('cancelled_units', 'bigint', 'units called off'),
    column('gross_minor', 'bigint', 'sold, before discount; of a correction the difference'),
    column('discount_minor', 'bigint', 'taken off the gross amount'),
    column('tax_minor', 'bigint', 'tax, as the source says; no part of the sum that makes net'),
    column('cancelled_minor', 'bigint', 'called off'),
    column('charge_minor', 'bigint', "money without goods; negative in the customer's favour"),
    column('net_minor', 'bigint', 'gross - discount - cancelled + charge; less refunds, the live net revenue'),
    column('is_estimated', 'boolean', "the source did not say the price: it is the catalogue's"),
  ],
  refers: [toDate, toStore, toProduct, toCustomer],
  parts: 'day',
  lateChanges: 'its day',
  sql: 'fact-sales',
  inputs: [{ raw: 'booked_line', days: 'around' }],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['line_id'] },
    {
      severity: 'hard',
      kind: 'not-null',
      columns: ['line_id', 'event_id', 'kind', 'day', 'occurred_at', 'store_id', 'currency', 'net_minor'],
    },
    { severity: 'hard', kind: 'as-many-as', table: 'booked_line', condition: ofThisDay("<> 'refund'") },
    { severity: 'hard', kind: 'at-least', column: 'units', least: 0 },
    { severity: 'hard', kind: 'at-least', column: 'cancelled_units', least: 0 },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'every line but a charge names its product',
      condition: "t.kind = 'charge' or t.product_id is not null",
    },
    ...refersTo(toDate, toStore, toProduct, toCustomer),
    { severity: 'soft', kind: 'rows', least: 1 },
    { severity: 'soft', kind: 'usual-rows', share: 0.5 },
    { severity: 'soft', kind: 'fresh', column: 'occurred_at', hours: 12 },
    {
      severity: 'soft',
      kind: 'shift',
      says: 'unit prices of sales, by half octaves,',
      bin: `cast(floor(${2 / Math.LN2}e0 * ln(cast(t.gross_minor as double) / nullif(t.units, 0))) as bigint)`,
      condition: "t.kind = 'sale' and t.units > 0 and t.gross_minor > 0",
    },
    {
      severity: 'soft',
      kind: 'shift',
      says: 'units of a sold line, by octaves,',
      bin: `cast(floor(${1 / Math.LN2}e0 * ln(cast(t.units as double))) as bigint)`,
      condition: "t.kind = 'sale' and t.units > 0",
    },
    {
      severity: 'soft',
      kind: 'holds',
      says: 'no discount above the gross amount of a sale',
      condition: "t.kind <> 'sale' or t.discount_minor <= t.gross_minor",
    },
  ],
}

const factRefunds: SelectedTable = {
  name: 'fact_refunds',
  meaning: 'A booked refund.',
  key: ['line_id'],
  columns: [
    lineColumns.lineId,
    lineColumns.eventId,
    lineColumns.orderId,
    lineColumns.day,
    lineColumns.storeDay,
    lineColumns.occurredAt,
    lineColumns.receivedAt,
    lineColumns.storeId,
    lineColumns.productId,
    lineColumns.customer,
    column('reason', 'text', REFUND_REASONS.join(', ')),
    column(
      'is_restocked',
      'boolean',
      "the goods are for sale again, by the merchant's policy for the reason as it was then",
    ),
    lineColumns.currency,
    column('units', 'bigint', 'units that came back, or that the money was for'),
    column('refunded_minor', 'bigint', 'money that went back'),
  ],
  refers: [toDate, toStore, toProduct, toCustomer],
  parts: 'day',
  lateChanges: 'its day',
  sql: 'fact-refunds',
  inputs: [
    { raw: 'booked_line', days: 'around' },
    { raw: 'setting_changed', days: 'all' },
  ],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['line_id'] },
    {
      severity: 'hard',
      kind: 'not-null',
      columns: ['line_id', 'event_id', 'day', 'occurred_at', 'store_id', 'product_id', 'currency', 'refunded_minor'],
    },
    { severity: 'hard', kind: 'as-many-as', table: 'booked_line', condition: ofThisDay("= 'refund'") },
    { severity: 'hard', kind: 'at-least', column: 'refunded_minor', least: 0 },
    { severity: 'hard', kind: 'one-of', column: 'reason', values: REFUND_REASONS },
    ...refersTo(toDate, toStore, toProduct, toCustomer),
  ],
}

const factInventory: SelectedTable = {
  name: 'fact_inventory',
  meaning:
    'Stock of a product in a store at the end of the day, and what moved it. Products stay in it once a store has had them.',
  key: ['day', 'store_id', 'product_id'],
  columns: [
    column('day', 'date', "the business date in the merchant's zone"),
    lineColumns.storeId,
    column('product_id', 'text', 'the product'),
    column('opening', 'bigint', 'units on hand the evening before; 0 where nothing is known'),
    column('received', 'bigint', 'units that came in'),
    column('sold', 'bigint', 'units sold'),
    column('returned', 'bigint', 'units called off, and units that came back and are for sale again'),
    column('adjusted', 'bigint', 'units moved for another reason, signed'),
    column('counted_difference', 'bigint', 'what counts found above what movements say, signed'),
    column('on_hand', 'bigint', 'units at the end of the day; below 0: more was sold than was known to be there'),
    column('is_counted', 'boolean', 'somebody counted on this day'),
    column('is_tracked', 'boolean', 'a count or a delivery has said how much is there; else on_hand is sales alone'),
    column(
      'stock_out_minutes',
      'bigint',
      'minutes of the day, whether the store was open or not, with nothing on hand while tracked',
    ),
    column(
      'reorder_point',
      'bigint',
      'units on hand and on the way below which the morning ordered; null: it did not look at the product',
    ),
    column(
      'safety_stock',
      'double',
      'units of the reorder point beyond the demand that was expected until then; null as the reorder point',
    ),
  ],
  refers: [toDate, toStore, toProduct],
  parts: 'day',
  lateChanges: 'its day and all after it',
  sql: 'fact-inventory',
  inputs: [
    { table: 'fact_inventory', days: 'before', as: 'opening' },
    { table: 'fact_reorders', days: 'its day' },
    { raw: 'booked_line', days: 'around' },
    { raw: 'stock_received', days: 'around' },
    { raw: 'stock_adjusted', days: 'around' },
    { raw: 'stock_counted', days: 'around' },
    { raw: 'stock_item_counted', days: 'around' },
    { raw: 'product_listed', days: 'all' },
    { raw: 'setting_changed', days: 'all' },
  ],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['day', 'store_id', 'product_id'] },
    { severity: 'hard', kind: 'not-null', columns: ['day', 'store_id', 'product_id', 'on_hand', 'is_tracked'] },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'opening and movements make what is on hand',
      condition: 't.on_hand = t.opening + t.received - t.sold + t.returned + t.adjusted + t.counted_difference',
    },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'no longer out of stock than the longest day, of 25 hours',
      condition: 't.stock_out_minutes between 0 and 1500',
    },
    ...refersTo(toDate, toStore, toProduct),
    { severity: 'soft', kind: 'usual-rows', share: 0.9 },
    {
      severity: 'soft',
      kind: 'holds',
      says: 'nothing on hand below 0 where stock is tracked',
      condition: 'not t.is_tracked or t.on_hand >= 0',
    },
  ],
}

const dimProduct: SelectedTable = {
  name: 'dim_product',
  meaning: 'What the merchant says of a product, a row for each span of time in which it said the same.',
  key: ['product_id', 'version'],
  columns: [
    column('product_id', 'text', 'the product (SKU)'),
    column('version', 'bigint', '1 is the first'),
    column('valid_from', 'timestamp', 'UTC, inclusive; of version 1 the beginning of time (1970)'),
    column('valid_to', 'timestamp', 'UTC, exclusive; null: until now'),
    column('is_current', 'boolean', 'the version that holds now: one a product'),
    column('is_listed', 'boolean', 'false: it was traded, and nobody has listed it'),
    column('title', 'text', 'its name'),
    column('category', 'text', 'as listed'),
    column('sub_category', 'text', 'as listed'),
    column('brand', 'text', 'as listed'),
    column('supplier_id', 'text', 'who delivers it'),
    column('base_price_minor', 'bigint', 'the usual price of a unit'),
    column('unit_cost_minor', 'bigint', 'what a unit costs the merchant'),
    column('currency', 'text', 'ISO 4217, of price and cost'),
    column('shelf_life_days', 'bigint', 'days for which it can be sold'),
    column('pack_size', 'bigint', 'units that are ordered together'),
    column('min_order', 'bigint', 'fewest units of a purchase order'),
  ],
  refers: [toSupplier],
  parts: 'whole',
  sql: 'dim-product',
  inputs: [
    { raw: 'product_listed', days: 'all' },
    { table: 'fact_sales', days: 'all' },
    { table: 'fact_refunds', days: 'all' },
    { table: 'fact_inventory', days: 'all' },
  ],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['product_id', 'version'] },
    { severity: 'hard', kind: 'not-null', columns: ['product_id', 'version', 'valid_from'] },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'a listed product has a title',
      condition: 'not t.is_listed or t.title is not null',
    },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'a version ends after it begins',
      condition: 't.valid_to is null or t.valid_to >= t.valid_from',
    },
    { severity: 'soft', kind: 'holds', says: 'what is traded is listed', condition: 't.is_listed' },
  ],
}

const dimStore: SelectedTable = {
  name: 'dim_store',
  meaning: 'A store, as it was listed last.',
  key: ['store_id'],
  columns: [
    column('store_id', 'text', 'the store; `-`: trade of no store'),
    column('is_listed', 'boolean', 'false: it was traded in, and nobody has listed it'),
    column('name', 'text', 'as listed'),
    column('city', 'text', 'as listed'),
    column('region', 'text', 'as listed'),
    column('size_sqft', 'double', 'square feet of floor'),
    column('time_zone', 'text', "IANA; null: the merchant's"),
    column('currency', 'text', "ISO 4217; null: the merchant's"),
    column('opening_hours', 'text', 'as listed'),
  ],
  refers: [],
  parts: 'whole',
  sql: 'dim-store',
  inputs: [
    { raw: 'store_listed', days: 'all' },
    { table: 'fact_sales', days: 'all' },
    { table: 'fact_refunds', days: 'all' },
    { table: 'fact_inventory', days: 'all' },
  ],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['store_id'] },
    { severity: 'hard', kind: 'not-null', columns: ['store_id', 'is_listed'] },
    { severity: 'soft', kind: 'holds', says: 'what is traded in is listed', condition: 't.is_listed' },
  ],
}

const dimCustomer: SelectedTable = {
  name: 'dim_customer',
  meaning: 'A person, by the token that stands for them. Who it is, is known at the doors alone.',
  key: ['customer'],
  columns: [
    column('customer', 'text', 'the token'),
    column('first_seen', 'date', 'the first day with a line of theirs'),
    column('last_seen', 'date', 'the newest one'),
    column('orders', 'bigint', 'orders with a sale, called off or not'),
    column('stores', 'bigint', 'stores in which they bought'),
  ],
  refers: [],
  parts: 'whole',
  sql: 'dim-customer',
  inputs: [
    { table: 'fact_sales', days: 'all' },
    { table: 'fact_refunds', days: 'all' },
  ],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['customer'] },
    { severity: 'hard', kind: 'not-null', columns: ['customer', 'first_seen', 'last_seen'] },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'nobody is seen last before they are seen first',
      condition: 't.first_seen <= t.last_seen',
    },
  ],
}

const dimSupplier: SelectedTable = {
  name: 'dim_supplier',
  meaning: 'Who delivers.',
  key: ['supplier_id'],
  columns: [
    column('supplier_id', 'text', 'the supplier'),
    column('products', 'bigint', 'products that name it now'),
    column('orders', 'bigint', 'purchase orders placed with it'),
    column('ordered_units', 'bigint', 'units ordered'),
    column('received_units', 'bigint', 'units delivered against purchase orders'),
    column('first_ordered', 'date', 'day of the first purchase order'),
    column('last_ordered', 'date', 'day of the newest one'),
    column('last_received', 'date', 'day of the newest delivery'),
  ],
  refers: [],
  parts: 'whole',
  sql: 'dim-supplier',
  inputs: [
    { table: 'dim_product', days: 'all' },
    { raw: 'purchase_order_placed', days: 'all' },
    { raw: 'purchase_order_received', days: 'all' },
  ],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['supplier_id'] },
    { severity: 'hard', kind: 'not-null', columns: ['supplier_id', 'ordered_units', 'received_units'] },
    {
      severity: 'soft',
      kind: 'holds',
      says: 'no more was delivered than was ordered',
      condition: 't.received_units <= t.ordered_units',
    },
  ],
}

const dimDate: SelectedTable = {
  name: 'dim_date',
  meaning: "A day of the calendar, from the merchant's first to 400 days from now.",
  key: ['day'],
  columns: [
    column('day', 'date', 'the day'),
    column('year', 'bigint', 'calendar year'),
    column('quarter', 'bigint', '1 to 4'),
    column('month', 'bigint', '1 to 12'),
    column('day_of_month', 'bigint', '1 to 31'),
    column('day_of_week', 'bigint', 'Monday 1 to Sunday 7'),
    column('iso_year', 'bigint', 'the year that the ISO week belongs to'),
    column('iso_week', 'bigint', '1 to 53'),
    column('is_weekend', 'boolean', 'Saturday or Sunday'),
    column(
      'country',
      'text',
      "ISO 3166, whose holidays they are: by the merchant's currency; empty: none that is known",
    ),
    column('is_holiday', 'boolean', 'a public holiday there'),
    column('holiday', 'text', 'its name'),
  ],
  refers: [],
  parts: 'whole',
  sql: 'dim-date',
  inputs: [{ given: 'holidays' }],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['day'] },
    { severity: 'hard', kind: 'not-null', columns: ['day', 'day_of_week', 'is_weekend', 'is_holiday'] },
    { severity: 'hard', kind: 'rows', least: 401 },
  ],
}

/** Demand of the days to come. */
export const FACT_PREDICTIONS: ComputedTable = {
  name: 'fact_predictions',
  meaning: `Demand to come, of a product in a store on one of the ${HORIZON_DAYS} days from the one on which it was forecast. Each day's forecasts stay beside those of the days before: the present ones have the newest made_on. Products that did not sell for 91 days have none.`,
  key: ['made_on', 'store_id', 'product_id', 'day'],
  columns: [
    column('made_on', 'date', 'the first day that is forecast; what was sold on days before it is known, and no more'),
    column('store_id', 'text', 'the store'),
    column('product_id', 'text', 'the product'),
    column('day', 'date', 'the day that is forecast'),
    column('horizon', 'bigint', `1 to ${HORIZON_DAYS}: which of these days it is`),
    column('median', 'double', 'units; as likely too many as too few: for an error in units'),
    column('mean', 'double', 'units; for sums, and for what stock is bought by'),
    ...QUANTILES.map((percent) => column(`q${percent}`, 'double', `units; ${percent} % of days sell no more`)),
    column('segment', 'text', 'how the product sells there: smooth, erratic, intermittent, lumpy, or new'),
    column('served_by', 'text', 'what forecast it: the blend, a simple method by name, or category (of new products)'),
    column(
      'model_version',
      'text',
      'the version of the model that chose so; null: no model, served_by is the baseline',
    ),
  ],
  refers: [toDate, toStore, toProduct],
  parts: 'day',
  partOf: 'made_on',
  computedBy: 'models/demand/demand-learner.ts',
  from: ['fact_sales', 'fact_inventory', 'dim_product', 'dim_date'],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['made_on', 'store_id', 'product_id', 'day'] },
    {
      severity: 'hard',
      kind: 'not-null',
      columns: [
        'made_on',
        'store_id',
        'product_id',
        'day',
        'horizon',
        'median',
        'mean',
        'q10',
        'q50',
        'q90',
        'served_by',
      ],
    },
    { severity: 'hard', kind: 'at-least', column: 'q10', least: 0 },
    { severity: 'hard', kind: 'at-least', column: 'mean', least: 0 },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'quantiles ascend',
      condition: QUANTILES.slice(1)
        .map((percent, k) => `t.q${QUANTILES[k]} <= t.q${percent}`)
        .join(' and '),
    },
    {
      severity: 'hard',
      kind: 'holds',
      says: `the day is made_on and horizon, of 1 to ${HORIZON_DAYS}`,
      condition: `date_diff('day', t.made_on, t.day) = t.horizon - 1 and t.horizon between 1 and ${HORIZON_DAYS}`,
    },
    ...refersTo(toDate, toStore, toProduct),
    { severity: 'soft', kind: 'rows', least: 1 },
  ],
}

export const FACT_REORDERS: ComputedTable = {
  name: 'fact_reorders',
  meaning:
    'What a morning proposed to order of a product for a store, or why nothing, with the levels behind it: of every product that it had a forecast, a stock and a supplier of. Asked again on the same day, the last answer stands.',
  key: ['day', 'store_id', 'product_id'],
  columns: [
    column('day', 'date', "the business date of the morning, in the merchant's zone"),
    column('store_id', 'text', 'the store'),
    column('product_id', 'text', 'the product'),
    column('supplier_id', 'text', 'whom the catalogue buys it of'),
    column('product_class', 'text', 'AX to CZ: by revenue, and by how steadily it sells'),
    column(
      'service_level',
      'double',
      'chance, 0 to 1, that the time until the delivery after this one passes without a stock-out',
    ),
    column('lead_days', 'double', 'days from order to delivery, on average'),
    column('demand_over_lead', 'double', 'units expected to be wanted before an order of that day arrived'),
    column(
      'demand_over_protection',
      'double',
      'units expected to be wanted until the delivery after that could arrive',
    ),
    column('reorder_point', 'bigint', 'units on hand and on the way below which the morning ordered'),
    column(
      'safety_stock',
      'double',
      'units: the reorder point less demand_over_protection; below 0 where the service level is low',
    ),
    column('order_up_to', 'bigint', 'units on hand and on the way that an order aimed at'),
    column('on_hand', 'bigint', 'units on the shelf that morning, 0 or more'),
    column('inbound', 'bigint', 'units on the way'),
    column('quantity', 'bigint', 'units proposed; 0: none'),
    column('reason', 'text', 'why none were proposed; null where some were'),
    column('currency', 'text', 'ISO 4217'),
    column('cost_minor', 'bigint', 'of what was proposed; null: nothing was, or nobody has said what one costs'),
  ],
  refers: [toDate, toStore, toProduct, toSupplier],
  parts: 'day',
  partOf: 'day',
  computedBy: 'models/reorders/reorder-policy.ts',
  from: ['fact_predictions', 'fact_sales', 'fact_inventory'],
  checks: [
    { severity: 'hard', kind: 'unique', columns: ['day', 'store_id', 'product_id'] },
    {
      severity: 'hard',
      kind: 'not-null',
      columns: ['day', 'store_id', 'product_id', 'reorder_point', 'safety_stock', 'order_up_to', 'on_hand', 'quantity'],
    },
    { severity: 'hard', kind: 'at-least', column: 'reorder_point', least: 0 },
    { severity: 'hard', kind: 'at-least', column: 'quantity', least: 0 },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'an order goes at least as far as the reorder point',
      condition: 't.order_up_to >= t.reorder_point',
    },
    {
      severity: 'hard',
      kind: 'holds',
      says: 'something is proposed, or there is a reason for nothing',
      condition: '(t.quantity > 0) = (t.reason is null)',
    },
    ...refersTo(toDate, toStore, toProduct),
  ],
}

/** Made by the night, in this order. */
export const NIGHTLY_TABLES: readonly SelectedTable[] = [
  factSales,
  factRefunds,
  factInventory,
  dimProduct,
  dimStore,
  dimCustomer,
  dimSupplier,
  dimDate,
]

/** All there are. */
export const WAREHOUSE_TABLES: readonly WarehouseTable[] = [...NIGHTLY_TABLES, FACT_PREDICTIONS, FACT_REORDERS]

/** @throws RangeError where the warehouse has no such table. */
export function warehouseTable(name: string): WarehouseTable {
  const table = WAREHOUSE_TABLES.find((one) => one.name === name)
  if (table === undefined) throw new RangeError(`the warehouse has no table ${name}`)
  return table
}

/** @throws RangeError where no night makes such a table. */
export function nightlyTable(name: string): SelectedTable {
  const table = NIGHTLY_TABLES.find((one) => one.name === name)
  if (table === undefined) throw new RangeError(`no night makes a table ${name}`)
  return table
}

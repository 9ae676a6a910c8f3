/**
 * An example of every answer of every route, in an order in which each finds what it needs: tests send all of them, to a
 * shop in memory and to a running engine, and the API's description shows what they were answered.
 */
export type Example = readonly [
  route: string,
  status: number,
  /** With its query. `{openAlert}` and the like stand for what only the engine knows, here and in the body. */
  path: string,
  body?: object | undefined,
  headers?: Readonly<Record<string, string>>,
]

const sale = {
  transaction_id: 'T-1',
  product_id: 'P',
  store_id: 'shop',
  customer_id: 'c',
  amount: 10,
  timestamp: '2026-03-02T10:00:00Z',
}
const refund = {
  refund_id: 'R-1',
  product_id: 'P',
  store_id: 'shop',
  refund_amount: 4,
  reason: 'defective',
  timestamp: '2026-03-02T10:00:00Z',
}
const order = { eventType: 'ORDER_PLACED', productId: 'P', price: 5, orderId: 'O', region: 'IN' }
/** It leaves its price to an order that nobody knows: it is held. */
const lost = { eventType: 'RETURN', productId: 'P', orderId: 'nobody-knows', region: 'IN' }
const change = { name: 'lowStockWarningDays', value: 4, category: 'pens' }
const lamp = { type: 'product.listed', storeId: '-', data: { productId: 'LAMP', title: 'Desk lamp', packSize: 6 } }
const highStreet = { type: 'store.listed', storeId: 'high-street', data: { name: 'High Street', sizeSqft: 1200.5 } }

const broken = {
  type: 'stock.adjusted',
  storeId: 'shop',
  productId: 'P',
  quantity: -1,
  reason: 'damaged',
  note: 'The box was wet.',
}

/** The day after the one by which the program that asks is: a real engine has a clock of its own. */
const putOff = { version: 1, until: '{tomorrow}', reason: 'A fair comes before.' }

const PASSWORD = 'seven green kettles sing'
const SECRET = 'a-secret-of-our-own'
const NEW_SECRET = 'another-secret-of-our-own'
const connection = { source: 'generic', proof: 'token', secret: SECRET }
const WEBHOOK = 'POST /integrations/{marketplace}/webhook/{connectionId}'
const token = { 'x-webhook-token': SECRET }
const same = { 'if-none-match': '*' }

const rowsLookedAt = {
  columns: ['SKU', 'Name', 'Price'],
  rows: [
    { line: 2, cells: ['SHADE', 'Lamp shade', '12.50'] },
    { line: 3, cells: ['BULB', 'Bulb', 'about 2'] },
  ],
}
const rowsBroughtIn = {
  ...rowsLookedAt,
  ...{ run: 'monday', part: 0, file: 'products.csv', isLast: true },
  mapping: { product_id: 'SKU', title: 'Name', base_price: 'Price' },
}

export const EXAMPLES: readonly Example[] = [
  ['POST /integrations', 201, '/integrations', connection],
  ['GET /integrations', 200, '/integrations'],
  [WEBHOOK, 202, '/integrations/generic/webhook/{connection}', order, token],
  [WEBHOOK, 200, '/integrations/generic/webhook/{connection}', order, token],
  ['PATCH /integrations/{id}', 200, '/integrations/{connection}', { label: 'our bridge', ratePerSecond: 50 }],
  ['POST /integrations/{id}/rotate', 200, '/integrations/{connection}/rotate', { overlapHours: 1, secret: NEW_SECRET }],
  ['POST /integrations/{id}/test', 200, '/integrations/{connection}/test'],
  ['GET /integrations/{id}/deliveries', 200, '/integrations/{connection}/deliveries'],
  ['GET /integrations/{id}/activity', 200, '/integrations/{connection}/activity'],
  ['GET /integrations/{id}/deliveries/{number}', 200, '/integrations/{connection}/deliveries/1'],
  ['POST /integrations/{id}/deliveries/{number}/redeliver', 200, '/integrations/{connection}/deliveries/1/redeliver'],
  ['DELETE /integrations/{id}', 200, '/integrations/{connection}'],
  ['POST /collect', 202, '/collect', { events: [sale, { ...sale, transaction_id: 'T-2', quantity: 3 }] }],
  ['POST /collect', 200, '/collect', { events: [sale] }],
  ['POST /collect', 422, '/collect', { events: [{ ...sale, amount: -1 }] }],
  ['POST /integrations/{marketplace}/webhook', 202, '/integrations/amazon/webhook', order],
  ['POST /integrations/{marketplace}/webhook', 200, '/integrations/amazon/webhook', order],
  ['POST /integrations/{marketplace}/webhook', 202, '/integrations/amazon/webhook', lost],
  ['POST /settings', 202, '/settings', change],
  ['GET /settings', 200, '/settings'],
  ['GET /settings', 304, '/settings', undefined, same],
  ['POST /settings', 202, '/settings', { name: 'lowStockWarningDays', value: 7, productId: 'P' }],
  ['GET /settings/products', 200, '/settings/products'],
  ['POST /settings/preview', 200, '/settings/preview', { name: 'lowStockWarningDays', value: 10 }],
  ['GET /metrics', 200, '/metrics'],
  ['GET /metrics', 200, '/metrics?store=shop&from=2026-03-01T00:00:00Z&to=2026-03-02T10:00:00Z'],
  ['GET /metrics/series', 200, '/metrics/series?measure=netRevenue&window=hour&currency=INR'],
  ['GET /metrics/series', 200, '/metrics/series?measure=units&by=product&window=quarter'],
  ['GET /metrics/series', 200, '/metrics/series?by=store&window=span&limit=500'],
  ['GET /metrics/products', 200, '/metrics/products?limit=10'],
  ['GET /metrics/series', 200, '/metrics/series?measure=units&window=hour&product=P'],
  ['GET /stock', 200, '/stock'],
  ['GET /stock', 200, '/stock?store=shop&limit=10'],
  ['GET /stock', 200, '/stock?risk=any'],
  ['POST /stock/changes', 202, '/stock/changes', broken],
  ['GET /alerts', 200, '/alerts'],
  ['GET /alerts', 200, '/alerts?state=resolved&store=shop'],
  ['POST /alerts/{id}/acknowledge', 202, '/alerts/{openAlert}/acknowledge'],
  ['POST /alerts/{id}/acknowledge', 200, '/alerts/{openAlert}/acknowledge'],
  ['POST /alerts/acknowledge', 202, '/alerts/acknowledge', { ids: ['{alertInShop}', 'none-of-these'] }],
  ['POST /alerts/acknowledge', 200, '/alerts/acknowledge', { ids: ['{openAlert}'] }],
  ['GET /reorders', 200, '/reorders'],
  ['GET /reorders', 200, '/reorders?store=shop&supplier=weaver&limit=1'],
  ['GET /reorders/{id}', 200, '/reorders/{reorder}'],
  ['GET /reorders/reasons', 200, '/reorders/reasons?product=P'],
  ['POST /reorders/{id}/snooze', 200, '/reorders/{reorder}/snooze', putOff],
  ['POST /reorders/{id}/dismiss', 200, '/reorders/{reorder}/dismiss', { version: 1, reason: 'It is sold off.' }],
  ['POST /reorders/{id}/accept', 202, '/reorders/{reorder}/accept', { version: 1, quantity: 24 }],
  ['POST /reorders/{id}/accept', 200, '/reorders/{acceptedReorder}/accept', { version: 1, quantity: 24 }],
  ['GET /transactions', 200, '/transactions'],
  ['GET /transactions', 200, '/transactions?limit=1'],
  ['GET /transactions', 200, '/transactions?id=T-1&customer=c&kind=sale&from=2026-03-01T00:00:00Z'],
  ['GET /events/{id}', 200, '/events/{bookedEvent}'],
  ['POST /collect', 202, '/collect', { events: [refund] }],
  ['GET /refunds', 200, '/refunds'],
  ['GET /refunds/statistics', 200, '/refunds/statistics'],
  ['GET /item/{id}', 200, '/item/P'],
  ['POST /collect', 202, '/collect', { events: [lamp, highStreet] }],
  ['POST /imports/preview', 200, '/imports/preview', rowsLookedAt],
  ['POST /imports/{kind}', 200, '/imports/products', rowsBroughtIn],
  ['GET /imports', 200, '/imports'],
  ['GET /products', 200, '/products'],
  ['GET /products', 200, '/products?query=desk'],
  ['GET /products', 304, '/products', undefined, same],
  ['GET /stores', 200, '/stores'],
  ['GET /stores', 304, '/stores', undefined, same],
  ['GET /quality', 200, '/quality'],
  ['GET /quality/checks', 200, '/quality/checks?limit=7'],
  ['POST /runs', 202, '/runs', { chain: 'nightly' }],
  ['GET /forecasts', 200, '/forecasts?product=P&store=shop'],
  ['GET /forecasts/products', 200, '/forecasts/products?limit=5'],
  ['GET /forecasts/why', 200, '/forecasts/why?product=P&store=shop'],
  ['GET /models/demand', 200, '/models/demand'],
  ['GET /models/demand/accuracy', 200, '/models/demand/accuracy?days=28'],
  ['GET /models/demand/drift', 200, '/models/demand/drift'],
  ['POST /models/demand/promote', 200, '/models/demand/promote', { version: null }],
  ['POST /models/demand/rollback', 200, '/models/demand/rollback', {}],
  ['GET /runs', 200, '/runs'],
  ['GET /runs/{id}', 200, '/runs/{run}'],
  ['GET /runs/{id}/checks', 200, '/runs/{run}/checks?limit=10'],
  ['GET /lineage', 200, '/lineage?limit=5'],
  ['GET /lineage/{artefact}', 200, '/lineage/raw:sale_recorded:2026-03-02'],
  ['GET /lineage/{artefact}/inputs', 200, '/lineage/raw:sale_recorded:2026-03-02/inputs?limit=5'],
  ['GET /quarantine', 200, '/quarantine'],
  ['GET /quarantine/{id}', 200, '/quarantine/{held}'],
  ['POST /quarantine/{id}/replay', 202, '/quarantine/{held}/replay', {}],
  ['POST /quarantine/{id}/discard', 202, '/quarantine/{held}/discard', { reason: 'A test of our own' }],
  ['GET /notices/choices', 200, '/notices/choices'],
  ['POST /notices/choices', 200, '/notices/choices', { version: 0, channels: ['log'], digest: 'daily', digestHour: 7 }],
  ['POST /notices/webhooks', 201, '/notices/webhooks', { url: 'https://hooks.example/alerts', label: 'our pager' }],
  ['GET /notices/webhooks', 200, '/notices/webhooks'],
  ['POST /notices/test', 200, '/notices/test', { channel: 'log' }],
  ['GET /notices/deliveries', 200, '/notices/deliveries'],
  ['POST /notices/deliveries/{number}/redeliver', 200, '/notices/deliveries/1/redeliver'],
  ['DELETE /notices/webhooks/{id}', 200, '/notices/webhooks/{noticeWebhook}'],
  ['POST /live/tickets', 201, '/live/tickets'],
  ['POST /sign-in/codes', 201, '/sign-in/codes'],
  ['GET /sign-in', 303, '/sign-in?code={signInCode}'],
  ['GET /account', 200, '/account'],
  ['PATCH /account', 200, '/account', { email: 'asha@shop.example', name: 'Asha', version: 0 }],
  ['POST /account/password', 204, '/account/password', { next: PASSWORD }],
  ['POST /sign-in', 204, '/sign-in', { email: 'Asha@shop.example', password: PASSWORD }],
  ['GET /account/sessions', 200, '/account/sessions'],
  ['DELETE /account/sessions/{id}', 204, '/account/sessions/{session}'],
  ['DELETE /account/sessions', 204, '/account/sessions'],
  ['POST /account/totp', 201, '/account/totp'],
  ['POST /account/totp/confirm', 204, '/account/totp/confirm', { code: '{totp}' }],
  ['DELETE /account/totp', 204, '/account/totp', { current: PASSWORD }],
  ['POST /users', 201, '/users', { email: 'bo@shop.example', role: 'store-manager', stores: ['shop'] }],
  ['GET /join', 200, '/join?code={joinCode}'],
  ['POST /join', 204, '/join', { code: '{joinCode}', password: PASSWORD, name: 'Bo' }],
  ['GET /users', 200, '/users'],
  ['PATCH /users/{id}', 200, '/users/{person}', { role: 'analyst', stores: null, version: 1 }],
  ['POST /users/{id}/link', 201, '/users/{person}/link'],
  ['DELETE /users/{id}', 204, '/users/{person}'],
  ['POST /sign-out', 204, '/sign-out'],
  ['POST /tokens', 201, '/tokens', { label: 'till', scopes: ['figures:read'], expiresAt: '2027-01-01T00:00:00Z' }],
  ['GET /tokens', 200, '/tokens'],
  ['DELETE /tokens/{id}', 204, '/tokens/{apiToken}'],
  ['PATCH /merchant', 200, '/merchant', { name: 'Asha Home', before: 'Demo' }],
  ['GET /export/{file}', 200, '/export/fact_sales.parquet'],
  ['GET /export/{file}', 304, '/export/fact_sales.parquet', undefined, same],
  ['POST /customers/forget', 200, '/customers/forget', { customer: 'leela@example.in' }],
  ['GET /audit', 200, '/audit?what=settings&limit=10'],
  ['GET /healthz', 200, '/healthz'],
  ['GET /openapi.json', 200, '/openapi.json'],
  ['GET /openapi.json', 304, '/openapi.json', undefined, same],
  ['GET /asyncapi.json', 200, '/asyncapi.json'],
  ['GET /asyncapi.json', 304, '/asyncapi.json', undefined, same],
  ['GET /docs', 200, '/docs'],
  ['GET /docs', 304, '/docs', undefined, same],
  ['GET /docs/page.css', 200, '/docs/page.css'],
  ['GET /docs/page.css', 304, '/docs/page.css', undefined, same],
  ['GET /docs/page.js', 200, '/docs/page.js'],
  ['GET /docs/page.js', 304, '/docs/page.js', undefined, same],
]

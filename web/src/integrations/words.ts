/** Everything that these pages say. */
import type { paths } from '../reach/api.gen.d.ts'

type Body = NonNullable<paths['/integrations']['post']['requestBody']>['content']['application/json']
export type SourceName = Body['source']
export type ProofName = NonNullable<Body['proof']>

/** What to do at a source, in order; `topics`: what to subscribe to there. */
export type Guide = {
  readonly name: string
  readonly about: string
  /** The proofs that it can use, the usual one first. */
  readonly proofs: readonly ProofName[]
  /** Who makes the secret: the source, or the engine. */
  readonly secretFrom: 'source' | 'engine'
  readonly secretHint: string
  readonly storeHint: string
  readonly steps: readonly string[]
  readonly topics: readonly string[]
  readonly firstOrder: string
}

const TOKEN_STEP =
  'Send the secret with each delivery, as the header Authorization: Bearer SECRET or X-Webhook-Token: SECRET.'

/** By source: one that the engine comes to know has a line here, or this does not compile. */
const guides: Readonly<Record<SourceName, Guide>> = {
  amazon: {
    name: 'Amazon',
    about: 'Orders of a seller account, from its notifications',
    proofs: ['token', 'standard-webhooks'],
    secretFrom: 'engine',
    secretHint: 'Leave it empty, and one is made.',
    storeHint: 'Where its orders are booked. Empty: amazon with its region, such as amazon-in.',
    steps: [
      'In Seller Central, subscribe to the notification ORDER_CHANGE for whole orders (NotificationLevel: OrderLevel), into an SQS queue of yours.',
      'A small program of yours reads the queue and posts each message, as it stands, to the address below.',
      TOKEN_STEP,
      'List your products with their prices first (Imports): notifications state no price.',
    ],
    topics: ['ORDER_CHANGE'],
    firstOrder: 'The next change of an order.',
  },
  shopify: {
    name: 'Shopify',
    about: 'Orders, refunds, products and stock of a shop',
    proofs: ['shopify'],
    secretFrom: 'source',
    secretHint:
      'Shopify makes it. For webhooks made in the admin it stands below their list (Settings, Notifications, Webhooks); for those of an app it is the app’s client secret.',
    storeHint:
      'A shop with one location: shopify-LOCATION_ID, so that orders and stock meet in one store. Empty: shopify.',
    steps: [
      'In Shopify, open Settings, Notifications, Webhooks, and create a webhook for each topic below.',
      'Format JSON, URL the address below, the newest API version.',
      'Save each product once, or all in bulk, so that the catalogue knows it.',
    ],
    topics: [
      'orders/create',
      'orders/updated',
      'orders/cancelled',
      'refunds/create',
      'products/update',
      'inventory_levels/update',
    ],
    firstOrder: 'The next order, or any product that you save.',
  },
  woocommerce: {
    name: 'WooCommerce',
    about: 'Orders and products of a WordPress shop',
    proofs: ['woocommerce'],
    secretFrom: 'engine',
    secretHint: 'Leave it empty, and one is made to paste there.',
    storeHint: 'Two shops need a store each: each numbers its orders from one. Empty: woocommerce.',
    steps: [
      'In WordPress, open WooCommerce, Settings, Advanced, Webhooks, and add a webhook for each topic below.',
      'Status Active, Delivery URL the address below, Secret the secret, API version WP REST API Integration v3.',
      'Save each product once, so that the catalogue knows it.',
    ],
    topics: ['Order created', 'Order updated', 'Order deleted', 'Order restored', 'Product created', 'Product updated'],
    firstOrder: 'The next order, or any product that you save.',
  },
  myntra: {
    name: 'Myntra',
    about: 'Orders, returns and stock, pushed by Myntra or a bridge',
    proofs: ['token', 'standard-webhooks'],
    secretFrom: 'engine',
    secretHint: 'Leave it empty, and one is made.',
    storeHint: 'Where its orders are booked. Empty: the source’s own.',
    steps: [
      'Ask your account manager for the documents of your account, and compare them with the description of this source.',
      'Give Myntra, or your bridge, the address and the secret below.',
      TOKEN_STEP,
    ],
    topics: [],
    firstOrder: 'The next order that Myntra pushes.',
  },
  meesho: {
    name: 'Meesho',
    about: 'Orders, returns and stock, pushed by Meesho or a bridge',
    proofs: ['token', 'standard-webhooks'],
    secretFrom: 'engine',
    secretHint: 'Leave it empty, and one is made.',
    storeHint: 'Where its orders are booked. Empty: the source’s own.',
    steps: [
      'Meesho gives its documents to integrators alone: compare theirs with the description of this source.',
      'Give your integrator, or your bridge, the address and the secret below.',
      TOKEN_STEP,
    ],
    topics: [],
    firstOrder: 'The next order that is pushed.',
  },
  generic: {
    name: 'Anything else',
    about: 'A bridge of your own: one small JSON document an event',
    proofs: ['standard-webhooks', 'token'],
    secretFrom: 'engine',
    secretHint: 'Leave it empty, and one is made.',
    storeHint: 'Where documents belong that name no store. Empty: generic with its region.',
    steps: [
      'Your program posts JSON documents like {"eventType":"ORDER_PLACED","orderId":"G-1","productId":"LAMP","price":"999.00","quantity":2} to the address below.',
      'Each is signed with the secret by Standard Webhooks (standardwebhooks.com): there are libraries in most languages.',
    ],
    topics: ['ORDER_PLACED', 'ORDER_CANCELLED', 'RETURN', 'PRICE_CHANGED', 'STOCK_UPDATED'],
    firstOrder: 'The first document that your program sends.',
  },
}

const proofs: Readonly<Record<string, string>> = {
  'standard-webhooks': 'Signature (Standard Webhooks)',
  shopify: 'Shopify’s signature',
  woocommerce: 'WooCommerce’s signature',
  token: 'Secret in a header',
  none: 'None: this machine alone',
}

const statuses: Readonly<Record<string, string>> = {
  waiting: 'Waiting for its first delivery',
  active: 'Active',
  paused: 'Paused',
  removed: 'Closed',
}

export const words = {
  title: 'Integrations',
  about: 'Ways in for marketplaces and shops, and what came through them',
  guides,
  proofs,
  statuses,
  simulator: 'Simulated shop',
  ownDoor: (source: string) => `${source}, from this machine`,

  connect: 'Connect a marketplace',
  connectShort: 'Connect',
  none: 'Nothing is connected yet',
  noneWhy: 'Connect the first marketplace or shop: its orders move stock, revenue and alerts within a second.',
  open: (label: string) => `Open ${label}`,
  listTitle: 'Connections',
  source: 'Source',
  label: 'Label',
  store: 'Store',
  ownStore: 'the source’s own',
  state: 'State',
  since: 'First delivery',
  never: 'none yet',
  closed: 'There is no such connection, or it was closed.',
  back: 'All connections',

  mockTitle: 'Mock until the first real order',
  mockWhy:
    'Now a simulator sells for the demo merchant, and every figure is made up. It stops for good when the first real order arrives through any connection but its own: from then on the engine is Live. A connection that waits, and a test, change nothing.',
  liveTitle: 'Live',
  liveWhy:
    'A real order has arrived: the simulator has stopped, and figures are of what comes in. Resetting the demo brings it back.',

  step: (now: number, of: number) => `Step ${now} of ${of}`,
  chooseSource: 'Where do orders come from?',
  details: 'What is it called here?',
  labelHint: 'Your own name for it: “our shop”.',
  labelOf: (source: string) => `Our ${source} shop`,
  storeLabel: 'Store',
  secretLabel: 'Its secret',
  secretLabelOptional: 'A secret of your own',
  proofLabel: 'How it proves itself',
  create: 'Create the connection',
  next: 'Next',
  backStep: 'Back',
  cancel: 'Leave',
  labels: { label: 'The label', storeId: 'The store', secret: 'The secret', proof: 'The proof', source: 'The source' },

  keepTitle: 'Keep the secret',
  keepOnce: 'It is shown this once. The engine checks with it and never shows it again; a rotation makes another.',
  keepGiven: 'The engine knows the secret that you gave and never shows it.',
  address: 'Address',
  secret: 'Secret',
  kept: 'I have kept it',
  pasteTitle: (source: string) => `What to do at ${source}`,
  topics: 'Topics',
  copyAll: 'Copy all',
  local:
    'This address is of this machine alone. A marketplace must reach the engine: put it behind HTTPS under a name of yours, and use that name in place of it.',
  testTitle: 'Try it, then wait for the first delivery',
  testAbout:
    'A test goes through the connection’s own door, signed with its secret and checked like any delivery. Nothing of it is booked.',
  test: 'Send a test',
  testFine: (status: number) => `It works: the door answered ${status}.`,
  testRefused: (status: number, why: string) => `The door answered ${status}: ${why}`,
  waiting: 'Waiting for the first real delivery',
  waitingFor: (what: string) => `It will show here by itself. ${what}`,
  arrived: 'The first delivery has arrived: the connection is active.',
  toConnection: 'See its deliveries',
  finish: 'Done',

  pause: 'Pause',
  resume: 'Resume',
  edit: 'Change',
  rotate: 'New secret',
  close: 'Close',
  paused: 'Paused: nothing is let in, and senders are answered 403.',
  facts: {
    source: 'Source',
    state: 'State',
    address: 'Address',
    proof: 'Proof',
    store: 'Store',
    rate: 'Most deliveries a second',
    created: 'Created',
    first: 'First delivery',
  },
  rateValue: (rate: string) => `${rate}, in the long run`,
  unlimited: 'no limit',

  editTitle: 'Change the connection',
  rateLabel: 'Most deliveries a second',
  rateHint: '1 to 10,000 in the long run; five seconds’ worth may come at once.',
  save: 'Save',
  changedMeanwhile: 'Somebody changed it meanwhile: what is there now is shown. Look at it and save again.',
  storeMoves: 'An order stays in the store that it was booked in.',
  rotateTitle: 'A new secret',
  overlap: 'How long the old one still counts',
  overlaps: [
    ['0', 'Not at all: from now on the new one alone'],
    ['1', 'An hour'],
    ['24', 'A day'],
    ['168', 'A week'],
  ],
  rotateWhy: 'Both count until then, so that no delivery is lost while you paste the new one.',
  rotateDo: 'Make the new secret',
  rotateTake: 'Take the new secret',
  rotated: 'The new secret counts from now on.',
  closeTitle: (label: string) => `Close ${label}?`,
  closeDo: 'Close it for good',
  closeWhy:
    'Its address stops working, and deliveries to it are answered 401. What came through it stays in the figures.',
  closeNever: 'This cannot be taken back; another connection has another address.',

  figures: 'Last 7 days',
  counts: { all: 'Deliveries', taken: 'Taken', refused: 'Refused', share: 'Refused of all', took: 'Mean time' },
  rateTitle: 'Deliveries by hour',
  errorTitle: 'Refused by hour',
  span: 'last 7 days',
  noneInWeek: 'Nothing came in the last 7 days',
  noneInWeekWhy: 'Deliveries are counted here by the hour, those that were refused too.',
  noneRefused: 'Nothing was refused',
  noneRefusedWhy:
    'Deliveries without a valid proof, that cannot be understood or that are turned away are counted here.',
  fates: {
    taken: 'Taken',
    repeated: 'Known before',
    unproved: 'Not proved',
    unreadable: 'Not understood',
    turnedAway: 'Turned away',
  },

  deliveries: 'Deliveries',
  deliveriesAbout: (zone: string) => `the newest 1,000 of 7 days, times in ${zone}`,
  noDeliveries: 'No delivery yet',
  noDeliveriesWhy: 'Each one is listed here with what it was answered, whether it was taken or not.',
  older: 'Show older ones',
  number: 'No.',
  time: 'Time',
  status: 'Answer',
  proof: 'Proof',
  way: 'Way',
  took: 'Took',
  ms: 'ms',
  ways: { delivery: 'From the source', redelivery: 'Again, by hand', test: 'Test' },
  proofFound: {
    proved: 'Proved',
    none: 'Not needed',
    missing: 'Missing',
    malformed: 'Malformed',
    stale: 'Too old',
    wrong: 'Wrong',
  },
  answers: (status: number): string => {
    if (status === 202) return '202 taken'
    if (status < 300) return `${status} nothing new`
    const said: Readonly<Record<number, string>> = {
      401: 'not proved',
      403: 'paused',
      413: 'too large',
      422: 'not understood',
      429: 'too fast',
      503: 'engine full',
    }
    return `${status} ${said[status] ?? 'refused'}`
  },
  deliveryTitle: (number: string) => `Delivery ${number}`,
  body: 'Body',
  noBody: 'It is not kept: its sender was not proved, it was too large, or it was no JSON.',
  bodyAbout: 'without personal fields',
  answer: 'What it was answered',
  headers: 'Headers',
  redeliver: 'Take it once more',
  redeliverWhy:
    'By the same path. Nothing is booked twice; an order that had been refused is booked without its customer.',
  redelivered: (status: number) => `Taken once more: answered ${status}.`,
} as const

export const guideOf = (source: string): Guide | undefined =>
  Object.hasOwn(guides, source) ? guides[source as SourceName] : undefined

/** What there is to be allowed, and to whom. Routes name the right they need in the manifest. */
export const RIGHTS = {
  'figures:read': 'figures, stock, alerts, trade and forecasts, of the stores one may see',
  'catalogue:read': 'products and stores',
  'alerts:handle': 'acknowledge alerts of the stores one may see',
  'stock:change': 'receive, count and adjust stock of the stores one may see',
  'reorders:decide': 'accept, snooze and dismiss proposals to order, of the stores one may see',
  'events:send': 'send events and import files',
  'storefront:send': 'send what shoppers do in a storefront, and nothing else',
  'quality:read': 'the ledger, lag, and documents that were set aside',
  'runs:start': 'have a run of the night done again',
  'models:read': 'versions of models, what they were worth, and drift',
  'models:decide': 'let another version of a model serve',
  'quarantine:decide': 'replay or discard documents that were set aside',
  'settings:read': 'thresholds, time zone, currency',
  'settings:change': 'change thresholds, time zone, currency',
  'integrations:read': 'ways in of providers, and what came through them',
  'integrations:change': 'open, pause and close ways in of providers, and see their new secrets',
  'audit:read': 'who changed what, and when',
  'customers:forget': 'have a customer forgotten, for good',
  'users:manage': 'invite people, change their roles and stores, let them go',
  'account:manage': 'one’s own password, sessions, tokens and notices',
} as const
export type Right = keyof typeof RIGHTS

export const ROLES = ['owner', 'executive', 'store-manager', 'analyst', 'integrator'] as const
export type Role = (typeof ROLES)[number]

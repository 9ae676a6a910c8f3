/**
 * Everything that runs, declared once, as data: CDK builds its constructs from it, the embedded host its wiring. `runs`
 * names a folder beside this file; `hurts` says who is hurt when it fails, and becomes the alarm's text.
 */

import type { Right } from '#core/access/rights.ts'
import type { Rhythm } from '#core/chains/due-date.ts'

/** proof: the function checks who sent it. open: anybody. Else the right that a signed-in person or a token needs. */
export type Guard = 'proof' | 'open' | Right
export const isRight = (guard: Guard): guard is Right => guard !== 'proof' && guard !== 'open'

/** What a deployment may have: chains as state machines, the mirror of windows in Timestream, or the demo merchant who sells by itself. */
export type Part = 'chains' | 'demo' | 'timestream'

/** Native code that the function loads by `require`: on AWS it is in a layer, on one machine among the packages. */
export type NativeNeed = 'duckdb' | 'onnxruntime'

export type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `{name}` is one segment. */
  readonly path: string
  readonly runs: string
  readonly guard: Guard
  /** bytes: of any type, since they are proved before they are read. JSON if absent. */
  readonly body?: 'bytes'
  readonly needs?: readonly NativeNeed[]
  readonly hurts: string
}
export type Manifest = {
  readonly authorizer: string
  readonly routes: readonly Route[]
  readonly consumers: readonly {
    readonly stream: 'events'
    readonly runs: string
    readonly batch: number
    readonly waitMs: number
    readonly needs?: readonly NativeNeed[]
    readonly hurts: string
  }[]
  readonly sockets: readonly {
    readonly route: '$connect' | '$disconnect' | '$default'
    readonly runs: string
    readonly guard: Guard
    readonly hurts: string
  }[]
  readonly schedules: readonly {
    readonly name: string
    readonly everyMs: number
    readonly runs: string
    /** A run may begin while another one still works: it keeps out of that one's way by itself. */
    readonly overlaps?: true
    /** Only where a deployment on AWS has it; one machine never does. */
    readonly only?: Part
    readonly needs?: readonly NativeNeed[]
    readonly hurts: string
  }[]
  /** Chains of states: on AWS each is a state machine, one machine runs the same files by itself. */
  readonly workflows: readonly {
    readonly chain: string
    /** Its States Language file, beside this one. */
    readonly definition: string
    /** By the clock of each merchant. */
    readonly rhythm: Rhythm
    /** The function that each of its Task states calls. */
    readonly runs: string
    readonly needs?: readonly NativeNeed[]
    readonly hurts: string
  }[]
}

const BLIND = 'merchants cannot see their figures'
const UNCONNECTED = 'merchants cannot connect a marketplace, or close a way in'
const LOCKED_OUT = 'nobody new gets in'
const OPEN_ACCOUNT = 'people cannot close what is theirs to somebody else'
const NOT_BROUGHT_IN = 'files of products, stores and sales cannot be brought in from the dashboard'
const STUCK = 'held documents stay out of the figures'
const UNTRACED = 'nobody sees what a figure was made of'
const NOT_RUN_AGAIN = 'nobody sees why a night stopped, or has it run again'
const NOT_ORDERED = 'nobody sees what to order, and shelves run empty'
const UNFORECAST = 'nobody sees what will sell, and why'
const UNJUDGED = 'nobody sees whether forecasts can be trusted, or has another version serve'
const UNTOLD = 'people outside hear of alerts late, or where they do not want to'

export const manifest: Manifest = {
  authorizer: 'authorize-viewer',
  routes: [
    {
      method: 'POST',
      path: '/integrations/{marketplace}/webhook',
      runs: 'receive-webhook',
      guard: 'proof',
      hurts: 'marketplaces retry, then stop sending: sales are missed',
    },
    {
      method: 'POST',
      path: '/integrations/{marketplace}/webhook/{connectionId}',
      runs: 'receive-webhook',
      guard: 'proof',
      body: 'bytes',
      hurts: 'marketplaces retry, then stop sending: sales are missed',
    },
    {
      method: 'POST',
      path: '/collect',
      runs: 'collect-events',
      guard: 'storefront:send',
      hurts: 'shops and storefronts retry: sales come late',
    },
    {
      method: 'POST',
      path: '/imports/preview',
      runs: 'import-rows',
      guard: 'events:send',
      hurts: NOT_BROUGHT_IN,
    },
    {
      method: 'POST',
      path: '/imports/{kind}',
      runs: 'import-rows',
      guard: 'events:send',
      hurts: NOT_BROUGHT_IN,
    },
    { method: 'GET', path: '/imports', runs: 'import-rows', guard: 'events:send', hurts: NOT_BROUGHT_IN },
    { method: 'GET', path: '/metrics', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/metrics/series', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/metrics/products', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/stock', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    {
      method: 'POST',
      path: '/stock/changes',
      runs: 'change-stock',
      guard: 'stock:change',
      hurts: 'levels that people know to be wrong stay wrong',
    },
    { method: 'GET', path: '/alerts', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/reorders', runs: 'review-reorders', guard: 'figures:read', hurts: NOT_ORDERED },
    { method: 'GET', path: '/reorders/reasons', runs: 'review-reorders', guard: 'figures:read', hurts: NOT_ORDERED },
    { method: 'GET', path: '/reorders/{id}', runs: 'review-reorders', guard: 'figures:read', hurts: NOT_ORDERED },
    {
      method: 'POST',
      path: '/reorders/{id}/accept',
      runs: 'review-reorders',
      guard: 'reorders:decide',
      hurts: NOT_ORDERED,
    },
    {
      method: 'POST',
      path: '/reorders/{id}/snooze',
      runs: 'review-reorders',
      guard: 'reorders:decide',
      hurts: NOT_ORDERED,
    },
    {
      method: 'POST',
      path: '/reorders/{id}/dismiss',
      runs: 'review-reorders',
      guard: 'reorders:decide',
      hurts: NOT_ORDERED,
    },
    { method: 'GET', path: '/transactions', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/events/{id}', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/refunds', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/refunds/statistics', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/item/{id}', runs: 'answer-query', guard: 'figures:read', hurts: BLIND },
    { method: 'GET', path: '/products', runs: 'answer-query', guard: 'catalogue:read', hurts: BLIND },
    { method: 'GET', path: '/stores', runs: 'answer-query', guard: 'catalogue:read', hurts: BLIND },
    { method: 'GET', path: '/quality', runs: 'answer-query', guard: 'quality:read', hurts: BLIND },
    { method: 'GET', path: '/quality/checks', runs: 'review-runs', guard: 'quality:read', hurts: NOT_RUN_AGAIN },
    {
      method: 'GET',
      path: '/forecasts',
      runs: 'review-forecasts',
      guard: 'figures:read',
      needs: ['duckdb'],
      hurts: UNFORECAST,
    },
    {
      method: 'GET',
      path: '/forecasts/products',
      runs: 'review-forecasts',
      guard: 'figures:read',
      needs: ['duckdb'],
      hurts: UNFORECAST,
    },
    {
      method: 'GET',
      path: '/forecasts/why',
      runs: 'review-forecasts',
      guard: 'figures:read',
      needs: ['duckdb'],
      hurts: UNFORECAST,
    },
    { method: 'GET', path: '/models/demand', runs: 'manage-models', guard: 'models:read', hurts: UNJUDGED },
    {
      method: 'GET',
      path: '/models/demand/accuracy',
      runs: 'manage-models',
      guard: 'models:read',
      needs: ['duckdb'],
      hurts: UNJUDGED,
    },
    { method: 'GET', path: '/models/demand/drift', runs: 'manage-models', guard: 'models:read', hurts: UNJUDGED },
    { method: 'POST', path: '/models/demand/promote', runs: 'manage-models', guard: 'models:decide', hurts: UNJUDGED },
    { method: 'POST', path: '/models/demand/rollback', runs: 'manage-models', guard: 'models:decide', hurts: UNJUDGED },
    { method: 'GET', path: '/runs', runs: 'review-runs', guard: 'quality:read', hurts: NOT_RUN_AGAIN },
    { method: 'POST', path: '/runs', runs: 'review-runs', guard: 'runs:start', hurts: NOT_RUN_AGAIN },
    { method: 'GET', path: '/runs/{id}', runs: 'review-runs', guard: 'quality:read', hurts: NOT_RUN_AGAIN },
    { method: 'GET', path: '/runs/{id}/checks', runs: 'review-runs', guard: 'quality:read', hurts: NOT_RUN_AGAIN },
    { method: 'GET', path: '/lineage', runs: 'trace-lineage', guard: 'quality:read', hurts: UNTRACED },
    { method: 'GET', path: '/lineage/{artefact}', runs: 'trace-lineage', guard: 'quality:read', hurts: UNTRACED },
    {
      method: 'GET',
      path: '/lineage/{artefact}/inputs',
      runs: 'trace-lineage',
      guard: 'quality:read',
      hurts: UNTRACED,
    },
    {
      method: 'POST',
      path: '/alerts/{id}/acknowledge',
      runs: 'acknowledge-alert',
      guard: 'alerts:handle',
      hurts: 'two people deal with the same alert',
    },
    {
      method: 'POST',
      path: '/alerts/acknowledge',
      runs: 'acknowledge-alert',
      guard: 'alerts:handle',
      hurts: 'two people deal with the same alert',
    },
    { method: 'GET', path: '/quarantine', runs: 'review-quarantine', guard: 'quality:read', hurts: STUCK },
    { method: 'GET', path: '/quarantine/{id}', runs: 'review-quarantine', guard: 'quality:read', hurts: STUCK },
    {
      method: 'POST',
      path: '/quarantine/{id}/replay',
      runs: 'review-quarantine',
      guard: 'quarantine:decide',
      hurts: STUCK,
    },
    {
      method: 'POST',
      path: '/quarantine/{id}/discard',
      runs: 'review-quarantine',
      guard: 'quarantine:decide',
      hurts: STUCK,
    },
    {
      method: 'GET',
      path: '/settings',
      runs: 'change-settings',
      guard: 'settings:read',
      hurts: 'thresholds cannot be changed',
    },
    {
      method: 'POST',
      path: '/settings',
      runs: 'change-settings',
      guard: 'settings:change',
      hurts: 'thresholds cannot be changed',
    },
    {
      method: 'GET',
      path: '/settings/products',
      runs: 'change-settings',
      guard: 'settings:read',
      hurts: 'thresholds cannot be changed',
    },
    {
      method: 'POST',
      path: '/settings/preview',
      runs: 'change-settings',
      guard: 'settings:read',
      hurts: 'thresholds are changed without knowing what comes of it',
    },
    {
      method: 'GET',
      path: '/integrations',
      runs: 'manage-integrations',
      guard: 'integrations:read',
      hurts: UNCONNECTED,
    },
    {
      method: 'POST',
      path: '/integrations',
      runs: 'manage-integrations',
      guard: 'integrations:change',
      hurts: UNCONNECTED,
    },
    { method: 'GET', path: '/notices/choices', runs: 'manage-notices', guard: 'account:manage', hurts: UNTOLD },
    { method: 'POST', path: '/notices/choices', runs: 'manage-notices', guard: 'account:manage', hurts: UNTOLD },
    { method: 'GET', path: '/notices/webhooks', runs: 'manage-notices', guard: 'settings:change', hurts: UNTOLD },
    { method: 'POST', path: '/notices/webhooks', runs: 'manage-notices', guard: 'settings:change', hurts: UNTOLD },
    {
      method: 'DELETE',
      path: '/notices/webhooks/{id}',
      runs: 'manage-notices',
      guard: 'settings:change',
      hurts: UNTOLD,
    },
    { method: 'GET', path: '/notices/deliveries', runs: 'manage-notices', guard: 'account:manage', hurts: UNTOLD },
    {
      method: 'POST',
      path: '/notices/deliveries/{number}/redeliver',
      runs: 'manage-notices',
      guard: 'account:manage',
      hurts: UNTOLD,
    },
    { method: 'POST', path: '/notices/test', runs: 'manage-notices', guard: 'account:manage', hurts: UNTOLD },
    {
      method: 'PATCH',
      path: '/integrations/{id}',
      runs: 'manage-integrations',
      guard: 'integrations:change',
      hurts: UNCONNECTED,
    },
    {
      method: 'DELETE',
      path: '/integrations/{id}',
      runs: 'manage-integrations',
      guard: 'integrations:change',
      hurts: UNCONNECTED,
    },
    {
      method: 'POST',
      path: '/integrations/{id}/rotate',
      runs: 'manage-integrations',
      guard: 'integrations:change',
      hurts: UNCONNECTED,
    },
    {
      method: 'POST',
      path: '/integrations/{id}/test',
      runs: 'manage-integrations',
      guard: 'integrations:change',
      hurts: UNCONNECTED,
    },
    {
      method: 'GET',
      path: '/integrations/{id}/deliveries',
      runs: 'manage-integrations',
      guard: 'integrations:read',
      hurts: UNCONNECTED,
    },
    {
      method: 'GET',
      path: '/integrations/{id}/activity',
      runs: 'manage-integrations',
      guard: 'integrations:read',
      hurts: UNCONNECTED,
    },
    {
      method: 'GET',
      path: '/integrations/{id}/deliveries/{number}',
      runs: 'manage-integrations',
      guard: 'integrations:read',
      hurts: UNCONNECTED,
    },
    {
      method: 'POST',
      path: '/integrations/{id}/deliveries/{number}/redeliver',
      runs: 'manage-integrations',
      guard: 'integrations:change',
      hurts: UNCONNECTED,
    },
    { method: 'GET', path: '/sign-in', runs: 'sign-in', guard: 'open', hurts: LOCKED_OUT },
    { method: 'POST', path: '/sign-in', runs: 'sign-in', guard: 'open', hurts: LOCKED_OUT },
    { method: 'POST', path: '/sign-in/codes', runs: 'sign-in', guard: 'account:manage', hurts: LOCKED_OUT },
    { method: 'GET', path: '/join', runs: 'sign-in', guard: 'open', hurts: LOCKED_OUT },
    { method: 'POST', path: '/join', runs: 'sign-in', guard: 'open', hurts: LOCKED_OUT },
    {
      method: 'POST',
      path: '/live/tickets',
      runs: 'issue-ticket',
      guard: 'catalogue:read',
      hurts: 'screens do not move',
    },
    {
      method: 'POST',
      path: '/sign-out',
      runs: 'sign-in',
      guard: 'open',
      hurts: 'a session stays open on a shared screen',
    },
    { method: 'GET', path: '/account', runs: 'manage-account', guard: 'account:manage', hurts: OPEN_ACCOUNT },
    { method: 'PATCH', path: '/account', runs: 'manage-account', guard: 'account:manage', hurts: OPEN_ACCOUNT },
    { method: 'POST', path: '/account/password', runs: 'manage-account', guard: 'account:manage', hurts: OPEN_ACCOUNT },
    { method: 'GET', path: '/account/sessions', runs: 'manage-account', guard: 'account:manage', hurts: OPEN_ACCOUNT },
    {
      method: 'DELETE',
      path: '/account/sessions',
      runs: 'manage-account',
      guard: 'account:manage',
      hurts: OPEN_ACCOUNT,
    },
    {
      method: 'DELETE',
      path: '/account/sessions/{id}',
      runs: 'manage-account',
      guard: 'account:manage',
      hurts: OPEN_ACCOUNT,
    },
    { method: 'POST', path: '/account/totp', runs: 'manage-account', guard: 'account:manage', hurts: OPEN_ACCOUNT },
    {
      method: 'POST',
      path: '/account/totp/confirm',
      runs: 'manage-account',
      guard: 'account:manage',
      hurts: OPEN_ACCOUNT,
    },
    { method: 'DELETE', path: '/account/totp', runs: 'manage-account', guard: 'account:manage', hurts: OPEN_ACCOUNT },
    { method: 'GET', path: '/users', runs: 'manage-users', guard: 'users:manage', hurts: LOCKED_OUT },
    { method: 'POST', path: '/users', runs: 'manage-users', guard: 'users:manage', hurts: LOCKED_OUT },
    { method: 'PATCH', path: '/users/{id}', runs: 'manage-users', guard: 'users:manage', hurts: LOCKED_OUT },
    { method: 'DELETE', path: '/users/{id}', runs: 'manage-users', guard: 'users:manage', hurts: LOCKED_OUT },
    { method: 'POST', path: '/users/{id}/link', runs: 'manage-users', guard: 'users:manage', hurts: LOCKED_OUT },
    {
      method: 'GET',
      path: '/tokens',
      runs: 'manage-tokens',
      guard: 'account:manage',
      hurts: 'scripts cannot be let in, or shut out',
    },
    {
      method: 'POST',
      path: '/tokens',
      runs: 'manage-tokens',
      guard: 'account:manage',
      hurts: 'scripts cannot be let in, or shut out',
    },
    {
      method: 'DELETE',
      path: '/tokens/{id}',
      runs: 'manage-tokens',
      guard: 'account:manage',
      hurts: 'scripts cannot be let in, or shut out',
    },
    {
      method: 'PATCH',
      path: '/merchant',
      runs: 'name-merchant',
      guard: 'settings:change',
      hurts: 'a merchant keeps a name that is no longer theirs',
    },
    {
      method: 'GET',
      path: '/export/{file}',
      runs: 'export-table',
      guard: 'figures:read',
      needs: ['duckdb'],
      hurts: 'analysts cannot take the warehouse along',
    },
    {
      method: 'POST',
      path: '/customers/forget',
      runs: 'forget-customer',
      guard: 'customers:forget',
      hurts: 'people who want to be forgotten are still known',
    },
    {
      method: 'GET',
      path: '/audit',
      runs: 'read-audit',
      guard: 'audit:read',
      hurts: 'nobody can tell who changed what',
    },
    {
      method: 'GET',
      path: '/healthz',
      runs: 'report-health',
      guard: 'open',
      hurts: 'nobody hears that the engine is ill',
    },
    {
      method: 'GET',
      path: '/openapi.json',
      runs: 'describe-api',
      guard: 'open',
      hurts: 'integrators cannot look up the API',
    },
    {
      method: 'GET',
      path: '/asyncapi.json',
      runs: 'describe-api',
      guard: 'open',
      hurts: 'integrators cannot look up the API',
    },
    { method: 'GET', path: '/docs', runs: 'describe-api', guard: 'open', hurts: 'integrators cannot read the API' },
    {
      method: 'GET',
      path: '/docs/page.css',
      runs: 'describe-api',
      guard: 'open',
      hurts: 'integrators cannot read the API',
    },
    {
      method: 'GET',
      path: '/docs/page.js',
      runs: 'describe-api',
      guard: 'open',
      hurts: 'integrators cannot read the API',
    },
  ],
  consumers: [
    {
      stream: 'events',
      runs: 'apply-events',
      batch: 500,
      waitMs: 200,
      hurts: 'stock and revenue on every screen are old',
    },
  ],
  sockets: [
    { route: '$connect', runs: 'hold-connection', guard: 'catalogue:read', hurts: 'screens do not move' },
    { route: '$disconnect', runs: 'hold-connection', guard: 'open', hurts: 'messages go to closed screens' },
    { route: '$default', runs: 'hold-connection', guard: 'open', hurts: 'screens cannot ask for less' },
  ],
  schedules: [
    { name: 'tick', everyMs: 60_000, runs: 'pass-time', hurts: 'windows of quiet shops do not close' },
    {
      name: 'notices',
      everyMs: 1_000,
      runs: 'deliver-notices',
      overlaps: true,
      hurts: 'people outside hear of alerts late',
    },
    {
      name: 'lake',
      everyMs: 900_000,
      runs: 'archive-events',
      hurts: 'the nightly chain does not know the newest trade, and the log keeps what it could drop',
    },
    {
      name: 'lake-retention',
      everyMs: 3_600_000,
      runs: 'sweep-lake',
      hurts: 'raw events are kept longer than merchants want, and those of merchants who are gone',
    },
    {
      name: 'chains',
      everyMs: 900_000,
      runs: 'start-runs',
      only: 'chains',
      hurts: 'nights begin late, or not at all',
    },
    {
      name: 'claims',
      everyMs: 60_000,
      runs: 'resend-claims',
      hurts: 'documents that were taken while the stream was away come late',
    },
    {
      name: 'windows',
      everyMs: 60_000,
      runs: 'mirror-windows',
      only: 'timestream',
      hurts: 'whoever asks Timestream sees no new minutes',
    },
    {
      name: 'demo',
      everyMs: 60_000,
      runs: 'sell-for-demo',
      only: 'demo',
      hurts: 'nothing moves on the demo’s screens',
    },
    { name: 'expired', everyMs: 3_600_000, runs: 'sweep-expired', hurts: 'what is old is kept too long' },
  ],
  workflows: [
    {
      chain: 'nightly',
      definition: 'workflows/nightly.asl.json',
      rhythm: { every: 'day', notBefore: '08:00' },
      runs: 'run-step',
      needs: ['duckdb', 'onnxruntime'],
      hurts: 'analysts see the days of before, and nothing newer',
    },
    {
      chain: 'forecasts',
      definition: 'workflows/forecasts.asl.json',
      rhythm: { every: 'day', notBefore: '10:00' },
      runs: 'run-step',
      needs: ['duckdb', 'onnxruntime'],
      hurts: 'what is forecast is of another day',
    },
    {
      chain: 'weekly',
      definition: 'workflows/weekly.asl.json',
      rhythm: { every: 'week', weekday: 7, notBefore: '02:00' },
      runs: 'run-step',
      needs: ['duckdb', 'onnxruntime'],
      hurts: 'the model that serves grows old',
    },
  ],
}

/** What a route may answer beside what its schemas, its path and its guard say already: refusals of its own, headers, limits. */
import { MAX_BUCKETS } from '#core/metrics/buckets.ts'
import { MAX_ACKNOWLEDGED } from './alerts.ts'
import { MAX_PREVIEWED, MAX_ROWS } from './imports.ts'
import { MAX_COLLECTED } from './intake.ts'
import { FREE_TRIES } from './limits.ts'
import { PREVIEWED_NAMES, PREVIEWED_ROWS } from './settings.ts'
import { VERSIONED_ROUTES } from './versioned-routes.ts'

export type Note = {
  /** Headers of the request, of those in `parameters.ts`. */
  readonly takes?: readonly string[]
  /** Statuses of refusals that are this route's own. */
  readonly refuses?: readonly number[]
  /** By status: headers of the answer, and what they say. */
  readonly headers?: Readonly<Record<number, Readonly<Record<string, string>>>>
  /** What is refused for its size, in words. */
  readonly limits?: string
}

const GUESSES = `Wrong tries: ${FREE_TRIES.both} at one address from one place, ${FREE_TRIES.email} at one address, ${FREE_TRIES.place} from one place; each one more waits twice as long as the one before, a quarter of an hour at the most.`
/** Of what changes seldom: the tag of its text. */
const TAGGED = { etag: 'Changes when the document does: send it back as `if-none-match`.' }
/** A store that one may not see, or that is not there, looks the same. */
const ofStore: Note = { refuses: [404] }
const versioned: Note = { takes: ['if-match'], refuses: [409] }
const documentNote: Note = { takes: ['if-none-match'], headers: { 200: TAGGED, 304: TAGGED } }

export const NOTES: Readonly<Record<string, Note>> = {
  ...Object.fromEntries(VERSIONED_ROUTES.map((route) => [route, versioned])),
  'POST /integrations/{marketplace}/webhook': {
    refuses: [401, 403, 422, 429, 503],
    limits:
      'As many deliveries a second as the way in allows (200 in the long run), and events a day as the merchant may.',
  },
  'POST /integrations/{marketplace}/webhook/{connectionId}': {
    takes: ['x-webhook-token'],
    refuses: [401, 403, 422, 429, 503],
    limits: 'As many deliveries a second as the way in allows, and events a day as the merchant may.',
  },
  'POST /collect': {
    refuses: [429, 503],
    limits: `1 to ${MAX_COLLECTED} events in a request; events a day as the merchant may.`,
  },
  'POST /imports/{kind}': {
    refuses: [403, 404, 429, 503],
    limits: `Up to ${MAX_ROWS} rows in a request; rows that are equal, and rows of one group, in the same one. Events a day as the merchant may.`,
  },
  'POST /imports/preview': { limits: `Up to ${MAX_PREVIEWED} rows.` },
  'GET /metrics': ofStore,
  'GET /stock': ofStore,
  'POST /stock/changes': { refuses: [404, 503] },
  'GET /alerts': ofStore,
  'GET /reorders': ofStore,
  'GET /reorders/reasons': ofStore,
  'POST /reorders/{id}/accept': { ...versioned, refuses: [403, 409, 503] },
  'GET /forecasts': ofStore,
  'GET /forecasts/products': ofStore,
  'GET /forecasts/why': ofStore,
  'GET /models/demand/accuracy': { refuses: [404] },
  'POST /models/demand/promote': { ...versioned, refuses: [404, 409] },
  'GET /transactions': {
    ...ofStore,
    limits: 'A search looks at 5,000 lines for an answer.',
  },
  'GET /refunds': ofStore,
  'GET /refunds/statistics': { ...ofStore, limits: 'The newest 5,000 refunds of the span are read.' },
  'GET /metrics/products': ofStore,
  'GET /products': documentNote,
  'GET /stores': documentNote,
  'GET /settings': documentNote,
  'GET /notices/deliveries': { refuses: [404] },
  'POST /notices/test': { refuses: [404] },
  'GET /metrics/series': {
    ...ofStore,
    limits: `At most ${MAX_BUCKETS} buckets; the 8 largest groups by themselves unless \`limit\` says otherwise.`,
  },
  'POST /alerts/{id}/acknowledge': { refuses: [503] },
  'POST /alerts/acknowledge': { refuses: [503], limits: `1 to ${MAX_ACKNOWLEDGED} alerts.` },
  'POST /settings/preview': {
    limits: `${PREVIEWED_ROWS.toLocaleString('en')} rows of stock in a request, of the stores that one may see; the first ${PREVIEWED_NAMES} of each outcome by name.`,
  },
  'GET /quarantine': { limits: 'One request looks at 5,000 rows.' },
  'GET /quarantine/{id}': { refuses: [410] },
  'POST /runs': { refuses: [409] },
  'POST /quarantine/{id}/replay': { refuses: [409, 410, 503] },
  'POST /quarantine/{id}/discard': { refuses: [409, 503] },
  'POST /settings': { refuses: [409, 503] },
  'PATCH /merchant': { refuses: [409] },
  'GET /export/{file}': documentNote,
  'POST /customers/forget': { refuses: [503] },
  'POST /integrations/{id}/test': { refuses: [429, 503] },
  'POST /integrations/{id}/deliveries/{number}/redeliver': { refuses: [429, 503] },
  'GET /sign-in': {
    refuses: [401],
    headers: { 303: { location: 'The dashboard.', 'set-cookie': 'The browser’s session.' } },
  },
  'POST /sign-in': {
    refuses: [401, 429],
    headers: { 204: { 'set-cookie': 'The browser’s session.' } },
    limits: GUESSES,
  },
  'GET /join': { refuses: [401] },
  'POST /join': { refuses: [401], headers: { 204: { 'set-cookie': 'The browser’s session.' } } },
  'POST /account/password': { refuses: [429], limits: GUESSES },
  'DELETE /account/totp': { refuses: [429], limits: GUESSES },
  'POST /sign-out': { headers: { 204: { 'set-cookie': 'Takes the session back.' } } },
  'GET /openapi.json': documentNote,
  'GET /asyncapi.json': documentNote,
  'GET /docs': documentNote,
  'GET /docs/page.css': documentNote,
  'GET /docs/page.js': documentNote,
}
